"""What all versions of an utterance agree on reads as one line."""

from __future__ import annotations

import pytest

from desktop.widgets.compare_tables import joined


@pytest.mark.parametrize(
    ("stretches", "line"),
    [
        (["Since ", " Orm has turned back nine boats in open ", ", … From now on it will turn back none."],
         "Since … Orm has turned back nine boats in open … From now on it will turn back none."),
        (["We stay,"], "We stay,"),
        (["We stay, ", "and we pay."], "We stay … and we pay."),
        ([], ""),
    ],
)  # fmt: skip
def test_no_mark_is_left_alone_where_words_are_left_out(stretches: list[str], line: str) -> None:
    assert joined(stretches) == line
