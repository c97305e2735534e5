"""How are the grammar items made?

Sentences up to the word that matters, each followed by a right and a wrong form.

A pattern holds two forms and, for each of them, the beginnings after which that form is right. Both sides give equally
many items at every level, so a model that always prefers one form is right half the time. Levels: in 1 the
word that decides stands next to the form or nearly so; in 2 more stands between them; in 3 what stands between them is
longer or holds a word that calls for the other form.
"""

from __future__ import annotations

import random
import re

from qdocs.tasks.make.common import Item
from qdocs.tasks.make.grammar_agreement_data import Pattern
from qdocs.tasks.make.grammar_data import PATTERNS
from qdocs.tasks.make.grammar_words import WORDS

SEED = 20250712
PER_SIDE = 5

SLOT = re.compile(r"\{([a-z_]+)(\d?)\}")


def items() -> list[Item]:
    """All items: `PER_SIDE` for each pattern, level and side."""
    draw = random.Random(SEED)
    made = []
    for pattern in PATTERNS:
        for level in (1, 2, 3):
            for side in (0, 1):
                used: set[Item] = set()
                while len(used) < PER_SIDE:
                    item = _item(pattern, level, side, draw)
                    if item not in used:
                        used.add(item)
                        made.append(item)
    return made


def _item(pattern: Pattern, level: int, side: int, draw: random.Random) -> Item:
    forms = tuple(draw.choice(WORDS.get(pattern.forms, [pattern.forms])).split("/"))
    prompt = fill(pattern.sides[side][level - 1], draw)
    return Item(pattern.group, level, prompt, forms, forms[side])


def fill(text: str, draw: random.Random) -> str:
    """Put a word of each list into its slots; `{person}` and `{person2}` get different words, equal slots equal ones."""
    slots = sorted(set(SLOT.findall(text)))
    taken: dict[str, str] = {}
    for name in sorted({name for name, _ in slots}):
        numbers = [number for slot, number in slots if slot == name]
        for number, word in zip(numbers, draw.sample(WORDS[name], len(numbers)), strict=True):
            taken[name + number] = word
    filled = SLOT.sub(lambda match: taken[match[1] + match[2]], text)
    return filled[0].upper() + filled[1:]
