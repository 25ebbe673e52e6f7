"""The plot on the screen and on paper: marks stand at their ticks, presses find them, exports show the same."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
from PySide6.QtCore import QCoreApplication, QPointF, QSize, Qt, QTranslator
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.timeline_axes import Look
from desktop.widgets.timeline_drawing import Lines, Words, thicken
from desktop.widgets.timeline_export import page_of, printed, write_picture
from desktop.widgets.timeline_plot import TimelinePlot
from index.model import Code, Issue, Position, Span, Statement, Timeline, When
from index.positions.timeline import timeline
from index.problems import Problem

ISSUE = Issue(7, "The treaty & <peace>", "against the treaty", "for the treaty", question="For or against?")
KNOWN = [(date(2030, 1, 1), -2.0), (date(2031, 1, 1), -1.0), (date(2032, 1, 1), 0.0), (date(2033, 1, 1), 1.0),
         (date(2034, 1, 1), 2.0)]  # fmt: skip


def statement(k: int, day: date, actor: int = 1, name: str = "Mira Olanda", last: date | None = None) -> Statement:
    return Statement(id=k, document_id=1, number=k, kind="direct", content=(Span(0, 1),), text=f"t{k}", actor_id=actor,
                     actor=name, when=When(day, last or day))  # fmt: skip


def known(name: str = "Mira Olanda") -> Timeline:
    rows = [statement(k, day, name=name) for k, (day, _) in enumerate(KNOWN, 1)]
    return timeline(ISSUE, rows, [Code(k, k, 7, 1, score) for k, (_, score) in enumerate(KNOWN, 1)], period=1)


def many(n: int = 60, actors: int = 3) -> Timeline:
    chance = random.Random(1)
    rows = [statement(k, date(2030, 1, 1) + timedelta(chance.randrange(2000)), k % actors, f"Actor {k % actors}")
            for k in range(1, n + 1)]  # fmt: skip
    return timeline(ISSUE, rows, [Code(k, k, 7, 1, float(k % 5 - 2)) for k in range(1, n, 2)])


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme) -> Iterator[TimelinePlot]:
    made = TimelinePlot(theme)
    qtbot.addWidget(made)
    made.resize(900, 460)
    made.show()
    qtbot.waitExposed(made)
    yield made


def settle(qtbot: QtBot, plot: TimelinePlot, found: Timeline, lanes: bool | None = None) -> None:
    plot.show_timeline(found, lanes)
    qtbot.wait(20)
    plot.grab()


def test_marks_stand_at_the_ticks_of_both_axes(qtbot: QtBot, plot: TimelinePlot) -> None:
    settle(qtbot, plot, known())
    box, item = plot.boxes[0], plot.boxes[0].parentItem()
    dates, scores = item.getAxis("bottom"), item.getAxis("left")
    by_day = {tick.day: dates.mapToScene(QPointF(dates.at(x), 0)).x() for x, tick in dates.ticks()}
    by_score = {score: scores.mapToScene(QPointF(0, scores.at(score))).y() for score in scores.ticks()}
    assert len(by_day) >= 4 and len(by_score) == 5
    for k, (day, score) in enumerate(KNOWN, 1):
        place = plot.pixel_of(k)
        assert place is not None
        assert abs(place.y() - by_score[score]) <= 1
        if day in by_day:
            assert abs(place.x() - by_day[day]) <= 1
    assert box.sceneBoundingRect().contains(plot.pixel_of(3) or QPointF())


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_png_marks_are_where_the_axes_say(qtbot: QtBot, plot: TimelinePlot, tmp_path: Path, scale: float) -> None:
    settle(qtbot, plot, known())
    out = tmp_path / "a.png"
    write_picture(plot, out, scale)
    image = QImage(str(out))
    copy = printed(plot)
    page = page_of(copy, known())
    assert image.size() == page.size * scale
    colour = Look(plot.theme, "light").actor(0)[0]

    def inked(x: float, y: float) -> bool:
        """Nearer to the actor's colour than to white or to the grey of the grid."""
        seen = image.pixelColor(round(x), round(y))
        pairs = zip(seen.getRgb()[:3], colour.getRgb()[:3], strict=True)
        return sum(abs(a - b) for a, b in pairs) < 200

    for k in range(1, 6):
        place = copy.pixel_of(k)
        assert place is not None
        x, y = place.x() * scale, (place.y() + page.plot.top()) * scale
        reach = round(10 * scale)
        across = [dx for dx in range(-reach, reach + 1) if inked(x + dx, y)]
        assert across, k
        assert abs(min(across) + max(across)) / 2 <= scale  # centred within a pixel of the screen
    copy.deleteLater()


SVG = "{http://www.w3.org/2000/svg}"


def test_svg_ticks_and_marks_agree_within_a_pixel_and_text_is_text(
    qtbot: QtBot, plot: TimelinePlot, tmp_path: Path
) -> None:
    settle(qtbot, plot, known("Հայաստան и Россия"))
    out = tmp_path / "a.svg"
    write_picture(plot, out)
    root = ET.fromstring(out.read_text(encoding="utf-8"))
    words = " ".join(_texts(root))
    assert "The treaty & <peace>" in words and "Հայաստան и Россия" in words and "5 coded" in words
    assert not list(root.iter(f"{SVG}image"))
    assert "vector-effect" not in out.read_text(encoding="utf-8")  # few programs know it: lines become as wide as lanes
    days = {t.attrib["data-day"]: float(t.attrib["x"]) for t in root.iter(f"{SVG}text") if "data-day" in t.attrib}
    marks = {int(c.attrib["data-statement"]): float(c.attrib["cx"]) for c in root.iter(f"{SVG}circle")
             if "data-statement" in c.attrib}  # fmt: skip
    agreed = [abs(marks[k] - days[day.isoformat()]) for k, (day, _) in enumerate(KNOWN, 1) if day.isoformat() in days]
    assert len(agreed) >= 2 and max(agreed) <= 1


def test_svg_shows_the_days_of_the_screen_and_cuts_off_what_lies_beyond(
    qtbot: QtBot, plot: TimelinePlot, tmp_path: Path
) -> None:
    settle(qtbot, plot, known())
    assert plot.timeline is not None
    plot.show_days(plot.timeline.x(date(2030, 7, 1)), plot.timeline.x(date(2033, 7, 1)))
    write_picture(plot, tmp_path / "a.svg")
    root = ET.fromstring((tmp_path / "a.svg").read_text(encoding="utf-8"))
    days = sorted(t.attrib["data-day"] for t in root.iter(f"{SVG}text") if "data-day" in t.attrib)
    assert days and days[0] >= "2030-07-01" and days[-1] <= "2033-07-01"
    clip = next(root.iter(f"{SVG}clipPath"))
    rect = clip[0].attrib
    left, right = float(rect["x"]), float(rect["x"]) + float(rect["width"])
    group = next(g for g in root.iter(f"{SVG}g") if g.attrib.get("clip-path") == f"url(#{clip.attrib['id']})")
    marks = [float(c.attrib["cx"]) for c in group.iter(f"{SVG}circle") if "data-statement" in c.attrib]
    assert [left <= x <= right for x in sorted(marks)] == [False, True, True, True, False]
    copy = printed(plot)
    for said in (" ".join(_texts(root)), " ".join(page_of(copy, plot.timeline).lines)):
        assert "Shown are the days from 2030-07-01 to 2033-07-01" in said
    copy.deleteLater()
    plot.fit()
    write_picture(plot, tmp_path / "a.svg")
    assert "Shown are" not in " ".join(_texts(ET.parse(tmp_path / "a.svg").getroot()))


def _texts(root: ET.Element) -> list[str]:
    return ["".join(node.itertext()).strip() for node in root.iter(f"{SVG}text")]


def test_pdf_is_one_page_of_vectors(qtbot: QtBot, plot: TimelinePlot, tmp_path: Path) -> None:
    settle(qtbot, plot, known())
    write_picture(plot, tmp_path / "a.pdf")
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(str(tmp_path / "a.pdf"))
    page = document[0]
    text = page.get_textpage().get_text_range()
    assert len(document) == 1
    assert "2031" in text and "for the" in text
    width, height = page.get_size()
    expected = page_of(plot, known()).size
    assert abs(width / height - expected.width() / expected.height()) < 0.01
    document.close()


def test_what_cannot_be_written_is_a_problem(qtbot: QtBot, plot: TimelinePlot, tmp_path: Path) -> None:
    with pytest.raises(Problem):
        write_picture(plot, tmp_path / "a.svg")
    settle(qtbot, plot, known())
    for name in ("no folder/a.svg", "no folder/a.png"):
        with pytest.raises(Problem) as found:
            write_picture(plot, tmp_path / name)
        assert found.value.code == "unwritable"
    with pytest.raises(Problem):
        write_picture(plot, tmp_path / "a.gif")


def test_a_press_on_a_mark_tells_its_statement(qtbot: QtBot, plot: TimelinePlot) -> None:
    settle(qtbot, plot, known())
    place = plot.pixel_of(4)
    assert place is not None
    assert plot.mark_at(place + QPointF(3, 2)) == 4
    assert plot.mark_at(place + QPointF(40, 40)) == -1
    with qtbot.waitSignal(plot.pressed) as told:
        qtbot.mouseClick(plot.view.viewport(), Qt.MouseButton.LeftButton, pos=plot.view.mapFromScene(place))
    assert told.args == [4]


def test_keys_go_from_mark_to_mark_and_enter_opens(qtbot: QtBot, plot: TimelinePlot) -> None:
    settle(qtbot, plot, known())
    seen: list[int] = []
    plot.current_changed.connect(seen.append)
    for _ in range(3):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert seen == [1, 2, 3, 2]
    with qtbot.waitSignal(plot.pressed) as told:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert told.args == [2]
    before = plot.days()
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.days()[1] - plot.days()[0] < before[1] - before[0]
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert plot.days() == pytest.approx(before, abs=1)


def test_brushed_days_name_their_statements_and_a_third_range_starts_anew(qtbot: QtBot, plot: TimelinePlot) -> None:
    found = known()
    settle(qtbot, plot, found)
    plot.brush(found.x(date(2030, 6, 1)), found.x(date(2032, 6, 1)), False)
    plot.brush(found.x(date(2032, 6, 1)), found.x(date(2030, 6, 1)), True)
    assert [plot.ids_between(*pair) for pair in plot.ranges] == [[2, 3]]
    plot.brush(found.x(date(2033, 12, 1)), found.x(date(2034, 2, 1)), True)
    assert [plot.ids_between(*pair) for pair in plot.ranges] == [[2, 3], [5]]
    plot.brush(0.0, 10.0, True)
    assert len(plot.ranges) == 1
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.ranges == []


def test_more_than_four_actors_have_lanes_and_a_choice_overrules(qtbot: QtBot, plot: TimelinePlot) -> None:
    settle(qtbot, plot, many(60, 4))
    assert len(plot.boxes) == 1
    settle(qtbot, plot, many(60, 6))
    assert len(plot.boxes) == 6
    settle(qtbot, plot, many(60, 6), lanes=False)
    assert len(plot.boxes) == 1
    settle(qtbot, plot, many(60, 3), lanes=True)
    assert len(plot.boxes) == 3
    plot.show_days(100, 400)
    assert all(box.viewRange()[0] == pytest.approx([100, 400]) for box in plot.boxes)


def test_drawing_anew_stays_at_the_same_days(qtbot: QtBot, plot: TimelinePlot) -> None:
    settle(qtbot, plot, many())
    plot.show_days(200, 500)
    plot.show_timeline(many(), keep_view=True)
    assert plot.days() == pytest.approx((200, 500))
    plot.theme.wear("dark")
    plot.wear()
    assert plot.days() == pytest.approx((200, 500))


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("scale", [100, 200])
def test_the_plot_is_drawn_in_both_themes_and_sizes(
    qtbot: QtBot, plot: TimelinePlot, look: str, scale: int
) -> None:
    plot.theme.settings["text_size"] = scale
    plot.theme.wear(look)
    days = [date(2030, 1, 1) + timedelta(40 * k) for k in range(50)]
    rows = [statement(k, days[k], k % 2, f"Actor {k % 2}", days[k] + timedelta(31)) for k in range(1, 50)]
    extra = [Position(3, 7, 1, rows[2].when, 1.5, method="dictionary", status="suggested")]
    codes = [Code(k, k, 7, 1, float(k % 5 - 2)) for k in range(1, 45)]
    summit = (When(date(2031, 1, 1), date(2031, 3, 1)), "Summit")
    settle(qtbot, plot, timeline(ISSUE, rows, codes, extra=extra, events=[summit], phrases=["t7"]))
    image = plot.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert Look(plot.theme).actor(0)[0].name() in colours
    assert plot.theme["base"].name() in colours
    assert len(colours) > 10


def test_nothing_to_draw_is_an_empty_frame(qtbot: QtBot, plot: TimelinePlot) -> None:
    settle(qtbot, plot, timeline(ISSUE, [], []))
    assert plot.mark_at(QPointF(200, 200)) == -1
    settle(qtbot, plot, timeline(None, [statement(1, date(1848, 3, 1))]))
    place = plot.pixel_of(1)
    assert place is not None and plot.mark_at(place) == 1
    assert plot.grab().size() != QSize(0, 0)


def test_a_screen_reader_hears_the_caption(qtbot: QtBot, plot: TimelinePlot) -> None:
    settle(qtbot, plot, known())
    assert "5 coded" in plot.accessibleDescription()


def test_more_actors_than_there_is_room_for_are_turned_over_like_pages(qtbot: QtBot, plot: TimelinePlot) -> None:
    found = many(400, actors=40)
    settle(qtbot, plot, found)
    seen = [lane.actor_id for lane in plot.drawn(found)]
    assert plot.first == 0 and len(seen) == plot.most(found)
    days = plot.days()
    for _ in range(5):
        plot.turn(1)
        seen += [lane.actor_id for lane in plot.drawn(found)]
    assert set(seen) == {lane.actor_id for lane in found.lanes}
    assert plot.days() == pytest.approx(days)
    plot.turn(-9)
    assert plot.first == 0


def test_a_single_mark_far_off_does_not_squeeze_the_others(qtbot: QtBot, plot: TimelinePlot) -> None:
    rows = [statement(k, date(2030, 1, 1) + timedelta(5 * k)) for k in range(1, 150)]
    rows.append(statement(150, date(1805, 3, 1)))
    settle(qtbot, plot, timeline(ISSUE, rows, []))
    low, high = plot.days()
    assert high - low < 2000
    assert plot.outside()[0] >= 1
    plot.fit()
    assert plot.outside() == (0, 0)


def test_what_is_printed_are_the_lanes_that_were_turned_to(qtbot: QtBot, plot: TimelinePlot, tmp_path: Path) -> None:
    found = many(400, actors=40)
    settle(qtbot, plot, found)
    plot.turn(1)
    shown = [lane.actor for lane in plot.drawn(found)]
    copy = printed(plot)
    qtbot.addWidget(copy)
    assert [lane.actor for frame in copy.frames for lane in frame] == shown
    write_picture(plot, tmp_path / "a.svg")
    lanes = {text.rpartition(" (")[0] for text in _texts(ET.parse(tmp_path / "a.svg").getroot())}
    assert lanes & {lane.actor for lane in found.lanes} == set(shown)


def test_the_caption_names_the_lanes_that_are_drawn(qtbot: QtBot, plot: TimelinePlot) -> None:
    found = many(400, actors=40)
    settle(qtbot, plot, found)
    most = plot.most(found)
    assert f"Drawn are the {most} actors with most" in " ".join(page_of(plot, found).lines)
    plot.turn(1)
    assert f"Drawn are actors {most + 1} to {min(2 * most, 40)} of 40" in " ".join(page_of(plot, found).lines)
    assert f"actors {most + 1} to" in plot.accessibleDescription()
    settle(qtbot, plot, many(60, actors=most))
    assert "Drawn are" not in " ".join(page_of(plot, many(60, actors=most)).lines)


def test_thin_means_have_their_n_inside_the_frame_also_at_the_poles_and_when_zoomed(
    qtbot: QtBot, plot: TimelinePlot
) -> None:
    settle(qtbot, plot, known(), lanes=True)
    frame = plot.boxes[0].sceneBoundingRect()
    item = next(item for item in plot.boxes[0].childGroup.childItems() if isinstance(item, Words))
    found = item.found()
    assert [word.text for word in found if word.kind == "n"] == ["1"] * 5
    for word in found:
        assert frame.left() <= word.box.left and word.box.right <= frame.right()
        assert frame.top() <= word.box.top and word.box.bottom <= frame.bottom()
    plot.show_days(plot.timeline.x(date(2032, 6, 1)), plot.timeline.end + 30)  # type: ignore[union-attr]
    plot.grab()  # lays out what was asked for
    assert [word.text for word in item.found() if word.kind == "n"] == ["1"] * 2


def test_statements_without_a_code_are_seen_in_a_lane(qtbot: QtBot, plot: TimelinePlot) -> None:
    settle(qtbot, plot, many(40, actors=6))
    drawing, box = plot._drawings[0], plot.boxes[0]
    top, bottom = drawing._tick_rows(drawing.lanes[0])
    assert (top - bottom) / box.viewPixelSize()[1] >= 4
    assert drawing.heights()[0] < bottom < top < ISSUE.lowest


def test_marks_of_one_day_stay_together_where_one_actor_has_the_whole_page(qtbot: QtBot, plot: TimelinePlot) -> None:
    rows = [statement(k, date(2030, 1, 1)) for k in range(1, 6)]
    settle(qtbot, plot, timeline(None, rows))
    heights = [plot.pixel_of(k).y() for k in range(1, 6)]  # type: ignore[union-attr]
    assert max(heights) - min(heights) < 0.1 * plot.boxes[0].sceneBoundingRect().height()


def test_every_line_is_as_thick_in_a_fine_picture_as_on_the_screen(qtbot: QtBot, plot: TimelinePlot) -> None:
    rows = [statement(k, date(2030, 1, k)) for k in range(1, 6)]
    settle(qtbot, plot, timeline(ISSUE, rows, [Code(k, k, 7, 1, float(k % 3 - 1)) for k in range(1, 6)]))
    copy = printed(plot)
    lines = [item for item in copy.boxes[0].childGroup.childItems() if isinstance(item, Lines)]
    widths = [item.opts["pen"].widthF() for item in lines]
    assert widths  # the interval of the mean at least
    thicken(copy.boxes, 3.0)
    assert [item.opts["pen"].widthF() for item in lines] == [3 * width for width in widths]
    copy.deleteLater()


class Marked(QTranslator):
    """A language in which every text begins with a mark."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"¿{text}"


def test_the_caption_of_a_picture_is_in_the_language_of_the_screen(qtbot: QtBot, plot: TimelinePlot) -> None:
    settle(qtbot, plot, known())
    language = Marked()
    QCoreApplication.installTranslator(language)
    try:
        assert plot.timeline is not None
        copy = printed(plot)
        lines = " ".join(page_of(copy, plot.timeline).lines)
        copy.deleteLater()
    finally:
        QCoreApplication.removeTranslator(language)
    assert "¿Question: For or against?" in lines and "¿Small marks" in lines and "¿Mira Olanda: mean" in lines


def test_days_are_marked_by_key_alone_and_a_plain_key_ends_a_range(qtbot: QtBot, plot: TimelinePlot) -> None:
    settle(qtbot, plot, known())
    plot.setFocus()
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    for _ in range(2):
        qtbot.keyClick(plot, Qt.Key.Key_Right, shift)
    assert [plot.ids_between(*pair) for pair in plot.ranges] == [[1, 2, 3]]
    qtbot.keyClick(plot, Qt.Key.Key_Left, shift)
    assert [plot.ids_between(*pair) for pair in plot.ranges] == [[1, 2]]
    for _ in range(2):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Right, shift)
    assert [plot.ids_between(*pair) for pair in plot.ranges] == [[1, 2], [4, 5]]
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.ranges == []


class FinePlot(TimelinePlot):
    """A plot on a screen with twice as many pixels."""

    def devicePixelRatioF(self) -> float:
        return 2.0


def test_lines_are_as_thick_on_a_fine_screen_and_pictures_do_not_depend_on_it(
    qtbot: QtBot, plot: TimelinePlot, theme: Theme
) -> None:
    def widths(shown: TimelinePlot) -> list[float]:
        return [item.opts["pen"].widthF() for item in shown.boxes[0].childGroup.childItems() if isinstance(item, Lines)]

    rows = [statement(k, date(2030, 1, k)) for k in range(1, 6)]
    found = timeline(ISSUE, rows, [Code(k, k, 7, 1, float(k % 3 - 1)) for k in range(1, 6)])
    fine = FinePlot(theme)
    qtbot.addWidget(fine)
    fine.show()
    for shown in (plot, fine):
        settle(qtbot, shown, found)
    assert widths(fine) == [2 * width for width in widths(plot)]
    copies = [printed(plot), printed(fine)]
    assert widths(copies[0]) == widths(copies[1]) == widths(plot)
    for copy in copies:
        copy.deleteLater()
