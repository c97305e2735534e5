"""What does the figure need in which a reader moves bits and group size over real weights?

The drawing is made by `docs/assets/grid.js`. Without scripts there is a table of the same errors.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qdocs.publish import safe, tables, words
from qdocs.publish.names import BASE
from qdocs.rounding import round_to_grid

# Of the checkout that this code is in: the figure is the same whatever runs are published.
SLICE = Path(__file__).resolve().parents[2] / "docs" / "data" / "slice.json"
SCRIPT = "assets/grid.js"
BITS, GROUPS = (8, 6, 5, 4, 3, 2), (8, 16, 32, 64, 128)
FIRST = {"bits": 4, "group": 32}


def fragment() -> str:
    """The figure as one line of HTML, with its table and where the weights are from."""
    taken: dict[str, Any] = json.loads(SLICE.read_text(encoding="utf-8"))
    weights = taken["weights"]
    columns = [tables.Column("bits", lambda row: str(row["bits"]))]
    columns += [tables.Column(f"groups of {group}", _told(weights, group)) for group in GROUPS]
    table = tables.html([{"bits": bits} for bits in BITS], columns, "Error and bits by group size")
    groups = "".join(
        f'<option value="{group}"{" selected" if group == FIRST["group"] else ""}>{group}</option>' for group in GROUPS
    )
    said = (
        "Rings are the weights as they are, dots where they land. Pale lines are the places where a weight of its "
        "group can land, dashes part the groups. Move the bits and the group size, and watch the dots leave their "
        "rings."
    )
    origin = (
        f"{len(weights)} neighbours of one row of {taken['tensor']}, {taken['model']}, from {taken['source']}; weights "
        f"{taken['weights_sha256'][:12]}. {taken['caveat']}"
    )
    return (
        f'<figure class="q-chart q-rounding" data-script="{BASE}{SCRIPT}" '
        f'data-weights="{safe.text(" ".join(map(str, weights)))}">'
        f'<figcaption class="q-say">{said}</figcaption>'
        '<div class="q-fields">'
        f"<label>bits a weight: <output>{FIRST['bits']}</output>"
        f'<input name="bits" type="range" min="2" max="8" step="1" value="{FIRST["bits"]}"></label>'
        f'<label>group size<select name="group">{groups}</select></label>'
        '<label>grid<select name="symmetric"><option value="0">asymmetric</option>'
        '<option value="1">symmetric</option></select></label></div>'
        '<div class="q-rounding-box"></div>'
        '<p class="q-rounding-said" role="status"></p>'
        f'<details class="q-data"><summary>Error of these weights by bits and group size, asymmetric</summary>{table}'
        f'</details><p class="q-from" data-search-exclude>{safe.text(origin)}</p></figure>'
    )


def _told(weights: list[float], group: int) -> tables.Render:
    def render(row: tables.Row) -> str:
        found = round_to_grid(weights, row["bits"], group, symmetric=False)
        return f"{words.percent(found.relative_error)}, {found.bits_per_weight:.2f} bits"

    return render
