"""How many tokens does a tokenizer make of the same messages in each language?"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import bars, safe, words
from qdocs.publish.bars import Bar, Group, Part
from qdocs.publish.frames import Row, records, tidy
from qdocs.publish.look import Palette, Width
from qdocs.publish.runs import FoundRun
from qdocs.publish.tables import INTERVAL, Column, form, html
from qdocs.tasks.texts import REFERENCE, kinds
from qdocs.tokenizing import counted


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


def languages(found: FoundRun) -> pd.DataFrame:
    """The rows of `tokens` that say what English says."""
    rows = tokens(found)
    return rows if rows.empty else rows[rows["ratio"].notna()]


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of languages."""
    return bars.height(_groups(rows), width)


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Tokens of the same messages, times English, a bar a language with its interval; right of it what is lost.

    Args:
        rows: Of `languages`, for one model and set of texts.
        palette: The colours.
        width: Wide or narrow.
    """
    heads = ("× English", *(["unknown<br>tokens"] if loses(rows) else []), "tokens a<br>character")
    part = Part("tokens", palette.roles["quantized_linear"])
    axis = "tokens of the same messages, × English"
    return bars.draw(_groups(rows), (part,), axis, heads, palette, width, narrow=len(heads) - 1)


def say(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say in which languages the same messages take the fewest and the most tokens, and what is lost.

    Args:
        rows: Of `languages`, for one model and set of texts.
        found: The run that they belong to.
    """
    every = records(rows)
    said = [f"{of(every)}, the same {words.count(every[0]['texts'], 'message')} in each language."]
    others = sorted((row for row in every if row["kind"] != REFERENCE), key=lambda row: float(row["ratio"]))
    if others:
        (few, fewest), (many, most) = ((safe.text(row["title"]), _times(row)) for row in (others[0], others[-1]))
        said.append(
            f"Of the other languages, {few} takes the fewest tokens, {fewest} those of English, and {many} the most, "
            f"{most}; in brackets the {INTERVAL} over messages."
        )
    return " ".join([*said, lost(every)])


def table(rows: pd.DataFrame) -> str:
    """Counts by language."""
    return html(records(rows), [*COUNTS, Column(f"× English, {INTERVAL}", _times), UNKNOWN], "Tokens by language")


def of(rows: list[Row]) -> str:
    """Whose tokenizer it is; neither machine nor weights change what it makes of a text."""
    name, algorithm = safe.text(rows[0]["model"]), safe.text(rows[0]["algorithm"])
    return f"{name}&#39;s {algorithm} tokenizer of {rows[0]['vocabulary']:,} tokens"


def loses(rows: pd.DataFrame) -> bool:
    """Whether any text is lost as unknown tokens."""
    return bool(rows["unknown"].any())


def lost(rows: list[Row]) -> str:
    """Say what is lost as unknown tokens, since that looks cheap."""
    each = [f"{safe.text(row['title'])} {words.percent(row['unknown_share'])}" for row in rows if row["unknown"]]
    if not each:
        return "No text is lost as unknown tokens."
    return f"<strong>Lost as unknown tokens:</strong> {words.listed(each)}; where text is lost, few tokens are no gain."


COUNTS = [
    Column("kind of text", lambda r: safe.text(r["title"]), numeric=False),
    Column("texts", lambda r: f"{r['texts']:,}"),
    Column("characters", lambda r: f"{r['characters']:,}"),
    Column("bytes in UTF-8", lambda r: f"{r['utf8_bytes']:,}"),
    Column("tokens", lambda r: f"{r['tokens']:,}"),
    Column("tokens a character", form("tokens_per_character", lambda v: f"{v:.3f}")),
    Column("characters a token", form("characters_per_token", lambda v: f"{v:.2f}")),
]
UNKNOWN = Column("unknown tokens", form("unknown_share", words.percent))


def _times(row: Row) -> str:
    if words.missing(row["ratio_low"]):
        return words.ratio(row["ratio"])
    return f"{words.ratio(row['ratio'])} ({words.span(row['ratio_low'], row['ratio_high'])})"


def _groups(rows: pd.DataFrame) -> list[Group]:
    loss = loses(rows)
    return [Group("Languages", tuple(_bar(row, loss) for row in records(rows)))]


def _bar(row: Row, loss: bool) -> Bar:
    lost = [words.percent(row["unknown_share"])] if loss else []
    return Bar(
        name=row["title"],
        parts=(row["ratio"],),
        shown=(words.ratio(row["ratio"]), *lost, f"{row['tokens_per_character']:.2f}"),
        hover=(
            f"<b>{safe.figure(row['title'])}</b><br>{_times(row)} English<br>"
            f"{row['tokens']:,} tokens for {row['characters']:,} characters",
        ),
        ends=None if words.missing(row["ratio_low"]) else (row["ratio_low"], row["ratio_high"]),
    )
