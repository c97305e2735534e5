"""How is fidelity drawn, with its noise floor and coverage?"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import safe, words
from qdocs.publish.frames import ALL_CORPORA, records
from qdocs.publish.look import MARGIN_TOP, Palette, Width, layout, legend_above, log_range, note, share, ticks
from qdocs.record import BASELINE, NOISE_FLOOR


def drawable(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `frames.fidelity` that are drawn: over all corpora, without the baseline where it is 0."""
    chosen = rows[(rows["corpus"] == ALL_CORPORA) & ((rows["scheme"] != BASELINE) | (rows["kl_max_nats"] != 0))]
    return chosen.drop_duplicates("scheme")


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of schemes."""
    many = len(drawable(rows))
    return 140 + 64 * many if width == "wide" else 260 + 2 * 72 * many


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """KL divergence on a logarithmic axis, and top-1 agreement, a row a scheme, with coverage beside its name.

    Args:
        rows: Of `frames.fidelity`, for one model, backend and workload.
        palette: The colours.
        width: Panels side by side, or one below the other.
    """
    drawn = drawable(rows)
    names = [safe.figure(n) for n in drawn["scheme"]]
    floor = drawn[drawn["scheme"] == NOISE_FLOOR]
    figure = go.Figure()
    hover = [_fidelity_hover(row) for row in records(drawn)]
    wide = width == "wide"
    for label, column, symbol, size, color in (
        ("median", "kl_median_nats", "circle-open", 10, palette.soft),
        ("mean, 95% interval", "kl_mean_nats", "diamond", 11, palette.eager),
        ("99th percentile", "kl_p99_nats", "triangle-right-open", 11, palette.compiled),
    ):
        values = list(drawn[column])
        is_mean = column == "kl_mean_nats"
        highs, lows = drawn["kl_mean_high_nats"], drawn["kl_mean_low_nats"]
        figure.add_scatter(
            name=label,
            mode="markers",
            # A logarithmic axis has no place for 0; the table shows it.
            x=[v if v > 0 else None for v in values],
            y=names,
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [h - v for h, v in zip(highs, values, strict=True)],
                "arrayminus": [min(v - low, 0.99 * v) for low, v in zip(lows, values, strict=True)],
                "thickness": 2,
                "width": 5,
            }
            if is_mean
            else None,
            marker={"symbol": symbol, "size": size, "color": color, "line": {"width": 2, "color": color}},
            customdata=hover,
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
    agreement = [100 * v for v in drawn["top1_agreement"]]
    figure.add_scatter(
        name="top-1 agreement",
        showlegend=False,
        mode="markers",
        x=agreement,
        y=names,
        xaxis="x2",
        yaxis="y2",
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [
                100 * (h - v) for h, v in zip(drawn["top1_agreement_high"], drawn["top1_agreement"], strict=True)
            ],
            "arrayminus": [
                100 * (v - low) for low, v in zip(drawn["top1_agreement_low"], drawn["top1_agreement"], strict=True)
            ],
            "thickness": 2,
            "width": 5,
        },
        marker={"symbol": "square", "size": 10, "color": palette.ink},
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )
    positive = [v for column in ("kl_median_nats", "kl_mean_nats", "kl_p99_nats") for v in drawn[column] if v > 0]
    kl_range = log_range(positive or [0.001, 1.0], 0.08)
    lowest = min([100 * v for v in drawn["top1_agreement_low"]])
    reach = max(100 - lowest, 0.5)
    top, bottom = MARGIN_TOP + (28 if wide else 50), 52
    tall = height(rows, width)
    inner = tall - top - bottom
    gap = 92 / inner
    lower, upper = (1 - gap) / 2, (1 + gap) / 2
    left_edge = {"domain": [0, 0.6] if wide else [0, 1]}
    category = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": names,
        "range": [len(names) - 0.5, -0.55] if wide else [len(names) - 0.65, -0.8],
        "showgrid": True,
    }
    ticktext = [_covered_name(row) for row in records(drawn)]
    row_labels = {"tickvals": names, "ticktext": ticktext} if wide else {"showticklabels": False}
    notes = [
        # On a ground of their own, so that no line runs through them.
        note(told, palette.ink, xref=f"x{axis}", x=x, yref=f"y{axis}", y=name, yshift=15, bgcolor=palette.page)
        for name, row in zip(names, records(drawn), strict=True)
        for axis, x, told in _numbers(row)
    ]
    shapes = []
    if not floor.empty and floor["kl_mean_nats"].iloc[0] > 0:
        kl_floor, top1_floor = floor["kl_mean_nats"].iloc[0], 100 * floor["top1_agreement"].iloc[0]
        line = {"line": {"color": palette.ink, "width": 1.5, "dash": "dot"}, "layer": "below", "type": "line"}
        shapes = [
            {"xref": "x", "yref": "y domain", "x0": kl_floor, "x1": kl_floor, "y0": 0, "y1": 1, **line},
            {"xref": "x2", "yref": "y2 domain", "x0": top1_floor, "x1": top1_floor, "y0": 0, "y1": 1, **line},
        ]
        notes.append(
            note(
                f"{NOISE_FLOOR} noise floor {words.nats(kl_floor)}",
                palette.ink,
                xref="x",
                x=math.log10(kl_floor),
                yref="y domain",
                y=1,
                yanchor="bottom",
                xanchor="left" if share(math.log10(kl_floor), kl_range) < 0.5 else "right",
            )
        )
    if not wide:
        for axis in ("", "2"):
            for name, row_label in zip(names, ticktext, strict=True):
                notes.append(
                    note(
                        row_label.replace("<br>", ", "),
                        palette.ink,
                        xref=f"x{axis} domain",
                        x=0,
                        xanchor="left",
                        yref=f"y{axis}",
                        y=name,
                        yshift=36,
                        bgcolor=palette.page,
                    )
                )
    figure.update_layout(
        layout(
            palette,
            tall,
            margin={"l": 12, "r": 16, "t": top, "b": bottom},
            legend=legend_above(),
            xaxis={
                "type": "log",
                "range": kl_range,
                "title": {"text": f"KL divergence from {BASELINE}, nats (log scale)"},
                **left_edge,
                **ticks(kl_range, lambda v: f"{v:g}", decades_only=True),
                "anchor": "y",
            },
            yaxis={**category, **row_labels, "domain": [0, 1] if wide else [upper, 1]},
            xaxis2={
                "domain": [0.68, 1] if wide else [0, 1],
                "anchor": "y2",
                "range": [100 - reach * 1.22, 100 + reach * 0.15],
                "title": {"text": "top-1 agreement, %"},
                "nticks": 5,
                # Past 100% there is nothing; the margin there is for the marker.
                "showgrid": True,
            },
            yaxis2={**category, "showticklabels": False, "domain": [0, 1] if wide else [0, lower], "anchor": "x2"},
            shapes=shapes,
            annotations=notes,
        )
    )
    return figure


def _fidelity_hover(row: dict[str, Any]) -> str:
    return "<br>".join(
        [
            f"<b>{safe.figure(row['scheme'])}</b>, coverage {words.coverage(row['coverage'])}",
            f"KL mean {words.nats(row['kl_mean_nats'])} nats",
            f"median {words.nats(row['kl_median_nats'])}, p99 {words.nats(row['kl_p99_nats'])}",
            f"top-1 agreement {words.percent(row['top1_agreement'])}",
            f"{row['positions']:,} positions",
        ]
    )


def _numbers(row: dict[str, Any]) -> list[tuple[str, float, str]]:
    """What stands above a row's points: the panel's axes, the place on them, the number."""
    mean, agreement = row["kl_mean_nats"], row["top1_agreement"]
    told = [("2", 100 * agreement, words.percent(agreement))]
    return told if mean <= 0 else [("", math.log10(mean), words.nats(mean)), *told]


def _covered_name(row: dict[str, Any]) -> str:
    name = f"<b>{safe.figure(row['scheme'])}</b><br>"
    if row["scheme"] == NOISE_FLOOR:
        return name + "noise floor"
    return name + f"coverage {words.coverage(row['coverage'])}"
