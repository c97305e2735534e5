"""How long does it take to measure cells, at a guess?"""

from __future__ import annotations

from qdocs.record import AccuracySpec, AnySpec, TextSpec

# First guesses of the seconds that a process takes, by kind and mode; what was seen corrects them as the run goes on.
EXPECTED_S = {
    "memory eager": 8.0,
    "quantizing eager": 8.0,
    "fidelity eager": 12.0,
    "layer_error eager": 12.0,
    "latency eager": 20.0,
    "latency compiled": 45.0,
    "accuracy eager": 5.0,
    "text eager": 5.0,
    "encoding eager": 10.0,
    "encoding compiled": 25.0,
    "embedding eager": 40.0,
    "tokenization eager": 6.0,
}
EXPECTED_S_PER_ITEM = 0.05


def guess(job: list[AnySpec]) -> float:
    """Seconds that a process takes for these cells, at a first guess for the embedded model."""
    return sum(EXPECTED_S[f"{spec.kind} {spec.mode}"] for spec in job) + EXPECTED_S_PER_ITEM * items(job)


def items(job: list[AnySpec]) -> int:
    """How many questions and texts these cells ask."""
    return sum(spec.workload.items for spec in job if isinstance(spec, AccuracySpec | TextSpec))
