"""Settings survive a restart, and rubbish in the file reads as the default."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from desktop.settings import FIELDS, Settings


def test_every_field_has_a_default_that_passes_its_own_check() -> None:
    for field in FIELDS:
        assert field.check(field.cast(field.default))
        assert all(field.check(field.cast(value)) for value, _ in field.choices)


def test_a_value_survives_a_restart(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.ini")
    settings["text_size"] = 130
    settings["restore"] = False
    settings.sync()
    again = Settings(tmp_path / "s.ini")
    assert again["text_size"] == 130
    assert again["restore"] is False


def test_rubbish_reads_as_the_default(tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    store.setValue("text_size", "huge")
    store.setValue("theme", "pink")
    store.setValue("recent", "{not json")
    store.sync()
    settings = Settings(tmp_path / "s.ini")
    assert (settings["text_size"], settings["theme"], settings.recent()) == (100, "system", [])


def test_a_wrong_value_is_refused(settings: Settings) -> None:
    with pytest.raises(ValueError, match="pink"):
        settings["theme"] = "pink"


def test_recent_libraries_have_the_latest_first_and_no_doubles(settings: Settings) -> None:
    for name in ("a", "b", "a"):
        settings.add_recent(Path(name))
    assert settings.recent() == [Path("a"), Path("b")]
    settings.forget_recent(Path("a"))
    assert settings.recent() == [Path("b")]


def test_a_session_is_kept_by_library(settings: Settings) -> None:
    settings.save_session("x", {"pane": "reader", "panes": {"reader": {"document": 3}}})
    assert settings.session("x")["panes"]["reader"]["document"] == 3
    assert settings.session("y") == {}
