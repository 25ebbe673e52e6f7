"""The search page: hits as one types, narrowing, what to try, and the way to the reader, all by the keyboard too."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.dialogs.export_dialog import ExportDialog
from desktop.dialogs.keep_search import KeepSearch
from desktop.panes.search import SearchPane
from desktop.theme import Theme
from desktop.window import MainWindow
from index.library import Library


@pytest.fixture
def pane(bare_window: MainWindow, sample: Library, qtbot: QtBot) -> SearchPane:
    """The search page on the sample library, showing everything."""
    bare_window.set_library(sample)
    made = bare_window.show_pane("search")
    assert isinstance(made, SearchPane)
    qtbot.waitUntil(lambda: made.model.total > 50)
    return made


def asked(pane: SearchPane, qtbot: QtBot, query: str) -> None:
    """Type a query and wait for its answer."""
    pane.field.setText(query)
    qtbot.waitUntil(lambda: pane._results is not None and pane._results.query == query)


def test_hits_come_as_one_types_and_the_query_is_said_in_words(pane: SearchPane, qtbot: QtBot) -> None:
    QAbstractItemModelTester(pane.model)
    pane.field.setFocus()
    qtbot.keyClicks(pane.field, "treaty")
    qtbot.waitUntil(lambda: pane._results is not None and pane._results.query == "treaty")
    assert pane.model.hits and all("treat" in hit.snippet.lower() for hit in pane.model.hits)
    assert f"{pane.model.total} hits" in pane.explained.accessibleName()
    assert "treaty" in pane.explained.accessibleName()


def test_only_the_answer_to_the_last_key_is_shown(pane: SearchPane, qtbot: QtBot) -> None:
    for text in ("t", "tr", "treaty", "treat", "fish", "quota"):
        pane.field.setText(text)
        pane._ask_now()
    qtbot.waitUntil(lambda: pane._results is not None and pane._results.query == "quota")
    qtbot.wait(150)
    assert pane._results is not None and pane._results.query == "quota"


def test_down_and_enter_open_the_hit_in_the_reader_with_its_words_found(
    bare_window: MainWindow, pane: SearchPane, qtbot: QtBot
) -> None:
    asked(pane, qtbot, "treaty")
    qtbot.keyClick(pane.field, Qt.Key.Key_Down)
    assert pane.list.hasFocus() and pane.list.currentIndex().row() == 0
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    hit = pane.model.hits[1]
    with qtbot.waitSignal(pane.statement_requested) as told:
        qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    assert told.args == [hit.id]
    reader = bare_window.pane("reader")
    qtbot.waitUntil(lambda: bare_window.current_pane is reader)
    qtbot.waitUntil(lambda: bool(reader.find_bar.places))  # type: ignore[attr-defined]
    places = reader.find_bar.places  # type: ignore[attr-defined]
    text = reader.text.text  # type: ignore[attr-defined]
    assert all(place.of(text).lower().startswith("treat") for place in places)
    at = reader.find_bar.at  # type: ignore[attr-defined]
    bare_window.acts["find.next"].trigger()
    assert reader.find_bar.at == (at + 1) % len(places)  # type: ignore[attr-defined]


def test_a_document_opens_at_its_first_hit(bare_window: MainWindow, pane: SearchPane, qtbot: QtBot) -> None:
    pane.units.choose("documents")
    asked(pane, qtbot, "boats")
    with qtbot.waitSignal(pane.document_requested) as told:
        pane._open(0)
    document, span = told.args
    assert document == pane.model.hits[0].id
    assert span.of(bare_window.library.document(document).text).lower().startswith("boat")  # type: ignore[union-attr]


def test_a_facet_includes_with_space_and_excludes_with_delete(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "treaty")
    values = pane.filters.lists["actor"]
    value, count = values.values.rows[0]
    before = pane.model.total
    values.setCurrentIndex(values.values.index(0))
    qtbot.keyClick(values, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: pane.model.total == count)
    assert {hit.actor for hit in pane.model.hits} == {value}
    assert len(values.values.rows) > 1, "others can still be chosen"
    row = [v for v, _ in values.values.rows].index(value)
    values.setCurrentIndex(values.values.index(row))
    qtbot.keyClick(values, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: pane.model.total == before - count)
    assert value not in {hit.actor for hit in pane.model.hits}
    pane.filters._clear()
    qtbot.waitUntil(lambda: pane.model.total == before)


def test_years_are_chosen_with_the_arrow_keys_and_by_dragging(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "treaty")
    first = pane.filters.years.bars[0][0]
    pane.filters.years.setFocus()
    qtbot.keyClick(pane.filters.years, Qt.Key.Key_Right)
    assert pane.filters.values == {"said": [str(first)]}
    qtbot.keyClick(pane.filters.years, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert pane.filters.values == {"said": [f"{first}..{first + 1}"]}
    qtbot.keyClick(pane.filters.years, Qt.Key.Key_Escape)
    assert pane.filters.values == {}
    qtbot.waitUntil(lambda: pane.filters.years.bars[0][0] == first)
    width = pane.filters.years.width()
    qtbot.mousePress(pane.filters.years, Qt.MouseButton.LeftButton, pos=QPoint(2, 20))
    qtbot.mouseMove(pane.filters.years, QPoint(width - 3, 20))
    qtbot.mouseRelease(pane.filters.years, Qt.MouseButton.LeftButton, pos=QPoint(width - 3, 20))
    assert pane.filters.values.get("said", [""])[0].startswith(str(first))


def test_a_broken_query_says_where_and_the_mended_one_is_a_click_away(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "treaty said:20x4")
    assert pane.field.property("wrong") == "true"
    assert "20x4 is not a date" in pane.explained.accessibleName()
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.middle.currentWidget() is pane.nothing)
    pane.nothing.mended.emit("treaty")
    qtbot.waitUntil(lambda: pane.middle.currentWidget() is pane.list)
    assert pane.field.text() == "treaty" and pane.field.property("wrong") == "false"


def test_no_result_offers_queries_that_have_some(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "trety")
    results = pane._results
    assert results is not None and results.total == 0 and results.suggestions
    pane.nothing.chosen.emit(results.suggestions[0])
    qtbot.waitUntil(lambda: pane.model.total == results.suggestions[0].total)


def test_what_a_date_hides_is_counted_and_shown_on_a_click(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "said:2024")
    results = pane._results
    assert results is not None and results.undated_hidden
    assert pane.hidden.isVisible()
    total, hidden = results.total, results.undated_hidden
    pane.hidden.click()
    qtbot.waitUntil(lambda: pane.model.total == total + hidden)


def test_a_surname_brings_the_actor_s_card(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "Tolvik")
    assert pane.card_area.isVisible()
    with qtbot.waitSignal(pane.actor_requested):
        pane.card.opened.emit(1)
    asked(pane, qtbot, "quota")
    assert not pane.card_area.isVisible()


def test_an_edit_shows_in_the_hits(bare_window: MainWindow, pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "quota")
    library = bare_window.library
    assert library is not None
    hit = pane.model.hits[0]
    total = pane.model.total
    library.reject_statements([hit.id])
    qtbot.waitUntil(lambda: pane.model.total == total - 1)
    library.undo()
    qtbot.waitUntil(lambda: pane.model.total == total)


def test_a_kept_search_comes_back_with_its_filters(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "treaty")
    pane.filters._toggle("kind", "direct", "included")
    qtbot.waitUntil(lambda: all(hit.kind == "direct" for hit in pane.model.hits))
    total = pane.model.total
    pane.menu.keep("Mine", "treaty", "statements", pane._options(), True)
    pane.show_query("quota")
    qtbot.waitUntil(lambda: bool(pane.menu._saved))
    pane.menu._run(pane.menu._saved[0])
    qtbot.waitUntil(lambda: pane.field.text() == "treaty" and pane.model.total == total)
    assert pane.filters.values == {"kind": ["direct"]}


def test_enter_keeps_the_query_in_the_history(bare_window: MainWindow, pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "quota")
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    library = bare_window.library
    assert library is not None and library.search_history()[0][0] == "quota"
    assert pane.list.hasFocus()


def test_enter_before_the_answer_keeps_the_query_with_its_own_count(
    bare_window: MainWindow, pane: SearchPane, qtbot: QtBot
) -> None:
    asked(pane, qtbot, "treaty")
    pane.field.setText("quota")
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane._results is not None and pane._results.query == "quota")
    library, results = bare_window.library, pane._results
    assert library is not None and results is not None
    qtbot.waitUntil(lambda: bool(library.search_history()))
    assert [(query, total) for query, _, _, total in library.search_history()] == [("quota", results.total)]
    assert pane.list.hasFocus()


def test_enter_in_a_query_that_cannot_be_understood_stays_in_the_box(
    bare_window: MainWindow, pane: SearchPane, qtbot: QtBot
) -> None:
    asked(pane, qtbot, "(treaty")
    pane.field.setFocus()
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    pane.asker.finish()
    library = bare_window.library
    assert library is not None and library.search_history() == []
    assert pane.field.hasFocus()


def test_enter_on_a_word_that_is_nowhere_goes_to_what_is_offered(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "trety")
    pane.field.setFocus()
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not pane.field.hasFocus())
    offered = pane.focusWidget()
    assert isinstance(offered, QPushButton) and pane.nothing.isAncestorOf(offered)


def test_more_like_this_asks_for_the_rarer_words_of_a_statement(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "quota")
    statement = pane.model.hits[0].id
    pane._more_like(statement)
    qtbot.waitUntil(lambda: " OR " in pane.field.text() and pane.model.total > 1)
    assert pane.model.hits[0].id == statement, "nothing is more like it than itself"


def test_every_question_of_a_page_is_asked_of_the_same_finder(pane: SearchPane, qtbot: QtBot) -> None:
    library, finders = pane.library, []
    assert library is not None
    for _ in range(3):
        before = len(finders)
        pane._places.ask(lambda: (library.finder(), library.store.connection()), finders.append)
        qtbot.waitUntil(lambda before=before: len(finders) > before)
    assert len({(id(finder), id(connection)) for finder, connection in finders}) == 1


def test_a_batch_shows_its_counts(pane: SearchPane, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "queries.csv"
    path.write_text("query,in\ntreaty,statements\ntreaty AND (,\nquota,documents\n", encoding="utf-8")
    pane.menu.look(pane.library)  # type: ignore[arg-type]
    pane.menu.run_batch(path)

    def dialog() -> object:
        return next((w for w in pane.findChildren(object) if type(w).__name__ == "BatchResults"), None)

    qtbot.waitUntil(lambda: dialog() is not None)
    found = dialog()
    totals = [line.total for line in found.model.rows]  # type: ignore[union-attr]
    assert totals[0] and totals[1] is None and totals[2]
    found.close()  # type: ignore[union-attr]


def test_a_search_over_time_lists_who_used_it(pane: SearchPane, qtbot: QtBot, theme: Theme) -> None:
    from desktop.dialogs.search_over_time import SearchOverTime

    assert pane.library is not None
    watch = pane.library.watched("treaty")
    dialog = SearchOverTime(watch, theme, pane)
    qtbot.addWidget(dialog)
    assert dialog.model.rowCount() == len(watch.uses)
    QAbstractItemModelTester(dialog.model)


def test_the_session_is_kept(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "treaty")
    pane.filters._toggle("kind", "direct", "included")
    qtbot.waitUntil(lambda: all(hit.kind == "direct" for hit in pane.model.hits))
    state = pane.save_state()
    pane.show_query("")
    pane.restore_state(state)
    assert pane.field.text() == "treaty" and pane.filters.values == {"kind": ["direct"]}


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_page_is_drawn(pane: SearchPane, theme: Theme, qtbot: QtBot, look: str) -> None:
    pane.theme.wear(look)
    asked(pane, qtbot, "treaty")
    image = pane.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}) > 20
    pane.theme.wear("light")


def test_everything_that_takes_the_focus_has_a_name(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "treaty")
    from PySide6.QtWidgets import QWidget

    for widget in pane.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            name = widget.accessibleName() or getattr(widget, "text", str)()
            assert name, widget


def test_an_act_keeps_the_selection_and_the_place_of_a_long_list(
    bare_window: MainWindow, pane: SearchPane, qtbot: QtBot
) -> None:
    pane.list.verticalScrollBar().setValue(pane.list.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: len(pane.model.hits) == pane.model.total)
    pane.list.choose_rows([120, 121])
    ids, place = pane.selected_statements(), pane.list.verticalScrollBar().value()
    before = pane._results
    bare_window.run("statement.confirm")
    qtbot.waitUntil(lambda: pane._results is not before)
    assert pane.selected_statements() == ids
    assert pane.list.verticalScrollBar().value() == place


def test_the_order_that_holds_is_shown(pane: SearchPane, qtbot: QtBot) -> None:
    assert pane.order.currentData() == "said"  # nothing was asked, so nothing can match best
    asked(pane, qtbot, "treaty")
    assert pane.order.currentData() == "relevance"
    asked(pane, qtbot, "")
    assert pane.order.currentData() == "said"


def test_going_back_finds_the_focus_in_the_hits(bare_window: MainWindow, pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "treaty")
    qtbot.keyClick(pane.field, Qt.Key.Key_Down)
    qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bare_window.current_pane is not pane)
    bare_window.run("go.back")
    assert bare_window.current_pane is pane and pane.list.hasFocus()


def test_enter_on_a_surname_that_no_statement_holds_shows_what_its_bearer_said(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "Tolvik")
    assert pane.model.total == 0
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.model.total > 0)
    assert pane.field.text().startswith("actor:") and {hit.actor for hit in pane.model.hits} == {"Maren Tolvik"}


def test_an_export_from_the_search_page_is_of_its_hits_with_their_filters(
    bare_window: MainWindow, pane: SearchPane, qtbot: QtBot
) -> None:
    asked(pane, qtbot, "treaty")
    every = pane.model.total
    pane.filters.values = {"actor": [pane._results.facets["actor"][0][0]]}  # type: ignore[union-attr]
    pane.filters.changed.emit()
    qtbot.waitUntil(lambda: 0 < pane.model.total < every)
    bare_window.run("export")
    dialog = bare_window.findChild(ExportDialog)
    offer, made = dialog.offers[0]
    assert made.isChecked() and offer.words == f"The hits of the search ({pane.model.total})"
    assert offer.ids is not None and list(offer.ids()) == [hit.id for hit in pane.model.hits]
    dialog.close()


def test_an_export_of_more_hits_than_are_shown_is_of_all_of_them_in_their_order(
    pane: SearchPane, sample: Library, qtbot: QtBot
) -> None:
    asked(pane, qtbot, "treaty")
    whole = [hit.id for hit in pane.model.hits]
    pane.model.show("statements", pane.model.hits[:3], len(whole))
    shown = pane.shown_statements()
    assert shown is not None and list(shown[2]()) == whole


def test_down_from_the_box_selects_the_first_hit_and_then_the_second(pane: SearchPane, qtbot: QtBot) -> None:
    asked(pane, qtbot, "treaty")
    pane.field.setFocus()
    qtbot.keyClick(pane.field, Qt.Key.Key_Down)
    assert pane.list.selected_ids() == [pane.model.hits[0].id]
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    assert pane.list.selected_ids() == [pane.model.hits[1].id]


def test_keeping_a_search_is_an_action_with_a_key_and_forgetting_it_can_be_undone(
    bare_window: MainWindow, pane: SearchPane, sample: Library, qtbot: QtBot
) -> None:
    names = ("search.keep", "search.time", "search.batch")
    assert [bare_window.acts[name].isEnabled() for name in names] == [False, False, True]
    asked(pane, qtbot, "treaty")
    assert all(bare_window.acts[name].isEnabled() for name in names)
    bare_window.run("search.keep")
    dialog = pane.findChild(KeepSearch)
    assert dialog is not None
    dialog.close()
    pane.menu.keep("Mine", "treaty", "statements", {}, False)
    qtbot.waitUntil(lambda: bool(pane.menu._saved))
    pane.menu._forget(pane.menu._saved[0])
    assert not sample.saved_searches() and bare_window.messages.button.text() == "Undo"
    bare_window.messages.button.click()
    assert [row["name"] for row in sample.saved_searches()] == ["Mine"]


def test_a_batch_that_cannot_be_read_says_so(bare_window: MainWindow, pane: SearchPane, qtbot: QtBot, tmp_path: Path) -> None:
    pane.menu.look(pane.library)  # type: ignore[arg-type]
    pane.menu.run_batch(tmp_path / "gone.csv")
    qtbot.waitUntil(lambda: "gone.csv" in bare_window.messages.words.text())
