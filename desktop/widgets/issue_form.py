"""The definition of an issue: name, question, poles with definitions and examples, seed words, and the query."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.widgets.pieces import box, button, fill, label, restyle
from desktop.wording import tr
from index.model import Issue

LINES = (
    ("name", "Name", "Armistice"), ("question", "Question", "Is the speaker for or against …?"),
    ("low", "Low pole (−2)", "against the treaty"), ("high", "High pole (+2)", "for the treaty"),
)  # fmt: skip
AREAS = (
    ("low_definition", "What counts as the low pole", 2), ("high_definition", "What counts as the high pole", 2),
    ("low_examples", "Examples of the low pole, one per line", 2),
    ("high_examples", "Examples of the high pole, one per line", 2),
)  # fmt: skip
LISTS = ("low_examples", "high_examples")


class IssueForm(QWidget):
    """Fields of an issue; `saved` has them as `Issue` names them, `query_changed` the query as it is typed."""

    saved = Signal(dict)
    query_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pagebody")
        self._before: dict[str, Any] = {}
        self.fields: dict[str, QLineEdit] = {}
        self.areas: dict[str, QPlainTextEdit] = {}
        self.query = QLineEdit()
        self.seeds = QLineEdit()
        self.gathered = label("", "small", wrap=True)
        self.version = label("", "small", wrap=True)
        self.save = button(tr("Save"), self._save, "primary")
        self.revert = button(tr("Revert"), self._revert)
        self._assemble()

    def _assemble(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(9)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for key, words, hint in LINES:
            field = QLineEdit()
            field.setPlaceholderText(tr(hint))
            field.setAccessibleName(tr(words))
            field.textChanged.connect(self._edited)
            self.fields[key] = field
            form.addRow(label(tr(words), "muted"), field)
        self.query.setPlaceholderText(tr("The words that gather its statements, as in a search"))
        self.query.setAccessibleName(tr("Query"))
        self.query.textChanged.connect(self._edited)
        self.query.textChanged.connect(self.query_changed)
        form.addRow(label(tr("Query"), "muted"), self.query)
        form.addRow("", self.gathered)
        for key, words, lines in AREAS:
            area = QPlainTextEdit()
            area.setProperty("role", "field")
            area.setTabChangesFocus(True)
            area.setAccessibleName(tr(words))
            area.setProperty("lines", lines)
            area.textChanged.connect(self._edited)
            self.areas[key] = area
            form.addRow(label(tr(words), "muted", wrap=True), area)
        self.seeds.setAccessibleName(tr("Seed words, divided by commas"))
        self.seeds.setPlaceholderText(tr("−withdraw*, +extend*: words of each pole, for the dictionary scale"))
        self.seeds.textChanged.connect(self._edited)
        form.addRow(label(tr("Seed words"), "muted"), self.seeds)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 16, 22, 18)
        column.setSpacing(12)
        column.addLayout(form)
        row = fill(box(spacing=8), self.save, self.revert, self.version)
        row.layout().setStretch(2, 1)  # type: ignore[union-attr]
        column.addWidget(row)
        column.addStretch(1)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        """Fields of several lines are as high as their letters ask for."""
        for area in self.areas.values():
            area.setFixedHeight(area.fontMetrics().lineSpacing() * area.property("lines") + 26)

    # --- values ---

    def show_issue(self, issue: Issue | None) -> None:
        """Fill in an issue; None empties the form for a new one."""
        blank = Issue(0, "", "", "")
        self._before = {name: getattr(issue or blank, name) for name in self._names()}
        self._fill()
        self.version.setText(
            tr("Definition {n}. Other poles, question, definitions or examples make a new one; codes keep theirs.")
            .format(n=issue.version) if issue else tr("Name the question and its two poles.")
        )  # fmt: skip
        self._edited()

    def _names(self) -> list[str]:
        return [*self.fields, "query", *self.areas, "seed_words"]

    def _fill(self) -> None:
        for key, field in self.fields.items():
            field.setText(self._before[key])
        for key, area in self.areas.items():
            value = self._before[key]
            area.setPlainText("\n".join(value) if key in LISTS else value)
        self.query.setText(self._before["query"])
        self.seeds.setText(", ".join(self._before["seed_words"]))

    def values(self) -> dict[str, Any]:
        """What the form says now."""
        found: dict[str, Any] = {key: " ".join(field.text().split()) for key, field in self.fields.items()}
        found["query"] = self.query.text().strip()
        for key, area in self.areas.items():
            text = area.toPlainText().strip()
            found[key] = tuple(line.strip() for line in text.splitlines() if line.strip()) if key in LISTS else text
        found["seed_words"] = tuple(word.strip() for word in self.seeds.text().split(",") if word.strip())
        return found

    @property
    def changed(self) -> bool:
        """True while something is not saved."""
        return self.values() != self._before

    def _edited(self) -> None:
        complete = all(self.fields[key].text().strip() for key in ("name", "low", "high"))
        self.save.setEnabled(complete and self.changed)
        self.revert.setEnabled(self.changed)

    def _save(self) -> None:
        self.saved.emit(self.values())

    def _revert(self) -> None:
        self._fill()
        self._edited()

    def say_gathered(self, words: str, wrong: bool = False) -> None:
        """How many statements the query gathers, or what is wrong with it."""
        self.gathered.setText(words)
        restyle(self.query, "wrong", wrong)
