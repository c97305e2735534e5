"""After how many tokens has compiling paid for itself?"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from qdocs.publish import bars, frames, safe, words
from qdocs.publish.bars import Bar, Group, Part
from qdocs.publish.frames import Row, records
from qdocs.publish.look import Palette, Width
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import code, scope
from qdocs.publish.tables import Column, form, html
from qdocs.publish.tables import code as named


def compiling(found: FoundRun) -> pd.DataFrame:
    """One row a setting and scheme that was timed in both modes.

    `steps_until_paid` is how many decode steps it takes until the time that each saves adds up to what compiling took,
    the longest of the rounds; `None` where compiled steps are not told apart from eager ones: nine in ten of them are
    not below nine in ten of those.
    """
    rows: list[Row] = []
    timed = frames.latency(found)
    for part in frames.groups(timed, ["model", "backend", "batch", "prompt_tokens", "new_tokens", "scheme"]):
        by_mode = {row["mode"]: row for row in records(part)}
        if by_mode.keys() != {"eager", "compiled"} or words.missing(by_mode["compiled"]["compile_s"]):
            continue
        eager, compiled = by_mode["eager"], by_mode["compiled"]
        saved = eager["tpot_ms"] - compiled["tpot_ms"]
        shorter = saved > 0 and compiled["tpot_p90_ms"] < eager["tpot_p10_ms"]
        rows.append(
            {
                **{
                    name: eager[name] for name in ("model", "backend", "batch", "prompt_tokens", "new_tokens", "scheme")
                },
                "compile_s": compiled["compile_s"],
                "eager_tpot_ms": eager["tpot_ms"],
                "compiled_tpot_ms": compiled["tpot_ms"],
                "saved_ms": saved,
                "steps_until_paid": 1000 * compiled["compile_s"] / saved if shorter else None,
            }
        )
    return frames.arranged(found, rows, ["model", "backend", "batch", "prompt_tokens", "new_tokens"])


def height(rows: pd.DataFrame, width: Width) -> int:
    """Height in px, by the number of schemes and settings."""
    return bars.height(_groups(rows), width)


def draw(rows: pd.DataFrame, palette: Palette, width: Width) -> go.Figure:
    """Decode steps until compiling has paid, a group a setting, a bar a scheme.

    Args:
        rows: Of `compiling`, for one model and backend.
        palette: The colours.
        width: Wide or narrow.
    """
    heads = ("steps", "compiling", "eager", "compiled")
    part = Part("decode steps", palette.compiled)
    return bars.draw(_groups(rows), (part,), "decode steps until compiling has paid", heads, palette, width)


def say(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say after how many steps compiling pays, where it was not seen to first.

    Args:
        rows: Of `compiling`, for one model and backend.
        found: The run that they belong to.
    """
    every = records(rows)
    said = [
        scope(found, every[0]["model"], ""),
        "A decode step writes one token for each sequence of the batch; compiling is paid once a shape and process. "
        "Each scheme stands beside its own eager mode. Kernels that an earlier run left in the cache shorten "
        "compiling: compare only bars with similar times to compile.",
    ]
    if len({_setting(row) for row in every}) > 1:
        for scheme in dict.fromkeys(row["scheme"] for row in every):
            said.append(_over_settings([row for row in every if row["scheme"] == scheme]))
        return " ".join(said)
    never = [row for row in every if words.missing(row["steps_until_paid"])]
    if never:
        each = words.listed(code(row["scheme"]) for row in never)
        said.append(f"<strong>Not seen to pay</strong>, since compiled steps are not clearly shorter: {each}.")
    pays = sorted((row for row in every if row not in never), key=lambda row: float(row["steps_until_paid"]))
    if pays:
        each = words.listed(f"{code(row['scheme'])} after {_paid(row)} steps" for row in pays)
        said.append(f"{_setting(every[0]).capitalize()}; pays, soonest first: {each}.")
    return " ".join(said)


def _over_settings(rows: list[Row]) -> str:
    """In how many settings compiling pays for one scheme, and after how many steps."""
    paid = sorted(
        (row for row in rows if not words.missing(row["steps_until_paid"])),
        key=lambda row: float(row["steps_until_paid"]),
    )
    where = f"{len(paid)} of {words.count(len(rows), 'setting')}"
    if not paid:
        return f"{code(rows[0]['scheme'])} was <strong>not seen to pay</strong> in any setting."
    ends = " to ".join(dict.fromkeys(f"{_paid(row)} ({_setting(row)})" for row in (paid[0], paid[-1])))
    rest = ", and was <strong>not seen to</strong> in the others" if len(paid) < len(rows) else ""
    return f"{code(rows[0]['scheme'])} pays in {where}, after {ends} steps{rest}."


def table(rows: pd.DataFrame) -> str:
    """The numbers of the chart."""
    columns = [
        Column("scheme", named("scheme"), numeric=False),
        Column("setting", lambda r: safe.text(_setting(r)), numeric=False),
        Column("compiling, longest round", form("compile_s", lambda v: f"{words.number(v)} s")),
        Column("a step, eager", form("eager_tpot_ms", words.milliseconds)),
        Column("a step, compiled", form("compiled_tpot_ms", words.milliseconds)),
        Column("steps until paid", lambda r: safe.text(_paid(r))),
    ]
    return html(records(rows), columns, "When compiling pays")


def _groups(rows: pd.DataFrame) -> list[Group]:
    made: dict[str, list[Bar]] = {}
    for row in records(rows):
        made.setdefault(_setting(row), []).append(_bar(row))
    return [Group(setting, tuple(bars_)) for setting, bars_ in made.items()]


def _bar(row: Row) -> Bar:
    return Bar(
        name=row["scheme"],
        parts=(0.0 if words.missing(row["steps_until_paid"]) else float(row["steps_until_paid"]),),
        shown=(
            _paid(row),
            f"{words.number(row['compile_s'])} s",
            words.milliseconds(row["eager_tpot_ms"]),
            words.milliseconds(row["compiled_tpot_ms"]),
        ),
        hover=(f"<b>{safe.figure(row['scheme'])}</b><br>steps until compiling has paid: {_paid(row)}",),
    )


def _paid(row: Row) -> str:
    steps = row["steps_until_paid"]
    return "not seen" if words.missing(steps) else f"{words.up(steps, 0):,.0f}"


def _setting(row: Row) -> str:
    return f"batch {row['batch']}, prompt {row['prompt_tokens']:,}"
