"""What does an embedding cell hold, and how do ranks and cosines become its summary?"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator
from scipy.stats import spearmanr

from qdocs.record.base import (
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
    check_columns,
)

TOP = 10
# How far what is computed from the samples may be from what the evaluators said; samples are rounded to six digits.
TOLERANCE = 1e-6

Cosine = Annotated[float, Field(ge=-1, le=1)]
Grade = Annotated[float, Field(ge=0, le=5)]


class EmbeddingWorkload(Part):
    """So many queries with their passages among so many, and so many graded pairs; the digest is of their texts."""

    passages: Annotated[int, Field(ge=TOP + 1)]
    queries: Positive
    pairs: Annotated[int, Field(ge=2)]
    data_sha256: Sha256

    @model_validator(mode="after")
    def _room_for_all(self) -> EmbeddingWorkload:
        if self.passages < self.queries:
            raise ValueError(f"{self.queries} queries have a passage each, there are {self.passages} passages")
        return self


class QueryOutcomes(Part):
    """One entry a query, which has one right passage.

    The rank of the right passage counts from 1; passages with equal cosines are ranked by their ids. The margin is the
    cosine to the right passage minus that to the best wrong one. Overlap is the share of the baseline's ten best
    passages that are among the scheme's ten best.
    """

    ids: Annotated[list[Name], Field(min_length=1)]
    groups: list[Name]
    rank: list[Positive]
    margin: list[Annotated[float, Field(ge=-2, le=2)]]
    overlap_at_10: list[Share]
    top1_agrees: list[bool]

    @model_validator(mode="after")
    def _shapes_agree(self) -> QueryOutcomes:
        check_columns(self.ids, self.groups, self.rank, self.margin, self.overlap_at_10, self.top1_agrees)
        for name, rank, margin in zip(self.ids, self.rank, self.margin, strict=True):
            if (rank == 1 and margin < 0) or (rank > 1 and margin > 0):
                raise ValueError(f"{name}: rank {rank} does not go with margin {margin}")
        return self

    def correct(self) -> NDArray[np.bool_]:
        """Whether the right passage comes first, `[queries]`."""
        return np.equal(self.rank, 1)

    def reciprocal_ranks(self) -> NDArray[np.float64]:
        """1 / rank, 0 beyond the tenth, `[queries]`."""
        ranks = np.asarray(self.rank, dtype=float)
        return np.where(ranks <= TOP, 1 / ranks, 0.0)

    def ndcg(self) -> NDArray[np.float64]:
        """nDCG@10, `[queries]`: with one right passage, 1 / log2(1 + rank), 0 beyond the tenth."""
        ranks = np.asarray(self.rank, dtype=float)
        return np.where(ranks <= TOP, 1 / np.log2(1 + ranks), 0.0)


class PairOutcomes(Part):
    """One entry a pair of sentences: the grade given here, 0 (unrelated) to 5 (the same), and the scheme's cosine."""

    ids: Annotated[list[Name], Field(min_length=2)]
    groups: list[Name]
    grade: list[Grade]
    cosine: list[Cosine]

    @model_validator(mode="after")
    def _shapes_agree(self) -> PairOutcomes:
        check_columns(self.ids, self.groups, self.grade, self.cosine)
        if len(set(self.grade)) < 2:
            raise ValueError("all pairs have one grade; there is nothing to rank")
        return self

    def spearman(self) -> float | None:
        """Spearman's rank correlation of grade and cosine; `None` if all cosines are equal."""
        if len(set(self.cosine)) < 2:
            return None
        return float(spearmanr(self.grade, self.cosine).statistic)


class EvaluatorFigures(Part):
    """What the evaluators of sentence-transformers said of the same embeddings."""

    recall_at_1: Share
    mrr_at_10: Share
    ndcg_at_10: Share
    spearman: Cosine | None


class EmbeddingSamples(Part):
    """Outcomes text by text, query by query and pair by pair; texts are the passages, then the queries."""

    data_sha256: Sha256
    cosine_to_baseline: Annotated[list[Cosine], Field(min_length=1)]
    queries: QueryOutcomes
    pairs: PairOutcomes
    evaluators: EvaluatorFigures


class EmbeddingResult(Explained):
    """How close a scheme's embeddings stay to the baseline's, and how well they retrieve and rank.

    Everything follows from the samples. `overlap_at_10` and `top1_agreement` compare rankings with the baseline's;
    recall, MRR, nDCG and Spearman compare them with what is right.
    """

    samples: Sidecar
    data_sha256: Sha256
    cosine_mean: Cosine
    cosine_median: Cosine
    cosine_min: Cosine
    overlap_at_10: Share
    top1_agreement: Share
    recall_at_1: Share
    mrr_at_10: Share
    ndcg_at_10: Share
    margin_mean: float
    spearman: Cosine | None
    query_groups: Positive
    pair_groups: Positive
    engine: Text

    @property
    def paired_by(self) -> str:
        """What like cells of a run must share."""
        return self.data_sha256


class EmbeddingSpec(Spec):
    """Which embedding cell."""

    samples_type: ClassVar[type[Part]] = EmbeddingSamples
    kind: Literal["embedding"] = "embedding"
    workload: EmbeddingWorkload

    @property
    def slug(self) -> str:
        """The workload in a few letters."""
        w = self.workload
        return f"embedding-q{w.queries}-p{w.passages}-s{w.pairs}"

    def summarize(self, samples: EmbeddingSamples) -> dict[str, Any]:
        """Compute every summary field of `EmbeddingResult` that follows from the samples alone.

        Raises:
            ValueError: If the samples are not of this workload, or the evaluators said something else.
        """
        w, queries, pairs = self.workload, samples.queries, samples.pairs
        found = (len(samples.cosine_to_baseline), len(queries.ids), len(pairs.ids), samples.data_sha256)
        expected = (w.passages + w.queries, w.queries, w.pairs, w.data_sha256)
        if found != expected:
            raise ValueError(f"texts, queries, pairs and digest are {found}, expected {expected}")
        if max(queries.rank) > w.passages:
            raise ValueError(f"a rank is {max(queries.rank)}, there are {w.passages} passages")
        accuracy: dict[str, float | None] = {
            "recall_at_1": float(queries.correct().mean()),
            "mrr_at_10": float(queries.reciprocal_ranks().mean()),
            "ndcg_at_10": float(queries.ndcg().mean()),
            "spearman": pairs.spearman(),
        }
        for name, ours in accuracy.items():
            theirs = getattr(samples.evaluators, name)
            if (ours is None) != (theirs is None) or abs((ours or 0.0) - (theirs or 0.0)) > TOLERANCE:
                raise ValueError(f"{name} is {ours}, the evaluators said {theirs}")
        cosines = np.asarray(samples.cosine_to_baseline)
        return accuracy | {
            "data_sha256": samples.data_sha256,
            "cosine_mean": float(cosines.mean()),
            "cosine_median": float(np.median(cosines)),
            "cosine_min": float(cosines.min()),
            "overlap_at_10": float(np.mean(queries.overlap_at_10)),
            "top1_agreement": float(np.mean(queries.top1_agrees)),
            "margin_mean": float(np.mean(queries.margin)),
            "query_groups": len(set(queries.groups)),
            "pair_groups": len(set(pairs.groups)),
            "reasons": {} if accuracy["spearman"] is not None else {"spearman": "all cosines are equal"},
        }


class EmbeddingCell(EmbeddingSpec, Timed):
    """An embedding cell in its state."""

    outcome: Annotated[Measured[EmbeddingResult] | Unsupported | Failed, Field(discriminator="state")]
