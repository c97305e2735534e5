"""Does a bundle hold what a machine without a network needs, and is it whole when it gets there?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qdocs import bundle
from qdocs.errors import Stopped, WrongUse
from qdocs.wheels import file_sha256

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
PLATFORM = "manylinux_2_28_x86_64"
# Small and pure, so that the real index is asked for little.
WANTED = {"mdurl": "0.1.2"}
PART = 300_000


def silent(text: str) -> None:
    pass


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle") / "made"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundle, "requirements", lambda target, without: WANTED)
        bundle.write(folder, [], bundle.Target(PLATFORM, HERE), PART, [], silent)
    return folder


def unpack(folder: Path, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(folder / bundle.UNPACK), str(target)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_what_is_unpacked_is_what_was_fetched(made: Path, tmp_path: Path) -> None:
    assert all(path.stat().st_size <= PART for path in (made / "parts").iterdir())
    done = unpack(made, tmp_path)
    assert done.returncode == 0, done.stderr
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    names = [file["to"] for file in manifest["files"]]
    assert names[0] == bundle.CODE
    assert names[1].startswith("wheels/mdurl-0.1.2-")
    assert any(name.startswith("cache/wheels/networkx-") for name in names)
    assert max(len(file["parts"]) for file in manifest["files"]) > 1
    for file in manifest["files"]:
        assert file_sha256(tmp_path / file["to"]) == file["sha256"]
    assert f"export QDOCS_CACHE={tmp_path}/cache" in done.stdout
    # A second time, nothing is left to do.
    assert unpack(made, tmp_path).returncode == 0


def test_code_that_is_no_checkout_is_refused_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "CHECKOUT", tmp_path)
    monkeypatch.setattr(bundle, "_wheels", lambda *_: pytest.fail("it fetched"))
    with pytest.raises(Stopped, match="is no git checkout to bundle: clone the repository"):
        bundle.write(tmp_path / "made", [], bundle.Target(PLATFORM, HERE), PART, [], silent)


def test_the_code_comes_along_with_its_commit(made: Path, tmp_path: Path) -> None:
    assert unpack(made, tmp_path).returncode == 0
    clone = tmp_path / "qdocs"
    subprocess.run(["git", "clone", "-q", str(tmp_path / bundle.CODE), str(clone)], check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=Path(__file__).parent, capture_output=True, check=True)
    there = subprocess.run(["git", "rev-parse", "HEAD"], cwd=clone, capture_output=True, check=True)
    assert there.stdout == head.stdout
    assert (clone / "examples/int4_weight_only.py").is_file()


def test_every_missing_or_damaged_part_is_named_and_nothing_is_unpacked(made: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in made.rglob("*"):
        if path.is_file():
            (copy / path.relative_to(made)).parent.mkdir(exist_ok=True)
            (copy / path.relative_to(made)).write_bytes(path.read_bytes())
    first, second = sorted((copy / "parts").iterdir())[:2]
    first.write_bytes(first.read_bytes()[:-1])
    second.unlink()
    done = unpack(copy, tmp_path / "target")
    assert done.returncode == 1
    assert set(done.stderr.splitlines()) == {
        f"parts/{first.name} is damaged: send it again",
        f"parts/{second.name} is missing",
    }
    assert not (tmp_path / "target").exists()


def test_another_python_is_refused_there(made: Path, tmp_path: Path) -> None:
    manifest = made / "manifest.json"
    kept = manifest.read_text(encoding="utf-8")
    try:
        manifest.write_text(kept.replace(f'"python": "{HERE}"', '"python": "3.99"'), encoding="utf-8")
        done = unpack(made, tmp_path)
    finally:
        manifest.write_text(kept, encoding="utf-8")
    assert (done.returncode, done.stdout) == (1, "")
    assert "the wheels are for 3.99" in done.stderr


def test_what_the_machine_has_is_left_out_with_what_only_it_needs() -> None:
    target = bundle.Target(PLATFORM, "3.12")
    every, fewer = bundle.requirements(target, []), bundle.requirements(target, ["torch", "Lm_Eval", "accelerate"])
    assert {"torch", "torchao", "lm-eval", "transformers", "sacrebleu"} <= every.keys()
    assert not {"torch", "lm-eval", "sacrebleu"} & fewer.keys()
    assert {"torchao", "transformers", "pydantic", "gguf"} <= fewer.keys()
    assert "+" not in every["torch"]
    assert not {"qdocs", "mkdocs", "pytest"} & every.keys()


def test_wheels_for_older_systems_run_there_too() -> None:
    tags = bundle.Target("manylinux_2_17_aarch64", "3.13").platforms
    assert (tags[0], tags[-2:]) == (
        "manylinux_2_17_aarch64",
        ["manylinux_2_5_aarch64", "manylinux2014_aarch64"],
    )


@pytest.mark.parametrize(
    ("platform", "python", "problem"),
    [("windows", "3.12", "'windows' is no platform"), (PLATFORM, "python3", "'python3' is no Python version")],
)
def test_a_machine_that_cannot_be_is_refused(platform: str, python: str, problem: str) -> None:
    with pytest.raises(WrongUse, match=problem):
        bundle.Target(platform, python)


def test_a_folder_with_something_in_it_and_a_model_of_a_hub_are_refused(tmp_path: Path) -> None:
    target = bundle.Target(PLATFORM, HERE)
    with pytest.raises(WrongUse, match="hf:some/model: expected models that wheels carry"):
        bundle.write(tmp_path / "new", ["hf:some/model"], target, PART, [], silent)
    (tmp_path / "mine.txt").touch()
    with pytest.raises(WrongUse, match="is not empty"):
        bundle.write(tmp_path, [], target, PART, [], silent)


def test_a_package_without_a_wheel_for_the_machine_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "requirements", lambda target, without: {"mdurl": "99.9"})
    with pytest.raises(Stopped, match=r"no wheel of mdurl==99\.9 for manylinux_2_28_x86_64"):
        bundle.write(tmp_path / "new", [], bundle.Target(PLATFORM, HERE), PART, [], silent)
