"""Every row of the reference table of positions, expected against obtained: run it with the shared folder at hand.

    python -m tests.bench.positions_reference      (or: python tests/bench/positions_reference.py)

The expected values were published by others; the folder is `../shared`, or what STANDPOINT_SHARED says. The exit code
is 1 when a row misses its tolerance.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from rapidfuzz.distance import LCSseq  # noqa: E402

from index.compare import compare  # noqa: E402
from index.compare.alignment import aligned  # noqa: E402
from index.compare.tokens import tokens  # noqa: E402
from index.model import Code, Issue, Span, Statement, When  # noqa: E402
from index.positions import agreement, dictionary, suggestions  # noqa: E402
from index.positions.changepoints import change_point  # noqa: E402
from index.positions.codes import coded  # noqa: E402
from index.positions.estimates import coverage, estimates  # noqa: E402
from index.positions.smoothing import local_level  # noqa: E402
from index.positions.timeline import timeline  # noqa: E402
from index.positions.wordscores import laver_benoit_garry, wordscores  # noqa: E402

SHARED = Path(os.environ.get("STANDPOINT_SHARED") or ROOT.parent / "shared")
BENCH = SHARED / "bench" / "positions"
DATA = SHARED / "data"


DRAWS = 20  # samples per manifesto and seed: with one, chance alone moves the share by .03


class Row(NamedTuple):
    """One line of the table: what is measured, the published value, ours, and whether it is within the tolerance."""

    what: str
    expected: object
    obtained: object
    tolerance: str
    ok: bool


def near(what: str, expected: float, obtained: float | None, tolerance: float, relative: bool = False) -> Row:
    off = abs((obtained if obtained is not None else float("inf")) - expected)
    allowed = tolerance * abs(expected) if relative else tolerance
    return Row(what, expected, obtained, f"{tolerance:g}{' relative' if relative else ''}", off <= allowed)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- the rows -------------------------------------------------------------------------------------------------------


def wordscores_toy() -> Iterator[Row]:
    rows = table(BENCH / "lbg_example.csv")
    counts = [{k: int(v) for k, v in row.items() if k not in ("doc", "ref_score")} for row in rows]
    known = [(row["ref_score"], count) for row, count in zip(rows, counts, strict=True)]
    model = wordscores([(float(score), count) for score, count in known if score != "NA"])
    raw, mv, lbg = model.raw(counts[5]), model.martin_vanberg(counts[5]), laver_benoit_garry(model, counts)[5]
    assert raw and mv and lbg
    yield near("LBG 2003 toy: V1 raw", -0.4480591, raw.score, 1e-6)
    yield near("LBG 2003 toy: V1 raw SE", 0.011897667, raw.se, 1e-6)
    yield near("LBG 2003 toy: V1 raw low", -0.47137808, raw.low, 1e-6)
    yield near("LBG 2003 toy: V1 raw high", -0.42474008, raw.high, 1e-6)
    yield near("LBG 2003 toy: V1 Martin-Vanberg", -0.5099572, mv.score, 1e-6)
    yield near("LBG 2003 toy: V1 Martin-Vanberg SE", 0.013541297, mv.se, 1e-6)
    yield near("LBG 2003 toy: V1 LBG", -0.52967149, lbg.score, 1e-6)
    yield near("LBG 2003 toy: V1 LBG SE = raw SE x 1.21857586", 0.011897667 * 1.21857586, lbg.se, 1e-6)
    for row in table(BENCH / "lbg" / "expected_wordscores.csv"):
        if row["word"] in ("A", "G", "P", "W", "ZF"):
            yield near(f"LBG 2003 toy: word {row['word']}", float(row["score"]), model.scores[row["word"]], 1e-6)


def wordscores_manifestos() -> Iterator[Row]:
    rows = table(BENCH / "ukmanif" / "word_counts.csv")
    texts = {name: {row["word"]: int(row[name]) for row in rows} for name in rows[0] if name != "word"}
    anchors = {"UKCONS92a.txt": 17.21, "UKLAB92a.txt": 5.35, "UKLIBDEM92a.txt": 8.21}
    model = wordscores([(value, texts[name]) for name, value in anchors.items()])
    names = ["FULUKLAB97a.txt", "UKCONS97a.txt", "UKLIBDEM97a.txt"]
    found = laver_benoit_garry(model, [texts[name] for name in names])
    for name, expected, score in zip(names, (9.193603, 17.160808, 4.972796), found, strict=True):
        obtained = score.score if score else None
        yield near(f"UK manifestos: {name.removesuffix('.txt')} (LBG)", expected, obtained, 1e-5, True)
    yield near("UK manifestos: words scored", 5511, len(model.scores), 0)


def dictionaries() -> Iterator[Row]:
    for row in table(BENCH / "sentiment_scales" / "expected.csv"):
        counts = dictionary.pole_counts(row["text"], ["bad"], ["good", "great"])
        yield near(f"dictionary {row['doc']}: logit", float(row["logit_smooth0.5"]), counts.logit, 1e-9)
        expected = None if row["relpropdiff"] == "NaN" else float(row["relpropdiff"])
        yield Row(f"dictionary {row['doc']}: relative", expected, counts.relative, "exact", counts.relative == expected)
        yield near(f"dictionary {row['doc']}: absolute", float(row["abspropdiff"]), counts.absolute, 1e-12)


def agreements() -> Iterator[Row]:
    expected = {(r["dataset"], r["measure"]): float(r["value"]) for r in table(BENCH / "agreement" / "expected.csv")}
    levels: tuple[agreement.Level, ...] = ("nominal", "ordinal", "interval")
    files = {"krippendorff_1980_C_data": "krippendorff_C_data.csv", "wikipedia_3x15": "wikipedia_3x15.csv"}
    for name, file in files.items():
        rows = table(BENCH / "agreement" / file)
        lines = [[float(v) if v else None for k, v in row.items() if k != "rater"] for row in rows]
        units = list(zip(*lines, strict=True))
        for level in levels:
            yield near(f"{name}: alpha {level}", expected[name, f"alpha {level}"],
                       agreement.krippendorff_alpha(units, level), 1e-9)  # fmt: skip
    anxiety = table(BENCH / "agreement" / "anxiety.csv")
    first, second = ([int(row[rater]) for row in anxiety] for rater in ("rater1", "rater2"))
    kinds: dict[agreement.Weights, str] = {
        "none": "unweighted", "linear": "linear weights", "squared": "squared weights",
    }  # fmt: skip
    for weights, words in kinds.items():
        yield near(f"anxiety: kappa {words}", expected["anxiety[rater1;rater2]", f"kappa {words}"],
                   agreement.cohen_kappa(first, second, weights), 1e-9)  # fmt: skip
    codes = [list(row.values()) for row in table(BENCH / "agreement" / "diagnoses.csv")]
    yield near("diagnoses: kappa of raters 2 and 3", expected["diagnoses[rater2;rater3]", "kappa unweighted"],
               agreement.cohen_kappa([row[1] for row in codes], [row[2] for row in codes]), 1e-9)  # fmt: skip
    fleiss = expected["diagnoses (6 raters)", "Fleiss kappa"]
    yield near("diagnoses: Fleiss kappa", fleiss, agreement.fleiss_kappa(codes), 1e-9)


def manifestos() -> tuple[list[Statement], dict[str, list[float | None]]]:
    """The sentences as statements of their party at the day of the election, and the experts' codes by scale."""
    known = {row["manifesto"]: row for row in table(DATA / "uk_manifestos" / "metadata.csv")}
    actors = sorted({row["actor"] for row in known.values()})
    statements, codes = [], defaultdict(list)
    for k, row in enumerate(table(DATA / "uk_manifestos" / "sentences_coded.csv"), 1):
        source = known[row["manifestoid"]]
        day = date.fromisoformat(source["published"])
        statements.append(Statement(
            id=k, document_id=1, number=k, kind="own", content=(Span(0, 1),), text=row["sentence_text"],
            actor_id=actors.index(source["actor"]) + 1, actor=row["manifestoid"], when=When(day, day),
        ))  # fmt: skip
        for scale, column in (("Economic", "econ_experts"), ("Social", "soc_experts")):
            codes[scale].append(exact(row[column], int(row[f"{column}_n"])) if row[column] else None)
    return statements, codes


def exact(mean: str, n: int) -> float:
    """A mean of `n` whole codes, from the table's four decimals: -0.8333 of 6 codes is -5/6."""
    return round(float(mean) * n) / n


def positions_over_time() -> Iterator[Row]:
    import numpy as np

    statements, codes = manifestos()
    by_id = {statement.id: statement for statement in statements}
    computed = {(r["manifesto"], r["scale"]): r for r in table(DATA / "uk_manifestos" / "mean_of_means_computed.csv")
                if r["source"] == "Experts"}  # fmt: skip
    published = {r["manifesto"]: r for r in table(DATA / "uk_manifestos" / "expected_positions_published.csv")}
    for scale, column in (("Economic", "expert_econ"), ("Social", "expert_soc")):
        issue = Issue(1, scale, "low", "high")
        given = [Code(k, k, 1, 1, value) for k, value in enumerate(codes[scale], 1) if value is not None]
        found = coded(issue, statements, given)
        names = {(by_id[p.statement_id].actor_id, p.when.earliest.year): by_id[p.statement_id].actor
                 for p in found.positions if p.when and p.when.earliest}  # fmt: skip
        means = {str(names[e.actor_id, e.start.year]): e for e in estimates(issue, found.positions, "year")}
        worst = max(means, key=lambda name: abs(means[name].mean - float(computed[name, scale]["mean_of_means"])))
        yield near(f"{scale}: mean of sentence means, {len(means)} manifestos (worst: {worst})",
                   float(computed[worst, scale]["mean_of_means"]), means[worst].mean, 1e-6)  # fmt: skip
        wrong_n = sum(means[name].n != int(computed[name, scale]["n_sentences"]) for name in means)
        yield Row(f"{scale}: manifestos with another n", 0, wrong_n, "exact", wrong_n == 0)
        r = float(np.corrcoef([means[n].mean for n in means], [float(published[n][column]) for n in means])[0, 1])
        yield Row(f"{scale}: r with the published positions", ">= .995", round(r, 4), ".995", r >= 0.995)


def interval_coverage() -> Iterator[Row]:
    statements, codes = manifestos()
    scales: dict[str, dict[str | None, list[float]]] = {"economic": defaultdict(list), "social": defaultdict(list)}
    for scale, populations in scales.items():
        for statement, value in zip(statements, codes[scale.capitalize()], strict=True):
            if value is not None:
                populations[statement.actor].append(value)
    for n in (10, 20):
        shares = {scale: coverage(list(populations.values()), n, range(12), draws=DRAWS)
                  for scale, populations in scales.items()}  # fmt: skip
        share = sum(shares.values()) / len(shares)
        parts = ", ".join(f"{scale} {value:.3f}" for scale, value in shares.items())
        what = f"coverage of 95 % t intervals, n = {n}, 12 seeds x {DRAWS} draws"
        yield Row(what, ".93-.97", f"{share:.3f} ({parts})", "", 0.93 <= share <= 0.97)


def nile() -> Iterator[Row]:
    rows = table(BENCH / "changepoint" / "nile.csv")
    found = change_point([float(row["flow"]) for row in rows])
    assert found
    yield near("Nile: change after", 28, found.after, 0)
    year = rows[found.after - 1]["year"]
    yield Row("Nile: year of the last value before", "1898", year, "exact", year == "1898")
    expected = table(BENCH / "smoothing" / "nile_structts.csv")
    level = local_level([float(r["year"]) for r in expected], [float(r["flow"]) for r in expected])
    assert level
    yield near("Nile: level variance", 1469, level.level_variance, 0.02, True)
    off = max(abs(m - float(r["smoothed"])) for m, r in zip(level.mean, expected, strict=True))
    yield near("Nile: smoothed curve, largest difference", 0, off, 1)


def suggestion_model() -> Iterator[Row]:
    import numpy as np

    statements, codes = manifestos()
    known = [(s.text, value) for s, value in zip(statements, codes["Economic"], strict=True) if value is not None]
    rows = [suggestions.features(text) for text, _ in known]
    scores = np.array([value for _, value in known])
    found = []
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(len(known))
        learn, test = order[:400], order[400:]
        coded_ones = [(k, float(scores[k])) for k in learn.tolist()]
        model = suggestions.fitted(coded_ones, [rows[k] for k in learn], 0.0, frozenset())
        guessed = [suggestions.predicted_from(model, rows[k]) for k in test]
        found.append(float(np.corrcoef(guessed, scores[test])[0, 1]))
    r = sum(found) / len(found)
    yield Row("suggestions: r with the experts, n = 400, 5 seeds", ".40-.41", round(r, 3), ".03", 0.37 <= r <= 0.44)


def first_moves() -> Iterator[Row]:
    issue = Issue(1, "Federal funds rate", "cuts", "raises")
    statements, codes = [], []
    for k, row in enumerate(table(DATA / "fomc" / "metadata.csv"), 1):
        day = date.fromisoformat(row["published"])
        statements.append(Statement(
            id=k, document_id=k, number=1, kind="own", content=(Span(0, 1),), text="", actor_id=1, actor="FOMC",
            when=When(day, day),
        ))  # fmt: skip
        change = row["change_bp_vs_previous_stated"]
        if change:
            codes.append(Code(k, k, 1, 1, max(-2.0, min(2.0, float(change) / 25))))
    lane = timeline(issue, statements, codes).lanes[0]
    by_id = {s.id: s for s in statements}
    found = ", ".join(when.edtf[:7] for k in lane.turns if (when := by_id[k].when))
    expected = "2001-01, 2004-06, 2007-09, 2015-12"
    yield Row("FOMC 1994-2015: first moves", expected, found, "exact", found == expected)


def word_differences() -> Iterator[Row]:
    """Pairs of FOMC statements whose texts are here: nothing is lost or made up, and as many words are kept as can be."""
    folder = DATA / "fomc" / "text"
    pairs = [(folder / f"{row['date_old']}.txt", folder / f"{row['date_new']}.txt", row)
             for row in table(BENCH / "fomc_redline" / "consecutive_pairs.csv")]  # fmt: skip
    here = [(old.read_text("utf-8"), new.read_text("utf-8"), row) for old, new, row in pairs if old.is_file() and new.is_file()]
    unbalanced, kept, most, least, beyond = 0, 0, 0, 1.0, 0
    for old, new, row in here:
        left, right = tokens(old), tokens(new)
        found = compare(old, new)
        sides = [[part.left for part in found.parts], [part.right for part in found.parts]]
        texts = ["".join(span.of(text) for span in side if span) for side, text in zip(sides, (old, new), strict=True)]
        equal = len(aligned(left, right))
        deleted = len(left.words) - equal
        inserted = len(right.words) - equal
        unbalanced += len(left.words) - deleted != len(right.words) - inserted or sorted(texts[0]) != sorted(old)
        exact = LCSseq.similarity([left.key[k] for k in left.words], [right.key[k] for k in right.words])
        kept, most, least = kept + equal, most + exact, min(least, equal / exact if exact else 1.0)
        beyond += int(row["difflib_equal"]) < 0.99 * int(row["lcs_equal"])
    yield Row(f"word differences, {len(here)} pairs: old - deleted = new - inserted", 0, unbalanced, "exact", unbalanced == 0)
    yield Row("word differences: equal words of the exact LCS, all", ">= .99", round(kept / most, 4), "", kept / most >= 0.99)
    yield Row("word differences: worst pair (difflib's worst: .32)", "(for comparison)", round(least, 4), "", True)
    yield Row("pairs in which difflib keeps less than 99 %", "(for comparison)", beyond, "", True)


ROWS: tuple[Callable[[], Iterator[Row]], ...] = (
    wordscores_toy, wordscores_manifestos, dictionaries, agreements, positions_over_time, interval_coverage, nile,
    suggestion_model, word_differences, first_moves,
)  # fmt: skip


def main() -> int:
    """Print the table; 1 when a row misses."""
    if not BENCH.is_dir():
        print(f"no shared folder at {SHARED}: nothing to compare with")
        return 0
    missed = 0
    for make in ROWS:
        for row in make():
            missed += not row.ok
            mark = "ok  " if row.ok else "MISS"
            print(f"{mark} {row.what:70} expected {row.expected!s:24} obtained {row.obtained!s:24} {row.tolerance}")
    print("all within tolerance" if not missed else f"{missed} rows miss their tolerance")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
