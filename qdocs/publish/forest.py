"""How are changes against the baseline drawn: a dot with its interval for each scheme, group by group?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import plotly.graph_objects as go

from qdocs.publish import safe, words
from qdocs.publish.look import Palette, Width, layout, legend_above, note
from qdocs.record import NOISE_FLOOR
from qdocs.verdict import Direction

# Heights in px. On a narrow page a group's title and what is said of it take a line each.
ROW = 21
GAP = 14
SECTION = 34
HEAD: dict[Width, int] = {"wide": 26, "narrow": 42}
TOP: dict[Width, int] = {"wide": 72, "narrow": 78}
# On a narrow page the heads of columns reach over the plot, and the words for its two sides stand on a line above.
ABOVE_HEADS = 32
BOTTOM = 54
LETTER = 6.8
# A column of text right of the plot is at least this wide.
COLUMN = 40
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "hexagon", "star")


@dataclass(frozen=True)
class Line:
    """One scheme's change; `None` in `value` where there is none, in `low` and `high` where it has no interval.

    A `coverage` below 1 stands beside the name. `shown` stands right of the plot, a text a column; `brief` is what a
    narrow page has room for instead. `smallest` is the smallest fall that would have been seen.
    """

    scheme: str
    coverage: float
    value: float | None
    low: float | None
    high: float | None
    shown: tuple[str, ...]
    brief: tuple[str, ...]
    direction: Direction
    smallest: float | None
    hover: str


@dataclass(frozen=True)
class Group:
    """What lines share, what is said of it, and the heading above it where a part of the chart begins."""

    title: str
    about: str
    lines: tuple[Line, ...]
    heading: str = ""


def height(groups: Sequence[Group], width: Width, heads: Sequence[str] = ()) -> int:
    """Height in px, with these heads of columns."""
    return _top(width, heads) + _places(groups, width)[1] + BOTTOM


def draw(groups: Sequence[Group], axis: str, heads: Sequence[str], palette: Palette, width: Width) -> go.Figure:
    """Groups below each other, their lines as rows; left of the zero line is worse, and shaded.

    The interval of the noise floor runs as a band behind all rows of its group.

    Args:
        groups: In the order to draw them.
        axis: What the horizontal axis measures.
        heads: Of the columns of text right of the plot; none where they explain themselves.
        palette: The colours.
        width: Wide or narrow; a narrow page has what is `brief`.
    """
    places, deep = _places(groups, width)
    schemes = list(dict.fromkeys(line.scheme for group in groups for line in group.lines))
    ends = _range([line for group in groups for line in group.lines])
    figure = go.Figure()
    rows = [
        (line, y)
        for group, place in zip(groups, places, strict=True)
        for line, y in zip(group.lines, place.rows, strict=True)
    ]
    look = marks([name for name in schemes if name != NOISE_FLOOR], palette)
    for scheme in schemes:
        own = [(line, y) for line, y in rows if line.scheme == scheme and line.value is not None]
        if own:
            figure.add_scatter(**_dots(scheme, own, *look.get(scheme, ("circle-open", palette.soft))))
    faint = [(line, y) for line, y in rows if line.smallest is not None]
    if faint:
        figure.add_scatter(
            name="smallest fall that would be seen",
            mode="markers",
            x=[-line.smallest for line, _ in faint if line.smallest is not None],
            y=[y for _, y in faint],
            marker={
                "symbol": "line-ns",
                "size": 11,
                "color": palette.soft,
                "line": {"width": 1.5, "color": palette.soft},
            },
            hoverinfo="skip",
        )
    names = [_name(line, palette) for line, _ in rows]
    widest = max([len(_called(line)) for line, _ in rows], default=0)
    columns = _columns([_texts(line, width) for line, _ in rows], heads)
    left = min(round(LETTER * widest) + 22, 170 if width == "wide" else 152)
    top = _top(width, heads)
    sides = {"xref": "x", "x": 0, "y": 1, "yanchor": "bottom", "yshift": top - TOP[width]}
    figure.update_layout(
        layout(
            palette,
            top + deep + BOTTOM,
            margin={
                "l": left,
                "r": sum(columns) + 8,
                "t": top,
                "b": BOTTOM,
            },
            legend=legend_above(),
            xaxis={"range": ends, "showgrid": False, "title": {"text": axis}, "nticks": 7 if width == "wide" else 4},
            yaxis={
                "range": [deep, 0],
                "tickvals": [y for _, y in rows],
                "ticktext": names,
                "showgrid": False,
                "automargin": False,
            },
            shapes=_shapes(groups, places, ends, palette),
            annotations=[
                *_titles(groups, places, left, palette, width),
                *_shown(rows, heads, columns, palette, width),
                note("← worse", palette.loss, **sides, xanchor="right", xshift=-6),
                note("better →", palette.soft, **sides, xanchor="left", xshift=6),
            ],
        )
    )
    return figure


@dataclass(frozen=True)
class _Place:
    """Where a group lies, in px from the top of the plot."""

    heading: float
    title: float
    top: float
    bottom: float
    rows: tuple[float, ...]


def _places(groups: Sequence[Group], width: Width) -> tuple[list[_Place], int]:
    made, y = [], 0
    for group in groups:
        heading = y
        y += SECTION if group.heading else 0
        title = y
        y += HEAD[width]
        top = y
        y += ROW * len(group.lines)
        made.append(_Place(heading, title, top, y, tuple(top + ROW * (i + 0.5) for i in range(len(group.lines)))))
        y += GAP if group.lines else 0
    return made, y + (0 if groups and groups[-1].lines else GAP)


def _top(width: Width, heads: Sequence[str]) -> int:
    return TOP[width] + (ABOVE_HEADS if heads and width == "narrow" else 0)


def _texts(line: Line, width: Width) -> tuple[str, ...]:
    return line.shown if width == "wide" else line.brief


def _columns(rows: Sequence[tuple[str, ...]], heads: Sequence[str]) -> list[int]:
    """How wide each column of text is, in px, its head included."""
    return [column_width([text for text in column if text]) for column in zip_longest(heads, *rows, fillvalue="")]


def column_width(texts: Sequence[str]) -> int:
    """How wide a column of these texts is, in px, so that no line of them meets the next column."""
    return max(
        COLUMN, round(LETTER * max((len(part) for text in texts for part in text.split("<br>")), default=0)) + 12
    )


def _range(lines: Sequence[Line]) -> list[float]:
    at = [0.0]
    for line in lines:
        at += [v for v in (line.value, line.low, line.high) if v is not None]
        at += [-line.smallest] if line.smallest is not None else []
    low, high = min(at), max(at)
    room = 0.05 * (high - low) or 1.0
    return [low - room, high + room]


def marks(schemes: Sequence[str], palette: Palette) -> dict[str, tuple[str, str]]:
    """A symbol and a colour for each scheme."""
    colors = (palette.eager, palette.compiled, palette.ink, palette.roles["scales_and_zeros"], palette.roles["head"])
    return {
        scheme: (SYMBOLS[index % len(SYMBOLS)], colors[index % len(colors)]) for index, scheme in enumerate(schemes)
    }


def _dots(scheme: str, rows: Sequence[tuple[Line, float]], symbol: str, color: str) -> dict[str, Any]:
    known = [(line.value or 0.0, line.low, line.high) for line, _ in rows]
    return {
        "name": safe.figure(scheme),
        "mode": "markers",
        "showlegend": False,
        "x": [value for value, _, _ in known],
        "y": [y for _, y in rows],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [0.0 if high is None else high - value for value, _, high in known],
            "arrayminus": [0.0 if low is None else value - low for value, low, _ in known],
            "thickness": 2,
            "width": 4,
            "color": color,
        },
        "marker": {"symbol": symbol, "size": 10, "color": color, "line": {"width": 1.5, "color": color}},
        "customdata": [line.hover for line, _ in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _shapes(
    groups: Sequence[Group], places: Sequence[_Place], ends: list[float], palette: Palette
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    named = False
    for group, place in zip(groups, places, strict=True):
        if not group.lines:
            continue
        across = {"xref": "x", "yref": "y", "y0": place.top, "y1": place.bottom}
        made.append(
            {"type": "rect", "x0": ends[0], "x1": 0, "fillcolor": palette.loss_area, "line": {"width": 0}}
            | across
            | {"layer": "below"}
        )
        floor = next((line for line in group.lines if line.scheme == NOISE_FLOOR and line.low is not None), None)
        if floor:
            made.append(
                {"type": "rect", "x0": floor.low, "x1": floor.high, "fillcolor": palette.soft, "opacity": 0.3}
                | {"line": {"width": 1, "color": palette.soft, "dash": "dot"}, "layer": "below", **across}
                | {"showlegend": not named, "name": f"{NOISE_FLOOR} noise floor"}
            )
            named = True
        made.append(
            {"type": "line", "x0": 0, "x1": 0, "line": {"color": palette.ink, "width": 1.5}}
            | across
            | {"layer": "between"}
        )
    return made


def _titles(
    groups: Sequence[Group], places: Sequence[_Place], left: int, palette: Palette, width: Width
) -> list[dict[str, Any]]:
    # From the left edge of the chart, over the names of the schemes.
    edge = {"x": 0, "xshift": -left, "xanchor": "left", "yref": "y", "yanchor": "top", "align": "left"}
    made = []
    for group, place in zip(groups, places, strict=True):
        if group.heading:
            made.append(note(f"<b>{safe.figure(group.heading)}</b>", palette.ink, **edge, y=place.heading + 8))
        most = 48 if width == "wide" else 40
        title = group.title if len(group.title) <= most else group.title[: most - 1] + "…"
        about = f"<span style='color:{palette.soft}'>{safe.figure(group.about)}</span>"
        told = f"<b>{safe.figure(title)}</b>{'  ' if width == 'wide' else '<br>'}{about}"
        made.append(note(told, palette.ink, **edge, y=place.title + 4))
    return made


def _shown(
    rows: Sequence[tuple[Line, float]], heads: Sequence[str], columns: Sequence[int], palette: Palette, width: Width
) -> list[dict[str, Any]]:
    made = []
    right = {"x": 1, "xanchor": "right", "align": "right"}
    shifts = [sum(columns[: index + 1]) + 4 for index in range(len(columns))]
    for head, shift in zip(heads, shifts, strict=False):
        made.append(note(head, palette.soft, **right, y=1, yanchor="bottom", xshift=shift))
    for line, y in rows:
        worse = line.direction == "worse" and line.scheme != NOISE_FLOOR
        for text, shift in zip(_texts(line, width), shifts, strict=False):
            told = f"<b>{safe.figure(text)}</b>" if worse else safe.figure(text)
            color = palette.loss if worse else palette.ink
            made.append(note(told, color, **right, yref="y", y=y, yanchor="middle", xshift=shift))
    return made


def _called(line: Line) -> str:
    """A scheme's name, cut where it is long, with its coverage where layers were left out."""
    name = line.scheme if len(line.scheme) <= 22 else line.scheme[:21] + "…"
    whole = line.coverage == 1 or line.scheme == NOISE_FLOOR
    return name if whole else f"{name}, {words.coverage(line.coverage)}"


def _name(line: Line, palette: Palette) -> str:
    name = safe.figure(_called(line))
    if line.direction == "worse" and line.scheme != NOISE_FLOOR:
        return f"<b><span style='color:{palette.loss}'>{name}</span></b>"
    return name
