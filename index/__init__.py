"""The engine: finds statements in documents, keeps them, searches, compares and plots them. Knows no window."""

__version__ = "0.1.0"
