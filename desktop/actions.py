"""What a user can do: every action is a row, the menus are nested ids, so any feature is found here by its id.

The window makes one QAction per row. What an action does stands in `commands()` of the window or of the pane in front
(see desktop/panes/pane.py); an action that nobody offers at the moment is disabled. The command palette lists them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop.icons import Icons
from desktop.wording import tr


@dataclass(frozen=True, slots=True)
class Action:
    """One row: `id` is what code says, `text` what people read, `shortcut` portable key names ("F3|Ctrl+G")."""

    id: str
    text: str
    shortcut: str = ""
    icon: str = ""
    tip: str = ""
    checkable: bool = False


ACTIONS: tuple[Action, ...] = (
    # libraries
    Action("library.new", "New library…", "Ctrl+N", "new", "Make an empty library in a folder of its own"),
    Action("library.open", "Open library…", "Ctrl+O", "open", "Open a library folder"),
    Action("library.sample", "Open the sample library", "", "sample", "Short texts about an invented treaty"),
    Action("library.close", "Close library", "Ctrl+W"),
    Action("library.check", "Check the library…", "", "", "Compare what the library holds with its files"),
    Action("library.backups", "Backups…", "", "save", "Make a backup of the library, or put one back"),
    Action("library.rebuild", "Rebuild the search index", "", "", "Make the full-text index anew from the library"),
    Action("library.folder", "Show the library's folder", "", "folder"),
    Action("import.files", "Import files…", "Ctrl+I", "import", "Add articles, interviews, transcripts, tables"),
    Action("import.folder", "Import a folder…", "Ctrl+Shift+I", "folder", "Add a folder with all that lies in it"),
    Action("import.columns", "Columns of a table…", "", "table", "Say which column holds the texts, titles, dates"),
    Action("import.rules", "Split rules…", "", "split", "How files with many articles are cut, with a preview"),
    Action("import.watch", "Watched folders…", "", "folder", "Import what is new in certain folders"),
    Action("import.results", "Results of the last import", "", "table", "What became of each file"),
    Action("import.stop", "Stop", "", "stop", "Finish the current document, then stop"),
    Action("export", "Export…", "Ctrl+E", "export", "Statements with their citations, for other programs"),
    Action("print", "Print…", "Ctrl+P", "print", "The document, the comparison or the timeline, on paper"),
    Action("print.pdf", "Save as PDF…", "", "print", "The same pages as a file"),
    Action("settings", "Settings…", "Ctrl+,", "settings"),
    Action("quit", "Quit", "Ctrl+Q"),
    # editing
    Action("undo", "Undo", "Ctrl+Z", "undo"),
    Action("redo", "Redo", "Ctrl+Shift+Z|Ctrl+Y", "redo"),
    Action("history", "History of changes…", "Ctrl+H", "history", "Every change made by hand, with undo"),
    Action("quote.copy", "Copy quote with citation", "Ctrl+Shift+C", "copy", "With the actor, the date and the source"),
    Action("find", "Find in the text", "Ctrl+F", "find"),
    Action("find.next", "Next place", "F3|Ctrl+G", "next"),
    Action("find.previous", "Previous place", "Shift+F3|Ctrl+Shift+G", "previous"),
    Action("search.keep", "Keep this search…", "Ctrl+S", "save", "Under a name; it can tell of new hits"),
    Action("search.time", "This search over time…", "", "timeline", "First use, last use, and who used the words"),
    Action("search.batch", "Run queries from a file…", "", "table", "Each with its count"),
    # statements
    Action("statement.open", "Open in the reader", "", "reader", "Show the words in their document"),
    Action("statement.confirm", "Confirm", "Ctrl+Return", "confirm", "This statement is right as it was found"),
    Action("statement.reject", "Reject", "Ctrl+Backspace", "reject", "This is not a statement of that actor"),
    Action("statement.correct", "Correct…", "Ctrl+K", "edit", "Change the speaker, the date, the kind or the chain"),
    Action("statement.compare", "Compare", "Ctrl+D", "compare", "Put the selected statements side by side"),
    Action("statement.ends", "Compare the first with the last", "Ctrl+Alt+D", "compare",
           "Of three selected statements or more: the earliest and the latest word"),
    Action("statement.collect", "Add to the comparison", "Ctrl+Shift+D", "new", "Add the selected to what is there"),
    Action("statement.next", "Next statement", "Alt+Down|Ctrl+.", "next"),
    Action("statement.previous", "Previous statement", "Alt+Up|Ctrl+Shift+.", "previous"),
    Action("statement.review", "Next one to review", "Ctrl+J", "review", "The next one that nobody has looked at"),
    Action("statement.mark", "Mark the selected words as a statement…", "Ctrl+Shift+M", "quote",
           "Words of the document that the program did not find"),
    Action("statement.words", "Take the selected words as its words", "", "", "They become the words of the statement"),
    Action("statement.speaker", "Take the selected words as its speaker"),
    Action("statement.addressee", "Take the selected words as its addressee"),
    Action("actor.open", "Show the actor", "Ctrl+Shift+A", "person", "Card of the speaker of the selected statement"),
    # comparisons
    Action("change.next", "Next change", "F8", "next"),
    Action("change.previous", "Previous change", "Shift+F8", "previous"),
    Action("version.next", "Compare with the version after", "Alt+PgDown", "", "The next one of the actor on the matter"),
    Action("version.previous", "Compare with the version before", "Alt+PgUp", "", "The one before on the matter"),
    Action("comparison.swap", "Exchange the sides", "Ctrl+Shift+X", "swap"),
    Action("comparison.copy", "Copy the redline", "Ctrl+Shift+R", "copy", "With strike and underline, for word processors"),
    Action("comparison.save", "Save the comparison…", "", "export", "With citations, as HTML, DOCX or PDF"),
    Action("utterance.link", "Count as one utterance", "", "link", "The compared statements report the same words"),
    Action("utterance.cut", "Cut from its utterance", "", "split", "This statement reports other words"),
    # documents
    Action("document.open", "Open in the reader", "", "reader"),
    Action("document.original", "Open the original file", "Ctrl+Shift+O", "external", "In the system's program for it"),
    Action("document.compare", "Compare the documents", "", "compare", "Put the selected documents side by side"),
    Action("document.twin", "Compare with what it copies", "", "duplicate", "A copy beside its original"),
    Action("document.delete", "Remove from the library", "", "delete", "With its statements; undo brings them back"),
    Action("document.list", "Show in the list of documents", "", "documents"),
    # actors
    Action("actor.rename", "Rename…", "F2", "edit"),
    Action("actor.merge", "Merge…", "Ctrl+M", "merge", "Two names of one actor become one"),
    Action("actor.split", "Split…", "", "split", "Give some names or statements to an actor of their own"),
    # issues
    Action("issue.new", "New issue", "", "issues", "Define a question with two poles"),
    Action("issue.code", "Start coding", "", "review", "Score the statements of the issue, one key each"),
    Action("issue.again", "Second look", "", "history", "Code 20 random statements again: do you agree with yourself?"),
    Action("issue.uncode", "Remove the score", "", "delete", "The statement waits for a score again; undo brings it back"),
    Action("issue.timeline", "Show the timeline", "", "timeline", "Where each actor stands on the issue"),
    # going about
    Action("go.back", "Back", "Alt+Left", "back"),
    Action("go.forward", "Forward", "Alt+Right", "forward"),
    Action("go.part", "Next part of the window", "F6"),
    Action("go.part.back", "Previous part of the window", "Shift+F6"),
    Action("palette", "Find an action…", "Ctrl+Shift+P", "search", "Type three letters of what you want to do"),
    Action("view.theme", "Light or dark", "Ctrl+Shift+L", "theme"),
    Action("view.larger", "Larger text", "Ctrl++|Ctrl+=", "zoom-in"),
    Action("view.smaller", "Smaller text", "Ctrl+-", "zoom-out"),
    Action("view.full", "Full screen", "F11"),
    # help
    Action("help", "Help on this page", "F1", "help"),
    Action("help.keys", "Keys", "Ctrl+/"),
    Action("help.log", "Show the log", ""),
    Action("about", "About Standpoint", "", "info"),
)  # fmt: skip

SEPARATOR = "-"
Menu = tuple[str, tuple["str | Menu", ...]]
STATEMENT_MENU: tuple[str, ...] = (
    "statement.open", "statement.compare", "statement.ends", "statement.collect", "actor.open", SEPARATOR,
    "statement.confirm", "statement.correct", "statement.reject", SEPARATOR, "quote.copy",
)  # fmt: skip
MARK_MENU: tuple[str, ...] = ("statement.mark", "statement.words", "statement.speaker", "statement.addressee")
DOCUMENT_MENU: tuple[str, ...] = (
    "document.open", "document.compare", "document.twin", "document.original", SEPARATOR, "document.delete"
)  # fmt: skip
MENUS: tuple[Menu, ...] = (
    ("File", ("library.new", "library.open", ("Recent libraries", ("recent",)), "library.sample", SEPARATOR,
              "import.files", "import.folder", "import.watch", "import.results", SEPARATOR,
              "import.columns", "import.rules", SEPARATOR, "export", "print", "print.pdf", SEPARATOR, "library.backups",
              "library.check", "library.rebuild", "library.folder", SEPARATOR, "library.close", "quit")),
    ("Edit", ("undo", "redo", "history", SEPARATOR, "quote.copy", SEPARATOR, "find", "find.next", "find.previous",
              SEPARATOR, "search.keep", "search.time", "search.batch", SEPARATOR, "settings")),
    ("View", ("panes", SEPARATOR, "go.back", "go.forward", "go.part", SEPARATOR, "view.larger", "view.smaller",
              "view.theme", "view.full", SEPARATOR, "palette")),
    ("Statement", (*STATEMENT_MENU, SEPARATOR, "statement.next", "statement.previous", "statement.review",
                   SEPARATOR, *MARK_MENU)),
    ("Comparison", ("change.next", "change.previous", SEPARATOR, "version.previous", "version.next", "comparison.swap",
                    SEPARATOR, "comparison.copy", "comparison.save", SEPARATOR, "utterance.link", "utterance.cut")),
    ("Document", (*DOCUMENT_MENU, SEPARATOR, "document.list")),
    ("Actor", ("actor.rename", "actor.merge", "actor.split")),
    ("Issue", ("issue.new", SEPARATOR, "issue.code", "issue.again", "issue.uncode", SEPARATOR, "issue.timeline")),
    ("Help", ("help", "help.keys", SEPARATOR, "help.log", "about")),
)  # fmt: skip


def make_actions(owner: QWidget, icons: Icons, rows: tuple[Action, ...] = ACTIONS) -> dict[str, QAction]:
    """One QAction per row, disabled until somebody offers to do it."""
    made: dict[str, QAction] = {}
    for row in rows:
        action = QAction(icons(row.icon), tr(row.text), owner)
        action.setObjectName(row.id)
        keys = [QKeySequence(key) for key in row.shortcut.split("|") if key]
        action.setShortcuts(keys)
        hint = keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        words = tr(row.tip or row.text.rstrip("…"))
        action.setToolTip(f"{words}  ({hint})" if hint else words)
        action.setStatusTip("")
        action.setCheckable(row.checkable)
        action.setEnabled(False)
        owner.addAction(action)
        made[row.id] = action
    made["quit"].setMenuRole(QAction.MenuRole.QuitRole) if "quit" in made else None
    return made


def fill_menu(
    menu: QMenu, ids: tuple[str | Menu, ...], actions: Mapping[str, QAction], submenus: Mapping[str, QMenu]
) -> None:
    """Put the actions of these ids into a menu; `submenus` ("recent", "panes") are filled by the window itself."""
    for entry in ids:
        if entry == SEPARATOR:
            menu.addSeparator()
        elif isinstance(entry, tuple):
            title, inner = entry
            if len(inner) == 1 and inner[0] in submenus:
                below = submenus[str(inner[0])]
                below.setTitle(tr(title))
                menu.addMenu(below)
            else:
                fill_menu(menu.addMenu(tr(title)), inner, actions, submenus)
        elif entry in submenus:
            menu.addActions(submenus[entry].actions())
        else:
            menu.addAction(actions[entry])


def fill_menu_bar(bar: QMenuBar, actions: Mapping[str, QAction], submenus: Mapping[str, QMenu]) -> None:
    """The whole menu bar; Alt and a letter of its own open each menu."""
    for title, (_, ids) in zip(with_letters([tr(title) for title, _ in MENUS]), MENUS, strict=True):
        fill_menu(bar.addMenu(title), ids, actions, submenus)


def with_letters(titles: Sequence[str]) -> list[str]:
    """The titles with "&" before the first letter that no title before has taken, in whatever language they are."""
    taken: set[str] = set()
    found = []
    for title in titles:
        place = next((n for n, c in enumerate(title) if c.isalnum() and c.casefold() not in taken), None)
        found.append(title if place is None else f"{title[:place]}&{title[place:]}")
        if place is not None:
            taken.add(title[place].casefold())
    return found
