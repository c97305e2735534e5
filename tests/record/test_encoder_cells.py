"""Do ranks and cosines become the figures that one computes by hand, and is what does not add up refused?"""

from __future__ import annotations

import math
from typing import Any

import pytest
from pydantic import ValidationError

from qdocs.record.base import Measured, Sidecar
from qdocs.record.embedding import (
    EmbeddingResult,
    EmbeddingSamples,
    EmbeddingSpec,
    EmbeddingWorkload,
    EvaluatorFigures,
    PairOutcomes,
    QueryOutcomes,
)
from qdocs.record.encoding import EncodingCell, EncodingResult, EncodingSamples, EncodingSpec, EncodingWorkload
from tests.factory import SHA, START, disturbance

KEY: dict[str, Any] = {"model": "tiny", "scheme": "int8wo", "backend": "cpu", "repeat": 1}
SPEC = EmbeddingSpec(**KEY, mode="eager", workload=EmbeddingWorkload(passages=20, queries=4, pairs=4, data_sha256=SHA))
QUERIES: dict[str, Any] = {
    "ids": ["q1", "q2", "q3", "q4"],
    "groups": ["a", "a", "b", "b"],
    "rank": [1, 2, 10, 11],
    "margin": [0.2, -0.1, -0.3, -0.4],
    "overlap_at_10": [1.0, 0.9, 0.5, 0.8],
    "top1_agrees": [True, True, False, True],
}
PAIRS: dict[str, Any] = {
    "ids": ["p1", "p2", "p3", "p4"],
    "groups": ["a", "b", "c", "c"],
    "grade": [5.0, 3.0, 2.0, 0.0],
    "cosine": [0.9, 0.2, 0.4, 0.1],
}
FIGURES: dict[str, Any] = {
    "recall_at_1": 1 / 4,
    "mrr_at_10": (1 + 1 / 2 + 1 / 10) / 4,
    "ndcg_at_10": (1 + 1 / math.log2(3) + 1 / math.log2(11)) / 4,
    # Two neighbouring ranks of four are exchanged: 1 - 6 * (1 + 1) / (4 * 15).
    "spearman": 0.8,
}


def samples(**changes: Any) -> EmbeddingSamples:
    values: dict[str, Any] = {
        "data_sha256": SHA,
        "cosine_to_baseline": [1.0] * 12 + [0.99] * 11 + [0.5],
        "queries": QueryOutcomes(**QUERIES),
        "pairs": PairOutcomes(**PAIRS),
        "evaluators": EvaluatorFigures(**FIGURES),
    }
    return EmbeddingSamples(**(values | changes))


def test_figures_by_hand() -> None:
    found = SPEC.summarize(samples())
    assert {name: found[name] for name in FIGURES} == pytest.approx(FIGURES)
    assert found["cosine_mean"] == pytest.approx((12 + 11 * 0.99 + 0.5) / 24)
    assert found["cosine_median"] == pytest.approx(0.995)
    assert found["cosine_min"] == 0.5
    assert found["overlap_at_10"] == pytest.approx(0.8)
    assert found["top1_agreement"] == 0.75
    assert found["margin_mean"] == pytest.approx(-0.15)
    assert (found["query_groups"], found["pair_groups"]) == (2, 3)
    result = EmbeddingResult(samples=Sidecar(path="samples/x.json.gz", sha256=SHA), engine="test", **found)
    assert result.paired_by == SHA


@pytest.mark.parametrize("name", FIGURES)
def test_an_evaluator_that_says_something_else_is_an_error(name: str) -> None:
    said = EvaluatorFigures(**(FIGURES | {name: FIGURES[name] + 2e-6}))
    with pytest.raises(ValueError, match=f"{name} is .* the evaluators said"):
        SPEC.summarize(samples(evaluators=said))


def test_equal_cosines_have_no_spearman_and_say_why() -> None:
    flat = PairOutcomes(**(PAIRS | {"cosine": [0.5] * 4}))
    with pytest.raises(ValueError, match="spearman is None"):
        SPEC.summarize(samples(pairs=flat))
    found = SPEC.summarize(samples(pairs=flat, evaluators=EvaluatorFigures(**(FIGURES | {"spearman": None}))))
    assert found["spearman"] is None
    assert found["reasons"] == {"spearman": "all cosines are equal"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cosine_to_baseline": [1.0] * 23}, r"are \(23, 4, 4"),
        ({"data_sha256": "0" * 64}, "expected"),
        ({"queries": QueryOutcomes(**(QUERIES | {"rank": [1, 2, 10, 21]}))}, "a rank is 21, there are 20"),
        ({"pairs": PairOutcomes(**{name: values[:3] for name, values in PAIRS.items()})}, r"are \(24, 4, 3"),
    ],
)
def test_samples_of_another_workload_are_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        SPEC.summarize(samples(**changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rank": [1, 2, 10]}, "columns differ in length"),
        ({"ids": ["q1", "q1", "q3", "q4"]}, "an id is there twice"),
        ({"margin": [-0.2, -0.1, -0.3, -0.4]}, "q1: rank 1 does not go with margin -0.2"),
        ({"margin": [0.2, 0.1, -0.3, -0.4]}, "q2: rank 2 does not go with margin 0.1"),
        ({"rank": [0, 2, 10, 11]}, "greater than or equal to 1"),
        ({"overlap_at_10": [1.1, 0.9, 0.5, 0.8]}, "less than or equal to 1"),
    ],
)
def test_outcomes_of_queries_must_agree(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        QueryOutcomes(**(QUERIES | changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"grade": [3.0] * 4}, "nothing to rank"),
        ({"grade": [6.0, 3.0, 2.0, 0.0]}, "less than or equal to 5"),
        ({"groups": ["a"]}, "columns differ in length"),
        ({"cosine": [float("nan"), 0.1, 0.2, 0.3]}, "finite"),
    ],
)
def test_outcomes_of_pairs_must_agree(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        PairOutcomes(**(PAIRS | changes))


def test_a_workload_has_a_passage_for_every_query() -> None:
    with pytest.raises(ValidationError, match="30 queries have a passage each, there are 20"):
        EmbeddingWorkload(passages=20, queries=30, pairs=4, data_sha256=SHA)


def encoding(mode: str, compile_s: float | None) -> EncodingCell:
    spec = EncodingSpec(**KEY, mode=mode, workload=EncodingWorkload(batch=8, tokens=32))
    made = EncodingSamples(encode_ms=[10.0, 20.0, 40.0])
    result = EncodingResult(
        samples=Sidecar(path="samples/x.json.gz", sha256=SHA),
        warmup_iterations=3,
        warmup_s=0.1,
        compile_s=compile_s,
        disturbance=disturbance(),
        reasons={} if compile_s is not None else {"compile_s": "eager mode compiles nothing"},
        **spec.summarize(made),
    )
    outcome = Measured[EncodingResult](result=result)
    return EncodingCell(**dict(spec), started_at=START, duration_s=1.0, outcome=outcome)


def test_throughput_of_encoding_is_that_of_the_median_call() -> None:
    cell = encoding("eager", None)
    assert cell.outcome.state == "measured"
    result = cell.outcome.result
    assert (result.iterations, result.encode_ms.median) == (3, 20.0)
    assert result.texts_per_s == pytest.approx(8 / 0.020)
    assert result.tokens_per_s == pytest.approx(8 * 32 / 0.020)
    assert cell.id == "tiny/int8wo/cpu/eager/encoding-b8-t32/r1"


@pytest.mark.parametrize(("mode", "compile_s"), [("eager", 3.0), ("compiled", None)])
def test_compile_time_belongs_to_compiled_mode(mode: str, compile_s: float | None) -> None:
    with pytest.raises(ValidationError, match=f"mode is {mode}, compile_s says"):
        encoding(mode, compile_s)
