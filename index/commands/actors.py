"""The command `actors`."""

from __future__ import annotations

import argparse

from index.commands.opening import opened
from index.commands.output import emit, listed, say
from index.commands.rows import actor_json, member_json
from index.problems import Problem, sentence


def actors(args: argparse.Namespace) -> int:
    """`actors`: the registry; `--merge KEEP OTHER ...` makes the others part of the first."""
    with opened(args.library) as library:
        if args.merge:
            keep, *others = args.merge
            if not others:
                raise Problem("bad-value", detail="--merge needs at least two actors")
            for warning in sorted({code for other in others if (code := library.merge_warning(keep, other))}):
                say(sentence(warning))
            library.merge_many(keep, others)
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
