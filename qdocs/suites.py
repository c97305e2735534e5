"""Which models, schemes and workloads does a named suite measure, in which order?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from qdocs.errors import WrongUse
from qdocs.record import (
    BASELINE,
    NOISE_FLOOR,
    AccuracySpec,
    AnySpec,
    EmbeddingSpec,
    EncodingSpec,
    EncodingWorkload,
    FidelitySpec,
    FidelityWorkload,
    LatencySpec,
    LatencyWorkload,
    LayerErrorSpec,
    LayerErrorWorkload,
    MemorySpec,
    MemoryWorkload,
    Model,
    QuantizingSpec,
    Task,
    TaskWorkload,
    TextSpec,
)
from qdocs.record.base import Backend, Mode
from qdocs.tasks.asked import KINDS
from qdocs.tasks.embedding import evaluation_set

if TYPE_CHECKING:
    from qdocs.embedded import Purpose


@dataclass(frozen=True)
class Generating:
    """What is measured of a language model; `tasks` are names with a number of items, `None` for all."""

    latency: tuple[LatencyWorkload, ...] = ()
    memory: MemoryWorkload | None = None
    fidelity: FidelityWorkload | None = None
    layer_error: LayerErrorWorkload | None = None
    quantizing: bool = False
    tasks: Mapping[str, int | None] = field(default_factory=dict)
    iterations: int = 5


@dataclass(frozen=True)
class Evaluation:
    """How many of the bundled texts a sentence encoder is evaluated on; `None` for all."""

    passages: int | None = None
    queries: int | None = None
    pairs: int | None = None


@dataclass(frozen=True)
class Embedding:
    """What is measured of a sentence encoder."""

    encoding: tuple[EncodingWorkload, ...]
    memory: MemoryWorkload | None = None
    evaluation: Evaluation | None = None
    layer_error: LayerErrorWorkload | None = None
    quantizing: bool = False
    iterations: int = 30


@dataclass(frozen=True)
class Suite:
    """A named choice of models, schemes and workloads."""

    name: str
    about: str
    models: tuple[str, ...]
    schemes: tuple[str, ...]
    modes: tuple[Mode, ...]
    generating: Generating
    embedding: Embedding
    rounds: int
    time_limit_s: float

    @property
    def reads_corpus(self) -> list[Purpose]:
        """For which models something is measured on the texts of fidelity."""
        reads: dict[Purpose, bool] = {
            "generate": bool(self.generating.fidelity or self.generating.layer_error),
            "embed": bool(self.embedding.layer_error),
        }
        return [purpose for purpose, does in reads.items() if does]

    def compares_answers(self, purpose: Purpose) -> bool:
        """Whether something is measured that arithmetic alone moves, so that the noise floor is needed beside it."""
        if purpose == "embed":
            return self.embedding.evaluation is not None
        return bool(self.generating.fidelity or self.generating.tasks)


TASKS_ONLY = "tasks"
# Every scheme answers so many items, or one task, before any goes on with the next; each time a process loads it anew.
# Three of the bundled tasks in full: a process fewer for each of the others.
ITEMS_AT_ONCE = 3400
MODELS = ("smollm2-135m", "minilm-l6")
ALL_SCHEMES = (
    "fp32",
    "bf16",
    "int8wo",
    "int4wo-g32",
    "int4wo-g64",
    "int4wo-g128",
    "int4wo-g32-hqq",
    "int4wo-g32-int8head",
)
GENERATION = LatencyWorkload(batch=1, prompt_tokens=128, new_tokens=64)
GENERATION_MEMORY = MemoryWorkload(batch=1, context_tokens=192)
# Batch and prompt: the ends first, so that a budget that runs out has seen the extremes.
SWEEP = ((1, 128), (16, 128), (1, 16), (1, 512), (16, 16), (16, 512), (4, 128), (4, 16), (4, 512))
# Batch and prompt on a data-center GPU: one user, then many, then long prompts.
GPU_SWEEP = ((1, 128), (64, 128), (1, 16), (16, 128), (1, 2048), (128, 128), (8, 2048))
FIDELITY = FidelityWorkload(window_tokens=256, windows_per_corpus=32)
LAYER_ERROR = LayerErrorWorkload(tokens=512)
ENCODING_MEMORY = MemoryWorkload(batch=16, context_tokens=128)

SUITES = {
    "quick": Suite(
        name="quick",
        about="an embedded model in a few minutes: batch 1, about 2,000 tokens of fidelity, a few items of each task",
        models=MODELS,
        schemes=("fp32", "bf16", "int8wo", "int4wo-g32"),
        modes=("eager", "compiled"),
        generating=Generating(
            latency=(GENERATION,),
            memory=GENERATION_MEMORY,
            fidelity=FidelityWorkload(window_tokens=256, windows_per_corpus=4),
            tasks=dict.fromkeys(KINDS, 60) | {"recall": 15},
        ),
        embedding=Embedding(
            encoding=(EncodingWorkload(batch=1, tokens=32), EncodingWorkload(batch=16, tokens=128)),
            memory=ENCODING_MEMORY,
            evaluation=Evaluation(passages=500, queries=100, pairs=100),
        ),
        rounds=1,
        time_limit_s=1200,
    ),
    "standard": Suite(
        name="standard",
        about="an embedded model in an hour or so: three rounds, 16,000 tokens of fidelity, all items of each task",
        models=MODELS,
        schemes=ALL_SCHEMES,
        modes=("eager", "compiled"),
        generating=Generating(
            latency=(GENERATION,),
            memory=GENERATION_MEMORY,
            fidelity=FIDELITY,
            layer_error=LAYER_ERROR,
            quantizing=True,
            tasks=dict.fromkeys(KINDS),
        ),
        embedding=Embedding(
            encoding=tuple(EncodingWorkload(batch=b, tokens=t) for b in (1, 16) for t in (16, 128)),
            memory=ENCODING_MEMORY,
            evaluation=Evaluation(),
            layer_error=LAYER_ERROR,
            quantizing=True,
        ),
        rounds=3,
        time_limit_s=3600,
    ),
    "closeness": Suite(
        name="closeness",
        about="what other work on the machine does not disturb: stored bytes, fidelity, error by layer",
        models=MODELS,
        schemes=ALL_SCHEMES,
        modes=("eager",),
        generating=Generating(memory=GENERATION_MEMORY, fidelity=FIDELITY, layer_error=LAYER_ERROR),
        embedding=Embedding(encoding=(), memory=ENCODING_MEMORY, evaluation=Evaluation(), layer_error=LAYER_ERROR),
        rounds=1,
        time_limit_s=3600,
    ),
    "gpu": Suite(
        name="gpu",
        about="a data-center GPU in both regimes: one user and many, short prompts and long; memory, fidelity",
        models=("shape:llama-3.1-8b", "minilm-l6"),
        schemes=("bf16", "int8wo", "int4wo-g64", "int4wo-g128"),
        modes=("compiled", "eager"),
        generating=Generating(
            latency=tuple(LatencyWorkload(batch=b, prompt_tokens=p, new_tokens=200) for b, p in GPU_SWEEP),
            memory=MemoryWorkload(batch=1, context_tokens=328),
            fidelity=FIDELITY,
        ),
        embedding=Embedding(
            encoding=tuple(EncodingWorkload(batch=b, tokens=128) for b in (1, 256)),
            memory=ENCODING_MEMORY,
            evaluation=Evaluation(),
        ),
        rounds=1,
        time_limit_s=3600,
    ),
    "sweep": Suite(
        name="sweep",
        about="speed alone over batch sizes and prompt lengths: where a scheme wins, and where it loses",
        models=MODELS,
        schemes=("bf16", "int8wo", "int4wo-g32"),
        modes=("eager", "compiled"),
        generating=Generating(
            latency=tuple(LatencyWorkload(batch=b, prompt_tokens=p, new_tokens=16) for b, p in SWEEP),
        ),
        embedding=Embedding(
            encoding=tuple(EncodingWorkload(batch=b, tokens=t) for b in (1, 4, 16) for t in (16, 128)),
        ),
        rounds=1,
        time_limit_s=3600,
    ),
}


def find_suite(name: str) -> Suite:
    """The suite of that name.

    Raises:
        WrongUse: If there is none.
    """
    if name not in SUITES:
        raise WrongUse(f"unknown suite {name!r}: expected {', '.join(SUITES)}")
    return SUITES[name]


def only_tasks(suite: Suite, tasks: list[str]) -> Suite:
    """A suite that asks these tasks in full, with the schemes of another, and measures nothing else."""
    return replace(suite, name=TASKS_ONLY, generating=Generating(tasks=dict.fromkeys(tasks)), rounds=1)


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

    def weights_only(what: Generating | Embedding) -> list[AnySpec]:
        quantizing = [s for s in schemes if s not in (BASELINE, NOISE_FLOOR)]
        cells: list[AnySpec] = []
        if what.layer_error:
            cells += [LayerErrorSpec(**key(s), workload=what.layer_error) for s in quantizing]
        if what.quantizing:
            cells += [QuantizingSpec(**key(s, repeat=turn)) for turn in range(1, rounds + 1) for s in quantizing]
        return cells

    if model.purpose == "embed":
        embedding = suite.embedding
        cells: list[AnySpec] = []
        if embedding.memory:
            cells += [MemorySpec(**key(s), workload=embedding.memory) for s in schemes]
        if embedding.evaluation:
            texts = evaluation_set(**asdict(embedding.evaluation)).workload
            cells += [EmbeddingSpec(**key(s), workload=texts) for s in schemes]
        cells += weights_only(embedding)
        cells += [EncodingSpec(**k, workload=w) for k in timed() for w in embedding.encoding]
        return cells
    generating = suite.generating
    cells = []
    if generating.memory:
        cells += [MemorySpec(**key(s), workload=generating.memory) for s in schemes]
    if generating.fidelity:
        cells += [FidelitySpec(**key(s), workload=generating.fidelity) for s in schemes]
    cells += weights_only(generating)
    # A process a cell: torch compiles a function for eight shapes and no more.
    cells += [LatencySpec(**k, workload=w) for w in generating.latency for k in timed()]
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
