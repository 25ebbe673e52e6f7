"""What can be done with libraries as wholes: making, opening, filling, checking, exporting, taking changes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop import wording
from desktop.jobs import Job
from desktop.wording import plural, tr
from index.problems import Problem

if TYPE_CHECKING:
    from desktop.dialogs.export_dialog import Offer
    from desktop.panes.pane import Pane
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
        "library.backups": lambda: _backups(window, library),
        "library.rebuild": lambda: _rebuild(window, library),
        "library.folder": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(library.path))),
        "import.files": lambda: _import(window, "files"),
        "import.folder": lambda: _import(window, "folder"),
        "import.columns": lambda: ask_columns(window, library),
        "import.rules": lambda: _split_rules(window, library),
        "import.watch": lambda: _watch(window, library),
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

    library = window.library
    assert library is not None
    dialog = ImportDialog(window.theme, window)
    dialog.import_requested.connect(window.import_paths)
    dialog.columns_requested.connect(lambda path: show_columns(window, library, path, dialog))
    dialog.rules_requested.connect(lambda path: _split_rules(window, library, path, dialog))
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
    dialog.columns_requested.connect(lambda name: _columns_of_result(window, name))
    dialog.show()


def _columns_of_result(window: MainWindow, name: str) -> None:
    """The columns of a table that an import could not read; where it lies is asked if that is not known any more."""
    if window.library is None:
        return
    path = window.importing.path_of(name)
    if path is None:
        ask_columns(window, window.library)
    else:
        show_columns(window, window.library, path)


def ask_columns(window: MainWindow, library: Library) -> None:
    """Choose a table, then say what its columns hold."""
    from desktop.dialogs.choosing import choose_files

    filters = [tr("Tables (*.csv *.tsv *.xlsx *.jsonl *.json)"), tr("All files (*)")]
    choose_files(window, tr("Table with an article per row"), filters, lambda paths: show_columns(window, library, paths[0]))


def show_columns(window: MainWindow, library: Library, path: Path, over: QWidget | None = None) -> None:
    """Which column of a table holds what; over the import dialog the table stays on its list, to be imported there."""
    from desktop.dialogs.columns import ColumnsDialog

    dialog = ColumnsDialog(library, path, window.theme, over or window)
    dialog.told.connect(window.say)
    if over is None:
        dialog.import_requested.connect(window.import_paths)
    else:
        dialog.only_remember()
    dialog.open()


def _split_rules(window: MainWindow, library: Library, path: Path | None = None, over: QWidget | None = None) -> None:
    from desktop.dialogs.split_rules import SplitRules

    dialog = SplitRules(library, window.theme, over or window, path)
    dialog.told.connect(window.say)
    dialog.open()


def _watch(window: MainWindow, library: Library) -> None:
    from desktop.dialogs.watched_folders import WatchedFolders

    dialog = WatchedFolders(library, window.theme, window)
    dialog.look_requested.connect(window.import_watched)
    dialog.open()


def _export(window: MainWindow, library: Library) -> None:
    from desktop.dialogs.export_dialog import ExportDialog

    dialog = ExportDialog(library, _offers(window.current_pane, library), window.theme, window)
    dialog.told.connect(window.say)
    dialog.failed.connect(window.say_problem)
    dialog.open()


def _offers(pane: Pane | None, library: Library) -> list[Offer]:
    """What an export may be of: what is selected on the page in front, and what it shows. One selected row is where one
    stands rather than a choice, so then the whole page comes first."""
    from desktop.dialogs.export_dialog import Offer

    if pane is None:
        return []
    found = [Offer(*shown)] if (shown := pane.shown_statements()) else []
    statements, documents = pane.selected_statements(), pane.selected_documents()
    if statements:
        words = plural(len(statements), "selected statement", "selected statements")
        found.insert(0 if len(statements) > 1 else len(found), Offer(words, words, lambda: statements))
    elif documents:
        words = plural(len(documents), "selected document", "selected documents")
        found.insert(
            0,
            Offer(
                tr("The statements of {n}").format(n=words), words,
                lambda: [i for document in documents for i in library.statement_ids(document_id=document)],
            ),
        )  # fmt: skip
    return found


# --- keeping ---


def _check(window: MainWindow, library: Library) -> None:
    from desktop.dialogs.check import Check

    Check(library, window.theme, window).open()


def _backups(window: MainWindow, library: Library) -> None:
    from desktop.dialogs.backups import Backups

    dialog = Backups(library, window.theme, window)
    dialog.restore_requested.connect(lambda backup: put_back(window, library.path, backup))
    dialog.open()


def offer_backups(window: MainWindow, path: Path) -> None:
    """The backups for a library that is too damaged to be opened."""
    from desktop.dialogs.backups import Backups

    dialog, job, found = Backups(None, window.theme, window), Job(window), []
    dialog.restore_requested.connect(lambda backup: put_back(window, path, backup))
    dialog.open()

    def heard(line: dict[str, Any]) -> None:
        found.extend(
            SimpleNamespace(**row | {"path": Path(row["file"]), "at": datetime.fromisoformat(row["at"])})
            for row in line.get("values", [line] if "file" in line else [])
        )

    def ended(code: int, words: str) -> None:
        job.deleteLater()
        if isValid(dialog):
            if code:
                dialog.say_trouble(words or tr("The backups could not be looked through."))
            else:
                dialog.show_backups(found)

    job.line.connect(heard)
    job.ended.connect(ended)
    job.start(["backup", str(path), "--list"])


def put_back(window: MainWindow, path: Path, backup: Path) -> None:
    """Put a backup in the place of a library's database. The engine does it, with nobody in the library: it is closed
    and opened again."""
    if window.importing.running:
        window.say_problem(tr("An import is running. Wait until it is done, or stop it."))
        return
    damaged = window.library is None or window.library.path != path
    job = Job(window)
    if not damaged:
        window.close_library()

    def ended(code: int, words: str) -> None:
        job.deleteLater()
        if code == 0:
            words = tr("The backup was put back.") + " " + (
                tr("The damaged database is kept in the folder of the library.") if damaged
                else tr("How the library was before is the newest backup.")
            )  # fmt: skip
        else:
            words = words or tr("The backup could not be put back.")
        window.open_library(path, lambda: (window.say if code == 0 else window.say_problem)(words))

    job.ended.connect(ended)
    job.start(["backup", str(path), "--restore", str(backup)])


def _rebuild(window: MainWindow, library: Library) -> None:
    job = Job(window)
    window.status.set_index(tr("Rebuilding the search index …"))

    def ended(code: int, words: str) -> None:
        window.status.set_index("")
        if code:
            window.say_problem(words or tr("The search index could not be made anew."))
        elif window.library is library:  # another may be open by now
            window.say(tr("The search index was made anew."))
            library.changed_outside("search")
        job.deleteLater()

    def told(done: int, total: int) -> None:
        count = tr("{done} of {total}").format(done=wording.number(done), total=wording.number(total))
        window.status.set_index(tr("Rebuilding the search index: {count}").format(count=count))

    job.told.connect(told)
    job.ended.connect(ended)
    job.start(["rebuild", str(library.path), "--stop-on-eof"])


def join_utterances(window: MainWindow, library: Library) -> None:
    """Do in the background what an import that was ended could not do any more: find the statements of one utterance."""
    job = Job(window)

    def ended(code: int, _: str) -> None:
        if code == 0 and window.library is library:
            library.changed_outside("statement")
        job.deleteLater()

    job.ended.connect(ended)
    job.start(["utterances", str(library.path)])


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
