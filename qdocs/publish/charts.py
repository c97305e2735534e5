"""Which charts are there, from which rows, and which rows may stand in one chart?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import (
    bandwidth,
    beside_torchao,
    chart_answers,
    chart_bandwidth,
    chart_embedding,
    chart_fidelity,
    chart_layers,
    chart_memory,
    chart_speed,
    chart_sweep,
    chart_tradeoff,
    compiling,
    context,
    frames,
    frames_answers,
    padding,
    per_character,
    regimes,
    sentences,
    sentences_answers,
    tables,
    tables_answers,
    tokens,
    tradeoff,
    weights,
)
from qdocs.publish.look import Palette, Width
from qdocs.publish.runs import FoundRun
from qdocs.record import AnySpec


@dataclass(frozen=True)
class Chart:
    """A chart: its rows, what they must share to be drawn together, how they are drawn and what is said of them.

    `kind` is of the cells that it is made from, all or those that `of` takes, in so many `settings` at least, with
    cells of another kind `beside` them. All rows are drawn, or those that `drawable` keeps; `needs` says what must have
    been measured to draw it.
    """

    id: str
    title: str
    kind: str
    frame: Callable[[FoundRun], pd.DataFrame]
    together: list[str]
    height: Callable[[pd.DataFrame, Width], int]
    draw: Callable[[pd.DataFrame, Palette, Width], go.Figure]
    say: Callable[[pd.DataFrame, FoundRun], str]
    table: Callable[[pd.DataFrame], str]
    drawable: Callable[[pd.DataFrame], pd.DataFrame] = lambda rows: rows
    needs: str = ""
    of: Callable[[AnySpec], bool] = lambda spec: True
    settings: int = 1
    beside: str | None = None

    def planned(self, found: FoundRun) -> bool:
        """Whether a run was asked to measure what it is made from."""
        settings = {spec.slug for spec in found.run.plan if spec.kind == self.kind and self.of(spec)}
        return len(settings) >= self.settings and self.beside in {None, *(spec.kind for spec in found.run.plan)}


CHARTS = {
    chart.id: chart
    for chart in (
        Chart(
            id="speed-size",
            title="Speed against size",
            kind="latency",
            frame=frames.latency,
            together=["model", "backend", "batch", "prompt_tokens", "new_tokens"],
            drawable=chart_speed.drawable,
            height=chart_speed.height,
            draw=chart_speed.draw,
            say=sentences.speed,
            table=tables.speed,
            needs="the stored bytes of the same schemes",
            beside="memory",
        ),
        Chart(
            id="sweep",
            title="Speed by batch and prompt",
            kind="latency",
            frame=frames.latency,
            together=["model", "backend", "new_tokens"],
            drawable=chart_sweep.drawable,
            height=chart_sweep.height,
            draw=chart_sweep.draw,
            say=regimes.say,
            table=regimes.numbers,
            needs="more than one batch size or prompt length",
            settings=2,
        ),
        Chart(
            id="bandwidth",
            title="Bandwidth that decoding reaches",
            kind="latency",
            frame=bandwidth.bandwidth,
            together=["model", "backend", "batch", "prompt_tokens", "new_tokens"],
            drawable=chart_bandwidth.drawable,
            height=chart_bandwidth.height,
            draw=chart_bandwidth.draw,
            say=bandwidth.say,
            table=bandwidth.table,
            needs="batch 1 first, and the stored bytes of the same schemes",
            beside="memory",
        ),
        Chart(
            id="beside-torchao",
            title="Decode beside torchao's table",
            kind="latency",
            frame=beside_torchao.beside_torchao,
            together=["model"],
            height=beside_torchao.height,
            draw=beside_torchao.draw,
            say=beside_torchao.say,
            table=beside_torchao.table,
            needs="batch 1, compiled, on a GPU",
            of=beside_torchao.of,
        ),
        Chart(
            id="compiling",
            title="When compiling pays",
            kind="latency",
            frame=compiling.compiling,
            together=["model", "backend"],
            height=compiling.height,
            draw=compiling.draw,
            say=compiling.say,
            table=compiling.table,
            needs="the same setting in both modes",
        ),
        Chart(
            id="fidelity",
            title="Fidelity",
            kind="fidelity",
            frame=frames.fidelity,
            together=["model", "backend", "window_tokens", "windows_per_corpus"],
            drawable=chart_fidelity.drawable,
            height=chart_fidelity.height,
            draw=chart_fidelity.draw,
            say=sentences.fidelity,
            table=tables.fidelity,
        ),
        Chart(
            id="tradeoff",
            title="Closeness against size",
            kind="fidelity",
            frame=tradeoff.tradeoff,
            together=["model", "backend", "window_tokens", "windows_per_corpus"],
            drawable=chart_tradeoff.drawable,
            height=chart_tradeoff.height,
            draw=chart_tradeoff.draw,
            say=tradeoff.say,
            table=tradeoff.table,
            needs="the stored bytes of the same schemes",
            beside="memory",
        ),
        Chart(
            id="layers",
            title="Error by kind of layer",
            kind="layer_error",
            frame=weights.layer_errors,
            together=["model", "backend", "tokens"],
            drawable=chart_layers.drawable,
            height=chart_layers.height,
            draw=chart_layers.draw,
            say=weights.layers_say,
            table=weights.layers_table,
        ),
        Chart(
            id="memory",
            title="Stored bytes by role",
            kind="memory",
            frame=frames.memory,
            together=["model", "backend"],
            drawable=chart_memory.drawable,
            height=chart_memory.height,
            draw=chart_memory.draw,
            say=sentences.memory,
            table=tables.memory,
        ),
        Chart(
            id="padding",
            title="What padding adds",
            kind="memory",
            frame=padding.padding,
            together=["model", "backend"],
            height=padding.height,
            draw=padding.draw,
            say=padding.say,
            table=padding.table,
            needs="a scheme that pads",
            of=padding.of,
        ),
        Chart(
            id="context",
            title="Cache beside weights",
            kind="memory",
            frame=context.context,
            together=["model", "backend", "batch"],
            drawable=context.drawable,
            height=context.height,
            draw=context.draw,
            say=context.say,
            table=context.table,
            needs="more than one length of context",
            settings=2,
        ),
        Chart(
            id="tokens",
            title="Tokens by language",
            kind="tokenization",
            frame=tokens.languages,
            together=["model", "texts_sha256"],
            height=tokens.height,
            draw=tokens.draw,
            say=tokens.say,
            table=tokens.table,
        ),
        Chart(
            id="per-character",
            title="Tokens a character by kind of text",
            kind="tokenization",
            frame=per_character.per_character,
            together=["model", "texts_sha256"],
            height=per_character.height,
            draw=per_character.draw,
            say=per_character.say,
            table=per_character.table,
        ),
        Chart(
            id="accuracy",
            title="Accuracy by kind of task",
            kind="accuracy",
            frame=frames_answers.accuracy,
            together=["model", "backend"],
            height=chart_answers.height_accuracy,
            draw=chart_answers.draw_accuracy,
            say=sentences_answers.accuracy,
            table=tables_answers.accuracy,
            of=frames_answers.asks_task,
        ),
        Chart(
            id="margin",
            title="Margin by kind of task",
            kind="accuracy",
            frame=frames_answers.accuracy,
            together=["model", "backend", "margin_unit"],
            drawable=chart_answers.drawable_margin,
            height=chart_answers.height_margin,
            draw=chart_answers.draw_margin,
            say=sentences_answers.margin,
            table=tables_answers.margin,
            of=frames_answers.asks_task,
        ),
        Chart(
            id="preference",
            title="Preference pairs",
            kind="accuracy",
            frame=frames_answers.preference,
            together=["model", "backend"],
            drawable=chart_answers.drawable_margin,
            height=chart_answers.height_preference,
            draw=chart_answers.draw_preference,
            say=sentences_answers.preference,
            table=tables_answers.preference,
            of=frames_answers.asks_preference,
        ),
        Chart(
            id="embedding",
            title="Sentence embeddings",
            kind="embedding",
            frame=frames_answers.embedding,
            together=["model", "backend", "data_sha256"],
            height=chart_embedding.height,
            draw=chart_embedding.draw,
            say=sentences_answers.embedding,
            table=tables_answers.embedding,
        ),
    )
}
