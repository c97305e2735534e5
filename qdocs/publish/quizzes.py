"""Which questions does a lesson ask, are their answers still right, and how do they stand on the page?

A quiz is a file of data. What is right is never typed where a number decides it: it is computed by the package, or it
is a value of the records; and an option that the records make right or wrong carries the claim that does. So a new
record cannot make an answer wrong without a word: it stops the build.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from markdown_it import MarkdownIt
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from qdocs.cases.about import LESSONS, Lesson
from qdocs.errors import WrongUse
from qdocs.publish import claims, handwritten, quiz_answers, safe, words
from qdocs.publish.names import BASE, look_up

FOLDER = Path("docs/data/quizzes")
SCRIPT = "assets/quiz.js"
MOST_TYPED = 1e-9
Named = Mapping[str, Mapping[str, Any]]
Line = Annotated[str, Field(min_length=1, pattern=r"^[^\n]+$")]
Sentence = Annotated[str, Field(pattern=r"^[^\n]+[.?!]$")]
_INLINE = MarkdownIt("zero").enable(["backticks", "emphasis"])


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(_Data):
    """Something to choose, whether it is right, and why; `holds` is the claim on the records that makes it so."""

    text: Line
    right: bool = False
    why: Sentence
    holds: str | None = None


class Step(_Data):
    """One of several in their right order, and why it stands there."""

    text: Line
    why: Sentence


class Slip(_Data):
    """A number that a misconception leads to, computed as the answer is, and what is wrong with it."""

    compute: str
    given: dict[str, float] = {}
    why: Sentence


class _Question(_Data):
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    ask: Line
    section: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.(md|ipynb)#[a-z0-9-]+$")]
    reasoning: bool = False


class Choose(_Question):
    """One choice, several, or one read off a chart of the records, which is named with its model."""

    kind: Literal["one", "several", "chart"]
    options: Annotated[list[Option], Field(min_length=3, max_length=6)]
    chart: str | None = None

    @model_validator(mode="after")
    def _as_its_kind(self) -> Choose:
        many = sum(option.right for option in self.options)
        if self.kind != "several" and many != 1:
            raise ValueError(f"{many} right options: expected one")
        if self.kind == "several" and not 0 < many < len(self.options):
            raise ValueError(f"{many} right options of {len(self.options)}: expected some, and not all")
        if (self.kind == "chart") != (self.chart is not None):
            raise ValueError("a question of kind `chart` names a chart, and no other does")
        if self.kind == "chart" and not all(option.holds for option in self.options):
            raise ValueError("every option of a question on a chart says which claim makes it right or wrong")
        return self


class Number(_Question):
    """A number with its unit; `tolerance` is the share of the answer by which one may be off."""

    kind: Literal["number"]
    unit: Line
    tolerance: Annotated[float, Field(ge=0, le=0.2)]
    compute: str | None = None
    given: dict[str, float] = {}
    value: str | None = None
    digits: Annotated[int, Field(ge=1, le=6)] = 3
    why: Sentence
    slips: list[Slip] = []

    @model_validator(mode="after")
    def _from_one_place(self) -> Number:
        if (self.compute is None) == (self.value is None):
            raise ValueError("expected `compute` or `value`, one of them")
        return self


class Order(_Question):
    """Steps in their right order."""

    kind: Literal["order"]
    steps: Annotated[list[Step], Field(min_length=3, max_length=6)]


Question = Annotated[Choose | Number | Order, Field(discriminator="kind")]


class Quiz(_Data):
    """Ten questions on a lesson."""

    lesson: Lesson
    title: Line
    questions: Annotated[list[Question], Field(min_length=10, max_length=10)]

    @model_validator(mode="after")
    def _told_apart(self) -> Quiz:
        ids = [question.id for question in self.questions]
        if twice := {one for one in ids if ids.count(one) > 1}:
            raise ValueError(f"two questions of the id {', '.join(sorted(twice))}")
        if sum(question.reasoning for question in self.questions) < 4:
            raise ValueError("fewer than four questions with `reasoning`")
        return self


QUIZ = TypeAdapter(Quiz)


def load(root: Path) -> list[Quiz]:
    """Every quiz, in the order of the lessons.

    Raises:
        WrongUse: If one is not as expected, with file and key.
    """
    made = []
    for path in sorted((root / FOLDER).glob("*.yml")):
        quiz = handwritten.load(path, QUIZ)
        if quiz.lesson != path.stem:
            raise WrongUse(f"{path}: lesson is {quiz.lesson}: expected the file's name, {path.stem}")
        made.append(quiz)
    return sorted(made, key=lambda quiz: LESSONS.index(quiz.lesson))


def answer(question: Number, named: Named) -> float:
    """The right number, computed or looked up.

    Raises:
        WrongUse: If there is no such function, or no such value.
    """
    if question.compute:
        return quiz_answers.compute(question.compute, question.given)
    number = look_up(question.value or "", named, "value")["number"]
    if number is None:
        raise WrongUse(f"{question.value} is a text, not a number")
    return float(number)


def asked(quiz: Quiz, published: bool, charts: Iterable[str]) -> Quiz:
    """The quiz without questions that need records which are not there.

    Args:
        quiz: All of it.
        published: Whether there are records.
        charts: Names of the charts that there are.
    """
    there = set(charts)
    kept = [
        question
        for question in quiz.questions
        if not _needs_records(question)
        or (published and (not isinstance(question, Choose) or question.chart is None or question.chart in there))
    ]
    return quiz.model_copy(update={"questions": kept})


def check(quiz: Quiz, named: Named) -> None:
    """See whether the records still make right what the quiz says is right.

    Raises:
        WrongUse: If they do not, with the question.
    """
    for question in quiz.questions:
        try:
            if isinstance(question, Choose):
                for option in question.options:
                    if option.holds:
                        claims.check(option.holds, option.why, named)
            elif isinstance(question, Number):
                right = answer(question, named)
                for slip in question.slips:
                    if _near(right, quiz_answers.compute(slip.compute, slip.given), question.tolerance):
                        raise WrongUse(f"the slip {slip.compute} gives the right answer")
        except WrongUse as problem:
            raise WrongUse(f"{FOLDER / quiz.lesson}.yml, question {question.id}: {problem}") from None


def fragments(quizzes: list[Quiz], named: Named, published: bool, pieces: Mapping[str, str]) -> dict[str, str]:
    """The pieces of each quiz, as `quiz/LESSON`, and the list of all of them for the page of progress.

    Questions that need a record which is not there are left out.

    Args:
        quizzes: All of them.
        named: Values of the records.
        published: Whether there are records.
        pieces: The HTML of all charts, as `chart/NAME`.

    Raises:
        WrongUse: If the records no longer make right what a quiz says is right.
    """
    made = {}
    charts = {name.removeprefix("chart/"): html for name, html in pieces.items() if name.startswith("chart/")}
    kept = [asked(quiz, published, charts) for quiz in quizzes]
    for quiz in kept:
        check(quiz, named)
        made[f"quiz/{quiz.lesson}"] = fragment(quiz, named, charts)
    listed = "".join(
        f'<li data-lesson="{quiz.lesson}" data-questions="{_digests(quiz)}">'
        f'<a href="{BASE}{quiz.lesson}/#quiz">{safe.text(quiz.title)}</a>: <span class="q-score">not begun</span></li>'
        for quiz in kept
    )
    return made | {"page/quizzes": f'<ul class="q-scores">{listed}</ul>'}


def _digests(quiz: Quiz) -> str:
    return " ".join(f"{question.id}:{digest(question)}" for question in quiz.questions)


def fragment(quiz: Quiz, named: Named, charts: Mapping[str, str]) -> str:
    """A quiz as one line of HTML: questions to answer, each with its answer folded away.

    Without scripts it is a list of questions whose answers open; `quiz.js` makes it check itself.
    """
    body = "".join(_question(number, question, named, charts) for number, question in enumerate(quiz.questions, 1))
    return (
        f'<form class="q-quiz" data-script="{BASE}{SCRIPT}" data-lesson="{quiz.lesson}" '
        f'data-title="{safe.text(quiz.title)}" data-search-exclude>'
        '<p class="q-hint q-quiz-kept" hidden></p><div class="q-quiz-said q-unseen" role="status"></div>'
        f"{body}"
        '<div class="q-quiz-end" hidden><p class="q-quiz-score" tabindex="-1"></p>'
        '<button type="button" class="q-button" data-do="retry">Try the wrong ones again</button> '
        '<button type="button" class="q-button" data-do="restart">Start over</button></div></form>'
    )


def digest(question: Choose | Number | Order) -> str:
    """What a question is known by beside its id: when it changes, it is asked again."""
    return hashlib.sha256(question.model_dump_json().encode()).hexdigest()[:8]


def _needs_records(question: Choose | Number | Order) -> bool:
    if isinstance(question, Choose):
        return any(option.holds for option in question.options)
    return isinstance(question, Number) and question.value is not None


def _question(number: int, question: Choose | Number | Order, named: Named, charts: Mapping[str, str]) -> str:
    base = (
        f'<fieldset class="q-question" data-id="{question.id}" data-kind="{question.kind}" '
        f'data-digest="{digest(question)}"'
    )
    head = f"<legend>{number}. {_text(question.ask)}</legend>"
    if isinstance(question, Choose):
        shown, told = _choices(question)
        figure = look_up(question.chart, charts, "chart") if question.chart else ""
        return f"{base}>{head}{figure}{shown}{_folded(number, question, told)}</fieldset>"
    if isinstance(question, Number):
        right = answer(question, named)
        shown, told = _typed(question, right)
        slips = [
            {"value": quiz_answers.compute(slip.compute, slip.given), "why": _text(slip.why)} for slip in question.slips
        ]
        data = (
            f' data-answer="{right!r}" data-tolerance="{question.tolerance!r}" '
            f'data-slips="{safe.text(json.dumps(slips))}"'
        )
        return f"{base}{data}>{head}{shown}{_folded(number, question, told)}</fieldset>"
    shown, told = _ordered(question)
    return f"{base}>{head}{shown}{_folded(number, question, told)}</fieldset>"


def _choices(question: Choose) -> tuple[str, str]:
    kind = "checkbox" if question.kind == "several" else "radio"
    options = _shuffled(question.id, question.options)
    hint = '<p class="q-hint">Choose all that are right.</p>' if question.kind == "several" else ""
    shown = "".join(
        f'<li><label><input type="{kind}" name="{question.id}" value="{at}"> '
        f"<span>{_text(option.text)}</span></label></li>"
        for at, option in enumerate(options)
    )
    told = "".join(
        f'<li data-at="{at}" data-right="{"yes" if option.right else "no"}">'
        f"<strong>{'Right' if option.right else 'Wrong'}:</strong> {_text(option.text)}<br>"
        f"<span>{_text(option.why)}</span></li>"
        for at, option in enumerate(options)
    )
    return f'{hint}<ul class="q-options">{shown}</ul>', f"<ul>{told}</ul>"


def _typed(question: Number, right: float) -> tuple[str, str]:
    unit = _text(question.unit)
    off = f"; within {100 * question.tolerance:g}%" if question.tolerance else ""
    shown = (
        f'<p class="q-typed"><label>Your answer ({unit}{off}) <input type="text" inputmode="decimal" '
        f'name="{question.id}" autocomplete="off"></label></p>'
    )
    told = words.number(right, question.digits) if right != int(right) else f"{right:,.0f}"
    return shown, f"<p><strong>{told} {unit}.</strong> {_text(question.why)}</p>"


def _ordered(question: Order) -> tuple[str, str]:
    steps = list(enumerate(question.steps))
    places = "".join(f'<option value="{place}">{place}</option>' for place in range(1, len(steps) + 1))
    mixed = _shuffled(question.id, steps)
    shown = "".join(
        f'<li><label><select name="{question.id}" data-step="{at}"><option value="">place</option>{places}</select> '
        f"<span>{_text(step.text)}</span></label></li>"
        for at, step in mixed
    )
    told = "".join(f"<li><strong>{_text(step.text)}</strong> {_text(step.why)}</li>" for step in question.steps)
    return f'<ul class="q-options">{shown}</ul>', f"<ol>{told}</ol>"


def _folded(number: int, question: Choose | Number | Order, told: str) -> str:
    page, _, anchor = question.section.partition("#")
    name = page.rpartition(".")[0]
    way = f"{BASE}{'' if name == 'index' else name + '/'}#{anchor}"
    return (
        '<p class="q-check" hidden><button type="button" class="q-button" data-do="check">Check'
        f'<span class="q-unseen"> question {number}</span></button> <span class="q-verdict"></span></p>'
        f'<details class="q-data q-answer"><summary>Answer to question {number}</summary>{told}'
        f'<p><a href="{way}">Read the section that teaches it</a></p></details>'
    )


def _shuffled(seed: str, items: list[Any]) -> list[Any]:
    """In an order that says nothing and is always the same; never the order of the file where that is the answer."""
    mixed, draw = list(items), random.Random(seed)
    while mixed == list(items):
        draw.shuffle(mixed)
    return mixed


def _text(text: str) -> str:
    """A line of a quiz: code and emphasis, nothing else of Markdown."""
    return str(_INLINE.renderInline(text)).strip()


def _near(right: float, given: float, tolerance: float) -> bool:
    return abs(given - right) <= tolerance * abs(right) + MOST_TYPED
