"""Which runs are there to publish, and is each one sound?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qdocs import cases
from qdocs.cases import Case
from qdocs.changes import Answers, Placement, Texts, answers, placements, texts
from qdocs.errors import InvalidRecord
from qdocs.record import BASELINE, NOISE_FLOOR, RUN_FILE, AccuracyCell, Run, check, read_run

PUBLISHED = Path("docs/data/runs")
YOURS = Path("runs")
# However many are published, a page stays one that a browser opens and a person reads.
MOST_IN_FULL = 9


@dataclass(frozen=True)
class FoundRun:
    """A valid run and its folder; `yours` marks one that is not published, `case` is the study that it is of."""

    run: Run
    folder: Path
    yours: bool
    case: Case | None = None

    @property
    def ours(self) -> bool:
        """Whether pages may quote it: published, and measured for the guide, not for a case study."""
        return not self.yours and self.case is None

    @property
    def name(self) -> str:
        """The run's name, which is its folder's."""
        return self.run.name

    @property
    def complete(self) -> bool:
        """Whether the run came to its end; single cells may still have failed."""
        return self.run.ended_at is not None

    @property
    def schemes(self) -> list[str]:
        """Planned schemes in the order to show them: baseline, noise floor, then as planned."""
        planned = dict.fromkeys(spec.scheme for spec in self.run.plan)
        return sorted(planned, key=lambda name: {BASELINE: 0, NOISE_FLOOR: 1}.get(name, 2))

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the planned models."""
        return tuple(dict.fromkeys(spec.model for spec in self.run.plan))

    @cached_property
    def answers(self) -> list[Answers]:
        """Every task by every scheme; kept, since intervals take time and several pieces of a page want them."""
        return answers(self.run, self.folder)

    @cached_property
    def texts(self) -> list[Texts]:
        """Every file of texts by every scheme."""
        return texts(self.run, self.folder)

    @cached_property
    def placements(self) -> list[Placement]:
        """Sentence vectors of every scheme."""
        return placements(self.run, self.folder)


def find(root: Path) -> tuple[list[FoundRun], list[str]]:
    """Find and check every run.

    Args:
        root: The repository.

    Returns:
        Runs, newest first, published before those of case studies before yours, and notices about folders that were
        passed over.

    Raises:
        InvalidCase: If any case study is not as it must be.
        InvalidRecord: If any run is not valid, with the problems of all of them.
    """
    studies = cases.load(root)
    found = [FoundRun(read_run(folder), folder, yours=False, case=study) for study in studies for folder in study.runs]
    notices: list[str] = []
    problems: list[str] = []
    for base, yours in ((PUBLISHED, False), (YOURS, True)):
        for folder in sorted((root / base).glob("*/")):
            label = (base / folder.name).as_posix()
            if folder.name.startswith("."):
                continue
            if yours and not (folder / RUN_FILE).exists():
                notices.append(f"{label}: no {RUN_FILE} yet, passed over")
                continue
            if yours and any(other.name == folder.name for other in found):
                notices.append(f"{label}: a published run has this name, passed over")
                continue
            if wrong := check(folder):
                problems += wrong
                continue
            found.append(FoundRun(read_run(folder), folder, yours))
    if problems:
        raise InvalidRecord(problems)
    return _in_order(found), notices


def with_more(runs: list[FoundRun], folders: list[Path]) -> list[FoundRun]:
    """Runs as they would be found if those of these folders, which are valid, were published, too."""
    return _in_order([*runs, *(FoundRun(read_run(folder), folder, yours=False) for folder in folders)])


def _in_order(found: list[FoundRun]) -> list[FoundRun]:
    newest_first = sorted(found, key=lambda f: (f.run.started_at, f.name), reverse=True)
    return sorted(newest_first, key=lambda f: (f.yours, f.case is not None))


def headline(runs: list[FoundRun]) -> FoundRun | None:
    """The run that prose and README quote: the newest with a language model's speed beside its size and fidelity."""
    return newest(runs, "latency", "memory", "fidelity")


def newest(runs: list[FoundRun], *kinds: str) -> FoundRun | None:
    """The newest published complete run with a measured cell of each of these kinds."""
    for found in runs:
        if found.complete and found.ours and all(_measured(found.run, kind) for kind in kinds):
            return found
    return None


def newest_answers(runs: list[FoundRun]) -> dict[str, FoundRun]:
    """For each task that was asked, the published complete run with most of its items answered; of such the newest."""
    made: dict[str, tuple[int, FoundRun]] = {}
    for found in runs:
        if found.complete and found.ours:
            for cell in found.run.cells:
                if isinstance(cell, AccuracyCell) and cell.outcome.state == "measured":
                    task, items = cell.workload.task, cell.workload.items
                    if task not in made or items > made[task][0]:
                        made[task] = (items, found)
    return {task: found for task, (_, found) in made.items()}


def shown_first(runs: list[FoundRun]) -> list[FoundRun]:
    """The runs that a page shows before a reader chooses.

    The headline's, the newest published sweep, those with tasks and with sentence vectors, and the reader's newest.
    """
    first = headline(runs) or next((f for f in runs if f.ours), None)
    own = next((f for f in runs if f.yours), None)
    settings = next((f for f in runs if f.run.suite == "sweep" and f.complete and f.ours), None)
    chosen = [first, settings, *newest_answers(runs).values(), newest(runs, "embedding"), own]
    return list({found.name: found for found in chosen if found}.values())


def once_a_model(first: list[FoundRun], here: list[FoundRun]) -> list[FoundRun]:
    """Of each model that is shown first, the run with most schemes, the newest of such."""
    best: dict[tuple[bool, tuple[str, ...]], FoundRun] = {}
    for found in sorted(here, key=lambda f: (not f.complete, -len(f.schemes))):
        best.setdefault((found.yours, found.models), found)
    return [best[of] for of in dict.fromkeys((f.yours, f.models) for f in first) if of in best]


def said(root: Path) -> str:
    """Everything that pages say, to find what they quote."""
    sources = [path for ending in ("*.md", "*.yml") for path in sorted((root / "docs").rglob(ending))]
    return "\n".join(path.read_text(encoding="utf-8") for path in sources)


def in_full(runs: list[FoundRun], said: str) -> list[FoundRun]:
    """The runs that pages carry with all their charts and tables, in the order given; the explorer has every run.

    Those shown first; what a page quotes by the name of a run, or of a model, of which it is the newest run of each
    suite; then the newest of each model, device and suite, up to a number. A run that a newer one on the device has
    repeated counts in neither of the latter two, unless it is quoted by its own name.

    Args:
        runs: All of them.
        said: The text of all pages.
    """
    current = [found for found in runs if not _repeated(found, runs)]
    by_age = sorted(current, key=lambda f: not f.complete)  # what is unfinished replaces nothing
    quoted = [f for f in by_age if not f.yours and any(f'"{model}{end}' in said for model in f.models for end in '":/')]
    newest_quoted = {(f.models, f.run.suite): f.name for f in reversed(quoted)}
    newest_each = {(f.yours, f.models, f.run.environment.device.name, f.run.suite): f.name for f in reversed(by_age)}
    named = [f.name for f in runs if f'"{f.name}:' in said]
    chosen = {*(f.name for f in shown_first(runs)), *newest_quoted.values(), *named}
    for found in by_age:
        if found.name in newest_each.values() and len(chosen) < MOST_IN_FULL:
            chosen.add(found.name)
    return [found for found in runs if found.name in chosen]


def _repeated(found: FoundRun, runs: list[FoundRun]) -> bool:
    """Whether a newer complete run on the same device planned all that this one did, and measured all that it has."""
    return any(
        other.complete
        and other.yours == found.yours
        and other.run.started_at > found.run.started_at
        and other.run.environment.device.name == found.run.environment.device.name
        and set(found.run.plan) <= set(other.run.plan)
        and _cells(found.run) <= _cells(other.run)
        for other in runs
    )


def _cells(run: Run) -> set[str]:
    """Which cells were measured."""
    return {cell.id for cell in run.cells if cell.outcome.state == "measured"}


def _measured(run: Run, kind: str) -> bool:
    return any(cell.kind == kind and cell.outcome.state == "measured" for cell in run.cells)
