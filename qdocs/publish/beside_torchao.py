"""How does decoding stand beside what torchao's own table reports?

The reported figures are of `docs/data/reported.yml`. Schemes are matched by what they quantize: torchao's table is of
models whose output head is quantized, too, which this guide's names say.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import bars, frames, safe, words
from qdocs.publish import reported as figures
from qdocs.publish.bars import Bar, Group, Part
from qdocs.publish.frames import Row, records
from qdocs.publish.look import Palette, Width
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import code, scope
from qdocs.publish.tables import Column, form, html
from qdocs.publish.tables import code as named
from qdocs.record import CHECKOUT, AnySpec, MemoryCell


def beside_torchao(found: FoundRun) -> pd.DataFrame:
    """One row a reported figure and setting whose model, scheme, mode and batch a run has, on a GPU."""
    reported = [f.decode for f in figures.load(CHECKOUT / "docs" / figures.FILE).values() if f.decode]
    peaks = {
        (cell.model, cell.scheme): cell.outcome.result.peak_reserved_bytes
        for cell in found.run.cells
        if isinstance(cell, MemoryCell) and cell.outcome.state == "measured"
    }
    rows: list[Row] = []
    for row in records(frames.latency(found)):
        for theirs in reported:
            asked = (figures.DECODED, theirs.scheme, "cuda", "compiled", 1)
            if asked == (row["model"], row["scheme"], row["backend"], row["mode"], row["batch"]):
                rows.append(
                    {
                        **{name: row[name] for name in ("model", "backend", "prompt_tokens", "new_tokens", "scheme")},
                        "tokens_per_s": row["decode_tokens_per_s"],
                        "reported_tokens_per_s": theirs.tokens_per_s,
                        "reported_device": theirs.device,
                        "times_reported": row["decode_tokens_per_s"] / theirs.tokens_per_s,
                        "peak_reserved_bytes": peaks.get((row["model"], row["scheme"])),
                        "reported_peak_gb": theirs.peak_gb,
                    }
                )
    return frames.tidy(rows)


def of(spec: AnySpec) -> bool:
    """Whether a cell is of a model and backend that the table has."""
    return spec.backend == "cuda" and spec.model == figures.DECODED


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of schemes and prompts."""
    return bars.height(_groups(rows), width)


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Tokens a second, a group a scheme: measured here, and reported.

    Args:
        rows: Of `beside_torchao`, for one model.
        palette: The colours.
        width: Wide or narrow.
    """
    part = Part("tokens/s", palette.compiled)
    return bars.draw(_groups(rows), (part,), "decode, tokens/s", ("tokens/s", "× reported"), palette, width)


def say(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say how each scheme stands beside the reported figure, and where the set-ups differ.

    Args:
        rows: Of `beside_torchao`, for one model.
        found: The run that they belong to.
    """
    every = records(rows)
    each = words.listed(
        f"{code(row['scheme'])} {words.number(row['tokens_per_s'])} tokens/s at a prompt of {row['prompt_tokens']:,}, "
        f"{words.ratio(row['times_reported'])} the {words.number(row['reported_tokens_per_s'])} reported"
        for row in every
    )
    return (
        f"{scope(found, every[0]['model'], ', batch 1, compiled')} <em>Reported, not measured here</em>, on "
        f"{safe.text(every[0]['reported_device'])}: pytorch/ao v0.15.0, the prompt 'Hello, my name is', mean of five. "
        f"Here: random weights of the same shape, decode alone, median. {each}."
    )


def table(rows: pd.DataFrame) -> str:
    """The numbers side by side."""
    columns = [
        Column("scheme", named("scheme"), numeric=False),
        Column("prompt, new tokens", lambda r: f"{r['prompt_tokens']:,}, {r['new_tokens']:,}"),
        Column("tokens/s, here", form("tokens_per_s", words.number)),
        Column("tokens/s, reported", form("reported_tokens_per_s", words.number)),
        Column("times reported", form("times_reported", words.ratio)),
        Column("peak reserved, here", form("peak_reserved_bytes", words.megabytes)),
        Column("peak reserved, reported", form("reported_peak_gb", lambda v: f"{v:.2f} GB")),
    ]
    return html(records(rows), columns, "Decode beside torchao's table")


def _groups(rows: pd.DataFrame) -> list[Group]:
    made = []
    for scheme, part in rows.groupby("scheme", sort=False):
        own = records(part)
        first = own[0]
        shown = [
            Bar(
                f"prompt {row['prompt_tokens']:,}",
                (float(row["tokens_per_s"]),),
                (words.number(row["tokens_per_s"]), words.ratio(row["times_reported"])),
                (f"<b>{safe.figure(str(scheme))}</b>, here: {words.number(row['tokens_per_s'])} tokens/s",),
            )
            for row in own
        ]
        told = words.number(first["reported_tokens_per_s"])
        theirs = Bar("reported", (float(first["reported_tokens_per_s"]),), (told, ""), (f"reported: {told} tokens/s",))
        made.append(Group(str(scheme), (*shown, theirs)))
    return made
