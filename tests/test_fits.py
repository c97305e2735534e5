"""Is what does not fit into memory named before it is loaded?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qdocs import runner
from qdocs.fits import Room, needs, why_not
from qdocs.models import kv_values_per_token
from qdocs.progress import reporting
from tests import factory
from tests.test_failures import request
from tests.tiny import LAYERS

MODEL = factory.model_info()
PLENTY = Room(10**15, 1000)


def test_what_a_cell_needs() -> None:
    latency = factory.spec("latency", "int8wo", batch=4, prompt_tokens=100, new_tokens=28)
    assert needs(latency, MODEL, PLENTY) == {"weights": 2 * MODEL.parameters, "KV cache": 4 * 128 * 1000 * 2}
    floor = factory.spec("fidelity", "fp32")
    assert needs(floor, MODEL, PLENTY) == {
        "weights": 4 * MODEL.parameters,
        "the baseline beside them": 2 * MODEL.parameters,
    }
    assert needs(factory.spec("accuracy", "bf16"), MODEL, PLENTY) == {"weights": 2 * MODEL.parameters}
    assert "KV cache" not in needs(latency, MODEL, Room(1, 0)), "a model without a cache"


def test_the_sum_is_shown() -> None:
    spec = factory.spec("fidelity", "bf16")
    exactly = sum(needs(spec, MODEL, PLENTY).values())
    assert why_not(spec, MODEL, Room(exactly, 0)) is None
    assert why_not(spec, MODEL, Room(exactly - 1, 0)) == (
        "needs 0.5 GB of memory (weights 0.3 GB, the baseline beside them 0.3 GB), 0.5 GB were free: "
        "close other programs, or take a smaller model or batch"
    )


def test_the_cache_of_a_model_from_its_configuration(tiny: Path) -> None:
    assert kv_values_per_token(tiny) == 2 * LAYERS * 2 * 16


def test_cells_that_do_not_fit_are_unsupported_and_the_rest_is_measured(
    tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rich.console import Console

    found = runner.prepare

    def cramped(*arguments: object, **named: object) -> dict[str, object]:
        answer = found(*arguments, **named)  # type: ignore[arg-type]
        # Room for one model in fp32, not for the baseline beside it.
        answer["room"]["available_bytes"] = 5 * answer["model"]["parameters"]
        return answer

    monkeypatch.setattr(runner, "prepare", cramped)
    with reporting(Console(stderr=True)) as reporter:
        _, run = runner.run(request(tmp_path, tiny, schemes=["int8wo"]), reporter)
    states = {(cell.kind, cell.scheme): cell.outcome.state for cell in run.cells}
    assert states == {
        ("memory", "fp32"): "measured",
        ("memory", "bf16"): "measured",
        ("memory", "int8wo"): "measured",
        ("fidelity", "fp32"): "unsupported",
        ("fidelity", "bf16"): "measured",
        ("fidelity", "int8wo"): "measured",
    }
    (refused,) = [cell for cell in run.cells if cell.outcome.state == "unsupported"]
    assert "the baseline beside them" in refused.outcome.why
