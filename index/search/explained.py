"""A query in words, so that what was searched for is never a guess."""

from __future__ import annotations

from collections.abc import Callable

from index.search.tree import And, Dates, Everything, Field, Node, Not, Or, Phrase, Titled, Undated, Word

Forms = Callable[[Word], list[str]]
_FACTS = {
    "actor": "said by {}", "role": "said as {}", "outlet": "published by {}", "kind": "{} statements",
    "via": "by way of {}", "issue": "on the issue {}", "doc": "in document {}",
}  # fmt: skip
_STATUS = {
    "found": "not yet reviewed", "confirmed": "confirmed", "corrected": "corrected by hand", "rejected": "rejected",
}  # fmt: skip
SHOWN = 5  # forms of a word


def explained(tree: Node, unit: str = "statements", forms: Forms | None = None) -> str:
    """One sentence about what the query asks for. `forms` gives the words of the library that a word stands for."""
    name = "Statements" if unit == "statements" else "Documents"
    if isinstance(tree, Everything):
        return f"All {name.lower()}"
    return f"{name} {_said(tree, forms)}" if _is_fact(tree) else f"{name} with {_said(tree, forms)}"


def _is_fact(node: Node) -> bool:
    first = node.parts[0] if isinstance(node, And | Or) else node
    return isinstance(first, Field | Dates | Undated | Not | Titled)


def _said(node: Node, forms: Forms | None, inside: bool = False) -> str:
    match node:
        case And(parts):
            text = " and ".join(_said(p, forms, True) for p in parts)
            return f"({text})" if inside else text
        case Or(parts):
            text = " or ".join(_said(p, forms, True) for p in parts)
            return f"({text})" if inside else text
        case Not(part):
            return f"not {_said(part, forms, True)}"
        case Titled(part):
            return f"{_said(part, forms)} in the title"
        case Word():
            return _word(node, forms)
        case Phrase():
            return _phrase(node)
        case Field(name, value, _, exact):
            shown = _STATUS[value] if name == "status" and value in _STATUS else value
            if name == "status":
                return shown
            text = _FACTS[name].format(shown) if name in _FACTS else f"{name} {shown}"
            return f"{text} (that name only)" if exact and name == "actor" else text
        case Dates():
            return f"{node.name} {_period(node)}"
        case Undated(name):
            return f"with no known date of {'publication' if name == 'published' else 'speaking'}"
        case _:
            return "anything"


def _word(word: Word, forms: Forms | None) -> str:
    shown = f'"{word.printed or word.text}"'
    others = [f for f in forms(word) if f != word.text] if forms else []
    listed = ", ".join(others[:SHOWN]) + (" ..." if len(others) > SHOWN else "")
    match word.mode:
        case "exact":
            return f"exactly {shown}"
        case "pattern":
            return f"words like {shown}" + (f" ({listed})" if listed else "")
        case "fuzzy":
            letters = "letter" if word.distance == 1 else "letters"
            return f"words at most {word.distance} {letters} from {shown}" + (f" ({listed})" if listed else "")
        case _:
            return shown + (f" (also {listed})" if listed else "")


def _phrase(phrase: Phrase) -> str:
    shown = f'"{phrase.printed or " ".join(w.printed or w.text for w in phrase.words)}"'
    exact = "exactly " if all(w.mode == "exact" for w in phrase.words) else ""
    if phrase.within is None:
        return f"{exact}the phrase {shown}" if " " in shown else f"{exact}{shown}"
    return f"{exact}the words {shown} near each other (at most {phrase.within} other words among them)"


def _period(node: Dates) -> str:
    from datetime import date

    def day(ordinal: int) -> str:
        return date.fromordinal(max(ordinal, 1)).isoformat()

    if node.earliest is None and node.latest is None:
        return "at any date"
    if node.earliest is None:
        return f"on or before {day(node.latest or 1)}"
    if node.latest is None:
        return f"on or after {day(node.earliest)}"
    if node.earliest == node.latest:
        return f"on {day(node.earliest)}"
    return f"from {day(node.earliest)} to {day(node.latest)}"
