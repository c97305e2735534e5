"""What does a latency cell hold, and how do its samples become its summary?"""

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

Ms = Annotated[float, Field(gt=0)]


class LatencyWorkload(Part):
    """Greedy generation of a fixed number of tokens from prompts of equal length."""

    batch: Positive
    prompt_tokens: Positive
    new_tokens: Annotated[int, Field(ge=2)]


class LatencyIteration(Part):
    """One generation: time to first token, then each decode step, then the whole."""

    ttft_ms: Ms
    decode_ms: Annotated[list[Ms], Field(min_length=1)]
    end_to_end_ms: Ms

    @model_validator(mode="after")
    def _adds_up(self) -> LatencyIteration:
        if self.end_to_end_ms <= self.ttft_ms:
            raise ValueError(f"end_to_end_ms {self.end_to_end_ms} is not more than ttft_ms {self.ttft_ms}")
        parts = self.ttft_ms + sum(self.decode_ms)
        if parts > self.end_to_end_ms * 1.001 + 0.01:
            raise ValueError(f"phases add up to {parts:.3f} ms, more than the whole, {self.end_to_end_ms:.3f} ms")
        return self

    @property
    def tpot_ms(self) -> float:
        """Time per output token: (end to end − TTFT) / (new tokens − 1)."""
        return (self.end_to_end_ms - self.ttft_ms) / len(self.decode_ms)


class LatencySamples(Part):
    """Every timed iteration of a cell, in order."""

    iterations: Annotated[list[LatencyIteration], Field(min_length=1)]


class LatencyResult(Explained):
    """Summary of the timed iterations, recomputable from the samples; phases apart."""

    samples: Sidecar
    iterations: Positive
    warmup_iterations: Count
    warmup_s: Duration
    compile_s: Duration | None
    compiled_phases: list[Literal["prefill", "decode"]]
    ttft_ms: Quantiles
    tpot_ms: Quantiles
    decode_step_ms: Quantiles
    end_to_end_ms: Quantiles
    prefill_tokens_per_s: float
    decode_tokens_per_s: float
    disturbance: Disturbance


class LatencySpec(Spec):
    """Which latency cell."""

    samples_type: ClassVar[type[Part]] = LatencySamples
    kind: Literal["latency"] = "latency"
    workload: LatencyWorkload

    @property
    def slug(self) -> str:
        """The workload in a few letters."""
        w = self.workload
        return f"latency-b{w.batch}-p{w.prompt_tokens}-n{w.new_tokens}"

    def summarize(self, samples: LatencySamples) -> dict[str, Any]:
        """Compute every summary field of `LatencyResult` that follows from the samples alone.

        Raises:
            ValueError: If an iteration does not have `new_tokens - 1` decode steps.
        """
        steps = self.workload.new_tokens - 1
        for index, iteration in enumerate(samples.iterations):
            if len(iteration.decode_ms) != steps:
                raise ValueError(f"iteration {index} has {len(iteration.decode_ms)} decode steps, expected {steps}")
        ttft = Quantiles.of([i.ttft_ms for i in samples.iterations])
        tpot = Quantiles.of([i.tpot_ms for i in samples.iterations])
        return {
            "iterations": len(samples.iterations),
            "ttft_ms": ttft,
            "tpot_ms": tpot,
            "decode_step_ms": Quantiles.of([step for i in samples.iterations for step in i.decode_ms]),
            "end_to_end_ms": Quantiles.of([i.end_to_end_ms for i in samples.iterations]),
            "prefill_tokens_per_s": 1000 * self.workload.batch * self.workload.prompt_tokens / ttft.median,
            "decode_tokens_per_s": 1000 * self.workload.batch / tpot.median,
        }


class LatencyCell(LatencySpec, Timed):
    """A latency cell in its state."""

    outcome: Annotated[Measured[LatencyResult] | Unsupported | Failed, Field(discriminator="state")]

    @model_validator(mode="after")
    def _compiled_in_its_mode(self) -> LatencyCell:
        if self.outcome.state == "measured":
            result = self.outcome.result
            if bool(result.compiled_phases) != (self.mode == "compiled"):
                raise ValueError(f"mode is {self.mode}, compiled_phases says {result.compiled_phases}")
            if self.mode == "eager" and result.compile_s is not None:
                raise ValueError(f"mode is eager, compile_s says {result.compile_s}")
        return self
