"""What stands beside a comparison: what changed, in words, and the versions to compare with, by date."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
)

from desktop.models.comparisons import Loaded, letter
from desktop.theme import Theme
from desktop.widgets.pieces import ToolButton, box, fill, label
from desktop.wording import number, tr
from index.bidi import isolated
from index.model import Change, Comparison

CHANGES = {
    "number": "Number", "date": "Date", "name": "Name", "negation": "Negation", "modal": "Modal verb", "hedge": "Hedge",
    "commitment": "Commitment", "wording": "Wording", "dropped": "Dropped", "added": "Added", "moved": "Moved",
}  # fmt: skip
SpansRole = Qt.ItemDataRole.UserRole + 1
NameRole = Qt.ItemDataRole.UserRole + 2
ACROSS, DOWN = 12, 7  # pixels around the words of a row: the style's padding, and Qt's margin within
LONG = 110  # characters of a sentence that a line shows


class Wrapped(QStyledItemDelegate):
    """Rows as high as their words need: Qt's own reckon without the padding of the style, so that a line may be cut."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = self.parent()
        assert isinstance(view, QListWidget)
        room = view.viewport().width() - 2 * ACROSS
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        rect = QFontMetrics(view.font()).boundingRect(QRect(0, 0, max(room, 40), 10_000), Qt.TextFlag.TextWordWrap, words)
        return QSize(view.viewport().width(), rect.height() + 2 * DOWN)


class ComparisonSide(QSplitter):
    """Two lists. `spans_requested` asks for places on either side (Span or None), `version_requested` for another text."""

    spans_requested = Signal(object, object)
    version_requested = Signal(str)
    step_requested = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._theme = theme
        self.summary, self.versions = QListWidget(), QListWidget()
        self.summary_head = label(tr("What changed"), "section")
        self.older = self._step(tr("Older"), "previous", -1, tr("Compare with the version before  (Alt+PgUp)"))
        self.newer = self._step(tr("Newer"), "next", 1, tr("Compare with the version after  (Alt+PgDown)"))
        for one, name in ((self.summary, tr("What changed")), (self.versions, tr("Earlier and later versions"))):
            one.setAccessibleName(name)
            one.setWordWrap(True)
            one.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            one.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
            one.setMouseTracking(True)
            one.setResizeMode(QListWidget.ResizeMode.Adjust)
            one.setItemDelegate(Wrapped(one))
        self.summary.itemClicked.connect(self._pressed)
        self.summary.itemActivated.connect(self._pressed)
        self.versions.itemClicked.connect(lambda item: self.version_requested.emit(item.data(NameRole) or ""))
        self.versions.itemActivated.connect(lambda item: self.version_requested.emit(item.data(NameRole) or ""))
        top = fill(box("strip", margins=(14, 6, 8, 6)), self.summary_head, 1)
        below = fill(box("strip", margins=(14, 6, 8, 6), spacing=2), label(tr("Earlier and later"), "section"), 1,
                     self.older, self.newer)  # fmt: skip
        self.addWidget(fill(box("panel", vertical=True, spacing=0), top, self.summary))
        self.addWidget(fill(box("panel", vertical=True, spacing=0), below, self.versions))
        self.setSizes([420, 260])
        self.setChildrenCollapsible(False)
        theme.changed.connect(self._draw_icons)

    def _step(self, text: str, icon: str, by: int, tip: str) -> QToolButton:
        made = ToolButton()
        made.setProperty("iconname", icon)
        made.setIcon(self._theme.icons(icon))
        made.setText(text)
        made.setAccessibleName(text)
        made.setToolTip(tip)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.step_requested.emit(by))
        return made

    def _draw_icons(self) -> None:
        for made in (self.older, self.newer):
            made.setIcon(self._theme.icons(str(made.property("iconname"))))

    def show_summary(self, comparison: Comparison | None) -> None:
        """The lines of a comparison; or why there are none."""
        self.summary.clear()
        changes = comparison.summary if comparison else ()
        self.summary_head.setText(f"{tr('What changed')}  {number(len(changes))}" if changes else tr("What changed"))
        for change in changes:
            item = QListWidgetItem(line(change))
            item.setData(SpansRole, (change.left, change.right))
            item.setToolTip(line(change, 2000))
            self.summary.addItem(item)
        if comparison is not None and not changes:
            differs = any(part.op != "equal" and not part.minor for part in comparison.redline)
            words = tr("Nothing that the rules name; see the text.") if differs else tr("No word differs.")
            self._say(self.summary, words)

    def show_versions(self, loaded: Loaded, names: Sequence[str], active: int) -> None:
        """The versions by date; those that are shown have the letter of their column."""
        self.versions.clear()
        for row in loaded.versions:
            mark = letter(names.index(row.name)) if row.name in names else "○"
            shared = f"  —  {', '.join(row.words)}" if row.words else ""
            item = QListWidgetItem(f"{mark}   {row.day}{shared}\n{' '.join(row.text.split())[:LONG]}")
            item.setData(NameRole, row.name)
            item.setToolTip(tr("Compare with this one"))
            self.versions.addItem(item)
            if active < len(names) and row.name == names[active]:
                self.versions.setCurrentItem(item)
        if len(loaded.versions) < 2:
            self.versions.clear()
            self._say(self.versions, tr("Nothing else of this actor on the matter."))

    def show_steps(self, older: bool, newer: bool) -> None:
        """Whether there is a version before, and one after."""
        self.older.setEnabled(older)
        self.newer.setEnabled(newer)

    def _say(self, where: QListWidget, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        where.addItem(item)

    def _pressed(self, item: QListWidgetItem) -> None:
        spans = item.data(SpansRole)
        if spans is not None:
            self.spans_requested.emit(*spans)


def line(change: Change, most: int = LONG) -> str:
    """One line of the summary; long sentences are cut."""
    name = tr(CHANGES.get(change.kind, change.kind))
    before, after = (text if len(text) <= most else text[: most - 1].rstrip() + "…" for text in (change.before, change.after))
    before, after = (isolated(f"“{words}”") if words else "" for words in (before, after))
    if change.kind == "moved":
        return f"{name}: {after}"
    if before and after:
        return f"{name}: {before} → {after}"
    return f"{name}: − {before}" if before else f"{name}: + {after}"
