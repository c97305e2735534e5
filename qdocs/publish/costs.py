"""What would a million new tokens cost in each setting, prompts included, at the speeds that were measured?"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from qdocs import cost
from qdocs.publish import safe, words
from qdocs.publish.frames import Row, groups, records
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import ONE_ROUND, code, disturbed, scope
from qdocs.publish.tables import INTERVAL, Column, foldable
from qdocs.publish.tables import code as code_of
from qdocs.record import BASELINE

PRICE_PER_HOUR = 1.0


def told(rows: pd.DataFrame, found: FoundRun) -> str:
    """What is cheapest in each setting, then every price, cheapest first within a setting.

    Args:
        rows: Of `frames.latency`.
        found: The run that they belong to.
    """
    settings = [records(one) for one in groups(rows, ["model", "backend", "batch", "prompt_tokens", "new_tokens"])]
    priced = [sorted(map(_priced, one), key=lambda row: row["cost"]) for one in settings]
    said = (
        f"{scope(found, rows.iloc[0]['model'], ', whole requests')} The machine costs 1 an hour, at a utilization of "
        "100%; compiling is not counted. Cheapest by the median, at batch × prompt: "
        f"{'; '.join(_where(one[0] for one in priced))}."
    )
    close = [[row for row in others if _overlap(first, row)] for first, *others in priced]
    if len(close) == 1 and close[0]:
        each = words.listed(f"{code(row['scheme'])} {safe.text(row['mode'])}" for row in close[0])
        said += f" In the same mode, the intervals do not separate it from {each}."
    elif many := sum(map(bool, close)):
        said += (
            f" In {many} of these {len(close)} settings the interval of another scheme of the same mode overlaps with "
            "the cheapest&#39;s, so their order is not settled."
        )
    if (rows["ratio_basis"] == "iterations").any():
        said += f" {ONE_ROUND}"
    if rows["ratio_disturbed"].any():
        said += f" {disturbed(found)}"
    table = foldable([row for one in priced for row in one], _COLUMNS, "Cost of a million new tokens")
    return f'<p class="q-say">{said}</p>{table}'


def _priced(row: Row) -> Row:
    return row | {"cost": cost.per_million(PRICE_PER_HOUR, row["request_tokens_per_s"], utilization=1)}


def _overlap(one: Row, other: Row) -> bool:
    """Whether the intervals of two schemes in the same mode, beside the baseline there, have a part in common."""
    if one["mode"] != other["mode"] or words.missing(one["request_ratio"]) or words.missing(other["request_ratio"]):
        return False
    highest_low = max(one["request_ratio_low"], other["request_ratio_low"])
    return bool(highest_low <= min(one["request_ratio_high"], other["request_ratio_high"]))


def _where(rows: Iterable[Row]) -> list[str]:
    """Each scheme and mode of these rows, with its settings."""
    where: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        where.setdefault((row["scheme"], row["mode"]), []).append(_setting(row))
    return [f"{code(scheme)} {safe.text(mode)} at {words.listed(at)}" for (scheme, mode), at in where.items()]


def _setting(row: Row) -> str:
    return f"{row['batch']:,} × {row['prompt_tokens']:,}"


def _beside(row: Row) -> str:
    """Cost as a multiple of the baseline's in the same mode; what is twice as fast costs half."""
    if row["scheme"] == BASELINE:
        return "the baseline"
    if words.missing(row["request_ratio"]):
        return words.NOT_MEASURED
    value, low, high = (1 / row[f"request_ratio{end}"] for end in ("", "_high", "_low"))
    return f"{words.ratio(value)}{words.star(row['ratio_disturbed'])} ({words.span(low, high)})"


_COLUMNS = [
    Column("scheme", code_of("scheme"), numeric=False),
    Column("mode", lambda r: safe.text(r["mode"]), numeric=False),
    Column("batch × prompt", _setting),
    Column("a million new tokens", lambda r: words.number(r["cost"])),
    Column(f"× {BASELINE} in that mode, {INTERVAL}", _beside),
    Column("new tokens/s, with prefill", lambda r: words.number(r["request_tokens_per_s"])),
    Column("new tokens a request", lambda r: f"{r['new_tokens']:,}"),
]
