"""What do the examples print when they run as notebooks, and how long does that take?

`make walkthroughs` executes them all on the embedded model and keeps code, printed text and origin. Numbers that the
guide states come from records; this is what a reader who runs the same notebook compares with.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from rich.console import Console

from qdocs import notebooks
from qdocs.measure.environment import choose_device, environment
from qdocs.measure.quiet import silence_known_warnings
from qdocs.models import describe, ensure
from qdocs.opening import checkout
from qdocs.wheels import file_sha256

MODEL = "smollm2-135m"
CELL_LIMIT_S = 900
Failed = (CellExecutionError, CellTimeoutError, DeadKernelError)


def execute(example: Path) -> NotebookNode:
    """Run an example's notebook in a kernel of its own; keep what it printed and each cell's seconds.

    Raises:
        CellExecutionError: If a cell raises; as the others of `Failed`, if it takes too long or its kernel dies.
    """
    made = notebooks.of(example)
    with tempfile.TemporaryDirectory() as folder:
        where = {"metadata": {"path": folder}}
        client = NotebookClient(made, timeout=CELL_LIMIT_S, record_timing=False, resources=where)
        kernel = client.create_kernel_manager()
        kernel.transport, kernel.ip = "ipc", f"{folder}/kernel"
        with client.setup_kernel():
            for index, cell in enumerate(made.cells):
                start = time.perf_counter()
                client.execute_cell(cell, index)
                if cell.cell_type == "code":
                    cell.metadata["run_s"] = round(time.perf_counter() - start, 1)
                    cell.outputs = _printed(cell.outputs)
    return made


def origin() -> dict[str, Any]:
    """What one must know to run them again: the commit, machine, versions, model and date."""
    commit, dirty = checkout()
    here = environment(choose_device("auto"))
    model = describe(MODEL, ensure(MODEL))
    return {
        "commit": commit,
        "dirty": dirty,
        "date": datetime.now(UTC).date().isoformat(),
        "device": here.device.name,
        "python": here.python,
        "versions": here.versions,
        "model": {"id": model.id, "weights_sha256": model.weights_sha256, "caveat": model.caveat},
    }


def main() -> int:
    """Execute every example's notebook; 1 if one fails, and nothing of it is kept."""
    silence_known_warnings()
    console = Console(stderr=True)
    here, shared = Path.cwd(), origin()
    for example in notebooks.every(here):
        with console.status(f"{example.name}: running"):
            try:
                made = execute(example)
            except Failed as error:
                console.print(f"{example.name}: {error}", markup=False, highlight=False, soft_wrap=True)
                return 1
        run_s = round(sum(cell.metadata.get("run_s", 0) for cell in made.cells), 1)
        own = {
            "example": example.relative_to(here).as_posix(),
            "example_sha256": file_sha256(example),
            "run_s": run_s,
        }
        made.metadata["qdocs"] = {**own, **shared}
        path = here / notebooks.EXECUTED / f"{example.stem}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.validate(made)
        path.write_text(nbformat.writes(made) + "\n", encoding="utf-8")
        console.print(f"{path.relative_to(here)}: {run_s} s", highlight=False)
    return 0


def _printed(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The text printed to standard output, as one piece; progress bars and warnings on standard error are left out."""
    text = "".join(one.text for one in outputs if one.output_type == "stream" and one.name == "stdout")
    return [nbformat.v4.new_output("stream", name="stdout", text=text)] if text else []


if __name__ == "__main__":
    sys.exit(main())
