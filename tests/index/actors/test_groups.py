"""Proposals come in groups around the actor to keep; two different full names never come into one."""

from __future__ import annotations

import time

from index.actors.groups import groups
from index.actors.proposals import proposals
from index.model import Actor, ActorKind, MergeProposal


def actor(number: int, name: str, statements: int = 1, kind: ActorKind = "person") -> Actor:
    return Actor(number, name, kind, statements=statements)


def gathered(*actors: Actor, declined: tuple[tuple[int, int], ...] = ()) -> list[tuple[int, set[int]]]:
    apart = set(declined)
    found = groups(actors, proposals(actors, 5000, apart), apart)
    return [(kept.id, {other.id for other, _, _ in others}) for kept, others in found]


def test_a_full_name_and_its_lone_surnames_are_one_group() -> None:
    lone = [actor(n, "Lund", n) for n in range(2, 9)]
    others = (actor(9, "Ada M. Lund"), actor(10, "Boris Holm"))
    assert gathered(actor(1, "Ada Lund", 9), *lone, *others) == [(1, set(range(2, 10)))]


def test_equal_lone_surnames_are_a_group_of_their_own() -> None:
    assert gathered(actor(1, "Lund"), actor(2, "Lund", 5), actor(3, "Lund"), actor(4, "Holm")) == [(2, {1, 3})]


def test_a_group_never_holds_two_different_full_names() -> None:
    people = (actor(1, "Ada Lund", 5), actor(2, "Anna Lund", 4), actor(3, "A. Lund"))
    for kept, others in gathered(*people):
        assert not {1, 2} <= {kept, *others}
    by_hand = [MergeProposal(1, 4, 0.9, "x"), MergeProposal(2, 4, 0.9, "x")]  # one lone name proposed for both
    (only,) = groups([*people, actor(4, "Lund")], by_hand)
    assert (only[0].id, [other.id for other, _, _ in only[1]]) == (1, [4])


def test_declined_pairs_are_not_brought_together_by_a_third() -> None:
    by_hand = [MergeProposal(1, 2, 0.9, "x"), MergeProposal(1, 3, 0.8, "x")]
    lone = [actor(1, "Lund", 9), actor(2, "Lund"), actor(3, "Lund")]
    assert len(groups(lone, by_hand)[0][1]) == 2
    assert [other.id for other, _, _ in groups(lone, by_hand, {(2, 3)})[0][1]] == [2]


def test_the_full_name_of_an_organisation_is_kept_not_its_initials() -> None:
    pair = (actor(1, "RTO", 9, "organisation"), actor(2, "River Treaty Organization", 2, "organisation"))
    assert gathered(*pair) == [(2, {1})]


def test_likely_groups_come_first_and_of_these_the_one_that_moves_most_statements() -> None:
    lunds, holms = (actor(1, "Lund", 1), actor(2, "Lund", 2)), (actor(3, "Holm", 8), actor(4, "Holm", 7))
    found = gathered(*lunds, *holms, actor(5, "Ada Moss"), actor(6, "Moss", 2), actor(7, "Kai Reck"), actor(8, "Kai", 9))
    assert found == [(3, {4}), (5, {6}), (2, {1}), (7, {8})]


def test_three_thousand_lone_surnames_are_gathered_in_seconds() -> None:
    crowd = [actor(n, "Lund") for n in range(2, 3000)]
    start = time.process_time()
    assert gathered(actor(1, "Ada Lund", 5), *crowd)[0][0] == 1
    apart = tuple((1, n) for n in range(2, 400))
    by_hand = proposals([actor(1, "Ada Lund", 5), *crowd], 5000, set(apart))
    found = groups([actor(1, "Ada Lund", 5), *crowd], by_hand, set(apart))
    assert sorted(len(others) for _, others in found) == [397, 2600]
    assert time.process_time() - start < 10
