"""The help, from the program's own folder: nothing is loaded from outside, links lead to other help pages only."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QSize, QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.paths import RESOURCES
from desktop.theme import Theme
from desktop.widgets.pieces import box, fill
from desktop.wording import tr

HELP = RESOURCES / "help"
LINE = 130  # per cent of the font's height


def pages() -> list[tuple[str, str]]:
    """(name, heading) of all help pages, "index" first."""
    found = [(path.stem, _heading(path.read_text("utf-8")) or path.stem) for path in sorted(HELP.glob("*.md"))]
    return sorted(found, key=lambda pair: (pair[0] != "index", pair[1]))


def _heading(text: str) -> str:
    return next((row.lstrip("# ").strip() for row in text.splitlines() if row.startswith("#")), "")


class SafeBrowser(QTextBrowser):
    """Shows our own Markdown. It loads nothing, whatever a text says, and follows links to other help pages only."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName(tr("Help text"))
        self.document().setDocumentMargin(26)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return QByteArray()

    def show_text(self, text: str) -> None:
        """Show Markdown without any HTML in it."""
        features = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
        self.document().setDefaultFont(self._theme.font(1.08))
        self.document().setMarkdown(text, features)
        block = self.document().begin()
        while block.isValid():
            form = block.blockFormat()
            form.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            QTextCursor(block).setBlockFormat(form)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)


class HelpViewer(QDialog):
    """Pages at the left, text at the right, one field to find a page by its words."""

    def __init__(self, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        self.resize(960, 680)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find in the help"))
        self.field.setAccessibleName(tr("Find in the help"))
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Help pages"))
        self.browser = SafeBrowser(theme)
        for name, heading in pages():
            item = QListWidgetItem(heading, self.list)
            item.setData(256, name)
            item.setSizeHint(QSize(0, round(self.list.fontMetrics().height() * 1.9)))
        self.field.textChanged.connect(self._filter)
        self.list.currentItemChanged.connect(lambda item, _: self._show(item))
        self.browser.anchorClicked.connect(self._follow)
        theme.changed.connect(lambda: self._show(self.list.currentItem()))
        left = fill(box("panel", vertical=True, margins=(12, 12, 8, 12)), self.field, self.list)
        left.setFixedWidth(250)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self.browser, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)

    @classmethod
    def show_page(cls, name: str, theme: Theme, parent: QWidget | None) -> HelpViewer:
        """The one help window, at a page."""
        viewer = next((child for child in parent.children() if isinstance(child, cls)), None) if parent else None
        viewer = viewer or cls(theme, parent)
        viewer.choose(name)
        viewer.show()
        viewer.raise_()
        viewer.browser.setFocus()
        return viewer

    def choose(self, name: str) -> None:
        """Show the page of this name, or the first one."""
        rows = [n for n in range(self.list.count()) if self.list.item(n).data(256) == name]
        self.list.setCurrentRow(rows[0] if rows else 0)

    def _show(self, item: QListWidgetItem | None) -> None:
        path = HELP / f"{item.data(256)}.md" if item is not None else None
        if path is not None and path.is_file():
            self.browser.show_text(path.read_text("utf-8"))

    def _filter(self, words: str) -> None:
        needles = words.casefold().split()
        for n in range(self.list.count()):
            item = self.list.item(n)
            text = (HELP / f"{item.data(256)}.md").read_text("utf-8").casefold()
            item.setHidden(not all(needle in text for needle in needles))

    def _follow(self, url: QUrl) -> None:
        if url.isRelative() and url.path().endswith(".md") and "/" not in url.path():
            self.choose(url.path().removesuffix(".md"))
