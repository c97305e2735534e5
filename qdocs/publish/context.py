"""What does the KV cache weigh beside the weights, by length of the context?"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import bars, frames, safe, words
from qdocs.publish.bars import Bar, Group, Part
from qdocs.publish.frames import Row, records
from qdocs.publish.look import Palette, Width
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import code, scope
from qdocs.publish.tables import Column, form, html
from qdocs.publish.tables import code as named
from qdocs.record import BASELINE, NOISE_FLOOR


def context(found: FoundRun) -> pd.DataFrame:
    """The rows of `frames.memory` with a cache: weights and cache together, the cache's share, both beside bf16.

    `both_ratio` is `None` where the baseline was not measured at that context.
    """
    rows = frames.memory(found)
    if rows.empty:
        return rows
    rows = rows[rows["kv_cache_bytes"].notna()].reset_index(drop=True)
    rows["both_bytes"] = rows["kv_cache_bytes"] + rows["stored_bytes"]
    rows["cache_share"] = rows["kv_cache_bytes"] / rows["both_bytes"]
    alike = [rows[name] for name in ("model", "backend", "batch", "context_tokens")]
    baseline = rows["both_bytes"].where(rows["scheme"] == BASELINE).groupby(alike).transform("max")
    ratio = rows["both_bytes"] / baseline
    rows["both_ratio"] = ratio.where(ratio.notna(), None)
    return rows


def drawable(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that are drawn: without the noise floor, whose cache is twice as wide; more than one context."""
    drawn = rows[rows["scheme"] != NOISE_FLOOR].drop_duplicates(["context_tokens", "scheme"])
    return drawn if drawn["context_tokens"].nunique() > 1 else drawn.iloc[:0]


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of contexts and schemes."""
    return bars.height(_groups(rows), width)


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Weights and cache in MB, a group a context, a bar a scheme.

    Args:
        rows: Of `context`, for one model, backend and batch.
        palette: The colours.
        width: Wide or narrow.
    """
    parts = (
        Part("weights", palette.roles["quantized_linear"]),
        Part("KV cache", palette.roles["scales_and_zeros"], "/"),
    )
    return bars.draw(_groups(rows), parts, "stored, MB", ("cache,<br>share", "cache"), palette, width)


def say(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say how large a part the cache gets in each scheme, at the longest context.

    Args:
        rows: Of `context`, for one model, backend and batch.
        found: The run that they belong to.
    """
    drawn = drawable(rows)
    longest = drawn["context_tokens"].max()
    alike = (drawn.groupby("context_tokens")["kv_cache_bytes"].nunique() == 1).all()
    same = "The cache is the same in every scheme, so the smaller the weights, the larger its part. " if alike else ""
    shares = words.listed(
        f"{words.percent(row['cache_share'])} in {code(row['scheme'])}"
        for row in records(drawn[drawn["context_tokens"] == longest])
    )
    where = scope(found, drawn["model"].iloc[0], f", batch {drawn['batch'].iloc[0]}")
    return f"{same}Its share of both at {longest:,} tokens: {shares}. {where}"


def table(rows: pd.DataFrame) -> str:
    """Weights and cache by context and scheme."""
    columns = [
        Column("scheme", named("scheme"), numeric=False),
        Column("context, tokens", lambda r: f"{r['context_tokens']:,}"),
        Column("batch", lambda r: f"{r['batch']:,}"),
        Column("weights", form("stored_bytes", words.megabytes)),
        Column("KV cache", form("kv_cache_bytes", words.megabytes)),
        Column("both", form("both_bytes", words.megabytes)),
        Column("cache, share of both", form("cache_share", words.percent)),
        Column(f"both, × {BASELINE}", form("both_ratio", words.ratio)),
    ]
    return html(records(rows), columns, "Cache beside weights")


def _groups(rows: pd.DataFrame) -> list[Group]:
    made = []
    for tokens, part in drawable(rows).groupby("context_tokens"):
        made.append(Group(f"{tokens:,} tokens", tuple(_bar(row) for row in records(part))))
    return made


def _bar(row: Row) -> Bar:
    name = safe.figure(row["scheme"])
    weights, cache = (words.megabytes(row[f"{what}_bytes"]) for what in ("stored", "kv_cache"))
    return Bar(
        name=row["scheme"],
        parts=(row["stored_bytes"] / 1e6, row["kv_cache_bytes"] / 1e6),
        shown=(words.percent(row["cache_share"]), cache),
        hover=(f"<b>{name}</b><br>weights: {weights}", f"<b>{name}</b><br>KV cache: {cache}"),
    )
