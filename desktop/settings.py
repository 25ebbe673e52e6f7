"""What the user may set, as one table of fields with default, cast and check; the dialog is made from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings


@dataclass(frozen=True, slots=True)
class Field:
    """One setting. `label` and `choices` (value, words) are what the dialog shows; no label: not shown there."""

    key: str
    default: Any
    cast: Callable[[Any], Any] = str
    check: Callable[[Any], bool] = lambda value: True
    label: str = ""
    choices: tuple[tuple[Any, str], ...] = ()


FIELDS: tuple[Field, ...] = (
    Field("theme", "system", str, lambda v: v in {"system", "light", "dark"}, "Appearance",
          (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))),
    Field("text_size", 100, int, lambda v: 75 <= v <= 200, "Size of the interface",
          ((85, "85 %"), (100, "100 %"), (115, "115 %"), (130, "130 %"), (150, "150 %"), (175, "175 %"),
           (200, "200 %"))),
    Field("reading_size", 100, int, lambda v: 75 <= v <= 250, "Size of documents",
          ((85, "85 %"), (100, "100 %"), (115, "115 %"), (130, "130 %"), (150, "150 %"), (200, "200 %"))),
    Field("reading_font", "serif", str, lambda v: v in {"serif", "sans"}, "Typeface of documents",
          (("serif", "With serifs"), ("sans", "As the interface"))),
    Field("restore", True, lambda v: str(v).lower() in {"true", "1"}, lambda v: True, "When the program starts",
          ((True, "Open the last library again"), (False, "Show the welcome page"))),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}
RECENT = 10


class Settings:
    """The settings of one profile, kept in an INI file. A value that fails its check reads as its default."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def __getitem__(self, key: str) -> Any:
        field = BY_KEY[key]
        try:
            value = field.cast(self._store.value(key, field.default))
        except (TypeError, ValueError):
            return field.default
        return value if field.check(value) else field.default

    def __setitem__(self, key: str, value: Any) -> None:
        field = BY_KEY[key]
        value = field.cast(value)
        if not field.check(value):
            raise ValueError(f"{value!r} is no value for {key}")
        self._store.setValue(key, value)

    # --- recent libraries ---

    def recent(self) -> list[Path]:
        """Libraries opened before, latest first. One that has vanished stays in the list: it may be on a stick."""
        return [Path(text) for text in self._json("recent", list)]

    def add_recent(self, path: Path) -> None:
        """Put a library at the head of the list; where it is there already, as at most starts, nothing is written."""
        before = self.recent()
        if before[:1] != [path]:
            rest = [other for other in before if other != path]
            self._store.setValue("recent", json.dumps([str(p) for p in [path, *rest][:RECENT]]))

    def forget_recent(self, path: Path) -> None:
        """Take a library off the list; the library itself stays where it is."""
        self._store.setValue("recent", json.dumps([str(p) for p in self.recent() if p != path]))

    # --- the session ---

    def session(self, library: str) -> dict[str, Any]:
        """What was on the screen when the library of this id was last closed: plain values, by pane."""
        return dict(self._json(f"sessions/{library}", dict))

    def save_session(self, library: str, state: dict[str, Any]) -> None:
        """Keep what is on the screen."""
        self._store.setValue(f"sessions/{library}", json.dumps(state))

    def bytes(self, key: str) -> QByteArray:
        """A Qt state (geometry, splitter); empty when there is none."""
        value = self._store.value(f"state/{key}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def save_bytes(self, key: str, value: QByteArray) -> None:
        """Keep a Qt state."""
        self._store.setValue(f"state/{key}", value)

    def sync(self) -> None:
        """Write to the disk now."""
        self._store.sync()

    def _json(self, key: str, kind: type) -> Any:
        try:
            value = json.loads(str(self._store.value(key, "")))
        except ValueError:
            return kind()
        return value if isinstance(value, kind) else kind()
