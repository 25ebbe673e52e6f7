"""Coding at the speed of reading: one statement in its context, one key, the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import wording
from desktop.jobs import Asker
from desktop.theme import Theme
from desktop.widgets.coding_excerpts import Shown, excerpt_of, hint, in_excerpt, only_coder, queue
from desktop.widgets.pieces import box, button, fill, flowing, label, restyle
from desktop.widgets.reading import ReadingView
from desktop.wording import number, plural, tr
from index.bidi import isolated
from index.model import Issue, Suggestion
from index.positions.coding import ORDERS, Order
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library

ORDER_WORDS: dict[Order, str] = {
    "newest": "Newest first", "fewest": "Thinnest actor and year first", "extreme": "Most extreme prediction first",
    "uncertain": "Most uncertain prediction first", "random": "Random (for honest estimates)",
}  # fmt: skip
KEYS = 5
T = TypeVar("T")


class Coding(QWidget):
    """The queue of one issue. 1-5 score, 0 sets aside, Right next, Left back, N note, Escape ends; Backspace takes the
    last code back, Delete that of the statement shown."""

    ended = Signal()
    problem = Signal(str)
    statement_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.library: Library | None = None
        self.issue: Issue | None = None
        self._ids: list[int] = []
        self._place = 0
        self._done = self._total = 0
        self._again = self._acting = False
        self._shown: Shown | None = None
        self._suggestion: Suggestion | None = None
        self._similar = ""
        self._revealed = False
        self._asker, self._hints = Asker(self), Asker(self)

        self.heading = label("", "title")
        self.question = label("", "muted", wrap=True)
        self.order = QComboBox()
        self.coder = QLineEdit()
        self.hints = QCheckBox(tr("Suggestion after coding"))
        self.progress = QProgressBar()
        self.counted = label("", "small")
        self.meta = label("", "heading")
        self.source = label("", "muted")
        self.text = ReadingView(theme, tr("The statement in its context"))
        self.before = label("", "small")
        self.strip = label("", "", wrap=True)
        self.note = QLineEdit()
        self.low, self.high = label("", "section", wrap=True), label("", "section", wrap=True)
        self.keys: list[QPushButton] = []
        self.aside = button("", lambda: self.press(0))

        self._set_up()
        self._assemble()

    def _set_up(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.order.setAccessibleName(tr("Order of the queue"))
        for order in ORDERS:
            self.order.addItem(tr(ORDER_WORDS[order]), order)
        self.coder.setPlaceholderText(tr("Coder"))
        self.coder.setAccessibleName(tr("Coder: who is coding"))
        self.coder.setMaximumWidth(150)
        self.hints.setChecked(True)
        self.hints.setToolTip(tr("Blind first: the suggestion is shown only after your own code"))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Progress"))
        self.note.setPlaceholderText(tr("Note (N), kept with the next code"))
        self.note.setAccessibleName(tr("Note"))
        self.note.returnPressed.connect(self.setFocus)
        self.order.activated.connect(lambda _: self._restart())
        self.coder.editingFinished.connect(self._coder_changed)
        self.high.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.text.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._coder_was = ""
        for key in range(1, KEYS + 1):
            made = button("", lambda key=key: self.press(key))
            self.keys.append(made)

    def _assemble(self) -> None:
        names = fill(box(vertical=True, spacing=2), self.heading, self.question)
        end = button(tr("End coding"), self.ended.emit, "", tr("Back to the issue (Escape)"))
        choices = flowing("", (0, 0, 0, 0), end, self.order, self.coder, self.hints)
        top = fill(box("header", vertical=True, margins=(20, 12, 16, 10), spacing=8), names, choices)
        bar = fill(box("strip", margins=(20, 6, 20, 6), spacing=12), self.progress, self.counted)
        bar.layout().setStretch(0, 1)  # type: ignore[union-attr]
        self.over = fill(box(vertical=True, margins=(28, 14, 28, 0), spacing=2), self.meta, self.source)
        self.text.viewport().installEventFilter(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.aside, 2)
        row.addSpacing(18)
        for made in self.keys:
            row.addWidget(made, 2)
        poles = QHBoxLayout()
        poles.addStretch(2)
        poles.addSpacing(18)
        poles.addWidget(self.low, 5)
        poles.addWidget(self.high, 5)
        moves = fill(box(spacing=8), button(tr("Back"), self.back, "", tr("The one before (Left)")),
                     button(tr("Undo"), self.undo, "", tr("Take the last code back (Ctrl+Z)")), self.note,
                     button(tr("Read it all"), self._read, "", tr("Open the document at the statement")),
                     button(tr("Next"), self.next, "", tr("Leave it for later (Right)")))  # fmt: skip
        moves.layout().setStretch(2, 1)  # type: ignore[union-attr]
        foot = box("footer", vertical=True, margins=(20, 10, 20, 12), spacing=8)
        fill(foot, self.strip, poles, row, moves)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (top, bar, self.over, self.text, foot):
            column.addWidget(part)
        column.setStretch(3, 1)

    # --- starting ---

    def start(self, library: Library, issue: Issue, again: bool = False) -> None:
        """Open the queue of an issue; `again`: a re-code of twenty random statements that this coder coded."""
        self.library, self.issue, self._again = library, issue, again
        self.heading.setText(issue.name if not again else tr("{issue}: second look").format(issue=issue.name))
        self.question.setText(issue.question)
        self.question.setVisible(bool(issue.question))
        for where, name, definition, examples in ((self.low, issue.low, issue.low_definition, issue.low_examples),
                                                  (self.high, issue.high, issue.high_definition, issue.high_examples)):
            where.setText(name)
            where.setToolTip("\n".join([name, definition, *(f"“{example}”" for example in examples)]).strip())
        for key, made in enumerate(self.keys, 1):
            value = self.value(key)
            made.setText(f"{key}\n{wording.score(value)}")
            made.setAccessibleName(tr("Key {key}: {value}").format(key=key, value=wording.score(value)))
            made.setToolTip(self.low.toolTip() if key < 3 else self.high.toolTip() if key > 3 else tr("No clear position"))
            made.setMinimumHeight(round(made.fontMetrics().height() * 2.9))
        self.aside.setText("0\n" + tr("Not about this"))
        self.aside.setAccessibleName(tr("Key 0: not about this issue"))
        self.aside.setToolTip(tr("Not about this issue is not the same as no clear position (the middle)."))
        self.aside.setMinimumHeight(self.keys[0].minimumHeight())
        self.order.setVisible(not again)
        if not self.coder.text().strip():
            self.coder.setText(only_coder(library.coders(issue.id)))
        self._restart()
        self.setFocus()

    def value(self, key: int) -> float:
        """The score of a key: five even steps from pole to pole."""
        assert self.issue is not None
        step = (self.issue.highest - self.issue.lowest) / (KEYS - 1)
        return self.issue.lowest + (key - 1) * step

    def _coder_changed(self) -> None:
        if self.coder.text().strip() != self._coder_was:
            self._restart()

    def _restart(self) -> None:
        library, issue = self.library, self.issue
        if library is None or issue is None:
            return
        self._coder_was = coder = self.coder.text().strip()
        order = self.order.currentData()
        if self._again:
            self._asker.ask(lambda: (library.recode_sample(issue.id, coder), 0, None), self._begin)
        else:
            self._asker.ask(lambda: queue(library, issue.id, coder, order), self._begin)

    def _begin(self, found: tuple[list[int], int, str | None]) -> None:
        self._ids, self._done, problem = list(found[0]), found[1], found[2]
        self._total = self._done + len(self._ids)
        self._place = 0
        silent = tr("No predictions yet: 50 codes are needed, ten on each side. The newest come first.")
        self.strip.setText(silent if problem else "")
        self._show_current()

    # --- one statement ---

    @property
    def current(self) -> int | None:
        """The statement that is shown; None at the end of the queue."""
        return self._ids[self._place] if 0 <= self._place < len(self._ids) else None

    def _show_current(self) -> None:
        self._suggestion, self._revealed, self._shown = None, False, None
        self._count()
        library, issue, statement_id = self.library, self.issue, self.current
        if library is None or issue is None:
            return
        if statement_id is None:
            self._show_end()
            return
        coder = self.coder.text().strip()
        self._enable(True)
        self._asker.ask(lambda: excerpt_of(library, issue.id, statement_id, coder), self._show)
        if self.hints.isChecked() and not self._again:
            self._hints.ask(lambda: hint(library, issue.id, statement_id), self._keep_hint)

    def _count(self) -> None:
        self.progress.setMaximum(max(self._total, 1))
        self.progress.setValue(self._done)
        self.counted.setText(tr("{done} of {total} coded").format(done=number(self._done), total=number(self._total)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who said it when stands over the words, wherever their column is."""
        if watched is self.text.viewport() and event.type() == QEvent.Type.Resize:
            side = max(self.text.viewportMargins().left(), 28)
            self.over.layout().setContentsMargins(side, 14, 28, 0)  # type: ignore[union-attr]
        return super().eventFilter(watched, event)

    def _show_end(self) -> None:
        self._enable(False)
        words = tr("All of it is coded.") if self._total else tr("No statement waits here. Widen the issue's query.")
        self.meta.setText(words)
        self.source.setText("")
        self.text.set_text("")

    def _enable(self, on: bool) -> None:
        for made in (*self.keys, self.aside):
            made.setEnabled(on)

    def _show(self, shown: Shown | None) -> None:
        if shown is None:
            self.next()
            return
        self._shown = shown
        statement = shown.statement
        role = f", {statement.role}" if statement.role else ""
        self.meta.setText(f"{isolated(wording.speaker(statement) + role)}   ·   {wording.when(statement.when)}")
        self.source.setText(shown.source)
        self.text.set_text(shown.excerpt)
        self.text.set_marks(shown.marks)
        self.text.show_span(shown.marks[0].span)
        self._mark_key(shown.code if shown.coded else None, shown.coded)

    def _mark_key(self, value: float | None, coded: bool) -> None:
        """The key of the code that holds already is marked (only when the coder went back)."""
        for key, made in enumerate(self.keys, 1):
            here = coded and value is not None and abs(self.value(key) - value) < 1e-9
            restyle(made, "role", "primary" if here else "")
        restyle(self.aside, "role", "primary" if coded and value is None else "")

    def _keep_hint(self, found: tuple[Suggestion | None, str, str]) -> None:
        self._suggestion, self._similar, silent = found
        blind = tr("Blind first: the suggestion is shown only after your own code")
        self.hints.setToolTip(blind + (tr("\nSilent now: {reason}.").format(reason=silent) if silent else ""))

    # --- coding ---

    def press(self, key: int) -> None:
        """Code the shown statement: 1 to 5 on the scale, 0 for "not about this issue"."""
        shown, library, issue = self._shown, self.library, self.issue
        if shown is None or library is None or issue is None or self.current is None:
            return
        value = self.value(key) if key else None
        coder, note = self.coder.text().strip(), self.note.text().strip()
        self._acting = True
        try:
            if self._again:
                library.recode(shown.statement.id, issue.id, value, coder=coder, note=note)
            else:
                library.code(
                    shown.statement.id, issue.id, value, coder=coder, note=note, suggestion_seen=self._revealed
                )
        except Problem as found:
            self.problem.emit(wording.problem(found))
            return
        finally:
            self._acting = False
        self.note.clear()
        if not shown.coded:
            self._done += 1
        hint = self._suggestion
        if hint is not None and hint.side and not self._revealed and hint.statement_id == shown.statement.id:
            self._reveal(shown, hint, value)
        else:
            self._advance()

    def _reveal(self, shown: Shown, hint: Suggestion, value: float | None) -> None:
        """Blind first: now that the coder has spoken, what the words lean to; the next key codes anew or goes on."""
        assert self.issue is not None and hint.side is not None
        self._revealed = True
        pole = self.issue.low if hint.side == "low" else self.issue.high
        text = tr("The words lean to “{pole}” (right in {right} of {of}): {words}.") + " "
        text += tr("Keep your code with Right, or press another key.")
        text += f"\n{self._similar}" if self._similar else ""
        self.strip.setText(text.format(pole=pole, right=hint.right, of=hint.of, words=", ".join(hint.evidence)))
        self.text.set_found(in_excerpt(shown, hint), None)
        self._shown = Shown(shown.statement, shown.excerpt, shown.marks, shown.offset, shown.source, value, True)
        self._mark_key(value, True)
        self._count()

    def _advance(self) -> None:
        self._place += 1
        self._show_current()

    def next(self) -> None:
        """Go on; what is not coded stays in the queue for another time."""
        if self._place < len(self._ids):
            self._advance()

    def back(self) -> None:
        """The one before, with its code."""
        if self._place > 0:
            self._place -= 1
            self._show_current()

    def undo(self) -> None:
        """Take the last code back and show its statement again."""
        if self.library is None or self.library.undo_label not in ("Score statement", "Score again"):
            return
        before = self._given()
        if self._try(self.library.undo) is None:
            return
        gone = 1 if self._again else before - self._given()  # none where the code had only become another
        self._done = max(self._done - gone, 0)
        if not self._revealed:
            self._place = max(self._place - 1, 0)
        self._show_current()

    def remove(self) -> None:
        """Take the code of the shown statement away (after going back to it)."""
        shown, library, issue = self._shown, self.library, self.issue
        if shown is None or not shown.coded or self._again or library is None or issue is None:
            return
        coder = self.coder.text().strip()
        gone = self._try(lambda: library.remove_scores(issue.id, [shown.statement.id], coder))
        if gone is not None:
            self._done = max(self._done - min(gone, 1), 0)
            self._show_current()

    def _given(self) -> int:
        """How many statements the coder has scored on the issue."""
        library, issue, coder = self.library, self.issue, self.coder.text().strip()
        return sum(code.coder == coder for code in library.codes(issue.id)) if library and issue else 0

    def _try(self, act: Callable[[], T]) -> T | None:
        """An act of our own, after which `refresh` needs not ask anew; None where it failed, which is said."""
        self._acting = True
        try:
            return act()
        except Problem as found:
            self.problem.emit(wording.problem(found))
            return None
        finally:
            self._acting = False

    def refresh(self) -> None:
        """Codes have changed elsewhere (the window's undo): ask anew what waits."""
        if not self._acting:
            self._restart()

    def _read(self) -> None:
        if self.current is not None:
            self.statement_requested.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Right: self.next, Qt.Key.Key_Space: self.next,
            Qt.Key.Key_Left: self.back, Qt.Key.Key_Backspace: self.undo, Qt.Key.Key_N: self.note.setFocus,
            Qt.Key.Key_Delete: self.remove,
            Qt.Key.Key_Escape: self._leave,
        }  # fmt: skip
        digit = event.key() - Qt.Key.Key_0.value
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and 0 <= digit <= KEYS:
            self.press(digit)
        elif plain and event.key() in acts:
            acts[event.key()]()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        """Escape leaves the note first, then the coding."""
        if self.note.hasFocus():
            self.setFocus()
        else:
            self.ended.emit()

    def finish(self) -> None:
        """Before the library is closed."""
        self._asker.finish()
        self._hints.finish()
        self.library = None

    def describe(self) -> str:
        """Where the coding stands, in words."""
        return plural(len(self._ids) - self._place, "statement waits", "statements wait")
