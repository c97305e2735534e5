"""Which models, schemes and workloads does a named suite measure?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qdocs.errors import WrongUse
from qdocs.record import (
    BASELINE,
    EncodingWorkload,
    FidelityWorkload,
    LatencyWorkload,
    LayerErrorWorkload,
    MemoryWorkload,
)
from qdocs.record.base import Mode
from qdocs.tasks.asked import KINDS, PREFERENCE

if TYPE_CHECKING:
    from qdocs.embedded import Purpose

# How often generating and encoding are timed, of what length a generation is, and how much text fidelity reads, where a
# suite does not say otherwise; the method page states them.
TIMED_GENERATIONS = 5
TIMED_CALLS = 30
PROMPT_TOKENS = 128
NEW_TOKENS = 64
WINDOW_TOKENS = 256
WINDOWS = 32
QUICK_WINDOWS = 4


@dataclass(frozen=True)
class Timing:
    """A workload that is timed, by all schemes and in all modes of the suite or by some of them."""

    workload: LatencyWorkload
    schemes: tuple[str, ...] | None = None
    modes: tuple[Mode, ...] | None = None

    def takes(self, scheme: str, mode: Mode) -> bool:
        """Whether a scheme is timed in this mode; the baseline always is where others are."""
        of_schemes = self.schemes is None or scheme in (*self.schemes, BASELINE)
        return of_schemes and (self.modes is None or mode in self.modes)


@dataclass(frozen=True)
class Generating:
    """What is measured of a language model; `tasks` are names with a number of items, `None` for all.

    `headline` is timed before anything else, so that a short budget has it. So many `iterations` are timed, and more
    until their median is known to within `precision`, a share of it.
    """

    headline: tuple[Timing, ...] = ()
    latency: tuple[Timing, ...] = ()
    memory: tuple[MemoryWorkload, ...] = ()
    fidelity: FidelityWorkload | None = None
    layer_error: LayerErrorWorkload | None = None
    quantizing: bool = False
    tasks: Mapping[str, int | None] = field(default_factory=dict)
    tokenization: bool = False
    iterations: int = TIMED_GENERATIONS
    precision: float | None = None


@dataclass(frozen=True)
class Evaluation:
    """How many of the bundled texts a sentence encoder is evaluated on; `None` for all."""

    passages: int | None = None
    queries: int | None = None
    pairs: int | None = None


@dataclass(frozen=True)
class Embedding:
    """What is measured of a sentence encoder."""

    encoding: tuple[EncodingWorkload, ...] = ()
    memory: tuple[MemoryWorkload, ...] = ()
    evaluation: Evaluation | None = None
    layer_error: LayerErrorWorkload | None = None
    quantizing: bool = False
    tokenization: bool = False
    iterations: int = TIMED_CALLS


@dataclass(frozen=True)
class Suite:
    """A named choice of models, schemes and workloads; `by_model` says what it measures of models that differ."""

    name: str
    about: str
    models: tuple[str, ...]
    schemes: tuple[str, ...]
    modes: tuple[Mode, ...]
    generating: Generating
    embedding: Embedding
    rounds: int
    time_limit_s: float
    by_model: Mapping[str, Suite] = field(default_factory=dict)

    def of(self, model: str) -> Suite:
        """What is measured of a model of this name."""
        return self.by_model.get(model, self)

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
GENERATION = LatencyWorkload(batch=1, prompt_tokens=PROMPT_TOKENS, new_tokens=NEW_TOKENS)
GENERATION_MEMORY = MemoryWorkload(batch=1, context_tokens=PROMPT_TOKENS + NEW_TOKENS)
# Batch and prompt: the ends first, so that a budget that runs out has seen the extremes.
SWEEP = ((1, 128), (16, 128), (1, 16), (1, 512), (16, 16), (16, 512), (4, 128), (4, 16), (4, 512))
# On a data-center GPU: as torchao's own table has it, then many users at once, then long prompts.
GPU_SCHEMES = ("bf16", "int8wo", "int4wo-g64", "int4wo-g128", "int8wo-head", "int4wo-g64-head", "int4wo-g128-head")
GPU_PRECISION = 0.02
GPU_FEW = ("bf16", "int8wo", "int4wo-g128")


def _on_gpu(
    batch: int, prompt: int, schemes: tuple[str, ...] | None = None, mode: Mode = "compiled", new: int = 200
) -> Timing:
    return Timing(LatencyWorkload(batch=batch, prompt_tokens=prompt, new_tokens=new), schemes, (mode,))


GPU_MEMORY = MemoryWorkload(batch=1, context_tokens=328)
# From a short question to all that SmolLM2-135M reads.
CONTEXTS = (512, 2048, 4096, 8192)
FIDELITY = FidelityWorkload(window_tokens=WINDOW_TOKENS, windows_per_corpus=WINDOWS)
LAYER_ERROR = LayerErrorWorkload(tokens=512)
ENCODING_MEMORY = MemoryWorkload(batch=16, context_tokens=128)

_GPU = Suite(
    name="gpu",
    about="a data-center GPU in both regimes, one user and many; what is measured depends on the model",
    models=("shape:llama-3.1-8b", "shape:qwen3-0.6b", "smollm2-135m", "shape:qwen3-4b", "minilm-l6"),
    schemes=GPU_SCHEMES,
    modes=("compiled", "eager"),
    generating=Generating(
        headline=(_on_gpu(1, 128), _on_gpu(1, 16)),
        memory=(GPU_MEMORY,),
        latency=(
            *(_on_gpu(batch, 128, GPU_FEW) for batch in (64, 16, 128)),
            # Prefill is not compiled.
            *(_on_gpu(batch, 2048, GPU_FEW, "eager", new=8) for batch in (1, 8)),
            _on_gpu(1, 128, mode="eager"),
        ),
        precision=GPU_PRECISION,
    ),
    embedding=Embedding(
        encoding=tuple(EncodingWorkload(batch=b, tokens=128) for b in (1, 256)),
        memory=(ENCODING_MEMORY,),
        evaluation=Evaluation(),
    ),
    rounds=1,
    time_limit_s=3600,
)

SUITES = {
    "quick": Suite(
        name="quick",
        about="an embedded model in a few minutes: batch 1, about 2,000 tokens of fidelity, a few items of each task",
        models=MODELS,
        schemes=("fp32", "bf16", "int8wo", "int4wo-g32"),
        modes=("eager", "compiled"),
        generating=Generating(
            latency=(Timing(GENERATION),),
            memory=(GENERATION_MEMORY,),
            fidelity=FidelityWorkload(window_tokens=WINDOW_TOKENS, windows_per_corpus=QUICK_WINDOWS),
            tasks=dict.fromkeys(KINDS, 60) | {"recall": 15},
        ),
        embedding=Embedding(
            encoding=(EncodingWorkload(batch=1, tokens=32), EncodingWorkload(batch=16, tokens=128)),
            memory=(ENCODING_MEMORY,),
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
            latency=(Timing(GENERATION),),
            memory=(GENERATION_MEMORY,),
            fidelity=FIDELITY,
            layer_error=LAYER_ERROR,
            quantizing=True,
            tasks=dict.fromkeys(KINDS),
        ),
        embedding=Embedding(
            encoding=tuple(EncodingWorkload(batch=b, tokens=t) for b in (1, 16) for t in (16, 128)),
            memory=(ENCODING_MEMORY,),
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
        generating=Generating(memory=(GENERATION_MEMORY,), fidelity=FIDELITY, layer_error=LAYER_ERROR),
        embedding=Embedding(memory=(ENCODING_MEMORY,), evaluation=Evaluation(), layer_error=LAYER_ERROR),
        rounds=1,
        time_limit_s=3600,
    ),
    "gpu": replace(
        _GPU,
        by_model={
            "shape:qwen3-0.6b": replace(
                _GPU,
                schemes=GPU_FEW,
                generating=replace(_GPU.generating, headline=(_on_gpu(1, 128), _on_gpu(64, 128)), latency=()),
            ),
            "shape:qwen3-4b": replace(_GPU, generating=replace(_GPU.generating, latency=())),
            # Real weights: how close they stay when packed for CUDA, and what padding does to a narrow model.
            "smollm2-135m": replace(
                _GPU,
                schemes=(*ALL_SCHEMES, *(name for name in GPU_SCHEMES if name.endswith("-head"))),
                modes=("eager",),
                generating=Generating(memory=(GENERATION_MEMORY,), fidelity=FIDELITY, tasks=dict.fromkeys(KINDS)),
            ),
            "minilm-l6": replace(_GPU, schemes=("bf16", "int8wo", "int4wo-g64", "int4wo-g128")),
        },
    ),
    "lessons": Suite(
        name="lessons",
        about="what the related lessons show: the cache by context length, tokens by kind of text, preference pairs",
        models=MODELS,
        schemes=("bf16", "int8wo", "int4wo-g32", "int4wo-g64"),
        modes=("eager",),
        generating=Generating(
            memory=tuple(MemoryWorkload(batch=1, context_tokens=tokens) for tokens in CONTEXTS),
            tasks={PREFERENCE: None},
            tokenization=True,
        ),
        embedding=Embedding(tokenization=True),
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
            latency=tuple(Timing(LatencyWorkload(batch=b, prompt_tokens=p, new_tokens=16)) for b, p in SWEEP),
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
