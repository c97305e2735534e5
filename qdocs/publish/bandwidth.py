"""How many bytes a second does decoding read, beside what the machine copied around it?"""

from __future__ import annotations

import pandas as pd

from qdocs.publish import frames, safe, words
from qdocs.publish.frames import Row, records
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import code, scope
from qdocs.publish.tables import Column, form, html
from qdocs.publish.tables import code as named
from qdocs.record import LatencyCell, MemoryCell, MemoryResult, Quantiles


def bandwidth(found: FoundRun) -> pd.DataFrame:
    """One row a scheme and mode of the run's first workload of latency, if that is batch 1 and bytes were measured.

    A decode step reads every stored weight once, and the whole static KV cache. An embedding that is a table of its own
    is left out: a step reads one of its rows. `beside_reading_ms` is what remains of a step without reading at the
    speed of copying.
    """
    memories = _memories(found)
    rows: list[Row] = []
    timed = frames.latency(found)
    if timed.empty:
        return timed
    copied = _copied(found)
    first = frames.groups(timed, ["model", "backend", "batch", "prompt_tokens", "new_tokens"])[:1]
    for row in (row for part in first for row in records(part)):
        cell = memories.get((row["model"], row["scheme"], row["backend"]))
        if cell is None or row["batch"] != 1:
            continue
        result, workload = cell
        weights = result.stored_bytes - (0 if result.head_tied else result.roles_bytes.embedding)
        cached_tokens = row["prompt_tokens"] + row["new_tokens"]
        cache = (result.kv_cache_bytes or 0) * cached_tokens // workload
        rate = (weights + cache) / row["tpot_ms"] / 1e6
        share = rate / copied.median
        rows.append(
            {
                **{name: row[name] for name in ("model", "backend", "batch", "prompt_tokens", "new_tokens")},
                "scheme": row["scheme"],
                "mode": row["mode"],
                "weights_read_bytes": weights,
                "cache_read_bytes": cache,
                "tpot_ms": row["tpot_ms"],
                "read_gb_per_s": rate,
                "copy_gb_per_s": copied.median,
                "copy_p10_gb_per_s": copied.p10,
                "copy_p90_gb_per_s": copied.p90,
                "copy_share": share,
                "beside_reading_ms": row["tpot_ms"] * (1 - share),
                "disturbed_rounds": row["disturbed_rounds"],
            }
        )
    return frames.arranged(found, rows, ["model", "backend", "mode"])


def say(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say what share of the copy bandwidth each scheme reaches, the nearest first."""
    first = rows.iloc[0]
    work = words.latency_workload(first["batch"], first["prompt_tokens"], first["new_tokens"])
    ends = words.span(first["copy_p10_gb_per_s"], first["copy_p90_gb_per_s"], ".0f")
    ordered = sorted(records(rows), key=lambda row: -row["copy_share"])
    each = words.listed(
        f"{code(row['scheme'])} {row['mode']} {words.number(row['read_gb_per_s'])} GB/s "
        f"({words.percent(row['copy_share'])})"
        for row in ordered
    )
    return (
        f"{scope(found, first['model'], f', {work}')} Around the timed cells the machine copied a median of "
        f"{words.number(first['copy_gb_per_s'])} GB/s (p10 to p90: {ends}), reading and writing counted. Decoding "
        f"read, as a share of that median: {each}."
    )


def table(rows: pd.DataFrame) -> str:
    """The numbers of the chart."""
    columns = [
        Column("scheme", named("scheme"), numeric=False),
        Column("mode", lambda r: safe.text(r["mode"]), numeric=False),
        Column("weights read a token", form("weights_read_bytes", words.megabytes)),
        Column("KV cache read a token", form("cache_read_bytes", words.megabytes)),
        Column("TPOT", form("tpot_ms", words.milliseconds)),
        Column("read", form("read_gb_per_s", lambda v: f"{words.number(v)} GB/s")),
        Column("of copy bandwidth", form("copy_share", words.percent)),
    ]
    return html(records(rows), columns, "Bandwidth that decoding reaches")


def _copied(found: FoundRun) -> Quantiles:
    """What the machine copied a second before and after each latency cell, in GB/s."""
    seen = [
        cell.outcome.result.disturbance
        for cell in found.run.cells
        if isinstance(cell, LatencyCell) and cell.outcome.state == "measured"
    ]
    return Quantiles.of([probe for one in seen for probe in (one.probe_before_gb_per_s, one.probe_after_gb_per_s)])


def _memories(found: FoundRun) -> dict[tuple[str, str, str], tuple[MemoryResult, int]]:
    made: dict[tuple[str, str, str], tuple[MemoryResult, int]] = {}
    for cell in found.run.cells:
        if isinstance(cell, MemoryCell) and cell.outcome.state == "measured":
            tokens = cell.workload.batch * cell.workload.context_tokens
            made.setdefault((cell.model, cell.scheme, cell.backend), (cell.outcome.result, tokens))
    return made
