"""Carries out a piece of writing that ends, by SIGKILL or a refusal, at each of its input/output steps in turn.

Run as a script by the tests, so that what it patches and forks is not the test process:
`python killed.py MODE SCENARIO FOLDER`. For each step n it works on FOLDER/n in a child of its own, until a child gets
through; then it prints what happened as JSON.
"""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qdocs import record as r
from qdocs.errors import Stopped
from tests.factory import latency_samples, make_cell, spec, write

NAME = "run"
PLAN = [spec("latency", "bf16"), spec("latency", "int8wo")]
CHANGING = ["write", "mkdir", "replace", "rename", "link", "unlink", "remove", "truncate", "ftruncate"]
CALLS = ["open", "close", "fsync", "fdatasync", *CHANGING]


def start(folder: Path) -> None:
    """Leave a valid run with its first cell measured, its second open."""
    write(folder, PLAN, [make_cell(folder, PLAN[0])])


def next_cell(folder: Path) -> None:
    """What a runner does when a cell is measured: the samples, then the run with the cell."""
    write(folder, PLAN, [*r.read_run(folder).cells, make_cell(folder, PLAN[1])])


def samples_again(folder: Path) -> None:
    """Other samples under a name that is taken."""
    r.write_samples(folder, PLAN[0], latency_samples(99.0, seed=9))


def first(folder: Path) -> None:
    """A run where there is no folder yet."""
    write(folder / "new" / NAME, PLAN, [make_cell(folder / "new" / NAME, PLAN[0])])


SCENARIOS: dict[str, Callable[[Path], None]] = {"next": next_cell, "again": samples_again, "first": first}


class Steps:
    """Counts calls that reach the disk below a folder, and acts at the n-th."""

    def __init__(self, at: int, act: Callable[[str], None]) -> None:
        self.at, self.act, self.seen = at, act, 0
        self.names: list[str] = []

    def __call__(self, name: str) -> None:
        self.names.append(name)
        self.seen += 1
        if self.seen == self.at:
            self.act(name)

    def patch(self) -> None:
        """Let each call be counted; a write is two, with half of its bytes on the disk between them."""
        for name in CALLS:
            setattr(os, name, self.counted(name, getattr(os, name)))
        opened: Any = io.open

        def open_(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            if not set(mode) & set("wax+"):
                return opened(file, mode, *args, **kwargs)
            self("open for writing")
            return Watched(opened(file, mode, *args, **kwargs), self)

        io.open = open_  # type: ignore[assignment]

    def counted(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, counted."""

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self(name)
            return call(*args, **kwargs)

        return wrapped


class Watched:
    """A file whose writes, flushes and closing are counted."""

    def __init__(self, file: Any, step: Steps) -> None:
        self.file, self.step = file, step

    def write(self, content: bytes) -> int:
        """Write in two halves, each flushed to the system."""
        half = len(content) // 2
        for part in (content[:half], content[half:]):
            self.step("write")
            self.file.write(part)
            self.file.flush()
        return len(content)

    def flush(self) -> None:
        self.step("flush")
        self.file.flush()

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.step("closed")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


def kill(_: str) -> None:
    """End here and now, nothing flushed, nothing cleaned up."""
    os.kill(os.getpid(), signal.SIGKILL)


def full(_: str) -> None:
    """Refuse as a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def child(step: Steps, scenario: Callable[[Path], None], folder: Path, report: int) -> None:
    """Carry the scenario out and report how it ended: `done`, or the text of `Stopped`."""
    send = os.write
    step.patch()
    try:
        scenario(folder)
        outcome = "done"
    except Stopped as error:
        outcome = f"stopped: {error}"
    except BaseException as error:
        outcome = f"crashed: {type(error).__name__}: {error}"
    send(report, json.dumps([outcome, step.names]).encode())
    os._exit(0)


def main(mode: str, name: str, place: Path) -> None:
    """Go through the steps until a child gets through."""
    act = {"kill": kill, "full": full}[mode]
    outcomes: list[Any] = []
    for at in range(1, 200):
        folder = place / str(at) / NAME
        start(folder)
        reader, writer = os.pipe()
        pid = os.fork()
        if not pid:
            child(Steps(at, act), SCENARIOS[name], folder, writer)
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(pid, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        outcome, names = ["killed", []] if killed else json.loads(said)
        outcomes.append([at, outcome, names])
        if outcome == "done" and len(names) < at:
            break
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
