"""What is said of a case study that is not as expected: where, what, and what to do?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """An error, which keeps a case out of the guide, or a warning, which a person looks at.

    `where` is the file with the key in it.
    """

    level: Literal["error", "warning"]
    where: str
    said: str
    remedy: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.where}: {_sentence(self.said)} {_sentence(self.remedy)}"


def error(file: Path, key: str, said: str, remedy: str) -> Problem:
    """A problem that keeps the case out."""
    return Problem("error", place(file, key), said, remedy)


def warning(file: Path, key: str, said: str, remedy: str) -> Problem:
    """A problem that a person decides on."""
    return Problem("warning", place(file, key), said, remedy)


def place(file: Path, key: str) -> str:
    """File and key; a name from a stranger can hold anything, a terminal's control codes too."""
    told = f"{file.as_posix()}: {key}" if key else file.as_posix()
    return told if told.isprintable() else ascii(told)


def _sentence(text: str) -> str:
    return text if text[-1:] in ".?!" else f"{text}."
