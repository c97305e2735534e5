"""What has to be on disk before MkDocs starts, and how does it get there?"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from qdocs import notebooks
from qdocs.publish import (
    blocks,
    calculators,
    frames,
    frames_answers,
    grid,
    headline,
    pages,
    regimes,
    sentences_answers,
    snippets,
    stills,
    tables,
    tables_answers,
    tasks,
    values,
    walkthroughs,
    weights,
)
from qdocs.publish import runs as all_runs
from qdocs.publish.names import DOWNLOADS, FRAGMENTS, GENERATED, VALUES
from qdocs.record import RUN_FILE, SCHEMA_VERSION, Run

SCHEMA = Path(f"docs/data/schema/run-{SCHEMA_VERSION}.json")
README = Path("README.md")
BUILD = Path("build")


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
        InvalidRecord: If a run is not valid.
    """
    runs, notices = all_runs.find(root)
    report = Report(notices=notices)
    first = all_runs.headline(runs)
    for place in (BUILD, GENERATED.parent):
        (root / place).mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="generated-", dir=root / BUILD))
    try:
        folder.chmod(0o755)
        made = [one for found in runs for one in blocks.drawn(found)]
        wanted: list[stills.Still] = []
        for one in made:
            blocks.write_data(one, folder)
            wanted += blocks.write_figures(one, folder)
        if with_stills and (problem := stills.draw(wanted, root / "docs" / pages.PLOTLY_JS)):
            report.notices.append(problem)
        pieces = {f"chart/{name}": html for name, html in blocks.fragments(runs, made, folder).items()}
        pieces |= {f"table/{name}": html for name, html in _tables(runs).items()}
        pieces |= tasks.fragments(all_runs.newest(runs, "accuracy"), all_runs.newest(runs, "embedding"))
        pieces |= {f"calculator/{n}": calculators.html(n, c) for n, c in calculators.calculators(first).items()}
        pieces["page/rounding"] = grid.fragment()
        pieces["page/runs"] = pages.picker(runs, all_runs.shown_first(runs))
        pieces["page/headline"] = headline.fragment(first)
        pieces |= {f"beside/{e.stem}": headline.beside(first, e.name) for e in notebooks.examples(root)}
        pieces |= snippets.fragments(root)
        for name, html in pieces.items():
            _write(folder / FRAGMENTS / f"{name}.html", html)
        named = values.dump(values.collect(runs))
        _write(folder / VALUES, json.dumps({"published": first is not None, "values": named}, indent=1))
        for name, text in snippets.downloads(root).items():
            _write(folder / DOWNLOADS / name, text)
        for found in runs:
            if found.yours:
                _write(folder / "runs" / found.name / RUN_FILE, (found.folder / RUN_FILE).read_text(encoding="utf-8"))
        report.written += sorted(GENERATED / path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        _take_place(folder, root / GENERATED)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report.written += [
        path
        for path, text in {README: _readme(root, first), SCHEMA: schema(), **walkthroughs.pages(root)}.items()
        if text is not None and _write_if_changed(root / path, text)
    ]
    return report


def schema() -> str:
    """The record's JSON Schema, made from the model that reads and writes it."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Run.model_json_schema()}
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _tables(runs: list[all_runs.FoundRun]) -> dict[str, str]:
    made: dict[str, list[tuple[all_runs.FoundRun, str]]] = {}
    for found in runs:
        coverage = frames.coverage(found)
        for name, (kind, frame, table) in TABLES.items():
            if not blocks.plans(found, kind):
                continue
            rows = frame(found)
            html = blocks.without(found, kind) if rows.empty else pages.table_block(found, table(rows, found))
            made.setdefault(name, []).append((found, html))
        html_of_run = {
            "coverage": tables.coverage(coverage) if not coverage.empty else "<p>No scheme was applied.</p>",
            "states": tables.states(frames.states(found)),
            "environment": tables.environment(found),
        }
        for name, html in html_of_run.items():
            made.setdefault(name, []).append((found, pages.table_block(found, html)))
    kinds = {name: kind for name, (kind, _, _) in TABLES.items()} | dict.fromkeys(OF_EVERY_RUN, "")
    return {name: pages.slot(made.get(name, []), bool(runs), kind) for name, kind in kinds.items()}


def _encoding(rows: pd.DataFrame, found: all_runs.FoundRun) -> str:
    return f'<div class="q-say">{sentences_answers.encoding(rows, found)}</div>{tables.encoding(rows)}'


OF_EVERY_RUN = ("coverage", "states", "environment")
# name: the kind of cell it is made from, its rows, its HTML
TABLES: dict[str, tuple[str, Callable[..., pd.DataFrame], Callable[..., str]]] = {
    "latency": ("latency", frames.latency, lambda rows, found: tables.latency(rows)),
    "slower": ("latency", regimes.regimes, lambda rows, found: regimes.slower(rows)),
    "texts": ("text", frames_answers.texts, lambda rows, found: tables_answers.texts(rows)),
    "encoding": ("encoding", frames.encoding, _encoding),
    "quantizing": ("quantizing", weights.quantizing, lambda rows, found: weights.quantizing_table(rows)),
}


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
