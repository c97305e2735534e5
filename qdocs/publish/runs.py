"""Which runs are there to publish, and is each one sound?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qdocs.errors import InvalidRecord
from qdocs.record import RUN_FILE, Run, check, read_run

PUBLISHED = Path("docs/data/runs")
YOURS = Path("runs")


@dataclass(frozen=True)
class FoundRun:
    """A valid run and its folder; `yours` marks one that lies outside the published ones."""

    run: Run
    folder: Path
    yours: bool

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
        return sorted(planned, key=lambda name: {"bf16": 0, "fp32": 1}.get(name, 2))


def find(root: Path) -> tuple[list[FoundRun], list[str]]:
    """Find and check every run.

    Args:
        root: The repository.

    Returns:
        Runs, newest first and published before yours, and notices about folders that were passed over.

    Raises:
        InvalidRecord: If any run is not valid, with the problems of all of them.
    """
    found: list[FoundRun] = []
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
    newest_first = sorted(found, key=lambda f: (f.run.started_at, f.name), reverse=True)
    return sorted(newest_first, key=lambda f: f.yours), notices


def headline(runs: list[FoundRun]) -> FoundRun | None:
    """The run that prose and README quote: the newest published complete one that measured speed."""
    for found in runs:
        if found.complete and not found.yours and _measured_speed(found.run):
            return found
    return None


def shown_first(runs: list[FoundRun]) -> list[FoundRun]:
    """The runs that a page shows before a reader chooses: the headline's, and the reader's newest."""
    first = headline(runs) or next((f for f in runs if not f.yours), None)
    own = next((f for f in runs if f.yours), None)
    return [found for found in (first, own) if found]


def _measured_speed(run: Run) -> bool:
    return any(cell.kind == "latency" and cell.outcome.state == "measured" for cell in run.cells)
