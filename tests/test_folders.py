"""Are models of every build measured, and is what a scheme cannot do to one said?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qdocs import models
from qdocs.errors import WrongUse
from qdocs.record import Run, check
from tests.test_failures import measure, request
from tests.tiny import make_tiny

SCHEMES = ["int8wo", "int4wo-g32", "int4wo-g32-int8head"]


def measured(folder: Path, tmp_path: Path) -> Run:
    made_in, run = measure(request(tmp_path, folder, schemes=SCHEMES))
    assert not check(made_in)
    assert {cell.outcome.state for cell in run.cells} == {"measured"}
    return run


def stored(run: Run, scheme: str) -> dict[str, int]:
    """Bytes by role of a scheme."""
    (cell,) = (cell for cell in run.cells if cell.kind == "memory" and cell.scheme == scheme)
    assert cell.kind == "memory"
    assert cell.outcome.state == "measured"
    return cell.outcome.result.roles_bytes.model_dump()


@pytest.mark.xdist_group("failures")
def test_an_untied_head_has_bytes_of_its_own(tmp_path: Path) -> None:
    run = measured(make_tiny(tmp_path / "untied", tie=False), tmp_path)
    plain, both = stored(run, "int4wo-g32"), stored(run, "int4wo-g32-int8head")
    assert plain["head"] == plain["embedding"] > 0
    assert both["head"] == 0
    assert both["quantized_linear"] == plain["quantized_linear"] + plain["head"] // 2


@pytest.mark.xdist_group("failures")
def test_biases_stay_as_they_are(tmp_path: Path) -> None:
    run = measured(make_tiny(tmp_path / "biased", bias=True), tmp_path)
    assert stored(run, "int8wo")["other"] == stored(run, "bf16")["other"]
    assert run.schemes["int4wo-g32"].coverage == 1


@pytest.mark.xdist_group("failures")
def test_widths_that_no_group_divides_leave_nothing_quantized_and_say_so(tmp_path: Path) -> None:
    run = measured(make_tiny(tmp_path / "odd", hidden=40, mlp=88), tmp_path)
    assert run.schemes["int8wo"].coverage == 1
    assert run.schemes["int4wo-g32"].coverage == 0
    skipped = {g.skipped_because for g in run.schemes["int4wo-g32"].layers if not g.is_head}
    assert all(reason and "32" in reason for reason in skipped), skipped


def test_a_model_without_a_tokenizer_is_refused(tmp_path: Path, tiny: Path) -> None:
    for name in ("config.json", "model.safetensors"):
        shutil.copy(tiny / name, tmp_path / name)
    with pytest.raises(WrongUse, match=r"has no tokenizer: put it beside the weights"):
        measure(request(tmp_path / "out", tmp_path))


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"has no config\.json; expected a folder saved by"):
        models.find_source(f"path:{tmp_path}")
    (tmp_path / "config.json").write_text('{"model_type": "clip"}', encoding="utf-8")
    with pytest.raises(WrongUse, match="Transformers cannot load"):
        models.describe(f"path:{tmp_path}", tmp_path)


def test_a_spread_model_answers_as_a_whole_one(tiny: Path) -> None:
    import torch

    tokens = torch.arange(16)[None]
    whole, _ = models.load(tiny, "cpu")
    spread, _ = models.load(tiny, "cpu", models.Loading(spread=True))
    assert torch.equal(whole(tokens).logits, spread(tokens).logits)
