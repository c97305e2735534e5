"""How does the parent run a job in a child process, and outlive whatever happens to it?"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from qdocs.errors import QdocsError

WORKER = [sys.executable, "-m", "qdocs.measure.worker"]
TICK_S = 0.5


class ChildDied(QdocsError):
    """A child ended before its job did; the text says how, and what it said last."""

    exit_code = 3


def run_child(
    job: dict[str, Any], time_limit_s: float, environment: dict[str, str], tick: Callable[[], None]
) -> Iterator[dict[str, Any]]:
    """Run one job in a child and yield its events as they come.

    Args:
        job: What to do, as JSON.
        time_limit_s: After so many seconds the child is ended.
        environment: Variables for the child, beside the parent's.
        tick: Called about twice a second while waiting.

    Raises:
        ChildDied: If the child is killed, exits early or exceeds its time.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        child = subprocess.Popen(
            WORKER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            encoding="utf-8",
            env=os.environ | environment,
            start_new_session=True,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=_read, args=(child.stdout, lines), daemon=True).start()
        deadline = time.monotonic() + time_limit_s
        try:
            with suppress(BrokenPipeError):
                child.stdin.write(json.dumps(job) + "\n")
                child.stdin.flush()
            while True:
                try:
                    line = lines.get(timeout=TICK_S)
                except queue.Empty:
                    tick()
                    if time.monotonic() > deadline:
                        raise ChildDied(f"no end after {time_limit_s:.0f} s, the limit for one process") from None
                    continue
                if line is None:
                    raise ChildDied(_how_it_ended(child.wait(), said))
                event = _event(line)
                if event is None:
                    continue
                if event["event"] == "end":
                    return
                yield event
        finally:
            _end(child)


def cache_environment(cache: Path) -> dict[str, str]:
    """Variables that keep compiled kernels between runs and libraries off the network.

    Where the cache cannot be written, torch chooses a temporary folder itself.
    """
    variables = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONUNBUFFERED": "1"}
    compiled = cache / "inductor"
    try:
        compiled.mkdir(parents=True, exist_ok=True)
    except OSError:
        return variables
    return variables | ({"TORCHINDUCTOR_CACHE_DIR": str(compiled)} if os.access(compiled, os.W_OK) else {})


def _read(stream: IO[str], lines: queue.Queue[str | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


def _event(line: str) -> dict[str, Any] | None:
    """Parse an event; None for a line that a killed child left unfinished."""
    try:
        event = json.loads(line)
    except json.JSONDecodeError:
        return None
    return event if isinstance(event, dict) and "event" in event else None


def _how_it_ended(code: int, said: IO[str]) -> str:
    said.seek(0)
    last = [line.rstrip() for line in said.read()[-4000:].splitlines() if line.strip()][-3:]
    if code == -signal.SIGKILL:
        text = (
            "killed (SIGKILL), which is what the system does when memory runs out: free memory or take a smaller model"
        )
    elif code < 0:
        text = f"ended by {signal.Signals(-code).name}"
    else:
        text = f"exited early with code {code}"
    return f"the measuring process was {text}" + (f". It said last: {' | '.join(last)}" if last else "")


def _end(child: subprocess.Popen[str]) -> None:
    """End the child and everything it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with suppress(BrokenPipeError):
                stream.close()
