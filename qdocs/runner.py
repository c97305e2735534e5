"""How does a run get from a plan to a record, and go on where it stopped?"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

from qdocs.children import ChildDied, cache_environment, run_child
from qdocs.embedded import Purpose
from qdocs.errors import Stopped, WrongUse, remade
from qdocs.expected import guess, items
from qdocs.fits import Room, why_not
from qdocs.opening import fingerprint_of, open_run
from qdocs.plan import plan
from qdocs.record import (
    BASELINE,
    NOISE_FLOOR,
    AccuracySpec,
    AnyCell,
    AnySpec,
    EncodingCell,
    EncodingSpec,
    Environment,
    LatencyCell,
    LatencySpec,
    MemorySpec,
    Model,
    Run,
    Scheme,
    Task,
    TextSpec,
    remove_strays,
    write_run,
    write_samples,
)
from qdocs.record.base import Mode
from qdocs.shards import shard
from qdocs.suites import TASKS_ONLY, Suite
from qdocs.tasks.asked import Asked

CELL: TypeAdapter[AnyCell] = TypeAdapter(AnyCell)
# What these say of random weights means nothing.
NEEDS_REAL_WEIGHTS = ("fidelity", "layer_error", "accuracy", "text", "tokenization")
# A process that asks more items may take longer, even with a model many times the size of the embedded one.
LIMIT_S_PER_ITEM = 2.0


@dataclass(frozen=True)
class Request:
    """What to run, as the command line says it."""

    suite: Suite
    model: str
    schemes: list[str] | None
    example: Path | None
    modes: list[Mode] | None
    device: str
    rounds: int | None
    budget_min: float | None
    out: Path
    command: list[str]
    tasks: list[Asked]
    with_texts: bool
    loading: dict[str, bool]
    shard: tuple[int, int]


class Reporter(Protocol):
    """Where progress goes."""

    def say(self, text: str) -> None:
        """What is going on now."""

    def plan(self, cells: int, settled: int, folder: Path) -> None:
        """What is to be done, and where it is kept."""

    def left(self, seconds: float) -> None:
        """About how long it will still take."""

    def cell(self, cell: AnyCell) -> None:
        """A cell has its state."""


def prepare(
    model: str,
    example: Path | None,
    device: str,
    reporter: Reporter,
    *,
    tasks: list[Asked],
    corpus_for: list[Purpose],
    loading: dict[str, bool],
    only_tasks: bool = False,
    only_list: bool = False,
) -> dict[str, Any]:
    """Let a child fetch what is needed and say what machine, model, schemes and tasks there are.

    Raises:
        QdocsError: As the child found it.
    """
    job = {
        "job": "prepare",
        "model": model,
        "example": str(example.resolve()) if example else None,
        "device": device,
        "tasks": [task.job() for task in tasks],
        "corpus_for": corpus_for,
        "loading": loading,
        "only_tasks": only_tasks,
        "only_list": only_list,
    }
    found: dict[str, Any] = {}
    for event in run_child(job, 3600, {}, lambda: None):
        if event["event"] == "progress":
            reporter.say(event["text"])
        elif event["event"] == "error":
            raise remade(event["kind"], event["message"])
        else:
            found |= event
    return found


def run(request: Request, reporter: Reporter) -> tuple[Path, Run]:
    """Measure, or go on measuring, what was asked for.

    The same request on the same machine with the same code goes on with a run that is unfinished or has failed cells;
    otherwise it begins a new one.

    Returns:
        The run's folder and the run as it stands, finished unless the budget ended it.

    Raises:
        WrongUse: If the request is not right.
        Stopped: If the machine refuses something needed; what was measured is kept.
    """
    from filelock import FileLock, Timeout

    reporter.say("looking at the machine")
    found = prepare(
        request.model,
        request.example,
        request.device,
        reporter,
        tasks=request.tasks,
        corpus_for=request.suite.reads_corpus,
        loading=request.loading,
        only_tasks=request.suite.name == TASKS_ONLY,
    )
    model = Model.model_validate_json(json.dumps(found["model"]))
    schemes = _choose(request, model, found["schemes"])
    environment = Environment.model_validate_json(json.dumps(found["environment"]))
    modes: list[Mode] = request.modes or list(request.suite.modes)
    rounds = request.rounds or request.suite.rounds
    described = [Task.model_validate_json(json.dumps(task)) for task in found["tasks"]]
    specs = plan(request.suite, model, schemes, modes, environment.device.backend, rounds, described)
    specs = shard(specs, *request.shard)
    asked = {spec.workload.task for spec in specs if isinstance(spec, AccuracySpec | TextSpec)}
    described = [task for task in described if task.name in asked]
    examples = {name: {k: found["schemes"][name][k] for k in ("sha256", "params")} for name in schemes}
    fingerprint = fingerprint_of(specs, model, environment, examples, described, request.with_texts)
    try:
        request.out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(request.out / ".qdocs.lock", timeout=0)
        with lock:
            folder, now = open_run(
                request.out, request.suite.name, request.command, specs, model, environment, described, fingerprint
            )
            measuring = _Measuring(request, found, folder, now, reporter)
            measuring.work()
            return folder, measuring.run
    except Timeout:
        raise Stopped(
            f"another qdocs run is measuring into {request.out}; wait for it or choose another --out"
        ) from None
    except OSError as error:
        raise Stopped(f"cannot write {request.out}: {error.strerror or error}") from None


class _Measuring:
    """The cells of one run, one process after the other."""

    def __init__(self, request: Request, found: dict[str, Any], folder: Path, run: Run, reporter: Reporter) -> None:
        self.run = run
        self._request = request
        self._found = found
        self._folder = folder
        self._reporter = reporter
        self._room = Room(**found["room"])
        self._random = any(model.weights_seed is not None for model in run.models.values())
        self._start = time.monotonic()
        self._seen_s = self._guessed_s = 0.0

    def work(self) -> None:
        """Settle cells until none remains or the budget is used."""
        remaining = self.run.remaining()
        self._reporter.plan(len(self.run.plan), len(self.run.plan) - len(remaining), self._folder)
        write_run(self._folder, self.run)
        open_cells = [spec for spec in remaining if not self._settle_unsupported(spec)]
        jobs = [list(group) for _, group in groupby(open_cells, key=_process_key)]
        for index, job in enumerate(jobs):
            expected = [guess(j) * self._pace for j in jobs[index:]]
            spent = time.monotonic() - self._start
            if self._request.budget_min is not None and spent + expected[0] > 60 * self._request.budget_min:
                return
            began = time.monotonic()
            self._process(job, sum(expected))
            self._seen_s += time.monotonic() - began
            self._guessed_s += guess(job)
        if len(self.run.cells) == len(self.run.plan):
            remove_strays(self._folder, self.run)
            # A clock that was set back must not make the run end before it began.
            self._replace(ended_at=max(datetime.now(UTC), self.run.started_at))

    @property
    def _pace(self) -> float:
        """Seconds seen for a second guessed."""
        return self._seen_s / self._guessed_s if self._guessed_s else 1.0

    def _settle_unsupported(self, spec: AnySpec) -> bool:
        reason = self._found["schemes"][spec.scheme]["unsupported"]
        if reason is None and spec.kind in NEEDS_REAL_WEIGHTS and self._random:
            reason = (
                f"{spec.model} has random weights, which show speed and memory only; measure a model of real weights"
            )
        if reason is None:
            reason = why_not(spec, self.run.models[spec.model], self._room)
        if reason is None and spec.mode == "compiled":
            reason = self._found["why_not_compiled"]
        if reason is None and isinstance(spec, AccuracySpec):
            reason = self._found["unsupported_tasks"].get(spec.workload.task)
        if reason is not None:
            self._settle(spec, datetime.now(UTC).isoformat(), 0.0, {"state": "unsupported", "reason": reason})
        return reason is not None

    def _process(self, specs: list[AnySpec], expected_s: float) -> None:
        """Measure cells in one child; whatever happens to it, each of them gets a state."""
        by_id = {spec.id: spec for spec in specs}
        first = specs[0]
        suite, purpose = self._request.suite, self.run.models[first.model].purpose
        name = f"{first.scheme}, {first.kind}" + (
            f" {first.mode}, round {first.repeat}" if isinstance(first, LatencySpec | EncodingSpec) else ""
        )
        job = {
            "job": "measure",
            "folder": self._found["folder"],
            "purpose": purpose,
            "loading": self._request.loading,
            "tasks": {task.name: task.job() for task in self._request.tasks},
            "items_sha256": {name: task.items_sha256 for name, task in self.run.tasks.items()},
            "with_texts": self._request.with_texts,
            "device": self._found["device"],
            "example": self._found["schemes"][first.scheme]["example"],
            "specs": [json.loads(spec.model_dump_json()) for spec in specs],
            "iterations": (suite.embedding if purpose == "embed" else suite.generating).iterations,
            "precision": suite.generating.precision,
            "seed": self.run.seed,
            "probes": self._probes(),
        }
        began, started = time.monotonic(), datetime.now(UTC).isoformat()

        def tick() -> None:
            self._reporter.left(max(1.0, expected_s - (time.monotonic() - began)))

        tick()
        left: dict[str, str] = {"state": "failed", "error": "the process ended without a result"}
        try:
            variables = cache_environment(Path(self._found["cache"]))
            for event in run_child(job, suite.time_limit_s + LIMIT_S_PER_ITEM * items(specs), variables, tick):
                if event["event"] == "progress":
                    self._reporter.say(f"{name}: {event['text']}")
                elif event["event"] == "scheme":
                    scheme = Scheme.model_validate_json(json.dumps(event["scheme"]))
                    self._replace(schemes={**self.run.schemes, first.scheme: scheme})
                elif event["event"] == "cell":
                    spec = by_id.pop(event["id"])
                    self._settle(spec, event["started_at"], event["duration_s"], self._outcome(spec, event))
                elif event["event"] == "unsupported":
                    left = {"state": "unsupported", "reason": event["reason"][:4000]}
                else:
                    left = {"state": "failed", "error": (event.get("error") or event["message"])[:4000]}
        except ChildDied as error:
            left = {"state": "failed", "error": str(error)[:4000]}
        for spec in by_id.values():
            self._settle(spec, started, round(time.monotonic() - began, 3), left)

    def _probes(self) -> list[float]:
        probes = list(self.run.environment.bandwidth_probes_gb_per_s)
        for cell in self.run.cells:
            if isinstance(cell, LatencyCell | EncodingCell) and cell.outcome.state == "measured":
                seen = cell.outcome.result.disturbance
                probes += [seen.probe_before_gb_per_s, seen.probe_after_gb_per_s]
        return probes

    def _outcome(self, spec: AnySpec, event: dict[str, Any]) -> dict[str, Any]:
        """Turn a child's event into a state; samples go into their sidecar first."""
        if "error" in event:
            return {"state": "failed", "error": event["error"]}
        result = event["result"]
        if spec.samples_type is not None:
            try:
                samples: Any = spec.samples_type.model_validate_json(json.dumps(event["samples"]))
                summary = spec.summarize(samples)
            except (ValueError, ArithmeticError) as error:
                return {"state": "failed", "error": f"the samples are not valid: {error}"[:4000]}
            result = result | to_jsonable_python(summary)
            result["samples"] = write_samples(self._folder, spec, samples).model_dump()
        return {"state": "measured", "result": result}

    def _settle(self, spec: AnySpec, started_at: str, duration_s: float, outcome: dict[str, Any]) -> None:
        fields = json.loads(spec.model_dump_json()) | {"started_at": started_at, "duration_s": duration_s}
        others = [c for c in self.run.cells if c.id != spec.id]
        try:
            cell = CELL.validate_json(json.dumps(fields | {"outcome": outcome}))
            self._replace(cells=[*others, cell])
        except ValidationError as error:
            failed = {"state": "failed", "error": f"the result is not valid: {error}"[:4000]}
            cell = CELL.validate_json(json.dumps(fields | {"outcome": failed}))
            self._replace(cells=[*others, cell])
        self._reporter.cell(cell)

    def _replace(self, **changes: Any) -> None:
        """Change the run and write it, in one step."""
        fields = {name: getattr(self.run, name) for name in Run.model_fields} | changes
        reasons = {k: v for k, v in self.run.reasons.items() if fields.get(k) is None}
        self.run = Run(**fields | {"reasons": reasons})
        write_run(self._folder, self.run)


def _process_key(spec: AnySpec) -> tuple[str, ...]:
    """Neighbouring cells with the same key share a process."""
    # What was freed before stays in a process and hides a peak; and torch compiles a function for eight shapes only.
    alone = spec.slug if isinstance(spec, LatencySpec | MemorySpec) else ""
    return spec.kind, spec.scheme, spec.mode, str(spec.repeat), alone


def _choose(request: Request, model: Model, known: dict[str, Any]) -> list[str]:
    """The schemes to run: those asked for, the baseline, and the noise floor where something is compared with it."""
    asked = request.schemes or list(request.suite.schemes)
    if request.example is not None and request.schemes is None:
        here = str(request.example.resolve())
        asked = [name for name, scheme in known.items() if scheme["example"] == here]
    if unknown := [name for name in asked if name not in known]:
        raise WrongUse(f"unknown scheme {', '.join(map(repr, unknown))}: expected one of {', '.join(known)}")
    floor = [NOISE_FLOOR] if request.suite.compares_answers(model.purpose) else []
    return list(dict.fromkeys([*floor, BASELINE, *asked]))
