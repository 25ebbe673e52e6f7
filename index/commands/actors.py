"""The command `actors`: who speaks, and what people decide about who is who."""

from __future__ import annotations

import argparse

from index.commands.opening import opened
from index.commands.output import emit, listed, say, shown
from index.commands.rows import actor_json, member_json
from index.library import Library
from index.problems import Problem, sentence


def actors(args: argparse.Namespace) -> int:
    """`actors`: the registry; `--merge KEEP OTHER ...` makes the others part of the first."""
    _check(args)
    with opened(args.library) as library:
        if args.merge:
            _merge(library, args.merge)
        if args.apart:
            _apart(library, args.apart)
        if args.change or args.split:
            ids = _change(library, args) if args.change else _split(library, args)
            shown([actor_json(library.actor(actor_id)) for actor_id in ids], args.json)
            return 0
        if args.proposals or args.groups:
            for proposal in library.merge_proposals() if args.proposals else ():
                one, two = library.actor(proposal.keep), library.actor(proposal.other)
                row = {"keep": one.id, "other": two.id, "names": [one.name, two.name]}
                emit(row | {"score": round(proposal.score, 3), "reason": proposal.reason})
            for group in library.merge_groups() if args.groups else ():
                emit({"group": [member_json(member, library) for member in (group.keep, *group.others)]})
            return 0
        rows = [actor_json(actor) for actor in library.actors()]
    listed(rows, {"id": 6, "statements": 10, "kind": 13, "name": 0}, args.json)
    return 0


def _check(args: argparse.Namespace) -> None:
    """One act at a time, each with what belongs to it. Raises `Problem`."""
    if sum(map(bool, (args.merge, args.apart, args.change, args.split))) > 1:
        raise Problem("bad-value", detail="Give one of --merge, --apart, --change and --split.")
    given = {name for name in ("name", "kind", "note", "alias", "statements") if getattr(args, name) is not None}
    known = {"name", "kind", "note", "alias"} if args.change else {"name", "alias", "statements"} if args.split else set()
    if given - known:
        words = ", ".join(f"--{name}" for name in sorted(given - known))
        raise Problem("bad-value", detail=f"{words} says nothing here: --change takes --name, --kind, --note and --alias, "
                      "--split takes --name, --alias and --statements.")  # fmt: skip
    if args.change and not given:
        raise Problem("bad-value", detail="Say what to change: --name, --kind, --note or --alias.")
    if any(name is not None and not name.strip() for name in (args.name, *(args.alias or ()))):
        raise Problem("bad-value", detail="A name of an actor cannot be empty.")


def _merge(library: Library, ids: list[int]) -> None:
    keep, *others = ids
    if not others:
        raise Problem("bad-value", detail="--merge needs at least two actors")
    for warning in sorted({code for other in others if (code := library.merge_warning(keep, other))}):
        say(sentence(warning))
    library.merge_many(keep, others)


def _apart(library: Library, ids: list[int]) -> None:
    """Proposals to merge the first with any of the others are not made again."""
    keep, *others = [library.actor(actor_id).id for actor_id in ids]
    if not others or keep in others:
        raise Problem("bad-value", detail="--apart needs at least two actors, each named once.")
    library.decline_merges(keep, others)


def _change(library: Library, args: argparse.Namespace) -> list[int]:
    """Name, kind, note or further names of an actor; the old name stays among the others."""
    with library.edit("Change actor"):
        library.actor(args.change)
        library.change_actor(args.change, name=args.name and args.name.strip(), kind=args.kind, note=args.note)
        for name in args.alias or ():
            library.add_alias(args.change, name.strip())
    return [args.change]


def _split(library: Library, args: argparse.Namespace) -> list[int]:
    """A new actor of some names and statements of one: the ids of the old and the new."""
    names, ids = [name.strip() for name in args.alias or ()], args.statements or []
    if not args.name or not (names or ids):
        raise Problem("bad-value", detail="Give the other actor a --name, and at least one --alias or some --statements.")
    old = library.actor(args.split)
    for name in names:
        if name not in old.aliases:
            raise Problem("bad-value", detail=f"{name!r} is not among the other names of {old.name}.")
    for statement in map(library.statement, ids):
        if statement.actor_id != old.id:
            raise Problem("bad-value", detail=f"Statement {statement.id} is not one of {old.name}.")
    return [old.id, library.split_actor(old.id, args.name.strip(), names, ids)]
