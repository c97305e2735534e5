"""Which tables does each run have, beside its charts?"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from qdocs.publish import (
    blocks,
    costs,
    frames,
    frames_answers,
    pages,
    regimes,
    sentences_answers,
    tables,
    tables_answers,
    weights,
)
from qdocs.publish.runs import FoundRun


def fragments(runs: list[FoundRun]) -> dict[str, str]:
    """The piece of HTML of each table, with those of all runs."""
    made: dict[str, list[tuple[FoundRun, str]]] = {}
    for found in runs:
        for name, html in of_run(found).items():
            made.setdefault(name, []).append((found, html))
    kinds = {name: kind for name, (kind, _, _) in TABLES.items()} | dict.fromkeys(OF_EVERY_RUN, "")
    return {name: pages.slot(made.get(name, []), bool(runs), kind) for name, kind in kinds.items()}


def of_run(found: FoundRun) -> dict[str, str]:
    """The tables of a run by name; one of a kind that it was not asked for is not there."""
    made = {}
    for name, (kind, frame, table) in TABLES.items():
        if blocks.plans(found, kind):
            rows = frame(found)
            made[name] = blocks.without(found, kind) if rows.empty else pages.table_block(found, table(rows, found))
    coverage = frames.coverage(found)
    html_of_run = {
        "coverage": tables.coverage(coverage) if not coverage.empty else "<p>No scheme was applied.</p>",
        "states": tables.states(frames.states(found)),
        "environment": tables.environment(found),
    }
    return made | {name: pages.table_block(found, html) for name, html in html_of_run.items()}


def _encoding(rows: pd.DataFrame, found: FoundRun) -> str:
    return f'<div class="q-say">{sentences_answers.encoding(rows, found)}</div>{tables.encoding(rows)}'


OF_EVERY_RUN = ("coverage", "states", "environment")
# name: the kind of cell it is made from, its rows, its HTML
TABLES: dict[str, tuple[str, Callable[..., pd.DataFrame], Callable[..., str]]] = {
    "latency": ("latency", frames.latency, lambda rows, found: tables.latency(rows)),
    "slower": ("latency", regimes.regimes, regimes.slower),
    "costs": ("latency", frames.latency, costs.told),
    "texts": ("text", frames_answers.texts, lambda rows, found: tables_answers.texts(rows)),
    "encoding": ("encoding", frames.encoding, _encoding),
    "quantizing": ("quantizing", weights.quantizing, lambda rows, found: weights.quantizing_table(rows)),
}
