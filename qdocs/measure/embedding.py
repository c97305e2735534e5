"""How close do a scheme's sentence vectors stay to the baseline's, and how well do they retrieve and rank?"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import torch
from torch.nn.functional import cosine_similarity

from qdocs.record.embedding import (
    TOP,
    EmbeddingSamples,
    EmbeddingWorkload,
    EvaluatorFigures,
    PairOutcomes,
    QueryOutcomes,
)
from qdocs.tasks.embedding import EvaluationSet, for_workload

BATCH = 64


@dataclass(frozen=True)
class Vectors:
    """Sentence vectors of an evaluation set in fp32 on the CPU: `[texts, width]`, and by text for sentences of pairs.

    The encoder pools and normalises in the type of its weights; from here on everything is computed in fp32, so that
    rounded cosines do not tie.
    """

    passages: torch.Tensor
    queries: torch.Tensor
    sentences: dict[str, torch.Tensor]

    def of(self, sentences: list[str]) -> torch.Tensor:
        """Vectors of sentences of pairs, `[sentences, width]`."""
        return torch.stack([self.sentences[sentence] for sentence in sentences])


def engine() -> str:
    """What computes retrieval and ranking figures, with its version."""
    return f"sentence-transformers {version('sentence-transformers')}"


def measure_embedding(
    baseline: Any, encoder: Any, workload: EmbeddingWorkload, say: Callable[[str], None]
) -> EmbeddingSamples:
    """Encode the same texts with both encoders, compare the vectors, and let the evaluators judge the scheme's.

    Args:
        baseline: A `SentenceTransformer` as published, in bf16.
        encoder: One with the scheme's transformer, on the same device.
        workload: Texts.
        say: Told what is going on.

    Raises:
        ValueError: If the texts are not the workload's, or a vector is not finite.
    """
    texts = for_workload(workload)
    say(f"encoding {len(texts.passages) + len(texts.queries)} texts with the baseline")
    ours = encode(baseline, texts, pairs=False)
    say(f"encoding {len(texts.passages) + len(texts.queries) + 2 * len(texts.pairs)} texts with the scheme")
    theirs = encode(encoder, texts)
    say("ranking")
    return EmbeddingSamples(
        data_sha256=workload.data_sha256,
        cosine_to_baseline=_cosines(ours.passages, theirs.passages) + _cosines(ours.queries, theirs.queries),
        queries=query_outcomes(texts, ours, theirs),
        pairs=PairOutcomes(
            ids=[pair.id for pair in texts.pairs],
            groups=[pair.group for pair in texts.pairs],
            grade=[pair.grade for pair in texts.pairs],
            cosine=_evaluated(
                theirs.of([pair.first for pair in texts.pairs]), theirs.of([pair.second for pair in texts.pairs])
            ),
        ),
        evaluators=evaluate(texts, theirs),
    )


def encode(encoder: Any, texts: EvaluationSet, *, pairs: bool = True) -> Vectors:
    """Encode an evaluation set as sentence-transformers does: queries and passages with their prompts, if any.

    Args:
        encoder: A `SentenceTransformer`.
        texts: What to encode.
        pairs: Whether the graded pairs are wanted; without them their vectors are empty.

    Raises:
        ValueError: If a vector is not finite.
    """
    options: dict[str, Any] = {"batch_size": BATCH, "convert_to_tensor": True, "show_progress_bar": False}
    # Each sentence once, though several pairs may share it: its vector depends a little on what it is encoded with.
    sentences = {text: None for pair in texts.pairs if pairs for text in (pair.first, pair.second)}
    passages = encoder.encode_document(list(texts.passages.values()), **options)
    queries = encoder.encode_query([query.text for query in texts.queries], **options)
    both = encoder.encode(list(sentences), **options) if sentences else queries[:0]
    found = [vectors.float().cpu() for vectors in (passages, queries, both)]
    if not all(bool(vectors.isfinite().all()) for vectors in found):
        raise ValueError("sentence vectors are not finite")
    return Vectors(found[0], found[1], dict(zip(sentences, found[2], strict=True)))


def query_outcomes(texts: EvaluationSet, baseline: Vectors, scheme: Vectors) -> QueryOutcomes:
    """Rank the passages for each query with both encoders' vectors."""
    position = {name: index for index, name in enumerate(texts.passages)}
    right = torch.tensor([position[query.passage] for query in texts.queries])[:, None]
    cosines = _table(scheme)
    order, expected = _ranking(cosines), _ranking(_table(baseline))
    best_wrong = cosines.scatter(1, right, -math.inf).amax(dim=1)
    margin = cosines.gather(1, right)[:, 0] - best_wrong
    top, wanted = order[:, :TOP], expected[:, :TOP]
    return QueryOutcomes(
        ids=[query.id for query in texts.queries],
        groups=[query.group for query in texts.queries],
        rank=((order == right).int().argmax(dim=1) + 1).tolist(),
        margin=[round(value, 6) for value in margin.tolist()],
        overlap_at_10=((top[:, :, None] == wanted[:, None, :]).any(dim=2).sum(dim=1) / TOP).double().tolist(),
        top1_agrees=(order[:, 0] == expected[:, 0]).tolist(),
    )


def evaluate(texts: EvaluationSet, vectors: Vectors) -> EvaluatorFigures:
    """What the evaluators of sentence-transformers say of vectors."""
    from sentence_transformers.sentence_transformer.evaluation import (
        EmbeddingSimilarityEvaluator,
        InformationRetrievalEvaluator,
    )

    retrieval = InformationRetrievalEvaluator(
        queries={query.id: query.text for query in texts.queries},
        corpus=dict(texts.passages),
        relevant_docs={query.id: {query.passage} for query in texts.queries},
    )
    similarity = EmbeddingSimilarityEvaluator(
        [pair.first for pair in texts.pairs],
        [pair.second for pair in texts.pairs],
        [pair.grade for pair in texts.pairs],
    )
    encoded: Any = Encoded(texts, vectors)
    found = {**retrieval(encoded), **similarity(encoded)}
    spearman = float(found["spearman_cosine"])
    return EvaluatorFigures(
        recall_at_1=float(found["cosine_recall@1"]),
        mrr_at_10=float(found["cosine_mrr@10"]),
        ndcg_at_10=float(found["cosine_ndcg@10"]),
        spearman=None if math.isnan(spearman) else spearman,
    )


class Encoded:
    """Stands before the evaluators as an encoder whose texts have been encoded already."""

    similarity_fn_name = "cosine"

    def __init__(self, texts: EvaluationSet, vectors: Vectors) -> None:
        self._passages = dict(zip(texts.passages.values(), vectors.passages, strict=True))
        self._queries = dict(zip((query.text for query in texts.queries), vectors.queries, strict=True))
        self._vectors = vectors
        self.model_card_data = self

    def set_evaluation_metrics(self, *_: Any) -> None:
        """Nothing is kept for a model card."""

    def similarity(self, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        """Cosines, `[rows of a, rows of b]`."""
        return _cos_sim(a, b)

    def encode_query(self, inputs: list[str], **_: Any) -> torch.Tensor:
        """The vectors of queries."""
        return torch.stack([self._queries[text] for text in inputs])

    def encode_document(self, inputs: list[str], **_: Any) -> torch.Tensor:
        """The vectors of passages."""
        return torch.stack([self._passages[text] for text in inputs])

    def encode(self, inputs: list[str], **_: Any) -> Any:
        """The vectors of sentences of pairs, as NumPy's array."""
        return self._vectors.of(inputs).numpy()


def _cos_sim(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    from sentence_transformers.util import cos_sim

    table: torch.Tensor = cos_sim(a, b)
    return table


def _table(vectors: Vectors) -> torch.Tensor:
    return _cos_sim(vectors.queries, vectors.passages)


def _ranking(cosines: torch.Tensor) -> torch.Tensor:
    """Passages from the most similar on, `[queries, passages]`; equal cosines in the order of ids, as evaluators do."""
    return torch.argsort(cosines, dim=1, descending=True, stable=True)


def _evaluated(a: torch.Tensor, b: torch.Tensor) -> list[float]:
    """Cosine of each row of `a` with its row of `b` as the evaluator takes it, so that both rank pairs alike."""
    from sentence_transformers.util import pairwise_cos_sim

    return [max(-1.0, min(1.0, value)) for value in pairwise_cos_sim(a, b).tolist()]


def _cosines(a: torch.Tensor, b: torch.Tensor) -> list[float]:
    """Cosine of each row of `a` with its row of `b`, rounded to six digits: equal vectors give exactly 1."""
    return [max(-1.0, min(1.0, round(value, 6))) for value in cosine_similarity(a.double(), b.double()).tolist()]
