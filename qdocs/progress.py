"""How does a terminal show a run while it is measured?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from qdocs.record import AnyCell


class TerminalReporter:
    """Shows progress: a bar with the time left where there is a terminal, a line a cell everywhere."""

    def __init__(self, console: Console, progress: Progress) -> None:
        self._console = console
        self._progress = progress
        self._task = progress.add_task("starting", total=None, left="")
        self._said = self._left = ""

    def say(self, text: str) -> None:
        """What is going on now."""
        # Without a terminal a line is printed only when the activity changes, not at each step of it.
        activity = text.split(",")[0]
        if not self._console.is_terminal and activity != self._said and ":" not in text:
            self._console.print(escape(text))
        self._said = activity
        self._progress.update(self._task, description=escape(text))

    def plan(self, cells: int, settled: int, folder: Path) -> None:
        """What is to be done, and where it is kept."""
        gone_on = f", {settled} of them already done" if settled else ""
        self._console.print(f"{cells} cells{gone_on}; the record is {escape(str(folder))}")
        self._progress.update(self._task, total=cells, completed=settled)

    def left(self, seconds: float) -> None:
        """About how long it will still take."""
        self._left = f"about {_duration(seconds)} left"
        self._progress.update(self._task, left=self._left)

    def cell(self, cell: AnyCell) -> None:
        """A cell has its state."""
        outcome = cell.outcome
        colour = {"measured": "green", "unsupported": "yellow", "failed": "red"}[outcome.state]
        left = "" if self._console.is_terminal or not self._left else f", {self._left}"
        name = f"{cell.scheme} {cell.slug} {cell.mode} round {cell.repeat}"
        self._console.print(
            f"[{colour}]{outcome.state:>11}[/] {escape(name)}  {_duration(cell.duration_s)}{left}",
            highlight=False,
            soft_wrap=True,
        )
        if outcome.why:
            self._console.print(f"            {escape(outcome.why)}", highlight=False, soft_wrap=True)
        self._progress.advance(self._task)


@contextmanager
def reporting(console: Console) -> Iterator[TerminalReporter]:
    """A reporter whose bar is there as long as the context."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )
    # Twice a second is enough to see, and leaves the processor to what is measured.
    with Progress(*columns, console=console, refresh_per_second=2, transient=True) as progress:
        yield TerminalReporter(console, progress)


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
