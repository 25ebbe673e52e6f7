"""The compare page: every view shows the words of both texts, changes are gone through by key, copies keep their strikes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextLayout
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.comparisons import MOST, change_places, merged_pieces, side_pieces
from desktop.panes.compare import ComparePane
from desktop.widgets.changed_text import ChangedText
from desktop.widgets.compare_columns import across
from desktop.widgets.compare_side import line
from desktop.window import MainWindow
from index.compare import compare
from index.library import Library
from index.model import Change, Span

LEFT = "The council of Orm will sign the treaty in 2029. Nobody asked us. The ferry to Kesh stays closed until spring, we fear."
RIGHT = "The Council of Orm may sign the treaty in 2031. The ferry to Kesh stays closed until spring, we fear."
PATIENCE = 30_000  # milliseconds: a machine may have much else to do
TITLE = "Speech 😀 of the council"


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    """Wait until it holds."""
    qtbot.waitUntil(condition, timeout=PATIENCE)


@pytest.fixture
def texts(bare_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Library:
    """A library with three versions of one text that speaks for the council."""
    rows = ["file,published,actor,outlet,title"]
    for number, words in enumerate((LEFT, RIGHT, RIGHT.replace("2031", "2033")), 1):
        (tmp_path / f"{number}.txt").write_text(words, encoding="utf-8")
        rows.append(f"{number}.txt,203{number}-05-12,Council of Orm,Strait News,{TITLE}")
    (tmp_path / "metadata.csv").write_text("\n".join(rows), encoding="utf-8")
    library = Library.create(tmp_path / "Library")
    for _ in library.import_paths([tmp_path / f"{n}.txt" for n in (1, 2, 3)], metadata=tmp_path / "metadata.csv", jobs=1):
        pass
    bare_window.set_library(library)
    return library


@pytest.fixture
def pane(bare_window: MainWindow, texts: Library, qtbot: QtBot) -> ComparePane:
    """The page with the first two versions as whole documents."""
    found = bare_window.show_pane("compare")
    assert isinstance(found, ComparePane)
    ids = texts.document_ids(order="published")[:2]
    bare_window.compare_documents(sorted(ids))
    until(qtbot, lambda: found.comparison is not None)
    return found


def words_that(view: ChangedText, struck: bool) -> list[str]:
    """The stretches of a text that are struck through, or underlined."""
    found = []
    for start, piece in zip(view._starts, view._pieces, strict=True):
        cursor = QTextCursor(view.document())
        cursor.setPosition(start + 1)
        form: QTextCharFormat = cursor.charFormat()
        underlined = form.underlineStyle() == QTextCharFormat.UnderlineStyle.SingleUnderline
        if form.fontStrikeOut() if struck else underlined and not form.fontStrikeOut():
            found.append(piece.text.strip())
    return found


def test_side_by_side_strikes_what_went_and_underlines_what_came(pane: ComparePane) -> None:
    base, other = (column.text for column in pane.columns.columns)
    assert base.toPlainText() == LEFT
    assert other.toPlainText() == RIGHT
    assert words_that(base, struck=True) == ["will", "2029", "Nobody asked us."]
    assert words_that(other, struck=False) == ["may", "2031"]
    assert words_that(base, struck=False) == words_that(other, struck=True) == []


def test_counts_and_summary_stand_beside_it(pane: ComparePane) -> None:
    assert "2 words added" in pane.count.accessibleName()
    assert "% alike" in pane.count.accessibleName()
    lines = [pane.side.summary.item(row).text() for row in range(pane.side.summary.count())]
    assert "Date: “2029” → “2031”" in lines
    assert any(line.startswith("Modal verb: “will sign") for line in lines)
    assert "Dropped: − “Nobody asked us.”" in lines


def test_next_and_previous_change_by_key_go_round(bare_window: MainWindow, pane: ComparePane) -> None:
    pane.minor.setChecked(False)
    assert pane.place.text() == "3 changes"
    for expected in ("1 of 3", "2 of 3", "3 of 3", "1 of 3"):
        bare_window.run("change.next")
        assert pane.place.text() == f"{expected} changes"
    bare_window.run("statement.previous")
    assert pane.place.text() == "3 of 3 changes"


def test_minor_changes_can_be_hidden(pane: ComparePane) -> None:
    def kinds() -> set[str]:
        return {piece.kind for piece in pane.columns.columns[1].text._pieces}

    assert "minor" in kinds()
    pane.minor.setChecked(False)
    assert "minor" not in kinds()


@pytest.mark.parametrize("view", ["columns", "redline", "passages"])
def test_every_view_shows_the_words_of_both(pane: ComparePane, view: str) -> None:
    pane.views.choose(view)
    pane._show_view()
    front = pane.stack.currentWidget()
    shown = " ".join(text.toPlainText() for text in front.findChildren(type(pane.table).__mro__[2]))  # QTextEdit
    shown += front.toPlainText() if hasattr(front, "toPlainText") else ""
    for word in ("2029", "2031", "Nobody asked us.", "closed until spring"):
        assert word in shown
    pane.step(1)


def test_another_base_turns_additions_into_deletions(bare_window: MainWindow, pane: ComparePane, qtbot: QtBot) -> None:
    bare_window.run("comparison.swap")
    until(qtbot, lambda: pane.base == 1 and pane.loaded is not None and pane.loaded.base == 1)
    base, other = pane.columns.columns[1].text, pane.columns.columns[0].text
    assert words_that(base, struck=True) == ["may", "2031"]
    assert words_that(other, struck=False) == ["will", "2029", "Nobody asked us."]


def test_versions_are_stepped_through_by_date(bare_window: MainWindow, pane: ComparePane, qtbot: QtBot) -> None:
    first, second = pane.names
    bare_window.run("version.next")
    until(qtbot, lambda: pane.names[1] != second and pane.loaded is not None and pane.loaded.items[1].name == pane.names[1])
    assert pane.names[0] == first
    assert "2033" in pane.columns.columns[1].text.toPlainText()
    assert "version.next" not in pane.commands()
    bare_window.run("version.previous")
    until(qtbot, lambda: pane.loaded is not None and [item.name for item in pane.loaded.items] == [first, second])


def test_six_texts_fit_and_a_column_can_be_taken_out(pane: ComparePane, texts: Library, qtbot: QtBot) -> None:
    ids = texts.statement_ids()
    pane.add_statements(ids[:3])
    until(qtbot, lambda: len(pane.columns.columns) == 5)
    pane.add_statements([*ids[:2], 999_999])
    assert len(pane.names) <= MOST
    until(qtbot, lambda: pane.loaded is not None and "999999" not in pane.names)
    pane._remove(0)
    until(qtbot, lambda: len(pane.columns.columns) == 4)


def test_the_copied_redline_keeps_strike_underline_and_citations(pane: ComparePane) -> None:
    pane.copy()
    data = QApplication.clipboard().mimeData()
    assert "<s><span" in data.html() and "line-through" in data.html() and "<u><span" in data.html()
    assert "[-will-]{+may+}" in data.text()
    assert "Strait News" in data.text()


@pytest.mark.parametrize("name", ["orm.html", "orm.docx", "orm.pdf"])
def test_a_comparison_is_saved(pane: ComparePane, tmp_path: Path, qtbot: QtBot, name: str) -> None:
    with qtbot.waitSignal(pane.message):
        pane.save(tmp_path / name)
    assert (tmp_path / name).stat().st_size > 1000


def test_an_utterance_is_shown_in_all_its_versions_and_can_be_cut(
    bare_window: MainWindow, bare_pane: ComparePane, library: Library, qtbot: QtBot
) -> None:
    ids = library.statement_ids()[:2]
    library.link_statements(ids)
    bare_window.compare(ids)
    until(qtbot, lambda: bare_pane.loaded is not None and len(bare_pane.loaded.variants) >= 2)
    bare_pane.views.choose("utterance")
    bare_pane._show_view()
    page = bare_pane.utterance.toPlainText()
    for statement in library.statements(ids):
        assert statement.text.split()[0] in page
    assert "To cite" in page
    bare_window.run("utterance.cut")
    until(qtbot, lambda: bare_pane.loaded is not None and len(bare_pane.loaded.variants) < 2)
    assert bare_pane.views.current == "columns"
    bare_window.run("utterance.link")
    until(qtbot, lambda: bare_pane.loaded is not None and len(bare_pane.loaded.variants) >= 2)


@pytest.fixture
def bare_pane(bare_window: MainWindow, library: Library) -> ComparePane:
    """The page without texts, on the river library."""
    bare_window.set_library(library)
    found = bare_window.show_pane("compare")
    assert isinstance(found, ComparePane)
    return found


def test_nothing_to_compare_says_what_to_do(bare_pane: ComparePane) -> None:
    assert bare_pane.commands() == {}
    assert "Compare" in bare_pane._empty.sentence.text()


def test_a_statement_with_itself_and_one_alone_do_no_harm(bare_pane: ComparePane, library: Library, qtbot: QtBot) -> None:
    only = library.statement_ids()[0]
    bare_pane.show_statements([only, only])
    until(qtbot, lambda: bare_pane.loaded is not None)
    assert len(bare_pane.columns.columns) == 1
    assert bare_pane.comparison is None
    bare_pane.copy()
    bare_pane.step(1)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("view", ["columns", "redline", "passages"])
def test_every_view_is_drawn_in_both_themes(pane: ComparePane, look: str, view: str) -> None:
    pane.theme.wear(look)
    pane.views.choose(view)
    pane._show_view()
    pane.step(1)
    picture = pane.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}
    assert {pane.theme.hex("delete"), pane.theme.hex("add")} & colours
    assert len(colours) > 20


def test_pieces_of_a_side_are_its_text_and_merged_pieces_hold_both() -> None:
    found = compare(LEFT, RIGHT)
    for minor in (True, False):
        assert "".join(piece.text for piece in side_pieces(found, 0, minor)) == LEFT
        assert "".join(piece.text for piece in side_pieces(found, 1, minor)) == RIGHT
        merged = merged_pieces(found, minor)
        assert "".join(p.text for p in merged if p.kind not in ("delete", "moved_away")).count("2031") == 1
    places, numbers = change_places(found, False)
    assert len(places) == 3
    assert {n for n in numbers if n is not None} == {0, 1, 2}


def test_places_answer_to_each_other_across_the_sides() -> None:
    found = compare(LEFT, RIGHT)
    assert RIGHT[across(found, LEFT.index("ferry"), 0) :].startswith("ferry")
    assert LEFT[across(found, RIGHT.index("ferry"), 1) :].startswith("ferry")
    assert across(found, 0, 0) == 0
    assert across(found, len(LEFT), 0) == len(RIGHT)
    nothing = compare("", "")
    assert across(nothing, 0, 0) == 0


def test_the_first_and_the_last_word_of_a_selection_are_compared(
    bare_window: MainWindow, bare_pane: ComparePane, library: Library, qtbot: QtBot
) -> None:
    ids = library.statement_ids()
    ends = library.first_and_last(ids)
    assert ends is not None
    dates = [library.statement(number).when for number in ends]
    assert dates[0] is not None and dates[1] is not None
    assert (dates[0].latest or dates[0].earliest) <= (dates[1].latest or dates[1].earliest)  # type: ignore[operator]
    assert library.first_and_last(ids[:1]) is None


def test_a_moved_block_is_shown_at_both_its_places(
    bare_window: MainWindow, texts: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    moved = "The observers stay on the islands until spring."
    rest = " ".join(f"In month {k} the council met in Orm and heard report number {k * 7}." for k in range(80))
    for number, words in enumerate((f"{moved} {rest}", f"{rest} {moved}"), 7):
        (tmp_path / f"{number}.txt").write_text(words, encoding="utf-8")
    list(texts.import_paths([tmp_path / "7.txt", tmp_path / "8.txt"], jobs=1))
    pane = bare_window.show_pane("compare")
    assert isinstance(pane, ComparePane)
    ids = [d.id for d in texts.documents(texts.document_ids()) if d.file in ("7.txt", "8.txt")]
    bare_window.compare_documents(sorted(ids))
    until(qtbot, lambda: pane.comparison is not None and "observers" in pane.comparison.left)
    kinds = [{piece.kind for piece in column.text._pieces} for column in pane.columns.columns]
    assert "moved_away" in kinds[0] and "moved_here" in kinds[1]
    pane.columns.columns[0].text.move_pressed.emit(1)
    assert pane.columns.columns[1].text.top_place() > 0
    pane.views.choose("redline")
    pane._show_view()
    pane._go_to(0)
    pane._jump_to_counterpart(1)
    assert pane._current == 1


def test_the_page_comes_back_as_it_was_left(pane: ComparePane, qtbot: QtBot) -> None:
    pane.views.choose("redline")
    kept = pane.save_state()
    names = list(pane.names)
    pane.set_library(pane.library)
    assert pane.names == []
    pane.restore_state(kept)
    until(qtbot, lambda: pane.loaded is not None and [item.name for item in pane.loaded.items] == names)
    assert pane.views.current == "redline"
    pane.restore_state({"names": "rubbish", "base": None})
    assert pane.names == names


def test_long_texts_are_laid_out_one_after_the_other(
    bare_window: MainWindow, texts: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    long = "\n\n".join(f"In month {k} the council met in Orm and heard report number {k * 7} of the year." for k in range(400))
    for number, words in ((7, long), (8, long.replace("month 9 ", "month 10 "))):
        (tmp_path / f"{number}.txt").write_text(words, encoding="utf-8")
    list(texts.import_paths([tmp_path / "7.txt", tmp_path / "8.txt"], jobs=1))
    pane = bare_window.show_pane("compare")
    assert isinstance(pane, ComparePane)
    ids = [d.id for d in texts.documents(texts.document_ids()) if d.file in ("7.txt", "8.txt")]
    bare_window.compare_documents(sorted(ids))
    until(qtbot, lambda: pane.comparison is not None and "month 399" in pane.comparison.left)
    columns = pane.columns.columns
    assert pane.columns._waiting, "the texts are shown after the page itself"
    pane.step(1)  # whoever does not wait is served at once
    assert not pane.columns._waiting
    assert [column.text.words for column in columns] == [long, long.replace("month 9 ", "month 10 ")]
    until(qtbot, lambda: bool(columns[0].strip._heights))
    pane.views.choose("passages")
    pane._show_view()
    until(qtbot, lambda: bool(pane.table.rows))


def test_texts_chosen_from_a_list_with_the_newest_first_are_compared_from_the_earliest_on(
    bare_window: MainWindow, pane: ComparePane, texts: Library, qtbot: QtBot
) -> None:
    by_date = texts.document_ids(order="published")
    dated = sorted(texts.documents(by_date), key=lambda d: str(d.published and d.published.edtf))
    bare_window.compare_documents([document.id for document in reversed(dated)])
    until(qtbot, lambda: len(pane.names) == 3 and pane.names[0] == f"doc:{dated[0].id}")
    assert pane.names == [f"doc:{document.id}" for document in dated]
    ids = [texts.statement_ids(document_id=document.id)[0] for document in dated]
    bare_window.compare(ids[::-1])
    until(qtbot, lambda: pane.names == [str(number) for number in ids])
    assert pane.title.full.endswith("12 May 2031 → 12 May 2032")
    bare_window.run("comparison.swap")  # what a person has arranged stays so
    until(qtbot, lambda: pane.title.full.endswith("12 May 2032 → 12 May 2031"))
    pane.load()
    until(qtbot, lambda: pane.title.full.endswith("12 May 2032 → 12 May 2031"))


ARABIC = ("\u062b\u0644\u0627\u062b", "\u0623\u0631\u0628\u0639")  # three, four


def visually(text: str) -> list[int]:
    """For each character of a line from left to right as it is drawn: its place in the text."""
    layout = QTextLayout(text, QFont())
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(10_000)
    layout.endLayout()
    return sorted(range(len(text)), key=lambda k: min(line.cursorToX(k)[0], line.cursorToX(k + 1)[0]))  # type: ignore[index]


def test_a_change_in_a_script_from_right_to_left_still_reads_from_then_to_now(qtbot: QtBot) -> None:
    told = line(Change("wording", ARABIC[0], ARABIC[1], Span(0, 4), Span(0, 4)))
    order = visually(told)
    before, arrow, after = (order.index(told.index(part)) for part in (ARABIC[0], "→", ARABIC[1]))
    assert before < arrow < after


def test_a_date_beside_a_name_from_right_to_left_keeps_its_day(
    bare_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = ["file,published,actor"]
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(f"{ARABIC[0]} {ARABIC[number - 1]} {number}.", encoding="utf-8")
        rows.append(f"{number}.txt,203{number}-05-12,{ARABIC[1]}")
    (tmp_path / "metadata.csv").write_text("\n".join(rows), encoding="utf-8")
    library = Library.create(tmp_path / "Library")
    for _ in library.import_paths([tmp_path / "1.txt", tmp_path / "2.txt"], metadata=tmp_path / "metadata.csv", jobs=1):
        pass
    bare_window.set_library(library)
    pane = bare_window.show_pane("compare")
    assert isinstance(pane, ComparePane)
    bare_window.compare_documents(library.document_ids())
    until(qtbot, lambda: pane.comparison is not None)
    order = visually(pane.title.full)
    places = [order.index(pane.title.full.index(part)) for part in ("12 May 2031", "May 2031", "→", "12 May 2032")]
    assert places == sorted(places)


def test_the_copied_redline_names_both_sources_with_their_dates(pane: ComparePane) -> None:
    pane.copy()
    text = QApplication.clipboard().text()
    struck, underlined = (next(one for one in text.split("\n\n") if one.startswith(start))
                          for start in ("Struck through: ", "Underlined: "))  # fmt: skip
    assert "2031-05-12" in struck and "2032-05-12" in underlined and TITLE in struck
    pane.minor.setChecked(False)
    pane.copy()
    assert "[-council-]{+Council+}" not in QApplication.clipboard().text()
    assert "[-will-]{+may+}" in QApplication.clipboard().text()


def test_no_line_of_the_summary_is_cut(pane: ComparePane, qtbot: QtBot) -> None:
    side = pane.side.summary
    words = "Wording: “a harbour of stone” → “a harbour of wood and sand that nobody wanted”"
    for count in range(10, len(words)):
        side.addItem(words[:count])
    pane.grab()  # lays the rows out
    room = side.viewport().width() - 16  # without the padding of the style
    for row in range(side.count()):
        item = side.item(row)
        needed = side.fontMetrics().boundingRect(0, 0, room - 6, 9999, Qt.TextFlag.TextWordWrap, item.text()).height()
        assert side.visualItemRect(item).height() >= needed + 12, item.text()


def test_an_export_is_offered_the_compared_statements_but_no_whole_documents(
    bare_window: MainWindow, pane: ComparePane, texts: Library, qtbot: QtBot
) -> None:
    assert pane.shown_statements() is None
    ids = texts.statement_ids()[:2]
    pane.show_statements(ids)
    until(qtbot, lambda: pane.loaded is not None and pane.loaded.items[0].statement is not None)
    offered = pane.shown_statements()
    assert offered is not None and sorted(offered[2]()) == sorted(ids)
    assert offered[0] == f"The compared statements ({len(ids)})"
