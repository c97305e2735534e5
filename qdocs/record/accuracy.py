"""What does an accuracy cell hold, and how do log-probabilities become right, wrong and margin?"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from qdocs.record.base import (
    Count,
    Explained,
    Failed,
    Measured,
    Name,
    Part,
    Positive,
    Sha256,
    Share,
    Sidecar,
    Spec,
    Text,
    Timed,
    Unsupported,
)
from qdocs.record.task import Scoring

ItemName = Annotated[str, Field(min_length=1, max_length=200)]
LogProbability = Annotated[float, Field(le=0)]
# Choices whose scores are equal are drawn between, once an item, the same in every run.
TIE_SEED = 20260101


class TaskWorkload(Part):
    """So many items of a task of the run, from its first on."""

    task: Name
    items: Positive


class ItemText(Part):
    """What an item said, kept only where the reader asked for it."""

    prompt: str
    choices: list[str]
    answer: str
    generated: str | None


class ChoiceOutcomes(Part):
    """One entry an item: the right choice's index, the log-probability in nats and length of every choice."""

    format: Literal["choices"] = "choices"
    scoring: Scoring
    answers: list[Count]
    logprobs_nats: list[list[LogProbability]]
    characters: list[list[Positive]]

    def margins_nats(self) -> NDArray[np.float64]:
        """Score of the right choice minus that of the best wrong one, `[items]`; nats, or nats a character."""
        made = []
        for answer, scores in zip(self.answers, self._scores(), strict=True):
            made.append(scores[answer] - max(s for index, s in enumerate(scores) if index != answer))
        return np.asarray(made, dtype=float)

    def correct(self, ids: Sequence[str]) -> NDArray[np.bool_]:
        """Whether the right choice scores best, `[items]`; equal best scores are decided by a seeded draw an item."""
        made = []
        for item, answer, scores in zip(ids, self.answers, self._scores(), strict=True):
            best = [index for index, score in enumerate(scores) if score == max(scores)]
            made.append((best[0] if len(best) == 1 else random.Random(f"{TIE_SEED}:{item}").choice(best)) == answer)
        return np.asarray(made, dtype=bool)

    def ties(self) -> int:
        """Items whose right choice ties with another for the best score."""
        return int(np.sum(self.margins_nats() == 0))

    def _scores(self) -> list[list[float]]:
        if self.scoring == "sum":
            return self.logprobs_nats
        pairs = zip(self.logprobs_nats, self.characters, strict=True)
        return [[value / length for value, length in zip(*pair, strict=True)] for pair in pairs]

    @model_validator(mode="after")
    def _shapes_agree(self) -> ChoiceOutcomes:
        if not len(self.answers) == len(self.logprobs_nats) == len(self.characters):
            raise ValueError("columns of choices differ in length")
        for index, (answer, row, lengths) in enumerate(
            zip(self.answers, self.logprobs_nats, self.characters, strict=True)
        ):
            if len(row) < 2 or len(row) != len(lengths) or answer >= len(row):
                raise ValueError(
                    f"item {index}: {len(row)} log-probabilities, {len(lengths)} lengths, right choice {answer}"
                )
        return self


class AnswerOutcomes(Part):
    """One entry an item: whether the generated text is right; `exact` also compares case, spaces and punctuation."""

    format: Literal["answer"] = "answer"
    right: list[bool]
    exact: list[bool] | None

    def margins_nats(self) -> None:
        """None: generated text has no wrong choice to compare with."""

    def correct(self, ids: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each answer is right, `[items]`."""
        return np.asarray(self.right, dtype=bool)

    def ties(self) -> int:
        """None are possible."""
        return 0

    @model_validator(mode="after")
    def _shapes_agree(self) -> AnswerOutcomes:
        if self.exact is not None and len(self.exact) != len(self.right):
            raise ValueError("columns of answers differ in length")
        return self


class AccuracySamples(Part):
    """Outcomes item by item; `groups` names the template of each, its own id where it shares none."""

    ids: Annotated[list[ItemName], Field(min_length=1)]
    groups: list[ItemName]
    outcomes: Annotated[ChoiceOutcomes | AnswerOutcomes, Field(discriminator="format")]
    texts: list[ItemText] | None

    @model_validator(mode="after")
    def _shapes_agree(self) -> AccuracySamples:
        outcomes = self.outcomes
        scored = len(outcomes.answers if isinstance(outcomes, ChoiceOutcomes) else outcomes.right)
        if not len(self.ids) == len(self.groups) == scored or (self.texts and len(self.texts) != scored):
            raise ValueError(f"{len(self.ids)} ids, {len(self.groups)} groups, {scored} outcomes")
        if len(set(self.ids)) != len(self.ids):
            raise ValueError("an item's id is there twice")
        return self

    @property
    def questions_sha256(self) -> str:
        """Digest of what two schemes must share to be paired: ids, groups, right choices and scoring."""
        outcomes = self.outcomes
        key = [outcomes.answers, outcomes.characters, outcomes.scoring] if isinstance(outcomes, ChoiceOutcomes) else []
        return hashlib.sha256(json.dumps([self.ids, self.groups, key]).encode()).hexdigest()


class AccuracyResult(Explained):
    """Accuracy and mean margin of one scheme, recomputable from the samples; comparison pairs these item by item.

    `margin_mean_nats` is in nats a character where choices are scored by characters. `exact_accuracy` compares
    generated text letter by letter, `accuracy` after normalising it.
    """

    samples: Sidecar
    items: Positive
    groups: Positive
    accuracy: Share
    exact_accuracy: Share | None
    margin_mean_nats: float | None
    ties: Count
    questions_sha256: Sha256
    engine: Text

    @property
    def paired_by(self) -> str:
        """What like cells of a run must share."""
        return self.questions_sha256


class AccuracySpec(Spec):
    """Which accuracy cell."""

    samples_type: ClassVar[type[Part]] = AccuracySamples
    kind: Literal["accuracy"] = "accuracy"
    workload: TaskWorkload

    @property
    def slug(self) -> str:
        """The workload in a few letters."""
        return f"accuracy-{self.workload.task}-n{self.workload.items}"

    def summarize(self, samples: AccuracySamples) -> dict[str, Any]:
        """Compute every summary field of `AccuracyResult` that follows from the samples alone.

        Raises:
            ValueError: If there are not as many items as the workload says.
        """
        if len(samples.ids) != self.workload.items:
            raise ValueError(f"{len(samples.ids)} items, expected {self.workload.items}")
        outcomes = samples.outcomes
        margins = outcomes.margins_nats()
        exact = outcomes.exact if isinstance(outcomes, AnswerOutcomes) else None
        reasons = {}
        if margins is None:
            reasons["margin_mean_nats"] = "generated text has no wrong choice to compare with"
        if exact is None:
            why = "choices are not generated" if margins is not None else "the task's own metric decides"
            reasons["exact_accuracy"] = why
        return {
            "items": len(samples.ids),
            "groups": len(set(samples.groups)),
            "accuracy": float(outcomes.correct(samples.ids).mean()),
            "exact_accuracy": float(np.mean(exact)) if exact is not None else None,
            "margin_mean_nats": float(margins.mean()) if margins is not None else None,
            "ties": outcomes.ties(),
            "questions_sha256": samples.questions_sha256,
            "reasons": reasons,
        }


class AccuracyCell(AccuracySpec, Timed):
    """An accuracy cell in its state."""

    outcome: Annotated[Measured[AccuracyResult] | Unsupported | Failed, Field(discriminator="state")]
