"""What does a run hold: where it ran, what it loaded, which schemes, which cells?"""

from __future__ import annotations

import re
from collections import Counter
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from qdocs.record.accuracy import AccuracyCell, AccuracySpec
from qdocs.record.base import Backend, Count, Explained, Name, Part, Positive, Sha256, Share, Text
from qdocs.record.embedding import EmbeddingCell, EmbeddingSpec
from qdocs.record.encoding import EncodingCell, EncodingSpec
from qdocs.record.fidelity import FidelityCell, FidelitySpec
from qdocs.record.latency import LatencyCell, LatencySpec
from qdocs.record.layer_error import LayerErrorCell, LayerErrorSpec
from qdocs.record.memory import MemoryCell, MemorySpec
from qdocs.record.quantizing import QuantizingCell, QuantizingSpec
from qdocs.record.task import Task
from qdocs.record.text import TextCell, TextSpec
from qdocs.record.tokenization import TokenizationCell, TokenizationSpec

SCHEMA_VERSION = 5
RunName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=120)]
Command = Annotated[list[str], Field(min_length=1)]
BASELINE = "bf16"
NOISE_FLOOR = "fp32"
Products = Literal["native", "fp32"]

AnySpec = Annotated[
    LatencySpec
    | MemorySpec
    | QuantizingSpec
    | FidelitySpec
    | LayerErrorSpec
    | AccuracySpec
    | TextSpec
    | EncodingSpec
    | EmbeddingSpec
    | TokenizationSpec,
    Field(discriminator="kind"),
]
AnyCell = Annotated[
    LatencyCell
    | MemoryCell
    | QuantizingCell
    | FidelityCell
    | LayerErrorCell
    | AccuracyCell
    | TextCell
    | EncodingCell
    | EmbeddingCell
    | TokenizationCell,
    Field(discriminator="kind"),
]


class Device(Explained):
    """What computed: the processor for `cpu`, the accelerator for `cuda`."""

    backend: Backend
    name: Text
    cores: Positive | None
    memory_bytes: Positive
    compute_capability: Text | None
    driver: Text | None


class Environment(Explained):
    """What one must have to repeat the run on a like machine.

    `bf16_products` says how products of bf16 matrices were computed in cells that are not timed: by torch's own kernels
    for them, or, on a processor for which it has none, in fp32 and rounded.
    """

    device: Device
    system: Text
    architecture: Text
    processor: Text
    host_memory_bytes: Positive
    torch_threads: Positive
    bf16_products: Products
    python: Text
    versions: dict[str, str]
    compiler: Text | None
    bandwidth_probes_gb_per_s: Annotated[list[Annotated[float, Field(gt=0)]], Field(min_length=1)]


class Model(Explained):
    """Weights and where they come from; the digests are of the weights as loaded, and of configuration and tokenizer.

    `weights_seed` makes random weights again, which stand for the speed and memory of a model of their shape.
    `linear_weights` leaves the output head out, as coverage does.
    """

    id: Name
    purpose: Literal["generate", "embed"]
    source: Text
    source_sha256: Sha256 | None
    weights_sha256: Sha256 | None
    setup_sha256: Sha256 | None
    permutation_seed: int | None
    weights_seed: int | None
    caveat: Text | None
    parameters: Positive
    linear_weights: Positive

    @model_validator(mode="after")
    def _either_real_or_random(self) -> Model:
        if (self.weights_sha256 is None) == (self.weights_seed is None):
            raise ValueError(f"{self.id}: expected a digest of real weights or the seed of random ones")
        return self


class LayerGroup(Part):
    """Linear layers alike in shape and treatment; `pattern` is their name with `*` for the layer's index.

    `skipped_because` is text for a group that is not quantized, and `null` for one that is.
    """

    pattern: Text
    count: Positive
    out_features: Positive
    in_features: Positive
    tensor_class: Text
    is_head: bool
    quantized: bool
    skipped_because: Text | None

    @model_validator(mode="after")
    def _skipped_for_a_reason(self) -> LayerGroup:
        if self.quantized == (self.skipped_because is not None):
            raise ValueError(f"{self.pattern}: a reason for skipping goes with a skipped layer, and only with one")
        return self

    @property
    def weights(self) -> int:
        """Weights in the whole group."""
        return self.count * self.out_features * self.in_features


class Scheme(Part):
    """What an example did to the linear layers. Coverage leaves the output head out: it has its own flag."""

    example: Text
    example_sha256: Sha256
    params: dict[str, str | int | float | bool | None]
    configs: list[Text]
    layers: list[LayerGroup]
    coverage: Share
    head_quantized: bool

    @model_validator(mode="after")
    def _follows_from_layers(self) -> Scheme:
        if abs(self.coverage - coverage(self.layers)) > 1e-9:
            raise ValueError(f"coverage is {self.coverage}, the layers give {coverage(self.layers)}")
        if self.head_quantized != any(g.is_head and g.quantized for g in self.layers):
            raise ValueError(f"head_quantized is {self.head_quantized}, the layers say otherwise")
        return self


def coverage(layers: list[LayerGroup]) -> float:
    """Share of the body's linear weights that is quantized, 0 to 1; 0 for a body without linear layers."""
    body = [g for g in layers if not g.is_head]
    total = sum(g.weights for g in body)
    return sum(g.weights for g in body if g.quantized) / total if total else 0.0


class RunPart(Explained):
    """A run that was merged into another; where its cells were measured, all on one machine."""

    name: RunName
    command: Command
    started_at: AwareDatetime
    ended_at: AwareDatetime
    environment: Environment
    workloads: Annotated[list[Text], Field(min_length=1)]


class Run(Explained):
    """Cells measured together on one machine, or on like machines and then merged. Ratios are taken only within a run.

    Of a merged run `environment` is that of its first part; every ratio is still between cells of one machine, since
    each workload, with all its schemes, was measured in one part.
    """

    schema_version: Literal[5] = 5
    name: RunName
    suite: Name
    command: Command
    fingerprint: Sha256
    qdocs_version: Text
    commit: Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")] | None
    dirty: bool | None
    started_at: AwareDatetime
    ended_at: AwareDatetime | None
    seed: Count
    environment: Environment
    merged_from: list[RunPart]
    models: dict[str, Model]
    schemes: dict[str, Scheme]
    tasks: dict[str, Task]
    plan: Annotated[list[AnySpec], Field(min_length=1)]
    cells: list[AnyCell]

    @model_validator(mode="after")
    def _cells_belong(self) -> Run:
        planned = [spec.id for spec in self.plan]
        done = [cell.id for cell in self.cells]
        for label, ids in (("planned", planned), ("recorded", done)):
            if twice := sorted(i for i, times in Counter(ids).items() if times > 1):
                raise ValueError(f"{label} twice: {', '.join(twice)}")
        if len({spec.model for spec in self.plan}) > 1:
            raise ValueError("a run is of one model; the plan names several")
        if stray := sorted(set(done) - set(planned)):
            raise ValueError(f"cells that the plan does not have: {', '.join(stray)}")
        if self.ended_at is not None:
            if self.ended_at < self.started_at:
                raise ValueError(f"ended_at {self.ended_at} is before started_at {self.started_at}")
            if open_cells := sorted(set(planned) - set(done)):
                raise ValueError(f"ended_at is set, yet planned cells have no state: {', '.join(open_cells)}")
        for key, model in self.models.items():
            if key != model.id:
                raise ValueError(f"models.{key}: its id is {model.id}")
        for name, task in self.tasks.items():
            if name != task.name:
                raise ValueError(f"tasks.{name}: its name is {task.name}")
        for spec in self.plan:
            if isinstance(spec, AccuracySpec | TextSpec):
                self._asked(spec)
        paired: dict[str, str] = {}
        for cell in self.cells:
            if cell.outcome.state == "measured":
                self._measured_here(cell)
                by = getattr(cell.outcome.result, "paired_by", None)
                if by is not None and paired.setdefault(f"{cell.model}/{cell.slug}", by) != by:
                    raise ValueError(f"cell {cell.id} was measured on other tokens or items than its like in this run")
        return self

    def _asked(self, spec: AccuracySpec | TextSpec) -> None:
        task = self.tasks.get(spec.workload.task)
        if task is None:
            raise ValueError(f"{spec.id} names a task that `tasks` lacks: {spec.workload.task}")
        if task.items != spec.workload.items:
            raise ValueError(f"{spec.id} has {spec.workload.items} items, tasks.{task.name} {task.items}")
        if (task.format == "text") != isinstance(spec, TextSpec):
            raise ValueError(f"{spec.id}: tasks.{task.name} has the format {task.format}")

    def _measured_here(self, cell: AnyCell) -> None:
        if cell.model not in self.models:
            raise ValueError(f"cell {cell.id} names a model that `models` lacks: {cell.model}")
        if cell.scheme not in self.schemes:
            raise ValueError(f"cell {cell.id} names a scheme that `schemes` lacks: {cell.scheme}")
        if cell.backend != self.environment.device.backend:
            raise ValueError(f"cell {cell.id} was measured on a device of {self.environment.device.backend}")
        model = self.models[cell.model]
        layers = self.schemes[cell.scheme].layers
        found = sum(g.weights for g in layers if not g.is_head)
        if found != model.linear_weights:
            raise ValueError(
                f"schemes.{cell.scheme}: layers hold {found} weights, {model.id} has {model.linear_weights}"
            )
        if isinstance(cell, MemoryCell) and cell.outcome.state == "measured":
            result = cell.outcome.result
            quantized = sum(g.weights for g in layers if g.quantized)
            if result.quantized_weights != quantized:
                raise ValueError(
                    f"cell {cell.id}: quantized_weights is {result.quantized_weights}, its layers give {quantized}"
                )
            if result.parameters != model.parameters:
                raise ValueError(
                    f"cell {cell.id}: parameters is {result.parameters}, {model.id} has {model.parameters}"
                )

    def remaining(self) -> list[AnySpec]:
        """Planned cells without a state, or with the state `failed`: what a further call works on."""
        settled = {cell.id for cell in self.cells if cell.outcome.state != "failed"}
        return [spec for spec in self.plan if spec.id not in settled]


def layer_pattern(name: str) -> str:
    """A layer's name with its indices replaced: `model.layers.3.mlp.up_proj` becomes `model.layers.*.mlp.up_proj`."""
    return re.sub(r"(?<=\.)\d+(?=\.)", "*", name)
