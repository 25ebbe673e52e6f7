"""What has to be printed with a statement so that anyone can find it again: speaker, date and rule, chain, place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from index.bidi import isolated
from index.model import Document, Statement

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Citation:
    """One statement as it is cited. Dates are EDTF text; `start` and `end` are code points into the document's text.

    `spans` are the words alone, as such pairs: a quotation that is split by its cue has several.
    `text_sha256` is of the document's text, so that offsets can be trusted; `scores` maps issue to score, method and
    status in words; `quotation` is the stable id "document:number".
    """

    quotation: str
    statement: int
    text: str
    kind: str
    actor: str
    actor_rule: str
    role: str
    said: str
    said_rule: str
    said_certainty: float | None
    via: str
    outlet: str
    title: str
    author: str
    published: str
    published_rule: str
    file: str
    url: str
    paragraph: int
    start: int
    end: int
    text_sha256: str
    status: str
    certainty: float
    utterance: int | None
    rule: str
    note: str
    document: int
    actor_kind: str
    spans: tuple[tuple[int, int], ...]
    scores: Mapping[str, str]

    @property
    def source(self) -> str:
        """The reference in one line, for the foot of a quotation."""
        parts = [isolated(self.outlet), isolated(f"“{self.title}”") if self.title else self.file, self.published]
        return ", ".join(part for part in parts if part) + f", paragraph {self.paragraph}"

    @property
    def line(self) -> str:
        """Who said it, when, through whom and where, in one line."""
        who = isolated(self.actor + (f" ({self.role})" if self.role else ""))
        chain = f", quoted by {isolated(self.via)}" if self.via else ""
        return f"{who}, {self.said or 'date unknown'}{chain}; {self.source} [{self.quotation}]"


COLUMNS = tuple(field.name for field in fields(Citation) if field.name != "scores")


def citation(
    statement: Statement, document: Document, scores: Mapping[str, str] | None = None, actor_kind: str = ""
) -> Citation:
    """The citation of a statement of `document` (with its text); `actor_kind` as in `model.Actor`, "" when unknown."""
    start = min(span.start for span in statement.content)
    when, published = statement.when, document.published
    return Citation(
        quotation=statement.label, statement=statement.id, text=statement.text, kind=statement.kind,
        actor=statement.actor or UNKNOWN, actor_rule=statement.actor_rule, role=statement.role or "",
        said=when.edtf if when else "", said_rule=when.rule if when else "",
        said_certainty=round(when.certainty, 2) if when else None, via=" < ".join(statement.via),
        outlet=document.outlet or "", title=document.title or "", author=document.author or "",
        published=published.edtf if published else "", published_rule=published.rule if published else "",
        file=document.file + (f"#{document.part}" if document.part else ""), url=document.url or "",
        paragraph=paragraph_number(document.text, start), start=start,
        end=max(span.end for span in statement.content), text_sha256=document.digest, status=statement.status,
        certainty=round(statement.certainty, 2), utterance=statement.utterance_id, rule=statement.rule,
        note=statement.note, document=document.id, actor_kind=actor_kind,
        spans=tuple((span.start, span.end) for span in statement.content), scores=MappingProxyType(dict(scores or {})),
    )  # fmt: skip


def written(found: Citation, name: str) -> str | int | float | None:
    """A value of a citation as a table holds it: places as "120-140 160-190"."""
    if name == "spans":
        return " ".join(f"{start}-{end}" for start, end in found.spans)
    value: str | int | float | None = getattr(found, name)
    return value


def paragraph_number(text: str, at: int) -> int:
    """Which paragraph (line with words) of a text holds the character `at`, from 1."""
    return max(1, sum(1 for line in text[: at + 1].split("\n") if line.strip()))
