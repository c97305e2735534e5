"""Does what runners measure come to be a page: measured in shards, joined, described, published, built?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qdocs.publish.site import publish
from qdocs.record import check, read_run
from tests.site.conftest import ROOT, build, copy_of_the_repository
from tests.test_cli import qdocs


@pytest.mark.xdist_group("site")
def test_two_runners_shards_become_a_pull_request_and_then_the_site(tiny: Path, tmp_path: Path) -> None:
    root = tmp_path / "repository"
    root.mkdir()
    copy_of_the_repository(root)
    shutil.copytree(ROOT / "docs/data/runs", root / "docs/data/runs")
    there = {path.name for path in (root / "docs/data/runs").iterdir()}
    common = ("run", "--suite", "closeness", "--model", f"path:{tiny}", "--scheme", "int8wo")
    for number in (1, 2):
        done = qdocs(*common, "--shard", f"{number}/2", "--out", str(tmp_path / f"incoming/runs-{number}"))
        assert done.returncode == 0, done.stderr
    done = qdocs("data-pr", str(tmp_path / "incoming"), "--body", "build/body.md", cwd=root)
    assert done.returncode == 0, done.stderr
    body = (root / "build/body.md").read_text(encoding="utf-8")
    assert "Joined from 2 shards." in body
    assert "No sentence of the guide is contradicted." in body
    (folder,) = (path for path in (root / "docs/data/runs").iterdir() if path.name not in there)
    assert check(folder) == []
    run = read_run(folder)
    assert {cell.kind for cell in run.cells} == {"memory", "fidelity", "layer_error"}
    publish(root, with_stills=False)
    built = build(root)
    assert built.returncode == 0, built.stdout + built.stderr
    assert run.name in (root / "site/results/index.html").read_text(encoding="utf-8")
