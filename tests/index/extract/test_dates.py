"""Date expressions: found, resolved against publication, with a rule and a certainty. All texts are invented."""

from __future__ import annotations

import time
from datetime import date

import pytest

from index.extract.dates import date_expressions, dateline
from index.model import When

WEDNESDAY = When(date(2024, 11, 27), date(2024, 11, 27))


def found(text: str, published: When | None = WEDNESDAY) -> list[tuple[str, str]]:
    """The expressions of a text and their days."""
    return [(when.expression.of(text), when.edtf) for when in date_expressions(text, published) if when.expression]


@pytest.mark.parametrize(
    ("text", "expression", "days"),
    [
        ("The treaty was signed on March 14, 2023 in Norvik.", "March 14, 2023", "2023-03-14"),
        ("The treaty was signed on 27 November 2019 in Norvik.", "27 November 2019", "2019-11-27"),
        ("It entered into force on 2021-03-05 at noon.", "2021-03-05", "2021-03-05"),
        ("Signed 27.11.2019 in Norvik.", "27.11.2019", "2019-11-27"),
        ("The date on the stamp is 27/11/2019.", "27/11/2019", "2019-11-27"),
        ("The date on the stamp is 7/8/07.", "7/8/07", "2007-07-08"),
        ("The fleet sailed on the 3rd of May 1998.", "3rd of May 1998", "1998-05-03"),
        ("Talks run from March 14-16, 2023 in Norvik.", "March 14-16, 2023", "2023-03-14/2023-03-16"),
        ("Talks ran 28 February – 3 March 2023 in Norvik.", "28 February – 3 March 2023", "2023-02-28/2023-03-03"),
        ("In March 2023 the league was founded.", "March 2023", "2023-03"),
        ("The league was founded in 1998.", "1998", "1998"),
        ("The war of 2014-2018 ruined Norland.", "2014-2018", "2014-01-01/2018-12-31"),
        ("The war of 2014–18 ruined Norland.", "2014–18", "2014-01-01/2018-12-31"),
        ("In the 1990s nobody asked.", "1990s", "1990-01-01/1999-12-31"),
        ("In the late ’80s nobody asked.", "80s", "1980-01-01/1989-12-31"),
        ("In the 19th century nobody asked.", "19th century", "1801-01-01/1900-12-31"),
        ("Exports fell in the third quarter of 2022.", "third quarter of 2022", "2022-07-01/2022-09-30"),
        ("Exports fell in Q3 2022, the bank said.", "Q3 2022", "2022-07-01/2022-09-30"),
        ("Exports fell in the first half of 2022.", "first half of 2022", "2022-01-01/2022-06-30"),
        ("They met in the summer of 2021.", "summer of 2021", "2021-06-01/2021-08-31"),
        ("It was late 2006 when they met.", "late 2006", "2006-07-01/2006-12-31~"),
        ("On New Year’s Eve 2019 they met.", "New Year’s Eve 2019", "2019-12-31"),
        ("From Aug. 26 to Oct. 20, 2019 they met.", "Aug. 26 to Oct. 20, 2019", "2019-08-26/2019-10-20"),
    ],
)
def test_an_explicit_date_needs_no_publication_date(text: str, expression: str, days: str) -> None:
    assert (expression, days) in found(text)
    assert (expression, days) in found(text, None)


@pytest.mark.parametrize(
    ("text", "expression", "days"),
    [
        ("The envoy said on Tuesday that talks failed.", "Tuesday", "2024-11-26"),
        ("The envoy said Wednesday that talks failed.", "Wednesday", "2024-11-27"),
        ("The envoy said on Thursday that talks failed.", "Thursday", "2024-11-21"),
        ("A meeting is set for Thursday in Norvik.", "Thursday", "2024-11-28"),
        ("On Friday the council will vote on the treaty.", "Friday", "2024-11-29"),
        ("The council will vote on Friday.", "Friday", "2024-11-29"),
        ("On Monday, the court ruled that he will stay.", "Monday", "2024-11-25"),
        ("The envoy said on Monday that he will step down.", "Monday", "2024-11-25"),
        ("The border stays closed until Saturday.", "Saturday", "2024-11-30"),
        ("He waited until Tuesday to answer.", "Tuesday", "2024-11-26"),
        ("They have until 9 a.m. Friday to answer.", "Friday", "2024-11-29"),
        ("The council meets on Friday in Norvik.", "Friday", "2024-11-29"),
        ("He is to meet her on Monday.", "Monday", "2024-12-02"),
        ("The premier is likely to answer Friday.", "Friday", "2024-11-29"),
        ("He said that she would answer on Tuesday.", "Tuesday", "2024-11-26"),
        ("Nobody could be reached on Sunday.", "Sunday", "2024-11-24"),
        ("The results of Tuesday's vote will change much.", "Tuesday", "2024-11-26"),
        ("The money, to be paid on Friday, is ready.", "Friday", "2024-11-29"),
        ("By Monday evening, she had cancelled the trip.", "Monday evening", "2024-11-25"),
        ("They prepared to speak on Tuesday.", "Tuesday", "2024-11-26"),
        ("They spoke on Thanksgiving Day in Norvik.", "Thanksgiving Day", "2024-11-28"),
        ("They spoke last Christmas Eve in Norvik.", "last Christmas Eve", "2023-12-24"),
        ("Until Monday, the ministry had refused to answer.", "Monday", "2024-11-25"),
        ("She was scheduled to leave Norvik late Tuesday.", "Tuesday", "2024-11-26"),
        ("He met her last Tuesday.", "last Tuesday", "2024-11-26"),
        ("He meets her next Tuesday.", "next Tuesday", "2024-12-03"),
        ("He met her on Monday evening.", "Monday evening", "2024-11-25"),
        ("He met her on Monday last week.", "Monday last week", "2024-11-18"),
        ("He met her on Monday, March 14, near Norvik.", "Monday, March 14", "2022-03-14"),
        ("He arrives today.", "today", "2024-11-27"),
        ("He arrived yesterday evening.", "yesterday evening", "2024-11-26"),
        ("He arrives tomorrow.", "tomorrow", "2024-11-28"),
        ("He arrived the day before yesterday.", "day before yesterday", "2024-11-25"),
        ("He arrived last night.", "last night", "2024-11-26"),
        ("He arrived this morning.", "this morning", "2024-11-27"),
        ("He resigned three days ago.", "three days ago", "2024-11-24"),
        ("He resigned 3 days ago.", "3 days ago", "2024-11-24"),
        ("He resigned a week ago.", "a week ago", "2024-11-20~"),
        ("He resigned two months ago.", "two months ago", "2024-09~"),
        ("He resigned several years ago.", "several years ago", "2014-11-27/2022-11-27~"),
        ("Prices rose last week.", "last week", "2024-11-18/2024-11-24"),
        ("Prices rose last month.", "last month", "2024-10"),
        ("Prices will rise next month.", "next month", "2024-12"),
        ("Prices rose this year.", "this year", "2024"),
        ("Earlier this year prices rose.", "Earlier this year", "2024-01-01/2024-11-26"),
        ("Later this week prices will fall.", "Later this week", "2024-11-27/2024-12-01"),
        ("Prices rose over the past two weeks.", "past two weeks", "2024-11-13/2024-11-27"),
        ("Prices rose last summer.", "last summer", "2024-06-01/2024-08-31"),
        ("By the end of this year prices will fall.", "end of this year", "2024-07-01/2024-12-31~"),
        ("He will return in two weeks.", "in two weeks", "2024-12-08/2024-12-14~"),
        ("They met over the weekend.", "weekend", "2024-11-23/2024-11-24"),
    ],
)
def test_a_relative_date_is_counted_from_publication_and_unknown_without_it(text: str, expression: str, days: str) -> None:
    assert (expression, days) in found(text)
    unknown = next(when for when in date_expressions(text) if when.expression and when.expression.of(text) == expression)
    assert (unknown.earliest, unknown.latest, unknown.certainty) == (None, None, 0.0)


@pytest.mark.parametrize(
    ("text", "expression", "days"),
    [
        ("The league met on March 14.", "March 14", "2024-03-14"),
        ("The league met on Dec. 30 in Norvik.", "Dec. 30", "2023-12-30"),
        ("The league will meet on Dec. 30 in Norvik.", "Dec. 30", "2024-12-30"),
        ("The league will meet on Jan. 12 in Norvik.", "Jan. 12", "2025-01-12"),
        ("The league will meet in May-June, he said.", "May-June", "2025-05-01/2025-06-30"),
        ("The league met in October.", "October", "2024-10"),
        ("It was founded in 1998, on March 3, by fishermen.", "March 3", "1998-03-03"),
        ("It was closed on March 3 of last year.", "March 3 of last year", "2023-03-03"),
        ("He met her last September.", "last September", "2024-09"),
        ("A dividend was declared, payable Jan. 2 to all.", "Jan. 2", "2025-01-02"),
        ("He went to testify before the council on Feb. 10 of this story.", "Feb. 10", "2025-02-10"),
        ("On Easter Sunday he spoke.", "Easter Sunday", "2024-03-31"),
        ("They talked from Aug. 26 to Oct. 20.", "Aug. 26", "2024-08-26"),
    ],
)
def test_a_day_without_a_year_lies_in_the_nearest_year(text: str, expression: str, days: str) -> None:
    assert (expression, days) in found(text)


def test_without_publication_a_full_date_in_the_text_tells_the_year_of_a_day_beside_it() -> None:
    text = "On March 14 the premier spoke. The ministers met on March 20, 2023 in Norvik."
    assert found(text, None) == [("March 14", "2023-03-14"), ("March 20, 2023", "2023-03-20")]


def test_a_year_alone_does_not_tell_the_year_of_a_day_elsewhere() -> None:
    text = "The league was founded in 1998. On March 14 the premier spoke."
    assert [when.certainty for when in date_expressions(text)][1] == 0


@pytest.mark.parametrize(
    "text",
    [
        "We may march in the sun.",
        "Mr. May said that Sun and Moon are ships.",
        "It costs $10, or 10 percent of 2000 euros.",
        "About 2000 people and 1999 soldiers came.",
        "Flight 1990 carried 3.5 million letters.",
        "The score was 3:2 after extra time.",
        "Theresa May met April Jones and August Wilson.",
        "He is in his 70s and lives in Room 2019.",
        "The vote was 19-12, and 5-4 in the second round.",
        "The second quarterback will march to the fall.",
        "Call 555-1234 or write to box 1234.",
        "Version 1.2.3 of the program, section 4.12.",
        "He reads the Sunday Times and watches “This Week” on Friday evenings.",
        "In the last week of the race nobody slept.",
    ],
)
def test_words_and_numbers_that_are_no_dates_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_time_keeps_the_day_that_is_spoken_of() -> None:
    assert found("The ship sank on Monday at 16:15 UTC.") == [("Monday", "2024-11-25"), ("16:15 UTC", "2024-11-25")]
    assert found("In a speech at 16:15 UTC, June 1st, he resigned.") == [
        ("16:15 UTC", "2024-06-01"),
        ("June 1st", "2024-06-01"),
    ]
    assert found("As of 6:40 p.m. the index was down.") == [("6:40 p.m.", "2024-11-27")]


def test_the_next_day_is_counted_from_the_day_spoken_of_before() -> None:
    text = "He resigned on March 3, 2020. The next day he left Norvik, and two weeks later he was back. That year ended badly."
    assert found(text, None)[1:] == [
        ("next day", "2020-03-04"),
        ("two weeks later", "2020-03-15/2020-03-21~"),
        ("That year", "2020"),
    ]


def test_the_rule_says_in_plain_english_what_found_the_day() -> None:
    rules = {
        when.rule
        for when in date_expressions("He said on Tuesday that on Wednesday it ended. It is set for Friday.", WEDNESDAY)
    }
    assert rules == {
        "last Tuesday before publication",
        "Wednesday, the day of publication",
        "first Friday after publication",
    }


def test_a_publication_date_that_is_only_a_month_makes_relative_dates_as_wide() -> None:
    november = When(date(2024, 11, 1), date(2024, 11, 30), "month")
    assert found("He said so today.", november) == [("today", "2024-11~")]
    assert found("He said so last month.", november) == [("last month", "2024-10")]


def test_a_full_dateline_stands_in_for_the_publication_date() -> None:
    text = "NORVIK, Nov. 27, 2024 (NPA) — The envoy said on Tuesday that talks failed."
    assert found(text, None)[1] == ("Tuesday", "2024-11-26")
    assert "dateline" in date_expressions(text)[1].rule
    line = dateline(text)
    assert line is not None and line.edtf == "2024-11-27"
    assert dateline("The envoy resigned on Nov. 27, 2024 in Norvik.") is None


def test_the_attacks_of_a_known_day_are_not_moved_to_the_year_of_publication() -> None:
    assert found("Since the Sept. 11 attacks the port is guarded.") == [("Sept. 11", "2001-09-11")]
    assert found("On Sept. 11 the league met in Norvik.") == [("Sept. 11", "2024-09-11")]


@pytest.mark.parametrize(
    ("text", "expression", "days"),
    [
        ("Об этом он сказал во вторник, 26 ноября 2024 года, в Норвике.", "вторник, 26 ноября 2024 года", "2024-11-26"),
        ("Об этом он сказал в понедельник, и это всё.", "понедельник", "2024-11-25"),
        ("Он приехал вчера и сказал, что не уедет.", "вчера", "2024-11-26"),
        ("На прошлой неделе он сказал, что не уедет.", "прошлой неделе", "2024-11-18/2024-11-24"),
        ("Он уехал три дня назад, и это было для него важно.", "три дня назад", "2024-11-24"),
        ("В марте 2022 года он не приехал.", "марте 2022 года", "2022-03"),
        ("Das sagte der Minister am Dienstag und ging mit den anderen.", "Dienstag", "2024-11-26"),
        (
            "Der Vertrag wurde am 27. November 2019 in der Stadt von den Ministern unterzeichnet.",
            "27. November 2019",
            "2019-11-27",
        ),
        ("Der Minister sagte vor zwei Tagen, das ist nicht der Plan.", "vor zwei Tagen", "2024-11-25"),
        (
            "In der vergangenen Woche ist der Minister mit den anderen gegangen.",
            "vergangenen Woche",
            "2024-11-18/2024-11-24",
        ),
        ("Le ministre a parlé mardi dans la ville et il est parti.", "mardi", "2024-11-26"),
        ("Le traité est signé le 1er mars 2021 par les ministres dans la ville.", "1er mars 2021", "2021-03-01"),
        ("La semaine dernière le ministre est parti avec les autres.", "semaine dernière", "2024-11-18/2024-11-24"),
        ("Il y a deux jours, le ministre est parti dans la nuit.", "Il y a deux jours", "2024-11-25"),
    ],
)
def test_dates_in_russian_german_and_french_are_read_with_their_own_words(text: str, expression: str, days: str) -> None:
    assert (expression, days) in found(text)


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "\x00\x01", "12" * 5000, "March " * 3000, "1/" * 5000, "the last " * 4000, "'" * 5000]
)
def test_rubbish_gives_no_exception(text: str) -> None:
    assert isinstance(date_expressions(text, WEDNESDAY), list)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_give_no_exception(day: date) -> None:
    text = (
        "Yesterday, last century, two hundred years ago, next month, on Friday, March 14, last winter, in "
        "ten years' time he will come."
    )
    assert all(when.expression for when in date_expressions(text, When(day, day)))


@pytest.mark.parametrize("unit", ["On Tuesday 3 March 2020 he left. ", "the last ", "2014-2018 and ", "1 2 3 4 ", "May, May. "])
def test_reading_takes_time_in_proportion_to_the_length(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        start = time.process_time()
        date_expressions(text, WEDNESDAY)
        return time.process_time() - start

    short = min(seconds(1_000) for _ in range(3))
    assert seconds(8_000) < 8 * 3 * short + 0.3


def test_places_in_a_text_longer_than_a_block_are_exact() -> None:
    text = "Nothing happened here. " * 9_000 + "\n" + "He left on March 3, 2020. " * 3
    whens = date_expressions(text, None)
    assert [when.expression.of(text) for when in whens if when.expression] == ["March 3, 2020"] * 3
