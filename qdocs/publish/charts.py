"""Which charts are there, from which rows, and which rows may stand in one chart?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import chart_fidelity, chart_memory, chart_speed, frames, sentences
from qdocs.publish.look import Palette, Width
from qdocs.publish.runs import FoundRun


@dataclass(frozen=True)
class Chart:
    """A chart: its rows, what they must share to be drawn together, how they are drawn and what is said of them."""

    id: str
    title: str
    frame: Callable[[FoundRun], pd.DataFrame]
    together: list[str]
    drawable: Callable[[pd.DataFrame], pd.DataFrame]
    height: Callable[[pd.DataFrame, Width], int]
    draw: Callable[[pd.DataFrame, Palette, Width], go.Figure]
    say: Callable[[pd.DataFrame, FoundRun], str]


CHARTS = {
    chart.id: chart
    for chart in (
        Chart(
            id="speed-size",
            title="Speed against size",
            frame=frames.latency,
            together=["model", "backend", "batch", "prompt_tokens", "new_tokens"],
            drawable=chart_speed.drawable,
            height=chart_speed.height,
            draw=chart_speed.draw,
            say=sentences.speed,
        ),
        Chart(
            id="fidelity",
            title="Fidelity",
            frame=frames.fidelity,
            together=["model", "backend", "window_tokens", "windows_per_corpus"],
            drawable=chart_fidelity.drawable,
            height=chart_fidelity.height,
            draw=chart_fidelity.draw,
            say=sentences.fidelity,
        ),
        Chart(
            id="memory",
            title="Stored bytes by role",
            frame=frames.memory,
            together=["model", "backend", "batch", "context_tokens"],
            drawable=chart_memory.drawable,
            height=chart_memory.height,
            draw=chart_memory.draw,
            say=sentences.memory,
        ),
    )
}
