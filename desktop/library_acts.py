"""What can be done with libraries as wholes: making, opening, filling, checking, exporting, taking changes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop import wording
from desktop.jobs import Job
from desktop.wording import tr
from index.problems import Problem

if TYPE_CHECKING:
    from desktop.window import MainWindow
    from index.library import Library


def commands(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Action ids and functions; without a library only those that lead to one."""
    found: dict[str, Callable[[], object]] = {
        "library.new": lambda: _ask_new(window),
        "library.open": lambda: _ask_open(window),
        "library.sample": window.open_sample,
    }
    library = window.library
    if library is None:
        return found
    found |= {
        "library.close": window.close_library,
        "library.check": lambda: _check(window, library),
        "library.rebuild": lambda: _rebuild(window, library),
        "library.folder": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(library.path))),
        "import.files": lambda: _import(window, "files"),
        "import.folder": lambda: _import(window, "folder"),
        "export": lambda: _export(window, library),
        "history": lambda: _history(window, library),
    }
    if window.importing.rows:
        found["import.results"] = lambda: show_results(window)
    if window.importing.running:
        found["import.stop"] = window.importing.stop
    if library.undo_label:
        found["undo"] = lambda: _undo(window, library)
    if library.redo_label:
        found["redo"] = lambda: _redo(window, library)
    return found


# --- making and opening ---


def _ask_new(window: MainWindow) -> None:
    from desktop.dialogs.new_library import NewLibrary

    dialog = NewLibrary(window.paths.libraries, window.theme, window)
    dialog.create_requested.connect(window.create_library)
    dialog.open()


def _ask_open(window: MainWindow) -> None:
    from desktop.dialogs.choosing import choose_folder

    start = window.library.path.parent if window.library else window.paths.libraries
    choose_folder(window, tr("Open a library"), start, window.open_library)


def fill_recent(window: MainWindow) -> None:
    """Put the libraries opened before into their menu; those that are not there are grey."""
    menu = window.recent_menu
    menu.clear()
    for path in window.settings.recent():
        action = menu.addAction(f"{path.name}  —  {path.parent}")
        action.setEnabled((path / "library.standpoint").exists())
        action.triggered.connect(lambda _=False, path=path: window.open_library(path))
    if not menu.actions():
        menu.addAction(tr("No library was opened yet")).setEnabled(False)


def popup_recent(window: MainWindow) -> None:
    """The menu of recent libraries above the status line."""
    fill_recent(window)
    corner = window.status.mapToGlobal(window.status.rect().topLeft())
    corner.setY(corner.y() - window.recent_menu.sizeHint().height())
    window.recent_menu.popup(corner)


# --- filling ---


def _import(window: MainWindow, what: str) -> None:
    from desktop.dialogs.import_dialog import ImportDialog

    dialog = ImportDialog(window.theme, window)
    dialog.import_requested.connect(window.import_paths)
    dialog.open()
    if what == "files":
        dialog.choose_files()
    else:
        dialog.choose_folder()


def show_results(window: MainWindow) -> None:
    """What became of each file of the last import."""
    from desktop.dialogs.import_results import ImportResults

    dialog = ImportResults(window.importing.rows, window.theme, window)
    dialog.document_requested.connect(window.show_document)
    dialog.show()


def _export(window: MainWindow, library: Library) -> None:
    from desktop.dialogs.export_dialog import ExportDialog

    query = getattr(window.current_pane, "query", "")
    dialog = ExportDialog(library, query if isinstance(query, str) else "", window.theme, window)
    dialog.told.connect(window.say)
    dialog.failed.connect(window.say_problem)
    dialog.open()


# --- keeping ---


def _check(window: MainWindow, library: Library) -> None:
    from desktop.dialogs.check import Check

    Check(library, window.theme, window).open()


def _rebuild(window: MainWindow, library: Library) -> None:
    job = Job(window)
    window.status.set_index(tr("Rebuilding the search index …"))

    def ended(code: int, words: str) -> None:
        window.status.set_index("")
        if code == 0:
            window.say(tr("The search index was made anew."))
            library.changed_outside("search")
        else:
            window.say_problem(words or tr("The search index could not be made anew."))
        job.deleteLater()

    job.ended.connect(ended)
    job.start(["rebuild", str(library.path), "--stop-on-eof"])


def _history(window: MainWindow, library: Library) -> None:
    from desktop.dialogs.history import History

    History(library, window.acts, window.theme, window).show()


def _undo(window: MainWindow, library: Library) -> None:
    try:
        label = library.undo()
    except Problem as found:
        window.say_problem(wording.problem(found))
    else:
        window.say(tr("Undone: {act}").format(act=tr(label)), "redo")


def _redo(window: MainWindow, library: Library) -> None:
    try:
        label = library.redo()
    except Problem as found:
        window.say_problem(wording.problem(found))
    else:
        window.say(tr("Done again: {act}").format(act=tr(label)), "undo")
