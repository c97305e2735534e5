"""Does a saved quantized model load elsewhere and say the same, and does it refuse to load where it would not?"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch

from qdocs.models import load
from qdocs.schemes import EXAMPLES, find_schemes

SCHEMES = [name for name in find_schemes() if name != "fp32"]


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


saving = example("save_and_load")


def run(script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | variables, timeout=600, check=False)


def quantized(folder: Path, scheme: str) -> tuple[Any, Any]:
    model, tokenizer = load(folder, "cpu")
    definition = find_schemes()[scheme]
    return definition.quantize(model, **definition.params), tokenizer


@pytest.mark.parametrize("tied", [True, False], ids=["tied", "untied"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_is_the_same_after_loading(tiny: Path, tmp_path: Path, scheme: str, tied: bool) -> None:
    if not tied:
        from tests.tiny import make_tiny

        tiny = make_tiny(tmp_path / "untied", tie=False)
    model, _ = quantized(tiny, scheme)
    file = saving.save(model, tmp_path)
    # Layers whose width no group divides are skipped: then nothing is packed.
    packed = any(type(parameter).__name__ == "Int4OpaqueTensor" for parameter in model.parameters())
    assert packed == (scheme.startswith("int4") and "g128" not in scheme)
    assert file.name == ("model.pt" if packed else "model.safetensors")
    again = saving.load(tmp_path)
    ids = torch.arange(24)[None]
    with torch.no_grad():
        assert torch.equal(model(ids).logits, again(ids).logits)
    assert {n: type(p) for n, p in model.named_parameters()} == {n: type(p) for n, p in again.named_parameters()}


def test_a_new_process_writes_the_same_tokens(tiny: Path) -> None:
    done = run("save_and_load.py", "--model", f"path:{tiny}")
    assert done.returncode == 0, done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["int8wo", "int4wo-g32"]
    assert done.stdout.count(": the same tokens\n") == 2


def test_int4_is_refused_where_vectors_have_another_width(tiny: Path, tmp_path: Path) -> None:
    # torch is told to use plain instructions, as on another processor.
    model, _ = quantized(tiny, "int4wo-g32")
    saving.save(model, tmp_path)
    done = run("save_and_load.py", "--load", str(tmp_path), "--tokenizer", str(tiny), ATEN_CPU_CAPABILITY="default")
    assert done.returncode != 0
    here = torch.backends.cpu.get_cpu_capability()
    assert f"holds weights packed for {here}, this is DEFAULT: quantize here" in done.stderr


def test_a_lost_weight_is_named(tiny: Path, tmp_path: Path) -> None:
    model, _ = quantized(tiny, "int4wo-g32")
    file = saving.save(model, tmp_path)
    saved = torch.load(file, weights_only=True)
    del saved["state"]["model.layers.1.mlp.up_proj.weight"]
    torch.save(saved, file)
    with pytest.raises(ValueError, match=r"lacks 1 weights, such as model\.layers\.1\.mlp\.up_proj\.weight"):
        saving.load(tmp_path)


def test_transformers_quantizes_to_the_same(tiny: Path) -> None:
    done = run("transformers_config.py", "--model", f"path:{tiny}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("14 layers quantized at load time; largest difference of any logit: 0.0\n") == 2
