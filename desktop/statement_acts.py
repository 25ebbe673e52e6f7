"""What can be done with the statements or documents that are selected in whatever pane is in front."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from desktop import wording
from desktop.panes.pane import Pane
from desktop.wording import plural, tr

if TYPE_CHECKING:
    from desktop.window import MainWindow

MOST_COMPARED = 6


def commands(window: MainWindow, pane: Pane) -> dict[str, Callable[[], object]]:
    """Action ids and functions for the selection of `pane`; a pane's own commands of the same id win."""
    found: dict[str, Callable[[], object]] = {}
    statements = pane.selected_statements()
    documents = pane.selected_documents()
    if statements:
        found |= {
            "statement.open": lambda: window.show_statement(statements[0]),
            "statement.confirm": lambda: _confirm(pane, statements),
            "statement.reject": lambda: _reject(pane, statements),
            "statement.correct": lambda: _correct(window, pane, statements),
            "statement.collect": lambda: window.collect(statements[:MOST_COMPARED]),
            "actor.open": lambda: _show_actor(window, pane, statements[0]),
            "quote.copy": lambda: copy_quotes(pane, statements),
        }
        if 2 <= len(statements) <= MOST_COMPARED:
            found["statement.compare"] = lambda: window.compare(statements)
        if len(statements) > 2:
            found["statement.ends"] = lambda: _compare_ends(window, pane, statements)
    if documents:
        found |= {
            "document.open": lambda: window.show_document(documents[0]),
            "document.original": lambda: _open_original(pane, documents[0]),
            "document.delete": lambda: _delete(pane, documents),
        }
        if 2 <= len(documents) <= MOST_COMPARED:
            found["document.compare"] = lambda: window.compare_documents(documents)
    if statements or documents:
        found["document.list"] = lambda: _list(window, pane, statements, documents)
    return found


def _list(window: MainWindow, pane: Pane, statements: list[int], documents: list[int]) -> None:
    """The documents of the selection in the list of documents."""
    assert pane.library is not None
    ids = documents or list(dict.fromkeys(s.document_id for s in pane.library.statements(statements)))
    window.show_listed(ids)


def _confirm(pane: Pane, ids: list[int]) -> None:
    with pane.edit("Confirm statements", plural(len(ids), "statement confirmed.", "statements confirmed.")):
        assert pane.library is not None
        pane.library.confirm_statements(ids)


def _reject(pane: Pane, ids: list[int]) -> None:
    with pane.edit("Reject statements", plural(len(ids), "statement rejected.", "statements rejected.")):
        assert pane.library is not None
        pane.library.reject_statements(ids)


def _correct(window: MainWindow, pane: Pane, ids: list[int]) -> None:
    from desktop.dialogs.correct import CorrectDialog

    assert pane.library is not None
    dialog = CorrectDialog(pane.library, ids, pane.theme, window)
    dialog.told.connect(window.say)
    dialog.failed.connect(window.say_problem)
    dialog.open()


def _compare_ends(window: MainWindow, pane: Pane, ids: list[int]) -> None:
    assert pane.library is not None
    ends = pane.library.first_and_last(ids)
    if ends is None:
        window.say(tr("Fewer than two of these statements have a date."))
    else:
        window.compare(list(ends))


def _show_actor(window: MainWindow, pane: Pane, statement_id: int) -> None:
    assert pane.library is not None
    actor = pane.library.statement(statement_id).actor_id
    if actor is None:
        window.say(tr("The speaker of this statement is not known yet."), "statement.correct")
    else:
        window.show_actor(actor)


def _open_original(pane: Pane, document_id: int) -> None:
    assert pane.library is not None
    path = pane.library.original(document_id)
    if path is None:
        pane.problem.emit(tr("The original file of this document is not in the library's folder any more."))
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        pane.problem.emit(tr("No program was found to open {file}.").format(file=path.name))


def _delete(pane: Pane, ids: list[int]) -> None:
    with pane.edit("Delete documents", plural(len(ids), "document removed.", "documents removed.")):
        assert pane.library is not None
        pane.library.delete_documents(ids)


def copy_quotes(pane: Pane, ids: list[int]) -> None:
    """Put quotations with their citations on the clipboard, as plain text and as HTML for word processors."""
    library = pane.library
    assert library is not None
    statements = library.statements(ids)
    documents = {d.id: d for d in library.documents([s.document_id for s in statements])}
    pairs = [(s, documents[s.document_id]) for s in statements]
    data = QMimeData()
    data.setText("\n\n".join(wording.citation(s, d) for s, d in pairs))
    data.setHtml("".join(wording.citation_html(s, d) for s, d in pairs))
    QApplication.clipboard().setMimeData(data)
    pane.message.emit(plural(len(ids), "quote copied with its citation.", "quotes copied with their citations."), "")
