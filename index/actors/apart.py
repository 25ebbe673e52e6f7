"""Says why two actors had better stay apart: an office is not its holder, Armen is not Arman, a state is no person."""

from __future__ import annotations

from index.actors.cards import PERSON_KINDS, card_of, ends_with, given_alike, kind_of
from index.actors.names import is_office, is_organisation
from index.model import Actor

OFFICE_AND_HOLDER = "office-and-holder"
DIFFERENT_KINDS = "different-kinds"
DIFFERENT_GIVEN_NAMES = "different-given-names"


def office_warning(a: Actor, b: Actor) -> str | None:
    """Why two actors had better stay apart: "office-and-holder", "different-kinds", "different-given-names"; or None."""
    for office, holder in ((a, b), (b, a)):
        if (
            is_office(office.name)
            and not is_office(holder.name)
            and holder.kind in PERSON_KINDS
            and not is_organisation(holder.name)
        ):
            return OFFICE_AND_HOLDER
    kinds = {kind_of(a), kind_of(b)} - {"unknown"}
    if len(kinds) > 1:
        return DIFFERENT_KINDS
    if kinds <= {"person"} and not is_organisation(a.name) and not is_organisation(b.name):
        one, two = card_of(a, a.name), card_of(b, b.name)
        same_family = one.surname == two.surname and one.given and two.given and not ends_with(one.words, two.words)
        if same_family and given_alike(one.given, two.given) is None:
            return DIFFERENT_GIVEN_NAMES
    return None
