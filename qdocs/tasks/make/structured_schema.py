"""Which templates of the structured task ask what a schema demands, or where a value belongs?

Level 1: four fields, in the schema's order (or an entry one step deep); level 2: four fields in another order (or two
steps); level 3: more fields in another order (or three steps).
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import partial

from qdocs.tasks.make.structured_data import POOLS, THEMES, Drawn, Template, records

TYPES = {"a string": '"', "a list": "[", "an object": "{", "a boolean": "true"}
SAMPLES = {"a string": '"north"', "a list": "[ 1, 2 ]", "an object": '{ "a": 1 }', "a boolean": "true"}
EMPTY = {"a string": '" "', "a list": "[ ]", "an object": "{ }", "a boolean": "true"}
# The same types as a table names them, with a hint of how a value looks.
SIGNED = {"a string": 'String " "', "a list": "Array [ ]", "an object": "Object { }", "a boolean": "Boolean true"}


def _kinds(draw: random.Random, level: int) -> tuple[list[str], list[str]]:
    """Field names in the schema's order, and four or more in the order of the record."""
    shown = draw.sample(sorted(POOLS), 4 if level < 3 else 6)
    return shown, shown if level == 1 else draw.sample(shown, len(shown))


def _type(form: str, draw: random.Random, level: int) -> Drawn:
    """A record in which the next value must begin as its type in the schema demands."""
    shown, order = _kinds(draw, level)
    types = dict(zip(shown, (draw.sample(sorted(TYPES), 4) + draw.sample(sorted(TYPES), 4)), strict=False))
    asked = draw.choice(order[:4])
    before = [f'"{key}": {SAMPLES[types[key]]}' for key in order[: order.index(asked)]]
    schema = {
        "defaults": "Defaults:\n" + "\n".join(f'"{key}": {EMPTY[types[key]]}' for key in shown),
        "table": "| field | type |\n| --- | --- |\n" + "\n".join(f"| {key} | {SIGNED[types[key]]} |" for key in shown),
        "sample": "An earlier record, in the same form:\n{ "
        + ", ".join(f'"{key}": {SAMPLES[types[key]]}' for key in shown)
        + " }",
    }[form]
    begun = ", ".join([*before, f'"{asked}":'])
    return f"{schema}\n\nJSON:\n{{ {begun}", list(TYPES.values()), TYPES[types[asked]]


def _column(form: str, draw: random.Random, level: int) -> Drawn:
    """A table in which the next cell must be of its column's kind; the more rows stand above it, the easier."""
    # Left out: kinds that share words with others, as a cherry is a fruit and a tree, and gold a metal and a color.
    kinds = draw.sample(sorted(set(POOLS) - {"size", "status", "name", "metal", "fruit"}), 5)
    rows = [[draw.choice(POOLS[kind]) for kind in kinds] for _ in range({1: 3, 2: 1, 3: 0}[level] + 1)]
    at = draw.randrange(1, 5)
    last = rows.pop()[:at]
    wrong = draw.sample([kind for kind in kinds if kind != kinds[at]], 3)
    used = {word for row in rows for word in row} | set(last)
    answer, *others = (draw.choice([word for word in POOLS[kind] if word not in used]) for kind in (kinds[at], *wrong))
    if form == "csv":
        text = "\n".join([", ".join(kinds), *(", ".join(row) for row in rows), ", ".join(last) + ","])
    elif form == "table":
        text = "\n".join(f"| {' | '.join(row)} |" for row in [kinds, ["---"] * 5, *rows, last])
    elif form == "entries":
        full = ["\n".join(f"{kind}: {word}" for kind, word in zip(kinds, row, strict=True)) for row in rows]
        begun = [f"{kind}: {word}" for kind, word in zip(kinds, last, strict=False)]
        text = "\n\n".join([*full, "\n".join([*begun, f"{kinds[at]}:"])])
    else:
        text = "\n".join(
            ["Order of the words: " + " / ".join(kinds), *(" / ".join(row) for row in rows), " / ".join(last) + " /"]
        )
    return text, [answer, *others], answer


def _enum(form: str, draw: random.Random, level: int) -> Drawn:
    """Fields with a short list of allowed values each; exactly one choice is allowed in the asked field."""
    shown, order = _kinds(draw, level)
    allowed = {key: draw.sample(POOLS[key], 3) for key in shown}
    asked = draw.choice(order[1:4])
    wrong = draw.sample([key for key in shown if key != asked], 3)
    answer, *others = (draw.choice(allowed[key]) for key in (asked, *wrong))
    before = order[: order.index(asked)]
    if form == "settings":
        rules = "\n".join(f"{key} = {' | '.join(allowed[key])}" for key in shown)
        record = "\n".join([*(f"{key} = {draw.choice(allowed[key])}" for key in before), f"{asked} ="])
        return f"Allowed values:\n{rules}\n\nA valid file:\n{record}", [answer, *others], answer
    rules = " ".join(f"The {key} must be {', '.join(allowed[key][:2])} or {allowed[key][2]}." for key in shown)
    record = ", ".join([*(f"{key}: {draw.choice(allowed[key])}" for key in before), f"{asked}:"])
    return f"{rules}\n\nAccepted: {{{record}", [answer, *others], answer


def _next_key(draw: random.Random, level: int) -> Drawn:
    """Keys in a fixed order; which one comes next?"""
    keys = draw.sample(sorted(POOLS), {1: 4, 2: 5, 3: 7}[level])
    at = draw.randrange(1, len(keys))
    before = [f"{key} = {draw.choice(POOLS[key])};" for key in keys[:at]]
    others = draw.sample([key for key in keys if key != keys[at]], 3)
    return f"Keys, always in this order: {', '.join(keys)}.\n\n{' '.join(before)}", [keys[at], *others], keys[at]


def _header(draw: random.Random, level: int) -> Drawn:
    """A record and the beginning of a CSV header with the same keys."""
    keys = draw.sample(sorted(POOLS), {1: 4, 2: 5, 3: 7}[level])
    record = json.dumps({key: draw.choice(POOLS[key]) for key in keys})
    at = draw.randrange(1, len(keys))
    others = draw.sample([key for key in keys if key != keys[at]], 3)
    prompt = f"The header of the CSV file repeats the keys of the JSON record.\n\n{record}\n\n{', '.join(keys[:at])},"
    return prompt, [keys[at], *others], keys[at]


def _select(draw: random.Random, level: int) -> Drawn:
    """A table and a query for two of its columns; the answer's first column is there, which value follows?"""
    theme = draw.choice(THEMES)
    rows = records(theme, 4, draw)
    key, *fields = theme.fields
    first, asked = draw.sample(fields, 2)
    if level == 1:
        first, asked = sorted([first, asked], key=fields.index)
    row = draw.choice(rows)
    table = "\n".join(", ".join(line) for line in [theme.fields, *(list(row.values()) for row in rows)])
    # At level 1 and 2 the answer begins with the key of its row.
    shown = row[first] if level == 3 else f"{row[key]}, {row[first]}"
    columns = f"{first}, {asked}" if level == 3 else f"{key}, {first}, {asked}"
    prompt = f"{table}\n\nSELECT {columns} WHERE {key} = {row[key]}\n\n{columns}\n{shown},"
    return prompt, [other[asked] for other in rows], row[asked]


LETTERS = (
    (
        "Dear {name}, your {item} is waiting for you in {city}. Come on {day} and bring the {pet}.",
        "name item city day pet",
    ),
    ("The {color} {item} goes to the {room}. Ask the {job} in {month}.", "color item room job month"),
    ("In {city} they play {sport} in {month}, under a {tree}, with the {job}.", "city sport month tree job"),
)


def _fill(draw: random.Random, level: int) -> Drawn:
    """A letter with gaps and the values that go into them; the letter is filled up to one gap."""
    letter, names = draw.choice(LETTERS)
    gaps = names.split()
    values = {gap: draw.choice(POOLS[gap]) for gap in gaps}
    asked = draw.choice(gaps[1:])
    order = gaps if level == 1 else draw.sample(gaps, len(gaps))
    noise = draw.sample(sorted(set(POOLS) - set(gaps)), 4) if level == 3 else []
    shown = [f"{gap} = {values.get(gap) or draw.choice(POOLS[gap])}" for gap in [*noise[:2], *order, *noise[2:]]]
    filled = letter.partition("{" + asked)[0].rstrip().format_map(values)
    others = draw.sample([values[gap] for gap in gaps if gap != asked], 3)
    return f"{', '.join(shown)}\n\nTemplate: {letter}\nFilled in: {filled}", [values[asked], *others], values[asked]


def _path(form: str, draw: random.Random, level: int) -> Drawn:
    """A tree of settings and a path into it; the wrong choices are the ends of other paths."""
    tops = draw.sample(POOLS["room"], 2)
    mids = draw.sample(POOLS["item"], 2)
    leaves = draw.sample(POOLS["color"], 4)
    ends = draw.sample(POOLS["city"], 4)
    paths: Sequence[tuple[str, ...]]
    if level == 1:
        paths = [(leaf,) for leaf in leaves]
    elif level == 2:
        paths = [(top, leaf) for top in tops for leaf in leaves[:2]]
    else:
        paths = [(top, mid, leaf) for top in tops for mid, leaf in zip(mids, leaves[:2], strict=True)]
    asked = draw.randrange(4)
    if form == "dots":
        lines = [f"set {'.'.join(path)} = {end}" for path, end in zip(paths, ends, strict=True)]
        return "\n".join([*lines, "", f"get {'.'.join(paths[asked])} ="]), ends, ends[asked]
    lines = []
    last: tuple[str, ...] = ()
    for path, end in zip(paths, ends, strict=True):
        for depth, key in enumerate(path):
            if path[: depth + 1] != last[: depth + 1]:
                lines.append("  " * depth + f"{key}:" + (f" {end}" if depth == len(path) - 1 else ""))
        last = path
    return "\n".join([*lines, "", f"In one line, {': '.join(paths[asked])}:"]), ends, ends[asked]


def _rename(draw: random.Random, level: int) -> Drawn:
    """Keys that get new names; which new name comes next?"""
    count = {1: 4, 2: 4, 3: 6}[level]
    words = draw.sample(sorted(POOLS), 2 * count)
    old, new = words[:count], words[count:]
    order = list(range(count)) if level == 1 else draw.sample(range(count), count)
    at = draw.randrange(1, 4)
    values = [draw.choice(POOLS["color"]) for _ in order]
    rules = "\n".join(f"{before} -> {after}" for before, after in zip(old, new, strict=True))
    source = " ".join(f"{old[place]}={value}" for place, value in zip(order, values, strict=True))
    done = " ".join(f"{old[place]} becomes {new[place]}," for place in order[:at])
    others = draw.sample([name for place, name in enumerate(new) if place != order[at]], 3)
    prompt = f"Rename the keys:\n{rules}\n\nInput: {source}\nSteps: {done} {old[order[at]]} becomes"
    return prompt, [new[order[at]], *others], new[order[at]]


def _join(draw: random.Random, level: int) -> Drawn:
    """Two lists with a key in common; level 1 asks within one list, level 2 names the key, level 3 leaves it out."""
    names, pets, cities = (draw.sample(POOLS[kind], 4) for kind in ("name", "pet", "city"))
    order = draw.sample(range(4), 4) if level == 3 else range(4)
    owners = "\n".join(f"{pet}, {name}" for pet, name in zip(pets, names, strict=True))
    homes = "\n".join(f"{names[at]}, {cities[at]}" for at in order)
    asked = draw.randrange(4)
    goal = {
        1: f"{names[asked]},",
        2: f"owner of the {pets[asked]}, {names[asked]},",
        3: f"The {pets[asked]} lives in",
    }[level]
    return f"pet, owner\n{owners}\n\nowner, city\n{homes}\n\n{goal}", cities, cities[asked]


def _anchor(draw: random.Random, level: int) -> Drawn:
    """Values defined once under a mark and used by mark later."""
    marks = draw.sample(POOLS["metal"], 4)
    kind = draw.choice(["city", "name", "pet", "room"])
    values = draw.sample(POOLS[kind], 4)
    asked = draw.randrange(4)
    order = draw.sample(range(4), 4) if level > 1 else range(4)
    define = "\n".join(f"&{marks[at]} {values[at]}" for at in order)
    keys = draw.sample(POOLS["fruit"], 4)
    uses = "\n".join(f"{key}: *{mark}" for key, mark in zip(keys, marks, strict=True))
    question = f"{keys[asked]} stands for" if level == 3 else f"*{marks[asked]} is &{marks[asked]}"
    return f"{define}\n\n{uses}\n\nResolved: {question}", values, values[asked]


SCHEMA: dict[str, Template] = {
    "type by default": partial(_type, "defaults"),
    "type in a table": partial(_type, "table"),
    "type by sample": partial(_type, "sample"),
    "column csv": partial(_column, "csv"),
    "column table": partial(_column, "table"),
    "column entries": partial(_column, "entries"),
    "column slashes": partial(_column, "slashes"),
    "enum settings": partial(_enum, "settings"),
    "enum words": partial(_enum, "words"),
    "next key": _next_key,
    "header": _header,
    "select": _select,
    "fill a letter": _fill,
    "path dots": partial(_path, "dots"),
    "path tree": partial(_path, "tree"),
    "rename keys": _rename,
    "join lists": _join,
    "anchors": _anchor,
}
