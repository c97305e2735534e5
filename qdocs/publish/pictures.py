"""Which files does a picture come to: figure, stills, CSV, JSON?"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from qdocs.publish import safe, stills
from qdocs.publish.frames import Row
from qdocs.publish.look import PALETTES, PIXELS, WIDTHS, Palette, Width


def write_data(stem: str, rows: list[Row], folder: Path) -> None:
    """Write a picture's rows as CSV and JSON, at full precision.

    Args:
        stem: Of its files, below the folder.
        rows: One or more, alike in their columns.
        folder: The folder of everything generated.
    """
    path = folder / stem
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(path.name + ".csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({key: safe.cell(value) for key, value in row.items()} for row in rows)
    path.with_name(path.name + ".json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


def write_figures(
    stem: str, draw: Callable[[Palette, Width], go.Figure], height: Callable[[Width], int], folder: Path
) -> list[stills.Still]:
    """Write a picture's figure in each palette and width, and say which stills it wants.

    Args:
        stem: Of its files, below the folder.
        draw: Makes the figure.
        height: In px.
        folder: The folder of everything generated.
    """
    wanted: list[stills.Still] = []
    variants: dict[str, dict[str, Any]] = {}
    for palette in PALETTES:
        variants[palette.name] = {}
        for width in WIDTHS:
            figure = draw(palette, width)
            variants[palette.name][width] = json.loads(figure.to_json())
            path = folder / f"{stem}.{width}.{palette.name}.svg"
            wanted.append(stills.Still(figure, path, PIXELS[width], height(width)))
    text = json.dumps(variants, separators=(",", ":"))
    (folder / f"{stem}.figure.json").write_text(text, encoding="utf-8")
    return wanted


def has_stills(stem: str, folder: Path) -> bool:
    """Whether all of a picture's stills were drawn."""
    return all((folder / f"{stem}.{width}.{palette.name}.svg").exists() for palette in PALETTES for width in WIDTHS)
