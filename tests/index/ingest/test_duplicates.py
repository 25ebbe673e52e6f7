"""Wire copies are found, other articles on the same matter are not."""

from __future__ import annotations

import random

from index.ingest.duplicates import BANDS, bands, near_duplicate, resemblance

WORDS = [
    "strait",
    "treaty",
    "harbour",
    "tariff",
    "fleet",
    "pilot",
    "lighthouse",
    "council",
    "fishery",
    "ferry",
    "quota",
    "channel",
    "boat",
    "island",
    "anchor",
    "tide",
]


def text(seed: int, length: int = 300) -> list[str]:
    luck = random.Random(seed)
    return [luck.choice(WORDS) + str(luck.randint(0, 30)) for _ in range(length)]


def test_an_edited_copy_shares_a_band_and_is_a_near_duplicate() -> None:
    for seed in range(200):
        words = text(seed)
        copy = words.copy()
        for place in range(20, 300, 60):
            copy[place] = "changed"
        a, b = " ".join(words), " ".join(["By our correspondent in Belmar", *copy[:-10]])
        assert set(bands(a)) & set(bands(b)), seed
        assert near_duplicate(a, b)


def test_other_texts_of_the_same_words_are_not() -> None:
    pairs = [(" ".join(text(seed)), " ".join(text(seed + 1000))) for seed in range(30)]
    assert not any(set(bands(a)) & set(bands(b)) for a, b in pairs)
    assert max(resemblance(a, b) for a, b in pairs) < 0.05


def test_case_and_punctuation_do_not_count() -> None:
    words = " ".join(text(1))
    assert bands(words) == bands(words.upper().replace(" ", ", "))
    assert len(bands(words)) == BANDS
    assert all(0 <= band < 1 << 63 for band in bands(words))


def test_a_short_text_has_no_bands() -> None:
    assert bands("The strait is open.") == ()
