"""Random samples of every kind, for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from qdocs import record as r
from tests.factory import SHA, START, disturbance, spec

# No deadline, since the machine may be busy; no database, since tests leave nothing behind.
thorough = settings(max_examples=60, deadline=None, database=None)
times = st.floats(min_value=1e-3, max_value=1e6)
nats = st.floats(min_value=0, max_value=500)


@st.composite
def latency(draw: st.DrawFn) -> tuple[Any, r.LatencySamples]:
    """A spec and samples of its size."""
    one = spec(
        "latency",
        draw(st.sampled_from(["bf16", "int8wo"])),
        draw(st.sampled_from(["eager", "compiled"])),
        batch=draw(st.integers(1, 64)),
        prompt_tokens=draw(st.integers(1, 4096)),
        new_tokens=draw(st.integers(2, 6)),
    )
    steps = one.workload.new_tokens - 1
    iterations = []
    for _ in range(draw(st.integers(1, 6))):
        decode = draw(st.lists(times, min_size=steps, max_size=steps))
        ttft = draw(times)
        whole = ttft + sum(decode) + draw(st.floats(min_value=0, max_value=10))
        iterations.append(r.LatencyIteration(ttft_ms=ttft, decode_ms=decode, end_to_end_ms=whole))
    return one, r.LatencySamples(iterations=iterations)


@st.composite
def fidelity(draw: st.DrawFn) -> tuple[Any, r.FidelitySamples]:
    """A spec and samples of its size, one or two corpora."""
    window, count = draw(st.integers(2, 6)), draw(st.integers(1, 3))
    one = spec("fidelity", "int8wo", window_tokens=window, windows_per_corpus=count)
    positions = (window - 1) * count

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=positions, max_size=positions))

    corpora = {
        name: r.CorpusSamples(
            tokens_sha256=SHA,
            kl_nats=column(st.floats(min_value=-1e-4, max_value=100)),
            top1_agrees=column(st.booleans()),
            nll_baseline_nats=column(nats),
            nll_nats=column(nats),
        )
        for name in draw(st.sampled_from([["english"], ["code", "english"]]))
    }
    return one, r.FidelitySamples(corpora=corpora)


# Every kind with samples.
SAMPLES = {r.LatencySpec: latency(), r.FidelitySpec: fidelity()}
with_samples = st.one_of(*SAMPLES.values())


def cell(one: Any, samples: Any, sidecar: r.Sidecar) -> Any:
    """The measured cell that follows from samples."""
    timed: dict[str, Any] = {"started_at": START, "duration_s": 1.0}
    if one.kind == "fidelity":
        result: Any = r.FidelityResult(samples=sidecar, corpus_source="test", **one.summarize(samples))
        return r.FidelityCell(**dict(one), **timed, outcome=r.Measured[r.FidelityResult](result=result))
    eager = one.mode == "eager"
    result = r.LatencyResult(
        samples=sidecar,
        warmup_iterations=1,
        warmup_s=2.0,
        compile_s=None if eager else 30.0,
        compiled_phases=[] if eager else ["decode"],
        disturbance=disturbance(),
        reasons={"compile_s": "eager mode compiles nothing"} if eager else {},
        **one.summarize(samples),
    )
    return r.LatencyCell(**dict(one), **timed, outcome=r.Measured[r.LatencyResult](result=result))
