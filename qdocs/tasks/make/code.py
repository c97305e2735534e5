"""How are the code items made? Python snippets are filled, run, and asked about: what is printed, which line is wrong?

No answer is written by hand: a snippet's output and the line of its error are what Python says when it runs here.
Levels: 1 needs one step, 2 two steps or a longer list, 3 a loop, a condition, a function or more than two steps; for
wrong lines the level follows the error: 1 a bracket is missing, 2 a function is misspelt, 3 a name is used that
nothing defines.
"""

from __future__ import annotations

import contextlib
import io
import random
import re
import traceback

from qdocs.tasks.make.code_data import FLAWED, PRINTS, WORDS, Flawed, Prints
from qdocs.tasks.make.common import Item

SEED = 20250713
PER_LEVEL = 12
PER_LINE = 2
SHORT = 50

SLOT = re.compile(r"<([a-z]+)(\d?)>")
DIGITS = "0123456789"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ANSWERS = {*DIGITS, *LETTERS, *WORDS["word"]}


def items() -> list[Item]:
    """All items: `PER_LEVEL` for each template of printing and level, and `PER_LINE` for each flawed program, level and line."""
    draw = random.Random(SEED)
    made = []
    for template in PRINTS:
        for level in (1, 2, 3):
            seen: set[str] = set()
            while len(seen) < PER_LEVEL:
                item = _printed(template, level, draw)
                if item is not None and item.prompt not in seen:
                    seen.add(item.prompt)
                    made.append(item)
    for flawed in FLAWED:
        for level in (1, 2, 3):
            seen = set()
            while len(seen) < PER_LINE * 4:
                item = _wrong_line(flawed, level, len(seen) % 4, draw)
                if item.prompt not in seen:
                    seen.add(item.prompt)
                    made.append(item)
    return made


def run(snippet: str) -> str:
    """What the snippet prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(snippet, "<snippet>", "exec"), {})
    return out.getvalue().strip()


def error_line(snippet: str) -> int | None:
    """The line, from 1, at which Python reports an error in the snippet; None if it runs."""
    try:
        run(snippet)
    except SyntaxError as error:
        return error.lineno
    except Exception as error:
        return [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<snippet>"][
            -1
        ]
    return None


def fill(text: str, draw: random.Random) -> str:
    """Put a member of each list into its slots; `<n>` and `<n2>` get different ones, equal slots equal ones."""
    taken: dict[str, str] = {}
    for name in sorted({name for name, _ in SLOT.findall(text)}):
        numbers = sorted({number for slot, number in SLOT.findall(text) if slot == name})
        for number, value in zip(numbers, draw.sample(WORDS[name], len(numbers)), strict=True):
            taken[name + number] = value
    return SLOT.sub(lambda match: taken[match[1] + match[2]], text)


def _printed(template: Prints, level: int, draw: random.Random) -> Item | None:
    """A question about what a snippet prints, after two solved ones if it is short, else one.

    None if two snippets are the same or an output is not a digit, a letter or one of the words.
    """
    text = template.levels[level - 1]
    snippets = [fill(text, draw) for _ in range(3 if len(text) < SHORT else 2)]
    answers = [run(snippet) for snippet in snippets]
    if len(set(snippets)) < len(snippets) or any(answer not in ANSWERS for answer in answers):
        return None
    told = [f"{snippet}  # prints {answer}" for snippet, answer in zip(snippets, answers, strict=True)]
    prompt = "\n\n".join(told).removesuffix(f" {answers[-1]}")
    return Item(template.group, level, prompt, (answers[-1], *_wrong(snippets[-1], answers[-1], draw)), answers[-1])


def _wrong(snippet: str, answer: str, draw: random.Random) -> list[str]:
    """Three wrong answers of the answer's sort: those that stand in the snippet first, then any.

    Sums and maxima would make the largest digit right too often, so half of the time one wrong digit is larger.
    """
    if answer in WORDS["word"]:
        sort = WORDS["word"]
        near = [word for word in re.findall(r"[a-z]+", snippet) if word in sort]
    elif answer.isdigit():
        sort = list(DIGITS)
        above = [digit for digit in sort if digit > answer]
        near = [
            *draw.sample(above, min(draw.randrange(2), len(above))),
            *draw.sample(sort[1:], 1),
            *re.findall(r"[1-9]", snippet),
        ]
    else:
        sort = list(LETTERS)
        near = list(next(word for word in re.findall(r"[a-z]+", snippet) if word in WORDS["word"]))
    near = list(dict.fromkeys(choice for choice in near if choice != answer))
    rest = [choice for choice in sort if choice != answer and choice not in near]
    return [*near[:1], *draw.sample(near[1:], max(0, len(near) - 1)), *draw.sample(rest, min(3, len(rest)))][:3]


def _wrong_line(flawed: Flawed, level: int, wrong: int, draw: random.Random) -> Item:
    """A question about which of four lines is wrong, after a solved one whose wrong line is another."""
    other = draw.choice([line for line in range(4) if line != wrong])
    shown = []
    for line in (other, wrong):
        lines = fill("\n".join(flawed.lines), draw).split("\n")
        lines[line] = _spoil(lines[line], level, draw)
        found = error_line("\n".join(lines))
        if found != line + 1:
            raise ValueError(f"{flawed.group}: Python reports line {found}, not {line + 1}: {lines}")
        numbered = "\n".join(f"{number}: {text}" for number, text in enumerate(lines, 1))
        shown.append(f"{numbered}\n{flawed.question.format(error=_message(lines))} {line + 1}")
    prompt = "\n\n".join(shown)[: -len(" 1")]
    return Item(flawed.group, level, prompt, ("1", "2", "3", "4"), str(wrong + 1))


def _message(lines: list[str]) -> str:
    """The error in words that do not change with Python's version."""
    try:
        run("\n".join(lines))
    except NameError as error:
        return f"NameError: name '{error.name}' is not defined"
    except SyntaxError:
        return "SyntaxError: a bracket is missing"
    raise ValueError(f"no error: {lines}")


def _spoil(line: str, level: int, draw: random.Random) -> str:
    """Break a line: drop its last bracket (1), misspell the function that it calls (2), give it an unknown name (3)."""
    if level == 1:
        return line[:-1]
    if level == 2:
        return re.sub(r"([a-z])([a-z]+)\(", r"\1\1\2(", line, count=1)
    start, inside = re.fullmatch(r"(.*\()([^()]*)\)", line).groups()  # type: ignore[union-attr]
    last = inside.split(", ")[-1]
    return f"{start}{inside.removesuffix(last)}{draw.choice(WORDS['unknown'])})"
