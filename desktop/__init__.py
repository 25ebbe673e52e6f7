"""The window: the engine's second user. Nothing here computes; it asks the open library and shows what it answers."""
