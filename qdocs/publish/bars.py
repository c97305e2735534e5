"""How are amounts drawn: a bar a row, of one or more parts, group by group?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from qdocs.publish import safe
from qdocs.publish.forest import LETTER, column_width
from qdocs.publish.look import Palette, Width, layout, legend_above, note, patterned

# Heights in px.
ROW, HEAD, GAP, BOTTOM = 22, 26, 12, 52
TOP: dict[Width, int] = {"wide": 60, "narrow": 66}


@dataclass(frozen=True)
class Bar:
    """One row: its parts from left to right, what stands right of the plot, and what a touch of each part says.

    `ends` are those of the interval of its whole length; `None` where it has none.
    """

    name: str
    parts: tuple[float, ...]
    shown: tuple[str, ...]
    hover: tuple[str, ...]
    ends: tuple[float, float] | None = None


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Part:
    """How a part of each bar is called and drawn."""

    label: str
    color: str
    pattern: str = ""


def height(groups: Sequence[Group], width: Width) -> int:
    """Height in px."""
    return TOP[width] + _deep(groups) + BOTTOM


def draw(
    groups: Sequence[Group],
    parts: Sequence[Part],
    axis: str,
    heads: Sequence[str],
    palette: Palette,
    width: Width,
    narrow: int = 1,
) -> go.Figure:
    """Groups below each other, a bar a row.

    Args:
        groups: In the order to draw them.
        parts: Of each bar, from left to right.
        axis: What the horizontal axis measures.
        heads: Of the columns of text right of the plot.
        palette: The colours.
        width: Wide or narrow.
        narrow: How many of the columns, the first ones, a narrow page has room for.
    """
    rows, titles = _places(groups)
    heads = heads if width == "wide" else heads[:narrow]
    columns = [column_width([head, *(bar.shown[index] for bar, _ in rows)]) for index, head in enumerate(heads)]
    left = min(round(LETTER * max(len(bar.name) for bar, _ in rows)) + 14, 170 if width == "wide" else 132)
    figure = go.Figure()
    for index, part in enumerate(parts):
        figure.add_bar(
            name=part.label,
            orientation="h",
            x=[bar.parts[index] for bar, _ in rows],
            y=[y for _, y in rows],
            width=ROW * 0.7,
            marker=patterned(part.color, part.pattern, palette),
            customdata=[bar.hover[index] for bar, _ in rows],
            hovertemplate="%{customdata}<extra></extra>",
            showlegend=len(parts) > 1,
        )
    if any(bar.ends for bar, _ in rows):
        figure.data[-1].error_x = _whiskers([bar for bar, _ in rows], palette)
    right: dict[str, Any] = {"x": 1, "xanchor": "right", "align": "right"}
    shifts = [sum(columns[: index + 1]) + 4 for index in range(len(columns))]
    edge: dict[str, Any] = {"x": 0, "xshift": -left, "xanchor": "left", "yref": "y", "yanchor": "top"}
    figure.update_layout(
        layout(
            palette,
            height(groups, width),
            barmode="stack",
            margin={"l": left, "r": sum(columns) + 8, "t": TOP[width], "b": BOTTOM},
            legend=legend_above(traceorder="normal"),
            xaxis={
                "title": {"text": axis},
                "rangemode": "tozero",
                "nticks": 6 if width == "wide" else 4,
                "separatethousands": True,
            },
            yaxis={
                "range": [_deep(groups), 0],
                "tickvals": [y for _, y in rows],
                "ticktext": [safe.figure(bar.name) for bar, _ in rows],
                "showgrid": False,
                "automargin": False,
            },
            annotations=[
                *(note(f"<b>{safe.figure(title)}</b>", palette.ink, **edge, y=y + 4) for title, y in titles),
                *(
                    note(head, palette.soft, **right, y=1, yanchor="bottom", xshift=shift)
                    for head, shift in zip(heads, shifts, strict=False)
                ),
                *(
                    note(safe.figure(text), palette.ink, **right, yref="y", y=y, yanchor="middle", xshift=shift)
                    for bar, y in rows
                    for text, shift in zip(bar.shown, shifts, strict=False)
                ),
            ],
        )
    )
    return figure


def _whiskers(rows: Sequence[Bar], palette: Palette) -> dict[str, Any]:
    """From the end of each bar to both ends of its interval."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [bar.ends[1] - sum(bar.parts) if bar.ends else None for bar in rows],
        "arrayminus": [sum(bar.parts) - bar.ends[0] if bar.ends else None for bar in rows],
        "color": palette.ink,
        "thickness": 1.5,
        "width": 4,
    }


def _places(groups: Sequence[Group]) -> tuple[list[tuple[Bar, float]], list[tuple[str, float]]]:
    """Rows and headings with their places, in px from the top of the plot."""
    rows: list[tuple[Bar, float]] = []
    titles: list[tuple[str, float]] = []
    y = 0.0
    for group in groups:
        titles.append((group.title, y))
        y += HEAD
        for bar in group.bars:
            rows.append((bar, y + ROW / 2))
            y += ROW
        y += GAP
    return rows, titles


def _deep(groups: Sequence[Group]) -> int:
    return sum(HEAD + ROW * len(group.bars) + GAP for group in groups)
