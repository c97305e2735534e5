"""Does timed encoding do the whole work on texts of the stated length, and is an encoder's memory counted?"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

import pytest
import torch

from qdocs.measure.disturbance import bandwidth_gb_per_s
from qdocs.measure.encoding import WARMUP, SentenceBatch, measure_encoding, put_transformer, transformer_of
from qdocs.measure.layers import describe_layers, watch
from qdocs.measure.memory import count_parameters, measure_encoder_memory
from qdocs.models import describe, load_encoder
from qdocs.record import MemoryWorkload, coverage
from qdocs.record.encoding import EncodingSpec, EncodingWorkload
from qdocs.schemes import find_schemes
from tests.tiny_encoder import HIDDEN, LAYERS, LONGEST, MLP, VOCAB, make_tiny_encoder

# Query, key, value and output of attention, both halves of the MLP; the pooler once.
LINEAR = LAYERS * (4 * HIDDEN * HIDDEN + 2 * HIDDEN * MLP) + HIDDEN * HIDDEN
BIASES = LAYERS * (4 * HIDDEN + MLP + HIDDEN) + HIDDEN
NORMS = 2 * HIDDEN * (2 * LAYERS + 1)
EMBEDDING = (VOCAB + LONGEST + 2) * HIDDEN


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_encoder(tmp_path_factory.mktemp("encoder"))


def spec(mode: str, **workload: int) -> EncodingSpec:
    return EncodingSpec(
        model="tiny", scheme="bf16", backend="cpu", mode=mode, repeat=1, workload=EncodingWorkload(**workload)
    )


def measure(encoder: Any, cell: EncodingSpec) -> tuple[Any, Any, dict[str, Any], list[float]]:
    probes = [bandwidth_gb_per_s("cpu")]
    found = measure_encoding(encoder, cell, iterations=4, seed=0, device="cpu", probes=probes, say=lambda text: None)
    return *found, probes


def test_every_call_encodes_the_whole_batch_at_its_exact_length(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = load_encoder(folder, "cpu")
    seen: list[tuple[int, ...]] = []
    transformer = transformer_of(encoder)
    forward = transformer.forward

    def counted(*args: Any, **kwargs: Any) -> Any:
        seen.append((*kwargs["input_ids"].shape, int(kwargs["attention_mask"].sum())))
        return forward(*args, **kwargs)

    monkeypatch.setattr(transformer, "forward", counted)
    samples, disturbance, rest, probes = measure(encoder, spec("eager", batch=3, tokens=17))
    assert set(seen) == {(3, 17, 3 * 17)}
    assert len(seen) == WARMUP + 4 * disturbance.attempts
    assert len(samples.encode_ms) == 4
    assert rest["compile_s"] is None
    assert len(probes) == 1 + 2 * disturbance.attempts


def test_vectors_are_those_of_sentence_transformers(folder: Path) -> None:
    encoder = load_encoder(folder, "cpu", as_stored=True)
    text = "the night ferry leaves at noon"
    features = encoder.preprocess([text])
    batch = SentenceBatch(encoder, 1, features["input_ids"].shape[1], compiled=False, seed=0)
    with torch.no_grad():
        ours = batch._encode(features["input_ids"], features["attention_mask"])
    torch.testing.assert_close(ours, encoder.encode([text], convert_to_tensor=True))


def test_compiling_is_counted_apart_and_changes_nothing(folder: Path) -> None:
    encoder = load_encoder(folder, "cpu", as_stored=True)
    samples, _, rest, _ = measure(encoder, spec("compiled", batch=2, tokens=16))
    assert rest["compile_s"] * 1000 > 5 * statistics.median(samples.encode_ms), "compiling leaked into the samples"
    plain = SentenceBatch(encoder, 2, 16, compiled=False, seed=1)
    graph = SentenceBatch(encoder, 2, 16, compiled=True, seed=1)
    assert torch.equal(plain._ids, graph._ids)
    with torch.no_grad():
        torch.testing.assert_close(graph._run(graph._ids, graph._mask), plain._run(plain._ids, plain._mask))


def test_texts_longer_than_the_encoder_reads_are_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match=f"texts of {LONGEST + 1} tokens: this encoder reads at most {LONGEST}"):
        measure(load_encoder(folder, "cpu"), spec("eager", batch=1, tokens=LONGEST + 1))


@pytest.mark.parametrize(
    ("scheme", "bits", "quantized", "scales"),
    [
        ("bf16", 16, 0, 0),
        ("fp32", 32, 0, 0),
        ("int8wo", 8, LINEAR, 5 * BIASES),
        ("int4wo-g32", 4, LINEAR // 2, 4 * LINEAR // 32),
        ("int4wo-g64", 4, LINEAR // 2, 4 * LINEAR // 64),
    ],
)
def test_schemes_apply_to_an_encoder_and_its_bytes_are_counted(
    folder: Path, scheme: str, bits: int, quantized: int, scales: int
) -> None:
    # A linear layer has as many biases as rows, and int8 keeps five bytes a row: a scale in fp32, a zero point.
    encoder = load_encoder(folder, "cpu", as_stored=scheme == "fp32")
    parameters = count_parameters(transformer_of(encoder))
    with watch() as watched:
        definition = find_schemes()[scheme]
        put_transformer(encoder, definition.quantize(transformer_of(encoder), **definition.params))
        layers = describe_layers(transformer_of(encoder), watched)
    described = describe(f"path:{folder}", folder)
    assert described.purpose == "embed"
    assert described.parameters == parameters == LINEAR + BIASES + NORMS + EMBEDDING
    assert described.linear_weights == sum(g.weights for g in layers) == LINEAR
    assert coverage(layers) == (1 if quantized else 0)
    assert not any(g.is_head for g in layers)
    result = measure_encoder_memory(encoder, MemoryWorkload(batch=2, context_tokens=32), parameters)
    width = 4 if scheme == "fp32" else 2
    assert result.roles_bytes.embedding == width * EMBEDDING
    assert result.roles_bytes.quantized_linear == quantized
    assert result.roles_bytes.scales_and_zeros == scales
    assert result.roles_bytes.unquantized_linear == (0 if quantized else width * LINEAR)
    assert result.quantized_weights == (LINEAR if bits < 16 else 0)
    assert result.kv_cache_bytes is None
    assert "no KV cache" in result.reasons["kv_cache_bytes"]
    assert result.head_tied is False
    assert encoder.encode(["still works"]).shape == (1, HIDDEN)
