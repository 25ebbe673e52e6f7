"""The noun phrase that speaks and the clause that is spoken: what every rule about a cue needs to find beside it."""

from __future__ import annotations

from index.extract.pages import Page

_INNER = frozenset("of the de van von der al bin ibn del da du la for to and & on in".split())
_LEADING = frozenset(
    "but and so meanwhile however yet while as then also still instead besides afterwards later".split()
)
_STRONG_STOPS = frozenset(
    "that which because when after before while if although since as than so though unless until whether where or but"
    " who whom whose what how why".split()
)
_PREPOSITIONS = frozenset("in on at during after before by with from following amid throughout despite".split())
_GIVEN_MONTHS = frozenset("april may june august".split())  # also first names


def is_word(token: str) -> bool:
    """True for a token of letters or digits."""
    return token[:1].isalnum()


def is_capital(token: str) -> bool:
    """True for a token that begins with a capital letter."""
    return token[:1].isupper()


def speaker_before(page: Page, cue: int, low: int) -> tuple[int, int, int] | None:
    """The noun phrase that ends before token `cue`, not reaching below `low`.

    Returns (first token, last token, first token of the whole cue), auxiliaries and adverbs being part of the cue; None
    when no noun phrase stands there.
    """
    at = cue - 1
    while at >= low and (page.lower[at] in page.words.auxiliaries or _is_adverb(page, at, low)):
        at -= 1
    begin = at + 1
    while at > low and (
        page.lower[at] in page.words.times or page.lower[at] in page.words.days or page.lower[at] == "last"
    ):
        at -= 1
    if at < low:
        return None
    if page.tokens[at] == "," and at > low:
        found = _before_apposition(page, at, low)
        return (*found, begin) if found else None
    if page.tokens[at] == ")":
        opened = _back_to(page, at, low, "(")
        if opened is None or opened <= low:
            return None
        at = opened - 1
    first = phrase_start(page, at, low)
    return (
        (first, at if at < begin - 1 and page.tokens[at] != "(" and page.tokens[begin - 1] != ")" else begin - 1, begin)
        if first is not None
        else None
    )


def _is_adverb(page: Page, at: int, low: int) -> bool:
    word = page.lower[at]
    return word.endswith("ly") and len(word) > 4 and not is_capital(page.tokens[at]) and at > low


def _back_to(page: Page, at: int, low: int, mark: str) -> int | None:
    for place in range(at, max(low, at - 30) - 1, -1):
        if page.tokens[place] == mark:
            return place
    return None


def _before_apposition(page: Page, comma: int, low: int) -> tuple[int, int] | None:
    """NAME, a spokesman for X, said: the phrase with its apposition; also: NAME, 47, said."""
    opened = None
    for place in range(comma - 1, max(low, comma - 26) - 1, -1):
        token = page.tokens[place]
        if token in '.;:?!"“”' and not (token == "." and place + 1 < comma and not is_capital(page.tokens[place + 1])):
            break
        if token == ",":
            opened = place
            if place - 1 >= low and is_capital(page.tokens[place - 1]):
                break
    if opened is None or opened - 1 < low:
        return None
    first = phrase_start(page, opened - 1, low)
    return (first, comma - 1) if first is not None else None


def phrase_start(page: Page, last: int, low: int) -> int | None:
    """First token of the noun phrase that ends at token `last`; None when that token ends none."""
    word = page.lower[last]
    if word in page.words.persons or (word in ("it", "this", "that") and last - 1 < low):
        return last
    if (
        not is_word(page.tokens[last])
        or word in page.words.stop
        or (word in page.words.say and not is_capital(page.tokens[last]))
    ):
        return None
    at = last
    while at - 1 >= low and last - at < 14:
        token, lower = page.tokens[at - 1], page.lower[at - 1]
        if lower in _STRONG_STOPS or page.quoted[at - 1] != page.quoted[last]:
            break
        if lower in page.words.persons or lower in ("it", "him", "them", "me", "us"):
            break
        if token == ")":
            opened = _back_to(page, at - 1, low, "(")
            if opened is None:
                break
            at = opened
            continue
        if not (is_word(token) or token in ("-", "&", ".", "'s", "’s", "’", "'", "/")):
            break
        if (
            lower in page.words.verbs
            and not is_capital(token)
            and lower not in page.words.people
            and lower not in page.words.nouns
            and not (lower == "press" and page.lower[at] in page.words.roles)
        ):
            break
        if lower in _PREPOSITIONS and not _joins(page, at - 1, last):
            break
        if lower in page.words.auxiliaries and lower not in ("first",):
            break
        at -= 1
    while at < last and (
        page.lower[at] in _LEADING or not is_word(page.tokens[at]) or page.lower[at] in ("of", "to", "for", "and")
    ):
        at += 1
    while at < last and (page.lower[at] in page.words.times or is_date(page, at)):
        at += 1
    return at


def is_date(page: Page, at: int) -> bool:
    """True for the month of “in October Tolvik said”; “April Smith” after no such word is a name."""
    if page.lower[at] not in page.words.months | page.words.days:
        return False
    before = page.lower[at - 1] if at else ""
    return page.lower[at] not in _GIVEN_MONTHS or before in ("in", "on", "since", "until", "by", "last", "this", "of")


def _joins(page: Page, at: int, last: int) -> bool:
    """“in” and “on” join a name or office to what follows: the Committee on Foreign Relations, officials in Washington."""
    return (
        page.lower[at] in ("in", "on", "at", "with", "from")
        and at - 1 >= 0
        and (page.lower[at - 1] in page.words.speaking)
    )


def speaker_after(page: Page, cue: int, high: int) -> tuple[int, int] | None:
    """The noun phrase that begins after token `cue`: said NAME, a spokesman for X; said the minister."""
    at = cue + 1
    if at >= high or not is_word(page.tokens[at]) or page.quoted[at] != page.quoted[cue]:
        return None
    word = page.lower[at]
    if word in page.words.persons and word not in ("who",):
        return at, at
    if not (
        is_capital(page.tokens[at])
        or word in ("the", "a", "an", "one", "his", "her", "their", "another", "some", "many", "several")
        or word in page.words.people
        or _leads_to_name(page, at, high)
    ):
        return None
    last = phrase_end(page, at, high)
    return (at, last) if last is not None else None


def _leads_to_name(page: Page, at: int, high: int) -> bool:
    """“conservative activist” before a name: small words that no clause could begin with, then a capital."""
    for place in range(at, min(high, at + 6)):
        token, lower = page.tokens[place], page.lower[place]
        if is_capital(token):
            return place > at
        if (
            not is_word(token)
            or lower in page.words.complementizers
            or lower in page.words.auxiliaries
            or lower in page.words.others
            or (lower in page.words.stop and lower != "of")
        ):
            return False
    return False


def main_subject(page: Page, low: int, high: int) -> tuple[int, int] | None:
    """The subject of the sentence's first verb before token `high`: “The town released a statement saying ...”."""
    for at in range(low + 1, high):
        lower = page.lower[at]
        if page.quoted[at] >= 0 or is_capital(page.tokens[at]) or not is_word(page.tokens[at]):
            continue
        if (
            lower in page.words.verbs
            or (lower in page.words.auxiliaries and not lower.endswith("ly"))
            or lower in page.words.pasts
            or (lower.endswith("ed") and len(lower) > 4)
        ):
            if (lower in page.words.people or lower in page.words.nouns) and page.lower[at - 1] in page.words.stop:
                continue
            found = speaker_before(page, at, low)
            if found is not None:
                return found[0], found[1]
    return None


def phrase_end(page: Page, first: int, high: int) -> int | None:
    """Last token of the noun phrase that begins at `first`, its appositions between commas included."""
    last, at = None, first
    while at < high and at - first < 16:
        token, lower = page.tokens[at], page.lower[at]
        if page.quoted[at] != page.quoted[first]:
            break
        if token == "(" and at > first:
            closing = next((i for i in range(at, min(high, at + 8)) if page.tokens[i] == ")"), None)
            if closing is None:
                break
            last, at = closing, closing + 1
            continue
        if not is_word(token) and token not in ("-", "&", ".", "'s", "’s", "’"):
            break
        if at > first and (
            lower in _STRONG_STOPS
            or lower in page.words.auxiliaries
            or (lower in page.words.days or lower in page.words.times)
        ):
            break
        if at > first and lower in page.words.verbs and not is_capital(token) and lower not in page.words.people:
            break
        if at > first and lower in _PREPOSITIONS:
            break
        if at > first and lower in page.words.persons:
            break
        if is_word(token) and lower not in ("the", "a", "an", "of", "and", "for", "to"):
            last = at
        at += 1
    if last is None:
        return None
    return _with_apposition(page, last, high)


def _with_apposition(page: Page, last: int, high: int) -> int:
    """Takes in “, a spokesman for X” or “, 47,” after a name."""
    at = last + 1
    if at + 1 >= high or page.tokens[at] != ",":
        return last
    head = page.lower[at + 1]
    if not (
        head in ("a", "an", "the", "who", "his", "her", "chief", "former") or head in page.words.roles or head.isdigit()
    ):
        return last
    end = at + 1
    while (
        end + 1 < high
        and end - at < 24
        and page.tokens[end + 1] not in ',.;:?!"“”'
        and page.quoted[end + 1] == page.quoted[last]
    ):
        end += 1
    return end
