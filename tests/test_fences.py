"""Is every block of code on every page a tested file, or run by a test?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from qdocs import notebooks
from qdocs.tasks.items import read_items
from tests.hub_server import hub

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/walkthroughs").glob("*.md"))]
FENCE = re.compile(r"^ *```(?P<language>\w*)(?P<rest>[^\n]*)\n(?P<code>.*?)^ *```$", re.M | re.S)
SNIPPET = re.compile(r'\{\{ snippet\("(\w+)", ((?:"\w+"(?:, )?)+)(?:of="[^"]*")?\) \}\}')


@dataclass(frozen=True)
class Fence:
    """A block of code and where it stands."""

    page: str
    language: str
    code: str


FENCES = [
    Fence(page.name, found["language"], found["code"])
    for page in PAGES
    for found in FENCE.finditer(page.read_text(encoding="utf-8"))
]


def of(language: str) -> list[Fence]:
    return [fence for fence in FENCES if fence.language == language]


# A line that ends in a backslash goes on in the next.
COMMANDS = sorted(
    {(fence.page, line) for fence in of("sh") for line in re.sub(r" *\\\n *", " ", fence.code).splitlines()}
)
LESSONS = {example.stem: example for example in notebooks.lessons(ROOT)}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
BY_CI = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
# Of `make`, what takes long is called by `.ci/run`, or is made of commands that are tested here.
MADE = {
    "make guide": ["make guide"],
    "make reproduce": ["qdocs run --suite quick --rounds 3", "qdocs compare"],
    "make gpu-device": ["qdocs list schemes --device cuda"],
    "make gpu-suite": ["qdocs run --suite gpu --device cuda"],
}
# Commands that need more than a folder, with the test that gives them.
ELSEWHERE = {
    "qdocs data-pr DIR --dry-run": ("tests/test_incoming.py", '"--dry-run"'),
    # It fetches some ninety wheels; the test fetches one.
    "qdocs bundle carried --without torch --without transformers": ("tests/test_bundle.py", "bundle.write("),
}
# What makes a command's run short; the command itself stays as the page has it.
SHORTER = {
    "qdocs run --task": ["--mode", "eager"],
    "qdocs run --suite sweep": ["--mode", "eager", "--rounds", "1", "--budget", "0.2"],
}


def test_every_fence_is_of_a_kind_that_is_tested() -> None:
    assert len(FENCES) >= 8
    # What is drawn in letters says that it is text.
    assert {fence.language for fence in FENCES} <= {"sh", "json", "python", "text"}
    assert all(not re.search(r"^(\$|>>>|%|#!)", fence.code, re.M) for fence in of("text"))


def test_every_snippet_is_a_marked_region_of_an_example() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        found = SNIPPET.findall(text)
        assert len(found) == text.count("snippet("), page.name
        for example, regions in found:
            file = LESSONS.get(example, ROOT / f"examples/{example}.py")
            script = file.read_text(encoding="utf-8")
            for region in re.findall(r"\w+", regions):
                assert f"# --8<-- [start:{region}]\n" in script
            # A lesson explains what its example printed, so that stands in sight.
            assert (f'{{{{ printed("{example}"' in text) == (example in LESSONS)


def test_python_on_a_page_runs(tiny: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny, tmp_path / "model")
    assert [fence.page for fence in of("python")] == ["schemes.md"]
    for fence in of("python"):
        with hub({"HuggingFaceTB/SmolLM2-135M-Instruct": tmp_path / "model"}) as address:
            code = f"{fence.code}\nprint(type(model).__name__, model.dtype)"
            done = subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "HF_ENDPOINT": address, "HF_HOME": str(tmp_path / "cache")},
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
        assert done.stdout == "LlamaForCausalLM torch.bfloat16\n", done.stderr


@pytest.mark.parametrize("fence", of("json"), ids=lambda fence: fence.page)
def test_items_on_a_page_are_accepted(fence: Fence, tmp_path: Path) -> None:
    (tmp_path / "my.jsonl").write_text(fence.code, encoding="utf-8")
    assert read_items(tmp_path / "my.jsonl").items


@pytest.fixture(scope="module")
def folder(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the pages' commands name: files of items, a model, two runs."""
    made = tmp_path_factory.mktemp("folder")
    choice = of("json")[0].code
    for name in ("my", "tickets", "invoices"):
        other = choice.replace("the app", f"the {name} app")
        (made / f"{name}.jsonl").write_text(choice + other, encoding="utf-8")
    (made / "my-model").symlink_to(tiny)
    (made / "docs/data/runs").mkdir(parents=True)
    (made / "runs").mkdir()
    run = max(path for path in (ROOT / "docs/data/runs").iterdir() if "smollm2" in path.name)
    for link in ("runs/NAME", "docs/data/runs/OTHER"):
        shutil.copytree(run, made / link)
    return made


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_a_command_on_a_page_does_what_it_says(page: str, command: str, folder: Path) -> None:
    if command in MADE:
        recipe = re.search(rf"^{command.removeprefix('make ')}:.*\n((?:\t.*\n)+)", MAKEFILE, re.M)
        assert recipe
        assert all(part in recipe[1] or part in BY_CI for part in MADE[command])
        return
    if command in ELSEWHERE:
        file, called = ELSEWHERE[command]
        assert called in (ROOT / file).read_text(encoding="utf-8")
        return
    program, *arguments = command.split()
    assert program == "qdocs"
    more = [one for start, added in SHORTER.items() if command.startswith(start) for one in added]
    done = subprocess.run(
        [sys.executable, "-m", "qdocs.cli", *arguments, *more],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
