"""Does `qdocs run --task` give a verdict on a reader's own items, and keep their texts out of the record?"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from qdocs import terminal
from qdocs.changes import answers, texts
from qdocs.record import check, read_run

ROOT = Path(__file__).parent.parent
SECRET = "Rumpelstilzchen"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of each kind of item, every one of which holds a secret."""
    folder = tmp_path_factory.mktemp("items")
    words = ["graph", "node", "edge", "path", "tree"]
    rows: dict[str, list[dict[str, object]]] = {"choices": [], "answers": [], "texts": []}
    for n in range(50):
        word, other = words[n % 5], words[(n + 1) % 5]
        group = f"words-{n % 5}"
        prompt = f"{SECRET} number {n} needs a"
        rows["choices"].append(
            {"id": f"c{n}", "group": group, "prompt": prompt, "choices": [word, other], "answer": word}
        )
    for n in range(3):
        rows["answers"].append({"prompt": f"{SECRET} {n} says", "answer": f"{SECRET} {n}"})
        rows["texts"].append({"text": f"{SECRET} walked through the graph {n} times, node after node."})
    for name, lines in rows.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in lines), encoding="utf-8")
    return folder


def qdocs(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qdocs.cli", *arguments]
    variables = os.environ | {"COLUMNS": "200"}
    return subprocess.run(command, capture_output=True, text=True, env=variables, timeout=1200, check=False)


def everything(folder: Path) -> str:
    """All that a record holds, as text."""
    packed = [gzip.decompress(file.read_bytes()).decode() for file in sorted(folder.rglob("*.gz"))]
    return "".join([(folder / "run.json").read_text(encoding="utf-8"), *packed])


@pytest.fixture(scope="module")
def measured(files: Path, tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, tuple[str, ...]]:
    out = tmp_path_factory.mktemp("runs")
    tasks = [part for file in sorted(files.glob("*.jsonl")) for part in ("--task", str(file))]
    command = ("run", "--model", f"path:{tiny}", "--scheme", "int8wo", *tasks, "--out", str(out))
    done = qdocs(*command)
    assert done.returncode == 0, done.stderr
    (folder,) = (file.parent for file in out.glob("*/run.json"))
    return folder, done.stdout, command


def test_the_verdict_is_the_same_in_terminal_and_record(measured: tuple[Path, str, tuple[str, ...]]) -> None:
    folder, said, _ = measured
    assert check(folder) == []
    run = read_run(folder)
    assert run.suite == "tasks"
    assert {cell.kind for cell in run.cells} == {"accuracy", "text"}
    assert {cell.outcome.state for cell in run.cells} == {"measured"}
    assert {name: task.format for name, task in run.tasks.items()} == {
        "answers.jsonl": "answer",
        "choices.jsonl": "choices",
        "texts.jsonl": "text",
    }
    assert (run.tasks["choices.jsonl"].groups, run.tasks["choices.jsonl"].items) == (5, 50)
    compared = {(one.task.name, one.scheme): one for one in answers(run, folder)}
    mine = compared["choices.jsonl", "int8wo"]
    assert mine.change is not None
    flat = re.sub(r"\s+", " ", said.replace("│", " "))
    assert re.sub(r"\s+", " ", mine.verdict)[:40] in flat
    assert "KL nats" in said
    assert {one.scheme for one in texts(run, folder)} == {"fp32", "bf16", "int8wo"}


def test_the_page_shows_what_a_run_printed() -> None:
    page = (ROOT / "docs/own-items.md").read_text(encoding="utf-8")
    name = re.search(r"record is `(.+?)`", page)
    shown = re.search(r"```text\n(.*?)```", page, re.S)
    assert name
    assert shown
    folder = ROOT / "docs/data/runs" / name[1]
    run = read_run(folder)
    assert run.suite == "tasks"
    printed = io.StringIO()
    terminal.show(run, folder, Console(file=printed, width=80))
    rest = iter(line.rstrip() for line in printed.getvalue().splitlines())
    assert [line for line in shown[1].splitlines() if line not in rest] == [], "line by line, in their order"


def test_texts_stay_out_of_the_record_unless_asked_for(
    measured: tuple[Path, str, tuple[str, ...]], files: Path, tiny: Path, tmp_path: Path
) -> None:
    assert SECRET not in everything(measured[0])
    assert '"c7"' in everything(measured[0]), "ids are kept"
    task = ("--task", str(files / "choices.jsonl"), "--task", str(files / "texts.jsonl"))
    done = qdocs("run", "--model", f"path:{tiny}", "--scheme", "bf16", *task, "--with-texts", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (folder,) = (file.parent for file in tmp_path.glob("*/run.json"))
    assert check(folder) == []
    assert f"{SECRET} number 49" in everything(folder)


def test_other_items_begin_another_run(measured: tuple[Path, str, tuple[str, ...]], files: Path) -> None:
    folder, _, command = measured
    before = (folder / "run.json").read_bytes()
    more = files / "choices.jsonl"
    original = more.read_text(encoding="utf-8")
    try:
        more.write_text(original.replace("number 7 ", "number seven "), encoding="utf-8")
        assert qdocs(*command).returncode == 0
    finally:
        more.write_text(original, encoding="utf-8")
    assert (folder / "run.json").read_bytes() == before
    assert len(list(folder.parent.glob("*/run.json"))) == 2


def test_bad_items_are_named_before_anything_is_measured(files: Path, tiny: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"prompt": "a"}\n{"prompt": "b", "choices": ["c", "d"], "answer": "e"}\n', encoding="utf-8")
    done = qdocs("run", "--model", f"path:{tiny}", "--task", str(bad), "--out", str(tmp_path / "runs"))
    assert done.returncode == 2
    assert "bad.jsonl, line 1: no answer" in done.stderr
    assert 'bad.jsonl, line 2: answer: "e" is not one of the choices' in done.stderr
    long = tmp_path / "long.jsonl"
    row = {"prompt": ("word " * 4000).strip(), "choices": ["c", "d"], "answer": "c"}
    long.write_text(json.dumps(row) + "\n", encoding="utf-8")
    done = qdocs("run", "--model", f"path:{tiny}", "--task", str(long), "--out", str(tmp_path / "runs"))
    assert done.returncode == 2
    assert "long.jsonl, line 1: " in done.stderr
    assert "the model reads 1,024" in done.stderr
    assert not (tmp_path / "runs").exists()


def test_an_error_does_not_bring_texts_into_the_record() -> None:
    from qdocs.errors import KnownProblem
    from qdocs.measure.cells import told
    from tests import factory

    spec = factory.spec("accuracy", "int8wo", task="mine.jsonl", items=1)
    job = {"tasks": {"mine.jsonl": {"source": "own"}}, "with_texts": False}
    assert SECRET not in told(AssertionError(f"context is not a string: {SECRET}"), spec, job)
    assert "the items changed" in told(KnownProblem("the items changed"), spec, job)
    for other in (job | {"with_texts": True}, job | {"tasks": {"mine.jsonl": {"source": "bundled"}}}):
        assert told(ValueError("not finite"), spec, other) == "ValueError: not finite"


def test_a_task_that_does_not_exist_and_an_encoder(tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "runs"))
    done = qdocs("run", "--task", "arc_esy", *out)
    assert done.returncode == 2
    assert "unknown task 'arc_esy'" in done.stderr
    assert "arc_easy" in done.stderr
    done = qdocs("run", "--model", "minilm-l6", "--task", "facts", *out)
    assert done.returncode == 2
    assert "minilm-l6 embeds sentences: tasks are asked of language models" in done.stderr
    assert not (tmp_path / "runs").exists()
