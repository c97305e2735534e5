"""How does a run look in a terminal, while it is measured and afterwards?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from qdocs.compare import Comparison, Speed, compare
from qdocs.record import AnyCell, Run
from qdocs.stats import Interval


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


def show(run: Run, folder: Path, console: Console) -> None:
    """Print a run: what it is, each scheme beside the baseline, and what was not measured.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    device, versions = run.environment.device, run.environment.versions
    commit = f"commit {run.commit[:10]}{' with changes' if run.dirty else ''}" if run.commit else "no commit"
    console.print(f"[bold]{escape(run.name)}[/]  suite {run.suite}", highlight=False)
    console.print(
        f"{escape(', '.join(run.models))} on {escape(device.name)} ({device.backend}), torch {versions.get('torch')}, "
        f"torchao {versions.get('torchao')}, {commit}, {run.started_at:%Y-%m-%d %H:%M} UTC",
        highlight=False,
    )
    for model in run.models.values():
        if model.caveat:
            console.print(f"Note: {escape(model.caveat)}", highlight=False)
    found = compare(run, folder)
    console.print(_size_table(found))
    works: dict[str, list[Speed]] = {}
    for speed in found.speeds:
        work = speed.setting
        title = f"Speed at batch {work.batch}, prompt {work.prompt_tokens}, {work.new_tokens} new tokens; above 1×"
        works.setdefault(f"{title} is faster than bf16 in the same mode", []).append(speed)
    for title, speeds in works.items():
        console.print(_speed_table(title, speeds))
    _print_open(run, console)


def interval_text(interval: Interval | None, unit: str = "×") -> str:
    """A ratio with its interval, such as `1.54× (1.50 to 1.58)`."""
    if interval is None:
        return "no baseline"
    if interval.basis == "none":
        return f"{interval.value:.2f}{unit}"
    return f"{interval.value:.2f}{unit} ({interval.low:.2f} to {interval.high:.2f})"


def _size_table(found: Comparison) -> Table:
    table = Table(title="Size and closeness to the baseline", title_justify="left")
    for column in ("scheme", "MB", "bits", "coverage", "KL nats", "same top", "perplexity"):
        table.add_column(column, justify="left" if column == "scheme" else "right", no_wrap=column == "scheme")
    for name, scheme in found.schemes.items():
        memory, close = found.memory.get(name), found.fidelity.get(name)
        bits = memory.bits_per_quantized_weight if memory else None
        table.add_row(
            escape(name),
            f"{memory.stored_bytes / 1e6:.1f}" if memory else "not measured",
            f"{bits:.2f}" if bits else "full" if memory else "not measured",
            f"{scheme.coverage:.0%}" + (" and head" if scheme.head_quantized else ""),
            f"{close.kl_mean_nats:.4f}" if close else "not measured",
            f"{close.top1_agreement:.1%}" if close else "not measured",
            f"{close.perplexity:.2f} ({close.perplexity_ratio:.3f}×)" if close else "not measured",
        )
    return table


def _speed_table(title: str, speeds: list[Speed]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("scheme", "mode", "TTFT ms", "TPOT ms", "tokens/s", "decode speed (95% interval)"):
        numeric = column in ("TTFT ms", "TPOT ms", "tokens/s")
        table.add_column(column, justify="right" if numeric else "left", no_wrap=column == "scheme")
    for s in speeds:
        slower = s.ratio is not None and s.ratio.high < 1
        table.add_row(
            escape(s.scheme),
            s.setting.mode,
            f"{s.ttft_ms:.1f}",
            f"{s.tpot_ms:.2f}",
            f"{s.decode_tokens_per_s:.1f}",
            f"[{'red' if slower else 'default'}]{interval_text(s.ratio)}{', slower' if slower else ''}[/]"
            + (f", {len(s.disturbed)} of {len(s.results)} rounds disturbed" if s.disturbed else ""),
        )
    return table


def _print_open(run: Run, console: Console) -> None:
    for cell in run.cells:
        if cell.outcome.state != "measured":
            console.print(f"{cell.outcome.state}: {escape(cell.id)}: {escape(cell.outcome.why)}", highlight=False)
    if run.ended_at is None:
        settled = len(run.plan) - len(run.remaining())
        console.print(
            f"Unfinished: {settled} of {len(run.plan)} cells have a result. The same command goes on.", highlight=False
        )


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
