"""What does quantizing itself take, and how far does it move each kind of layer?"""

from __future__ import annotations

from statistics import median

import numpy as np
import pandas as pd

from qdocs.publish import safe, words
from qdocs.publish.frames import Row, arranged, covered, records
from qdocs.publish.runs import FoundRun
from qdocs.publish.sentences import scope
from qdocs.publish.tables import Column, code, form, html
from qdocs.record import LayerErrorCell, LayerErrorSamples, QuantizingCell, layer_pattern, read_samples


def layer_errors(found: FoundRun) -> pd.DataFrame:
    """One row a scheme and kind of layer (a name pattern): mean errors, and the layer whose output moves most."""
    rows: list[Row] = []
    for cell in found.run.cells:
        if not isinstance(cell, LayerErrorCell) or cell.outcome.state != "measured":
            continue
        samples = read_samples(found.folder, cell.outcome.result.samples, LayerErrorSamples)
        kinds: dict[str, list[int]] = {}
        for index, name in enumerate(samples.layers):
            kinds.setdefault(layer_pattern(name), []).append(index)
        for pattern, members in kinds.items():
            worst = max(members, key=samples.output_error.__getitem__)
            rows.append(
                {
                    "model": cell.model,
                    "backend": cell.backend,
                    "tokens": cell.workload.tokens,
                    "scheme": cell.scheme,
                    "pattern": pattern,
                    "layers": len(members),
                    "weight_error_mean": float(np.mean([samples.weight_error[i] for i in members])),
                    "output_error_mean": float(np.mean([samples.output_error[i] for i in members])),
                    "output_error_min": min(samples.output_error[i] for i in members),
                    "output_error_max": samples.output_error[worst],
                    "worst_layer": samples.layers[worst],
                    "worst_of_scheme": samples.layers[worst] == cell.outcome.result.worst_layer,
                    **covered(found, cell.scheme),
                }
            )
    return arranged(found, rows, ["model", "backend", "tokens"])


def quantizing(found: FoundRun) -> pd.DataFrame:
    """One row a scheme: the time of each repeat and the largest rise of memory."""
    cells: dict[str, list[QuantizingCell]] = {}
    for cell in found.run.cells:
        if isinstance(cell, QuantizingCell) and cell.outcome.state == "measured":
            cells.setdefault(cell.scheme, []).append(cell)
    rows: list[Row] = []
    for scheme, repeats in cells.items():
        results = [cell.outcome.result for cell in repeats if cell.outcome.state == "measured"]
        seconds = [result.quantize_s for result in results]
        host = [r.peak_rss_increase_bytes for r in results if r.peak_rss_increase_bytes is not None]
        device = [r.peak_allocated_bytes for r in results if r.peak_allocated_bytes is not None]
        rows.append(
            {
                "model": repeats[0].model,
                "backend": repeats[0].backend,
                "scheme": scheme,
                "repeats": len(repeats),
                "quantize_s": median(seconds),
                "quantize_min_s": min(seconds),
                "quantize_max_s": max(seconds),
                "peak_rss_increase_bytes": max(host, default=None),
                "peak_rss_note": results[0].reasons.get("peak_rss_increase_bytes", ""),
                "peak_allocated_bytes": max(device, default=None),
                "peak_allocated_note": results[0].reasons.get("peak_allocated_bytes", ""),
            }
        )
    return arranged(found, rows, ["model", "backend"])


def layers_say(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say what a bar is, and which layer of each scheme moves most."""
    first = rows.iloc[0]
    each = "".join(
        f"<li>{code('scheme')(row)}: the output of <code>{safe.text(row['worst_layer'])}</code> moves most, by "
        f"{words.percent(row['output_error_max'])} of its size; coverage {words.coverage(row['coverage'])}.</li>"
        for row in records(rows)
        if row["worst_of_scheme"]
    )
    read = f", on {first['tokens']:,} tokens of text"
    bar = (
        "A mark is the mean over the layers of a kind; its bar is no interval, but reaches from the least to the most."
    )
    return f"<p>{scope(found, first['model'], read)} {bar}</p><ul>{each}</ul>"


def layers_table(rows: pd.DataFrame) -> str:
    """Errors by kind of layer."""
    columns = [
        Column("scheme", code("scheme"), numeric=False),
        Column("layers", code("pattern"), numeric=False),
        Column("how many", lambda r: f"{r['layers']:,}"),
        Column("weight error, mean", form("weight_error_mean", words.percent)),
        Column("output error, mean", form("output_error_mean", words.percent)),
        Column("output error, largest", form("output_error_max", words.percent)),
    ]
    return html(records(rows), columns, "Error by kind of layer")


def quantizing_table(rows: pd.DataFrame) -> str:
    """Time and memory of quantizing by scheme."""
    columns = [
        Column("scheme", code("scheme"), numeric=False),
        Column("time", lambda r: f"{words.number(r['quantize_s'])} s"),
        Column("least to most", _spread),
        Column("memory, largest rise", form("peak_rss_increase_bytes", words.megabytes, "peak_rss_note")),
        Column("on the device, peak", form("peak_allocated_bytes", words.megabytes, "peak_allocated_note")),
    ]
    return html(records(rows), columns, "Time and memory of quantizing")


def _spread(row: Row) -> str:
    if row["repeats"] == 1:
        return "one repeat"
    least, most = words.number(row["quantize_min_s"]), words.number(row["quantize_max_s"])
    return f"{least} to {most} s, {row['repeats']} repeats"
