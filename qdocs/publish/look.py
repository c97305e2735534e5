"""What do all charts have in common: palettes, sizes, marks, base layout?"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from qdocs.publish.labels import Place

Width = Literal["wide", "narrow"]
WIDTHS: tuple[Width, ...] = ("wide", "narrow")
# Widths at which stills are drawn and labels placed, in px; the page gives the chart at least about this much.
PIXELS: dict[Width, int] = {"wide": 650, "narrow": 328}
MARGIN_TOP = 46
STEPS = ((1,), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 7))
FONT = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"


@dataclass(frozen=True)
class Palette:
    """Colours that hold apart for colour-blind readers and reach 4.5:1 as text on the theme's background."""

    name: Literal["light", "dark"]
    scheme: str  # what the theme calls it, in data-md-color-scheme
    page: str
    ink: str
    soft: str
    grid: str
    eager: str
    compiled: str
    loss: str
    loss_area: str
    roles: dict[str, str]


PALETTES = (
    Palette(
        name="light",
        scheme="default",
        page="#ffffff",
        ink="#1d2733",
        soft="#566270",
        grid="#dde2e8",
        eager="#0062a3",
        compiled="#b35300",
        loss="#a8125a",
        loss_area="rgba(168,18,90,0.07)",
        roles={
            "embedding": "#8195a8",
            "head": "#5c6b7a",
            "unquantized_linear": "#b9c3cd",
            "quantized_linear": "#0072b2",
            "scales_and_zeros": "#e69f00",
            "padding": "#a8125a",
            "other": "#333b44",
        },
    ),
    Palette(
        name="dark",
        scheme="slate",
        page="#171c22",
        ink="#e7ebf0",
        soft="#aab5c1",
        grid="#39424d",
        eager="#6cb8f0",
        compiled="#ffab5e",
        loss="#ff8fc0",
        loss_area="rgba(255,143,192,0.10)",
        roles={
            "embedding": "#73879b",
            "head": "#9fb0c0",
            "unquantized_linear": "#4f5c69",
            "quantized_linear": "#56b4e9",
            "scales_and_zeros": "#f0b840",
            "padding": "#ff8fc0",
            "other": "#dfe5eb",
        },
    ),
)

# Shape carries what colour carries: a chart must be readable in grey.
MODE_SYMBOL = {"eager": "circle", "compiled": "diamond"}
ROLE_PATTERN = {
    "embedding": "",
    "head": "x",
    "unquantized_linear": ".",
    "quantized_linear": "",
    "scales_and_zeros": "/",
    "padding": "\\",
    "other": "",
}
ROLE_WORDS = {
    "embedding": "embedding",
    "quantized_linear": "quantized linear",
    "scales_and_zeros": "scales and zeros",
    "unquantized_linear": "linear, not quantized",
    "head": "output head",
    "other": "other",
    "padding": "padding",
}


def layout(palette: Palette, height: int, **changes: Any) -> dict[str, Any]:
    """The layout shared by all charts; no drag, since a finger on a chart wants to scroll the page."""
    return {
        "template": template(palette),
        "height": height,
        "autosize": True,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
        "hovermode": "closest",
        "transition": {"duration": 0},
        **changes,
    }


def template(palette: Palette) -> go.layout.Template:
    """A small template in place of Plotly's: strict number types, room for labels, the palette's colours."""
    axis = {
        "automargin": True,
        "gridcolor": palette.grid,
        "linecolor": palette.soft,
        "zeroline": False,
        "ticks": "",
        "title": {"standoff": 10, "font": {"color": palette.soft, "size": 12}},
        "tickfont": {"color": palette.soft, "size": 12},
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "autotypenumbers": "strict",
            "font": {"family": FONT, "size": 12, "color": palette.ink},
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "align": "left",
                "bgcolor": palette.page,
                "bordercolor": palette.soft,
                "font": {"family": FONT, "size": 13, "color": palette.ink},
            },
            "legend": {"font": {"color": palette.ink, "size": 12}, "itemclick": False, "itemdoubleclick": False},
            "annotationdefaults": {"font": {"color": palette.ink, "size": 12}, "showarrow": False},
        }
    )


def patterned(color: str, shape: str, palette: Palette) -> dict[str, Any]:
    """The marker of a bar: its colour, and a pattern over it that a reader who sees no colours tells it by."""
    return {
        "color": color,
        "line": {"color": palette.page, "width": 1},
        "pattern": {
            "shape": shape,
            "fillmode": "overlay",
            "bgcolor": color,
            "fgcolor": palette.page,
            "fgopacity": 0.9,
            "size": 6,
            "solidity": 0.25,
        },
    }


def legend_above(**changes: Any) -> dict[str, Any]:
    """A legend in a row over the plot, aligned with its left edge."""
    return {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "yref": "container", **changes}


def note(text: str, color: str, **where: object) -> dict[str, Any]:
    """Text at a place in the chart, without an arrow; the place is in shares of the plot unless it says otherwise."""
    return {
        "text": text,
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "font": {"color": color, "size": 12},
    } | where


def pointer(text: str, color: str, x: float, y: float, spot: Place, palette: Palette) -> dict[str, Any]:
    """A label beside the point at `x` and `y` of the axes, joined to it by a line where it is far."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        # Plotly wants an arrow where there is an offset; near labels hide it.
        "arrowcolor": palette.soft if spot.far else "rgba(0,0,0,0)",
        "ax": round(spot.dx, 1),
        "ay": round(spot.dy, 1),
        "font": {"color": color, "size": 12},
    }


def log_range(values: list[float], pad: float) -> list[float]:
    """The range of a logarithmic axis, as powers of ten, with room at both ends."""
    low, high = math.log10(min(values)), math.log10(max(values))
    room = max((high - low) * pad, 0.06)
    return [round(low - room, 4), round(high + room, 4)]


def inside(value: float, log_range: list[float]) -> bool:
    """Whether a value lies in the range of a logarithmic axis."""
    return log_range[0] <= math.log10(value) <= log_range[1]


def share(value: float, ends: list[float]) -> float:
    """Where a position lies between two ends, 0 to 1."""
    return (value - ends[0]) / (ends[1] - ends[0])


def ticks(log_range: list[float], form: Callable[[float], str], decades_only: bool = False) -> dict[str, Any]:
    """Ticks of a logarithmic axis: only powers of ten if so wished and enough are in sight, else finer."""
    chosen: list[float] = []
    for steps in STEPS if decades_only else STEPS[1:]:
        chosen = [m * 10.0**e for e in range(-8, 6) for m in steps if inside(m * 10.0**e, log_range)]
        if len(chosen) >= (2 if steps == (1,) else 3):
            break
    return {"tickvals": chosen, "ticktext": [form(v) for v in chosen]}
