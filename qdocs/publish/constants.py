"""Which constant of the code does a page state?

Pages explain how things are measured, and publishing must not import what measures. So constants are read from the
source, as they stand there: a page cannot say another number than the code has.
"""

from __future__ import annotations

import ast
from pathlib import Path

import qdocs
from qdocs.publish.names import look_up

PACKAGE = Path(qdocs.__file__).parent


def constant(file: str, name: str) -> float:
    """A number that a module gives a name to.

    Args:
        file: The module's file, below the package: `record/latency.py`.
        name: The constant's name.

    Raises:
        WrongUse: If there is no such file or constant, with the nearest that there are.
    """
    files = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}
    tree = ast.parse(look_up(file, files, "file of the code").read_text(encoding="utf-8"))
    found = {
        line.targets[0].id: line.value.value
        for line in tree.body
        if isinstance(line, ast.Assign)
        and isinstance(line.targets[0], ast.Name)
        and isinstance(line.value, ast.Constant)
        and isinstance(line.value.value, int | float)
    }
    return look_up(name, found, f"constant of {file}")


def text(number: float, percent: bool = False) -> str:
    """A constant as prose has it."""
    return f"{100 * number:g}%" if percent else f"{number:,.10g}"
