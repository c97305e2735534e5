"""How many tokens does a tokenizer make of each kind of text?"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import bars, safe, words
from qdocs.publish.bars import Bar, Group, Part
from qdocs.publish.frames import Row, records, tidy
from qdocs.publish.look import Palette, Width
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import scope
from qdocs.publish.tables import INTERVAL, Column, form, html
from qdocs.tasks.texts import REFERENCE, kinds
from qdocs.tokenizing import counted

GROUPS = {"language": "Languages", "code": "Code", "rare": "Rare strings", "other": "Other"}


def tokens(found: FoundRun) -> pd.DataFrame:
    """One row a kind of text: tokens a character, and for languages the tokens of the same messages times English.

    `ratio` is `None` for what says nothing that English says, too.
    """
    known = kinds()
    rows: list[Row] = []
    for one in counted(found.run, found.folder):
        about = known.get(one.kind)
        # English beside itself varies in nothing.
        varies = one.ratio is not None and one.kind != REFERENCE and one.ratio.basis != "none"
        rows.append(
            {
                "model": one.model,
                "texts_sha256": one.result.texts_sha256,
                "kind": one.kind,
                "title": about.title if about else one.kind,
                "group": about.group if about else "other",
                **one.sums.model_dump(),
                "tokens_per_character": one.tokens_per_character,
                "characters_per_token": one.characters_per_token,
                "unknown_share": one.unknown_share,
                "ratio": one.ratio and one.ratio.value,
                "ratio_low": one.ratio.low if one.ratio and varies else None,
                "ratio_high": one.ratio.high if one.ratio and varies else None,
                "algorithm": one.result.algorithm,
                "vocabulary": one.result.vocabulary,
            }
        )
    return tidy(rows)


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of kinds."""
    return bars.height(_groups(rows), width)


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Tokens a character, a bar a kind; right of it the tokens of the same messages times English, and what is lost.

    Args:
        rows: Of `tokens`, for one model and set of texts.
        palette: The colours.
        width: Wide or narrow.
    """
    heads = ("same message,<br>× English", "characters<br>a token", *(["unknown"] if _loses(rows) else []))
    part = Part("tokens", palette.roles["quantized_linear"])
    return bars.draw(_groups(rows), (part,), "tokens a character", heads, palette, width)


def say(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say what the same messages take in each language, and which kinds of text are dear or lost.

    Args:
        rows: Of `tokens`, for one model and set of texts.
        found: The run that they belong to.
    """
    every = records(rows)
    first = every[0]
    many = sum(row["texts"] for row in every)
    about = f", its {safe.text(first['algorithm'])} tokenizer of {first['vocabulary']:,} tokens, {many:,} texts"
    said = [scope(found, first["model"], about)]
    compared = sorted((r for r in every if not words.missing(r["ratio"])), key=lambda r: -r["ratio"])
    if compared:
        each = words.listed(f"{safe.text(r['title'])} {_times(r)}" for r in compared)
        said.append(f"Tokens of the same messages, times English (with {INTERVAL} over messages): {each}.")
    others = sorted((r for r in every if r["group"] != "language"), key=lambda r: -r["tokens_per_character"])
    if others:
        each = words.listed(f"{safe.text(r['title'])} {r['characters_per_token']:.1f}" for r in others)
        said.append(f"Characters a token, fewest first: {each}.")
    if lost := [r for r in every if r["unknown"]]:
        each = words.listed(f"{safe.text(r['title'])} {words.percent(r['unknown_share'])}" for r in lost)
        said.append(f"<strong>Lost as unknown tokens:</strong> {each}; where text is lost, few tokens are no gain.")
    else:
        said.append("No text is lost as unknown tokens.")
    return " ".join(said)


def table(rows: pd.DataFrame) -> str:
    """Counts by kind of text."""
    columns = [
        Column("kind of text", lambda r: safe.text(r["title"]), numeric=False),
        Column("texts", lambda r: f"{r['texts']:,}"),
        Column("characters", lambda r: f"{r['characters']:,}"),
        Column("bytes in UTF-8", lambda r: f"{r['utf8_bytes']:,}"),
        Column("tokens", lambda r: f"{r['tokens']:,}"),
        Column("tokens a character", form("tokens_per_character", lambda v: f"{v:.3f}")),
        Column("characters a token", form("characters_per_token", lambda v: f"{v:.2f}")),
        Column(f"same messages, × English, {INTERVAL}", _times),
        Column("unknown tokens", form("unknown_share", words.percent)),
    ]
    return html(records(rows), columns, "Tokens by kind of text")


def _times(row: Row) -> str:
    if words.missing(row["ratio"]):
        return "not parallel"
    if words.missing(row["ratio_low"]):
        return words.ratio(row["ratio"])
    return f"{words.ratio(row['ratio'])} ({words.span(row['ratio_low'], row['ratio_high'])})"


def _loses(rows: pd.DataFrame) -> bool:
    return bool(rows["unknown"].any())


def _groups(rows: pd.DataFrame) -> list[Group]:
    every, loses = records(rows), _loses(rows)
    return [
        Group(title, tuple(_bar(row, loses) for row in every if row["group"] == group))
        for group, title in GROUPS.items()
        if any(row["group"] == group for row in every)
    ]


def _bar(row: Row, loses: bool) -> Bar:
    times = "" if words.missing(row["ratio"]) else words.ratio(row["ratio"])
    lost = [words.percent(row["unknown_share"])] if loses else []
    hover = f"<b>{safe.figure(row['title'])}</b><br>{row['tokens']:,} tokens for {row['characters']:,} characters"
    return Bar(
        name=row["title"],
        parts=(row["tokens_per_character"],),
        shown=(times, f"{row['characters_per_token']:.1f}", *lost),
        hover=(hover + (f"<br>same messages: {_times(row)} English" if times else ""),),
    )
