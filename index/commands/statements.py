"""The commands `statements`, `correct` and `mark`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from index.commands.opening import opened
from index.commands.output import emit, shown, table
from index.commands.rows import statement_json
from index.dates import parse_day
from index.library import Library
from index.model import Span
from index.problems import Problem


def statements(args: argparse.Namespace) -> int:
    """`statements`: all of them, or those of a document or an actor."""
    with opened(args.library) as library:
        if args.document is not None:
            library.document(args.document)
        ids: list[int] = []
        if args.actor is None:
            ids = library.statement_ids(document_id=args.document)
        else:
            found = library.actors_named(args.actor)
            if not found:
                raise Problem("no-actor", detail=repr(args.actor))
            for actor in found:
                ids += library.statement_ids(document_id=args.document, actor_id=actor.id, order="said")
        rows = [statement_json(statement) for statement in library.statements(ids)]
    if args.json:
        for row in rows:
            emit(row)
    else:
        plain = [{**row, "said": row["date"] and (row["date"]["earliest"] or row["date"]["latest"])} for row in rows]
        table(plain, {"id": 6, "label": 8, "kind": 8, "said": 10, "actor": 26, "text": 0})
    return 0


def correct(args: argparse.Namespace) -> int:
    """`correct`: speaker, date, role, chain, kind, places or note of statements; or confirm or reject them."""
    places = {name: getattr(args, name) for name in ("speaker", "addressee") if hasattr(args, name)}
    if (places or args.content) and len(args.statements) > 1:
        raise Problem("bad-value", detail="Places in a text are of one statement: correct them one by one.")
    if args.confirm and args.reject:
        raise Problem("bad-value", detail="A statement can be confirmed or rejected, not both.")
    with opened(args.library) as library, library.edit("Correct statements"):
        for statement_id in args.statements:
            _stand(library, library.statement(statement_id).document_id, places.values())
            library.correct_statement(
                statement_id,
                actor=False if args.actor is None else (args.actor or None),
                when=False if args.said is None else (parse_day(args.said) if args.said else None),
                kind=args.kind, note=args.note, role=args.role,
                via=None if args.via is None else [name for name in args.via if name],
                content=args.content, **places,
            )  # fmt: skip
        if args.confirm:
            library.confirm_statements(args.statements)
        if args.reject:
            library.reject_statements(args.statements)
        rows = [statement_json(statement) for statement in library.statements(args.statements)]
    shown(rows, args.json)
    return 0


def _stand(library: Library, document_id: int, places: Iterable[Span | None]) -> None:
    """Raise `Problem` for a place that is none in the text of the document."""
    length = len(library.document(document_id).text)
    for place in places:
        if place is not None and place.end > length:
            raise Problem("bad-value", detail=f"{place.start}-{place.end} lies beyond the end of the text ({length}).")


def mark(args: argparse.Namespace) -> int:
    """`mark`: a statement that the program did not find, by the places of its words in the text of a document."""
    with opened(args.library) as library:
        _stand(library, args.document, args.content)
        when = parse_day(args.said) if args.said else None
        made = library.add_statement(args.document, args.kind, args.content, args.actor.strip() or None, when)
        rows = [statement_json(library.statement(made))]
    shown(rows, args.json)
    return 0
