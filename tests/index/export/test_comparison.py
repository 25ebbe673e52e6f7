"""A comparison as a file: strike and underline are there without any colour, and the citations with it."""

from __future__ import annotations

import io
import re

from index.compare import compare
from index.export.comparison import Source, counted, docx_bytes, html_bytes, redline_html, redline_plain, told

LEFT = "The council <of Orm> will sign in 2029. Nobody asked us & we said so."
RIGHT = "The council <of Orm> may sign in 2031. Nobody asked us & we said so."
CITED = "Ada (envoy), 2029; Strait News, paragraph 2 [1:1]"
SOURCES = [Source("Ada, 2029", CITED, "direct speech"), Source("Ada, 2031", "b")]


def test_rich_text_says_strike_and_underline_as_elements_and_as_style() -> None:
    html = redline_html(compare(LEFT, RIGHT))
    assert re.search(r'<s><span style="[^"]*line-through[^"]*">will</span></s>', html)
    assert re.search(r'<u><span style="[^"]*underline[^"]*">may</span></u>', html)
    assert "&lt;of Orm&gt;" in html and "us &amp; we" in html


def test_plain_text_has_marks_for_what_changed() -> None:
    assert "council <of Orm> [-will-]{+may+} sign in [-2029-]{+2031+}." in redline_plain(compare(LEFT, RIGHT))


def test_the_page_holds_citations_summary_and_both_texts() -> None:
    comparison = compare(LEFT, RIGHT)
    page = html_bytes("Orm: comparison", SOURCES, [comparison]).decode()
    for text in ("Strait News, paragraph 2", "direct speech", counted(comparison), *map(told, comparison.summary)):
        assert text in page
    assert "<script" not in page


def test_the_word_processor_file_keeps_strike_and_underline() -> None:
    from docx import Document

    made = Document(io.BytesIO(docx_bytes("Orm", SOURCES, [compare(LEFT, RIGHT)])))
    runs = [run for paragraph in made.paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.font.strike] == ["will", "2029"]
    assert [run.text for run in runs if run.font.underline] == ["may", "2031"]


def test_likeness_is_never_rounded_up_to_all() -> None:
    text = "word " * 500
    assert "99 % alike" in counted(compare(text + "one", text + "two"))
