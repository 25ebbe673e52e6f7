"""Tells whether a weekday or a month lies before or after publication, from the verbs and prepositions beside it."""

from __future__ import annotations

from index.extract.date_tokens import Tokens
from index.extract.date_words import DateWords

BACK, NOWHERE, AHEAD, NEAREST = -1, 0, 1, 2  # NEAREST: the words speak of the future seen from the past ("was set for")
BEHIND_REACH, AHEAD_REACH, OPENING_REACH = 20, 7, 16
_CLOSERS = frozenset(",;:—–(")


class Direction:
    """Reads the tense of the words round a date in the tokens of one stretch of text."""

    def __init__(self, tokens: Tokens, words: DateWords) -> None:
        self.t = tokens
        self.w = words

    def lean(self, i: int, j: int) -> tuple[int, bool]:
        """Where the words beside tokens `i` to `j` (excluded) point, and whether the word just before the date says so."""
        t, sentence = self.t, self.t.sentences[i]
        k = i - 1
        while k >= 0 and t.sentences[k] == sentence and (t.words[k] in self.w.skipped or self.is_clock(k)):
            if t.words[k] in self.w.aims and self.tense(k - 1) in (AHEAD, NEAREST):
                return self.tense(k - 1), True
            k -= 1
        opening = k < 0 or t.sentences[k] != sentence or (t.words[k] == "," and t.word(j) == ",")
        if not opening and t.words[k] in self.w.future_before:
            return self.after_limit(i, j, k), True
        if not opening and self.tense(k):
            return self.tense(k), True
        if self.inside(j, sentence) and self.tense(j) and self.past_noun_behind(i, sentence) is False:
            return self.tense(j), True
        if self.inside(j + 1, sentence) and t.words[j] in ("'", "’") and t.words[j + 1] == "s":
            return self.possessive(i, j, sentence), False
        ahead = self.nearest(range(j, min(j + (OPENING_REACH if opening else AHEAD_REACH), len(t))), sentence)
        behind = self.nearest(range(i - 1, max(i - 1 - BEHIND_REACH, -1), -1), sentence)
        return (ahead or behind, bool(ahead)) if opening else (behind or ahead, False)

    def possessive(self, i: int, j: int, sentence: int) -> int:
        """Direction of "Tuesday's vote": behind it a "will" says little, the vote may be over."""
        behind = self.nearest(range(i - 1, max(i - 1 - BEHIND_REACH, -1), -1), sentence)
        ahead = self.nearest(range(j + 2, min(j + 2 + AHEAD_REACH, len(self.t))), sentence)
        return behind or (NEAREST if ahead == AHEAD else ahead)

    def after_limit(self, i: int, j: int, k: int) -> int:
        """Direction of a date behind "until", "by", "before", "starting" at token `k`."""
        t, sentence = self.t, self.t.sentences[i]
        if k == 0 or t.sentences[k - 1] != sentence or t.words[k - 1] in ("but", "and", ","):
            return self.nearest(range(j, min(j + OPENING_REACH, len(t))), sentence) or AHEAD
        before = range(k - 1, max(k - 9, -1), -1)
        if any(self.inside(m, sentence) and t.words[m] in self.w.lasting for m in before):
            return AHEAD
        return AHEAD if self.nearest(before, sentence) == AHEAD else NEAREST

    def is_clock(self, k: int) -> bool:
        """True for a piece of a time of day: "until 9 a.m. Tuesday"."""
        word = self.t.words[k]
        return word.isdecimal() or word in (":", ".", "a", "p", "m", "noon", "midnight") or word in self.w.zones

    def inside(self, k: int, sentence: int) -> bool:
        """True when token `k` exists and stands in the sentence."""
        return 0 <= k < len(self.t) and self.t.sentences[k] == sentence

    def past_noun_behind(self, i: int, sentence: int) -> bool:
        """True when a noun of something over governs the date: "the results of Tuesday's vote will"."""
        for k in range(i - 1, max(i - 12, -1), -1):
            if not self.inside(k, sentence) or self.t.words[k] in (";", ":"):
                return False
            if self.t.words[k] in self.w.past_nouns:
                return True
        return False

    def nearest(self, places: range, sentence: int) -> int:
        """The tense of the first telling word of the sentence among `places`."""
        for k in places:
            if not self.inside(k, sentence):
                return NOWHERE
            tense = self.tense(k)
            if tense:
                return tense
        return NOWHERE

    def tense(self, k: int) -> int:
        """What the word at token `k` says: BACK, AHEAD, NEAREST, or NOWHERE."""
        word, w = self.t.word(k), self.w
        if not word or not word[0].isalpha():
            return NOWHERE
        if word in w.schedule:
            if self.t.word(k - 1) == "to":
                return NOWHERE  # what stands before "to meet" tells
            return AHEAD if self.t.word(k - 1) in w.future or self.t.word(k - 1) in w.modals else NEAREST
        if word in ("is", "are") and self.t.word(k + 1) == "to":
            return AHEAD
        if word in w.future or (word == "won" and self.t.word(k + 1) in ("'", "’") and self.t.word(k + 2) == "t"):
            return AHEAD
        if word in w.modals or word in w.past_modals:
            return self.modal(k)
        if word in w.future_to:
            return self.intention(k)
        if word in w.past_nouns:
            return BACK
        if word in w.past or self.is_past_form(word):
            return self.participle(k)
        return NOWHERE

    def is_past_form(self, word: str) -> bool:
        """True for a word with the ending of a past tense."""
        return (
            bool(self.w.past_endings) and len(word) > 3 and word.endswith(self.w.past_endings) and word not in self.w.not_past
        )

    def modal(self, k: int) -> int:
        """ "may", "would", "could": ahead, but "could have" and "could not be reached" are past."""
        if self.t.capital(k) and self.t.text[self.t.starts[k] : self.t.ends[k]] == "May":
            return NOWHERE
        following = [self.t.word(k + n) for n in (1, 2, 3)]
        if "have" in following[:2] or (following[0] == "not" and following[1:2] == ["be"]):
            return BACK
        return AHEAD if self.t.word(k) in self.w.modals else NEAREST

    def intention(self, k: int) -> int:
        """ "plans to", "scheduled for", "is due": ahead; seen from the past ("was scheduled to") whatever is nearest."""
        before = [self.t.word(k - n) for n in (1, 2)]
        if {"was", "were", "had"} & set(before):
            return NEAREST
        if self.t.word(k) in ("prepared", "planned", "expected") and not {"is", "are", "be", "been"} & set(before):
            return NEAREST
        after = self.t.word(k + 1)
        if self.t.word(k) == "set" and after not in ("to", "for", "on", "at"):
            return NEAREST if after in self.w.weekdays else BACK
        if (
            after in ("to", "for")
            or (after in ("on", "at", "in") and self.is_past_form(self.t.word(k)))
            or after in self.w.weekdays
        ):
            return AHEAD
        return NOWHERE if not self.is_past_form(self.t.word(k)) else NEAREST

    def participle(self, k: int) -> int:
        """A past form: past, unless "to be" or a modal makes it a participle of something to come."""
        t = self.t
        if t.word(k - 1) == "be":
            if t.word(k - 2) == "to":
                return NEAREST if t.word(k - 3) in ("was", "were", "had") else AHEAD
            return BACK if t.word(k - 2) == "not" else NEAREST if t.word(k - 2) in self.w.past_modals else AHEAD
        if t.word(k + 1) == "to" and t.word(k) in self.w.agreements:
            return NEAREST
        if t.word(k) in ("is", "are", "was", "were") and t.word(k + 1) == "to":
            return NEAREST
        return BACK
