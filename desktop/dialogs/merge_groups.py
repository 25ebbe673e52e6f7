"""Names that may mean one actor, a group at a time: tick, merge, or say that they are not; all of it from the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop import wording
from desktop.dialogs.dialog import Dialog
from desktop.jobs import Asker
from desktop.theme import Theme
from desktop.widgets.pieces import Elided, box, empty_layout, fill, label, scrolled
from desktop.wording import number, plural, tr
from index.actors.groups import SURE
from index.model import MergeGroup, MergeMember, Statement
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library

SHOWN = 30  # members of one group at a time; the others follow when these are decided
KEYS = {"merge": "Ctrl+Return", "apart": "Ctrl+D", "next": "Alt+Down", "previous": "Alt+Up", "all": "Ctrl+Shift+A"}


class MemberRow(QFrame):
    """One name of a group: a box to tick, where it stands, what it says there."""

    def __init__(self, member: MergeMember, example: Statement | None, reason: bool) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.member = member
        self.tick = QCheckBox(member.actor.name)
        self.tick.setChecked(member.score >= SURE and member.warning is None)
        place = _place(member, example)
        self.tick.setAccessibleName(f"{member.actor.name}, {place}")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 9, 16, 10)
        inside.setSpacing(3)
        inside.addWidget(self.tick)
        inside.addWidget(_indented(Elided(place, "small")))
        if example is not None:
            inside.addWidget(_indented(label(_quoted(example.text), wrap=True)))
        others = wording.actor_line(member.actor)
        if others:
            inside.addWidget(_indented(Elided(tr("Also: {names}").format(names=others), "small")))
        if reason:
            inside.addWidget(_indented(label(wording.merge_reason(member.reason), "small", wrap=True)))
        if member.warning:
            inside.addWidget(_indented(label(wording.merge_warning(member.warning), "warning", wrap=True)))


class MergeGroups(Dialog):
    """The groups at the left (at first the one with `actor_id`), the chosen one at the right."""

    def __init__(self, library: Library, actor_id: int | None, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(
            tr("Possible duplicates"), theme, parent,
            tr("Nothing is merged without you. What you say is not the same is not proposed again."), 860,
        )  # fmt: skip
        self._library, self._wanted = library, actor_id
        self._done = 0  # acts of this dialog that undo takes back
        self._groups: list[MergeGroup] = []
        self._rows: list[MemberRow] = []
        self._asker = Asker(self)
        self._asker.problem.connect(self.say_trouble)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Groups of names"))
        self.list.setFixedWidth(max(250, self.list.fontMetrics().averageCharWidth() * 26))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(self._show)
        self.kept = label("", "heading", wrap=True, selectable=True)
        self.kept_place = Elided("", "small")
        self.kept_words = label("", wrap=True)
        self.reason = label("", "muted", wrap=True)
        self._members = QVBoxLayout()
        self._members.setSpacing(0)
        self.said = Elided(tr("Looking for names that may mean the same actor …"), "muted")
        self._assemble()
        self.load()

    def _assemble(self) -> None:
        head = fill(
            box("header", vertical=True, margins=(16, 12, 16, 12), spacing=3),
            label(tr("Keep"), "section"), self.kept, self.kept_place, self.kept_words, self.reason,
        )  # fmt: skip
        inside = QFrame()
        inside.setObjectName("pagebody")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._members)
        column.addStretch(1)
        self._area: QScrollArea = scrolled(inside, "page")
        self._right = fill(box("page", vertical=True, spacing=0), head, self._area)
        left = fill(box("panel"), self.list)
        both = fill(box("card", margins=(1, 1, 1, 1), spacing=0), left, self._right)
        both.layout().setStretch(1, 1)  # type: ignore[union-attr]
        both.setMinimumHeight(460)
        self.body.addWidget(both, 1)
        keys = tr("Space ticks · {all} ticks all or none · {next} next group").format(
            all=_key("all"), next=_key("next")
        )
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(label(keys, "small"))
        self.body.addLayout(row)
        self.undo = self._button(tr("Undo"), self._undo, QKeySequence.StandardKey.Undo, place=0)
        self.add_cancel(tr("Close"))
        self.apart = self._button(tr("Not the same"), self._keep_apart, KEYS["apart"])
        self.merge = self._button(tr("Merge"), self._merge, KEYS["merge"], chief=True)
        for name, act in (("next", lambda: self._step(1)), ("previous", lambda: self._step(-1)), ("all", self._tick_all)):
            QShortcut(QKeySequence(KEYS[name]), self).activated.connect(act)
        self._look()

    def _button(
        self, text: str, act: Callable[[], object], key: str | QKeySequence.StandardKey, *, place: int | None = None,
        chief: bool = False,
    ) -> QPushButton:  # fmt: skip
        """A button of the foot that a key presses, too."""
        made = self.add_button(text, act, chief)
        sequence = QKeySequence(key)
        QShortcut(sequence, self).activated.connect(made.click)
        made.setToolTip(f"{text} ({sequence.toString(QKeySequence.SequenceFormat.NativeText)})")
        if place is not None:
            self.foot.removeWidget(made)
            self.foot.insertWidget(place, made)
        return made

    # --- what is shown ---

    def load(self) -> None:
        """Look for the groups that are left."""
        self._asker.ask(self._library.merge_groups, self._show_groups)

    def _show_groups(self, groups: list[MergeGroup]) -> None:
        at = max(0, min(self.list.currentRow(), len(groups) - 1))
        if self._wanted is not None:
            at = next((n for n, g in enumerate(groups) if self._wanted in {m.actor.id for m in (g.keep, *g.others)}), at)
            self._wanted = None
        focus = self.list.hasFocus() or self._area.isAncestorOf(self.focusWidget() or self)
        self._groups = groups
        self.list.blockSignals(True)
        self.list.clear()
        for group in groups:
            item = QListWidgetItem(f"{group.keep.actor.name}\n{_size(group)}", self.list)
            item.setToolTip(item.text())
            item.setSizeHint(QSize(0, round(self.list.fontMetrics().height() * 2.9)))
        self.list.setCurrentRow(at if groups else -1)
        self.list.blockSignals(False)
        if not self._done:
            self.said.set_full("")
        self._show(self.list.currentRow())
        if focus or not self._done:
            self.list.setFocus()

    def _show(self, row: int) -> None:
        """The names of one group, or that none is left."""
        empty_layout(self._members)
        self._rows = []
        group = self._groups[row] if 0 <= row < len(self._groups) else None
        self._right.setEnabled(group is not None)
        if group is None:
            self.kept.setText(tr("Nothing is left to decide."))
            for words in (self.kept_place, self.kept_words, self.reason):
                words.hide()
        else:
            self._show_group(group)
        self._area.verticalScrollBar().setValue(0)
        self._look()

    def _show_group(self, group: MergeGroup) -> None:
        shown = group.others[:SHOWN]
        examples = self._examples((group.keep, *shown))
        example = examples.get(group.keep.example or 0)
        self.kept.setText(group.keep.actor.name)
        self.kept_place.set_full(_place(group.keep, example))
        self.kept_words.setText(_quoted(example.text) if example else "")
        reasons = {member.reason for member in shown}
        self.reason.setText(wording.merge_reason(next(iter(reasons))) if len(reasons) == 1 else "")
        for words in (self.kept_place, self.kept_words, self.reason):
            words.setVisible(bool(words.text()) or words is self.kept_place)
        for member in shown:
            made = MemberRow(member, examples.get(member.example or 0), len(reasons) > 1)
            made.tick.toggled.connect(lambda *_: self._look())
            self._rows.append(made)
            self._members.addWidget(made)
        if len(group.others) > SHOWN:
            left = tr("{n} more follow when these are decided.").format(n=number(len(group.others) - SHOWN))
            self._members.addWidget(_indented(label(left, "muted")))

    def _examples(self, members: tuple[MergeMember, ...]) -> Mapping[int, Statement]:
        ids = [member.example for member in members if member.example is not None]
        return {statement.id: statement for statement in self._library.statements(ids)}

    def _look(self) -> None:
        """The buttons say how many names they act on."""
        count = len(self.ticked())
        self.merge.setText(tr("Merge ticked ({n})").format(n=number(count)) if count else tr("Merge ticked"))
        self.merge.setEnabled(count > 0)
        self.apart.setText(tr("Not the same ({n})").format(n=number(count)) if count else tr("None is the same"))
        self.apart.setEnabled(bool(self._rows))
        self.undo.setEnabled(self._done > 0)

    def ticked(self) -> list[int]:
        """The ids of the ticked names."""
        return [row.member.actor.id for row in self._rows if row.tick.isChecked()]

    # --- what is done ---

    def _step(self, by: int) -> None:
        if self._groups:
            self.list.setCurrentRow((self.list.currentRow() + by) % len(self._groups))

    def _tick_all(self) -> None:
        every = len(self.ticked()) < len(self._rows)
        for row in self._rows:
            row.tick.setChecked(every)

    def _merge(self) -> None:
        keep, others = self._groups[self.list.currentRow()].keep.actor, self.ticked()
        done = tr("{n} merged into “{name}”.").format(n=plural(len(others), "name", "names"), name=keep.name)
        self._do(lambda: self._library.merge_many(keep.id, others), done)

    def _keep_apart(self) -> None:
        keep = self._groups[self.list.currentRow()].keep.actor
        others = self.ticked() or [row.member.actor.id for row in self._rows]
        done = tr("{n} kept apart from “{name}”.").format(n=plural(len(others), "name", "names"), name=keep.name)
        self._do(lambda: self._library.decline_merges(keep.id, others), done)

    def _undo(self) -> None:
        try:
            act = self._library.undo()
        except Problem as found:
            self.say_trouble(wording.problem(found))
            return
        self._done -= 1
        self._say(tr("Undone: {act}").format(act=tr(act)), "redo")

    def _do(self, what: Callable[[], object], done: str) -> None:
        try:
            what()
        except Problem as found:
            self.say_trouble(wording.problem(found))
            return
        self._done += 1
        self._say(done, "undo")

    def _say(self, words: str, action: str) -> None:
        self.say_trouble("")
        self.said.set_full(words)
        self.told.emit(words, action)
        self._rows = []  # decided: no second act on the same names until the groups are found anew
        self._look()
        self.load()

    def done(self, result: int) -> None:
        self._asker.finish()
        super().done(result)


def _key(name: str) -> str:
    return QKeySequence(KEYS[name]).toString(QKeySequence.SequenceFormat.NativeText)


def _size(group: MergeGroup) -> str:
    """ "8 names · 55 statements"."""
    count = sum(member.actor.statements for member in (group.keep, *group.others))
    names = plural(len(group.others) + 1, "name", "names")
    return f"{names} · {plural(count, 'statement', 'statements')}"


def _place(member: MergeMember, example: Statement | None) -> str:
    """ "17 statements · The river is shut, Morning Post · and 2 more documents": the example's document first."""
    parts = [plural(member.actor.statements, "statement", "statements")]
    first = example.document_id if example else None
    places = sorted(member.documents, key=lambda place: place[0] != first)
    if places:
        parts.append(", ".join(words for words in places[0][1:] if words) or tr("No title"))
    if len(places) > 1:
        more = plural(len(places) - 1, "more document", "more documents")
        parts.append(tr("and {documents}").format(documents=more))
    return " · ".join(parts)


def _quoted(text: str) -> str:
    """The first words, in marks where the text has none of its own."""
    words = " ".join(text.split())
    words = words if len(words) <= 240 else words[:239].rsplit(" ", 1)[0] + " …"
    return words if any(mark in words for mark in '“”"«»„') else f"“{words}”"


def _indented(part: QWidget) -> QWidget:
    """Under the words of a box to tick."""
    return fill(box(margins=(24, 0, 0, 0)), part)
