"""What does a memory cell hold: stored bytes by role, padding, bits per weight, peaks?"""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field, model_validator

from qdocs.record.base import Count, Explained, Failed, Measured, Part, Positive, Spec, Timed, Unsupported


class MemoryWorkload(Part):
    """What is run to see the peak: a generation that fills a static KV cache, or an encoding of such texts."""

    batch: Positive
    context_tokens: Annotated[int, Field(ge=2)]


class BytesByRole(Part):
    """Stored bytes by what they are for; storage shared by two roles is counted once, under the first."""

    embedding: Count
    quantized_linear: Count
    scales_and_zeros: Count
    unquantized_linear: Count
    head: Count
    other: Count

    @property
    def total(self) -> int:
        """All stored bytes of the weights, in bytes."""
        return sum(self.model_dump().values())


class MemoryResult(Explained):
    """Stored bytes lead; peaks are what this process saw while generating or encoding.

    `stored_bytes` is the sum over roles and leaves the KV cache out. Effective bits per weight are
    8 × (quantized linear + scales and zeros) / quantized weights, and 8 × stored bytes / parameters for the model.
    `parameters` is the model's own count, tied weights once: a scheme that unties them must not look better for it.
    """

    roles_bytes: BytesByRole
    stored_bytes: Positive
    kv_cache_bytes: Positive | None
    padding_bytes: Count
    parameters: Positive
    quantized_weights: Count
    head_tied: bool
    bits_per_quantized_weight: float | None
    bits_per_parameter: float
    peak_rss_increase_bytes: Count | None
    peak_allocated_bytes: Count | None
    peak_reserved_bytes: Count | None

    @model_validator(mode="after")
    def _adds_up(self) -> MemoryResult:
        roles = self.roles_bytes
        if roles.total != self.stored_bytes:
            raise ValueError(f"roles add up to {roles.total} bytes, stored_bytes says {self.stored_bytes}")
        expected = bits_per_weight(roles.quantized_linear + roles.scales_and_zeros, self.quantized_weights)
        if not _close(expected, self.bits_per_quantized_weight):
            raise ValueError(f"bits_per_quantized_weight is {self.bits_per_quantized_weight}, bytes give {expected}")
        expected = bits_per_weight(self.stored_bytes, self.parameters)
        if not _close(expected, self.bits_per_parameter):
            raise ValueError(f"bits_per_parameter is {self.bits_per_parameter}, bytes give {expected}")
        if self.padding_bytes > roles.quantized_linear + roles.scales_and_zeros:
            raise ValueError("more padding than quantized bytes")
        if self.head_tied and roles.head:
            raise ValueError(f"head_tied is true, yet roles_bytes.head is {roles.head}: shared storage counts once")
        allocated, reserved = self.peak_allocated_bytes or 0, self.peak_reserved_bytes or 0
        if reserved < allocated:
            raise ValueError(f"peak_allocated_bytes is {allocated}, peak_reserved_bytes only {reserved}")
        return self


def bits_per_weight(stored_bytes: int, weights: int) -> float | None:
    """Effective bits per weight, scales and padding included; `None` when there is no weight."""
    return 8 * stored_bytes / weights if weights else None


def _close(a: float | None, b: float | None) -> bool:
    return a == b if a is None or b is None else math.isclose(a, b, rel_tol=1e-9)


class MemorySpec(Spec):
    """Which memory cell."""

    kind: Literal["memory"] = "memory"
    workload: MemoryWorkload

    @property
    def slug(self) -> str:
        """The workload in a few letters."""
        return f"memory-b{self.workload.batch}-c{self.workload.context_tokens}"


class MemoryCell(MemorySpec, Timed):
    """A memory cell in its state."""

    outcome: Annotated[Measured[MemoryResult] | Unsupported | Failed, Field(discriminator="state")]
