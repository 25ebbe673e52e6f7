"""The commands `documents` and `set`."""

from __future__ import annotations

import argparse

from index.commands.opening import opened
from index.commands.output import listed, shown
from index.commands.rows import document_json
from index.dates import parse_day


def documents(args: argparse.Namespace) -> int:
    """`documents`: all of them, or those without a date; `--delete` takes some away first."""
    with opened(args.library) as library:
        if args.delete:
            library.delete_documents([library.document(document_id).id for document_id in dict.fromkeys(args.delete)])
        rows = [document_json(d) for d in library.documents(library.document_ids(undated=args.undated, order="added"))]
    listed(rows, {"id": 6, "published": 12, "outlet": 18, "statements": 10, "title": 50, "file": 0}, args.json)
    return 0


def set_fields(args: argparse.Namespace) -> int:
    """`set`: date, outlet, title or author of documents; their statements are dated anew."""
    given = {name: getattr(args, name) for name in ("outlet", "title", "author") if getattr(args, name) is not None}
    with opened(args.library) as library, library.edit("Describe documents"):
        for document_id in args.documents:
            library.document(document_id)
        if args.published is not None:
            library.set_published(args.documents, parse_day(args.published) if args.published else None)
        if given:
            library.describe_documents(args.documents, **{name: value or None for name, value in given.items()})
        rows = [document_json(document) for document in library.documents(args.documents)]
    shown(rows, args.json)
    return 0
