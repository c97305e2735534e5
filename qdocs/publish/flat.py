"""Which row does each cell of a record come to, whatever its kind?

The same is in `docs/assets/cells.js`, for a record that a reader opens in the browser; a test compares the two.
"""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def rows(record: dict[str, Any]) -> list[Row]:
    """One row a cell: its key, its state, then every number and truth value of its result.

    A number's name is its way through the result, `ttft_ms.median`, so it carries its unit. What is text, a list or
    `null` in the result stays in the record, where a `null` has its reason.

    Args:
        record: What `run.json` holds.
    """
    made = []
    for index, cell in enumerate(record["cells"]):
        outcome = cell["outcome"]
        workload = cell.get("workload", {})
        row = {
            "run": record["name"],
            "cell": index,
            "kind": cell["kind"],
            "device": record["environment"]["device"]["name"],
            **{name: cell[name] for name in ("model", "scheme", "backend", "mode")},
            **{name: value for name, value in workload.items() if not name.endswith("_sha256")},
            "repeat": cell["repeat"],
            "state": outcome["state"],
            "reason": outcome.get("reason") or outcome.get("error") or "",
            # Beside every number: a scheme that skipped layers looks good for the wrong reason.
            "coverage": record["schemes"].get(cell["scheme"], {}).get("coverage"),
            "duration_s": cell["duration_s"],
        }
        _add_numbers(outcome.get("result", {}), "", row)
        made.append(row)
    return made


def _add_numbers(node: dict[str, Any], way: str, row: Row) -> None:
    for key, value in node.items():
        name = f"{way}{key}"
        if isinstance(value, dict):
            _add_numbers(value, f"{name}.", row)
        elif isinstance(value, int | float):
            row.setdefault(name, value)
