"""Two pictures of real positions, to look at: python tests/bench/positions_pictures.py FOLDER

The rate decisions of the FOMC 1994-2015 with their first moves, and the economic positions of three British parties in six
elections, computed from sentence codes (large marks) beside the published ones (diamonds, put on the same scale).
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from positions_reference import DATA, manifestos, table

from index.model import Code, Issue, Position, Span, Statement, When
from index.plot import write_plot
from index.positions.codes import coded
from index.positions.estimates import estimates
from index.positions.timeline import timeline, together


def rates(out: Path) -> None:
    """The rate path: steps of a quarter point, cut at half a point."""
    issue = Issue(1, "Federal funds rate, 1994-2015", "cuts", "raises", question="Is the target lowered, held or raised?")
    statements, codes = [], []
    for k, row in enumerate(table(DATA / "fomc" / "metadata.csv"), 1):
        day = date.fromisoformat(row["published"])
        statements.append(Statement(id=k, document_id=k, number=1, kind="own", content=(Span(0, 1),), text=row["title"],
                                    actor_id=1, actor="FOMC", when=When(day, day)))  # fmt: skip
        change = row["change_bp_vs_previous_stated"]
        if change:
            codes.append(Code(k, k, 1, 1, max(-2.0, min(2.0, float(change) / 25))))
    write_plot(timeline(issue, statements, codes), out)


def parties(out: Path) -> None:
    """Computed means beside the published positions, which are put on the codes' scale by a straight line."""
    import numpy as np

    question = "Sentence codes by experts (marks) and the published positions (diamonds, rescaled, drawn half a year later)."
    issue = Issue(2, "Economic policy, 1987-2010", "left", "right", question=question)
    statements, codes = manifestos()
    given = [Code(k, k, 2, 1, value) for k, value in enumerate(codes["Economic"], 1) if value is not None]
    found = {(e.actor_id, e.start.year): e for e in estimates(issue, coded(issue, statements, given).positions, "year")}
    first = {(s.actor_id, s.when.earliest.year): s for s in statements[::-1] if s.when and s.when.earliest}
    published = table(DATA / "uk_manifestos" / "expected_positions_published.csv")
    printed = {row["manifesto"]: float(row["expert_econ"]) for row in published}
    keys = sorted(found, key=str)
    slope, start = np.polyfit([printed[str(first[key].actor)] for key in keys], [found[key].mean for key in keys], 1)
    extra = [Position(first[key].id, 2, first[key].actor_id, later(first[key].when),
                      float(start + slope * printed[str(first[key].actor)]), method="published", status="suggested")
             for key in keys]  # fmt: skip
    names = {row["manifesto"]: row["actor"] for row in table(DATA / "uk_manifestos" / "metadata.csv")}
    parties_of = {names[str(s.actor)]: [s.actor_id] for s in statements if s.actor_id is not None}
    drawn = timeline(issue, together(statements, parties_of), given, extra=together(extra, parties_of), band=False)
    write_plot(drawn, out)


def later(when: When | None) -> When | None:
    """Half a year on: exactly on each other, neither mark could be seen."""
    if when is None or when.earliest is None:
        return None
    day = when.earliest + timedelta(180)
    return When(day, day)


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    rates(folder / "fomc.png")
    parties(folder / "manifestos.png")
    print(f"wrote fomc.png and manifestos.png in {folder}")
