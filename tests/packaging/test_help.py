"""The help pages: every link leads to a page, every page is reached, and the keys they name are the window's keys."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HELP = ROOT / "resources" / "help"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in HELP.glob("*.md")}


def links(text: str) -> list[str]:
    """The targets of the links of a page."""
    return re.findall(r"\]\(([^)\s]+)\)", text)


def test_every_link_leads_to_a_page() -> None:
    assert [(page, link) for page, text in PAGES.items() for link in links(text) if link not in PAGES] == []


def test_every_page_is_reached_from_the_first_one() -> None:
    seen, todo = set(), ["index.md"]
    while todo:
        page = todo.pop()
        if page not in seen:
            seen.add(page)
            todo += links(PAGES[page])
    assert seen == set(PAGES)


def test_every_page_begins_with_its_title() -> None:
    assert [page for page, text in PAGES.items() if not re.match(r"# \S", text)] == []


def test_every_page_of_the_window_has_a_help_page() -> None:
    panes = {path.stem for path in (ROOT / "desktop" / "panes").glob("*.py")} - {"__init__", "pane"}
    named = {
        name for path in (ROOT / "desktop").rglob("*.py")
        for name in re.findall(r'help_page(?::[^=\n]+)? = "(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert named - {Path(page).stem for page in PAGES} == set()
    assert panes == set() or named, "no pane names its help page"


def test_the_keys_of_the_help_are_the_keys_of_the_window() -> None:
    source = (ROOT / "desktop" / "actions.py").read_text(encoding="utf-8")
    keys = {key for row in re.findall(r'Action\("[^"]+", "[^"]+", "([^"]*)"', source) for key in row.split("|") if key}
    told = set(re.findall(r"(?:Ctrl|Alt|Shift)\+(?:Shift\+)?[\w.,/+-]+", "\n".join(PAGES.values())))
    told = {key.rstrip(".,").replace("Enter", "Return") for key in told}
    pages = {f"Ctrl+{number}" for number in range(1, 8)}  # desktop/window.py counts its pages
    assert told - keys - pages == set()
