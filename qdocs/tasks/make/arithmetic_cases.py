"""Which numbers, with which result and which slips, does an arithmetic item have at each level?"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """The numbers that a wording shows by name, the result, results of the wrong operation, and fixed choices if any."""

    values: dict[str, int]
    answer: int
    slips: tuple[int, ...] = ()
    choices: tuple[int, ...] = ()


Draw = Callable[[random.Random, int, bool], Case]

DIGIT_BANDS = {1: (3, 9), 2: (10, 15), 3: (16, 40)}
WORD_BANDS = {1: (3, 8), 2: (9, 12), 3: (13, 20)}


def _band(level: int, words: bool) -> tuple[int, int]:
    return (WORD_BANDS if words else DIGIT_BANDS)[level]


def _sum(draw: random.Random, level: int, words: bool) -> Case:
    total = draw.randint(*_band(level, words))
    a = draw.randint(1, total - 1)
    b = total - a
    return Case({"a": a, "b": b}, total, (abs(a - b),))


def _difference(draw: random.Random, level: int, words: bool) -> Case:
    a = draw.randint(*_band(level, words))
    b = draw.randint(1, a - 1)
    return Case({"a": a, "b": b}, a - b, () if words else (a + b,))


def _missing(draw: random.Random, level: int, words: bool) -> Case:
    total = draw.randint(*_band(level, words))
    a = draw.randint(1, total - 1)
    return Case({"a": a, "c": total}, total - a, (total + a,))


def _product(draw: random.Random, level: int, words: bool) -> Case:
    low, high, most = {1: (2, 5, 6), 2: (4, 9, 9), 3: (8, 15, 9)}[level]
    a, b = draw.sample((draw.randint(low, high), draw.randint(2, most)), 2)
    return Case({"a": a, "b": b}, a * b, (a + b, a * (b - 1), a * (b + 1), (a + 1) * b, (a - 1) * b))


def _double(draw: random.Random, level: int, words: bool) -> Case:
    a = draw.randint(*{1: (2, 12), 2: (13, 29), 3: (30, 60)}[level])
    return Case({"a": a}, 2 * a, (a + 2, 2 * a + 2, 2 * a - 2, 2 * a + 10, 2 * a - 10))


def _half(draw: random.Random, level: int, words: bool) -> Case:
    half = draw.randint(*{1: (1, 12), 2: (13, 29), 3: (30, 60)}[level])
    return Case({"a": 2 * half}, half, (2 * half - 2, half + 5, half - 5))


def _quotient(draw: random.Random, level: int, words: bool) -> Case:
    low, high, most = {1: (2, 5, 5), 2: (4, 9, 9), 3: (8, 15, 9)}[level]
    a, b = draw.randint(low, high), draw.randint(2, most)
    return Case({"a": a * b, "b": b}, a, (a * b - b, b) if a != b else (a * b - b,))


def _decade(draw: random.Random, level: int) -> range:
    """Ten numbers that share all digits but the last."""
    start = 10 * draw.randint(*{1: (0, 0), 2: (1, 9), 3: (10, 99)}[level])
    return range(start, start + 10)


def _largest(draw: random.Random, level: int, words: bool) -> Case:
    numbers = draw.sample(_decade(draw, level), 4)
    return Case(dict(zip("abcd", numbers, strict=True)), max(numbers), choices=tuple(numbers))


def _even(draw: random.Random, level: int, words: bool) -> Case:
    decade = _decade(draw, level)
    even = draw.choice(decade[::2])
    numbers = [even, *draw.sample(decade[1::2], 3)]
    draw.shuffle(numbers)
    return Case(dict(zip("abcd", numbers, strict=True)), even, choices=tuple(numbers))


def _between(draw: random.Random, level: int, words: bool) -> Case:
    decade = _decade(draw, level)
    low = draw.randint(0, 7)
    high = draw.randint(low + 2, min(low + 4, 9))
    answer = decade[draw.randint(low + 1, high - 1)]
    outside = [*decade[: low + 1], *decade[high:]]
    return Case({"a": decade[low], "b": decade[high]}, answer, choices=(answer, *draw.sample(outside, 3)))


def _steps(draw: random.Random, level: int, words: bool) -> tuple[int, int]:
    if words:
        step = draw.choice({1: [1], 2: [2], 3: [3, 4]}[level])
        return draw.randint(0, 20 - 4 * step), step
    step = draw.choice({1: [1, 2, 10], 2: [3, 4, 5, 20], 3: [6, 7, 8, 9]}[level])
    return draw.randint(1, {1: 10, 2: 20, 3: 60}[level]), step


def _up(draw: random.Random, level: int, words: bool) -> Case:
    start, step = _steps(draw, level, words)
    a, b, c, d, answer = range(start, start + 5 * step, step)
    return Case({"a": a, "b": b, "c": c, "d": d}, answer, () if words else (d + 1, answer + step, answer + 10))


def _down(draw: random.Random, level: int, words: bool) -> Case:
    start, step = _steps(draw, level, words)
    answer, d, c, b, a = range(start, start + 5 * step, step)
    return Case({"a": a, "b": b, "c": c, "d": d}, answer, (d - 1, answer - step, d + step))


def _gap(draw: random.Random, level: int, words: bool) -> Case:
    start, step = _steps(draw, level, words)
    a, answer, b, c = range(start, start + 4 * step, step)
    return Case({"a": a, "b": b, "c": c}, answer, (c + step, a + 1, b - 1))


def _after(draw: random.Random, level: int, words: bool) -> Case:
    a = draw.randint(*{1: (2, 29), 2: (30, 199), 3: (200, 999)}[level])
    return Case({"a": a}, a + 1, (a, a - 1))


def _sign(draw: random.Random, level: int, words: bool) -> Case:
    sign = draw.randrange(4)
    a = draw.randint(*{1: (2, 5), 2: (3, 9), 3: (6, 19)}[level])
    b = draw.randint(2, {1: 4, 2: 9, 3: 9}[level])
    if sign == 1:
        a, b = a + b, b
    if sign == 3:
        a = a * b
    results = [a + b, a - b, a * b, a / b]
    if results.count(results[sign]) > 1:
        return _sign(draw, level, words)
    return Case({"a": a, "b": b, "c": int(results[sign])}, sign, choices=(0, 1, 2, 3))


def _table(operate: Callable[[int, int], int]) -> Draw:
    def case(draw: random.Random, level: int, words: bool) -> Case:
        a = draw.randint(*{1: (2, 5), 2: (4, 9), 3: (11, 19)}[level])
        b = draw.randint(1, 6)
        values = {"a": a, "b": b, "c": operate(a, b), "d": b + 1, "e": operate(a, b + 1), "f": b + 2}
        return Case(values, operate(a, b + 2), (values["e"] + 2,))

    return case


def _round(draw: random.Random, level: int, words: bool) -> Case:
    ends = {1: (1, 9), 2: (2, 3, 7, 8), 3: (4, 6)}[level]
    a = draw.choice([n for n in range(11, 95) if n % 10 in ends])
    answer = (a + 5) // 10 * 10
    others = [n for n in range(10, 100, 10) if 0 < abs(n - answer) <= 30]
    return Case({"a": a}, answer, choices=(answer, *draw.sample(others, 3)))


CASES: dict[str, Draw] = {
    "sum": _sum,
    "difference": _difference,
    "sum table": _table(lambda a, b: a + b),
    "product table": _table(lambda a, b: a * b),
    "missing": _missing,
    "product": _product,
    "double": _double,
    "half": _half,
    "quotient": _quotient,
    "largest": _largest,
    "even": _even,
    "between": _between,
    "up": _up,
    "down": _down,
    "gap": _gap,
    "after": _after,
    "sign": _sign,
    "round": _round,
}
