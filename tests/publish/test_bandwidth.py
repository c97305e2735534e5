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
        assert row["copy_least_gb_per_s"] <= row["copy_gb_per_s"] <= row["copy_most_gb_per_s"]
    assert {row["mode"] for row in rows} == {"eager", "compiled"}
