"""The commands of the engine: one table of them, their arguments, and what becomes of errors.

Each command is a function that takes the parsed arguments and returns an exit code. The functions stand in modules by
what they are about: texts (no library), importing, sources, documents, statements, actors, libraries, searching, comparing,
positions, exporting; `rows` gives nouns as JSON, `output` speaks.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from index import __version__
from index.commands.arguments import (
    Argument,
    arg,
    count,
    day,
    ending,
    method,
    pair,
    path,
    period,
    place,
    place_or_none,
    row_id,
)
from index.commands.output import log_error, notes_kept, say
from index.problems import Problem

PROBLEMS, STOPPED = 1, 3  # exit codes beside 0 (done) and argparse's 2 (wrong usage)
PERIOD = "month, quarter, year, or the last N codes"


class Command(NamedTuple):
    """A command: its name, where its function stands ("module:function"), a line of help, its arguments."""

    name: str
    function: str
    help: str
    arguments: Sequence[Argument]


LIBRARY = arg("library", metavar="LIBRARY", type=path, help="folder of the library")
FILES = arg("files", metavar="FILE", type=path, nargs="+", help="files to read")
PUBLISHED = arg("--published", metavar="DATE", type=day, help="publication date of the texts: YYYY-MM-DD, YYYY-MM or YYYY")
METADATA = arg("--metadata", metavar="CSV", help="table with a row for each file: file, published, outlet, author ...")
JOBS = arg("--jobs", metavar="N", type=count, default=None, help="worker processes (default: one for each core)")
QUERY = arg("--query", metavar="Q", default="", help="only what this query finds")
ISSUE = arg("issue", metavar="ISSUE", help="name of the issue")
STOP = arg("--stop-on-eof", action="store_true", help="stop after the current document when standard input is closed")

KINDS = ("direct", "indirect", "mixed", "answer", "own")
PLACE = "place of its words in the text, as 120-151; may be repeated"

COMMANDS = (
    Command("read", "texts:read", "what import would store of files, without a library", (
        FILES, METADATA, JOBS,
    )),
    Command("extract", "texts:extract", "the statements of files, without a library", (
        FILES, PUBLISHED, METADATA, JOBS,
        arg("--no-model", action="store_true", help="rules alone, without the sequence model"),
    )),
    Command("dates", "texts:dates", "the date expressions of files", (FILES, PUBLISHED, METADATA, JOBS)),
    Command("new", "libraries:new", "make an empty library in a new or empty folder", (
        LIBRARY, arg("--name", metavar="NAME", default="", help="what to call it (default: the name of the folder)"),
    )),
    Command("import", "importing:import_paths", "import files and folders; makes the library if there is none", (
        LIBRARY, arg("paths", metavar="PATH", type=path, nargs="+", help="files and folders"), METADATA, JOBS, STOP,
        arg("--skip-duplicates", action="store_true", help="leave near-duplicates (wire copies) out"),
        arg("--retry", action="store_true", help="read files again that ended the reader twice"),
    )),
    Command("rescan", "importing:rescan", "import what is new in the watched folders", (
        LIBRARY, JOBS, STOP, arg("--watch", metavar="FOLDER", help="watch this folder from now on"),
        arg("--unwatch", metavar="FOLDER", help="watch it no longer"),
        arg("--list", action="store_true", help="list the watched folders and import nothing"),
    )),
    Command("rules", "sources:rules", "split rules for files with many articles: list, make, change, delete or try one", (
        LIBRARY, arg("name", metavar="NAME", nargs="?", help="a rule of the library, or a new one"),
        arg("--start", metavar="PATTERN", help="first line of an article; it needs this or --end"),
        arg("--end", metavar="PATTERN", help="last line of an article"),
        arg("--body", metavar="PATTERN", help="line after which the text begins"),
        arg("--drop", metavar="PATTERN", help="lines to leave out"),
        arg("--field", metavar="FIELD=PATTERN", type=pair, action="append",
            help="title, outlet, published, author or language: the first group; may be repeated"),
        arg("--title-line", metavar="N", type=count, help="which line of an article is the title (0: none)"),
        arg("--outlet-line", metavar="N", type=count, help="which line is the outlet (0: none)"),
        arg("--keep-marks", action=argparse.BooleanOptionalAction, default=None, help="leave first and last line in the text"),
        arg("--preview", metavar="FILE", type=path, help="show the articles that it makes of a file; nothing is kept"),
        arg("--delete", action="store_true", help="delete the rule; undo brings it back"),
    )),
    Command("columns", "sources:columns", "which column of a table holds what, and what the library remembers of that", (
        LIBRARY, arg("table", metavar="FILE", type=path, nargs="?", help="a table"),
        arg("--set", metavar="FIELD=COLUMN", type=pair, nargs="+",
            help="remember it for all tables with these columns: text, title, published, outlet, author, url, language, actor"),
    )),
    Command("reextract", "importing:reextract", "look for statements again; what people did stays", (
        LIBRARY, arg("documents", metavar="ID", nargs="*", type=row_id, help="documents (default: those of older rules)"),
        JOBS, STOP,
    )),
    Command("documents", "documents:documents", "list the documents", (
        LIBRARY, arg("--undated", action="store_true", help="only those without a publication date"),
        arg("--delete", metavar="ID", nargs="+", type=row_id, help="delete these with their statements; undo brings them back"),
    )),
    Command("statements", "statements:statements", "list the statements", (
        LIBRARY, arg("--document", metavar="ID", type=row_id, help="of one document"),
        arg("--actor", metavar="NAME", help="of one actor, under any of its names"),
    )),
    Command("actors", "actors:actors", "list the actors; merge, change or split some", (
        LIBRARY, arg("--merge", metavar="ID", nargs="+", type=row_id, help="make all others part of the first"),
        arg("--proposals", action="store_true", help="list pairs that may be one"),
        arg("--groups", action="store_true", help="list what may be one in groups, the one to keep first"),
        arg("--apart", metavar="ID", nargs="+", type=row_id, help="none of the others is the first: propose it no more"),
        arg("--change", metavar="ID", type=row_id, help="set --name (the old one stays as another), --kind, --note, --alias"),
        arg("--split", metavar="ID", type=row_id, help="make a new actor --name of some --alias and --statements of this one"),
        arg("--name", metavar="NAME"), arg("--kind", choices=("person", "organisation", "group", "state", "unknown")),
        arg("--note", metavar="TEXT"), arg("--alias", metavar="NAME", action="append", help="another name; may be repeated"),
        arg("--statements", metavar="ID", nargs="+", type=row_id, help="statements of the new actor"),
    )),
    Command("set", "documents:set_fields", "set date, outlet, title or author of documents by hand", (
        LIBRARY, arg("documents", metavar="ID", nargs="+", type=row_id, help="documents"), PUBLISHED,
        arg("--outlet", metavar="NAME"), arg("--title", metavar="TEXT"), arg("--author", metavar="NAME"),
    )),
    Command("correct", "statements:correct", "correct, confirm or reject statements by hand", (
        LIBRARY, arg("statements", metavar="ID", nargs="+", type=row_id, help="statements"),
        arg("--actor", metavar="NAME", help="who said it; '' for unknown"),
        arg("--said", metavar="DATE", type=day, help="when it was said; '' for unknown"),
        arg("--role", metavar="TEXT", help="the role held at that time; '' for none"),
        arg("--via", metavar="NAME", action="append", help="through whom the words came; may be repeated; '' for nobody"),
        arg("--kind", choices=KINDS), arg("--content", metavar="START-END", type=place, action="append", help=PLACE),
        arg("--speaker", metavar="START-END", type=place_or_none, default=argparse.SUPPRESS,
            help="place of the mention of who said it; '' for none"),
        arg("--addressee", metavar="START-END", type=place_or_none, default=argparse.SUPPRESS,
            help="place of the mention of whom it was said to; '' for none"),
        arg("--note", metavar="TEXT"), arg("--confirm", action="store_true"), arg("--reject", action="store_true"),
    )),
    Command("mark", "statements:mark", "mark words of a document as a statement that was not found", (
        LIBRARY, arg("document", metavar="DOCUMENT", type=row_id, help="number of the document"),
        arg("--content", metavar="START-END", type=place, action="append", required=True, help=PLACE),
        arg("--actor", metavar="NAME", default="", help="who said it"),
        arg("--said", metavar="DATE", type=day, default="", help="when it was said"),
        arg("--kind", choices=KINDS, default="direct"),
    )),
    Command("undo", "libraries:undo", "take the last act back", (
        LIBRARY, arg("--redo", action="store_true", help="do the act again that was undone last"),
    )),
    Command("journal", "libraries:journal", "list the acts of users, newest first", (LIBRARY,)),
    Command("search", "searching:search", "find statements or documents by words and fields", (
        LIBRARY, arg("query", metavar="QUERY"),
        arg("--in", dest="unit", choices=("statements", "documents"), default="statements"),
        arg("--sort", choices=("relevance", "said", "said-oldest", "published", "published-oldest"), default="relevance",
            help="the best match first, or the newest or the oldest"),
        arg("--limit", metavar="N", type=count, default=20),
    )),
    Command("batch", "searching:batch", "run the queries of a table, each with its count", (
        LIBRARY, arg("queries", metavar="CSV", help="a query on each line, or columns query, name, in"),
    )),
    Command("watch", "searching:watch", "a phrase over time: first use, last use, who took it up", (
        LIBRARY, arg("query", metavar="QUERY"),
    )),
    Command("saved", "searching:saved", "saved searches and what is new to them", (
        LIBRARY, arg("--save", metavar="NAME", help="keep --query under a name"),
        arg("--query", metavar="Q", default=""), arg("--forget", metavar="NAME"),
        arg("--seen", metavar="NAME", help="what it finds now is no longer new"),
        arg("--alert", action=argparse.BooleanOptionalAction, default=True, help="the window tells of its new hits"),
        arg("--in", dest="unit", choices=("statements", "documents"), default="statements"),
    )),
    Command("compare", "comparing:compare", "differences of statements (12) or whole documents (doc:3)", (
        LIBRARY, arg("ids", metavar="ID", nargs="+", help="two or more; the first is what the others are held against"),
        arg("--out", metavar="FILE", type=ending(".html", ".htm", ".docx"),
            help="write it as .html or .docx, differences struck and underlined"),
    )),
    Command("utterances", "comparing:utterances", "statements that report the same words", (
        LIBRARY, arg("--link", metavar="ID", nargs="+", type=row_id, help="say that statements report the same words"),
        arg("--cut", metavar="ID", nargs="+", type=row_id, help="take statements out of their utterance"),
    )),
    Command("issue", "positions:issue", "define an issue with its scale, change or delete it; without a name, list all", (
        LIBRARY, arg("name", metavar="NAME", nargs="?"),
        arg("--low", metavar="TEXT", help="low pole; a new issue needs both"), arg("--high", metavar="TEXT", help="high pole"),
        arg("--query", metavar="Q", help="what it gathers"), arg("--rename", metavar="NAME", help="another name for it"),
        arg("--delete", action="store_true", help="with its scores; undo brings them back"),
        arg("--question", metavar="TEXT", help="the question in a sentence"),
        arg("--low-definition", metavar="TEXT"), arg("--high-definition", metavar="TEXT"),
        arg("--low-example", metavar="TEXT", action="append", help="a statement at the low pole; may be repeated"),
        arg("--high-example", metavar="TEXT", action="append"),
        arg("--seed-word", metavar="WORD", action="append"),
    )),
    Command("score", "positions:score", "positions by hand from a table", (
        LIBRARY, ISSUE, arg("--from", dest="source", metavar="CSV", help="columns statement,score,note"),
        arg("--out", metavar="CSV", help="write every score of the issue to this table"),
        arg("--coder", metavar="NAME", default="", help="who scored"),
        arg("--remove", metavar="ID", nargs="+", type=row_id, help="take scores of statements back (all, or those of --coder)"),
        arg("--again", action="store_true", help="the table is a second look: it measures agreement, moves no position"),
    )),
    Command("queue", "positions:queue", "statements that wait to be scored on an issue", (
        LIBRARY, ISSUE, arg("--coder", metavar="NAME", default="", help="who scores"),
        arg("--order", choices=("newest", "fewest", "extreme", "uncertain", "random"), default="newest"),
        arg("--seed", metavar="N", type=int, default=0), arg("--limit", metavar="N", type=count, default=20),
        arg("--suggest", action="store_true", help="show what the model leans to, where it may speak"),
        arg("--again", action="store_true", help="random statements that the coder scored, for a second look"),
    )),
    Command("agreement", "positions:agreement", "how far coders agree on an issue", (
        LIBRARY, ISSUE, arg("--coder", metavar="NAME", help="with this coder's own second look"),
    )),
    Command("positions", "positions:positions", "points of the timeline of an issue", (
        LIBRARY, ISSUE, arg("--method", type=method, default="manual", help="manual, suggested, wordscores or dictionary"),
        arg("--period", metavar="PERIOD", type=period, help=f"means per actor instead: {PERIOD}"),
    )),
    Command("events", "positions:events", "the dated events of the timeline", (
        LIBRARY, arg("--from", dest="source", metavar="CSV", help="add those of a table with columns date,label"),
        arg("--clear", action="store_true", help="forget those there are"),
    )),
    Command("phrases", "positions:phrases", "the watch phrases whose first and last uses the timeline marks", (
        LIBRARY, arg("--add", metavar="PHRASE", action="append", help="watch it; may be repeated"),
        arg("--remove", metavar="PHRASE", action="append", help="watch it no longer; may be repeated"),
    )),
    Command("sides", "positions:sides", "actors that the timeline puts together in one lane", (
        LIBRARY, arg("name", metavar="NAME", nargs="?", help="name of the side"),
        arg("--actors", metavar="ID", nargs="+", type=row_id, help="who stands on it, in place of who did"),
        arg("--delete", action="store_true", help="draw them apart again"),
    )),
    Command("plot", "positions:plot", "the timeline as a picture", (
        LIBRARY, arg("issue", metavar="ISSUE", nargs="?", help="name of the issue; none: statements by date"),
        arg("--out", metavar="FILE", type=ending(".svg", ".png", ".csv"), required=True, help="FILE.svg, FILE.png or FILE.csv"),
        arg("--period", metavar="PERIOD", type=period, default="year", help=f"of the means: {PERIOD}"),
        arg("--method", type=method, default="manual", help="draw suggested, wordscores or dictionary points beside the codes"),
        arg("--lanes", action=argparse.BooleanOptionalAction, default=None, help="a lane per actor, or one frame for all"),
        arg("--change", action="store_true", help="test for a change of the mean"),
        arg("--band", action=argparse.BooleanOptionalAction, default=True, help="draw the moving mean"),
        arg("--from", dest="first", metavar="DATE", type=day, default="", help="show the days from this one on"),
        arg("--to", dest="last", metavar="DATE", type=day, default="", help="show the days up to this one"),
        arg("--phrase", metavar="PHRASE", action="append", help="ring its uses, say who took it up; may be repeated"),
    )),
    Command("export", "exporting:export", "statements with their citations, in a file", (
        LIBRARY, arg("--format", required=True, choices=("csv", "xlsx", "json", "md", "html", "docx", "qdpx", "jsonld")),
        arg("--out", metavar="FILE", required=True), QUERY,
    )),
    Command("check", "libraries:check", "look whether everything in the library is whole", (
        LIBRARY, arg("--repair", action="store_true", help="mend what can be mended, after a backup"),
    )),
    Command("rebuild", "libraries:rebuild", "make the search index anew", (LIBRARY, STOP)),
    Command("backup", "libraries:backup", "back the database up, list the backups, or put one back", (
        LIBRARY, arg("--list", action="store_true", help="list the backups, newest first"),
        arg("--restore", metavar="FILE", help="put this backup in the place of the database, which is kept"),
    )),
    Command("sample", "libraries:sample", "make the sample library about an invented treaty", (LIBRARY,)),
)  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(prog="standpoint-engine", description=__doc__.splitlines()[0] if __doc__ else None)
    top.add_argument("--version", action="version", version=f"Standpoint {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help)
        for argument in command.arguments:
            sub.add_argument(*argument.flags, **argument.options)  # type: ignore[arg-type]
        sub.add_argument("--json", action="store_true", help="print JSON and nothing else to standard output")
        sub.set_defaults(function=command.function)
    return top


def run(args: argparse.Namespace) -> int:
    """Run the chosen command. Problems become a line on stderr; anything unexpected goes to the log."""
    module, name = args.function.split(":")
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name in another script must not end a list on an old code page
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with notes_kept():
            function: Callable[[argparse.Namespace], int] = getattr(import_module(f"index.commands.{module}"), name)
            code = function(args)
        sys.stdout.flush()
        return code
    except Problem as problem:
        say(str(problem))
        return STOPPED if problem.code == "stopped" else PROBLEMS
    except KeyboardInterrupt:
        say("stopped")
        return STOPPED
    except BrokenPipeError:
        # Whoever read our output has gone (a pager, `head`): that is no error. Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE if hasattr(signal, "SIGPIPE") else PROBLEMS
    except Exception as error:
        # Searching reads the database by itself, past the store's own words for what can befall a drive.
        from index.store.store import misfortune

        known = misfortune(error, Path(getattr(args, "library", ".")))
        say(str(known) if known else f"unexpected error, please report it with this log: {log_error(error)}")
        return PROBLEMS
