"""Does a model come from a hub with its commit, and is it said why one does not?"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qdocs.errors import WrongUse
from qdocs.models import find_source
from qdocs.record import check, read_run
from tests.hub_server import COMMIT, hub
from tests.test_cli import fails, qdocs

PLACE = """
import json, sys
from qdocs.errors import QdocsError
from qdocs.models import find_source
try:
    source = find_source(sys.argv[1])
    folder = source.place()
    print(json.dumps({"folder": str(folder), "origin": source.origin(folder)}))
except QdocsError as error:
    print(json.dumps({"code": error.exit_code, "said": str(error)}))
"""


@pytest.fixture(scope="module")
def address(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    repository = tmp_path_factory.mktemp("hub") / "tiny"
    shutil.copytree(tiny, repository)
    (repository / "README.md").write_text("Not needed.", encoding="utf-8")
    (repository / "original").mkdir()
    shutil.copy(tiny / "model.safetensors", repository / "original" / "consolidated.safetensors")
    bare = tmp_path_factory.mktemp("bare")
    (bare / "README.md").write_text("Nothing else.", encoding="utf-8")
    repositories: dict[str, Path | str] = {"us/tiny": repository, "us/bare": bare, "us/gated": "GatedRepo"}
    with hub(repositories) as address:
        yield address


def place(name: str, home: Path, address: str, **variables: str) -> dict[str, object]:
    """What a process of its own makes of a model's name."""
    environment = os.environ | {"HF_HOME": str(home), "HF_ENDPOINT": address} | variables
    command = [sys.executable, "-c", PLACE, name]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_revision_becomes_its_commit_and_only_what_is_needed_is_fetched(
    tmp_path: Path, tiny: Path, address: str
) -> None:
    found = place("hf:us/tiny@v1", tmp_path, address)
    folder = Path(str(found["folder"]))
    assert folder.name == COMMIT
    assert {file.name for file in folder.iterdir()} == {file.name for file in tiny.iterdir()}
    origin = found["origin"]
    assert isinstance(origin, dict)
    assert origin["id"] == f"hf:us--tiny@{COMMIT[:12]}"
    assert origin["source"] == f"Hugging Face hub, us/tiny at commit {COMMIT}"
    here = find_source(f"path:{tiny}").origin(tiny)
    assert origin["weights_sha256"] == here["weights_sha256"]
    again = place(f"hf:us/tiny@{COMMIT}", tmp_path, "http://127.0.0.1:9", HF_HUB_OFFLINE="1")
    assert again == found, "what is in the cache needs no network"


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("hf:us/none", 2, "there is no repository us/none, or it is private"),
        ("hf:us/gated", 2, "us/gated is gated: accept its terms on its page"),
        ("hf:us/tiny@v9", 2, "us/tiny has no revision v9"),
        ("hf:us/bare", 2, "has no config.json"),
        ("hf:", 2, "names no repository: expected hf:OWNER/NAME@REVISION"),
    ],
)
def test_what_cannot_be_had_is_named(tmp_path: Path, address: str, name: str, code: int, said: str) -> None:
    found = place(name, tmp_path, address)
    assert found["code"] == code
    assert said in str(found["said"])


@pytest.mark.parametrize("variables", [{}, {"HF_HUB_OFFLINE": "1"}])
def test_no_network_is_said(tmp_path: Path, variables: dict[str, str]) -> None:
    found = place("hf:us/tiny", tmp_path, "http://127.0.0.1:9", **variables)
    assert found["code"] == 3
    assert "us/tiny is not in the cache" in str(found["said"])
    assert "unset HF_HUB_OFFLINE" in str(found["said"])


def test_a_model_of_a_hub_is_measured(tmp_path: Path, address: str) -> None:
    variables = {"HF_HOME": str(tmp_path / "home"), "HF_ENDPOINT": address}
    items = tmp_path / "mine.jsonl"
    items.write_text('{"prompt": "A graph has", "choices": ["nodes", "legs"], "answer": "nodes"}\n', encoding="utf-8")
    asked = ("--task", str(items), "--scheme", "int8wo", "--out", str(tmp_path / "runs"))
    done = qdocs("run", "--model", "hf:us/tiny@v1", *asked, **variables)
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "runs").glob("*/")
    run = read_run(folder)
    assert not check(folder)
    assert list(run.models) == [f"hf:us--tiny@{COMMIT[:12]}"]
    assert {cell.outcome.state for cell in run.cells} == {"measured"}


def test_code_of_a_model_s_own_runs_only_if_asked(tmp_path: Path, tiny: Path) -> None:
    from qdocs.models import PLAINLY, Loading, describe

    own = tmp_path / "own"
    shutil.copytree(tiny, own)
    config = json.loads((own / "config.json").read_text(encoding="utf-8"))
    config |= {"model_type": "mine", "auto_map": {"AutoConfig": "mine.Mine", "AutoModelForCausalLM": "mine.Ours"}}
    (own / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (own / "mine.py").write_text(
        "from transformers import LlamaConfig, LlamaForCausalLM\n\n\n"
        "class Mine(LlamaConfig):\n    model_type = 'mine'\n\n\n"
        "class Ours(LlamaForCausalLM):\n    config_class = Mine\n",
        encoding="utf-8",
    )
    with pytest.raises(WrongUse, match=r"needs code of its own.*--trust-remote-code"):
        describe(f"path:{own}", own, PLAINLY)
    found, expected = describe(f"path:{own}", own, Loading(trust_remote_code=True)), describe(f"path:{tiny}", tiny)
    assert (found.parameters, found.weights_sha256) == (expected.parameters, expected.weights_sha256)
    items = tmp_path / "mine.jsonl"
    items.write_text('{"prompt": "A graph has", "choices": ["nodes", "legs"], "answer": "nodes"}\n', encoding="utf-8")
    asked = ("run", "--model", f"path:{own}", "--task", str(items), "--scheme", "int8wo", "--out", str(tmp_path))
    fails(qdocs(*asked, HF_HOME=str(tmp_path / "home")), 2, "needs code of its own")
    done = qdocs(*asked, "--trust-remote-code", HF_HOME=str(tmp_path / "home"))
    assert done.returncode == 0, done.stderr
