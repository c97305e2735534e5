"""Have random weights the dimensions of the model they stand for, and are they measured for speed and memory only?"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from qdocs import models, shapes
from qdocs.errors import WrongUse
from qdocs.record import read_run
from tests.test_cli import fails, qdocs

TINY = shapes.Shape(
    "a tiny shape",
    "llama",
    0,
    {
        "vocab_size": 512,
        "hidden_size": 64,
        "intermediate_size": 160,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "tie_word_embeddings": True,
    },
)


@pytest.mark.parametrize("name", shapes.SHAPES)
def test_a_shape_has_as_many_parameters_as_its_model(name: str, tmp_path: Path) -> None:
    from transformers import AutoConfig, AutoModelForCausalLM

    shapes.write_config(name, tmp_path)
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(tmp_path))
    assert sum(parameter.numel() for parameter in model.parameters()) == shapes.SHAPES[name].parameters


@pytest.fixture
def tiny_shape(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    monkeypatch.setenv("QDOCS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setitem(shapes.SHAPES, "tiny", TINY)
    return "shape:tiny"


def test_random_weights_are_bf16_from_the_start_and_the_same_each_time(tiny_shape: str) -> None:
    folder = models.ensure(tiny_shape)
    model, tokenizer = models.load(folder, "cpu")
    again, _ = models.load(models.ensure(tiny_shape), "cpu")
    assert tokenizer is None
    assert {parameter.dtype for parameter in model.parameters()} == {torch.bfloat16}
    assert {buffer.dtype for buffer in model.buffers()} == {torch.float32}, (
        "rotary frequencies stay as Transformers has them"
    )
    assert model.lm_head.weight is model.model.embed_tokens.weight
    for (name, one), other in zip(model.named_parameters(), again.parameters(), strict=True):
        assert torch.equal(one, other), name
    weight = model.model.layers[0].mlp.up_proj.weight.float()
    assert weight.std() == pytest.approx(shapes.SPREAD, rel=0.1)
    assert not model(torch.arange(8)[None]).logits.isnan().any()


def test_a_shape_is_described_without_weights(tiny_shape: str) -> None:
    described = models.describe(tiny_shape, models.ensure(tiny_shape))
    assert (described.purpose, described.weights_sha256, described.weights_seed) == ("generate", None, 0)
    assert described.caveat == "Random weights: speed and memory only."
    assert "seed makes them again" in described.reasons["weights_sha256"]


def test_an_unknown_shape_is_named() -> None:
    with pytest.raises(WrongUse, match=r"unknown model 'shape:gpt-9': expected .*shape:llama-3\.1-8b"):
        models.find_source("shape:gpt-9")


def test_a_shape_is_measured_for_speed_and_memory_and_nothing_else(tmp_path: Path) -> None:
    # The smallest real shape, in memory alone, so that no minutes are spent; the plan has the rest.
    common = ("--model", "shape:qwen3-0.6b", "--scheme", "int8wo", "--mode", "eager")
    done = qdocs("run", *common, "--task", "facts", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    run = read_run(next(tmp_path.glob("*qwen*")))
    assert {cell.outcome.state for cell in run.cells} == {"unsupported"}
    assert all("random weights" in cell.outcome.why for cell in run.cells)
    (own := tmp_path / "own.jsonl").write_text('{"text": "A text of mine."}\n', encoding="utf-8")
    fails(qdocs("run", *common, "--task", str(own), "--out", str(tmp_path)), 2, "own.jsonl is not asked")
