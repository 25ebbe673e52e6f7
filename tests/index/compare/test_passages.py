"""Then and now: sentences that answer to each other stand in one row."""

from __future__ import annotations

from index.compare import compare
from index.compare.passages import passages


def rows(left: str, right: str) -> list[tuple[str, str, str]]:
    found = compare(left, right)
    return [
        (row.kind, row.left.of(left) if row.left else "", row.right.of(right) if row.right else "")
        for row in passages(found)
    ]


def test_rewritten_dropped_and_added_sentences_have_rows() -> None:
    same, then, now = "The strait is open to all.", "A fleet of nine ships left Orm.", "A fleet of six ships left Orm."
    gone, new = "Prices rose sharply in winter.", "Nobody was hurt at Kesh."
    assert rows(f"{same} {then} {gone}", f"{same} {now} {new}") == [
        ("same", same, same), ("changed", then, now), ("dropped", gone, ""), ("added", "", new)
    ]  # fmt: skip


def test_every_sentence_stands_in_exactly_one_row() -> None:
    left = "One came. Two went away again. Three of them stayed in Orm. Four slept."
    right = "Three of them stayed in Orm. Five ate. Two went away again."
    for text, side in ((left, 1), (right, 2)):
        joined = " ".join(row[side] for row in rows(left, right) if row[side])
        assert joined == text


def test_moved_sentences_carry_one_number_on_both_sides() -> None:
    moved = "The observers stay on the islands until spring."
    rest = "The council met in Orm and heard the report. Two members had written before."
    found = [row for row in passages(compare(f"{moved} {rest}", f"{rest} {moved}")) if row.kind == "moved"]
    assert [(row.left is None, row.right is None) for row in found] == [(False, True), (True, False)]
    assert found[0].move == found[1].move is not None


def test_only_minor_changes_make_a_minor_row() -> None:
    assert rows("The doors are “open”.", "the doors are 'open'.")[0][0] == "minor"
    assert rows("", "") == []
