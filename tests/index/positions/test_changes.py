"""Change points and the moving mean, against the flow of the Nile (Cobb 1978) and by simulation."""

from __future__ import annotations

import math
import random

import pytest

from index.positions.changepoints import change_point
from index.positions.smoothing import local_level

# Annual flow of the Nile at Aswan 1871-1970, 10^8 m3 (Cobb 1978, Biometrika 65, 243-251).
NILE_TEXT = (
    "1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140 1100 1210 1150 1250 "
    "1260 1220 1030 1100 774 840 874 694 940 833 701 916 692 1020 1050 969 831 726 456 824 702 1120 1100 832 764 821 "
    "768 845 864 862 698 845 744 796 1040 759 781 865 845 944 984 897 822 1010 771 676 649 846 812 742 801 1040 860 "
    "874 848 890 744 749 838 1050 918 986 797 923 975 815 1020 906 901 1170 912 746 919 718 714 740"
)
NILE = [float(value) for value in NILE_TEXT.split(" ")]


def test_the_nile_changes_after_1898() -> None:
    found = change_point(NILE)
    assert found and found.after == 28
    assert 1871 + found.after - 1 == 1898
    assert (found.mean_before, found.mean_after) == (pytest.approx(1097.75), pytest.approx(849.9722222))
    assert found.p <= 0.001


def test_the_same_series_gives_the_same_answer_each_time() -> None:
    series = [math.sin(k) for k in range(60)]
    assert change_point(series) == change_point(series)


def test_fewer_than_twelve_codes_are_not_tested() -> None:
    assert change_point([0.0] * 5 + [2.0] * 6) is None


def test_all_codes_equal_is_no_change() -> None:
    found = change_point([1.0] * 30)
    assert found and found.p == 1.0


def test_a_break_never_falls_between_codes_of_one_day() -> None:
    found = change_point([0.0] * 8 + [2.0] * 8, days=[0.0] * 6 + [1.0] * 4 + [2.0] * 6)
    assert found and found.after in (6, 10)
    assert change_point([0.0] * 8 + [2.0] * 8, days=[0.0] * 16) is None


def test_false_alarms_are_as_rare_as_promised() -> None:
    chance = random.Random(1)
    alarms = sum(
        found.p < 0.05
        for _ in range(300)
        if (found := change_point([float(chance.randint(-2, 2)) for _ in range(20)], permutations=199))
    )
    assert 0.02 <= alarms / 300 <= 0.08


def test_the_local_level_of_the_nile_is_the_published_one() -> None:
    # Durbin & Koopman (2012), section 2.2: variances 15099 and 1469.1.
    found = local_level([float(1871 + k) for k in range(100)], NILE)
    assert found
    assert found.level_variance == pytest.approx(1469.1, rel=0.001)
    assert found.noise_variance == pytest.approx(15099, rel=0.001)
    assert found.mean[0] == pytest.approx(1111.67, abs=0.1)
    assert found.mean[-1] == pytest.approx(798.37, abs=0.1)


def test_the_band_widens_where_nobody_spoke() -> None:
    times = [float(k) for k in range(20)] + [float(k) for k in range(80, 100)]
    values = [math.sin(k / 3) + (k * 7 % 5) / 5 for k in range(40)]
    found = local_level(times, values, grid=[50.0])
    assert found
    width = {time: high - low for time, low, high in zip(found.times, found.low, found.high, strict=True)}
    assert width[50.0] > 1.5 * width[19.0]
    assert width[50.0] > 1.5 * width[80.0]


def test_several_codes_of_one_day_weigh_as_one_by_one() -> None:
    chance = random.Random(2)
    times = [float(k // 3) for k in range(90)]
    values = [math.sin(time / 5) + chance.gauss(0, 0.5) for time in times]
    together = local_level(times, values)
    # The same with the three codes of a day spread over almost no time.
    apart = local_level([time + 1e-9 * (k % 3) for k, time in enumerate(times)], values)
    assert together and apart
    assert together.level_variance == pytest.approx(apart.level_variance, rel=1e-3)
    assert together.mean[-1] == pytest.approx(apart.mean[-1], abs=1e-4)


def test_a_series_without_movement_or_with_two_points_has_no_band() -> None:
    assert local_level([1.0, 2.0, 3.0], [1.0, 1.0, 1.0]) is None
    assert local_level([1.0, 2.0], [1.0, 2.0]) is None


def test_pure_noise_gets_a_level_that_does_not_move() -> None:
    chance = random.Random(3)
    found = local_level([float(k) for k in range(200)], [chance.gauss(0, 1) for _ in range(200)])
    assert found
    assert max(found.mean) - min(found.mean) < 0.6


def test_times_before_the_first_code_are_answered_with_less_certainty() -> None:
    values = [float(k % 3) + k / 10 for k in range(30)]
    found = local_level([float(k) for k in range(10, 40)], values, grid=[0.0])
    assert found and found.times[0] == 0.0
    assert found.high[0] - found.low[0] > found.high[1] - found.low[1]
