"""In which regimes is a scheme faster than the baseline, and in which slower?

A regime is a phase (prefill or decode), a mode, a batch size and a prompt length.
"""

from __future__ import annotations

import pandas as pd

from qdocs.publish import frames, safe, words
from qdocs.publish.chart_sweep import PHASES, drawable
from qdocs.publish.frames import Row, records
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import ONE_ROUND, code, disturbed, scope, verdict
from qdocs.publish.tables import INTERVAL, Column, html
from qdocs.publish.tables import code as code_of
from qdocs.record import BASELINE, NOISE_FLOOR


def regimes(found: FoundRun) -> pd.DataFrame:
    """One row a quantized scheme and regime that can be compared, slowest first."""
    rows = frames.latency(found)
    return frames.tidy(sorted(_by_phase(records(rows)), key=lambda row: row["ratio"]))


def say(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say how far each scheme's speed reaches over the settings, and in how many it is slower.

    Args:
        rows: Of `frames.latency`, for one model, backend and number of new tokens.
        found: The run that they belong to.
    """
    first = rows.iloc[0]
    said = [
        scope(found, first["model"], f", {first['new_tokens']:,} new tokens"),
        f"The line is {BASELINE}&#39;s speed at the same batch, prompt and mode: above it is faster, below it slower, "
        "and clearly slower where the whole interval lies below it.",
    ]
    lines: dict[tuple[str, str, str], list[Row]] = {}
    for row in _by_phase(records(drawable(rows))):
        lines.setdefault((row["scheme"], row["mode"], row["phase"]), []).append(row)
    for (scheme, mode, phase), line in lines.items():
        least, most = (words.ratio(ratio) for ratio in (min(r["ratio"] for r in line), max(r["ratio"] for r in line)))
        reach = least if least == most else f"{least} to {most}"
        slower = sum(verdict(row, "ratio") < 0 for row in line)
        clear = f"clearly slower in {f'{slower} of ' + words.count(len(line), 'setting') if slower else 'none'}"
        said.append(f"{code(scheme)} {mode}, {phase}: {reach}, <strong>{clear}</strong>.")
    if any(row["basis"] == "iterations" for line in lines.values() for row in line):
        said.append(ONE_ROUND)
        said += _prefill_again(rows)
    return " ".join(said)


def numbers(rows: pd.DataFrame) -> str:
    """The numbers of the chart of speed by batch and prompt."""
    return html(list(_by_phase(records(drawable(rows)))), _COLUMNS, "Speed by batch and prompt")


def slower(rows: pd.DataFrame, found: FoundRun) -> str:
    """Every regime in which a scheme was slower than the baseline, after how many there are.

    Args:
        rows: Of `regimes`.
        found: The run that they belong to.
    """
    all_of_them = records(rows)
    lost = [row for row in all_of_them if verdict(row, "ratio") < 0]
    unclear = sum(verdict(row, "ratio") == 0 for row in all_of_them)
    said = (
        f"Of {words.count(len(all_of_them), 'combination')} of scheme and regime, {len(lost)} came out "
        f"<strong>slower</strong> than {BASELINE}, with an interval below 1, and for {unclear} the interval holds 1."
    )
    if any(row["basis"] == "iterations" for row in all_of_them):
        said += f" {ONE_ROUND}"
    if any(row["ratio_disturbed"] for row in lost):
        said += f" {disturbed(found)}"
    table = html(lost, _COLUMNS, "Regimes in which a scheme was slower") if lost else ""
    return f'<p class="q-say">{said}</p>{table}'


def _prefill_again(rows: pd.DataFrame) -> list[str]:
    """How far the times of the same prefill lie apart, which the process of each mode repeats; nothing of one mode."""
    longer = [
        part["ttft_ms"].max() / part["ttft_ms"].min()
        for part in frames.groups(rows, ["batch", "prompt_tokens", "scheme"])
        if part["mode"].nunique() > 1
    ]
    if not longer:
        return []
    return [
        "Prefill is not compiled, so the process of each mode repeats the same work: its times differ by up to "
        f"{max(longer) - 1:.0%}, and ratios as close to 1 settle nothing."
    ]


def _by_phase(rows: list[Row]) -> list[Row]:
    """A row a phase of each row of `frames.latency` that can be compared."""
    return [
        {
            **{name: row[name] for name in ("scheme", "mode", "batch", "prompt_tokens", "new_tokens")},
            "phase": phase,
            "ratio": row[column],
            "ratio_low": row[f"{column}_low"],
            "ratio_high": row[f"{column}_high"],
            "basis": row["ratio_basis"],
            "ratio_disturbed": row["ratio_disturbed"],
        }
        for phase, (column, modes) in PHASES.items()
        for row in rows
        if row["scheme"] not in (BASELINE, NOISE_FLOOR) and row["mode"] in modes and not words.missing(row[column])
    ]


_COLUMNS = [
    Column("scheme", code_of("scheme"), numeric=False),
    # What matters first: a phone shows two or three columns before it is scrolled.
    Column(f"speed, × {BASELINE}", lambda r: words.ratio(r["ratio"]) + words.star(r["ratio_disturbed"])),
    Column("phase", lambda r: r["phase"], numeric=False),
    Column("batch", lambda r: f"{r['batch']:,}"),
    Column("prompt", lambda r: f"{r['prompt_tokens']:,}"),
    Column("mode", lambda r: safe.text(r["mode"]), numeric=False),
    Column(INTERVAL, lambda r: words.span(r["ratio_low"], r["ratio_high"])),
]
