"""Do two runs agree exactly when the scheme does the same beside its baseline?"""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from qdocs import agreement
from qdocs.agreement import Agreement, agree, agreements, judge, newest, published
from qdocs.errors import WrongUse
from qdocs.record import Run, write_run
from qdocs.stats import Interval
from qdocs.terminal import show_agreements
from tests import factory
from tests.test_cli import qdocs

Made = tuple[Run, Path]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("ours") / "2026-01-02-a"
    return factory.make_run(folder), folder


def another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slower: dict[str, float]) -> Made:
    """A run in which the times of each scheme are multiplied."""
    changed = {
        name: (eager * slower.get(name, 1.0), compiled and compiled * slower.get(name, 1.0), *rest)
        for name, (eager, compiled, *rest) in factory.SCHEMES.items()
    }
    monkeypatch.setattr(factory, "SCHEMES", changed)
    folder = tmp_path / "2026-01-03-b"
    return factory.make_run(folder), folder


def of(found: list[Agreement], what: str, scheme: str) -> list[Agreement]:
    return [one for one in found if (one.what, one.scheme) == (what, scheme)]


def with_environment(made: Made, **changes: Any) -> Made:
    return made[0].model_copy(update={"environment": made[0].environment.model_copy(update=changes)}), made[1]


def test_a_run_agrees_with_itself_in_everything_it_measured(run: Made) -> None:
    found = agreements(run, run)
    assert {one.verdict for one in found} == {"agrees"}
    assert {one.what for one in found} == {"size", "decode speed", "prefill speed", "mean KL"}
    assert "bf16" not in {one.scheme for one in found}
    assert all(one.ours == one.theirs for one in found)
    assert agree(found)


def test_a_machine_twice_as_slow_in_everything_agrees(
    run: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = agreements(run, another(tmp_path, monkeypatch, dict.fromkeys(factory.SCHEMES, 2.0)))
    assert {one.verdict for one in found} == {"agrees"}


def test_a_scheme_a_quarter_slower_differs_and_no_other_does(
    run: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = agreements(another(tmp_path, monkeypatch, {"int8wo": 1.25}), run)
    differing = [one for one in found if one.verdict == "differs"]
    assert {(one.what, one.scheme) for one in differing} == {("decode speed", "int8wo")}
    assert len(differing) == 2, "eager and compiled"
    for one in differing:
        assert -0.22 < float(one.why.rstrip("%")) / 100 < -0.18
    assert not agree(found)


def test_what_only_one_run_measured_is_named(run: Made, tmp_path: Path) -> None:
    folder = tmp_path / "2026-01-03-c"
    few = (factory.make_tasks_run(folder), folder)
    found = agreements(run, few)
    assert {one.verdict for one in found} == {"not comparable"}
    assert {one.why for one in of(found, "size", "int8wo")} == {"the other run did not measure it"}
    assert {one.why for one in of(found, "accuracy", "int8wo")} == {"this run did not measure it"}
    assert not agree(found), "nothing was compared"


def test_answers_to_other_items_are_not_compared(tmp_path: Path) -> None:
    one, two = (tmp_path / name for name in ("2026-01-03-d", "2026-01-03-e"))
    ours = factory.make_tasks_run(one), one
    same = agreements(ours, (factory.make_tasks_run(two), two))
    assert {a.verdict for a in same} == {"agrees"}
    assert {a.workload for a in same} >= {"facts", "orders"}
    changed = {
        name: task.model_copy(update={"items_sha256": "1" * 64} if name == "facts" else {})
        for name, task in ours[0].tasks.items()
    }
    found = agreements(ours, (ours[0].model_copy(update={"tasks": changed}), one))
    assert {a.why for a in found if a.workload == "facts"} == {"measured on other items or tokens"}
    assert {a.verdict for a in found if a.workload == "orders"} == {"agrees"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"versions": {"torch": "2.12.0", "torchao": "0.18.0", "transformers": "5.23.0"}}, "torch 2.13.0 and 2.12.0"),
        ({"versions": {"torch": "2.13.0", "torchao": "0.18.0"}}, "transformers 5.23.0 and none"),
    ],
)
def test_other_versions_are_an_obstacle(run: Made, changes: dict[str, Any], says: str) -> None:
    found = agreements(run, with_environment(run, **changes))
    assert {one.verdict for one in found} == {"not comparable"}
    assert all(says in one.why for one in found)


def test_a_build_for_another_device_and_another_device_are_none(run: Made) -> None:
    versions = run[0].environment.versions | {"torch": "2.13.0+cpu"}
    device = run[0].environment.device.model_copy(update={"name": "Another processor"})
    assert agree(agreements(run, with_environment(run, versions=versions, device=device)))


def test_other_weights_and_another_scheme_of_the_name_are_named(run: Made) -> None:
    (name, model), *_ = run[0].models.items()
    other = run[0].model_copy(update={"models": {name: model.model_copy(update={"weights_sha256": "2" * 64})}})
    assert all("other weights" in one.why and "22222222" in one.why for one in agreements(run, (other, run[1])))
    schemes = run[0].schemes | {"int8wo": run[0].schemes["int8wo"].model_copy(update={"params": {"group_size": 8}})}
    found = agreements(run, (run[0].model_copy(update={"schemes": schemes}), run[1]))
    assert {one.scheme for one in found if one.verdict == "not comparable"} == {"int8wo"}
    assert all("another scheme of that name" in one.why for one in found if one.scheme == "int8wo")


def test_close_is_close_enough_and_no_more() -> None:
    def at(value: float) -> Interval:
        return Interval(value, value - 0.001, value + 0.001, "rounds")

    assert judge("decode speed", at(1.04), at(1.0)) == ("agrees", "+4.0%, within the tolerance")
    assert judge("decode speed", at(0.94), at(1.0)) == ("differs", "-6.0%")
    assert judge("accuracy", at(-0.009), at(0.0))[0] == "agrees"
    assert judge("accuracy", at(-0.02), at(0.0)) == ("differs", "-2.0 points")
    assert judge("accuracy", Interval(-0.02, -0.05, 0.01, "templates"), at(0.0))[0] == "agrees"


def test_the_published_run_is_of_the_same_model_on_the_same_device_if_there_is_one(
    run: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement, "PUBLISHED", tmp_path)
    with pytest.raises(WrongUse, match=r"no published run of smollm2-135m on cpu: name one with --with"):
        published(run[0])
    factory.make_encoder_run(tmp_path / "2026-01-02-encoder")
    (tmp_path / "2026-01-02-broken").mkdir()
    (tmp_path / "2026-01-02-broken" / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(WrongUse):
        published(run[0])
    factory.make_run(tmp_path / "2026-01-02-other")
    assert published(run[0]).name == "2026-01-02-other"
    factory.make_run(tmp_path / run[0].name)
    assert published(run[0]).name == "2026-01-02-other", "never with itself"


def test_a_run_of_the_same_suite_goes_before_a_newer_one_of_another(run: Made, tmp_path: Path) -> None:
    def publish(name: str, suite: str, device: str, day: int) -> None:
        made = factory.make_run(tmp_path / name)
        there = made.environment.device.model_copy(update={"name": device})
        environment = made.environment.model_copy(update={"device": there})
        dates = {"started_at": made.started_at.replace(day=day), "ended_at": made.started_at.replace(day=20)}
        write_run(tmp_path / name, made.model_copy(update={"suite": suite, "environment": environment, **dates}))

    here = run[0].environment.device.name
    publish("2026-01-02-lessons", "lessons", here, day=9)
    publish("2026-01-03-standard", "standard", here, day=8)
    assert published(run[0], tmp_path).name == "2026-01-02-lessons", "none of the same suite: the newest"
    publish("2026-01-04-quick-elsewhere", run[0].suite, "Another processor", day=7)
    assert published(run[0], tmp_path).name == "2026-01-04-quick-elsewhere"
    publish("2026-01-05-quick", run[0].suite, here, day=3)
    publish("2026-01-06-quick", run[0].suite, here, day=4)
    assert published(run[0], tmp_path).name == "2026-01-06-quick"


def test_a_conclusion_says_that_no_speed_was_compared(run: Made) -> None:
    sizes = [one for one in agreements(run, run) if one.what == "size"]
    console = Console(record=True, width=400, file=StringIO())
    show_agreements(run[0], run[0], sizes, console)
    told = console.export_text().rstrip().splitlines()[-1]
    assert told == (
        f"The runs agree: {len(sizes)} of {len(sizes)} quantities could be compared; {len(sizes)} agree, 0 differ. "
        "No speed could be compared. No accuracy could be compared."
    )


def test_the_newest_run(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="measure one with `qdocs run`"):
        newest(tmp_path / "none")
    factory.make_run(tmp_path / "2026-01-02-only")
    assert newest(tmp_path).name == "2026-01-02-only"


def test_the_command(run: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = another(tmp_path, monkeypatch, {"int4wo-g32": 2.0})
    same = qdocs("compare", str(run[1]), "--with", str(run[1]))
    assert same.returncode == 0, same.stderr
    told = "The runs agree: 14 of 14 quantities could be compared; 14 agree, 0 differ. No accuracy could be compared."
    assert told in " ".join(same.stdout.split())
    differs = qdocs("compare", str(other[1]), "--with", str(run[1]))
    assert differs.returncode == 1
    assert "differs: -50." in differs.stdout
    assert "The runs do not agree: 14 of 14 quantities could be compared; 12 agree, 2 differ." in differs.stdout
    told = json.loads(qdocs("compare", str(other[1]), "--with", str(run[1]), "--json").stdout)
    assert (told["run"], told["with"], told["agree"]) == (other[0].name, run[0].name, False)
    assert {row["verdict"] for row in told["quantities"]} == {"agrees", "differs"}
    assert qdocs("compare", cwd=tmp_path).returncode == 2
    assert qdocs("compare", str(tmp_path / "nothing")).returncode == 1
