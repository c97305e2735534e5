"""Do the plain words claim what was seen, and no more?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qdocs.paired import Change, holm_adjusted, mcnemar
from qdocs.stats import Interval
from qdocs.verdict import accuracy_direction, direction, margin_direction, ratio_digits, verdict

SAME = Interval(-0.002, -0.011, 0.007, "templates")
FELL = Interval(-0.041, -0.062, -0.0204, "templates")
ROSE = Interval(0.041, 0.0204, 0.062, "templates")
MARGIN_SAME = Interval(0.01, -0.02, 0.04, "templates")
MARGIN_FELL = Interval(-0.12, -0.19, -0.05, "templates")
MARGIN_ROSE = Interval(0.12, 0.05, 0.19, "templates")


def change(
    accuracy: Interval = SAME,
    margin: Interval | None = None,
    lost: int = 20,
    gained: int = 18,
    drop: float | None = 0.0234,
    before: float = 0.7,
) -> Change:
    return Change(
        items=1000,
        groups=25,
        accuracy_before=before,
        accuracy=before + accuracy.value,
        accuracy_change=accuracy,
        margin_change_nats=margin,
        lost=lost,
        gained=gained,
        p_mcnemar=mcnemar(lost, gained),
        detectable_drop=drop,
    )


WORSE = change(FELL, lost=80, gained=39)
BETTER = change(ROSE, lost=39, gained=80)
FELL_BY = "accuracy fell by 4.1 points (2.0 to 6.2): 80 items became wrong, 39 right"
ROSE_BY = "accuracy rose by 4.1 points (2.0 to 6.2): 80 items became right, 39 wrong"
WOULD = "a drop of 3 points or more would have been"


@pytest.mark.parametrize(
    ("found", "way", "says"),
    [
        (change(), "unseen", f"no change seen; {WOULD}"),
        (change(margin=MARGIN_SAME), "unseen", f"no change seen; {WOULD}"),
        (WORSE, "worse", FELL_BY),
        (BETTER, "better", ROSE_BY),
        (replace(WORSE, margin_change_nats=MARGIN_FELL), "worse", FELL_BY),
        (replace(WORSE, margin_change_nats=MARGIN_SAME), "worse", FELL_BY),
        (
            change(margin=MARGIN_FELL),
            "worse",
            f"the margin fell by 0.12 nats (0.05 to 0.19); no change in accuracy seen, {WOULD}",
        ),
        (
            change(margin=MARGIN_ROSE),
            "better",
            f"the margin rose by 0.12 nats (0.05 to 0.19); no change in accuracy seen, {WOULD}",
        ),
        # Two that point in different directions: both are said, and it counts as worse.
        (
            replace(BETTER, margin_change_nats=MARGIN_FELL),
            "worse",
            f"{ROSE_BY}; the margin fell by 0.12 nats (0.05 to 0.19)",
        ),
        (
            replace(WORSE, margin_change_nats=MARGIN_ROSE),
            "worse",
            f"{FELL_BY}; the margin rose by 0.12 nats (0.05 to 0.19)",
        ),
        # The interval and the test must agree, and the corrected test where there is one.
        (change(FELL, lost=20, gained=18), "unseen", f"no change seen; {WOULD}"),
        (change(SAME, lost=80, gained=39), "unseen", f"no change seen; {WOULD}"),
        (replace(WORSE, p_holm=0.049), "worse", FELL_BY),
        (replace(WORSE, p_holm=0.051), "unseen", f"no change seen; {WOULD}"),
        # An interval that ends at 0 holds it.
        (change(Interval(-0.02, -0.04, 0.0, "items"), lost=80, gained=39), "unseen", f"no change seen; {WOULD}"),
        # Too few items.
        (
            change(drop=None, before=0.6),
            "unseen",
            "too few items to see even a drop of 60 points, all that the baseline gets right",
        ),
        (
            change(drop=None, before=0.2),
            "unseen",
            "too few items to see even a drop of 20 points, all that the baseline gets right",
        ),
        (
            change(margin=MARGIN_FELL, drop=None, before=0.6),
            "worse",
            "the margin fell by 0.12 nats (0.05 to 0.19); "
            "too few items to see even a drop of 60 points, all that the baseline gets right",
        ),
        # A single template, whatever its items say.
        (
            change(Interval(-0.3, -0.3, -0.3, "none"), lost=30, gained=0, drop=None),
            "unseen",
            "all items share one template, so no change could be told from chance",
        ),
    ],
)
def test_what_is_said_above_chance(found: Change, way: str, says: str) -> None:
    assert verdict(found, at_chance=False) == says
    assert direction(found, at_chance=False) == way


@pytest.mark.parametrize(
    ("margin", "way", "says"),
    [
        (MARGIN_FELL, "worse", "the margin alone is judged: it fell by 0.12 nats (0.05 to 0.19)"),
        (MARGIN_ROSE, "better", "the margin alone is judged: it rose by 0.12 nats (0.05 to 0.19)"),
        # 0.03 on either side: a standard error of 0.0153, and 2.80 of those are 0.0429.
        (
            MARGIN_SAME,
            "unseen",
            "the margin alone is judged: no change seen; a fall of 0.05 nats or more would have been",
        ),
        (Interval(0, 0, 0, "none"), "unseen", "the margin alone is judged: its mean is the same"),
        (
            Interval(-0.5, -0.5, -0.5, "none"),
            "unseen",
            "the margin alone is judged: a change cannot be told from chance",
        ),
        (None, "unseen", "its answers cannot show a change"),
    ],
)
def test_what_is_said_at_chance(margin: Interval | None, way: str, says: str) -> None:
    # Accuracy that seems to have fallen is no evidence there.
    found = replace(WORSE, margin_change_nats=margin)
    assert verdict(found, at_chance=True) == f"the baseline is at chance, so {says}"
    assert direction(found, at_chance=True) == way
    assert accuracy_direction(found) == "worse"


@pytest.mark.parametrize(
    ("drop", "says"),
    [
        (0.0021, "0.3 points"),
        (0.003, "0.3 points"),
        (0.0096, "1 point"),
        (0.01, "1 point"),
        (0.0101, "2 points"),
        (0.07, "7 points"),
        (0.0234, "3 points"),
        (0.5, "50 points"),
    ],
)
def test_what_would_have_been_seen_is_rounded_up(drop: float, says: str) -> None:
    assert verdict(change(drop=drop), at_chance=False) == f"no change seen; a drop of {says} or more would have been"


def test_small_numbers_do_not_become_0() -> None:
    small = change(
        Interval(-0.002, -0.0038, -0.0002, "items"), Interval(0.002, 0.0004, 0.0036, "items"), lost=1, gained=0
    )
    found = replace(small, p_mcnemar=0.01)
    assert verdict(found, at_chance=False) == (
        "accuracy fell by 0.2 points (0.02 to 0.4): 1 item became wrong, none right; "
        "the margin rose by 0.002 nats (0.0004 to 0.004)"
    )
    tiny = replace(small, margin_change_nats=Interval(0, -0.00002, 0.00002, "items"))
    assert "a fall of 0.01 nats or more" in verdict(tiny, at_chance=True)


def test_another_share_has_another_name() -> None:
    assert verdict(WORSE, at_chance=False, noun="recall at 10").startswith("recall at 10 fell by 4.1 points")
    found = change(margin=MARGIN_FELL)
    assert "no change in recall at 10 seen" in verdict(found, at_chance=False, noun="recall at 10")


ends = st.tuples(*[st.floats(-0.5, 0.5)] * 3).map(sorted)


@settings(max_examples=300, deadline=None, database=None)
@given(ends, st.none() | ends, st.integers(0, 200), st.integers(0, 200), st.none() | st.floats(0.001, 1), st.booleans())
def test_no_sentence_takes_not_seeing_for_a_sign(
    accuracy: list[float],
    margin: list[float] | None,
    lost: int,
    gained: int,
    drop: float | None,
    chance: bool,
) -> None:
    low, value, high = accuracy
    margins = Interval(margin[1], margin[0], margin[2], "items") if margin else None
    found = change(Interval(value, low, high, "items"), margins, lost, gained, drop)
    says, way = verdict(found, chance), direction(found, chance)
    if "no change" in says:
        assert "or more would have been" in says
    claims = "fell by" in says or "rose by" in says
    assert claims == (way != "unseen")
    assert ("fell by" in says) == (way == "worse")
    assert not any(word in says for word in ("same", "equal", "no difference", "no loss", "lossless"))
    if not chance and accuracy_direction(found) == margin_direction(found) == "unseen":
        assert "would have been" in says or "too few items" in says


def test_a_claim_in_company_needs_more() -> None:
    alone = change(FELL, lost=30, gained=14)
    together = holm_adjusted([alone] * 10)[0]
    assert alone.p_mcnemar < 0.05 < 10 * alone.p_mcnemar
    assert direction(alone, at_chance=False) == "worse"
    assert direction(together, at_chance=False) == "unseen"


def test_the_margin_is_told_in_its_unit() -> None:
    said = verdict(change(margin=MARGIN_FELL), at_chance=False, unit="nats a character")
    assert "the margin fell by 0.12 nats a character (0.05 to 0.19)" in said
    said = verdict(change(margin=MARGIN_SAME), at_chance=True, unit="nats a character")
    assert "nats a character or more would have been" in said


def test_a_baseline_that_gets_nothing_right_has_nothing_to_lose() -> None:
    nothing = change(Interval(0.0, -0.003, 0.003, "items"), lost=0, gained=0, drop=None, before=0.0)
    assert verdict(nothing, at_chance=False) == "the baseline gets nothing right, so nothing can be lost"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.842, "0.84"), (0.998, "0.998"), (0.9996, "0.9996"), (1.004, "1.004"), (1.0, "1.00"), (1.00001, "1.00")],
)
def test_a_ratio_that_is_not_1_does_not_read_as_1(value: float, shown: str) -> None:
    assert ratio_digits(value) == shown
