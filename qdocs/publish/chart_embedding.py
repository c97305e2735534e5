"""How are changes of sentence vectors drawn?"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import forest, safe, words
from qdocs.publish.forest import Group, Line
from qdocs.publish.frames import Row, records
from qdocs.publish.frames_answers import SCORES
from qdocs.publish.look import Palette, Width
from qdocs.record import BASELINE, NOISE_FLOOR
from qdocs.verdict import Direction


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of schemes."""
    return forest.height(_groups(rows), width)


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Change of recall, MRR, nDCG and Spearman in points, a row a scheme.

    Args:
        rows: Of `frames_answers.embedding`, for one model, backend and set of texts.
        palette: The colours.
        width: Wide or narrow.
    """
    axis = f"change from {BASELINE}, points (1 point is 0.01)" if width == "wide" else "change, points"
    heads = ("points<br>(95% interval)",) if width == "wide" else ()
    return forest.draw(_groups(rows), axis, heads, palette, width)


def side(row: Row, score: str) -> Direction:
    """Which way a score went: recall as its verdict says, the others by their interval alone."""
    if score == "recall_at_1":
        found: Direction = row["direction"] or "unseen"
        return found
    low, high = row[f"{score}_change_low_points"], row[f"{score}_change_high_points"]
    if words.missing(low) or row[f"{score}_basis"] == "none":
        return "unseen"
    return "worse" if high < 0 else "better" if low > 0 else "unseen"


def told(row: Row, score: str) -> str:
    """The change of a score with its interval, in points."""
    name = f"{score}_change"
    ends = (row[f"{name}_low_points"], row[f"{name}_high_points"])
    return words.change(row[f"{name}_points"], *ends, row[f"{score}_basis"])


def _groups(rows: pd.DataFrame) -> list[Group]:
    every = records(rows)
    baseline = next((row for row in every if row["scheme"] == BASELINE), None)
    made = []
    for score, title in SCORES.items():
        known = baseline and not words.missing(baseline[score])
        about = f"{BASELINE} {baseline[score]:.3f}" if baseline and known else f"{BASELINE} has no result"
        first = every[0]
        asked = (
            (first["pairs"], first["pair_templates"], "pair")
            if score == "spearman"
            else (
                first["queries"],
                first["query_templates"],
                "query",
            )
        )
        lines = tuple(_line(row, score) for row in every if row["scheme"] != BASELINE)
        made.append(Group(title, f"{about}, {words.asked(*asked)}", lines))
    return made


def _line(row: Row, score: str) -> Line:
    change = row[f"{score}_change_points"]
    if words.missing(change):
        return Line(row["scheme"], row["coverage"], None, None, None, ("not compared",), ("none",), "unseen", None, "")
    has_interval = row[f"{score}_basis"] != "none"
    drawn = score == "recall_at_1" and row["scheme"] != NOISE_FLOOR
    hover = f"<b>{safe.figure(row['scheme'])}</b>, {SCORES[score]}<br>{told(row, score)} points"
    return Line(
        scheme=row["scheme"],
        coverage=row["coverage"],
        value=change,
        low=row[f"{score}_change_low_points"] if has_interval else None,
        high=row[f"{score}_change_high_points"] if has_interval else None,
        shown=(told(row, score),),
        brief=(words.signed(change),),
        direction=side(row, score),
        smallest=row["detectable_drop_points"] if drawn else None,
        hover=f"{hover}<br>coverage {words.coverage(row['coverage'])}",
    )
