"""The pages of the window, a file each. A pane imports no other pane: it emits requests, the window connects them."""
