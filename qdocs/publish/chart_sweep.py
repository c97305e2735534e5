"""How is speed drawn over batch sizes and prompt lengths?"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import safe, words
from qdocs.publish.frames import records
from qdocs.publish.look import MODE_SYMBOL, Palette, Width, inside, layout, legend_above, log_range, note
from qdocs.record import BASELINE, NOISE_FLOOR

# Prefill is not compiled, so that one mode says all of it.
PHASES = {"decode": ("speed_ratio", tuple(MODE_SYMBOL)), "prefill": ("prefill_ratio", ("eager",))}
DASHES = ("solid", "dot", "dash", "longdash", "dashdot", "longdashdot")
GAP = 0.03
TICKS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 6, 8, 12, 16)


def drawable(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `frames.latency` that are drawn: quantized ones with a ratio, if there is more than one setting."""
    drawn = rows[rows["speed_ratio"].notna() & ~rows["scheme"].isin([BASELINE, NOISE_FLOOR])]
    return drawn if len(drawn.drop_duplicates(["batch", "prompt_tokens"])) > 1 else drawn.iloc[:0]


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px; the legend takes more rows on a narrow page."""
    lines = len(drawable(rows).drop_duplicates(["scheme", "mode"]))
    return 560 if width == "wide" else 560 + 20 * lines


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Decode speed above, prefill speed below, as multiples of the baseline's; a panel a prompt length, batch across.

    Args:
        rows: Of `frames.latency`, for one model, backend and number of new tokens.
        palette: The colours.
        width: Wide or narrow.
    """
    drawn = drawable(rows)
    prompts = sorted(set(drawn["prompt_tokens"]))
    batches = [str(b) for b in sorted(set(drawn["batch"]))]
    dash = dict(zip(dict.fromkeys(drawn["scheme"]), DASHES * len(drawn), strict=False))
    figure = go.Figure()
    axes: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    across = (1 - GAP * (len(prompts) - 1)) / len(prompts)
    for row, (phase, (column, modes)) in enumerate(PHASES.items()):
        shown = drawn[drawn["mode"].isin(modes) & drawn[column].notna()]
        if shown.empty:
            continue
        ends = [1.0, *shown[f"{column}_low"], *shown[f"{column}_high"]]
        y_range = log_range(ends, 0.08)
        top = 1 - row * 0.56
        domain = [top - 0.42, top]
        tick = [v for v in TICKS if inside(v, y_range)]
        for index, prompt in enumerate(prompts):
            number = row * len(prompts) + index + 1
            x, y = (f"{axis}{number if number > 1 else ''}" for axis in "xy")
            left = index * (across + GAP)
            axes[f"xaxis{number}"] = {
                "domain": [left, left + across],
                "anchor": y,
                "type": "category",
                "categoryorder": "array",
                "categoryarray": batches,
                "range": [-0.4, len(batches) - 0.6],
                "title": {"text": "batch"},
            }
            axes[f"yaxis{number}"] = {
                "domain": domain,
                "anchor": x,
                "type": "log",
                "range": y_range,
                "tickvals": tick,
                "ticktext": [f"{v:g}×" for v in tick],
                "showticklabels": index == 0,
            }
            below = {"type": "rect", "y0": 10 ** y_range[0], "y1": 1, "fillcolor": palette.loss_area}
            even = {"type": "line", "y0": 1, "y1": 1, "line": {"color": palette.ink, "width": 1.5}}
            place = {"xref": f"{x} domain", "x0": 0, "x1": 1, "yref": y}
            shapes.append({**below, **place, "line": {"width": 0}, "layer": "below"})
            shapes.append({**even, **place, "layer": "above"})
            head = f"prompt {prompt:,}"
            if not index and width == "wide":
                head = f"<b>{phase}</b>, {head}"
            elif not index:  # no room for it above a narrow panel
                axes[f"yaxis{number}"]["title"] = {"text": f"<b>{phase}</b>"}
            where: dict[str, Any] = {"xref": f"{x} domain", "x": 0, "xanchor": "left"}
            notes.append(note(head, palette.ink, **where, yref=f"{y} domain", y=1, yanchor="bottom"))
            part = shown[shown["prompt_tokens"] == prompt]
            for (scheme, mode), line in part.groupby(["scheme", "mode"], sort=False):
                figure.add_scatter(
                    **_line(line, str(scheme), str(mode), column, dash[scheme], palette), xaxis=x, yaxis=y
                )
        spot: dict[str, Any] = {"xref": "x domain", "x": 0.03, "xanchor": "left"}
        first = "y" if not row else f"y{len(prompts) + 1}"
        notes.append(
            note(
                f"slower{f' than {BASELINE}' if width == 'wide' else ''}",
                palette.loss,
                **spot,
                yref=f"{first} domain",
                y=0.01,
                yanchor="bottom",
            )
        )
    named: set[tuple[Any, Any]] = set()
    for trace in figure.data:
        trace.showlegend = (trace.name, trace.marker.symbol) not in named
        named.add((trace.name, trace.marker.symbol))
    tall = height(rows, width)
    legend_px = tall - 520
    figure.update_layout(
        layout(
            palette,
            tall,
            margin={"l": 48 if width == "wide" else 60, "r": 6, "t": legend_px + 34, "b": 44},
            legend=legend_above(),
            shapes=shapes,
            annotations=notes,
            **axes,
        )
    )
    return figure


def _line(line: pd.DataFrame, scheme: str, mode: str, column: str, dash: str, palette: Palette) -> dict[str, Any]:
    """A trace: one scheme in one mode over the batch sizes of a panel."""
    ordered = line.sort_values("batch", key=lambda b: b.astype(int))
    ratios, low, high = (list(ordered[f"{column}{end}"]) for end in ("", "_low", "_high"))
    color = palette.eager if mode == "eager" else palette.compiled
    name = f"{safe.figure(scheme)} {mode}"
    return {
        "name": name,
        "legendgroup": name,
        "mode": "lines+markers",
        "x": [str(b) for b in ordered["batch"]],
        "y": ratios,
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [h - v for h, v in zip(high, ratios, strict=True)],
            "arrayminus": [v - low_end for low_end, v in zip(low, ratios, strict=True)],
            "thickness": 1.2,
            "width": 3,
        },
        "line": {"color": color, "width": 2, "dash": dash},
        "marker": {"symbol": MODE_SYMBOL[mode], "size": 9, "color": color},
        "customdata": [_hover(row, name, column) for row in records(ordered)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(row: dict[str, Any], name: str, column: str) -> str:
    phase = next(phase for phase, (of, _) in PHASES.items() if of == column)
    told = [
        f"<b>{name}</b>",
        f"{phase}, batch {row['batch']:,}, prompt {row['prompt_tokens']:,}",
        f"{words.ratio(row[column])} the speed of {BASELINE}",
        f"95% interval {words.span(row[f'{column}_low'], row[f'{column}_high'])}",
    ]
    if row["ratio_disturbed"]:
        told.append("* the machine was unusual in a round")
    return "<br>".join(told)
