"""Watch phrases: who used a phrase first and last, who took it up, and who has dropped it since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import log

from index.model import PhraseUse, Statement
from index.positions.codes import best_dated, in_order, utterances
from index.positions.tokens import WORD, fold

UNLIKELY = 0.05


def phrase_pattern(phrase: str) -> re.Pattern[str] | None:
    """What matches a phrase in folded text: its words with anything but words between them; "*" at the end of a word
    stands for any ending. None when the phrase holds no word.
    """
    parts = []
    for match in re.finditer(WORD.pattern + r"(\*?)", fold(phrase)):
        ending = r"[\w'-]*" if match.group(1) else ""
        parts.append(re.escape(match.group().rstrip("*")) + ending)
    if not parts:
        return None
    return re.compile(r"(?<!\w)" + r"[^\w]{1,8}".join(parts) + r"(?!\w)")


def phrase_uses(phrase: str, statements: Iterable[Statement]) -> list[PhraseUse]:
    """How each known actor used a phrase, in order of first use: the first entry coined it here, the rest took it up.

    An utterance counts once. Undated statements and unknown speakers are left out: neither can be first or last.
    `dropped` asks how likely the actor's silence since the last use is at the rate of use before it: below 5 %.
    """
    pattern = phrase_pattern(phrase)
    if pattern is None:
        return []
    by_actor: dict[int, list[tuple[Statement, bool]]] = {}
    for group in utterances(statements):
        first = best_dated(group)
        if first.actor_id is None or first.when is None or (first.when.earliest or first.when.latest) is None:
            continue
        used = any(pattern.search(fold(statement.text)) for statement in group)
        by_actor.setdefault(first.actor_id, []).append((first, used))
    found = [use for actor_id, own in by_actor.items() if (use := _use(phrase, actor_id, own))]
    return sorted(found, key=lambda use: (use.first.earliest or use.first.latest, use.statements[0]))


def _use(phrase: str, actor_id: int, own: Sequence[tuple[Statement, bool]]) -> PhraseUse | None:
    ordered = sorted(own, key=lambda item: in_order(item[0]))
    places = [k for k, (_, used) in enumerate(ordered) if used]
    if not places:
        return None
    first, last = ordered[places[0]][0].when, ordered[places[-1]][0].when
    assert first is not None and last is not None
    since = len(ordered) - 1 - places[-1]
    return PhraseUse(
        phrase, actor_id, tuple(ordered[k][0].id for k in places), first, last, since,
        _dropped(len(places), places[-1] - places[0] + 1, since),
    )  # fmt: skip


def _dropped(uses: int, of: int, since: int) -> bool:
    """Whether `since` statements without it are unlikely at a rate of `uses` in `of`; a miss is added: rate below 1."""
    rate = uses / (of + 1)
    return uses > 1 and since * log(1 - rate) < log(UNLIKELY)
