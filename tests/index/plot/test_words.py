"""Small words stand where they can be read: inside the frame, beside their marks, not on each other, lines or marks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise

import pytest

from index.model import Code, Issue, Span, Statement, Timeline, When
from index.plot.svg import svg
from index.plot.words import Box, Paper, words
from index.positions.timeline import timeline

ISSUE = Issue(7, "The treaty", "against", "for")
SVG = "{http://www.w3.org/2000/svg}"


def statement(k: int, day: date) -> Statement:
    return Statement(id=k, document_id=1, number=k, kind="direct", content=(Span(0, 1),), text="t", actor_id=1,
                     actor="Mira Olanda", when=When(day, day))  # fmt: skip


def at(scores: list[float], step: int = 400) -> Timeline:
    """One actor with a code every so many days."""
    rows = [statement(k, date(2030, 1, 1) + timedelta(step * k)) for k in range(1, len(scores) + 1)]
    return timeline(ISSUE, rows, [Code(k, k, 7, 1, score) for k, score in enumerate(scores, 1)])


def paper(found: Timeline, height: float = 110) -> Paper:
    room = max(found.end - found.start, 1)
    return Paper(
        Box(0, 0, 900, height), lambda x: 20 + 860 * (x - found.start) / room, lambda y: 8 + (2 - y) / 4 * (height - 22),
        lambda text: (7.0 * len(text), 13.0), lambda lane: {}, 18,
    )  # fmt: skip


@pytest.mark.parametrize("scores", [[2, 2, 2, 2], [-2, -2, -2], [-2, 2, -2, 2], [2, -1, 2, 0, -2]])
def test_every_n_is_in_the_frame_and_on_nothing_even_at_the_poles(scores: list[float]) -> None:
    found = at(scores)
    page = paper(found)
    shown = [word for word in words(found, found.lanes, page) if word.kind == "n"]
    assert [word.text for word in shown] == ["1"] * len(scores)
    for word, mean in zip(shown, found.lanes[0].means, strict=True):
        assert page.frame.holds(word.box) and word.free
        assert abs((word.box.left + word.box.right) / 2 - page.x(mean.x)) < 25
        assert abs((word.box.top + word.box.bottom) / 2 - page.y(mean.estimate.mean)) < 25


def test_the_date_of_a_first_move_lies_on_no_line() -> None:
    found = at([-2, -1, 2, 2, -2, -2])
    page = paper(found)
    dates = [word for word in words(found, found.lanes, page) if word.kind == "turn"]
    assert [bool(re.fullmatch(r"20\d\d-\d\d", word.text)) for word in dates] == [True] * 2
    means = found.lanes[0].means
    for word in dates:
        assert word.free
        for one, other in pairwise(means):
            line = (page.x(one.x), page.y(one.estimate.mean), page.x(other.x), page.y(other.estimate.mean))
            assert not word.box.crossed(line)


def test_words_never_lie_on_each_other_where_there_is_room() -> None:
    found = at([2, 1, 2, 1, 2, -2, 2, -2], step=200)
    boxes = [word.box for word in words(found, found.lanes, paper(found, 400))]
    assert len(boxes) > 4
    assert not any(one.meets(other) for k, one in enumerate(boxes) for other in boxes[:k])


def test_a_mark_outside_the_frame_has_no_word() -> None:
    found = at([1, 1, 1])
    page = paper(found)
    narrow = Paper(page.frame, lambda x: page.x(x) - 500, page.y, page.size, page.spots, page.arrow)
    assert len(words(found, found.lanes, narrow)) < 3


@pytest.mark.parametrize("line", [(0, 5, 20, 5), (5, 0, 5, 20), (0, 0, 10, 10), (4, 4, 6, 6)])
def test_a_box_knows_what_crosses_it(line: tuple[float, float, float, float]) -> None:
    assert Box(3, 3, 7, 7).crossed(line)
    assert not Box(30, 3, 37, 7).crossed(line)


def test_the_picture_has_n_beside_every_thin_mean_within_its_frame() -> None:
    page = ET.fromstring(svg(at([2, -2, 2]), lanes=True))
    frame = next(r.attrib for r in page.iter(f"{SVG}rect") if r.attrib.get("fill") == "none")
    top, bottom = float(frame["y"]), float(frame["y"]) + float(frame["height"])
    left, right = float(frame["x"]), float(frame["x"]) + float(frame["width"])
    numbers = [t.attrib for t in page.iter(f"{SVG}text") if t.attrib.get("data-word") == "n"]
    assert len(numbers) == 3
    assert all(top < float(n["y"]) < bottom and left < float(n["x"]) < right for n in numbers)


def test_uncoded_ticks_stand_below_the_low_pole_however_many_actors_share_a_frame() -> None:
    rows = [statement(k, date(2030, 1, k)) for k in range(1, 25)]
    several = [
        Statement(id=r.id, document_id=1, number=r.number, kind="direct", content=r.content, text="t",
                  actor_id=k % 8 + 1, actor=f"Actor {k % 8}", when=r.when) for k, r in enumerate(rows)
    ]  # fmt: skip
    page = ET.fromstring(svg(timeline(ISSUE, several, [Code(k, k, 7, 1, -2.0) for k in range(1, 9)]), lanes=False))
    pole = next(float(t.attrib["y"]) - 4.5 for t in page.iter(f"{SVG}text") if t.attrib.get("data-score") == "-2")
    ticks = [line.attrib for line in page.iter(f"{SVG}line") if "data-statement" in line.attrib]
    assert len(ticks) == 16
    assert all(min(float(tick["y1"]), float(tick["y2"])) > pole + 3 for tick in ticks)
