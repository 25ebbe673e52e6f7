"""The commands `issue`, `score`, `queue`, `agreement`, `positions`, `events`, `phrases`, `sides` and `plot`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from index.commands.opening import opened
from index.commands.output import emit, listed, say
from index.files import write_whole
from index.library import Library
from index.model import Issue, Position
from index.positions.codes import RowProblem
from index.positions.labels import label_text
from index.problems import Problem, sentence


def issue(args: argparse.Namespace) -> int:
    """`issue`: define an issue, change what is given of the one that has the name, delete it; without a name, list all."""
    with opened(args.library) as library:
        if args.name and args.delete:
            library.delete_issue(library.issue_named(args.name).id)
        elif args.name:
            _define(library, args)
        found = [library.issue_named(args.rename or args.name)] if args.name and not args.delete else library.issues()
        rows = [issue_json(one) | {"statements": len(library.issue_statements(one.id))} for one in found]
    if args.name and not args.delete and args.json:
        emit(rows[0])
    elif args.name and not args.delete:
        one = found[0]
        print(f"issue {one.id}: {one.name} ({one.low} ... {one.high}), gathers {rows[0]['statements']} statements")
    else:
        listed(rows, {"id": 4, "name": 24, "low": 24, "high": 24, "statements": 0}, args.json)
    return 0


def _define(library: Library, args: argparse.Namespace) -> None:
    """Make the issue, or change it where there is one of the name; what isn't given stays."""
    given = {
        "low": args.low, "high": args.high, "query": args.query,
        "question": args.question, "low_definition": args.low_definition, "high_definition": args.high_definition,
        "low_examples": args.low_example and tuple(args.low_example),
        "high_examples": args.high_example and tuple(args.high_example),
        "seed_words": args.seed_word and tuple(args.seed_word), "name": args.rename,
    }  # fmt: skip
    fields = {name: value for name, value in given.items() if value is not None}
    try:
        library.change_issue(library.issue_named(args.name).id, **fields)
    except Problem as problem:
        if problem.code != "no-issue" or args.low is None or args.high is None or args.rename:
            raise
        library.define_issue(args.name, **fields)


def issue_json(found: Issue) -> dict[str, Any]:
    """An issue with its scale."""
    return {
        "id": found.id, "name": found.name, "low": found.low, "high": found.high, "query": found.query,
        "question": found.question, "low_definition": found.low_definition,
        "high_definition": found.high_definition, "low_examples": list(found.low_examples),
        "high_examples": list(found.high_examples), "seed_words": list(found.seed_words),
        "lowest": found.lowest, "highest": found.highest,
        "version": found.version,
    }  # fmt: skip


def score(args: argparse.Namespace) -> int:
    """`score`: positions by hand from a CSV, or to one; bad rows are named and the rest is taken. Or scores removed."""
    if not args.source and not args.out and not args.remove:
        raise Problem("bad-value", detail="Name a table to read with --from or to write with --out, or statements to --remove.")
    if args.again and not args.source:
        raise Problem("bad-value", detail="A second look (--again) comes from a table: name it with --from.")
    taken = removed = 0
    problems: list[RowProblem] = []
    with opened(args.library) as library:
        found = library.issue_named(args.issue)
        if args.source:
            taken, problems = library.import_scores(found.id, Path(args.source), args.coder, again=args.again)
        if args.remove:
            removed = library.remove_scores(found.id, args.remove, args.coder or None)
        if args.out:
            write_whole(Path(args.out), library.export_scores(found.id).encode("utf-8-sig"))
            say(f"wrote {args.out}")
    lines = [sentence(problem.code, detail=problem.detail) for problem in problems]
    for line in lines:
        say(line)
    if args.json:
        emit({"issue": found.id, "taken": taken, "removed": removed, "problems": lines})
    elif args.remove:
        print(f"{removed} scores removed")
    else:
        print(f"{taken} scores taken, {len(lines)} rows left out")
    return int(bool(lines))


def estimates(args: argparse.Namespace) -> int:
    """`positions --period`: the mean of each actor in each period, with n, interval and label."""
    with opened(args.library, joined=True) as library:
        found = library.issue_named(args.issue)
        drawn = library.timeline(found.id, period=args.period, band=False)
    rows = [
        {
            "actor": lane.actor, "start": e.start.isoformat(), "end": e.end.isoformat(), "n": e.n, "mean": e.mean,
            "sd": e.sd, "low": e.interval[0] if e.interval else None, "high": e.interval[1] if e.interval else None,
            "label": label_text(e.label, found.low, found.high) or None, "uncoded": e.uncoded,
        }
        for lane in drawn.lanes for e in (mean.estimate for mean in lane.means)
    ]  # fmt: skip
    listed(rows, {"start": 10, "end": 10, "n": 4, "mean": 7, "low": 7, "high": 7, "actor": 24, "label": 0}, args.json)
    return 0


def positions(args: argparse.Namespace) -> int:
    """`positions`: the points of the timeline, one for each utterance; or means with `--period`."""
    if args.period:
        return estimates(args)
    with opened(args.library, joined=True) as library:
        found = library.issue_named(args.issue)
        points = library.positions(found.id, args.method)
        names = {actor.id: actor.name for actor in library.actors()}
    rows = [position_json(point, names) for point in points]
    listed(rows, {"statement": 9, "latest": 10, "score": 6, "method": 10, "status": 10, "n": 3, "actor": 0}, args.json)
    return 0


def position_json(point: Position, names: dict[int, str]) -> dict[str, Any]:
    """A position in the shape that other programs rely on."""
    low, high = point.interval or (None, None)
    when = point.when
    return {
        "statement": point.statement_id, "actor": names.get(point.actor_id or 0),
        "earliest": when.earliest.isoformat() if when and when.earliest else None,
        "latest": when.latest.isoformat() if when and when.latest else None,
        "score": point.score, "low": low, "high": high, "method": point.method, "status": point.status,
        "n": point.n, "evidence": list(point.evidence),
    }  # fmt: skip


def queue(args: argparse.Namespace) -> int:
    """`queue`: the statements that wait for a coder, in an order; with what the model suggests, if asked."""
    with opened(args.library) as library:
        found = library.issue_named(args.issue)
        if args.again:
            return _sampled(library, found, args)
        waiting = library.coding_queue(found.id, coder=args.coder, order=args.order, seed=args.seed)
        rows = []
        for statement in library.statements(waiting.statements[: args.limit]):
            row: dict[str, Any] = {"statement": statement.id, "actor": statement.actor, "text": statement.text}
            row["said"] = statement.when.edtf if statement.when else None
            if args.suggest:
                lean = library.suggestion(found.id, statement.id)
                row["leans"] = lean and lean.side
                row["right"], row["of"] = (lean.right, lean.of) if lean else (None, None)
                row["evidence"] = list(lean.evidence) if lean else []
            rows.append(row)
    say(f"{waiting.done} of {waiting.total} utterances coded" + (f" ({waiting.problem})" if waiting.problem else ""))
    listed(rows, {"statement": 9, "said": 12, "actor": 24, "text": 0}, args.json)
    return 0


def _sampled(library: Library, found: Issue, args: argparse.Namespace) -> int:
    """`queue --again`: random statements for a second look, without the scores that they had."""
    ids = library.recode_sample(found.id, args.coder, args.limit, args.seed)
    rows = [
        {"statement": one.id, "actor": one.actor, "text": one.text, "said": one.when.edtf if one.when else None}
        for one in library.statements(ids)
    ]
    listed(rows, {"statement": 9, "said": 12, "actor": 24, "text": 0}, args.json)
    return 0


def agreement(args: argparse.Namespace) -> int:
    """`agreement`: between coders, or of one coder with the same coder's second look."""
    with opened(args.library) as library:
        found = library.issue_named(args.issue)
        measured = library.recode_agreement(found.id, args.coder) if args.coder else library.agreement(found.id)
    row = {
        "coders": list(measured.coders), "statements": measured.units, "alpha_relevance": measured.relevance,
        "alpha_ordinal": measured.ordinal, "alpha_interval": measured.interval, "kappa": measured.kappa,
        "differing": list(measured.differing),
    }  # fmt: skip
    if args.json:
        emit(row)
    else:
        for name, value in row.items():
            print(f"{name}: {'not enough codes' if value is None else value}")
    return 0


def events(args: argparse.Namespace) -> int:
    """`events`: list the dated events of the timeline, or take them from a CSV."""
    problems: list[str] = []
    with opened(args.library) as library:
        if args.clear:
            library.clear_events()
        if args.source:
            _, wrong = library.import_events(Path(args.source))
            problems = [sentence(problem.code, detail=problem.detail) for problem in wrong]
        rows = [{"date": when.edtf, "label": label} for when, label in library.events()]
    for line in problems:
        say(line)
    listed(rows, {"date": 22, "label": 0}, args.json)
    return int(bool(problems))


def phrases(args: argparse.Namespace) -> int:
    """`phrases`: the phrases whose first and last uses every timeline of the library marks; some added or removed."""
    with opened(args.library) as library:
        kept, added, gone = library.watch_phrases(), args.add or [], [phrase.strip() for phrase in args.remove or ()]
        if any(not phrase.strip() for phrase in added):
            raise Problem("bad-value", detail="A watch phrase needs words.")
        for phrase in gone:
            if phrase not in kept:
                raise Problem("bad-value", detail=f"There is no watch phrase {phrase!r} in this library.")
        if added or gone:
            with library.edit("Change watch phrases"):
                library.set_watch_phrases([*(one for one in kept if one not in gone), *added])
        rows = [{"phrase": phrase} for phrase in library.watch_phrases()]
    listed(rows, {"phrase": 0}, args.json)
    return 0


def sides(args: argparse.Namespace) -> int:
    """`sides`: actors that the timeline puts together in one lane; with a name, make or change that side or delete it."""
    if (args.actors or args.delete) and not args.name:
        raise Problem("bad-value", detail="A side needs a name.")
    if args.name and bool(args.actors) == args.delete:
        raise Problem("bad-value", detail="Say which --actors stand on the side, or --delete it.")
    with opened(args.library) as library:
        if args.name:
            _put_together(library, args.name.strip(), [library.actor(actor_id).id for actor_id in args.actors or ()])
        names = {actor.id: actor.name for actor in library.actors()}
        rows: list[dict[str, Any]] = [
            {"side": side, "actors": ids, "names": [names[actor_id] for actor_id in ids if actor_id in names]}
            for side, ids in library.sides().items()
        ]
    plain = [row if args.json else row | {"names": "; ".join(row["names"])} for row in rows]
    listed(plain, {"side": 24, "names": 0}, args.json)
    return 0


def _put_together(library: Library, side: str, ids: list[int]) -> None:
    """Put these actors on a side; none: there is no such side any more. Raises `Problem`."""
    others = {name: actors for name, actors in library.sides().items() if name != side}
    if not ids and len(others) == len(library.sides()):
        raise Problem("bad-value", detail=f"There is no side named {side!r}.")
    with library.edit("Put actors together"):
        library.set_sides(others | {side: ids})


def plot(args: argparse.Namespace) -> int:
    """`plot`: the timeline of an issue, or of all statements by actor, as SVG, PNG or CSV."""
    out = Path(args.out)
    options = {"period": args.period, "change": args.change, "method": args.method, "band": args.band}
    if args.phrase:
        options["phrases"] = args.phrase
    with opened(args.library, joined=True) as library:
        issue_id = library.issue_named(args.issue).id if args.issue else None
        library.plot(out, issue_id, lanes=args.lanes, days=(args.first, args.last), **options)
    say(f"wrote {out}")
    return 0
