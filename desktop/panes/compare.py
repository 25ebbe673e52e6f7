"""Statements or documents compared: side by side, as one redline, then and now, or one utterance in several outlets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from desktop import printing
from desktop.models.comparisons import (
    MOST,
    ChangePlace,
    Loaded,
    change_places,
    counterpart,
    counts,
    merged_pieces,
    read,
    version_beside,
)
from desktop.panes.pane import Pane
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.changed_text import ChangedText, ChangeStrip
from desktop.widgets.compare_columns import Columns, across_scrolled
from desktop.widgets.compare_out import compared_pages, redline_mime
from desktop.widgets.compare_side import ComparisonSide
from desktop.widgets.compare_tables import PassageTable, UtteranceTable
from desktop.widgets.pieces import Elided, Segments, act, box, fill, flowing, label
from desktop.wording import number, plural, tr
from index.bidi import isolated
from index.model import Comparison, Span

VIEWS = (("columns", "Side by side"), ("redline", "Redline"), ("passages", "Then / Now"), ("utterance", "Utterance"))


class ComparePane(Pane):
    """Two to six texts, the base chosen at will."""

    reads: ClassVar[frozenset[str]] = frozenset({"document", "statement", "actor", "utterance"})
    help_page = "compare"

    def __init__(
        self, actions: Mapping[str, QAction], settings: Settings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(actions, settings, theme, parent)
        self.names: list[str] = []
        self.base = 0
        self.active = 1
        self.loaded: Loaded | None = None
        self._arranged = True  # False: the texts have to be put in the order of their dates
        self._changes: list[ChangePlace] = []
        self._current: int | None = None

        self.title, self.count = Elided(tr("Comparison"), "title"), Elided("", "muted")
        self.views = Segments(tr("How to show it"), lambda key: self._show_view())
        self.minor = QCheckBox(tr("Minor changes"))
        self.lock = QCheckBox(tr("Scroll together"))
        self.place = label("", "muted")
        self.columns = Columns(theme)
        self.redline = ChangedText(theme, tr("Redline"))
        self.redline_strip = ChangeStrip(theme, self.redline)
        self.table, self.utterance = PassageTable(theme), UtteranceTable(theme)
        self.stack = QStackedWidget()
        self.side = ComparisonSide(theme)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)

        self.minor.setChecked(True)
        self.lock.setChecked(True)
        self.minor.toggled.connect(lambda _: self._show_comparison())
        self.lock.toggled.connect(self._lock)
        self.columns.base_requested.connect(self._set_base)
        self.columns.remove_requested.connect(self._remove)
        self.columns.open_requested.connect(lambda n: self._open(self.names[n]))
        self.columns.active_changed.connect(self._set_active)
        self.columns.change_pressed.connect(self._go_to)
        self.redline.change_pressed.connect(self._go_to)
        self.redline.move_pressed.connect(self._jump_to_counterpart)
        self.columns.move_pressed.connect(self._show_both_ends)
        self.utterance.row_pressed.connect(lambda _: self.selection_changed.emit())
        self.side.spans_requested.connect(self._show_spans)
        self.side.version_requested.connect(self._use_version)
        self.side.step_requested.connect(self.step_version)
        self._assemble()

    def _assemble(self) -> None:
        for key, text in VIEWS:
            self.views.add(key, tr(text))
        words = fill(box(vertical=True, spacing=2), self.title, self.count)
        header = fill(box("header", margins=(20, 10, 14, 9), spacing=4), words, act(self.acts["comparison.swap"]),
                      act(self.acts["comparison.copy"], True, tr("Copy")),
                      act(self.acts["comparison.save"], True, tr("Save…")))  # fmt: skip
        header.layout().setStretch(0, 1)  # type: ignore[union-attr]
        changes = fill(box(spacing=4), act(self.acts["change.previous"]), self.place, act(self.acts["change.next"]))
        strip = flowing("strip", (12, 5, 12, 5), self.views, self.minor, self.lock, changes)
        merged = fill(box("page", spacing=0), self.redline, self.redline_strip)
        for page in (across_scrolled(self.columns), merged, self.table, self.utterance):
            self.stack.addWidget(page)
        self.splitter.addWidget(fill(box("page", vertical=True, spacing=0), strip, self.stack))
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([900, 300])
        self.splitter.setChildrenCollapsible(False)
        self.assemble(fill(box("page", vertical=True, spacing=0), header, self.splitter))

    # --- what the window asks for ---

    def show_statements(self, ids: Sequence[int]) -> None:
        """Compare these statements, the earliest as the base."""
        self.show_names([str(number) for number in ids])

    def show_documents(self, ids: Sequence[int]) -> None:
        """Compare whole documents, the earliest as the base."""
        self.show_names([f"doc:{number}" for number in ids])

    def show_names(self, names: Sequence[str]) -> None:
        """Compare texts by name, the earliest first: "12" a statement, "doc:3" a document."""
        self.names = list(dict.fromkeys(names))[:MOST]
        self.base, self.active, self._current, self._arranged = 0, 1, None, False
        self.load()

    def add_statements(self, ids: Sequence[int]) -> None:
        """Put statements beside those that are compared already; six at most."""
        names = [name for name in map(str, ids) if name not in self.names]
        if len(self.names) + len(names) > MOST:
            self.problem.emit(tr("Six texts can be compared at a time. Take one out first."))
        self.names = [*self.names, *names][:MOST]
        self._load_soon()

    def demonstrate(self) -> None:
        """Something to look at in a picture of the program: the statement with the likeliest other version."""
        library = self.library
        if library is None or self.names:
            return
        for utterance in library.utterances():
            if len(utterance.statements) > 1:
                self.show_statements(utterance.statements[:2])
                return
        self.show_statements(library.statement_ids()[:2])

    # --- loading ---

    def set_library(self, library: Any) -> None:
        self.names, self.base, self.active, self.loaded, self._arranged = [], 0, 1, None, True
        super().set_library(library)

    def load(self) -> None:
        library, names, base = self.library, list(self.names), self.base
        if library is None or not names:
            self.loaded = None
            self.show_empty("compare", tr("Nothing to compare yet"),
                            tr("Select two to six statements in a list and choose Compare (Ctrl+D)."),
                            "pane.search", tr("Search for statements"))  # fmt: skip
            self.selection_changed.emit()
            return
        by_date = not self._arranged
        self.asker.ask(lambda: read(library, names, base, by_date), self._show, lambda _: self._lost())

    def _lost(self) -> None:
        self.names = []
        self.load()

    def _show(self, loaded: Loaded) -> None:
        self.loaded, self._arranged = loaded, True
        self.names = [item.name for item in loaded.items]
        self.base = loaded.base
        if self.active == self.base or self.active >= len(self.names):
            self.active = next((n for n in range(len(self.names)) if n != self.base), self.base)
        several = loaded.utterance is not None and len(loaded.variants) > 1
        self.views.set_shown("utterance", several)
        if self.views.current == "utterance" and not several:
            self.views.choose("columns")
        self.show_body()
        self._show_versions()
        self._show_comparison()

    @property
    def comparison(self) -> Comparison | None:
        """From the base to the active text; None when there is one text only."""
        if self.loaded is None or self.active >= len(self.loaded.comparisons):
            return None
        return self.loaded.comparisons[self.active]

    def _show_comparison(self) -> None:
        loaded, comparison = self.loaded, self.comparison
        if loaded is None:
            return
        self._changes = change_places(comparison, self.minor.isChecked())[0] if comparison else []
        if self._current is not None and self._current >= len(self._changes):
            self._current = None
        self._describe()
        self.side.show_summary(comparison)
        self._show_view()
        self.selection_changed.emit()

    def _describe(self) -> None:
        loaded, comparison = self.loaded, self.comparison
        assert loaded is not None
        base = loaded.items[self.base]
        if comparison is None:
            self.title.set_full(base.who)
            self.count.set_full(tr("Add another text (Ctrl+Shift+D), or choose a version at the right."))
        else:
            other = loaded.items[self.active]
            names = dict.fromkeys(isolated(one.who) for one in (base, other))
            who = " / ".join(names)
            self.title.set_full(f"{who}: {base.day} → {other.day}")
            self.count.set_full(counts(comparison))
        count = plural(len(self._changes), "change", "changes")
        here = "" if self._current is None else number(self._current + 1)
        self.place.setText(tr("{here} of {count}").format(here=here, count=count) if here else count)

    def _show_view(self) -> None:
        loaded, comparison, minor = self.loaded, self.comparison, self.minor.isChecked()
        if loaded is None:
            return
        view = self.views.current
        if comparison is None and view in ("redline", "passages"):
            view = "columns"
            self.views.choose(view)
        self.stack.setCurrentIndex([key for key, _ in VIEWS].index(view))
        self.lock.setEnabled(view == "columns")
        self.minor.setEnabled(view != "utterance")
        if view == "columns":
            self.columns.show_loaded(loaded, self.active, minor, self._current)
        elif view == "redline" and comparison is not None:
            self.redline.show_pieces(merged_pieces(comparison, minor), self._current)
            self.redline_strip.refresh_soon()
        elif view == "passages" and comparison is not None:
            base, other = loaded.items[self.base], loaded.items[self.active]
            heads = [f"{isolated(item.who)}, {item.day}" for item in (base, other)]
            self.table.show_comparison(comparison, heads[0], heads[1], minor)
        elif view == "utterance":
            speakers = {str(item.statement.actor_id): item.who for item in loaded.variants if item.statement}
            self.utterance.show_loaded(loaded, speakers)
        self.selection_changed.emit()

    def _show_versions(self) -> None:
        assert self.loaded is not None
        self.side.show_versions(self.loaded, self.names, self.active)
        self.side.show_steps(self._version_beside(-1) is not None, self._version_beside(1) is not None)

    # --- what can be done ---

    def commands(self) -> dict[str, Callable[[], object]]:
        if self.loaded is None or not self.isVisible():
            return {}
        found: dict[str, Callable[[], object]] = {}
        if self._changes and self.views.current != "utterance":
            found |= {name: lambda: self.step(1) for name in ("change.next", "statement.next")}
            found |= {name: lambda: self.step(-1) for name in ("change.previous", "statement.previous")}
        if self.comparison is not None:
            found["comparison.copy"] = self.copy
            found["comparison.save"] = self._save
            found |= printing.commands(self, self.printout)
            found["comparison.swap"] = lambda: self._set_base(self.active)
        if self._version_beside(-1):
            found["version.previous"] = lambda: self.step_version(-1)
        if self._version_beside(1):
            found["version.next"] = lambda: self.step_version(1)
        ids = [item.statement.id for item in self.loaded.items if item.statement]
        if len(ids) > 1:
            found["utterance.link"] = lambda: self._link(ids)
        if self._cuttable() is not None:
            found["utterance.cut"] = self._cut
        return found

    def selected_statements(self) -> list[int]:
        if self.loaded is None:
            return []
        row = self.utterance.current_row() if self.views.current == "utterance" else -1
        items = self.loaded.variants[row : row + 1] if row >= 0 else (self.loaded.items[self.base],)
        return [item.statement.id for item in items if item.statement]

    def shown_statements(self) -> tuple[str, str, Callable[[], Sequence[int]]] | None:
        """The compared ones, or all versions of the utterance while these are shown."""
        loaded = self.loaded
        if loaded is None:
            return None
        versions = self.views.current == "utterance"
        ids = [one.statement.id for one in (loaded.variants if versions else loaded.items) if one.statement]
        if not ids:
            return None
        words = tr("All versions of the utterance ({n})") if versions else tr("The compared statements ({n})")
        return words.format(n=number(len(ids))), tr("comparison"), lambda: ids

    def parts(self) -> list[QWidget]:
        return [self.views, self.stack, self.side.summary, self.side.versions]

    def home(self) -> QWidget:
        if self.views.current == "columns" and self.columns.columns:
            return self.columns.columns[0].text
        return self.stack.currentWidget() or self

    def step(self, by: int) -> None:
        """Go to the next change, or the one before; from the last to the first."""
        if not self._changes:
            return
        here = self._current if self._current is not None else (-1 if by > 0 else 0)
        self._go_to((here + by) % len(self._changes))

    def _go_to(self, change: int) -> None:
        if not 0 <= change < len(self._changes):
            return
        self._current = change
        place = self._changes[change]
        if self.views.current == "columns":
            self.columns.show_change(change, place.left, place.right)
        elif self.views.current == "redline":
            self.redline.set_current(change)
            self.redline.scroll_to_change(change)
            self.redline_strip.update()
        elif self.views.current == "passages":
            self.table.show_spans(place.left if place.left else None, place.right if place.right else None)
        self._describe()

    def _jump_to_counterpart(self, move: int) -> None:
        """From where a block left to where it arrived, or back."""
        if self.comparison is not None and self._current is not None:
            far = counterpart(self.comparison, self.minor.isChecked(), move, self._current)
            if far is not None:
                self._go_to(far)

    def _show_both_ends(self, move: int) -> None:
        """Where a block left, in the base's column, and where it arrived, in the active one's."""
        if self.comparison is not None:
            parts = [part for part in self.comparison.redline if part.op == "move" and part.move == move]
            left = next((part.left for part in parts if part.left), None)
            self.columns.show_spans(left, next((part.right for part in parts if part.right), None))

    def _show_spans(self, left: Span | None, right: Span | None) -> None:
        if self.views.current == "utterance":
            self.views.choose("columns")
            self._show_view()
        for place, change in enumerate(self._changes):
            if (left and left.overlaps(change.left)) or (right and right.overlaps(change.right)):
                self._go_to(place)
                return
        self.columns.show_spans(left, right)

    def _set_base(self, chosen: int) -> None:
        if self.loaded is None or not 0 <= chosen < len(self.names):
            return
        self.active, self.base, self._current = self.base if chosen != self.base else self.active, chosen, None
        self.load()

    def _set_active(self, chosen: int) -> None:
        self.active, self._current = chosen, None
        self._show_comparison()

    def _remove(self, which: int) -> None:
        names = [name for n, name in enumerate(self.names) if n != which]
        base = self.names[self.base]
        self.names, self._current = names, None
        self.base = names.index(base) if base in names else 0
        self.load()

    def _open(self, name: str) -> None:
        kind, _, text = name.rpartition(":")
        if kind:
            self.document_requested.emit(int(text), None)
        else:
            self.statement_requested.emit(int(text))

    def _lock(self, locked: bool) -> None:
        self.columns.locked = locked

    # --- versions ---

    def _version_beside(self, by: int) -> str | None:
        """The version before or after the active text by date (not the base); None: there is none."""
        return version_beside(self.loaded, self.names, self.active, by) if self.loaded else None

    def step_version(self, by: int) -> None:
        """Compare the base with the version before or after the active text."""
        name = self._version_beside(by)
        if name is not None:
            self._use_version(name)

    def _use_version(self, name: str | None) -> None:
        if not name or self.loaded is None or name == self.names[self.base]:
            return
        self._current = None
        if name in self.names:
            self._set_active(self.names.index(name))
            self._show_versions()
            return
        if len(self.names) == 1:
            self.names.append(name)
        else:
            self.names[self.active] = name
        self.active = self.names.index(name)
        self.load()

    # --- utterances ---

    def _cuttable(self) -> int | None:
        """The statement that can be cut from its utterance: the row chosen, or the base."""
        if self.loaded is None or len(self.loaded.variants) < 2:
            return None
        chosen = self.selected_statements()
        return chosen[0] if chosen else None

    def _cut(self) -> None:
        chosen = self._cuttable()
        if chosen is not None:
            with self.edit("Cut from utterance", tr("The statement stands for itself now.")):
                assert self.library is not None
                self.library.cut_utterance([chosen])

    def _link(self, ids: list[int]) -> None:
        with self.edit("Link as one utterance", tr("The compared statements count as one utterance now.")):
            assert self.library is not None
            self.library.link_statements(ids)

    # --- out ---

    def copy(self) -> None:
        """The redline with its citations on the clipboard, as rich and as plain text."""
        loaded, comparison = self.loaded, self.comparison
        if loaded is not None and comparison is not None:
            items = (loaded.items[self.base], loaded.items[self.active])
            QApplication.clipboard().setMimeData(redline_mime(comparison, items, self.minor.isChecked()))
            self.message.emit(tr("The redline was copied with its citations."), "")

    def _save(self) -> None:
        kinds = tr("Web page (*.html);;Word processor (*.docx);;PDF (*.pdf)")
        path, chosen = QFileDialog.getSaveFileName(self, tr("Save the comparison"), tr("comparison.html"), kinds)
        if path:
            ending = chosen.rpartition("*")[2].rstrip(")")
            self.save(Path(path) if Path(path).suffix else Path(path + ending))

    def save(self, path: Path) -> None:
        """Write the comparison with its citations to .html, .docx or .pdf; the base comes first."""
        library = self.library
        if library is None or self.loaded is None:
            return
        names = [self.names[self.base], *(name for n, name in enumerate(self.names) if n != self.base)]
        if path.suffix.casefold() == ".pdf":
            self.printout(lambda printout: self._saved(printing.write_pdf(printout, path), path))
        else:
            self.asker.ask(lambda: library.export_comparison(names, path), lambda _: self._saved(True, path))

    def printout(self, ready: printing.Ready) -> None:
        """The comparison for paper, with its citations; the base comes first."""
        library, loaded = self.library, self.loaded
        if library is None or loaded is None:
            return
        names = [self.names[self.base], *(name for n, name in enumerate(self.names) if n != self.base)]
        title = self.title.full
        source = " | ".join(item.source for item in loaded.items)
        self.asker.ask(lambda: library.comparison_page(names), lambda page: ready(compared_pages(title, source, page)))

    def _saved(self, done: bool, path: Path) -> None:
        if done:
            self.message.emit(tr("Saved as {file}.").format(file=path.name), "")
        else:
            self.problem.emit(tr("{file} could not be written.").format(file=path.name))

    # --- the session ---

    def save_state(self) -> dict[str, Any]:
        return {"names": self.names, "base": self.base, "view": self.views.current, "minor": self.minor.isChecked()}

    def restore_state(self, state: dict[str, Any]) -> None:
        names = state.get("names")
        if isinstance(names, list) and names and not self.names:
            self.names = [str(name) for name in names][:MOST]
            base = state.get("base", 0)
            self.base = base if isinstance(base, int) else 0
            self.views.choose(str(state.get("view", "columns")))
            self.minor.setChecked(bool(state.get("minor", True)))
            self._load_soon()

