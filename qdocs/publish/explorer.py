"""What does the explorer need: the cells of all runs, a file a kind, and the box that its script fills?"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from qdocs.publish import flat, safe, tables, words
from qdocs.publish.look import MODE_SYMBOL, PALETTES, layout, legend_above
from qdocs.publish.names import BASE
from qdocs.publish.pages import NO_RUN, PLOTLY_JS, record_path
from qdocs.publish.runs import FoundRun
from qdocs.record import SCHEMA_VERSION

SCRIPT = "assets/explorer.js"
FOLDER = "explorer"
LOOK = "look.json"
# kind: the number that stands first in its table and that its chart shows until a reader chooses another
LEADS = {
    "latency": "decode_tokens_per_s",
    "memory": "stored_bytes",
    "fidelity": "overall.kl_mean_nats",
    "accuracy": "accuracy",
    "text": "overall.perplexity_ratio",
    "encoding": "texts_per_s",
    "embedding": "recall_at_1",
    "layer_error": "output_error_mean",
    "quantizing": "quantize_s",
    "tokenization": "vocabulary",
}
STATES = ("measured", "unsupported", "failed")


def write(runs: list[FoundRun], folder: Path) -> None:
    """Write the cells of all runs, a file a kind since each kind has numbers of its own, and how a chart looks.

    Args:
        runs: In the order to show them.
        folder: The folder of everything generated.
    """
    place = folder / FOLDER
    place.mkdir(parents=True)
    _dump(place / LOOK, _look())
    by_kind: dict[str, list[flat.Row]] = {}
    for found in runs:
        for row in flat.rows(found.run.model_dump(mode="json")):
            by_kind.setdefault(row["kind"], []).append({"from": _from(found), **row})
    for kind, rows in by_kind.items():
        shown = {row["run"] for row in rows}
        columns = list(dict.fromkeys(name for row in rows for name in row))
        _dump(
            place / f"{kind}.json",
            {
                "records": {found.name: record_path(found) for found in runs if found.name in shown},
                "caveats": {model: told for found in runs if found.name in shown for model, told in _caveats(found)},
                "columns": columns,
                "rows": [[row.get(name) for name in columns] for row in rows],
            },
        )


def fragment(runs: list[FoundRun]) -> str:
    """The explorer as one line of HTML: what was measured, then what its script fills."""
    many = Counter[str](cell.kind for found in runs for cell in found.run.cells)
    kinds = "".join(
        f'<button type="button" class="q-button q-kind" data-kind="{kind}" data-lead="{lead}" '
        f'data-cells="{many[kind]}" aria-pressed="false"{"" if many[kind] else " hidden"}>'
        f"{kind.replace('_', ' ')} <small>{many[kind]:,}</small>"
        "</button>"
        for kind, lead in LEADS.items()
    )
    none = "" if many else f'<p class="q-none">{NO_RUN}</p>'
    return (
        f'<noscript><p class="q-none">Filters, table and chart are made in your browser, and JavaScript is off. '
        f'The runs are in the <a href="{BASE}results/">results</a>, and every record is linked below.</p></noscript>'
        f'{none}<div class="q-explorer" data-script="{BASE}{SCRIPT}" data-base="{BASE}" '
        f'data-versions="{SCHEMA_VERSION}">'
        '<div class="q-facet" role="group" aria-labelledby="q-kinds"><p id="q-kinds">What was measured</p>'
        f'<div class="q-picks">{kinds}</div></div>'
        '<p class="q-own"><label class="q-button">Open your own run.json'
        '<input class="q-unseen" type="file" accept=".json,application/json" multiple></label>'
        "<span>or drop it anywhere on this page. It is read in your browser and sent nowhere.</span></p>"
        '<div class="q-own-said" role="status"></div><ul class="q-owned"></ul>'
        '<div class="q-found"><div class="q-facets"></div>'
        '<p class="q-said q-empty" role="status">Choose what was measured.</p>'
        '<button type="button" class="q-button q-clear" hidden>Take all filters back</button>'
        f'<div class="q-cells" hidden>{_chart()}{_TABLE}</div></div></div>'
    )


def records(runs: list[FoundRun]) -> str:
    """Every record with a link to it, and how its cells ended."""
    if not runs:
        return f'<p class="q-none">{NO_RUN}</p>'
    columns = [
        tables.Column("record", _link, numeric=False),
        tables.Column("measured", lambda r: f"{r['measured']:,}"),
        tables.Column("unsupported", lambda r: f"{r['unsupported']:,}"),
        tables.Column("failed", lambda r: f"{r['failed']:,}"),
    ]
    rows = []
    for found in runs:
        states = Counter[str](cell.outcome.state for cell in found.run.cells)
        title = " · ".join([words.title(found), *words.marks(found)])
        told = {"name": found.name, "path": record_path(found), "title": title}
        rows.append(told | {state: states[state] for state in STATES})
    return f'<div class="q-records">{tables.html(rows, columns, "Records")}</div>'


def _from(found: FoundRun) -> str:
    return "case study" if found.case else "yours" if found.yours else "published"


def _link(row: tables.Row) -> str:
    return f'<a href="{BASE}{row["path"]}">{safe.text(row["name"])}</a><br><small>{safe.text(row["title"])}</small>'


def _chart() -> str:
    return (
        f'<figure class="q-chart" data-plotly="{BASE}{PLOTLY_JS}" data-name="the cells found">'
        '<figcaption class="q-say"></figcaption>'
        '<div class="q-fields"><label>number<select name="number"></select></label>'
        '<label>a row for each<select name="by"></select></label></div>'
        '<div class="q-box"><div class="q-live" hidden></div></div>'
        '<div class="q-tools"><button type="button" class="q-button q-go" aria-pressed="false">Draw the chart</button>'
        '<span class="q-status" role="status"></span>'
        '<button type="button" class="q-button q-csv">CSV of the cells found</button></div></figure>'
    )


_TABLE = (
    '<p class="q-shared"></p><div class="q-scroll" tabindex="0" role="group" aria-label="Cells found">'
    '<table class="q-grid"><thead></thead><tbody></tbody></table></div>'
    '<div class="q-pager"><button type="button" class="q-button" data-step="-1">Earlier rows</button>'
    '<span role="status"></span><button type="button" class="q-button" data-step="1">Later rows</button></div>'
)


def _caveats(found: FoundRun) -> list[tuple[str, str]]:
    return [(model, told) for model in found.run.models if (told := words.caveat(found, model))]


def _look() -> dict[str, Any]:
    """What a chart that is made in the browser takes over: layout, colours and marks of each palette."""
    made: dict[str, Any] = {}
    for palette in PALETTES:
        figure = go.Figure(layout=layout(palette, 400, legend=legend_above()))
        made[palette.name] = {
            "layout": json.loads(figure.to_json())["layout"],
            "colors": {"eager": palette.eager, "compiled": palette.compiled},
            "symbols": MODE_SYMBOL,
        }
    return made


def _dump(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
