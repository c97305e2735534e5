"""Which cells does a run have, in which order?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from qdocs.record import (
    BASELINE,
    NOISE_FLOOR,
    AccuracySpec,
    AnySpec,
    EmbeddingSpec,
    EncodingSpec,
    FidelitySpec,
    LatencySpec,
    LayerErrorSpec,
    MemorySpec,
    Model,
    QuantizingSpec,
    Task,
    TaskWorkload,
    TextSpec,
    TokenizationSpec,
)
from qdocs.record.base import Backend, Mode
from qdocs.suites import Embedding, Generating, Suite, Timing
from qdocs.tasks.embedding import evaluation_set
from qdocs.tasks.texts import bundled_texts

# Every scheme answers so many items, or one task, before any goes on with the next; each time a process loads it anew.
# Three of the bundled tasks in full: a process fewer for each of the others.
ITEMS_AT_ONCE = 3400


def plan(
    suite: Suite,
    model: Model,
    schemes: list[str],
    modes: list[Mode],
    backend: Backend,
    rounds: int,
    tasks: list[Task],
) -> list[AnySpec]:
    """The cells of a run, in the order of their value for the time they take.

    Speed runs in rounds whose order of schemes is rotated, so that a slow drift of the machine falls on all schemes.
    The noise floor is a yardstick for closeness; it is timed in eager mode only.

    Args:
        suite: Whose workloads.
        model: What is measured.
        schemes: Names, the baseline among them.
        modes: For speed; everything else runs once a scheme, in eager mode.
        backend: What carries the schemes out.
        rounds: How often speed is measured, 1 or more.
        tasks: What the suite asks, as the record describes it.
    """

    def key(scheme: str, mode: Mode = "eager", repeat: int = 1) -> dict[str, Any]:
        return {"model": model.id, "scheme": scheme, "backend": backend, "mode": mode, "repeat": repeat}

    def timed() -> list[dict[str, Any]]:
        keys = []
        for repeat in range(1, rounds + 1):
            turn = (repeat - 1) % len(schemes)
            for mode in modes:
                for scheme in schemes[turn:] + schemes[:turn]:
                    if mode == "eager" or scheme != NOISE_FLOOR:
                        keys.append(key(scheme, mode, repeat))
        return keys

    def speed(timings: tuple[Timing, ...]) -> list[AnySpec]:
        return [
            LatencySpec(**k, workload=one.workload)
            for one in timings
            for k in timed()
            if one.takes(k["scheme"], k["mode"])
        ]

    def weights_only(what: Generating | Embedding) -> list[AnySpec]:
        quantizing = [s for s in schemes if s not in (BASELINE, NOISE_FLOOR)]
        cells: list[AnySpec] = []
        if what.layer_error:
            cells += [LayerErrorSpec(**key(s), workload=what.layer_error) for s in quantizing]
        if what.quantizing:
            cells += [QuantizingSpec(**key(s, repeat=turn)) for turn in range(1, rounds + 1) for s in quantizing]
        return cells

    def weighed(what: Generating | Embedding) -> list[AnySpec]:
        cells: list[AnySpec] = [MemorySpec(**key(s), workload=w) for w in what.memory for s in schemes]
        if what.tokenization:
            cells.append(TokenizationSpec(**key(BASELINE), workload=bundled_texts().workload))
        return cells

    if model.purpose == "embed":
        embedding = suite.embedding
        cells = weighed(embedding)
        if embedding.evaluation:
            texts = evaluation_set(**asdict(embedding.evaluation)).workload
            cells += [EmbeddingSpec(**key(s), workload=texts) for s in schemes]
        cells += weights_only(embedding)
        cells += [EncodingSpec(**k, workload=w) for k in timed() for w in embedding.encoding]
        return cells
    generating = suite.generating
    cells = [*speed(generating.headline), *weighed(generating)]
    if generating.fidelity:
        cells += [FidelitySpec(**key(s), workload=generating.fidelity) for s in schemes]
    cells += weights_only(generating)
    cells += speed(generating.latency)
    for portion in _portions(tasks):
        for scheme in schemes:
            for task in portion:
                work = TaskWorkload(task=task.name, items=task.items)
                kind = TextSpec if task.format == "text" else AccuracySpec
                cells.append(kind(**key(scheme), workload=work))
    return cells


def _portions(tasks: list[Task]) -> list[list[Task]]:
    """Small tasks together, large ones alone, so that a run that stops early compares all schemes on what it asked."""
    portions: list[list[Task]] = []
    for task in tasks:
        if portions and sum(one.items for one in portions[-1]) + task.items <= ITEMS_AT_ONCE:
            portions[-1].append(task)
        else:
            portions.append([task])
    return portions
