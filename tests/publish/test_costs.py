"""Is what a million tokens cost that of whole requests, prompts included?"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from qdocs.publish import costs, frames
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import ONE_ROUND
from tests.publish import cases


@pytest.fixture
def found(tmp_path: Path) -> FoundRun:
    where = cases.folder(tmp_path)
    return FoundRun(cases.sweep(where), where, yours=False)


@pytest.fixture
def rows(found: FoundRun) -> pd.DataFrame:
    return frames.latency(found)


def _of(table: str, scheme: str, mode: str, setting: str) -> list[str]:
    lines = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in table.split("<tbody>")[1].split("<tr>")[1:]]
    (found,) = (line for line in lines if line[:3] == [f"<code>{scheme}</code>", mode, setting])
    return found


def test_ratios_are_of_whole_requests(rows: pd.DataFrame) -> None:
    ratios = {
        (r["scheme"], r["mode"], r["batch"], r["prompt_tokens"]): r["request_ratio"] for r in frames.records(rows)
    }
    # Time to the first token and two decode steps of each.
    assert ratios["int8wo", "eager", 1, 128] == pytest.approx((128 + 2 * 10) / (160 + 2 * 15))
    assert ratios["int4wo-g32", "eager", 16, 128] == pytest.approx((2048 + 20) / (512 + 2048**2 / 1500 + 2 * 10))


def test_a_gain_in_decoding_can_be_a_loss_in_cost(found: FoundRun, rows: pd.DataFrame) -> None:
    table = costs.told(rows, found)
    # 16 requests of 3 new tokens in 2.068 s.
    assert f"{2.068 / 48 / 3600 * 1e6:.1f}" in _of(table, "bf16", "eager", "16 × 128")[3]
    beside = _of(table, "int4wo-g32", "eager", "16 × 128")[4]
    assert beside.startswith("1.61×"), "costs more than bf16, though it decodes faster"


def test_what_is_cheapest_where_is_said(found: FoundRun, rows: pd.DataFrame) -> None:
    said = costs.told(rows, found).split("</p>")[0]
    assert "at a utilization of 100%" in said
    assert "<code>int4wo-g32</code> eager at 1 × 16, 1 × 128 and 16 × 16; <code>bf16</code> eager at 16 × 128." in said
    assert "not settled" not in said
    assert ONE_ROUND in said


def test_what_the_intervals_do_not_separate_from_the_cheapest_is_said(found: FoundRun, rows: pd.DataFrame) -> None:
    setting = (rows["batch"] == 1) & (rows["prompt_tokens"] == 128) & (rows["mode"] == "eager")
    rows.loc[setting & (rows["scheme"] == "int4wo-g32"), "request_ratio_low"] = 0.5
    said = costs.told(rows, found).split("</p>")[0]
    assert re.search(r"In 1 of these \d settings the interval of another scheme of the same mode overlaps", said)
    assert "so their order is not settled." in said
    alone = costs.told(rows[(rows["batch"] == 1) & (rows["prompt_tokens"] == 128)], found).split("</p>")[0]
    close = "<code>bf16</code> eager and <code>int8wo</code> eager"
    assert f"In the same mode, the intervals do not separate it from {close}." in alone
