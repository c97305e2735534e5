"""What does an encoding cell hold, and how do its samples become its summary?"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from qdocs.record.base import (
    Count,
    Duration,
    Explained,
    Failed,
    Measured,
    Part,
    Positive,
    Quantiles,
    Sidecar,
    Spec,
    Timed,
    Unsupported,
)
from qdocs.record.disturbance import Disturbance
from qdocs.record.latency import Ms


class EncodingWorkload(Part):
    """Texts encoded together: `batch` of them, each of exactly `tokens` tokens, special ones included."""

    batch: Positive
    tokens: Positive


class EncodingSamples(Part):
    """Every timed call of a cell, in order: milliseconds from token ids to sentence vectors."""

    encode_ms: Annotated[list[Ms], Field(min_length=1)]


class EncodingResult(Explained):
    """Summary of the timed calls, recomputable from the samples; throughput is of the median call."""

    samples: Sidecar
    iterations: Positive
    warmup_iterations: Count
    warmup_s: Duration
    compile_s: Duration | None
    encode_ms: Quantiles
    texts_per_s: float
    tokens_per_s: float
    disturbance: Disturbance


class EncodingSpec(Spec):
    """Which encoding cell."""

    samples_type: ClassVar[type[Part]] = EncodingSamples
    kind: Literal["encoding"] = "encoding"
    workload: EncodingWorkload

    @property
    def slug(self) -> str:
        """The workload in a few letters."""
        return f"encoding-b{self.workload.batch}-t{self.workload.tokens}"

    def summarize(self, samples: EncodingSamples) -> dict[str, Any]:
        """Compute every summary field of `EncodingResult` that follows from the samples alone."""
        encode = Quantiles.of(samples.encode_ms)
        texts_per_s = 1000 * self.workload.batch / encode.median
        return {
            "iterations": len(samples.encode_ms),
            "encode_ms": encode,
            "texts_per_s": texts_per_s,
            "tokens_per_s": texts_per_s * self.workload.tokens,
        }


class EncodingCell(EncodingSpec, Timed):
    """An encoding cell in its state."""

    outcome: Annotated[Measured[EncodingResult] | Unsupported | Failed, Field(discriminator="state")]

    @model_validator(mode="after")
    def _compiled_in_its_mode(self) -> EncodingCell:
        if self.outcome.state == "measured" and (self.outcome.result.compile_s is None) != (self.mode == "eager"):
            raise ValueError(f"mode is {self.mode}, compile_s says {self.outcome.result.compile_s}")
        return self
