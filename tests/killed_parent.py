"""Runs `qdocs` with the fake worker, and kills itself with SIGKILL at the n-th step of writing to the disk.

Usage: killed_parent.py N ARGUMENT...; N = 0 never kills, and prints the number of steps at the end.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import qdocs.children
import qdocs.cli
import qdocs.record.io

limit, steps = int(sys.argv[1]), 0


def step() -> None:
    global steps
    steps += 1
    if steps == limit:
        os.kill(os.getpid(), signal.SIGKILL)


def counted(function: Any) -> Any:
    def call(*args: Any, **kwargs: Any) -> Any:
        step()
        result = function(*args, **kwargs)
        step()
        return result

    return call


os.fsync = counted(os.fsync)
Path.replace = counted(Path.replace)  # type: ignore[method-assign]
Path.open = counted(Path.open)  # type: ignore[method-assign]
qdocs.children.WORKER[:] = [sys.executable, str(Path(__file__).with_name("fake_worker.py"))]
qdocs.cli._needs_torch = lambda: None
sys.argv = ["qdocs", *sys.argv[2:]]
try:
    qdocs.cli.main()
finally:
    print(f"steps {steps}", file=sys.stderr)
