"""Has what a scheme does on a device changed from run to run, beyond the noise?

A newer torchao may make a scheme slower, larger or less close, and no single run shows it. So each quantity of a scheme
beside its own baseline is followed over all published runs on one device.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from qdocs.agreement import LIBRARIES, Quantity, Verdict, What, beside_baseline, judge, other_scheme, readable
from qdocs.record import PUBLISHED, Run
from qdocs.stats import Interval


@dataclass(frozen=True)
class Place:
    """What runs must share to be followed one after the other: the weights, named, and the device they ran on."""

    model: str
    weights: str
    device: str
    backend: str


@dataclass(frozen=True)
class Point:
    """A quantity in one run, judged against the run `against` that began the level it was on.

    Compared with the run just before, a slow drift would never be seen. `changed` are the versions that are not those
    of that run, as `torchao 0.18.0 to 0.19.0`.
    """

    run: str
    started_at: datetime
    versions: dict[str, str]
    value: Interval
    verdict: Verdict | Literal["first"]
    why: str
    against: str | None
    changed: tuple[str, ...]

    @property
    def begins(self) -> bool:
        """Whether later runs are compared with this one."""
        return self.verdict != "agrees"


@dataclass(frozen=True)
class Series:
    """A quantity of one scheme over two runs or more, in the order in which they were measured.

    `measured_on` is a digest of the tokens, empty where there are none.
    """

    place: Place
    what: What
    workload: str
    measured_on: str
    scheme: str
    points: tuple[Point, ...]

    @property
    def changes(self) -> list[Point]:
        """The points at which it changed beyond the noise."""
        return [point for point in self.points if point.verdict == "differs"]


def published() -> list[tuple[Run, Path]]:
    """The complete runs that are published, with their folders."""
    return [(run, path) for run, path in readable(PUBLISHED) if run.ended_at is not None]


def histories(runs: Iterable[tuple[Run, Path]]) -> list[Series]:
    """Every quantity that two runs or more measured in the same place, by place, then as the first run has them.

    Size, speeds and divergence; answers are left out, since a divergence on the same tokens moves before they do.

    Args:
        runs: With their folders, in any order.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    found: dict[tuple[Place, What, str, str, str], list[tuple[Run, Quantity]]] = {}
    for run, folder in sorted(runs, key=lambda one: (one[0].started_at, one[0].name)):
        place = _place(run)
        for quantity in beside_baseline(run, folder):
            key = (place, quantity.what, quantity.workload, quantity.measured_on, quantity.scheme)
            found.setdefault(key, []).append((run, quantity))
    made = [Series(*key, _points(measured)) for key, measured in found.items() if len(measured) > 1]
    places = list(dict.fromkeys(key[0] for key in found))
    return sorted(made, key=lambda one: places.index(one.place))


def _points(measured: list[tuple[Run, Quantity]]) -> tuple[Point, ...]:
    made: list[Point] = []
    level = measured[0]
    for run, quantity in measured:
        verdict: Verdict | Literal["first"] = "first"
        why, against, changed = "", None, _changed(level[0], run)
        if made:
            against = level[0].name
            verdict, why = _judged(level, (run, quantity))
        versions = {name: run.environment.versions[name] for name in LIBRARIES if name in run.environment.versions}
        made.append(Point(run.name, run.started_at, versions, quantity.value, verdict, why, against, changed))
        if made[-1].begins:
            level = (run, quantity)
    return tuple(made)


def _judged(level: tuple[Run, Quantity], now: tuple[Run, Quantity]) -> tuple[Verdict, str]:
    (before, old), (run, new) = level, now
    if why := other_scheme(run, before, new.scheme):
        return "not comparable", why
    return judge(new.what, new.value, old.value)


def _changed(before: Run, after: Run) -> tuple[str, ...]:
    pairs = [(name, *(run.environment.versions.get(name, "none") for run in (before, after))) for name in LIBRARIES]
    return tuple(f"{name} {old} to {new}" for name, old, new in pairs if old != new)


def _place(run: Run) -> Place:
    (model,) = run.models.values()
    device = run.environment.device
    return Place(model.id, model.weights_sha256 or f"seed {model.weights_seed}", device.name, device.backend)
