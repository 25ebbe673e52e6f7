"""Press-database bundles: one file with many articles, split by rules that the user can see, edit and preview.

A rule says how an article begins or ends and how its fields are labelled. Its patterns are regular expressions that
people write, so they are tried on bounded lines only, and splitting runs in the reading process under its time limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from index.model import Article, SplitRule
from index.problems import Problem
from index.readers import dates, limits
from index.readers.plain import article

FIELDS = ("title", "outlet", "published", "author", "language")
_LINE = 300  # characters of a line that a pattern sees
_HEAD = 40  # lines of an article in which its fields are looked for
_LEAST = 2  # articles that make a bundle


BUILT_IN: tuple[SplitRule, ...] = (
    SplitRule(
        "Nexis Uni / Lexis Advance (End of Document)",
        end=r"End of Document\s*$",
        body=r"Body\s*$",
        title_line=1,
        outlet_line=2,
        fields={"author": r"Byline:\s*(.+)", "published": r"Load-Date:\s*(.+)", "language": r"Language:\s*(\w+)"},
        drop=r"(?:Length:\s*\d+ words|Section:\s.*|Highlight:\s.*|Copyright \d{4}.*|All Rights Reserved|Load-Date:.*"
        r"|Graphic\s*$|Classification\s*$|Notes\s*$"
        r"|Page \d+ of \d+.*|Byline:\s.*|Language:\s.*|Publication-Type:.*)",
    ),
    SplitRule(
        "LexisNexis (n of m DOCUMENTS)",
        start=r"\s*(?:Document )?\d{1,5} of \d{1,5}(?: DOCUMENTS)?\s*$",
        outlet_line=1,
        fields={
            "title": r"HEADLINE:\s*(.+)",
            "author": r"BYLINE:\s*(.+)",
            "published": r"LOAD-DATE:\s*(.+)",
            "language": r"LANGUAGE:\s*(\w+)",
            "outlet": r"SOURCE:\s*(.+)",
        },
        drop=r"(?:HEADLINE|BYLINE|LENGTH|SECTION|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|DATELINE|SUBJECT|GRAPHIC|ACC-NO"
        r"|JOURNAL-CODE|SOURCE|DISTRIBUTION|TYPE):.*"
        r"|Copyright \d{4}.*|All Rights Reserved\s*$",
    ),
    SplitRule(
        "Factiva (Document XXXX0000...)",
        end=r"Document [A-Za-z0-9]{6,12}\d{8}[a-z0-9]{5,16}\s*$",
        title_line=1,
        fields={
            "title": r"HD\s+(.+)",
            "author": r"BY\s+(.+)",
            "published": r"PD\s+(.+)",
            "outlet": r"SN\s+(.+)",
            "language": r"LA\s+(\w+)",
        },
        drop=r"(?:(?:HD|BY|WC|PD|SN|SC|LA|CY|PG|ED|VOL|CR|AN|IPD|IPC|CO|IN|NS|RE|PUB|ET)\s+.*|(?:LP|TD)\s*$"
        r"|[\d,]+ words\s*$|Copyright \d{4}.*|\(c\) \d{4}.*"
        r"|© \d{4}.*|All Rights Reserved\.?\s*$|English\s*$)",
    ),
    SplitRule(
        "ProQuest (Document n of m, labelled)",
        start=r"(?:_{20,}\s*$|Document \d{1,5} of \d{1,5}\s*$)",
        fields={
            "title": r"Title:\s*(.+)",
            "author": r"Author:\s*(.+)",
            "published": r"Publication date:\s*(.+)",
            "outlet": r"Publication title:\s*([^;]+)",
            "language": r"Language of publication:\s*(\w+)",
        },
        body=r"Full text:\s*",
        drop=r"(?:Links|Subject|Location|Company / organization|Pages?|Publication year|Publisher"
        r"|Place of publication|Country of publication|Publication subject|ISSN|Source type"
        r"|Document type|ProQuest document ID|Document URL|Copyright|Last updated|Database|Publication info|Title"
        r"|Author|Publication title|Publication date"
        r"|Language of publication|Abstract|People|Identifier / keyword|Section|Volume|Issue|Number of pages):.*",
    ),
    SplitRule(
        "Integrum, EastView and the like (labelled records)",
        start=r"(?:Источник|Издание|Source):\s*\S",
        fields={
            "title": r"(?:Заголовок|Заглавие|Title|Headline):\s*(.+)",
            "published": r"(?:Дата(?: выпуска| публикации)?|Date):\s*(.+)",
            "outlet": r"(?:Источник|Издание|Source):\s*(.+)",
            "author": r"(?:Автор|Авторы|Author):\s*(.+)",
        },
        drop=r"(?:Источник|Издание|Source|Заголовок|Заглавие|Title|Headline|Дата(?: выпуска| публикации)?|Date"
        r"|Номер(?: выпуска)?|Автор|Авторы|Author|Рубрика|Страница):.*",
        keep_marks=True,
    ),
)


def rule_message(rule: SplitRule) -> dict[str, Any]:
    """A rule as the JSON object that a library keeps."""
    return asdict(replace(rule, fields=dict(rule.fields)))


def rule_of(message: Mapping[str, Any]) -> SplitRule:
    """The rule in a JSON object; unknown keys are left out. Raises Problem("bad-value") for patterns that can't be
    read."""
    known = {key: message[key] for key in SplitRule.__dataclass_fields__ if key in message}
    rule = SplitRule(**known)
    for pattern in (rule.start, rule.end, rule.body, rule.drop, *rule.fields.values()):
        compiled(pattern)
    if not rule.start and not rule.end:
        raise Problem("bad-value", detail="A split rule needs the line that begins or the line that ends an article.")
    return rule


def compiled(pattern: str) -> re.Pattern[str] | None:
    """A pattern ready for use, None for an empty one. Raises Problem("bad-value")."""
    if not pattern:
        return None
    if len(pattern) > 4000:
        raise Problem("bad-value", detail="The pattern is too long.")
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise Problem("bad-value", detail=f"The pattern cannot be read: {error}") from error


def matching_rule(text: str, rules: Iterable[SplitRule]) -> SplitRule | None:
    """The first rule that cuts the text into two or more articles; None: the text is one article."""
    for rule in rules:
        if sum(1 for piece in _pieces(text, rule) if piece) >= _LEAST and sum(1 for _ in split(text, rule)) >= _LEAST:
            return rule
    return None


def split(text: str, rule: SplitRule) -> list[Article]:
    """The articles of a bundle in their order, with what their labels say of them. Pieces without text are left out."""
    found: list[Article] = []
    for piece in _pieces(text, rule):
        one = _article(piece, rule)
        if one is not None:
            found.append(one)
        if len(found) > limits.ARTICLES:
            raise Problem("too-large", detail=f"more than {limits.ARTICLES:,} articles")
    return found


def _pieces(text: str, rule: SplitRule) -> list[list[str]]:
    start, end = compiled(rule.start), compiled(rule.end)
    pieces: list[list[str]] = [[]]
    begun = start is None
    for line in text.split("\n"):
        seen = line[:_LINE]
        if start is not None and start.match(seen):
            pieces.append([line] if rule.keep_marks else [])
            begun = True
        elif end is not None and end.match(seen):
            pieces.append([])
            begun = start is None
        elif begun:
            pieces[-1].append(line)
    if end is not None and start is None and pieces:
        pieces.pop()  # what follows the last end mark is the database's own footer
    return [piece for piece in pieces if any(line.strip() for line in piece)]


def _article(lines: Sequence[str], rule: SplitRule) -> Article | None:
    fields, lines = _fields(lines, rule)
    body, drop = compiled(rule.body), compiled(rule.drop)
    shown = [line.strip() for line in lines if line.strip() and (drop is None or not drop.match(line[:_LINE]))]
    for name, number in (("title", rule.title_line), ("outlet", rule.outlet_line)):
        if number and name not in fields and len(shown) >= number and len(shown[number - 1]) < _LINE:
            fields[name] = shown[number - 1]
    head_date = next(iter(_head_dates(shown)), None)
    start = next(
        (at + 1 for at, line in enumerate(lines[: 2 * _HEAD]) if body is not None and body.match(line[:_LINE])), None
    )
    kept = list(lines[start:] if start is not None else lines)
    if start is not None and body is not None:
        first = body.sub("", lines[start - 1], count=1).strip()
        kept = ([first] if first else []) + kept
    kept = [line for line in kept if drop is None or not drop.match(line[:_LINE])]
    text = re.sub(r"\n{3,}+", "\n\n", "\n".join(line.rstrip() for line in kept)).strip()
    if len(text) < 20:
        return None
    told = dates.stated(fields.get("published", ""), f"label in the bundle ({rule.name})", 0.9)
    candidates = [one for one in (head_date, told) if one]
    return article(
        text,
        title=fields.get("title"),
        outlet=fields.get("outlet"),
        author=fields.get("author"),
        language=_LANGUAGES.get(fields.get("language", "").lower()),
        candidates=candidates,
    )


_LANGUAGES = {
    "english": "en",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "russian": "ru",
    "italian": "it",
    "portuguese": "pt",
    "armenian": "hy",
    "turkish": "tr",
    "ukrainian": "uk",
    "polish": "pl",
    "dutch": "nl",
    "chinese": "zh",
    "arabic": "ar",
    "japanese": "ja",
}


def _head_dates(shown: Sequence[str]) -> Iterable[Any]:
    """A line of the head that is a date and little else: what databases print below the headline."""
    for line in shown[:12]:
        if len(line) > 80:
            return
        for start, end, first, last in dates.full_dates(line):
            rest = re.sub(r"\W+", "", line[:start] + line[end:])
            if first == last and dates.plausible(first) and len(rest) <= 30:
                yield dates.when(first, last, "date line in the bundle", 0.95)
                return


def _fields(lines: Sequence[str], rule: SplitRule) -> tuple[dict[str, str], Sequence[str]]:
    found: dict[str, str] = {}
    patterns = [(name, compiled(pattern)) for name, pattern in rule.fields.items() if name in FIELDS]
    places = [*range(min(_HEAD, len(lines))), *range(max(_HEAD, len(lines) - 15), len(lines))]
    for at in places:
        for name, pattern in patterns:
            match = pattern.match(lines[at][:_LINE]) if pattern is not None and name not in found else None
            if match and match.groups() and (match[1] or "").strip():
                found[name] = match[1].strip()
    return found, lines
