"""Which pieces of HTML do pages put together: chart blocks, tables, the choice of runs?

A piece is one line, so that nothing in it starts a line of Markdown. `BASE` stands where the way to the site's root
goes, which only the page knows; `safe.text` never lets it through from a record.
"""

from __future__ import annotations

from dataclasses import dataclass

from qdocs.publish import safe, tables, words
from qdocs.publish.look import PALETTES
from qdocs.publish.names import BASE
from qdocs.publish.runs import FoundRun

PLOTLY_JS = "assets/vendor/plotly-basic-4.1.1.min.js"
NO_RUN = "No run is published yet. <code>make guide</code> measures one on your own machine and shows it here."


@dataclass(frozen=True)
class Block:
    """A chart as drawn: what it is of, where its files are, below the site's root, and how high it is.

    `said`, `table` and `source`, where its numbers come from, are HTML.
    """

    title: str
    of: str
    stem: str
    said: str
    table: str
    source: str
    height_wide: int
    height_narrow: int
    has_stills: bool

    @property
    def element_id(self) -> str:
        """The id of the block in the page, to link to."""
        folder, name = self.stem.split("/")[-2:]
        return f"{name}-{folder}".replace(".", "-")


def chart_block(block: Block, linked: bool = True) -> str:
    """A chart: what it shows in words, its picture, its table, its files, where it comes from.

    Args:
        block: The chart as drawn.
        linked: Whether links lead to it; where a page shows it a second time, they lead to the first.
    """
    title = safe.text(block.title)
    name = f"{title}, {safe.text(block.of)}"
    anchor = f' id="{block.element_id}"' if linked else ""
    return (
        f'<figure class="q-chart"{anchor} data-figure="{BASE}{block.stem}.figure.json" '
        f'data-plotly="{BASE}{PLOTLY_JS}" data-name="{name}">'
        f'<figcaption class="q-say">{block.said}</figcaption>'
        f'<div class="q-box" style="--q-wide:{block.height_wide}px;--q-narrow:{block.height_narrow}px">'
        f'{_stills(block, name)}<div class="q-live" hidden></div></div>'
        f'<div class="q-tools"><button type="button" class="q-button q-go" aria-pressed="false">Make interactive'
        f'<span class="q-unseen">: {name}</span></button>'
        f'<span class="q-status" role="status"></span><span class="q-files">'
        f'<a href="{BASE}{block.stem}.csv" download>CSV<span class="q-unseen"> of {name}</span></a>'
        f'<a href="{BASE}{block.stem}.json" download>JSON<span class="q-unseen"> of {name}</span></a></span></div>'
        f'<details class="q-data"><summary>{title}: the numbers as a table</summary>{block.table}</details>'
        f"{block.source}</figure>"
    )


def note_block(found: FoundRun, said: str) -> str:
    """What stands in place of a chart that a run has nothing for."""
    return f'<div class="q-chart q-bare"><p class="q-say">{said}</p>{provenance(found)}</div>'


def table_block(found: FoundRun, table: str) -> str:
    """A table of one run, with where it comes from."""
    return f'<div class="q-table">{table}{provenance(found)}</div>'


def slot(pieces: list[tuple[FoundRun, str]], any_run: bool, kind: str = "", needs: str = "") -> str:
    """The same piece of every run that has it, each under its run's name; which are seen, the reader chooses.

    Args:
        pieces: By run.
        any_run: Whether there is a run at all, with or without such a piece.
        kind: Of the cells that the piece is made from, if it is made from one kind.
        needs: What must have been measured for it.
    """
    if not any_run:
        return f'<p class="q-none">{NO_RUN}</p>'
    kind = kind.replace("_", " ")
    if not pieces:
        lacking = (
            f"No run here shows this yet. It needs {safe.text(needs)}."
            if needs
            else f"No run here has {kind} cells yet."
        )
        return f'<p class="q-none">{lacking}</p>'
    runs = "".join(
        f'<section class="q-run" {of_run(found)}><p class="q-name">{name(found)}</p>{piece}</section>'
        for found, piece in pieces
    )
    of_it = f"with {kind} cells " if kind else ""
    empty = (
        f'<p class="q-empty" hidden data-search-exclude>No run {of_it}is chosen. Choose one at the top of the page.</p>'
    )
    return f'<div class="q-slot">{runs}{empty}</div>'


def of_run(found: FoundRun) -> str:
    """The attribute that says of which run a section of a slot is."""
    return f'data-run="{safe.text(found.name)}"'


def picker(runs: list[FoundRun], first: list[FoundRun], every: int = 0) -> str:
    """Buttons that choose the runs to see; without scripts all are seen, and the buttons are not.

    Args:
        runs: Those that the page carries.
        first: Those that are seen before a reader chooses, as far as the page carries them.
        every: How many runs there are; the explorer has them all.
    """
    if not runs:
        return ""
    chosen = {found.name for found in first} & {found.name for found in runs}
    buttons = "".join(
        f'<button type="button" class="q-button q-pick" data-pick="{safe.text(found.name)}" '
        f'aria-pressed="{"true" if found.name in chosen else "false"}">{name(found)}</button>'
        for found in runs
    )
    shown = safe.text(" ".join(sorted(chosen)))
    kept = "".join(f':not([data-run="{safe.text(run)}"])' for run in sorted(chosen))
    # Before the first layout, so that a browser does not lay out what it is to hide.
    hidden = f"<style>.q-js:not(.q-chosen) .q-run{kept} {{ display: none }}</style>"
    return _others(len(runs), every) + (
        f'<div class="q-picker" role="group" aria-label="Runs to show" data-search-exclude data-first="{shown}">'
        f'{hidden}<p class="q-picker-head">Runs to show</p><div class="q-picks">{buttons}</div>'
        f'<p class="q-picked" role="status"></p></div>'
    )


def _others(here: int, every: int) -> str:
    if here >= every:
        return ""
    return (
        '<p class="q-others">Here are the newest runs that this page draws. '
        f'All {every:,} are in the <a href="{BASE}explorer/">explorer</a>.</p>'
    )


def name(found: FoundRun) -> str:
    """A run in one line, with what has to be said beside its name."""
    marks = "".join(f' <strong class="q-mark">{safe.text(mark)}</strong>' for mark in words.marks(found))
    return f"{safe.text(words.title(found))}{marks}"


def provenance(found: FoundRun, what: str = "") -> str:
    """Where numbers come from, in a line: device, versions, commit, date, the record itself.

    Args:
        found: The run that they are of.
        what: Which of the numbers beside it are meant, if not all.
    """
    run = found.run
    versions = ", ".join(f"{name} {version}" for name, version in run.environment.versions.items())
    facts = [
        words.device(found),
        versions,
        f"commit {tables.commit(found)}" if run.commit else tables.commit(found),
        f"{run.started_at.day} {run.started_at:%B %Y}",
    ]
    told = " · ".join(safe.text(fact) for fact in facts if fact)
    whose = "Your run, not published. " if found.yours else ""
    if found.case:
        whose = f"For a case study by {safe.text(found.case.about.author)}. "
    if what:
        whose += f"{safe.text(what)}. "
    return (
        f'<p class="q-from" data-search-exclude>{whose}Measured on {told} · '
        f'<a href="{BASE}{record_path(found)}">record of {safe.text(found.name)}</a></p>'
    )


def record_path(found: FoundRun) -> str:
    """Where the site serves a run's record, below its root."""
    folder = "data/runs" if found.ours else "generated/runs"
    return f"{folder}/{found.name}/run.json"


def _stills(block: Block, name: str) -> str:
    if not block.has_stills:
        return (
            '<p class="q-missing">There is no still picture: no browser was found when this site was built. '
            "The numbers are in the table below, and the button draws the chart.</p>"
        )
    made = []
    for palette in PALETTES:
        still = f"{BASE}{block.stem}"
        made.append(
            f'<picture class="q-still q-{palette.name}">'
            f'<source media="(max-width: 719px)" srcset="{still}.narrow.{palette.name}.svg">'
            f'<img src="{still}.wide.{palette.name}.svg" loading="lazy" decoding="async" '
            f'alt="Chart: {name}. The text beside it says what it shows, the table below holds its numbers."></picture>'
        )
    return "".join(made)
