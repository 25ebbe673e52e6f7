"""One name in many spellings: which have one key, and which say enough to be linked. All names are invented, but for a few
of public record whose spellings are the point."""

from __future__ import annotations

import pytest

from index.actors.names import linkable, name_key
from index.model import FoundActor

SAME_KEY = [
    ("Sergei Lundov", "Sergey Lundov"),
    ("SERGEI LUNDOV", "Sergei Lundov"),
    ("Сергей Лундов", "Sergei Lundov"),
    ("Yuri Makarsky", "Yury Makarskiy"),
    ("Юрий Макарский", "Yuriy Makarsky"),
    ("Dmitri Aliyev", "Дмитрий Алиев"),
    ("Նիկոլ Սարյան", "Nikol Saryan"),
    ("Nikol Sarian", "Nikol Saryan"),
    ("Prime Minister Ada Lund", "Ada Lund"),
    ("Dr. Ada Lund", "Ada Lund"),
    ("Lund, Ada", "Ada Lund"),
    ("José Núñez", "Jose Nunez"),
    ("J. D. Lund", "JD Lund"),
    ("Secretary of State Ada Lund", "Ada Lund"),
    ("Ada Lund’s", "Ada Lund"),
    ("Norland’s Foreign Ministry", "Foreign Ministry of Norland"),
    ("Armenia’s Foreign Ministry", "Armenian Foreign Ministry"),
    ("the River Organisation Council", "River Organization Council"),
    ("the Kremlin", "Kremlin"),
]

OTHER_KEY = [
    ("Armen Saryan", "Arman Saryan"),
    ("George W. Lund", "George Lund"),
    ("George W. Lund", "George H. W. Lund"),
    ("Ada Lund", "Eda Lund"),
    ("Ada Lund Jr.", "Ada Lund"),
    ("Terry Moss", "Terri Moss"),
    ("Ada Lund", "Ada Lund’s office"),
    ("Mikhail Galunin", "Mikhail Kalunin"),
    ("Ada Lund", "Lund"),
    ("Volodymyr Reck", "Vladimir Reck"),
    ("Adam Khan", "Adam Han"),
    ("Jan Meyer", "Jan Meer"),
    ("Foreign Ministry of Norland", "Foreign Ministry of Ostland"),
    ("Armenian officials", "Russian officials"),
]


@pytest.mark.parametrize(("a", "b"), SAME_KEY)
def test_spellings_of_one_name_have_one_key(a: str, b: str) -> None:
    assert name_key(a) == name_key(b) != ""


@pytest.mark.parametrize(("a", "b"), OTHER_KEY)
def test_names_that_may_be_two_actors_have_two_keys(a: str, b: str) -> None:
    assert name_key(a) != name_key(b)


# (one, other, the same actor?): labelled by hand; the actors named below stand alone in their library.


@pytest.mark.parametrize(
    ("found", "says_enough"),
    [
        (FoundActor("Ada Lund", "person"), True),
        (FoundActor("Lund", "person"), False),
        (FoundActor("Secretary General of the RTO", "person"), False),
        (FoundActor("the Prime Minister", "person"), False),
        (FoundActor("Foreign Ministry", "organisation"), False),
        (FoundActor("officials", "group"), False),
        (FoundActor("Armenia’s Foreign Ministry", "organisation"), True),
        (FoundActor("Russian officials", "group"), True),
        (FoundActor("RTX", "organisation"), True),
        (FoundActor("Norland", "state"), True),
        (FoundActor("Kremlin"), True),
    ],
)
def test_only_a_name_that_says_enough_is_linked_across_documents(found: FoundActor, says_enough: bool) -> None:
    assert linkable(found) is says_enough


@pytest.mark.parametrize("name", ["", " ", "'s", ",", "...", "\x00", "李", "a" * 10_000, ", , ,"])
def test_odd_names_give_no_exception(name: str) -> None:
    assert isinstance(name_key(name), str)
