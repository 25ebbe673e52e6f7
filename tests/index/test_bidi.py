"""Words from right to left are kept together in a line of ours, and others are left alone."""

from __future__ import annotations

import pytest

from index.bidi import isolated


@pytest.mark.parametrize("words", ["", "Mira Olanda", "Совет порта", "Խորհուրդ", "“2030”"])
def test_words_of_our_direction_stay_as_they_are(words: str) -> None:
    assert isolated(words) == words


@pytest.mark.parametrize("words", ["שר הים", "وزير", "Radio وزير"])
def test_words_of_the_other_direction_are_isolated(words: str) -> None:
    assert isolated(words) == f"\u200e\u2068{words}\u2069"
