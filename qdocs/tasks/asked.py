"""Which tasks does a name ask for: a bundled one, a reader's file, or one of lm-eval's?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from qdocs.errors import InvalidItems, WrongUse
from qdocs.record.task import Scoring
from qdocs.tasks.items import Items, read_items

FOLDER = Path(__file__).resolve().parent
KINDS = ("facts", "arithmetic", "grammar", "sentiment", "reading", "code", "translation", "structured", "recall")
PREFERENCE = "preference"
# All that a name finds; the suites that weigh accuracy ask those of `KINDS`.
BUNDLED = (*KINDS, PREFERENCE)
SUFFIX = ".jsonl"


@dataclass(frozen=True)
class Asked:
    """One task to measure; `file` is `None` for a task that lm-eval knows by name."""

    name: str
    title: str
    source: Literal["bundled", "own", "lm-eval"]
    scoring: Scoring
    file: str | None
    first: int | None

    def job(self) -> dict[str, Any]:
        """What the measuring process is given."""
        return asdict(self)

    def items(self) -> Items:
        """The items of a task that has a file.

        Raises:
            InvalidItems: If the file is not right.
        """
        assert self.file is not None
        return read_items(Path(self.file), self.first)


def describe_bundled(kind: str) -> dict[str, Any]:
    """What the YAML of a bundled task says of it: `title`, `scoring`, `tests`, `made`, `weaknesses`."""
    config = yaml.safe_load((FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"))
    described: dict[str, Any] = config["metadata"]
    return described


def asked(names: Mapping[str, int | None]) -> list[Asked]:
    """Resolve names of tasks and check the files among them.

    Args:
        names: Bundled kinds, files of items that end in `.jsonl`, or names of lm-eval's tasks, each with the number of
            items to ask, from the first on; `None` for all.

    Raises:
        InvalidItems: If files are not right, with the problems of all of them.
        WrongUse: If two tasks would have the same name.
    """
    chosen = [_one(name, first) for name, first in names.items()]
    if twice := [name for name, times in Counter(task.name for task in chosen).items() if times > 1]:
        raise WrongUse(f"two tasks are called {', '.join(twice)}: rename a file")
    problems: list[str] = []
    for task in chosen:
        if task.source == "own":
            try:
                task.items()
            except InvalidItems as error:
                problems += error.problems
    if problems:
        raise InvalidItems(problems)
    return chosen


def _one(name: str, first: int | None) -> Asked:
    if name in BUNDLED:
        about = describe_bundled(name)
        return Asked(name, about["title"], "bundled", about["scoring"], str(FOLDER / f"{name}{SUFFIX}"), first)
    path = Path(name)
    if path.suffix == SUFFIX or path.is_file():
        return Asked(_cleaned(path.name), path.name[:200], "own", "sum", str(path.resolve()), first)
    return Asked(_cleaned(name), name, "lm-eval", "sum", None, first)


def _cleaned(name: str) -> str:
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name)
    return (kept.lstrip("._-") or "items")[:100]
