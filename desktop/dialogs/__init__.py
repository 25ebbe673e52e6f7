"""Dialogs: opened by the window or a pane, none of them blocks the event loop with a loop of its own."""
