"""Are the intervals what they say: against closed forms, and in simulated repeats?"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from qdocs.stats import RESAMPLES, Interval, median_spread, speed_ratio, window_mean

thorough = settings(max_examples=100, deadline=None, database=None)
times = st.floats(min_value=0.01, max_value=1e4)
rounds = st.lists(st.lists(times, min_size=1, max_size=6), min_size=1, max_size=5)


def within_noise(hits: int, repeats: int, share: float = 0.95) -> bool:
    """Whether a count fits a share, up to three standard errors of the simulation."""
    return abs(hits / repeats - share) < 3 * math.sqrt(share * (1 - share) / repeats)


# The interval of a median


def test_the_interval_of_a_median_lies_between_values() -> None:
    assert median_spread([7.0] * 5) == math.inf
    assert median_spread([10.0, 11.0, 9.0, 10.0, 10.0, 12.0]) == pytest.approx(3 / 10)
    # Of ten, the second and the ninth: P(B <= 1) = 11/1024, P(B <= 2) = 56/1024.
    assert median_spread([float(one) for one in range(1, 11)]) == pytest.approx(7 / 5.5)


@pytest.mark.parametrize("count", [6, 15, 40])
def test_the_interval_of_a_median_holds_it_95_times_in_100(count: int) -> None:
    draws = np.random.default_rng(5).exponential(size=(2000, count))
    held = 0
    for values in draws:
        width = median_spread(values) * float(np.median(values))
        ordered = np.sort(values)
        low = next(i for i in range(count) if math.isclose(ordered[-1 - i] - ordered[i], width))
        held += ordered[low] <= math.log(2) <= ordered[-1 - low]
    assert held / 2000 >= 0.94


# The ratio of speeds


def test_two_rounds_by_hand() -> None:
    # Ratios 2 and 8: mean of logs log 4, standard error log 2, t(0.975; 1) = 12.7062.
    found = speed_ratio([[2.0, 2.0, 9.0], [8.0]], [[1.0], [0.5, 1.0, 1.5]])
    assert found.basis == "rounds"
    assert found.value == pytest.approx(4.0)
    assert found.low == pytest.approx(4 * 2**-12.7062, rel=1e-4)
    assert found.high == pytest.approx(4 * 2**12.7062, rel=1e-4)


@thorough
@given(st.lists(st.tuples(st.lists(times, min_size=1), st.lists(times, min_size=1)), min_size=2, max_size=6))
def test_rounds_against_scipy(pairs: list[tuple[list[float], list[float]]]) -> None:
    logs = [math.log(float(np.median(b)) / float(np.median(s))) for b, s in pairs]
    found = speed_ratio([b for b, _ in pairs], [s for _, s in pairs])
    assert math.log(found.value) == pytest.approx(np.mean(logs), abs=1e-9)
    if max(logs) - min(logs) > 1e-6:
        expected = stats.ttest_1samp(logs, 0.0).confidence_interval(0.95)
        assert math.log(found.low) == pytest.approx(expected.low, rel=1e-6, abs=1e-6)
        assert math.log(found.high) == pytest.approx(expected.high, rel=1e-6, abs=1e-6)


def simulate_rounds(
    rng: np.random.Generator, count: int, between: float
) -> tuple[list[list[float]], list[list[float]]]:
    """Times with noise between processes and within; the scheme is 1.5 times as fast."""

    def side(ms: float) -> list[list[float]]:
        level = np.exp(rng.normal(0, between, (count, 1)))
        return (ms * level * np.exp(rng.normal(0, 0.01, (count, 9)))).tolist()  # type: ignore[no-any-return]

    return side(30.0), side(20.0)


@pytest.mark.parametrize("count", [2, 3, 6])
def test_rounds_hold_the_truth_95_times_in_100(count: int) -> None:
    rng = np.random.default_rng(count)
    intervals = [speed_ratio(*simulate_rounds(rng, count, between=0.05)) for _ in range(1500)]
    assert within_noise(sum(i.low <= 1.5 <= i.high for i in intervals), len(intervals))
    assert within_noise(sum(i.low > 1.5 for i in intervals), len(intervals), 0.025)


def test_one_round_leaves_out_what_processes_differ_by_and_says_so() -> None:
    rng = np.random.default_rng(1)
    quiet = [speed_ratio(*simulate_rounds(rng, 1, between=0.0)) for _ in range(60)]
    noisy = [speed_ratio(*simulate_rounds(rng, 1, between=0.05)) for _ in range(60)]
    assert {i.basis for i in quiet + noisy} == {"iterations"}
    assert sum(i.low <= 1.5 <= i.high for i in quiet) >= 50
    assert sum(i.low <= 1.5 <= i.high for i in noisy) <= 30


def test_one_round_is_a_percentile_bootstrap() -> None:
    rng = np.random.default_rng(7)
    # Skewed, as times are, so that other bootstraps give other bounds.
    base, scheme = 30 + rng.exponential(3, 40), 20 + rng.exponential(3, 40)
    found = speed_ratio([base.tolist()], [scheme.tolist()])
    assert found.value == pytest.approx(float(np.median(base) / np.median(scheme)))
    drawn = rng.choice(base, (20_000, 40)), rng.choice(scheme, (20_000, 40))
    low, high = np.quantile(np.median(drawn[0], axis=1) / np.median(drawn[1], axis=1), [0.025, 0.975])
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.004)
    assert speed_ratio([base.tolist()], [scheme.tolist()]) == found
    assert RESAMPLES >= 1000


def test_one_iteration_has_no_interval() -> None:
    for base, scheme in (([[3.0]], [[2.0]]), ([[3.0, 3.0]], [[2.0]]), ([[3.0]], [[2.0, 2.0]])):
        assert speed_ratio(base, scheme) == Interval(1.5, 1.5, 1.5, "none")


@thorough
@given(data=st.data(), baseline=rounds)
def test_swapping_the_sides_inverts_the_ratio(data: st.DataObject, baseline: list[list[float]]) -> None:
    scheme = data.draw(st.lists(st.lists(times, min_size=1), min_size=len(baseline), max_size=len(baseline)))
    there, back = speed_ratio(baseline, scheme), speed_ratio(scheme, baseline)
    assert there.value * back.value == pytest.approx(1)
    assert there.basis == back.basis
    if there.basis != "iterations":
        # Far apart rounds give bounds beyond the range of floats.
        for a, b in ((there.low, back.high), (there.high, back.low)):
            if 1e-150 < a < 1e150:
                assert a * b == pytest.approx(1)


def test_swapping_the_sides_of_one_round_inverts_its_bounds() -> None:
    rng = np.random.default_rng(3)
    base, scheme = [rng.normal(30, 1, 50).tolist()], [rng.normal(20, 1, 50).tolist()]
    there, back = speed_ratio(base, scheme), speed_ratio(scheme, base)
    assert (there.low * back.high, there.high * back.low) == pytest.approx((1, 1), abs=0.01)


@thorough
@given(baseline=rounds, data=st.data(), power=st.integers(-6, 6))
def test_another_unit_changes_nothing(baseline: list[list[float]], data: st.DataObject, power: int) -> None:
    scheme = data.draw(st.lists(st.lists(times, min_size=1), min_size=len(baseline), max_size=len(baseline)))

    def scaled(side: list[list[float]]) -> list[list[float]]:
        return [[2.0**power * t for t in times] for times in side]

    # Powers of two scale without rounding, so that the results are equal to the last bit.
    assert speed_ratio(scaled(baseline), scaled(scheme)) == speed_ratio(baseline, scheme)


@thorough
@given(rounds)
def test_against_itself_a_scheme_is_as_fast(side: list[list[float]]) -> None:
    found = speed_ratio(side, side)
    assert found.value == 1
    assert found.low <= 1 <= found.high
    if len(side) >= 2:
        assert found.low == found.high == 1


def test_a_faster_scheme_is_above_one() -> None:
    assert speed_ratio([[20.0, 20.0]] * 2, [[10.0, 10.0]] * 2).value == pytest.approx(2)


@pytest.mark.parametrize(
    ("baseline", "scheme", "says"),
    [
        ([], [], "rounds do not pair up: 0 of the baseline, 0 of the scheme"),
        ([[1.0]], [], "rounds do not pair up: 1 of the baseline, 0 of the scheme"),
        ([[1.0]], [[1.0], [1.0]], "rounds do not pair up: 1 of the baseline, 2 of the scheme"),
        ([[1.0], []], [[1.0], [1.0]], "a round without samples"),
        ([[1.0]], [[]], "a round without samples"),
        ([[1.0, 0.0]], [[1.0, 2.0]], "a time that is not a positive number"),
        ([[1.0], [1.0]], [[1.0], [-1.0]], "a time that is not a positive number"),
        ([[1.0], [math.nan]], [[1.0], [1.0]], "a time that is not a positive number"),
        ([[1.0]], [[math.inf]], "a time that is not a positive number"),
    ],
)
def test_times_that_give_no_ratio(baseline: list[list[float]], scheme: list[list[float]], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        speed_ratio(baseline, scheme)


# The mean over windows


def test_two_windows_by_hand() -> None:
    # Window means 2 and 4: mean 3, standard error 1, t(0.975; 1) = 12.7062.
    found = window_mean([1.0, 3.0, 4.0, 4.0], 2)
    assert found.basis == "windows"
    assert (found.value, found.low, found.high) == pytest.approx((3, 3 - 12.7062, 3 + 12.7062), abs=1e-3)


@thorough
@given(data=st.data(), window=st.integers(1, 5), count=st.integers(1, 8))
def test_windows_against_numpy_and_scipy(data: st.DataObject, window: int, count: int) -> None:
    size = window * count
    values = data.draw(st.lists(st.floats(-100, 100), min_size=size, max_size=size))
    found = window_mean(values, window)
    assert found.value == pytest.approx(np.mean(values), abs=1e-9)
    means = [float(np.mean(values[i : i + window])) for i in range(0, size, window)]
    if count == 1:
        assert found == Interval(found.value, found.value, found.value, "none")
    elif max(means) - min(means) > 1e-6:
        expected = stats.ttest_1samp(means, 0.0).confidence_interval(0.95)
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


def by_window(values: np.ndarray) -> Interval:
    return window_mean(values.ravel().tolist(), values.shape[1])


def by_position(values: np.ndarray) -> Interval:
    """What one gets who takes every position for independent."""
    return window_mean(values.ravel().tolist(), 1)


def by_bootstrap(values: np.ndarray) -> Interval:
    """What one gets by resampling windows."""
    found = stats.bootstrap(
        (values.mean(axis=1),), np.mean, n_resamples=500, method="percentile", rng=np.random.default_rng(0)
    ).confidence_interval
    return Interval(0.0, float(found.low), float(found.high), "windows")


def holds(interval: Callable[[np.ndarray], Interval], windows: int, repeats: int) -> int:
    """How often an interval holds the truth, 1, where positions of a window have a level in common."""
    rng = np.random.default_rng(windows)
    hits = 0
    for _ in range(repeats):
        values = 1 + rng.normal(0, 0.5, (windows, 1)) + rng.normal(0, 1, (windows, 32))
        found = interval(values)
        hits += found.low <= 1 <= found.high
    return hits


@pytest.mark.parametrize("windows", [4, 8, 64])
def test_windows_hold_the_truth_95_times_in_100(windows: int) -> None:
    assert within_noise(holds(by_window, windows, 1500), 1500)


def test_positions_taken_for_independent_claim_too_much() -> None:
    assert holds(by_position, 8, 500) < 0.7 * 500


def test_resampling_few_windows_claims_too_much() -> None:
    # The reason for Student's t here: the quick suite has but a few windows.
    assert holds(by_bootstrap, 8, 500) < 0.91 * 500


def test_equal_windows_leave_no_doubt() -> None:
    assert window_mean([1.0, 2.0] * 4, 2) == Interval(1.5, 1.5, 1.5, "windows")


@pytest.mark.parametrize(
    ("values", "window", "says"),
    [
        ([], 4, "0 values are not a whole number of windows of 4"),
        ([1.0] * 5, 2, "5 values are not a whole number of windows of 2"),
        ([1.0], 2, "1 values are not a whole number of windows of 2"),
        ([1.0], 0, "1 values are not a whole number of windows of 0"),
        ([1.0], -1, "1 values are not a whole number of windows of -1"),
        ([1.0, math.nan], 1, "a value that is not a finite number"),
        ([1.0, math.inf], 1, "a value that is not a finite number"),
    ],
)
def test_values_that_give_no_mean(values: list[float], window: int, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        window_mean(values, window)


# Overlap


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        ((1, 2), (2, 3), True),
        ((1, 2), (2.001, 3), False),
        ((1, 4), (2, 3), True),
        ((2, 2), (2, 2), True),
        ((2, 2), (1, 3), True),
        ((1, 1), (2, 2), False),
    ],
)
def test_overlap(a: tuple[float, float], b: tuple[float, float], shared: bool) -> None:
    one, other = (Interval(sum(x) / 2, x[0], x[1], "rounds") for x in (a, b))
    assert one.overlaps(other) is shared
    assert other.overlaps(one) is shared


@thorough
@given(st.lists(st.floats(-10, 10), min_size=4, max_size=4))
def test_intervals_overlap_when_a_point_lies_in_both(ends: list[float]) -> None:
    (a, b), (c, d) = sorted(ends[:2]), sorted(ends[2:])
    one, other = Interval(a, a, b, "rounds"), Interval(c, c, d, "rounds")
    assert one.overlaps(other) == (max(a, c) <= min(b, d))
