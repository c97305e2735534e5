"""Are outcomes those of the evaluators on the same encoder, and are the bundled texts what they should be?"""

from __future__ import annotations

import copy
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import torch

from qdocs.measure.embedding import encode, engine, measure_embedding
from qdocs.measure.encoding import transformer_of
from qdocs.models import load_encoder
from qdocs.record.embedding import EmbeddingSamples, EmbeddingSpec
from qdocs.tasks.embedding import FOLDER, EvaluationSet, evaluation_set, for_workload
from qdocs.tasks.make.embedding import TOPICS, VALUES, _blocks, files
from tests.tiny_encoder import make_tiny_encoder

PART = evaluation_set(passages=120, queries=40, pairs=36)
# What sums in another order may differ by.
TIE = 2e-6


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return load_encoder(make_tiny_encoder(tmp_path_factory.mktemp("encoder")), "cpu", as_stored=True)


def changed(encoder: Any) -> Any:
    other = copy.deepcopy(encoder)
    for parameter in transformer_of(other).parameters():
        parameter.data += 0.02 * torch.randn(parameter.shape, generator=torch.Generator().manual_seed(0))
    return other


def measured(baseline: Any, encoder: Any) -> tuple[EmbeddingSamples, dict[str, Any]]:
    spec = EmbeddingSpec(model="tiny", scheme="x", backend="cpu", mode="eager", repeat=1, workload=PART.workload)
    samples = measure_embedding(baseline, encoder, spec.workload, lambda text: None)
    return samples, spec.summarize(samples)


def test_an_encoder_beside_itself_agrees_exactly_and_beside_a_changed_one_does_not(encoder: Any) -> None:
    same, summary = measured(encoder, encoder)
    assert set(same.cosine_to_baseline) == {1.0}
    assert len(same.cosine_to_baseline) == 120 + 40
    assert summary["overlap_at_10"] == summary["top1_agreement"] == 1.0
    other, summary = measured(encoder, changed(encoder))
    assert max(other.cosine_to_baseline) < 1.0
    assert 0 < summary["overlap_at_10"] < 1.0


def test_figures_are_those_of_the_evaluators_on_the_encoder_itself(encoder: Any) -> None:
    # The other way in: the evaluators encode on their own, and rank in their own way.
    from sentence_transformers.sentence_transformer.evaluation import (
        EmbeddingSimilarityEvaluator,
        InformationRetrievalEvaluator,
    )

    _, summary = measured(encoder, encoder)
    retrieval = InformationRetrievalEvaluator(
        {query.id: query.text for query in PART.queries},
        dict(PART.passages),
        {query.id: {query.passage} for query in PART.queries},
    )(encoder)
    similarity = EmbeddingSimilarityEvaluator(
        [pair.first for pair in PART.pairs],
        [pair.second for pair in PART.pairs],
        [pair.grade for pair in PART.pairs],
    )(encoder)
    assert summary["recall_at_1"] == pytest.approx(retrieval["cosine_recall@1"], abs=1e-6)
    assert summary["mrr_at_10"] == pytest.approx(retrieval["cosine_mrr@10"], abs=1e-6)
    assert summary["ndcg_at_10"] == pytest.approx(retrieval["cosine_ndcg@10"], abs=1e-6)
    assert summary["spearman"] == pytest.approx(similarity["spearman_cosine"], abs=1e-6)
    assert 0 < summary["recall_at_1"] < 1
    assert engine().startswith("sentence-transformers ")


def test_ranks_margins_and_overlap_by_brute_force(encoder: Any) -> None:
    other = changed(encoder)
    samples, _ = measured(encoder, other)
    names = list(PART.passages)
    ours, theirs = encode(encoder, PART, pairs=False), encode(other, PART, pairs=False)
    told_apart = 0
    for index, query in enumerate(PART.queries):
        scores = {n: float(theirs.queries[index] @ theirs.passages[i]) for i, n in enumerate(names)}
        expected = {n: float(ours.queries[index] @ ours.passages[i]) for i, n in enumerate(names)}
        best, wanted = (sorted(names, key=lambda n, s=found: -s[n]) for found in (scores, expected))
        own = scores[query.passage]
        above, level = (sum(score > own + by for score in scores.values()) for by in (TIE, -TIE))
        assert above < samples.queries.rank[index] <= level
        wrong = max(score for name, score in scores.items() if name != query.passage)
        assert samples.queries.margin[index] == pytest.approx(own - wrong, abs=TIE)
        # Which of two comes first is not told where sums in another order may turn it.
        if all(found[order[9]] - found[order[10]] > TIE for found, order in ((scores, best), (expected, wanted))):
            told_apart += 1
            assert samples.queries.overlap_at_10[index] == pytest.approx(len({*best[:10]} & {*wanted[:10]}) / 10)
        if all(found[order[0]] - found[order[1]] > TIE for found, order in ((scores, best), (expected, wanted))):
            assert samples.queries.top1_agrees[index] == (best[0] == wanted[0])
    assert told_apart > len(PART.queries) / 2


def test_vectors_that_are_not_finite_are_an_error(encoder: Any) -> None:
    broken = copy.deepcopy(encoder)
    next(transformer_of(broken).parameters()).data.fill_(float("nan"))
    with pytest.raises(ValueError, match="not finite"):
        encode(broken, PART)


def test_texts_other_than_planned_are_refused() -> None:
    work = PART.workload.model_copy(update={"data_sha256": "0" * 64})
    with pytest.raises(ValueError, match="the workload expects 000"):
        for_workload(work)
    for asked, said in (({"passages": 39, "queries": 40}, "expected 40"), ({"pairs": 10_000}, "expected 1 to")):
        with pytest.raises(ValueError, match=said):
            evaluation_set(**asked)


def test_a_part_holds_the_right_passages_and_all_templates_evenly() -> None:
    assert {query.passage for query in PART.queries} <= PART.passages.keys()
    assert list(PART.passages) == sorted(PART.passages)
    for rows in (PART.queries, PART.pairs):
        assert max(Counter(row.group for row in rows).values()) <= 2
    assert {*Counter(pair.grade for pair in PART.pairs).values()} <= {5, 6, 7}
    assert for_workload(PART.workload) == PART
    assert PART.sha256 != evaluation_set(passages=121, queries=40, pairs=36).sha256


@pytest.fixture(scope="module")
def whole() -> EvaluationSet:
    return evaluation_set()


def test_bundled_texts_are_what_their_makers_write() -> None:
    for name, text in files().items():
        assert (FOLDER.parent / name).read_text(encoding="utf-8") == text


def test_bundled_texts_are_enough_balanced_and_without_duplicates(whole: EvaluationSet) -> None:
    assert len(whole.passages) >= 2000
    assert len(whole.queries) >= 500
    assert len(whole.pairs) >= 500
    for rows in (whole.queries, whole.pairs):
        shares = Counter(row.group for row in rows)
        assert len(shares) >= 24
        assert max(shares.values()) <= 0.05 * len(rows)
        assert len({row.id for row in rows}) == len(rows)
    assert len(set(whole.passages.values())) == len(whole.passages)
    assert len({query.text for query in whole.queries}) == len(whole.queries)
    assert len({query.passage for query in whole.queries}) == len(whole.queries)
    assert len({frozenset((pair.first, pair.second)) for pair in whole.pairs}) == len(whole.pairs)
    assert set(Counter(pair.grade for pair in whole.pairs).values()) == {len(whole.pairs) // 6}


def test_a_query_neither_holds_its_answer_nor_copies_its_passage(whole: EvaluationSet) -> None:
    values = [value for column in VALUES.values() for value in column.split("|")]
    for query in whole.queries:
        passage = whole.passages[query.passage]
        # A subject may have a colour in its name; the answer is what the passage says of it.
        name = next(n for n, _ in _blocks(TOPICS[query.group])[0] if n.lower() in passage.lower())
        said = passage.lower().replace(name.lower(), "")
        assert not [v for v in values if f" {v.lower()}" in said and f" {v.lower()}" in query.text.lower()], passage
        words = [{w.strip(".,?'").lower() for w in text.split()} for text in (query.text, passage)]
        assert len(words[0] & words[1]) < 0.8 * len(words[0]), (query.text, passage)


def test_the_description_names_what_a_reader_asks() -> None:
    import yaml

    about = yaml.safe_load((FOLDER / "about.yaml").read_text(encoding="utf-8"))
    assert about.keys() == {"title", "tests", "made", "weaknesses"}
    assert all(isinstance(value, str) and value for value in about.values())
    assert json.loads((Path(FOLDER) / "queries.jsonl").read_text(encoding="utf-8").splitlines()[0]).keys() == {
        "id",
        "group",
        "text",
        "passage",
    }
