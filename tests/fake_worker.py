"""A child process that speaks the worker's protocol with made-up numbers, so that tests of the parent are quick."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests import factory


def emit(event: str, **fields: Any) -> None:
    print(json.dumps({"event": event, **fields}), flush=True)


def prepare() -> None:
    schemes = {
        name: {"example": "/nowhere/examples/x.py", "sha256": factory.SHA, "params": {}, "unsupported": None}
        for name in factory.SCHEMES
    }
    emit("schemes", device="cpu", schemes=schemes, why_not_compiled=None, cache="/nowhere")
    room = {"available_bytes": 2**40, "kv_values_per_token": 1000}
    emit("ready", folder="/nowhere", model=json.loads(factory.model_info().model_dump_json()), room=room)
    emit("tasks", tasks=[], unsupported_tasks={})
    emit("environment", environment=json.loads(factory.environment().model_dump_json()))


def measure(job: dict[str, Any]) -> None:
    scheme = job["specs"][0]["scheme"]
    emit("scheme", scheme=json.loads(factory.scheme_info(scheme).model_dump_json()))
    for fields in job["specs"]:
        size = fields["workload"]
        spec = factory.spec(fields["kind"], scheme, fields["mode"], fields["repeat"], **size)
        event: dict[str, Any] = {"id": spec.id, "started_at": factory.START.isoformat(), "duration_s": 0.1}
        if fields["kind"] == "memory":
            event["result"] = json.loads(factory.memory_result(scheme).model_dump_json())
        elif fields["kind"] == "fidelity":
            positions = (size["window_tokens"] - 1) * size["windows_per_corpus"]
            samples: Any = factory.fidelity_samples(factory.SCHEMES[scheme][2], positions)
            event |= {"samples": json.loads(samples.model_dump_json()), "result": {"corpus_source": "test"}}
        else:
            samples = factory.latency_samples(factory.SCHEMES[scheme][0], steps=size["new_tokens"] - 1)
            event["samples"] = json.loads(samples.model_dump_json())
            event["result"] = {
                "warmup_iterations": 1,
                "warmup_s": 1.0,
                "compile_s": None,
                "compiled_phases": [],
                "disturbance": json.loads(factory.disturbance().model_dump_json()),
                "reasons": {"compile_s": "eager mode compiles nothing"},
            }
        emit("cell", **event)


job = json.loads(sys.stdin.readline())
prepare() if job["job"] == "prepare" else measure(job)
emit("end")
