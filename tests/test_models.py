"""Are models of both purposes found, described and loaded as they are, and is what is none refused?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from qdocs import models
from qdocs.errors import WrongUse
from qdocs.wheels import file_sha256
from tests.tiny_encoder import make_tiny_encoder


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_encoder(tmp_path_factory.mktemp("encoder"), dense=24)


def types(module: Any) -> set[torch.dtype]:
    return {parameter.dtype for parameter in module.parameters()}


def test_purpose_follows_from_the_folder(tiny: Path, encoder: Path) -> None:
    assert models.describe(f"path:{tiny}", tiny).purpose == "generate"
    assert models.describe(f"path:{encoder}", encoder).purpose == "embed"


def test_weights_are_loaded_in_bf16_or_as_they_are_stored(tiny: Path, encoder: Path) -> None:
    assert types(models.load_encoder(encoder, "cpu")) == {torch.bfloat16}
    stored = models.load_encoder(encoder, "cpu", as_stored=True)
    assert types(stored) == {torch.float32}
    assert not stored.training
    assert stored.encode(["a sentence"]).shape == (1, 24)
    assert types(models.load(tiny, "cpu", as_stored=True)[0]) == {torch.bfloat16}
    wide, _ = models.load(tiny, "cpu")
    wide.float().save_pretrained(tiny.parent / "wide")
    models.load(tiny, "cpu")[1].save_pretrained(tiny.parent / "wide")
    assert types(models.load(tiny.parent / "wide", "cpu", as_stored=True)[0]) == {torch.float32}
    assert types(models.load(tiny.parent / "wide", "cpu")[0]) == {torch.bfloat16}


def test_the_digest_of_an_encoder_covers_every_module(encoder: Path, tmp_path: Path) -> None:
    import shutil

    from safetensors.torch import load_file, save_file

    copied = tmp_path / encoder.name
    shutil.copytree(encoder, copied)
    before = models.describe(f"path:{encoder}", encoder).weights_sha256
    assert models.describe(f"path:{copied}", copied).weights_sha256 == before
    dense = copied / "2_Dense" / "model.safetensors"
    save_file({name: weight + 1 for name, weight in load_file(dense).items()}, dense)
    assert models.describe(f"path:{copied}", copied).weights_sha256 != before


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ("{", "is no list of modules"),
        ("[]", "is no list of modules"),
        ('[{"type": "sentence_transformers.models.Pooling", "path": ""}]', "begins with Pooling"),
        ('[{"type": "sentence_transformers.models.Transformer", "path": "0_Transformer"}]', "has no config.json"),
    ],
)
def test_a_folder_that_is_no_encoder_is_refused(tmp_path: Path, modules: str, said: str) -> None:
    (tmp_path / "modules.json").write_text(modules, encoding="utf-8")
    with pytest.raises(WrongUse, match=said):
        models.find_source(f"path:{tmp_path}")


def test_an_encoder_may_keep_its_transformer_in_a_folder_of_its_own(encoder: Path, tmp_path: Path) -> None:
    import shutil

    older = tmp_path / "older"
    shutil.copytree(encoder, older)
    inside = older / "0_Transformer"
    inside.mkdir()
    for file in [f for f in older.iterdir() if f.is_file() and f.name not in ("modules.json",)]:
        file.rename(inside / file.name)
    listed = json.loads((older / "modules.json").read_text(encoding="utf-8"))
    listed[0]["path"] = "0_Transformer"
    (older / "modules.json").write_text(json.dumps(listed), encoding="utf-8")
    found, expected = (models.describe(f"path:{f}", f) for f in (older, encoder))
    assert (found.parameters, found.linear_weights) == (expected.parameters, expected.linear_weights)
    assert models.load_encoder(older, "cpu").encode(["a sentence"]).shape == (1, 24)


def test_what_sentence_transformers_cannot_load_is_said(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(WrongUse, match="cannot load"):
        models.load_encoder(tmp_path, "cpu")


@pytest.mark.xdist_group("embedded")
def test_the_embedded_encoder_is_as_published_and_knows_what_sentences_mean() -> None:
    folder = models.ensure("minilm-l6")
    described = models.describe("minilm-l6", folder)
    assert described.weights_sha256 == file_sha256(folder / "model.safetensors")
    assert described.parameters == 22_713_216
    assert described.linear_weights == 10_764_288
    assert described.permutation_seed is None
    assert described.caveat is None
    assert described.reasons.keys() == {"permutation_seed", "weights_seed", "caveat"}
    encoder = models.load_encoder(folder, "cpu", as_stored=True)
    assert types(encoder) == {torch.float32}
    assert encoder.max_seq_length == 256
    a, b, c = encoder.encode(["A cat sleeps on the sofa.", "The kitten naps on the couch.", "Taxes rose last year."])
    assert float(a @ b) > 0.6 > 0.2 > float(a @ c)
