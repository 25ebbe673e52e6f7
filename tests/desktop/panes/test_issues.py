"""Issues and coding: a key per code, blind first, undo, several coders, tables in and out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import make_actions
from desktop.panes.issues import IssuesPane, agreement_line
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.coding_excerpts import around
from desktop.window import MainWindow
from index.library import Library
from index.model import Span, Suggestion
from index.problems import Problem


@pytest.fixture
def issue_id(sample: Library) -> int:
    """The only issue, without a code."""
    with sample.edit("Prepare"):
        for issue in sample.issues():
            sample.delete_issue(issue.id)
        return sample.define_issue("The treaty", "leave the treaty", "keep the treaty", question="Keep it?")


@pytest.fixture
def pane(sample: Library, issue_id: int, settings: Settings, theme: Theme, qtbot: QtBot) -> Iterator[IssuesPane]:
    """The page by itself; the library tells it of changes as the window would."""
    owner = QWidget()
    qtbot.addWidget(owner)
    made = IssuesPane(make_actions(owner, theme.icons), settings, theme)
    qtbot.addWidget(made)
    made.resize(1100, 720)
    sample.listeners.append(made.changed)
    made.show()
    made.set_library(sample)
    qtbot.waitUntil(lambda: made.issue is not None and made.issue.id == issue_id)
    yield made
    made.coding.finish()
    for asker in (made.asker, made._facts_asker, made._query_asker):
        asker.finish()


def start(pane: IssuesPane, qtbot: QtBot) -> list[int]:
    pane.start_coding()
    qtbot.waitUntil(lambda: pane.coding._shown is not None)
    return list(pane.coding._ids)


def shown(pane: IssuesPane, qtbot: QtBot, statement_id: int) -> None:
    qtbot.waitUntil(lambda: pane.coding._shown is not None and pane.coding._shown.statement.id == statement_id)


def test_one_key_codes_and_goes_on(pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot) -> None:
    ids = start(pane, qtbot)
    for place, key in enumerate((Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_5, Qt.Key.Key_0)):
        shown(pane, qtbot, ids[place])
        qtbot.keyClick(pane.coding, key)
    shown(pane, qtbot, ids[4])
    assert [(c.statement_id, c.value) for c in sample.codes(issue_id)] == [
        (ids[0], -2.0), (ids[1], 0.0), (ids[2], 2.0), (ids[3], None)
    ]  # fmt: skip
    assert pane.coding.progress.value() == 4
    assert "4 of" in pane.coding.counted.text()


def test_the_statement_is_marked_in_its_context(pane: IssuesPane, sample: Library, qtbot: QtBot) -> None:
    first = start(pane, qtbot)[0]
    found = pane.coding._shown
    assert found is not None
    statement = sample.statement(first)
    marked = [mark.span.of(found.excerpt) for mark in found.marks if mark.kind == "content"]
    assert " … ".join(marked) == statement.text
    assert pane.coding.text.text == found.excerpt


def test_next_leaves_it_for_later_and_back_shows_the_code(
    pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    ids = start(pane, qtbot)
    qtbot.keyClick(pane.coding, Qt.Key.Key_Right)
    shown(pane, qtbot, ids[1])
    qtbot.keyClick(pane.coding, Qt.Key.Key_4)
    shown(pane, qtbot, ids[2])
    qtbot.keyClick(pane.coding, Qt.Key.Key_Left)
    shown(pane, qtbot, ids[1])
    assert pane.coding.keys[3].property("role") == "primary"
    assert [c.statement_id for c in sample.codes(issue_id)] == [ids[1]]


def test_undo_takes_the_last_code_back_and_shows_it_again(
    pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    ids = start(pane, qtbot)
    qtbot.keyClick(pane.coding, Qt.Key.Key_5)
    shown(pane, qtbot, ids[1])
    qtbot.keyClick(pane.coding, Qt.Key.Key_Backspace)
    shown(pane, qtbot, ids[0])
    assert sample.codes(issue_id) == []
    assert pane.coding.progress.value() == 0


def test_delete_takes_the_code_of_the_statement_shown_away(
    pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    ids = start(pane, qtbot)
    for place, key in enumerate((Qt.Key.Key_5, Qt.Key.Key_1)):
        shown(pane, qtbot, ids[place])
        qtbot.keyClick(pane.coding, key)
    shown(pane, qtbot, ids[2])
    qtbot.keyClick(pane.coding, Qt.Key.Key_Delete)  # nothing is there to be removed
    pane.coding.back()
    pane.coding.back()
    shown(pane, qtbot, ids[0])
    qtbot.keyClick(pane.coding, Qt.Key.Key_Delete)
    assert [code.statement_id for code in sample.codes(issue_id)] == [ids[1]]
    shown(pane, qtbot, ids[0])
    assert pane.coding.keys[4].property("role") != "primary"
    assert pane.coding.progress.value() == 1


def test_the_windows_undo_brings_the_statement_back_into_the_queue(
    pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    ids = start(pane, qtbot)
    qtbot.keyClick(pane.coding, Qt.Key.Key_5)
    shown(pane, qtbot, ids[1])
    sample.undo()
    shown(pane, qtbot, ids[0])
    assert pane.coding.progress.value() == 0


def test_a_note_is_kept_with_the_code_and_digits_in_it_are_no_codes(
    pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    ids = start(pane, qtbot)
    qtbot.keyClick(pane.coding, Qt.Key.Key_N)
    qtbot.keyClicks(pane.coding.note, "see page 23")
    assert sample.codes(issue_id) == []
    qtbot.keyClick(pane.coding.note, Qt.Key.Key_Return)
    qtbot.keyClick(pane.coding, Qt.Key.Key_2)
    shown(pane, qtbot, ids[1])
    assert [(c.note, c.value) for c in sample.codes(issue_id)] == [("see page 23", -1.0)]


def test_each_coder_has_a_queue_of_their_own(
    pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    ids = start(pane, qtbot)
    qtbot.keyClick(pane.coding, Qt.Key.Key_5)
    shown(pane, qtbot, ids[1])
    pane.coding.coder.setText("Ben")
    pane.coding.coder.editingFinished.emit()
    shown(pane, qtbot, ids[0])
    pane.coding.setFocus()
    qtbot.keyClick(pane.coding, Qt.Key.Key_1)
    shown(pane, qtbot, ids[1])
    assert sorted((c.coder, c.value) for c in sample.codes(issue_id)) == [("", 2.0), ("Ben", -2.0)]
    pane.end_coding()
    qtbot.waitUntil(lambda: "Ben" in pane.agree.text())


def test_a_suggestion_is_shown_only_after_the_coders_own_code(
    pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaning(_: int, statement_id: int) -> Suggestion:
        word = sample.statement(statement_id).text.split()[0]
        return Suggestion(statement_id, "high", 1.5, (0.5, 2.0), 17, 20, (word,), (Span(0, len(word)),))

    monkeypatch.setattr(sample, "suggestion", leaning)
    first = start(pane, qtbot)[0]
    qtbot.waitUntil(lambda: pane.coding._suggestion is not None)
    assert pane.coding.strip.text() == ""
    qtbot.keyClick(pane.coding, Qt.Key.Key_2)
    assert "keep the treaty" in pane.coding.strip.text() and "17 of 20" in pane.coding.strip.text()
    assert pane.coding._shown is not None and pane.coding._shown.statement.id == first
    assert [c.suggestion_seen for c in sample.codes(issue_id)] == [False]
    qtbot.keyClick(pane.coding, Qt.Key.Key_4)
    assert [(c.value, c.suggestion_seen) for c in sample.codes(issue_id)] == [(1.0, True)]
    assert pane.coding._done == 1


def test_a_second_look_changes_no_position(pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot) -> None:
    ids = sample.statement_ids()[:6]
    chance = random.Random(1)
    for key in ids:
        sample.code(key, issue_id, float(chance.randint(-2, 2)))
    before = [(p.statement_id, p.score) for p in sample.positions(issue_id)]
    pane.look_again()
    qtbot.waitUntil(lambda: pane.coding._shown is not None)
    qtbot.keyClick(pane.coding, Qt.Key.Key_3)
    assert [(p.statement_id, p.score) for p in sample.positions(issue_id)] == before
    assert sample.recode_agreement(issue_id).units == 1


def test_the_end_of_the_queue_is_said_and_keys_do_nothing_there(
    pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    sample.change_issue(issue_id, query="wordthatneveroccurs")
    pane.start_coding()
    qtbot.waitUntil(lambda: "No statement waits" in pane.coding.meta.text())
    qtbot.keyClick(pane.coding, Qt.Key.Key_5)
    assert sample.codes(issue_id) == []


def test_an_issue_is_defined_changed_and_versioned(pane: IssuesPane, sample: Library, qtbot: QtBot) -> None:
    pane.new_issue()
    assert not pane.form.save.isEnabled()
    for key, words in (("name", "Fishing"), ("low", "ban it"), ("high", "allow it")):
        pane.form.fields[key].setText(words)
    pane.form.areas["low_examples"].setPlainText("No boats.\n\nNo nets.")
    pane.form.save.click()
    made = sample.issue_named("Fishing")
    assert (made.low_examples, made.version) == (("No boats.", "No nets."), 1)
    qtbot.waitUntil(lambda: pane.issue is not None and pane.issue.id == made.id)
    pane.form.fields["low"].setText("ban all of it")
    pane.form.save.click()
    assert sample.issue(made.id).version == 2


def test_the_query_says_what_it_gathers_and_what_is_wrong(pane: IssuesPane, qtbot: QtBot) -> None:
    pane.form.query.setText("treaty")
    qtbot.waitUntil(lambda: "Gathers" in pane.form.gathered.text())
    pane.form.query.setText('"treaty')
    qtbot.waitUntil(lambda: "Gathers" not in pane.form.gathered.text())
    assert pane.form.query.property("wrong")


def test_scores_come_from_a_table_and_bad_rows_are_named(
    pane: IssuesPane, sample: Library, issue_id: int, tmp_path: Path
) -> None:
    told: list[str] = []
    pane.problem.connect(told.append)
    first = sample.statement_ids()[0]
    (tmp_path / "in.csv").write_text(f"statement,score\n{first},2\n{first},9\n99999,1\n", encoding="utf-8")
    pane._import_scores([tmp_path / "in.csv"])
    assert [c.value for c in sample.codes(issue_id)] == [2.0]
    assert "1 score taken" in told[0] and "2 rows" in told[0]
    pane._export_scores(tmp_path / "out.csv")
    assert f"{first},2" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    pane._export_scores(tmp_path / "none" / "out.csv")
    assert len(told) == 2


def test_deleting_can_be_undone(pane: IssuesPane, sample: Library, qtbot: QtBot) -> None:
    pane._delete()
    assert sample.issues() == []
    qtbot.waitUntil(lambda: pane.issue is None)
    sample.undo()
    qtbot.waitUntil(lambda: pane.issue is not None)


def test_the_timeline_of_an_issue_is_one_press_away(window: MainWindow, issue_id: int, qtbot: QtBot) -> None:
    pane = window.show_pane("issues")
    assert isinstance(pane, IssuesPane)
    qtbot.waitUntil(lambda: pane.issue is not None and pane.issue.id == issue_id)
    pane._timeline()
    assert window.current_pane is window.panes["timeline"]
    assert window.panes["timeline"]._issue_id == issue_id  # type: ignore[attr-defined]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_both_pages_are_drawn(pane: IssuesPane, theme: Theme, look: str, qtbot: QtBot) -> None:
    theme.wear(look)
    for page in ("form", "queue"):
        if page == "queue":
            start(pane, qtbot)
        image = pane.grab().toImage()
        colours = {image.pixelColor(x, y).rgb() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colours) > 8


def test_every_field_and_button_has_a_name(pane: IssuesPane, qtbot: QtBot) -> None:
    start(pane, qtbot)
    kinds: tuple[type[QWidget], ...] = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
    for widget in [widget for kind in kinds for widget in pane.findChildren(kind)]:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.parent() is not pane._empty:
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            assert text or widget.accessibleName(), widget


def test_agreement_is_said_with_what_it_rests_on(pane: IssuesPane, sample: Library, issue_id: int) -> None:
    for coder, values in (("ann", (2, 1, -1)), ("ben", (2, 0, -1))):
        for key, value in zip(sample.statement_ids(), values, strict=False):
            sample.code(key, issue_id, float(value), coder=coder)
    line = agreement_line(sample.agreement(issue_id))
    assert "ann / ben on 3 statements" in line and "alpha" in line and "kappa" in line


@pytest.mark.parametrize(
    ("content", "expected"),
    [("Three.", "Two two.\n\nThree. Four.\n\nFive."), ("One.", "One.\n\nTwo two."), ("Five.", "Three. Four.\n\nFive.")],
)
def test_the_context_is_the_paragraph_before_and_after(content: str, expected: str) -> None:
    text = "One.\n\nTwo two.\n\nThree. Four.\n\nFive."
    start_of = text.index(content)
    start, end = around(text, (Span(start_of, start_of + len(content)),))
    assert text[start:end] == expected


def test_a_context_without_paragraphs_is_bounded() -> None:
    text = "word " * 5000
    start, end = around(text, (Span(10000, 10004),))
    assert start < 10000 < 10004 < end
    assert end - start < 1000


def test_a_code_counts_at_once_also_where_a_suggestion_is_shown_after_it(
    pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    coding = pane.coding
    coding.hints.setChecked(False)  # no other suggestion comes in between
    first = start(pane, qtbot)[0]
    shown(pane, qtbot, first)
    coding._keep_hint((Suggestion(first, "high", 1.2, None, 17, 20, ("treaty",)), "", ""))
    qtbot.keyClick(coding, Qt.Key.Key_2)
    assert "right in 17 of 20" in coding.strip.text()
    assert coding.counted.text().startswith("1 of") and coding.progress.value() == 1


def test_who_said_it_stands_over_the_words(pane: IssuesPane, qtbot: QtBot) -> None:
    first = start(pane, qtbot)[0]
    shown(pane, qtbot, first)
    coding = pane.coding
    for width in (1500, 900):
        pane.resize(width, 720)
        qtbot.waitUntil(lambda: coding.over.layout().contentsMargins().left() == max(coding.text.viewportMargins().left(), 28))


def test_taking_back_a_changed_code_leaves_the_statement_among_the_coded(
    pane: IssuesPane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    ids = start(pane, qtbot)
    qtbot.keyClick(pane.coding, Qt.Key.Key_5)
    shown(pane, qtbot, ids[1])
    qtbot.keyClick(pane.coding, Qt.Key.Key_Left)
    shown(pane, qtbot, ids[0])
    qtbot.keyClick(pane.coding, Qt.Key.Key_1)
    shown(pane, qtbot, ids[1])
    qtbot.keyClick(pane.coding, Qt.Key.Key_Backspace)
    shown(pane, qtbot, ids[0])
    assert [code.value for code in sample.codes(issue_id)] == [2.0]
    assert pane.coding.progress.value() == 1


def test_a_code_that_cannot_be_removed_says_so_and_later_changes_are_seen(
    pane: IssuesPane, sample: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> int:
        raise Problem("library-busy", detail="")

    ids = start(pane, qtbot)
    qtbot.keyClick(pane.coding, Qt.Key.Key_5)
    shown(pane, qtbot, ids[1])
    qtbot.keyClick(pane.coding, Qt.Key.Key_Left)
    shown(pane, qtbot, ids[0])
    monkeypatch.setattr(sample, "remove_scores", fails)
    with qtbot.waitSignal(pane.problem):
        qtbot.keyClick(pane.coding, Qt.Key.Key_Delete)
    assert pane.coding.progress.value() == 1
    sample.undo()  # by the window's menu
    qtbot.waitUntil(lambda: pane.coding.progress.value() == 0)
