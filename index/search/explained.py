"""A query in words, so that what was searched for is never a guess."""

from __future__ import annotations

from collections.abc import Callable

from index.search.tree import And, Dates, Everything, Field, Node, Not, Or, Phrase, Titled, Undated, Word

Forms = Callable[[Word], list[str]]
People = Callable[[Field], list[str]]
_FACTS = {
    "actor": "said by {}", "role": "said as {}", "outlet": "published by {}", "kind": "of kind {}",
    "via": "by way of {}", "issue": "on the issue {}", "doc": "in document {}",
}  # fmt: skip
_STATUS = {
    "found": "not yet reviewed", "confirmed": "confirmed", "corrected": "corrected by hand", "rejected": "rejected",
}  # fmt: skip
SHOWN = 5  # forms of a word


def explained(
    tree: Node, unit: str = "statements", forms: Forms | None = None, people: People | None = None
) -> str:
    """One sentence about what the query asks for.

    `forms` gives the words of the library that a word stands for, `people` the actors that an actor's name fits.
    """
    name = "Statements" if unit == "statements" else "Documents"
    if isinstance(tree, Everything):
        return f"All {name.lower()}"
    words = _Words(forms, people)
    if unit == "documents" and _of_statement(tree):
        name = "Documents with statements"
    return f"{name} {words.of(tree)}" if _is_fact(tree) else f"{name} with {words.of(tree)}"


def _of_statement(node: Node) -> bool:
    first = node.parts[0] if isinstance(node, And | Or) else node
    names = ("actor", "role", "said", "kind", "via", "issue")
    return isinstance(first, Field | Dates | Undated) and first.name in names


def _is_fact(node: Node) -> bool:
    first = node.parts[0] if isinstance(node, And | Or) else node
    return isinstance(first, Field | Dates | Undated | Not | Titled)


class _Words:
    """What is needed to say a tree."""

    def __init__(self, forms: Forms | None, people: People | None) -> None:
        self.forms = forms
        self.people = people

    def of(self, node: Node, inside: bool = False) -> str:
        match node:
            case And(parts):
                text = " and ".join(self.of(p, True) for p in parts)
                return f"({text})" if inside else text
            case Or(parts):
                text = " or ".join(self.of(p, True) for p in parts)
                return f"({text})" if inside else text
            case Not(part):
                return f"not {self.of(part, True)}"
            case Titled(part):
                return f"{self.of(part)} in the title"
            case Word():
                return self.word(node)
            case Phrase():
                return _phrase(node)
            case Field():
                return self.fact(node)
            case Dates():
                return f"{node.name} {_period(node)}"
            case Undated(name):
                return f"with no known date of {'publication' if name == 'published' else 'speaking'}"
            case _:
                return "anything"

    def fact(self, node: Field) -> str:
        if node.name == "status":
            return _STATUS.get(node.value, node.value)
        if node.name == "actor" and node.value.lower() in ("none", "unknown") and not node.exact:
            return "by an unknown speaker"
        if node.value == "*":
            return f"with any {node.name}"
        text = _FACTS[node.name].format(node.value) if node.name in _FACTS else f"{node.name} {node.value}"
        named = self.people(node) if self.people and node.name == "actor" else None
        if named is None or named == [node.value]:
            return text
        listed = ", ".join(named[:SHOWN]) + (" ..." if len(named) > SHOWN else "")
        return f"{text} ({listed or 'nobody of that name'})"

    def word(self, word: Word) -> str:
        shown = f'"{word.printed or word.text}"'
        others = [f for f in self.forms(word) if f != word.text] if self.forms else []
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
