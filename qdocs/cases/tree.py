"""Which files may a case study's folder hold, and how large may they be?

Asked before anything is opened: a link could lead anywhere, a pipe never ends, a small file can unpack to a large one.
"""

from __future__ import annotations

import gzip
import os
import re
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path

from qdocs.cases.about import ABOUT
from qdocs.cases.problem import Problem, error
from qdocs.cases.story import STORY
from qdocs.record import RUN_FILE

RUNS = "runs"
MB = 2**20
# Which files there may be, and how many bytes each; a lock is what `qdocs run` leaves behind, and git ignores it.
EXPECTED = {
    re.compile(re.escape(ABOUT)): 16 * 1024,
    re.compile(re.escape(STORY)): 32 * 1024,
    re.compile(rf"{RUNS}/\.qdocs\.lock"): 0,
    re.compile(rf"{RUNS}/[a-z0-9][a-z0-9._-]{{0,119}}/{re.escape(RUN_FILE)}"): 4 * MB,
    re.compile(rf"{RUNS}/[a-z0-9][a-z0-9._-]{{0,119}}/samples/[A-Za-z0-9][A-Za-z0-9._-]*\.json\.gz"): 4 * MB,
}
FOLDERS = re.compile(rf"{RUNS}(/[a-z0-9][a-z0-9._-]{{0,119}}(/samples)?)?")
MOST_FILES = 3000
MOST_BYTES = 40 * MB
MOST_UNPACKED_FILE = 16 * MB
MOST_UNPACKED = 256 * MB
WHAT_BELONGS = f"A case holds {ABOUT}, {STORY} and {RUNS}/; charts are made from the records, so no picture is needed"


def problems(folder: Path) -> list[Problem]:
    """What is wrong with the files of a case, without reading what is in them beyond counting unpacked bytes."""
    if folder.is_symlink():
        return [error(folder, "", "a link", "Put the folder itself there")]
    found: list[Problem] = []
    sizes: dict[Path, int] = {}
    for name, entry in _entries(folder, folder):
        file = Path(entry.path)
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISLNK(mode):
            found.append(error(file, "", "a link", "Put the file itself there"))
        elif stat.S_ISDIR(mode):
            if not FOLDERS.fullmatch(name):
                found.append(error(file, "", "a folder that does not belong here", WHAT_BELONGS))
        elif not stat.S_ISREG(mode):
            found.append(error(file, "", "not a plain file", WHAT_BELONGS))
        else:
            sizes[file] = entry.stat(follow_symlinks=False).st_size
            found += _of_file(file, name, sizes[file])
        if len(sizes) > MOST_FILES or len(found) > MOST_FILES:
            return [*found, error(folder, "", f"more than {MOST_FILES:,} files", "Send fewer runs")]
    if (total := sum(sizes.values())) > MOST_BYTES:
        found.append(error(folder, "", f"{total:,} bytes", f"Keep to {MOST_BYTES:,}: send fewer runs"))
    return found or _unpacked(folder, [file for file in sizes if file.suffix == ".gz"])


def _entries(root: Path, folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder with its way from the root; links are not followed, nor folders that do not belong."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            name = Path(entry.path).relative_to(root).as_posix()
            yield name, entry
            if entry.is_dir(follow_symlinks=False) and FOLDERS.fullmatch(name):
                yield from _entries(root, Path(entry.path))


def _of_file(file: Path, name: str, size: int) -> list[Problem]:
    most = next((bytes_ for pattern, bytes_ in EXPECTED.items() if pattern.fullmatch(name)), None)
    if most is None:
        return [error(file, "", "a file that does not belong here", f"Take it out. {WHAT_BELONGS}")]
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
