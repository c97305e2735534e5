"""Which run does a command go on with, and how does a new one begin?"""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qdocs import __version__
from qdocs.errors import InvalidRecord
from qdocs.record import RUN_FILE, AnySpec, Environment, Model, Run, Task, new_folder, read_run

SEED = 0
UNFINISHED = "not every planned cell has a state yet"


def fingerprint_of(
    specs: list[AnySpec],
    model: Model,
    environment: Environment,
    examples: dict[str, Any],
    tasks: list[Task],
    with_texts: bool,
) -> str:
    """A digest of everything that must not change within a run."""
    content = {
        "plan": [spec.id for spec in specs],
        "model": [model.weights_sha256, model.setup_sha256, model.weights_seed],
        "device": environment.device.name,
        "threads": environment.torch_threads,
        "bf16_products": environment.bf16_products,
        "versions": environment.versions,
        "python": environment.python,
        "examples": examples,
        "tasks": [task.model_dump(mode="json") for task in tasks],
        "with_texts": with_texts,
        "qdocs": __version__,
        "seed": SEED,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def open_run(
    out: Path,
    suite: str,
    command: list[str],
    specs: list[AnySpec],
    model: Model,
    environment: Environment,
    tasks: list[Task],
    fingerprint: str,
) -> tuple[Path, Run]:
    """Find the run to go on with, or begin one.

    Args:
        out: Where runs are kept.
        suite: The suite's name.
        command: As it was given.
        specs: The plan.
        model: What is measured.
        environment: Where.
        tasks: What is asked.
        fingerprint: Of all that must not change within a run.

    Returns:
        The run's folder, which may not be there yet, and the run as it stands.
    """
    for file in sorted(out.glob(f"*/{RUN_FILE}")):
        try:
            earlier = read_run(file.parent)
        except InvalidRecord:
            continue
        if earlier.fingerprint == fingerprint and (earlier.remaining() or earlier.ended_at is None):
            return file.parent, Run(
                **{name: getattr(earlier, name) for name in Run.model_fields}
                | {"ended_at": None, "reasons": earlier.reasons | {"ended_at": UNFINISHED}}
            )
    now = datetime.now(UTC)
    stem = "-".join([now.date().isoformat(), _slug(environment.device.name), _slug(model.id.split(":")[-1])])
    folder = new_folder(out, stem)
    commit, dirty = checkout()
    reasons = {"ended_at": UNFINISHED}
    if commit is None:
        reasons |= dict.fromkeys(("commit", "dirty"), "qdocs does not run from a git checkout")
    return folder, Run(
        name=folder.name,
        suite=suite,
        command=command,
        fingerprint=fingerprint,
        qdocs_version=__version__,
        commit=commit,
        dirty=dirty,
        started_at=now,
        ended_at=None,
        seed=SEED,
        environment=environment,
        merged_from=[],
        models={model.id: model},
        schemes={},
        tasks={task.name: task for task in tasks},
        plan=specs,
        cells=[],
        reasons=reasons,
    )


def _slug(text: str) -> str:
    kept = "".join(c if (c.isascii() and c.isalnum()) or c == "." else "-" for c in text.lower())
    return "-".join(part for part in kept.split("-") if part)[:60]


def checkout() -> tuple[str | None, bool | None]:
    """The commit of the checkout that this code is in, and whether tracked files differ from it."""
    here = Path(__file__).resolve().parent

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(here), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        return git("rev-parse", "HEAD"), bool(git("status", "--porcelain", "--untracked-files=no"))
    except (OSError, subprocess.CalledProcessError):
        return None, None
