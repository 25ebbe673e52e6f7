"""A surname alone is proposed for the one full name that it may be, else for the other documents' same surname."""

from __future__ import annotations

import time

from index.actors.proposals import proposals
from index.model import Actor, ActorKind, Role


def actor(number: int, name: str, statements: int = 1, *roles: str, kind: ActorKind = "person") -> Actor:
    return Actor(number, name, kind, (), tuple(Role(title) for title in roles), statements=statements)


def pairs(*actors: Actor, declined: tuple[tuple[int, int], ...] = ()) -> set[tuple[int, int]]:
    return {(p.keep, p.other) for p in proposals(actors, declined=set(declined))}


def test_every_lone_surname_is_proposed_for_the_one_full_name_and_not_for_the_other_lone_ones() -> None:
    assert pairs(actor(1, "Lund"), actor(2, "Ada Lund"), actor(3, "Lund"), actor(4, "Lund")) == {(2, 1), (2, 3), (2, 4)}


def test_lone_surnames_without_a_full_name_are_proposed_for_the_one_with_most_statements() -> None:
    assert pairs(actor(1, "Lund"), actor(2, "Lund", 9), actor(3, "Lund")) == {(2, 1), (2, 3)}


def test_two_forms_of_one_full_name_are_one_bearer() -> None:
    assert pairs(actor(1, "Lund"), actor(2, "Ada Lund", 5), actor(3, "Ada M. Lund")) >= {(2, 1)}


def test_of_several_bearers_only_one_who_speaks_far_more_is_proposed() -> None:
    assert pairs(actor(1, "Lund"), actor(2, "Ada Lund", 16), actor(3, "Boris Lund", 6)) == {(2, 1)}
    assert pairs(actor(1, "Lund"), actor(2, "Ada Lund", 16), actor(3, "Boris Lund", 12)) == set()
    assert pairs(actor(1, "Lund"), actor(4, "Lund"), actor(2, "Ada Lund", 16), actor(3, "Boris Lund", 12)) == set()


def test_the_office_says_which_of_several_bearers_is_meant() -> None:
    people = (actor(2, "Ada Lund", 6, "Minister of Rivers"), actor(3, "Boris Lund", 16))
    assert pairs(actor(1, "Lund", 1, "minister of rivers"), *people) == {(2, 1)}


def test_a_lone_given_name_is_proposed_only_where_one_full_name_begins_with_it() -> None:
    assert pairs(actor(1, "Ada"), actor(2, "Ada Lund")) == {(2, 1)}
    assert pairs(actor(1, "Ada"), actor(2, "Ada Lund"), actor(3, "Ada Holm")) == set()
    assert pairs(actor(1, "Ada"), actor(2, "Ada Lund"), actor(3, "Boris Ada")) == {(3, 1)}
    assert pairs(actor(1, "Ada"), actor(2, "Ada Lund", 50), actor(3, "Boris Ada")) == {(2, 1)}


def test_a_declined_pair_makes_way_for_the_next_likely_one() -> None:
    lunds = (actor(1, "Lund", 9), actor(2, "Lund", 2), actor(3, "Lund", 1))
    assert pairs(*lunds) == {(1, 2), (1, 3)}
    assert pairs(*lunds, declined=((1, 2), (1, 3))) == {(2, 3)}
    assert pairs(*lunds, declined=((1, 2),)) == {(1, 3)}
    whole = actor(4, "Ada Lund")
    assert pairs(whole, *lunds, declined=((1, 4), (2, 4), (3, 4))) == {(1, 2), (1, 3)}


def test_a_name_of_another_kind_is_no_partner() -> None:
    assert pairs(actor(1, "Lund"), actor(2, "Lund", kind="state")) == set()
    assert pairs(actor(1, "Mr. Lund", kind="organisation"), actor(2, "Ada Lund")) == {(2, 1)}


def test_a_full_name_behind_a_stray_word_is_proposed() -> None:
    assert pairs(actor(1, "Rival Ada Lund"), actor(2, "Ada Lund")) == {(1, 2)}
    assert pairs(actor(1, "Eda Lund"), actor(2, "Ada Lund")) == set()


def test_three_thousand_times_the_same_surname_take_seconds() -> None:
    crowd = [actor(n, "Lund") for n in range(1, 3000)]
    start = time.process_time()
    assert len(proposals(crowd, 5000)) == 2998
    assert len(proposals([*crowd, actor(4000, "Ada Lund", 5)], 5000, {(1, 4000), (2, 4000)})) == 2998
    assert time.process_time() - start < 10
