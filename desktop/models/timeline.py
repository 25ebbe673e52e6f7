"""The table under the plot: the same marks as rows, sortable; the words of a row are fetched when it is painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop import wording
from desktop.models.rows import IdRole, ObjectRole, Rows, SortRole
from desktop.wording import tr
from index.model import Code, Statement, Timeline, TimelinePoint, TimelineTick, When

if TYPE_CHECKING:
    from index.library import Library

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: what the plot draws of one utterance. `score` None: not coded; `method` "" then.

    `statements` are all that report the same words.
    """

    id: int
    x: float
    when: When
    actor: str
    score: float | None
    method: str
    n: int
    outdated: bool
    evidence: tuple[str, ...] = ()
    statements: tuple[int, ...] = ()


COLUMNS = ("Date", "Actor", "Score", "Words", "How")
DATE, ACTOR, SCORE, WORDS, HOW = range(5)


def marks(timeline: Timeline) -> list[Mark]:
    """The rows of a timeline, by date."""
    rows = []
    for lane in timeline.lanes:
        for point in lane.points:
            when = date_of(timeline, point)
            rows.append(Mark(point.statement_id, point.x, when, lane.actor, point.score, point.method,
                             len(point.statements) or 1, point.outdated, point.evidence,
                             point.statements or (point.statement_id,)))  # fmt: skip
        for tick in lane.ticks:
            rows.append(Mark(tick.statement_id, tick.x, date_of(timeline, tick), lane.actor, None, "", 1, False))
    return sorted(rows, key=lambda mark: (mark.x, mark.id))


def scorer(codes: Sequence[Code], mark: Mark) -> str | None:
    """Under whose name a mark is scored anew: that of who scored it, else of who scored all the rest; None: of several.

    Another name would make it a second opinion, and the mean of both would be drawn.
    """
    here = {code.coder for code in codes if code.statement_id in mark.statements or code.statement_id == mark.id}
    everybody = {code.coder for code in codes}
    names = here or (everybody if len(everybody) == 1 else {""})
    return names.pop() if len(names) == 1 else None


def date_of(timeline: Timeline, mark: TimelinePoint | TimelineTick) -> When:
    """The date of a mark: open where it is open."""
    first = None if mark.open_start else timeline.day(mark.low_x)
    return When(first, None if mark.open_end else timeline.day(mark.high_x))


class MarkTable(QAbstractTableModel):
    """Rows as the plot shows them; `keep` shows only some statements."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library: Library | None = None
        self._all: list[Mark] = []
        self._shown: list[Mark] = []
        self._kept: set[int] | None = None
        self._column, self._order = DATE, Qt.SortOrder.AscendingOrder
        self._texts: Rows[Statement] = Rows(self._fetch)

    def show(self, library: Library | None, rows: Sequence[Mark]) -> None:
        """Show the marks of a timeline (`marks` makes them, in a thread where there are many)."""
        self._library = library
        self._all = list(rows)
        self._arrange()

    def keep(self, ids: Sequence[int] | None) -> None:
        """Show only these statements; None shows all."""
        self._kept = None if ids is None else set(ids)
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        kept = self._kept
        self._shown = [mark for mark in self._all if kept is None or mark.id in kept]
        keys = {
            DATE: lambda mark: (mark.x, mark.id), ACTOR: lambda mark: (mark.actor.casefold(), mark.x),
            SCORE: lambda mark: (mark.score is None, mark.score or 0.0, mark.x),
            HOW: lambda mark: (mark.method, mark.x),
        }  # fmt: skip
        self._shown.sort(key=keys.get(self._column, keys[DATE]), reverse=self._order == Qt.SortOrder.DescendingOrder)
        self._texts.set_ids([mark.id for mark in self._shown])
        self.endResetModel()

    @property
    def ids(self) -> list[int]:
        """The statements of the rows, in order."""
        return self._texts.ids

    def mark(self, row: int) -> Mark:
        """The mark of a row."""
        return self._shown[row]

    def place(self, statement_id: int) -> int:
        """The row of a statement; -1: not shown."""
        return self.ids.index(statement_id) if statement_id in self.ids else -1

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = (column if column != WORDS else DATE), order
        self._arrange()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS):
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(COLUMNS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        mark = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index.row(), index.column(), mark)
        if role == IdRole:
            return mark.id
        if role == ObjectRole:
            return mark
        if role == SortRole:
            return {DATE: mark.x, SCORE: mark.score}.get(index.column(), self._words(index.row(), index.column(), mark))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        return None

    def _words(self, row: int, column: int, mark: Mark) -> str:
        if column == DATE:
            return wording.when(mark.when)
        if column == ACTOR:
            return mark.actor
        if column == SCORE:
            return "" if mark.score is None else wording.score(mark.score)
        if column == WORDS:
            found = self._texts.at(row)
            return " ".join(found.text.split()) if found else ""
        return how(mark)

    def _fetch(self, ids: Sequence[int]) -> Sequence[Statement]:
        return self._library.statements(ids) if self._library is not None else ()


def how(mark: Mark) -> str:
    """How a score came about, in words."""
    if mark.score is None:
        return tr("Not coded")
    words = {"manual": tr("By hand"), "suggested": tr("Leans, by its words"), "wordscores": tr("Wordscores"),
             "dictionary": tr("Dictionary")}.get(mark.method, mark.method)  # fmt: skip
    if mark.n > 1:
        words += " · " + tr("{n} reports").format(n=mark.n)
    if mark.outdated:
        words += " · " + tr("earlier definition")
    return words + (f" · {', '.join(mark.evidence)}" if mark.evidence else "")


def _side(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column == SCORE else Qt.AlignmentFlag.AlignLeft
    return (side | Qt.AlignmentFlag.AlignVCenter).value
