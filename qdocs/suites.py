"""Which models, schemes and workloads does a named suite measure, in which order?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qdocs.errors import WrongUse
from qdocs.record import (
    NOISE_FLOOR,
    AnySpec,
    FidelitySpec,
    FidelityWorkload,
    LatencySpec,
    LatencyWorkload,
    MemorySpec,
    MemoryWorkload,
)
from qdocs.record.base import Backend, Mode


@dataclass(frozen=True)
class Suite:
    """A named choice of models, schemes and workloads."""

    name: str
    about: str
    models: tuple[str, ...]
    schemes: tuple[str, ...]
    modes: tuple[Mode, ...]
    latency: tuple[LatencyWorkload, ...]
    memory: MemoryWorkload
    fidelity: FidelityWorkload
    rounds: int
    iterations: int
    time_limit_s: float


SUITES = {
    "quick": Suite(
        name="quick",
        about="the embedded model in a few minutes: four schemes, batch 1, about 2,000 tokens of fidelity",
        models=("smollm2-135m",),
        schemes=("fp32", "bf16", "int8wo", "int4wo-g32"),
        modes=("eager", "compiled"),
        latency=(LatencyWorkload(batch=1, prompt_tokens=128, new_tokens=64),),
        memory=MemoryWorkload(batch=1, context_tokens=192),
        fidelity=FidelityWorkload(window_tokens=256, windows_per_corpus=4),
        rounds=1,
        iterations=5,
        time_limit_s=1200,
    )
}


def find_suite(name: str) -> Suite:
    """The suite of that name.

    Raises:
        WrongUse: If there is none.
    """
    if name not in SUITES:
        raise WrongUse(f"unknown suite {name!r}: expected {', '.join(SUITES)}")
    return SUITES[name]


def plan(
    suite: Suite, model: str, schemes: list[str], modes: list[Mode], backend: Backend, rounds: int
) -> list[AnySpec]:
    """The cells of a run, in the order of their value: stored bytes, fidelity, then latency in rounds.

    Latency runs in rounds whose order of schemes is rotated, so that a slow drift of the machine falls on all schemes.
    The noise floor is a yardstick for fidelity; it is timed in eager mode only.

    Args:
        suite: Whose workloads.
        model: The model's id.
        schemes: Names, the baseline among them.
        modes: For latency; memory and fidelity run once a scheme, in eager mode.
        backend: What carries the schemes out.
        rounds: How often latency is repeated, 1 or more.
    """

    def key(scheme: str, mode: Mode = "eager", repeat: int = 1) -> dict[str, Any]:
        return {"model": model, "scheme": scheme, "backend": backend, "mode": mode, "repeat": repeat}

    cells: list[AnySpec] = [MemorySpec(**key(s), workload=suite.memory) for s in schemes]
    cells += [FidelitySpec(**key(s), workload=suite.fidelity) for s in schemes]
    for repeat in range(1, rounds + 1):
        turn = (repeat - 1) % len(schemes)
        for mode in modes:
            for scheme in schemes[turn:] + schemes[:turn]:
                if mode == "compiled" and scheme == NOISE_FLOOR:
                    continue
                for workload in suite.latency:
                    cells.append(LatencySpec(**key(scheme, mode, repeat), workload=workload))
    return cells
