"""Does what is written come back equal, and do summaries follow from samples?"""

from __future__ import annotations

import statistics
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qdocs import record as r
from tests.factory import START, fidelity_samples, latency_samples, make_cell, make_run, spec, write
from tests.record.small import NAME
from tests.record.strategies import SAMPLES, cell, latency, thorough, with_samples

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def test_random_samples_exist_for_every_kind() -> None:
    assert SAMPLES.keys() == {kind for kind in r.Spec.__subclasses__() if kind.samples_type is not None}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> r.Run:
    return make_run(tmp_path_factory.mktemp("base") / NAME, rounds=1)


@thorough
@given(data=st.data())
def test_a_run_comes_back_equal(base: r.Run, data: st.DataObject) -> None:
    zone = timezone(timedelta(minutes=data.draw(st.integers(-840, 840))))
    start = data.draw(st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1))).replace(tzinfo=zone)
    values = st.one_of(st.none(), st.booleans(), st.integers(-(2**60), 2**60), st.floats(allow_nan=False), texts)
    values = values.filter(lambda v: not (isinstance(v, float) and abs(v) == float("inf")))
    schemes = {
        name: r.Scheme(**(dict(s) | {"params": data.draw(st.dictionaries(texts, values, max_size=3))}))
        for name, s in base.schemes.items()
    }
    state = data.draw(st.sampled_from([r.Failed(error=data.draw(texts)), r.Unsupported(reason=data.draw(texts))]))
    unmeasured = r.MemoryCell(
        **dict(base.plan[0]), started_at=start, duration_s=data.draw(st.floats(0, 1e9)), outcome=state
    )
    changes = {
        "command": data.draw(st.lists(st.one_of(texts, st.just("")), min_size=1, max_size=4)),
        "seed": data.draw(st.integers(0, 2**53)),
        "started_at": start,
        "ended_at": start + data.draw(st.timedeltas(timedelta(0), timedelta(days=9))),
        "dirty": None,
        "reasons": {"dirty": data.draw(texts)},
        "schemes": schemes,
        "cells": [unmeasured, *base.cells[1:]],
    }
    run = r.Run(**(dict(base) | changes))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / NAME
        r.write_run(folder, run)
        assert r.read_run(folder) == run
        assert r.read_run(folder / r.RUN_FILE) == run
        first = (folder / r.RUN_FILE).read_bytes()
        r.write_run(folder, r.read_run(folder))
        assert (folder / r.RUN_FILE).read_bytes() == first


@thorough
@given(with_samples)
def test_samples_come_back_equal_and_the_same_samples_give_the_same_bytes(made: tuple[Any, Any]) -> None:
    one, samples = made
    with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b:
        sidecar = r.write_samples(Path(a), one, samples)
        assert r.read_samples(Path(a), sidecar, type(samples)) == samples
        again = r.write_samples(Path(b), one, type(samples).model_validate_json(samples.model_dump_json()))
        assert again == sidecar
        assert (Path(a) / sidecar.path).read_bytes() == (Path(b) / sidecar.path).read_bytes()


def test_same_bytes_at_another_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, samples = spec("latency", "bf16"), latency_samples(20.0)
    first = r.write_samples(tmp_path, one, samples)
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert r.write_samples(tmp_path, one, samples) == first


@thorough
@given(with_samples)
def test_a_cell_that_follows_from_its_samples_is_accepted(made: tuple[Any, Any]) -> None:
    one, samples = made
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / NAME
        write(folder, [one], [cell(one, samples, r.write_samples(folder, one, samples))])
        assert r.check(folder) == []


@thorough
@given(latency())
def test_latency_summary_by_its_definitions(made: tuple[Any, r.LatencySamples]) -> None:
    one, samples = made
    found, its = one.summarize(samples), samples.iterations
    steps = one.workload.new_tokens - 1
    tpot = [(i.end_to_end_ms - i.ttft_ms) / steps for i in its]
    assert found["iterations"] == len(its)
    assert found["ttft_ms"].median == pytest.approx(statistics.median(i.ttft_ms for i in its))
    assert found["tpot_ms"].median == pytest.approx(statistics.median(tpot))
    assert found["end_to_end_ms"].median == pytest.approx(statistics.median(i.end_to_end_ms for i in its))
    assert found["decode_step_ms"].median == pytest.approx(statistics.median(s for i in its for s in i.decode_ms))
    # One iteration prefills batch x prompt tokens in TTFT, and each decode step gives a token a sequence.
    batch, prompt = one.workload.batch, one.workload.prompt_tokens
    assert found["prefill_tokens_per_s"] * found["ttft_ms"].median / 1000 == pytest.approx(batch * prompt)
    assert found["decode_tokens_per_s"] * found["tpot_ms"].median / 1000 == pytest.approx(batch)


def test_latency_summary_by_hand() -> None:
    one = spec("latency", "bf16", batch=2, prompt_tokens=100, new_tokens=3)
    its = [
        r.LatencyIteration(ttft_ms=50.0, decode_ms=[10.0, 12.0], end_to_end_ms=74.0),
        r.LatencyIteration(ttft_ms=40.0, decode_ms=[9.0, 9.0], end_to_end_ms=60.0),
        r.LatencyIteration(ttft_ms=60.0, decode_ms=[20.0, 20.0], end_to_end_ms=100.0),
    ]
    found = one.summarize(r.LatencySamples(iterations=its))
    assert [i.tpot_ms for i in its] == [12.0, 10.0, 20.0]
    assert found["tpot_ms"].model_dump() == pytest.approx({"median": 12.0, "p10": 10.4, "p90": 18.4})
    assert found["ttft_ms"].model_dump() == pytest.approx({"median": 50.0, "p10": 42.0, "p90": 58.0})
    assert found["decode_step_ms"].model_dump() == pytest.approx({"median": 11.0, "p10": 9.0, "p90": 20.0})
    assert found["prefill_tokens_per_s"] == pytest.approx(4000.0)
    assert found["decode_tokens_per_s"] == pytest.approx(1000 * 2 / 12)


def test_fidelity_summary_by_hand() -> None:
    one = spec("fidelity", "int8wo", window_tokens=3, windows_per_corpus=1)
    digest = "0" * 64
    samples = r.FidelitySamples(
        corpora={
            "a": r.CorpusSamples(
                tokens_sha256=digest,
                kl_nats=[0.0, 1.0],
                top1_agrees=[True, False],
                nll_baseline_nats=[0.0, 2.0],
                nll_nats=[1.0, 3.0],
            ),
            "b": r.CorpusSamples(
                tokens_sha256=digest,
                kl_nats=[2.0, 5.0],
                top1_agrees=[True, True],
                nll_baseline_nats=[1.0, 1.0],
                nll_nats=[1.0, 1.0],
            ),
        }
    )
    found = one.summarize(samples)
    overall = found["overall"]
    assert overall.positions == 4
    assert (overall.kl_mean_nats, overall.kl_median_nats, overall.kl_max_nats) == (2.0, 1.5, 5.0)
    assert overall.kl_p99_nats == pytest.approx(2 + 0.97 * 3)
    assert overall.kl_p999_nats is None
    assert overall.reasons == {"kl_p999_nats": "4 positions; at least 1,000 are needed"}
    assert overall.top1_agreement == 0.75
    assert overall.perplexity_baseline == pytest.approx(2.718281828459045)
    assert overall.perplexity == pytest.approx(2.718281828459045**1.5)
    assert overall.perplexity_ratio == pytest.approx(2.718281828459045**0.5)
    assert found["by_corpus"]["a"].kl_mean_nats == 0.5
    assert found["by_corpus"]["b"].perplexity_ratio == 1.0


@pytest.mark.parametrize(("positions", "known"), [(999, False), (1000, True)])
def test_the_999th_permille_needs_a_thousand_positions(positions: int, known: bool) -> None:
    samples = fidelity_samples(0.1, positions)
    one = spec("fidelity", "int8wo", window_tokens=positions + 1, windows_per_corpus=1)
    english = one.summarize(samples)["by_corpus"]["english"]
    assert (english.kl_p999_nats is not None) == known
    assert bool(english.reasons) != known
    if known:
        ordered = sorted(samples.corpora["english"].kl_nats)
        assert english.kl_p999_nats == pytest.approx(ordered[998] + 0.001 * (ordered[999] - ordered[998]))


def test_keys_that_read_alike_do_not_share_a_file(tmp_path: Path) -> None:
    samples = latency_samples(20.0)

    def named(model: str, scheme: str) -> str:
        one = r.LatencySpec(**(dict(spec("latency", "bf16")) | {"model": model, "scheme": scheme}))
        return r.write_samples(tmp_path, one, samples).path

    paths = [named("a", "b-c"), named("a-b", "c"), named("shape:x", "c"), named("shape-x", "c"), named("X", "c")]
    paths += [named("x", "c"), named("m" * 200, "s" * 200), named("m" * 200, "s" * 199 + "t")]
    assert len({p.lower() for p in paths}) == len(paths)


def test_every_state_is_kept_and_only_failed_or_open_cells_remain(tmp_path: Path) -> None:
    plan = [spec("memory", s) for s in ("fp32", "bf16", "int8wo", "int4wo-g32")]
    timed: dict[str, Any] = {"started_at": START, "duration_s": 0.0}
    cells = [
        make_cell(tmp_path / NAME, plan[0]),
        r.MemoryCell(**dict(plan[1]), **timed, outcome=r.Unsupported(reason="no kernel")),
        r.MemoryCell(**dict(plan[2]), **timed, outcome=r.Failed(error="killed")),
    ]
    write(tmp_path / NAME, plan, cells)
    run = r.read_run(tmp_path / NAME)
    assert [c.outcome.state for c in run.cells] == ["measured", "unsupported", "failed"]
    assert [one.id for one in run.remaining()] == [plan[2].id, plan[3].id]
    assert r.check(tmp_path / NAME) == []
