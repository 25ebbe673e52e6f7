"""The metadata table of an import: what its rows say of files that don't say it themselves."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.problems import Problem
from index.readers import dates
from index.readers.decoding import decoded
from index.readers.tables import delimiter_of

_ROW_LIMIT = 1_000_000


@dataclass(frozen=True)
class MetadataTable:
    """Rows by the file that they name; a row may name the third article of a file as NAME#3.

    `rows` maps a name as the table gives it (with forward slashes) to its cells, `folder` is where the table lies.
    """

    path: Path | None = None
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> MetadataTable:
        """The table in a CSV file. Raises Problem("metadata") for a table without a `file` column, a bad date, or no
        CSV at all."""
        try:
            text, _ = decoded(path.read_bytes())
        except OSError as error:
            raise Problem("metadata", path, error.strerror or type(error).__name__) from error
        except Problem as problem:
            raise Problem("metadata", path, "it is not a text") from problem
        csv.field_size_limit(1 << 24)
        try:
            reader = csv.DictReader(
                io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter_of(text, path.name)
            )
            names = {name: (name or "").strip().lower() for name in reader.fieldnames or []}
            if "file" not in names.values():
                raise Problem("metadata", path, 'it has no column "file"')
            rows: dict[str, Mapping[str, str]] = {}
            for number, raw in enumerate(reader, 2):
                if number > _ROW_LIMIT:
                    raise Problem("metadata", path, f"it has more than {_ROW_LIMIT:,} rows")
                row = _row(raw, names)
                if row.get("file"):
                    _check_date(path, number, row)
                    rows[_plain(row["file"])] = row
        except csv.Error as error:
            raise Problem("metadata", path, str(error)[:120]) from error
        return cls(path.resolve(), rows)

    @property
    def sample(self) -> str:
        """The first names that the table gives, to show what it speaks of."""
        return ", ".join(list(self.rows)[:3])

    def rows_for(self, file: Path, name: str) -> dict[str, Mapping[str, str]]:
        """The rows that speak of a file: {"": row of the whole file, "2": row of its second article ...}.

        A file is named by its path relative to the table, or by its bare name.
        """
        found: dict[str, Mapping[str, str]] = {}
        for given in self._names(file, name):
            if given in self.rows:
                found.setdefault("", self.rows[given])
            for part, row in self._parts.get(given, {}).items():
                found.setdefault(part, row)
        return found

    def _names(self, file: Path, name: str) -> Iterator[str]:
        if self.path is not None:
            try:
                yield _plain(os.path.relpath(file.absolute(), self.path.parent))
            except ValueError:  # another drive
                pass
        yield name

    @property
    def _parts(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        cached: dict[str, dict[str, Mapping[str, str]]] | None = self.__dict__.get("_by_part")
        if cached is None:
            cached = {}
            for given, row in self.rows.items():
                base, mark, part = given.rpartition("#")
                if mark and part.isdigit():
                    cached.setdefault(base, {})[part] = row
            object.__setattr__(self, "_by_part", cached)
        return cached


def _row(raw: Mapping[str | None, str | list[str] | None], names: Mapping[str, str]) -> dict[str, str]:
    return {
        names[key] if names[key] in _KNOWN else key.strip(): value.strip()
        for key, value in raw.items()
        if key and isinstance(value, str) and value.strip()
    }


_KNOWN = frozenset(("file", "published", "outlet", "author", "title", "url", "language", "actor"))


def _check_date(path: Path, number: int, row: Mapping[str, str]) -> None:
    value = row.get("published")
    if value and dates.stated(value, "metadata table", 1.0) is None:
        raise Problem("metadata", path, f"line {number}: {value[:40]!r} is not a date; use YYYY-MM-DD, YYYY-MM or YYYY")


def _plain(name: str) -> str:
    plain = name.replace("\\", "/")
    return plain[2:] if plain.startswith("./") else plain
