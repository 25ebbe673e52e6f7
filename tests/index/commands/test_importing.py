"""The commands on watched folders and on extraction done anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.__main__ import main


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANDPOINT_DATA", str(tmp_path / "data"))


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, object]]]:
    code = main([*arguments, "--json"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_watched_folder_is_imported_and_extracted_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library, folder = str(tmp_path / "library"), tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("“The strait is open,” said Ilra Venn, the harbour minister of Belmar.\n", encoding="utf-8")
    assert lines(capsys, "import", library, str(folder), "--jobs", "1")[0] == 0
    (folder / "b.txt").write_text("“The harbour is shut,” said Tomas Okker.\n", encoding="utf-8")
    code, found = lines(capsys, "rescan", library, "--watch", str(folder), "--jobs", "1")
    assert code == 0
    assert [(line["file"], line["status"]) for line in found] == [("a.txt", "duplicate"), ("b.txt", "added")]
    assert lines(capsys, "rescan", library, "--jobs", "1") == (0, [])
    (folder / "c.txt").write_text("“The harbour is open again,” said Tomas Okker.\n", encoding="utf-8")
    assert lines(capsys, "rescan", library, "--list") == (0, [{"folder": str(folder.resolve())}])
    (folder / "c.txt").unlink()
    code, found = lines(capsys, "reextract", library, "1", "2", "--jobs", "1")
    assert code == 0
    assert [line.get("status") for line in found] == ["extracted", "extracted", None]
    assert lines(capsys, "rescan", library, "--unwatch", str(folder)) == (0, [])
