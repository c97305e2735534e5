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
from qdocs.record import NOISE_FLOOR


def context(found: FoundRun) -> pd.DataFrame:
    """The rows of `frames.memory` with a cache, and its share in weights and cache together."""
    rows = frames.memory(found)
    if rows.empty:
        return rows
    rows = rows[rows["kv_cache_bytes"].notna()].reset_index(drop=True)
    rows["cache_share"] = rows["kv_cache_bytes"] / (rows["kv_cache_bytes"] + rows["stored_bytes"])
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
    """Say how large the cache gets, that no scheme makes it smaller, and where it outweighs the weights.

    Args:
        rows: Of `context`, for one model, backend and batch.
        found: The run that they belong to.
    """
    drawn = records(drawable(rows))
    said = [scope(found, drawn[0]["model"], f", batch {drawn[0]['batch']}")]
    sizes: dict[int, list[int]] = {}
    for row in sorted(drawn, key=lambda r: int(r["context_tokens"])):
        own = sizes.setdefault(row["context_tokens"], [])
        own += [] if row["kv_cache_bytes"] in own else [row["kv_cache_bytes"]]
    each = words.listed(f"{words.megabytes(size[0])} at {tokens:,} tokens" for tokens, size in sizes.items())
    alike = ", whatever the scheme" if all(len(size) == 1 for size in sizes.values()) else ""
    said.append(f"The KV cache takes {each}{alike}.")
    longest = max(sizes)
    for row in (r for r in drawn if r["context_tokens"] == longest):
        more = ", more than its weights" if row["cache_share"] > 0.5 else ""
        said.append(
            f"{code(row['scheme'])}: {words.megabytes(row['stored_bytes'])} of weights; at {longest:,} tokens the "
            f"cache is {words.percent(row['cache_share'])} of both{more}."
        )
    return " ".join(said)


def table(rows: pd.DataFrame) -> str:
    """Weights and cache by context and scheme."""
    columns = [
        Column("scheme", named("scheme"), numeric=False),
        Column("context, tokens", lambda r: f"{r['context_tokens']:,}"),
        Column("batch", lambda r: f"{r['batch']:,}"),
        Column("weights", form("stored_bytes", words.megabytes)),
        Column("KV cache", form("kv_cache_bytes", words.megabytes)),
        Column("cache, share of both", form("cache_share", words.percent)),
        Column("peak RSS increase", form("peak_rss_increase_bytes", words.megabytes, "peak_rss_increase_bytes_note")),
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
