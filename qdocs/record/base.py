"""What do all parts of a record share: strictness, reasons for what is missing, states, sidecars?"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

import numpy as np
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=1, max_length=4000)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9:._@-]*$", max_length=200)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
# The largest integer that every reader of JSON holds exactly; sums, products and ratios of such stay finite.
LARGEST = 2**53
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Positive = Annotated[int, Field(ge=1, le=LARGEST)]
Duration = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Backend = Literal["cpu", "cuda"]
Mode = Literal["eager", "compiled"]


class Part(BaseModel):
    """A part of a record: unknown keys, coerced types, NaN and infinity are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Explained(Part):
    """A part whose missing values say why: each `None` has an entry in `reasons`, nothing else has."""

    reasons: dict[str, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _reasons_match(self) -> Explained:
        missing = {name for name in type(self).model_fields if getattr(self, name) is None}
        if unexplained := sorted(missing - self.reasons.keys()):
            raise ValueError(f"null without a reason in `reasons`: {', '.join(unexplained)}")
        if stray := sorted(self.reasons.keys() - missing):
            raise ValueError(f"a reason for what is not null: {', '.join(stray)}")
        return self


def check_columns(ids: list[str], *columns: list[Any]) -> None:
    """See that columns of samples have an entry for each id, and that no id is there twice.

    Raises:
        ValueError: If not.
    """
    if {len(column) for column in columns} != {len(ids)}:
        raise ValueError(f"columns differ in length: {[len(ids), *map(len, columns)]}")
    if len(set(ids)) != len(ids):
        raise ValueError("an id is there twice")


class Sidecar(Part):
    """A compressed file of bulk samples beside `run.json`."""

    path: Annotated[str, Field(pattern=r"^samples/[A-Za-z0-9._-]+\.json\.gz$", max_length=250)]
    sha256: Sha256


class Quantiles(Part):
    """Median with the 10th and 90th percentile, linearly interpolated."""

    median: float
    p10: float
    p90: float

    @model_validator(mode="after")
    def _in_order(self) -> Quantiles:
        if not self.p10 <= self.median <= self.p90:
            raise ValueError(f"expected p10 <= median <= p90, got {self.p10}, {self.median}, {self.p90}")
        return self

    @classmethod
    def of(cls, samples: list[float]) -> Quantiles:
        """Summarise samples.

        Args:
            samples: At least one number.

        Raises:
            ValueError: If there is no sample.
        """
        if not samples:
            raise ValueError("no samples to summarise")
        p10, median, p90 = (float(q) for q in np.quantile(samples, [0.1, 0.5, 0.9]))
        return cls(median=median, p10=p10, p90=p90)


class Unsupported(Part):
    """The machine, the scheme or the model cannot do this cell; the reason says what would help."""

    state: Literal["unsupported"] = "unsupported"
    reason: Text

    @property
    def why(self) -> str:
        """What a person is told."""
        return self.reason


class Failed(Part):
    """The cell was tried and did not finish; the error is what a person needs to look into it."""

    state: Literal["failed"] = "failed"
    error: Text

    @property
    def why(self) -> str:
        """What a person is told."""
        return self.error


R = TypeVar("R", bound=Part)


class Measured(Part, Generic[R]):
    """The cell was measured."""

    state: Literal["measured"] = "measured"
    result: R

    @property
    def why(self) -> str:
        """Nothing: it needs no explanation."""
        return ""


class Spec(Part):
    """The key of a cell: model × scheme × backend × mode × workload × repeat.

    A kind with bulk samples names their type, and computes from them the fields of its result that follow from them.
    """

    samples_type: ClassVar[type[Part] | None] = None

    model: Name
    scheme: Name
    backend: Backend
    mode: Mode
    repeat: Positive

    @property
    def slug(self) -> str:
        """The workload in a few letters, its kind first."""
        raise TypeError("a spec is of some kind")

    def summarize(self, samples: Any) -> dict[str, Any]:
        """Fields of the result that follow from the samples; none for a kind without samples."""
        return {}

    @property
    def id(self) -> str:
        """The whole key as one line of text; a run holds each at most once."""
        return "/".join([self.model, self.scheme, self.backend, self.mode, self.slug, f"r{self.repeat}"])


class Timed(Part):
    """When a cell was worked on."""

    started_at: AwareDatetime
    duration_s: Duration
