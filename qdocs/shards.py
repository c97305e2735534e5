"""Which part of a plan does a shard measure, so that several machines share the work?"""

from __future__ import annotations

import re

from qdocs.errors import WrongUse
from qdocs.expected import guess
from qdocs.record import AnySpec


def workload(spec: AnySpec) -> str:
    """What is done in a cell and in which mode: cells that share it are compared with each other."""
    return f"{spec.mode} {spec.slug}"


def parse(text: str) -> tuple[int, int]:
    """Read `K/N`, the K-th of N shards.

    Raises:
        WrongUse: If it is not that.
    """
    found = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", text)
    if not found or int(found[1]) > int(found[2]):
        raise WrongUse(f"--shard {text!r}: expected K/N, such as 1/3 for the first of three")
    return int(found[1]), int(found[2])


def shard(specs: list[AnySpec], number: int, of: int) -> list[AnySpec]:
    """The cells of one shard, in the order of the plan.

    A workload goes into one shard with all its schemes and rounds, so that no ratio is taken between two machines.
    The longest go first, each to the shard with the least to do.

    Args:
        specs: The whole plan.
        number: Which shard, from 1.
        of: How many there are.

    Raises:
        WrongUse: If there are fewer workloads than shards.
    """
    by_workload: dict[str, list[AnySpec]] = {}
    for spec in specs:
        by_workload.setdefault(workload(spec), []).append(spec)
    if of > len(by_workload):
        raise WrongUse(f"the plan has {len(by_workload)} workloads, too few for {of} shards")
    load = [0.0] * of
    mine: set[str] = set()
    for name, cells in sorted(by_workload.items(), key=lambda pair: -guess(pair[1])):
        least = load.index(min(load))
        load[least] += guess(cells)
        if least == number - 1:
            mine.add(name)
    return [spec for spec in specs if workload(spec) in mine]
