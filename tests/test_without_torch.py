"""Does the publishing side work in a real environment where torch is not installed?"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import factory
from tests.listed import copy_listed

ROOT = Path(__file__).parent.parent
INSTALLED, DRAWN = ROOT / ".venv-site", ROOT / "build/stills"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with an environment made by the Makefile, and a run of the reader's own."""
    folder = tmp_path_factory.mktemp("house") / "qdocs"
    copy_listed(folder, "-co")
    factory.make_run(folder / "runs" / "2026-01-02-test-processor-smollm2-135m")
    if INSTALLED.is_dir():
        # `.ci/run` made it with the Makefile; what it installed is that of the other tree but for its sources.
        (folder / ".venv").symlink_to(INSTALLED)
    if DRAWN.is_dir():
        shutil.copytree(DRAWN, folder / "build/stills")
    run(folder, "make", "site")
    return folder


def run(folder: Path, *command: str, code: int = 0) -> str:
    """Run a command there, with nothing of this test's own environment."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL")}
    done = subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, timeout=1200, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.mark.xdist_group("without-torch")
def test_the_site_builds_and_shows_the_readers_run(house: Path) -> None:
    python = str(house / ".venv/bin/python")
    missing = "import importlib.util as u; assert not any(u.find_spec(m) for m in ('torch', 'torchao', 'transformers'))"
    run(house, python, "-c", missing)
    assert "int4wo-g32" in (house / "site" / "results" / "index.html").read_text(encoding="utf-8")


@pytest.mark.xdist_group("without-torch")
def test_records_are_read_there_and_measuring_names_what_is_missing(house: Path) -> None:
    qdocs = str(house / ".venv/bin/qdocs")
    assert "valid" in run(house, qdocs, "validate", "runs")
    assert "int8wo" in run(house, qdocs, "show", "runs/2026-01-02-test-processor-smollm2-135m")
    said = run(house, qdocs, "run", code=2)
    assert "torch is not installed: pip install -c constraints.txt -e '.[measure]'" in said
    assert "torch is not installed" in run(house, qdocs, "list", "schemes", code=2)
    assert "quick" in run(house, qdocs, "list", "suites")
