"""Is the paired comparison what it says: by hand, against other libraries, and under changes that must not matter?"""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar
from statsmodels.stats.multitest import multipletests

from qdocs.paired import (
    LEVEL,
    Change,
    Outcomes,
    at_chance,
    detectable_drop,
    holm,
    holm_adjusted,
    mcnemar,
    mcnemar_power,
    mean_change,
    paired_change,
    spearman_change,
)
from qdocs.record import BASELINE, NOISE_FLOOR
from qdocs.stats import RESAMPLES, Interval
from qdocs.suites import SUITES

thorough = settings(max_examples=60, deadline=None, database=None)
answers = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.floats(-9, 9), st.floats(-9, 9), st.sampled_from("abcdef")),
    min_size=1,
    max_size=30,
)


def ids(count: int) -> list[str]:
    return [str(i) for i in range(count)]


def outcomes(correct: list[int], margins: list[float] | None = None, groups: str | list[str] | None = None) -> Outcomes:
    return Outcomes(
        np.array(correct, dtype=bool), None if margins is None else np.array(margins), list(groups or ids(len(correct)))
    )


def both(rows: list[tuple[bool, bool, float, float, str]]) -> tuple[Outcomes, Outcomes]:
    was, now, before, after, groups = (list(column) for column in zip(*rows, strict=True))
    return outcomes(was, before, groups), outcomes(now, after, groups)


def negated(found: Interval) -> tuple[float, float, float, str]:
    return (-found.value, -found.high, -found.low, found.basis)


def as_tuple(found: Interval) -> tuple[float, float, float, str]:
    return (found.value, found.low, found.high, found.basis)


def close(one: tuple[float, float, float, str], other: tuple[float, float, float, str]) -> bool:
    return one[:3] == pytest.approx(other[:3], rel=1e-9, abs=1e-9) and one[3] == other[3]


# A change by hand


def test_six_items_by_hand() -> None:
    found = paired_change(
        outcomes([1, 1, 1, 1, 0, 0], [3.0, 2, 1, 1, -1, -2], "aabbcc"),
        outcomes([1, 0, 0, 1, 1, 0], [2.0, -1, -1, 1, 2, -2], "aabbcc"),
    )
    assert (found.items, found.groups, found.lost, found.gained) == (6, 3, 2, 1)
    assert (found.accuracy_before, found.accuracy) == pytest.approx((4 / 6, 3 / 6))
    assert found.accuracy_change.value == pytest.approx(-1 / 6)
    assert found.margin_change_nats is not None
    assert found.margin_change_nats.value == pytest.approx((-1 - 3 - 2 + 0 + 3 + 0) / 6)
    assert found.accuracy_change.basis == found.margin_change_nats.basis == "templates"
    assert found.p_mcnemar == 1
    assert found.p_holm is None


def test_a_task_without_choices_has_no_margin() -> None:
    found = paired_change(outcomes([1, 0, 1]), outcomes([1, 1, 0]))
    assert found.margin_change_nats is None
    assert found.accuracy_change.basis == "items"


@thorough
@given(answers)
def test_swapping_the_sides_negates_the_change(rows: list[tuple[bool, bool, float, float, str]]) -> None:
    before, after = both(rows)
    there, back = paired_change(before, after), paired_change(after, before)
    assert close(as_tuple(there.accuracy_change), negated(back.accuracy_change))
    assert there.margin_change_nats is not None
    assert back.margin_change_nats is not None
    assert close(as_tuple(there.margin_change_nats), negated(back.margin_change_nats))
    assert (there.lost, there.gained, there.p_mcnemar) == (back.gained, back.lost, back.p_mcnemar)
    if there.detectable_drop is not None and back.detectable_drop is not None:
        # Each side has its own bound: what it gets right, all that can be lost.
        assert there.detectable_drop == pytest.approx(back.detectable_drop)


@thorough
@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_the_items_changes_nothing(
    rows: list[tuple[bool, bool, float, float, str]], random: np.random.Generator
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[arg-type]
    one, other = paired_change(*both(rows)), paired_change(*both(shuffled))
    assert close(as_tuple(one.accuracy_change), as_tuple(other.accuracy_change))
    assert one.margin_change_nats is not None
    assert other.margin_change_nats is not None
    assert close(as_tuple(one.margin_change_nats), as_tuple(other.margin_change_nats))
    plain = replace(one, accuracy_change=other.accuracy_change, margin_change_nats=other.margin_change_nats)
    assert replace(plain, detectable_drop=other.detectable_drop) == other
    assert one.detectable_drop == pytest.approx(other.detectable_drop)


@thorough
@given(answers)
def test_what_any_answers_give_hangs_together(rows: list[tuple[bool, bool, float, float, str]]) -> None:
    found = paired_change(*both(rows))
    change = found.accuracy_change
    assert -1 <= change.low <= change.value <= change.high <= 1
    assert change.value == pytest.approx((found.gained - found.lost) / found.items)
    assert change.value == pytest.approx(found.accuracy - found.accuracy_before)
    if found.detectable_drop is not None and (change.low <= 0 <= change.high or found.p_mcnemar >= 0.05):
        # Nothing larger than what would have been seen goes unseen.
        assert abs(change.value) < found.detectable_drop


def test_the_same_answers_give_the_same_interval() -> None:
    rng = np.random.default_rng(1)
    before, after = rng.normal(0, 1, 90), rng.normal(0, 1, 90)
    assert mean_change(before, after, ids(90)) == mean_change(before, after, ids(90))
    assert RESAMPLES >= 1000


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (outcomes([]), outcomes([]), "no items"),
        (outcomes([1, 0]), outcomes([1]), "templates differ"),
        (outcomes([1, 0], None, "ab"), outcomes([1, 0], None, "ac"), "templates differ"),
        (outcomes([1, 0], None, "ab"), outcomes([1], None, "ab"), "2 items of the baseline, 1 of the scheme"),
        (outcomes([1, 0], None, "abc"), outcomes([1, 0], None, "abc"), "2 items, 3 templates"),
        (outcomes([1], [0.5]), outcomes([1]), "only one of baseline and scheme has margins"),
        (outcomes([1, 0], [0.5, 1.0]), outcomes([1, 0], [0.5]), "2 items of the baseline, 1 of the scheme"),
        (outcomes([1, 0], [0.5, math.nan]), outcomes([1, 0], [0.5, 1.0]), "not a finite number"),
    ],
)
def test_answers_that_cannot_be_compared(before: Outcomes, after: Outcomes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        paired_change(before, after)


# The interval of a mean


@pytest.mark.parametrize("templates", [2, 5, 25])
def test_the_interval_is_a_widened_percentile_bootstrap_of_whole_templates(templates: int) -> None:
    rng = np.random.default_rng(templates)
    sizes = rng.integers(1, 9, templates)
    groups = np.repeat(np.arange(templates), sizes).astype(str)
    # Skewed, so that other bootstraps give other bounds.
    scores = rng.exponential(1, len(groups)) + rng.exponential(1, templates)[groups.astype(int)]
    found = mean_change(np.zeros(len(groups)), scores, list(groups))
    drawn = rng.integers(0, templates, (40_000, templates))
    sums = np.array([scores[groups == str(g)].sum() for g in range(templates)])
    low, high = np.quantile(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1), [0.025, 0.975])
    # t(0.975; 1), (4) and (24), from a printed table.
    t = {2: 12.706, 5: 2.776, 25: 2.064}[templates]
    widen = t / 1.95996 * math.sqrt(templates / (templates - 1))
    mean = scores.mean()
    assert found.value == pytest.approx(mean)
    width = found.high - found.low
    assert found.low == pytest.approx(mean - widen * (mean - low), abs=0.03 * width)
    assert found.high == pytest.approx(mean + widen * (high - mean), abs=0.03 * width)
    assert found.basis == "templates"


def test_with_many_templates_it_comes_to_the_clustered_standard_error() -> None:
    rng = np.random.default_rng(11)
    groups = np.repeat(np.arange(120), 8)
    scores = rng.normal(0, 1, 960) + rng.normal(0, 0.7, 120)[groups]
    found = mean_change(np.zeros(960), scores, [str(g) for g in groups])
    fit = sm.OLS(scores, np.ones(960)).fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)
    low, high = fit.conf_int()[0]
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.04 * (high - low))


def test_items_of_their_own_are_resampled_one_by_one() -> None:
    rng = np.random.default_rng(12)
    scores = rng.normal(0.3, 1, 800)
    found = mean_change(np.zeros(800), scores, ids(800))
    expected = stats.ttest_1samp(scores, 0.0).confidence_interval(0.95)
    assert found.basis == "items"
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=0.006)


def test_only_differences_count() -> None:
    rng = np.random.default_rng(13)
    shared = rng.normal(0, 50, 300)
    step = rng.normal(0.1, 0.01, 300)
    found = mean_change(shared, shared + step, ids(300))
    assert found.value == pytest.approx(0.1, abs=0.002)
    assert found.high - found.low < 0.003


@pytest.mark.parametrize(("items", "bound"), [(100, 0.02951), (1000, 0.002991), (10, 0.25887)])
def test_where_nothing_changed_the_rule_of_three_speaks(items: int, bound: float) -> None:
    right = np.arange(items) % 2
    found = mean_change(right, right, ids(items), largest=1)
    assert as_tuple(found) == (0, pytest.approx(-bound, rel=1e-3), pytest.approx(bound, rel=1e-3), "items")
    # With this share of items changing, none of them would have been seen to one time in twenty.
    assert stats.binom.pmf(0, items, found.high) == pytest.approx(0.05)
    assert bound == pytest.approx(3 / items, rel=0.15)


def test_where_everything_was_lost_some_may_yet_be_kept() -> None:
    found = mean_change(np.ones(1000), np.zeros(1000), ids(1000), largest=1)
    assert as_tuple(found) == (-1, -1, pytest.approx(-1 + 0.002991, rel=1e-5), "items")


def test_equal_changes_of_a_score_without_bounds_have_no_interval() -> None:
    for step in (0.0, 0.5):
        assert mean_change(np.zeros(50), np.full(50, step), ids(50)) == Interval(step, step, step, "none")


def test_one_template_says_nothing_of_others() -> None:
    found = mean_change([0.0, 0, 0], [1.0, 0, 0], ["a"] * 3, largest=1)
    assert found == Interval(1 / 3, 1 / 3, 1 / 3, "none")
    change = paired_change(outcomes([1] * 9, None, "a" * 9), outcomes([0] * 9, None, "a" * 9))
    assert change.accuracy_change.basis == "none"
    assert change.detectable_drop is None
    assert change.p_mcnemar == 2 / 2**9


def test_templates_that_agree_by_luck_leave_doubt() -> None:
    step = np.tile([1.0, 0, 0, 0, 0], 4)
    groups = list(np.repeat(["a", "b"], 10))
    found = mean_change(np.zeros(20), step, groups, largest=1)
    assert found == mean_change(np.zeros(20), step, ids(20), largest=1)
    assert found.low < 0.1
    assert found.high > 0.3


def test_one_flip_does_not_rule_out_the_other_way() -> None:
    # Of one flip in 1,000 the bootstrap draws 0 to 3; 2 below and 1 above in quadrature with the rule of three's 2.991.
    found = mean_change(np.arange(1000) == 0, np.zeros(1000), ids(1000), largest=1)
    assert found.low == pytest.approx(-1e-3 - math.hypot(2, 2.991) * 1e-3, rel=0.01)
    assert found.high == pytest.approx(-1e-3 + math.hypot(1, 2.991) * 1e-3, rel=0.01)
    # Without bounds there is no such rule.
    assert mean_change(np.arange(1000) == 0, np.zeros(1000), ids(1000)).high == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("flips", [(6, 0), (8, 1), (9, 1), (12, 3), (40, 20)])
def test_where_the_exact_test_sees_a_drop_the_interval_does_too(flips: tuple[int, int]) -> None:
    lost, gained = flips
    was, now = np.arange(1000) % 2 == 0, np.arange(1000) % 2 == 0
    now[0 : 2 * lost : 2], now[1 : 2 * gained : 2] = False, True
    found = paired_change(Outcomes(was, None, ids(1000)), Outcomes(now, None, ids(1000)))
    assert (found.lost, found.gained) == flips
    assert found.p_mcnemar < 0.05
    assert found.accuracy_change.high < 0


# Chance


def test_a_guesser_is_at_chance_and_a_knower_is_not() -> None:
    quarter = np.arange(400) % 4 == 0
    assert at_chance(quarter, ids(400), 0.25)
    assert at_chance(quarter, ids(400), 0.3)
    assert not at_chance(quarter, ids(400), 0.15)
    # 1.96 standard errors, 0.0424, on either side.
    assert at_chance(quarter, ids(400), 0.215)
    assert not at_chance(quarter, ids(400), 0.2)


def test_few_templates_may_be_at_chance_where_as_many_items_are_not() -> None:
    groups = np.repeat(np.arange(4), 100)
    right = np.arange(400) % 100 < np.array([90, 20, 80, 30])[groups]
    assert not at_chance(right, ids(400), 0.4)
    assert at_chance(right, [str(g) for g in groups], 0.4)


def test_chance_at_the_edges() -> None:
    assert at_chance([False] * 30, ids(30), 0.0)
    assert not at_chance([True] * 30, ids(30), 0.5)
    assert at_chance([True] * 3, ids(3), 0.5)
    assert at_chance([True, False] * 20, ["a"] * 40, 0.4)
    assert not at_chance([True, False] * 20, ["a"] * 40, 0.2)
    with pytest.raises(ValueError, match="no items"):
        at_chance([], [], 0.5)
    with pytest.raises(ValueError, match="2 items, 1 templates"):
        at_chance([True, False], ["a"], 0.5)


# McNemar


def test_six_losses_are_the_fewest_that_show() -> None:
    assert mcnemar(6, 0) == pytest.approx(2 / 64)
    assert mcnemar(5, 0) == pytest.approx(2 / 32)
    assert mcnemar(0, 0) == 1


def test_mcnemar_against_statsmodels() -> None:
    for lost, gained in itertools.product((0, 1, 2, 5, 9, 30, 200), repeat=2):
        expected = statsmodels_mcnemar([[7, lost], [gained, 4]], exact=True).pvalue
        assert mcnemar(lost, gained) == pytest.approx(min(1, expected))


def test_power_decides_the_number_of_items() -> None:
    assert mcnemar_power(200, 0.04, 0.02) == pytest.approx(1 / 6, abs=0.01)
    assert mcnemar_power(1000, 0.04, 0.02) == pytest.approx(7 / 8, abs=0.01)


def test_power_of_the_command_on_the_page_of_own_items() -> None:
    compared = [scheme for scheme in SUITES["quick"].schemes if scheme != BASELINE]
    assert len(compared) == 3
    assert NOISE_FLOOR in compared
    level = LEVEL / len(compared)
    assert mcnemar_power(200, 0.04, 0.02, level) == pytest.approx(1 / 12, abs=0.01)
    assert mcnemar_power(1000, 0.04, 0.02, level) == pytest.approx(3 / 4, abs=0.02)


def test_the_lesson_s_rule_of_thumb_calls_no_split_seen_that_is_not() -> None:
    for turned in range(12, 301):
        called = [few for few in range(turned // 2 + 1) if turned - 2 * few > 2 * math.sqrt(turned) + 1]
        assert called
        assert all(mcnemar(turned - few, few) < LEVEL for few in called)
    assert mcnemar(11, 3) > LEVEL, "without the one"


@pytest.mark.parametrize(
    ("items", "flips", "drop", "level"),
    [(14, 0.5, 0.4, 0.05), (14, 0.9, 0.0, 0.05), (11, 1, 1, 0.05), (20, 0.8, 0.7, 0.01)],
)
def test_power_against_a_count_of_all_outcomes(items: int, flips: float, drop: float, level: float) -> None:
    chances = [(flips + drop) / 2, (flips - drop) / 2, 1 - flips]
    expected = sum(
        stats.multinomial.pmf([lost, gained, items - lost - gained], items, chances)
        for lost in range(items + 1)
        for gained in range(items + 1 - lost)
        if mcnemar(lost, gained) <= level
    )
    assert mcnemar_power(items, flips, drop, level) == pytest.approx(expected, abs=1e-9)


@thorough
@given(st.integers(1, 400), st.floats(0.01, 1))
def test_the_exact_test_keeps_its_level(items: int, flips: float) -> None:
    assert mcnemar_power(items, flips, 0.0) <= 0.05


@pytest.mark.parametrize(("flips", "drop"), [(0.04, 0.05), (0.04, -0.01), (1.1, 0.5)])
def test_a_drop_that_the_flips_cannot_make(flips: float, drop: float) -> None:
    with pytest.raises(ValueError, match="does not fit a flip rate"):
        mcnemar_power(100, flips, drop)


def test_without_flips_there_is_no_power() -> None:
    assert mcnemar_power(100, 0.0, 0.0) == 0


# What would have been seen


@thorough
@given(st.data(), st.integers(6, 1500), st.sampled_from([0.05, 0.05 / 24]))
def test_the_detectable_drop_is_where_power_reaches_80_in_100(data: st.DataObject, items: int, level: float) -> None:
    flips = data.draw(st.integers(0, items)) / items
    drop = detectable_drop(items, flips, 0.0, level)
    if drop is None:
        assert mcnemar_power(items, 1.0, 1.0, level) < 0.8
        return
    assert mcnemar_power(items, max(flips, drop), drop, level) == pytest.approx(0.8, abs=0.01)
    less = 0.98 * drop
    assert mcnemar_power(items, max(flips, less), less, level) < 0.8


def test_a_wide_interval_hides_more_than_the_test_does() -> None:
    exact = detectable_drop(1000, 0.04, 0.0)
    assert exact == pytest.approx(0.0183, abs=0.0005)
    assert detectable_drop(1000, 0.04, 0.003) == exact
    assert detectable_drop(1000, 0.04, 0.02) == pytest.approx(2.8016 * 0.02, rel=1e-4)
    assert detectable_drop(1000, 0.04, 0.4) is None


def test_five_items_show_nothing() -> None:
    assert detectable_drop(5, 0.0, 0.0) is None
    six = detectable_drop(6, 0.0, 0.0)
    assert six == pytest.approx(0.8 ** (1 / 6), abs=1e-4)


def test_a_drop_beyond_all_that_the_baseline_gets_right_is_none() -> None:
    before, flipped = [1] * 4 + [0] * 96, [0, 1, 1, 1, 1] + [0] * 95
    seen_from = detectable_drop(100, 0.02, math.sqrt(0.02 / 100))
    assert seen_from is not None
    assert seen_from > 0.04
    alone = paired_change(outcomes(before), outcomes(flipped))
    assert alone.detectable_drop is None
    assert holm_adjusted([alone])[0].detectable_drop is None


def test_few_templates_see_less_than_many() -> None:
    rng = np.random.default_rng(3)
    was = rng.random(400) < 0.7
    now = was ^ (rng.random(400) < 0.06)
    drops = [
        paired_change(
            *(Outcomes(side, None, [str(i % groups) for i in range(400)]) for side in (was, now))
        ).detectable_drop
        for groups in (3, 400)
    ]
    assert drops[0] is not None
    assert drops[1] is not None
    assert drops[0] > drops[1] > 0.03


# Holm


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.6, 0.7]) == [1, 1]
    assert holm([]) == []


@pytest.mark.parametrize("count", [1, 2, 7, 40])
def test_holm_against_statsmodels(count: int) -> None:
    # Cubed and rounded, so that some are small and some are equal.
    p_values = (np.random.default_rng(count).random(count) ** 3).round(2)
    assert holm(list(p_values)) == pytest.approx(multipletests(p_values, method="holm")[1], abs=1e-12)


@thorough
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_holm_keeps_the_order_of_p_values(p_values: list[float]) -> None:
    found = holm(p_values)
    assert all(p <= a <= 1 for p, a in zip(p_values, found, strict=True))
    order = np.argsort(p_values, kind="stable")
    assert (np.diff(np.array(found)[order]) >= 0).all()
    assert holm(p_values[::-1]) == pytest.approx(found[::-1])


def test_in_company_more_is_needed() -> None:
    def change(lost: int) -> Change:
        now = np.ones(500, dtype=bool)
        now[:lost] = False
        return paired_change(Outcomes(np.ones(500, dtype=bool), None, ids(500)), Outcomes(now, None, ids(500)))

    alone = [change(lost) for lost in (20, 7, 0)]
    together = holm_adjusted(alone)
    assert [c.p_holm for c in together] == pytest.approx([3 * 2 / 2**20, 2 * 2 / 2**7, 1])
    for one, other in zip(alone, together, strict=True):
        assert one.detectable_drop is not None
        assert other.detectable_drop is not None
        assert other.detectable_drop > one.detectable_drop
        assert replace(other, p_holm=None, detectable_drop=one.detectable_drop) == one
    # With no flips of its own, a drop must lose 8 items or more to reach 5%/3, as 2/2^8 does and 2/2^6 does not.
    assert stats.binom.sf(6, 500, together[2].detectable_drop) == pytest.approx(0.8, abs=0.001)
    assert holm_adjusted(alone[:1])[0] == replace(alone[0], p_holm=alone[0].p_mcnemar)


# Rank correlation


@thorough
@given(st.data(), st.integers(10, 40))
def test_spearman_against_scipy(data: st.DataObject, pairs: int) -> None:
    # Few values, so that there are ties.
    scores = st.lists(st.integers(0, 6), min_size=pairs, max_size=pairs).filter(lambda s: len(set(s)) > 1)
    gold, before, after = (data.draw(scores) for _ in range(3))
    found = spearman_change(gold, before, after, ids(pairs))
    expected = stats.spearmanr(gold, after).statistic - stats.spearmanr(gold, before).statistic
    assert found.value == pytest.approx(expected, abs=1e-9)
    assert close(as_tuple(spearman_change(gold, after, before, ids(pairs))), negated(found))
    # Ranks alone count.
    assert spearman_change(np.exp(gold), before, 2 * np.array(after) - 5, ids(pairs)) == found


@pytest.mark.parametrize("templates", [60, 12])
def test_spearman_is_a_paired_bootstrap_over_templates(templates: int) -> None:
    rng = np.random.default_rng(21)
    template = np.arange(60) % templates
    gold = rng.integers(0, 6, 60)
    before = gold + rng.normal(0, 1.5, 60)
    after = before + rng.normal(0, 0.7, 60) + rng.normal(0, 1.0, templates)[template]
    found = spearman_change(gold, before, after, [f"t{t}" for t in template])

    def change(drawn: np.ndarray) -> float:
        pairs = np.concatenate([np.flatnonzero(template == t) for t in drawn])
        rho = stats.spearmanr(np.column_stack([gold, before, after])[pairs]).statistic
        return float(rho[0, 2] - rho[0, 1])

    drawn = [change(rng.integers(0, templates, templates)) for _ in range(3000)]
    widen = stats.t.ppf(0.975, templates - 1) / stats.norm.ppf(0.975) * math.sqrt(templates / (templates - 1))
    ends = (found.value + widen * (end - found.value) for end in np.quantile(drawn, [0.025, 0.975]))
    assert (found.low, found.high) == pytest.approx(tuple(ends), abs=0.015)
    assert found.low < found.value < found.high
    assert found.basis == ("items" if templates == 60 else "templates")


def test_pairs_of_one_template_say_nothing_of_others() -> None:
    found = spearman_change(np.arange(12), np.arange(12), np.arange(12) % 5, ["only"] * 12)
    assert found.basis == "none"
    assert found.low == found.value == found.high < 0


def test_the_same_scores_correlate_the_same() -> None:
    scores = np.arange(12) % 5
    assert spearman_change(np.arange(12), scores, scores, ids(12)) == Interval(0.0, 0.0, 0.0, "items")


def test_one_pair_that_decides_a_correlation_leaves_wide_doubt() -> None:
    # One in three resamples misses the only score that differs.
    found = spearman_change(np.arange(12), [0.0] * 11 + [1.0], np.arange(12), ids(12))
    assert found.high - found.low > 0.25
    assert found.low <= found.value <= found.high


@pytest.mark.parametrize(
    ("gold", "before", "after", "says"),
    [
        (range(9), range(9), range(9), "9 pairs are too few"),
        (range(10), range(10), range(11), "lengths differ: 10, 10, 11, 10"),
        (range(10), [1.0] * 10, range(10), "a constant score has no rank correlation"),
        (range(10), [math.nan, *range(9)], range(10), "not a finite number"),
    ],
)
def test_scores_without_a_correlation(gold: list[float], before: list[float], after: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        spearman_change(list(gold), list(before), list(after), ids(len(list(gold))))
