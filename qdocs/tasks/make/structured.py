"""Which questions about structured text does the structured task hold?

Each template is a function of a draw and a level that returns prompt, four choices and answer. Level 1, 2, 3 means 1, 2,
4 records to copy from, 0, 1, 2 closed brackets or blocks to look past, or a longer schema in another order; each
module says which.
"""

from __future__ import annotations

import random

from qdocs.tasks.make.common import Item
from qdocs.tasks.make.structured_copy import COPY
from qdocs.tasks.make.structured_form import FORM
from qdocs.tasks.make.structured_schema import SCHEMA

SEED = 20_108
PER_LEVEL = 8


def items() -> list[Item]:
    """The items: from each template the same number at each level, none twice."""
    draw = random.Random(SEED)
    made: dict[tuple[str, frozenset[str]], Item] = {}
    for group, template in {**COPY, **FORM, **SCHEMA}.items():
        for level in (1, 2, 3):
            wanted = len(made) + PER_LEVEL
            while len(made) < wanted:
                prompt, choices, answer = template(draw, level)
                made[prompt, frozenset(choices)] = Item(group, level, prompt, tuple(choices), answer)
    return list(made.values())
