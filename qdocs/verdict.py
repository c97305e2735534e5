"""What does a change mean in plain words?"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from qdocs.paired import LEVEL, Change, detectable_fall
from qdocs.stats import Interval

Direction = Literal["worse", "better", "unseen"]


def direction(change: Change, at_chance: bool) -> Direction:
    """Which way a scheme went, as far as was seen: worse where accuracy or margin fell, even if the other rose.

    Args:
        change: The scheme beside the baseline.
        at_chance: Whether the baseline may be guessing; then only the margin counts.
    """
    seen = {margin_direction(change)} | (set() if at_chance else {accuracy_direction(change)})
    return "worse" if "worse" in seen else "better" if "better" in seen else "unseen"


def accuracy_direction(change: Change) -> Direction:
    """Which way accuracy went: seen where its interval excludes 0 and McNemar's test, corrected if it is, agrees."""
    p = change.p_mcnemar if change.p_holm is None else change.p_holm
    return _side(change.accuracy_change) if p < LEVEL else "unseen"


def margin_direction(change: Change) -> Direction:
    """Which way the mean margin went: seen where its interval excludes 0."""
    return _side(change.margin_change_nats) if change.margin_change_nats else "unseen"


def verdict(change: Change, at_chance: bool, noun: str = "accuracy", unit: str = "nats") -> str:
    """A sentence, without capital and full stop, that claims no more than was seen.

    Where no change was seen it names the smallest drop that would have been seen 8 times in 10, rounded up, since
    not to see a change is no sign that there is none.

    Args:
        change: The scheme beside the baseline.
        at_chance: Whether the baseline may be guessing; then the margin alone is judged.
        noun: What the share of right answers is called.
        unit: Of the margin.
    """
    margin = margin_direction(change)
    if at_chance:
        return f"the baseline is at chance, so {_margin_alone(change.margin_change_nats, margin, unit)}"
    accuracy = accuracy_direction(change)
    if accuracy == "unseen" and margin == "unseen":
        return _unseen(change, "no change seen;")
    said = []
    if accuracy != "unseen":
        said.append(_accuracy(change, accuracy, noun))
    if change.margin_change_nats and margin not in ("unseen", accuracy):
        said.append(f"the margin {_margin(change.margin_change_nats, unit)}")
    if accuracy == "unseen":
        said.append(_unseen(change, f"no change in {noun} seen,"))
    return "; ".join(said)


def ratio_digits(value: float) -> str:
    """A ratio to two decimals, to more where they would show 1 for what lies on one side of it.

    An interval that ends at 0.998 leaves 1 out, and its end must not read as 1.00 beside the word "slower".
    """
    for decimals in (2, 3, 4):
        shown = f"{value:.{decimals}f}"
        if float(shown) != 1:
            return shown
    return f"{value:.2f}"


def _side(interval: Interval) -> Direction:
    if interval.basis == "none" or interval.low <= 0 <= interval.high:
        return "unseen"
    return "worse" if interval.high < 0 else "better"


def _accuracy(change: Change, seen: Direction, noun: str) -> str:
    flips = [(change.lost, "wrong"), (change.gained, "right")]
    (many, there), (few, back) = flips if seen == "worse" else flips[::-1]
    items = "item" if many == 1 else "items"
    moved = _moved(change.accuracy_change, 100, "points", 1)
    return f"{noun} {moved}: {many:,} {items} became {there}, {f'{few:,}' if few else 'none'} {back}"


def _margin(interval: Interval, unit: str) -> str:
    return _moved(interval, 1, unit, 2)


def _margin_alone(interval: Interval | None, seen: Direction, unit: str) -> str:
    if interval is None:
        return "its answers cannot show a change"
    start = "the margin alone is judged"
    if seen != "unseen":
        return f"{start}: it {_margin(interval, unit)}"
    fall = detectable_fall(interval)
    if fall is None:
        return f"{start}: {'its mean is the same' if interval.value == 0 else 'a change cannot be told from chance'}"
    return f"{start}: no change seen; a fall of {_number(_up(fall, 2), 2)} {unit} or more would have been"


def _unseen(change: Change, start: str) -> str:
    if change.accuracy_change.basis == "none":
        return "all items share one template, so no change could be told from chance"
    if change.accuracy_before == 0:
        return "the baseline gets nothing right, so nothing can be lost"
    if change.detectable_drop is None:
        return f"too few items to see even a drop of {_drop(change.accuracy_before)}, all that the baseline gets right"
    return f"{start} a drop of {_drop(change.detectable_drop)} or more would have been"


def _moved(interval: Interval, scale: float, unit: str, digits: int) -> str:
    """Which way, by how much, and between which bounds, all without signs."""
    ends = sorted(abs(end) * scale for end in (interval.low, interval.high))
    low, high = (_number(end, digits) for end in ends)
    way = "fell" if interval.value < 0 else "rose"
    return f"{way} by {_number(abs(interval.value) * scale, digits)} {unit} ({low} to {high})"


def _number(value: float, digits: int) -> str:
    """A fixed number of decimals; more where they would show 0 for what is not, since 0 here means no change."""
    if value and value < 0.5 * 10**-digits:
        return str(np.format_float_positional(value, precision=1, fractional=False, trim="-"))
    return f"{value:.{digits}f}"


def _drop(share: float) -> str:
    """A drop in points, rounded up: to whole points from 1, to tenths below."""
    points = _up(share * 100, 0 if share >= 0.01 else 1)
    return f"{points:g} {'point' if points == 1 else 'points'}"


def _up(value: float, digits: int) -> float:
    # Rounded to nine decimals first: 0.07 * 100 is a little more than 7.
    return math.ceil(round(value * 10.0**digits, 9)) / 10.0**digits
