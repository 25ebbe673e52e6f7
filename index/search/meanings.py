"""What a tree means besides what was typed: for documents, with undated rows, with the last word only begun."""

from __future__ import annotations

from index.search.facts import OF_STATEMENTS
from index.search.tree import And, Dates, Everything, Field, Node, Not, Or, Phrase, Saying, Titled, Undated, Word


def with_undated(node: Node) -> Node:
    """The tree with every range of dates open to rows without that date."""
    match node:
        case Dates(name):
            return Or((node, Undated(name)))
        case And(parts):
            return And(tuple(with_undated(p) for p in parts))
        case Or(parts):
            return Or(tuple(with_undated(p) for p in parts))
        case _:
            return node


def for_documents(node: Node) -> Node:
    """Words are sought in the title too; facts about statements side by side have to hold for one statement."""
    match node:
        case Word() | Phrase():
            return Or((node, Titled(node)))
        case And(parts):
            said = [p for p in parts if _of_statement(p)]
            if len(said) > 1:
                rest = tuple(for_documents(p) for p in parts if not _of_statement(p))
                return And((*rest, Saying(And(tuple(said)))))
            return And(tuple(for_documents(p) for p in parts))
        case Or(parts):
            return Or(tuple(for_documents(p) for p in parts))
        case Not(part):
            return Not(for_documents(part))
        case _:
            return node


def _of_statement(node: Node) -> bool:
    if isinstance(node, Or):
        return all(_of_statement(p) for p in node.parts)
    return isinstance(node, Field | Dates | Undated) and node.name in OF_STATEMENTS


def begun(tree: Node, end: int, length: int) -> Node | None:
    """The tree with the word at the end of the query taken as the beginning of a word; None where there is none."""
    if end != length:
        return None

    def changed(node: Node) -> Node:
        match node:
            case Word(text, "stem") if node.span.end == end and len(text) > 1:
                return Word(text + "*", "pattern", 0, node.span, node.printed + "*")
            case And(parts):
                return And(tuple(changed(p) for p in parts))
            case Or(parts):
                return Or(tuple(changed(p) for p in parts))
            case Phrase(words, within) if node.span.end >= end:
                return Phrase((*words[:-1], changed(words[-1])), within, node.span)  # type: ignore[arg-type]
            case _:
                return node

    new = changed(tree)
    return None if new == tree or isinstance(tree, Everything) else new
