"""Is every regime in which a scheme was slower named, and no other?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qdocs.publish import frames, regimes
from qdocs.publish.charts import CHARTS
from qdocs.publish.runs import FoundRun, headline
from qdocs.publish.sentences import ONE_ROUND
from tests import factory
from tests.publish import cases


@pytest.fixture
def found(tmp_path: Path) -> FoundRun:
    where = cases.folder(tmp_path)
    return FoundRun(cases.sweep(where), where, yours=False)


def test_ratios_are_those_of_the_times(found: FoundRun) -> None:
    rows = {
        (r["scheme"], r["phase"], r["mode"], r["batch"], r["prompt_tokens"]): r["ratio"]
        for r in frames.records(regimes.regimes(found))
    }
    assert rows["int8wo", "decode", "eager", 16, 128] == pytest.approx(1 / 1.5)
    assert rows["int8wo", "decode", "compiled", 1, 16] == pytest.approx(1 / 0.8)
    assert rows["int4wo-g32", "prefill", "eager", 16, 128] == pytest.approx(1 / (0.25 + 2048 / 1500))
    assert not any(phase == "prefill" and mode == "compiled" for _, phase, mode, _, _ in rows)
    assert len(rows) == 2 * (4 * 2 + 4)


def test_losses_are_listed_the_largest_first_and_gains_are_not(found: FoundRun) -> None:
    table = regimes.slower(regimes.regimes(found), found)
    assert "Of 24 combinations of scheme and regime, 9 came out <strong>slower</strong> than bf16" in table
    body = table.split("<tbody>")[1].split("<tr>")[1:]
    assert len(body) == 9
    assert "int4wo-g32" in body[0]
    assert "0.62×" in body[0]
    assert sum("int4wo-g32" in row for row in body) == 1
    assert not any("compiled" in row for row in body)
    assert ONE_ROUND in table


def test_a_run_without_a_loss_says_so(found: FoundRun) -> None:
    rows = regimes.regimes(found)
    table = regimes.slower(rows[rows["ratio_low"] > 1], found)
    assert "0 came out <strong>slower</strong>" in table
    assert "<table" not in table


def test_one_setting_is_no_sweep_and_a_sweep_is_no_headline(found: FoundRun, tmp_path: Path) -> None:
    where = cases.folder(tmp_path, "2026-01-01-one-setting")
    single = FoundRun(factory.make_run(where), where, yours=False)
    assert CHARTS["sweep"].drawable(frames.latency(single)).empty
    assert not CHARTS["sweep"].drawable(frames.latency(found)).empty
    assert CHARTS["speed-size"].drawable(frames.latency(found)).empty
    assert headline([found, single]) is single
    assert headline([found]) is None


def test_how_far_repeats_of_the_same_prefill_lie_apart_is_said(found: FoundRun) -> None:
    rows = frames.latency(found)
    assert "its times differ by up to 0%" in regimes.say(rows, found)
    slow = (rows["scheme"] == "bf16") & (rows["mode"] == "compiled") & (rows["batch"] == 16)
    rows.loc[slow, "ttft_ms"] *= 1.3
    assert "its times differ by up to 30%, and ratios as close to 1 settle nothing" in regimes.say(rows, found)
    assert "Prefill is not compiled" not in regimes.say(rows[rows["mode"] == "eager"], found)
