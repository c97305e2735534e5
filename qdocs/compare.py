"""What does a run say of each scheme beside the baseline?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Literal, TypeVar

from qdocs.record import (
    BASELINE,
    Closeness,
    CorpusSamples,
    Disturbance,
    EncodingCell,
    EncodingResult,
    EncodingSamples,
    FidelityCell,
    LatencyCell,
    LatencyResult,
    LatencySamples,
    MemoryCell,
    MemoryResult,
    Quantiles,
    Run,
    Scheme,
    read_samples,
)
from qdocs.record.base import Backend, Mode
from qdocs.stats import Interval, speed_ratio, window_mean


@dataclass(frozen=True)
class Setting:
    """What latency cells must share for their times to be compared."""

    model: str
    backend: Backend
    batch: int
    prompt_tokens: int
    new_tokens: int
    mode: Mode


@dataclass(frozen=True)
class Speed:
    """Latency of one scheme in one setting, over its rounds.

    Times are medians over rounds of each round's median. Ratios, of the speed of decode, of prefill and of whole
    requests, are to the baseline in the same setting, over the rounds that both have; `None` where they share none.
    """

    setting: Setting
    scheme: str
    results: dict[int, LatencyResult]
    tpots_ms: dict[int, list[float]]
    ratio: Interval | None
    prefill_ratio: Interval | None
    request_ratio: Interval | None
    shared_rounds: int

    @property
    def ttft_ms(self) -> float:
        """Time to first token."""
        return median(result.ttft_ms.median for result in self.results.values())

    @property
    def tpot_ms(self) -> float:
        """Time per output token."""
        return median(result.tpot_ms.median for result in self.results.values())

    @property
    def request_ms(self) -> float:
        """A whole request, from the prompt to the last token."""
        return median(result.end_to_end_ms.median for result in self.results.values())

    @property
    def tpot_spread_ms(self) -> Quantiles:
        """Time per output token over the iterations of all rounds."""
        return Quantiles.of([tpot for tpots in self.tpots_ms.values() for tpot in tpots])

    @property
    def decode_tokens_per_s(self) -> float:
        """Tokens a second over the whole batch, while decoding."""
        return 1000 * self.setting.batch / self.tpot_ms

    @property
    def request_tokens_per_s(self) -> float:
        """New tokens a second over the whole batch, prefill included."""
        return 1000 * self.setting.batch * self.setting.new_tokens / self.request_ms

    @property
    def prefill_tokens_per_s(self) -> float:
        """Prompt tokens a second over the whole batch."""
        return 1000 * self.setting.batch * self.setting.prompt_tokens / self.ttft_ms

    @property
    def compile_s(self) -> float | None:
        """The longest compile of any round, in seconds; later rounds find kernels in the cache."""
        return max((r.compile_s for r in self.results.values() if r.compile_s is not None), default=None)

    @property
    def disturbed(self) -> dict[int, Disturbance]:
        """Rounds in which the machine was not quiet."""
        return {n: result.disturbance for n, result in self.results.items() if result.disturbance.disturbed}


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
    memory: dict[str, MemoryResult] = {}
    fidelity: dict[str, Closeness] = {}
    for cell in run.cells:
        if isinstance(cell, MemoryCell) and cell.outcome.state == "measured":
            memory.setdefault(cell.scheme, cell.outcome.result)
        if isinstance(cell, FidelityCell) and cell.outcome.state == "measured":
            fidelity.setdefault(cell.scheme, cell.outcome.result.overall)
    order = dict.fromkeys(spec.scheme for spec in run.plan)
    schemes = {name: run.schemes[name] for name in order if name in run.schemes}
    return Comparison(schemes, memory, fidelity, speeds(run, folder))


def speeds(run: Run, folder: Path) -> list[Speed]:
    """Latency by setting and scheme, in the order of the plan.

    Args:
        run: The run.
        folder: Its folder.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    results: dict[Setting, dict[str, dict[int, LatencyResult]]] = {}
    for cell in run.cells:
        if isinstance(cell, LatencyCell) and cell.outcome.state == "measured":
            work = cell.workload
            setting = Setting(cell.model, cell.backend, work.batch, work.prompt_tokens, work.new_tokens, cell.mode)
            results.setdefault(setting, {}).setdefault(cell.scheme, {})[cell.repeat] = cell.outcome.result
    timed = {
        (setting, scheme): {
            n: read_samples(folder, rounds[n].samples, LatencySamples).iterations for n in sorted(rounds)
        }
        for setting, by_scheme in results.items()
        for scheme, rounds in by_scheme.items()
    }
    tpots, ttfts, wholes = (
        {key: {n: [getattr(one, name) for one in its] for n, its in rounds.items()} for key, rounds in timed.items()}
        for name in ("tpot_ms", "ttft_ms", "end_to_end_ms")
    )
    made = []
    for setting, scheme in _in_order(run, list(tpots)):
        (ratio, shared), (prefill, _), (request, _) = (
            _ratio(times, setting, scheme) for times in (tpots, ttfts, wholes)
        )
        rounds, own = results[setting][scheme], tpots[setting, scheme]
        made.append(Speed(setting, scheme, rounds, own, ratio, prefill, request, shared))
    return made


def over_windows(corpora: Iterable[CorpusSamples], field: Literal["kl_nats", "top1_agrees"], window: int) -> Interval:
    """The mean of a figure of closeness over the positions of these corpora, with its interval over windows.

    Args:
        corpora: Of one fidelity cell.
        field: Divergence in nats, or whether both prefer the same token.
        window: Positions in a window: its tokens but the first, which nothing predicts.
    """
    return window_mean([float(value) for corpus in corpora for value in getattr(corpus, field)], window)


@dataclass(frozen=True)
class EncodingSetting:
    """What encoding cells must share for their times to be compared."""

    model: str
    backend: Backend
    batch: int
    tokens: int
    mode: Mode


@dataclass(frozen=True)
class EncodingSpeed:
    """Encoding by one scheme in one setting, over its rounds; the ratio is to the baseline, as for `Speed`."""

    setting: EncodingSetting
    scheme: str
    results: dict[int, EncodingResult]
    ratio: Interval | None
    shared_rounds: int

    @property
    def encode_ms(self) -> float:
        """Median over rounds of each round's median, in ms a call."""
        return median(result.encode_ms.median for result in self.results.values())

    @property
    def texts_per_s(self) -> float:
        """Texts a second."""
        return 1000 * self.setting.batch / self.encode_ms

    @property
    def compile_s(self) -> float | None:
        """The longest compile of any round, in seconds."""
        return max((r.compile_s for r in self.results.values() if r.compile_s is not None), default=None)

    @property
    def disturbed(self) -> dict[int, Disturbance]:
        """Rounds in which the machine was not quiet."""
        return {n: result.disturbance for n, result in self.results.items() if result.disturbance.disturbed}


def encoding_speeds(run: Run, folder: Path) -> list[EncodingSpeed]:
    """Encoding by setting and scheme, in the order of the plan.

    Args:
        run: The run.
        folder: Its folder.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    results: dict[tuple[EncodingSetting, str], dict[int, EncodingResult]] = {}
    for cell in run.cells:
        if isinstance(cell, EncodingCell) and cell.outcome.state == "measured":
            setting = EncodingSetting(cell.model, cell.backend, cell.workload.batch, cell.workload.tokens, cell.mode)
            results.setdefault((setting, cell.scheme), {})[cell.repeat] = cell.outcome.result
    times = {
        key: {n: read_samples(folder, rounds[n].samples, EncodingSamples).encode_ms for n in sorted(rounds)}
        for key, rounds in results.items()
    }
    made = []
    for setting, scheme in _in_order(run, list(times)):
        ratio, shared = _ratio(times, setting, scheme)
        made.append(EncodingSpeed(setting, scheme, results[setting, scheme], ratio, shared))
    return made


S = TypeVar("S", Setting, EncodingSetting)


def _ratio(times_ms: dict[tuple[S, str], dict[int, list[float]]], setting: S, scheme: str) -> tuple[Any, int]:
    """Speed against the baseline over the rounds that both have, and how many those are."""
    baseline, own = times_ms.get((setting, BASELINE), {}), times_ms[setting, scheme]
    shared = sorted(baseline.keys() & own.keys())
    if scheme == BASELINE:
        return Interval(1.0, 1.0, 1.0, "none"), len(shared)
    return (speed_ratio([baseline[n] for n in shared], [own[n] for n in shared]) if shared else None), len(shared)


def _in_order(run: Run, keys: list[tuple[S, str]]) -> list[tuple[S, str]]:
    order = list(dict.fromkeys((spec.mode, spec.scheme) for spec in sorted(run.plan, key=lambda s: s.repeat)))
    return sorted(keys, key=lambda key: order.index((key[0].mode, key[1])))
