"""One utterance in several outlets: clusters, what people cut or linked, conflicts, the version to cite.

Run as a program it prints precision and recall on utterance_pairs.toml, and the pairs it gets wrong.
"""

from __future__ import annotations

import random
import time
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from index.extract.utterances import utterances
from index.model import FoundStatement, Span, Utterance, When
from index.utterances.conflicts import conflicts
from index.utterances.described import core, described, to_cite
from index.utterances.groups import groups
from index.utterances.reports import Report, near

PAIRS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("utterance_pairs.toml").read_text("utf-8"))["pair"]


def day(text: str) -> When | None:
    """One day; None for ""."""
    return When(date.fromisoformat(text), date.fromisoformat(text)) if text else None


def said(number: int, text: str, on: str = "2031-05-12", printed: str = "2031-05-13", **values: Any) -> Report:
    """A report in a document of its own."""
    fields: dict[str, Any] = {"kind": "direct", "actor": 7, "document_id": number, "outlet": f"Outlet {number}"}
    return Report(id=number, text=text, said=day(on), published=day(printed), **(fields | values))


def clusters(reports: list[Report]) -> list[Utterance]:
    """The utterances of two reports or more."""
    by_id = {one.id: one for one in reports}
    return [described([by_id[i] for i in ids]) for ids in groups(reports) if len(ids) > 1]


def judged_same(pair: dict[str, Any]) -> bool:
    """Whether the two reports of a pair end in one utterance."""
    days = [text for text in pair["days"] if text]
    after = [(date.fromisoformat(text or max(days)) + timedelta(1)).isoformat() for text in pair["days"]]
    both = [said(k + 1, pair["ab"[k]], pair["days"][k], after[k]) for k in (0, 1)]
    return len(groups(both)) == 1


def rates(pairs: list[dict[str, Any]]) -> tuple[float, float]:
    """(precision, recall) of "same"."""
    found = [(judged_same(pair), pair["same"]) for pair in pairs]
    right = sum(ours and theirs for ours, theirs in found)
    return right / max(1, sum(ours for ours, _ in found)), right / max(1, sum(theirs for _, theirs in found))


def test_precision_and_recall_on_the_invented_pairs() -> None:
    assert len(PAIRS) >= 100
    precision, recall = rates(PAIRS)
    assert precision >= 0.90
    assert recall >= 0.80


def test_no_pair_depends_on_the_order_of_its_reports() -> None:
    for pair in PAIRS[::4]:
        turned = {"same": pair["same"], "a": pair["b"], "b": pair["a"], "days": pair["days"][::-1]}
        assert judged_same(pair) == judged_same(turned), pair["a"]


ONE = "The Strait Treaty has been frozen since 2029, but nobody has cancelled our obligations under it."
TWO = "Although the treaty on the straits was suspended in 2030, its obligations have not been annulled by anyone."
OTHER = "We will raise the wages of the pilots by nine percent in the spring."


def test_a_cut_pair_never_ends_in_one_utterance() -> None:
    reports = [said(1, ONE), said(2, ONE), said(3, ONE)]
    assert groups(reports) == [[1, 2, 3]]
    for ids in groups(reports, cut={(1, 3)}):
        assert not {1, 3} <= set(ids)
    assert len(groups(reports, cut={(1, 2), (2, 3), (1, 3)})) == 3


def test_a_linked_pair_always_ends_in_one_utterance() -> None:
    assert groups([said(1, ONE), said(2, OTHER, on="2031-09-01")], linked={(1, 2)}) == [[1, 2]]


def test_the_same_words_on_another_day_are_another_utterance() -> None:
    assert len(groups([said(1, ONE), said(2, ONE, on="2031-08-12", printed="2031-08-13")])) == 2


def test_a_copy_under_another_name_is_one_utterance_with_a_conflict_of_speaker() -> None:
    found = clusters([said(1, ONE, actor=7), said(2, ONE, actor=8)])
    assert [c.kind for u in found for c in u.conflicts] == ["speaker"]
    assert clusters([said(1, "We know it.", actor=7), said(2, "We know it.", actor=8)]) == []


def test_reports_printed_on_one_day_are_joined_though_nobody_says_when_the_words_were_said() -> None:
    assert groups([said(1, ONE, on=""), said(2, TWO, on="")]) == [[1, 2]]
    assert len(groups([said(1, ONE, on=""), said(2, TWO, on="", printed="2031-05-19")])) == 2


def test_unknown_speakers_are_joined_only_by_long_copies() -> None:
    assert len(groups([said(1, ONE, actor=None), said(2, ONE)])) == 1
    assert len(groups([said(1, TWO, actor=None), said(2, ONE)])) == 2


def test_a_quote_joins_the_transcript_that_it_is_taken_from() -> None:
    whole = f"We have met in Orm three times. {ONE} The pilots are waiting for their wages, and so are the clerks."
    assert groups([said(1, whole, kind="answer"), said(2, ONE), said(3, OTHER)]) == [[1, 2], [3]]


def test_paragraphs_of_transcripts_are_joined_only_as_copies() -> None:
    assert len(groups([said(1, ONE, kind="own"), said(2, ONE, kind="own")])) == 1
    assert len(groups([said(1, ONE, kind="own"), said(2, TWO, kind="own")])) == 2


def test_pieces_of_one_long_quote_in_one_document_join_it() -> None:
    whole = "The bridge will be finished by autumn whatever it costs, and the ferry will stop on the day it opens."
    pieces = ["The bridge will be finished by autumn whatever it costs", "the ferry will stop on the day it opens"]
    reports = [said(1, whole), said(2, pieces[0], document_id=9), said(3, pieces[1], document_id=9)]
    assert groups(reports) == [[1, 2, 3]]


def test_a_year_that_differs_is_flagged_with_the_statements_that_print_it() -> None:
    (found,) = clusters([said(1, ONE), said(2, TWO), said(3, ONE)])
    assert [(c.kind, c.values) for c in found.conflicts] == [("year", (("2029", (1, 3)), ("2030", (2,))))]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("We lost 212 houses to the flood near Orm.", "We lost 121 houses to the flood near Orm.", "number"),
        ("The council will sign the treaty in spring.", "The council will not sign the treaty in spring.", "negation"),
        ("The letter was written by Ada Kohn in spring.", "The letter was written by Eve Bies in spring.", "name"),
    ],
)
def test_numbers_negations_and_names_that_differ_are_flagged(one: str, other: str, kind: str) -> None:
    assert [c.kind for c in conflicts([said(1, one), said(2, other)])] == [kind]


def test_what_one_report_leaves_out_is_no_conflict() -> None:
    assert conflicts([said(1, ONE), said(2, "nobody has cancelled our obligations under the Strait Treaty")]) == ()


def test_the_version_to_cite_and_the_earliest() -> None:
    reports = [
        said(1, "that the treaty was frozen but its obligations not cancelled", kind="indirect", printed="2031-05-12"),
        said(2, ONE, via=("Strait News",)),
        said(3, ONE, outlet="Strait News"),
    ]
    assert to_cite(reports) == (3, ("direct", "named-source", "first-hand", "complete"))
    (found,) = clusters(reports)
    assert (found.statements, found.earliest, found.cite) == ((1, 2, 3), 1, 3)


def test_the_core_is_what_every_version_has() -> None:
    base = "We will sign the treaty of Orm in spring, as we promised."
    spans = core(base, ["We will sign the treaty of Orm in summer.", "He said we will sign the treaty of Orm"])
    assert [span.of(base).strip() for span in spans] == ["We will sign the treaty of Orm"]


def test_new_statements_join_known_utterances_and_change_no_others() -> None:
    known = [replace(said(k, f"{OTHER} {k}", on=f"2031-01-{k:02d}"), utterance=k) for k in range(1, 20)]
    known.append(replace(said(30, ONE), utterance=30))
    found = groups([*known, said(40, TWO)], new={40})
    assert [30, 40] in found
    assert len(found) == 20


def test_days_to_ask_the_store_for() -> None:
    assert near(said(1, ONE, on="2031-05-12")) == (date(2031, 5, 11), date(2031, 5, 13))
    start, end = near(said(1, ONE, on="", printed="2031-05-13"))
    assert start is not None and start < date(2031, 5, 5)
    assert end == date(2031, 5, 14)


def test_thousands_of_statements_take_seconds() -> None:
    chance = random.Random(3)
    ends = ("t", "mo", "ren", "sia")
    words = [a + b + c for a in ("ba", "ko", "ri", "tul", "mer") for b in ("lan", "ter", "gos", "mi") for c in ends]
    reports = []
    for number in range(4000):
        on = (date(2020, 1, 1) + timedelta(chance.randrange(2000))).isoformat()
        text = " ".join(chance.choices(words, k=20))
        reports.append(said(number, text, on=on, printed=on, actor=number % 5))
        if number % 10 == 0:
            reports.append(said(number + 10_000, text, on=on, printed=on, actor=number % 5))
    start = time.process_time()
    found = [ids for ids in groups(reports) if len(ids) > 1]
    assert time.process_time() - start < 20
    assert sum([i, i + 10_000] in found for i in range(0, 4000, 10)) >= 390


# --- within one document ----------------------------------------------------------------------------------------------


def numbered(*rows: tuple[str, str, str | None]) -> list[int]:
    """Utterance numbers of statements given as (kind, words, actor), laid out in one text."""
    text, found = "", []
    for kind, words, actor in rows:
        span = Span(len(text), len(text) + len(words))
        found.append(FoundStatement(kind=kind, content=(span,), actor=actor, when=day("2031-05-12")))  # type: ignore[arg-type]
        text += words + "\n"
    return utterances(text, found)


def test_a_headline_and_the_quote_that_it_paraphrases_are_one_utterance() -> None:
    assert numbered(
        ("indirect", "the gates are open to Torland to take part in all events of the League", "Ada Kohn"),
        ("direct", "Torland keeps its seat, and the gates are ‘open’ for it to all League events.", "Ada Kohn"),
        ("direct", "Torland has not paid for two years, and somebody must tell it so.", "Ada Kohn"),
    ) == [1, 1, 2]  # fmt: skip


def test_a_paraphrase_joins_its_best_match_only() -> None:
    assert numbered(
        ("indirect", "the gates are open to Torland to take part in all events of the League", "Ada Kohn"),
        ("direct", "Torland keeps its seat, and the gates are open for it to all events of the League.", "Ada Kohn"),
        ("direct", "The gates are open for the return of Torland to work, and we hope it comes.", "Ada Kohn"),
    ) == [1, 1, 2]  # fmt: skip


def test_a_repeated_piece_of_a_quote_is_the_same_utterance() -> None:
    assert numbered(
        ("mixed", "the league is leaving Torland", "Ada Kohn"),
        ("direct", "In my view, willingly or not, the league is leaving Torland, and this worries us.", "Ada Kohn"),
        ("direct", "In my view, willingly or not, the league is leaving Torland, and this worries us.", "Eve Bies"),
    ) == [1, 1, 2]  # fmt: skip


def test_a_name_or_a_scrap_that_stands_in_several_quotes_joins_none_of_them() -> None:
    quotes = ("Ada Kohn has kept the ferry running.", "Nobody but Ada Kohn can mend the bridge of Orm.")
    rows = [("direct", words, "Eve Bies") for words in quotes]
    assert numbered(("indirect", "Ada Kohn", "Eve Bies"), *rows) == [1, 2, 3]
    assert numbered(("indirect", "the ferry", "Eve Bies"), *rows) == [1, 2, 3]
    assert numbered(("mixed", "kept the ferry running", "Eve Bies"), *rows) == [1, 1, 2]


def test_paragraphs_of_an_answer_stay_apart() -> None:
    words = "We will sign the treaty of Orm in spring."
    assert numbered(("answer", words, "Ada Kohn"), ("answer", words, "Ada Kohn")) == [1, 2]
    assert utterances("", []) == []


if __name__ == "__main__":
    for name, chosen in (("all", PAIRS), ("kept for the end", [pair for pair in PAIRS if pair.get("kept")])):
        precision, recall = rates(chosen)
        print(f"{name:18} {len(chosen):3} pairs   precision {precision:.2f}   recall {recall:.2f}")
    for wrong in PAIRS:
        if judged_same(wrong) != wrong["same"]:
            print(f"\n{'missed' if wrong['same'] else 'false'}: {wrong['a']}\n        {wrong['b']}")
