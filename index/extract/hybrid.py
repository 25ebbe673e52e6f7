"""The model where it is sure, rules where structure decides: one list of attributions for a page."""

from __future__ import annotations

from index.extract.attributions import Attribution
from index.extract.pages import Page
from index.extract.reported import attributions as by_rule
from index.extract.reported import with_quotations
from index.extract.tagger import tagger


def attributions(page: Page, *, model: bool = True) -> tuple[list[Attribution], tuple[str, ...]]:
    """Attributions of a page and notes; without the model's file the rules work alone and the note says so."""
    trained = tagger(page.words.language) if model else None
    if trained is None:
        missing = model and page.words.language == "en"
        return by_rule(page), ("model-missing",) if missing else ()
    return with_quotations(page, trained.attributions(page)), ()
