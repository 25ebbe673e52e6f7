"""Do two coders, or one coder twice, see the same? Krippendorff's alpha and kappas, with the sample for a re-code."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from index.model import Code
from index.positions.codes import counted_codes

Level = Literal["nominal", "ordinal", "interval"]
Weights = Literal["none", "linear", "squared"]


def krippendorff_alpha(units: Iterable[Sequence[float | None]], level: Level = "interval") -> float | None:
    """Krippendorff's alpha over `units`, each the values that its coders gave (None: not coded); 1 is agreement.

    Source: Krippendorff, Content Analysis (2004), chapter 11, and "Computing Krippendorff's Alpha-Reliability" (2011):
    1 - observed / expected disagreement over the coincidences of values within units. None when fewer than two values
    can be paired, or when all are equal (nothing could disagree).
    """
    coincidences: dict[tuple[float, float], float] = {}
    for unit in units:
        values = [value for value in unit if value is not None]
        if len(values) < 2:
            continue
        share = 1 / (len(values) - 1)
        for i, a in enumerate(values):
            for j, b in enumerate(values):
                if i != j:
                    coincidences[a, b] = coincidences.get((a, b), 0.0) + share
    totals: dict[float, float] = {}
    for (a, _), weight in sorted(coincidences.items()):
        totals[a] = totals.get(a, 0.0) + weight
    distance = _distance(level, totals)
    n = sum(totals.values())
    observed = sum(weight * distance(a, b) for (a, b), weight in coincidences.items())
    expected = sum(totals[a] * totals[b] * distance(a, b) for a in totals for b in totals)
    return None if expected == 0 else 1 - (n - 1) * observed / expected


def _distance(level: Level, totals: Mapping[float, float]) -> Callable[[float, float], float]:
    """The squared difference between two values at a level of measurement; ordinal counts the ranks between them."""
    if level == "nominal":
        return lambda a, b: float(a != b)
    if level == "interval":
        return lambda a, b: (a - b) ** 2
    below: dict[float, float] = {}
    running = 0.0
    for value in sorted(totals):
        below[value] = running + totals[value] / 2
        running += totals[value]
    return lambda a, b: (below[a] - below[b]) ** 2


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable], weights: Weights = "none") -> float | None:
    """Cohen's kappa of two coders over the same units in the same order; 1 is agreement, 0 what chance would give.

    Sources: Cohen 1960 (Educ. Psychol. Meas. 20, 37-46), weighted: Cohen 1968 (Psychol. Bull. 70, 213-220). Weighted
    kappa takes the categories in sorted order, one step apart. None without units, or when both used one category.
    """
    if len(first) != len(second):
        raise ValueError("two coders must have coded the same units")
    categories = sorted(set(first) | set(second), key=lambda value: (isinstance(value, str), value))
    place = {category: k for k, category in enumerate(categories)}
    n, power = len(first), {"none": 0, "linear": 1, "squared": 2}[weights]

    def penalty(a: int, b: int) -> float:
        return 0.0 if a == b else float(abs(a - b) ** power)

    if n == 0:
        return None
    observed = sum(penalty(place[a], place[b]) for a, b in zip(first, second, strict=True)) / n
    left = [sum(place[a] == k for a in first) for k in range(len(categories))]
    right = [sum(place[b] == k for b in second) for k in range(len(categories))]
    expected = sum(
        left[i] * right[j] * penalty(i, j) for i in range(len(categories)) for j in range(len(categories))
    ) / (n * n)
    return None if expected == 0 else 1 - observed / expected


def fleiss_kappa(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Fleiss' kappa (1971, Psychol. Bull. 76, 378-382): `units` with the same number of codes each, at least two."""
    if not units or len({len(unit) for unit in units}) != 1 or len(units[0]) < 2:
        return None
    raters = len(units[0])
    counts: dict[Hashable, int] = {}
    within = 0.0
    for unit in units:
        here = {value: list(unit).count(value) for value in set(unit)}
        within += (sum(count * count for count in here.values()) - raters) / (raters * (raters - 1))
        for value, count in here.items():
            counts[value] = counts.get(value, 0) + count
    total = len(units) * raters
    chance = sum((count / total) ** 2 for count in counts.values())
    return None if chance == 1 else (within / len(units) - chance) / (1 - chance)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree. `units` were coded by two or more; alphas are None where they cannot be computed.

    `relevance` is the nominal alpha of "about this issue or not"; `interval` and `ordinal` are of the codes given;
    `kappa` the squared-weighted kappa where there are exactly two coders.
    """

    coders: tuple[str, ...]
    units: int
    relevance: float | None
    ordinal: float | None
    interval: float | None
    kappa: float | None
    differing: tuple[int, ...]


def agreement_between_coders(codes: Iterable[Code], issue_id: int) -> Agreement:
    """Agreement over all statements that several coders coded; `differing` are those where their values differ most."""
    table = {key: by for key, by in counted_codes(codes, issue_id).items() if len(by) > 1}
    coders = tuple(sorted({coder for by in table.values() for coder in by}))
    units = {key: [by.get(coder) for coder in coders] for key, by in table.items()}
    return _agreement(coders, units)


def agreement_with_oneself(codes: Iterable[Code], issue_id: int, coder: str) -> Agreement:
    """The re-code check: a coder's codes beside the same coder's later second look (`Code.recode`)."""
    codes = list(codes)
    first = counted_codes(codes, issue_id)
    again = {code.statement_id: code for code in sorted(codes, key=lambda code: code.id)
             if code.recode and code.issue_id == issue_id and code.coder == coder}  # fmt: skip
    units: dict[int, list[Code | None]] = {
        key: [first[key][coder], code] for key, code in again.items() if coder in first.get(key, {})
    }
    return _agreement((coder, f"{coder} again".strip()), units)


def recode_sample(codes: Iterable[Code], issue_id: int, coder: str, size: int = 20, seed: int = 0) -> list[int]:
    """Statements for a re-code: `size` random ones that `coder` coded and has not coded again, fixed by `seed`."""
    import random

    codes = list(codes)
    done = {code.statement_id for code in codes if code.recode and code.issue_id == issue_id and code.coder == coder}
    own = sorted(key for key, by in counted_codes(codes, issue_id).items() if coder in by and key not in done)
    return random.Random(seed).sample(own, min(size, len(own)))


def _agreement(coders: tuple[str, ...], units: Mapping[int, Sequence[Code | None]]) -> Agreement:
    values = {key: [code.value if code else None for code in unit] for key, unit in units.items()}
    about = [[None if code is None else float(code.value is not None) for code in unit] for unit in units.values()]
    pairs = [(a, b) for unit in values.values() for a, b in [tuple(unit)] if a is not None and b is not None] \
        if len(coders) == 2 else []  # fmt: skip

    def spread(unit: Sequence[float | None]) -> float:
        given = [value for value in unit if value is not None]
        return max((abs(a - b) for a, b in combinations(given, 2)), default=0.0)

    apart = {key: spread(values[key]) + 10 * (_mixed(units[key])) for key in units}
    return Agreement(
        coders=coders, units=len(units),
        relevance=krippendorff_alpha(about, "nominal"),
        ordinal=krippendorff_alpha(values.values(), "ordinal"),
        interval=krippendorff_alpha(values.values(), "interval"),
        kappa=cohen_kappa([a for a, _ in pairs], [b for _, b in pairs], "squared") if pairs else None,
        differing=tuple(sorted((key for key in apart if apart[key] > 0), key=lambda key: (-apart[key], key))),
    )  # fmt: skip


def _mixed(unit: Sequence[Code | None]) -> bool:
    return len({code.value is None for code in unit if code}) > 1
