"""Do pages show the code that ran?"""

from __future__ import annotations

import re
from pathlib import Path

from qdocs.publish import headline
from qdocs.publish import runs as all_runs

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "schemes.md").read_text(encoding="utf-8")


def test_every_example_is_shown_by_its_marked_region_and_by_nothing_else() -> None:
    included = re.findall(r'^--8<-- "(examples/\w+\.py):(\w+)"$', PAGE, re.M)
    assert {file for file, _ in included} == {f"examples/{p.name}" for p in (ROOT / "examples").glob("*.py")}
    for file, region in included:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert f"# --8<-- [start:{region}]\n" in text
        assert f"# --8<-- [end:{region}]\n" in text
    fences = re.findall(r'```python title="[^"]*"\n(.*?)```', PAGE, re.S)
    assert fences
    assert all(line.startswith("--8<-- ") for fence in fences for line in fence.splitlines())


def test_a_page_shows_the_branch_that_ran_beside_its_numbers() -> None:
    # The published runs are of a CPU; the branch for CUDA comes with a run from a CUDA device.
    backends = {
        path.read_text(encoding="utf-8").count('"backend": "cuda"') > 0
        for path in (ROOT / "docs/data/runs").glob("*/run.json")
    }
    assert ("int4_weight_only.py:cuda" in PAGE) == (True in backends)
    assert ("int4_weight_only.py:cpu" in PAGE) == (False in backends)


def test_the_readme_has_the_headline_of_the_newest_published_run() -> None:
    runs, _ = all_runs.find(ROOT)
    first = all_runs.headline(runs)
    assert first is not None
    assert headline.readme(README, first) == README, "give `qdocs publish` and commit what it changed"
    assert first.run.dirty is False, "a published run is made by committed code"
    assert f"docs/data/runs/{first.name}/run.json" in README
