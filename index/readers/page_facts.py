"""What a saved page says of itself: meta elements, linked data, canonical address, headings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from index.model import When
from index.readers import dates
from index.readers.markup import html_text
from index.readers.plain import clean

OLDEST_PAGE = date(1995, 1, 1)
_DATE_META = {
    "article:published_time": 0.97, "og:article:published_time": 0.97, "datepublished": 0.97,
    "article:published": 0.96, "citation_publication_date": 0.96, "citation_date": 0.95, "dc.date.issued": 0.96,
    "dcterms.issued": 0.96, "dcterms.created": 0.94, "dc.date.created": 0.94, "parsely-pub-date": 0.96,
    "sailthru.date": 0.95, "pubdate": 0.95, "publishdate": 0.95, "publish-date": 0.95, "publish_date": 0.95,
    "publication_date": 0.95, "originalpublicationdate": 0.96, "article_date_original": 0.96,
    "cxenseparse:recs:publishtime": 0.95, "bt:pubdate": 0.95, "og:published_time": 0.95, "og:pubdate": 0.95,
    "datecreated": 0.93, "article:created": 0.93, "rnews:datepublished": 0.96, "dc.date": 0.92,
    "dcterms.date": 0.92, "date": 0.9, "shareaholic:article_published_time": 0.95, "published": 0.93,
    "article.published": 0.95, "article.created": 0.92, "displaydate": 0.92, "datepublication": 0.95,
}  # fmt: skip
_ARTICLE_TYPES = re.compile(
    r"article|posting|report|webpage|review|interview|speech|creativework|recipe|event|video", re.I
)
_UTC = re.compile(r"T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]00:?00)\s*\Z", re.I)
_OFFSET = re.compile(r"[+-](?!00:?00)\d{2}:?\d{2}\s*\Z")
_NEWS_TYPES = re.compile(r"article|posting|report|interview|speech", re.I)
_SITE_BETWEEN = re.compile(r"\s+(?:[|–—·•»«:]|-|::|\|\|)\s+")


class PageFacts:
    """What a page states in its head: meta elements, JSON-LD, canonical address, language."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.meta: dict[str, str] = {}
        for element in tree.iter("meta"):
            key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
            content = element.get("content")
            if key and content and content.strip():
                self.meta.setdefault(key.strip().lower(), content.strip()[:2000])
        self.linked = sorted(_linked_data(tree), key=self._rank)
        self.language = (
            tree.get("lang")
            or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
            or self.meta.get("og:locale")
            or self.meta.get("content-language")
        )
        self.url = self._url()

    def _url(self) -> str | None:
        for element in self.tree.iter("link"):
            if (element.get("rel") or "").lower() == "canonical" and (element.get("href") or "").startswith("http"):
                return clean(element.get("href"))
        value = self.meta.get("og:url") or self.meta.get("twitter:url")
        return clean(value) if value and value.startswith("http") else None

    def _rank(self, node: Mapping[str, Any]) -> int:
        """The node about this page before those about other articles: by its headline, then by its type."""
        headline = node.get("headline")
        told = self.meta.get("og:title") or self.meta.get("twitter:title") or ""
        if isinstance(headline, str) and told and _same(html_text(headline), html_text(told)):
            return 0
        return 1 if _NEWS_TYPES.search(str(node.get("@type", ""))) else 2

    def _article(self, key: str) -> str | None:
        """The value of `key` in the JSON-LD nodes that describe an article."""
        for node in self.linked:
            kind = str(node.get("@type", ""))
            value = node.get(key)
            if isinstance(value, str) and value.strip() and _ARTICLE_TYPES.search(kind):
                return value
        return None

    def stated_dates(self) -> Iterator[tuple[When, str]]:
        """Candidates with their raw values: from JSON-LD, meta elements, and elements marked as the publication
        date."""
        for key, certainty in (("datePublished", 0.97), ("dateCreated", 0.93), ("uploadDate", 0.9)):
            yield from _page_date(self._article(key), f"HTML metadata ({key})", certainty)
        for key, certainty in _DATE_META.items():
            yield from _page_date(self.meta.get(key), f"HTML metadata ({key})", certainty)
        for element in self.tree.iter("time", "span", "abbr", "div", "p", "meta"):
            marked = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower()
            if element.get("pubdate") is not None:
                marked += " pubdate"
            if "datepublished" in marked or "pubdate" in marked:
                value = element.get("datetime") or element.get("content") or " ".join(element.itertext())[:100]
                yield from _page_date(value, "HTML metadata (marked in the page)", 0.93)
                break

    def address_date(self, url: str | None) -> Iterator[When]:
        """The day that an address holds (".../2024/11/27/...")."""
        match = re.search(r"/((?:19|20)\d{2})[/\-_](\d{1,2})[/\-_](\d{1,2})(?=[/\-_.]|\Z)", url or "")
        if match:
            for found, _ in _page_date("-".join(match.groups()), "guessed from the address", 0.88):
                yield found

    def title(self) -> str | None:
        """The headline: the page's only first-level heading when the head agrees with it, else what the head says,
        without the site's name."""
        site = self.meta.get("og:site_name")
        told = self._told_titles(site)
        headings = [(one, clean(" ".join(one.itertext()))) for one in self.tree.iter("h1")]
        headings = [
            (one, shown) for one, shown in headings if shown and len(shown) < 400 and not (site and _same(shown, site))
        ]
        for _, shown in headings:
            if shown and any(_same(shown, value) for value in told):
                return shown
        headlines = [
            shown for one, shown in headings if len((shown or "").split()) >= 5 or (not told and len(shown or "") > 8)
        ]
        marked = [
            shown
            for one, shown in headings
            if re.search(r"headline|title|entry|article", f"{one.get('class')} {one.get('itemprop')}")
            and shown in headlines
        ]
        if len(headlines) == 1 or marked:
            return (marked or headlines)[0]
        return next(iter(told), None)

    def _told_titles(self, site: str | None) -> list[str]:
        """What the head of the page says that its title is, the surest first, without the name of the `site`."""
        told = [
            clean(html_text(value))
            for value in (
                self.meta.get("og:title"),
                self._article("headline"),
                self.meta.get("twitter:title"),
                self.meta.get("title"),
                self.meta.get("citation_title"),
                self.meta.get("dc.title"),
            )
            if value
        ]
        element = next(self.tree.iter("title"), None)
        told.append(clean(" ".join(element.itertext())) if element is not None else None)
        without = (_without_site(one, site) for one in told)
        return [value for value in without if value and not (site and _same(value, site))]

    def author(self) -> str | None:
        """The author as JSON-LD or meta elements give it: a suggestion, right in six of ten pages."""
        for node in self.linked:
            if _ARTICLE_TYPES.search(str(node.get("@type", ""))):
                names = list(_names(node.get("author")))
                if names:
                    return clean("; ".join(names[:6]))
        for key in (
            "author",
            "article:author",
            "parsely-author",
            "dc.creator",
            "sailthru.author",
            "citation_author",
            "byl",
        ):
            value = self.meta.get(key)
            if value and not value.startswith("http") and len(value) < 200:
                return clean(re.sub(r"\A\s*by\s+", "", html_text(value), flags=re.I))
        return None

    def outlet(self, url: str | None) -> str | None:
        """The site: its stated name, the publisher of the article, else the host of its address."""
        told = (
            self.meta.get("og:site_name")
            or self.meta.get("application-name")
            or self.meta.get("citation_journal_title")
        )
        if told:
            return clean(html_text(told).lstrip("@"))
        for node in self.linked:
            for name in _names(node.get("publisher")):
                return clean(name)
        host = re.match(r"https?://(?:www\.)?([^/:?#]+)", url or "")
        return host[1].lower() if host else None


def _page_date(value: str | None, rule: str, certainty: float) -> Iterator[tuple[When, str]]:
    found = dates.stated(value, rule, certainty) if value else None
    if found and found.earliest and dates.plausible(found.earliest, OLDEST_PAGE):
        if found.precision != "day":
            found = dates.when(found.earliest, found.latest or found.earliest, rule, min(certainty, 0.7))
        yield found, value or ""


def without_utc_shift(stated: Iterable[tuple[When, str]]) -> list[When]:
    """The stated dates; where the best two lie one day apart, a time given in UTC yields to one with the outlet's own
    offset, else to the earlier day.

    Programs write the day in UTC, readers see the day of the outlet: an evening in the Americas is already tomorrow
    in UTC.
    """
    ordered = sorted(stated, key=lambda pair: -pair[0].certainty)
    if len(ordered) < 2:
        return [one for one, _ in ordered]
    best, value = ordered[0]
    for at, (other, told) in enumerate(ordered[1:], 1):
        if not (best.is_day and other.is_day and other.certainty >= 0.94 and best.earliest and other.earliest):
            continue
        if abs((best.earliest - other.earliest).days) != 1 or not _UTC.search(value):
            continue
        if _OFFSET.search(told) or other.earliest < best.earliest:
            ordered[0] = (replace(best, certainty=other.certainty - 0.01), value)
            ordered.insert(0, ordered.pop(at))
            break
    return [one for one, _ in ordered]


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        raw = script.text.strip()[:500_000]
        raw = re.sub(r"\A(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\Z", "", raw).strip()
        try:
            value = json.loads(raw, strict=False)
        except (ValueError, RecursionError):
            yield from _node_in(raw)
            continue
        yield from _nodes(value, 0)


def _node_in(raw: str) -> Iterator[dict[str, Any]]:
    """What can be read of linked data that is no JSON (a stray comma, a quotation mark too many)."""
    found = {
        key: match[1]
        for key in ("@type", "datePublished", "dateCreated", "headline")
        if (match := re.search(rf'"{key}"\s{{0,9}}:\s{{0,9}}"([^"\\]{{1,500}})"', raw))
    }
    if "datePublished" in found:
        yield found


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for one in value[:200]:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(key), depth + 1)


def _names(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip() and not name.startswith("http") and len(name) < 200:
            yield html_text(name)


def _same(heading: str, other: str) -> bool:
    a, b = re.sub(r"\W+", "", heading).casefold(), re.sub(r"\W+", "", other).casefold()
    return bool(a) and bool(b) and (a in b or b in a) and min(len(a), len(b)) > 0.6 * max(len(a), len(b))


def _without_site(title: str | None, site: str | None) -> str | None:
    """A title without " | Site" at its end: the last part goes when it is the site's name, or short beside what
    stays."""
    if not title:
        return None
    parts = _SITE_BETWEEN.split(title)
    if len(parts) < 2:
        return title
    first_break = _SITE_BETWEEN.search(title)
    last_break = list(_SITE_BETWEEN.finditer(title))[-1]
    if site and _same(parts[-1], site):
        return title[: last_break.start()].strip()
    if site and _same(parts[0], site) and first_break:
        return title[first_break.end() :].strip()
    if len(parts[-1].split()) <= 4 and len(parts[-1]) < 0.5 * last_break.start() and ":" not in last_break.group():
        return title[: last_break.start()].strip()
    return title
