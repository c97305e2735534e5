"""How is the error of each kind of layer drawn, scheme by scheme?"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import safe, words
from qdocs.publish.forest import LETTER, marks
from qdocs.publish.frames import Row, records
from qdocs.publish.look import Palette, Width, layout, legend_above, log_range, note, ticks

# Heights in px.
ROW, HEAD, GAP, TOP, BOTTOM = 19, 24, 8, 54, 52
RIGHT = 64


def drawable(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `weights.layer_errors` that a logarithmic axis has a place for."""
    return rows[(rows["output_error_mean"] > 0)]


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of kinds of layers and schemes."""
    drawn = drawable(rows)
    return TOP + drawn["pattern"].nunique() * (HEAD + GAP) + ROW * len(drawn) + BOTTOM


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Relative output error on a logarithmic axis, a group a kind of layer, a row a scheme.

    A mark is the mean over the layers of that kind, its bar reaches from the least to the most.

    Args:
        rows: Of `weights.layer_errors`, for one model, backend and number of tokens.
        palette: The colours.
        width: Wide or narrow.
    """
    drawn = drawable(rows)
    placed, heads, deep = _places(drawn)
    schemes = list(dict.fromkeys(drawn["scheme"]))
    figure = go.Figure()
    look = marks(schemes, palette)
    for scheme in schemes:
        own = [(row, y) for row, y in placed if row["scheme"] == scheme]
        symbol, color = look[scheme]
        figure.add_scatter(
            name=safe.figure(scheme),
            showlegend=False,
            mode="markers",
            x=[100 * row["output_error_mean"] for row, _ in own],
            y=[y for _, y in own],
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [100 * (row["output_error_max"] - row["output_error_mean"]) for row, _ in own],
                "arrayminus": [100 * (row["output_error_mean"] - row["output_error_min"]) for row, _ in own],
                "thickness": 2,
                "width": 4,
                "color": color,
            },
            marker={"symbol": symbol, "size": 9, "color": color, "line": {"width": 1.5, "color": color}},
            customdata=[_hover(row) for row, _ in own],
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
    ends = [100 * value for column in ("output_error_min", "output_error_max") for value in drawn[column] if value > 0]
    x_range = log_range(ends, 0.06)
    left = min(round(LETTER * max(map(len, schemes))) + 14, 170 if width == "wide" else 132)
    edge: dict[str, Any] = {"x": 0, "xshift": -left, "xanchor": "left", "yref": "y", "yanchor": "top"}
    figure.update_layout(
        layout(
            palette,
            height(rows, width),
            margin={"l": left, "r": RIGHT, "t": TOP, "b": BOTTOM},
            legend=legend_above(),
            xaxis={
                "type": "log",
                "range": x_range,
                "title": {"text": "output error, % (log scale)"},
                **ticks(x_range, lambda v: f"{v:g}"),
            },
            yaxis={
                "range": [deep, 0],
                "tickvals": [y for _, y in placed],
                "ticktext": [safe.figure(_short(row["scheme"], 22)) for row, _ in placed],
                "showgrid": False,
                "automargin": False,
            },
            annotations=[
                *(
                    note(f"<b>{safe.figure(_short(pattern, 40))}</b>", palette.ink, **edge, y=y + 3)
                    for pattern, y in heads.items()
                ),
                *(
                    note(
                        words.percent(row["output_error_mean"]),
                        palette.ink,
                        x=1,
                        xanchor="right",
                        xshift=RIGHT - 4,
                        yref="y",
                        y=y,
                        yanchor="middle",
                    )
                    for row, y in placed
                ),
                note("mean", palette.soft, x=1, xanchor="right", xshift=RIGHT - 4, y=1, yanchor="bottom"),
            ],
        )
    )
    return figure


def _places(drawn: pd.DataFrame) -> tuple[list[tuple[Row, float]], dict[str, float], float]:
    """Rows with their places, headings with theirs, and the depth of the plot; in px from the top."""
    placed: list[tuple[Row, float]] = []
    heads: dict[str, float] = {}
    y = 0.0
    for pattern, part in drawn.groupby("pattern", sort=False):
        heads[str(pattern)] = y
        y += HEAD
        for row in records(part):
            placed.append((row, y + ROW / 2))
            y += ROW
        y += GAP
    return placed, heads, y


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"…{text[1 - most :]}"


def _hover(row: Row) -> str:
    return "<br>".join(
        [
            f"<b>{safe.figure(row['scheme'])}</b>, {safe.figure(row['pattern'])}",
            f"output moves by {words.percent(row['output_error_mean'])}, mean of {words.count(row['layers'], 'layer')}",
            f"from {words.percent(row['output_error_min'])} to {words.percent(row['output_error_max'])}, "
            f"most in {safe.figure(row['worst_layer'])}",
            f"weights move by {words.percent(row['weight_error_mean'])}",
        ]
    )
