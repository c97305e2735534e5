"""What does a text cell hold: perplexity and divergence on the reader's own texts?"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from qdocs.record.accuracy import ItemName, TaskWorkload
from qdocs.record.base import Failed, Measured, Part, Positive, Sha256, Sidecar, Spec, Timed, Unsupported
from qdocs.record.fidelity import Closeness, CorpusSamples, closeness


class TextSamples(Part):
    """Positions of all texts one after the other; `positions` says how many each text has."""

    ids: Annotated[list[ItemName], Field(min_length=1)]
    groups: list[ItemName]
    positions: list[Positive]
    corpus: CorpusSamples
    texts: list[str] | None

    @model_validator(mode="after")
    def _shapes_agree(self) -> TextSamples:
        if not len(self.ids) == len(self.groups) == len(self.positions) or len(set(self.ids)) != len(self.ids):
            raise ValueError(f"{len(self.ids)} ids, {len(self.groups)} groups, {len(self.positions)} counts")
        if sum(self.positions) != len(self.corpus.kl_nats):
            raise ValueError(f"counts add up to {sum(self.positions)}, there are {len(self.corpus.kl_nats)} positions")
        if self.texts is not None and len(self.texts) != len(self.ids):
            raise ValueError(f"{len(self.texts)} texts, {len(self.ids)} ids")
        return self


class TextResult(Part):
    """Closeness over all positions, recomputable from the samples."""

    samples: Sidecar
    items: Positive
    overall: Closeness
    tokens_sha256: Sha256

    @property
    def paired_by(self) -> str:
        """What like cells of a run must share."""
        return self.tokens_sha256


class TextSpec(Spec):
    """Which text cell."""

    samples_type: ClassVar[type[Part]] = TextSamples
    kind: Literal["text"] = "text"
    workload: TaskWorkload

    @property
    def slug(self) -> str:
        """The workload in a few letters."""
        return f"text-{self.workload.task}-n{self.workload.items}"

    def summarize(self, samples: TextSamples) -> dict[str, Any]:
        """Compute every summary field of `TextResult` that follows from the samples alone.

        Raises:
            ValueError: If there are not as many texts as the workload says.
        """
        if len(samples.ids) != self.workload.items:
            raise ValueError(f"{len(samples.ids)} texts, expected {self.workload.items}")
        return {
            "items": len(samples.ids),
            "overall": closeness([samples.corpus]),
            "tokens_sha256": samples.corpus.tokens_sha256,
        }


class TextCell(TextSpec, Timed):
    """A text cell in its state."""

    outcome: Annotated[Measured[TextResult] | Unsupported | Failed, Field(discriminator="state")]
