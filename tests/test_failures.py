"""Does whatever goes wrong in a child end in a state with its error, and leave the rest measured?"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from qdocs.progress import reporting
from qdocs.record import FidelityWorkload, LatencyWorkload, MemoryWorkload, Run, check
from qdocs.runner import Request, run
from qdocs.suites import SUITES, Generating, Timing
from qdocs.tasks.asked import asked
from qdocs.terminal import show

KINDS = ("memory", "fidelity", "accuracy")
HOSTILE = """
import os, time
import torch

SCHEMES = {how: {"how": how} for how in ("raise", "kill", "hang", "allocate", "nothing", "nan", "fine")}


def unsupported(device):
    return None


def quantize(model, how):
    weight = model.model.layers[0].mlp.up_proj.weight
    if how == "raise":
        raise RuntimeError("no luck")
    if how == "kill":
        os.kill(os.getpid(), 9)
    if how == "hang":
        time.sleep(600)
    if how == "allocate":
        torch.empty(2**50)
    if how == "nan":
        weight.data[:] = float("nan")
    return None if how == "nothing" else model
"""


def request(tmp_path: Path, tiny: Path, **changes: object) -> Request:
    suite = dataclasses.replace(
        SUITES["quick"],
        generating=Generating(
            memory=(MemoryWorkload(batch=1, context_tokens=32),),
            fidelity=FidelityWorkload(window_tokens=32, windows_per_corpus=2),
        ),
        time_limit_s=15,
    )
    plain = Request(
        suite=suite,
        model=f"path:{tiny}",
        schemes=None,
        example=None,
        modes=["eager"],
        device="cpu",
        rounds=1,
        budget_min=None,
        out=tmp_path / "runs",
        command=["qdocs", "run"],
        tasks=[],
        loading={"trust_remote_code": False, "spread": False},
        with_texts=False,
        shard=(1, 1),
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


def measure(what: Request) -> tuple[Path, Run]:
    with reporting(Console(quiet=True)) as reporter:
        return run(what, reporter)


@pytest.mark.xdist_group("failures")
def test_each_failure_is_recorded_and_nothing_else_is_lost(tmp_path: Path, tiny: Path) -> None:
    example = tmp_path / "hostile.py"
    example.write_text(HOSTILE, encoding="utf-8")
    items = tmp_path / "mine.jsonl"
    items.write_text('{"prompt": "A graph has", "choices": ["nodes", "legs"], "answer": "nodes"}\n', encoding="utf-8")
    folder, made = measure(request(tmp_path, tiny, example=example, tasks=asked({str(items): None})))
    assert check(folder) == []
    assert made.ended_at is not None, "every cell has a state"
    states = {(c.scheme, c.kind): c.outcome for c in made.cells}
    for scheme in ("bf16", "fp32", "fine"):
        assert {states[scheme, kind].state for kind in KINDS} == {"measured"}
    for scheme, said in {
        "raise": "hostile.py, line 15: RuntimeError: no luck",
        "kill": "killed (SIGKILL), which is what the system does when memory runs out",
        "hang": "no end after 1",
        "allocate": "RuntimeError",
        "nothing": "returned NoneType; expected the model",
    }.items():
        for kind in KINDS:
            outcome = states[scheme, kind]
            assert outcome.state == "failed", (scheme, kind)
            assert said in outcome.error, (scheme, kind)
    assert states["nan", "memory"].state == "measured"
    assert states["nan", "fidelity"].state == "failed"
    assert states["nan", "accuracy"].state == "failed"
    assert "log-probabilities are not finite" in states["nan", "accuracy"].error
    assert "nan" in states["nan", "fidelity"].error.lower() or "finite" in states["nan", "fidelity"].error
    console = Console(record=True, width=120, quiet=False, file=(tmp_path / "shown").open("w"))
    show(made, folder, console)
    shown = console.export_text()
    failed = [cell.outcome.why for cell in made.cells if cell.outcome.state == "failed"]
    assert len(failed) == 17
    assert shown.count("failed: ") == len(set(failed)), "what has the same reason is told once"
    assert "no luck" in shown


@pytest.mark.xdist_group("failures")
def test_a_budget_stops_cleanly_and_the_same_request_goes_on(tmp_path: Path, tiny: Path) -> None:
    folder, made = measure(request(tmp_path, tiny, schemes=["bf16"], budget_min=0.2))
    assert check(folder) == []
    assert made.ended_at is None
    assert 0 < len(made.cells) < len(made.plan)
    again, whole = measure(request(tmp_path, tiny, schemes=["bf16"]))
    assert again == folder
    assert whole.ended_at is not None
    assert whole.cells[: len(made.cells)] == made.cells


@pytest.mark.xdist_group("failures")
def test_an_unsupported_scheme_has_its_reason_and_a_changed_example_a_new_run(tmp_path: Path, tiny: Path) -> None:
    example = tmp_path / "mine.py"
    code = HOSTILE.replace("return None\n\n\ndef quantize", "return 'needs a tail wind'\n\n\ndef quantize")
    example.write_text(code, encoding="utf-8")
    folder, made = measure(request(tmp_path, tiny, example=example, schemes=["fine"]))
    outcomes = [c.outcome for c in made.cells if c.scheme == "fine"]
    assert {(o.state, o.reason) for o in outcomes} == {("unsupported", "needs a tail wind")}
    assert check(folder) == []
    example.write_text(HOSTILE, encoding="utf-8")
    other, made = measure(request(tmp_path, tiny, example=example, schemes=["fine"]))
    assert other != folder
    assert {c.outcome.state for c in made.cells} == {"measured"}


@pytest.mark.xdist_group("failures")
def test_without_a_compiler_or_git_it_goes_on_and_says_so(tmp_path: Path, tiny: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CXX", "")
    what = request(tmp_path, tiny, schemes=["bf16"], modes=["compiled"])
    work = (Timing(LatencyWorkload(batch=1, prompt_tokens=8, new_tokens=4)),)
    generating = dataclasses.replace(what.suite.generating, latency=work)
    folder, made = measure(dataclasses.replace(what, suite=dataclasses.replace(what.suite, generating=generating)))
    assert check(folder) == []
    (compiled,) = [c.outcome for c in made.cells if c.kind == "latency"]
    assert compiled.state == "unsupported"
    assert "install g++" in compiled.reason
    assert {c.outcome.state for c in made.cells if c.kind != "latency"} == {"measured"}
    assert made.environment.compiler is None
    assert made.commit is None
    assert made.reasons["commit"] == "qdocs does not run from a git checkout"


def test_two_runs_into_one_folder_at_a_time_are_refused(tmp_path: Path, tiny: Path) -> None:
    from filelock import FileLock

    from qdocs.errors import Stopped

    (tmp_path / "runs").mkdir()
    with FileLock(tmp_path / "runs" / ".qdocs.lock"), pytest.raises(Stopped, match="another qdocs run"):
        measure(request(tmp_path, tiny, schemes=["bf16"]))
