"""What does a child process do: prepare a run, or measure the cells of one model × scheme × mode and kind?

It reads one job as a line of JSON on standard input and writes events as lines of JSON on standard output. Standard
input stays open: when it closes, the parent is gone and the child ends. Anything that a library prints goes to
standard error.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter

from qdocs.errors import QdocsError
from qdocs.measure.quiet import silence_known_warnings
from qdocs.record import AnySpec, Scheme, coverage

Emit = Callable[..., None]
SPEC: TypeAdapter[AnySpec] = TypeAdapter(AnySpec)


def prepare(job: dict[str, Any], emit: Emit) -> None:
    """Say what there is, and fetch what is needed."""
    from qdocs.measure.prepare import prepare

    prepare(job, emit)


def measure(job: dict[str, Any], emit: Emit) -> None:
    """Load the model, apply the scheme, measure each cell; a cell that fails does not stop the next one."""
    import torch

    from qdocs.measure.cells import load_subject, measure_cell, told
    from qdocs.measure.layers import describe_layers, watch
    from qdocs.measure.memory import count_parameters
    from qdocs.schemes import find_schemes, where

    specs = [SPEC.validate_python(spec) for spec in job["specs"]]
    torch.manual_seed(job["seed"])
    emit("progress", text="loading")
    subject = load_subject(job, specs[0])
    parameters = count_parameters(subject.model)
    example = Path(job["example"])
    with watch() as watched:
        definition = find_schemes(example)[specs[0].scheme]
        emit("progress", text="applying the scheme")
        try:
            model = subject.weigh(lambda model: definition.quantize(model, **definition.params))
        except NotImplementedError as error:
            emit("unsupported", reason=str(error) or f"quantize() in {where(example, error)} does not do this model")
            return
        except Exception as error:
            emit("failed", error=f"quantize() in {where(example, error)}: {type(error).__name__}: {error}")
            return
        if not isinstance(model, torch.nn.Module):
            emit("failed", error=f"quantize() in {example} returned {type(model).__name__}; expected the model")
            return
        subject.put(model)
        gc.collect()
        layers = describe_layers(model, watched)
    scheme = Scheme(
        example=f"{example.parent.name}/{example.name}",
        example_sha256=definition.example_sha256,
        params=definition.params,
        configs=sorted(set(watched.configs)),
        layers=layers,
        coverage=coverage(layers),
        head_quantized=any(g.is_head and g.quantized for g in layers),
    )
    emit("scheme", scheme=json.loads(scheme.model_dump_json()))
    for spec in specs:
        started, clock = datetime.now(UTC), time.perf_counter()
        event: dict[str, Any] = {"id": spec.id, "started_at": started.isoformat()}
        try:
            event |= measure_cell(spec, job, subject, parameters, lambda text: emit("progress", text=text))
        except Exception as error:
            event["error"] = told(error, spec, job)
        emit("cell", duration_s=round(time.perf_counter() - clock, 3), **event)


def main() -> None:
    """Run one job."""
    events: IO[str] = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    job = json.loads(sys.stdin.readline())

    def leave_with_parent() -> None:
        sys.stdin.read()
        os._exit(1)

    threading.Thread(target=leave_with_parent, daemon=True).start()

    def emit(event: str, **fields: Any) -> None:
        events.write(json.dumps({"event": event, **fields}) + "\n")
        events.flush()

    silence_known_warnings()
    try:
        {"prepare": prepare, "measure": measure}[job["job"]](job, emit)
    except QdocsError as error:
        emit("error", kind=type(error).__name__, message=str(error))
    emit("end")
    events.close()
    # Leave without tearing down threads that wait for input.
    os._exit(0)


if __name__ == "__main__":
    main()
