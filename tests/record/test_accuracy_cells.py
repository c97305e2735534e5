"""Do log-probabilities become the right outcomes, whatever the scoring and the ties?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qdocs.record import AccuracySamples, AccuracySpec, AnswerOutcomes, ChoiceOutcomes, TaskWorkload


def samples(outcomes: ChoiceOutcomes | AnswerOutcomes, count: int) -> AccuracySamples:
    names = [f"i{n}" for n in range(count)]
    return AccuracySamples(ids=names, groups=names, outcomes=outcomes, texts=None)


def spec(items: int) -> AccuracySpec:
    work = TaskWorkload(task="facts", items=items)
    return AccuracySpec(model="m", scheme="int8wo", backend="cpu", mode="eager", repeat=1, workload=work)


def test_margin_and_verdict_by_sum_and_by_characters() -> None:
    rows = [[-1.0, -3.0, -2.0], [-6.0, -4.0, -9.0]]
    by_sum = ChoiceOutcomes(scoring="sum", answers=[0, 2], logprobs_nats=rows, characters=[[1, 2, 4], [3, 1, 9]])
    assert by_sum.margins_nats().tolist() == [1.0, -5.0]
    assert by_sum.correct(["a", "b"]).tolist() == [True, False]
    by_length = by_sum.model_copy(update={"scoring": "characters"})
    assert by_length.margins_nats() == pytest.approx([-0.5, 1.0])
    assert by_length.correct(["a", "b"]).tolist() == [False, True]
    found = spec(2).summarize(samples(by_sum, 2))
    assert (found["accuracy"], found["margin_mean_nats"], found["ties"]) == (0.5, -2.0, 0)


def test_ties_are_drawn_fairly_and_always_alike() -> None:
    count = 4000
    tied = ChoiceOutcomes(
        scoring="sum", answers=[0] * count, logprobs_nats=[[-1.0, -1.0]] * count, characters=[[1, 1]] * count
    )
    names = [f"item-{n}" for n in range(count)]
    first = tied.correct(names)
    assert (first == tied.correct(names)).all()
    assert abs(first.mean() - 0.5) < 4 * math.sqrt(0.25 / count)
    assert tied.ties() == count
    # Another right choice of the same item loses where the first one won: it is one draw, not a bonus.
    assert (tied.model_copy(update={"answers": [1] * count}).correct(names) == ~first).all()


def test_a_tie_between_wrong_choices_is_no_tie() -> None:
    outcomes = ChoiceOutcomes(scoring="sum", answers=[0], logprobs_nats=[[-1.0, -2.0, -2.0]], characters=[[1, 1, 1]])
    assert outcomes.ties() == 0
    assert outcomes.correct(["a"]).tolist() == [True]


@given(st.lists(st.lists(st.floats(-50, 0), min_size=2, max_size=5), min_size=1, max_size=8), st.data())
def test_the_sign_of_the_margin_decides(rows: list[list[float]], data: st.DataObject) -> None:
    right = [data.draw(st.integers(0, len(row) - 1)) for row in rows]
    lengths = [[1] * len(row) for row in rows]
    outcomes = ChoiceOutcomes(scoring="sum", answers=right, logprobs_nats=rows, characters=lengths)
    margins = outcomes.margins_nats()
    correct = outcomes.correct([f"i{n}" for n in range(len(rows))])
    assert correct[margins > 0].all()
    assert not correct[margins < 0].any()
    found = spec(len(rows)).summarize(samples(outcomes, len(rows)))
    assert found["accuracy"] == pytest.approx(np.mean(correct))


def test_answers() -> None:
    found = spec(3).summarize(samples(AnswerOutcomes(right=[True, True, False], exact=[True, False, False]), 3))
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert found["exact_accuracy"] == pytest.approx(1 / 3)
    assert found["margin_mean_nats"] is None
    assert "no wrong choice" in found["reasons"]["margin_mean_nats"]
    assert spec(1).summarize(samples(AnswerOutcomes(right=[True], exact=None), 1))["exact_accuracy"] is None


def test_what_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match="3 items, expected 2"):
        spec(2).summarize(samples(AnswerOutcomes(right=[True] * 3, exact=None), 3))
    with pytest.raises(ValidationError, match="right choice 2"):
        ChoiceOutcomes(scoring="sum", answers=[2], logprobs_nats=[[-1.0, -2.0]], characters=[[1, 1]])
    with pytest.raises(ValidationError, match="columns of choices differ"):
        ChoiceOutcomes(scoring="sum", answers=[0, 0], logprobs_nats=[[-1.0, -2.0]], characters=[[1, 1]])
    with pytest.raises(ValidationError, match="less than or equal to 0"):
        ChoiceOutcomes(scoring="sum", answers=[0], logprobs_nats=[[0.1, -2.0]], characters=[[1, 1]])
    with pytest.raises(ValidationError, match="twice"):
        AccuracySamples(
            ids=["a", "a"], groups=["g", "g"], outcomes=AnswerOutcomes(right=[True, True], exact=None), texts=None
        )


def test_what_pairs_two_schemes_is_ids_groups_and_right_choices() -> None:
    outcomes = ChoiceOutcomes(scoring="sum", answers=[0], logprobs_nats=[[-1.0, -2.0]], characters=[[1, 1]])
    one = samples(outcomes, 1)
    same = samples(outcomes.model_copy(update={"logprobs_nats": [[-5.0, -2.0]]}), 1)
    assert one.questions_sha256 == same.questions_sha256
    for changed in (
        one.model_copy(update={"ids": ["other"]}),
        one.model_copy(update={"groups": ["other"]}),
        samples(outcomes.model_copy(update={"answers": [1]}), 1),
        samples(outcomes.model_copy(update={"scoring": "characters"}), 1),
    ):
        assert changed.questions_sha256 != one.questions_sha256
