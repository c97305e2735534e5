"""Can a machine have measured this?

A record that follows from its samples can still be invented. What is asked here: bytes that the bits allow, speeds that
the memory allows, a baseline, times that have passed, samples of its own, weights that are what they are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from qdocs.cases.problem import Problem, error, warning
from qdocs.record import (
    BASELINE,
    RUN_FILE,
    AccuracyCell,
    AccuracySamples,
    AnyCell,
    AnySpec,
    ChoiceOutcomes,
    EncodingCell,
    EncodingSamples,
    LatencyCell,
    LatencySamples,
    MemoryCell,
    MemoryResult,
    Model,
    Run,
    TextCell,
    TextSamples,
    read_samples,
)

# A clock may be a little ahead, and a day begins earlier elsewhere.
AHEAD = timedelta(days=1)
# The probe copies a buffer and counts bytes read and written. A processor that fetches each line before overwriting it
# moves half as much again, so that plain reading can reach 1.5 times what the probe says; 2 leaves room for its spread.
ROOFLINE = 2.0
# What the probe moves. Less than this may lie in a cache, where it is read several times as fast as from memory.
PROBED_BYTES = 2 * 128 * 2**20
CACHE_ROOFLINE = 10.0
# A weight of unknown kind is taken to have at least one bit.
_BITS = re.compile(r"(?:int|float|fp|nf)(\d+)", re.IGNORECASE)
BF16_BYTES = 2
# Kinds that compare with the baseline themselves, or measure what the baseline does not have.
OF_A_SCHEME_ALONE = ("layer_error", "quantizing", "tokenization")
CHANCE_ROUNDING = 1e-6
# So few times can agree to the last digit by chance.
FEW_TIMES = 4
# Text that stands beside every chart: the longest that is taken.
LONGEST = 500
MOST_VERSIONS = 30
FOR_THE_RECORD = "Records are not edited: measure again with `qdocs run --case`"


@dataclass(frozen=True)
class Elsewhere:
    """What else is known: names, models and digests of times of other runs, with where they are; examples' digests."""

    names: dict[str, str] = field(default_factory=dict)
    timed: dict[str, str] = field(default_factory=dict)
    models: dict[str, list[Model]] = field(default_factory=dict)
    examples: frozenset[str] = frozenset()


def problems(run: Run, folder: Path, elsewhere: Elsewhere, now: datetime) -> list[Problem]:
    """What a person would wonder about in a valid run.

    Args:
        run: A run that the record's own check found valid.
        folder: Its folder.
        elsewhere: What else is known.
        now: For dates that have not come yet.
    """
    file = folder / RUN_FILE
    return [
        *_named_once(run, file, elsewhere),
        *_in_time(run, file, now),
        *_short_texts(run, file),
        *_from_known_weights(run, file, elsewhere),
        *_beside_a_baseline(run, file),
        *_bytes_for_bits(run, file),
        *_below_the_roofline(run, file),
        *_samples_of_its_own(run, folder, elsewhere),
        *_fit_to_show(run, file, elsewhere),
    ]


def timed_digests(run: Run) -> Iterator[tuple[str, str]]:
    """The digest of each file of times, with its cell's place in the record."""
    for index, cell in enumerate(run.cells):
        if isinstance(cell, LatencyCell | EncodingCell) and cell.outcome.state == "measured":
            yield cell.outcome.result.samples.sha256, f"cells.{index}"


def _named_once(run: Run, file: Path, elsewhere: Elsewhere) -> Iterator[Problem]:
    if run.name in elsewhere.names:
        said = f"{elsewhere.names[run.name]} has this name, too"
        yield error(file, "name", said, "Give the folder another name, and `name` in the record the same")


def _in_time(run: Run, file: Path, now: datetime) -> Iterator[Problem]:
    times = {"started_at": run.started_at, "ended_at": run.ended_at}
    times |= {f"cells.{index}.started_at": cell.started_at for index, cell in enumerate(run.cells)}
    for key, when in times.items():
        if when is not None and when > now + AHEAD:
            yield error(file, key, f"{when.isoformat()} is in the future", f"Set the clock. {FOR_THE_RECORD}")


def _short_texts(run: Run, file: Path) -> Iterator[Problem]:
    shown = {"environment.device.name": run.environment.device.name}
    shown |= {f"environment.versions.{name}": f"{name} {told}" for name, told in run.environment.versions.items()}
    shown |= {f"models.{name}.caveat": model.caveat or "" for name, model in run.models.items()}
    shown |= {f"tasks.{name}.title": task.title for name, task in run.tasks.items()}
    for key, text in shown.items():
        if len(text) > LONGEST:
            yield error(file, key[:100], f"{len(text):,} characters beside every chart", FOR_THE_RECORD)
    if len(run.environment.versions) > MOST_VERSIONS:
        many = len(run.environment.versions)
        yield error(file, "environment.versions", f"{many:,} versions beside every chart", FOR_THE_RECORD)


def _from_known_weights(run: Run, file: Path, elsewhere: Elsewhere) -> Iterator[Problem]:
    compared = ("source_sha256", "weights_sha256", "weights_seed", "permutation_seed", "parameters", "linear_weights")
    for name, model in run.models.items():
        known = elsewhere.models.get(name, [])
        differing = [[one for one in compared if getattr(model, one) != getattr(other, one)] for other in known]
        if differing and (least := min(differing, key=len)):
            remedy = "Measure the model of this name as qdocs fetches it, or yours as path:FOLDER"
            yield error(file, f"models.{name}.{least[0]}", "not that of the published runs of this model", remedy)


def _beside_a_baseline(run: Run, file: Path) -> Iterator[Problem]:
    def settings(cells: list[AnySpec] | list[AnyCell], scheme: str | None = None) -> set[tuple[str, str, str]]:
        return {(c.kind, c.mode, c.slug) for c in cells if scheme is None or c.scheme == scheme}

    measured = [cell for cell in run.cells if cell.outcome.state == "measured" and cell.kind not in OF_A_SCHEME_ALONE]
    planned = settings(run.plan, BASELINE)
    there = settings(measured, BASELINE)
    for kind, mode, slug in sorted(settings(measured) - there):
        if (kind, mode, slug) not in planned:
            remedy = f"`qdocs run` always measures {BASELINE} along: measure again with it"
            yield error(file, "plan", f"no baseline for {slug}, {mode}", remedy)
        else:
            yield warning(file, "cells", f"{BASELINE} was not measured for {slug}, {mode}", "Say why in the story")


def _bytes_for_bits(run: Run, file: Path) -> Iterator[Problem]:
    for index, cell in enumerate(run.cells):
        if not isinstance(cell, MemoryCell) or cell.outcome.state != "measured":
            continue
        roles, key = cell.outcome.result.roles_bytes, f"cells.{index}.outcome.result.roles_bytes"
        layers = run.schemes[cell.scheme].layers
        quantized = sum(-(-group.weights * _bits(group.tensor_class) // 8) for group in layers if group.quantized)
        plain = sum(group.weights * BF16_BYTES for group in layers if not group.quantized and not group.is_head)
        for role, held, least in (
            ("quantized_linear", roles.quantized_linear, quantized),
            ("unquantized_linear", roles.unquantized_linear, plain),
        ):
            if held < least:
                said = f"{held:,} bytes, but the bits of these weights take {least:,}"
                yield error(file, f"{key}.{role}", said, FOR_THE_RECORD)


def _bits(tensor_class: str) -> int:
    found = _BITS.search(tensor_class)
    return int(found[1]) if found else 1


def _below_the_roofline(run: Run, file: Path) -> Iterator[Problem]:
    sizes: dict[tuple[str, str], int] = {}
    for cell in run.cells:
        if isinstance(cell, MemoryCell) and cell.outcome.state == "measured":
            sizes.setdefault((cell.model, cell.scheme), _read_a_step(cell.outcome.result))
    for index, cell in enumerate(run.cells):
        if not isinstance(cell, LatencyCell | EncodingCell) or cell.outcome.state != "measured":
            continue
        result, read = cell.outcome.result, sizes.get((cell.model, cell.scheme))
        if read is None:
            continue
        seen = result.disturbance
        probes = [*run.environment.bandwidth_probes_gb_per_s, seen.probe_before_gb_per_s, seen.probe_after_gb_per_s]
        for name in ("tpot_ms", "ttft_ms", "encode_ms"):
            if (times := getattr(result, name, None)) is None:
                continue
            share = read / times.median / 1e6 / max(probes)
            if share <= ROOFLINE:
                continue
            said = f"{times.median:.3g} ms would read the weights at {share:.1f} times what the machine's memory copies"
            key = f"cells.{index}.outcome.result.{name}"
            if share > CACHE_ROOFLINE or read > PROBED_BYTES:
                yield error(file, key, said, FOR_THE_RECORD)
            else:
                yield warning(file, key, said, "Say in the story which cache holds them")


def _read_a_step(result: MemoryResult) -> int:
    """Bytes that every step must read: linear weights and the output head.

    What else is stored is left out, since a step may need only rows of it: an embedding, the experts of a mixture.
    """
    roles = result.roles_bytes
    head = roles.embedding if result.head_tied else roles.head
    return roles.quantized_linear + roles.scales_and_zeros + roles.unquantized_linear + head


def _samples_of_its_own(run: Run, folder: Path, elsewhere: Elsewhere) -> Iterator[Problem]:
    file = folder / RUN_FILE
    seen: dict[object, str] = {}
    copied = [(elsewhere.timed[digest], key) for digest, key in timed_digests(run) if digest in elsewhere.timed]
    for where, key in copied[:1]:
        said = f"the same times as in {where}, as in {len(copied):,} cells in all"
        yield error(file, f"{key}.outcome.result.samples", said, FOR_THE_RECORD)
    for index, cell in enumerate(run.cells):
        key = f"cells.{index}.outcome.result.samples"
        for one in _readings(cell, folder):
            if one in seen:
                yield error(file, key, f"times that are in {seen[one]}, too, to the last digit", FOR_THE_RECORD)
                break
            seen[one] = f"cells.{index}"
        yield from _answers(run, cell, folder, file, f"cells.{index}")


def _readings(cell: AnyCell, folder: Path) -> Iterator[object]:
    """What no two measurements share: all times of a cell together, and each generation of many steps."""
    if isinstance(cell, LatencyCell) and cell.outcome.state == "measured":
        iterations = read_samples(folder, cell.outcome.result.samples, LatencySamples).iterations
        every = [(one.ttft_ms, *one.decode_ms) for one in iterations]
        yield tuple(every)
        yield from (one for one in every if len(one) > FEW_TIMES)
    elif isinstance(cell, EncodingCell) and cell.outcome.state == "measured":
        calls = read_samples(folder, cell.outcome.result.samples, EncodingSamples).encode_ms
        yield tuple(calls)
        if len(calls) > FEW_TIMES and len(set(calls)) == 1:
            yield tuple(calls)


def _answers(run: Run, cell: AnyCell, folder: Path, file: Path, key: str) -> Iterator[Problem]:
    texts: object = None
    if isinstance(cell, AccuracyCell) and cell.outcome.state == "measured":
        samples = read_samples(folder, cell.outcome.result.samples, AccuracySamples)
        task, outcomes, texts = run.tasks[cell.workload.task], samples.outcomes, samples.texts
        place = f"tasks.{task.name}"
        if task.format != outcomes.format:
            said = f"is {task.format}, the samples hold {outcomes.format}"
            yield error(file, f"{place}.format", said, FOR_THE_RECORD)
        elif isinstance(outcomes, ChoiceOutcomes):
            chance = sum(1 / len(row) for row in outcomes.logprobs_nats) / len(outcomes.logprobs_nats)
            if abs(chance - (task.chance or 0)) > CHANCE_ROUNDING:
                said = f"is {task.chance}, the choices in the samples give {chance:.4g}"
                yield error(file, f"{place}.chance", said, FOR_THE_RECORD)
            if outcomes.scoring != task.scoring:
                said = f"is {task.scoring}, the samples are scored by {outcomes.scoring}"
                yield error(file, f"{place}.scoring", said, FOR_THE_RECORD)
    elif isinstance(cell, TextCell) and cell.outcome.state == "measured":
        texts = read_samples(folder, cell.outcome.result.samples, TextSamples).texts
    if texts:
        remedy = "Leave --with-texts out unless everybody may read and share them"
        yield warning(file, key, "the samples hold the texts themselves", remedy)


def _fit_to_show(run: Run, file: Path, elsewhere: Elsewhere) -> Iterator[Problem]:
    if run.ended_at is None:
        yield warning(file, "ended_at", "the run is not finished", "The same command goes on with it")
    if run.dirty:
        yield warning(file, "dirty", "measured by code with uncommitted changes", "Commit or stash, then measure again")
    unknown = [name for name, scheme in run.schemes.items() if scheme.example_sha256 not in elsewhere.examples]
    if elsewhere.examples and unknown:
        said = f"{', '.join(unknown)} ran with code that is not in examples/ as it is now"
        yield warning(file, "schemes", said, "If it is yours, send that file as an example of its own, too")
