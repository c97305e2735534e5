"""Which command writes what a machine without a network needs?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

MEGABYTE = 10**6


def bundle(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    platform: Annotated[
        str, typer.Option(help="The machine's platform, as wheels are tagged.")
    ] = "manylinux_2_28_x86_64",
    python: Annotated[str, typer.Option(help="The machine's Python.")] = "3.12",
    model: Annotated[list[str] | None, typer.Option(help="A model to bring along; repeat it for more.")] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="A package that the machine has; repeat it for more.")
    ] = None,
    part_mb: Annotated[int, typer.Option(min=1, help="No part is larger, in MB.")] = 60,
) -> None:
    """Write what a machine without a network needs to measure: wheels, models, code, in parts, with digests."""
    from qdocs.bundle import Target, write

    err = Console(stderr=True)
    with err.status("looking at what is needed") as status:
        made = write(
            folder,
            model or ["smollm2-135m"],
            Target(platform, python),
            part_mb * MEGABYTE,
            without or [],
            status.update,
        )
    parts = sum(len(file["parts"]) for file in made["files"])
    size = sum(file["bytes"] for file in made["files"])
    out = Console(soft_wrap=True)
    out.print(
        f"{folder}: {len(made['files'])} files in {parts} parts, {size / MEGABYTE:,.0f} MB",
        highlight=False,
        markup=False,
    )
    out.print(f"  next: bring the folder there, then python{python} unpack.py TARGET", highlight=False, markup=False)
