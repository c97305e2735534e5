"""How many tokens does a tokenizer make of a character in code and rare strings, beside English prose?"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import bars, safe, tokens, words
from qdocs.publish.bars import Bar, Group, Part
from qdocs.publish.frames import Row, records
from qdocs.publish.look import Palette, Width
from qdocs.publish.runs import FoundRun
from qdocs.publish.tables import html
from qdocs.tasks.texts import REFERENCE

GROUPS = {"language": "Prose", "code": "Code", "rare": "Rare strings", "other": "Other"}


def per_character(found: FoundRun) -> pd.DataFrame:
    """The rows of `tokens.tokens` that do not say what English says, and English."""
    rows = tokens.tokens(found)
    return rows if rows.empty else rows[rows["ratio"].isna() | (rows["kind"] == REFERENCE)]


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of kinds."""
    return bars.height(_groups(rows), width)


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Tokens a character, a bar a kind of text.

    Args:
        rows: Of `per_character`, for one model and set of texts.
        palette: The colours.
        width: Wide or narrow.
    """
    part = Part("tokens", palette.roles["quantized_linear"])
    heads = ("tokens a<br>character", "characters<br>a token")
    return bars.draw(_groups(rows), (part,), "tokens a character", heads, palette, width)


def say(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say which kind takes the fewest tokens a character and which the most, and what is lost.

    Args:
        rows: Of `per_character`, for one model and set of texts.
        found: The run that they belong to.
    """
    every = records(rows)
    ordered = sorted(every, key=lambda row: float(row["tokens_per_character"]))
    few, most = (f"{row['tokens_per_character']:.2f} ({safe.text(row['title'])})" for row in (ordered[0], ordered[-1]))
    each = words.count(every[0]["texts"], "text")
    return f"{tokens.of(every)}, {each} of each kind. Tokens a character: from {few} to {most}. {tokens.lost(every)}"


def table(rows: pd.DataFrame) -> str:
    """Counts by kind of text."""
    return html(records(rows), [*tokens.COUNTS, tokens.UNKNOWN], "Tokens by kind of text")


def _groups(rows: pd.DataFrame) -> list[Group]:
    every = records(rows)
    return [
        Group(title, tuple(_bar(row) for row in every if row["group"] == group))
        for group, title in GROUPS.items()
        if any(row["group"] == group for row in every)
    ]


def _bar(row: Row) -> Bar:
    return Bar(
        name=row["title"],
        parts=(row["tokens_per_character"],),
        shown=(f"{row['tokens_per_character']:.2f}", f"{row['characters_per_token']:.1f}"),
        hover=(f"<b>{safe.figure(row['title'])}</b><br>{row['tokens']:,} tokens for {row['characters']:,} characters",),
    )
