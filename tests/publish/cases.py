"""Runs for the tests of publishing: hand-made times, hostile text, every state."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

from qdocs import record as r
from tests import factory

ROOT = Path(__file__).parents[2]
PUBLISHED = Path("docs/data/runs")
YOURS = Path("runs")
# What a stranger might put into a record: HTML, Jinja, Markdown, a Markdown extension, a formula, our own placeholder.
HOSTILE = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1">'
MARKUP = "{{ 7*7 }} {% if %} **b** [x](javascript:alert(1)) @base@ `c` &amp; %{x}"
NASTY = f'{HOSTILE}\n```\n{MARKUP}\n--8<-- "README.md"'
WEIGHTS = ("int8wo", "int4wo-g32")
FORMULA = '=HYPERLINK("http://example.invalid")'


def folder(root: Path, name: str = "2026-01-02-test-smollm2", yours: bool = False) -> Path:
    made = root / (YOURS if yours else PUBLISHED) / name
    made.mkdir(parents=True)
    return made


def page_with_charts(root: Path, *charts: str, page: str = "page") -> None:
    """A page with a choice of runs above charts of all of them."""
    slots = "".join(f'{{{{ chart("{name}") }}}}\n' for name in charts)
    (root / "docs").mkdir(exist_ok=True)
    (root / f"docs/{page}.md").write_text(f"{{{{ runs() }}}}\n{slots}", encoding="utf-8")


def copy_docs(root: Path, *left_out: str) -> None:
    """The guide's pages and data, without published runs, the case studies that need theirs, and what else is named."""
    named = shutil.ignore_patterns("generated", "runs", *left_out)

    def ignored(folder: str, names: list[str]) -> set[str]:
        of_studies = Path(folder).name == "case-studies"
        studies = {name for name in names if of_studies and Path(folder, name).is_dir()}
        return {*named(folder, names), *studies}

    shutil.copytree(ROOT / "docs", root / "docs", ignore=ignored)


def rewrite(where: Path, run: r.Run, **changes: Any) -> r.Run:
    """Write the run again with top-level fields changed."""
    made = r.Run.model_validate({**dict(run), **changes})
    r.write_run(where, made)
    return made


def timed_cell(
    where: Path,
    scheme: str,
    mode: str,
    repeat: int,
    tpots: list[float],
    ttft: float = 100.0,
    size: dict[str, int] | None = None,
    **disturbed: Any,
) -> r.LatencyCell:
    """A latency cell whose iterations have exactly these times per output token and to the first token, in ms."""
    spec = factory.spec("latency", scheme, mode, repeat, **({"new_tokens": 3} | (size or {})))
    made = [r.LatencyIteration(ttft_ms=ttft, decode_ms=[t, t], end_to_end_ms=ttft + 2 * t) for t in tpots]
    samples = r.LatencySamples(iterations=made)
    eager = mode == "eager"
    result = r.LatencyResult(
        samples=r.write_samples(where, spec, samples),
        warmup_iterations=1,
        warmup_s=1.0,
        compile_s=None if eager else 12.5,
        compiled_phases=[] if eager else ["decode"],
        disturbance=factory.disturbance(**disturbed),
        reasons={"compile_s": "eager mode compiles nothing"} if eager else {},
        **spec.summarize(samples),
    )
    return r.LatencyCell(
        **dict(spec), started_at=factory.START, duration_s=1.0, outcome=r.Measured[r.LatencyResult](result=result)
    )


def refused(spec: Any, outcome: Any) -> Any:
    """A cell that was not measured."""
    kind = {
        "accuracy": r.AccuracyCell,
        "embedding": r.EmbeddingCell,
        "fidelity": r.FidelityCell,
        "latency": r.LatencyCell,
        "memory": r.MemoryCell,
    }[spec.kind]
    return kind(**dict(spec), started_at=factory.START, duration_s=0.5, outcome=outcome)


def weights(where: Path) -> r.Run:
    """A run of layer errors, and of what quantizing takes in three repeats."""
    specs = [factory.spec("layer_error", s) for s in WEIGHTS]
    specs += [factory.spec("quantizing", s, repeat=turn) for turn in (1, 2, 3) for s in WEIGHTS]
    return factory.write(where, specs, [factory.make_cell(where, one, index) for index, one in enumerate(specs)])


def sweep(where: Path) -> r.Run:
    """A run over batch and prompt.

    int8wo is faster only if compiled at batch 1, int4wo-g32 slower in large prefill; compiling bf16 does not pay at 16.
    """
    cells = []
    for batch in (1, 16):
        for prompt in (16, 128):
            for mode in ("eager", "compiled"):
                work = batch * prompt
                slow = 1.5 if mode == "eager" else 0.8 if batch == 1 else 1.2
                base = 12.0 if mode == "compiled" and batch == 16 else 10.0
                for scheme, token, first in (
                    ("bf16", base, 1.0 * work),
                    ("int8wo", 10.0 * slow, 1.25 * work),
                    ("int4wo-g32", 5.0 if batch == 1 else 10.0, 0.25 * work + work**2 / 1500),
                ):
                    tpots = [token * share for share in (0.99, 1.0, 1.01)]
                    size = {"batch": batch, "prompt_tokens": prompt}
                    cells.append(timed_cell(where, scheme, mode, 1, tpots, first, size))
    return factory.write(where, [_spec_of_cell(cell) for cell in cells], cells)


def on_gpu(where: Path) -> r.Run:
    """A made-up run as a data-center GPU would leave it, its int4 padded; never published."""
    run = factory.make_run(where, rounds=1)
    padded = r.Measured[r.MemoryResult](result=factory.memory_result("int4wo-g32", padding=20_000_000))
    cells = [
        one.model_copy(update={"outcome": padded}) if (one.kind, one.scheme) == ("memory", "int4wo-g32") else one
        for one in run.cells
    ]
    text = run.model_copy(update={"cells": cells}).model_dump_json()
    for ours, theirs in {
        '"smollm2-135m': '"shape:llama-3.1-8b',
        '"int8wo"': '"int8wo-head"',
        '"int4wo-g32"': '"int4wo-g64-head"',
        '"backend":"cpu"': '"backend":"cuda"',
        '"Test processor"': '"Test GPU"',
    }.items():
        text = text.replace(ours, theirs)
    made = r.Run.model_validate_json(text)
    r.write_run(where, made)
    return made


def _spec_of_cell(cell: r.LatencyCell) -> r.LatencySpec:
    return r.LatencySpec(**{name: getattr(cell, name) for name in r.LatencySpec.model_fields})


def hostile_run(where: Path, seed: int = 0) -> r.Run:
    """A valid run in which every free text is hostile, one cell failed and one is unsupported."""
    run = factory.make_run(where, rounds=2, seed=seed)
    cells: list[Any] = list(run.cells)
    last = {"failed": cells[-1], "unsupported": cells[-2]}
    cells[-1] = refused(_spec_of(run, last["failed"]), r.Failed(error=NASTY))
    cells[-2] = refused(_spec_of(run, last["unsupported"]), r.Unsupported(reason=NASTY))
    for gone in last.values():
        (where / gone.outcome.result.samples.path).unlink()  # type: ignore[union-attr]
    env = run.environment.model_copy(
        update={
            "device": run.environment.device.model_copy(update={"name": NASTY}),
            "system": NASTY,
            "processor": FORMULA,
            "versions": {"torch": NASTY},
        }
    )
    models = {name: model.model_copy(update={"caveat": NASTY, "source": NASTY}) for name, model in run.models.items()}
    schemes = {
        name: scheme.model_copy(
            update={
                "example": HOSTILE,
                "configs": [NASTY],
                "layers": [
                    group if group.quantized else group.model_copy(update={"skipped_because": FORMULA + NASTY})
                    for group in scheme.layers
                ],
            }
        )
        for name, scheme in run.schemes.items()
    }
    return rewrite(where, run, cells=cells, environment=env, models=models, schemes=schemes, command=["qdocs", NASTY])


def with_states(where: Path) -> r.Run:
    """A run with a measured baseline, one failed, one unsupported and one disturbed cell."""
    run = factory.make_run(where, rounds=1)
    cells: list[Any] = list(run.cells)
    by_id = {cell.id: index for index, cell in enumerate(cells)}
    failed = by_id["smollm2-135m/int8wo/cpu/compiled/latency-b1-p128-n8/r1"]
    unsupported = by_id["smollm2-135m/int4wo-g32/cpu/eager/fidelity-w256x4/r1"]
    for index, outcome in (
        (failed, r.Failed(error="the compiler ran out of memory")),
        (unsupported, r.Unsupported(reason="needs a newer torchao")),
    ):
        (where / cells[index].outcome.result.samples.path).unlink()
        cells[index] = refused(_spec_of(run, cells[index]), outcome)
    noisy = by_id["smollm2-135m/int8wo/cpu/eager/latency-b1-p128-n8/r1"]
    loud = factory.disturbance(others_cpu_share=0.4, attempts=3, disturbed=True)
    result = cells[noisy].outcome.result.model_copy(update={"disturbance": loud})
    cells[noisy] = cells[noisy].model_copy(update={"outcome": r.Measured[r.LatencyResult](result=result)})
    return rewrite(where, run, cells=cells)


def later(where: Path, days: int, **changes: Any) -> r.Run:
    """The factory's run, started some days later."""
    run = factory.make_run(where, rounds=2)
    moved = {"started_at": run.started_at + timedelta(days=days)}
    if run.ended_at:
        moved["ended_at"] = run.ended_at + timedelta(days=days)
    return rewrite(where, run, **moved, **changes)


def _spec_of(run: r.Run, cell: Any) -> Any:
    return next(spec for spec in run.plan if spec.id == cell.id)
