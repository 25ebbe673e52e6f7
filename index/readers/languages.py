"""Which language a text is in: py3langid's model lies in its package, so nothing is fetched; it is loaded at the
first question."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_CODE = re.compile(r"[a-z]{2,3}\Z")


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def load() -> None:
    """Have the model ready, for a process that may not write temporary files afterwards."""
    _identifier()


def language_of(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 code. What the file declares counts for short texts; for longer ones the letters decide. None:
    unknown."""
    code = (declared or "").strip().lower().replace("_", "-").split("-")[0]
    told = code if _CODE.match(code) else None
    sample = " ".join(text[:3000].split())
    letters = sum(1 for letter in sample if letter.isalpha())
    if letters < 30 or (told and letters < 120):
        return told
    found, probability = _identifier().classify(sample[:700])
    if probability < 0.6:
        return told
    return str(found)
