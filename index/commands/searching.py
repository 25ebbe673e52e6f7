"""The commands `search`, `batch`, `watch` and `saved`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from index.commands.opening import opened
from index.commands.output import emit, say, table, when_json
from index.files import table_text
from index.library import Library
from index.model import Results
from index.problems import Problem


def search(args: argparse.Namespace) -> int:
    """`search`: ranked hits of a query over statements or documents."""
    with opened(args.library) as library:
        results = library.search(args.query, unit=args.unit, sort=args.sort, limit=args.limit)
    if results.problem:
        say(f"character {results.problem.position}: {results.problem.message}")
        if results.problem.mended:
            say(f"did you mean: {results.problem.mended}")
    if args.json:
        emit(results_json(results))
    elif results.problem is None:
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


def batch(args: argparse.Namespace) -> int:
    """`batch`: many queries from a CSV, each with its count; a bad line is named and the rest runs."""
    text = table_text(Path(args.queries))
    problems = 0
    rows: list[dict[str, Any]] = []
    with opened(args.library) as library:
        for line in library.batch(text):
            wrong = line.problem
            problems += wrong is not None
            if wrong:
                say(f"line {line.line}, character {wrong.position}: {wrong.message}")
            row = {
                "line": line.line, "name": line.name, "query": line.query, "in": line.unit, "total": line.total,
                "undated_hidden": line.undated_hidden, "explained": line.explained,
                "problem": wrong and wrong.message, "position": wrong and wrong.position,
            }  # fmt: skip
            rows.append(row)
            if args.json:
                emit(row)
    if not args.json:
        table(rows, {"line": 5, "total": 6, "name": 20, "query": 40, "explained": 0})
    return int(problems > 0)


def watch(args: argparse.Namespace) -> int:
    """`watch`: a phrase over time: first use, last use, who took it up, who dropped it."""
    with opened(args.library) as library:
        found = library.watched(args.query)
    row = {
        "query": found.query, "total": found.total, "undated": found.undated, "first": found.first,
        "last": found.last, "by_year": [list(pair) for pair in found.by_year],
        "by_month": [list(pair) for pair in found.by_month],
        "uses": [
            {
                "actor": use.actor, "count": use.count, "first": use.first,
                "first_day": use.first_day and use.first_day.isoformat(), "last": use.last,
                "last_day": use.last_day and use.last_day.isoformat(), "statements_since": use.since,
            }
            for use in found.uses
        ],
    }  # fmt: skip
    if args.json:
        emit(row)
    else:
        print(f"{found.total} statements; {found.undated} with no date, or only an “until” one, take no part in first and last")
        columns = {"first_day": 10, "last_day": 10, "count": 5, "statements_since": 16, "actor": 0}
        table(row["uses"], columns)  # type: ignore[arg-type]
    return 0


def _save(library: Library, args: argparse.Namespace) -> None:
    """Keep a query under a name; what it finds now counts as seen."""
    if not args.query.strip():
        raise Problem("bad-value", detail="A saved search needs a query: give one with --query.")
    library.search_ids(args.query, unit=args.unit)  # a broken one is not kept
    library.save_search(args.save, args.query, args.unit, {}, alert=args.alert)
    library.mark_seen(_saved_named(library, args.save))


def _saved_named(library: Library, name: str) -> int:
    """The id of the saved search of this name. Raises `Problem`."""
    for row in library.saved_searches():
        if row["name"] == name:
            return int(row["id"])
    raise Problem("bad-value", detail=f"There is no saved search named {name!r}.")


def saved(args: argparse.Namespace) -> int:
    """`saved`: list saved searches with what is new to them; keep or forget one, or take its hits as seen."""
    with opened(args.library) as library:
        if args.save is not None:
            _save(library, args)
        if args.forget:
            library.delete_search(_saved_named(library, args.forget))
        if args.seen:
            library.mark_seen(_saved_named(library, args.seen))
        rows = [
            {
                "name": row["name"], "query": row["query"], "in": row["unit"], "new": library.new_hits(row["id"]),
                "alert": bool(row["alert"]),
            }
            for row in library.saved_searches()
        ]  # fmt: skip
    if args.json:
        for row in rows:
            emit(row)
    else:
        table([row | {"new": len(row["new"])} for row in rows], {"name": 24, "new": 5, "in": 10, "query": 0})
    return 0
