"""How are the arithmetic items made?

Cases (numbers and their result) are drawn by level and told in many wordings.

Levels follow the size of the numbers: sums and differences in digits stay below ten (1), below sixteen (2) or go to forty
(3), in words to eight, twelve and twenty, for beyond twenty a number is no longer one word; products and quotients come
from the small table (1), the large one (2) or beyond it (3); the other cases say their ranges where they draw. Choices
in digits share all digits but the last, so that their common beginning is run through the model once.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from qdocs.tasks.make.arithmetic_cases import CASES, Case
from qdocs.tasks.make.arithmetic_data import NAMES, THINGS, WORDINGS, Wording
from qdocs.tasks.make.common import Item

SEED = 20250711
PER_LEVEL = 11
MOST_WORDINGS = 3

WORDS = dict(
    enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
)
TENS = dict(zip(range(10, 100, 10), "ten twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True))
ANSWERS = {"sign": dict(enumerate(["plus", "minus", "times", "over"])), "round": TENS}


def items() -> list[Item]:
    """All items: `PER_LEVEL` a wording and level; the same numbers in at most `MOST_WORDINGS` wordings."""
    draw = random.Random(SEED)
    told: Counter[tuple[object, ...]] = Counter()
    made = []
    for wording in WORDINGS:
        for level in (1, 2, 3):
            used: set[tuple[int, ...]] = set()
            while len(used) < PER_LEVEL:
                case = CASES[wording.case](draw, level, wording.words)
                numbers = tuple(case.values.values())
                key = (wording.case, *numbers)
                if numbers in used or told[key] == MOST_WORDINGS:
                    continue
                used.add(numbers)
                told[key] += 1
                made.append(_item(wording, level, case, draw))
    return made


def four(answer: int, slips: tuple[int, ...], draw: random.Random, words: bool) -> tuple[int, ...]:
    """The answer and three wrong numbers; written in digits they differ from it in the last digit only.

    A result of the wrong operation (`slips`) and a miss by one or two come first, if they are among those numbers.
    """
    start = max(0, min(answer - 5, 10)) if words else answer // 10 * 10
    pool = [n for n in range(start, start + (11 if words else 10)) if n != answer]
    near = [n for n in pool if abs(n - answer) <= 2]
    rest = draw.sample(pool, len(pool))
    wrong = dict.fromkeys([*[n for n in slips if n in pool][:1], draw.choice(near), *rest])
    return (answer, *list(wrong)[:3])


def _item(wording: Wording, level: int, case: Case, draw: random.Random) -> Item:
    show: Callable[[int], str] = WORDS.__getitem__ if wording.words else str
    answer = ANSWERS[wording.case].__getitem__ if wording.case in ANSWERS else show
    told = [case.values]
    examples: list[str] = []
    while len(examples) < wording.examples:
        other = CASES[wording.case](draw, 1, wording.words)
        if other.values not in told:
            told.append(other.values)
            examples.append(_tell(wording, other, draw, show).replace("[]", answer(other.answer)))
    prompt = wording.join.join([*examples, _tell(wording, case, draw, show).split(" []")[0]])
    numbers = case.choices or four(case.answer, case.slips, draw, wording.words)
    return Item(wording.group, level, _agreeing(prompt), tuple(map(answer, numbers)), answer(case.answer))


def _agreeing(prompt: str) -> str:
    """One thing is told of in the singular."""
    for things in THINGS:
        prompt = prompt.replace(f" one {things} ", f" one {things.removesuffix('s')} ")
    return prompt.replace(" one were ", " one was ")


def _tell(wording: Wording, case: Case, draw: random.Random, show: Callable[[int], str]) -> str:
    fields = {name: show(value) for name, value in case.values.items()}
    name, other = draw.sample(NAMES, 2)
    text = wording.text.format(**fields, name=name, other=other, things=draw.choice(THINGS))
    return text[0].upper() + text[1:]
