"""How hits spread: what a count says is what its filter finds, also where several actors bear one name."""

from __future__ import annotations

from pathlib import Path

from index.library import Library


def test_actors_of_one_name_are_counted_together_as_a_filter_by_it_finds_them(tmp_path: Path) -> None:
    for number, words in enumerate(("We sail at dawn", "We stay in the harbour", "We shall see the treaty"), 1):
        (tmp_path / f"{number}.txt").write_text(f"KESH, 4 March 203{number} - “{words},” Olanda said.\n", "utf-8")
    library = Library.create(tmp_path / "Library")
    for _ in library.import_paths(sorted(tmp_path.glob("*.txt")), jobs=1):
        pass
    bearers = [actor for actor in library.actors() if actor.name == "Olanda"]
    assert len(bearers) == 3, "a surname alone is an actor of its document only"
    count = dict(library.search("we").facets["actor"])["Olanda"]
    assert count == library.search("we", filters={"actor": ["Olanda"]}).total == 3
    library.close()
