"""Is it said what padding adds, and only where there is some?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qdocs.publish import frames, padding, values
from qdocs.publish.charts import CHARTS
from qdocs.publish.runs import FoundRun
from tests import factory
from tests.publish import cases


def test_bits_with_padding_apart(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(cases.on_gpu(where), where, yours=False)
    rows = padding.padding(found)
    by_scheme = {row["scheme"]: row for row in frames.records(rows)}
    assert list(by_scheme) == ["int8wo-head", "int4wo-g64-head"], "what is not quantized has no such bits"
    padded = by_scheme["int4wo-g64-head"]
    assert padded["padding_bits"] == pytest.approx(8 * 20_000_000 / factory.LINEAR)
    assert padded["bits"] - padded["padding_bits"] == pytest.approx(factory.SCHEMES["int4wo-g32"][3], abs=0.01)
    assert by_scheme["int8wo-head"]["padding_bits"] == 0
    told = padding.say(rows, found)
    assert f"{padded['bits']:.2f}, {padded['padding_bits']:.2f} of them padding. Not padded: <code>int8wo-head" in told
    named = values.collect([found])
    assert named["shape:llama-3.1-8b:int4wo-g64-head.padding-bits"].number == pytest.approx(padded["padding_bits"])
    assert "shape:llama-3.1-8b:int8wo-head.padding-bits" not in named


def test_a_run_without_padding_has_no_such_chart(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(factory.make_run(where, rounds=1), where, yours=False)
    assert padding.padding(found).empty
    assert not CHARTS["padding"].planned(found)
