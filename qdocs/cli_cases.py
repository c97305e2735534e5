"""Which commands are there for case studies?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(no_args_is_help=True, help="Begin a case study, and check what one brings.")
out = Console(soft_wrap=False)


@app.command()
def new(
    slug: Annotated[str, typer.Argument(help="Its name, in the address of its page: chat-on-two-cores.")],
    title: Annotated[str | None, typer.Option(help="What was decided about, for whom.")] = None,
    question: Annotated[str | None, typer.Option(help="The question that the measuring answers.")] = None,
    author: Annotated[str | None, typer.Option(help="Your handle on the code host.")] = None,
    licence: Annotated[str | None, typer.Option(help="Of the story: Apache-2.0, CC-BY-4.0, CC0-1.0 or MIT.")] = None,
    model: Annotated[str | None, typer.Option(help="A model's name, as `qdocs run` takes it.")] = None,
    workload: Annotated[str | None, typer.Option(help="What the model does there, and under which load.")] = None,
    lesson: Annotated[list[str] | None, typer.Option(help="A page that it bears on; repeat it for more.")] = None,
) -> None:
    """Begin a case study in docs/case-studies; asks for what the options leave open, and overwrites nothing."""
    from qdocs.cases import LESSONS, begin, check_slug

    check_slug(slug, Path())
    facts = {
        "title": title or typer.prompt("Title"),
        "question": question or typer.prompt("The question that the measuring answers, in one line"),
        "author": author or typer.prompt("Your handle on the code host"),
        "licence": licence or typer.prompt("Licence of the story", default="CC-BY-4.0"),
        "model": model or typer.prompt("Model, as `qdocs run` takes it", default="smollm2-135m"),
        "workload": workload or typer.prompt("What the model does there, and under which load, in one line"),
        "lessons": lesson or re.split(r"[,\s]+", typer.prompt(f"Pages it bears on, of {', '.join(LESSONS)}")),
    }
    folder = begin(slug, facts, Path())
    _print(f"{folder}: begun")
    for step in (f"qdocs run --case {slug}", f"write {folder}/story.md", f"qdocs case check {slug}"):
        _print(f"  next: {step}")


@app.command()
def check(
    which: Annotated[str | None, typer.Argument(metavar="[SLUG|PATH]", help="One case; all by default.")] = None,
) -> None:
    """Check case studies: files, schema, story, records, and whether a machine can have measured that."""
    from qdocs.cases import CASES, check_cases, find

    only = None if which is None else Path(which) if "/" in which else find(Path(), which)
    found = check_cases(Path(), only)
    for folder, problems in found.items():
        counts = {level: sum(problem.level == level for problem in problems) for level in ("error", "warning")}
        told = ", ".join(f"{many} {level}{'' if many == 1 else 's'}" for level, many in counts.items())
        _print(f"{folder}: {told}")
        for problem in sorted(problems, key=lambda problem: problem.level):
            _print(f"  {problem.level}: {problem}")
    if not found:
        _print(f"no case study in {CASES} yet: `qdocs case new NAME` begins one")
    if any(problem.level == "error" for problems in found.values() for problem in problems):
        raise typer.Exit(1)


def _print(line: str) -> None:
    out.print(line, highlight=False, markup=False, soft_wrap=True)
