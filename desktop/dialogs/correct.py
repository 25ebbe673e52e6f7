"""Correcting statements by hand: speaker, addressee, role, date, kind, chain, note; and marking one not found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from desktop import wording
from desktop.dialogs.dialog import Dialog
from desktop.theme import Theme
from desktop.widgets.pieces import label
from desktop.widgets.places import find
from desktop.widgets.when_field import WhenField
from desktop.wording import plural, tr
from index.model import Document, Span, Statement
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library


def actor_field(library: Library, name: str = "") -> QLineEdit:
    """A field for an actor's name that proposes those of the library; a new name makes a new actor."""
    made = QLineEdit(name)
    made.setAccessibleName(tr("Speaker"))
    made.setPlaceholderText(tr("Unknown speaker"))
    made.setClearButtonEnabled(True)
    names = [n for actor in library.actors() for n in (actor.name, *actor.aliases)]
    completer = QCompleter(list(dict.fromkeys(names)), made)
    completer.popup().setProperty("role", "completer")
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    made.setCompleter(completer)
    return made


def kind_field(kind: str) -> QComboBox:
    """The five kinds, each with its explanation as a tool tip."""
    made = QComboBox()
    made.setAccessibleName(tr("Kind"))
    for code in wording.KINDS:
        made.addItem(f"{wording.kind(code)} – {wording.kind_explained(code)}", code)
    made.setCurrentIndex(max(0, list(wording.KINDS).index(kind)) if kind in wording.KINDS else 0)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


class CorrectDialog(Dialog):
    """One statement, or several that get the same speaker, date or kind. Only what was changed is set."""

    def __init__(self, library: Library, ids: list[int], theme: Theme, parent: QWidget | None) -> None:
        several = len(ids) > 1
        heading = (
            plural(len(ids), "statement to correct", "statements to correct")
            if several
            else tr("Correct the statement")
        )
        super().__init__(heading, theme, parent, "", 520)
        self._library = library
        self._statements = library.statements(ids)
        first = self._statements[0]
        quote = label(" ".join(first.text[:400].split()), "muted", wrap=True)
        quote.setFont(theme.reading_font())
        quote.setVisible(not several)
        self.actor = actor_field(library, self._same("actor"))
        self.role = QLineEdit(self._same("role"))
        self.role.setAccessibleName(tr("Role at that time"))
        self.date = WhenField(tr("Date on which it was said"))
        dates = {s.when.edtf if s.when else "" for s in self._statements}
        self.date.set_when(
            first.when if len(dates) == 1 else None, first.when.rule if first.when and not several else ""
        )
        self.kind = kind_field(self._same("kind"))
        if several and not self._same("kind"):
            self.kind.insertItem(0, tr("Different kinds"), "")
            self.kind.setCurrentIndex(0)
        self.document = library.document(first.document_id)
        self.addressee = QLineEdit(first.addressee.of(self.document.text) if first.addressee else "")
        self.addressee.setAccessibleName(tr("To whom"))
        self.addressee.setPlaceholderText(tr("As the document names them, for instance: reporters"))
        self.via = QLineEdit(", ".join(first.via) if not several else "")
        self.via.setAccessibleName(tr("Through whom"))
        self.via.setPlaceholderText(tr("For instance: TASS, Izvestia"))
        self.note = QLineEdit(self._same("note"))
        self.note.setAccessibleName(tr("Note"))
        self._before = self._values()
        self.body.addWidget(quote)
        form = self.form()
        form.addRow(tr("Speaker"), self.actor)
        form.addRow(tr("Role at that time"), self.role)
        form.addRow(tr("Said on"), self.date)
        form.addRow(tr("Kind"), self.kind)
        if not several:
            form.addRow(tr("To whom"), self.addressee)
        form.addRow(tr("Through whom"), self.via)
        form.addRow(tr("Note"), self.note)
        self.add_cancel()
        self.add_button(tr("Correct"), self._correct, chief=True)
        self.actor.setFocus()
        self.actor.selectAll()

    def _same(self, name: str) -> str:
        values = {getattr(statement, name) or "" for statement in self._statements}
        return str(values.pop()) if len(values) == 1 else ""

    def _values(self) -> dict[str, str]:
        return {
            "actor": self.actor.text().strip(),
            "role": self.role.text().strip(),
            "when": self.date.field.text().strip(),
            "kind": self.kind.currentData(),
            "addressee": " ".join(self.addressee.text().split()),
            "via": self.via.text().strip(),
            "note": self.note.text().strip(),
        }

    def _correct(self) -> None:
        changed = {name for name, value in self._values().items() if value != self._before[name]}
        try:
            changes = self._changes(changed)
        except Problem as found:
            self.say_trouble(wording.problem(found))
            return
        if changes.get("addressee", None) is None and "addressee" in changed and self._values()["addressee"]:
            self.say_trouble(tr("“{words}” does not stand in the document. Enter the addressee as it names them.").format(
                words=self._values()["addressee"]))  # fmt: skip
            self.addressee.setFocus()
            return
        if not changes:
            self.reject()
            return
        done = plural(len(self._statements), "statement corrected.", "statements corrected.")
        with self.edit(self._library, "Correct statement", done):
            for statement in self._statements:
                self._library.correct_statement(statement.id, **changes)

    def _changes(self, changed: set[str]) -> dict[str, Any]:
        values = self._values()
        found: dict[str, Any] = {}
        if "actor" in changed:
            found["actor"] = values["actor"] or None
        if "when" in changed:
            found["when"] = self.date.when()
        if "kind" in changed and values["kind"]:
            found["kind"] = values["kind"]
        if "addressee" in changed:
            found["addressee"] = nearest(self.document.text, values["addressee"], self._statements[0])
        if "via" in changed:
            found["via"] = tuple(part.strip() for part in values["via"].split(",") if part.strip())
        return found | {name: values[name] for name in ("role", "note") if name in changed}


def nearest(text: str, words: str, statement: Statement) -> Span | None:
    """Where the text has these words nearest to the cue of the statement (without one, its content); None: nowhere."""
    here = statement.cue or (statement.content[0] if statement.content else Span(0, 0))
    places = [span for span in find(text, words) if _whole(text, span)]
    return min(places, key=lambda span: min(abs(span.start - here.end), abs(here.start - span.end)), default=None)


def _whole(text: str, span: Span) -> bool:
    """True where no word goes on before or after the place."""
    before, after = text[max(span.start - 1, 0) : span.start], text[span.end : span.end + 1]
    return not before.isalnum() and not after.isalnum()


class AddDialog(Dialog):
    """A statement that the program did not find: the user has marked its words."""

    added = Signal(int)

    def __init__(self, library: Library, document: Document, span: Span, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(tr("Mark as a statement"), theme, parent, "", 520)
        self._library, self._document, self._span = library, document, span
        quote = label(" ".join(span.of(document.text)[:600].split()), wrap=True)
        quote.setFont(theme.reading_font())
        self.actor = actor_field(library)
        self.date = WhenField(tr("Date on which it was said"))
        self.kind = kind_field("direct")
        self.body.addWidget(quote)
        form = self.form()
        form.addRow(tr("Speaker"), self.actor)
        form.addRow(tr("Said on"), self.date)
        form.addRow(tr("Kind"), self.kind)
        self.add_cancel()
        self.add_button(tr("Add"), self._add, chief=True)

    def _add(self) -> None:
        try:
            when = self.date.when()
        except Problem as found:
            self.say_trouble(wording.problem(found))
            return
        with self.edit(self._library, "Add statement", tr("Statement added.")):
            made = self._library.add_statement(
                self._document.id, self.kind.currentData(), [self._span], self.actor.text().strip() or None, when
            )
            self.added.emit(made)
