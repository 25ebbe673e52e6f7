"""Citations for reading: Markdown, HTML and DOCX, actor by actor, each quotation with its source."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from index.export.citations import UNKNOWN, Citation

KINDS = {
    "direct": "direct speech", "indirect": "indirect speech", "mixed": "mixed speech", "answer": "an answer",
    "own": "own words",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<style>
body { font: 16px/1.5 Georgia, "DejaVu Serif", serif; max-width: 44em; margin: 2em auto; padding: 0 1em; color: #1b1b1b; }
h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 2em }
blockquote { margin: 1em 0 0; padding-left: 1em; border-left: 3px solid #8899aa; white-space: pre-line }
.source { margin: .2em 0 1em 1.2em; color: #555; font-size: .85em }
</style></head><body>
<h1>{{ title }}</h1><p>{{ counted }}.</p>
{% for actor, group in actors %}<h2>{{ actor }}</h2>
{% for found in group %}<blockquote id="q{{ found.quotation }}" dir="auto">{{ quoted(found) }}</blockquote>
<p class="source">{{ found.line }}<br>{{ rules(found) }}</p>
{% endfor %}{% endfor %}</body></html>
"""


def markdown_bytes(citations: Sequence[Citation], title: str) -> bytes:
    """Markdown; characters that mean something to Markdown are escaped."""
    lines = [f"# {_escaped(title)}", "", f"{counted(citations)}.", ""]
    for actor, group in _by_actor(citations):
        lines += [f"## {_escaped(actor)}", ""]
        for found in group:
            quote = _escaped(quoted(found)).split("\n")
            lines += [f"> {line}".rstrip() for line in quote]
            lines += ["", f"{_escaped(found.line)}  ", f"*{_escaped(rules(found))}*", ""]
    return "\n".join(lines).encode("utf-8", "replace")


def html_bytes(citations: Sequence[Citation], title: str) -> bytes:
    """One page without scripts or anything fetched; all text is escaped."""
    from jinja2 import Environment

    page = Environment(autoescape=True).from_string(_PAGE)
    text = page.render(
        title=title, counted=counted(citations), actors=list(_by_actor(citations)), quoted=quoted, rules=rules
    )
    return text.encode("utf-8", "replace")


def docx_bytes(citations: Sequence[Citation], title: str) -> bytes:
    """A word processor's document."""
    from docx import Document
    from docx.shared import Pt

    made = Document()
    made.core_properties.title, made.core_properties.author = _clean(title), "Standpoint"
    made.add_heading(_clean(title), 0)
    made.add_paragraph(f"{counted(citations)}.")
    for actor, group in _by_actor(citations):
        made.add_heading(_clean(actor), 1)
        for found in group:
            made.add_paragraph(_clean(quoted(found)), style="Quote")
            source = made.add_paragraph().add_run(_clean(f"{found.line}\n{rules(found)}"))
            source.font.size = Pt(9)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def counted(citations: Sequence[Citation]) -> str:
    """How many they are, in words."""
    return f"{len(citations):,} {'statement' if len(citations) == 1 else 'statements'}"


def quoted(found: Citation) -> str:
    """The words, in quotation marks where the document printed them so."""
    return f"“{found.text}”" if found.kind == "direct" else found.text


def rules(found: Citation) -> str:
    """How the date and the speaker were found, how sure that is, and where the words stand."""
    places = " and ".join(f"{start}-{end}" for start, end in found.spans)
    parts = [KINDS.get(found.kind, found.kind), f"characters {places} of {found.file}"]
    if found.said_rule:
        parts.append(f"date: {found.said_rule}")
    if found.actor_rule:
        parts.append(f"speaker: {found.actor_rule}")
    parts.append(found.status)
    parts += [f"{issue}: {score}" for issue, score in found.scores.items()]
    return "; ".join(parts)


def _by_actor(citations: Sequence[Citation]) -> Iterator[tuple[str, list[Citation]]]:
    """Actors by name, the unknown last; each with its citations in the order given."""
    ranked = sorted(citations, key=lambda found: (found.actor == UNKNOWN, found.actor.casefold()))
    for actor, group in groupby(ranked, key=lambda found: found.actor):
        yield actor, list(group)


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text)


def _clean(text: str) -> str:
    """Without what XML can't hold."""
    return _CONTROL.sub("", text)
