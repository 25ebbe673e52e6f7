"""The nouns of interviews and transcripts: a turn, and all turns of a text with who asks and who answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from index.model import Span

TurnKind = Literal["question", "answer", "speech"]
# a line that nobody speaks: “(Laughter)”, “* * *”
STAGE = re.compile(r"[*…_.\s\-–—=#]*+(?:[(\[<][^()\[\]<>\n]{0,120}[)\]>])?[*…_.\s\-–—=#]*+\Z")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one voice says until another takes over.

    `speaker` marks the label (None without one), `name` is who speaks (None: nobody says), `paragraphs` are the words
    without the label. A question is a turn of whoever asks; "speech" is a turn of a transcript where nobody is asked.
    """

    speaker: Span | None
    name: str | None
    role: str | None
    kind: TurnKind
    paragraphs: tuple[Span, ...]
    rule: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Interview:
    """The turns of a text, who answers and for whom the questions are put. `labelled`: the turns bear labels."""

    turns: tuple[Turn, ...] = ()
    interviewee: str | None = None
    role: str | None = None
    outlet: str | None = None
    lead: Span | None = None
    labelled: bool = False

    def turn_at(self, offset: int) -> Turn | None:
        """The turn whose paragraphs hold the character at `offset`."""
        for turn in self.turns:
            if turn.paragraphs and turn.paragraphs[0].start <= offset < turn.paragraphs[-1].end:
                return turn
        return None

    def is_heading(self, paragraph: Span, offset: int) -> bool:
        """True when what begins at `offset`, the first words of a paragraph, stands above all turns: a heading's quotation."""
        above = bool(self.turns) and all(t.paragraphs and paragraph.end <= t.paragraphs[0].start for t in self.turns)
        return above and offset - paragraph.start <= 2

    def first_person(self, offset: int) -> str | None:
        """Whom "I" means at `offset`, outside quotation marks."""
        turn = self.turn_at(offset)
        if turn is None:
            return None
        return turn.name or (self.outlet if turn.kind == "question" and not self.labelled else None)

    def second_person(self, offset: int) -> str | None:
        """Whom "you" means at `offset`: the guest in a question, the one who asked in an answer."""
        turn = self.turn_at(offset)
        if turn is None:
            return None
        if turn.kind == "question":
            return self.interviewee
        before = [
            other
            for other in self.turns
            if other.paragraphs and turn.paragraphs and other.paragraphs[0].start < turn.paragraphs[0].start
        ]
        asked = next((other for other in reversed(before) if other.name != turn.name or other.kind == "question"), None)
        if asked is None:
            return self.outlet
        return asked.name or (self.outlet if asked.kind == "question" else None)


NO_INTERVIEW = Interview()
