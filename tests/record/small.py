"""A small record with a cell of every kind and state, and ways to damage it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qdocs import record as r
from tests.factory import START, make_cell, spec, write

NAME = "2026-01-02-test-smollm2-135m"
# A thousand positions over both corpora, the fewest for a p99.9.
LONG = {"window_tokens": 251, "windows_per_corpus": 2}
SHORT = {"window_tokens": 16, "windows_per_corpus": 2}


def small_run(parent: Path, drop: int = 0) -> Path:
    """Write the record and return its folder; its last `drop` cells have no state yet."""
    folder = parent / NAME
    specs = [
        spec("memory", "bf16"),
        spec("memory", "int4wo-g32"),
        spec("fidelity", "int8wo", **LONG),
        spec("fidelity", "int4wo-g32", **SHORT),
        spec("latency", "bf16", "eager"),
        spec("latency", "int8wo", "compiled"),
        spec("latency", "int4wo-g32", "eager"),
        spec("latency", "int4wo-g32", "compiled"),
    ]
    cells = [make_cell(folder, one, index) for index, one in enumerate(specs[:-2])]
    timed = {"started_at": START, "duration_s": 0.5}
    cells += [
        r.LatencyCell(**dict(specs[-2]), **timed, outcome=r.Unsupported(reason="no kernel")),
        r.LatencyCell(**dict(specs[-1]), **timed, outcome=r.Failed(error="out of memory")),
    ]
    write(folder, specs, cells[: len(cells) - drop])
    return folder


def load(folder: Path) -> dict[str, Any]:
    """The raw `run.json`."""
    raw: dict[str, Any] = json.loads((folder / r.RUN_FILE).read_text("utf-8"))
    return raw


def save(folder: Path, raw: Any) -> None:
    """Write a raw `run.json`, whatever it holds."""
    (folder / r.RUN_FILE).write_text(json.dumps(raw), "utf-8")


# Keys and indices from the top of a JSON document down to a place in it.
Place = tuple[str | int, ...]


def leaves(node: Any, at: Place = ()) -> Iterator[Place]:
    """Where each number, text, truth value and null is."""
    if isinstance(node, (dict, list)) and node:
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(child, (*at, key))
    elif not isinstance(node, (dict, list)):
        yield at


def objects(node: Any, at: Place = ()) -> Iterator[Place]:
    """Where each object is."""
    if isinstance(node, dict):
        yield at
    if isinstance(node, (dict, list)):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from objects(child, (*at, key))


def get(raw: Any, at: Place) -> Any:
    """What is there."""
    for key in at:
        raw = raw[key]
    return raw


def replaced(raw: Any, at: Place, value: Any) -> Any:
    """A copy with one thing replaced."""
    made = copy.deepcopy(raw)
    get(made, at[:-1])[at[-1]] = value
    return made


def place(raw: Any, at: Place) -> str:
    """The name of a place: `latency.outcome.result.ttft_ms.p10`; `*` for what is counted or freely named."""
    parts = list(map(str, at))
    if at[0] == "cells":
        parts[:2] = [raw["cells"][at[1]]["kind"]]
    elif at[0] == "plan":
        parts[1] = raw["plan"][at[1]]["kind"]
    elif at[0] in ("models", "schemes"):
        parts[1] = "*"
    parts = ["*" if part.isdigit() or part in ("english", "code") else part for part in parts]
    if "versions" in parts[:-1] or "params" in parts[:-1]:
        parts[-1] = "*"
    return ".".join(parts)
