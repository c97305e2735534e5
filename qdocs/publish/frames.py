"""Which rows does a run's record come to, one frame a question?

Missing numbers are `None`; the column beside them says why.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from qdocs.compare import EncodingSetting, EncodingSpeed, Setting, Speed, encoding_speeds, over_windows, speeds
from qdocs.publish.runs import FoundRun
from qdocs.record import BASELINE, BytesByRole, FidelityCell, FidelitySamples, MemoryCell, read_samples
from qdocs.stats import Interval

ROLES = list(BytesByRole.model_fields)
ALL_CORPORA = "all"
Row = dict[str, Any]


def latency(found: FoundRun) -> pd.DataFrame:
    """One row a model, backend, workload, scheme and mode, over its rounds.

    The numbers are those of `qdocs.compare`, which `qdocs show` prints, too.
    """
    sizes = _stored_bytes(found)
    rows = []
    every = speeds(found.run, found.folder)
    unquiet = _unquiet(every)
    for speed in every:
        setting, results = speed.setting, list(speed.results.values())
        stored = sizes.get((setting.model, speed.scheme, setting.backend))
        stored_baseline = sizes.get((setting.model, BASELINE, setting.backend))
        rows.append(
            {
                **asdict(setting),
                "scheme": speed.scheme,
                "rounds": len(results),
                "iterations": sum(map(len, speed.tpots_ms.values())),
                "ttft_ms": speed.ttft_ms,
                "tpot_ms": speed.tpot_ms,
                "tpot_p10_ms": speed.tpot_spread_ms.p10,
                "tpot_p90_ms": speed.tpot_spread_ms.p90,
                "prefill_tokens_per_s": speed.prefill_tokens_per_s,
                "decode_tokens_per_s": speed.decode_tokens_per_s,
                "request_tokens_per_s": speed.request_tokens_per_s,
                **_ratio(speed),
                **_ends("prefill_ratio", speed.prefill_ratio),
                **_ends("request_ratio", speed.request_ratio),
                "stored_bytes": stored,
                "size_ratio": stored / stored_baseline if stored and stored_baseline else None,
                "warmup_s": max(result.warmup_s for result in results),
                "compile_s": speed.compile_s,
                "compile_note": next((r.reasons["compile_s"] for r in results if "compile_s" in r.reasons), ""),
                **_disturbance(speed),
                "ratio_disturbed": bool(speed.disturbed) or speed.setting in unquiet,
            }
        )
    return arranged(found, rows, ["model", "backend", "batch", "prompt_tokens", "new_tokens", "mode"])


def encoding(found: FoundRun) -> pd.DataFrame:
    """One row a model, backend, batch, length, scheme and mode of a sentence encoder, over its rounds."""
    rows = []
    every = encoding_speeds(found.run, found.folder)
    unquiet = _unquiet(every)
    for speed in every:
        results = list(speed.results.values())
        rows.append(
            {
                **asdict(speed.setting),
                "scheme": speed.scheme,
                "rounds": len(results),
                "iterations": sum(result.iterations for result in results),
                "encode_ms": speed.encode_ms,
                "texts_per_s": speed.texts_per_s,
                "tokens_per_s": speed.texts_per_s * speed.setting.tokens,
                **_ratio(speed),
                "compile_s": speed.compile_s,
                "compile_note": next((r.reasons["compile_s"] for r in results if "compile_s" in r.reasons), ""),
                **_disturbance(speed),
                "ratio_disturbed": bool(speed.disturbed) or speed.setting in unquiet,
            }
        )
    return arranged(found, rows, ["model", "backend", "batch", "tokens", "mode"])


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
                **covered(found, cell.scheme),
            }
        )
    return arranged(found, rows, ["model", "backend", "batch", "context_tokens", "mode", "repeat"])


def fidelity(found: FoundRun) -> pd.DataFrame:
    """One row a measured fidelity cell and corpus, and one over all corpora, with intervals over windows."""
    rows = []
    for cell in found.run.cells:
        if not isinstance(cell, FidelityCell) or cell.outcome.state != "measured":
            continue
        result = cell.outcome.result
        corpora = read_samples(found.folder, result.samples, FidelitySamples).corpora
        window = cell.workload.window_tokens - 1
        for corpus, close in {ALL_CORPORA: result.overall, **result.by_corpus}.items():
            parts = list(corpora.values()) if corpus == ALL_CORPORA else [corpora[corpus]]
            kl, top1 = (over_windows(parts, field, window) for field in ("kl_nats", "top1_agrees"))
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
                    **_bounded("kl_mean", kl, "_nats", math.inf),
                    **_bounded("top1_agreement", top1, "", 1.0),
                    "interval_basis": kl.basis,
                    "corpus_source": result.corpus_source,
                    **covered(found, cell.scheme),
                }
            )
    return arranged(found, rows, ["model", "backend", "window_tokens", "windows_per_corpus", "mode", "repeat"])


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
    return arranged(found, rows, [])


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
            state, reason = cell.outcome.state, cell.outcome.why
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
    return arranged(found, rows, [])


def groups(frame: pd.DataFrame, columns: list[str]) -> list[pd.DataFrame]:
    """The parts of a frame that may be drawn together: alike in these columns, in order of appearance."""
    if frame.empty:
        return []
    return [part.reset_index(drop=True) for _, part in frame.groupby(columns, sort=False)]


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as dictionaries."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def tidy(rows: list[Row]) -> pd.DataFrame:
    """Rows as a frame, in their order, every missing number `None`."""
    frame = pd.DataFrame(rows, dtype=object)
    return frame if frame.empty else frame.where(frame.notna(), None)


def arranged(found: FoundRun, rows: list[Row], before: list[str]) -> pd.DataFrame:
    """Rows as a frame, schemes in the order to show them within each combination of the columns before."""
    frame = tidy(rows)
    if frame.empty:
        return frame
    order = {name: index for index, name in enumerate(found.schemes)}
    frame["_"] = frame["scheme"].map(lambda name: order.get(name, len(order)))
    by = [*[c for c in before if c not in ("mode", "repeat")], "_", *[c for c in before if c in ("mode", "repeat")]]
    # `eager` sorts after `compiled` by letter; a page names it first.
    frame = frame.sort_values(
        by, kind="stable", key=lambda c: c.map({"eager": 0, "compiled": 1}) if c.name == "mode" else c
    )
    return frame.drop(columns="_").reset_index(drop=True)


def _ratio(speed: Speed | EncodingSpeed) -> Row:
    interval = speed.ratio
    note = ""
    if speed.scheme == BASELINE:
        note = "the baseline"
    elif interval is None:
        note = f"{BASELINE} was not measured in {speed.setting.mode} mode"
    elif speed.shared_rounds < len(speed.results):
        note = f"{speed.shared_rounds} of {len(speed.results)} rounds, those that {BASELINE} has too"
    return {
        **_ends("speed_ratio", interval),
        "ratio_basis": interval.basis if interval else "none",
        "ratio_note": note,
    }


def _unquiet(every: Sequence[Speed] | Sequence[EncodingSpeed]) -> set[Setting | EncodingSetting]:
    """The settings in which a round of the baseline was disturbed, and with it every ratio to it."""
    return {speed.setting for speed in every if speed.scheme == BASELINE and speed.disturbed}


def _disturbance(speed: Speed | EncodingSpeed) -> Row:
    told = []
    for number, mark in speed.disturbed.items():
        tried = f"measured {mark.attempts} times, the last kept" if mark.attempts > 1 else "measured once"
        told.append(f"round {number}: {', '.join(mark.signs())}; {tried}")
    return {"disturbed_rounds": len(told), "disturbance": "; ".join(told)}


def _stored_bytes(found: FoundRun) -> dict[tuple[str, str, str], int]:
    sizes: dict[tuple[str, str, str], int] = {}
    for cell in found.run.cells:
        if isinstance(cell, MemoryCell) and cell.outcome.state == "measured":
            sizes.setdefault((cell.model, cell.scheme, cell.backend), cell.outcome.result.stored_bytes)
    return sizes


def covered(found: FoundRun, scheme: str) -> Row:
    """Coverage of a scheme, its head, and what it skipped: columns that stand beside closeness everywhere."""
    info = found.run.schemes[scheme]
    skipped = {g.pattern: g.skipped_because for g in info.layers if g.skipped_because and not g.is_head}
    told = "; ".join(f"{pattern}: {why}" for pattern, why in skipped.items())
    return {"coverage": info.coverage, "head_quantized": info.head_quantized, "skipped_layers": told}


def _ends(name: str, interval: Interval | None) -> Row:
    return {
        name: interval and interval.value,
        f"{name}_low": interval and interval.low,
        f"{name}_high": interval and interval.high,
    }


def _bounded(name: str, interval: Interval, unit: str, most: float) -> Row:
    # Neither a mean divergence nor a share lies beyond its bounds; Student's t does not know that.
    return {f"{name}_low{unit}": max(interval.low, 0.0), f"{name}_high{unit}": min(interval.high, most)}
