"""How are changes of accuracy and margin drawn, kind by kind?"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import forest, safe, words
from qdocs.publish.forest import Group, Line
from qdocs.publish.frames import Row, records
from qdocs.publish.frames_answers import how_many
from qdocs.publish.look import Palette, Width
from qdocs.record import BASELINE, NOISE_FLOOR

TURNED = ("to<br>rejected", "to<br>chosen")
AT_CHANCE = "Baseline at chance: judged by margin alone"


def drawable_margin(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `frames_answers.accuracy` that have a margin."""
    return rows[rows["margin_mean_nats"].notna()]


def height_accuracy(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of kinds and schemes."""
    return forest.height(_accuracy_groups(rows), width)


def height_margin(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of kinds and schemes."""
    return forest.height(_margin_groups(rows), width)


def height_preference(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of schemes."""
    return forest.height(_margin_groups(rows), width, TURNED)


def draw_accuracy(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Change of accuracy in points, a row a scheme, with flips; kinds at chance are named below, without a claim.

    Args:
        rows: Of `frames_answers.accuracy`, for one model and backend.
        palette: The colours.
        width: Wide or narrow.
    """
    axis = f"change of accuracy from {BASELINE}, points" if width == "wide" else "change of accuracy, points"
    heads = ("points<br>(95% interval)", "to<br>wrong", "to<br>right") if width == "wide" else ()
    return forest.draw(_accuracy_groups(rows), axis, heads, palette, width)


def draw_margin(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Change of the mean margin, a row a scheme, over all kinds that have one.

    Args:
        rows: Of `frames_answers.accuracy`, for one model, backend and unit of the margin.
        palette: The colours.
        width: Wide or narrow.
    """
    return _draw_margins(_margin_groups(rows), rows, (), palette, width)


def draw_preference(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Change of the mean margin between chosen and rejected answers, a row a scheme, with flips, on narrow pages too.

    Args:
        rows: Of `frames_answers.preference`, for one model and backend.
        palette: The colours.
        width: Wide or narrow.
    """
    flips = {r["scheme"]: (f"{r['lost']:,}", f"{r['gained']:,}") for r in records(rows) if not words.missing(r["lost"])}

    def with_flips(line: Line) -> Line:
        turned = flips.get(line.scheme, ())
        return replace(line, shown=(*line.shown, *turned), brief=turned or line.brief)

    groups = [replace(group, lines=tuple(map(with_flips, group.lines))) for group in _margin_groups(rows)]
    return _draw_margins(groups, rows, TURNED, palette, width)


def _draw_margins(
    groups: list[Group], rows: pd.DataFrame, beside: tuple[str, ...], palette: Palette, width: Width
) -> go.Figure:
    """Draw groups of margins, with the heads of what stands beside each change."""
    unit = drawable_margin(rows)["margin_unit"].iloc[0]
    axis = f"change of mean margin from {BASELINE}, {unit}" if width == "wide" else f"change of mean margin, {unit}"
    heads = (f"{unit}<br>(95% interval)", *beside) if width == "wide" else beside
    return forest.draw(groups, axis, heads, palette, width)


def _kinds(rows: pd.DataFrame) -> list[tuple[Row, list[Row]]]:
    """Each task with its first row and the rows of its schemes other than the baseline."""
    parts = [records(part) for _, part in rows.groupby("task", sort=False)]
    return [(part[0], [row for row in part if row["scheme"] != BASELINE]) for part in parts]


def _accuracy_groups(rows: pd.DataFrame) -> list[Group]:
    judged: list[Group] = []
    guessed: list[Group] = []
    for first, schemes in _kinds(rows):
        if first["at_chance"]:
            about = f"{BASELINE} {words.percent(first['accuracy_baseline'])}, a guess {words.percent(first['chance'])}"
            heading = "" if guessed else AT_CHANCE
            guessed.append(Group(first["title"], about, (), heading))
        else:
            judged.append(Group(first["title"], _asked(first), tuple(map(_accuracy_line, schemes))))
    return judged + guessed


def _margin_groups(rows: pd.DataFrame) -> list[Group]:
    made = []
    for first, schemes in _kinds(drawable_margin(rows)):
        about = f"{BASELINE} at chance, judged by this alone" if first["at_chance"] else _asked(first)
        made.append(Group(first["title"], about, tuple(map(_margin_line, schemes))))
    return made


def _asked(row: Row) -> str:
    scored = words.missing(row["accuracy_baseline"])
    told = f"{BASELINE} has no result" if scored else f"{BASELINE} {words.percent(row['accuracy_baseline'])}"
    return f"{told}, {how_many(row)}"


def _accuracy_line(row: Row) -> Line:
    change, basis = row["accuracy_change_points"], row["accuracy_basis"]
    if words.missing(change):
        return _uncompared(row)
    ends = None if basis == "none" else (row["accuracy_change_low_points"], row["accuracy_change_high_points"])
    told = words.change(change, *(ends or (change, change)), basis)
    return Line(
        scheme=row["scheme"],
        coverage=row["coverage"],
        value=change,
        low=ends and ends[0],
        high=ends and ends[1],
        shown=(told, f"{row['lost']:,}", f"{row['gained']:,}"),
        brief=(words.signed(change),),
        direction=row["accuracy_direction"],
        smallest=row["detectable_drop_points"] if row["scheme"] != NOISE_FLOOR else None,
        hover=_hover(row, f"{told} points of accuracy", f"{row['lost']:,} became wrong, {row['gained']:,} right"),
    )


def _margin_line(row: Row) -> Line:
    change, basis = row["margin_change_nats"], row["margin_basis"]
    if words.missing(change):
        return _uncompared(row)
    ends = None if basis == "none" else (row["margin_change_low_nats"], row["margin_change_high_nats"])
    told = words.change(change, *(ends or (change, change)), basis, digits=2)
    return Line(
        scheme=row["scheme"],
        coverage=row["coverage"],
        value=change,
        low=ends and ends[0],
        high=ends and ends[1],
        shown=(told,),
        brief=(words.signed(change, 2),),
        direction=row["margin_direction"],
        smallest=row["margin_detectable_fall_nats"] if row["scheme"] != NOISE_FLOOR else None,
        hover=_hover(row, f"{told} {row['margin_unit']} of margin"),
    )


def _uncompared(row: Row) -> Line:
    return Line(row["scheme"], row["coverage"], None, None, None, ("not compared",), ("none",), "unseen", None, "")


def _hover(row: Row, *told: str) -> str:
    covered = f"coverage {words.coverage(row['coverage'])}"
    head = f"<b>{safe.figure(row['scheme'])}</b>, {safe.figure(row['title'])}"
    return "<br>".join([head, *told, covered])
