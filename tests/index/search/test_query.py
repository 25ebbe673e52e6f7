"""The query language: what is meant, what is wrong and where, and that no string breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.search.explained import explained
from index.search.query import MESSAGES, parsed
from index.search.tree import And, Dates, Everything, Field, Not, Or, Phrase, Titled, Undated, Word
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
