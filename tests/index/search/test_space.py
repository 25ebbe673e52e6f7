"""A finder that lives on while the library changes finds what a new one finds."""

from __future__ import annotations

import random

import pytest

from index.search import space, sync
from index.search.finder import Finder
from index.store.store import Store

QUERIES = (
    "treaty", "river OR gas", "treaty -river", "-treaty", '"the river"', "actor:Olanda", "kind:direct river",
    "actor:Reck OR locks", "said:2032", "-said:2031", "status:rejected", "zebra*", "",
)  # fmt: skip


@pytest.mark.parametrize("room", [2, space.ROOM])
def test_every_change_is_seen_as_if_the_library_were_opened_anew(
    room: int, river: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(space, "ROOM", room)
    r = random.Random(5)
    finder = Finder(river)
    for step in range(40):
        ids = [row[0] for row in river.rows("SELECT id FROM statement")]
        with river.transaction():
            for row in r.sample(ids, min(len(ids), r.randint(1, 2))):
                change = r.random()
                if change < 0.55:
                    text = f"{r.choice(('zebra', 'treaty', 'the river'))} number {step}"
                    river.execute("UPDATE statement SET text=? WHERE id=?", (text, row))
                elif change < 0.75:
                    status = r.choice(("rejected", "found"))
                    river.execute("UPDATE statement SET status=?, text=text || ' gas' WHERE id=?", (status, row))
                elif change < 0.85 and len(ids) > 6:
                    river.execute("DELETE FROM statement WHERE id=?", (row,))
                else:
                    river.execute(
                        "INSERT INTO statement(document_id, number, kind, content, text, first, last, actor_id, said_earliest,"
                        " said_latest) SELECT document_id, 1000 + ?, kind, content, 'zebra river', first, last, actor_id,"
                        " '2032-01-01', '2032-01-01' FROM statement WHERE id=?",
                        (step * 10 + row % 10, row),
                    )
        if step % 20 == 13:
            sync.tidy(river)
        fresh = Finder(river)
        for unit in ("statements", "documents"):
            for query in QUERIES:
                assert finder.ids(query, unit) == fresh.ids(query, unit), (step, unit, query)
