"""Renaming, merging and splitting actors. Nothing is merged without the user."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop import wording
from desktop.delegates.actors import ActorDelegate
from desktop.dialogs.dialog import Dialog
from desktop.models.actors import ActorList
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.widgets.tables import List
from desktop.wording import plural, tr
from index.model import Actor

if TYPE_CHECKING:
    from index.library import Library


class RenameActor(Dialog):
    """Name, sort and note of one actor. The old name stays as another name."""

    def __init__(self, library: Library, actor: Actor, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(tr("Rename the actor"), theme, parent, tr("The old name stays among the other names."))
        self._library, self._actor = library, actor
        self.name = QLineEdit(actor.name)
        self.name.setAccessibleName(tr("Name"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("What it is"))
        for code in wording.ACTOR_KINDS:
            self.kind.addItem(theme.icons(code), wording.actor_kind(code), code)
        self.kind.setCurrentIndex(list(wording.ACTOR_KINDS).index(actor.kind))
        self.alias = QLineEdit()
        self.alias.setAccessibleName(tr("One more name"))
        self.note = QLineEdit(actor.note)
        self.note.setAccessibleName(tr("Note"))
        form = self.form()
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("What it is"), self.kind)
        form.addRow(tr("One more name"), self.alias)
        form.addRow(tr("Note"), self.note)
        self.add_cancel()
        self.add_button(tr("Save"), self._save, chief=True)
        self.name.selectAll()

    def _save(self) -> None:
        name, alias = self.name.text().strip(), self.alias.text().strip()
        if not name:
            self.say_trouble(tr("An actor needs a name."))
            return
        kind = self.kind.currentData()
        with self.edit(self._library, "Change actor", tr("“{name}” changed.").format(name=name)):
            self._library.change_actor(
                self._actor.id,
                name=name if name != self._actor.name else None,
                kind=kind if kind != self._actor.kind else None,
                note=self.note.text().strip(),
            )
            if alias:
                self._library.add_alias(self._actor.id, alias)


class MergeActors(Dialog):
    """Choose whom an actor is one with: one actor or several."""

    def __init__(
        self, library: Library, actor: Actor, others: Sequence[int], theme: Theme, parent: QWidget | None
    ) -> None:
        super().__init__(
            tr("Merge “{name}” with …").format(name=actor.name),
            theme,
            parent,
            tr("All names, roles and statements of the others go to “{name}”.").format(name=actor.name),
            520,
        )
        self._library, self._actor = library, actor
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Find an actor"))
        self.filter.setAccessibleName(tr("Find an actor"))
        self.model = ActorList(self)
        self.list = List(tr("Actors"), self.model, ActorDelegate(theme))
        self.list.setMinimumHeight(280)
        self.warning = label("", "warning", wrap=True)
        self.filter.textChanged.connect(self.model.filter)
        known = [a for a in library.actors() if a.id != actor.id]
        self.model.show(known, library.actor_places(library.actors()))
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._look())
        self.list.opened = lambda row: self._merge()
        self.body.addWidget(self.filter)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.warning)
        self.warning.hide()
        self.add_cancel()
        self.chief = self.add_button(tr("Merge"), self._merge, chief=True)
        self.chief.setEnabled(False)
        flags = QItemSelectionModel.SelectionFlag.Select
        for place in (self.model.place(other) for other in others):
            self.list.selectionModel().select(self.model.index(place), flags)

    def _look(self) -> None:
        others = self.list.selected_ids()
        self.chief.setEnabled(bool(others))
        found = (self._library.merge_warning(self._actor.id, other) for other in others)
        codes = list(dict.fromkeys(code for code in found if code))
        self.warning.setText("\n".join(wording.merge_warning(code) for code in codes))
        self.warning.setVisible(bool(codes))
        self.chief.setText(tr("Merge nevertheless") if codes else tr("Merge"))

    def _merge(self) -> None:
        others = self.list.selected_ids()
        if others:
            name = self._actor.name
            done = tr("{n} merged into “{name}”.").format(n=plural(len(others), "name", "names"), name=name)
            with self.edit(self._library, "Merge actors", done):
                self._library.merge_many(self._actor.id, others)


class SplitActor(Dialog):
    """Give some names, or some statements, to an actor of their own."""

    def __init__(self, library: Library, actor: Actor, chosen: list[int], theme: Theme, parent: QWidget | None) -> None:
        super().__init__(
            tr("Split “{name}”").format(name=actor.name),
            theme,
            parent,
            tr("Tick the names and statements that belong to somebody else."),
            600,
        )
        self._library, self._actor = library, actor
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the other actor"))
        self.names = QListWidget()
        self.names.setAccessibleName(tr("Names"))
        for alias in actor.aliases:
            self._tick(self.names, alias, alias, False)
        self.names.setMaximumHeight(120)
        self.statements = QListWidget()
        self.statements.setAccessibleName(tr("Statements"))
        self.statements.setMinimumHeight(260)
        for listing in (self.names, self.statements):
            listing.setTextElideMode(Qt.TextElideMode.ElideRight)
            listing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            listing.setSpacing(2)
        for statement in library.statements(library.statement_ids(actor_id=actor.id, order="said")[:2000]):
            words = " ".join(statement.text.split())[:110]
            text = f"{statement.label}   {wording.when(statement.when)}   {words}"
            self._tick(self.statements, text, statement.id, statement.id in chosen)
        self.names.itemChanged.connect(self._named)
        form = self.form()
        form.addRow(tr("Name of the other actor"), self.name)
        if self.names.count():
            form.addRow(tr("Names"), self.names)
        form.addRow(tr("Statements"), self.statements)
        self.add_cancel()
        self.add_button(tr("Split"), self._split, chief=True)

    @staticmethod
    def _tick(into: QListWidget, text: str, value: object, ticked: bool) -> None:
        item = QListWidgetItem(text, into)
        item.setData(Qt.ItemDataRole.UserRole, value)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    @staticmethod
    def _ticked(of: QListWidget) -> list[QListWidgetItem]:
        items = [of.item(n) for n in range(of.count())]
        return [item for item in items if item.checkState() == Qt.CheckState.Checked]

    def _named(self, item: QListWidgetItem) -> None:
        if not self.name.text() and item.checkState() == Qt.CheckState.Checked:
            self.name.setText(item.text())

    def _split(self) -> None:
        name = self.name.text().strip()
        names = [item.data(Qt.ItemDataRole.UserRole) for item in self._ticked(self.names)]
        ids = [item.data(Qt.ItemDataRole.UserRole) for item in self._ticked(self.statements)]
        if not name or not (names or ids):
            self.say_trouble(tr("Give the other actor a name, and tick at least one name or statement."))
            return
        with self.edit(self._library, "Split actor", tr("“{name}” is an actor of its own now.").format(name=name)):
            self._library.split_actor(self._actor.id, name, names, ids)
