"""The timeline's page: choices, table under the plot, brush, standings, exports, and nothing that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import make_actions
from desktop.models.timeline import DATE, SCORE, MarkTable, marks
from desktop.panes.timeline import TimelinePane
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.window import MainWindow
from index.library import Library


@pytest.fixture
def issue_id(sample: Library) -> int:
    """An issue on which every other dated statement of the sample is scored."""
    with sample.edit("Prepare"):
        for issue in sample.issues():
            sample.delete_issue(issue.id)
        sample.clear_events()
        made = sample.define_issue(
            "The treaty", "leave the treaty", "keep the treaty", question="Keep it?", query="treaty OR river OR fish*"
        )
        for place, key in enumerate(sample.statement_ids(order="said")):
            if place % 2 == 0:
                sample.code(key, made, float(place % 5 - 2))
    return made


@pytest.fixture
def pane(sample: Library, issue_id: int, settings: Settings, theme: Theme, qtbot: QtBot) -> Iterator[TimelinePane]:
    """The page by itself; the library tells it of changes as the window would."""
    owner = QWidget()
    qtbot.addWidget(owner)
    made = TimelinePane(make_actions(owner, theme.icons), settings, theme)
    qtbot.addWidget(made)
    made.resize(1100, 720)
    sample.listeners.append(made.changed)
    made.show()
    made.set_library(sample)
    qtbot.waitUntil(lambda: made.plot.timeline is not None)
    yield made
    made.asker.finish()


def test_the_first_issue_is_shown_with_its_poles_and_counts(pane: TimelinePane, sample: Library, issue_id: int) -> None:
    timeline = pane.plot.timeline
    assert timeline is not None and timeline.issue is not None
    assert timeline.issue.id == issue_id
    assert f"{timeline.coded} coded" in pane.counts.text() and "Keep it?" in pane.counts.text()
    assert pane.issue.currentText() == "The treaty"


def test_the_table_holds_what_the_plot_draws_and_sorts(pane: TimelinePane) -> None:
    timeline = pane.plot.timeline
    assert timeline is not None
    drawn = sum(len(lane.points) + len(lane.ticks) for lane in timeline.lanes)
    model = pane.table_model
    assert model.rowCount() == drawn > 5
    model.sort(SCORE, Qt.SortOrder.DescendingOrder)
    scores = [model.mark(row).score for row in range(model.rowCount())]
    known = [score for score in scores if score is not None]
    assert known == sorted(known, reverse=True)
    model.sort(DATE)
    days = [model.mark(row).x for row in range(model.rowCount())]
    assert days == sorted(days)


def test_the_model_keeps_qts_rules(pane: TimelinePane, qtbot: QtBot) -> None:
    model = MarkTable()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert pane.plot.timeline is not None
    model.show(pane.library, marks(pane.plot.timeline))
    model.sort(SCORE)
    model.keep(model.ids[:2])
    assert model.rowCount() == 2
    model.show(None, [])
    assert model.rowCount() == 0


def test_choosing_all_statements_shows_lanes_without_scores(pane: TimelinePane, qtbot: QtBot) -> None:
    pane.show_issue(0)
    qtbot.waitUntil(lambda: pane.plot.timeline is not None and pane.plot.timeline.issue is None)
    assert pane.plot.timeline is not None
    assert len(pane.plot.boxes) == 1
    rows = {round(-pane.plot._y[k]) for k in range(len(pane.plot._ids))}
    assert rows == {row for row, lane in enumerate(pane.plot.timeline.lanes) if lane.ticks}
    assert not pane.period.isEnabled()


def test_brushing_filters_the_table_and_two_ranges_open_a_comparison(pane: TimelinePane, qtbot: QtBot) -> None:
    timeline = pane.plot.timeline
    assert timeline is not None
    everything = pane.table_model.rowCount()
    middle = (timeline.start + timeline.end) / 2
    pane.plot.set_ranges([(timeline.start, middle)])
    assert 0 < pane.table_model.rowCount() < everything
    assert str(pane.table_model.rowCount()) in pane.brushed.text()
    assert not pane.compare_button.isVisible()
    pane.plot.set_ranges([(timeline.start, middle), (middle, timeline.end)])
    assert pane.compare_button.isVisible()
    asked: list[list[int]] = []
    pane.compare_requested.connect(asked.append)
    pane.compare_button.click()
    assert 2 <= len(asked[0]) <= 6
    assert len(set(asked[0])) == len(asked[0])
    pane.plot.set_ranges([])
    assert pane.table_model.rowCount() == everything


def test_a_press_on_a_mark_opens_its_statement(pane: TimelinePane, qtbot: QtBot) -> None:
    asked: list[int] = []
    pane.statement_requested.connect(asked.append)
    key = pane.table_model.ids[3]
    pane.plot.pressed.emit(key)
    assert asked == [key]
    assert pane.selected_statements() == [key]
    pane.table.opened(0)
    assert asked[-1] == pane.table_model.ids[0]


def test_marks_beside_the_codes_are_counted_under_the_plot(pane: TimelinePane, sample: Library, issue_id: int) -> None:
    timeline = sample.timeline(issue_id)
    lane = next(lane for lane in timeline.lanes if lane.points)
    beside = replace(lane.points[0], kind="suggestion", method="suggested")
    pane._say_counts(replace(timeline, lanes=(replace(lane, points=(*lane.points, beside)),)))
    assert "open diamonds beside the codes, in no mean: 1" in pane.counts.text()


def test_keys_in_the_table_score_the_selected_statement(
    pane: TimelinePane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    model = pane.table_model
    row = next(row for row in range(model.rowCount()) if model.mark(row).score is None)
    key = model.mark(row).id
    pane.table.selectRow(row)
    pane.score(5)
    assert {code.statement_id: code.value for code in sample.codes(issue_id)}[key] == 2.0
    qtbot.waitUntil(lambda: any(model.mark(r).id == key and model.mark(r).score == 2.0 for r in range(model.rowCount())))
    sample.undo()
    assert key not in {code.statement_id for code in sample.codes(issue_id)}


def test_scoring_anew_in_the_table_replaces_the_score_instead_of_adding_a_second_opinion(
    pane: TimelinePane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    with sample.edit("Prepare"):
        for code in sample.codes(issue_id):
            sample.uncode(code.statement_id, issue_id)
            sample.code(code.statement_id, issue_id, -2.0, coder="ann")
    model = pane.table_model
    qtbot.waitUntil(lambda: {model.mark(r).score for r in range(model.rowCount())} == {None, -2.0})
    key = next(model.mark(row).id for row in range(model.rowCount()) if model.mark(row).score == -2.0)
    pane.table.selectRow(model.place(key))
    pane.score(5)
    assert [code.coder for code in sample.codes(issue_id) if code.statement_id == key] == ["ann"]
    qtbot.waitUntil(lambda: model.place(key) >= 0 and model.mark(model.place(key)).score == 2.0)
    told: list[str] = []
    pane.problem.connect(told.append)
    sample.code(key, issue_id, 0.0, coder="ben")
    pane.table.selectRow(model.place(key))
    pane.score(5)
    assert told and {code.coder for code in sample.codes(issue_id) if code.statement_id == key} == {"ann", "ben"}


def test_a_score_can_be_removed_from_the_table_and_undo_brings_it_back(
    pane: TimelinePane, sample: Library, issue_id: int, qtbot: QtBot
) -> None:
    model = pane.table_model
    row = next(row for row in range(model.rowCount()) if model.mark(row).method == "manual")
    key = model.mark(row).id
    pane.table.selectRow(row)
    before = len(sample.codes(issue_id))
    pane.commands()["issue.uncode"]()
    qtbot.waitUntil(lambda: all(model.mark(r).id != key or model.mark(r).score is None for r in range(model.rowCount())))
    assert len(sample.codes(issue_id)) < before
    pane.table.selectRow(next(row for row in range(model.rowCount()) if model.mark(row).score is None))
    assert "issue.uncode" not in pane.commands()
    sample.undo()
    assert len(sample.codes(issue_id)) == before


def test_a_method_that_must_stay_silent_says_why(pane: TimelinePane, qtbot: QtBot) -> None:
    pane.method.setCurrentIndex(pane.method.findData("wordscores"))
    pane.load()
    qtbot.waitUntil(lambda: pane.silent.isVisible())
    assert pane.silent.text()
    assert pane.plot.timeline is not None and pane.plot.timeline.coded


def test_standings_give_mean_n_and_words(pane: TimelinePane) -> None:
    from PySide6.QtWidgets import QLabel

    pane.below.choose("standing")
    pane._show_below("standing")
    words = [w.text() for w in pane.standing.findChildren(QLabel)]
    timeline = pane.plot.timeline
    assert timeline is not None
    lane = timeline.lanes[0]
    assert lane.overall is not None
    assert lane.actor in words and str(lane.overall.n) in words and f"{lane.overall.mean:+.2f}" in words


@pytest.mark.parametrize("kind", ["png", "svg", "pdf", "csv"])
def test_every_export_is_written_and_told(pane: TimelinePane, tmp_path: Path, kind: str) -> None:
    told: list[str] = []
    pane.message.connect(lambda words, _: told.append(words))
    pane.menu.export(tmp_path / f"a.{kind}")
    assert (tmp_path / f"a.{kind}").stat().st_size > 500
    assert told == [f"Written: a.{kind}"]


def test_an_export_that_fails_is_told(pane: TimelinePane, tmp_path: Path) -> None:
    told: list[str] = []
    pane.problem.connect(told.append)
    pane.menu.export(tmp_path / "no folder" / "a.svg")
    assert told


def test_events_and_watch_phrases_reach_the_plot(pane: TimelinePane, tmp_path: Path, qtbot: QtBot) -> None:
    timeline = pane.plot.timeline
    assert timeline is not None
    day = timeline.day((timeline.start + timeline.end) / 2)
    (tmp_path / "events.csv").write_text(f"date,label\n{day.isoformat()},Summit\n", encoding="utf-8")
    pane.menu._import_events([tmp_path / "events.csv"])
    qtbot.waitUntil(lambda: pane.plot.timeline is not None and len(pane.plot.timeline.events) == 1)
    pane.menu._set_phrases(["treaty"])
    qtbot.waitUntil(lambda: pane.plot.timeline is not None and len(pane.plot.timeline.phrases) > 0)
    pane.menu._clear_events()
    qtbot.waitUntil(lambda: pane.plot.timeline is not None and not pane.plot.timeline.events)


def test_an_empty_library_says_what_to_do(bare_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with Library.create(tmp_path / "Empty") as empty:
        bare_window.set_library(empty)
        pane = bare_window.show_pane("timeline")
        assert isinstance(pane, TimelinePane)
        qtbot.waitUntil(lambda: pane._empty.isVisible())
        bare_window.set_library(None)


def test_what_was_chosen_is_restored(pane: TimelinePane, issue_id: int) -> None:
    pane.layout_choice.choose("lanes")
    state = pane.save_state()
    pane.layout_choice.choose("auto")
    pane.restore_state(state)
    assert pane.layout_choice.current == "lanes"
    pane.restore_state({"issue": "x", "period": 99, "layout": "nonsense", "splitter": 3})
    assert pane.layout_choice.current == "lanes"


def test_both_themes_repaint_the_plot(pane: TimelinePane, theme: Theme) -> None:
    pictures = []
    for look in ("light", "dark"):
        theme.wear(look)
        pictures.append(pane.plot.grab().toImage().pixelColor(5, 5).name())
    assert pictures[0] != pictures[1]


def test_sides_are_read_line_by_line_and_unknown_names_are_said(pane: TimelinePane, sample: Library, qtbot: QtBot) -> None:
    from desktop.dialogs.sides import Sides

    names = {actor.id: actor.name for actor in sample.actors()}
    first, second = list(names)[:2]
    dialog = Sides(names, {"West": [first]}, pane)
    qtbot.addWidget(dialog)
    assert dialog.read() == ({"West": [first]}, [])
    dialog.field.setPlainText(f"West: {names[first]}; {names[second].upper()}\nEast: Nobody Known")
    assert dialog.read() == ({"West": [first, second]}, ["Nobody Known"])
    told: list[dict[str, list[int]]] = []
    dialog.chosen.connect(told.append)
    dialog._accept()
    assert told == [] and "Nobody Known" in dialog.trouble.text()
    dialog.field.setPlainText(f"West: {names[first]}; {names[second]}")
    dialog._accept()
    assert told == [{"West": [first, second]}]
    pane.menu._set_sides(told[0])
    qtbot.waitUntil(lambda: pane.plot.timeline is not None and "West" in {lane.actor for lane in pane.plot.timeline.lanes})


def test_watch_phrases_are_edited_one_per_line(pane: TimelinePane, qtbot: QtBot) -> None:
    from desktop.dialogs.watch_phrases import WatchPhrases

    dialog = WatchPhrases(["the treaty"], pane)
    qtbot.addWidget(dialog)
    told: list[list[str]] = []
    dialog.chosen.connect(told.append)
    dialog.field.setPlainText(" the treaty \n\nopen door*")
    dialog._accept()
    assert told == [["the treaty", "open door*"]]


def test_a_dropped_phrase_is_said_to_be_dropped() -> None:
    from datetime import date

    from desktop.widgets.standing import phrase_line
    from index.model import PhraseUse, When

    day = When(date(2030, 1, 5), date(2030, 1, 5))
    use = PhraseUse("open door", 1, (1, 2), day, day, since=9, dropped=True)
    assert "first" in phrase_line(use, {1: "Mira Olanda"}, True) and "dropped since (9" in phrase_line(use, {}, False)
    assert phrase_line(use, {1: "Mira Olanda"}, False).startswith("Taken up by Mira Olanda")


def test_another_issue_begins_with_its_first_lanes(
    pane: TimelinePane, issue_id: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MOST_LANES", "MOST_ROWS"):  # the sample has fewer actors than a page has lanes
        monkeypatch.setattr(f"desktop.widgets.timeline_plot.{name}", 1)
    pane.plot.turn(2)
    assert pane.plot.first == 2
    pane.load()
    pane.asker.finish()
    assert pane.plot.first == 2, "the same issue stays where it is"
    pane.show_issue(0)
    qtbot.waitUntil(lambda: pane.plot.timeline is not None and pane.plot.timeline.issue is None)
    assert pane.plot.timeline is not None and len(pane.plot.timeline.lanes) > 2 and pane.plot.first == 0


def test_the_keys_go_to_the_plot_when_the_page_comes_to_the_front(pane: TimelinePane, qtbot: QtBot) -> None:
    assert pane.home() is pane.plot
    before = pane.issue.currentIndex()
    pane.home().setFocus()
    qtbot.keyClick(pane.plot, Qt.Key.Key_Plus)
    qtbot.keyClick(pane.plot, Qt.Key.Key_Home)
    assert pane.issue.currentIndex() == before


def test_an_opened_choice_shows_all_that_can_be_chosen(pane: TimelinePane, qtbot: QtBot) -> None:
    for choice in (pane.period, pane.method):
        choice.showPopup()
        view = choice.view()
        qtbot.waitUntil(view.isVisible)
        rows = [view.visualRect(choice.model().index(row, 0)) for row in range(choice.count())]
        assert all(view.viewport().rect().contains(rect) for rect in rows)
        choice.hidePopup()


def test_a_watched_phrase_that_nobody_uses_is_named_too(pane: TimelinePane, sample: Library, qtbot: QtBot) -> None:
    sample.set_watch_phrases(["a phrase that nobody would use"])
    told = "“a phrase that nobody would use”"
    qtbot.waitUntil(lambda: told in [found.text() for found in pane.standing.findChildren(QLabel)])
    assert "Nobody uses it in what is shown here." in [found.text() for found in pane.standing.findChildren(QLabel)]


def test_buttons_of_dialogs_have_no_icons_of_another_style(pane: TimelinePane, qapp: QApplication) -> None:
    # What the desktop would put there is known on a real desktop only; the style says that nothing is wanted.
    assert "dialogbuttonbox-buttons-have-icons: 0" in qapp.styleSheet()


def test_an_export_is_offered_what_the_list_under_the_plot_holds(pane: TimelinePane, sample: Library) -> None:
    timeline = pane.plot.timeline
    assert timeline is not None
    behind = {key for lane in timeline.lanes for point in lane.points for key in point.statements}
    ticks = {tick.statement_id for lane in timeline.lanes for tick in lane.ticks}
    offered = pane.shown_statements()
    assert offered is not None and set(offered[2]()) == behind | ticks and len(offered[2]()) == len(behind | ticks)
    assert offered[0] == f"The statements of the timeline ({len(behind | ticks)})" and "The treaty" in offered[1]
    first = min(mark.x for mark in marks(timeline))
    pane.plot.set_ranges([(first - 0.5, first + 0.5)])
    some = pane.shown_statements()
    assert some is not None and "marked days" in some[0]
    assert set(some[2]()) < behind | ticks
    pane.set_library(None)
    assert pane.shown_statements() is None
