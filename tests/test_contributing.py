"""Does CONTRIBUTING lead from nothing to a branch that can be sent, as written?"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.listed import copy_listed

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```bash\n(.*?)```", TEXT, re.S)
CASE, CODE = BLOCKS[:-1], BLOCKS[-1]
# What `qdocs case new` asks for, in its order.
ANSWERS = "My service\nMay it run on two cores?\nsome-one\nCC-BY-4.0\npath:tiny\nOne user at a time\nlatency\n"
STORY = "It decodes at [[int8wo.eager.speed]] of the baseline."
# A server does not end, and `.ci/run` builds the site where torch is not installed.
NOT_HERE = {"make serve", "make site"}


def test_what_is_for_code_is_what_ci_runs() -> None:
    ci = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert set(CODE.split("\n")) - {""} <= set(ci)
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for named in re.findall(r"`make ([a-z-]+)`", TEXT):
        assert re.search(rf"^{named}:", targets, re.M), named


@pytest.mark.xdist_group("readme")
def test_from_a_clone_to_a_branch_that_can_be_sent(tiny: Path, tmp_path: Path) -> None:
    origin = tmp_path / "fork.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", ROOT, origin], check=True)
    environment = os.environ | {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "a"}
    environment |= {"GIT_COMMITTER_EMAIL": "a@b.c"}
    folder, said = tmp_path, {}
    for line in (line for block in CASE for line in block.splitlines()):
        command = line.replace("ADDRESS-OF-YOUR-FORK", str(origin))
        if command in NOT_HERE:
            continue
        if "qdocs case check" in command:
            write_story(folder)
        if command.startswith("cd "):
            folder /= command.removeprefix("cd ")
            take_what_is_not_committed(folder)
            (folder / "tiny").symlink_to(tiny)
            continue
        done = subprocess.run(
            command,
            shell=True,
            cwd=folder,
            env=environment,
            input=ANSWERS if "case new" in command else None,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode == 0, command + done.stdout + done.stderr
        said[command] = done.stdout
    assert "0 errors" in said[".venv/bin/qdocs case check my-service"]
    pushed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "case/my-service"],
        cwd=origin,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "docs/case-studies/my-service/case.yml" in pushed
    assert re.search(r"docs/case-studies/my-service/runs/[^/]+/run\.json", pushed)


def take_what_is_not_committed(folder: Path) -> None:
    """A clone has what is committed; what is tested is what lies here, with what `make` would install."""
    copy_listed(folder, "-mo")
    (folder / ".venv").symlink_to(sys.prefix)
    for name in ("pyproject.toml", "constraints.txt"):
        # Older than what is installed: else `make` would install this clone in the environment that runs the tests.
        os.utime(folder / name, (0, 0))


def write_story(folder: Path) -> None:
    story = folder / "docs/case-studies/my-service/story.md"
    headings = re.findall(r"^## .*$", story.read_text(encoding="utf-8"), re.M)
    assert len(headings) == 6
    story.write_text("\n".join(f"{heading}\n\n{STORY}\n" for heading in headings), encoding="utf-8")
    about = story.with_name("case.yml")
    about.write_text(about.read_text(encoding="utf-8").replace("undecided", "int8wo"), encoding="utf-8")
