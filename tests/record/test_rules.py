"""Do bits per weight, coverage, memory and the rules of a run agree with what is computed by hand?"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qdocs import record as r
from qdocs.errors import InvalidRecord
from tests.factory import START, device_state, disturbance, memory_result, scheme_info, spec
from tests.record.small import Place, load, replaced, save
from tests.record.strategies import thorough

# Bits per weight


def test_bits_per_weight_by_hand() -> None:
    # int4 in groups of 32: 16 bytes of numbers, a scale and a zero of 2 bytes each, for 32 weights.
    assert r.bits_per_weight(16 + 2 + 2, 32) == 5.0
    # In groups of 128: 64 + 4 bytes for 128 weights.
    assert r.bits_per_weight(64 + 4, 128) == 4.25
    # int8 a row: 576 bytes and one scale of 4 bytes for 576 weights.
    assert r.bits_per_weight(576 + 4, 576) == pytest.approx(8.0556, abs=1e-4)
    # A width of 576 padded to 1024 for int4: 512 bytes hold 576 weights.
    assert r.bits_per_weight(512, 576) == pytest.approx(7.1111, abs=1e-4)
    assert r.bits_per_weight(2 * 100, 100) == 16.0
    assert r.bits_per_weight(0, 0) is None


# Coverage. SmolLM2-135M: 30 layers, width 576, 3 of 9 key and value heads of 64, MLP 1536 wide, vocabulary 49,152.

SMOLLM2 = {
    "self_attn.q_proj": (576, 576),
    "self_attn.k_proj": (192, 576),
    "self_attn.v_proj": (192, 576),
    "self_attn.o_proj": (576, 576),
    "mlp.gate_proj": (1536, 576),
    "mlp.up_proj": (1536, 576),
    "mlp.down_proj": (576, 1536),
}


def group(pattern: str, out: int, width: int, quantized: bool, count: int = 30, is_head: bool = False) -> r.LayerGroup:
    return r.LayerGroup(
        pattern=pattern,
        count=count,
        out_features=out,
        in_features=width,
        tensor_class="T",
        is_head=is_head,
        quantized=quantized,
        skipped_because=None if quantized else "width",
    )


def smollm2(group_size: int, head: bool = False) -> list[r.LayerGroup]:
    """Layers after quantization in groups: one whose width is no multiple of the group size is skipped."""
    body = [group(f"model.layers.*.{n}", out, width, width % group_size == 0) for n, (out, width) in SMOLLM2.items()]
    return [*body, group("lm_head", 49_152, 576, head, count=1, is_head=True)]


def test_coverage_of_smollm2_by_hand() -> None:
    layers = smollm2(128)
    assert sum(g.weights for g in layers if not g.is_head) == 106_168_320
    assert sum(g.weights for g in layers if g.quantized) == 30 * 576 * 1536 == 26_542_080
    assert [g.pattern for g in layers if g.quantized] == ["model.layers.*.mlp.down_proj"]
    assert r.coverage(layers) == 0.25
    # 576 = 9 x 64 = 18 x 32, so these sizes skip nothing.
    assert r.coverage(smollm2(64)) == r.coverage(smollm2(32)) == 1.0


def test_coverage_leaves_the_head_out() -> None:
    assert r.coverage(smollm2(128, head=True)) == 0.25
    assert r.coverage([group("lm_head", 10, 10, True, is_head=True)]) == 0.0
    assert r.coverage([]) == 0.0
    assert r.coverage([group("a", 1, 1, False, count=1), group("b", 3, 1, True, count=1)]) == 0.75


@thorough
@given(
    st.lists(st.tuples(st.integers(1, 99), st.integers(1, 9999), st.integers(1, 9999), st.booleans(), st.booleans()))
)
def test_coverage_is_a_share_of_weights(groups: list[tuple[int, int, int, bool, bool]]) -> None:
    layers = [group("l", out, width, q, count=n, is_head=head) for n, out, width, q, head in groups]
    body = [(n * out * width, q) for n, out, width, q, head in groups if not head]
    share = r.coverage(layers)
    assert 0 <= share <= 1
    assert share * sum(w for w, _ in body) == pytest.approx(sum(w for w, q in body if q))


def test_a_scheme_follows_from_its_layers() -> None:
    known: dict[str, Any] = dict(scheme_info("int4wo-g32")) | {"layers": smollm2(128)}
    with pytest.raises(ValidationError, match=r"coverage is 1\.0, the layers give 0\.25"):
        r.Scheme(**known)
    known["coverage"] = 0.25
    assert r.Scheme(**known).head_quantized is False
    with pytest.raises(ValidationError, match="head_quantized is True, the layers say otherwise"):
        r.Scheme(**(known | {"head_quantized": True}))
    assert r.Scheme(**(known | {"head_quantized": True, "layers": smollm2(128, head=True)}))


@pytest.mark.parametrize(("quantized", "why"), [(True, "width"), (False, None)])
def test_a_layer_says_why_it_was_skipped_and_only_then(quantized: bool, why: str | None) -> None:
    with pytest.raises(ValidationError, match=r"model\.x: a reason for skipping goes with a skipped layer"):
        r.LayerGroup(**(dict(group("model.x", 1, 1, True)) | {"quantized": quantized, "skipped_because": why}))


def test_layer_pattern() -> None:
    assert r.layer_pattern("model.layers.13.mlp.up_proj") == "model.layers.*.mlp.up_proj"
    assert r.layer_pattern("h.0.attn.1.c2") == "h.*.attn.*.c2"
    assert r.layer_pattern("lm_head") == "lm_head"
    assert r.layer_pattern("blocks.7") == "blocks.7"


# Memory


def memory(scheme: str = "int4wo-g32", **changes: Any) -> r.MemoryResult:
    return r.MemoryResult(**(dict(memory_result(scheme)) | changes))


def test_memory_by_hand() -> None:
    # Two weights of int4 and a scale of 2 bytes beside an embedding of 8 in 16 bits: 1 + 2 + 16 = 19 bytes for 10.
    roles = {
        "embedding": 16,
        "quantized_linear": 1,
        "scales_and_zeros": 2,
        "unquantized_linear": 0,
        "head": 0,
        "other": 0,
    }
    known: dict[str, Any] = {
        "roles_bytes": r.BytesByRole(**roles),
        "stored_bytes": 19,
        "parameters": 10,
        "quantized_weights": 2,
        "bits_per_quantized_weight": 12.0,
        "bits_per_parameter": 15.2,
    }
    assert memory(**known).roles_bytes.total == 19
    for name, wrong in {"stored_bytes": 20, "parameters": 11, "quantized_weights": 3}.items():
        with pytest.raises(ValidationError):
            memory(**(known | {name: wrong}))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"stored_bytes": 1}, r"roles add up to \d+ bytes, stored_bytes says 1"),
        ({"bits_per_quantized_weight": 4.0}, r"bits_per_quantized_weight is 4\.0, bytes give (5\.0|4\.9)"),
        ({"bits_per_parameter": 4.0}, r"bits_per_parameter is 4\.0, bytes give 7\."),
        ({"padding_bytes": 10**9}, "more padding than quantized bytes"),
        ({"quantized_weights": 0}, r"bits_per_quantized_weight is (5\.0|4\.9\d*), bytes give None"),
        ({"peak_rss_increase_bytes": None}, "null without a reason in `reasons`: peak_rss_increase_bytes"),
        ({"reasons": {}}, "null without a reason in `reasons`: peak_allocated_bytes, peak_reserved_bytes"),
        ({"peak_allocated_bytes": 5}, "a reason for what is not null: peak_allocated_bytes"),
        ({"peak_allocated_bytes": 5, "peak_reserved_bytes": 4, "reasons": {}}, "is 5, peak_reserved_bytes only 4"),
        ({"kv_cache_bytes": 0}, "greater than or equal to 1"),
        ({"peak_rss_increase_bytes": -1}, "greater than or equal to 0"),
        ({"parameters": 2**53 + 1}, "less than or equal to 9007199254740992"),
    ],
)
def test_memory_that_does_not_add_up(changes: dict[str, Any], says: str) -> None:
    memory()
    with pytest.raises(ValidationError, match=says):
        memory(**changes)


def test_a_tied_head_stores_nothing_of_its_own() -> None:
    known = memory_result("bf16")
    roles = known.roles_bytes.model_dump()
    moved = r.BytesByRole(**(roles | {"embedding": 0, "head": roles["embedding"]}))
    with pytest.raises(ValidationError, match=r"head_tied is true, yet roles_bytes\.head is 56623104"):
        memory("bf16", roles_bytes=moved)
    assert memory("bf16", roles_bytes=moved, head_tied=False)


def test_reserved_memory_may_equal_allocated() -> None:
    assert memory(peak_allocated_bytes=5, peak_reserved_bytes=5, reasons={}).peak_reserved_bytes == 5


# Quantiles


@thorough
@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=40))
def test_quantiles_as_numpy_has_them(samples: list[float]) -> None:
    found = r.Quantiles.of(samples)
    assert [found.p10, found.median, found.p90] == pytest.approx(list(np.percentile(samples, [10, 50, 90])))
    assert min(samples) <= found.p10 <= found.median <= found.p90 <= max(samples)
    assert r.Quantiles.of(samples[::-1]) == found


def test_quantiles_by_hand() -> None:
    assert r.Quantiles.of([3.0]).model_dump() == {"median": 3.0, "p10": 3.0, "p90": 3.0}
    found = r.Quantiles.of([float(n) for n in range(11)])
    assert (found.p10, found.median, found.p90) == (1.0, 5.0, 9.0)
    found = r.Quantiles.of([2.0, 1.0])
    assert (found.p10, found.median, found.p90) == pytest.approx((1.1, 1.5, 1.9))


def test_quantiles_of_nothing_or_of_no_number() -> None:
    with pytest.raises(ValueError, match="no samples to summarise"):
        r.Quantiles.of([])
    with pytest.raises(ValueError, match="finite number"):
        r.Quantiles.of([1.0, float("nan")])


@pytest.mark.parametrize(("p10", "median", "p90"), [(2.0, 1.0, 3.0), (1.0, 3.0, 2.0), (3.0, 2.0, 1.0)])
def test_quantiles_are_in_order(p10: float, median: float, p90: float) -> None:
    with pytest.raises(ValidationError, match="expected p10 <= median <= p90, got "):
        r.Quantiles(p10=p10, median=median, p90=p90)


# Disturbance


FROM_MEDIAN = "from the median of the probes until then"


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        (
            {"probe_before_gb_per_s": 16.0},
            f"memory bandwidth before the cell -21% {FROM_MEDIAN}",
        ),
        (
            {"probe_after_gb_per_s": 24.0},
            f"memory bandwidth after the cell +19% {FROM_MEDIAN}",
        ),
        ({"others_cpu_share": 0.11}, "others took 11% of the processor"),
        ({"others_cpu_share": 0.06, "steal_share": 0.06}, "others took 12% of the processor"),
        (
            {"device_state": device_state(sw_thermal_slowdown=0.25)},
            "the device was slowed by heat in 25% of readings",
        ),
    ],
)
def test_a_disturbed_cell_is_marked_and_says_why(changes: dict[str, Any], sign: str) -> None:
    with pytest.raises(ValidationError, match="disturbed is False, but the signs are"):
        disturbance(**changes)
    assert disturbance(**changes, disturbed=True).signs() == [sign]


def test_a_quiet_cell_is_not_marked() -> None:
    # A large batch reaches the limit of power on any device: that is how fast it is, and no disturbance.
    usual = device_state(sw_power_cap=1.0, sw_thermal_slowdown=0.1)
    for quiet in ({"others_cpu_share": 0.1}, {"probe_before_gb_per_s": 20.2 * 1.1499}, {"device_state": usual}):
        assert disturbance(**quiet).signs() == []
        with pytest.raises(ValidationError, match="disturbed is True, but the signs are: none"):
            disturbance(**quiet, disturbed=True)


# Rules of a run, each broken in a file that is otherwise valid; cells 0 and 1 are memory, 4 and 5 latency


def fails(folder: Path, raw: Any) -> str:
    save(folder, raw)
    with pytest.raises(InvalidRecord) as caught:
        r.read_run(folder)
    assert all(line.startswith(f"{folder / 'run.json'}: ") for line in caught.value.problems)
    assert not any("\n" in line for line in caught.value.problems)
    return str(caught.value)


BF16 = "smollm2-135m/bf16/cpu/eager/memory-b1-c192/r1"
RULES: list[tuple[Place, Any, str]] = [
    (
        ("ended_at",),
        "2026-01-02T03:04:04Z",
        "ended_at 2026-01-02 03:04:04+00:00 is before started_at 2026-01-02 03:04:05",
    ),
    (("ended_at",), None, "null without a reason in `reasons`: ended_at"),
    (("ended_at",), "2026-01-02T03:04:06", "ended_at: Input should have timezone info, got '2026-01-02T03:04:06'"),
    (("started_at",), "2026-01-02T03:04:05", "started_at: Input should have timezone info"),
    (("started_at",), 1767323045, "started_at: Input should be a valid datetime"),
    (("started_at",), "yesterday", "started_at: Input should be a valid datetime"),
    (("cells", 0, "started_at"), "2026-01-02T03:04:05", "cells.0.memory.started_at: Input should have timezone info"),
    (("cells", 0, "duration_s"), -1.0, "cells.0.memory.duration_s: Input should be greater than or equal to 0"),
    (("cells", 0, "kind"), "taste", "cells.0: Input tag 'taste' found using 'kind' does not match any of the expected"),
    (("cells", 0, "outcome", "state"), "lost", "cells.0.memory.outcome: Input tag 'lost' found using 'state'"),
    (("cells", 0, "outcome"), {"state": "failed"}, "cells.0.memory.outcome.failed.error: Field required"),
    (
        ("cells", 0, "outcome"),
        {"state": "unsupported", "reason": ""},
        "reason: String should have at least 1 character",
    ),
    (("cells", 0, "outcome"), {"state": "failed", "error": "x" * 4001}, "error: String should have at most 4000 char"),
    (("cells", 0, "mode"), "fast", "cells.0.memory.mode: Input should be 'eager' or 'compiled', got 'fast'"),
    (("cells", 0, "repeat"), 0, "cells.0.memory.repeat: Input should be greater than or equal to 1, got 0"),
    (("cells", 0, "scheme"), "bf/16", "cells.0.memory.scheme: String should match pattern"),
    (("cells", 0, "repeat"), 2, f"cells that the plan does not have: {BF16[:-1]}2"),
    (
        ("cells", 4, "workload", "batch"),
        2,
        "cells that the plan does not have: smollm2-135m/bf16/cpu/eager/latency-b2-",
    ),
    (("plan", 1, "scheme"), "bf16", f"planned twice: {BF16}"),
    (("cells", 1, "scheme"), "bf16", f"recorded twice: {BF16}"),
    (("plan",), [], "plan: List should have at least 1 item"),
    (("models",), {}, f"cell {BF16} names a model that `models` lacks: smollm2-135m"),
    (("schemes",), {}, f"cell {BF16} names a scheme that `schemes` lacks: bf16"),
    (("models", "smollm2-135m", "id"), "other", "models.smollm2-135m: its id is other"),
    (("models", "smollm2-135m", "linear_weights"), 7, "layers hold 106168320 weights, smollm2-135m has 7"),
    (("models", "smollm2-135m", "parameters"), 7, f"cell {BF16}: parameters is 134515008, smollm2-135m has 7"),
    (("environment", "device", "backend"), "cuda", f"cell {BF16} was measured on a device of cuda"),
    (("environment", "torch_threads"), 0, "environment.torch_threads: Input should be greater than or equal to 1"),
    (("environment", "bandwidth_probes_gb_per_s"), [], "bandwidth_probes_gb_per_s: List should have at least 1 item"),
    (
        ("cells", 4, "outcome", "result", "compiled_phases"),
        ["decode"],
        "mode is eager, compiled_phases says ['decode']",
    ),
    (("cells", 5, "outcome", "result", "compiled_phases"), [], "mode is compiled, compiled_phases says []"),
    (("cells", 4, "outcome", "result", "ttft_ms", "p10"), 1e6, "ttft_ms: Value error, expected p10 <= median <= p90"),
    (("commit",), "main", "commit: String should match pattern '^[0-9a-f]{40}$', got 'main'"),
    (("name",), "A b", "name: String should match pattern"),
    (("command",), [], "command: List should have at least 1 item"),
    (("surplus",), 1, "surplus: Extra inputs are not permitted, got 1"),
]


@pytest.mark.parametrize(
    ("at", "value", "says"), RULES, ids=[f"{n}-{'.'.join(map(str, at))}" for n, (at, _, _) in enumerate(RULES)]
)
def test_a_broken_rule_is_named(folder: Path, at: Place, value: Any, says: str) -> None:
    assert says in fails(folder, replaced(load(folder), at, value))


def test_eager_mode_has_no_compile_time(folder: Path) -> None:
    raw = load(folder)
    result = raw["cells"][4]["outcome"]["result"]
    result |= {"compile_s": 1.0, "reasons": {}}
    assert "mode is eager, compile_s says 1.0" in fails(folder, raw)


def test_quantized_weights_are_those_of_the_layers(folder: Path) -> None:
    raw = load(folder)
    layers = raw["schemes"]["int4wo-g32"]["layers"]
    layers[0] |= {"quantized": False, "skipped_because": "width"}
    skipped = layers[0]["count"] * layers[0]["out_features"] * layers[0]["in_features"]
    raw["schemes"]["int4wo-g32"]["coverage"] = 1 - skipped / 106_168_320
    said = fails(folder, raw)
    assert f"quantized_weights is 106168320, its layers give {106_168_320 - skipped}" in said


def test_a_run_ends_only_when_every_planned_cell_has_a_state(folder: Path) -> None:
    raw = load(folder)
    gone = raw["cells"].pop(0)
    assert gone["scheme"] == "bf16"
    assert f"ended_at is set, yet planned cells have no state: {BF16}" in fails(folder, raw)
    raw |= {"ended_at": None, "reasons": {"ended_at": "stopped"}}
    save(folder, raw)
    assert r.read_run(folder).remaining()[0].id == BF16


def test_a_run_may_end_at_once(folder: Path) -> None:
    raw = load(folder)
    save(folder, replaced(raw, ("ended_at",), raw["started_at"]))
    assert r.read_run(folder).ended_at == START


def test_a_cell_recorded_twice(folder: Path) -> None:
    raw = load(folder)
    raw["cells"].append(raw["cells"][0])
    assert f"recorded twice: {BF16}" in fails(folder, raw)


def test_time_zones_are_compared_as_moments(folder: Path) -> None:
    raw = load(folder)
    later = START + timedelta(minutes=1)
    for zone, hours in (("+14:00", 14), ("-12:00", -12)):
        local = (later + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S") + zone
        save(folder, replaced(raw, ("ended_at",), local))
        ended = r.read_run(folder).ended_at
        assert isinstance(ended, datetime)
        assert ended == later


def test_several_broken_rules_are_all_named(folder: Path) -> None:
    raw = load(folder)
    raw |= {"seed": -1, "suite": "", "name": None}
    said = fails(folder, raw).splitlines()
    assert [line.split(": ")[1] for line in said] == ["name", "suite", "seed"]


def test_ids_are_the_whole_key() -> None:
    assert spec("latency", "bf16", "compiled", 3).id == "smollm2-135m/bf16/cpu/compiled/latency-b1-p128-n8/r3"
    assert spec("fidelity", "int8wo").id == "smollm2-135m/int8wo/cpu/eager/fidelity-w256x4/r1"
    changes = [{"model": "m"}, {"scheme": "s"}, {"backend": "cuda"}, {"mode": "compiled"}, {"repeat": 2}]
    workloads = [{"batch": 2}, {"prompt_tokens": 2}, {"new_tokens": 2}]
    base = spec("latency", "bf16")
    ids = {r.LatencySpec(**(dict(base) | c)).id for c in changes} | {spec("latency", "bf16", **w).id for w in workloads}
    assert len(ids | {base.id}) == len(changes) + len(workloads) + 1
