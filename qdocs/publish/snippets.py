"""What stands below an example's code: its downloads, how long it ran, what it printed?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from qdocs import notebooks
from qdocs.errors import WrongUse
from qdocs.publish import safe
from qdocs.publish.names import BASE, DOWNLOADS, GENERATED


def executed(root: Path, example: str) -> dict[str, Any]:
    """The notebook of an example as it ran, with its origin.

    Raises:
        WrongUse: If it never ran.
    """
    path = root / notebooks.EXECUTED / f"{example}.ipynb"
    if not path.is_file():
        raise WrongUse(f"{path.relative_to(root)} is missing: give `make walkthroughs` where torch is installed")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def downloads(root: Path) -> dict[str, str]:
    """Every example's script and notebook, by file name."""
    made: dict[str, str] = {}
    for example in notebooks.every(root):
        made[example.name] = example.read_text(encoding="utf-8")
        made[f"{example.stem}.ipynb"] = notebooks.to_download(example)
    return made


def fragments(root: Path) -> dict[str, str]:
    """For every example what stands below its code: `downloads` alone, `snippet` with what was printed.

    A lesson's output is short and part of what is explained: it has a place of its own in the text, `printed`, all of
    it or a region's.
    """
    made: dict[str, str] = {}
    lessons = notebooks.lessons(root)
    for example in notebooks.every(root):
        name = example.stem
        notebook = executed(root, name)
        line = f'<p class="q-tools">{_links(name)}<span>{_ran(notebook["metadata"]["qdocs"])}</span></p>'
        shown = _shown(example.name, notebook["cells"])
        folded = f'<details class="q-data"><summary>What it printed</summary>{shown}</details>'
        made[f"downloads/{name}"] = f'<div class="q-below" data-search-exclude>{line}</div>'
        if example in lessons:
            made[f"printed/{name}"] = _in_sight(shown)
            for cell in notebook["cells"]:
                if cell.get("outputs") and (region := cell["metadata"].get("name")):
                    made[f"printed/{name}-{region}"] = _in_sight(_shown(f"{region} in {example.name}", [cell]))
            folded = ""
        made[f"snippet/{name}"] = f'<div class="q-below" data-search-exclude>{line}{folded}</div>'
    return made


def _shown(of: str, cells: list[dict[str, Any]]) -> str:
    printed = "".join("".join(output["text"]) for cell in cells for output in cell.get("outputs", [])).strip()
    label = safe.text(f"What {of} printed")
    return f'<pre role="group" aria-label="{label}">{safe.text(printed)}</pre>'


def _in_sight(shown: str) -> str:
    return f'<div class="q-below" data-search-exclude>{shown}</div>'


def _links(name: str) -> str:
    where = f"{BASE}{GENERATED.name}/{DOWNLOADS}/{name}"
    return (
        f'<a href="{where}.py" download>Script<span class="q-unseen"> {name}.py</span></a>'
        f'<a href="{where}.ipynb" download>Notebook<span class="q-unseen"> {name}.ipynb</span></a>'
    )


def _ran(origin: dict[str, Any]) -> str:
    day = date.fromisoformat(origin["date"])
    took = f"{origin['run_s']:.0f} s" if origin["run_s"] >= 1 else "less than 1 s"
    told = f"Ran as a notebook in {took} on {origin['device']}, {day.day} {day:%B %Y}"
    return safe.text(told)
