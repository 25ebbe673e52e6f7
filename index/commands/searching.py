"""The command `search`."""

from __future__ import annotations

import argparse

from index.commands.output import emit, say, when_json
from index.library import Library
from index.model import Results


def search(args: argparse.Namespace) -> int:
    """`search`: ranked hits of a query over statements or documents."""
    with Library.open(args.library) as library:
        results = library.search(args.query, unit=args.unit, sort=args.sort, limit=args.limit)
    if results.problem:
        say(f"character {results.problem.position}: {results.problem.message}")
        if results.problem.mended:
            say(f"did you mean: {results.problem.mended}")
    if args.json:
        emit(results_json(results))
    else:
        _print(results)
    return int(results.problem is not None)


def results_json(results: Results) -> dict[str, object]:
    """Results in the shape that other programs rely on."""
    return {
        "query": results.query, "explained": results.explained, "total": results.total,
        "undated_hidden": results.undated_hidden, "took_ms": round(results.took_ms, 2),
        "hits": [
            {
                "id": hit.id, "document": hit.document_id, "score": round(hit.score, 4), "snippet": hit.snippet,
                "marks": [list(mark) for mark in hit.marks], "actor": hit.actor, "said": when_json(hit.said),
                "outlet": hit.outlet,
            }
            for hit in results.hits
        ],
        "facets": {name: [list(pair) for pair in pairs] for name, pairs in results.facets.items()},
        "problem": results.problem and {
            "code": results.problem.code, "position": results.problem.position,
            "message": results.problem.message, "mended": results.problem.mended,
        },
        "advice": list(results.advice),
    }  # fmt: skip


def _print(results: Results) -> None:
    print(f"{results.explained}: {results.total} found in {results.took_ms:.0f} ms")
    if results.undated_hidden:
        print(f"{results.undated_hidden} undated hidden")
    for hit in results.hits:
        said = hit.said.edtf if hit.said else "undated"
        print(f"{hit.id:>6}  {said:<12}  {hit.actor or 'unknown'}  [{hit.outlet or 'no outlet'}]")
        print(f"        {_marked(hit.snippet, hit.marks)}")
    for line in results.advice:
        print(line)


def _marked(snippet: str, marks: tuple[tuple[int, int], ...]) -> str:
    """The snippet with its matched words between asterisks."""
    for start, end in sorted(marks, reverse=True):
        snippet = f"{snippet[:start]}*{snippet[start:end]}*{snippet[end:]}"
    return " ".join(snippet.split())
