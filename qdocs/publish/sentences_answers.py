"""What do the charts of answers and sentence vectors show, said in sentences: losses first, nothing called unchanged?

Text comes back as HTML. What is said of a change is `qdocs.verdict`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from qdocs.publish import chart_answers, chart_embedding, safe, words
from qdocs.publish.frames import Row, records, states
from qdocs.publish.frames_answers import SCORES, how_many
from qdocs.publish.names import BASE
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import ONE_ROUND, code, scope
from qdocs.record import BASELINE, NOISE_FLOOR


@dataclass(frozen=True)
class _Measure:
    """What moved, in which column of the frame, and how it is said."""

    noun: str
    column: str
    suffix: str
    direction: str
    digits: int
    smallest: str


ACCURACY = _Measure("Accuracy", "accuracy_change", "_points", "accuracy_direction", 1, "detectable_drop_points")
MARGIN = _Measure("The margin", "margin_change", "_nats", "margin_direction", 2, "margin_detectable_fall_nats")


def accuracy(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say where each scheme answers worse, where better, and how large a drop would have been seen.

    Args:
        rows: Of `frames_answers.accuracy`, for one model and backend.
        found: The run that they belong to.
    """
    every = records(rows)
    judged = [row for row in every if not row["at_chance"]]
    intro = (
        f"{_asked(found, every)} Each scheme&#39;s answers are compared with {BASELINE}&#39;s, item by item; worse is "
        "where accuracy fell, corrected for looking at many, or the mean margin did, not corrected: one such fall may "
        f"be luck.{words.coverage_told(every)}"
    )
    guessed = dict.fromkeys(
        f"{safe.text(row['title'])} ({BASELINE} {words.percent(row['accuracy_baseline'])}, "
        f"a guess {words.percent(row['chance'])})"
        for row in every
        if row["at_chance"]
    )
    here = " judged here" if guessed else ""
    parts = [_plain(intro), *_by_scheme(judged, "direction", _of_accuracy, here)]
    if guessed:
        parts.append(
            _plain(
                f"<strong>Baseline at chance:</strong> {words.listed(guessed)}. These items do not tell "
                f"{BASELINE} from guessing, more might; so the margin alone is judged, in the next chart."
            )
        )
    return "".join([*parts, *_lacking(found, "accuracy")])


def margin(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say where the mean margin fell, where it rose, and how large a fall would have been seen.

    Args:
        rows: Of `frames_answers.accuracy`, for one model, backend and unit of the margin.
        found: The run that they belong to.
    """
    every = records(chart_answers.drawable_margin(rows))
    intro = (
        f"{_asked(found, every)} Change of the mean margin, in {every[0]['margin_unit']}; not corrected for looking at "
        f"many, so a single change may be luck.{words.coverage_told(every)}"
    )
    guessed = dict.fromkeys(safe.text(row["title"]) for row in every if row["at_chance"])
    if guessed:
        intro += f" <strong>Baseline at chance</strong>, so judged by this alone: {words.listed(guessed)}."
    parts = [_plain(intro), *_by_scheme(every, "margin_direction", lambda own: _of(own, MARGIN))]
    return "".join([*parts, *_lacking(found, "accuracy")])


def preference(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say how the margin between chosen and rejected answers moved, and how many pairs turned, each way.

    Args:
        rows: Of `frames_answers.preference`, for one model and backend.
        found: The run that they belong to.
    """
    every = records(rows)
    first = every[0]
    measured = f", eager, {how_many(first)}"
    intro = f"{scope(found, first['model'], measured)} A pair turns where the likelier answer is another one."
    if not words.missing(first["accuracy_baseline"]):
        intro += (
            f" {BASELINE} finds the chosen answer likelier in {words.percent(first['accuracy_baseline'])} of pairs."
        )

    def turned(own: list[Row]) -> str:
        (row,) = own
        return (
            f"{_of(own, MARGIN)} {words.count(row['lost'], 'pair')} turned to the rejected answer, "
            f"{row['gained']:,} to the chosen one."
        )

    return "".join([_plain(intro), *_by_scheme(every, "margin_direction", turned), *_lacking(found, "accuracy")])


def embedding(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say what each scheme does to retrieval and ranking by a sentence encoder.

    Args:
        rows: Of `frames_answers.embedding`, for one model, backend and set of texts.
        found: The run that they belong to.
    """
    every = records(rows)
    first = every[0]
    asked = words.asked(first["queries"], first["query_templates"], "query")
    pairs = words.asked(first["pairs"], first["pair_templates"], "graded pair")
    measured = f", eager, {asked} among {first['passages']:,} passages, {pairs}"
    intro = (
        f"{scope(found, first['model'], measured)} A verdict is of recall@1; the other scores stand beside it, each "
        "with an interval of its own."
    )
    return "".join([_plain(intro), *_by_scheme(every, "direction", _of_vectors), *_lacking(found, "embedding")])


def encoding(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say at which batch sizes and lengths each scheme encodes slower, and where faster.

    Args:
        rows: Of `frames.encoding`, for one model and backend.
        found: The run that they belong to.
    """
    every = records(rows)
    said = [
        f"{scope(found, every[0]['model'], ', encoding texts')} Each ratio compares with {BASELINE} at the same batch, "
        "length and mode; below 1× is slower."
    ]
    compared = [row for row in every if row["scheme"] != BASELINE and not words.missing(row["speed_ratio"])]
    if any(row["ratio_basis"] == "iterations" for row in compared):
        said.append(ONE_ROUND)
    if any(row["ratio_disturbed"] for row in compared):
        said.append("* A round of the scheme or of the baseline was disturbed; below the table stands how.")
    schemes = dict.fromkeys(row["scheme"] for row in compared)
    entries = [f"<li>{_sides([row for row in compared if row['scheme'] == name])}</li>" for name in schemes]
    return _plain(" ".join(said)) + (f"<ul>{''.join(entries)}</ul>" if entries else "")


def _sides(rows: list[Row]) -> str:
    """A scheme, and by mode in how many settings it was slower, faster or neither."""
    sides: dict[str, Callable[[Row], bool]] = {
        '<strong class="q-worse">slower</strong>': lambda r: r["speed_ratio_high"] < 1,
        "faster": lambda r: r["speed_ratio_low"] > 1,
        "no clear difference": lambda r: r["speed_ratio_low"] <= 1 <= r["speed_ratio_high"],
    }
    modes = []
    for mode in dict.fromkeys(row["mode"] for row in rows):
        own = [row for row in rows if row["mode"] == mode]
        told = []
        for side, holds in sides.items():
            ratios = sorted(row["speed_ratio"] for row in own if holds(row))
            if ratios:
                ends = " to ".join(dict.fromkeys(words.ratio(end) for end in (ratios[0], ratios[-1])))
                told.append(f"{side} in {len(ratios)} of {words.count(len(own), 'setting')} ({ends})")
        modes.append(f"{mode} {words.listed(told)}")
    return f"{code(rows[0]['scheme'])}: {'; '.join(modes)}."


def _by_scheme(rows: list[Row], column: str, say: Callable[[list[Row]], str], here: str = "") -> list[str]:
    """An entry a scheme, those with the most losses first and the noise floor last; `here` is said of some kinds."""
    schemes = [name for name in dict.fromkeys(row["scheme"] for row in rows) if name != BASELINE]
    own = {name: [r for r in rows if r["scheme"] == name and not words.missing(r[column])] for name in schemes}
    losses = {name: sum(row[column] == "worse" for row in own[name]) for name in schemes}
    order = sorted((n for n in schemes if own[n]), key=lambda name: (name == NOISE_FLOOR, -losses[name]))
    entries = [
        f"<li>{_named(name, own[name], column, here)} {say(own[name])}{_floor_too(name, own, column)}</li>"
        for name in order
    ]
    parts = [f"<ul>{''.join(entries)}</ul>"] if entries else []
    if alone := sorted(name for name in schemes if not own[name]):
        parts.append(_plain(f"Not compared, since {BASELINE} has no result: {words.listed(map(code, alone))}."))
    if NOISE_FLOOR not in schemes:
        parts.append(_plain(f"The noise floor, {code(NOISE_FLOOR)} against {BASELINE}, was not measured in this run."))
    return parts


def _named(name: str, rows: list[Row], column: str, here: str) -> str:
    """A scheme with its coverage, and at how many kinds it is worse or better."""
    if name == NOISE_FLOOR:
        return f"{code(name)}, the noise floor."
    counts = {way: sum(row[column] == way for row in rows) for way in ("worse", "better")}
    kinds = f"{'the ' if here else ''}{words.count(len(rows), 'kind')}{here}"
    of = f" at {{}} of {kinds}" if "title" in rows[0] else ""
    seen = [f'<strong class="q-{way}">{way}{of.format(many)}</strong>' for way, many in counts.items() if many]
    covered = f"{code(name)}, coverage {words.coverage(rows[0]['coverage'])}"
    return f"{covered}: {words.listed(seen)}." if seen else f"{covered}."


def _floor_too(name: str, own: dict[str, list[Row]], column: str) -> str:
    """At which kinds the noise floor moved the same way and as far, so that arithmetic alone may have done it."""
    floor = {row.get("title"): row for row in own.get(NOISE_FLOOR, [])}
    shared = [row for row in own[name] if name != NOISE_FLOOR and _as_far(row, floor.get(row.get("title")), column)]
    if not shared:
        return ""
    where = words.listed(safe.text(row["title"]) for row in shared)
    return f" {code(NOISE_FLOOR)}, arithmetic alone, moved the same way at {where}; the intervals overlap."


def _as_far(row: Row, floor: Row | None, column: str) -> bool:
    """Whether both moved the same way, with margins whose intervals overlap."""
    if floor is None or not "unseen" != row[column] == floor[column] or "margin_change_low_nats" not in row:
        return False
    low, high = (row[f"margin_change_{end}_nats"] for end in ("low", "high"))
    floor_low, floor_high = (floor[f"margin_change_{end}_nats"] for end in ("low", "high"))
    judged = not any(map(words.missing, (low, high, floor_low, floor_high)))
    return judged and bool(low <= floor_high and floor_low <= high)


def _of_accuracy(rows: list[Row]) -> str:
    """Accuracy, then the kinds at which the margin alone moved."""
    said = [_of(rows, ACCURACY)]
    for way, verb in (("worse", "fell"), ("better", "rose")):
        alone = [row for row in rows if row["margin_direction"] == way != row["accuracy_direction"]]
        if alone:
            said.append(f"The margin alone {verb} at {words.listed(safe.text(row['title']) for row in alone)}.")
    return " ".join(said)


def _of(rows: list[Row], measure: _Measure) -> str:
    """Where it fell most, where it rose most; where no change was seen, what would have been."""
    said = []
    for way, verb in (("worse", "fell"), ("better", "rose")):
        moved = [row for row in rows if row[measure.direction] == way]
        if moved:
            most = max(moved, key=lambda row: abs(row[f"{measure.column}{measure.suffix}"]))
            where = f"{'most ' if len(moved) > 1 else ''}at {safe.text(most['title'])}"
            said.append(f"{measure.noun} {verb} {where}, by {_amount(most, measure)}.")
    if unseen := [row for row in rows if row[measure.direction] == "unseen"]:
        said.append(f"No change in {measure.noun.lower().removeprefix('the ')} seen at {_unseen(unseen, measure)}.")
    return " ".join(said)


def _amount(row: Row, measure: _Measure) -> str:
    """By how much, and between which bounds, all without signs."""
    unit = "points" if measure is ACCURACY else row["margin_unit"]
    ends = sorted(abs(row[f"{measure.column}_{end}{measure.suffix}"]) for end in ("low", "high"))
    low, high = (words.amount(end, measure.digits) for end in ends)
    moved = words.amount(abs(row[f"{measure.column}{measure.suffix}"]), measure.digits)
    return f"{moved} {unit} ({low} to {high})"


def _unseen(rows: list[Row], measure: _Measure) -> str:
    """Where no change was seen, and what would have been; kinds where nothing would have been are named."""
    apart: dict[str, list[Row]] = {}
    for row in rows:
        apart.setdefault(_why_none(row, measure), []).append(row)
    told = []
    for why, own in apart.items():
        named = why or len(own) == 1
        where = words.listed(safe.text(row["title"]) for row in own) if named else words.count(len(own), "kind")
        told.append(f"{where} ({why or f'{_enough(own, measure)} or more would have been'})")
    return "; ".join(told)


def _why_none(row: Row, measure: _Measure) -> str:
    """Why no change at all would have been seen; empty where one would."""
    if row["accuracy_basis"] == "none":
        return "one template, so nothing could be told from chance"
    if not words.missing(row[measure.smallest]):
        return ""
    alike = "all margins moved alike, so nothing could be told from chance"
    return alike if measure is MARGIN else "too few items to see any drop"


def _enough(rows: list[Row], measure: _Measure) -> str:
    """The smallest change that would have been seen, from the kind with the least to that with the most."""
    low, high = (end(row[measure.smallest] for row in rows) for end in (min, max))
    if measure is MARGIN:
        ends = (f"{words.up(end, 2):.2f}" for end in (low, high))
        return f"a fall of {' to '.join(dict.fromkeys(ends))} {rows[0]['margin_unit']}"
    least, most = words.points(low), words.points(high)
    return f"a drop of {most}" if least == most else f"a drop of {least.split()[0]} to {most}"


def _of_vectors(rows: list[Row]) -> str:
    (row,) = rows
    text = str(row["verdict"])
    others = [f"{title} {chart_embedding.told(row, score)}" for score, title in SCORES.items() if _has(row, score)]
    said = [f"{safe.text(text[:1].upper() + text[1:])}. Points: {words.listed(others)}."]
    for way, verb in (("worse", "fell"), ("better", "rose")):
        apart = [
            title for score, title in SCORES.items() if chart_embedding.side(row, score) == way != row["direction"]
        ]
        if apart:
            said.append(f"Taken alone, {words.listed(apart)} {verb}.")
    return " ".join(said)


def _has(row: Row, score: str) -> bool:
    return not words.missing(row[f"{score}_change_points"])


def _asked(found: FoundRun, rows: list[Row]) -> str:
    kinds = {row["task"] for row in rows}
    return scope(found, rows[0]["model"], f", eager, {words.count(len(kinds), 'kind')} of task")


def _lacking(found: FoundRun, kind: str) -> list[str]:
    """What became of the cells that are not here."""
    counts: dict[str, int] = {}
    for row in records(states(found)):
        if row["workload"].startswith(f"{kind}-") and row["state"] != "measured":
            counts[row["state"]] = counts.get(row["state"], 0) + 1
    told = words.listed(f"{many} {state}" for state, many in counts.items())
    # A case study's own page has the table.
    table = f'<a href="{BASE}results/#cells-not-measured">table of cells</a>' if found.ours else "table of cells"
    return [_plain(f"Not shown, of this run&#39;s {kind} cells: {told}. The {table} says why.")] if counts else []


def _plain(html: str) -> str:
    return f"<p>{html}</p>"
