"""How do runs that shared a plan become one, and when must they not?"""

from __future__ import annotations

import hashlib
import shutil
from itertools import combinations
from pathlib import Path
from typing import Any

from qdocs.errors import InvalidRecord, Stopped, WrongUse
from qdocs.record import Model, Run, RunPart, check, new_folder, read_run, write_run
from qdocs.shards import workload

ENDING = "-merged"


def merge(folders: list[Path], out: Path) -> tuple[Path, Run]:
    """Join finished runs of one model, on like devices, each with workloads of its own.

    Args:
        folders: The runs' folders, two or more; they stay as they are.
        out: Where to put the merged run, in a new folder named after the first.

    Returns:
        The new folder and the run.

    Raises:
        InvalidRecord: If one of them is no valid record.
        WrongUse: If they must not be joined, with every reason.
        Stopped: If the disk refuses.
    """
    if problems := [problem for folder in folders for problem in check(folder)]:
        raise InvalidRecord(problems)
    runs = [read_run(folder) for folder in folders]
    if len(runs) < 2:
        raise WrongUse("nothing to merge: name two runs or more")
    reasons = [f"{run.name} is not finished: give its command again first" for run in runs if run.ended_at is None]
    reasons += [reason for a, b in combinations(runs, 2) for reason in why_not(a, b)]
    if reasons:
        raise WrongUse("these runs cannot be merged: " + "; ".join(dict.fromkeys(reasons)))
    folder = new_folder(out, runs[0].name.removesuffix(ENDING) + ENDING)
    run = _joined(runs, folder.name)
    try:
        for source in folders:
            if (source / "samples").is_dir():
                shutil.copytree(source / "samples", folder / "samples", dirs_exist_ok=True)
    except OSError as error:
        raise Stopped(f"cannot write {folder}: {error.strerror or error}") from None
    write_run(folder, run)
    return folder, run


def why_not(ours: Run, theirs: Run) -> list[str]:
    """Why two runs must not become one: anything differs that a ratio could come from, or both measured the same."""
    both = f"{ours.name} and {theirs.name}"
    found = [
        f"{both} differ in {what}: {a} and {b}"
        for what, a, b in (
            ("the model", _models(ours), _models(theirs)),
            ("the device", _device(ours), _device(theirs)),
            ("versions", _versions(ours), _versions(theirs)),
            ("the suite", ours.suite, theirs.suite),
            ("qdocs", ours.commit or ours.qdocs_version, theirs.commit or theirs.qdocs_version),
            ("the seed", str(ours.seed), str(theirs.seed)),
        )
        if a != b
    ]
    for kind in ("schemes", "tasks"):
        mine, other = getattr(ours, kind), getattr(theirs, kind)
        found += [f"{both} have other {kind} of the name {n}" for n in mine if n in other and mine[n] != other[n]]
    shared = sorted({workload(spec) for spec in ours.plan} & {workload(spec) for spec in theirs.plan})
    if shared:
        found.append(f"{both} both measured {', '.join(shared)}")
    return found


def _joined(runs: list[Run], name: str) -> Run:
    first = runs[0]
    parts = [part for run in runs for part in (run.merged_from or [_as_part(run)])]
    dirty = None if any(run.dirty is None for run in runs) else any(run.dirty for run in runs)
    merged: dict[str, Any] = {
        "name": name,
        "command": ["qdocs", "merge", *(run.name for run in runs)],
        "fingerprint": hashlib.sha256("".join(sorted(run.fingerprint for run in runs)).encode()).hexdigest(),
        "started_at": min(run.started_at for run in runs),
        "ended_at": max(part.ended_at for part in parts),
        "dirty": dirty,
        "merged_from": parts,
        "schemes": {name: scheme for run in reversed(runs) for name, scheme in run.schemes.items()},
        "tasks": {name: task for run in runs for name, task in run.tasks.items()},
        "plan": [spec for run in runs for spec in run.plan],
        "cells": [cell for run in runs for cell in run.cells],
    }
    return Run(**{field: getattr(first, field) for field in Run.model_fields} | merged)


def _as_part(run: Run) -> RunPart:
    assert run.ended_at is not None
    return RunPart(
        name=run.name,
        command=run.command,
        started_at=run.started_at,
        ended_at=run.ended_at,
        environment=run.environment,
        workloads=list(dict.fromkeys(map(workload, run.plan))),
    )


def _models(run: Run) -> str:
    def digests(model: Model) -> str:
        weights = model.weights_sha256 or f"seed {model.weights_seed}"
        return f"weights {weights[:12]}, setup {(model.setup_sha256 or 'none')[:12]}"

    return ", ".join(f"{model.id} ({digests(model)})" for model in run.models.values())


def _device(run: Run) -> str:
    env = run.environment
    return f"{env.device.backend}, {env.device.name}, {env.torch_threads} threads, bf16 products {env.bf16_products}"


def _versions(run: Run) -> str:
    env = run.environment
    return ", ".join(f"{name} {version}" for name, version in {"Python": env.python, **env.versions}.items())
