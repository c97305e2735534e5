"""How is closeness to the baseline drawn against size?"""

from __future__ import annotations

import itertools
import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import safe, words
from qdocs.publish.frames import Row, records
from qdocs.publish.labels import LETTER, LINE, Box, place, stroke
from qdocs.publish.look import (
    MARGIN_TOP,
    PIXELS,
    Palette,
    Width,
    layout,
    legend_above,
    log_range,
    note,
    pointer,
    share,
    ticks,
)
from qdocs.record import BASELINE, NOISE_FLOOR

BOTTOM = 56
LINE_OF_KEY = 18
KEY_GAP = 8


def drawable(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `tradeoff.tradeoff`, if there is a scheme beside the baseline and the noise floor."""
    return rows if len(rows[~rows["scheme"].isin([BASELINE, NOISE_FLOOR])]) else rows.iloc[:0]


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px; on a narrow page with a line for each scheme's name."""
    return 430 if width == "wide" else 440 + KEY_GAP + LINE_OF_KEY * len(_points(rows))


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Mean KL divergence against stored bytes, both on logarithmic axes, with the front as a line.

    The baseline diverges by nothing, for which a logarithmic axis has no place: it is a line at its size.

    Args:
        rows: Of `tradeoff.tradeoff`, for one model, backend and workload.
        palette: The colours.
        width: Wide or narrow; decides where labels go.
    """
    points = _points(rows)
    front = points[points["on_front"].astype(bool)].sort_values("stored_bytes")
    others = points[~points["on_front"].astype(bool)]
    base, floor = (rows[rows["scheme"] == name] for name in (BASELINE, NOISE_FLOOR))
    sizes = [float(v) / 1e6 for v in [*points["stored_bytes"], *base["stored_bytes"]]]
    x_range = log_range(sizes, 0.14 if width == "wide" else 0.18)
    y_range = log_range([v for v in [*points["kl_mean_nats"], *floor["kl_mean_nats"]] if v > 0], 0.16)
    figure = go.Figure()
    figure.add_scatter(
        name="on the front",
        mode="lines+markers",
        x=[v / 1e6 for v in front["stored_bytes"]],
        y=list(front["kl_mean_nats"]),
        line={"color": palette.eager, "width": 2, "shape": "hv"},
        marker={"symbol": "diamond", "size": 12, "color": palette.eager},
        **_told(front),
    )
    if not others.empty:
        figure.add_scatter(
            name="no smaller and no closer than another",
            mode="markers",
            x=[v / 1e6 for v in others["stored_bytes"]],
            y=list(others["kl_mean_nats"]),
            marker={"symbol": "x", "size": 10, "color": palette.loss},
            **_told(others),
        )
    tall = height(rows, width)
    margin = {"l": 62, "r": 12, "t": MARGIN_TOP, "b": BOTTOM}
    if width == "narrow":
        margin |= {"l": 52, "b": BOTTOM + KEY_GAP + LINE_OF_KEY * len(points)}
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    line = {"type": "line", "layer": "below"}
    for size in [v / 1e6 for v in base["stored_bytes"]]:
        upright = {"xref": "x", "yref": "y domain", "x0": size, "x1": size, "y0": 0, "y1": 1}
        shapes.append({**line, **upright, "line": {"color": palette.ink, "width": 1.5}})
        where = {"xref": "x", "x": math.log10(size), "xanchor": "right", "xshift": -4}
        notes.append(note(f"{BASELINE}, 0 nats", palette.ink, **where, y=0.98, yanchor="top"))
    for level in floor["kl_mean_nats"]:
        shapes.append(
            {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": level, "y1": level, "layer": "below"}
            | {"line": {"color": palette.ink, "width": 1.5, "dash": "dot"}}
        )
        where = {"yref": "y", "y": math.log10(level), "yanchor": "bottom"}
        notes.append(note(f"{NOISE_FLOOR} noise floor", palette.ink, **where, x=0.01, xanchor="left"))
    if width == "narrow":
        notes += _key(points, palette)
    figure.update_layout(
        layout(
            palette,
            tall,
            margin=margin,
            legend=legend_above(),
            showlegend=True,
            xaxis={
                "type": "log",
                "range": x_range,
                "title": {"text": "stored weights, MB (log scale)"},
                **ticks(x_range, lambda v: f"{v:,.0f}" if v >= 1 else f"{v:g}"),
            },
            yaxis={
                "type": "log",
                "range": y_range,
                "title": {"text": f"mean KL divergence from {BASELINE}, nats"},
                **ticks(y_range, lambda v: f"{v:g}", decades_only=True),
            },
            shapes=shapes,
            annotations=[*notes, *_labels(rows, points, palette, width, tall, margin, x_range, y_range)],
        )
    )
    return figure


def _told(part: pd.DataFrame) -> dict[str, Any]:
    return {"customdata": [_hover(row) for row in records(part)], "hovertemplate": "%{customdata}<extra></extra>"}


def _labels(
    rows: pd.DataFrame,
    points: pd.DataFrame,
    palette: Palette,
    width: Width,
    tall: int,
    margin: dict[str, int],
    x_range: list[float],
    y_range: list[float],
) -> list[dict[str, Any]]:
    across, down = PIXELS[width] - margin["l"] - margin["r"], tall - margin["t"] - margin["b"]
    at = [
        (math.log10(b / 1e6), math.log10(k))
        for b, k in zip(points["stored_bytes"], points["kl_mean_nats"], strict=True)
    ]

    def right(size: float) -> float:
        return share(math.log10(size / 1e6), x_range) * across

    def deep(divergence: float) -> float:
        return (1 - share(math.log10(divergence), y_range)) * down

    pixels = [(share(x, x_range) * across, (1 - share(y, y_range)) * down) for x, y in at]
    # A narrow plot has no room for names beside the marks: numbers stand there, and the names below.
    texts = [_label(row) if width == "wide" else str(at) for at, row in enumerate(records(points), 1)]
    # The lines of the baseline and of the noise floor with their notes, and the front.
    avoid: list[Box] = []
    for x in map(right, rows[rows["scheme"] == BASELINE]["stored_bytes"]):
        avoid += [stroke(x, 0, x, down), Box(x - LETTER * len(f"{BASELINE}, 0 nats"), 0, x, 2 * LINE)]
    for y in map(deep, rows[(rows["scheme"] == NOISE_FLOOR) & (rows["kl_mean_nats"] > 0)]["kl_mean_nats"]):
        avoid += [stroke(0, y, across, y), Box(0, y - LINE, LETTER * len(f"{NOISE_FLOOR} noise floor"), y)]
    front = points[points["on_front"].astype(bool)].sort_values("stored_bytes")
    corners = list(zip(map(right, front["stored_bytes"]), map(deep, front["kl_mean_nats"]), strict=True))
    for (x0, y0), (x1, y1) in itertools.pairwise(corners):
        avoid += [stroke(x0, y0, x1, y0), stroke(x1, y0, x1, y1)]
    return [
        pointer(safe.figure(text), palette.ink, x, y, spot, palette)
        for (x, y), text, spot in zip(at, texts, place(pixels, texts, across, down, avoid), strict=True)
        if spot is not None
    ]


def _points(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that are drawn as marks."""
    return rows[~rows["scheme"].isin([BASELINE, NOISE_FLOOR]) & (rows["kl_mean_nats"] > 0)]


def _key(points: pd.DataFrame, palette: Palette) -> list[dict[str, Any]]:
    """The name of each numbered mark, a line each, below the axis."""
    where = {"x": 0, "xanchor": "left", "y": 0, "yanchor": "top"}
    return [
        note(f"<b>{at}</b>  {safe.figure(_label(row))}", palette.ink, **where, yshift=-BOTTOM - LINE_OF_KEY * (at - 1))
        for at, row in enumerate(records(points), 1)
    ]


def _label(row: Row) -> str:
    # A scheme that left layers alone is close for that reason.
    return row["scheme"] if row["coverage"] == 1 else f"{row['scheme']}, {words.coverage(row['coverage'])}"


def _hover(row: Row) -> str:
    ratio = "" if words.missing(row["size_ratio"]) else f", {words.ratio(row['size_ratio'])} {BASELINE}"
    told = [
        f"<b>{safe.figure(row['scheme'])}</b>, coverage {words.coverage(row['coverage'])}",
        f"{words.megabytes(row['stored_bytes'])}{ratio}",
        f"mean KL {words.nats(row['kl_mean_nats'])} nats "
        f"({words.nats(row['kl_mean_low_nats'])} to {words.nats(row['kl_mean_high_nats'])})",
    ]
    if row["beaten_by"]:
        told.append(f"no smaller and no closer than {safe.figure(row['beaten_by'])}")
    return "<br>".join(told)
