"""Which rows does a run's record come to, one frame a question?

Missing numbers are `None`; the column beside them says why.
"""

from __future__ import annotations

import math
from collections import defaultdict
from statistics import median
from typing import Any

import pandas as pd

from qdocs.publish.runs import FoundRun
from qdocs.record import (
    BASELINE,
    BytesByRole,
    FidelityCell,
    LatencyCell,
    LatencySamples,
    MemoryCell,
    Quantiles,
    read_samples,
)
from qdocs.stats import Interval, speed_ratio, window_mean

ROLES = list(BytesByRole.model_fields)
ALL_CORPORA = "all"
Row = dict[str, Any]


def latency(found: FoundRun) -> pd.DataFrame:
    """One row a model, backend, workload, scheme and mode, over its rounds.

    Times are medians over rounds of each round's median, as `qdocs show` prints them. The ratio compares with the
    baseline in the same mode, round by round, over the rounds that both have.
    """
    cells: dict[tuple[Any, ...], dict[int, tuple[LatencyCell, LatencySamples]]] = defaultdict(dict)
    for cell in found.run.cells:
        if isinstance(cell, LatencyCell) and cell.outcome.state == "measured":
            samples = read_samples(found.folder, cell.outcome.result.samples, LatencySamples)
            w = cell.workload
            key = (cell.model, cell.backend, w.batch, w.prompt_tokens, w.new_tokens, cell.mode, cell.scheme)
            cells[key][cell.repeat] = (cell, samples)
    sizes = _stored_bytes(found)
    rows = []
    for key, rounds in cells.items():
        model, backend, batch, prompt_tokens, new_tokens, mode, scheme = key
        tpots = {r: [i.tpot_ms for i in samples.iterations] for r, (_, samples) in rounds.items()}
        ttfts = [[i.ttft_ms for i in samples.iterations] for _, samples in rounds.values()]
        tpot, ttft = _middle(list(tpots.values())), _middle(ttfts)
        spread = Quantiles.of([t for times in tpots.values() for t in times])
        baseline = {
            r: [i.tpot_ms for i in samples.iterations]
            for r, (_, samples) in cells.get((*key[:-1], BASELINE), {}).items()
        }
        results = [cell.outcome.result for cell, _ in rounds.values() if cell.outcome.state == "measured"]
        compiled = [r.compile_s for r in results if r.compile_s is not None]
        stored = sizes.get((model, scheme, backend))
        stored_baseline = sizes.get((model, BASELINE, backend))
        rows.append(
            {
                "model": model,
                "backend": backend,
                "batch": batch,
                "prompt_tokens": prompt_tokens,
                "new_tokens": new_tokens,
                "scheme": scheme,
                "mode": mode,
                "rounds": len(rounds),
                "iterations": sum(map(len, tpots.values())),
                "ttft_ms": ttft,
                "tpot_ms": tpot,
                "tpot_p10_ms": spread.p10,
                "tpot_p90_ms": spread.p90,
                "prefill_tokens_per_s": 1000 * batch * prompt_tokens / ttft,
                "decode_tokens_per_s": 1000 * batch / tpot,
                **_ratio(scheme, mode, baseline, tpots),
                "stored_bytes": stored,
                "size_ratio": stored / stored_baseline if stored and stored_baseline else None,
                "warmup_s": max(r.warmup_s for r in results),
                "compile_s": max(compiled) if compiled else None,
                "compile_note": next((r.reasons["compile_s"] for r in results if "compile_s" in r.reasons), ""),
                **_disturbance([cell for cell, _ in rounds.values()]),
            }
        )
    return _frame(found, rows, ["model", "backend", "batch", "prompt_tokens", "new_tokens", "mode"])


def memory(found: FoundRun) -> pd.DataFrame:
    """One row a measured memory cell: stored bytes by role, padding, bits, peaks."""
    sizes = _stored_bytes(found)
    rows = []
    for cell in found.run.cells:
        if not isinstance(cell, MemoryCell) or cell.outcome.state != "measured":
            continue
        result = cell.outcome.result
        baseline = sizes.get((cell.model, BASELINE, cell.backend))
        rows.append(
            {
                "model": cell.model,
                "backend": cell.backend,
                "batch": cell.workload.batch,
                "context_tokens": cell.workload.context_tokens,
                "scheme": cell.scheme,
                "mode": cell.mode,
                "repeat": cell.repeat,
                **{f"{role}_bytes": count for role, count in result.roles_bytes.model_dump().items()},
                **result.model_dump(exclude={"roles_bytes", "reasons"}),
                **{f"{name}_note": why for name, why in result.reasons.items()},
                "size_ratio": result.stored_bytes / baseline if baseline else None,
                **_covered(found, cell.scheme),
            }
        )
    return _frame(found, rows, ["model", "backend", "batch", "context_tokens", "mode", "repeat"])


def fidelity(found: FoundRun) -> pd.DataFrame:
    """One row a measured fidelity cell and corpus, and one over all corpora, with intervals over windows."""
    rows = []
    for cell in found.run.cells:
        if not isinstance(cell, FidelityCell) or cell.outcome.state != "measured":
            continue
        result = cell.outcome.result
        samples = read_samples(found.folder, result.samples, cell.samples_type)
        corpora = samples.corpora  # type: ignore[attr-defined]
        window = cell.workload.window_tokens - 1
        for corpus, close in {ALL_CORPORA: result.overall, **result.by_corpus}.items():
            parts = list(corpora.values()) if corpus == ALL_CORPORA else [corpora[corpus]]
            kl = window_mean([v for p in parts for v in p.kl_nats], window)
            top1 = window_mean([float(v) for p in parts for v in p.top1_agrees], window)
            rows.append(
                {
                    "model": cell.model,
                    "backend": cell.backend,
                    "window_tokens": cell.workload.window_tokens,
                    "windows_per_corpus": cell.workload.windows_per_corpus,
                    "corpus": corpus,
                    "scheme": cell.scheme,
                    "mode": cell.mode,
                    "repeat": cell.repeat,
                    **close.model_dump(exclude={"reasons"}),
                    "kl_p999_note": close.reasons.get("kl_p999_nats", ""),
                    **_ends("kl_mean", kl, "_nats", math.inf),
                    **_ends("top1_agreement", top1, "", 1.0),
                    "interval_basis": kl.basis,
                    "corpus_source": result.corpus_source,
                    **_covered(found, cell.scheme),
                }
            )
    return _frame(found, rows, ["model", "backend", "window_tokens", "windows_per_corpus", "mode", "repeat"])


def coverage(found: FoundRun) -> pd.DataFrame:
    """One row a scheme and group of like layers: what each became, or why it was skipped."""
    rows = [
        {
            "scheme": name,
            "coverage": scheme.coverage,
            "head_quantized": scheme.head_quantized,
            "example": scheme.example,
            "params": ", ".join(f"{k} = {v}" for k, v in scheme.params.items()),
            "configs": "\n".join(scheme.configs),
            "layers": group.pattern,
            "count": group.count,
            "out_features": group.out_features,
            "in_features": group.in_features,
            "is_head": group.is_head,
            "quantized": group.quantized,
            "tensor_class": group.tensor_class,
            "skipped_because": group.skipped_because or "",
        }
        for name, scheme in found.run.schemes.items()
        for group in scheme.layers
    ]
    return _frame(found, rows, [])


def states(found: FoundRun) -> pd.DataFrame:
    """One row a planned cell: its state, and the reason where it is not `measured`."""
    done = {cell.id: cell for cell in found.run.cells}
    rows = []
    for spec in found.run.plan:
        cell = done.get(spec.id)
        if cell is None:
            state = "not run"
            reason = "the run ended without it" if found.complete else "the run is not finished"
        else:
            state, outcome = cell.outcome.state, cell.outcome
            reason = "" if outcome.state == "measured" else getattr(outcome, "reason", None) or outcome.error  # type: ignore[union-attr]
        rows.append(
            {
                "model": spec.model,
                "scheme": spec.scheme,
                "backend": spec.backend,
                "mode": spec.mode,
                "workload": spec.slug,
                "repeat": spec.repeat,
                "state": state,
                "reason": reason,
            }
        )
    return _frame(found, rows, [])


def groups(frame: pd.DataFrame, columns: list[str]) -> list[pd.DataFrame]:
    """The parts of a frame that may be drawn together: alike in these columns, in order of appearance."""
    if frame.empty:
        return []
    return [part.reset_index(drop=True) for _, part in frame.groupby(columns, sort=False)]


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as dictionaries."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _frame(found: FoundRun, rows: list[Row], before: list[str]) -> pd.DataFrame:
    """Rows as a frame, schemes in the order to show them within each combination of the columns before."""
    frame = pd.DataFrame(rows).astype(object)
    if frame.empty:
        return frame
    frame = frame.where(frame.notna(), None)
    order = {name: index for index, name in enumerate(found.schemes)}
    frame["_"] = frame["scheme"].map(lambda name: order.get(name, len(order)))
    by = [*[c for c in before if c not in ("mode", "repeat")], "_", *[c for c in before if c in ("mode", "repeat")]]
    # `eager` sorts after `compiled` by letter; a page names it first.
    frame = frame.sort_values(
        by, kind="stable", key=lambda c: c.map({"eager": 0, "compiled": 1}) if c.name == "mode" else c
    )
    return frame.drop(columns="_").reset_index(drop=True)


def _middle(rounds: list[list[float]]) -> float:
    return median(median(times) for times in rounds)


def _ratio(scheme: str, mode: str, baseline: dict[int, list[float]], times: dict[int, list[float]]) -> Row:
    shared = sorted(baseline.keys() & times.keys())
    note = ""
    if scheme == BASELINE:
        interval: Interval | None = Interval(1.0, 1.0, 1.0, "none")
        note = "the baseline"
    elif not shared:
        interval, note = None, f"{BASELINE} was not measured in {mode} mode"
    else:
        interval = speed_ratio([baseline[r] for r in shared], [times[r] for r in shared])
        if len(shared) < len(times):
            note = f"{len(shared)} of {len(times)} rounds, those that {BASELINE} has too"
    return {
        "speed_ratio": interval and interval.value,
        "speed_ratio_low": interval and interval.low,
        "speed_ratio_high": interval and interval.high,
        "ratio_basis": interval.basis if interval else "none",
        "ratio_note": note,
    }


def _disturbance(cells: list[LatencyCell]) -> Row:
    told = []
    for cell in cells:
        if cell.outcome.state == "measured" and cell.outcome.result.disturbance.disturbed:
            mark = cell.outcome.result.disturbance
            tried = f"measured {mark.attempts} times, the last kept" if mark.attempts > 1 else "measured once"
            told.append(f"round {cell.repeat}: {', '.join(mark.signs())}; {tried}")
    return {"disturbed_rounds": len(told), "disturbance": "; ".join(told)}


def _stored_bytes(found: FoundRun) -> dict[tuple[str, str, str], int]:
    sizes: dict[tuple[str, str, str], int] = {}
    for cell in found.run.cells:
        if isinstance(cell, MemoryCell) and cell.outcome.state == "measured":
            sizes.setdefault((cell.model, cell.scheme, cell.backend), cell.outcome.result.stored_bytes)
    return sizes


def _covered(found: FoundRun, scheme: str) -> Row:
    info = found.run.schemes[scheme]
    skipped = {g.pattern: g.skipped_because for g in info.layers if g.skipped_because and not g.is_head}
    told = "; ".join(f"{pattern}: {why}" for pattern, why in skipped.items())
    return {"coverage": info.coverage, "head_quantized": info.head_quantized, "skipped_layers": told}


def _ends(name: str, interval: Interval, unit: str, most: float) -> Row:
    # Neither a mean divergence nor a share lies beyond its bounds; Student's t does not know that.
    return {f"{name}_low{unit}": max(interval.low, 0.0), f"{name}_high{unit}": min(interval.high, most)}
