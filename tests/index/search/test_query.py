"""The query language: what is meant, what is wrong and where, and that no string breaks it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.search.explained import explained
from index.search.meanings import spelled
from index.search.query import parsed
from index.search.tree import And, Dates, Everything, Field, Not, Or, Phrase, Titled, Undated, Word
from index.search.troubles import MESSAGES
from index.search.written import written

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("a NOT b", And((A, Not(B)))),
        ("a -b", And((A, Not(B)))),
        ("a -(b c)", And((A, Not(And((B, C)))))),
        ("and or not", And((Word("and"), Word("or"), Word("not")))),
        ("“a b”", Phrase((A, B))),
        ("«a b»", Phrase((A, B))),
        ('"a b"~5', Phrase((A, B), 5)),
        ('="a b"', Phrase((Word("a", "exact"), Word("b", "exact")))),
        ("=Straße", Word("strasse", "exact")),
        ('="reforms"', Word("reforms", "exact")),
        ("O’Brien", Phrase((Word("o"), Word("brien")))),
        ("president’s", Word("president")),
        ("2024-11", Phrase((Word("2024"), Word("11")))),
        ("te?m*", Word("te?m*", "pattern")),
        ("Tré*", Word("tre*", "pattern")),
        ('"qui* brown"', Phrase((Word("qui*", "pattern"), Word("brown")))),
        ("tem~", Word("tem", "fuzzy", 1)),
        ("tem~2", Word("tem", "fuzzy", 2)),
        ("actor:Olanda", Field("actor", "Olanda")),
        ("Actor: Olanda", Field("actor", "Olanda")),
        ('actor:="Mira Olanda"', Field("actor", "Mira Olanda", exact=True)),
        ("actor:(Olanda OR Reck)", Or((Field("actor", "Olanda"), Field("actor", "Reck")))),
        ("-actor:Reck", Not(Field("actor", "Reck"))),
        ("said:2024", Dates("said", 738886, 739251)),
        ("said:2024-02", Dates("said", 738917, 738945)),
        ("said:2024-02..2024-03-01", Dates("said", 738917, 738946)),
        ("said:<2024", Dates("said", None, 738885)),
        ("said:>=2024", Dates("said", 738886, None)),
        ("said:..2024", Dates("said", None, 739251)),
        ("published:[2024 TO 2024]", Dates("published", 738886, 739251)),
        ("published:none", Undated("published")),
        ("kind:Direct", Field("kind", "direct")),
        ("doc:3:10", Field("doc", "3:10")),
        ('title:"a b"', Titled(Phrase((A, B)))),
        ("title:(a OR b)", Or((Titled(A), Titled(B)))),
        ("text:a", A),
        ("a: b", And((A, B))),
        ("he said: yes", And((Word("he"), Word("said"), Word("yes")))),
        ("10:30", Phrase((Word("10"), Word("30")))),
        ("договор", Word("договор")),
        ("ինչպե՞ս", Word("ինչպես")),
        ("", Everything()),
        ("*", Everything()),
        ("...", Everything()),
    ],
)  # fmt: skip
def test_a_query_means(query: str, tree: object) -> None:
    found = parsed(query)
    assert found.problem is None
    assert found.tree == tree


def test_a_range_in_brackets_needs_no_quotes() -> None:
    assert parsed("said:[2024-01 TO 2024-02]").tree == Dates("said", 738886, 738945)


def test_days_can_be_counted_back_from_today() -> None:
    assert parsed("said:30d", today="2024-03-01").tree == Dates("said", 738946 - 30, 738946)
    assert parsed("said:today", today="2024-03-01").tree == Dates("said", 738946, 738946)


@pytest.mark.parametrize(
    ("query", "code", "position", "mended"),
    [
        ('river "locks clo', "open-quote", 6, 'river "locks clo"'),
        ("(river OR locks", "open-parenthesis", 0, "river OR locks"),
        ("river) locks", "stray-parenthesis", 5, "river locks"),
        ("river AND", "missing-operand", 6, "river"),
        ("OR river", "missing-operand", 0, "river"),
        ("river OR OR locks", "missing-operand", 6, "river OR locks"),
        ("river NOT", "missing-operand-after", 6, "river"),
        ("river ()", "empty-parentheses", 6, "river"),
        ('river ""', "empty-phrase", 6, "river"),
        ("river actor:", "empty-field", 6, "river"),
        ("actr:Olanda", "unknown-field", 0, "actor:Olanda"),
        ("colour:red", "unknown-field", 0, "colour red"),
        ("said:20x4 river", "bad-date", 5, "river"),
        ("said:2024-13", "bad-date", 5, None),
        ("said:2024..2023", "bad-range", 5, "said:2023..2024"),
        ("kind:dir", "bad-value", 5, "kind:direct"),
        ("status:lost", "bad-value", 7, None),
        ("word~7", "bad-distance", 4, "word~2"),
        ("a actor:(b", "open-parenthesis", 8, "a actor:b"),
        ('a "b" OR', "missing-operand", 6, "a b"),
    ],
)  # fmt: skip
def test_a_broken_query_says_where_and_offers_a_mended_one(query: str, code: str, position: int, mended: str | None) -> None:
    problem = parsed(query).problem
    assert problem is not None
    assert (problem.code, problem.position, problem.mended) == (code, position, mended)
    assert problem.message


def test_the_library_s_own_fields_are_known_and_named_in_the_hint() -> None:
    assert parsed("desk:foreign", ["Desk"]).tree == Field("Desk", "foreign")
    problem = parsed("colour:red", ["Desk"]).problem
    assert problem is not None and "Desk" in problem.message and "actor" in problem.message


PIECES = st.sampled_from(
    ["a", '"', "“", "”", "(", ")", " AND ", " OR ", " NOT ", "-", "=", "~", "~9", "*", "?", ":", "actor:", "said:", "kind:",
     "title:", "text:", "foo:", "2024", "..", "<", "direct", "\\", "\x00", "é", "’s", "[", "]", " TO ", "|", "&&", "+", "!"]
)  # fmt: skip


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
def test_no_string_breaks_the_parser_and_every_problem_has_a_place(query: str) -> None:
    found = parsed(query)
    if found.problem is not None:
        assert 0 <= found.problem.position <= len(query)
        assert found.problem.code in MESSAGES and found.problem.message
        if found.problem.mended is not None:
            assert parsed(found.problem.mended).problem is None
    assert explained(found.tree)
    again = parsed(written(found.tree))
    assert again.problem is None


@pytest.mark.parametrize(
    "query",
    ["(" * 50_000, '"' * 20_001, "a " * 20_000, "NOT " * 5_000, "a OR " * 9_000, "-" * 9_000, "~" * 9_999],
)
def test_a_monstrous_query_is_answered_at_once(query: str) -> None:
    assert parsed(query).tree is not None


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("river -locks", 'Statements with "river" and not "locks"'),
        ('actor:Olanda said:2031 "the river"',
         'Statements said by Olanda and said from 2031-01-01 to 2031-12-31 and the phrase "the river"'),
        ("(a OR b) c", 'Statements with ("a" or "b") and "c"'),
        ("", "All statements"),
        ("said:none", "Statements with no known date of speaking"),
    ],
)  # fmt: skip
def test_a_query_is_explained_in_words(query: str, words: str) -> None:
    assert explained(parsed(query).tree) == words


DAYS = {
    "March 2031": ("2031-03-01", "2031-03-31"),
    "5 March 2031": ("2031-03-05", "2031-03-05"),
    "the 5th of March": None,
    "March 5, 2031": ("2031-03-05", "2031-03-05"),
    "Sept 2031": ("2031-09-01", "2031-09-30"),
    "5.3.2031": ("2031-03-05", "2031-03-05"),
    "25/03/2031": ("2031-03-25", "2031-03-25"),
    "03/25/2031": ("2031-03-25", "2031-03-25"),
    "2031-Q2": ("2031-04-01", "2031-06-30"),
    "2030s": ("2030-01-01", "2039-12-31"),
    "2031-2032": ("2031-01-01", "2032-12-31"),
    "March 2031 to 5 May 2031": ("2031-03-01", "2031-05-05"),
    "from 2031 to 2032-03": ("2031-01-01", "2032-03-31"),
    "since 2031": ("2031-01-01", None),
    "before March 2031": (None, "2031-02-28"),
    "after 2031-03": ("2031-04-01", None),
    "20310305": ("2031-03-05", "2031-03-05"),
    "last year": ("2031-01-01", "2031-12-31"),
    "this month": ("2032-02-01", "2032-02-29"),
    "last month": ("2032-01-01", "2032-01-31"),
    "last week": ("2032-02-02", "2032-02-08"),
    "mayor 2031": None,
    "31.2.2031": None,
    "2031 10": None,
}


@pytest.mark.parametrize("text", DAYS)
def test_a_day_can_be_typed_in_many_ways(text: str) -> None:
    def ordinal(day: str | None) -> int | None:
        return None if day is None else date.fromisoformat(day).toordinal()

    expected = DAYS[text]
    tree = parsed(f'said:"{text}"', today="2032-02-14")
    assert tree.tree == (Everything() if expected is None else Dates("said", *map(ordinal, expected)))
    assert (tree.problem is None) == (expected is not None)


def test_a_date_of_several_words_needs_no_quotation_marks() -> None:
    march = parsed('said:"5 March 2031"').tree
    assert parsed("said:5 March 2031 boats").tree == And((march, Word("boats")))
    assert parsed("said: 5 March 2031").tree == march
    assert parsed("said:2031 10 boats").tree == And((parsed("said:2031").tree, Word("10"), Word("boats")))


def test_a_day_that_can_be_two_is_asked_back() -> None:
    problem = parsed("boats said:05/03/2031").problem
    assert problem is not None
    assert (problem.code, problem.position) == ("two-dates", 11)
    assert "2031-03-05 or 2031-05-03" in problem.message


def test_a_date_that_is_still_being_typed_is_only_unfinished() -> None:
    assert parsed("boats said:Marc").unfinished
    assert parsed("kind:dir").unfinished
    assert not parsed("said:Marc boats").unfinished


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a NEAR/5 b", Phrase((A, B), 5)),
        ("a w/5 b", Phrase((A, B), 5)),
        ("a NEAR b c", And((Phrase((A, B), 10), C))),
        ('"a b" NEAR/3 c', Phrase((A, B, C), 3, runs=(2, 1))),
        ("a near b", And((A, Word("near"), B))),
        ("‘a b’ c", And((Phrase((A, B)), C))),
        ("‘a don’t’", Phrase((A, Word("don"), Word("t")))),
        ("rock ’n’ roll", And((Word("rock"), Word("n"), Word("roll")))),
        ('"a * b"', Phrase((A, Word("*", "any"), B))),
        ('"* a b *"', Phrase((A, B))),
        ("will they leave?", And((Word("will"), Word("they"), Word("leave")))),
        ("will they leave? No", And((Word("will"), Word("they"), Word("leave"), Word("no")))),
        ('"a b?"', Phrase((A, B))),
        ("leave?", Word("leave?", "pattern")),
        ("leave? now", And((Word("leave?", "pattern"), Word("now")))),
        ("source:Post", Field("outlet", "Post")),
        ("speaker:Reck", Field("actor", "Reck")),
    ],
)
def test_habits_from_other_programs_are_understood(query: str, tree: object) -> None:
    found = parsed(query)
    assert found.problem is None
    assert found.tree == tree
    assert parsed(written(found.tree)).tree == tree


def test_a_field_of_the_library_goes_before_another_name_of_a_field() -> None:
    assert parsed("source:Post", ["source"]).tree == Field("source", "Post")


@pytest.mark.parametrize(("query", "mended"), [("date:2031", "said:2031"), ("who:Reck", "actor:Reck"), ("file:3", "doc:3")])
def test_a_name_that_could_be_several_fields_is_asked_back(query: str, mended: str) -> None:
    problem = parsed(query).problem
    assert problem is not None
    assert (problem.code, problem.position, problem.mended) == ("unknown-field", 0, mended)


@pytest.mark.parametrize(("query", "code"), [("a NEAR/5 kind:own", "bad-near"), ("(a OR b) NEAR/2 c", "bad-near")])
def test_near_wants_words_on_both_sides(query: str, code: str) -> None:
    problem = parsed(query).problem
    assert problem is not None
    assert problem.code == code
    assert query[problem.position :].startswith("NEAR")


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("1900", '"1 900"'),
        ("1,900", "1900"),
        ("12.345.678", "12345678"),
        ('"1,900 crews"', '"1900 crews"'),
        ('"1900 crews"', '"1 900 crews"'),
        ("UN", '"u n"'),
        ("e-mail", "email"),
        ("U.N.O.", "uno"),
    ],
)
def test_numbers_and_short_names_are_found_however_they_are_written(query: str, other: str) -> None:
    assert spelled(parsed(query).tree) == Or((parsed(query).tree, parsed(other).tree))
    assert spelled(parsed(f"a -{query}").tree) == And((A, Not(spelled(parsed(query).tree))))


@pytest.mark.parametrize("query", ["1.5", "9/11", "2031-11", "un", "U.S.", "0123", "covid-19", "=boat", "boat*"])
def test_other_words_have_one_spelling(query: str) -> None:
    tree = parsed(query).tree
    assert spelled(tree) == tree


@pytest.mark.parametrize(
    ("query", "mended"),
    [
        ("said:2024 until 2023", "said:2023..2024"),
        ('said:"since 2024 until 2023"', "said:2023..2024"),
        ("said:from 2024 to 2023", "said:2023..2024"),
        ('"NEAR" boats)', '"NEAR" boats'),
        ("outlet:NEAR)", 'outlet:"NEAR"'),
    ],
)
def test_what_is_offered_instead_is_no_wrong_query_itself(query: str, mended: str) -> None:
    problem = parsed(query).problem
    assert problem is not None
    assert problem.mended == mended
    assert parsed(mended).problem is None


def test_from_and_after_may_have_an_end_and_before_may_not() -> None:
    assert parsed('said:"after 2023 until 2025"').tree == parsed("said:2024..2025").tree
    assert parsed('said:"from 2023 to 2024"').tree == parsed("said:2023..2024").tree
    problem = parsed('said:"before 2023 to 2024"').problem
    assert problem is not None and problem.code == "bad-date"


@pytest.mark.parametrize(
    ("query", "rest"),
    [("said:2031 to Brussels", (Word("to"), Word("brussels"))), ("said:2031 – war", (Word("war"),))],
)
def test_a_word_or_a_dash_after_a_day_opens_no_range_that_has_no_end(query: str, rest: tuple[Word, ...]) -> None:
    found = parsed(query)
    assert found.problem is None
    assert found.tree == And((parsed("said:2031").tree, *rest))


@pytest.mark.parametrize("query", ["said:2031..", "said:2031–", "said:2031…"])
def test_a_range_may_be_open_where_its_sign_stands_beside_the_day(query: str) -> None:
    assert parsed(query).tree == parsed("said:>=2031").tree


def test_nothing_comes_after_the_last_day_of_the_calendar() -> None:
    problem = parsed("said:>9999").problem
    assert problem is not None and problem.code == "bad-date"


def test_phrases_on_both_sides_of_near_stay_phrases() -> None:
    tree = parsed('"a b" NEAR/3 "c a"').tree
    assert tree == Phrase((A, B, C, A), 3, runs=(2, 2))
    assert parsed(written(tree)).tree == tree
    chain = parsed('a NEAR/1 "b c" NEAR/2 a').tree
    assert chain == Phrase((A, B, C, A), 3, runs=(1, 2, 1))
    assert parsed(written(chain)).tree == chain
