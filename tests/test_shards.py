"""Do shards cover a plan, each workload whole, and do merged runs say what one run would have?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qdocs import record as r
from qdocs.compare import compare
from qdocs.errors import InvalidRecord, WrongUse
from qdocs.merge import merge
from qdocs.plan import plan
from qdocs.shards import parse, shard, workload
from qdocs.suites import find_suite
from tests import factory
from tests.test_cli import fails, qdocs

SCHEMES = ["fp32", "bf16", "int8wo", "int4wo-g32"]


def whole() -> list[Any]:
    tasks = [factory.task_info(name, 1000) for name in factory.TASKS]
    return plan(find_suite("standard"), factory.model_info(), SCHEMES, ["eager", "compiled"], "cpu", 3, tasks)


@pytest.mark.parametrize("of", [1, 2, 3, 5])
def test_shards_cover_the_plan_once_and_split_no_workload(of: int) -> None:
    specs = whole()
    shards = [shard(specs, number, of) for number in range(1, of + 1)]
    assert sorted(spec.id for part in shards for spec in part) == sorted(spec.id for spec in specs)
    names = [{workload(spec) for spec in part} for part in shards]
    assert all(not a & b for index, a in enumerate(names) for b in names[:index])
    assert all(part == [spec for spec in specs if spec in part] for part in shards), "in the order of the plan"


def test_more_shards_than_workloads_are_refused() -> None:
    with pytest.raises(WrongUse, match=r"has \d+ workloads, too few for 999 shards"):
        shard(whole(), 1, 999)


@pytest.mark.parametrize("text", ["", "0/2", "3/2", "1", "1/0", "a/b", "1/2/3", "-1/2"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="expected K/N"):
        parse(text)
    assert parse("2/3") == (2, 3)


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """The run of `factory.make_run` as two: what is timed, and the rest."""
    made = factory.make_run(tmp_path / "one")
    folders = []
    for name, timed in (("a", True), ("b", False)):
        folder = tmp_path / name
        specs = [spec for spec in made.plan if (spec.kind == "latency") == timed]
        cells = [factory.make_cell(folder, spec, index) for index, spec in enumerate(specs)]
        factory.write(folder, specs, cells)
        folders.append(folder)
    return folders


def changed(folder: Path, **changes: Any) -> None:
    r.write_run(folder, r.read_run(folder).model_copy(update=changes))


def test_a_merged_run_says_what_one_run_would_have(parts: list[Path], tmp_path: Path) -> None:
    changed(parts[1], started_at=factory.START + timedelta(hours=1), ended_at=factory.START + timedelta(hours=2))
    folder, run = merge(parts, tmp_path / "runs")
    assert folder.name == run.name == "a-merged"
    assert r.check(folder) == []
    one = r.read_run(tmp_path / "one")
    assert {spec.id for spec in run.plan} == {spec.id for spec in one.plan}
    assert (run.started_at, run.ended_at) == (factory.START, factory.START + timedelta(hours=2))
    assert [part.name for part in run.merged_from] == ["a", "b"]
    assert run.merged_from[0].workloads == ["eager latency-b1-p128-n8", "compiled latency-b1-p128-n8"]
    ours, theirs = compare(run, folder), compare(one, tmp_path / "one")
    assert [speed.setting for speed in ours.speeds] == [speed.setting for speed in theirs.speeds]
    assert ours.memory == theirs.memory
    assert ours.fidelity.keys() == theirs.fidelity.keys()
    assert r.check(parts[0]) == r.check(parts[1]) == [], "the parts stay as they are"
    again, _ = merge(parts, tmp_path / "runs")
    assert again.name == "a-merged-2"


def test_what_differs_is_named_all_at_once(parts: list[Path], tmp_path: Path) -> None:
    env = factory.environment()
    other = env.model_copy(
        update={"versions": env.versions | {"torch": "9.9"}, "device": env.device.model_copy(update={"name": "Other"})}
    )
    changed(parts[1], environment=other, suite="standard", ended_at=None, reasons={"ended_at": "stopped"})
    with pytest.raises(WrongUse) as caught:
        merge(parts, tmp_path / "runs")
    for said in ("b is not finished", "differ in the device", "Other", "differ in versions", "torch 9.9", "the suite"):
        assert said in str(caught.value)
    assert not (tmp_path / "runs").exists()


def test_a_workload_measured_twice_is_refused(parts: list[Path], tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="both measured compiled latency-b1-p128-n8, eager"):
        merge([parts[0], tmp_path / "one"], tmp_path / "runs")
    with pytest.raises(WrongUse, match="name two runs or more"):
        merge(parts[:1], tmp_path / "runs")
    with pytest.raises(InvalidRecord):
        merge([parts[0], tmp_path / "nowhere"], tmp_path / "runs")


def test_shards_measured_apart_are_merged_by_the_commands(tmp_path: Path, tiny: Path) -> None:
    items = {"a": "nodes", "b": "legs"}
    asked = []
    for name, word in items.items():
        (tmp_path / f"{name}.jsonl").write_text(
            f'{{"prompt": "A graph has", "choices": ["nodes", "legs"], "answer": "{word}"}}\n', encoding="utf-8"
        )
        asked += ["--task", str(tmp_path / f"{name}.jsonl")]
    common = ("run", "--model", f"path:{tiny}", "--scheme", "int8wo", *asked)
    for number in (1, 2):
        done = qdocs(*common, "--shard", f"{number}/2", "--out", str(tmp_path / f"machine{number}"))
        assert done.returncode == 0, done.stderr
    folders = [next((tmp_path / f"machine{number}").glob("*/")) for number in (1, 2)]
    done = qdocs("merge", *map(str, folders), "--out", str(tmp_path / "runs"), COLUMNS="300")
    assert done.returncode == 0, done.stderr
    assert "6 cells of 2 runs" in done.stdout
    (folder,) = (tmp_path / "runs").glob("*/")
    assert r.check(folder) == []
    assert set(r.read_run(folder).tasks) == {"a.jsonl", "b.jsonl"}
    fails(qdocs("merge", str(folders[0]), str(folders[0]), "--out", str(tmp_path)), 2, "both measured")
