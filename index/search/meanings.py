"""What a tree means besides what was typed: for documents, with undated rows, with the last word only begun."""

from __future__ import annotations

from dataclasses import replace

from index.search.facts import OF_STATEMENTS
from index.search.tree import And, Dates, Everything, Field, Node, Not, Or, Phrase, Saying, Titled, Undated, Word

NAMED = frozenset({"actor", "outlet", "via", "role", "issue"})  # fields whose values are names


def spelled(node: Node) -> Node:
    """The tree with other ways to write a number (1900: 1,900) or a short name (UN: U.N., e-mail: email) put beside each."""
    match node:
        case Word() | Phrase():
            others = respelled(node)
            return Or((node, *others)) if others else node
        case Titled(part):
            others = respelled(part)
            return Or((node, *map(Titled, others))) if others else node
        case And(parts):
            return And(tuple(spelled(p) for p in parts))
        case Or(parts):
            return Or(tuple(spelled(p) for p in parts))
        case Not(part):
            return Not(spelled(part))
        case _:
            return node


def respelled(node: Word | Phrase) -> list[Word | Phrase]:
    """What else stands for a word or phrase: 1,900 for 1900, U.N. for UN, email for e-mail, and the other way round."""
    if isinstance(node, Word):
        if node.mode not in ("stem", "exact"):
            return []
        if _is_long_number(node):
            return [_in_groups(node)]
        if node.mode == "stem" and 2 <= len(node.text) <= 4 and node.printed.isupper() and node.text.isalpha():
            signs = tuple(replace(node, text=sign, printed=sign) for sign in node.text)
            return [Phrase(signs, None, node.span, "".join(f"{sign}." for sign in node.printed))]
        return []
    if node.within is not None:
        return []
    texts = [word.text for word in node.words]
    if " " in node.printed and any(_is_long_number(word) for word in node.words):
        parts = [part for word in node.words for part in (_in_groups(word).words if _is_long_number(word) else (word,))]
        return [Phrase(tuple(parts), None, node.span)]
    joined = _joined_numbers(node.words)
    if joined is not None:
        return [joined[0] if len(joined) == 1 else Phrase(joined, None, node.span)]
    printed = node.printed
    hyphen = len(texts) == 2 and not any(c.isspace() for c in printed) and "-" in printed and texts[0].isalpha()
    letters = len(texts) > 2 and all(len(t) == 1 and t.isalpha() for t in texts) and "." in printed
    if (hyphen and texts[1].isalpha()) or letters:
        return [replace(node.words[0], text="".join(texts), span=node.span, printed=printed)]
    return []


def _is_long_number(word: Word) -> bool:
    number = word.text.isdecimal() and word.text.isascii() and word.text[0] != "0"
    return number and 4 <= len(word.text) <= 12 and word.mode in ("stem", "exact")


def _in_groups(word: Word) -> Phrase:
    """1900 as 1 900, which is also how 1,900 stands in the index."""
    head = len(word.text) % 3
    groups = [word.text[at : at + 3] for at in range(head, len(word.text), 3)]
    parts = [word.text[:head], *groups] if head else groups
    return Phrase(tuple(replace(word, text=part, printed=part) for part in parts), None, word.span, ",".join(parts))


def _joined_numbers(words: tuple[Word, ...]) -> tuple[Word, ...] | None:
    """1 900 crews as 1900 crews; None where no number is in groups of three."""
    made: list[Word] = []
    for word in words:
        before = made[-1] if made else None
        group = len(word.text) == 3 and word.text.isdecimal() and word.mode in ("stem", "exact")
        if before is not None and group and before.text.isdecimal() and before.text[0] != "0" and _leads(before, words):
            made[-1] = replace(before, text=before.text + word.text, printed=before.text + word.text)
        else:
            made.append(word)
    return tuple(made) if len(made) < len(words) else None


def _leads(word: Word, words: tuple[Word, ...]) -> bool:
    """True for the first group of a number, or what grew from it: at most three figures, then whole groups of three."""
    return len(word.text) <= 3 or word not in words


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
            case Field(name, value, span, exact) if name in NAMED and span.end >= end and value[-1:].isalnum() and not exact:
                return Field(name, f"{value}*", span)
            case Phrase(words, within) if node.span.end >= end:
                return Phrase((*words[:-1], changed(words[-1])), within, node.span, runs=node.runs)  # type: ignore[arg-type]
            case _:
                return node

    new = changed(tree)
    return None if new == tree or isinstance(tree, Everything) else new
