"""How long does generation take, phase by phase?"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from torch import nn

from qdocs.measure.disturbance import Watch
from qdocs.measure.generate import Generator
from qdocs.record import Disturbance, LatencyIteration, LatencySamples, LatencySpec
from qdocs.stats import median_spread

ATTEMPTS = 3
# Where a generation takes long, fewer are timed, but never less than can show a spread.
TIMED_S = 60.0
FEWEST = 3
# Where a precision is asked for, no more than these are timed for it.
MOST = 60


def measure_latency(
    model: nn.Module,
    spec: LatencySpec,
    *,
    iterations: int,
    precision: float | None,
    seed: int,
    device: str,
    probes: list[float],
    say: Callable[[str], None],
) -> tuple[LatencySamples, Disturbance, dict[str, Any]]:
    """Warm up, then time generations; measured again up to twice if the machine was disturbed.

    Args:
        model: The quantized model on its device.
        spec: The cell.
        iterations: Timed generations; fewer, but at least 3, where so many would take over a minute.
        precision: If given, more are timed, as many as a minute allows, until the 95% interval of the median time per
            output token is no wider than this share of it.
        seed: Seed of the prompts.
        device: `cpu` or `cuda`.
        probes: Bandwidth probes of the run so far in GB/s, appended to.
        say: Told what is going on.

    Returns:
        The samples, whether they were disturbed, and the fields of the result that do not follow from them.
    """
    compiled = spec.mode == "compiled"
    work = spec.workload
    generator = Generator(model, work.batch, work.prompt_tokens, work.new_tokens, compiled=compiled, seed=seed)
    say("compiling and warming up" if compiled else "warming up")
    start = time.perf_counter()
    first = generator.run()
    warmup_s = time.perf_counter() - start
    # The first decode step of a compiled model compiles; what it took beyond an ordinary step is compile time.
    compile_s = max(0.0, first.decode_ms[0] - statistics.median(first.decode_ms)) / 1000 if compiled else None
    affordable = max(FEWEST, int(1000 * TIMED_S / (first.ttft_ms + sum(first.decode_ms[1:]))))
    fewest, most = min(iterations, affordable), min(MOST, affordable)
    for attempt in range(1, ATTEMPTS + 1):
        watch = Watch(device, probes)
        timed: list[LatencyIteration] = []
        while len(timed) < fewest or (precision and len(timed) < most and _spread(timed) > precision):
            say(f"generation {len(timed) + 1}" + (f", attempt {attempt}" if attempt > 1 else ""))
            timed.append(generator.run())
        disturbance = watch.finish(attempt)
        if not disturbance.disturbed:
            break
    rest = {
        "warmup_iterations": 1,
        "warmup_s": round(warmup_s, 3),
        "compile_s": None if compile_s is None else round(compile_s, 3),
        "compiled_phases": ["decode"] if compiled else [],
        "reasons": {} if compiled else {"compile_s": "eager mode compiles nothing"},
    }
    return LatencySamples(iterations=timed), disturbance, rest


def _spread(timed: list[LatencyIteration]) -> float:
    return median_spread([one.tpot_ms for one in timed])
