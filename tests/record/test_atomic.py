"""Is a record whole at every moment, however the writing of it ends?"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qdocs import record as r
from qdocs.errors import Stopped
from tests.factory import latency_samples, make_cell, write
from tests.record.killed import NAME, PLAN, next_cell, samples_again, start

ROOT = Path(__file__).parents[2]
KEPT = "What was measured before is kept: make room or the folder writable, then give the same command again"


def run_script(*arguments: str | Path) -> str:
    """Run a Python script from the root of the repository; what it prints."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, env=environment, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def at_each_step(mode: str, scenario: str, place: Path) -> list[tuple[Path, str, list[str]]]:
    """The folder, the outcome and the steps seen, for an end at each step; the last one got through."""
    outcomes = json.loads(run_script(ROOT / "tests" / "record" / "killed.py", mode, scenario, place))
    return [(place / str(at) / NAME, outcome, names) for at, outcome, names in outcomes]


def partial_files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and p.name != "run.json" and not p.name.endswith(".json.gz")]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[r.Run, r.Run]:
    """The run before and after the next cell."""
    folder = tmp_path_factory.mktemp("both") / NAME
    start(folder)
    old = r.read_run(folder)
    next_cell(folder)
    return old, r.read_run(folder)


def test_killed_at_any_step_the_run_is_the_old_or_the_new_one(tmp_path: Path, both: tuple[r.Run, r.Run]) -> None:
    outcomes = at_each_step("kill", "next", tmp_path)
    *killed, (_, through, names) = outcomes
    assert through == "done"
    assert len(killed) == len(names)
    assert [outcome for _, outcome, _ in killed] == ["killed"] * len(killed)
    assert len(killed) >= 20
    found = []
    for folder, _, _ in outcomes:
        assert r.check(folder) == []
        run = r.read_run(folder)
        assert run in both
        found.append(both.index(run))
        # What the kill left behind is in nobody's way.
        if run == both[0]:
            next_cell(folder)
        assert r.check(folder) == []
        assert r.read_run(folder) == both[1]
        assert partial_files(folder) == []
    # Old until one step, new from there on.
    assert found == sorted(found)
    assert set(found) == {0, 1}


def test_killed_at_any_step_samples_are_the_old_or_the_new_ones(tmp_path: Path) -> None:
    start(tmp_path / "old" / NAME)
    start(tmp_path / "new" / NAME)
    samples_again(tmp_path / "new" / NAME)
    (old,) = (tmp_path / "old" / NAME / "samples").iterdir()
    (new,) = (tmp_path / "new" / NAME / "samples").iterdir()
    either = [old.read_bytes(), new.read_bytes()]
    found = []
    for folder, _, _ in at_each_step("kill", "again", tmp_path):
        assert r.read_run(folder)
        found.append(either.index((folder / "samples" / old.name).read_bytes()))
        samples_again(folder)
        assert (folder / "samples" / old.name).read_bytes() == either[1]
        assert partial_files(folder) == []
    assert found == sorted(found)
    assert set(found) == {0, 1}


def test_killed_at_any_step_of_the_first_write_there_is_no_run_or_a_whole_one(tmp_path: Path) -> None:
    states = set()
    for folder, _, _ in at_each_step("kill", "first", tmp_path):
        new = folder / "new" / NAME
        states.add((new / "run.json").exists())
        if (new / "run.json").exists():
            assert r.check(new) == []
        write(new, PLAN, [make_cell(new, PLAN[0])])
        assert r.check(new) == []
    assert states == {False, True}


def test_content_reaches_the_disk_before_its_name_and_the_name_before_we_go_on(tmp_path: Path) -> None:
    # A kill cannot show what a power cut would: that needs the content synced before the rename, the folder after it.
    *_, (_, _, names) = at_each_step("kill", "again", tmp_path)
    assert names.count("replace") == 1
    before, after = names[: names.index("replace")], names[names.index("replace") :]
    assert "fsync" in before[len(before) - before[::-1].index("write") :]
    assert "fsync" in after


def test_refused_at_any_step_it_stops_in_one_line_and_the_record_is_valid(
    tmp_path: Path, both: tuple[r.Run, r.Run]
) -> None:
    *refused, (_, through, names) = at_each_step("full", "next", tmp_path)
    assert through == "done"
    assert len(refused) == len(names)
    for at, (folder, outcome, seen) in enumerate(refused):
        # To refuse a folder that is there already takes nothing away.
        if seen[at] == "mkdir":
            assert outcome == "done"
            continue
        assert outcome.startswith("stopped: cannot write "), (seen[at], outcome)
        assert f"/{folder.parent.name}/{NAME}/" in outcome
        assert outcome.endswith(f": No space left on device. {KEPT}")
        assert "\n" not in outcome
        assert r.check(folder) == []
        assert r.read_run(folder) in both
        assert partial_files(folder) == []
        if r.read_run(folder) == both[0]:
            next_cell(folder)
        assert r.read_run(folder) == both[1]


LIMITED = """
import resource, sys
from pathlib import Path
from qdocs import record as r
from qdocs.errors import Stopped
from tests.factory import latency_samples
from tests.record.killed import PLAN

folder, what = Path(sys.argv[1]), sys.argv[2]
run = r.read_run(folder)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    if what == "run":
        r.write_run(folder, run)
    else:
        r.write_samples(folder, PLAN[1], latency_samples(20.0, iterations=100))
except Stopped as error:
    print(error)
"""


@pytest.mark.parametrize(("what", "file"), [("run", "run.json"), ("samples", "samples/smollm2-135m-int8wo-")])
def test_a_system_that_takes_only_the_first_bytes(tmp_path: Path, what: str, file: str) -> None:
    folder = tmp_path / NAME
    start(folder)
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    said = run_script("-c", LIMITED, folder, what)
    assert said.startswith(f"cannot write {folder / file}")
    assert said.endswith(f": File too large. {KEPT}\n")
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before
    assert r.check(folder) == []


def test_where_a_file_stands_in_the_way_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(Stopped, match=r"cannot write .*/samples/.*\. What was measured before is kept"):
            r.write_samples(folder, PLAN[0], latency_samples(20.0))
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / NAME
    start(folder)
    run = r.read_run(folder)

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    # Permission bits do not hold back a superuser, under which tests in containers run.
    with monkeypatch.context() as patch:
        for name in ("open", "unlink", "mkdir"):
            patch.setattr(Path, name, refuse)
        with pytest.raises(Stopped) as caught:
            r.write_run(folder, run)
    assert str(caught.value) == f"cannot write {folder / 'run.json'}: Read-only file system. {KEPT}"
    assert caught.value.exit_code == 3
    assert r.check(folder) == []
