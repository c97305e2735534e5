"""Do pages show the code that ran?"""

from __future__ import annotations

from pathlib import Path

from qdocs.publish import headline
from qdocs.publish import runs as all_runs
from tests.test_fences import SNIPPET

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "schemes.md").read_text(encoding="utf-8")


def test_every_example_is_shown() -> None:
    shown = {example for example, _ in SNIPPET.findall(PAGE)}
    assert shown == {path.stem for path in (ROOT / "examples").glob("*.py")}


def test_a_page_shows_the_branch_that_ran_beside_its_numbers() -> None:
    # The published runs are of a CPU; the branch for CUDA comes with a run from a CUDA device.
    backends = {
        path.read_text(encoding="utf-8").count('"backend": "cuda"') > 0
        for path in (ROOT / "docs/data/runs").glob("*/run.json")
    }
    regions = [found for example, found in SNIPPET.findall(PAGE) if example == "int4_weight_only"]
    walkthrough = (ROOT / "docs/walkthroughs/int4-weight-only.md").read_text(encoding="utf-8")
    for branch, ran in (("cuda", True in backends), ("cpu", False in backends)):
        assert (f'"{branch}"' in "".join(regions)) == ran
        assert (f'cell("{branch}")' in walkthrough) == ran


def test_the_readme_has_the_headline_of_the_newest_published_run() -> None:
    runs, _ = all_runs.find(ROOT)
    first = all_runs.headline(runs)
    assert first is not None
    assert headline.readme(README, first) == README, "give `qdocs publish` and commit what it changed"
    assert first.run.dirty is False, "a published run is made by committed code"
    assert f"docs/data/runs/{first.name}/run.json" in README
