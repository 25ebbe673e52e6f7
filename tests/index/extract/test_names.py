import pytest

from index.extract.lexicon import lexicon
from index.extract.names import Mention, mention, plain, surname

EN = lexicon("en")


def read(words: str) -> Mention:
    return mention(words, EN)


@pytest.mark.parametrize(
    ("words", "name", "role"),
    [
        ("Ada Holm", "Ada Holm", None),
        ("Prime Minister Ada Holm", "Ada Holm", "Prime Minister"),
        ("Latvian Foreign Minister Ada Holm", "Ada Holm", "Latvian Foreign Minister"),
        ("Latvia’s Ambassador to Estonia, Ada Holm", "Ada Holm", "Latvia’s Ambassador to Estonia"),
        ("Ada Holm, a spokeswoman for the harbor", "Ada Holm", "spokeswoman for the harbor"),
        ("the envoy Bo Lindt", "Bo Lindt", "envoy"),
        ("Sen. Bo Lindt of Norrby", "Bo Lindt", "Sen."),
        ("Lindt campaign manager Ada Holm", "Ada Holm", "Lindt campaign manager"),
        ("Ada van der Holm", "Ada van der Holm", None),
        ("Bo Lindt Jr.", "Bo Lindt Jr.", None),
        ("Secretary of State Ada Holm", "Ada Holm", "Secretary of State"),
        ("the Foreign Minister of Latvia Ada Holm", "Ada Holm", "Foreign Minister of Latvia"),
        ("Bank of England governor Ada Holm", "Ada Holm", "Bank of England governor"),
        ("Speaker of the House Ada Holm", "Ada Holm", "Speaker of the House"),
        ("Candidate Dr. Bo Lindt", "Bo Lindt", "Candidate"),
        ("Former Gov. Martin O’Dell", "Martin O’Dell", "Former Gov."),
        ("CNN’s Ada Holm", "Ada Holm", None),
    ],
)
def test_a_person_is_read_with_the_role_as_printed(words: str, name: str, role: str | None) -> None:
    found = read(words)
    assert (found.kind, found.name, found.role) == ("person", name, role)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Latvia’s Foreign Ministry", "organisation"),
        ("Prime Minister Ada Holm’s office", "organisation"),
        ("the Labor Party", "organisation"),
        ("TASS", "organisation"),
        ("the government of Latvia", "organisation"),
        ("the Bank of England", "organisation"),
        ("the President of Latvia", "description"),
        ("the North Sea Trade Agreement", "organisation"),
        ("Latvian officials", "group"),
        ("officials", "group"),
        ("several senators", "group"),
        ("Riga", "state"),
        ("Latvia", "state"),
        ("the diplomat", "description"),
        ("a senior official", "description"),
        ("he", "pronoun"),
        ("Ada Holm and Bo Lindt", "several"),
        ("", "unknown"),
        ("—", "unknown"),
    ],
)
def test_the_kind_of_a_mention(words: str, kind: str) -> None:
    assert read(words).kind == kind


def test_an_office_is_not_its_holder() -> None:
    assert read("Prime Minister Ada Holm’s office").name == "Prime Minister Ada Holm’s office"


def test_a_capital_stands_for_its_state() -> None:
    assert read("Riga").name == "Latvia"


def test_surnames_keep_their_particles_and_drop_junior() -> None:
    assert surname("Ada van der Holm") == "van der Holm"
    assert surname("Bo Lindt Jr.") == "Lindt"


def test_names_are_compared_without_marks() -> None:
    assert plain("The O’Brien Fund") == plain("o'brien fund")
