"""Zip archives of documents: every readable member is read in memory; an archive inside an archive is not opened."""

from __future__ import annotations

from dataclasses import replace

from index.model import Article
from index.problems import Problem
from index.readers import limits
from index.readers.archives import Package
from index.readers.plain import unread

_SYSTEM = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def zip_articles(data: bytes, *, name: str = "") -> list[Article]:
    """The articles of all members; the attribute "member" tells which one an article came from. Those that can't be read
    come last, without text and with their `problem`.

    Raises Problem: "password", "damaged", "bomb", "no-text" (nothing in it could be read).
    """
    from index.readers import articles_of

    package = Package(data)
    if package.encrypted:
        raise Problem("password")
    found: list[Article] = []
    lost: list[Article] = []
    for member in sorted(package.names):
        if _is_hidden(member):
            continue
        base = member.replace("\\", "/").rpartition("/")[2]
        try:
            content = package.read(member)
            if content.startswith(b"PK\x03\x04") and _is_archive(base, content):
                raise Problem("unknown-format", detail="an archive inside an archive is not opened")
            inside = articles_of(base, content)
        except Problem as why:
            if why.code == "bomb":
                raise
            lost.append(unread(member, why))
            continue
        except (RecursionError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError) as error:
            lost.append(unread(member, Problem("damaged", detail=type(error).__name__)))
            continue
        for one in inside:
            deeper = one.attributes.get("member")
            place = f"{member}: {deeper}"[:300] if deeper else member[:300]
            (lost if one.problem else found).append(replace(one, attributes={**one.attributes, "member": place}))
        if len(found) > limits.ARTICLES:
            raise Problem("too-large", detail=f"more than {limits.ARTICLES:,} articles")
    if not found:
        raise Problem("password" if lost and lost[0].problem == "password" else "no-text")
    return [*found, *lost]


def _is_hidden(member: str) -> bool:
    lower = member.lower().replace("\\", "/")
    return (
        lower.startswith(_SYSTEM[0]) or lower.rpartition("/")[2] in _SYSTEM or lower.rpartition("/")[2].startswith(".")
    )


def _is_archive(base: str, content: bytes) -> bool:
    from index.readers.kinds import binary_kind

    return binary_kind(base, content) == "zip"
