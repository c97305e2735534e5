"""Which files may a folder from outside hold, and how large may they be?

Asked before anything is opened: a link could lead anywhere, a pipe never ends, a small file can unpack to a large one.
"""

from __future__ import annotations

import gzip
import os
import re
import stat
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qdocs.cases.about import ABOUT
from qdocs.cases.problem import Problem, error
from qdocs.cases.story import STORY
from qdocs.record import RUN_FILE

RUNS = "runs"
MB = 2**20
NAME = "[a-z0-9][a-z0-9._-]{0,119}"
RECORD = rf"{NAME}/{re.escape(RUN_FILE)}"
SAMPLES = rf"{NAME}/samples/[A-Za-z0-9][A-Za-z0-9._-]*\.json\.gz"


@dataclass(frozen=True)
class Layout:
    """Which files there may be, and how many bytes each; in which folders; and what a person is told of it."""

    files: Mapping[re.Pattern[str], int]
    folders: re.Pattern[str]
    what_belongs: str


# A lock is what `qdocs run` leaves behind, and git ignores it.
CASE = Layout(
    files={
        re.compile(re.escape(ABOUT)): 16 * 1024,
        re.compile(re.escape(STORY)): 32 * 1024,
        re.compile(rf"{RUNS}/\.qdocs\.lock"): 0,
        re.compile(rf"{RUNS}/{RECORD}"): 4 * MB,
        re.compile(rf"{RUNS}/{SAMPLES}"): 4 * MB,
    },
    folders=re.compile(rf"{RUNS}(/{NAME}(/samples)?)?"),
    what_belongs=(
        f"A case holds {ABOUT}, {STORY} and {RUNS}/; charts are made from the records, so no picture is needed"
    ),
)
# What machines hand over: a folder each, with the runs that it measured.
ARTEFACTS = Layout(
    files={
        re.compile(rf"{NAME}/\.qdocs\.lock"): 0,
        re.compile(rf"{NAME}/{RECORD}"): 4 * MB,
        re.compile(rf"{NAME}/{SAMPLES}"): 4 * MB,
    },
    folders=re.compile(rf"{NAME}(/{NAME}(/samples)?)?"),
    what_belongs="An artefact holds folders of runs, and no file beside them",
)
MOST_FILES = 3000
MOST_BYTES = 40 * MB
MOST_UNPACKED_FILE = 16 * MB
MOST_UNPACKED = 256 * MB


def problems(folder: Path, layout: Layout = CASE) -> list[Problem]:
    """What is wrong with the files of a folder, without reading what is in them beyond counting unpacked bytes."""
    if folder.is_symlink():
        return [error(folder, "", "a link", "Put the folder itself there")]
    found: list[Problem] = []
    sizes: dict[Path, int] = {}
    for name, entry in _entries(folder, folder, layout):
        file = Path(entry.path)
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISLNK(mode):
            found.append(error(file, "", "a link", "Put the file itself there"))
        elif stat.S_ISDIR(mode):
            if not layout.folders.fullmatch(name):
                found.append(error(file, "", "a folder that does not belong here", layout.what_belongs))
        elif not stat.S_ISREG(mode):
            found.append(error(file, "", "not a plain file", layout.what_belongs))
        else:
            sizes[file] = entry.stat(follow_symlinks=False).st_size
            found += _of_file(file, name, sizes[file], layout)
        if len(sizes) > MOST_FILES or len(found) > MOST_FILES:
            return [*found, error(folder, "", f"more than {MOST_FILES:,} files", "Send fewer runs")]
    if (total := sum(sizes.values())) > MOST_BYTES:
        found.append(error(folder, "", f"{total:,} bytes", f"Keep to {MOST_BYTES:,}: send fewer runs"))
    return found or _unpacked(folder, [file for file in sizes if file.suffix == ".gz"])


def _entries(root: Path, folder: Path, layout: Layout) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder with its way from the root; links are not followed, nor folders that do not belong."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            name = Path(entry.path).relative_to(root).as_posix()
            yield name, entry
            if entry.is_dir(follow_symlinks=False) and layout.folders.fullmatch(name):
                yield from _entries(root, Path(entry.path), layout)


def _of_file(file: Path, name: str, size: int, layout: Layout) -> list[Problem]:
    most = next((bytes_ for pattern, bytes_ in layout.files.items() if pattern.fullmatch(name)), None)
    if most is None:
        return [error(file, "", "a file that does not belong here", f"Take it out. {layout.what_belongs}")]
    return [error(file, "", f"{size:,} bytes", f"Keep to {most:,}")] if size > most else []


def _unpacked(folder: Path, files: list[Path]) -> list[Problem]:
    total = 0
    for file in files:
        try:
            with gzip.open(file) as packed:
                own = 0
                while part := packed.read(MB):
                    own += len(part)
                    total += len(part)
                    if own > MOST_UNPACKED_FILE or total > MOST_UNPACKED:
                        remedy = "Send samples as `qdocs run` writes them"
                        return [error(file, "", f"unpacks to more than {own:,} bytes", remedy)]
        except (OSError, EOFError, zlib.error):
            continue  # the record's own check says what is damaged
    return []
