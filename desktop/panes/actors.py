"""Who speaks: names, roles with their days, everything an actor said; renaming, merging and splitting."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from desktop import wording
from desktop.actions import STATEMENT_MENU
from desktop.delegates.actors import ActorDelegate
from desktop.delegates.statements import StatementDelegate
from desktop.jobs import Asker
from desktop.models.actors import ActorList
from desktop.models.statements import StatementList
from desktop.panes.pane import Pane
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.kept_rows import KeptRows
from desktop.widgets.pieces import (
    FilterField,
    Segments,
    act,
    at_least,
    box,
    button,
    chips,
    empty_layout,
    fill,
    label,
    scrolled,
)
from desktop.widgets.tables import List
from desktop.wording import number, plural, tr
from index.model import Actor, MergeGroup, When

if TYPE_CHECKING:
    from index.library import Library


@dataclass(frozen=True, slots=True)
class Card:
    """What a load finds about one actor: statements, newest first and undated last; the dates of the first and last."""

    actor: Actor
    ids: list[int]
    undated: int
    first: When | None
    last: When | None


class ActorsPane(Pane):
    """List at the left, the chosen actor's card at the right."""

    reads: ClassVar[frozenset[str]] = frozenset({"actor", "statement", "document"})
    help_page = "actors"

    def __init__(self, actions: Mapping[str, QAction], settings: Settings, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(actions, settings, theme, parent)
        self._current: int | None = None
        self._groups: list[MergeGroup] = []
        self._card: Card | None = None
        self._proposer = Asker(self)  # looking for duplicates takes longer than listing
        self._proposer.problem.connect(self.problem)

        self.filter = FilterField(tr("Find an actor"))
        self.order = Segments(tr("Order of the actors"), self._sort)
        self.order.add("statements", tr("By statements"))
        self.order.add("name", tr("By name"))
        self.list_model = ActorList(self)
        self.list = List(tr("Actors"), self.list_model, ActorDelegate(theme))
        self.filter.below = self.list
        self.none = label(tr("No actor is called that."), "muted", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.none.setMargin(16)
        self.none.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.none.hide()
        self.proposals: QPushButton = button("", self._review_proposals, "", tr("Names that may mean the same actor"))
        self.picture = QLabel()
        self.name = label("", "title", wrap=True, selectable=True)
        self.kind = label("", "muted")
        self.facts = QVBoxLayout()
        self.facts.setSpacing(4)
        self.statements_model = StatementList(self, sources=True)
        self.statements = List(tr("Statements of this actor"), self.statements_model, StatementDelegate(theme, False))
        KeptRows(self.statements)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)

        self.filter.textChanged.connect(self._filter)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._chosen(now.row()))
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.list.asked = lambda position: self.popup(
            self.list.viewport(), position, ("actor.rename", "actor.merge", "actor.split")
        )
        self.statements.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.statements.opened = lambda row: self.statement_requested.emit(self.statements_model.ids[row])
        self.statements.asked = lambda position: self.popup(self.statements.viewport(), position, STATEMENT_MENU)
        self._assemble()

    def _assemble(self) -> None:
        self._foot = fill(box("footer", margins=(12, 8, 12, 8)), self.proposals)
        self._foot.hide()
        top = fill(
            box("header", vertical=True, margins=(14, 12, 14, 8), spacing=8),
            label(tr("Actors"), "title"),
            self.filter,
            fill(box(), self.order, 1),
        )
        left = fill(
            box("page", vertical=True, spacing=0),
            top,
            self.list,
            self.none,
            self._foot,
        )
        at_least(left, 26)
        names = fill(box(vertical=True, spacing=2), self.name, self.kind)
        self.buttons = [
            act(self.acts[f"actor.{key}"], True, tr(text))
            for key, text in (("rename", "Rename"), ("merge", "Merge"), ("split", "Split"))
        ]
        header = box("header", margins=(20, 14, 16, 12), spacing=12)
        fill(
            header,
            self.picture,
            names,
            *self.buttons,
        )
        header.layout().setStretch(1, 1)  # type: ignore[union-attr]
        inside = box("strip", vertical=True, margins=(20, 12, 20, 12))
        inside.layout().addLayout(self.facts)  # type: ignore[union-attr]
        self.facts_area = scrolled(inside, "strip")
        inside.installEventFilter(self)
        foot = fill(
            box("footer", margins=(12, 6, 12, 6), spacing=4),
            act(self.acts["statement.open"], True, tr("Read")),
            act(self.acts["statement.compare"], True),
            act(self.acts["statement.collect"]),
            1,
            act(self.acts["quote.copy"]),
        )
        right = fill(box("page", vertical=True, spacing=0), header, self.facts_area, self.statements, foot)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([320, 860])
        self.splitter.setChildrenCollapsible(False)
        self.assemble(self.splitter)

    # --- loading ---

    def forget(self) -> None:
        self._current = self._card = None
        self.list_model.show([])
        self.statements_model.show(None, [])

    def load(self) -> None:
        library = self.library
        if library is None:
            self._show([])
        else:
            self.asker.ask(lambda: _told_apart(library), lambda found: self._show(*found))
            self._proposer.ask(library.merge_groups, self._show_proposals)

    def set_library(self, library: Library | None) -> None:
        self._proposer.finish()
        self._groups = []
        super().set_library(library)

    def _show_proposals(self, groups: list[MergeGroup]) -> None:
        self._groups = groups
        self.proposals.setText(tr("Possible duplicates ({n})…").format(n=number(len(groups))))
        self._foot.setVisible(bool(groups))
        if self._card is not None:
            self._show_card(self._card)

    def _show(self, actors: list[Actor], places: Mapping[int, str] | None = None) -> None:
        if not actors:
            self._current = None
            self.show_empty(
                "actors",
                tr("Nobody has spoken yet"),
                tr("Actors appear here as soon as documents with statements are imported."),
                "import.files",
                tr("Import files…"),
            )
            self.selection_changed.emit()
            return
        self.show_body()
        self.list_model.show(actors, places)
        self._show_list()
        place = self.list_model.place(self._current)
        self.list.choose(max(0, place))
        self._chosen(max(0, place), again=True)

    def show_actor(self, actor_id: int) -> None:
        """The card of an actor."""
        self._current = actor_id
        self.filter.clear()
        place = self.list_model.place(actor_id)
        if place >= 0:
            self.list.choose(place)
            self._chosen(place, again=True)
        else:
            self.load()

    def _filter(self, words: str) -> None:
        self.list_model.filter(words)
        self._show_list()
        if self.list_model.rowCount():
            self.list.choose(max(0, self.list_model.place(self._current)))

    def _show_list(self) -> None:
        found = self.list_model.rowCount() > 0
        self.list.setVisible(found)
        self.none.setVisible(not found)

    def _sort(self, order: str) -> None:
        self.list_model.sort_by(order)
        place = self.list_model.place(self._current)
        if place >= 0:
            self.list.choose(place)

    # --- the card ---

    def _chosen(self, row: int, again: bool = False) -> None:
        actor = self.list_model.actor(row)
        library = self.library
        if actor is None or library is None or (actor.id == self._current and not again):
            return
        self._current = actor.id
        self._head(actor)
        self.asker.ask(lambda: _card(library, actor), self._show_card)
        self.selection_changed.emit()

    def _head(self, actor: Actor) -> None:
        self.picture.setPixmap(self.theme.icons.pixmap(actor.kind, 34, self.devicePixelRatioF(), "accent"))
        self.name.setText(actor.name)
        kinds = [wording.actor_kind(actor.kind), plural(actor.statements, "statement", "statements")]
        self.kind.setText("   ·   ".join(kinds))

    def _show_card(self, card: Card) -> None:
        self._card, actor = card, card.actor
        self._head(actor)
        empty_layout(self.facts)
        names = [name for name in actor.aliases if name != actor.name]
        if names:
            self._fact(tr("Also called"), chips(names))
        if actor.roles:
            self._fact(tr("Roles"), label("\n".join(wording.role(role) for role in actor.roles), wrap=True, selectable=True))
        self._fact(tr("Time"), label(_time(card), "", wrap=True))
        alike = [g for g in self._groups if actor.id in {member.actor.id for member in (g.keep, *g.others)}]
        if alike:
            words = tr("Look at {n}…").format(n=plural(len(alike[0].others) + 1, "name", "names"))
            self._fact(tr("Maybe the same"), button(words, lambda: self._review_proposals(actor.id), "link"))
        if actor.note:
            self._fact(tr("Note"), label(actor.note, wrap=True, selectable=True))
        self.statements_model.show(self.library, card.ids)
        self.selection_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # other facts
            self._fit()
        return False

    def _fit(self) -> None:
        """The facts are as high as they need to be, but leave most of the page to the statements; in a narrow window
        or in large letters the buttons have no words."""
        inside = self.facts_area.widget()
        layout = inside.layout()
        assert layout is not None
        width = self.facts_area.width()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        height = min(height + 2, max(self.height() * 2 // 5, 60))
        if height != self.facts_area.height():
            self.facts_area.setFixedHeight(height)
        words = self.facts_area.width() > 75 * self.fontMetrics().averageCharWidth()
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
        for one in self.buttons:
            one.setToolButtonStyle(style)

    def _fact(self, name: str, value: QWidget) -> None:
        row = box(spacing=12)
        heading = label(name, "section")
        heading.setFixedWidth(heading.fontMetrics().averageCharWidth() * 14)
        heading.setAlignment(Qt.AlignmentFlag.AlignTop)
        fill(row, heading, value)
        row.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.facts.addWidget(row)

    def theme_changed(self) -> None:
        super().theme_changed()
        self.list.doItemsLayout()
        self.statements.doItemsLayout()
        actor = self.list_model.by_id(self._current) if self._current is not None else None
        if actor is not None:
            self._head(actor)

    # --- acts ---

    def selected_statements(self) -> list[int]:
        return self.statements.selected_ids()

    def commands(self) -> dict[str, Callable[[], object]]:
        if self.library is None or self._current is None:
            return {}
        found: dict[str, Callable[[], object]] = {
            "actor.rename": self._rename,
            "actor.merge": self._merge,
            "actor.split": self._split,
            "find": self.filter.setFocus,
        }
        return found

    def _open_dialog(self, make: Callable[..., Any], *values: Any) -> None:
        assert self.library is not None
        dialog = make(self.library, *values, self.theme, self.window())
        dialog.told.connect(self.message)
        dialog.failed.connect(self.problem)
        dialog.open()

    def _actor(self) -> Actor:
        assert self.library is not None and self._current is not None
        return self.library.actor(self._current)

    def _rename(self) -> None:
        from desktop.dialogs.actor_dialogs import RenameActor

        self._open_dialog(RenameActor, self._actor())

    def _merge(self) -> None:
        from desktop.dialogs.actor_dialogs import MergeActors

        others = [i for i in self.list.selected_ids() if i != self._current]
        self._open_dialog(MergeActors, self._actor(), others)

    def _split(self) -> None:
        from desktop.dialogs.actor_dialogs import SplitActor

        self._open_dialog(SplitActor, self._actor(), self.selected_statements())

    def _review_proposals(self, actor_id: int | None = None) -> None:
        from desktop.dialogs.merge_groups import MergeGroups

        self._open_dialog(MergeGroups, actor_id)

    def home(self) -> QWidget:
        return self.list

    def shown_statements(self) -> tuple[str, str, Callable[[], Sequence[int]]] | None:
        card = self._card
        if card is None or not card.ids or card.actor.id != self._current:
            return None
        words = tr("All statements of {name} ({n})").format(name=card.actor.name, n=number(len(card.ids)))
        return words, card.actor.name, lambda: card.ids

    def parts(self) -> list[QWidget]:
        return [self.filter, self.list, self.statements]

    # --- session ---

    def save_state(self) -> dict[str, Any]:
        splitter = bytes(self.splitter.saveState().toBase64().data()).decode()
        return {"actor": self._current, "order": self.order.current, "splitter": splitter}

    def restore_state(self, state: dict[str, Any]) -> None:
        actor = state.get("actor")
        self._current = actor if isinstance(actor, int) else None
        order = str(state.get("order", "statements"))
        self.order.choose(order)
        self.list_model.sort_by(order if order in ("statements", "name") else "statements")
        if state.get("splitter"):
            self.splitter.restoreState(QByteArray.fromBase64(str(state["splitter"]).encode()))


def _told_apart(library: Library) -> tuple[list[Actor], dict[int, str]]:
    """All actors, and for those whose names are equal a document each speaks in."""
    actors = library.actors()
    return actors, library.actor_places(actors)


def _card(library: Library, actor: Actor) -> Card:
    ids = library.statement_ids(actor_id=actor.id, order="said")

    def when(place: int) -> When | None:
        (statement,) = library.statements(ids[place : place + 1])
        found = statement.when
        return found if found and (found.earliest or found.latest) else None

    # The dated ones come first, in order: where they end is found by halving, not by reading them all.
    dated = bisect_left(range(len(ids)), True, key=lambda place: when(place) is None)
    first, last = (when(0), when(dated - 1)) if dated else (None, None)
    return Card(library.actor(actor.id), [*reversed(ids[:dated]), *ids[dated:]], len(ids) - dated, first, last)


def _time(card: Card) -> str:
    """ "3 Mar 2022 – 26 Nov 2024, 4 undated"."""
    undated = tr("{n} undated").format(n=number(card.undated)) if card.undated else ""
    if card.first is None or card.last is None:
        return undated or tr("No statements")
    return ", ".join(part for part in (wording.period(card.first, card.last), undated) if part)
