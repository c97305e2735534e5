"""Does a case study begin as it should, and never in the place of another?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from qdocs import cases, suites
from qdocs.cases import plausible
from qdocs.cli import app
from qdocs.errors import WrongUse
from tests import factory
from tests.cases import made

FACTS = {
    "--title": "A chat helper on two cores",
    "--question": "Does int4 answer fast enough?",
    "--author": "some-one",
    "--licence": "MIT",
    "--model": "smollm2-135m",
    "--workload": "One user at a time",
    "--lesson": "latency",
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def new(slug: str = made.SLUG, typed: str = "", **changed: str) -> Any:
    given = [part for name, value in (FACTS | changed).items() if value for part in (name, value)]
    return CliRunner().invoke(app, ["case", "new", slug, *given], input=typed)


def test_it_writes_what_the_check_then_asks_to_fill_in() -> None:
    done = new()
    assert done.exit_code == 0
    folder = cases.CASES / made.SLUG
    assert f"next: qdocs run --case {made.SLUG}" in done.stdout
    about = yaml.safe_load((folder / "case.yml").read_text(encoding="utf-8"))
    assert about["decision"] == "undecided"
    assert about["lessons"] == ["latency"]
    assert (folder / "runs").is_dir()
    told = [str(problem) for problem in made.found(Path())]
    assert sum("nothing is written yet" in one for one in told) == 6
    assert sum("no run" in one for one in told) == 1
    assert len(told) == 7
    factory.make_run(made.run_folder(folder), rounds=1)
    made.write_story(folder)
    made.accepted(Path())


def test_it_asks_for_what_is_missing() -> None:
    asked = new(typed="Another title\nlatency, memory\n", **{"--title": "", "--lesson": ""})
    assert asked.exit_code == 0, asked.output
    about = yaml.safe_load((cases.CASES / made.SLUG / "case.yml").read_text(encoding="utf-8"))
    assert (about["title"], about["lessons"]) == ("Another title", ["latency", "memory"])


def test_it_never_overwrites() -> None:
    assert new().exit_code == 0
    story = cases.CASES / made.SLUG / "story.md"
    story.write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUse, match="is there already"):
        raise new().exception
    assert story.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("slug", ["../out", "Chat", "a b", "", ".", "a/b"])
def test_a_name_that_is_none(slug: str) -> None:
    with pytest.raises(WrongUse, match="is no name for a case"):
        raise new(slug).exception
    assert not cases.CASES.exists()


@pytest.mark.parametrize(("option", "value"), [("--author", "no body"), ("--title", "<b>"), ("--lesson", "index")])
def test_a_fact_that_is_not_as_expected_writes_nothing(option: str, value: str) -> None:
    with pytest.raises(WrongUse, match=r"case\.yml: "):
        raise new(**{option: value}).exception
    assert not cases.CASES.exists()


def test_a_run_goes_into_the_case_and_takes_its_model(monkeypatch: pytest.MonkeyPatch) -> None:
    from qdocs import runner

    asked: list[Any] = []

    def measure(request: Any, reporter: Any) -> Any:
        asked.append(request)
        raise WrongUse("enough")

    monkeypatch.setattr(runner, "run", measure)
    made.case(Path(), model="minilm-l6")
    for arguments in (["--case", made.SLUG], ["--case", made.SLUG, "--model", "other"], []):
        with pytest.raises(WrongUse, match="enough"):
            raise CliRunner().invoke(app, ["run", *arguments]).exception  # type: ignore[misc]
    place = cases.CASES / made.SLUG / "runs"
    assert [request.out for request in asked] == [place, place, Path("runs")]
    assert [request.model for request in asked] == ["minilm-l6", "other", suites.SUITES["quick"].models[0]]


def test_a_run_for_no_case() -> None:
    with pytest.raises(WrongUse, match=r"no case study 'nobody'.*`qdocs case new nobody` begins one"):
        raise CliRunner().invoke(app, ["run", "--case", "nobody"]).exception  # type: ignore[misc]
    with pytest.raises(WrongUse, match="--case and --out"):
        raise CliRunner().invoke(app, ["run", "--case", "x", "--out", "y"]).exception  # type: ignore[misc]


def test_the_schema_on_disk_is_the_model_s() -> None:
    committed = Path(__file__).parents[2] / cases.SCHEMA
    said = f"{cases.SCHEMA} is out of date: give `qdocs publish` and commit it"
    assert json.loads(committed.read_text(encoding="utf-8")) == json.loads(cases.schema()), said


def test_what_the_probe_moves_is_what_the_roofline_assumes() -> None:
    from qdocs.measure import disturbance

    assert plausible.PROBED_BYTES == 2 * disturbance.PROBE_BYTES
