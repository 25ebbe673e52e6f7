"""The picture: a mark and its tick mean the same, text stays text, and PNG shows what SVG says."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from index.model import Code, Issue, Position, Span, Statement, Timeline, When
from index.plot import write_plot
from index.plot.captions import caption
from index.plot.layout import cut, text_width, wrapped
from index.plot.palette import COLOURS, SHAPES, colour, outline, shape
from index.plot.svg import svg
from index.plot.table import table_csv
from index.positions.timeline import timeline
from index.problems import Problem

SVG = "{http://www.w3.org/2000/svg}"
ISSUE = Issue(7, "The treaty", "against the treaty", "for the treaty", question="Does the speaker support it?")
# Five points whose places are known: a day that is a tick, and a score that is a tick.
KNOWN = [(date(2030, 1, 1), -2.0), (date(2031, 1, 1), -1.0), (date(2032, 1, 1), 0.0), (date(2033, 1, 1), 1.0),
         (date(2034, 1, 1), 2.0)]  # fmt: skip


def statement(k: int, day: date | None, actor: str = "Mira Olanda", actor_id: int = 1, text: str = "t") -> Statement:
    when = When(day, day) if day else None
    return Statement(id=k, document_id=1, number=k, kind="direct", content=(Span(0, 1),), text=text, actor_id=actor_id,
                     actor=actor, when=when)  # fmt: skip


def axis(page: ET.Element) -> dict[float, float]:
    """Where each number of the score axis has its line; the text's base line lies 4.5 below it."""
    texts = [t.attrib for t in page.iter(f"{SVG}text")]
    return {float(t["data-score"]): float(t["y"]) - 4.5 for t in texts if "data-score" in t}


def known() -> Timeline:
    rows = [statement(k, day) for k, (day, _) in enumerate(KNOWN, 1)]
    return timeline(ISSUE, rows, [Code(k, k, 7, 1, score) for k, (_, score) in enumerate(KNOWN, 1)])


def drawn(found: Timeline, **options: object) -> ET.Element:
    return ET.fromstring(svg(found, **options))  # type: ignore[arg-type]


def many(actors: int) -> Timeline:
    rows = [statement(k, date(2030, 1, 1) + timedelta(40 * k), f"Actor {k % actors}", k % actors) for k in range(60)]
    return timeline(ISSUE, rows, [Code(k, k, 7, 1, float(k % 5 - 2)) for k in range(60)])


@pytest.mark.parametrize("lanes", [False, True])
def test_ticks_and_marks_agree_within_a_pixel(lanes: bool) -> None:
    page = drawn(known(), lanes=lanes)
    days = {t.attrib["data-day"]: float(t.attrib["x"]) for t in page.iter(f"{SVG}text") if "data-day" in t.attrib}
    scores = axis(page)
    marks = {int(c.attrib["data-statement"]): c for c in page.iter(f"{SVG}circle") if "data-statement" in c.attrib}
    assert len(marks) == 5
    agreed = 0
    for k, (day, score) in enumerate(KNOWN, 1):
        mark = marks[k]
        if day.isoformat() in days:
            assert abs(float(mark.attrib["cx"]) - days[day.isoformat()]) <= 1
            agreed += 1
        if score in scores:
            assert abs(float(mark.attrib["cy"]) - scores[score]) <= 1
            agreed += 1
    assert agreed >= 6


def test_means_stand_where_the_axis_says() -> None:
    page = drawn(known())
    scores = axis(page)
    means = [c for c in page.iter(f"{SVG}circle") if "data-mean" in c.attrib]
    assert len(means) == 5
    for mean in means:
        assert abs(float(mean.attrib["cy"]) - scores[float(mean.attrib["data-mean"])]) <= 1


def test_text_is_text_in_any_script_and_nothing_of_it_is_markup() -> None:
    issue = Issue(7, "Մտնել & <դուրս>", "դուրս", "внутри", question="«Где» \x00 they stand?")
    rows = [statement(1, date(2030, 1, 1), "Հայաստան"), statement(2, date(2031, 1, 1), "Россия <b>", 2)]
    source = svg(timeline(issue, rows, [Code(1, 1, 7, 1, 1.0), Code(2, 2, 7, 1, -1.0)]), names={1: rows[0]})
    texts = " ".join("".join(t.itertext()) for t in ET.fromstring(source).iter(f"{SVG}text"))
    for words in ("Մտնել & <դուրս>", "Հայաստան", "Россия <b>", "внутри", "«Где»"):
        assert words in texts
    assert "<image" not in source


def test_poles_counts_question_and_n_are_in_the_picture() -> None:
    texts = " ".join("".join(t.itertext()) for t in drawn(known()).iter(f"{SVG}text"))
    for words in ("for the", "against", "Does the speaker support it?", "5 coded", "(n = 5)", "definition 1"):
        assert words in texts


def test_up_to_four_actors_share_a_frame_and_more_have_lanes() -> None:
    def frames(page: ET.Element) -> int:
        return len([r for r in page.iter(f"{SVG}rect") if r.attrib.get("fill") == "none"])

    assert frames(drawn(many(4))) == 1
    assert frames(drawn(many(6))) == 6
    assert frames(drawn(many(4), lanes=True)) == 4
    assert frames(drawn(many(6), lanes=False)) == 1


def test_every_actor_has_a_colour_and_a_shape_of_its_own() -> None:
    assert "#F0E442" not in COLOURS
    looks = [(colour(k), shape(k)) for k in range(len(SHAPES))]
    assert len(set(looks)) == len({c for c, _ in looks}) == len({s for _, s in looks}) == 7
    assert colour(7) == colour(20) not in COLOURS
    for name in SHAPES[1:]:
        assert 2 < max(abs(x) for x, _ in outline(name, 4)) < 8


def test_indicators_are_open_grey_diamonds_with_an_entry_in_the_legend() -> None:
    rows = [statement(1, date(2030, 1, 1)), statement(2, date(2031, 1, 1))]
    extra = [Position(2, 7, 1, rows[1].when, 1.0, method="dictionary", status="suggested")]
    page = drawn(timeline(ISSUE, rows, [Code(1, 1, 7, 1, 1.0)], extra=extra))
    diamonds = [p for p in page.iter(f"{SVG}polygon") if p.attrib.get("data-statement") == "2"]
    assert [p.attrib["fill"] for p in diamonds] == ["none"]
    assert "text indicator" in [t.text for t in page.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("rows", "codes", "words"),
    [([], [], "nothing to show"), ([statement(1, date(2030, 1, 1))], [], "No statement has been coded"),
     ([statement(1, None)], [Code(1, 1, 7, 1, 1.0)], "known date")],
)  # fmt: skip
def test_an_empty_picture_says_why(rows: list[Statement], codes: list[Code], words: str) -> None:
    found = timeline(ISSUE, rows, codes)
    assert words in " ".join(caption(found))
    assert words in "".join("".join(t.itertext()) + " " for t in drawn(found).iter(f"{SVG}text"))


def test_very_many_actors_are_cut_off_and_that_is_said() -> None:
    rows = [statement(k, date(2030, 1, 1), f"Actor {k}", k) for k in range(1, 60)]
    found = timeline(None, rows)
    page = drawn(found)
    assert float(page.attrib["height"]) < 1600
    assert "the table has all" in " ".join(caption(found))


def test_files_are_written_by_their_ending(tmp_path: Path) -> None:
    write_plot(known(), tmp_path / "a.svg")
    write_plot(known(), tmp_path / "a.PNG")
    write_plot(known(), tmp_path / "a.csv")
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")
    assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(Problem, match=r"not as \.gif"):
        write_plot(known(), tmp_path / "a.gif")
    with pytest.raises(Problem) as missing:
        write_plot(known(), tmp_path / "no folder" / "a.svg")
    assert missing.value.code == "unwritable"


def test_the_png_has_the_marks_where_the_svg_says(tmp_path: Path) -> None:
    QImage = pytest.importorskip("PySide6.QtGui").QImage
    found = known()
    write_plot(found, tmp_path / "a.png")
    image = QImage(str(tmp_path / "a.png"))
    page = drawn(found)
    assert (image.width(), image.height()) == (2 * float(page.attrib["width"]), 2 * round(float(page.attrib["height"])))
    for mean in [c for c in page.iter(f"{SVG}circle") if "data-mean" in c.attrib]:
        x, y = 2 * float(mean.attrib["cx"]), 2 * float(mean.attrib["cy"])
        # Hollow marks (n = 1): the ring is coloured 12 pixels off, the paper begins outside of it.
        assert image.pixelColor(round(x) - 12, round(y)).name().upper() == COLOURS[0]
        assert image.pixelColor(round(x) - 18, round(y)).name().upper() != COLOURS[0]


def test_the_table_holds_what_the_picture_shows_and_no_live_formula() -> None:
    rows = [statement(1, date(2030, 1, 1), "=cmd", text="+1\n2"), statement(2, date(2031, 1, 1), "=cmd")]
    found = timeline(ISSUE, rows, [Code(1, 1, 7, 1, 1.5)])
    text = table_csv(found, {row.id: row for row in rows})
    lines = text.split("\r\n")
    head = next(k for k, line in enumerate(lines) if not line.startswith("#"))
    assert any("Does the speaker" in line for line in lines[:head])
    table = list(csv.DictReader(io.StringIO("\r\n".join(lines[head:]))))
    assert [(row["statement"], row["score"], row["status"], row["said"]) for row in table] == [
        ("1", "1.5", "accepted", "2030-01-01"), ("2", "", "uncoded", "2031-01-01")
    ]  # fmt: skip
    assert table[0]["actor"] == "'=cmd"
    assert table[0]["text"] == "'+1\n2"


def test_a_date_that_is_open_is_never_shown_as_a_day() -> None:
    row = replace(statement(1, date(2030, 3, 13)), when=When(None, date(2030, 3, 13)))
    found = timeline(ISSUE, [row], [Code(1, 1, 7, 1, 1.0)])
    page = drawn(found)
    assert "that day or before" in [t.text for t in page.iter(f"{SVG}text")]
    assert list(page.iter(f"{SVG}path"))
    line = table_csv(found, {}).splitlines()[-1]
    assert "../2030-03-13" in line and ",,2030-03-13," in line
    assert not list(drawn(known()).iter(f"{SVG}path"))


def test_long_words_are_cut_and_wrapped_within_their_room() -> None:
    assert text_width(cut("a very long name of an actor", 60)) <= 60
    assert all(text_width(line) <= 80 for line in wrapped("supercalifragilistic and some more words", 80))
    assert cut("short", 500) == "short"


def test_labels_at_the_line_ends_do_not_overlap() -> None:
    rows = [statement(k, date(2030, 1, k), f"Actor {k % 4}", k % 4) for k in range(1, 25)]
    page = drawn(timeline(ISSUE, rows, [Code(k, k, 7, 1, 0.0) for k in range(1, 25)]))
    ends = [float(t.attrib["y"]) for t in page.iter(f"{SVG}text") if re.search(r"\(n = \d+\)$", t.text or "")]
    assert len(ends) == 4
    ends.sort()
    assert all(b - a >= 14 for a, b in pairwise(ends))
