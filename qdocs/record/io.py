"""How is a record read, written and checked on disk?"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from qdocs.errors import InvalidRecord, Stopped
from qdocs.record.base import Part, Sidecar
from qdocs.record.run import SCHEMA_VERSION, AnySpec, Run

RUN_FILE = "run.json"
SAMPLES_DIR = "samples"
# Of the checkout that this code is in.
CHECKOUT = Path(__file__).resolve().parents[2]
PUBLISHED = CHECKOUT / "docs" / "data" / "runs"

P = TypeVar("P", bound=Part)
# No file of a record is larger, packed or unpacked.
MAX_BYTES = 256 * 2**20


def _to_2(raw: dict[str, Any]) -> dict[str, Any]:
    """Version 2 says what a model is for and which tasks were asked; version 1 knew language models and no tasks."""
    models = raw.get("models")
    if isinstance(models, dict):
        models = {
            key: {"purpose": "generate", **model} if isinstance(model, dict) else model for key, model in models.items()
        }
        raw = raw | {"models": models}
    return raw | {"schema_version": 2, "tasks": {}}


def _model_to_3(model: Any) -> Any:
    if not isinstance(model, dict) or not isinstance(model.get("reasons", {}), dict):
        return model
    reasons = {"setup_sha256": "not recorded before version 3", "weights_seed": "the weights are real"}
    missing = {"setup_sha256": None, "weights_seed": None}
    return {**missing, **model, "reasons": {**reasons, **model.get("reasons", {})}}


def _to_3(raw: dict[str, Any]) -> dict[str, Any]:
    """Version 3 says how products of bf16 matrices were computed, and knows a model's files and random weights.

    Before it, torch's own kernels computed products always, and weights were real.
    """
    environment, models = raw.get("environment"), raw.get("models")
    if isinstance(environment, dict):
        raw = raw | {"environment": {"bf16_products": "native", **environment}}
    if isinstance(models, dict):
        raw = raw | {"models": {key: _model_to_3(model) for key, model in models.items()}}
    return raw | {"schema_version": 3}


def _to_4(raw: dict[str, Any]) -> dict[str, Any]:
    """Version 4 says of which runs a run was merged; before it there was no merging."""
    return raw | {"schema_version": 4, "merged_from": []}


def _cell_to_5(cell: Any) -> Any:
    try:
        disturbance = cell["outcome"]["result"]["disturbance"]
        reasons = {"device_state": "not recorded before version 5", **disturbance["reasons"]}
        disturbance = {"device_state": None, **disturbance, "reasons": reasons}
        result = {**cell["outcome"]["result"], "disturbance": disturbance}
    except (KeyError, TypeError):
        # Not timed, not measured, or damaged: the check that follows says so.
        return cell
    return {**cell, "outcome": {**cell["outcome"], "result": result}}


def _to_5(raw: dict[str, Any]) -> dict[str, Any]:
    """Version 5 says of timed cells what the device's own sensors read."""
    cells = raw.get("cells")
    return raw | {"schema_version": 5, "cells": [*map(_cell_to_5, cells)] if isinstance(cells, list) else cells}


# From version n to n + 1, one small explicit function each; version 1 is the first.
MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _to_2, 2: _to_3, 3: _to_4, 4: _to_5}


def read_run(folder: Path) -> Run:
    """Read `run.json` of a run's folder; the sidecars are left alone.

    Args:
        folder: The run's folder, or its `run.json`.

    Raises:
        InvalidRecord: If there is none, or it is no valid record; the message names file, key and what was expected.
    """
    path = folder if folder.name == RUN_FILE else folder / RUN_FILE
    content = _read(path, f"expected a run's folder with a {RUN_FILE}")
    try:
        raw = json.loads(content.decode())
    except UnicodeDecodeError as error:
        raise InvalidRecord([f"{path}: not UTF-8: {error}"]) from None
    except (ValueError, RecursionError) as error:
        raise InvalidRecord([f"{path}: not JSON, truncated or damaged: {error}"]) from None
    version = raw.get("schema_version") if isinstance(raw, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise InvalidRecord(
            [f"{path}: schema_version: expected an integer from 1 to {SCHEMA_VERSION}, got {version!r:.80}"]
        )
    if version > SCHEMA_VERSION:
        raise InvalidRecord(
            [f"{path}: schema_version {version} is newer than this qdocs reads ({SCHEMA_VERSION}); update qdocs"]
        )
    if version < SCHEMA_VERSION:
        for step in range(version, SCHEMA_VERSION):
            raw = MIGRATIONS[step](raw)
        content = json.dumps(raw).encode()
    try:
        return Run.model_validate_json(content)
    except ValidationError as error:
        raise InvalidRecord(_problems(path, error)) from None


def read_samples(folder: Path, sidecar: Sidecar, samples_type: type[P]) -> P:
    """Read and check one sidecar.

    Raises:
        InvalidRecord: If it is missing, a link, too large, does not match its digest, or is not of its type.
    """
    path = folder / sidecar.path
    packed = _read(path, f"{RUN_FILE} names it")
    digest = hashlib.sha256(packed).hexdigest()
    if digest != sidecar.sha256:
        raise InvalidRecord([f"{path}: SHA-256 is {digest}, {RUN_FILE} says {sidecar.sha256}"])
    try:
        with gzip.open(io.BytesIO(packed)) as file:
            text = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidRecord([f"{path}: not a gzip file: {error}"]) from None
    if len(text) > MAX_BYTES:
        raise InvalidRecord([f"{path}: unpacks to more than {MAX_BYTES:,} bytes"])
    try:
        return samples_type.model_validate_json(text)
    except ValidationError as error:
        raise InvalidRecord(_problems(path, error)) from None


def new_folder(out: Path, stem: str) -> Path:
    """A folder for a new run that is not there yet, numbered if need be."""
    folder, number = out / stem, 1
    while folder.exists() or _shown(folder.name):
        number += 1
        folder = out / f"{stem}-{number}"
    return folder


def _shown(name: str) -> bool:
    """Whether a run of this name is in a place from which the site shows runs: no two there may share one."""
    places = [PUBLISHED, CHECKOUT / "runs", *CHECKOUT.glob("docs/case-studies/*/runs")]
    return any((place / name).exists() for place in places)


def write_run(folder: Path, run: Run) -> None:
    """Write `run.json` so that a reader sees the old or the new one, never a part.

    Raises:
        Stopped: If the disk refuses, with what stays valid and how to go on.
    """
    _write(folder / RUN_FILE, (run.model_dump_json(indent=1) + "\n").encode())


def write_samples(folder: Path, spec: AnySpec, samples: Part) -> Sidecar:
    """Write one cell's samples; the same samples give the same bytes.

    Raises:
        Stopped: If the disk refuses.
    """
    # The digest keeps keys apart that read alike once their separators are gone.
    name = re.sub("[/:@]", "-", spec.id)[:150] + "-" + hashlib.sha256(spec.id.encode()).hexdigest()[:8]
    packed = gzip.compress(samples.model_dump_json().encode(), mtime=0)
    _write(folder / SAMPLES_DIR / f"{name}.json.gz", packed)
    return Sidecar(path=f"{SAMPLES_DIR}/{name}.json.gz", sha256=hashlib.sha256(packed).hexdigest())


def check(folder: Path) -> list[str]:
    """Check a whole record: schema, digests, and that every summary follows from its samples.

    Args:
        folder: The run's folder.

    Returns:
        Problems, each with its file and key; empty for a valid record.
    """
    try:
        run = read_run(folder)
    except InvalidRecord as error:
        return error.problems
    root = folder.parent if folder.name == RUN_FILE else folder
    path = root / RUN_FILE
    problems = []
    if run.name != root.resolve().name:
        problems.append(f"{path}: name: is {run.name!r}, the folder is called {root.resolve().name!r}")
    named = set()
    for index, cell in enumerate(run.cells):
        if cell.outcome.state == "measured" and cell.samples_type is not None:
            sidecar: Sidecar = cell.outcome.result.samples  # type: ignore[union-attr]
            if sidecar.path in named:
                problems.append(f"{path}: cells.{index}: shares {sidecar.path} with another cell")
            named.add(sidecar.path)
            problems += _recompute(root, f"cells.{index}", cell, sidecar)
    if run.ended_at is not None:
        problems += [f"{stray}: no cell names this file" for stray in _strays(root, run)]
    return problems


def remove_strays(folder: Path, run: Run) -> None:
    """Remove sidecars that no cell names, which a killed or failed attempt left; a finished run must have none."""
    for stray in _strays(folder, run):
        stray.unlink()


def _strays(folder: Path, run: Run) -> list[Path]:
    results: list[Any] = [cell.outcome.result for cell in run.cells if cell.outcome.state == "measured"]
    named = {result.samples.path for result in results if hasattr(result, "samples")}
    present = sorted((folder / SAMPLES_DIR).glob("*.gz"))
    return [path for path in present if f"{SAMPLES_DIR}/{path.name}" not in named]


def _recompute(folder: Path, key: str, cell: Any, sidecar: Sidecar) -> list[str]:
    try:
        fields = cell.summarize(read_samples(folder, sidecar, cell.samples_type))
    except InvalidRecord as error:
        return error.problems
    except ValidationError as error:
        return _problems(folder / sidecar.path, error)
    except (ValueError, ArithmeticError) as error:
        return [f"{folder / sidecar.path}: cannot be summarized: {error}"]
    result = cell.outcome.result.model_dump()
    return [
        f"{folder / RUN_FILE}: {key}.outcome.result.{name}: does not follow from {sidecar.path}"
        for name, value in fields.items()
        if not _same(to_jsonable_python(value), result[name])
    ]


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[k], b[k]) for k in a)
    if isinstance(a, float) or isinstance(b, float):
        return a is not None and b is not None and bool(np.isclose(a, b, rtol=1e-9, atol=1e-12))
    return bool(a == b)


def _problems(path: Path, error: ValidationError) -> list[str]:
    found = []
    for item in error.errors():
        key = ".".join(str(part) for part in item["loc"]) or "(whole file)"
        found.append(f"{path}: {key}: {item['msg']}" + (f", got {item['input']!r:.80}" if item["loc"] else ""))
    return found


def _read(path: Path, expected: str) -> bytes:
    # A record comes from strangers: a link could lead anywhere, and reading a pipe would never end.
    try:
        if path.is_symlink() or (path.parent.name == SAMPLES_DIR and path.parent.is_symlink()):
            raise InvalidRecord([f"{path}: leads through a link; expected a file inside the run's folder"])
        if path.exists() and not path.is_file():
            raise InvalidRecord([f"{path}: not a plain file"])
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InvalidRecord([f"{path}: no such file; {expected}"]) from None
    except OSError as error:
        raise InvalidRecord([f"{path}: cannot be read: {error.strerror or error}"]) from None
    if len(content) > MAX_BYTES:
        raise InvalidRecord([f"{path}: larger than {MAX_BYTES:,} bytes"])
    return content


def _write(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise Stopped(
            f"cannot write {path}: {error.strerror or error}. What was measured before is kept: "
            "make room or the folder writable, then give the same command again"
        ) from None
