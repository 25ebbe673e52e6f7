"""What a query finds in a library whose every row is known, and what comes with the hits."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from index.model import Article, FoundStatement, Span
from index.problems import Problem
from index.search.finder import Finder
from index.store import actors, documents, issues, journal, searches, statements
from index.store.store import Store

# query -> statements (their ids are the order in which conftest lists them)
STATEMENTS = {
    "": [*range(1, 16)],
    "treaty": [1, 2, 5, 10, 11],
    "treaties": [1, 2, 5, 10, 11],
    "TREATY": [1, 2, 5, 10, 11],
    '="treaty"': [1, 2, 10, 11],
    "=treaties": [5],
    "treaty river": [1, 11],
    "treaty AND river": [1, 11],
    "treaty NOT river": [2, 5, 10],
    "treaty -river": [2, 5, 10],
    "locks OR guards": [3, 9],
    "(locks OR guards) NOT ferries": [3],
    "treaty river OR gas": [1, 8, 11],
    "-treaty": [3, 4, 6, 7, 8, 9, 12, 13, 14, 15],
    '"river belongs"': [1],
    '"belongs river"': [],
    '"belongs river"~0': [1],
    '"treaty river"~0': [11],
    '"treaty may"~2': [2],
    '"treaty may"~0': [],
    '"may treaty"~1': [2],
    "“peace of paper”": [5],
    '"peace of pap*"': [5],
    "don't": [9],
    "don’t": [9],
    "O’Hara": [9],
    "hara": [9],
    "Ostl*": [2, 3, 12],
    "*land": [2, 3, 12],
    "r?ver": [1, 6, 8, 11],
    "rivr~": [1, 6, 8, 11],
    "rivver~1": [1, 6, 8, 11],
    "xxriver~2": [1, 6, 8, 11],
    "reform": [7],
    "ferry": [9],
    "actor:Olanda": [1, 3, 4, 12],
    "actor:olanda": [1, 3, 4, 12],
    'actor:"Minister Olanda"': [1, 3, 4, 12],
    'actor:"mira olanda" treaty': [1],
    'actor:="Olanda"': [1, 3, 4, 12],
    'actor:="Mir"': [],
    "actor:Olan*": [1, 3, 4, 12],
    'actor:"iron lady"': [6, 7, 8],
    "actor:brandt-moor": [6, 7, 8],
    "actor:cafe": [5],
    "actor:none": [11],
    "actor:(Olanda OR Reck) treaty": [1, 2, 10],
    "treaty -actor:Reck": [1, 5, 11],
    "role:minister": [1, 2, 3, 9, 10],
    'role:"foreign minister"': [1, 3],
    "role:министр": [13],
    "kind:direct": [1, 4, 11, 13, 14, 15],
    "kind:answer OR kind:mixed": [5, 9, 10],
    "said:2031": [1, 2, 3, 5],
    "said:2031-03": [1, 2],
    "said:2031-03-04": [1, 2],
    "said:2031-06..2032-01": [3, 5, 6, 7, 8],
    "said:2032-05-20": [9, 10],
    "said:<2032": [1, 2, 3, 5],
    "said:>2032-06-01": [13, 14, 15],
    "said:>=2032-06-30": [13, 14, 15],
    "said:..2031-03-04": [1, 2],
    "said:none": [4, 11, 12],
    "treaty said:2031 NOT actor:Reck": [1, 5],
    "published:2032": [6, 7, 8, 9, 10, 13, 14, 15],
    "published:none": [11, 12],
    'outlet:"harbour post"': [1, 2, 9, 10],
    "outlet:herald": [3, 4, 5, 11, 12],
    "outlet:none": [6, 7, 8],
    "outlet:вести": [13],
    "via:radio": [11, 12],
    'via:"valley news agency"': [5, 11],
    "via:none kind:direct": [1, 4, 13, 14, 15],
    "title:locks": [3, 4, 5],
    'title:"ten questions"': [9, 10],
    "title:speech reform": [7],
    "doc:locks.txt": [3, 4, 5],
    "doc:2": [3, 4, 5],
    "doc:2:2": [4],
    "desk:foreign": [1, 2, 9, 10],
    "desk:home treaty": [5],
    "-desk:* kind:own": [6, 7, 8],
    "status:found kind:mixed": [5],
    "status:rejected": [],
    "договора": [13],
    "ёлка": [13],
    "елки": [13],
    "ինչպես": [14],
    "Ինչպե՞ս": [14],
    "河流": [15],
    "两国 河": [15],
    "流河": [],
    "text:treaty kind:answer": [10],
    "nonsense": [],
}
# query -> documents
DOCUMENTS = {
    "treaty": [1, 2, 4, 5],
    "ferry": [1, 4],
    "title:ferry": [1],
    "locks": [2],
    "Olanda": [1, 2, 5],
    "actor:Olanda": [1, 2, 5],
    "actor:Olanda said:2031-06": [2],
    "actor:Reck said:2031-06": [],
    "kind:own": [3],
    "published:2031": [1, 2],
    "outlet:herald -locks": [5],
    "via:radio": [5],
    '"wait for ever"': [2],
    "doc:5": [5],
    "desk:foreign treaty": [1, 4],
    "договор": [6],
    "published:none": [5],
    "": [1, 2, 3, 4, 5, 6, 7, 8],
}


def test_every_query_of_the_table_finds_what_it_should(finder: Finder) -> None:
    for unit, table in (("statements", STATEMENTS), ("documents", DOCUMENTS)):
        for query, expected in table.items():
            found = finder.find(query, unit, limit=100)
            assert found.problem is None, query
            assert sorted(hit.id for hit in found.hits) == expected, (unit, query)
            assert found.total == len(expected)
            assert sorted(finder.ids(query, unit)) == expected
            assert found.explained


def test_a_broken_query_is_told_and_not_run(finder: Finder) -> None:
    found = finder.find("river AND (locks")
    assert found.problem is not None and found.problem.position == 10
    assert found.problem.mended == "river locks" and found.hits == ()
    with pytest.raises(Problem) as error:
        finder.ids("river AND")
    assert error.value.code == "bad-query"


def test_an_unfinished_query_is_answered_while_it_is_typed(finder: Finder) -> None:
    for text in ("riv", "river AND", "river (trea", '"peace of pap', "actor:Olanda trea", "river actor:"):
        found = finder.find(text, typing=True)
        assert found.total > 0, text
    assert finder.find("foo:bar", typing=True).problem is not None


def test_hits_carry_what_a_row_shows(finder: Finder) -> None:
    hit = finder.find('"belongs to both"').hits[0]
    assert (hit.actor, hit.outlet, hit.kind, hit.title) == ("Mira Olanda", "The Harbour Post", "direct", "Ferry talks begin")
    assert hit.said is not None and hit.said.earliest == date(2031, 3, 4)
    assert hit.published is not None and hit.published.latest == date(2031, 3, 5)
    assert [mark.of(hit.snippet) for mark in hit.marks] == ["belongs to both"]


def test_sorting_by_date_puts_the_undated_last(finder: Finder) -> None:
    assert finder.ids("treaty", sort="said") == [10, 5, 1, 2, 11]
    assert finder.ids("treaty", sort="said-oldest") == [1, 2, 5, 10, 11]
    assert finder.ids("treaty", sort="published") == [10, 5, 1, 2, 11]
    assert finder.ids("treaty", sort="published-oldest") == [1, 2, 5, 10, 11]
    assert [h.id for h in finder.find("treaty", sort="said", limit=2, offset=1).hits] == [5, 1]


def test_what_a_date_filter_hides_is_counted_and_can_be_shown(finder: Finder) -> None:
    found = finder.find("treaty said:2031")
    assert (found.total, found.undated_hidden) == (3, 1)
    shown = finder.find("treaty said:2031", undated=True)
    assert (shown.total, shown.undated_hidden) == (4, 0)
    assert finder.find("treaty").undated_hidden == 0


def test_facets_count_the_hits_and_choosing_one_finds_as_many(finder: Finder) -> None:
    facets = finder.find("treaty OR river OR locks").facets
    for name in ("actor", "outlet", "kind"):
        for value, count in facets[name]:
            assert finder.find("treaty OR river OR locks", filters={name: [value]}).total == count, (name, value)
    for value, count in facets["year"]:
        assert finder.find("treaty OR river OR locks", filters={"said": [value]}).total == count, value
    assert dict(facets["year"]) == {"2031": 4, "2032": 3, "": 1}


def test_filters_include_and_exclude(finder: Finder) -> None:
    query = "treaty"
    assert finder.ids(query, filters={"actor": ["Tovan Reck"]}) == [10, 2]
    assert sorted(finder.ids(query, filters={"actor": ["Tovan Reck", "Mira Olanda"]})) == [1, 2, 10]
    assert sorted(finder.ids(query, filters={"-actor": ["Tovan Reck"]})) == [1, 5, 11]
    assert finder.ids(query, filters={"actor": [""]}) == [11]
    assert sorted(finder.ids(query, filters={"outlet": ["Valley Herald"], "-kind": ["mixed"]})) == [11]
    assert sorted(finder.ids(query, filters={"said": ["2031-06..2032"]})) == [5, 10]
    one = finder.find(query, filters={"actor": ["Tovan Reck"]})
    assert dict(one.facets["actor"])["Mira Olanda"] == 1, "the other actors can still be chosen"
    assert dict(one.facets["outlet"]) == {"The Harbour Post": 2}


def test_no_result_comes_with_what_would_give_one(finder: Finder) -> None:
    found = finder.find("trety river")
    assert [(s.query, s.total, s.reason) for s in found.suggestions[:2]] == [
        ("treaty river", 2, "spelling"), ("river", 4, "without")
    ]  # fmt: skip
    assert len(found.advice) == len(found.suggestions)
    loose = finder.find('"river treaty belongs"').suggestions
    assert any(s.query == '"river treaty belongs"~10' and s.total == 1 for s in loose)
    filtered = finder.find("treaty", filters={"actor": ["Ilse Brandt-Moor"]}).suggestions
    assert [(s.reason, s.total) for s in filtered] == [("filters", 5), ("unit", 0)][:1]
    elsewhere = finder.find("Olanda").suggestions
    assert ("unit", "documents", 3) in [(s.reason, s.unit, s.total) for s in elsewhere]
    for suggestion in (*found.suggestions, *loose, *elsewhere):
        assert finder.find(suggestion.query, suggestion.unit).total == suggestion.total


def test_an_edit_is_found_by_its_new_value_at_once(finder: Finder, river: Store) -> None:
    assert finder.ids("actor:Hollander") == []
    with river.edit("Rename"):
        river.update("actor", 1, name="Mira Hollander")
    assert sorted(finder.ids("actor:Hollander")) == [1, 3, 4, 12]
    with river.edit("Merge"):
        river.execute("UPDATE statement SET actor_id=2 WHERE actor_id=1")
    assert finder.ids("actor:Hollander") == [] and len(finder.ids("actor:Reck")) == 7
    with river.edit("Date"):
        river.update("statement", 4, said_earliest="2030-01-01", said_latest="2030-01-02")
    assert finder.ids("said:2030") == [4]
    assert finder.find("wait").facets["year"] == (("2030", 1),)
    with river.edit("Outlet"):
        river.update("document", 2, outlet="Morning Star")
    assert sorted(finder.ids('outlet:"morning star"')) == [3, 4, 5]
    assert finder.find("locks").facets["outlet"] == (("Morning Star", 1),)
    with river.edit("Reject"):
        river.update("statement", 3, status="rejected")
    assert finder.ids("locks") == [] and finder.ids("locks status:rejected") == [3]


def test_undo_is_found_too(finder: Finder, river: Store) -> None:
    with river.edit("Date"):
        river.update("statement", 4, said_earliest="2030-01-01", said_latest="2030-01-02")
    assert finder.ids("said:2030") == [4]
    with river.transaction() as connection:
        journal.undo(connection)
    assert finder.ids("said:2030") == []
    with river.transaction() as connection:
        journal.redo(connection)
    assert finder.ids("said:2030") == [4]
    with river.transaction() as connection:
        journal.undo(connection)
    with river.edit("Another"):
        river.update("statement", 1, said_earliest="2029-01-01", said_latest="2029-01-02")
    assert finder.ids("said:2030") == [] and finder.ids("said:2029") == [1]
    with river.edit("Delete"):
        river.execute("DELETE FROM statement WHERE id=1")
    assert finder.ids("said:2029") == []
    with river.transaction() as connection:
        journal.undo(connection)
    assert finder.ids("said:2029") == [1] and 1 in finder.ids("treaty")


def test_the_history_of_searches_does_not_make_the_columns_be_read_again(finder: Finder, river: Store) -> None:
    finder.ids("treaty actor:Reck")
    before = finder.facts.generation
    with river.transaction():
        searches.add_history(river, "treaty", "statements", 5)
    finder.ids("treaty actor:Reck")
    assert finder.facts.generation == before


def test_a_statement_coded_on_an_issue_is_found_by_it(finder: Finder, river: Store) -> None:
    with river.edit("Issue"):
        issue = issues.add_issue(river, "River treaty", "against", "for")
        for statement, value in ((1, 2.0), (10, -2.0), (5, None)):
            issues.add_code(river, statement, issue, value)
    assert sorted(finder.ids("issue:treaty")) == [1, 10]
    assert len(finder.ids("issue:none")) == 13
    assert finder.find("treaty").facets["issue"] == (("River treaty", 2),)
    assert sorted(finder.ids("treaty", filters={"issue": ["River treaty"]})) == [1, 10]


def test_statements_like_one_share_its_rarer_words(finder: Finder) -> None:
    assert next(i for i, _ in finder.more_like(2)) == 3, "Ostland, sign"
    assert 2 not in [i for i, _ in finder.more_like(2)]


def test_marks_in_a_document_are_the_places_of_the_words(finder: Finder, river: Store) -> None:
    text = river.value("SELECT text FROM body WHERE document_id=2")
    places = finder.marks('locks OR "wait for ever"', 2)
    assert [place.of(text) for place in places] == ["locks", "wait for ever"]


def test_an_empty_library_can_be_searched(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "empty", "Empty")
    finder = Finder(store)
    for query in ("", "word", '"a phrase"', "actor:Nobody", "said:2024", "title:x", "-word", "a*", "b~1"):
        for unit in ("statements", "documents"):
            assert finder.find(query, unit).total == 0
    assert finder.more_like(1) == []
    store.close()


def test_a_name_that_nobody_has_leads_to_those_that_somebody_has(finder: Finder) -> None:
    def offered(query: str) -> list[str]:
        return [s.query for s in finder.find(query).suggestions if s.reason in ("name", "actor", "role")]

    assert offered("actor:Oland")[0] == 'actor:"Mira Olanda"'  # begun
    assert offered("actor:Olandda")[0] == 'actor:"Mira Olanda"'  # misspelt
    assert offered('actor:"Nira Olanda"')[0] == 'actor:"Mira Olanda"'  # another first name
    assert offered("actor:iron lady treaty -treaty") == []
    assert 'role:"deputy minister"' in offered('actor:"deputy minister"')  # an office is no name
    assert offered("actor:deputy minister treaty") == ['role:"deputy minister" treaty']  # a blank too early
    assert offered("outlet:Herold")[0] == 'outlet:"Valley Herald"'
    assert offered("via:radoi")[0] == 'via:"Harbour Radio"'
    assert offered("role:presidnt") == ["role:president"]
    assert offered("Mira Olanda locks")[0] == 'actor:"Mira Olanda" locks'
    assert offered("Mira Olanda") == ['actor:"Mira Olanda"']
    for query in ("actor:Oland", "actor:deputy minister treaty", "Mira Olanda locks"):
        for suggestion in finder.find(query).suggestions:
            assert finder.find(suggestion.query, suggestion.unit).total == suggestion.total > 0


def test_a_word_that_is_two_is_cut(finder: Finder) -> None:
    assert "don't" in [s.detail for s in finder.find("dont fire").suggestions]
    assert finder.find("rivertreaty").suggestions[0].query == '"river treaty"'


def test_a_number_leads_to_no_other_number(river: Store, finder: Finder) -> None:
    assert not [s for s in finder.find("13").suggestions if s.reason == "spelling"]


def test_a_star_in_a_phrase_is_any_word(finder: Finder) -> None:
    found = finder.find('"river * to both"')
    assert found.total == 1
    (hit,) = found.hits
    assert [hit.snippet[mark.start : mark.end] for mark in hit.marks] == ["river belongs to both"]
    assert finder.find('"river * both"').total == 0
    assert finder.find('"river * * both"').total == 1
    assert 'the phrase "river * to both"' in found.explained
    assert finder.find('title:"Ferry * begin"', "documents").total == 1


def test_numbers_and_short_names_are_found_in_every_spelling(river: Store, finder: Finder) -> None:
    words = "The U.N. counted 12,500 boats by e-mail, the UN 12500 by email"
    with river.transaction():
        river.execute("UPDATE statement SET text=? WHERE id=1", (words,))
    for query, marked in (
        ("12500", ["12,500", "12500"]),
        ("12,500", ["12,500", "12500"]),
        ("UN", ["U.N", "UN"]),
        ("e-mail", ["e-mail", "email"]),
        ('"12500 boats"', ["12,500 boats"]),
    ):
        (hit,) = finder.find(query).hits
        assert [hit.snippet[mark.start : mark.end] for mark in hit.marks] == marked, query
    assert finder.find("12500").explained == 'Statements with "12500" (also 12,500)'
    assert finder.find("UN").explained == 'Statements with "UN" (also U.N.)'


def test_a_passage_that_stands_nowhere_leads_to_its_rarest_words(finder: Finder) -> None:
    words = "the treaties of the old kings were a pease of paper"
    (first, *_) = finder.find(f"{words} and nobody minded it more than the ferrymen").suggestions
    assert first.reason == "without"
    assert first.total == finder.find(first.query).total == 1
    assert "kings" in first.query


def test_many_words_that_nobody_wrote_are_no_work(finder: Finder) -> None:
    began = time.process_time()
    for query in (" ".join(f"treaty{n} rivers{n}" for n in range(8)), " ".join(f"rivver{n}" for n in range(1000))):
        assert finder.find(query).total == 0
    assert time.process_time() - began < 2


def test_a_name_that_is_still_being_typed_finds_who_it_begins(finder: Finder) -> None:
    assert finder.find("actor:Oland", typing=True).total == finder.find("actor:Olanda").total > 0
    assert finder.find("outlet:Val locks", typing=True).total == 0  # only the last word is unfinished
    assert finder.find('locks outlet:"Valley Her', typing=True).total == 1
    assert finder.find("actor:Oland").total == 0
    assert finder.find("via:*").explained == "Statements with any via"


def test_several_actors_of_one_name_are_counted_in_the_explanation(river: Store, finder: Finder) -> None:
    with river.transaction():
        for _ in range(2):
            actors.add_actor(river, "Reck", "unknown", [("Reck", "reck")])
    assert finder.find("actor:Reck").explained == "Statements said by Reck (Reck: 2 actors, Tovan Reck)"


def test_a_phrase_beside_near_has_to_stand_whole_near_the_other_word(tmp_path: Path) -> None:
    said = (
        "the river treaty and the water", "the river is no treaty of water", "water for the river treaty",
        "the river treaty is old and long and about water, not a river or treaty", "treaty river water",
        "no river treaty is kept here; there the treaty and river water",
    )  # fmt: skip
    text = "\n".join(said)
    store = Store.create(tmp_path / "near", "Near")
    with store.transaction():
        document = documents.add_document(store, Article(text), file="near.txt")
        found = [FoundStatement("direct", (Span(text.index(w), text.index(w) + len(w)),)) for w in said]
        statements.add_statements(store, document, text, found, {})
    finder = Finder(store)
    for query, expected in {
        '"river treaty" NEAR/2 water': [1, 3],
        'water NEAR/2 "river treaty"': [1, 3],
        '"river treaty" NEAR/0 water': [],
        '"river treaty" NEAR/2 "the water"': [1],
        '"river treaty" NEAR/6 water': [1, 3, 4],
        '"water water" NEAR/2 water': [],
        "river NEAR/2 treaty NEAR/2 water": [1, 2, 3, 4, 5, 6],
    }.items():
        assert sorted(finder.ids(query)) == expected, query
    (hit,) = (hit for hit in finder.find('"river treaty" NEAR/6 water').hits if hit.id == 4)
    assert [(mark.of(hit.snippet), mark.start) for mark in hit.marks] == [("river", 4), ("treaty", 10), ("water", 43)]
    typed = finder.find('"river treaty" NEAR/2 wat', typing=True)
    assert sorted(hit.id for hit in typed.hits) == [1, 3], "the phrase stays one while the next word is typed"
    misspelt = finder.find('"river treaty" NEAR/2 wather').suggestions
    assert ('"river treaty" NEAR/2 water', 2, "spelling") in [(s.query, s.total, s.reason) for s in misspelt]
    store.close()
