"""What does padding add to the bits of a quantized weight?

Kernels for CUDA want rows of a certain width, and packing fills narrower ones up. A narrow model pays for it most.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import bars, frames, safe, words
from qdocs.publish.bars import Bar, Group, Part
from qdocs.publish.frames import Row, records
from qdocs.publish.look import ROLE_PATTERN, Palette, Width
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import code, scope
from qdocs.publish.tables import Column, form, html
from qdocs.publish.tables import code as named
from qdocs.record import BASELINE, AnySpec


def padding(found: FoundRun) -> pd.DataFrame:
    """One row a scheme that quantizes something, of the models that a scheme pads; bits are per quantized weight."""
    stored = frames.memory(found)
    rows: list[Row] = []
    for part in frames.groups(stored, ["model", "backend", "batch", "context_tokens"]):
        quantized = [row for row in records(part) if row["quantized_weights"]]
        if any(row["padding_bytes"] for row in quantized):
            rows += [
                {
                    **{name: row[name] for name in ("model", "backend", "scheme", "padding_bytes", "size_ratio")},
                    "bits": row["bits_per_quantized_weight"],
                    "padding_bits": 8 * row["padding_bytes"] / row["quantized_weights"],
                }
                for row in quantized
            ]
    return frames.arranged(found, rows, ["model", "backend"])


def of(spec: AnySpec) -> bool:
    """Whether a cell is of a backend whose packing pads."""
    return spec.backend == "cuda"


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of schemes."""
    return bars.height(_groups(rows), width)


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Bits a quantized weight, a bar a scheme, padding apart.

    Args:
        rows: Of `padding`, for one model and backend.
        palette: The colours.
        width: Wide or narrow.
    """
    parts = (
        Part("weights, scales, zero points", palette.roles["quantized_linear"], ROLE_PATTERN["quantized_linear"]),
        Part("padding", palette.roles["padding"], ROLE_PATTERN["padding"]),
    )
    heads = ("bits", f"model,<br>× {BASELINE}")
    return bars.draw(_groups(rows), parts, "bits a quantized weight", heads, palette, width)


def say(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say how many bits each scheme takes, and how many of them are padding.

    Args:
        rows: Of `padding`, for one model and backend.
        found: The run that they belong to.
    """
    every = records(rows)
    padded = words.listed(
        f"{code(row['scheme'])} {row['bits']:.2f}, {row['padding_bits']:.2f} of them padding"
        for row in every
        if row["padding_bytes"]
    )
    without = words.listed(code(row["scheme"]) for row in every if not row["padding_bytes"])
    rest = f" Not padded: {without}." if without else ""
    return f"{scope(found, every[0]['model'], '')} Bits a quantized weight: {padded}.{rest}"


def table(rows: pd.DataFrame) -> str:
    """The numbers of the chart."""
    columns = [
        Column("scheme", named("scheme"), numeric=False),
        Column("bits a quantized weight", form("bits", lambda v: f"{v:.2f}")),
        Column("of them padding", form("padding_bits", lambda v: f"{v:.2f}")),
        Column("padding", form("padding_bytes", words.megabytes)),
        Column(f"stored bytes, × {BASELINE}", form("size_ratio", words.ratio)),
    ]
    return html(records(rows), columns, "What padding adds")


def _groups(rows: pd.DataFrame) -> list[Group]:
    every = records(rows)
    return [Group(every[0]["model"], tuple(map(_bar, every)))]


def _bar(row: Row) -> Bar:
    used, told = row["bits"] - row["padding_bits"], safe.figure(row["scheme"])
    return Bar(
        name=row["scheme"],
        parts=(used, row["padding_bits"]),
        shown=(f"{row['bits']:.2f}", "" if words.missing(row["size_ratio"]) else words.ratio(row["size_ratio"])),
        hover=(
            f"<b>{told}</b><br>{used:.2f} bits of weights, scales and zero points",
            f"<b>{told}</b><br>{row['padding_bits']:.2f} bits of padding",
        ),
    )
