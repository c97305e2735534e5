"""Which templates of the structured task ask for the right bracket, block, separator or literal?

Level 1, 2, 3: 0, 1, 2 closed brackets or blocks stand between an opening and its end; for separators and literals there
are three, two, or only one earlier use to go by (at level 3 after a part in another style).
"""

from __future__ import annotations

import random
from functools import partial

from qdocs.tasks.make.structured_data import POOLS, Drawn, Template

PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}
BLOCKS = "table row cell list page head body menu form panel frame section group window layer scene".split()


def _words(draw: random.Random, count: int) -> list[str]:
    return draw.sample(POOLS[draw.choice(["name", "item", "pet", "color", "city"])], count)


def _brackets(opening: str, glue: str, tags: bool, draw: random.Random, level: int) -> Drawn:
    """Nested brackets up to the place where the innermost open one must close; `tags` puts a word before each."""
    outer, asked, *closed = draw.sample(sorted(PAIRS), 4)
    words = _words(draw, 8)
    label = iter(_words(draw, 4))

    def opened(bracket: str) -> str:
        return f"{next(label)} {bracket}" if tags else bracket

    parts = [f"{opened(outer)} {words[0]}", f"{opened(asked)} {words[1]}"]
    for number, bracket in enumerate(closed[: level - 1]):
        first, second = words[2 + 2 * number : 4 + 2 * number]
        parts.append(f"{opened(bracket)} {first}{glue} {second} {PAIRS[bracket]}")
    parts.append(words[7])
    return f"{opening}\n{f'{glue} '.join(parts)}", list(PAIRS.values()), PAIRS[asked]


def _json_end(draw: random.Random, level: int) -> Drawn:
    """JSON in which a list or an object must be closed."""
    asked = draw.choice("[{")
    words = [f'"{word}"' for word in _words(draw, 8)]
    closed = [f"[ {words[4]}, {words[5]} ]", f"{{ {words[6]}: {words[7]} }}"]
    draw.shuffle(closed)
    inside = [words[1], *closed[: level - 1], words[2]] if asked == "[" else []
    if asked == "{":
        inside = [f"{key}: {value}" for key, value in zip(words[1:4], [*closed[: level - 1], words[0]], strict=False)]
    text = f'{{ "{draw.choice(BLOCKS)}": {asked} {", ".join(inside)}'
    return f"Valid JSON, with all brackets closed:\n{text}", list(PAIRS.values()), PAIRS[asked]


def _blocks(opening: str, begin: str, end: str, draw: random.Random, level: int) -> Drawn:
    """Blocks that end with their own name; the innermost open one must end."""
    outer, asked, *closed, first, second = draw.sample(BLOCKS, 6)
    solved = [f"{begin} {first}", f"  {begin} {second}", f"  {end} {second}", f"{end} {first}", ""]
    lines = [*solved, f"{begin} {outer}", f"  {begin} {asked}"]
    for name in closed[: level - 1]:
        lines += [f"    {begin} {name}", f"    {end} {name}"]
    about = f"{opening} Blocks: {', '.join(sorted([outer, asked, *closed]))}."
    return about + "\n\n" + "\n".join([*lines, f"  {end}"]), [outer, asked, *closed], asked


def _rows(glue: str, count: int, draw: random.Random) -> list[str]:
    return [glue.join(draw.choice(POOLS[kind]) for kind in ("name", "city", "job")) for _ in range(count)]


def _separator(draw: random.Random, level: int) -> Drawn:
    """Rows of a file; the next character after a word is the file's separator."""
    signs = [",", ";", "|", ":"]
    asked, other = draw.sample(signs, 2)
    lines = _rows(f" {asked} ", {1: 3, 2: 2, 3: 1}[level], draw)
    old = ["Old file:", *_rows(f" {other} ", 3, draw), "", "New file:"] if level == 3 else ["File:"]
    return "\n".join([*old, *lines, draw.choice(POOLS["name"])]), signs, asked


def _assign(draw: random.Random, level: int) -> Drawn:
    """Settings; between a key and its value stands the file's own sign."""
    signs = ["=", ":", "->", ":="]
    asked, other = draw.sample(signs, 2)
    keys = draw.sample(sorted(set(POOLS) - {"name"}), 7)
    pairs = [(key, draw.choice(POOLS[key])) for key in keys]
    uses = {1: 3, 2: 2, 3: 1}[level]
    old = [f"{key} {other} {value}" for key, value in pairs[4:]]
    new = [f"{key} {asked} {value}" for key, value in pairs[:uses]]
    head = ["# before", *old, "", "# after"] if level == 3 else ["# settings"]
    return "\n".join([*head, *new, pairs[uses][0]]), signs, asked


STYLES = {
    "JSON": ("true", "false"),
    "Python": ("True", "False"),
    "a questionnaire": ("yes", "no"),
    "a switchboard": ("on", "off"),
}


def _literal(draw: random.Random, level: int) -> Drawn:
    """Flags in the words of one style; the next one is the opposite of what was used, in the same style."""
    style = draw.choice(sorted(STYLES))
    side = draw.choice([0, 1])
    rooms = draw.sample(POOLS["room"], 5)
    shown = {1: [side, 1 - side, side], 2: [1 - side, side], 3: [1 - side]}[level]
    lines = [f"{room}: {STYLES[style][which]}" for room, which in zip(rooms, shown, strict=False)]
    rule = f"Written for {style}; the {rooms[4]} differs from the {rooms[len(shown) - 1]}."
    opposite = {name: words[1 - shown[-1]] for name, words in STYLES.items()}
    return "\n".join([rule, *lines, f"{rooms[4]}:"]), list(opposite.values()), opposite[style]


def _missing(draw: random.Random, level: int) -> Drawn:
    """A table with holes, each marked in the same way; the next cell has no value either."""
    marks = ["null", "None", "NULL", "empty"]
    asked, other = draw.sample(marks, 2)
    names = draw.sample(POOLS["name"], 8)
    lines = [f"{name}: {draw.choice(POOLS['city'])}" for name in names[:2]]
    lines += [f"{name}: {asked}" for name in names[2 : {1: 5, 2: 4, 3: 3}[level]]]
    draw.shuffle(lines)
    head = [f"In the other file, no city is written {other}."] if level == 3 else []
    rule = f"Where a person has no city, this file says {asked}. {names[7]} has no city."
    return "\n".join([*head, rule, *lines, f"{names[7]}:"]), marks, asked


FORM: dict[str, Template] = {
    "brackets plain": partial(_brackets, "Every bracket is closed by its partner: ( ) [ ] { } < >", ",", False),
    "brackets named": partial(
        _brackets, "A nested list. Round, square, curly and angle brackets must match.", ",", True
    ),
    "json end": _json_end,
    "begin end": partial(_blocks, "Each block ends with its own name.", "begin", "end"),
    "open close": partial(_blocks, "What is opened last is closed first.", "open", "close"),
    "separator": _separator,
    "assign sign": _assign,
    "literal style": _literal,
    "missing value": _missing,
}
