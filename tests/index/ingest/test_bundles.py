"""Press-database bundles are cut into their articles by rules that people can write."""

from __future__ import annotations

import json
import time

import pytest

from index.ingest.bundles import BUILT_IN, SplitRule, matching_rule, rule_message, rule_of, split
from index.problems import Problem

NEXIS = """Page 1 of 2

Venn opens the strait
Strait Herald
April 3, 2019 Wednesday

Copyright 2019 Herald Press All Rights Reserved
Section: NEWS; Pg. 4
Length: 120 words
Byline: Mirel Dasko
Body

Ilra Venn opened the strait in the morning.

"It is open," Venn said.

Load-Date: April 4, 2019

End of Document

Okker shuts the harbour
Bay Courier
May 5, 2019

Length: 80 words
Body

Tomas Okker shut the harbour for the winter.

End of Document
"""
FACTIVA = """Venn opens the strait

By Mirel Dasko
120 words
3 April 2019
Strait Herald
English
(c) 2019 Herald Press. All rights reserved.

Ilra Venn opened the strait in the morning, and the boats came.

Document SHERLD0020190403ef4300012

HD Okker shuts the harbour
BY Pavo Kestrin
WC 80 words
PD 5 May 2019
SN Bay Courier
LA English
LP
Tomas Okker shut the harbour for the winter.

Document BCOUR00020190505ef5500034

Search Summary
"""
LEXIS = """                               1 of 2 DOCUMENTS

                               Strait Herald

                            April 3, 2019 Wednesday

HEADLINE: Venn opens the strait
BYLINE: Mirel Dasko
LENGTH: 120 words

Ilra Venn opened the strait in the morning.

LOAD-DATE: April 4, 2019

                               2 of 2 DOCUMENTS

                               Bay Courier

                            May 5, 2019 Sunday

HEADLINE: Okker shuts the harbour

Tomas Okker shut the harbour for the winter.
"""


@pytest.mark.parametrize("text", [NEXIS, FACTIVA, LEXIS], ids=["nexis", "factiva", "lexis"])
def test_a_known_bundle_is_recognised_and_cut(text: str) -> None:
    rule = matching_rule(text, BUILT_IN)
    assert rule is not None
    first, second = split(text, rule)
    assert [first.title, second.title] == ["Venn opens the strait", "Okker shuts the harbour"]
    assert [one.published.edtf for one in (first, second) if one.published] == ["2019-04-03", "2019-05-05"]
    assert first.text.splitlines()[-1] in (
        '"It is open," Venn said.',
        "Ilra Venn opened the strait in the morning, and the boats came.",
        "Ilra Venn opened the strait in the morning.",
    )
    assert second.text.endswith("Tomas Okker shut the harbour for the winter.")
    assert second.outlet == "Bay Courier" or "Factiva" in rule.name


def test_an_ordinary_text_is_no_bundle() -> None:
    assert matching_rule("Words of an article.\n\nEnd of Document\n", BUILT_IN) is None
    assert matching_rule("Source: the council\nWords.\n\nDate: none\n", BUILT_IN) is None


def test_a_rule_survives_being_kept_as_json() -> None:
    for rule in BUILT_IN:
        assert rule_of(json.loads(json.dumps(rule_message(rule)))) == rule


@pytest.mark.parametrize("rule", [{"name": "x", "start": "("}, {"name": "x"}, {"name": "x", "end": "a" * 5000}])
def test_a_rule_that_cannot_work_is_refused(rule: dict[str, str]) -> None:
    with pytest.raises(Problem):
        rule_of(rule)


def test_cutting_takes_time_in_proportion_to_the_text() -> None:
    text = "=" * 200_000 + "\n" + "1 of 2 of " * 20_000 + "\nword\n" * 50_000
    start = time.process_time()
    assert matching_rule(text, [*BUILT_IN, SplitRule("mine", start=r"=+$")]) is None
    assert time.process_time() - start < 10
