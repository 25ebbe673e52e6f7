"""Alpha and kappas against the numbers in Krippendorff's and Cohen's own examples."""

from __future__ import annotations

import pytest

from index.model import Code
from index.positions.agreement import (
    agreement_between_coders,
    agreement_with_oneself,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    recode_sample,
)

# Krippendorff 1980, the "C data": four coders, twelve units.
C_DATA: list[list[float | None]] = [
    [1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4],
    [1, 1, 2, 1], [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1], [None, 3, None, None],
]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743421052632), ("ordinal", 0.815387503755), ("interval", 0.849107142857)]
)
def test_alpha_is_krippendorffs_own(level: str, published: float) -> None:
    assert krippendorff_alpha(C_DATA, level) == pytest.approx(published, abs=1e-9)  # type: ignore[arg-type]


def test_alpha_of_nothing_to_compare_is_unknown_and_of_equal_pairs_one() -> None:
    assert krippendorff_alpha([[1, None], [None, 2]]) is None
    assert krippendorff_alpha([[1, 1], [1, 1]]) is None
    assert krippendorff_alpha([[1, 1], [2, 2]]) == 1


def test_kappa_by_hand() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed .7, chance .5, kappa .4
    first = ["y"] * 25 + ["n"] * 25
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


def test_weighted_kappas_forgive_near_misses() -> None:
    first, second = [1, 2, 3, 4, 5, 3], [1, 2, 3, 4, 4, 2]
    plain, linear, squared = (cohen_kappa(first, second, w) for w in ("none", "linear", "squared"))  # type: ignore[arg-type]
    assert plain is not None and linear is not None and squared is not None
    assert plain < linear < squared < 1


def test_kappa_of_one_category_or_no_units_is_unknown() -> None:
    assert cohen_kappa([1, 1], [1, 1]) is None
    assert cohen_kappa([], []) is None
    with pytest.raises(ValueError, match="same units"):
        cohen_kappa([1], [1, 2])


def test_fleiss_kappa_needs_the_same_number_of_codes_everywhere() -> None:
    assert fleiss_kappa([[1, 1, 1], [2, 2, 2]]) == 1
    assert fleiss_kappa([[1, 1], [1, 1, 1]]) is None
    assert fleiss_kappa([]) is None


def codes() -> list[Code]:
    rows: list[tuple[int, str, float | None]] = [
        (1, "ann", 2), (1, "ben", 2), (2, "ann", -1), (2, "ben", 1), (3, "ann", 0), (3, "ben", None), (4, "ann", 1),
    ]  # fmt: skip
    return [Code(k, statement, 7, 1, value, coder) for k, (statement, coder, value) in enumerate(rows, 1)]


def test_coders_are_compared_where_both_coded_and_the_widest_differences_come_first() -> None:
    found = agreement_between_coders(codes(), 7)
    assert found.coders == ("ann", "ben")
    assert found.units == 3
    assert found.differing == (3, 2)
    assert found.relevance is not None and found.relevance < 1
    assert found.interval == pytest.approx(krippendorff_alpha([[2, 2], [-1, 1]]))
    assert found.kappa == pytest.approx(cohen_kappa([2, -1], [2, 1], "squared"))


def test_a_recode_compares_a_coder_with_oneself() -> None:
    again = [Code(20, 1, 7, 1, 2, "ann", recode=True), Code(21, 2, 7, 1, 0, "ann", recode=True)]
    found = agreement_with_oneself([*codes(), *again], 7, "ann")
    assert found.units == 2
    assert found.differing == (2,)


def test_the_sample_for_a_recode_is_fixed_by_its_seed_and_skips_what_was_done() -> None:
    many = [Code(k, k, 7, 1, 0.0, "ann") for k in range(1, 51)]
    first = recode_sample(many, 7, "ann", seed=3)
    assert len(first) == 20 == len(set(first))
    assert first == recode_sample(many, 7, "ann", seed=3) != recode_sample(many, 7, "ann", seed=4)
    done = Code(99, first[0], 7, 1, 0.0, "ann", recode=True)
    assert first[0] not in recode_sample([*many, done], 7, "ann", size=50)
    assert recode_sample(many, 7, "ben") == []
