"""Does timed generation do the same work as Transformers' own, and time what it says?"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from qdocs.measure import latency
from qdocs.measure.disturbance import Watch, bandwidth_gb_per_s
from qdocs.measure.generate import Generator
from qdocs.measure.latency import measure_latency
from qdocs.models import load
from qdocs.record import LatencySpec, LatencyWorkload


def spec(mode: str, **workload: int) -> LatencySpec:
    return LatencySpec(
        model="tiny", scheme="bf16", backend="cpu", mode=mode, repeat=1, workload=LatencyWorkload(**workload)
    )


def test_tokens_are_those_of_transformers_greedy_generation(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, _ = load(tiny, "cpu")
    generator = Generator(model, 2, 16, 12, compiled=False, seed=3)
    seen: list[torch.Tensor] = []
    step = generator._step
    monkeypatch.setattr(generator, "_step", lambda tokens: seen.append(step(tokens)) or seen[-1])
    monkeypatch.setattr(generator, "_decode", generator._step)
    for _ in range(2):
        seen.clear()
        generator.run()
        expected = model.generate(
            generator._prompt,
            attention_mask=torch.ones_like(generator._prompt),
            max_new_tokens=12,
            do_sample=False,
            eos_token_id=None,
        )
        assert torch.equal(torch.cat(seen, dim=1), expected[:, 16:])


def test_phases_add_up_and_have_one_step_a_token(tiny: Path) -> None:
    model, _ = load(tiny, "cpu")
    timed = Generator(model, 1, 16, 9, compiled=False, seed=0).run()
    assert len(timed.decode_ms) == 8
    assert timed.end_to_end_ms == pytest.approx(timed.ttft_ms + sum(timed.decode_ms), abs=1e-3)
    assert timed.tpot_ms == pytest.approx(sum(timed.decode_ms) / 8, rel=1e-3)


def test_compiled_decoding_counts_the_compile_apart(tiny: Path) -> None:
    model, _ = load(tiny, "cpu")
    probes = [bandwidth_gb_per_s("cpu")]
    cell = spec("compiled", batch=1, prompt_tokens=16, new_tokens=8)
    samples, disturbance, rest = measure_latency(
        model, cell, iterations=3, precision=None, seed=0, device="cpu", probes=probes, say=lambda text: None
    )
    assert rest["compiled_phases"] == ["decode"]
    slowest = max(step for i in samples.iterations for step in i.decode_ms)
    assert rest["compile_s"] * 1000 > 5 * slowest, "compiling leaked into the samples, or was not counted"
    assert len(samples.iterations) == 3
    assert len(probes) == 1 + 2 * disturbance.attempts


@pytest.mark.parametrize(("precision", "timed"), [(None, 3), (1e9, 6), (1e-9, 8)])
def test_more_is_timed_until_the_median_is_known(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, precision: float | None, timed: int
) -> None:
    monkeypatch.setattr(latency, "MOST", 8)
    # A busy machine must not have it timed again here.
    monkeypatch.setattr(latency, "ATTEMPTS", 1)
    model, _ = load(tiny, "cpu")
    cell = spec("eager", batch=1, prompt_tokens=16, new_tokens=8)
    samples, *_ = measure_latency(
        model, cell, iterations=3, precision=precision, seed=0, device="cpu", probes=[], say=lambda text: None
    )
    # Six are the fewest whose median has a 95% interval.
    assert len(samples.iterations) == timed


def test_somebody_else_on_the_processor_is_seen() -> None:
    import multiprocessing
    import time

    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    others = [context.Process(target=_spin, args=(stop,)) for _ in range(multiprocessing.cpu_count())]
    for process in others:
        process.start()
    try:
        time.sleep(2)
        watch = Watch("cpu", [])
        time.sleep(1)
        seen = watch.finish(1)
    finally:
        stop.set()
        for process in others:
            process.join(10)
    assert seen.others_cpu_share is not None
    assert seen.others_cpu_share > 0.5
    assert seen.disturbed
    assert any("others took" in sign for sign in seen.signs())


def _spin(stop: object) -> None:
    while not stop.is_set():  # type: ignore[attr-defined]
        sum(range(10_000))
