"""A comparison for other programs: rich text for the clipboard, an HTML page, a text document, with citations.

Removed words are struck through, added ones underlined, moved ones have a double line or brackets: never colour alone.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from index.bidi import isolated
from index.compare.passages import passages
from index.export.citations import Citation
from index.export.pages import _clean, rules
from index.model import Change, Comparison, Document, Part

# Colours that are told apart by those who see red and green alike (after Okabe & Ito 2008), dark on white.
REMOVED, ADDED, MOVED = "#a13c00", "#00519e", "#5b3f8c"
KIND_NAMES = {
    "number": "Number", "date": "Date", "name": "Name", "negation": "Negation", "modal": "Modal verb", "hedge": "Hedge",
    "commitment": "Commitment", "wording": "Wording", "dropped": "Dropped", "added": "Added", "moved": "Moved",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """What stands over one of the compared texts: a short `label` for the column, the citation, the rules behind it."""

    label: str
    line: str
    rules: str = ""


def source_of_statement(cited: Citation) -> Source:
    """Speaker, role, date, chain, outlet, file, paragraph; then kind, offsets, date rule, speaker rule, status."""
    label = f"{isolated(cited.actor)}, {cited.said or 'date unknown'} [{cited.quotation}]"
    return Source(label, cited.line, f"{rules(cited)}; text SHA-256 {cited.text_sha256[:16]}")


def source_of_document(document: Document) -> Source:
    """Title, outlet, publication date and its rule, file, SHA-256."""
    published = document.published.edtf if document.published else "date unknown"
    parts = [isolated(document.outlet or ""), isolated(f"“{document.name}”"), published, document.file]
    rule = f"published: {document.published.rule}; " if document.published and document.published.rule else ""
    return Source(f"{isolated(document.name)}, {published}", ", ".join(p for p in parts if p),
                  f"{rule}{len(document.text)} characters; text SHA-256 {document.digest[:16]}")  # fmt: skip


# --- rich text --------------------------------------------------------------------------------------------------------


def redline_html(comparison: Comparison, *, minor: bool = True) -> str:
    """The merged redline as a piece of HTML that keeps strike and underline when it is pasted into a word processor."""
    return "".join(_piece(comparison, part, minor) for part in comparison.redline)


def _piece(comparison: Comparison, part: Part, minor: bool) -> str:
    left = part.left.of(comparison.left) if part.left else ""
    right = part.right.of(comparison.right) if part.right else ""
    if part.op == "equal" or (part.minor and not minor):
        return _text(right)
    if part.op == "move":
        return _span("s", MOVED, left, "double") if left else _span("u", MOVED, right, "double")
    return (_span("s", REMOVED, left) if left else "") + (_span("u", ADDED, right) if right else "")


def _span(tag: str, colour: str, words: str, line: str = "solid") -> str:
    """Struck or underlined words, said twice over (element and style): word processors read one or the other."""
    how = "line-through" if tag == "s" else "underline"
    return f'<{tag}><span style="color:{colour};text-decoration:{how} {line}">{_text(words)}</span></{tag}>'


def _text(words: str) -> str:
    return escape(words, quote=False).replace("\n", "<br>")


def redline_plain(comparison: Comparison, *, minor: bool = True) -> str:
    """The merged redline in plain characters: [-removed-] {+added+}, moved words in double brackets."""
    pieces = []
    for part in comparison.redline:
        left = part.left.of(comparison.left) if part.left else ""
        right = part.right.of(comparison.right) if part.right else ""
        if part.op == "equal" or (part.minor and not minor):
            pieces.append(right)
        elif part.op == "move":
            pieces.append(f"[[moved away: {left}]]" if left else f"[[moved here: {right}]]")
        else:
            pieces.append((f"[-{left}-]" if left else "") + (f"{{+{right}+}}" if right else ""))
    return "".join(pieces)


def counted(comparison: Comparison) -> str:
    """ "12 words added, 7 removed, 81 % alike": never rounded up to 100 % while anything differs."""
    share = int(100 * comparison.likeness)
    return f"{comparison.words_added} words added, {comparison.words_removed} removed, {share} % alike"


def told(change: Change) -> str:
    """One line of what changed, in words."""
    name = KIND_NAMES.get(change.kind, change.kind)
    before, after = (isolated(f"“{words}”") if words else "" for words in (change.before, change.after))
    if before and after:
        return f"{name}: {before} → {after}"
    return f"{name}: {before} is gone" if before else f"{name}: {after} is new"


# --- whole files ------------------------------------------------------------------------------------------------------

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 16px/1.55 Georgia, "DejaVu Serif", serif; max-width: 60em; margin: 2em auto; padding: 0 1em;
color: #1b1b1b }}
h1 {{ font-size: 1.5em }} h2 {{ font-size: 1.15em; margin-top: 2em }}
.source {{ color: #555; font-size: .85em; margin: .2em 0 .8em }} .count {{ color: #555 }}
table {{ border-collapse: collapse; width: 100% }}
td, th {{ vertical-align: top; text-align: left; width: 50%; padding: .5em; border-top: 1px solid #ccc }}
</style></head><body>
{body}</body></html>
"""


def html_bytes(title: str, sources: Sequence[Source], comparisons: Sequence[Comparison]) -> bytes:
    """A page: the sources, then each comparison with the first as redline, summary and Then/Now table. No scripts."""
    body = [f"<h1>{_text(title)}</h1>\n"]
    for number, source in enumerate(sources, 1):
        body.append(f'<p><b>{number}. {_text(source.line)}</b></p><p class="source">{_text(source.rules)}</p>\n')
    for source, comparison in zip(sources[1:], comparisons, strict=True):
        body.append(f"<h2>{_text(sources[0].label)} → {_text(source.label)}</h2>\n")
        body.append(f'<p class="count">{counted(comparison)}</p>\n<p dir="auto">{redline_html(comparison)}</p>\n')
        if comparison.summary:
            lines = "".join(f"<li>{_text(told(change))}</li>\n" for change in comparison.summary)
            body.append(f"<h3>What changed</h3>\n<ul>{lines}</ul>\n")
        body.append("<h3>Then and now</h3>\n<table><tr><th>Then</th><th>Now</th></tr>\n")
        for row in passages(comparison):
            left = row.left.of(comparison.left) if row.left else ""
            right = row.right.of(comparison.right) if row.right else ""
            body.append(f'<tr><td dir="auto">{_text(left)}</td><td dir="auto">{_text(right)}</td></tr>\n')
        body.append("</table>\n")
    return _PAGE.format(title=escape(title), body="".join(body)).encode("utf-8", "replace")


def docx_bytes(title: str, sources: Sequence[Source], comparisons: Sequence[Comparison]) -> bytes:
    """The same as a word processor's document: removed words struck, added underlined, moved doubly so."""
    from docx import Document as Docx
    from docx.enum.text import WD_UNDERLINE
    from docx.shared import Pt, RGBColor

    made = Docx()
    made.core_properties.title, made.core_properties.author = _clean(title), "Standpoint"
    made.add_heading(_clean(title), 0)
    for number, source in enumerate(sources, 1):
        made.add_paragraph(_clean(f"{number}. {source.line}"))
        made.add_paragraph().add_run(_clean(source.rules)).font.size = Pt(9)
    for source, comparison in zip(sources[1:], comparisons, strict=True):
        made.add_heading(_clean(f"{sources[0].label} → {source.label}"), 1)
        made.add_paragraph(counted(comparison))
        text = made.add_paragraph()
        for part in comparison.redline:
            for words, colour, added in _runs(comparison, part):
                run = text.add_run(_clean(words))
                if colour:
                    run.font.color.rgb = RGBColor.from_string(colour[1:].upper())
                    moved = part.op == "move"
                    if added:
                        run.font.underline = WD_UNDERLINE.DOUBLE if moved else True
                    elif moved:
                        run.font.double_strike = True
                    else:
                        run.font.strike = True
        if comparison.summary:
            made.add_heading("What changed", 2)
            for change in comparison.summary:
                made.add_paragraph(_clean(told(change)), style="List Bullet")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _runs(comparison: Comparison, part: Part) -> list[tuple[str, str, bool]]:
    """(words, colour or "", added) for each piece of a part."""
    left = part.left.of(comparison.left) if part.left else ""
    right = part.right.of(comparison.right) if part.right else ""
    if part.op == "equal":
        return [(right, "", False)]
    colours = (MOVED, MOVED) if part.op == "move" else (REMOVED, ADDED)
    return [(words, colour, added) for words, colour, added in
            ((left, colours[0], False), (right, colours[1], True)) if words]  # fmt: skip
