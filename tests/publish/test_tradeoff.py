"""Is a scheme on the front exactly where no other is smaller and closer?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from qdocs.publish import chart_tradeoff, tradeoff
from qdocs.publish.frames import ALL_CORPORA, records
from qdocs.publish.look import PALETTES, WIDTHS, Width
from qdocs.publish.runs import FoundRun
from tests import factory
from tests.publish import cases


@pytest.fixture
def found(tmp_path: Path) -> FoundRun:
    where = cases.folder(tmp_path)
    return FoundRun(factory.make_run(where), where, yours=False)


def with_points(found: FoundRun, monkeypatch: pytest.MonkeyPatch, points: dict[str, tuple[int, float]]) -> pd.DataFrame:
    """The rows of `tradeoff` where schemes have these bytes and divergences."""
    close = next(r for r in records(tradeoff.frames.fidelity(found)) if r["corpus"] == ALL_CORPORA)
    size = records(tradeoff.frames.memory(found))[0]

    def frame(change: Any, row: dict[str, Any]) -> pd.DataFrame:
        return tradeoff.frames.tidy([{**row, "scheme": name, **change(point)} for name, point in points.items()])

    monkeypatch.setattr(tradeoff.frames, "fidelity", lambda _: frame(lambda p: {"kl_mean_nats": p[1]}, close))
    monkeypatch.setattr(tradeoff.frames, "memory", lambda _: frame(lambda p: {"stored_bytes": p[0]}, size))
    return tradeoff.tradeoff(found)


def test_the_front(found: FoundRun, monkeypatch: pytest.MonkeyPatch) -> None:
    points = {
        "bf16": (1000, 0.0),
        "fp32": (2000, 0.001),
        "small": (250, 0.3),
        "closer": (250, 0.2),
        "middle": (400, 0.2),
        "int8": (500, 0.005),
        "twin": (500, 0.005),
    }
    rows = {row["scheme"]: row for row in records(with_points(found, monkeypatch, points))}
    assert {name for name, row in rows.items() if row["on_front"]} == {"bf16", "closer", "int8", "twin"}
    assert rows["small"]["beaten_by"] == rows["middle"]["beaten_by"] == "closer"
    said = tradeoff.say(pd.DataFrame(list(rows.values())), found)
    assert "<code>middle</code> (0.0004 MB, 0.20 nats) is no smaller and no closer than <code>closer</code>." in said
    assert "<code>fp32</code> (" not in said


def test_schemes_without_a_size_are_left_out(found: FoundRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tradeoff.frames, "memory", lambda _: pd.DataFrame())
    assert tradeoff.tradeoff(found).empty


@pytest.mark.parametrize("width", WIDTHS)
def test_without_the_baseline_s_size_points_are_drawn_and_no_ratio_is_told(tmp_path: Path, width: Width) -> None:
    where = cases.folder(tmp_path, "without-baseline")
    plan = [factory.spec(kind, "int8wo") for kind in ("memory", "fidelity")]
    run = factory.write(where, plan, [factory.make_cell(where, one) for one in plan])
    rows = tradeoff.tradeoff(FoundRun(run, where, yours=False))
    drawn = chart_tradeoff.draw(rows, PALETTES[0], width)
    assert "164.2 MB<br>" in "".join(text for trace in drawn.data for text in trace.customdata or [])
