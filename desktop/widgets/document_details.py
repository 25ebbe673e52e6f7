"""What is known of the selected documents, and the fields to set it: for one, or for many at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QCompleter, QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop import wording
from desktop.models.documents import conflict, copy_of
from desktop.theme import Theme
from desktop.widgets.pieces import Elided, act, box, button, empty_layout, fill, label, line, scrolled
from desktop.widgets.when_field import WhenField
from desktop.wording import plural, tr
from index.model import Document, Span, When

if TYPE_CHECKING:
    from index.library import Library

FIELDS = ("title", "outlet", "author")


class DocumentDetails(QFrame):
    """The panel beside the table of documents."""

    date_entered = Signal(object)  # a When or None
    field_entered = Signal(str, str)
    place_requested = Signal(int, object)  # a document and a Span in it

    def __init__(self, actions: Mapping[str, QAction], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._twin = actions["document.twin"]
        self._documents: list[Document] = []
        self._library: Library | None = None
        self.setObjectName("panel")
        self.setMinimumWidth(250)
        self.heading = label("", "heading", wrap=True)
        self.under = label("", "small", wrap=True)
        self.date = WhenField(tr("Publication date"))
        self.candidates = QVBoxLayout()
        self.candidates.setSpacing(2)
        self.fields = {name: self._field(name) for name in FIELDS}
        self.facts = QVBoxLayout()
        self.facts.setSpacing(4)
        self.date.entered.connect(self._enter_date)
        column = QVBoxLayout()
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(5)
        column.addWidget(self.heading)
        column.addWidget(self.under)
        column.addSpacing(10)
        column.addWidget(label(tr("Published"), "section"))
        column.addWidget(self.date)
        column.addLayout(self.candidates)
        for name in FIELDS:
            column.addSpacing(6)
            column.addWidget(label(wording.field(name), "section"))
            column.addWidget(self.fields[name])
        column.addSpacing(14)
        column.addWidget(line())
        column.addSpacing(8)
        column.addLayout(self.facts)
        column.addStretch(1)
        inside = QFrame()
        inside.setObjectName("panelbody")
        inside.setLayout(column)
        self.buttons = fill(
            box("footer", margins=(12, 8, 12, 8), spacing=4),
            act(actions["document.open"], True, tr("Read")), act(actions["document.original"], True, tr("Original")), 1,
            act(actions["document.delete"]),
        )  # fmt: skip
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scrolled(inside), 1)
        outer.addWidget(self.buttons)
        self._inside = inside

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(wording.field(name))
        made.editingFinished.connect(lambda: self._enter(name))
        return made

    # --- showing ---

    def show_documents(self, documents: list[Document], library: Library | None) -> None:
        """One document with all that is known of it, or what many have in common."""
        again = [d.id for d in documents] == [d.id for d in self._documents]
        self._documents, self._library = documents, library
        self._inside.setVisible(bool(documents))
        self.buttons.setVisible(bool(documents))
        if not documents:
            return
        one = documents[0] if len(documents) == 1 else None
        self.heading.setText(one.name if one else plural(len(documents), "document", "documents"))
        self.under.setText(
            plural(one.statements, "statement", "statements") if one
            else tr("What you enter here is set for all of them, in one step that undo takes back.")
        )  # fmt: skip
        same = {d.published.edtf if d.published else "" for d in documents}
        when = documents[0].published if len(same) == 1 else None
        if not (again and _being_written(self.date.field)):
            self.date.set_when(when, self._date_words(one, same))
        empty_layout(self.candidates)
        if one:
            self._show_candidates(one)
        for name, field in self.fields.items():
            values = {getattr(d, name) or "" for d in documents}
            if again and _being_written(field):
                continue
            field.setText(values.pop() if len(values) == 1 else "")
            field.setCursorPosition(0)
            field.setPlaceholderText(tr("Different values") if values else "")
            field.setEnabled(name != "title" or one is not None)
        if library is not None:
            completer = QCompleter([outlet for outlet, _ in library.outlets()], self.fields["outlet"])
            completer.popup().setProperty("role", "completer")
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.fields["outlet"].setCompleter(completer)
        self._show_facts(one)

    def _date_words(self, one: Document | None, same: set[str]) -> str:
        if len(same) > 1:
            return tr("Different dates")
        if one is None or one.published is None:
            return tr("No date was found. Relative dates in the text (“on Tuesday”) wait for it.") if one else ""
        rule = one.published.rule
        return f"{wording.when(one.published)} · {rule}" if rule else wording.when(one.published)

    def _show_candidates(self, document: Document) -> None:
        """Every date that the file gives, with the rules that found it, and a way to take it."""
        rules: dict[str, list[When]] = {}
        for when in document.dates:
            rules.setdefault(when.edtf, []).append(when)
        taken = document.published.edtf if document.published else ""
        undecided = conflict(document)
        if undecided:
            self.candidates.addSpacing(6)
            self.candidates.addWidget(label(tr("The file gives several dates. Which one is it?"), "warning", wrap=True))
        for place, (edtf, found) in enumerate(rules.items()):
            if place or undecided:
                self.candidates.addSpacing(4)
            if edtf == taken and not undecided and len(rules) == 1:
                continue
            words = tr("Keep {date}") if edtf == taken else tr("Use {date}")
            use = button(words.format(date=weekday_and_day(found[0])), partial(self._take, found[0]), "link")
            use.setEnabled(edtf != taken or undecided)
            self.candidates.addWidget(use)
            self.candidates.addWidget(label("; ".join(dict.fromkeys(one.rule for one in found)), "small", wrap=True))
        if (undecided or document.published is None) and self._library is not None:
            self._show_weekday(document.id, self._library.weekday_hint(document.id))

    def _show_weekday(self, document_id: int, hint: tuple[int, Span] | None) -> None:
        """The weekday that the text says of its news, with a way to the place."""
        if hint is None:
            return
        weekday, place = hint
        day = QLocale().standaloneDayName(weekday + 1)
        words = tr("The text speaks of {weekday}: it probably came out on that day or within the week after.")
        words = words.format(weekday=day)
        self.candidates.addSpacing(4)
        self.candidates.addWidget(label(words, "small", wrap=True))
        show = button(tr("Show the place"), partial(self.place_requested.emit, document_id, place), "link")
        self.candidates.addWidget(show)

    def _take(self, when: When) -> None:
        """A candidate becomes the date by hand: the conflict is settled, and its rule is still known."""
        self.date_entered.emit(replace(when, rule=f"set by hand: {when.rule}".removesuffix(": "), certainty=1.0))

    def _show_facts(self, one: Document | None) -> None:
        empty_layout(self.facts)
        if one is None:
            return
        facts = [
            (tr("File"), one.file + (f" #{one.part}" if one.part else "")), (tr("Number"), str(one.id)),
            (tr("Language"), wording.language(one.language)), (tr("Address"), one.url or ""),
            (tr("Speaks for"), one.actor or ""),
            (tr("Added"), wording.moment(one.added)), *one.attributes.items(),
            (tr("SHA-256 of the original"), one.original_digest or ""),
        ]  # fmt: skip
        if one.problem:
            self.facts.addWidget(label(wording.problem(one.problem, one.file), "warning", wrap=True))
        if one.duplicate_of:
            twin = next(iter(self._library.documents([one.duplicate_of])), None) if self._library else None
            self.facts.addWidget(label(copy_of(one, twin), "warning", wrap=True))
            if twin is not None:
                self.facts.addWidget(button(tr("Compare side by side"), self._twin.trigger, "link"))
        for name, value in facts:
            if value:
                self.facts.addWidget(_fact(name, value))

    # --- entering ---

    def _enter_date(self) -> None:
        when = self.date.when()
        now = {d.published.edtf if d.published else "" for d in self._documents}
        self.date.field.setModified(False)
        if now != {when.edtf if when else ""}:
            self.date_entered.emit(when)

    def _enter(self, name: str) -> None:
        field = self.fields[name]
        now = {getattr(d, name) or "" for d in self._documents}
        if not field.isModified() or now == {field.text().strip()}:
            field.setModified(False)
            return
        field.setModified(False)
        self.field_entered.emit(name, field.text())


def _being_written(field: QLineEdit) -> bool:
    """True while somebody types: an import that goes on beside it must not take the letters away."""
    return field.hasFocus() and field.isModified()


def weekday_and_day(when: When) -> str:
    """ "Tue 5 Mar 2031": the weekday tells which of two days a text that speaks of Tuesday means."""
    if not when.is_day or when.earliest is None:
        return wording.when(when)
    return f"{QLocale().standaloneDayName(when.earliest.isoweekday(), QLocale.FormatType.ShortFormat)} {wording.when(when)}"


def _fact(name: str, value: str) -> QWidget:
    row = box(vertical=True, spacing=0)
    if len(value) < 60 or " " in value:
        return fill(row, label(name, "small"), label(value, wrap=True, selectable=True))
    # One long word, a digest or an address: as much as fits, and a way to take it whole.
    copy = button(tr("Copy"), lambda: QApplication.clipboard().setText(value), "link")
    copy.setAccessibleName(tr("Copy {name}").format(name=name))
    shown = Elided(value, mode=Qt.TextElideMode.ElideMiddle)
    return fill(row, label(name, "small"), fill(box(spacing=6), shown, copy))
