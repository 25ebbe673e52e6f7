"""The commands `compare` and `utterances`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from index.commands.opening import opened
from index.commands.output import emit
from index.commands.rows import document_json, statement_json
from index.model import Change, Comparison, Document, Part, Statement


def compare(args: argparse.Namespace) -> int:
    """`compare`: what changed between statements ("12") or whole documents ("doc:3"), each against the first."""
    with opened(args.library) as library:
        compared = [library.comparable(name) for name in args.ids]
        comparisons = library.compare(args.ids)
        if args.out:
            library.export_comparison(args.ids, Path(args.out))
            return 0
    pairs = [comparison_json(comparison) for comparison in comparisons]
    result: dict[str, Any] = {"statements": [_described(item) for item in compared]}
    if len(pairs) == 1:
        result |= pairs[0]
    else:
        named = zip(args.ids[1:], pairs, strict=True)
        result["pairs"] = [{"left": args.ids[0], "right": name, **pair} for name, pair in named]
    if args.json:
        emit(result)
    else:
        from index.export.comparison import redline_plain

        for name, comparison in zip(args.ids[1:], comparisons, strict=True):
            print(f"{args.ids[0]} -> {name}: likeness {comparison.likeness:.0%}, "
                  f"{comparison.words_added} words added, {comparison.words_removed} removed")  # fmt: skip
            print(redline_plain(comparison))
            for change in comparison.summary:
                print(f"  {change.kind}: {change.before or '-'} -> {change.after or '-'}")
    return 0


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """A comparison in the shape that other programs rely on."""
    return {
        "parts": [_part(part) for part in comparison.parts],
        "redline": [_part(part) for part in comparison.redline],
        "likeness": round(comparison.likeness, 4),
        "words_added": comparison.words_added,
        "words_removed": comparison.words_removed,
        "summary": [_change(change) for change in comparison.summary],
    }


def utterances(args: argparse.Namespace) -> int:
    """`utterances`: clusters of statements that report the same words, with what they disagree about."""
    with opened(args.library, joined=True) as library:
        if args.link:
            library.link_statements(args.link)
        if args.cut:
            library.cut_utterance(args.cut)
        for utterance in library.utterances():
            row = {
                "id": utterance.id, "statements": list(utterance.statements), "earliest": utterance.earliest,
                "cite": utterance.cite,
                "conflicts": [
                    {"kind": conflict.kind, "values": {value: list(ids) for value, ids in conflict.values}}
                    for conflict in utterance.conflicts
                ],
            }  # fmt: skip
            if args.json:
                emit(row)
            else:
                texts = {s.id: s.text for s in library.statements(utterance.statements)}
                print(f"utterance {utterance.id}: {len(texts)} statements")
                for statement_id, text in texts.items():
                    mark = "*" if statement_id == utterance.earliest else " "
                    print(f" {mark}{statement_id:>6}  {' '.join(text.split())[:100]}")
                for conflict in utterance.conflicts:
                    print(f"   conflict of {conflict.kind}: " + ", ".join(value for value, _ in conflict.values))
    return 0


def _described(item: Statement | Document) -> dict[str, Any]:
    return statement_json(item) if isinstance(item, Statement) else document_json(item) | {"id": f"doc:{item.id}"}


def _part(part: Part) -> dict[str, Any]:
    row: dict[str, Any] = {
        "op": part.op, "minor": part.minor, "left": part.left and list(part.left), "right": part.right and list(part.right),
    }  # fmt: skip
    return row if part.move is None else row | {"move": part.move}


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind, "before": change.before, "after": change.after,
        "left": change.left and list(change.left), "right": change.right and list(change.right),
    }  # fmt: skip
