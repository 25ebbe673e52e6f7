"""Library-wide choices in the database: split rules, column mappings, watched folders, watch phrases."""

from __future__ import annotations

import json
from typing import Any

from index.store.store import Store


def setting(store: Store, key: str, default: Any = None) -> Any:
    """A choice as the JSON value it was stored as; `default` where it was never made."""
    found = store.value("SELECT value FROM setting WHERE key=?", (key,))
    return default if found is None else json.loads(found)


def set_setting(store: Store, key: str, value: Any) -> None:
    """Keep a choice (within the caller's transaction); None forgets it."""
    if value is None:
        store.execute("DELETE FROM setting WHERE key=?", (key,))
        return
    text = json.dumps(value, ensure_ascii=False)
    store.execute("INSERT INTO setting VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value=excluded.value", (key, text))
