"""How is speed drawn against size?"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import safe, words
from qdocs.publish.frames import records
from qdocs.publish.labels import LINE, Box, around, place, stroke
from qdocs.publish.look import (
    MARGIN_TOP,
    MODE_SYMBOL,
    PIXELS,
    Palette,
    Width,
    inside,
    layout,
    legend_above,
    log_range,
    note,
    pointer,
    share,
    ticks,
)
from qdocs.record import BASELINE

# Two marks of a scheme that are closer than this share a label.
CROWDED = 2 * LINE
# Above the highest interval, as a share of the axis: there is room for a label.
HEADROOM = 0.13


def drawable(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `frames.latency` that have both coordinates."""
    return rows[rows["speed_ratio"].notna() & rows["stored_bytes"].notna()]


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px; the same for any number of schemes."""
    return 430 if width == "wide" else 440


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Speed as a multiple of the baseline's in the same mode, against stored bytes, both on logarithmic axes.

    Args:
        rows: Of `frames.latency`, for one model, backend and workload.
        palette: The colours.
        width: Wide or narrow; decides where labels go.
    """
    drawn = drawable(rows)
    others = drawn[drawn["scheme"] != BASELINE]
    figure = go.Figure()
    for mode, shape in MODE_SYMBOL.items():
        part = others[others["mode"] == mode]
        if part.empty:
            continue
        figure.add_scatter(
            name=mode,
            mode="markers",
            x=[v / 1e6 for v in part["stored_bytes"]],
            y=list(part["speed_ratio"]),
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [h - v for h, v in zip(part["speed_ratio_high"], part["speed_ratio"], strict=True)],
                "arrayminus": [v - low for low, v in zip(part["speed_ratio_low"], part["speed_ratio"], strict=True)],
                "thickness": 1.5,
                "width": 4,
            },
            marker={"symbol": shape, "size": 12, "color": palette.eager if mode == "eager" else palette.compiled},
            customdata=[_speed_hover(row) for row in records(part)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    base = drawn[drawn["scheme"] == BASELINE]
    if not base.empty:
        told = "<br>".join(
            f"{m}: {words.number(t)} tokens/s" for m, t in zip(base["mode"], base["decode_tokens_per_s"], strict=True)
        )
        figure.add_scatter(
            name="baseline",
            mode="markers",
            x=[base["stored_bytes"].iloc[0] / 1e6],
            y=[1.0],
            marker={"symbol": "square", "size": 12, "color": palette.ink},
            customdata=[f"<b>{BASELINE}</b>, the baseline<br>{told}"],
            hovertemplate="%{customdata}<extra></extra>",
        )
    tall = height(rows, width)
    x_range = log_range([v / 1e6 for v in drawn["stored_bytes"]], 0.13 if width == "wide" else 0.16)
    y_range = log_range([1.0, *drawn["speed_ratio_low"], *drawn["speed_ratio_high"]], 0.09)
    y_range[1] = round(y_range[1] + HEADROOM * (y_range[1] - y_range[0]), 4)
    margin = (
        {"l": 62, "r": 12, "t": MARGIN_TOP, "b": 56} if width == "wide" else {"l": 50, "r": 6, "t": MARGIN_TOP, "b": 56}
    )
    y_ticks = [v for v in (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 6, 8, 12, 16) if inside(v, y_range)]
    figure.update_layout(
        layout(
            palette,
            tall,
            margin=margin,
            legend=legend_above(),
            xaxis={
                "type": "log",
                "range": x_range,
                "title": {"text": "stored weights, MB (log scale)"},
                **ticks(x_range, lambda v: f"{v:,.0f}" if v >= 1 else f"{v:g}"),
            },
            yaxis={
                "type": "log",
                "range": y_range,
                "title": {"text": f"decode speed, multiple of {BASELINE}"},
                "tickvals": y_ticks,
                "ticktext": [f"{v:g}×" for v in y_ticks],
            },
            shapes=[
                {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": 10 ** y_range[0], "y1": 1}
                | {"fillcolor": palette.loss_area, "line": {"width": 0}, "layer": "below"},
                {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": 1, "y1": 1}
                | {"line": {"color": palette.ink, "width": 1.5}, "layer": "between"},
            ],
            annotations=[
                note(f"slower than {BASELINE}", palette.loss, x=0.99, y=0.02, xanchor="right", yanchor="bottom"),
                note(f"faster than {BASELINE}", palette.soft, x=0.99, y=0.98, xanchor="right", yanchor="top"),
                *_speed_labels(
                    drawn[~drawn.duplicated("scheme") | (drawn["scheme"] != BASELINE)],
                    palette,
                    width,
                    tall,
                    margin,
                    x_range,
                    y_range,
                ),
            ],
        )
    )
    return figure


def _speed_labels(
    rows: pd.DataFrame,
    palette: Palette,
    width: Width,
    tall: int,
    margin: dict[str, int],
    x_range: list[float],
    y_range: list[float],
) -> list[dict[str, Any]]:
    across = PIXELS[width] - margin["l"] - margin["r"]
    down = tall - margin["t"] - margin["b"]

    def at(row: dict[str, Any], column: str = "speed_ratio") -> tuple[float, float]:
        return (
            share(math.log10(row["stored_bytes"] / 1e6), x_range) * across,
            (1 - share(math.log10(row[column]), y_range)) * down,
        )

    # The two notes in the right corners of the plot, the line between faster and slower, the intervals.
    avoid = [Box(across - 118, 0, across, 24), Box(across - 118, down - 24, across, down)]
    even = (1 - share(0, y_range)) * down
    avoid.append(stroke(0, even, across, even))
    avoid += [stroke(*at(row, "speed_ratio_low"), *at(row, "speed_ratio_high")) for row in records(rows)]
    # Where marks crowd, some stay without a label; never a loss, if there is any room.
    rows = rows.assign(loses=rows["speed_ratio_high"] < 1).sort_values("loses", ascending=False, kind="stable")
    named: list[tuple[str, dict[str, Any]]] = []
    for _, part in rows.groupby(["scheme", "loses"], sort=False):
        marks = sorted(records(part), key=lambda row: -row["speed_ratio"])
        top, *others = marks
        if others and part["mode"].is_unique and at(marks[-1])[1] - at(top)[1] < CROWDED:
            ratios = [f"{_ratio(row)} {row['mode']}" for row in marks]
            named.append(("\n".join([top["scheme"], *ratios]), top))
            avoid += [around(*at(row)) for row in others]
        else:
            named += [(_speed_label(row), row) for row in marks]
    points, texts = [at(row) for _, row in named], [text for text, _ in named]
    places = place(points, texts, across, down, avoid, first=sum(row["loses"] for _, row in named))
    made: list[dict[str, Any]] = []
    for (text, row), spot in zip(named, places, strict=True):
        if spot is None:
            continue
        written = "<br>".join(map(safe.figure, text.split("\n")))
        made.append(
            pointer(
                f"<b>{written}</b>" if row["loses"] else written,
                palette.loss if row["loses"] else palette.ink,
                math.log10(row["stored_bytes"] / 1e6),
                math.log10(row["speed_ratio"]),
                spot,
                palette,
            )
        )
    return made


def _speed_label(row: dict[str, Any]) -> str:
    return f"{BASELINE}, the baseline" if row["scheme"] == BASELINE else f"{row['scheme']} {_ratio(row)}"


def _ratio(row: dict[str, Any]) -> str:
    return words.ratio(row["speed_ratio"]) + words.star(row["ratio_disturbed"])


def _speed_hover(row: dict[str, Any]) -> str:
    told = [
        f"<b>{safe.figure(row['scheme'])}</b>, {row['mode']}",
        f"{words.ratio(row['speed_ratio'])} the speed of {BASELINE}",
        f"95% interval {words.span(row['speed_ratio_low'], row['speed_ratio_high'])}",
        f"{words.number(row['decode_tokens_per_s'])} tokens/s, {words.milliseconds(row['tpot_ms'])} a token",
        words.megabytes(row["stored_bytes"]),
    ]
    if row["ratio_disturbed"]:
        told.append("* the machine was unusual in a round")
    return "<br>".join(told)
