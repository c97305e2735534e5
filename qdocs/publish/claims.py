"""Do the records still bear out a sentence of the guide?

A claim is a sentence with what must hold for it: comparisons of values that records hold, such as
`int8wo.eager.speed-high < 1`, joined by `and`. A new record that contradicts it stops the build.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from typing import Any

from qdocs.errors import WrongUse
from qdocs.publish.names import look_up

COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
PART = re.compile(r"\s*(\S+)\s+(<=|>=|<|>)\s+(\S+)\s*")


def check(claim: str, sentence: str, named: Mapping[str, Mapping[str, Any]]) -> None:
    """Check a claim against the values of the records.

    Args:
        claim: What must hold.
        sentence: What the page says.
        named: Values by name, each with its `number`.

    Raises:
        WrongUse: If it does not hold, with the sentence and the numbers; if it is no claim, or names what is no number.
    """
    for part in claim.split(" and "):
        found = PART.fullmatch(part)
        if not found:
            raise WrongUse(f"no claim: {part!r}; expected NAME < NUMBER, with <, <=, > or >=, joined by ' and '")
        left, right = (_number(side, named) for side in (found[1], found[3]))
        if not COMPARISONS[found[2]](left, right):
            raise WrongUse(
                f"the records contradict the sentence {sentence!r}: {part.strip()} does not hold, it is {left:.4g} "
                f"against {right:.4g}; change the sentence, or look into the record"
            )


def _number(side: str, named: Mapping[str, Mapping[str, Any]]) -> float:
    try:
        return float(side)
    except ValueError:
        pass
    number = look_up(side, named, "value")["number"]
    if number is None:
        raise WrongUse(f"{side} is a text, not a number, so nothing can be claimed of it")
    return float(number)
