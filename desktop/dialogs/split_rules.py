"""How files of many articles are cut: the rules in the order in which they are tried, edited and tried on a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop import wording
from desktop.dialogs.choosing import choose_files
from desktop.dialogs.dialog import Dialog
from desktop.jobs import Asker
from desktop.models.articles import ArticleTable
from desktop.theme import Theme
from desktop.widgets.pieces import Elided, box, button, fill, label, restyle, scrolled
from desktop.widgets.tables import Table
from desktop.wording import plural, tr
from index.model import Article, SplitRule
from index.problems import Problem

if TYPE_CHECKING:
    from index.library import Library

PAUSE = 500  # milliseconds without typing before the rule is tried
LABELLED = ("title", "outlet", "published", "author", "language")
LINES = (
    ("start", "First line of an article", "Document \\d+ of \\d+"),
    ("end", "Last line of an article", "End of Document"),
    ("body", "The text begins after", "Full text:"),
    ("drop", "Lines to leave out", "(?:Length|Copyright).*"),
)


def pattern_trouble(pattern: str, group: bool) -> str:
    """What is wrong with a pattern, in words; "" for nothing. `group`: it has to hold one group, the value."""
    try:
        found = re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return tr("The pattern cannot be read: {error}").format(error=error)
    if group and pattern and not found.groups:
        return tr("Put the value in round brackets, as in Title: (.+)")
    return ""


def rule_trouble(rule: SplitRule) -> str:
    """Why a rule cannot be used yet; "" for nothing."""
    if not rule.name.strip():
        return tr("The rule needs a name.")
    if not rule.start and not rule.end:
        return tr("The rule needs the first or the last line of an article.")
    patterns = [(getattr(rule, key), False) for key, _, _ in LINES] + [(one, True) for one in rule.fields.values()]
    return next((words for pattern, group in patterns if (words := pattern_trouble(pattern, group))), "")


class RuleForm(QWidget):
    """The fields of one rule; `changed` is called after each change by hand."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("pagebody")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._changed = changed
        self._rule = SplitRule("")
        self.name = self._line(tr("Name"))
        self.lines = {key: self._line(tr(text), f"{tr('for example')}  {example}") for key, text, example in LINES}
        self.labelled = {key: self._line(wording.field(key), f"{wording.field(key)}: (.+)") for key in LABELLED}
        self.title_line, self.outlet_line = self._number(tr("Line of the title")), self._number(tr("Line of the outlet"))
        self.keep_marks = QCheckBox(tr("The first line belongs to the article"))
        self.keep_marks.toggled.connect(lambda _: self._changed())
        form = QFormLayout(self)
        form.setContentsMargins(16, 12, 16, 12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(7)
        form.addRow(tr("Name"), self.name)
        for key, text, _ in LINES:
            form.addRow(tr(text), self.lines[key])
        form.addRow("", self.keep_marks)
        form.addRow(label(tr("Labels of the fields: the value stands in round brackets"), "section", wrap=True))
        for key in LABELLED:
            form.addRow(wording.field(key), self.labelled[key])
        form.addRow(label(tr("Without labels: which of the filled lines it is"), "section", wrap=True))
        form.addRow(tr("Line of the title"), self.title_line)
        form.addRow(tr("Line of the outlet"), self.outlet_line)

    def _line(self, name: str, example: str = "") -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(example)
        made.textEdited.connect(lambda _: self._changed())
        return made

    def _number(self, name: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(0, 40)
        made.setSpecialValueText(tr("none"))
        made.setAccessibleName(name)
        made.valueChanged.connect(lambda _: self._changed())
        return made

    def show_rule(self, rule: SplitRule, editable: bool) -> None:
        """Show a rule; a built-in one can be read only."""
        self._rule = rule
        self.name.setText(rule.name)
        for key, made in self.lines.items():
            made.setText(getattr(rule, key))
        for key, made in self.labelled.items():
            made.setText(rule.fields.get(key, ""))
        for number, value in ((self.title_line, rule.title_line), (self.outlet_line, rule.outlet_line)):
            number.blockSignals(True)
            number.setValue(value)
            number.blockSignals(False)
            number.setEnabled(editable)
        self.keep_marks.blockSignals(True)
        self.keep_marks.setChecked(rule.keep_marks)
        self.keep_marks.blockSignals(False)
        self.keep_marks.setEnabled(editable)
        for made in (self.name, *self.lines.values(), *self.labelled.values()):
            made.setReadOnly(not editable)
            made.setCursorPosition(0)
        self.mark()

    def rule(self) -> SplitRule:
        """The rule as it stands in the fields."""
        fields = {key: made.text() for key, made in self.labelled.items() if made.text()}
        lines = {key: made.text() for key, made in self.lines.items()}
        return replace(
            self._rule, name=self.name.text().strip(), fields=fields, title_line=self.title_line.value(),
            outlet_line=self.outlet_line.value(), keep_marks=self.keep_marks.isChecked(), **lines,
        )  # fmt: skip

    def mark(self) -> None:
        """Redden the patterns that cannot be read."""
        for group, fields in ((False, self.lines), (True, self.labelled)):
            for made in fields.values():
                words = pattern_trouble(made.text(), group)
                restyle(made, "wrong", bool(words))
                made.setToolTip(words or made.text())


class SplitRules(Dialog):
    """Nothing is kept before “Keep the rules”; then it is one step that undo takes back."""

    def __init__(self, library: Library, theme: Theme, parent: QWidget | None, path: Path | None = None) -> None:
        super().__init__(
            tr("Split rules"),
            theme,
            parent,
            tr("Press databases give one file with many articles. The first rule that finds two articles or more cuts the "
               "file; your own rules are tried before the built-in ones."),
            1000,
        )  # fmt: skip
        self._library = library
        self._path: Path | None = None
        self.own: list[SplitRule] = library.split_rules()
        self.built_in = library.built_in_split_rules()
        self._asker, self._timer = Asker(self), QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Split rules"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.fields = RuleForm(self._edited)
        self.file = Elided(tr("No file chosen"), "muted", Qt.TextElideMode.ElideMiddle)
        self.state = label("", "small", wrap=True)
        self.articles = ArticleTable(theme, self)
        self.table = Table(tr("Articles found"), self.articles, (4, 0, 13, 20, 16, 26), theme, optional=(5, 4))
        self.table.setMinimumHeight(150)
        self.fitting = button(tr("Find the rule that fits"), self._find_fitting)
        self.copy = button(tr("Copy to edit"), self._copy, tip=tr("A rule of your own that begins as this one"))
        self.remove = button(tr("Delete"), self._remove)
        self._assemble()
        self._timer.timeout.connect(self._try)
        self._asker.problem.connect(lambda words: self._say(words, wrong=True))
        self.finished.connect(lambda _: self._asker.finish())
        self.list.currentRowChanged.connect(lambda _: self._choose())
        self._list(0)
        if path is not None:
            self.choose_path(path)

    def _assemble(self) -> None:
        rules = QWidget()
        column = QVBoxLayout(rules)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(fill(box(), button(tr("New"), self._new), self.copy, self.remove, 1))
        upper = QSplitter(Qt.Orientation.Horizontal)
        area = scrolled(self.fields, "page")
        area.setMinimumSize(self.fields.minimumSizeHint().width() + 24, 190)
        for part in (rules, area):
            upper.addWidget(part)
        upper.setSizes([320, 640])
        upper.setChildrenCollapsible(False)
        head = QHBoxLayout()
        head.addWidget(button(tr("Try on a file…"), self._ask_file))
        head.addWidget(self.fitting)
        head.addSpacing(6)
        head.addWidget(self.file, 1)
        self.body.addWidget(upper, 3)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 2)
        self.body.addWidget(self.state)
        self.add_cancel()
        self.chief = self.add_button(tr("Keep the rules"), self._keep, chief=True)
        self.fitting.setEnabled(False)
        self.resize(1000, 760)

    def showEvent(self, event: QShowEvent) -> None:
        """Not higher than the screen, even with large letters: list, form and table scroll."""
        super().showEvent(event)
        room = self.screen().availableGeometry().height() - 48
        if not event.spontaneous() and self.height() > room:
            self.resize(self.width(), max(self.minimumSizeHint().height(), room))

    # --- the list ---

    def _list(self, chosen: int) -> None:
        """Own rules, then the built-in ones; `chosen` counts both."""
        self.list.blockSignals(True)
        self.list.clear()
        for place, rule in enumerate([*self.own, *self.built_in]):
            item = QListWidgetItem(rule.name or tr("(no name)"), self.list)
            item.setIcon(self.theme.icons("split" if place < len(self.own) else "library"))
            whose = tr("your own") if place < len(self.own) else tr("built in, copy it to change it")
            item.setToolTip(f"{rule.name}: {whose}")
        self.list.setCurrentRow(max(0, min(chosen, self.list.count() - 1)))
        self.list.blockSignals(False)
        self._choose()

    @property
    def rule(self) -> SplitRule:
        """The rule that is chosen."""
        return [*self.own, *self.built_in][max(0, self.list.currentRow())]

    def _choose(self) -> None:
        mine = self.list.currentRow() < len(self.own)
        self.fields.show_rule(self.rule, mine)
        self.remove.setEnabled(mine)
        self._check()
        self._try()

    def _new(self) -> None:
        self._put(SplitRule(tr("New rule")))

    def _copy(self) -> None:
        self._put(replace(self.rule, name=tr("{name} (own)").format(name=self.rule.name)))

    def _put(self, rule: SplitRule) -> None:
        self.own.insert(0, rule)
        self._list(0)
        self.fields.name.setFocus()
        self.fields.name.selectAll()

    def _remove(self) -> None:
        del self.own[self.list.currentRow()]
        self._list(self.list.currentRow())

    # --- editing ---

    def _edited(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.own):
            self.own[row] = self.fields.rule()
            item = self.list.item(row)
            item.setText(self.own[row].name or tr("(no name)"))
            self.fields.mark()
            self._check()
            if rule_trouble(self.rule):
                self._timer.stop()
                self._try()
            else:
                self._timer.start()

    def _check(self) -> None:
        wrong = next(((rule, words) for rule in self.own if (words := rule_trouble(rule))), None)
        self.chief.setEnabled(wrong is None)
        self.say_trouble(f"{wrong[0].name or tr('(no name)')}: {wrong[1]}" if wrong else "")

    # --- trying ---

    def _ask_file(self) -> None:
        choose_files(self, tr("File to try the rule on"), [tr("All files (*)")], lambda paths: self.choose_path(paths[0]))

    def choose_path(self, path: Path) -> None:
        """Try the rules on this file from now on."""
        self._path = path
        self.file.set_full(str(path))
        self.fitting.setEnabled(True)
        self._try()

    def _try(self) -> None:
        path, rule, library = self._path, self.rule, self._library
        if path is None:
            self._say(tr("Choose a file to see the articles that the rule finds in it."))
        elif not rule_trouble(rule):
            self._say(tr("Trying the rule …"))
            self._asker.ask(lambda: library.preview_split(path, rule), self._show)
        else:
            self._asker.forget()
            self.articles.show([])
            self._say("")

    def _find_fitting(self) -> None:
        path, library, rules = self._path, self._library, [*self.own, *self.built_in]

        def first() -> tuple[int, list[Article]] | None:
            assert path is not None
            for place, rule in enumerate(rules):
                found = library.preview_split(path, rule) if not rule_trouble(rule) else []
                if len(found) > 1:
                    return place, found
            return None

        self._say(tr("Trying all rules …"))
        self._asker.ask(first, self._show_fitting)

    def _show_fitting(self, found: tuple[int, list[Article]] | None) -> None:
        if found is None:
            self.articles.show([])
            self._say(tr("No rule cuts this file: it would come in as one document. Make a rule for it."), wrong=True)
            return
        self.list.blockSignals(True)
        self.list.setCurrentRow(found[0])
        self.list.blockSignals(False)
        self.fields.show_rule(self.rule, found[0] < len(self.own))
        self.remove.setEnabled(found[0] < len(self.own))
        self._show(found[1])

    def _show(self, found: list[Article]) -> None:
        self.articles.show(found)
        if len(found) < 2:
            self._say(tr("This rule does not cut the file: it finds fewer than two articles."), wrong=True)
            return
        untitled, undated = sum(not a.title for a in found), sum(a.published is None for a in found)
        words = plural(len(found), "article found", "articles found")
        words += f", {plural(untitled, 'without a title', 'without a title')}" if untitled else ""
        words += f", {plural(undated, 'without a date', 'without a date')}" if undated else ""
        self._say(words + ".", wrong=False)

    def _say(self, words: str, wrong: bool = False) -> None:
        self.state.setText(words)
        restyle(self.state, "role", "warning" if wrong else "small")

    # --- keeping ---

    def _keep(self) -> None:
        try:
            same = self._library.split_rules() == self.own
        except Problem:
            same = False
        if same:
            self.accept()
            return
        with self.edit(self._library, "Set split rules", tr("The split rules are kept.")):
            self._library.set_split_rules(self.own)
