"""Numbers of documents and statements in a query: any digits may be typed, and only those that name a row find one."""

from __future__ import annotations

import pytest

from index.search.finder import Finder


@pytest.mark.parametrize(
    "query",
    ["doc:99999999999999999999", "doc:99999999999999999999:1", f"doc:1:{'9' * 30}", f"doc:{'9' * 5000}", "doc:²", "doc:1:²"],
)
@pytest.mark.parametrize("unit", ["statements", "documents"])
def test_a_number_that_no_row_can_have_finds_nothing_and_breaks_nothing(finder: Finder, query: str, unit: str) -> None:
    found = finder.find(query, unit)
    assert (found.total, found.hits) == (0, ())


def test_a_number_that_a_row_has_finds_it(finder: Finder) -> None:
    assert finder.ids("doc:2:1") == [3]
    assert sorted(finder.ids("doc:2")) == [3, 4, 5]
