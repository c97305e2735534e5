"""Is a change from run to run seen exactly when a scheme does something else beside its baseline?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from qdocs import history
from qdocs.cli import app
from qdocs.history import Series, histories
from qdocs.record import Run
from tests import factory
from tests.publish import cases
from tests.test_cli import fails, qdocs


def measured(
    root: Path, monkeypatch: pytest.MonkeyPatch, day: int, slower: float = 1.0, torchao: str = "0.18.0", **changes: Any
) -> tuple[Run, Path]:
    """A run of a day in which int8wo takes so many times as long."""
    eager, compiled, *rest = FACTORY["int8wo"]
    assert compiled
    scheme = (eager * slower, compiled * slower, *rest)
    monkeypatch.setattr(factory, "SCHEMES", FACTORY | {"int8wo": scheme})
    folder = cases.folder(root, f"2026-01-{2 + day:02d}-test-smollm2")
    run = cases.later(folder, day, **changes)
    environment = run.environment.model_copy(update={"versions": run.environment.versions | {"torchao": torchao}})
    return cases.rewrite(folder, run, environment=environment), folder


FACTORY = dict(factory.SCHEMES)


def decode(found: list[Series], scheme: str) -> list[Series]:
    return [one for one in found if (one.what, one.scheme) == ("decode speed", scheme)]


def test_a_slower_release_is_seen_once_with_its_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    releases = [(1.0, "0.18.0"), (1.0, "0.18.0"), (1.3, "0.19.0"), (1.3, "0.19.0")]
    runs = [measured(tmp_path, monkeypatch, day, *one) for day, one in enumerate(releases)]
    found = histories(reversed(runs))
    for one in decode(found, "int8wo"):
        assert [point.verdict for point in one.points] == ["first", "agrees", "differs", "agrees"]
        (change,) = one.changes
        assert change.changed == ("torchao 0.18.0 to 0.19.0",)
        assert change.against == "2026-01-02-test-smollm2"
        assert change.why.startswith("-2")
    assert len(decode(found, "int8wo")) == 2, "eager and compiled"
    assert not [one for one in found if one.scheme != "int8wo" and one.changes]
    assert {one.what for one in found} == {"size", "decode speed", "prefill speed", "mean KL"}


def test_a_drift_in_steps_too_small_to_see_is_seen_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [measured(tmp_path, monkeypatch, day, 1.04**day) for day in range(5)]
    for one in decode(histories(runs), "int8wo"):
        verdicts = [point.verdict for point in one.points]
        assert verdicts[1] == "agrees"
        assert "differs" in verdicts


def test_runs_of_other_devices_or_weights_are_not_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (measured(tmp_path, monkeypatch, day) for day in (0, 1))
    device = second[0].environment.device.model_copy(update={"name": "another"})
    elsewhere = second[0].model_copy(
        update={"environment": second[0].environment.model_copy(update={"device": device})}
    )
    assert histories([first, (elsewhere, second[1])]) == []
    models = {name: model.model_copy(update={"weights_sha256": "0" * 64}) for name, model in second[0].models.items()}
    assert histories([first, (second[0].model_copy(update={"models": models}), second[1])]) == []
    assert histories([first]) == []


def test_a_scheme_with_other_parameters_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (measured(tmp_path, monkeypatch, day, 1.0 + day) for day in (0, 1))
    scheme = second[0].schemes["int8wo"].model_copy(update={"params": {"granularity": "other"}})
    other = second[0].model_copy(update={"schemes": second[0].schemes | {"int8wo": scheme}})
    for one in decode(histories([first, (other, second[1])]), "int8wo"):
        assert [point.verdict for point in one.points] == ["first", "not comparable"]
        assert "another scheme of that name" in one.points[1].why


def test_unfinished_runs_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(tmp_path, monkeypatch, 0)
    run, folder = measured(tmp_path, monkeypatch, 1)
    cases.rewrite(folder, run, ended_at=None, reasons={"ended_at": "stopped"}, cells=run.cells[:-1])
    monkeypatch.setattr(history, "PUBLISHED", tmp_path / "docs/data/runs")
    assert [one.name for one, _ in history.published()] == ["2026-01-02-test-smollm2"]


def test_the_command_tells_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, slower in enumerate((1.0, 1.3)):
        measured(tmp_path, monkeypatch, day, slower, f"0.{18 + day}.0")
    monkeypatch.setattr(history, "PUBLISHED", tmp_path / "docs/data/runs")
    told = CliRunner().invoke(app, ["compare", "--history"], env={"COLUMNS": "200"}).stdout
    assert "changed int8wo, decode speed" in told
    assert "torchao 0.18.0 to 0.19.0" in " ".join(told.split())
    made = json.loads(CliRunner().invoke(app, ["compare", "--history", "--json"]).stdout)
    assert {one["what"] for one in made} == {"size", "decode speed", "prefill speed", "mean KL"}
    fails(qdocs("compare", "runs/x", "--history"), 2, "give neither a run nor --with")


def test_without_two_runs_the_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PUBLISHED", tmp_path)
    told = CliRunner().invoke(app, ["compare", "--history"]).stdout
    assert "No quantity was measured in two published runs" in told
