"""Split rules: seen, copied, edited, tried on a file, kept as one step."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.dialogs.split_rules import SplitRules, pattern_trouble, rule_trouble
from desktop.theme import Theme
from desktop.window import MainWindow
from index.library import Library
from index.model import SplitRule

RULE = SplitRule("Council archive", start=r"=== Record \d+", fields={"title": r"Headline: (.+)"}, drop=r"Headline: ")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Three articles of a database that no built-in rule knows."""
    one = "=== Record {n}\nHeadline: Locks, day {n}\nDay: {n} March 2021\n\nLock {n} opens at dawn, the council said.\n"
    (tmp_path / "bundle.txt").write_text("".join(one.format(n=n) for n in (1, 2, 3)), "utf-8")
    return tmp_path / "bundle.txt"


def test_a_rule_of_ones_own_is_made_tried_and_kept_with_undo(
    theme: Theme, library: Library, bundle: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = SplitRules(library, theme, None, bundle)
    qtbot.addWidget(dialog)
    dialog._new()
    assert not dialog.chief.isEnabled()
    dialog.fields.name.clear()
    form = dialog.fields
    for field, words in (
        (form.name, "Council"),
        (form.lines["start"], r"=== Record \d+"),
        (form.labelled["title"], "Headline: (.+)"),
        (form.labelled["published"], "Day: (.+)"),
    ):
        field.setText("")
        qtbot.keyClicks(field, words)
    titles = [f"Locks, day {n}" for n in (1, 2, 3)]
    qtbot.waitUntil(lambda: [a.title for a in dialog.articles.rows] == titles, timeout=30_000)
    assert [a.published.edtf for a in dialog.articles.rows if a.published] == ["2021-03-01", "2021-03-02", "2021-03-03"]
    assert dialog.state.text() == "3 articles found."
    assert library.split_rules() == []
    dialog.chief.click()
    assert [rule.name for rule in library.split_rules()] == ["Council"]
    added = list(library.import_paths([bundle], jobs=1))
    assert [(one.status, one.published) for one in added] == [("added", f"2021-03-0{n}") for n in (1, 2, 3)]
    library.undo()
    assert library.split_rules() == []


def test_the_rule_that_fits_is_found_among_all(theme: Theme, library: Library, bundle: Path, qtbot: QtBot) -> None:
    library.set_split_rules([SplitRule("Other", start=r"\+\+\+"), RULE])
    dialog = SplitRules(library, theme, None, bundle)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "does not cut" in dialog.state.text(), timeout=30_000)
    dialog.fitting.click()
    qtbot.waitUntil(lambda: dialog.rule == RULE and len(dialog.articles.rows) == 3, timeout=30_000)
    assert dialog.fields.name.text() == "Council archive"


def test_a_built_in_rule_is_changed_by_copying_it_and_the_copy_comes_first(
    theme: Theme, library: Library, qtbot: QtBot
) -> None:
    dialog = SplitRules(library, theme, None)
    qtbot.addWidget(dialog)
    name = dialog.rule.name
    assert dialog.fields.name.isReadOnly()
    assert not dialog.remove.isEnabled()
    dialog.copy.click()
    assert dialog.rule.name == f"{name} (own)"
    assert dialog.rule.fields == library.built_in_split_rules()[0].fields
    assert not dialog.fields.name.isReadOnly()
    dialog.remove.click()
    assert dialog.rule.name == name
    assert dialog.own == []


def test_a_pattern_that_cannot_be_read_is_red_and_keeps_nothing(theme: Theme, library: Library, qtbot: QtBot) -> None:
    library.set_split_rules([RULE])
    dialog = SplitRules(library, theme, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.fields.lines["end"].setFocus()
    qtbot.keyClicks(dialog.fields.lines["end"], "(")
    assert dialog.fields.lines["end"].property("wrong") is True
    assert dialog.trouble.isVisible()
    assert not dialog.chief.isEnabled()
    dialog.fields.lines["end"].clear()
    dialog._edited()
    assert dialog.chief.isEnabled()


def test_a_label_without_brackets_is_explained() -> None:
    assert pattern_trouble("Title: .+", group=True)
    assert not pattern_trouble("Title: (.+)", group=True)
    assert not pattern_trouble("", group=True)
    assert rule_trouble(SplitRule("x"))
    assert rule_trouble(SplitRule("", start="x"))
    assert not rule_trouble(RULE)


@pytest.mark.parametrize("act", ["import.rules", "import.watch"])
def test_the_acts_open_their_dialogs_and_cancel_changes_nothing(window: MainWindow, act: str) -> None:
    from desktop.dialogs.dialog import Dialog

    assert window.library is not None
    before = len(window.library.journal())
    window.run(act)
    (dialog,) = [made for made in window.findChildren(Dialog) if made.isVisible()]
    dialog.reject()
    assert len(window.library.journal()) == before
