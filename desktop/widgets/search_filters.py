"""What narrows a search: how the hits spread over who, outlet, kind, issue and year, and the filters that hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from desktop import wording
from desktop.theme import Theme
from desktop.widgets.facets import EXCLUDED, INCLUDED, ChipRow, Facet, FacetList
from desktop.widgets.pieces import button
from desktop.widgets.years import YearBars
from desktop.wording import tr
from index.model import Results

FACETS = (("actor", "Who"), ("outlet", "Outlet"), ("kind", "Kind"), ("issue", "Issue"))
ORDER = ("actor", "year", "outlet", "kind", "issue")


class Filters(QWidget):
    """The lists to choose from; `chips` shows what is chosen. `values` is what `Library.search` takes as filters:
    {"actor": [...], "-outlet": [...], "said": ["2023..2024"]}. `changed` tells that they are others by an act of the user.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panelbody")
        self.values: dict[str, list[str]] = {}
        self.unit = "statements"
        self.chips = ChipRow()
        self.years = YearBars(theme)
        self.lists = {name: FacetList(theme, tr(title), WORDS.get(name, _plain)) for name, title in FACETS}
        self.facets = {name: Facet(theme, tr(title), self.lists[name]) for name, title in FACETS}
        self.facets["year"] = Facet(theme, tr("Year"), self.years)
        self.years.chosen.connect(self._choose_years)
        for name, values in self.lists.items():
            values.toggled.connect(lambda value, state, name=name: self._toggle(name, value, state))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 12, 12)
        column.setSpacing(16)
        for name in ORDER:
            column.addWidget(self.facets[name])
        column.addStretch(1)

    @property
    def any_shown(self) -> bool:
        """True where there is something to narrow by."""
        return any(not facet.isHidden() for facet in self.facets.values())

    def copy(self) -> dict[str, list[str]]:
        """The filters of now, to be kept or asked with."""
        return {name: list(values) for name, values in self.values.items()}

    def take(self, values: Mapping[str, object]) -> None:
        """Other filters, without telling; what is no list of words is passed over."""
        self.values = {
            str(name): [str(v) for v in found] for name, found in values.items() if isinstance(found, list | tuple)
        }

    # --- showing ---

    def show_results(self, results: Results) -> None:
        """The counts of these hits, and what is chosen."""
        for name, values in self.lists.items():
            states = dict.fromkeys(self.values.get(name, ()), INCLUDED)
            states |= dict.fromkeys(self.values.get(f"-{name}", ()), EXCLUDED)
            values.show_values(results.facets.get(name, ()), states)
            self.facets[name].setVisible(bool(results.facets.get(name) or states))
        self.years.show_counts(results.facets.get("year", ()), self._chosen_years())
        self.facets["year"].setVisible(bool(self.years.bars))
        self._show_chips()

    def _show_chips(self) -> None:
        chips: list[QWidget] = [self._chip(name, v) for name, values in self.values.items() for v in values]
        if chips:
            chips.append(button(tr("Clear the filters"), self._clear, "link"))
        self.chips.show_chips(chips)

    def _chip(self, name: str, value: str) -> QToolButton:
        made = QToolButton()
        made.setProperty("role", "chip")
        bare = name.lstrip("-")
        words = WORDS.get(bare, _plain)(value)
        title = tr({"actor": "Who", "said": "Said"}.get(bare, "")) or wording.field(bare)
        text = tr("not {words}").format(words=words) if name.startswith("-") else words
        made.setText(f"{title}: {text}  ✕")
        made.setAccessibleName(tr("Remove the filter {name}: {value}").format(name=title, value=text))
        made.setToolTip(tr("Remove this filter"))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self._remove(name, value))
        return made

    # --- choosing ---

    def _chosen_years(self) -> tuple[int, int] | None:
        for value in self.values.get(self._dates(), ()):
            ends = value.split("..")
            if all(end.isdecimal() for end in ends):
                return int(ends[0]), int(ends[-1])
        return None

    def _dates(self) -> str:
        return "said" if self.unit == "statements" else "published"

    def _choose_years(self, years: tuple[int, int] | None) -> None:
        self.values.pop("said", None)
        self.values.pop("published", None)
        if years is not None:
            self.values[self._dates()] = [str(years[0]) if years[0] == years[1] else f"{years[0]}..{years[1]}"]
        self.changed.emit()

    def _toggle(self, name: str, value: str, state: str) -> None:
        for key in (name, f"-{name}"):
            kept = [v for v in self.values.pop(key, []) if v != value]
            if kept:
                self.values[key] = kept
        if state:
            key = name if state == INCLUDED else f"-{name}"
            self.values[key] = [*self.values.get(key, ()), value]
        self.changed.emit()

    def _remove(self, name: str, value: str) -> None:
        kept = [v for v in self.values.pop(name, []) if v != value]
        if kept:
            self.values[name] = kept
        self.changed.emit()

    def _clear(self) -> None:
        self.values = {}
        self.changed.emit()


def _plain(value: str) -> str:
    return value


def _actor(value: str) -> str:
    return value or tr("Unknown speaker")


def _outlet(value: str) -> str:
    return value or tr("No outlet")


WORDS: dict[str, Callable[[str], str]] = {"actor": _actor, "outlet": _outlet, "kind": wording.kind}
