"""How are stored bytes drawn by role?"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import safe, words
from qdocs.publish.frames import ROLES, records
from qdocs.publish.look import ROLE_PATTERN, ROLE_WORDS, Palette, Width, layout, note, patterned


def drawable(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `frames.memory` that are drawn: the first repeat of each scheme."""
    return rows.drop_duplicates("scheme")


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of schemes; the legend takes more rows on a narrow page."""
    many = len(drawable(rows))
    return 132 + 56 * many if width == "wide" else 200 + 76 * many


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Stored bytes by role, stacked, a bar a scheme, its size and bits written over it.

    Padding lies inside the quantized bytes; here it is taken out of them, so that the bar still ends at the total.

    Args:
        rows: Of `frames.memory`, for one model, backend and workload.
        palette: The colours.
        width: Wide or narrow.
    """
    drawn = drawable(rows)
    names = [safe.figure(n) for n in drawn["scheme"]]
    parts = {role: [float(v) for v in drawn[f"{role}_bytes"]] for role in ROLES}
    parts["padding"] = [float(v) for v in drawn["padding_bytes"]]
    for index, padding in enumerate(parts["padding"]):
        inside = min(padding, parts["quantized_linear"][index])
        parts["quantized_linear"][index] -= inside
        parts["scales_and_zeros"][index] -= padding - inside
    figure = go.Figure()
    for role, label in ROLE_WORDS.items():
        values = parts[role]
        if not any(values):
            continue
        figure.add_bar(
            name=label,
            orientation="h",
            y=names,
            x=[v / 1e6 for v in values],
            marker=patterned(palette.roles[role], ROLE_PATTERN[role], palette),
            customdata=[
                f"<b>{name}</b><br>{label}: {words.megabytes(v)}" for name, v in zip(names, values, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    tall = height(rows, width)
    heads = [
        note(
            _memory_head(row, "<br>" if width == "narrow" else ", "),
            palette.ink,
            xref="x domain",
            x=0,
            xanchor="left",
            align="left",
            yref="y",
            y=name,
            yanchor="bottom",
            yshift=10,
            bgcolor=palette.page,
        )
        for name, row in zip(names, records(drawn), strict=True)
    ]
    figure.update_layout(
        layout(
            palette,
            tall,
            barmode="stack",
            bargap=0.66 if width == "wide" else 0.74,
            margin={"l": 6, "r": 16, "t": 12, "b": 92 if width == "wide" else 156},
            legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 0, "yanchor": "bottom", "yref": "container"}
            | {"traceorder": "normal"},
            xaxis={
                "title": {"text": "stored weights, MB"},
                "rangemode": "tozero",
                "nticks": 6,
                "separatethousands": True,
            },
            yaxis={
                "type": "category",
                "categoryorder": "array",
                "categoryarray": names,
                "range": [len(names) - 0.65, -0.75],
                "showticklabels": False,
                "showgrid": False,
            },
            annotations=heads,
        )
    )
    return figure


def _memory_head(row: dict[str, Any], join: str) -> str:
    name = f"<b>{safe.figure(row['scheme'])}</b>  {words.megabytes(row['stored_bytes'])}"
    padding = f", {words.megabytes(row['padding_bytes'])} of padding" if row["padding_bytes"] else ""
    return f"{name}{join}{row['bits_per_parameter']:.2f} bits a parameter{padding}"
