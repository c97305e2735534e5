"""Does every command in the README do what it says, as written?"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```bash\n(.*?)```", README, re.S) for line in block.splitlines()]
# These take minutes or are what runs this test: `.ci/run` calls each of them.
BY_CI = {"make guide", "make check", "make test"}
# Built by `.ci/run` and by tests of the site; and what the suite is cut to here, since `make guide` runs it in full.
BUILT = {"make site"}
SHORTER = {".venv/bin/qdocs run --example": ["--budget", "3"]}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a clone in which `make` has installed everything, with the README's own files saved."""
    folder = tmp_path_factory.mktemp("clone")
    for entry in ROOT.iterdir():
        if entry.name not in (".git", ".venv", "runs", "site", "docs", "README.md"):
            (folder / entry.name).symlink_to(entry)
    listed = subprocess.run(["git", "ls-files", "docs"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / "README.md").write_text(README, encoding="utf-8")
    (folder / ".venv").symlink_to(sys.prefix)
    for file, code in re.findall(r"[Ss]ave this as `(\w+\.\w+)`:\n\n```\w+\n(.*?)```", README, re.S):
        (folder / file).write_text(code, encoding="utf-8")
    return folder


def test_there_are_commands_and_ci_runs_the_long_ones() -> None:
    assert len(COMMANDS) >= 8
    assert set(COMMANDS) >= BY_CI
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert set(ci) >= BY_CI
    assert any(line.startswith(tuple(BUILT)) for line in ci)


@pytest.mark.xdist_group("readme")
@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in BY_CI | BUILT])
def test_command(clone: Path, command: str) -> None:
    # As a person has it: tests are held to one thread each, which makes a measurement take twice as long.
    environment = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"} | {"COLUMNS": "100"}
    more = [one for start, added in SHORTER.items() if command.startswith(start) for one in added]
    done = subprocess.run(
        " ".join([command, *more]),
        shell=True,
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    for said, when in {
        "int4wo-g128": "list schemes",
        "effective bits per weight": "examples/",
        "int8-down-g64": "--example",
        "at chance": "--task",
        "valid": "validate",
        "Speed at batch 1": " show ",
    }.items():
        assert said in done.stdout or when not in command, done.stdout
