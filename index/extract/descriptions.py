"""Who “the prime minister”, “the diplomat”, “the Republican” is: whom a text shows in that office, or whom it quoted last."""

from __future__ import annotations

from index.extract.cast import Cast
from index.extract.headlines import headline
from index.extract.names import Mention, plain
from index.extract.offices import is_other_office, role_words
from index.extract.resolutions import NEAR, Earlier, Resolved
from index.model import Span

GENERIC = {
    "diplomat": "ambassador envoy minister adviser advisor foreign diplomat secretary negotiator consul",
    "lawmaker": "senator sen congressman congresswoman representative rep deputy mp lawmaker legislator",
    "politician": "president minister senator congressman mayor governor leader deputy chancellor candidate mp",
    "expert": "expert analyst scientist professor economist historian scholar researcher strategist lecturer",
    "analyst": "expert analyst scientist economist strategist researcher",
    "scholar": "professor historian scholar researcher scientist economist lecturer",
    "spokesman": "spokesman spokesperson",
    "spokeswoman": "spokeswoman spokesperson",
    "parliamentarian": "mp deputy lawmaker legislator senator congressman congresswoman parliamentarian",
    "deputy": "mp deputy lawmaker legislator",
    "official": "minister adviser secretary director chief spokesman head deputy ambassador commissioner official president",
    "candidate": "candidate nominee senator governor president",
    "nominee": "candidate nominee senator governor president",
    "republican": "senator congressman congresswoman representative governor speaker president leader mayor lawmaker",
    "democrat": "senator congressman congresswoman representative governor speaker president leader mayor lawmaker",
}
_PARTY = {"republican": ("republican", "gop"), "democrat": ("democrat", "democratic")}


class Descriptions:
    """Resolves descriptions against the cast of a text."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def resolved(self, span: Span, m: Mention, words: str, earlier: Earlier) -> Resolved:
        """“the prime minister”, “the diplomat”: who has that role here, else the last person quoted if it may be."""
        if not m.definite:
            return Resolved(None, f"{words.strip()}: nobody is named", role=m.role)
        holders = self.cast.holders(m.role or m.head, span.start)
        above = not holders and headline(self.cast.page)
        if above and span.start < self.cast.page.ends[above[-1]]:  # whoever the text below shows in that office
            holders = self.cast.holders(m.role or m.head, len(self.cast.page.text))
            holders = holders if len(holders) == 1 else []
        if holders:
            name = self.cast.seen[self.cast.nearest(holders, span.start)].name
            return Resolved(name, f"{words.strip()} -> {name}: the role is printed with the name", m.role, "person", 0.9)
        last = next(
            (r for a, r in reversed(earlier) if r.kind == "person" and r.actor and span.start - a.whole.end < NEAR),
            None,
        )
        if self.cast.page.quotation_at(span.start) is not None:
            last = None
        if (
            last is not None
            and m.head in self.cast.page.words.roles | set(GENERIC)
            and self._may_be(last.actor or "", m.head)
            and not is_other_office(m.role or "")
        ):
            return Resolved(last.actor, f"{words.strip()} -> {last.actor}: last quoted speaker", last.role, "person", 0.7)
        return Resolved(None, f"{words.strip()}: nobody with that role is named", role=m.role)

    def _may_be(self, name: str, head: str) -> bool:
        """True unless the roles printed with a name speak against a description such as “the lawmaker”; an office itself
        (“the mayor”) has to be printed."""
        entry = self.cast.seen.get(plain(name))
        allowed = GENERIC.get(head)
        if head in _PARTY:
            return entry is not None and any(self._is_of_party(place, head) for place in entry.places)
        if entry is None or not entry.roles:
            return allowed is not None
        words = {w for r in entry.roles for w in role_words(r)}
        return bool(words & set(allowed.split())) if allowed else head in words

    def _is_of_party(self, place: int, head: str) -> bool:
        """True where the party is printed with the name: “Republican Ada Holm”, “Holm, a Democrat”, “Holm (D-Ohio)”."""
        page = self.cast.page
        first = at = page.tokens_in(Span(place, place + 1)).start
        begin = page.tokens_in(page.sentences[page.sentence_of[at]]).start
        while first > max(at - 3, begin) and page.tokens[first - 1][:1].isupper():
            first -= 1
        while at < len(page.tokens) and (page.tokens[at][:1].isupper() or page.tokens[at] == "."):
            at += 1
        behind = page.lower[at + 1 : at + 7] if page.lower[at : at + 1] in ([","], ["("]) else []
        behind = behind[: next((n for n, word in enumerate(behind) if word in (",", ")", ".")), len(behind))]
        letter = bool(behind) and behind[0].partition("-")[0] == head[0]  # “(D-Ohio)”
        return letter or any(word in _PARTY[head] for word in (*page.lower[first:at], *behind))
