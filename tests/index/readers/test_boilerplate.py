"""What a page asks of its reader goes; what the article reports stays."""

from __future__ import annotations

import pytest

from index.readers.boilerplate import without_prompts


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our daily newsletter", "Never miss a story: get our alerts by email",
        "Related: Okker shuts the harbour", "Read more",
        "À lire aussi : le port ferme", "Leia também", "Advertisement", "Tags:", "Photo: Herald Pictures",
        "All rights reserved.",
        "Lesen Sie auch: Der Hafen schließt", "Читайте также: гавань закрыта", "This post contains affiliate links.",
    ],
)  # fmt: skip
def test_a_request_is_left_out(line: str) -> None:
    kept = list(without_prompts(["Venn opened the strait.", line, "The boats came."]))
    assert kept == ["Venn opened the strait.", "The boats came."]


@pytest.mark.parametrize(
    "line",
    [
        "“Sign up for our newsletter,” Venn joked to the press.", "Related matters were left for the autumn.",
        "Read the treaty, Venn said.",
        "The council registered 40 boats.", "Watch the strait, Okker warned.",
        "Topics of the talks were tariffs and quotas.",
        "Subscribers to the telephone network pay more.", "Share prices fell.", "Print is dead, he said.",
        "- A list item",
    ],
)  # fmt: skip
def test_a_sentence_of_the_article_stays(line: str) -> None:
    assert list(without_prompts(["Before.", line, "After."])) == ["Before.", line, "After."]


def test_the_list_below_a_pointer_goes_with_it() -> None:
    page = ["Before.", "Read also", "- Okker shuts the harbour", "- Kestrin resigns", "After.", "- A point of the article"]
    assert list(without_prompts(page)) == ["Before.", "After.", "- A point of the article"]


def test_long_paragraphs_are_never_looked_at() -> None:
    long = "The newsletter of the harbour asks everybody to sign up by email. " * 6
    assert list(without_prompts([long])) == [long]
