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


class InvalidRecord(QdocsError):
    """A record is not valid."""

    exit_code = 1

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Stopped(QdocsError):
    """The machine refused something needed: disk, cache, network, memory. What was measured before is kept."""

    exit_code = 3
