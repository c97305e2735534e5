"""In which wordings are the arithmetic cases told?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """A template: `text` with the case's numbers in braces and `[]` where the answer stands.

    `examples` solved cases of the same wording come first, held together by `join`; what follows `[]` is seen in them
    only. `words` writes the numbers as words.
    """

    group: str
    case: str
    text: str
    examples: int = 2
    join: str = "\n"
    words: bool = False


NAMES = "Anna Ben Clara David Emma Frank Grace Henry Irene Jack Kate Leo Mary Nick Olive Paul Rose Sam Tom Vera".split()
THINGS = "apples books cards coins cups eggs flowers keys marbles pears pens plates shells stamps stones toys".split()

WORDINGS = [
    Wording("sum-equation", "sum", "{a} + {b} = []", 4),
    Wording("sum-question", "sum", "Question: What is {a} plus {b}?\nAnswer: []", 2, "\n\n"),
    Wording("sum-more", "sum", "{name} has {a} {things} and gets {b} more. Now {name} has [] {things}.", words=True),
    Wording("sum-of", "sum", "The sum of {a} and {b} is [].", 3, " "),
    Wording("sum-table", "sum table", "{a} + {b} = {c}, {a} + {d} = {e}, {a} + {f} = []", 1),
    Wording("sum-missing", "missing", "If {a} + x = {c}, then x = [].", 2),
    Wording("difference-equation", "difference", "{a} - {b} = []", 4),
    Wording(
        "difference-left",
        "difference",
        "{name} had {a} {things}. {name} gave {b} to {other}, so [] were left.",
        words=True,
    ),
    Wording(
        "difference-price",
        "difference",
        "The cup costs ${a}. The plate is ${b} cheaper. Price of the plate in dollars: []",
    ),
    Wording("product-equation", "product", "{a} x {b} = []", 3),
    Wording("product-times", "product", "{a} times {b} equals [].", 2, " "),
    Wording("product-of", "product", "The product of {a} and {b} is [].", 3, " "),
    Wording("product-table", "product table", "{a} x {b} = {c}, {a} x {d} = {e}, {a} x {f} = []", 1),
    Wording("product-boxes", "product", "There are {a} boxes with {b} {things} in each box. That makes [] {things}."),
    Wording("product-double", "double", "Twice {a} is [].", 3, " "),
    Wording("quotient-half", "half", "Half of {a} is [].", 3, " "),
    Wording("quotient-equation", "quotient", "{a} / {b} = []", 2),
    Wording("quotient-share", "quotient", "{b} friends share {a} {things} equally. Each of them gets []."),
    Wording("compare-largest", "largest", "The largest of the numbers {a}, {b}, {c} and {d} is [].", 2, " "),
    Wording("compare-even", "even", "Q: Which one is an even number: {a}, {b}, {c} or {d}?\nA: []", 2),
    Wording("compare-between", "between", "A whole number more than {a} and less than {b} is [].", 2, " "),
    Wording("sequence-up", "up", "{a}, {b}, {c}, {d}, []", 0),
    Wording("sequence-down", "down", "Counting down: {a}, {b}, {c}, {d}, []", 0),
    Wording("sequence-words", "up", "{a}, {b}, {c}, {d}, []", 0, words=True),
    Wording("sequence-gap", "gap", "{a}, ?, {b}, {c}. The missing number is [].", 2, "\n"),
    Wording("sequence-after", "after", "The number right after {a} is [].", 2, " "),
    Wording("sequence-next", "up", "After {a}, {b}, {c} and {d} comes [].", 1, " "),
    Wording("sequence-list", "up", "Numbers in steps: {a}; {b}; {c}; {d}; []", 1),
    Wording("sign", "sign", "In {a} ? {b} = {c} the sign ? means [].", 2, " "),
    Wording("sum-pages", "sum", "{name} is on page {a} of a book. After {b} more it will be page [].", 2, " "),
    Wording("digit-round", "round", "{a} rounded to the nearest ten is [].", 2, " "),
]
