"""Which errors does a person see, and with which exit code?

Every expected failure is one of these. Its text names the thing and the remedy; the command line prints it without a
traceback.
"""

from __future__ import annotations


class QdocsError(Exception):
    """A failure that a person can act on."""

    exit_code = 2


class WrongUse(QdocsError):
    """The command, a name, an option or an example file is not right, or a part of qdocs is not installed."""

    exit_code = 2


class _Listing(QdocsError):
    """Several things are wrong; each problem names its place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class InvalidItems(_Listing):
    """A file of items is not right; every problem is named with its file and line."""

    exit_code = 2


class InvalidRecord(_Listing):
    """A record is not valid."""

    exit_code = 1


class InvalidCase(_Listing):
    """A case study is not as it must be."""

    exit_code = 1


class Stopped(QdocsError):
    """The machine refused something needed: disk, cache, network, memory. What was measured before is kept."""

    exit_code = 3


class KnownProblem(ValueError):
    """Why a cell failed, in words that hold nothing of a reader's items."""


def remade(kind: str, text: str) -> QdocsError:
    """An error that another process raised and told by its kind and text."""
    found = {InvalidItems.__name__: InvalidItems, InvalidRecord.__name__: InvalidRecord}.get(kind)
    if found is not None:
        return found(text.split("\n"))
    return WrongUse(text) if kind == WrongUse.__name__ else Stopped(text)
