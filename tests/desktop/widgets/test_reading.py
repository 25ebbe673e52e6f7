"""The reading view: marks lie exactly on their words, also after characters beyond the basic plane."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.reading import Mark, ReadingView
from index.model import Span

TEXT = "😀 The ferry 𝄞 talks.\r\rMira Olanda said: «Мы ждём», “Սպասում ենք”.\u2028The end.\ufdd0x"


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_marks_select_their_words_whatever_stands_before(qtbot: QtBot, theme: Theme) -> None:
    view = ReadingView(theme, "Text")
    qtbot.addWidget(view)
    view.set_text(TEXT)
    words = ["ferry", "talks", "Mira Olanda", "Мы ждём", "Սպասում ենք", "The end", "x"]
    view.set_marks([Mark(span_of(word), "content") for word in words])
    assert [selection.cursor.selectedText() for selection in view.extraSelections()] == words


def test_the_shown_text_has_a_place_for_each_place_of_the_document(qtbot: QtBot, theme: Theme) -> None:
    view = ReadingView(theme, "Text")
    qtbot.addWidget(view)
    view.set_text(TEXT)
    assert view.document().characterCount() - 1 == len(TEXT.encode("utf-16-le")) // 2


def test_a_selection_comes_back_as_a_span_without_white_space(qtbot: QtBot, theme: Theme) -> None:
    view = ReadingView(theme, "Text")
    qtbot.addWidget(view)
    view.set_text(TEXT)
    view.set_marks([Mark(Span(span_of("ferry").start - 1, span_of("ferry").end + 1), "content")])
    selections = view.extraSelections()
    view.setTextCursor(selections[0].cursor)
    assert view.selected_span() == span_of("ferry")


def test_showing_a_place_brings_it_into_view(qtbot: QtBot, theme: Theme) -> None:
    view = ReadingView(theme, "Text")
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    text = "A line of text.\n" * 400 + "Here it is.\n" + "More.\n" * 200
    view.set_text(text)
    span = Span(text.index("Here"), text.index("Here") + 4)
    assert not view.is_visible(span)
    view.show_span(span)
    assert view.is_visible(span)
    assert view.textCursor().selectedText() == ""


def test_copying_gives_the_words_of_the_document(qtbot: QtBot, theme: Theme) -> None:
    view = ReadingView(theme, "Text")
    qtbot.addWidget(view)
    view.set_text("a\x00b\u202ec")
    view.selectAll()
    assert view.createMimeDataFromSelection().text() == "a\x00b\u202ec"
