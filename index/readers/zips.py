"""Zip archives of documents: every readable member is read in memory; an archive inside an archive is not opened."""

from __future__ import annotations

from dataclasses import replace

from index.model import Article
from index.problems import Problem
from index.readers import limits
from index.readers.archives import Package

_SYSTEM = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def zip_articles(data: bytes, *, name: str = "") -> list[Article]:
    """The articles of all members; the attribute "member" tells which one an article came from.

    Raises Problem: "password", "damaged", "bomb", "no-text" (nothing in it could be read).
    """
    from index.readers import articles_of

    package = Package(data)
    if package.encrypted:
        raise Problem("password")
    found: list[Article] = []
    problem: Problem | None = None
    for member in sorted(package.names):
        if _is_hidden(member):
            continue
        base = member.replace("\\", "/").rpartition("/")[2]
        try:
            content = package.read(member)
            if content.startswith(b"PK\x03\x04") and _is_archive(base, content):
                problem = problem or Problem("unknown-format", detail="it holds another archive")
                continue
            inside = articles_of(base, content)
        except Problem as why:
            if why.code == "bomb":
                raise
            problem = problem or why
            continue
        except (RecursionError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError) as error:
            problem = problem or Problem("damaged", detail=type(error).__name__)
            continue
        found += [replace(one, attributes={**one.attributes, "member": member[:300]}) for one in inside]
        if len(found) > limits.ARTICLES:
            raise Problem("too-large", detail=f"more than {limits.ARTICLES:,} articles")
    if not found:
        raise problem if problem and problem.code == "password" else Problem("no-text")
    return found


def _is_hidden(member: str) -> bool:
    lower = member.lower().replace("\\", "/")
    return (
        lower.startswith(_SYSTEM[0]) or lower.rpartition("/")[2] in _SYSTEM or lower.rpartition("/")[2].startswith(".")
    )


def _is_archive(base: str, content: bytes) -> bool:
    from index.readers.kinds import binary_kind

    return binary_kind(base, content) == "zip"
