"""Do the intervals, tests and claims of the paired comparison hold what they promise, in simulated repeats?"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from qdocs import paired
from qdocs.paired import Outcomes, detectable_drop, mcnemar, mcnemar_power, mean_change, paired_change, spearman_change
from qdocs.stats import Interval
from qdocs.verdict import accuracy_direction


class Sample(NamedTuple):
    groups: np.ndarray
    change: np.ndarray
    truth: float
    largest: float | None


Draw = Callable[[np.random.Generator], Sample]


@pytest.fixture(autouse=True)
def _fewer_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    # A quarter of the resamples, for time: the ends of an interval then wobble by some 2% of its width.
    monkeypatch.setattr(paired, "RESAMPLES", 1000)


def noise(share: float, repeats: int) -> float:
    """Three standard errors of a share that was simulated."""
    return 3 * math.sqrt(share * (1 - share) / repeats)


def unequal(rng: np.random.Generator, templates: int, items: int) -> np.ndarray:
    """The template of each item, templates of unequal size but never of none."""
    sizes = 2 + rng.multinomial(items - 2 * templates, rng.dirichlet(np.full(templates, 1.5)))
    return np.repeat(np.arange(templates), sizes)


def margins(templates: int, items: int, correlation: float) -> Draw:
    """Skewed changes of margins with mean 0; `correlation` is that of two items of one template."""

    def draw(rng: np.random.Generator) -> Sample:
        groups = unequal(rng, templates, items)
        common, own = rng.normal(0, 1, templates)[groups], rng.exponential(1, items) - 1
        return Sample(groups, math.sqrt(correlation) * common + math.sqrt(1 - correlation) * own, 0.0, None)

    return draw


def flips(templates: int, items: int, correlation: float, rate: float = 0.12) -> Draw:
    """Flips, three in four from right to wrong; templates differ in how often they flip."""

    def draw(rng: np.random.Generator) -> Sample:
        groups = unequal(rng, templates, items) if templates < items else np.arange(items)
        rates = np.full(templates, rate)
        if correlation:
            spread = (1 - correlation) / correlation
            rates = rng.beta(rate * spread, (1 - rate) * spread, templates)
        flipped = rng.random(items) < rates[groups]
        return Sample(groups, flipped * np.where(rng.random(items) < 0.75, -1.0, 1.0), -rate / 2, 1.0)

    return draw


def coverage(draw: Draw, repeats: int, whole_templates: bool = True) -> float:
    """How often the interval of a change holds the truth."""
    rng = np.random.default_rng(1)
    hits = 0
    for _ in range(repeats):
        groups, change, truth, largest = draw(rng)
        if not whole_templates:
            groups = np.arange(len(change))
        found = mean_change(np.zeros(len(change)), change, groups.astype(str).tolist(), largest)
        hits += found.low <= truth <= found.high
    return hits / repeats


@pytest.mark.parametrize("draw", [margins, flips])
@pytest.mark.parametrize("correlation", [0.0, 0.05])
@pytest.mark.parametrize(("templates", "items"), [(25, 500), (40, 1000)])
def test_from_25_templates_the_interval_holds_the_truth_95_times_in_100(
    draw: Callable[[int, int, float], Draw], templates: int, items: int, correlation: float
) -> None:
    found = coverage(draw(templates, items, correlation), 500)
    assert 0.93 - noise(0.93, 500) < found < 0.97 + noise(0.97, 500)


@pytest.mark.parametrize("draw", [margins, flips])
@pytest.mark.parametrize("correlation", [0.0, 0.05])
@pytest.mark.parametrize(("templates", "items"), [(5, 200), (10, 400)])
def test_few_templates_do_not_claim_grossly_too_much(
    draw: Callable[[int, int, float], Draw], templates: int, items: int, correlation: float
) -> None:
    assert coverage(draw(templates, items, correlation), 500) > 0.9 - noise(0.9, 500)


@pytest.mark.parametrize("rate", [0.01, 0.04])
@pytest.mark.parametrize("items", [200, 1000])
def test_items_of_their_own_with_few_flips(items: int, rate: float) -> None:
    assert coverage(flips(items, items, 0.0, rate), 250) > 0.92 - noise(0.92, 250)


def test_a_bootstrap_of_few_templates_needs_its_widening(monkeypatch: pytest.MonkeyPatch) -> None:
    # The reason for Student's t there: with its quantile replaced by the normal one, the interval is too narrow.
    monkeypatch.setattr(paired.stats.t, "ppf", lambda q, df: stats.norm.ppf(q) * math.sqrt(df / (df + 1)))
    assert coverage(margins(5, 200, 0.05), 300) < 0.86


def test_items_taken_for_independent_claim_too_much() -> None:
    assert coverage(margins(25, 1000, 0.15), 150, whole_templates=False) < 0.75


@pytest.mark.parametrize("items", [50, 200, 1000])
@pytest.mark.parametrize("rate", [0.04, 0.2])
def test_mcnemars_size_and_power_are_as_computed(items: int, rate: float) -> None:
    rng = np.random.default_rng(items)
    repeats = 4000
    for drop in (0.0, rate / 2):
        lost, gained, _ = rng.multinomial(items, [(rate + drop) / 2, (rate - drop) / 2, 1 - rate], repeats).T
        p_values = {pair: mcnemar(*pair) for pair in set(zip(lost.tolist(), gained.tolist(), strict=True))}
        found = np.mean([p_values[pair] < 0.05 for pair in zip(lost.tolist(), gained.tolist(), strict=True)])
        computed = mcnemar_power(items, rate, drop)
        assert found == pytest.approx(computed, abs=noise(computed, repeats) + 1e-3)
        if drop == 0:
            assert found < 0.05 + noise(0.05, repeats)


def claims(items: int, rate: float, drop: float, repeats: int) -> float:
    """How often a drop is claimed, by interval and test together, where flips are independent."""
    rng = np.random.default_rng(2)
    ids = [str(i) for i in range(items)]
    hits = 0
    for _ in range(repeats):
        was = rng.random(items) < 0.7
        # Right answers are lost and wrong ones gained, in the shares that make rate and drop.
        chance = np.where(was, (rate + drop) / 2 / 0.7, (rate - drop) / 2 / 0.3)
        now = was ^ (rng.random(items) < chance)
        hits += accuracy_direction(paired_change(Outcomes(was, None, ids), Outcomes(now, None, ids))) == "worse"
    return hits / repeats


@pytest.mark.parametrize(("items", "rate"), [(200, 0.1), (600, 0.06)])
def test_a_detectable_drop_is_claimed_8_times_in_10(items: int, rate: float) -> None:
    drop = detectable_drop(items, rate, math.sqrt(rate / items))
    assert drop is not None
    assert claims(items, rate, drop, 150) == pytest.approx(0.8, abs=noise(0.8, 150))
    assert claims(items, rate, 0.0, 150) < 0.025 + noise(0.025, 150)


@pytest.mark.parametrize("templates", [100, 25])
def test_a_correlations_change_holds_the_truth_95_times_in_100(templates: int) -> None:
    rng = np.random.default_rng(3)

    def draw(pairs: int, templates: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
        template = np.arange(pairs) % templates
        gold, shared = rng.normal(0, 1, (2, pairs))
        # What a scheme changes is partly the same for all pairs of a template.
        fresh = math.sqrt(0.7) * rng.normal(0, 1, pairs) + math.sqrt(0.3) * rng.normal(0, 1, templates)[template]
        before = 0.8 * gold + 0.6 * shared
        after = 0.7 * gold + math.sqrt(0.51) * (0.9 * shared + math.sqrt(0.19) * fresh)
        # Gold scores come in steps, as people give them.
        return np.round(1.5 * gold), before, after, [str(t) for t in template]

    gold, before, after, _ = draw(400_000, 100_000)
    truth = float(stats.spearmanr(gold, after).statistic - stats.spearmanr(gold, before).statistic)
    found: list[Interval] = [spearman_change(*draw(100, templates)) for _ in range(300)]
    held = np.mean([i.low <= truth <= i.high for i in found])
    assert 0.93 - noise(0.93, 300) < held < 0.97 + noise(0.97, 300)
