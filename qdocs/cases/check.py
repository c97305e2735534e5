"""Is a case study whole, honest as far as that can be seen, and harmless?"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qdocs.cases import plausible, story, tree
from qdocs.cases.about import ABOUT, UNDECIDED, About, read_about
from qdocs.cases.problem import Problem, error
from qdocs.errors import InvalidCase, InvalidRecord, WrongUse
from qdocs.record import Run, check, read_run

CASES = Path("docs/case-studies")
PUBLISHED = Path("docs/data/runs")
EXAMPLES = Path("examples")
# Beside the folders of cases: the page that lists them.
GALLERY = "index.md"
SLUG = r"[a-z0-9](-?[a-z0-9]){0,59}"


@dataclass(frozen=True)
class Case:
    """A case study without errors: what it is about, its story as Markdown, and its runs' folders."""

    slug: str
    folder: Path
    about: About
    story: str
    runs: tuple[Path, ...]


@dataclass(frozen=True)
class _OtherRun:
    folder: Path
    run: Run


def check_cases(root: Path, only: Path | None = None) -> dict[Path, list[Problem]]:
    """Check every case, or one.

    Args:
        root: The repository.
        only: A case's folder, wherever it lies.

    Returns:
        By folder, what is wrong; files that lie beside the cases' folders stand under the folder of all.
    """
    others = _other_runs(root)
    if only is not None:
        return {only: _check(only, root, others)[1]}
    found = {folder: _check(folder, root, others)[1] for folder in folders(root)}
    return found | ({root / CASES: strays} if (strays := _strays(root)) else {})


def load(root: Path) -> list[Case]:
    """All cases of the repository, by slug.

    Raises:
        InvalidCase: If one has an error, with the errors of all.
    """
    others = _other_runs(root)
    checked = [_check(folder, root, others) for folder in folders(root)]
    problems = [*_strays(root), *(problem for _, found in checked for problem in found)]
    if errors := [str(problem) for problem in problems if problem.level == "error"]:
        raise InvalidCase(errors)
    return [case for case, _ in checked if case is not None]


def find(root: Path, slug: str) -> Path:
    """The folder of the case of that name.

    Raises:
        WrongUse: If there is none.
    """
    if (root / CASES / slug) in folders(root):
        return root / CASES / slug
    there = ", ".join(folder.name for folder in folders(root)) or "none yet"
    raise WrongUse(f"no case study {slug!r} in {CASES}: there are {there}. `qdocs case new {slug}` begins one")


def place_for_runs(root: Path, slug: str) -> tuple[Path, str | None]:
    """Where the runs of a case go, and the model that it names, as far as its `case.yml` can be read.

    Raises:
        WrongUse: If there is no such case.
    """
    folder = find(root, slug)
    about, _ = read_about(folder / ABOUT) if (folder / ABOUT).is_file() else (None, [])
    return folder / tree.RUNS, about.model if about else None


def folders(root: Path) -> list[Path]:
    """The folders of all cases."""
    return sorted(entry for entry in (root / CASES).glob("*") if entry.is_dir() or entry.is_symlink())


def _strays(root: Path) -> list[Problem]:
    entries = set((root / CASES).glob("*")) - set(folders(root)) - {root / CASES / GALLERY}
    remedy = f"Put it into the folder of a case, or take it out: beside them lies {GALLERY} alone"
    return [error(entry, "", "a file that does not belong here", remedy) for entry in sorted(entries)]


def check_runs(folders: list[Path], root: Path) -> list[tuple[Path, Run | None, list[Problem]]]:
    """Check runs that somebody else measured, wherever they lie, as those of a case are checked.

    Args:
        folders: The runs' folders.
        root: The repository.

    Returns:
        Each folder with its run, `None` where it is no valid record, and what is wrong.
    """
    others, now = _other_runs(root), datetime.now(UTC)
    return [(folder, *_check_run(folder, _elsewhere(folder, root, others), now)) for folder in folders]


def _check(folder: Path, root: Path, others: list[_OtherRun]) -> tuple[Case | None, list[Problem]]:
    if not folder.is_dir() and not folder.is_symlink():
        return None, [error(folder, "", "no such folder", "Give a case's name or its folder")]
    if found := tree.problems(folder):
        return None, found
    if not re.fullmatch(SLUG, folder.name):
        remedy = "Name the folder with lower-case letters, digits and single dashes"
        found.append(error(folder, "", f"{folder.name!a} is no name for a case", remedy))
    missing = [name for name in (ABOUT, story.STORY) if not (folder / name).is_file()]
    found += [error(folder / name, "", "no such file", "`qdocs case new` writes one") for name in missing]
    about, text = None, ""
    if ABOUT not in missing:
        about, problems = read_about(folder / ABOUT)
        found += problems
    if story.STORY not in missing:
        text, problems = story.read_story(folder / story.STORY)
        found += problems
    now = datetime.now(UTC)
    if about and about.date > (now + plausible.AHEAD).date():
        found.append(error(folder / ABOUT, "date", f"{about.date} is in the future", "Write the day of the decision"))
    runs = sorted(file for file in (folder / tree.RUNS).glob("*") if file.is_dir())
    if not runs:
        remedy = f"Measure: qdocs run --case {folder.name}"
        found.append(error(folder / tree.RUNS, "", "no run", remedy))
    elsewhere = _elsewhere(folder, root, others)
    schemes = set()
    for one in runs:
        run, problems = _check_run(one, elsewhere, now)
        found += problems
        if run is not None:
            schemes |= {cell.scheme for cell in run.cells if cell.outcome.state == "measured"}
            found += _belongs(about, run, folder, one) if about else []
    if about and schemes and about.decision not in schemes | {UNDECIDED}:
        remedy = f"Expected one that was measured ({', '.join(sorted(schemes))}), or {UNDECIDED}"
        found.append(error(folder / ABOUT, "decision", f"{about.decision} was not measured", remedy))
    case = Case(folder.name, folder, about, text, tuple(runs)) if about else None
    return case, found


def _check_run(folder: Path, elsewhere: plausible.Elsewhere, now: datetime) -> tuple[Run | None, list[Problem]]:
    if invalid := check(folder):
        places = [said.partition(": ") for said in invalid]
        return None, [Problem("error", file, said, plausible.FOR_THE_RECORD) for file, _, said in places]
    run = read_run(folder)
    return run, plausible.problems(run, folder, elsewhere, now)


def _belongs(about: About, run: Run, folder: Path, where: Path) -> list[Problem]:
    measured = {spec.model for spec in run.plan}
    if about.model in measured:
        return []
    said = f"is {about.model}, but {where.name} measured {', '.join(sorted(measured))}"
    return [error(folder / ABOUT, "model", said, "Name the model of the runs, or take the run out")]


def _other_runs(root: Path) -> list[_OtherRun]:
    """All published runs and those of cases, as far as they can be read."""
    places = sorted((root / PUBLISHED).glob("*/"))
    for folder in folders(root):
        if not tree.problems(folder):
            places += sorted((folder / tree.RUNS).glob("*/"))
    found = []
    for place in places:
        try:
            found.append(_OtherRun(place, read_run(place)))
        except InvalidRecord:
            continue
    return found


def _elsewhere(folder: Path, root: Path, others: list[_OtherRun]) -> plausible.Elsewhere:
    examples = frozenset(hashlib.sha256(file.read_bytes()).hexdigest() for file in (root / EXAMPLES).glob("*.py"))
    made = plausible.Elsewhere(examples=examples)
    for other in others:
        if other.folder.resolve().is_relative_to(folder.resolve()):
            continue
        where = other.folder.as_posix()
        made.names[other.run.name] = where
        made.timed.update((digest, f"{where}, {key}") for digest, key in plausible.timed_digests(other.run))
        if other.folder.is_relative_to(root / PUBLISHED):
            for name, model in other.run.models.items():
                made.models.setdefault(name, []).append(model)
    return made
