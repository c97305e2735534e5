"""Are runs from other machines checked, joined and described, and refused where they are not what they seem?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qdocs import record as r
from tests import factory
from tests.publish import cases
from tests.test_cli import fails, qdocs

NAME = "2026-02-01-test-smollm2"
PAGE = """# A page

{{ claim("int8wo.compiled.speed-low > 1", "int8 is faster when compiled") }}: {{ value("int8wo.compiled.speed") }}.
{{ claim("int4wo-g32.eager.speed-low > 1", "int4 is faster") }}.
{{ value("bf16.stored") }}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one published run and one page, in which commands are given."""
    made = tmp_path / "repository"
    factory.make_run(cases.folder(made, "2026-01-02-test-smollm2"), rounds=2)
    (made / "docs/page.md").write_text(PAGE, encoding="utf-8")
    monkeypatch.chdir(made)
    return made


def arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch | None = None, compiled: float = 1.0) -> Path:
    """An artefact with one run, of a month later, in which compiled int8wo takes so many times as long."""
    if monkeypatch:
        eager, fast, *rest = factory.SCHEMES["int8wo"]
        monkeypatch.setattr(factory, "SCHEMES", factory.SCHEMES | {"int8wo": (eager, (fast or 0) * compiled, *rest)})
    folder = tmp_path / "incoming/runs-a" / NAME
    folder.mkdir(parents=True)
    run = factory.make_run(folder, rounds=2, seed=700)
    moved = {"started_at": run.started_at.replace(month=2), "ended_at": run.started_at.replace(month=2, day=3)}
    cases.rewrite(folder, run, **moved)
    return folder


def propose(tmp_path: Path, *more: str) -> str:
    done = qdocs("data-pr", str(tmp_path / "incoming"), *more, cwd=Path.cwd())
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_run_that_agrees_changes_no_sentence(root: Path, tmp_path: Path) -> None:
    arrives(tmp_path)
    text = propose(tmp_path, "--dry-run")
    assert f"## `{NAME}`" in text
    assert "Beside `2026-01-02-test-smollm2`" in text
    assert "**0 differ**" in text
    assert "No sentence of the guide is contradicted." in text
    assert "bf16.stored" not in text, "what reads the same is not listed"
    assert not (root / "docs/data/runs" / NAME).exists()


def test_a_slower_scheme_is_told_with_the_sentence_that_no_longer_holds(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrives(tmp_path, monkeypatch, compiled=2.5)
    text = propose(tmp_path, "--body", "build/body.md")
    assert text == ""
    text = (root / "build/body.md").read_text(encoding="utf-8")
    assert "**1 sentence would no longer hold.**" in text
    assert "| `page.md` | `int8 is faster when compiled` |" in text
    assert "`int4 is faster`" not in text
    assert "| `page.md` | `int8wo.compiled.speed` |" in text
    assert "**1 differ**" in text
    assert "| `int8wo` | `decode speed, compiled, batch 1" in text
    assert r.check(root / "docs/data/runs" / NAME) == [], "the run is published"


def shards(tmp_path: Path, run: r.Run) -> list[Path]:
    """A run in two shards of one name, as runners hand them over that do not know of each other."""
    made = []
    for name, timed in (("runs-1", True), ("runs-2", False)):
        folder = tmp_path / "shards" / name / NAME
        folder.mkdir(parents=True)
        specs = [spec for spec in run.plan if (spec.kind == "latency") == timed]
        factory.write(folder, specs, [factory.make_cell(folder, spec, 900 + at) for at, spec in enumerate(specs)])
        made.append(folder)
    return made


def test_shards_become_one_run(root: Path, tmp_path: Path) -> None:
    run = r.read_run(arrives(tmp_path))
    shards(tmp_path, run)
    done = qdocs("data-pr", str(tmp_path / "shards"), cwd=root)
    assert done.returncode == 0, done.stderr
    assert "Joined from 2 shards." in done.stdout
    (made,) = (path for path in (root / "docs/data/runs").iterdir() if path.name.endswith("-merged"))
    assert r.check(made) == []
    assert len(r.read_run(made).cells) == len(run.cells)


def test_a_shard_that_its_budget_ended_stays_apart_and_is_published_under_a_number(root: Path, tmp_path: Path) -> None:
    folder, _ = shards(tmp_path, r.read_run(arrives(tmp_path)))
    run = r.read_run(folder)
    *kept, left_out = run.cells
    (folder / left_out.outcome.result.samples.path).unlink()
    cases.rewrite(folder, run, cells=kept, ended_at=None, reasons=run.reasons | {"ended_at": "the budget ended"})
    done = qdocs("data-pr", str(tmp_path / "shards"), cwd=root)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(f"- `{NAME} is not finished`") == 2
    assert "**Unfinished**: 1 cells are missing." in done.stdout
    for name in (NAME, f"{NAME}-2"):
        assert f"## `{name}`" in done.stdout
        assert r.check(root / "docs/data/runs" / name) == []
        assert r.read_run(root / "docs/data/runs" / name).name == name


def test_runs_of_other_versions_stay_apart_with_the_reason(root: Path, tmp_path: Path) -> None:
    folder = arrives(tmp_path)
    run = r.read_run(folder)
    other = tmp_path / "incoming/runs-b" / "2026-02-02-test-smollm2"
    factory.make_run(other, rounds=2, seed=800)
    made = r.read_run(other)
    newer = made.environment.model_copy(update={"versions": made.environment.versions | {"torch": "9.9"}})
    r.write_run(other, made.model_copy(update={"environment": newer}))
    text = propose(tmp_path, "--dry-run")
    assert "Shards that could not be joined" in text
    assert "differ in versions" in text
    assert text.count("\n## `") == 2
    assert run.name in text


def test_texts_of_a_run_are_only_text(root: Path, tmp_path: Path) -> None:
    folder = arrives(tmp_path)
    run = r.read_run(folder)
    nasty = "a` | @everyone [x](https://example.org) <img src=x>\n# heading"
    device = run.environment.device.model_copy(update={"name": nasty})
    r.write_run(folder, run.model_copy(update={"environment": run.environment.model_copy(update={"device": device})}))
    text = propose(tmp_path, "--dry-run")
    assert "`a' ¦ @everyone [x](https://example.org) <img src=x> # heading`" in text
    assert "\n# heading" not in text


def edited(folder: Path, **changes: Any) -> None:
    raw = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    (folder / "run.json").write_text(json.dumps(raw | changes), encoding="utf-8")


def test_what_is_not_as_it_must_be_publishes_nothing(root: Path, tmp_path: Path) -> None:
    folder = arrives(tmp_path)
    there = sorted((root / "docs/data/runs").iterdir())

    def refused(*said: str) -> None:
        fails(qdocs("data-pr", str(tmp_path / "incoming"), cwd=root), 1, *said)
        assert sorted((root / "docs/data/runs").iterdir()) == there

    (folder / "setup.py").write_text("import os", encoding="utf-8")
    refused("setup.py", "does not belong here")
    (folder / "setup.py").unlink()
    (folder / "samples/x.json.gz").symlink_to("/etc/passwd")
    refused("a link")
    (folder / "samples/x.json.gz").unlink()
    edited(folder, started_at="2999-01-01T00:00:00Z", ended_at="2999-01-02T00:00:00Z")
    refused("is in the future")


def test_what_brings_no_run_says_so(root: Path, tmp_path: Path) -> None:
    fails(qdocs("data-pr", str(tmp_path / "nowhere"), cwd=root), 2, "no folder")
    (tmp_path / "empty").mkdir()
    fails(qdocs("data-pr", str(tmp_path / "empty"), cwd=root), 2, "no run in")
