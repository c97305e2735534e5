"""Did the answers to the same items change?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from qdocs.stats import CONFIDENCE, RESAMPLES, SEED, Interval

LEVEL = 1 - CONFIDENCE
POWER = 0.8
Z_CONFIDENCE = float(stats.norm.ppf((1 + CONFIDENCE) / 2))
Z_POWER = float(stats.norm.ppf(POWER))
BATCH = 200  # resamples held in memory at once; more is slower


@dataclass(frozen=True)
class Outcomes:
    """Answers of one scheme to one task, items in the same order as the other scheme's.

    Attributes:
        correct: Whether each item was answered rightly, shape [items].
        margins_nats: Log-probability of the right choice minus that of the best wrong one, shape [items]; None for
            tasks without choices.
        groups: Template of each item, shape [items]; an item without a template has its own id here.
    """

    correct: NDArray[np.bool_]
    margins_nats: NDArray[np.float64] | None
    groups: Sequence[str]


@dataclass(frozen=True)
class Change:
    """What a scheme changed in the answers to one task.

    Attributes:
        items: Items in the task.
        groups: Templates they come from.
        accuracy_before: Share of items that the baseline gets right.
        accuracy: Share of items that the scheme gets right.
        accuracy_change: Scheme minus baseline, as a share: -0.03 is a drop of 3 points.
        margin_change_nats: Change in the mean margin; None for tasks without choices.
        lost: Items that went from right to wrong.
        gained: Items that went from wrong to right.
        p_mcnemar: Two-sided p of the exact McNemar test.
        detectable_drop: Smallest drop in accuracy, as a share, that would have been seen 8 times in 10; None if no
            drop would, not even that of all that the baseline gets right.
        p_holm: `p_mcnemar` corrected for the comparisons shown together; `holm_adjusted` fills it in.
    """

    items: int
    groups: int
    accuracy_before: float
    accuracy: float
    accuracy_change: Interval
    margin_change_nats: Interval | None
    lost: int
    gained: int
    p_mcnemar: float
    detectable_drop: float | None
    p_holm: float | None = None


def paired_change(before: Outcomes, after: Outcomes) -> Change:
    """Compare a scheme with the baseline, item by item.

    Args:
        before: The baseline's answers.
        after: The scheme's answers to the same items, in the same order.

    Raises:
        ValueError: If there are no items, or the two differ in length, templates or kind of score.
    """
    if list(before.groups) != list(after.groups):
        raise ValueError("the items' templates differ between baseline and scheme")
    if (before.margins_nats is None) != (after.margins_nats is None):
        raise ValueError("only one of baseline and scheme has margins")
    was, now = np.asarray(before.correct, dtype=bool), np.asarray(after.correct, dtype=bool)
    change = mean_change(was, now, before.groups, largest=1)
    margins = None
    if before.margins_nats is not None and after.margins_nats is not None:
        margins = mean_change(before.margins_nats, after.margins_nats, before.groups)
    lost, gained = int((was & ~now).sum()), int((~was & now).sum())
    return Change(
        items=len(was),
        groups=len(set(before.groups)),
        accuracy_before=float(was.mean()),
        accuracy=float(now.mean()),
        accuracy_change=change,
        margin_change_nats=margins,
        lost=lost,
        gained=gained,
        p_mcnemar=mcnemar(lost, gained),
        detectable_drop=_detectable(change, float(was.mean()), len(was), lost + gained, LEVEL),
    )


def mean_change(before: ArrayLike, after: ArrayLike, groups: Sequence[str], largest: float | None = None) -> Interval:
    """Change in the mean of a score, with a 95% interval from resampling templates, all their items together.

    Percentile bootstrap of the ratio of sums to counts (Davison and Hinkley, "Bootstrap Methods and their
    Application", 1997, sections 2.4 and 3.8), its ends moved away from the estimate by
    t(G - 1) / z * sqrt(G / (G - 1)) for G templates, after Hesterberg, "What Teachers Should Know About the Bootstrap"
    (The American Statistician 69, 2015): resampling G of G understates a standard error by sqrt((G - 1) / G), and a
    few templates know little of how much templates differ.

    What never changed cannot be drawn: where no item changed, 95% confidence says only that at most a share
    1 - 0.05^(1/n), about 3/n, of independent items would (the rule of three: Hanley and Lippman-Hand, JAMA 249, 1983).
    Where a score has bounds, that share of its largest change is added to the ends as an independent error is, in
    quadrature: all there is where nothing changed, little from some ten changes on.

    Basis "none", and no width, means that nothing could vary: a single template, or a score without bounds that
    changed by the same on every item. Where templates agree by luck though their items differ, items are resampled.

    In simulations with unequal templates, whose items correlate by up to 0.05, it holds the truth 92 to 95 times in 100
    from 25 templates, and 87 to 97 times with 5 or 10; plain percentiles and BCa do so 78 to 85 times with 5. Where few
    flips gather in few templates no method tried is safe: at 4% flips and a correlation of 0.15 this one holds the
    truth 85 to 90 times with 25 to 40 templates, percentiles 84 to 89 times.

    Args:
        before: The baseline's score of each item, shape [items].
        after: The scheme's score of each item, shape [items].
        groups: Template of each item, shape [items]; an item without a template has its own id here.
        largest: The most that one item's score can change: 1 for scores between 0 and 1; None for scores without
            bounds, such as log-probabilities.

    Raises:
        ValueError: If there are no items, lengths differ, or a score is not a finite number.
    """
    was, now = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if was.shape != now.shape:
        raise ValueError(f"{was.size} items of the baseline, {now.size} of the scheme")
    return _mean(now - was, groups, largest)


def spearman_change(gold: ArrayLike, before: ArrayLike, after: ArrayLike, groups: Sequence[str]) -> Interval:
    """Change in Spearman's rank correlation with a gold score, with a 95% interval from resampling templates.

    Percentile bootstrap over templates, widened for few of them as `mean_change` does. Each draw takes a template with
    all of its pairs, and of a pair all three scores together, since both correlations share the gold score and the
    pairs (Wilcox, "Introduction to Robust Estimation and Hypothesis Testing", on comparing dependent correlations).

    Args:
        gold: The score that people gave, shape [pairs].
        before: The baseline's score, shape [pairs].
        after: The scheme's score, shape [pairs].
        groups: Template of each pair, shape [pairs]; a pair without a template has its own id here.

    Raises:
        ValueError: If there are fewer than 10 pairs, lengths differ, or a score is constant or not finite.
    """
    scores = [np.asarray(s, dtype=float) for s in (gold, before, after)]
    sizes = [*(s.size for s in scores), len(groups)]
    if len(set(sizes)) > 1:
        raise ValueError(f"lengths differ: {', '.join(map(str, sizes))}")
    if scores[0].size < 10:
        raise ValueError(f"{scores[0].size} pairs are too few for a correlation's interval")
    if not all(np.isfinite(s).all() for s in scores):
        raise ValueError("a score that is not a finite number")
    if any(np.ptp(s) == 0 for s in scores):
        raise ValueError("a constant score has no rank correlation")
    codes = [np.unique(s, return_inverse=True)[1] for s in scores]
    index, count = _templates(groups)
    value = float(_rho_change(np.ones((1, len(index))), codes)[0])
    if count == 1:
        return Interval(value, value, value, "none")

    def of_draw(drawn: Any, axis: int) -> Any:
        rows = drawn.reshape(-1, count)
        times = np.bincount((rows + count * np.arange(len(rows))[:, None]).ravel(), minlength=count * len(rows))
        return _rho_change(times.reshape(-1, count)[:, index].astype(float), codes).reshape(drawn.shape[:-1])

    low, high = _percentiles((np.arange(count),), of_draw)
    # Few pairs that decide a correlation are missing from so many resamples that the estimate can lie outside.
    widen = _widening(count)
    low, high = value - widen * max(value - low, 0.0), value + widen * max(high - value, 0.0)
    return Interval(value, max(low, -2.0), min(high, 2.0), "templates" if count < len(index) else "items")


def at_chance(correct: ArrayLike, groups: Sequence[str], chance: float) -> bool:
    """Whether a baseline may be guessing: the 95% interval of its accuracy reaches down to chance or below.

    Args:
        correct: Whether each item was answered rightly, shape [items].
        groups: Template of each item, shape [items]; with a single template, items are resampled.
        chance: Share of items that a guess gets right.

    Raises:
        ValueError: If there are no items or lengths differ.
    """
    values = np.asarray(correct, dtype=float)
    if len(groups) == len(values) and len(set(groups)) == 1:
        groups = _own(values)
    return _mean(values, groups, largest=1).low <= chance


def mcnemar(lost: int, gained: int) -> float:
    """Two-sided p of the exact McNemar test: were the flips a fair coin's? 1 where nothing flipped.

    Args:
        lost: Items that went from right to wrong.
        gained: Items that went from wrong to right.
    """
    return float(stats.binomtest(lost, lost + gained).pvalue) if lost + gained else 1.0


def mcnemar_power(items: int, flip_rate: float, drop: float, level: float = LEVEL) -> float:
    """How often the exact McNemar test would reject, counted over all numbers of flips; items independent.

    Args:
        items: Items in the task.
        flip_rate: Share of items that flip, either way.
        drop: Share lost minus share gained.
        level: The test's level.

    Raises:
        ValueError: If the drop is negative or larger than the flip rate, or the flip rate is above 1.
    """
    if not 0 <= drop <= flip_rate <= 1:
        raise ValueError(f"a drop of {drop} does not fit a flip rate of {flip_rate}")
    if flip_rate == 0:
        return 0.0
    flips = np.arange(items + 1)
    losing = (flip_rate + drop) / (2 * flip_rate)
    # The most flips in the rarer direction with which the test still rejects; -1 where there are too few flips.
    rarer = np.asarray(stats.binom.ppf(level / 2, flips, 0.5))
    rarer -= stats.binom.cdf(rarer, flips, 0.5) > level / 2
    rejects = stats.binom.cdf(rarer, flips, losing) + stats.binom.sf(flips - rarer - 1, flips, losing)
    return float((stats.binom.pmf(flips, items, flip_rate) * rejects).sum())


def detectable_drop(items: int, flip_rate: float, se: float, level: float = LEVEL) -> float | None:
    """Smallest drop in accuracy, as a share, that would have been seen 8 times in 10; None if no drop would.

    The larger of what the exact McNemar test needs and what a 95% interval of this standard error needs (Miller,
    "Adding Error Bars to Evals", arXiv 2411.00640, section 5), since a drop is claimed only where both see it.

    Args:
        items: Items in the task.
        flip_rate: Share of items that flipped; a larger drop needs at least as many flips.
        se: Standard error of the change in accuracy.
        level: Level of McNemar's test.
    """

    def lacks(drop: float) -> float:
        return mcnemar_power(items, max(flip_rate, drop), drop, level) - POWER

    if lacks(1.0) < 0:
        return None
    needed = max(float(optimize.brentq(lacks, 0.0, 1.0, xtol=1e-6)), (Z_CONFIDENCE + Z_POWER) * se)
    return needed if needed <= 1 else None


def detectable_fall(change: Interval) -> float | None:
    """Smallest fall of a mean that would have been seen 8 times in 10, in its unit; None if nothing could vary.

    A fall is seen where the 95% interval excludes 0, so it takes z_0.975 + z_0.8 standard errors (Miller, "Adding Error
    Bars to Evals", arXiv 2411.00640, section 5).

    Args:
        change: Of a mean score, with its interval.
    """
    if change.basis == "none":
        return None
    return (change.high - change.low) / 2 * (Z_CONFIDENCE + Z_POWER) / Z_CONFIDENCE


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values corrected for being shown together (Holm, Scandinavian Journal of Statistics 6, 1979), in their order.

    The k-th smallest of m is multiplied by m - k + 1, never less than the one before it, at most 1.
    """
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p)
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(steps, 1.0)
    return [float(a) for a in adjusted]


def holm_adjusted(changes: Sequence[Change]) -> list[Change]:
    """The changes with `p_holm` filled in, and the drop that would have been seen in this company.

    Of m comparisons Holm's first must reach 5%/m, so that is the level at which a drop counts as detectable.
    """
    return [
        replace(
            c,
            p_holm=p,
            detectable_drop=_detectable(
                c.accuracy_change, c.accuracy_before, c.items, c.lost + c.gained, LEVEL / len(changes)
            ),
        )
        for c, p in zip(changes, holm([c.p_mcnemar for c in changes]), strict=True)
    ]


def _detectable(change: Interval, accuracy_before: float, items: int, flips: int, level: float) -> float | None:
    if change.basis == "none":
        return None
    # From the interval as shown, so that what it was widened by for few templates counts.
    drop = detectable_drop(items, flips / items, (change.high - change.low) / 2 / Z_CONFIDENCE, level)
    return drop if drop is not None and drop <= accuracy_before else None


def _mean(values: NDArray[np.float64], groups: Sequence[str], largest: float | None) -> Interval:
    """Mean with its interval, as `mean_change` describes."""
    if values.ndim != 1 or len(values) != len(groups):
        raise ValueError(f"{values.size} items, {len(groups)} templates")
    if not len(values):
        raise ValueError("no items")
    if not np.isfinite(values).all():
        raise ValueError("a score that is not a finite number")
    value = float(values.mean())
    index, _ = _templates(groups)
    sums, counts = np.bincount(index, weights=values), np.bincount(index).astype(float)
    if len(counts) == 1 or (largest is None and np.ptp(values) == 0):
        return Interval(value, value, value, "none")
    if 0 < np.ptp(values) > 1e12 * np.ptp(sums / counts):
        return _mean(values, _own(values), largest)
    low, high = _percentiles((sums, counts), _ratio)
    widen = _widening(len(counts))
    unseen = 0.0 if largest is None else largest * (1 - LEVEL ** (1 / len(values)))
    low = value - float(np.hypot(widen * (value - low), unseen))
    high = value + float(np.hypot(widen * (high - value), unseen))
    if largest is not None:
        low, high = max(low, -largest), min(high, largest)
    return Interval(value, low, high, "templates" if len(counts) < len(values) else "items")


def _templates(groups: Sequence[str]) -> tuple[NDArray[np.intp], int]:
    """Index of each item's template, and their number; by sorted names, so that the order of items plays no part."""
    names, index = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    return index, len(names)


def _widening(count: int) -> float:
    """By how much the interval of a bootstrap over so many templates is widened; see `mean_change`."""
    return float(stats.t.ppf((1 + CONFIDENCE) / 2, count - 1)) / Z_CONFIDENCE * float((count / (count - 1)) ** 0.5)


def _own(values: NDArray[np.float64]) -> list[str]:
    """A group for each item."""
    return [str(i) for i in range(len(values))]


def _ratio(sums: Any, counts: Any, axis: int) -> Any:
    return sums.sum(axis=axis) / counts.sum(axis=axis)


def _rho_change(times: Any, codes: list[NDArray[np.intp]]) -> Any:
    """Spearman's rho of gold and `after` minus that of gold and `before`, each pair counted so many times.

    Scores that are all equal order nothing, so their rho is 0.

    Args:
        times: How often each pair counts, shape [draws, pairs].
        codes: Gold, before and after as whole numbers from 0 without gaps, each of shape [pairs].

    Returns:
        Shape [draws].
    """
    ranks = np.stack([_ranks(times, s) for s in codes])
    ranks -= (times * ranks).sum(axis=-1, keepdims=True) / times.sum(axis=-1, keepdims=True)
    length = np.sqrt((times * ranks**2).sum(axis=-1, keepdims=True))
    ranks /= np.where(length > 0, length, 1)
    return (times * ranks[0] * (ranks[2] - ranks[1])).sum(axis=-1)


def _ranks(times: Any, codes: NDArray[np.intp]) -> Any:
    """Mean ranks of scores that count so many times each, shape [draws, pairs]."""
    counts = np.add.reduceat(times[:, np.argsort(codes)], np.searchsorted(np.sort(codes), np.unique(codes)), axis=1)
    return (np.cumsum(counts, axis=1) - (counts - 1) / 2)[:, codes]


def _percentiles(data: tuple[NDArray[Any], ...], statistic: Any) -> tuple[float, float]:
    """Ends of a percentile bootstrap that draws the samples together."""
    interval = stats.bootstrap(
        data,
        statistic,
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        confidence_level=CONFIDENCE,
        batch=BATCH,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(interval.low), float(interval.high)
