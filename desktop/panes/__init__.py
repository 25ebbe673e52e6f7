"""The pages of the window, a file each. A pane imports no other pane: it emits requests, desktop/window.py connects them."""
