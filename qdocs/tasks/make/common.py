"""What do items of all kinds share: shape, balance over positions, an order whose every beginning is balanced?"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

Pair = tuple[int, str, str, str]
"""A preference pair: its level, the message, the chosen answer and the rejected one."""


@dataclass(frozen=True)
class Item:
    """One question: the right choice is `answer`; `group` names the template, `level` is 1 (easy) to 3 (hard)."""

    group: str
    level: int
    prompt: str
    choices: tuple[str, ...]
    answer: str


def finish(kind: str, items: Iterable[Item], seed: int) -> list[dict[str, object]]:
    """Check items, balance their answers over positions, order them, and give them ids.

    The right choice stands at each position equally often (to within one). The order interleaves templates and levels,
    so that the first n items of the file are a fair sample of it for any n.

    Raises:
        ValueError: If an item repeats, its answer is not exactly one of its choices, or the numbers of choices differ.
    """
    chosen = list(items)
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for item in chosen:
        if item.choices.count(item.answer) != 1 or len(set(item.choices)) != len(item.choices):
            raise ValueError(f"{kind}: {item}: the answer is not exactly one of distinct choices")
        key = (item.prompt, tuple(sorted(item.choices)))
        if key in seen:
            raise ValueError(f"{kind}: twice: {item}")
        seen.add(key)
    if len({len(item.choices) for item in chosen}) != 1:
        raise ValueError(f"{kind}: items differ in their number of choices")
    draw = random.Random(seed)
    ordered = _interleave(chosen, draw)
    positions = len(chosen[0].choices)
    made = []
    for start in range(0, len(ordered), positions):
        turn = draw.sample(range(positions), positions)
        for item, position in zip(ordered[start : start + positions], turn, strict=False):
            made.append(_place(item, position, draw))
    return [
        {"id": f"{kind}-{number:04d}", **{name: getattr(item, name) for name in Item.__dataclass_fields__}}
        for number, item in enumerate(made, 1)
    ]


def lines(rows: Iterable[dict[str, object]]) -> str:
    """Rows as JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _place(item: Item, position: int, draw: random.Random) -> Item:
    others = [choice for choice in item.choices if choice != item.answer]
    draw.shuffle(others)
    return replace(item, choices=(*others[:position], item.answer, *others[position:]))


def _interleave(items: list[Item], draw: random.Random) -> list[Item]:
    """Spread each template, and within it each level, evenly over the file."""
    by_group: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_group[item.group].append(item)
    placed: list[tuple[float, float, Item]] = []
    for group in by_group.values():
        draw.shuffle(group)
        seen: Counter[int] = Counter()
        totals = Counter(item.level for item in group)
        keyed = []
        for item in group:
            keyed.append(((seen[item.level] + draw.random()) / totals[item.level], draw.random(), item))
            seen[item.level] += 1
        keyed.sort(key=lambda k: k[:2])
        placed += [
            ((rank + draw.random()) / len(group), draw.random(), item) for rank, (_, _, item) in enumerate(keyed)
        ]
    return [item for *_, item in sorted(placed, key=lambda p: p[:2])]
