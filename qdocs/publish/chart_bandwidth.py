"""How is the bandwidth that decoding reaches drawn, beside what the machine copied around it?"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import safe, words
from qdocs.publish.frames import Row, records
from qdocs.publish.look import MARGIN_TOP, MODE_SYMBOL, Palette, Width, layout, legend_above, note


def drawable(rows: pd.DataFrame) -> pd.DataFrame:
    """All rows of `bandwidth.bandwidth`."""
    return rows


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of schemes."""
    return MARGIN_TOP + 84 + (44 if width == "wide" else 58) * rows["scheme"].nunique()


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """A row a scheme, a mark a mode, in GB/s from zero; what the machine copied is a line at the median of its
    probes and a band from their p10 to their p90.

    Args:
        rows: Of `bandwidth.bandwidth`, for one model, backend and workload.
        palette: The colours.
        width: Wide or narrow; a narrow page has the names above their rows.
    """
    names = list(dict.fromkeys(safe.figure(name) for name in rows["scheme"]))
    figure = go.Figure()
    for mode, shape in MODE_SYMBOL.items():
        part = rows[rows["mode"] == mode]
        if part.empty:
            continue
        figure.add_scatter(
            name=mode,
            mode="markers",
            x=list(part["read_gb_per_s"]),
            y=[safe.figure(name) for name in part["scheme"]],
            marker={"symbol": shape, "size": 12, "color": palette.eager if mode == "eager" else palette.compiled},
            customdata=[_hover(row) for row in records(part)],
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
    first = rows.iloc[0]
    copied, low, high = (float(first[f"copy{part}_gb_per_s"]) for part in ("", "_p10", "_p90"))
    end = 1.06 * max(high, *rows["read_gb_per_s"])
    up = {"yref": "y domain", "y0": 0, "y1": 1, "xref": "x", "layer": "below"}
    read = {row["scheme"]: row["weights_read_bytes"] + row["cache_read_bytes"] for row in records(rows)}
    labels = [f"<b>{safe.figure(name)}</b>" for name in read]
    told = [f"{words.megabytes(value)} a token" for value in read.values()]
    wide = width == "wide"
    figure.update_layout(
        layout(
            palette,
            height(rows, width),
            margin={"l": 12, "r": 14, "t": MARGIN_TOP + 22, "b": 52},
            legend=legend_above(),
            xaxis={"range": [0, end], "title": {"text": "bytes read while decoding, GB/s"}, "nticks": 6},
            yaxis={
                "type": "category",
                "categoryorder": "array",
                "categoryarray": names,
                "range": [len(names) - 0.5, -0.6],
                "tickvals": names if wide else [],
                "ticktext": [f"{label}<br>{text}" for label, text in zip(labels, told, strict=True)],
            },
            shapes=[
                {"type": "rect", "x0": low, "x1": high, "fillcolor": palette.soft, "opacity": 0.25}
                | {"line": {"width": 0}, **up},
                {
                    "type": "line",
                    "x0": copied,
                    "x1": copied,
                    "line": {"color": palette.ink, "width": 1.5, "dash": "dot"},
                }
                | up,
            ],
            annotations=[
                note(
                    f"the machine copied {words.number(copied)} GB/s",
                    palette.ink,
                    xref="x",
                    x=copied,
                    xanchor="right" if copied > end / 2 else "left",
                    yref="y domain",
                    y=1,
                    yanchor="bottom",
                ),
                *(
                    note(
                        f"{label}, {text}",
                        palette.ink,
                        x=0.01,
                        xanchor="left",
                        yref="y",
                        y=name,
                        yshift=20,
                        bgcolor=palette.page,
                    )
                    for name, label, text in zip(names, labels, told, strict=True)
                    if not wide
                ),
            ],
        )
    )
    return figure


def _hover(row: Row) -> str:
    return "<br>".join(
        [
            f"<b>{safe.figure(row['scheme'])}</b>, {row['mode']}",
            f"{words.number(row['read_gb_per_s'])} GB/s, {words.percent(row['copy_share'])} of copying",
            f"{words.megabytes(row['weights_read_bytes'])} of weights and "
            f"{words.megabytes(row['cache_read_bytes'])} of cache in {words.milliseconds(row['tpot_ms'])}",
        ]
    )
