"""Do two runs agree, quantity by quantity?

Each quantity is taken within its own run: a speed, size or divergence beside that run's baseline. So what makes one
machine faster than another as a whole falls out, and what is left is what the scheme does there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qdocs.changes import answers, placements
from qdocs.compare import compare, encoding_speeds, over_windows
from qdocs.errors import InvalidRecord, WrongUse
from qdocs.record import (
    BASELINE,
    NOISE_FLOOR,
    PUBLISHED,
    RUN_FILE,
    FidelityCell,
    FidelitySamples,
    Run,
    read_run,
    read_samples,
)
from qdocs.stats import Interval

What = Literal["size", "decode speed", "prefill speed", "encoding speed", "mean KL", "accuracy", "recall@1"]
Verdict = Literal["agrees", "differs", "not comparable"]
OVERLAP = "the intervals overlap"
# How far two values may be apart, as a share of the other run's, and agree although their intervals do not meet:
# intervals over a few rounds of one process each leave out what a restart or another day changes.
RELATIVE: dict[What, float] = {
    "size": 0.001,
    "decode speed": 0.05,
    "prefill speed": 0.05,
    "encoding speed": 0.05,
    "mean KL": 0.1,
}
# Changes of a share are near 0, where a part of them says nothing: these are of the share itself.
ABSOLUTE: dict[What, float] = {"accuracy": 0.01, "recall@1": 0.01}
UNITS: dict[What, str] = {"mean KL": "nats", "accuracy": "change in points", "recall@1": "change in points"}
# Whether any of these could be compared is said with the conclusion.
KINDS: dict[str, tuple[What, ...]] = {
    "speed": ("decode speed", "prefill speed", "encoding speed"),
    "accuracy": ("accuracy", "recall@1"),
}
LIBRARIES = ("torch", "torchao", "transformers")


@dataclass(frozen=True)
class Quantity:
    """What one run says of a scheme beside its baseline.

    A ratio to the baseline, a divergence from it, or a change of a share of right answers. `measured_on` is a digest of
    the items or tokens, empty where there are none.
    """

    what: What
    workload: str
    scheme: str
    value: Interval
    measured_on: str = ""


@dataclass(frozen=True)
class Agreement:
    """A quantity in two runs; `None` where a run does not have it."""

    what: What
    workload: str
    scheme: str
    ours: Interval | None
    theirs: Interval | None
    verdict: Verdict
    why: str


def agreements(ours: tuple[Run, Path], theirs: tuple[Run, Path]) -> list[Agreement]:
    """Every quantity of two runs, side by side, in the order of the first run.

    Args:
        ours: A run and its folder.
        theirs: The run to compare with, such as a published one, and its folder.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    mine = {(q.what, q.workload, q.scheme): q for q in quantities(*ours)}
    other = {(q.what, q.workload, q.scheme): q for q in quantities(*theirs)}
    obstacle = "; ".join(obstacles(ours[0], theirs[0]))
    made = []
    for key in dict.fromkeys([*mine, *other]):
        a, b = mine.get(key), other.get(key)
        why = obstacle or _why_not(a, b) or other_scheme(ours[0], theirs[0], key[2])
        verdict: Verdict = "not comparable"
        if not why and a and b:
            verdict, why = judge(key[0], a.value, b.value)
        made.append(Agreement(*key, a.value if a else None, b.value if b else None, verdict, why))
    return made


def obstacles(ours: Run, theirs: Run) -> list[str]:
    """Why nothing of two runs can be compared; another device is no obstacle but what a comparison is for."""
    found = []
    (mine,), (other,) = ours.models.values(), theirs.models.values()
    digests = [model.weights_sha256 or f"seed {model.weights_seed}" for model in (mine, other)]
    if digests[0] != digests[1]:
        found.append(f"other weights: {mine.id}, {digests[0][:12]}, and {other.id}, {digests[1][:12]}")
    backends = [run.environment.device.backend for run in (ours, theirs)]
    if backends[0] != backends[1]:
        found.append(f"other backends: {backends[0]} and {backends[1]} run other code")
    for name in LIBRARIES:
        # What follows a plus sign says for which device it was built.
        versions = [run.environment.versions.get(name, "none").split("+")[0] for run in (ours, theirs)]
        if versions[0] != versions[1]:
            found.append(f"other versions: {name} {versions[0]} and {versions[1]}")
    return found


def judge(what: What, ours: Interval, theirs: Interval) -> tuple[Verdict, str]:
    """Whether two values of a quantity agree, and why: their intervals meet, or they are close enough."""
    if ours.overlaps(theirs):
        return "agrees", OVERLAP
    apart = ours.value - theirs.value
    if what in ABSOLUTE:
        told, close = f"{100 * apart:+.1f} points", abs(apart) <= ABSOLUTE[what]
    else:
        told, close = f"{apart / theirs.value:+.1%}", abs(apart) <= RELATIVE[what] * abs(theirs.value)
    return ("agrees", f"{told}, within the tolerance") if close else ("differs", told)


def agree(found: list[Agreement]) -> bool:
    """Whether something could be compared, and all that could agrees."""
    verdicts = {one.verdict for one in found}
    return "agrees" in verdicts and "differs" not in verdicts


def newest(folder: Path) -> Path:
    """The newest run in a folder of runs.

    Raises:
        WrongUse: If there is none.
    """
    found = [(run.started_at, path) for run, path in readable(folder)]
    if not found:
        raise WrongUse(f"no run in {folder}: measure one with `qdocs run`, or name a run's folder")
    return max(found)[1]


def published(like: Run, folder: Path | None = None) -> Path:
    """The published run to compare with, of the same model and backend: the newest of the same suite, else the newest.

    Other suites time, read and ask something else. Of several that fit, those on the same device come first.

    Args:
        like: The run to compare.
        folder: Of the published runs, where it is not this checkout's.

    Raises:
        WrongUse: If there is none.
    """
    device = like.environment.device
    found = [
        (run.suite == like.suite, run.environment.device.name == device.name, run.started_at, path)
        for run, path in readable(folder or PUBLISHED)
        if run.ended_at is not None
        and run.name != like.name
        and run.models.keys() == like.models.keys()
        and run.environment.device.backend == device.backend
        and {spec.kind for spec in run.plan} & {spec.kind for spec in like.plan}
    ]
    if not found:
        raise WrongUse(f"no published run of {', '.join(like.models)} on {device.backend}: name one with --with")
    return max(found)[-1]


def readable(folder: Path) -> Iterator[tuple[Run, Path]]:
    """The runs in a folder of runs that are valid, with their own folders."""
    for file in sorted(folder.glob(f"*/{RUN_FILE}")):
        try:
            yield read_run(file), file.parent
        except InvalidRecord:
            continue


def quantities(run: Run, folder: Path) -> Iterator[Quantity]:
    """What a run says of each scheme but the baseline.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    yield from beside_baseline(run, folder)
    for one in answers(run, folder):
        # A change within the noise floor is noise; the floor itself has nothing to reproduce.
        if one.change and not one.at_chance and one.scheme != NOISE_FLOOR:
            yield Quantity("accuracy", one.task.name, one.scheme, one.change.accuracy_change, one.task.items_sha256)
    for placed in placements(run, folder):
        if placed.recall and placed.scheme != NOISE_FLOOR:
            change, texts_sha256 = placed.recall.accuracy_change, placed.result.data_sha256
            yield Quantity("recall@1", "bundled texts", placed.scheme, change, texts_sha256)


def beside_baseline(run: Run, folder: Path) -> Iterator[Quantity]:
    """Size, speeds and divergence of each scheme but the baseline.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    found = compare(run, folder)
    if BASELINE in found.memory:
        for scheme, memory in found.memory.items():
            ratio = memory.stored_bytes / found.memory[BASELINE].stored_bytes
            if scheme != BASELINE:
                yield Quantity("size", "stored weights", scheme, Interval(ratio, ratio, ratio, "none"))
    for speed in found.speeds:
        work = speed.setting
        if speed.ratio and speed.scheme != BASELINE:
            shape = f"batch {work.batch}, prompt {work.prompt_tokens}, {work.new_tokens} new tokens"
            yield Quantity("decode speed", f"{work.mode}, {shape}", speed.scheme, speed.ratio)
            # Prefill is never compiled: one mode says all of it.
            if speed.prefill_ratio and work.mode == "eager":
                yield Quantity("prefill speed", shape, speed.scheme, speed.prefill_ratio)
    for encoded in encoding_speeds(run, folder):
        texts = encoded.setting
        if encoded.ratio and encoded.scheme != BASELINE:
            shape = f"batch {texts.batch}, {texts.tokens} tokens"
            yield Quantity("encoding speed", f"{texts.mode}, {shape}", encoded.scheme, encoded.ratio)
    for cell in run.cells:
        if isinstance(cell, FidelityCell) and cell.outcome.state == "measured" and cell.scheme != BASELINE:
            result = cell.outcome.result
            corpora = read_samples(folder, result.samples, FidelitySamples).corpora.values()
            kl = over_windows(corpora, "kl_nats", cell.workload.window_tokens - 1)
            yield Quantity("mean KL", f"{len(corpora)} corpora", cell.scheme, kl, result.paired_by)


def _why_not(ours: Quantity | None, theirs: Quantity | None) -> str:
    if ours is None or theirs is None:
        return f"{'the other' if theirs is None else 'this'} run did not measure it"
    return "measured on other items or tokens" if ours.measured_on != theirs.measured_on else ""


def other_scheme(ours: Run, theirs: Run, scheme: str) -> str:
    """Why a scheme of the same name is another one in another run; empty if it is the same."""
    mine, other = ours.schemes[scheme], theirs.schemes[scheme]
    same = (mine.configs, mine.params, mine.coverage) == (other.configs, other.params, other.coverage)
    return "" if same else f"another scheme of that name: {mine.params} and {other.params}, or other configurations"
