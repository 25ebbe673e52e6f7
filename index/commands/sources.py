"""The commands `rules` and `columns`: what people decide about the files that they import."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from index.commands.opening import opened
from index.commands.output import emit, listed, published_text, say, table
from index.library import Library
from index.model import Article, SplitRule
from index.problems import Problem

PATTERNS = ("start", "end", "body", "drop", "title_line", "outlet_line", "keep_marks")
COLUMNS = ("text", "title", "published", "outlet", "author", "url", "language", "actor")


def rules(args: argparse.Namespace) -> int:
    """`rules`: the library's own split rules and the built-in ones; with a name, one made, changed, deleted or tried."""
    given = {name: getattr(args, name) for name in PATTERNS if getattr(args, name) is not None}
    if not args.name and (given or args.field or args.delete or args.preview):
        raise Problem("bad-value", detail="Name the split rule.")
    with opened(args.library) as library:
        if args.name and args.delete:
            if all(rule.name != args.name for rule in library.split_rules()):
                raise Problem("bad-value", detail=f"There is no split rule of this library named {args.name!r}.")
            library.set_split_rules([rule for rule in library.split_rules() if rule.name != args.name])
        elif args.name and args.preview:
            known = [*library.split_rules(), *library.built_in_split_rules()]
            new = [SplitRule(args.name)] if given or args.field else []
            rule = _changed(_named([*known, *new], args.name), given, args.field)
            _show_articles(library.preview_split(Path(args.preview), rule), args.json)
            return 0
        elif args.name and (given or args.field):
            _keep(library, args.name, given, args.field)
        own, built_in = library.split_rules(), library.built_in_split_rules()
    rows = [_rule_json(rule, own=True) for rule in own] + [_rule_json(rule, own=False) for rule in built_in]
    wanted = [row for row in rows if args.delete or args.name in (None, row["name"])]
    if not wanted:
        raise Problem("bad-value", detail=f"There is no split rule named {args.name!r}.")
    listed(wanted, {"name": 44, "own": 5, "start": 30, "end": 0}, args.json)
    return 0


def _rule_json(rule: SplitRule, *, own: bool) -> dict[str, Any]:
    return asdict(replace(rule, fields=dict(rule.fields))) | {"own": own}


def _named(among: list[SplitRule], name: str) -> SplitRule:
    for rule in among:
        if rule.name == name:
            return rule
    raise Problem("bad-value", detail=f"There is no split rule named {name!r}.")


def _changed(rule: SplitRule, given: Mapping[str, Any], fields: list[tuple[str, str]] | None) -> SplitRule:
    """The rule with what is given; an empty pattern takes a field away. Raises `Problem` for a field there is not."""
    from index.ingest.bundles import FIELDS

    for name, _ in fields or ():
        if name not in FIELDS:
            raise Problem("bad-value", detail=f"{name!r} is not one of {', '.join(FIELDS)}.")
    found = {name: pattern for name, pattern in {**rule.fields, **dict(fields or ())}.items() if pattern}
    return replace(rule, fields=found, **given)


def _keep(library: Library, name: str, given: Mapping[str, Any], fields: list[tuple[str, str]] | None) -> None:
    """Change the library's own rule of the name, or make it; a new one is tried before the others."""
    own = library.split_rules()
    if any(rule.name == name for rule in library.built_in_split_rules()):
        raise Problem("bad-value", detail=f"{name!r} is built in: make a rule of another name.")
    if all(rule.name != name for rule in own):
        own.insert(0, SplitRule(name))
    library.set_split_rules([_changed(rule, given, fields) if rule.name == name else rule for rule in own])


def _show_articles(articles: list[Article], as_json: bool) -> None:
    """What a rule makes of a file, an article in each row."""
    rows = [
        {
            "title": one.title, "outlet": one.outlet, "author": one.author, "published": published_text(one.published),
            "language": one.language, "text": one.text,
        }
        for one in articles
    ]  # fmt: skip
    if len(rows) < 2:
        say("This rule does not cut the file: it finds fewer than two articles.")
    listed(rows, {"published": 12, "outlet": 18, "title": 40, "text": 0}, as_json)


def columns(args: argparse.Namespace) -> int:
    """`columns`: what the library remembers of tables; with a table, which column holds what, and how to remember it."""
    if args.set and not args.table:
        raise Problem("bad-value", detail="Name a table that has the columns.")
    with opened(args.library) as library:
        if not args.table:
            kept = [{"columns": dict(one)} for one in library.column_mappings()]
            plain = [{"columns": ", ".join(f"{k}={v}" for k, v in one["columns"].items())} for one in kept]
            listed(kept if args.json else plain, {"columns": 0}, args.json)
            return 0
        head = library.table_head(Path(args.table))
        chosen = _chosen(library, head.header, head.columns)
        if args.set:
            chosen = _set(chosen, args.set, head.header)
            library.set_column_mapping(chosen)
    if args.json:
        emit({"header": list(head.header), "rows": [list(row) for row in head.rows], "columns": chosen})
    else:
        holds = {column: field for field, column in chosen.items()}
        first = head.rows[0] if head.rows else ()
        cells = dict(zip(head.header, first, strict=False))
        table([{"column": c, "holds": holds.get(c), "first": cells.get(c)} for c in head.header if c],
              {"column": 24, "holds": 10, "first": 0})  # fmt: skip
    return 0


def _chosen(library: Library, header: tuple[str, ...], guessed: Mapping[str, str]) -> dict[str, str]:
    """What was said of a table with these columns, else what their names tell."""
    for one in library.column_mappings():
        if "text" in one and set(one.values()) <= set(header):
            return dict(one)
    return dict(guessed)


def _set(chosen: Mapping[str, str], pairs: list[tuple[str, str]], header: tuple[str, ...]) -> dict[str, str]:
    """The fields with what is given; a column holds one thing only, so who had it loses it. Raises `Problem`."""
    found = dict(chosen)
    for field, column in pairs:
        if field not in COLUMNS:
            raise Problem("bad-value", detail=f"{field!r} is not one of {', '.join(COLUMNS)}.")
        if column and column not in header:
            raise Problem("bad-value", detail=f"The table has no column {column!r}; it has {', '.join(filter(None, header))}.")
        found = {name: value for name, value in found.items() if name != field and value != column}
        if column:
            found[field] = column
    if "text" not in found:
        raise Problem("bad-value", detail="Say which column holds the texts: --set text=COLUMN.")
    return found
