"""Drawing the timeline without a window: SVG by a small writer of its own, and PNG from that SVG."""
