"""Which small slice of real weights does the figure on the lesson's page show?

`make slice` takes it.
"""

from __future__ import annotations

import json
from pathlib import Path

from qdocs.models import describe, ensure

MODEL = "smollm2-135m"
TENSOR = "model.layers.15.mlp.up_proj.weight"
ROW, COLUMNS = 0, 128
FILE = Path("docs/data/slice.json")


def take() -> dict[str, object]:
    """The slice with its origin."""
    from safetensors import safe_open

    folder = ensure(MODEL)
    with safe_open(folder / "model.safetensors", "pt") as file:
        row = file.get_slice(TENSOR)[ROW : ROW + 1, :COLUMNS][0]
    model = describe(MODEL, folder)
    return {
        "model": model.id,
        "source": model.source,
        "weights_sha256": model.weights_sha256,
        "caveat": model.caveat,
        "tensor": TENSOR,
        "row": ROW,
        "columns": [0, COLUMNS],
        "weights": [round(float(value), 8) for value in row],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(take(), indent=1) + "\n", encoding="utf-8")
