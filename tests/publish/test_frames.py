from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from qdocs import record as r
from qdocs.publish import frames, tables
from qdocs.publish.runs import FoundRun
from tests import factory
from tests.publish import cases


def made(folder: Path, cells: list[r.LatencyCell]) -> FoundRun:
    memory = [factory.make_cell(folder, factory.spec("memory", s), 0) for s in ("bf16", "int8wo", "int4wo-g32")]
    all_cells = [*memory, *cells]
    plan = [
        factory.spec("memory", c.scheme)
        if c.kind == "memory"
        else factory.spec("latency", c.scheme, c.mode, c.repeat, new_tokens=3)
        for c in all_cells
    ]
    run = factory.write(folder, plan, all_cells)
    assert r.check(folder) == []
    return FoundRun(run, folder, yours=False)


def row(found: FoundRun, scheme: str, mode: str = "eager") -> dict[str, object]:
    (only,) = [x for x in frames.records(frames.latency(found)) if x["scheme"] == scheme and x["mode"] == mode]
    return only


def test_latency_by_hand(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = made(
        where,
        [
            cases.timed_cell(where, "bf16", "eager", 1, [20.0, 20.0, 26.0]),
            cases.timed_cell(where, "bf16", "eager", 2, [40.0]),
            cases.timed_cell(where, "int8wo", "eager", 1, [10.0]),
            cases.timed_cell(where, "int8wo", "eager", 2, [80.0]),
        ],
    )
    got = row(found, "int8wo")
    # Round by round 20/10 = 2 and 40/80 = 0.5; their geometric mean is 1. The median of 10 and 80 is 45.
    assert got["speed_ratio"] == pytest.approx(1.0)
    assert got["speed_ratio_low"] < 1 < got["speed_ratio_high"]  # type: ignore[operator]
    assert got["tpot_ms"] == pytest.approx(45.0)
    assert got["decode_tokens_per_s"] == pytest.approx(1000 / 45)
    assert got["ttft_ms"] == 100.0
    assert got["prefill_tokens_per_s"] == pytest.approx(1280.0)
    assert (got["rounds"], got["iterations"], got["ratio_basis"], got["ratio_note"]) == (2, 2, "rounds", "")
    assert row(found, "bf16")["tpot_ms"] == pytest.approx(30.0)
    assert row(found, "bf16")["speed_ratio"] == 1.0
    assert got["size_ratio"] == pytest.approx(164_188_800 / 269_030_016)
    assert got["compile_s"] is None
    assert got["compile_note"] == "eager mode compiles nothing"


def test_latency_pairs_rounds_and_says_where_it_cannot(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = made(
        where,
        [
            cases.timed_cell(where, "bf16", "eager", 2, [30.0, 30.0]),
            cases.timed_cell(where, "int8wo", "eager", 1, [1.0, 1.0]),
            cases.timed_cell(where, "int8wo", "eager", 2, [15.0, 15.0]),
            cases.timed_cell(where, "int8wo", "compiled", 1, [9.0]),
        ],
    )
    got = row(found, "int8wo")
    assert got["speed_ratio"] == pytest.approx(2.0)
    assert got["ratio_note"] == "1 of 2 rounds, those that bf16 has too"
    assert got["ratio_basis"] == "iterations"
    alone = row(found, "int8wo", "compiled")
    assert alone["speed_ratio"] is None
    assert alone["speed_ratio_low"] is None
    assert alone["ratio_note"] == "bf16 was not measured in compiled mode"
    assert alone["compile_s"] == 12.5


def test_latency_marks_disturbed_rounds(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = made(
        where,
        [
            cases.timed_cell(where, "bf16", "eager", 1, [20.0]),
            cases.timed_cell(where, "int8wo", "eager", 1, [20.0], others_cpu_share=0.5, disturbed=True, attempts=3),
        ],
    )
    assert row(found, "bf16")["disturbed_rounds"] == 0
    got = row(found, "int8wo")
    assert got["disturbed_rounds"] == 1
    assert got["disturbance"] == "round 1: others took 50% of the processor; measured 3 times, the last kept"
    table, below = tables.latency(frames.latency(found)).split("</table>")
    heads = re.findall(r"<th scope=.col.[^>]*>(.*?)</th>", table)
    assert heads[:4] == ["scheme", "mode", "decode speed, × bf16", "95% interval"]
    assert ">1 of 1</td>" in table
    assert "others took" not in table, "it stands below, where it makes no row higher"
    assert "others took 50% of the processor" in below


def test_a_column_without_a_number_says_why_once() -> None:
    rows = [
        {"name": "a", "some": 1, "no": None, "why": "not here"},
        {"name": "b", "some": None, "no": None, "why": "x"},
    ]
    for row in rows:
        row["same"] = "never counted"
    columns = [
        tables.Column("name", tables.code("name"), numeric=False),
        tables.Column("some", tables.form("some", str, "why")),
        tables.Column("no", tables.form("no", str, "same")),
        tables.Column("mixed", tables.form("no", str, "why")),
    ]
    table, below = tables.html(rows, columns, "Test").split("</table>")
    assert re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", table)[3:] == [
        *("<code>a</code>", "1", "none: not here"),
        *("<code>b</code>", "none", "none: x"),
    ]
    assert "Where “some” is none: x. Without “no”: never counted." in below


def test_fidelity_by_hand(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    spec = factory.spec("fidelity", "int8wo", window_tokens=3, windows_per_corpus=2)
    parts = {
        name: r.CorpusSamples(
            tokens_sha256=factory.SHA,
            kl_nats=kl,
            top1_agrees=agrees,
            nll_baseline_nats=[1.0] * 4,
            nll_nats=[1.0 + extra] * 4,
        )
        for name, kl, agrees, extra in (
            ("english", [0.1, 0.1, 0.3, 0.3], [True, True, True, False], 0.5),
            ("code", [0.0, 0.0, 0.0, 0.0], [True] * 4, 0.0),
        )
    }
    samples = r.FidelitySamples(corpora=parts)
    result = r.FidelityResult(
        samples=r.write_samples(where, spec, samples), corpus_source="test", **spec.summarize(samples)
    )
    cell = r.FidelityCell(
        **dict(spec), started_at=factory.START, duration_s=1.0, outcome=r.Measured[r.FidelityResult](result=result)
    )
    found = FoundRun(factory.write(where, [spec], [cell]), where, yours=False)
    rows = {x["corpus"]: x for x in frames.records(frames.fidelity(found))}
    assert list(rows) == ["all", "english", "code"]
    assert rows["english"]["kl_mean_nats"] == pytest.approx(0.2)
    # Two windows with means 0.1 and 0.3: Student's t with one degree of freedom, 12.706 x 0.1.
    assert rows["english"]["kl_mean_high_nats"] == pytest.approx(0.2 + 12.7062 * 0.1, rel=1e-4)
    assert rows["english"]["kl_mean_low_nats"] == 0.0  # a mean divergence is not negative
    assert rows["english"]["top1_agreement"] == 0.75
    assert rows["english"]["top1_agreement_high"] == 1.0
    assert rows["english"]["perplexity_ratio"] == pytest.approx(math.exp(0.5))
    assert rows["all"]["kl_mean_nats"] == pytest.approx(0.1)
    assert rows["all"]["kl_p999_nats"] is None
    assert "at least 1,000" in rows["all"]["kl_p999_note"]
    assert rows["all"]["coverage"] == 1.0


def test_memory_by_hand(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(factory.make_run(where, rounds=1), where, yours=False)
    rows = {x["scheme"]: x for x in frames.records(frames.memory(found))}
    assert list(rows) == ["bf16", "fp32", "int8wo", "int4wo-g32"]
    assert rows["fp32"]["size_ratio"] == 2.0
    assert rows["int4wo-g32"]["bits_per_quantized_weight"] == pytest.approx(5.0)
    assert rows["bf16"]["bits_per_quantized_weight"] is None
    assert rows["bf16"]["bits_per_quantized_weight_note"] == "no layer is quantized"
    for x in rows.values():
        assert sum(x[f"{role}_bytes"] for role in frames.ROLES) == x["stored_bytes"]


def test_states_cover_the_whole_plan(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    run = cases.with_states(where)
    rows = frames.records(frames.states(FoundRun(run, where, yours=False)))
    assert len(rows) == len(run.plan)
    assert {x["state"]: x["reason"] for x in rows if x["state"] != "measured"} == {
        "failed": "the compiler ran out of memory",
        "unsupported": "needs a newer torchao",
    }


def test_states_of_an_unfinished_run(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    run = factory.make_run(where, rounds=1, drop=3)
    rows = frames.records(frames.states(FoundRun(run, where, yours=False)))
    assert [x["reason"] for x in rows if x["state"] == "not run"] == ["the run is not finished"] * 3


def test_a_run_with_nothing_measured_has_empty_frames(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    run = factory.make_run(where, rounds=1, drop=15)
    found = FoundRun(run, where, yours=False)
    assert not run.cells
    for frame in (frames.latency(found), frames.memory(found), frames.fidelity(found)):
        assert frame.empty
