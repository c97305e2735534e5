"""How does an example become a notebook that runs anywhere?

The script is the only source. Its own cells come first, without those that need qdocs; an ending from
`examples/endings/` takes their place and tries the example on a model. The notebook that is executed for the guide and
the one that a reader downloads are this one.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

EXAMPLES = Path("examples")
LESSONS = EXAMPLES / "lessons"
EXECUTED = Path("docs/data/walkthroughs")
CONSTRAINTS = Path("constraints.txt")
SCHEMES, MODEL = "schemes", "model"
# Transformers needs it to load onto a device, and imports it by itself.
UNSEEN = {"accelerate"}
# Marks the regions that pages show; the first one names the cell.
REGION = re.compile(r"^# --8<-- \[(?:start|end):(\w+)\]\n?", re.M)


def examples(root: Path) -> list[Path]:
    """The examples of a repository, in alphabetical order."""
    return sorted((root / EXAMPLES).glob("*.py"))


def lessons(root: Path) -> list[Path]:
    """The examples of the related lessons, which need no model, in alphabetical order."""
    return sorted((root / LESSONS).glob("*.py"))


def every(root: Path) -> list[Path]:
    """All of them."""
    return [*examples(root), *lessons(root)]


def of(example: Path) -> NotebookNode:
    """The notebook of an example, not executed.

    Args:
        example: The script, in percent format, with the folder `endings` beside it, or a lesson's, which stands alone.
    """
    return _made(_cells(example) if example.parent.name == LESSONS.name else _with_ending(example))


def _with_ending(example: Path) -> list[NotebookNode]:
    endings = example.parent / "endings"
    own = endings / example.name
    ending = own if own.is_file() else endings / f"{SCHEMES}.py"
    cells = [cell for cell in _cells(example) if "qdocs" not in cell.source]
    # What leads over to a cell that is left out says nothing any more.
    while cells and cells[-1].cell_type == "markdown":
        cells.pop()
    return cells + [cell for file in (endings / f"{MODEL}.py", ending) for cell in _cells(file)]


def _made(cells: list[NotebookNode]) -> NotebookNode:
    for index, cell in enumerate(cells):
        named = REGION.search(cell.source)
        cell.metadata = {"name": named[1]} if named else {}
        cell.source = _tidy(REGION.sub("", cell.source)) if cell.cell_type == "code" else cell.source
        cell.id = named[1] if named else f"cell-{index}"
    made = NotebookNode(nbformat.v4.new_notebook(cells=cells))
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made.metadata["language_info"] = {"name": "python"}
    return made


def to_download(example: Path) -> str:
    """The notebook of an example as a reader gets it: its first cell installs what the others import, pinned."""
    made = of(example)
    versions = dict(
        line.split("==") for line in (_root(example) / CONSTRAINTS).read_text().splitlines() if "==" in line
    )
    wanted = sorted(versions.keys() & (_imported(made) | UNSEEN))
    if not wanted:
        return f"{nbformat.writes(made)}\n"
    install = nbformat.v4.new_code_cell("%pip install --quiet " + " ".join(f"{m}=={versions[m]}" for m in wanted))
    install.id = "install"
    made.cells.insert(0, install)
    return f"{nbformat.writes(made)}\n"


def code(notebook: NotebookNode) -> list[str]:
    """The sources of a notebook's code cells."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def _root(example: Path) -> Path:
    return next(folder for folder in example.resolve().parents if (folder / CONSTRAINTS).is_file())


def _cells(file: Path) -> list[NotebookNode]:
    return list(jupytext.read(file, fmt="py:percent").cells)


def _tidy(source: str) -> str:
    return re.sub(r"\n{4,}", "\n\n\n", source).strip("\n")


def _imported(notebook: NotebookNode) -> set[str]:
    """The packages that code cells import, of the standard library none."""
    found: set[str] = set()
    for source in code(notebook):
        for node in ast.walk(ast.parse(source)):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {module.split(".")[0] for module in modules}
    return found - sys.stdlib_module_names
