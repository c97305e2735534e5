"""How are the bundled items written, so that the same command writes the same files everywhere?

`python -m qdocs.tasks.make` writes all of them, with names of kinds only those.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from qdocs.tasks.asked import BUNDLED, FOLDER, SUFFIX
from qdocs.tasks.make.common import finish, lines
from qdocs.tasks.make.embedding import files

EMBEDDING = "embedding"


def made(kind: str) -> dict[Path, str]:
    """The files of a kind with their text, the same on every machine."""
    if kind == EMBEDDING:
        return {FOLDER / name: text for name, text in files().items()}
    module = importlib.import_module(f"qdocs.tasks.make.{kind}")
    return {FOLDER / f"{kind}{SUFFIX}": lines(finish(kind, module.items(), module.SEED))}


if __name__ == "__main__":
    for kind in sys.argv[1:] or [*BUNDLED, EMBEDDING]:
        for file, text in made(kind).items():
            file.write_text(text, encoding="utf-8")
