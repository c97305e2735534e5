"""May the workflows do only what they must, and does all that they do run on any machine?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.M))
# Beyond reading: who may do what, and nobody else anything.
MAY = {
    ("pages.yml", "build"): {"contents": "read", "pages": "read"},
    ("pages.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("data-pr.yml", "check"): {"contents": "read", "actions": "read"},
}


def loaded(file: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


JOBS = [(file, name, job) for file in FILES for name, job in loaded(file)["jobs"].items()]
each_job = pytest.mark.parametrize(("file", "name", "job"), JOBS, ids=[f"{f.stem}-{n}" for f, n, _ in JOBS])


def test_all_workflows_are_there() -> None:
    assert {file.name for file in FILES} == {"ci.yml", "gpu.yml", "data-pr.yml", "pages.yml"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_workflow_has_no_rights_of_its_own_and_does_not_pile_up(file: Path) -> None:
    workflow = loaded(file)
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    text = file.read_text(encoding="utf-8")
    assert "pull_request_target" not in text
    uses = re.findall(r"uses: (.*)", text)
    assert uses
    for pinned in uses:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+( # zizmor: .*)?", pinned), pinned
    for reason in re.findall(r"zizmor: ignore\[[a-z-]+\](.*)", text):
        assert len(reason.split()) > 5, "an exception carries its reason"


@each_job
def test_a_job_has_only_the_rights_it_needs_and_ends(file: Path, name: str, job: dict[str, Any]) -> None:
    assert job["permissions"] == MAY.get((file.name, name), {"contents": "read"})
    assert 0 < job["timeout-minutes"] <= 120
    for step in job["steps"]:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@each_job
def test_a_job_calls_only_targets_that_run_anywhere(file: Path, name: str, job: dict[str, Any]) -> None:
    for step in job["steps"]:
        if "run" in step:
            assert re.fullmatch(r"make ([a-z-]+)( DIR=incoming)?", step["run"].strip()), step["run"]
            assert step["run"].split()[1] in TARGETS


def test_secrets_are_where_no_artefact_is_read_and_no_code_of_a_stranger_runs() -> None:
    with_secrets = [(file.name, name) for file, name, job in JOBS if "secrets." in str(job)]
    assert with_secrets == [("data-pr.yml", "propose")]
    (propose,) = (job for file, name, job in JOBS if (file.name, name) == ("data-pr.yml", "propose"))
    assert not any("run" in step for step in propose["steps"]), "the job with the token runs nothing of the repository"
    assert propose["environment"] == "data"


def test_gpu_runners_see_only_the_default_branch_behind_reviewers() -> None:
    gpu = [job for file, _, job in JOBS if file.name == "gpu.yml"]
    assert len(gpu) == 2
    for job in gpu:
        assert job["if"] == "github.ref_name == github.event.repository.default_branch"
        assert job["environment"] == "gpu"
    triggers = loaded(ROOT / ".github/workflows/gpu.yml")[True]  # YAML 1.1 reads `on` so
    assert set(triggers) == {"workflow_dispatch", "schedule"}


def test_what_maintainers_read_of_the_costs_is_what_the_workflow_may_take() -> None:
    workflow = loaded(ROOT / ".github/workflows/gpu.yml")
    measure, walkthroughs = (workflow["jobs"][name] for name in ("measure", "walkthroughs"))
    models, shards = (len(measure["strategy"]["matrix"][axis]) for axis in ("model", "shard"))
    budget = int(workflow[True]["workflow_dispatch"]["inputs"]["budget"]["default"])
    assert (models, shards, budget) == (4, 2, 60)
    assert models * shards * budget == 8 * 60
    assert (measure["timeout-minutes"], walkthroughs["timeout-minutes"]) == (120, 60)
    page = (ROOT / "docs/maintainers.md").read_text(encoding="utf-8")
    for said in ("× 2 shards", "budget of 60 minutes, four models", "about eight hours", "up to one more", "two hours"):
        assert said in page


def test_the_site_is_built_with_its_address_and_that_of_its_repository() -> None:
    steps = loaded(ROOT / ".github/workflows/pages.yml")["jobs"]["build"]["steps"]
    (building,) = (step for step in steps if step.get("run") == "make site")
    assert building["env"].keys() == {"QDOCS_SITE_URL", "QDOCS_REPO_URL"}


def test_issue_forms_are_there() -> None:
    forms = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
    assert [form.stem for form in forms] == ["config", "new-case", "new-scheme", "wrong-number"]
    for form in forms[1:]:
        made = loaded(form)
        assert made["name"]
        assert made["body"]
        assert any(field.get("validations", {}).get("required") for field in made["body"])
