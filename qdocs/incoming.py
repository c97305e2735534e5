"""What do the artefacts of runners bring: which runs, and how does each stand beside what is published?

They come from a machine that ran code of the repository, over a network and a storage, so nothing in them is believed:
files are looked at before they are opened, every summary is computed again, and what no machine can have measured is
refused, as in a stranger's case study.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from qdocs import agreement
from qdocs.agreement import Agreement
from qdocs.cases import Problem, check_runs
from qdocs.cases.tree import ARTEFACTS
from qdocs.cases.tree import problems as of_files
from qdocs.errors import InvalidRecord, WrongUse
from qdocs.merge import merge, why_not
from qdocs.record import RUN_FILE, Run, new_folder, read_run, write_run

# Below the repository: what is published.
RUNS = Path("docs/data/runs")


@dataclass(frozen=True)
class Arrival:
    """A run that arrived, whole, with what a person should look at.

    `beside` is the published run that it is compared with, `None` with the reason in `alone` if there is none;
    `apart` says why runs that look like shards of one plan were not joined.
    """

    run: Run
    folder: Path
    warnings: tuple[str, ...]
    beside: Run | None
    agreements: tuple[Agreement, ...]
    alone: str
    apart: tuple[str, ...]


def receive(folder: Path, place: Path, root: Path) -> list[Arrival]:
    """Check all runs of a folder of artefacts, join shards, and put the whole runs into a place.

    Args:
        folder: A folder an artefact, in each the folders of runs.
        place: Where whole runs go; nothing is put there unless all are right.
        root: The repository, for what is published and known.

    Raises:
        InvalidRecord: If a file, a record or a number is not as it must be, with all problems.
        WrongUse: If there is no run.
    """
    if not folder.is_dir():
        raise WrongUse(f"no folder {folder}: name the folder into which artefacts were downloaded")
    if wrong := of_files(folder, ARTEFACTS):
        raise InvalidRecord([str(problem) for problem in wrong])
    folders = sorted(file.parent for file in folder.glob(f"*/*/{RUN_FILE}"))
    if not folders:
        raise WrongUse(f"no run in {folder}: expected {folder}/ARTEFACT/RUN/{RUN_FILE}")
    checked = check_runs(folders, root)
    if errors := [str(one) for _, _, found in checked for one in found if one.level == "error"]:
        raise InvalidRecord(errors)
    warnings = {path: _warnings(found) for path, _, found in checked}
    arrived = []
    for group, apart in _shards([(run, path) for path, run, _ in checked if run is not None]):
        told = tuple(dict.fromkeys(text for path in group for text in warnings[path]))
        arrived.append(_arrival(_whole(group, place), told, apart, root / RUNS))
    return arrived


def _shards(runs: list[tuple[Run, Path]]) -> Iterable[tuple[list[Path], tuple[str, ...]]]:
    """Folders that are to become one run, and why others that are alike must stay apart."""
    alike: dict[tuple[str, ...], list[tuple[Run, Path]]] = {}
    for run, path in runs:
        device = run.environment.device
        alike.setdefault((run.suite, device.backend, device.name, *run.models), []).append((run, path))
    for group in alike.values():
        reasons = [reason for (a, _), (b, _) in combinations(group, 2) for reason in why_not(a, b)]
        reasons += [f"{run.name} is not finished" for run, _ in group if run.ended_at is None and len(group) > 1]
        if reasons:
            yield from (([path], tuple(dict.fromkeys(reasons))) for _, path in group)
        else:
            yield [path for _, path in group], ()


def _whole(folders: list[Path], place: Path) -> Path:
    """Put what becomes one run into its place; machines that do not know of each other may give the same name."""
    if len(folders) > 1:
        return merge(folders, place)[0]
    target = new_folder(place, folders[0].name)
    shutil.copytree(folders[0], target)
    if target.name != folders[0].name:
        write_run(target, read_run(target).model_copy(update={"name": target.name}))
    return target


def _arrival(folder: Path, warnings: tuple[str, ...], apart: tuple[str, ...], there: Path) -> Arrival:
    run = read_run(folder)
    try:
        other = agreement.published(run, there)
    except WrongUse:
        alone = f"no run of {', '.join(run.models)} on {run.environment.device.backend} is published yet"
        return Arrival(run, folder, warnings, None, (), alone, apart)
    beside = read_run(other)
    found = tuple(agreement.agreements((run, folder), (beside, other)))
    return Arrival(run, folder, warnings, beside, found, "", apart)


def _warnings(problems: list[Problem]) -> tuple[str, ...]:
    return tuple(str(problem) for problem in problems if problem.level == "warning")
