"""Which long texts and questions does the recall task hold?

A fact stands in a long text, at a depth that varies from its beginning to its end, and the question after the text asks
for it. The wrong choices are of the same kind and stand in the text as well. Level 1, 2 and 3 are texts close to 256,
512 and 1,024 tokens of the embedded model, the question included.
"""

from __future__ import annotations

import random
import re

from qdocs.tasks.make.common import Item
from qdocs.tasks.make.recall_data import POOLS, sentences
from qdocs.tasks.make.recall_templates import LISTINGS, STORIES, Listing, Story

SEED = 20_109
# In tokens as counted here, which are up to 2% fewer than the model's own.
LENGTHS = {1: 252, 2: 507, 3: 1000}
PER_LEVEL = 4


def items() -> list[Item]:
    """The items: from each template the same number at each level, each in another quarter of the text."""
    draw = random.Random(SEED)
    made = []
    for template in (*STORIES, *LISTINGS):
        for level, length in LENGTHS.items():
            for quarter in range(PER_LEVEL):
                depth = (quarter + draw.random()) / PER_LEVEL
                if isinstance(template, Story):
                    prompt, choices, answer = _story(template, length, depth, draw)
                else:
                    prompt, choices, answer = _listing(template, length, depth, draw)
                made.append(Item(template.name, level, prompt, tuple(choices), answer))
    return made


def tokens(text: str) -> int:
    """About how many tokens the embedded model's tokenizer makes of `text`, counted without it.

    The words of this task are one token each, and so are signs and runs of line breaks; a digit is one more where a
    space stands before it.
    """
    return len(re.findall(r"[^\W\d]+|\d| (?=\d)|[^\w\s]|\n+", text))


def _story(story: Story, length: int, depth: float, draw: random.Random) -> tuple[str, list[str], str]:
    """Sentences of the setting, with four facts among them; one fact is asked for."""
    values = draw.sample(POOLS[story.values], 4)
    asked = draw.randrange(4)
    facts = [fact.format(value=value) for fact, value in zip(story.facts, values, strict=True)]
    fact = facts.pop(asked)
    ask = "As the text says: " + story.facts[asked].partition(" {")[0]
    room = length - tokens("\n\n".join([story.opening, " ".join([fact, *facts]), ask]))
    text: list[str] = []
    parts = sentences(story.setting)
    while True:
        sentence = " ".join(draw.choice(part) for part in parts) + "."
        if sentence in text:
            continue
        room -= tokens(sentence)
        if room < 0:
            break
        text.append(sentence)
    for other in facts:
        text.insert(draw.randint(0, len(text)), other)
    text.insert(round(depth * len(text)), fact)
    return "\n\n".join([story.opening, " ".join(text), ask]), values, values[asked]


def _listing(listing: Listing, length: int, depth: float, draw: random.Random) -> tuple[str, list[str], str]:
    """Lines of one form with different keys; the key of one line is asked for."""
    lines: dict[str, tuple[str, str]] = {}
    room = length - tokens(f"{listing.opening}\n\nAs listed:")
    while True:
        keys = {kind: draw.choice(words) for kind, words in POOLS.items()}
        keys |= {"number": str(draw.randint(10, 999)), "digit": str(draw.randint(1, 9))}
        keys["clock"] = f"{draw.randint(10, 23)}:{draw.randint(10, 59)}"
        value = draw.choice(POOLS[listing.values])
        ask = listing.ask.format_map(keys)
        if ask in lines:
            continue
        line = listing.line.format_map(keys | {"value": value})
        room -= tokens(f"\n- {line}")
        if room < tokens(ask):
            break
        lines[ask] = (line, value)
    asked = list(lines)[round(depth * (len(lines) - 1))]
    answer = lines[asked][1]
    others = sorted({value for _, value in lines.values()} - {answer})
    text = "\n".join([listing.opening, *(f"- {line}" for line, _ in lines.values())])
    return f"{text}\n\nAs listed: {asked}", [answer, *draw.sample(others, 3)], answer
