"""Our frozen dataclasses behave as Python's own."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from index import frozen, model


def letters(decorator: Callable[[type], Any]) -> Any:
    """A class with fields of all sorts."""

    class Letter:
        """Words on paper."""

        LIMIT: ClassVar[int] = 3
        sender: str
        pages: int = 1
        notes: tuple[str, ...] = dataclasses.field(default_factory=tuple)
        mark: str = dataclasses.field(default="", compare=False)
        secret: str = dataclasses.field(default="", repr=False)

        @property
        def long(self) -> bool:
            """Whether it has more pages than most."""
            return self.pages > self.LIMIT

    return decorator(Letter)


def nothings(decorator: Callable[[type], Any]) -> Any:
    """A class without any field."""

    class Nothing:
        """No field at all."""

    return decorator(Nothing)


OWN: Callable[[type], Any] = frozen.frozen_class
PYTHON: Callable[[type], Any] = dataclasses.dataclass(frozen=True, slots=True)
Ours, Theirs = letters(OWN), letters(PYTHON)
Pickled = OWN(type("Pickled", (), {"__annotations__": {"a": "int", "b": "str"}, "__module__": __name__}))


@pytest.mark.parametrize("cls", [Ours, Theirs])
def test_it_is_made_shown_compared_and_copied_alike(cls: Any) -> None:
    letter = cls("Ada", notes=("x",), mark="!", secret="s")
    assert repr(letter) == "letters.<locals>.Letter(sender='Ada', pages=1, notes=('x',), mark='!')"
    assert letter == cls("Ada", 1, ("x",), "another", "s")
    assert hash(letter) == hash(cls("Ada", 1, ("x",), "another", "s"))
    assert letter != cls("Ada", 2, ("x",), "!", "s")
    assert letter != ("Ada", 1, ("x",), "!", "s")
    assert copy.copy(letter) == copy.deepcopy(letter) == letter
    assert dataclasses.replace(letter, pages=9).long
    assert not letter.long
    assert dataclasses.asdict(letter) == {"sender": "Ada", "pages": 1, "notes": ("x",), "mark": "!", "secret": "s"}
    assert [field.name for field in dataclasses.fields(cls)] == ["sender", "pages", "notes", "mark", "secret"]
    assert (cls.__name__, cls.__doc__, cls.__module__) == ("Letter", "Words on paper.", __name__)
    match letter:
        case cls(sender, pages):
            assert (sender, pages) == ("Ada", 1)


@pytest.mark.parametrize("cls", [Ours, Theirs])
def test_it_cannot_be_changed_and_holds_nothing_else(cls: Any) -> None:
    letter = cls("Ada")
    for change in (lambda: setattr(letter, "pages", 2), lambda: delattr(letter, "pages")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):  # the latter by a fault of Python's own in 3.11
        letter.other = 2
    assert not hasattr(letter, "__dict__")


@pytest.mark.parametrize("cls", [Ours, Theirs])
def test_it_refuses_fields_that_are_missing_or_unknown(cls: Any) -> None:
    with pytest.raises(TypeError, match=r"Letter\.__init__\(\) missing 1 required positional argument: 'sender'"):
        cls()
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        cls("Ada", colour="red")


def test_a_class_without_fields_has_equal_instances() -> None:
    ours, theirs = nothings(OWN), nothings(PYTHON)
    assert ours() == ours()
    assert hash(ours()) == hash(theirs())
    assert repr(ours()) == repr(theirs())


def test_it_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(Pickled(1, "x"))) == Pickled(1, "x")


def test_what_it_cannot_do_it_refuses() -> None:
    late = type("Late", (), {"__annotations__": {"a": "int"}, "__post_init__": lambda self: None})
    named = type("Named", (), {"__annotations__": {"a": "int"}, "a": dataclasses.field(kw_only=True)})
    for plain in (late, named, type("Heir", (Ours,), {})):
        with pytest.raises(TypeError, match="needs Python's own dataclass"):
            OWN(plain)


def test_all_nouns_are_made_by_it() -> None:
    nouns = [value for value in vars(model).values() if isinstance(value, type) and dataclasses.is_dataclass(value)]
    assert len(nouns) > 40
    for noun in nouns:
        assert noun.__module__ == "index.model"
        assert tuple(noun.__slots__) == tuple(field.name for field in dataclasses.fields(noun))  # type: ignore[attr-defined]
