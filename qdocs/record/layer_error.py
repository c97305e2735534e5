"""What does a layer-error cell hold: how far does each quantized layer's weight and output move?"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from qdocs.record.base import Failed, Measured, Name, Part, Positive, Sha256, Sidecar, Spec, Timed, Unsupported

# A relative error: the Frobenius norm of the difference over that of the baseline's; 1 is as wrong as all zeros.
Relative = Annotated[float, Field(ge=0)]


class LayerErrorWorkload(Part):
    """Real activations: those of so many tokens of text, in the baseline."""

    tokens: Positive


class LayerErrorSamples(Part):
    """One entry a quantized layer, in the order of the model.

    The weight error is ‖W_scheme - W‖ / ‖W‖; the output error is the same of the layer's outputs, both layers given the
    baseline's inputs.
    """

    tokens: Positive
    tokens_sha256: Sha256
    layers: Annotated[list[Name], Field(min_length=1)]
    weight_error: list[Relative]
    output_error: list[Relative]

    @model_validator(mode="after")
    def _equal_length(self) -> LayerErrorSamples:
        if not len(self.layers) == len(self.weight_error) == len(self.output_error):
            raise ValueError("columns differ in length")
        if len(set(self.layers)) != len(self.layers):
            raise ValueError("a layer is there twice")
        return self


class LayerErrorResult(Part):
    """Means over the quantized layers, and the layer whose output moves most; recomputable from the samples."""

    samples: Sidecar
    tokens_sha256: Sha256
    layers: Positive
    weight_error_mean: Relative
    output_error_mean: Relative
    output_error_max: Relative
    worst_layer: Name

    @property
    def paired_by(self) -> str:
        """What like cells of a run must share."""
        return self.tokens_sha256


class LayerErrorSpec(Spec):
    """Which layer-error cell."""

    samples_type: ClassVar[type[Part]] = LayerErrorSamples
    kind: Literal["layer_error"] = "layer_error"
    workload: LayerErrorWorkload

    @property
    def slug(self) -> str:
        """The workload in a few letters."""
        return f"layer_error-t{self.workload.tokens}"

    def summarize(self, samples: LayerErrorSamples) -> dict[str, Any]:
        """Compute every summary field of `LayerErrorResult` that follows from the samples alone.

        Raises:
            ValueError: If the samples are of another number of tokens.
        """
        if samples.tokens != self.workload.tokens:
            raise ValueError(f"{samples.tokens} tokens, expected {self.workload.tokens}")
        worst = int(np.argmax(samples.output_error))
        return {
            "tokens_sha256": samples.tokens_sha256,
            "layers": len(samples.layers),
            "weight_error_mean": float(np.mean(samples.weight_error)),
            "output_error_mean": float(np.mean(samples.output_error)),
            "output_error_max": samples.output_error[worst],
            "worst_layer": samples.layers[worst],
        }


class LayerErrorCell(LayerErrorSpec, Timed):
    """A layer-error cell in its state."""

    outcome: Annotated[Measured[LayerErrorResult] | Unsupported | Failed, Field(discriminator="state")]
