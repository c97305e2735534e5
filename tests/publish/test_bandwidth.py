"""Are the bytes that decoding reads, and the rate, those of the record?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qdocs.publish import bandwidth
from qdocs.publish.frames import records
from qdocs.publish.runs import FoundRun
from qdocs.record import MemoryCell, read_run
from tests import factory
from tests.publish import cases


def changed(where: Path, tied: bool, embedding: int) -> FoundRun:
    """A run whose memory cells say so of the head, with so many bytes of embedding."""
    run = factory.make_run(where)
    cells = []
    for cell in run.cells:
        if isinstance(cell, MemoryCell) and cell.outcome.state == "measured":
            result = cell.outcome.result.model_dump()
            grown = embedding - result["roles_bytes"]["embedding"]
            result["roles_bytes"]["embedding"] = embedding
            result["stored_bytes"] += grown
            result["head_tied"] = tied
            result["bits_per_parameter"] = 8 * result["stored_bytes"] / result["parameters"]
            outcome = {"state": "measured", "result": result}
            cell = MemoryCell.model_validate({**cell.model_dump(), "outcome": outcome})
        cells.append(cell)
    cases.rewrite(where, run, cells=cells)
    return FoundRun(read_run(where), where, yours=False)


def test_a_tied_table_is_read_as_the_head_and_another_is_not(tmp_path: Path) -> None:
    many = 40_000_000
    read = {}
    for tied in (True, False):
        found = changed(cases.folder(tmp_path, f"run-{tied}".lower()), tied, many)
        read[tied] = [row["weights_read_bytes"] for row in records(bandwidth.bandwidth(found))]
    assert [a - b for a, b in zip(read[True], read[False], strict=True)] == [many] * len(read[True])
    assert read[True]


def test_the_rate_is_bytes_over_the_time_of_a_token(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    rows = records(bandwidth.bandwidth(FoundRun(factory.make_run(where), where, yours=False)))
    for row in rows:
        seconds = row["tpot_ms"] / 1e3
        expected = (row["weights_read_bytes"] + row["cache_read_bytes"]) / seconds / 1e9
        assert row["read_gb_per_s"] == pytest.approx(expected)
        assert row["copy_share"] == pytest.approx(expected / row["copy_gb_per_s"])
        assert row["beside_reading_ms"] == pytest.approx(1e3 * (seconds - seconds * row["copy_share"]))
    assert {row["mode"] for row in rows} == {"eager", "compiled"}


def test_what_the_machine_copied_is_that_of_the_probes_around_timed_cells(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    cells = [
        cases.timed_cell(where, "bf16", "eager", turn, [50.0], probe_before_gb_per_s=before, probe_after_gb_per_s=21.0)
        for turn, before in ((1, 18.0), (2, 22.0))
    ]
    memory = factory.make_cell(where, factory.spec("memory", "bf16"))
    every = [memory, *cells]
    plan = [
        factory.spec("memory", "bf16"),
        *(factory.spec("latency", "bf16", "eager", n, new_tokens=3) for n in (1, 2)),
    ]
    found = FoundRun(factory.write(where, plan, every), where, yours=False)
    rows = bandwidth.bandwidth(found)
    (row,) = records(rows)
    assert min(found.run.environment.bandwidth_probes_gb_per_s) == 20.0, "of 18, 21, 21 and 22 it is none"
    assert row["copy_gb_per_s"] == pytest.approx(21.0)
    assert [row[f"copy_{end}_gb_per_s"] for end in ("p10", "p90")] == pytest.approx([18.9, 21.7])
    assert "Around the timed cells the machine copied a median of 21.0 GB/s (p10 to p90: 19 to 22)" in bandwidth.say(
        rows, found
    )
