"""What does a quantizing cell hold: how long applying the scheme took, and how far memory rose?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qdocs.record.base import Count, Duration, Explained, Failed, Measured, Spec, Timed, Unsupported


class QuantizingResult(Explained):
    """One application of a scheme to a freshly loaded model, in a process of its own; loading is not in it."""

    quantize_s: Duration
    peak_rss_increase_bytes: Count | None
    peak_allocated_bytes: Count | None
    peak_reserved_bytes: Count | None


class QuantizingSpec(Spec):
    """Which quantizing cell; there is nothing to choose but the scheme."""

    kind: Literal["quantizing"] = "quantizing"

    @property
    def slug(self) -> str:
        """The workload in a few letters."""
        return "quantizing"


class QuantizingCell(QuantizingSpec, Timed):
    """A quantizing cell in its state."""

    outcome: Annotated[Measured[QuantizingResult] | Unsupported | Failed, Field(discriminator="state")]
