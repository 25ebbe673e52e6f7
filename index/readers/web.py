"""Saved web pages: the main text without the boilerplate, and what the page says of itself.

trafilatura finds the main text (F1 .926 on its own 990 pages), htmldate guesses the date where no metadata states it.
Both segfault in threads and grow in memory: this runs in the reading process only.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from index.model import Article, When
from index.problems import Problem
from index.readers import dates
from index.readers.boilerplate import without_prompts
from index.readers.decoding import declared_charset, decoded
from index.readers.markup import block_text, html_tree, local
from index.readers.page_facts import OLDEST_PAGE, PageFacts, without_utc_shift
from index.readers.plain import article, clean

for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

_PUBLISHED = re.compile(
    r"(?:first )?(?:published|posted|written|issued|released|publication date|date published|registered|input"
    r"|veröffentlicht|erschienen|publié|publicado|publicada|pubblicato"
    r"|gepubliceerd|opublikowano|опубликовано|yayınlanma)\b",
    re.I,
)


def html_article(data: bytes, *, name: str = "", text: str | None = None, url: str | None = None) -> Article:
    """The article of a saved page. `text` is the decoded page when it comes from a MIME part. Raises
    Problem("no-text")."""
    page = text if text is not None else decoded(data, declared_charset(data))[0]
    tree = html_tree(page)
    if tree is None:
        raise Problem("no-text")
    facts = PageFacts(tree)
    address = facts.url or url
    candidates = [*without_utc_shift(facts.stated_dates()), *facts.address_date(address), *dates.in_name(name)]
    if not any(one.certainty >= 0.9 for one in candidates):
        candidates += [*_labelled(tree), *_guessed(page, tree, address)]
    title = facts.title() or _guess("title", tree)
    author = facts.author() or _guess("author", tree)
    body = _main_text(page, tree)
    if not body.strip():
        raise Problem("no-text")
    return article(
        body, title=title, author=author, outlet=facts.outlet(address), url=address, language=facts.language,
        candidates=candidates,
    )  # fmt: skip


def _guess(what: str, tree: Any) -> str | None:
    """What trafilatura takes for the title or the author of a page that doesn't state them."""
    from trafilatura import metadata

    try:
        return clean(metadata.extract_title(tree) if what == "title" else metadata.extract_author(tree))
    except Exception:  # a guess that fails is no guess
        return None


def _main_text(page: str, tree: Any) -> str:
    """The main text, paragraphs a blank line apart; all text of the page when no main text is found."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    except RecursionError:
        raise
    except Exception:  # whatever it stumbles over: the page's own text is still there
        found = None
    text = str(getattr(found, "text", None) or "")
    if len(text) < 40:
        again = html_tree(page)
        whole = block_text(again) if again is not None else ""
        if len(whole) < 600 or not text:
            text = whole
    lines = (line.strip() for line in text.split("\n"))
    return "\n\n".join(without_prompts(line for line in lines if line))


def _guessed(page: str, tree: Any, url: str | None) -> list[When]:
    """What htmldate reads out of the page, marked as a guess; first by its careful, then by its bold way.

    It makes a day out of 31/02/2023 and out of a bare month: only a day that the page prints is believed.
    """
    from htmldate import find_date

    for bold, certainty, rule in ((False, 0.8, "guessed from the page"), (True, 0.65, "guessed from the page's text")):
        try:
            value = find_date(tree, extensive_search=bold, original_date=True, url=url)
        except Exception:  # its patterns meet everything; a failed guess is none
            value = None
        found = dates.stated(value, rule, certainty) if value else None
        if found and found.earliest and dates.plausible(found.earliest, OLDEST_PAGE):
            if dates.prints_day(page, found.earliest) or dates.prints_day(" ".join(tree.itertext()), found.earliest):
                return [found]
            if dates.prints_month(page, found.earliest):
                return [dates.month_of(found.earliest, rule, certainty - 0.2)]
    return []


def _labelled(tree: Any) -> list[When]:
    """The first date in the page that a label calls the publication ("Published:", "Written:"), outside of lists of
    other articles."""
    for element in tree.iter("time", "span", "p", "div", "li", "dd", "td", "em", "small"):
        words = " ".join("".join(element.itertext()).split()) if len(element) < 4 else ""
        if not 8 <= len(words) <= 90 or not _PUBLISHED.match(words):
            continue
        if any(local(one) in ("aside", "nav", "footer") for one in element.iterancestors()):
            continue
        for _, _, first, last in dates.full_dates(words):
            if first == last and dates.plausible(first, OLDEST_PAGE):
                return [dates.when(first, last, "guessed from a labelled date in the page", 0.86)]
            break
    return []
