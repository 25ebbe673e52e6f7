from index.extract import extract
from index.model import FoundStatement


def said(text: str) -> list[FoundStatement]:
    return list(extract(text, model=False).statements)


def test_the_reason_is_kept() -> None:
    found = said("The envoy Bo Lindt spoke. “It went well,” Lindt said. “We meet again in May,” the diplomat said.")
    assert found[0].actor_rule == "Lindt -> Bo Lindt: surname"
    assert found[1].actor_rule == "the diplomat -> Bo Lindt: last quoted speaker"


def test_a_role_of_another_time_is_not_linked() -> None:
    text = (
        "“In 2021 the president of the union told me that there were doubts,” Ada Holm said.\n\n"
        "Bo Lindt, president of the union, came on Monday."
    )
    nested = next(s for s in said(text) if s.parent is not None)
    assert nested.actor is None


def test_an_unnamed_speaker_stays_unknown() -> None:
    assert [s.actor for s in said("A resident said that the bridge was closed.")] == [None]


def test_an_actor_carries_aliases_and_roles() -> None:
    text = "Prime Minister Ada Holm came. Holm said that the bridge would open."
    found = extract(text, model=False).actors
    assert [(a.name, a.kind, a.roles) for a in found] == [("Ada Holm", "person", ("Prime Minister",))]


def test_a_woman_is_not_he() -> None:
    text = "Anna Holm met Peter Lindt. He said that the bridge would open."
    assert said(text)[0].actor == "Peter Lindt"


def test_nobody_named_means_nobody_known() -> None:
    assert said("He said that the bridge would open.")[0].actor is None
