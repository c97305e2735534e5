"""Which passages and questions does the reading task hold?

A scene is a passage with gaps. `{name1}` to `{name4}` are four names (or things, places ...) drawn for the item;
`{nameA}` to `{nameD}` are the same four in another drawn order, so that a question about `A` asks about any of them.
Level 1 repeats the beginning of a sentence of the passage, level 2 asks for the end of one in other words, level 3 needs
two sentences, a negation or a conclusion. The wrong choices are the other three of the same kind, all of them mentioned.
"""

from __future__ import annotations

import random

from qdocs.tasks.make.common import Item
from qdocs.tasks.make.reading_data import POOLS, Scene
from qdocs.tasks.make.reading_people import PEOPLE
from qdocs.tasks.make.reading_things import THINGS

SEED = 20_105
PER_LEVEL = 11


def items() -> list[Item]:
    """The items: from each scene the same number at each level."""
    draw = random.Random(SEED)
    made = []
    for scene in (*PEOPLE, *THINGS):
        for level in (1, 2, 3):
            asked = [_beginning(fact) for fact in scene.facts]
            if level > 1:
                asked = [(ask, gap) for at, ask, gap in scene.questions if at == level]
            made += [_item(scene, level, *asked[number % len(asked)], draw) for number in range(PER_LEVEL)]
    return made


def _beginning(fact: str) -> tuple[str, str]:
    """A fact up to its last gap, and the gap."""
    start, _, rest = fact.rpartition("{")
    return start.rstrip(), rest.partition("}")[0]


def _item(scene: Scene, level: int, ask: str, gap: str, draw: random.Random) -> Item:
    """One passage with its gaps filled, and one question; `gap` is the one whose word is the answer."""
    order = draw.sample("1234", 4)
    words: dict[str, str] = {}
    for kind, pool in POOLS.items():
        words |= {f"{kind}{number}": word for number, word in enumerate(draw.sample(pool, 4), 1)}
        words |= {f"{kind}{letter}": words[f"{kind}{number}"] for letter, number in zip("ABCD", order, strict=True)}
    facts = scene.facts if scene.in_order else draw.sample(scene.facts, len(scene.facts))
    passage = " ".join([scene.opening, *facts, scene.closing])
    ending = f"Question: {ask}\nAnswer:" if ask.endswith("?") else f"According to the text: {ask}"
    return Item(
        group=scene.name,
        level=level,
        prompt=f"{passage}\n\n{ending}".format_map(words),
        choices=tuple(words[gap[:-1] + number] for number in "1234"),
        answer=words[gap],
    )
