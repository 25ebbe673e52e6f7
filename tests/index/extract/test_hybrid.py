import pytest

from index.extract import extract
from index.extract import hybrid as hybrid_module
from index.extract.hybrid import attributions
from index.extract.lexicon import lexicon
from index.extract.pages import page
from index.extract.tagger import FILE, tagger

EN = lexicon("en")
needs_model = pytest.mark.skipif(tagger("en") is None, reason=f"{FILE} is not there")


def test_without_the_model_the_rules_work_alone_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hybrid_module, "tagger", lambda language: None)
    found = extract("Ada Holm said that the bridge was safe.")
    assert [s.actor for s in found.statements] == ["Ada Holm"]
    assert found.notes == ("model-missing",)


def test_leaving_the_model_out_is_no_problem_to_report() -> None:
    assert extract("Ada Holm said that the bridge was safe.", model=False).notes == ()


def test_a_language_without_a_model_is_no_problem_to_report() -> None:
    assert extract("Иван Лесов сказал, что мост откроется.", language="ru").notes == ()


@needs_model
def test_the_model_is_there() -> None:
    assert extract("Ada Holm said that the bridge was safe.").notes == ()


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "Ada Holm referred to the old bridge in a long talk on Monday.",
        "Ada Holm and Bo Lindt discussed the old bridge on Monday.",
        "The council voted on the “new” school.",
    ],
)
def test_a_topic_is_no_statement(text: str) -> None:
    assert attributions(page(text, EN))[0] == []


@needs_model
def test_every_quotation_of_three_words_is_given_to_someone_or_kept() -> None:
    text = "“The bridge is ready and safe,” Ada Holm said. “It took us nine years.”\n\n“Nobody will ever pay for it, I fear.”"
    read = page(text, EN)
    found = attributions(read)[0]
    for quotation in read.outermost:
        assert sum(a.covers(quotation.inner) for a in found) >= 0.9 * (quotation.inner.end - quotation.inner.start)


@needs_model
def test_the_addressee_is_not_part_of_the_words() -> None:
    text = "Ada Holm accused the builders of hiding the cracks."
    (found,) = attributions(page(text, EN))[0]
    assert found.addressee is not None
    assert found.addressee.of(text) == "the builders"
    assert found.content[0].of(text).startswith("hiding")


@needs_model
def test_what_was_not_said_is_hardly_certain() -> None:
    found = attributions(page("Ada Holm has never said that the bridge was safe.", EN))[0]
    assert all(a.certainty <= 0.3 and "negated" in a.rule for a in found)


@needs_model
def test_a_thought_that_nobody_reports_is_left_out() -> None:
    assert attributions(page("Most people would consider that an honest answer.", EN))[0] == []
