"""How are the items of the facts task made?

A template asks for every fact of a table. The level of an item is the band of its fact, set by hand before any model was
asked: 1 for what every child hears, 3 for what one learns late. Wrong choices are answers of other facts in the table,
drawn so that every answer is wrong about three times as often as it is right; to prefer one word gains nothing.
Some templates state another fact, whose answer is then among the wrong choices.
"""

from __future__ import annotations

import random
import re
from collections import Counter

from qdocs.tasks.make import facts_data as people
from qdocs.tasks.make import facts_nature as nature
from qdocs.tasks.make.common import Item

SEED = 20240611
CHOICES = 4
LIMIT = 40  # of items a template

MONTHS = (
    "January February March April May June July August September October November December".split(),
    ("month after {}", "month before {}", "second month after {}"),
)
DAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    ("day after {}", "day before {}", "second day after {}"),
)
STEPS = (1, -1, 2)


def calendar(names: list[str], questions: tuple[str, ...]) -> people.Table:
    """A table of what follows and precedes each name; the bands are the three questions."""
    bands = [
        "; ".join(f"{question.format(name)}={names[(at + step) % len(names)]}" for at, name in enumerate(names))
        for question, step in zip(questions, STEPS, strict=True)
    ]
    return bands[0], bands[1], bands[2]


TEMPLATES: dict[str, tuple[people.Table, str]] = {
    "capital-quiz": (people.CAPITALS, "Question: Which country has {s} as its capital city?\nAnswer:"),
    "capital-city": (people.CAPITALS_OF, "The capital city of {other} is {wrong}. The capital city of {s} is"),
    "continent-choice": (
        people.CONTINENTS,
        "Is {s} in Africa, America, Asia or Europe? Looking at a map of the world, we find {s} in",
    ),
    "continent-list": (
        people.CONTINENTS,
        "Uganda: Africa\nCroatia: Europe\nMalaysia: Asia\nEcuador: America\n{s}:",
    ),
    "language": (people.LANGUAGES, "In every country people talk to each other. In {s}, most people speak"),
    "city": (people.CITIES, "Somebody who walks through the streets of {s} is in"),
    "roots": (people.ROOTS, "Question: Where did {s} come from? Answer: {s} came from"),
    "landmark": (people.ORIGINS, "A tourist who wants to see {s} has to travel to"),
    "person-role": (people.PEOPLE, "{s} is remembered by history as a great"),
    "creator": (people.CREATIONS, "{s}"),
    "count": (
        people.COUNTS,
        "Number of hours in a day: twenty-four. Number of suns in the solar system: one. Number of {s}:",
    ),
    "symbol-element": (
        nature.SYMBOLS,
        "In chemistry, each element has a symbol. The symbol {s} stands for the element",
    ),
    "element-symbol": (
        nature.SYMBOLS_OF,
        "Element: cesium, symbol: Cs. Element: {other}, symbol: {wrong}. Element: {s}, symbol:",
    ),
    "young": (nature.YOUNG, "A young swan is called a cygnet. A young {s} is called a"),
    "class-is": (nature.CLASSES, "Animals can be grouped into classes. The {s} is a kind of"),
    "class-list": (nature.CLASSES, "pony = mammal, robin = bird, carp = fish, wasp = insect, {s} ="),
    "category": (nature.KINDS, "Complete the definition.\n{s} (noun): a type of"),
    "study": (nature.STUDIES, "Sociology is the study of society, and {s} is the study of"),
    "body": (nature.ORGANS, "Each part of the body has its work. We {s} with the"),
    "use": (nature.USES, "What do people need to {s}? They need a good"),
    "material": (nature.MATERIALS, "Q: What is {s} made of?\nA: It is made of"),
    "color": (nature.COLORS, "A carrot is orange. The color of {s} is"),
    "quantity": (nature.QUANTITIES, "Every unit measures something. The {s} is a unit of"),
    "place": (nature.PLACES, "The place where people {s} is called the"),
    "trade": (nature.TRADES, "The job of the translator is to translate texts. The job to {s} belongs to the"),
    "opposite-not": (nature.OPPOSITES, "If something is not {s} at all, but just the reverse, then we call it"),
    "contrary": (nature.CONTRARIES, "{other} is the opposite of {wrong}, just as {s} is the opposite of"),
    "female": (nature.PAIRS, "he becomes she, heir becomes heiress, {s} becomes"),
    "sport": (nature.SPORTS, "In which sport or game do we meet {s}? In"),
    "month": (calendar(*MONTHS), "Think of the calendar. The {s} is"),
    "day": (
        calendar(*DAYS),
        "Think of the week: Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday. The {s} is",
    ),
}


def items() -> list[Item]:
    """All items of the facts task, in the order of the templates."""
    draw = random.Random(SEED)
    return [item for group in TEMPLATES for item in _ask(group, draw)]


def _ask(group: str, draw: random.Random) -> list[Item]:
    table, template = TEMPLATES[group]
    told = set(re.findall(r"\w+", template))
    facts = [
        (level, subject, answers.split("|"))
        for level, band in enumerate(table, 1)
        for subject, answers in (fact.split("=") for fact in band.split("; "))
        if subject not in told
    ]
    draw.shuffle(facts)
    facts = sorted(facts[:LIMIT], key=lambda fact: len(fact[2]), reverse=True)  # those that exclude most choose first
    right = Counter(answers[0] for _, _, answers in facts)
    wrong: Counter[str] = Counter()
    made = []
    for level, subject, answers in facts:
        pool = [answer for answer in sorted(right) if answer not in answers]
        draw.shuffle(pool)
        others = sorted(pool, key=lambda answer: (wrong[answer] + 1) / right[answer])[: CHOICES - 1]
        wrong.update(others)
        other = draw.choice([known for _, known, shown in facts if shown[0] == others[0]])
        prompt = template.format(s=subject, other=other, wrong=others[0])
        made.append(Item(group, level, prompt[0].upper() + prompt[1:], (answers[0], *others), answers[0]))
    return made
