"""Does a run survive being killed at any moment, and go on where it stopped?"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from qdocs.record import check, read_run

HERE = Path(__file__).parent
POINTS = 24
ARGUMENTS = ["run", "--suite", "quick", "--scheme", "int8wo", "--mode", "eager", "--out"]


def parent(out: Path, kill_at: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HERE / "killed_parent.py"), str(kill_at), *ARGUMENTS, str(out)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def young_worker(pid: int) -> int:
    """The process number of a child that began to measure less than two seconds ago."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for child in psutil.Process(pid).children():
            # A child may end between being listed and being looked at.
            with suppress(psutil.Error):
                if "qdocs.measure.worker" in child.cmdline() and time.time() - child.create_time() < 2:
                    return child.pid
        time.sleep(0.02)
    raise AssertionError("no child was seen")


def runs_in(out: Path) -> list[Path]:
    return sorted(file.parent for file in out.glob("*/run.json"))


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many steps an undisturbed run has."""
    out = tmp_path_factory.mktemp("whole")
    done = parent(out, 0)
    assert done.returncode == 0, done.stderr
    (folder,) = runs_in(out)
    assert check(folder) == []
    assert read_run(folder).ended_at is not None
    counted = re.search(r"steps (\d+)", done.stderr)
    assert counted
    return int(counted[1])


@pytest.mark.parametrize("point", range(POINTS))
def test_killed_while_writing_goes_on(tmp_path: Path, steps: int, point: int) -> None:
    assert steps >= POINTS, "fewer steps than points: the points would repeat"
    kill_at = 1 + point * (steps - 1) // (POINTS - 1)
    killed = parent(tmp_path, kill_at)
    assert killed.returncode == -signal.SIGKILL
    before: dict[str, Any] = {}
    for folder in runs_in(tmp_path):
        assert check(folder) == []
        before = {cell.id: cell.model_dump_json() for cell in read_run(folder).cells}
        if read_run(folder).ended_at is not None:
            assert point >= POINTS - 2, "only the last steps come after the run is whole"
            assert len(before) == len(read_run(folder).plan)
            return
    done = parent(tmp_path, 0)
    assert done.returncode == 0, done.stderr
    (folder,) = runs_in(tmp_path)
    assert check(folder) == []
    run = read_run(folder)
    assert run.ended_at is not None
    assert sorted(cell.id for cell in run.cells) == sorted(spec.id for spec in run.plan)
    after = {cell.id: cell.model_dump_json() for cell in run.cells}
    assert {key: after[key] for key in before} == before, "a measured cell was measured again"


def test_a_full_disk_stops_with_one_line_and_keeps_what_was_measured(tmp_path: Path) -> None:
    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000))

    command = [sys.executable, str(HERE / "killed_parent.py"), "0", *ARGUMENTS, str(tmp_path)]
    full = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, preexec_fn=small_disk)
    assert full.returncode == 3, full.stderr
    assert "Traceback" not in full.stderr
    assert re.search(r"qdocs: cannot write \S+: File too large. What was measured before is kept", full.stderr)
    (folder,) = runs_in(tmp_path)
    assert check(folder) == []
    kept = {cell.id: cell.model_dump_json() for cell in read_run(folder).cells}
    assert kept
    done = parent(tmp_path, 0)
    assert done.returncode == 0, done.stderr
    run = read_run(folder)
    assert run.ended_at is not None
    assert kept.items() <= {cell.id: cell.model_dump_json() for cell in run.cells}.items()


@pytest.mark.xdist_group("real-kill")
def test_killed_parent_and_child_of_a_real_run(tmp_path: Path, tiny: Path) -> None:
    out = tmp_path / "runs"
    command = [sys.executable, "-m", "qdocs.cli", *ARGUMENTS, str(out), "--model", f"path:{tiny}"]

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def cells() -> dict[str, str]:
        return {c.id: c.model_dump_json() for folder in runs_in(out) for c in read_run(folder).cells}

    def wait_for(count: int, process: subprocess.Popen[str]) -> None:
        deadline = time.monotonic() + 120
        while len(cells()) < count:
            assert time.monotonic() < deadline
            assert process.poll() is None, process.communicate()[1]
            time.sleep(0.05)

    # Kill the parent while its second or third child is at work.
    first = start()
    wait_for(1, first)
    time.sleep(1)
    children = psutil.Process(first.pid).children(recursive=True)
    first.kill()
    first.wait()
    kept = cells()
    assert kept
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not alive, "a child outlived its parent"
    (folder,) = runs_in(out)
    assert check(folder) == []
    assert read_run(folder).ended_at is None

    # Go on, and kill a child: its cells fail, everything else is measured, and the command says so with code 3.
    second = start()
    wait_for(len(kept) + 1, second)
    os.kill(young_worker(second.pid), signal.SIGKILL)
    said = second.communicate(timeout=240)[1]
    assert second.returncode == 3, said
    run = read_run(folder)
    failed = [c for c in run.cells if c.outcome.state == "failed"]
    assert len(failed) == 1
    assert "SIGKILL" in failed[0].outcome.error
    assert "same command" in said
    assert check(folder) == []
    assert {k: v for k, v in cells().items() if k in kept} == kept

    # Once more: only the failed cell is measured again, and the run is whole.
    third = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert third.returncode == 0, third.stderr
    run = read_run(folder)
    assert runs_in(out) == [folder]
    assert run.ended_at is not None
    unsupported = [c.outcome.reason for c in run.cells if c.outcome.state == "unsupported"]
    assert {c.outcome.state for c in run.cells} - {"unsupported"} == {"measured"}
    assert all("longer than the 1,024 tokens that the model reads" in reason for reason in unsupported)
    assert check(folder) == []
    raw = json.loads((folder / "run.json").read_text())
    fidelity = {c["scheme"]: c["outcome"]["result"]["overall"] for c in raw["cells"] if c["kind"] == "fidelity"}
    assert fidelity["bf16"]["kl_max_nats"] == 0.0
    assert fidelity["bf16"]["top1_agreement"] == 1.0
    assert 0 < fidelity["fp32"]["kl_mean_nats"] < fidelity["int8wo"]["kl_mean_nats"]
    assert raw["schemes"]["int8wo"]["coverage"] == 1.0
    assert "Int8WeightOnlyConfig" in raw["schemes"]["int8wo"]["configs"][0]
