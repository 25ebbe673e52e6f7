"""Actors in the database: their names, roles and statements; merged, split and renamed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from index.model import Actor, Role
from index.problems import Problem
from index.store.columns import day
from index.store.store import Store


def add_actor(store: Store, name: str, kind: str, names: Iterable[tuple[str, str]], *, by_hand: bool = False) -> int:
    """A new actor with (name, key) pairs it goes by; returns its id."""
    actor_id = store.insert("actor", name=name, kind=kind)
    for alias, key in names:
        add_alias(store, actor_id, alias, key, by_hand=by_hand)
    return actor_id


def add_alias(store: Store, actor_id: int, name: str, key: str, *, by_hand: bool = False) -> None:
    """Another name of an actor; a name it has already is left as it is."""
    store.execute(
        "INSERT INTO alias(actor_id, name, key, by_hand) VALUES(?,?,?,?) ON CONFLICT(actor_id, name) DO NOTHING",
        (actor_id, name, key, int(by_hand)),
    )


def remove_alias(store: Store, actor_id: int, name: str) -> None:
    """Forget a name of an actor."""
    store.execute("DELETE FROM alias WHERE actor_id=? AND name=?", (actor_id, name))


def by_key(store: Store, key: str, *, by_hand: bool = False) -> list[int]:
    """Ids of the actors that go by a name with this key (`by_hand`: that a person gave them), oldest first."""
    given = "AND by_hand=1" if by_hand else ""
    return [row[0] for row in store.rows(f"SELECT DISTINCT actor_id FROM alias WHERE key=? {given} ORDER BY 1", (key,))]


def by_name(store: Store, name: str) -> list[int]:
    """Ids of the actors that go by exactly this name (case apart), oldest first."""
    rows = store.rows("SELECT DISTINCT actor_id FROM alias WHERE name=? COLLATE NOCASE ORDER BY 1", (name,))
    return [row[0] for row in rows]


def all_names(store: Store) -> list[str]:
    """Every name that an actor goes by."""
    return [row[0] for row in store.rows("SELECT DISTINCT name FROM alias")]


def main_names(store: Store, ids: Sequence[int]) -> dict[int, str]:
    """{actor id: its name}."""
    return {row[0]: row[1] for row in store.rows_of("SELECT id, name FROM actor WHERE id IN ({ids})", ids)}


def set_kind(store: Store, actor_id: int, kind: str) -> None:
    """Set the kind of an actor of whom none was known."""
    store.execute("UPDATE actor SET kind=? WHERE id=? AND kind='unknown'", (kind, actor_id))


def speakers_called(store: Store, document_id: int, name: str) -> list[int]:
    """The one actor that goes by a name and speaks in a document already (people made several of this name one), or none."""
    rows = store.rows(
        "SELECT DISTINCT alias.actor_id FROM alias JOIN statement ON statement.actor_id=alias.actor_id "
        "WHERE document_id=? AND alias.name=? COLLATE NOCASE",
        (document_id, name),
    )
    return [rows[0][0]] if len(rows) == 1 else []


def documents_of(store: Store, ids: Sequence[int]) -> dict[int, list[tuple[int, str, str]]]:
    """{actor id: (document id, title, outlet) of the documents it speaks in, those with most statements first}."""
    rows = store.rows_of(
        "SELECT actor_id, document_id, coalesce(title, ''), coalesce(outlet, '') "
        "FROM statement JOIN document ON document.id=document_id "
        "WHERE actor_id IN ({ids}) AND status<>'rejected' GROUP BY actor_id, document_id "
        "ORDER BY actor_id, count(*) DESC, document_id",
        ids,
    )
    found: dict[int, list[tuple[int, str, str]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append((row[1], row[2], row[3]))
    return found


def examples(store: Store, ids: Sequence[int]) -> dict[int, int]:
    """{actor id: its statement that shows best who speaks}: a long one, printed as a quotation if there is such."""
    rows = store.rows_of(
        "SELECT actor_id, id FROM statement WHERE actor_id IN ({ids}) AND status<>'rejected' "
        "ORDER BY actor_id, parent_id IS NOT NULL, kind NOT IN ('direct', 'mixed'), abs(length(text) - 140), id",
        ids,
    )
    found: dict[int, int] = {}
    for row in rows:
        found.setdefault(row[0], row[1])
    return found


def add_role(
    store: Store, actor_id: int, title: str, *, document_id: int | None = None, earliest: date | None = None,
    latest: date | None = None,
) -> None:  # fmt: skip
    """A role of an actor, printed in a document or entered by hand with its dates."""
    known = store.value(
        "SELECT 1 FROM role WHERE actor_id=? AND title=? AND document_id IS ?", (actor_id, title, document_id)
    )
    if known is None or document_id is None:
        store.insert(
            "role", actor_id=actor_id, title=title, document_id=document_id,
            earliest=earliest and earliest.isoformat(), latest=latest and latest.isoformat(),
        )  # fmt: skip


def actor(store: Store, actor_id: int) -> Actor:
    """One actor. Raises `Problem` where there is none."""
    found = actors(store, [actor_id])
    if not found:
        raise Problem("no-actor", detail=actor_id)
    return found[0]


def actors(store: Store, ids: Sequence[int] | None = None) -> list[Actor]:
    """All actors, most statements first (or those of `ids`, in their order), with names, dated roles and counts."""
    if ids is None:
        rows = store.rows("SELECT * FROM actor")
        wanted = [row["id"] for row in rows]
    else:
        rows, wanted = store.rows_of("SELECT * FROM actor WHERE id IN ({ids})", ids), list(ids)
    aliases: dict[int, list[str]] = {}
    for row in store.rows_of("SELECT actor_id, name FROM alias WHERE actor_id IN ({ids}) ORDER BY id", wanted):
        aliases.setdefault(row["actor_id"], []).append(row["name"])
    counts = {
        row[0]: row[1]
        for row in store.rows_of(
            "SELECT actor_id, count(*) FROM statement WHERE actor_id IN ({ids}) AND status<>'rejected' GROUP BY actor_id",
            wanted,
        )
    }
    roles = _roles(store, wanted)
    found = {
        row["id"]: Actor(
            row["id"], row["name"], row["kind"],
            tuple(name for name in aliases.get(row["id"], ()) if name != row["name"]),
            tuple(roles.get(row["id"], ())), row["note"], counts.get(row["id"], 0),
        )
        for row in rows
    }  # fmt: skip
    if ids is None:
        return sorted(found.values(), key=lambda a: (-a.statements, a.name.casefold(), a.id))
    return [found[i] for i in wanted if i in found]


def _roles(store: Store, ids: Sequence[int]) -> dict[int, list[Role]]:
    """Roles with the first and last day on which a document shows them; titles that differ only in case are one."""
    rows = store.rows_of(
        "SELECT role.actor_id, min(role.title), min(coalesce(role.earliest, document.published_earliest)), "
        "max(coalesce(role.latest, document.published_latest)) FROM role LEFT JOIN document ON document.id=document_id "
        "WHERE role.actor_id IN ({ids}) GROUP BY role.actor_id, lower(role.title) ORDER BY 3 IS NULL, 3, 2",
        ids,
    )
    found: dict[int, list[Role]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Role(row[1], day(row[2]), day(row[3])))
    return found


def merge(store: Store, keep: int, other: int) -> None:
    """Make `other` part of `keep`: names, roles and statements move over, `other` is gone."""
    if keep == other:
        raise Problem("bad-value", detail="An actor cannot be merged with itself.")
    actor(store, keep), actor(store, other)
    for row in store.rows("SELECT name, key, by_hand FROM alias WHERE actor_id=?", (other,)):
        add_alias(store, keep, row["name"], row["key"], by_hand=True)
    store.execute("UPDATE role SET actor_id=? WHERE actor_id=?", (keep, other))
    store.execute("UPDATE statement SET actor_id=? WHERE actor_id=?", (keep, other))
    kind = store.value("SELECT kind FROM actor WHERE id=?", (other,))
    set_kind(store, keep, str(kind))
    store.execute("DELETE FROM actor WHERE id=?", (other,))


def split(store: Store, actor_id: int, name: str, names: Sequence[tuple[str, str]], statement_ids: Sequence[int]) -> int:
    """Make a new actor of some (name, key) pairs and statements of `actor_id`; returns the new actor's id."""
    old = actor(store, actor_id)
    for alias, _ in names:
        remove_alias(store, actor_id, alias)
    new = add_actor(store, name, old.kind, names, by_hand=True)
    for statement_id in statement_ids:
        store.execute("UPDATE statement SET actor_id=? WHERE id=? AND actor_id=?", (new, statement_id, actor_id))
    return new


def change(store: Store, actor_id: int, *, name: str | None = None, kind: str | None = None, note: str | None = None) -> None:
    """Set the main name (which must be among its names), kind or note of an actor."""
    actor(store, actor_id)
    changes = {k: v for k, v in (("name", name), ("kind", kind), ("note", note)) if v is not None}
    if changes:
        store.update("actor", actor_id, **changes)
