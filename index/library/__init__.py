"""The open library: the only door through which the window and the command line reach documents and statements.

Reading methods return nouns of `index.model`; those that take many ids return rows in the order of the ids. Every
change by a user is an `edit`: one transaction, one journal entry, one undo step, one `Changed` told to `listeners`.
A method that changes something opens an edit of its own unless one is open, so several calls can be one step:

    with library.edit("Set dates"):
        for document_id in ids:
            library.set_published([document_id], when)
"""

from __future__ import annotations

from index.library.actors import Actors
from index.library.coding import Coding
from index.library.exports import Exports
from index.library.importing import Importing
from index.library.integrity import Integrity

__all__ = ["Library"]


class Library(Integrity, Actors, Importing, Coding, Exports):
    """One library folder, open. Reading works from any thread, edits from one thread at a time."""
