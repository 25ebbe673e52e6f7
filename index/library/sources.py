"""How texts come into the open library: split rules, columns of tables, watched folders."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.library.comparing import Comparing
from index.model import Article, SplitRule, TableHead
from index.problems import Problem
from index.store import settings

_RULES, _COLUMNS = "split_rules", "columns"


class Sources(Comparing):
    """What people decide about the files that they import."""

    def split_rules(self) -> list[SplitRule]:
        """The library's own rules for press-database bundles; they are tried before the built-in ones."""
        from index.ingest.bundles import rule_of

        return [rule_of(one) for one in settings.setting(self.store, _RULES, [])]

    @staticmethod
    def built_in_split_rules() -> tuple[SplitRule, ...]:
        """The rules for the common press databases that every library knows."""
        from index.ingest.bundles import BUILT_IN

        return BUILT_IN

    def set_split_rules(self, rules: Sequence[SplitRule]) -> None:
        """Keep the library's own split rules. Raises `Problem` for a pattern that can't be read."""
        from index.ingest.bundles import rule_message, rule_of

        kept = [rule_message(rule_of(rule_message(rule))) for rule in rules]
        with self.edit("Set split rules"):
            settings.set_setting(self.store, _RULES, kept)

    def preview_split(self, path: Path, rule: SplitRule) -> list[Article]:
        """The articles that a rule would make of a file. Raises `Problem`, also when the rule takes too long."""
        from index.ingest.reading import split_preview

        return split_preview(path, rule)

    def column_mappings(self) -> list[Mapping[str, str]]:
        """What people said of tables whose columns don't tell: field -> column; the first that fits a table is used."""
        return list(settings.setting(self.store, _COLUMNS, []))

    def set_column_mapping(self, columns: Mapping[str, str]) -> None:
        """Remember which column holds what, for this table and all with the same columns."""
        others = [one for one in self.column_mappings() if set(one.values()) != set(columns.values())]
        with self.edit("Set columns"):
            settings.set_setting(self.store, _COLUMNS, [dict(columns), *others])

    def table_head(self, path: Path) -> TableHead:
        """The columns and first rows of a table, and which column would be taken for what. Raises `Problem`."""
        from index.ingest.reading import table_head

        return table_head(path)

    def watched_folders(self) -> list[Path]:
        """The folders of this machine that the library watches."""
        from index.ingest.watching import watched

        return [one.folder for one in watched(self._memory)]

    def watch_folder(self, folder: Path) -> None:
        """Watch a folder: what is in it counts as new at the next look. Raises `Problem` where there is none."""
        if not folder.is_dir():
            raise Problem("no-folder", folder)
        from index.ingest.watching import watch

        watch(self._memory, folder)

    def unwatch_folder(self, folder: Path) -> None:
        """Watch a folder no longer; what came from it stays."""
        from index.ingest.watching import unwatch

        unwatch(self._memory, folder)

    @property
    def _memory(self) -> Path:
        """Where the watched folders are kept: with the user's data, for a library's folder holds no path of a machine."""
        from platformdirs import user_data_path

        base = os.environ.get("STANDPOINT_DATA") or user_data_path("standpoint", appauthor=False)
        return Path(base) / "watched" / f"{self.id}.json"
