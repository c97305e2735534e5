"""Is a notebook made from its script, was it executed as it is today, and does it run anywhere?"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from qdocs import notebooks
from qdocs.publish import frames, words
from qdocs.publish import runs as all_runs
from qdocs.wheels import file_sha256
from tests.hub_server import hub

ROOT = Path(__file__).parent.parent
EXAMPLES = notebooks.examples(ROOT)
EVERY = notebooks.every(ROOT)
NAMES = [example.stem for example in EXAMPLES]
AGAIN = "give `make walkthroughs` and commit what it changed"


def executed(name: str) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / notebooks.EXECUTED / f"{name}.ipynb", as_version=4)


def printed(name: str) -> str:
    return "".join(output.text for cell in executed(name).cells for output in cell.get("outputs", []))


@pytest.mark.parametrize("example", EVERY, ids=lambda example: example.stem)
def test_what_was_executed_is_the_example_of_today(example: Path) -> None:
    ran = executed(example.stem)
    assert notebooks.code(ran) == notebooks.code(notebooks.of(example)), AGAIN
    assert ran.metadata.qdocs.example_sha256 == file_sha256(example), AGAIN


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_a_notebook_has_the_cells_of_its_script_but_those_that_need_qdocs(example: Path) -> None:
    script = example.read_text(encoding="utf-8")
    shown = "\n".join(notebooks.code(notebooks.of(example)))
    for name, code in re.findall(r"# --8<-- \[start:(\w+)\]\n(.*?)# --8<-- \[end:\1\]", script, re.S):
        assert code.strip() in shown, name
    # Only the ending asks for qdocs, and goes on without it.
    assert re.findall(r".*\bqdocs\b.*", shown) == ["    from qdocs.models import ensure"]
    assert "--8<--" not in shown


@pytest.mark.parametrize("example", notebooks.lessons(ROOT), ids=lambda example: example.stem)
def test_a_lesson_s_example_runs_alone_and_prints_what_its_notebook_did(example: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(example)], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == printed(example.stem)
    assert max(map(len, done.stdout.splitlines())) <= 42, "a phone shows no more of a line"
    assert "qdocs" not in example.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [example.stem for example in EVERY])
def test_an_executed_notebook_is_small_clean_and_says_where_it_comes_from(name: str) -> None:
    ran = executed(name)
    nbformat.validate(ran)
    assert (ROOT / notebooks.EXECUTED / f"{name}.ipynb").stat().st_size < 20_000
    outputs = [output for cell in ran.cells for output in cell.get("outputs", [])]
    assert outputs
    assert {(output.output_type, output.name) for output in outputs} == {("stream", "stdout")}
    origin = ran.metadata.qdocs
    assert re.fullmatch("[0-9a-f]{40}", origin.commit)
    assert origin.dirty is False, "a notebook is executed by committed code"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", origin.date)
    assert origin.device
    assert {"torch", "torchao", "transformers"} <= origin.versions.keys()
    assert "4-bit" in origin.model.caveat
    assert origin.run_s == pytest.approx(sum(cell.metadata.get("run_s", 0) for cell in ran.cells), abs=0.1)


def test_sizes_that_were_printed_are_those_of_the_record() -> None:
    found = all_runs.headline(all_runs.find(ROOT)[0])
    assert found is not None
    stored = {row["scheme"]: words.megabytes(row["stored_bytes"]) for row in frames.records(frames.memory(found))}
    seen = dict(re.findall(r"^(\S+): ([\d.]+ MB),", "".join(map(printed, NAMES)), re.M))
    assert seen.keys() >= {"bf16", "int8wo", "int4wo-g32"}
    for scheme in stored.keys() & seen.keys():
        assert seen[scheme] == stored[scheme], scheme
    assert "int4wo-g128: 230.0 MB, up_proj in Tensor" in printed("int4_weight_only")
    assert printed("save_and_load").endswith("the same text: True\n")


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_a_download_installs_what_it_imports_pinned(example: Path) -> None:
    made = nbformat.reads(notebooks.to_download(example), as_version=4)
    nbformat.validate(made)
    install, *rest = notebooks.code(made)
    assert rest == notebooks.code(notebooks.of(example))
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wanted = install.removeprefix("%pip install --quiet ").split()
    assert set(wanted) <= set(pins)
    assert {"torch", "transformers", "accelerate"} <= {pin.split("==")[0] for pin in wanted}


@pytest.fixture(scope="module")
def elsewhere(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a machine that has a hub and no qdocs; nothing can be installed on it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "qdocs.py").write_text("raise ModuleNotFoundError('No module named qdocs')\n", encoding="utf-8")
    shutil.copytree(tiny, folder / "model")
    with hub({"HuggingFaceTB/SmolLM2-135M-Instruct": folder / "model"}) as address:
        yield {
            **os.environ,
            "PYTHONPATH": str(folder),
            "HF_ENDPOINT": address,
            "HF_HOME": str(folder / "cache"),
            "PIP_NO_INDEX": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }


def test_a_cell_that_raises_stops_the_execution(tmp_path: Path) -> None:
    from qdocs.measure.walkthroughs import Failed, execute

    shutil.copytree(ROOT / "examples/endings", tmp_path / "endings")
    (tmp_path / "bad.py").write_text('# %% [markdown]\n# # Bad\n\n# %%\nraise OSError("no luck")\n', encoding="utf-8")
    with pytest.raises(Failed, match="no luck"):
        execute(tmp_path / "bad.py")


# One for each ending.
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("int4_weight_only", ["int4wo-g32: ", "up_proj in Int4"]),
        ("save_and_load", ["model.safetensors: ", "the same text: True"]),
        ("transformers_config", ["int8wo: 14 layers packed", "int4wo-g32: 14 layers packed"]),
    ],
)
def test_a_download_runs_where_qdocs_is_not_installed(
    elsewhere: dict[str, str], tmp_path: Path, name: str, said: list[str]
) -> None:
    made = nbformat.reads(notebooks.to_download(ROOT / f"examples/{name}.py"), as_version=4)
    client = NotebookClient(made, timeout=300, resources={"metadata": {"path": str(tmp_path)}})
    kernel = client.create_kernel_manager()
    kernel.transport, kernel.ip = "ipc", str(tmp_path / "kernel")
    client.execute(env=elsewhere)
    text = json.dumps([output.get("text", "") for cell in made.cells for output in cell.get("outputs", [])])
    for words_said in said:
        assert words_said in text
