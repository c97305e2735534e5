"""Random samples of every kind, for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from qdocs import record as r
from tests.factory import SHA, START, disturbance, spec

# No deadline, since the machine may be busy; no database, since tests leave nothing behind.
thorough = settings(max_examples=60, deadline=None, database=None)
times = st.floats(min_value=1e-3, max_value=1e6)
nats = st.floats(min_value=0, max_value=500)


@st.composite
def latency(draw: st.DrawFn) -> tuple[Any, r.LatencySamples]:
    """A spec and samples of its size."""
    one = spec(
        "latency",
        draw(st.sampled_from(["bf16", "int8wo"])),
        draw(st.sampled_from(["eager", "compiled"])),
        batch=draw(st.integers(1, 64)),
        prompt_tokens=draw(st.integers(1, 4096)),
        new_tokens=draw(st.integers(2, 6)),
    )
    steps = one.workload.new_tokens - 1
    iterations = []
    for _ in range(draw(st.integers(1, 6))):
        decode = draw(st.lists(times, min_size=steps, max_size=steps))
        ttft = draw(times)
        whole = ttft + sum(decode) + draw(st.floats(min_value=0, max_value=10))
        iterations.append(r.LatencyIteration(ttft_ms=ttft, decode_ms=decode, end_to_end_ms=whole))
    return one, r.LatencySamples(iterations=iterations)


@st.composite
def fidelity(draw: st.DrawFn) -> tuple[Any, r.FidelitySamples]:
    """A spec and samples of its size, one or two corpora."""
    window, count = draw(st.integers(2, 6)), draw(st.integers(1, 3))
    one = spec("fidelity", "int8wo", window_tokens=window, windows_per_corpus=count)
    positions = (window - 1) * count

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=positions, max_size=positions))

    corpora = {
        name: r.CorpusSamples(
            tokens_sha256=SHA,
            kl_nats=column(st.floats(min_value=-1e-4, max_value=100)),
            top1_agrees=column(st.booleans()),
            nll_baseline_nats=column(nats),
            nll_nats=column(nats),
        )
        for name in draw(st.sampled_from([["english"], ["code", "english"]]))
    }
    return one, r.FidelitySamples(corpora=corpora)


def names(count: int) -> list[str]:
    """Ids of so many items."""
    return [f"i{n}" for n in range(count)]


@st.composite
def accuracy(draw: st.DrawFn) -> tuple[Any, r.AccuracySamples]:
    """A spec and outcomes of its size, of choices or of generated answers."""
    items = draw(st.integers(1, 6))

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=items, max_size=items))

    if draw(st.booleans()):
        outcomes: Any = r.AnswerOutcomes(right=column(st.booleans()), exact=draw(st.none()) or column(st.booleans()))
    else:
        rows = [draw(st.lists(st.floats(-500, 0), min_size=2, max_size=5)) for _ in range(items)]
        outcomes = r.ChoiceOutcomes(
            scoring=draw(st.sampled_from(["sum", "characters"])),
            answers=[draw(st.integers(0, len(row) - 1)) for row in rows],
            logprobs_nats=rows,
            characters=[draw(st.lists(st.integers(1, 40), min_size=len(row), max_size=len(row))) for row in rows],
        )
    groups = column(st.sampled_from(["a", "b"]))
    samples = r.AccuracySamples(ids=names(items), groups=groups, outcomes=outcomes, texts=None)
    return spec("accuracy", "int8wo", task="facts", items=items), samples


@st.composite
def text(draw: st.DrawFn) -> tuple[Any, r.TextSamples]:
    """A spec and samples of its size."""
    positions = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    one, count = spec("text", "int8wo", task="notes", items=len(positions)), sum(positions)

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=count, max_size=count))

    corpus = r.CorpusSamples(
        tokens_sha256=SHA,
        kl_nats=column(st.floats(min_value=-1e-4, max_value=100)),
        top1_agrees=column(st.booleans()),
        nll_baseline_nats=column(nats),
        nll_nats=column(nats),
    )
    ids = names(len(positions))
    return one, r.TextSamples(ids=ids, groups=ids, positions=positions, corpus=corpus, texts=None)


@st.composite
def layer_error(draw: st.DrawFn) -> tuple[Any, r.LayerErrorSamples]:
    """A spec and errors of a few layers."""
    layers = names(draw(st.integers(1, 6)))
    errors = st.lists(st.floats(min_value=0, max_value=10), min_size=len(layers), max_size=len(layers))
    one = spec("layer_error", "int8wo", tokens=draw(st.integers(1, 4096)))
    return one, r.LayerErrorSamples(
        tokens=one.workload.tokens,
        tokens_sha256=SHA,
        layers=layers,
        weight_error=draw(errors),
        output_error=draw(errors),
    )


@st.composite
def encoding(draw: st.DrawFn) -> tuple[Any, r.EncodingSamples]:
    """A spec and times."""
    one = spec("encoding", "int8wo", batch=draw(st.integers(1, 64)), tokens=draw(st.integers(1, 512)))
    return one, r.EncodingSamples(encode_ms=draw(st.lists(times, min_size=1, max_size=6)))


@st.composite
def embedding(draw: st.DrawFn) -> tuple[Any, r.EmbeddingSamples]:
    """A spec and outcomes of its size, with what the evaluators would say of them."""
    queries, pairs, passages = draw(st.integers(1, 5)), draw(st.integers(2, 5)), 12
    cosines = st.floats(-1, 1).map(lambda value: round(value, 6))
    ranks = draw(st.lists(st.integers(1, passages), min_size=queries, max_size=queries))
    found = r.QueryOutcomes(
        ids=names(queries),
        groups=names(queries),
        rank=ranks,
        margin=[0.25 if rank == 1 else -0.25 for rank in ranks],
        overlap_at_10=draw(st.lists(st.floats(0, 1), min_size=queries, max_size=queries)),
        top1_agrees=draw(st.lists(st.booleans(), min_size=queries, max_size=queries)),
    )
    placed = r.PairOutcomes(
        ids=names(pairs),
        groups=names(pairs),
        grade=[float(n % 6) for n in range(pairs)],
        cosine=draw(st.lists(cosines, min_size=pairs, max_size=pairs)),
    )
    texts = passages + queries
    one = spec("embedding", "int8wo", passages=passages, queries=queries, pairs=pairs)
    return one, r.EmbeddingSamples(
        data_sha256=SHA,
        cosine_to_baseline=draw(st.lists(cosines, min_size=texts, max_size=texts)),
        queries=found,
        pairs=placed,
        evaluators=r.EvaluatorFigures(
            recall_at_1=float(found.correct().mean()),
            mrr_at_10=float(found.reciprocal_ranks().mean()),
            ndcg_at_10=float(found.ndcg().mean()),
            spearman=placed.spearman(),
        ),
    )


@st.composite
def tokenization(draw: st.DrawFn) -> tuple[Any, r.TokenizationSamples]:
    """A spec and counts of its size."""
    ids = names(draw(st.integers(1, 6)))

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=len(ids), max_size=len(ids)))

    characters, tokens = column(st.integers(1, 500)), column(st.integers(1, 500))
    return spec("tokenization", "bf16", texts=len(ids)), r.TokenizationSamples(
        texts_sha256=SHA,
        ids=ids,
        kinds=column(st.sampled_from(["english", "code"])),
        messages=column(st.none() | st.sampled_from(["m1", "m2"])),
        characters=characters,
        utf8_bytes=[count + more for count, more in zip(characters, column(st.integers(0, 500)), strict=True)],
        tokens=tokens,
        unknown=[draw(st.integers(0, count)) for count in tokens],
    )


# Every kind with samples.
SAMPLES = {
    r.LatencySpec: latency(),
    r.FidelitySpec: fidelity(),
    r.LayerErrorSpec: layer_error(),
    r.AccuracySpec: accuracy(),
    r.TextSpec: text(),
    r.EncodingSpec: encoding(),
    r.EmbeddingSpec: embedding(),
    r.TokenizationSpec: tokenization(),
}
with_samples = st.one_of(*SAMPLES.values())


def cell(one: Any, samples: Any, sidecar: r.Sidecar) -> Any:
    """The measured cell that follows from samples."""
    timed: dict[str, Any] = {"started_at": START, "duration_s": 1.0}
    if one.kind == "fidelity":
        result: Any = r.FidelityResult(samples=sidecar, corpus_source="test", **one.summarize(samples))
        return r.FidelityCell(**dict(one), **timed, outcome=r.Measured[r.FidelityResult](result=result))
    if one.kind == "layer_error":
        result = r.LayerErrorResult(samples=sidecar, **one.summarize(samples))
        return r.LayerErrorCell(**dict(one), **timed, outcome=r.Measured[r.LayerErrorResult](result=result))
    if one.kind == "accuracy":
        result = r.AccuracyResult(samples=sidecar, engine="test", **one.summarize(samples))
        return r.AccuracyCell(**dict(one), **timed, outcome=r.Measured[r.AccuracyResult](result=result))
    if one.kind == "text":
        result = r.TextResult(samples=sidecar, **one.summarize(samples))
        return r.TextCell(**dict(one), **timed, outcome=r.Measured[r.TextResult](result=result))
    if one.kind == "tokenization":
        result = r.TokenizationResult(samples=sidecar, algorithm="BPE", vocabulary=100, **one.summarize(samples))
        return r.TokenizationCell(**dict(one), **timed, outcome=r.Measured[r.TokenizationResult](result=result))
    if one.kind == "embedding":
        result = r.EmbeddingResult(samples=sidecar, engine="test", **one.summarize(samples))
        return r.EmbeddingCell(**dict(one), **timed, outcome=r.Measured[r.EmbeddingResult](result=result))
    if one.kind == "encoding":
        result = r.EncodingResult(
            samples=sidecar,
            warmup_iterations=1,
            warmup_s=1.0,
            compile_s=None,
            disturbance=disturbance(),
            reasons={"compile_s": "eager mode compiles nothing"},
            **one.summarize(samples),
        )
        return r.EncodingCell(**dict(one), **timed, outcome=r.Measured[r.EncodingResult](result=result))
    eager = one.mode == "eager"
    result = r.LatencyResult(
        samples=sidecar,
        warmup_iterations=1,
        warmup_s=2.0,
        compile_s=None if eager else 30.0,
        compiled_phases=[] if eager else ["decode"],
        disturbance=disturbance(),
        reasons={"compile_s": "eager mode compiles nothing"} if eager else {},
        **one.summarize(samples),
    )
    return r.LatencyCell(**dict(one), **timed, outcome=r.Measured[r.LatencyResult](result=result))
