"""What the compare page shows, read and computed away from the window: texts, their comparisons with the base, versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from desktop import wording
from desktop.wording import tr
from index.bidi import isolated
from index.model import Comparison, Document, Part, Span, Statement, Utterance
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library

MOST = 6  # texts side by side
PieceKind = Literal["equal", "delete", "insert", "moved_away", "moved_here", "minor", "gap"]


def letter(number: int) -> str:
    """A, B, C ...: what a column is called."""
    return chr(ord("A") + number)


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the texts: a statement, or a whole document. `name` is "12" or "doc:3"."""

    name: str
    document: Document
    statement: Statement | None = None

    @property
    def text(self) -> str:
        """The words that are compared."""
        return self.statement.text if self.statement else self.document.text

    @property
    def who(self) -> str:
        """The speaker, or the document's name."""
        if self.statement:
            return wording.speaker(self.statement)
        return self.document.actor or self.document.name

    @property
    def day(self) -> str:
        """When it was said, or published."""
        return wording.when(self.statement.when if self.statement else self.document.published)

    @property
    def source(self) -> str:
        """Outlet and title, or the file."""
        parts = [self.document.outlet or "", self.document.title or self.document.file]
        return ", ".join(isolated(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """Another version to compare with: `words` are what it shares with the base (none for documents)."""

    name: str
    day: str
    words: tuple[str, ...]
    order: int
    text: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that the page shows. `comparisons` has for each text the one from the base to it; the base's own is None.

    `variants` are the reports of the base's utterance, the version to cite first.
    """

    items: tuple[Compared, ...]
    base: int
    comparisons: tuple[Comparison | None, ...]
    versions: tuple[VersionRow, ...] = ()
    utterance: Utterance | None = None
    variants: tuple[Compared, ...] = ()
    variant_comparisons: tuple[Comparison | None, ...] = field(default=())


def read(library: Library, names: Sequence[str], base: int, by_date: bool = False) -> Loaded:
    """Read the texts that are still there and compare each with the base. Raises `Problem` when none is there.

    `by_date`: the earliest comes first, whatever order they were named in; those without any date come last.
    """
    from index.compare import compare

    items = [found for name in names if (found := _read_one(library, name)) is not None]
    if not items:
        raise Problem("no-statement", detail=", ".join(names))
    if by_date:
        items = _by_date(library, items)
    base = base if base < len(items) else 0
    chosen = items[base]
    comparisons = tuple(None if one is chosen else compare(chosen.text, one.text) for one in items)
    versions = _versions(library, chosen)
    if chosen.statement is None:
        return Loaded(tuple(items), base, comparisons, versions)
    utterance = library.utterance_of(chosen.statement.id)
    ranked = sorted(utterance.statements, key=lambda number: (number != utterance.cite, number))
    variants = [found for number in ranked[:40] if (found := _read_one(library, str(number))) is not None]
    pairs = tuple(None if k == 0 else compare(variants[0].text, one.text) for k, one in enumerate(variants))
    return Loaded(tuple(items), base, comparisons, versions, utterance, tuple(variants), pairs)


def version_beside(loaded: Loaded, names: Sequence[str], active: int, by: int) -> str | None:
    """The name of the version before (-1) or after (1) the active text by date, past the base; None: there is none."""
    rows = [row.name for row in loaded.versions]
    base = names[loaded.base]
    here = names[active] if active < len(names) and names[active] in rows else base
    if here not in rows:
        return None
    place = rows.index(here) + by
    while 0 <= place < len(rows) and rows[place] == base:
        place += by
    return rows[place] if 0 <= place < len(rows) else None


def _by_date(library: Library, items: Sequence[Compared]) -> list[Compared]:
    """Statements by when they were said, documents by when they were published."""
    order = library.by_date([one.statement.id for one in items if one.statement])
    said = {statement: place for place, statement in enumerate(order)}

    def key(one: Compared) -> tuple[int, date]:
        if one.statement:
            return said.get(one.statement.id, len(said)), date.max
        published = one.document.published
        return 0, (published.latest or published.earliest or date.max) if published else date.max

    return sorted(items, key=key)


def _read_one(library: Library, name: str) -> Compared | None:
    try:
        found = library.comparable(name)
        if isinstance(found, Document):
            return Compared(name, found)
        return Compared(name, library.document(found.document_id), found)
    except Problem:
        return None


def _versions(library: Library, chosen: Compared) -> tuple[VersionRow, ...]:
    """Other statements of the actor on the same matter, or the documents to step through; by date."""
    if chosen.statement is None:
        documents = library.documents(library.document_versions(chosen.document.id))
        documents.sort(key=lambda d: d.published.latest.isoformat() if d.published and d.published.latest else "~")
        here = next((k for k, one in enumerate(documents) if one.id == chosen.document.id), 0)
        return tuple(
            VersionRow(f"doc:{one.id}", wording.when(one.published), (), (k > here) - (k < here), one.name)
            for k, one in enumerate(documents)
        )
    found = library.versions(chosen.statement.id)
    statements = {one.id: one for one in library.statements([version.statement for version in found])}
    rows = [
        (statements[v.statement], VersionRow(str(v.statement), wording.when(statements[v.statement].when), v.words,
                                             v.order, statements[v.statement].text))
        for v in found if v.statement in statements
    ]  # fmt: skip
    rows.append((chosen.statement, VersionRow(chosen.name, chosen.day, (), 0, chosen.text)))
    rows.sort(key=lambda row: row[0].when.latest.isoformat() if row[0].when and row[0].when.latest else "~")
    return tuple(row for _, row in rows)


# --- pieces to show -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """Words to show in one way. `change` numbers the change they belong to; `place` is where they stand in their text."""

    text: str
    kind: PieceKind
    change: int | None
    place: int
    move: int | None = None


@dataclass(frozen=True, slots=True)
class ChangePlace:
    """One change of a comparison: where it begins and ends on either side, and what to paint it as in the strip."""

    left: Span
    right: Span
    kind: PieceKind


def change_places(comparison: Comparison, minor: bool) -> tuple[list[ChangePlace], list[int | None]]:
    """The changes in reading order, and for each part of the redline the number of its change (None: no change)."""
    changes: list[ChangePlace] = []
    numbers: list[int | None] = []
    at = on = 0
    open_ = False
    for part in comparison.redline:
        left, right = part.left or Span(at, at), part.right or Span(on, on)
        at, on = left.end, right.end
        if _is_kept(comparison, part, minor):
            numbers.append(None)
            open_ = open_ and part.op != "equal"
            continue
        kind = _kind(part)
        if open_:
            last = changes[-1]
            changes[-1] = ChangePlace(Span(last.left.start, at), Span(last.right.start, on), last.kind)
        else:
            changes.append(ChangePlace(left, right, kind))
        open_ = True
        numbers.append(len(changes) - 1)
    return changes, numbers


def _is_kept(comparison: Comparison, part: Part, minor: bool) -> bool:
    """True for what is shown as unchanged: equal words, hidden minor changes, other blanks between the same words."""
    if part.op == "equal" or not part.minor:
        return part.op == "equal"
    left = part.left.of(comparison.left) if part.left else ""
    right = part.right.of(comparison.right) if part.right else ""
    return not minor or not (left.strip() or right.strip())


def counterpart(comparison: Comparison, minor: bool, move: int, current: int) -> int | None:
    """The change that holds the other side of a moved block, the farthest from the current one; None: none."""
    _, numbers = change_places(comparison, minor)
    rows = zip(comparison.redline, numbers, strict=True)
    others = {n for part, n in rows if part.op == "move" and part.move == move and n is not None} - {current}
    return max(others, key=lambda place: (abs(place - current), place)) if others else None


def _kind(part: Part) -> PieceKind:
    if part.minor:
        return "minor"
    if part.op == "move":
        return "moved_away" if part.left else "moved_here"
    return "delete" if part.left else "insert"


def side_pieces(comparison: Comparison, side: int, minor: bool) -> list[Piece]:
    """One of the two texts (0: left, 1: right) cut into what stayed, what went or came, and what moved."""
    _, numbers = change_places(comparison, minor)
    pieces = []
    for part, number in zip(comparison.redline, numbers, strict=True):
        span = part.right if side else part.left
        if span is None:
            continue
        kind: PieceKind = "equal"
        if _is_kept(comparison, part, minor):
            kind = "equal"
        elif part.minor:
            kind = "minor"
        elif part.op == "move":
            kind = "moved_here" if side else "moved_away"
        else:
            kind = "insert" if side else "delete"
        text = comparison.right if side else comparison.left
        pieces.append(Piece(span.of(text), kind, number, span.start, part.move))
    return pieces


def merged_pieces(comparison: Comparison, minor: bool) -> list[Piece]:
    """Both texts as one: removed words before what came in their place. `Piece.place` is on the right where there is one."""
    _, numbers = change_places(comparison, minor)
    pieces: list[Piece] = []
    for part, number in zip(comparison.redline, numbers, strict=True):
        kept = _is_kept(comparison, part, minor)
        if part.left and not kept:
            gone: PieceKind = "moved_away" if part.op == "move" else "minor" if part.minor else "delete"
            pieces.append(Piece(part.left.of(comparison.left), gone, number, part.left.start, part.move))
        if part.right:
            if part.left and not kept:
                pieces.append(Piece("\u2009", "gap", None, part.right.start))  # a thin space, so that no words run together
            came: PieceKind = "moved_here" if part.op == "move" else "minor" if part.minor else "insert"
            kind = "equal" if kept else came
            pieces.append(Piece(part.right.of(comparison.right), kind, number, part.right.start, part.move))
    return pieces


def counts(comparison: Comparison) -> str:
    """ "12 words added · 7 removed · 81 % alike"; never 100 % while a word differs."""
    share = int(100 * comparison.likeness)
    return "   ·   ".join(
        (
            wording.plural(comparison.words_added, "word added", "words added"),
            tr("{count} removed").format(count=wording.number(comparison.words_removed)),
            tr("{share} % alike").format(share=share),
        )
    )
