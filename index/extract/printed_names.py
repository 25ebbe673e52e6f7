"""The names that a text prints, with the offices beside them: “Ada Holm, the foreign minister of Velmark,”."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from index.extract.clauses import is_date
from index.extract.name_runs import PARTICLES
from index.extract.names import Mention, mention, office
from index.extract.pages import Page

WHERE = frozenset("in at near from outside inside across through around toward into on the".split())
_WHOSE = frozenset(["the", "its", "his", "her", "their", "our", "'s"])
_JOINTS = frozenset("of for in to at on from with".split())


class PrintedNames:
    """Reads the names of a text: mentions, each with the character at which it begins."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._small: set[str] | None = None
        self._headlines: dict[int, bool] = {}
        self._titles: dict[int, bool] = {}

    def full(self) -> Iterator[tuple[Mention, int]]:
        """Every run of capitalised words that reads as a full name, with the role before or after it."""
        page, at, count = self.page, 0, len(self.page.tokens)
        while at < count:
            if not page.tokens[at][:1].isupper():
                at += 1
                continue
            end = at
            while (
                end + 1 < count
                and end - at < 9
                and page.sentence_of[end + 1] == page.sentence_of[at]
                and (
                    (page.tokens[end + 1] in ("’", "'") and page.tokens[end] in ("O", "D", "L"))
                    or (page.tokens[end + 1][:1].isupper() and page.starts[end + 1] - page.ends[end] <= 1)
                    or (
                        page.lower[end + 1] in ("of", "de", "van", "von", "al", "bin", "der")
                        and end + 3 < count
                        and (
                            page.tokens[end + 2][:1].isupper()
                            or (page.lower[end + 2] == "der" and page.tokens[end + 3][:1].isupper())
                        )
                    )
                )
            ):
                end += 1
            yield from self._run(at, end)
            at = end + 1

    def titled(self, surnames: Container[str]) -> Iterator[tuple[Mention, int]]:
        """“President Holm”: somebody of whom the text prints no given name, whom “he” may mean all the same. Without those
        whose surname is in `surnames`, which may grow meanwhile."""
        page, words = self.page, self.page.words
        for at in range(1, len(page.tokens)):
            title, token = page.lower[at - 1].rstrip("."), page.tokens[at]
            if not token[:1].isupper() or len(token) < 3 or page.quoted[at] >= 0 or page.lower[at] in surnames:
                continue
            if not page.tokens[at - 1][:1].isupper() or title not in words.roles or title in words.courtesies:
                apart = page.tokens[at + 1 : at + 2] in (["–"], ["—"]) and token.casefold() not in words.given | words.openers
                role = self._role_after(at) if apart and title not in WHERE and not page.tokens[at - 1][:1].isupper() else None
                m = mention(token, words)
                if role and m.kind == "person" and m.name and not self.is_common(m.name):  # “Holm – then the minister –”
                    yield replace(m, role=role), page.starts[at]
                continue
            if at + 1 < len(page.tokens) and (page.tokens[at + 1][:1].isupper() or page.lower[at + 1] in ("'s", "of", "'")):
                continue
            m = mention(page.text[page.starts[at - 1] : page.ends[at]], words)
            if m.kind == "person" and m.name and " " not in m.name and not self.is_common(m.name):
                yield m, page.starts[at]

    def _run(self, first: int, last: int) -> Iterator[tuple[Mention, int]]:
        page = self.page
        if page.quoted[first] >= 0 and self._is_title(page.quoted[first]):
            return
        while last > first and (self._opens(first) or is_date(page, first)):
            first += 1
        while last > first and (page.lower[last] in page.words.stop or page.lower[last] in page.words.openers):  # “Q. What”
            last -= 1
        if self._is_headline(page.sentence_of[first]):  # every word has a capital there: only a given name tells
            given = page.words.given
            first = next((i for i in range(first, last) if page.lower[i] in given), last)
            second = page.lower[min(last, first + 1)].rstrip(".")
            last = min(last, first + (2 if len(second) == 1 or second in PARTICLES else 1))
        start = first
        while (
            start - 1 >= 0
            and first - start < 5
            and page.sentence_of[start - 1] == page.sentence_of[first]
            and (
                page.lower[start - 1] in page.words.roles
                or page.lower[start - 1]
                in ("presidential", "prime", "foreign", "former", "then", "defense", "campaign", "press", "vice", "deputy")
            )
        ):
            start -= 1
        text = page.text[page.starts[start] : page.ends[last]]
        m = mention(text, page.words)
        if not m.name or " " not in m.name or m.kind not in ("person", "organisation"):
            return
        if m.kind == "organisation":
            yield m, page.starts[start]
            return
        role = m.role or self._role_after(last) or self._role_before(first, last)
        yield Mention("person", m.name, role, m.head), page.starts[first]

    def _opens(self, at: int) -> bool:
        """True for a word before a name that has its capital only because a sentence begins: “Then Holm”."""
        page, low = self.page, self.page.lower[at]
        if low in page.words.stop or low in page.words.openers:
            return True
        if low in page.words.given_male or low in page.words.given_female or low in page.words.people:
            return False
        if at and page.sentence_of[at - 1] == page.sentence_of[at] and any(c.isalnum() for c in page.tokens[at - 1]):
            return False
        return self.is_small(low) or (bool(page.words.openers) and len(low) > 6 and low.endswith(("ly", "ing")))

    def _is_title(self, number: int) -> bool:
        """True for a quotation of two to eight words that all have a capital: “Holm Storms Out” names nobody new."""
        known = self._titles.get(number)
        if known is None:
            tokens = [self.page.tokens[i] for i in self.page.tokens_in(self.page.quotations[number].inner)[:12]]
            words = [t for t in tokens if t[:1].isalpha()]
            known = 2 <= len(words) <= 8 and all(w[0].isupper() or w.casefold() in self.page.words.stop for w in words)
            self._titles[number] = known
        return known

    def _is_headline(self, number: int) -> bool:
        """True for a sentence nearly all of whose longer words have a capital."""
        known = self._headlines.get(number)
        if known is None:
            page = self.page
            tokens = [page.tokens[i] for i in page.tokens_in(page.sentences[number])[:40]]
            words = [t for t in tokens if len(t) > 3 and t[0].isalpha() and t not in page.words.stop]
            known = len(words) > 4 and all(t[0].isupper() for t in words)
            self._headlines[number] = known
        return known

    def _role_after(self, last: int) -> str | None:
        """“Ada Holm, the foreign minister of Velmark,”: the apposition when it begins with a role within three words."""
        page = self.page
        mark = page.tokens[last + 1] if last + 2 < len(page.tokens) else ""
        if mark not in (",", "–", "—"):
            return None
        end = last + 2
        while (
            end < len(page.tokens)
            and end - last < 12
            and page.tokens[end] not in ',.;:?!"“”()–—'
            and page.lower[end] not in ("who", "which", "said")
        ):
            end += 1
        words = page.lower[last + 2 : end]
        if end < len(page.tokens) and page.tokens[end] == mark and any(w in page.words.roles for w in words[:5]):
            return office(page.text[page.starts[last + 2] : page.ends[end - 1]], page.words)
        return None

    def _role_before(self, first: int, last: int) -> str | None:
        """“the special envoy of the League, Ada Holm,”: the office that the name explains."""
        page, at = self.page, first - 2
        if at < 0 or page.tokens[first - 1] != "," or page.tokens[last + 1 : last + 2] not in ([","], ["."], [";"], [":"]):
            return None
        while at > max(first - 12, 0) and (page.tokens[at][:1].isalnum() or page.lower[at] in ("-", "'s")):
            words = page.lower[at + 1 : first - 1]
            head = next((n for n, word in enumerate(words) if word in _JOINTS), len(words)) - 1
            if page.lower[at] in _WHOSE and head >= 0 and words[head] in page.words.roles:
                return office(page.text[page.starts[at + 1] : page.ends[first - 2]], page.words)
            at -= 1
        return None

    def is_common(self, word: str) -> bool:
        """True for a word with a capital only because a sentence begins: it stands in the text without one too."""
        low = word.casefold()
        return self.is_small(low) or low.endswith(("ing", "ants", "ists", "ers"))

    def is_small(self, low: str) -> bool:
        """True for a word that stands somewhere in the text without a capital."""
        if self._small is None:
            self._small = {t for t in self.page.tokens if t[:1].islower()}
        return low in self._small
