"""Does a file that is no record, or only part of one, get a message that helps, and never a crash?"""

from __future__ import annotations

import gzip
import hashlib
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qdocs import record as r
from qdocs.errors import InvalidRecord
from qdocs.record import io
from tests.record.small import load, replaced, save, small_run
from tests.record.strategies import thorough

VERSION = f"schema_version: expected an integer from 1 to {r.SCHEMA_VERSION}, got "


def message(folder: Path) -> str:
    """What `read_run` says; `check` must say the same, each line must name the file."""
    with pytest.raises(InvalidRecord) as caught:
        r.read_run(folder)
    assert r.check(folder) == caught.value.problems
    assert caught.value.exit_code == 1
    assert all(line.startswith(f"{folder / 'run.json'}: ") for line in caught.value.problems)
    return str(caught.value)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A valid `run.json`."""
    return (small_run(tmp_path_factory.mktemp("whole")) / r.RUN_FILE).read_bytes()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one damaged `run.json` after another."""
    return tmp_path_factory.mktemp("damaged")


def test_truncated_anywhere_it_is_refused(content: bytes, empty: Path) -> None:
    # Each length near both ends, and a spread of those between; the last byte is only a line's end.
    lengths = {*range(40), *range(40, len(content), 199), *range(len(content) - 40, len(content) - 1)}
    for length in sorted(lengths):
        (empty / r.RUN_FILE).write_bytes(content[:length])
        assert "not JSON, truncated or damaged: " in message(empty), length


@thorough
@given(data=st.data())
def test_any_damage_is_refused_or_leaves_a_valid_run(content: bytes, empty: Path, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 200)))
    inserted = data.draw(
        st.one_of(st.binary(max_size=8), st.sampled_from([b"[", b"{}", b"null", b"1e999", b'"', b","]))
    )
    (empty / r.RUN_FILE).write_bytes(content[:start] + inserted + content[end:])
    # Nothing but InvalidRecord may come out of `read_run`, and `check` turns that into lines.
    found = [line for line in r.check(empty) if ": name: is " not in line and "no such file; run.json" not in line]
    assert all(line.startswith(f"{empty / 'run.json'}: ") for line in found)
    if not found:
        run = r.read_run(empty)
        r.write_run(empty, run)
        assert r.read_run(empty) == run


@thorough
@given(st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()), st.lists))
def test_any_other_json_is_refused(empty: Path, value: Any) -> None:
    save(empty, value)
    assert VERSION + "None" in message(empty)
    save(empty, {"schema_version": 3, "cells": value})
    assert "name: Field required" in message(empty)


@pytest.mark.parametrize(
    ("damaged", "says"),
    [
        (b"", "not JSON, truncated or damaged: Expecting value"),
        (b"\xff\xfe\x00", "not UTF-8: "),
        ('{"schema_version": 3}'.encode("utf-16"), "not UTF-8: "),
        (b'\xef\xbb\xbf{"schema_version": 3}', "not JSON, truncated or damaged: Unexpected UTF-8 BOM"),
        (b'{"schema_version": 3, "name": "caf\xe9"}', "not UTF-8: "),
        (b'{"schema_version": 3, "seed": ' + b"9" * 5000 + b"}", "not JSON, truncated or damaged: Exceeds the limit"),
        (b'{"schema_version": 3, "seed": 1' + b"0" * 400 + b"}", "seed: Input should be less than or equal to"),
        (b'{"schema_version": 3, "name": "\\ud800"}', "Invalid JSON"),
        (b'{"schema_version": 3, "name": 1e999}', "name: Input should be a valid string, got inf"),
        (b'{"schema_version": 3}', "plan: Field required"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_damage_is_named(empty: Path, damaged: bytes, says: str) -> None:
    (empty / r.RUN_FILE).write_bytes(damaged)
    assert says in message(empty)


@pytest.mark.parametrize("depth", [50, 150, 250, 500, 900, *range(950, 1010, 3), 1500, 5000, 100_000])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_refused(empty: Path, depth: int, opens: str, closes: str) -> None:
    deep = opens * depth + "1" + closes * depth
    for text in (deep, '{"schema_version": 3, "cells": ' + deep + "}", '{"schema_version": ' + deep + "}"):
        (empty / r.RUN_FILE).write_text(text)
        message(empty)


@pytest.mark.parametrize("version", [None, True, 1.0, "1", [1], {}, 0, -1, "x" * 5000], ids=lambda v: repr(v)[:9])
def test_a_version_of_the_wrong_kind(folder: Path, version: Any) -> None:
    save(folder, replaced(load(folder), ("schema_version",), version))
    said = message(folder)
    assert VERSION + repr(version)[:40] in said
    assert len(said) < 1000


@pytest.mark.parametrize("version", [r.SCHEMA_VERSION + 1, 10**30])
def test_a_newer_version_says_to_update(folder: Path, version: int) -> None:
    # Whatever else a newer format changes must not hide that it is newer.
    for raw in (replaced(load(folder), ("schema_version",), version), {"schema_version": version}):
        save(folder, raw)
        newer = f"{version} is newer than this qdocs reads ({r.SCHEMA_VERSION})"
        assert message(folder) == f"{folder / 'run.json'}: schema_version {newer}; update qdocs"


def test_an_old_version_is_migrated_step_by_step(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = r.read_run(folder)
    raw = load(folder)
    newest = r.SCHEMA_VERSION
    raw["schema_version"] = newest - 2
    raw["title"] = raw.pop("name")

    def first(old: dict[str, Any]) -> dict[str, Any]:
        return {**{k: v for k, v in old.items() if k != "title"}, "heading": old["title"]}

    def second(old: dict[str, Any]) -> dict[str, Any]:
        return {**{k: v for k, v in old.items() if k != "heading"}, "name": old["heading"], "schema_version": newest}

    monkeypatch.setattr(io, "MIGRATIONS", {newest - 2: first, newest - 1: second})
    save(folder, raw)
    assert r.read_run(folder) == new


def test_a_record_of_version_1_is_read_as_one_of_a_language_model_without_tasks_and_native_products(
    folder: Path,
) -> None:
    new = r.read_run(folder)
    raw = load(folder)
    raw["schema_version"] = 1
    del raw["tasks"]
    del raw["merged_from"]
    del raw["environment"]["bf16_products"]
    for cell in raw["cells"]:
        if "disturbance" in cell["outcome"].get("result", {}):
            cell["outcome"]["result"]["disturbance"]["reasons"] = {}
            del cell["outcome"]["result"]["disturbance"]["device_state"]
    for model in raw["models"].values():
        for name in ("purpose", "setup_sha256", "weights_seed"):
            del model[name]
        del model["reasons"]["weights_seed"]
    save(folder, raw)
    found = r.read_run(folder)
    for model in found.models.values():
        assert model.setup_sha256 is None
        assert model.reasons["setup_sha256"] == "not recorded before version 3"
    assert found.model_copy(update={"models": new.models, "cells": new.cells}) == new
    assert r.check(folder) == []


def test_cells_of_version_4_say_that_sensors_were_not_read(folder: Path) -> None:
    new = r.read_run(folder)
    raw = load(folder)
    raw["schema_version"] = 4
    for cell in raw["cells"]:
        if "disturbance" in cell["outcome"].get("result", {}):
            del cell["outcome"]["result"]["disturbance"]["device_state"]
            del cell["outcome"]["result"]["disturbance"]["reasons"]["device_state"]
    save(folder, raw)
    timed = [cell.outcome.result for cell in r.read_run(folder).cells if hasattr(cell.outcome, "result")]
    said = [result.disturbance.reasons for result in timed if hasattr(result, "disturbance")]
    assert said
    assert all(reasons == {"device_state": "not recorded before version 5"} for reasons in said)
    assert [cell.id for cell in r.read_run(folder).cells] == [cell.id for cell in new.cells]
    assert r.check(folder) == []


def test_a_damaged_cell_of_version_4_is_refused_by_the_check(folder: Path) -> None:
    raw = load(folder)
    raw["schema_version"] = 4
    for damaged in (7, None, {}, {"outcome": 3}, {"outcome": {"result": {"disturbance": {"reasons": 5}}}}):
        save(folder, raw | {"cells": [damaged]})
        assert "cells.0" in message(folder)


def test_each_version_before_this_one_has_its_migration() -> None:
    assert set(io.MIGRATIONS) == set(range(1, r.SCHEMA_VERSION))


def test_a_folder_without_a_record(tmp_path: Path) -> None:
    assert message(tmp_path) == f"{tmp_path / 'run.json'}: no such file; expected a run's folder with a run.json"
    assert "no such file" in message(tmp_path / "absent")
    (tmp_path / "file").write_text("x")
    assert "cannot be read: Not a directory" in message(tmp_path / "file")
    (tmp_path / "run.json").mkdir()
    assert "not a plain file" in message(tmp_path)


def test_a_huge_run_file_is_not_read_to_its_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = (folder / r.RUN_FILE).stat().st_size
    monkeypatch.setattr(io, "MAX_BYTES", size)
    r.read_run(folder)
    monkeypatch.setattr(io, "MAX_BYTES", size - 1)
    assert f"larger than {size - 1:,} bytes" in message(folder)


# Sidecars


@pytest.fixture
def sidecar(folder: Path) -> tuple[Path, r.Sidecar]:
    """The folder and one of its sidecars."""
    cell: Any = r.read_run(folder).cells[4]
    return folder, cell.outcome.result.samples


def refused(folder: Path, sidecar: r.Sidecar) -> str:
    """What `read_samples` says of a sidecar; `check` must say so too."""
    with pytest.raises(InvalidRecord) as caught:
        r.read_samples(folder, sidecar, r.LatencySamples)
    assert set(caught.value.problems) <= set(r.check(folder))
    assert str(caught.value).startswith(f"{folder / sidecar.path}: ")
    return str(caught.value).removeprefix(f"{folder / sidecar.path}: ")


def test_a_missing_sidecar(sidecar: tuple[Path, r.Sidecar]) -> None:
    folder, named = sidecar
    (folder / named.path).unlink()
    assert refused(folder, named) == "no such file; run.json names it"


def test_a_sidecar_that_is_a_folder_or_a_pipe(sidecar: tuple[Path, r.Sidecar]) -> None:
    folder, named = sidecar
    path = folder / named.path
    path.unlink()
    path.mkdir()
    assert refused(folder, named) == "not a plain file"
    path.rmdir()
    os.mkfifo(path)

    def late(*_: object) -> None:
        pytest.fail("still reading the pipe")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(10)
    try:
        assert refused(folder, named) == "not a plain file"
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_a_sidecar_with_another_digest(sidecar: tuple[Path, r.Sidecar]) -> None:
    folder, named = sidecar
    (folder / named.path).write_bytes(b"x")
    assert refused(folder, named) == f"SHA-256 is {hashlib.sha256(b'x').hexdigest()}, run.json says {named.sha256}"


def forged(folder: Path, named: r.Sidecar, packed: bytes) -> r.Sidecar:
    """Replace the sidecar and its digest."""
    (folder / named.path).write_bytes(packed)
    made = r.Sidecar(path=named.path, sha256=hashlib.sha256(packed).hexdigest())
    at = ("cells", 4, "outcome", "result", "samples", "sha256")
    save(folder, replaced(load(folder), at, made.sha256))
    return made


GOOD = gzip.compress(b'{"iterations": []}', mtime=0)


@pytest.mark.parametrize(
    ("packed", "says"),
    [
        (b"", "(whole file): Invalid JSON: EOF"),
        (b"iterations", "not a gzip file: Not a gzipped file"),
        (GOOD[:-4], "not a gzip file: Compressed file ended before"),
        (GOOD[:-8] + b"\0" * 8, "not a gzip file: CRC check failed"),
        (GOOD[:10] + b"\xff" * 20, "not a gzip file: Error -3"),
        (GOOD, "iterations: List should have at least 1 item"),
        (gzip.compress(b"\xff\xfe"), "(whole file): Invalid JSON"),
        (gzip.compress(b"[" * 100_000), "(whole file): Invalid JSON: recursion limit exceeded"),
        (gzip.compress(b'{"iterations": ' + b"[" * 100 + b"]" * 100 + b"}"), "iterations.0: Input should be an object"),
        (gzip.compress(b'{"iterations": ' + b"9" * 5000 + b"}"), "(whole file): Invalid JSON"),
        (gzip.compress(b"null"), "(whole file): Input should be an object"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_damaged_sidecar(sidecar: tuple[Path, r.Sidecar], packed: bytes, says: str) -> None:
    folder, named = sidecar
    assert says in refused(folder, forged(folder, named, packed))


def test_a_large_sidecar_is_refused_before_it_is_unpacked(
    sidecar: tuple[Path, r.Sidecar], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, named = sidecar
    noise = forged(folder, named, os.urandom(60_000))
    monkeypatch.setattr(io, "MAX_BYTES", 50_000)
    assert refused(folder, noise) == "larger than 50,000 bytes"


def test_a_gzip_bomb_is_not_unpacked_to_its_end(
    sidecar: tuple[Path, r.Sidecar], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, named = sidecar
    bomb = gzip.compress(b" " * 20_000_000, 1)
    assert len(bomb) < 100_000
    named = forged(folder, named, bomb)
    monkeypatch.setattr(io, "MAX_BYTES", 100_000)
    unpacked = []
    read = gzip.GzipFile.read

    def counted(file: gzip.GzipFile, size: int | None = -1) -> bytes:
        unpacked.append(read(file, size))
        return unpacked[-1]

    monkeypatch.setattr(gzip.GzipFile, "read", counted)
    with pytest.raises(InvalidRecord, match="unpacks to more than 100,000 bytes"):
        r.read_samples(folder, named, r.LatencySamples)
    assert sum(map(len, unpacked)) <= 100_001


@pytest.mark.parametrize(
    "path",
    [
        "samples/../../x.json.gz",
        "samples/../run.json.gz",
        "samples//etc/x.json.gz",
        "samples/a/b.json.gz",
        "/etc/x.json.gz",
        "../samples/x.json.gz",
        "samples\\x.json.gz",
        "samples/x.json.gz\n",
        "samples/x.json.gz\0",
        "samples/x.json",
        "samples/x.gz",
        "other/x.json.gz",
        "samples/" + "x" * 260 + ".json.gz",
        "",
    ],
)
def test_a_sidecar_elsewhere_is_refused_by_its_path(folder: Path, path: str) -> None:
    save(folder, replaced(load(folder), ("cells", 4, "outcome", "result", "samples", "path"), path))
    said = message(folder)
    assert "samples.path: String should" in said
    assert "cells.4.latency.outcome.measured.result.samples.path" in said


def test_links_are_not_followed(sidecar: tuple[Path, r.Sidecar], tmp_path: Path) -> None:
    folder, named = sidecar
    says = "leads through a link; expected a file inside the run's folder"
    path = folder / named.path
    outside = tmp_path / "outside.json.gz"
    path.rename(outside)
    for target in (outside, path.with_name("inside.json.gz"), path, tmp_path / "nowhere"):
        path.symlink_to(target)
        assert refused(folder, named) == says
        path.unlink()
    outside.rename(path)
    assert r.check(folder) == []
    path.parent.rename(tmp_path / "samples")
    path.parent.symlink_to(tmp_path / "samples")
    assert refused(folder, named) == says
    path.parent.unlink()
    (tmp_path / "samples").rename(path.parent)
    (folder / "run.json").rename(tmp_path / "run.json")
    (folder / "run.json").symlink_to(tmp_path / "run.json")
    assert says in message(folder)


def test_the_folder_itself_may_be_reached_through_a_link(folder: Path, tmp_path: Path) -> None:
    latest = tmp_path / "latest"
    latest.symlink_to(folder)
    assert r.check(latest) == []
