"""Who speaks: a mention beside the words becomes an actor, with the reason, or stays unknown. Never a guess across time.

The people, organisations and roles are those that this text names (`cast`); an office is not its holder, a capital is
its government, a group stays a group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.extract.attributions import Attribution
from index.extract.cast import Cast, short_for
from index.extract.descriptions import Descriptions
from index.extract.names import Mention, mention, plain, surname
from index.extract.pronouns import Pronouns
from index.extract.resolutions import UNKNOWN, Earlier, Resolved
from index.model import Span

_EARLIER = 40  # statements back in which a pronoun looks for its speaker


class Speakers:
    """Resolves mentions against the cast of a text."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.pronouns = Pronouns(cast)
        self.descriptions = Descriptions(cast)

    def resolved(
        self,
        span: Span,
        earlier: Earlier,
        never: str | None = None,
        own: Attribution | None = None,
    ) -> Resolved:
        """Whom the mention at `span` names; `earlier` are the attributions before it with their actors. A pronoun is
        `never` the one named so, nor, in the attribution that is its `own`, whom it speaks to or of."""
        earlier = earlier[-_EARLIER:]
        words = span.of(self.cast.page.text)
        m = mention(words, self.cast.page.words)
        if m.kind == "pronoun":
            who = self.pronouns.resolved(span, m, earlier, own)
            return UNKNOWN if never is not None and who.actor == never else who
        if m.kind == "state":
            rule = f"{words.strip()} -> {m.name}: the capital stands for the government" if m.head else "name of a state"
            return Resolved(m.name, rule, kind="state")
        if m.kind == "person":
            return self._person(span, m)
        if m.kind == "organisation":
            return self._organisation(span, m, words)
        bare = words.strip()
        if m.kind == "unknown" and bare[:1].isupper() and plain(bare) in self.cast.by_surname:
            return self._person(span, Mention("person", bare, None, plain(bare)))  # “Day” of “Kristen Day”
        if m.kind == "group" and m.name and plain(m.name) in self.cast.by_surname and m.name[:1].isupper():
            return self._person(span, Mention("person", m.name, None, m.head))  # “Cuban” of “Mark Cuban”
        if m.kind in ("group", "several") and m.name:
            return self._group(span, m.name)
        if m.kind == "description":
            return self.descriptions.resolved(span, m, words, earlier)
        return UNKNOWN

    def _group(self, span: Span, name: str) -> Resolved:
        """“Liberal voters” at the head of a sentence are “liberal voters”; “some people” are nobody in particular."""
        page = self.cast.page
        words = [w.casefold() for w in name.split()]
        vague = all(w in page.words.nobody or w in page.words.stop for w in words) or words[0] in page.words.complementizers
        if vague or any(w in page.words.persons for w in words):
            return Resolved(None, f"{name}: nobody is named")
        first = words[0]
        if (
            name[:1].isupper()
            and name[1:2].islower()
            and (
                first in page.words.nobody | page.words.openers | page.words.stop
                or (first in page.words.groups and first.removesuffix("s") not in page.words.parties)
                or (first not in page.words.groups and self.cast.names.is_small(first))
            )
        ):
            name = name[0].lower() + name[1:]
        return Resolved(name, "a group is kept as it is named", kind="group", certainty=0.9)

    def _person(self, span: Span, m: Mention) -> Resolved:
        assert m.name is not None
        full = self.cast.full(m, span.start)
        if m.name.casefold() in self.cast.page.words.nobody | self.cast.page.words.openers:
            return Resolved(None, f"{m.name}: nobody is named")
        if " " not in m.name and (full is None or plain(full) == plain(m.name)) and self.cast.names.is_common(m.name):
            group = m.name.endswith("s") and not m.name.endswith("ss")
            return replace(self._group(span, m.name), certainty=0.7) if group else UNKNOWN
        if full is None or plain(full) == plain(m.name):
            return Resolved(full or m.name, "full name" if " " in m.name else "name as printed", m.role, "person")
        keys = [k for k in self.cast.by_surname.get(plain(surname(m.name)), []) if short_for(plain(m.name).split(), k.split())]
        if len(keys) > 1:
            bearer = self._bearer(span, keys)
            if bearer is None:
                return Resolved(None, f"{m.name}: of {len(keys)} people with this surname it cannot be told who")
            full = self.cast.seen[bearer].name
            rule = f"{m.name} -> {full}: of {len(keys)} people with this surname the one named last"
            return Resolved(full, rule, m.role, "person", 0.75)
        if not keys:
            return Resolved(full, f"{m.name} -> {full}: given name", m.role or self.cast.role(full), "person", 0.9)
        return Resolved(full, f"{m.name} -> {full}: surname", m.role or self.cast.role(full), "person", 0.98)

    def _bearer(self, span: Span, keys: Sequence[str]) -> str | None:
        """Which of several people with one surname is meant: whom “Mrs.” fits, and of these the one named last.

        A relative who is named in passing does not take the surname from whom the text has long called by it. None where
        the text has a “Mr.” and a “Mrs.” of that surname and no given name tells them apart.
        """
        page = self.cast.page
        first = page.tokens_in(span).start
        beside = (low.rstrip(".") for low in page.lower[max(first - 1, 0) : first + 1])
        polite = next((low for low in beside if low in page.words.courtesies), "")
        wanted = "m" if polite in page.words.male else "f" if polite in page.words.female else ""
        if not polite:
            wanted = self._pronoun_behind(span)
        fitting = [k for k in keys if self.cast.fits(self.cast.seen[k].name, wanted)] or keys
        sure = [k for k in fitting if wanted and self.cast.gender(self.cast.seen[k].name) == wanted]
        if polite and wanted and not sure and self.cast.is_called_both(self.cast.seen[keys[0]].name):
            return None
        sure = sure or list(fitting)
        last = self.cast.nearest(sure, span.start)
        return self.cast.established(sure, last, span.start)

    def _pronoun_behind(self, span: Span) -> str:
        """What “Holm said she was sorry” tells of Holm."""
        page = self.cast.page
        at = page.tokens_in(span).stop
        behind = [low for low in page.lower[at : at + 3] if low != page.words.that]
        said = len(behind) > 1 and behind[0] in page.words.say
        return "f" if said and behind[1] == "she" else "m" if said and behind[1] == "he" else ""

    def _organisation(self, span: Span, m: Mention, words: str) -> Resolved:
        assert m.name is not None
        name = m.name
        alone = m.definite and name.istitle() and name.casefold() in self.cast.page.words.organisations  # “The Ministry”
        alone = alone and words.strip()[:4].casefold() == "the "
        if alone and (last := self.cast.last_organisation(span.start, name.casefold())):
            return Resolved(last, f"{words.strip()} -> {last}: last named", kind="organisation", certainty=0.8)
        if name.islower():
            last = self.cast.last_organisation(span.start, name) if m.definite else None
            if last:
                return Resolved(last, f"{words.strip()} -> {last}: last named", kind="organisation", certainty=0.8)
            return Resolved(None, f"{words.strip()}: no organisation named before it")
        people = self.cast.by_surname.get(plain(name), []) if name.isupper() else []
        if people:  # a label in capitals
            who = self.cast.seen[self.cast.nearest(people, span.start)].name
            return Resolved(who, f"{name} -> {who}: surname", self.cast.role(who), "person", 0.95)
        full = self.cast.seen.get(plain(name))
        return Resolved(full.name if full else name, "name of an organisation", kind="organisation")
