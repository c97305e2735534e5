"""What has to be on disk before MkDocs starts, and how does it get there?"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from qdocs import cases, notebooks
from qdocs.publish import (
    blocks,
    calculators,
    explorer,
    grid,
    headline,
    history,
    pages,
    quizzes,
    run_tables,
    snippets,
    stills,
    studies,
    tasks,
    tutor,
    values,
    walkthroughs,
)
from qdocs.publish import runs as all_runs
from qdocs.publish.names import DOWNLOADS, FRAGMENTS, GENERATED, PAGES, VALUES
from qdocs.record import RUN_FILE, SCHEMA_VERSION, Run

SCHEMA = Path(f"docs/data/schema/run-{SCHEMA_VERSION}.json")
README = Path("README.md")
BUILD = Path("build")
STILLS = "stills"
# A chart or table of all runs on a page; one with a second argument is of one run alone.
SLOT = re.compile(r'\b(chart|table)\("([^"]+)"\)')


@dataclass
class Report:
    """What publishing wrote, relative to the repository, and what a person should know."""

    written: list[Path] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def publish(root: Path, with_stills: bool = True) -> Report:
    """Turn every run into what the site shows.

    Everything generated is made beside the old and then takes its place; if a run is not valid, the old stays.

    Args:
        root: The repository.
        with_stills: Whether to draw still pictures, which needs a browser.

    Raises:
        InvalidCase: If a case study is not as it must be.
        InvalidRecord: If a run is not valid.
        WrongUse: If a story names a value that no record of its case has.
    """
    runs, notices = all_runs.find(root)
    report = Report(notices=notices)
    first = all_runs.headline(runs)
    # Runs of case studies stand in full on their own pages.
    shown = all_runs.in_full([found for found in runs if not found.case], all_runs.said(root))
    studied = [found for found in runs if found.case]
    for place in (BUILD, GENERATED.parent):
        (root / place).mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="generated-", dir=root / BUILD))
    try:
        folder.chmod(0o755)
        made = [one for found in [*shown, *studied] for one in blocks.drawn(found)]
        wanted: list[stills.Still] = []
        for one in made:
            wanted += blocks.write(one, folder)
        followed = history.follow(runs)
        wanted += history.write(followed, folder)
        if with_stills and (problem := stills.draw(wanted, root / "docs" / pages.PLOTLY_JS, root / BUILD / STILLS)):
            report.notices.append(problem)
        pieces = {f"chart/{name}": html for name, html in blocks.fragments(shown, made, folder).items()}
        pieces |= {f"table/{name}": html for name, html in run_tables.fragments(shown).items()}
        pieces |= tasks.fragments(all_runs.newest_answers(runs), all_runs.newest(runs, "embedding"))
        pieces |= {f"calculator/{n}": calculators.html(n, c) for n, c in calculators.calculators(first).items()}
        named = values.dump(values.collect(shown))
        pieces["page/rounding"] = grid.fragment()
        pieces |= _pickers(root, runs, shown, pieces)
        pieces["page/headline"] = headline.fragment(first)
        pieces["page/explorer"] = explorer.fragment(runs)
        pieces["page/records"] = explorer.records(runs)
        pieces["page/history"] = history.fragment(followed, folder)
        pieces |= studies.fragments(studied, made, folder)
        pieces |= {f"beside/{e.stem}": headline.beside(first, e.name) for e in notebooks.examples(root)}
        pieces |= snippets.fragments(root)
        pieces["page/tutor"] = tutor.figures(root)
        pieces |= quizzes.fragments(quizzes.load(root), named, first is not None, pieces)
        for name, html in pieces.items():
            _write(folder / FRAGMENTS / f"{name}.html", html)
        for name, text in studies.markdown(studied).items():
            _write(folder / PAGES / name, text)
        explorer.write(runs, folder)
        _write(folder / VALUES, json.dumps({"published": first is not None, "values": named}, indent=1))
        _write(folder / tutor.FILE, tutor.prepared(root))
        for name, text in snippets.downloads(root).items():
            _write(folder / DOWNLOADS / name, text)
        for found in runs:
            if not found.ours:
                _write(folder / "runs" / found.name / RUN_FILE, (found.folder / RUN_FILE).read_text(encoding="utf-8"))
        report.written += sorted(GENERATED / path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        _take_place(folder, root / GENERATED)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report.written += [
        path
        for path, text in {
            README: _readme(root, first),
            SCHEMA: schema(),
            cases.SCHEMA: cases.schema(),
            **walkthroughs.pages(root),
        }.items()
        if text is not None and _write_if_changed(root / path, text)
    ]
    return report


def _pickers(
    root: Path, runs: list[all_runs.FoundRun], shown: list[all_runs.FoundRun], pieces: dict[str, str]
) -> dict[str, str]:
    """The choice of runs of each page that has one: those that a chart or table of the page is of."""
    made = {}
    for path in sorted((root / "docs").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        if "{{ runs() }}" in text:
            slots = [pieces.get("/".join(found), "") for found in SLOT.findall(text)]
            here = [found for found in shown if pages.of_run(found) in "".join(slots)]
            first = all_runs.shown_first(runs)
            if len(slots) == 1:  # several runs of a model would show the same chart again
                first = all_runs.once_a_model(first, here)
            made[f"runs/{path.stem}"] = pages.picker(here, first, len(runs))
    return made


def schema() -> str:
    """The record's JSON Schema, made from the model that reads and writes it."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Run.model_json_schema()}
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _readme(root: Path, first: all_runs.FoundRun | None) -> str | None:
    path = root / README
    return headline.readme(path.read_text(encoding="utf-8"), first) if path.is_file() else None


def _take_place(folder: Path, place: Path) -> None:
    old = folder.with_name(folder.name + "-old")
    if place.exists():
        place.rename(old)
    folder.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_if_changed(path: Path, text: str) -> bool:
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    partial = path.with_name(f".{path.name}.partial")
    _write(partial, text)
    partial.replace(path)
    return True
