"""How sure are we: intervals for ratios of speed and for means over correlated positions?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

CONFIDENCE = 0.95
RESAMPLES = 4000
SEED = 20260101


@dataclass(frozen=True)
class Interval:
    """An estimate with its 95% interval, and what varied to give it."""

    value: float
    low: float
    high: float
    basis: Literal["rounds", "iterations", "windows", "templates", "items", "none"]

    def overlaps(self, other: Interval) -> bool:
        """Whether the two intervals share a value."""
        return self.low <= other.high and other.low <= self.high


def speed_ratio(baseline_ms: Sequence[Sequence[float]], scheme_ms: Sequence[Sequence[float]]) -> Interval:
    """Speed of a scheme as a multiple of the baseline's, from times of the same work.

    With two or more rounds: Student's t on the logarithm of each round's ratio of medians, since processes, not
    iterations, are the independent repeats. With one round: a percentile bootstrap over its iterations, which
    leaves the variation between processes out and is therefore too narrow; `basis` says which.

    Args:
        baseline_ms: Times of the baseline in ms, a list a round.
        scheme_ms: Times of the scheme in ms, a list a round, rounds in the same order.

    Returns:
        The ratio, above 1 where the scheme is faster.

    Raises:
        ValueError: If the rounds do not pair up, or one is empty, or a time is not a positive number.
    """
    if len(baseline_ms) != len(scheme_ms) or not baseline_ms:
        raise ValueError(f"rounds do not pair up: {len(baseline_ms)} of the baseline, {len(scheme_ms)} of the scheme")
    if not all(baseline_ms) or not all(scheme_ms):
        raise ValueError("a round without samples")
    if not all(0 < t < math.inf for side in (baseline_ms, scheme_ms) for times in side for t in times):
        raise ValueError("a time that is not a positive number")
    logs = [math.log(np.median(b) / np.median(s)) for b, s in zip(baseline_ms, scheme_ms, strict=True)]
    value = math.exp(float(np.mean(logs)))
    if len(logs) >= 2:
        spread = _half_width(logs)
        return Interval(value, value * math.exp(-spread), value * math.exp(spread), "rounds")
    if len(baseline_ms[0]) < 2 or len(scheme_ms[0]) < 2:
        return Interval(value, value, value, "none")

    def ratio(base: Any, scheme: Any, axis: int) -> Any:
        return np.median(base, axis=axis) / np.median(scheme, axis=axis)

    low, high = _bootstrap((baseline_ms[0], scheme_ms[0]), ratio)
    return Interval(value, low, high, "iterations")


def median_spread(values: Sequence[float]) -> float:
    """Width of the 95% interval of a median, as a share of the median; infinite for fewer values than have one, six.

    The interval lies between two of the values in order, whatever their distribution (Conover, Practical Nonparametric
    Statistics, 3rd edition, section 3.2).

    Args:
        values: Positive numbers, at least one.
    """
    below = int(stats.binom.ppf((1 - CONFIDENCE) / 2, len(values), 0.5))
    if stats.binom.cdf(below, len(values), 0.5) > (1 - CONFIDENCE) / 2:
        below -= 1
    if below < 0:
        return math.inf
    ordered = sorted(values)
    return (ordered[-1 - below] - ordered[below]) / float(np.median(ordered))


def window_mean(values: Sequence[float], window: int) -> Interval:
    """Mean over positions with Student's t on the means of whole windows, since positions in a window are correlated.

    A percentile bootstrap over windows would be too narrow for the few windows of the quick suite.

    Args:
        values: One number a position, windows one after the other.
        window: Positions in a window.

    Raises:
        ValueError: If the values are not a whole number of windows, or one is not a finite number.
    """
    if not len(values) or window < 1 or len(values) % window:
        raise ValueError(f"{len(values)} values are not a whole number of windows of {window}")
    means = np.asarray(values, dtype=float).reshape(-1, window).mean(axis=1)
    value = float(means.mean())
    if not math.isfinite(value):
        raise ValueError("a value that is not a finite number")
    if len(means) < 2:
        return Interval(value, value, value, "none")
    spread = _half_width(means)
    return Interval(value, value - spread, value + spread, "windows")


def ratio_of_sums(ours: Sequence[float], theirs: Sequence[float]) -> Interval:
    """Sum of one column over the sum of another, whose entries belong together, with a bootstrap that draws pairs.

    Args:
        ours: Non-negative numbers, shape [items].
        theirs: Positive numbers of the same items.

    Raises:
        ValueError: If there is no item, or the columns differ in length.
    """
    if not ours or len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} and {len(theirs)} numbers do not pair up")
    value = float(np.sum(ours) / np.sum(theirs))
    if len(ours) < 2:
        return Interval(value, value, value, "none")

    def ratio(a: Any, b: Any, axis: int) -> Any:
        return np.sum(a, axis=axis) / np.sum(b, axis=axis)

    low, high = _bootstrap((ours, theirs), ratio, paired=True)
    return Interval(value, low, high, "items")


def _half_width(values: Sequence[float] | NDArray[np.float64]) -> float:
    """Half of Student's t interval for the mean of independent values, two or more."""
    return float(stats.sem(values)) * float(stats.t.ppf((1 + CONFIDENCE) / 2, len(values) - 1))


def _bootstrap(data: tuple[Any, ...], statistic: Any, *, paired: bool = False) -> tuple[float, float]:
    interval = stats.bootstrap(
        data,
        statistic,
        paired=paired,
        n_resamples=RESAMPLES,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(interval.low), float(interval.high)
