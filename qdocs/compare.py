"""What does a run say of each scheme beside the baseline?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from qdocs.record import BASELINE, Closeness, Disturbance, MemoryResult, Run, Scheme, read_samples
from qdocs.stats import Interval, speed_ratio


@dataclass(frozen=True)
class Speed:
    """Latency of one scheme in one mode at one workload, over all rounds.

    Times are medians over rounds of each round's median; the ratio is to the baseline in the same mode and workload,
    and `None` where the baseline is missing or has other rounds.
    """

    scheme: str
    mode: str
    batch: int
    prompt_tokens: int
    new_tokens: int
    rounds: int
    ttft_ms: float
    tpot_ms: float
    decode_tokens_per_s: float
    compile_s: float | None
    ratio: Interval | None
    disturbed: list[Disturbance]


@dataclass(frozen=True)
class Comparison:
    """Everything measured of a run, by scheme, in the order of the plan."""

    schemes: dict[str, Scheme]
    memory: dict[str, MemoryResult]
    fidelity: dict[str, Closeness]
    speeds: list[Speed]


def compare(run: Run, folder: Path) -> Comparison:
    """Gather a run's measured cells by scheme.

    Args:
        run: The run.
        folder: Its folder, for the samples that intervals need.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    order = list(dict.fromkeys(spec.scheme for spec in run.plan))
    measured: list[Any] = [cell for cell in run.cells if cell.outcome.state == "measured"]
    latency: dict[tuple[Any, ...], dict[str, list[Any]]] = {}
    for cell in sorted((c for c in measured if c.kind == "latency"), key=lambda c: c.repeat):
        work = cell.workload
        setting = (cell.mode, work.batch, work.prompt_tokens, work.new_tokens)
        latency.setdefault(setting, {}).setdefault(cell.scheme, []).append(cell)
    speeds = []
    for setting in sorted(latency, key=lambda s: (*s[1:], s[0] != "eager")):
        by_scheme = latency[setting]
        baseline = _tpots(folder, by_scheme.get(BASELINE, []))
        for scheme in sorted(by_scheme, key=order.index):
            cells = by_scheme[scheme]
            times = _tpots(folder, cells)
            shared = sorted(baseline.keys() & times.keys())
            ratio = speed_ratio([baseline[r] for r in shared], [times[r] for r in shared]) if shared else None
            speeds.append(_speed(scheme, setting, cells, ratio))
    return Comparison(
        schemes={name: run.schemes[name] for name in order if name in run.schemes},
        memory={c.scheme: c.outcome.result for c in measured if c.kind == "memory"},
        fidelity={c.scheme: c.outcome.result.overall for c in measured if c.kind == "fidelity"},
        speeds=speeds,
    )


def _tpots(folder: Path, cells: list[Any]) -> dict[int, list[float]]:
    """Time per output token of each iteration, in ms, by round."""
    return {
        cell.repeat: [
            i.tpot_ms for i in read_samples(folder, cell.outcome.result.samples, cell.samples_type).iterations
        ]
        for cell in cells
    }


def _speed(scheme: str, setting: tuple[Any, ...], cells: list[Any], ratio: Interval | None) -> Speed:
    mode, batch, prompt_tokens, new_tokens = setting
    results = [cell.outcome.result for cell in cells]
    compile_s = [r.compile_s for r in results if r.compile_s is not None]
    tpot = median(r.tpot_ms.median for r in results)
    return Speed(
        scheme=scheme,
        mode=mode,
        batch=batch,
        prompt_tokens=prompt_tokens,
        new_tokens=new_tokens,
        rounds=len(cells),
        ttft_ms=median(r.ttft_ms.median for r in results),
        tpot_ms=tpot,
        decode_tokens_per_s=1000 * batch / tpot,
        compile_s=max(compile_s) if compile_s else None,
        ratio=ratio,
        disturbed=[r.disturbance for r in results if r.disturbance.disturbed],
    )
