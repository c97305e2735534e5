"""Which schemes are the closest for their size?"""

from __future__ import annotations

import pandas as pd

from qdocs.publish import frames, words
from qdocs.publish.frames import ALL_CORPORA, Row, records
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import code, scope
from qdocs.publish.tables import Column, form, html
from qdocs.publish.tables import code as named
from qdocs.record import BASELINE, NOISE_FLOOR

KEPT = [
    "kl_mean_nats",
    "kl_mean_low_nats",
    "kl_mean_high_nats",
    "top1_agreement",
    "positions",
    "coverage",
    "head_quantized",
    "skipped_layers",
]


def tradeoff(found: FoundRun) -> pd.DataFrame:
    """One row a scheme whose stored bytes and divergence were both measured; `on_front` where none beats it.

    The noise floor stands beside them, and on no front: it is arithmetic, not a way to store weights.
    """
    close = [row for row in records(frames.fidelity(found)) if row["corpus"] == ALL_CORPORA]
    stored = {(r["model"], r["backend"], r["scheme"]): r for r in reversed(records(frames.memory(found)))}
    rows: list[Row] = []
    for row in close:
        size = stored.get((row["model"], row["backend"], row["scheme"]))
        if size is None or any((row["model"], row["scheme"]) == (other["model"], other["scheme"]) for other in rows):
            continue
        rows.append(
            {
                **{name: row[name] for name in ("model", "backend", "window_tokens", "windows_per_corpus", "scheme")},
                "stored_bytes": size["stored_bytes"],
                "size_ratio": size["size_ratio"],
                **{name: row[name] for name in KEPT},
            }
        )
    stores = [row for row in rows if row["scheme"] != NOISE_FLOOR]
    for row in rows:
        row["beaten_by"] = ", ".join(other["scheme"] for other in stores if _beats(other, row))
        row["on_front"] = row in stores and not row["beaten_by"]
    return frames.arranged(found, rows, ["model", "backend", "window_tokens", "windows_per_corpus"])


def say(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say which schemes are on the front, and by what each of the others is beaten."""
    first = rows.iloc[0]
    said = [scope(found, first["model"], f", eager, {first['positions']:,} token positions")]
    front = sorted((r for r in records(rows) if r["on_front"]), key=lambda r: -int(r["stored_bytes"]))
    said.append(f"On the front, from large to small: {words.listed(_item(row) for row in front)}.")
    for row in records(rows):
        if row["beaten_by"] and row["scheme"] != NOISE_FLOOR:
            by = words.listed(map(code, row["beaten_by"].split(", ")))
            said.append(f"{_item(row)} is no smaller and no closer than {by}.")
    return " ".join(said) + words.coverage_told(records(rows))


def table(rows: pd.DataFrame) -> str:
    """The numbers of the chart."""
    columns = [
        Column("scheme", named("scheme"), numeric=False),
        Column("stored", form("stored_bytes", words.megabytes)),
        Column(f"size, × {BASELINE}", form("size_ratio", words.ratio)),
        Column("mean KL, nats", form("kl_mean_nats", words.nats)),
        Column("top-1 agreement", form("top1_agreement", words.percent)),
        Column("coverage", form("coverage", words.coverage)),
        Column("on the front", _front, numeric=False),
    ]
    return html(records(rows), columns, "Closeness against size")


def _beats(one: Row, other: Row) -> bool:
    """Whether one is no worse in both, and better in at least one."""
    ours, theirs = ((row["stored_bytes"], row["kl_mean_nats"]) for row in (one, other))
    return ours != theirs and ours[0] <= theirs[0] and ours[1] <= theirs[1]


def _item(row: Row) -> str:
    return f"{code(row['scheme'])} ({words.megabytes(row['stored_bytes'])}, {words.nats(row['kl_mean_nats'])} nats)"


def _front(row: Row) -> str:
    if row["scheme"] == NOISE_FLOOR:
        return "the noise floor"
    return "yes" if row["on_front"] else f"no: {words.listed(map(code, row['beaten_by'].split(', ')))}"
