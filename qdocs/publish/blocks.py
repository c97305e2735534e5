"""What does each chart of each run come to: its files, and its block for the page?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from qdocs.publish import frames, pages, pictures, sentences, stills, words
from qdocs.publish.charts import CHARTS, Chart
from qdocs.publish.names import GENERATED, of_model
from qdocs.publish.runs import FoundRun


@dataclass(frozen=True)
class Drawn:
    """A chart of one run that has something to draw: its rows, and the stem of its files."""

    chart: Chart
    found: FoundRun
    rows: pd.DataFrame
    stem: str


def drawn(found: FoundRun) -> list[Drawn]:
    """All charts of a run, one for each combination of model, backend and workload that has something to draw."""
    made = []
    for chart in CHARTS.values():
        parts = frames.groups(chart.frame(found), chart.together)
        for index, rows in enumerate(parts, 1):
            if not chart.drawable(rows).empty:
                made.append(Drawn(chart, found, rows, f"runs/{found.name}/{chart.id}-{index}"))
    return made


def write(one: Drawn, folder: Path) -> list[stills.Still]:
    """Write a chart's data and figures, and say which stills it wants.

    Args:
        one: The chart.
        folder: The folder of everything generated.
    """
    rows = [{"run": one.found.name, **row} for row in frames.records(one.rows)]
    pictures.write_data(one.stem, rows, folder)
    return pictures.write_figures(
        one.stem,
        lambda palette, width: one.chart.draw(one.rows, palette, width),
        lambda width: one.chart.height(one.rows, width),
        folder,
    )


def fragments(runs: list[FoundRun], made: list[Drawn], folder: Path) -> dict[str, str]:
    """The piece of HTML of each chart: with all runs' blocks; of a model, or one suite of it, with its newest run's.

    Of charts of answers and of closeness, the run with most items or token positions comes first, since it saw most.

    Args:
        runs: In the order to show them.
        made: All charts of all runs.
        folder: The folder of everything generated, stills included.
    """
    pieces: dict[str, str] = {}
    for name, chart in CHARTS.items():
        shown: list[tuple[FoundRun, str, int]] = []
        notes = []
        for found in runs:
            own = [one for one in made if one.chart.id == name and one.found.name == found.name]
            html = "".join(pages.chart_block(_block(one, folder)) for one in own)
            if own and found.ours and found.complete:
                again = "".join(pages.chart_block(_block(one, folder), linked=False) for one in own)
                for model in dict.fromkeys(one.rows["model"].iloc[0] for one in own):
                    pieces.setdefault(of_model(name, model), again)
                    pieces.setdefault(of_model(name, f"{model}/{found.run.suite}"), again)
            if html:
                counts = [one.rows[name] for one in own for name in ("items", "positions") if name in one.rows]
                shown.append((found, html, max((int(count.max()) for count in counts), default=0)))
            elif chart.planned(found):
                notes.append((found, without(found, chart.kind, chart.needs)))
        shown.sort(key=lambda one: -one[2])
        told = [(found, html) for found, html, _ in shown]
        pieces[name] = pages.slot(told + notes, bool(runs), chart.kind, chart.needs)
    return pieces


def of_run(found: FoundRun, made: list[Drawn], folder: Path) -> Iterator[tuple[str, str]]:
    """Each chart of one run, as its title and its block.

    Args:
        found: The run.
        made: All charts of all runs.
        folder: The folder of everything generated, stills included.
    """
    for one in made:
        if one.found is found:
            yield one.chart.title, pages.chart_block(_block(one, folder))


def plans(found: FoundRun, kind: str) -> bool:
    """Whether a run was asked to measure cells of a kind."""
    return any(spec.kind == kind for spec in found.run.plan)


def without(found: FoundRun, kind: str, needs: str = "") -> str:
    """What stands where a run has nothing to show of a kind that it was asked for: what became of those cells."""
    return pages.note_block(found, sentences.nothing(found, kind, frames.records(frames.states(found)), needs))


def _block(one: Drawn, folder: Path) -> pages.Block:
    return pages.Block(
        title=one.chart.title,
        of=words.title(one.found),
        stem=f"{GENERATED.name}/{one.stem}",
        said=one.chart.say(one.rows, one.found),
        table=one.chart.table(one.rows),
        source=pages.provenance(one.found),
        height_wide=one.chart.height(one.rows, "wide"),
        height_narrow=one.chart.height(one.rows, "narrow"),
        has_stills=pictures.has_stills(one.stem, folder),
    )
