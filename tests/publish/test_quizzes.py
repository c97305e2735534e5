"""Is every quiz answer what the package and the records say, and does a change of either stop the build?"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from scipy import stats

from qdocs.errors import WrongUse
from qdocs.publish import quizzes, values
from qdocs.publish.quizzes import Choose, Number, Order, Quiz
from qdocs.publish.runs import find, in_full, said
from tests.publish import cases

ROOT = Path(__file__).parents[2]
ALL = quizzes.load(ROOT)
# Every number again, by another way than the package's own.
AGAIN = {
    ("fundamentals", "group-bits"): 4 + 32 / 64,
    ("fundamentals", "padding"): 1024 / 576,
    ("fundamentals", "flips-needed"): next(
        k for k in range(8, 17) if stats.binomtest(k, 16, 0.5, alternative="two-sided").pvalue < 0.05
    ),
    ("fundamentals", "utilization"): 2 / (500 * 0.4 * 3600) * 1_000_000,
    ("alignment", "gain-of-a-pair"): (33 - 30) - (32 - 31),
    ("alignment", "turned-by-luck"): stats.binomtest(5, 5, 0.5, alternative="two-sided").pvalue,
    ("alignment", "turns-needed"): next(
        k for k in range(10, 21) if stats.binomtest(k, 20, 0.5, alternative="two-sided").pvalue < 0.05
    ),
    ("attention", "two-keys"): float(np.exp(2) / np.exp([2, 0]).sum()),
    ("attention", "cache-of-8b"): 131_072 * 4096 / 1_000_000,
    ("attention", "how-many-users"): next(n for n in range(100) if (n + 1) * 131_072 * 8192 > 10e9),
    ("attention", "most-to-win"): 8 / 5,
    ("tokenization", "pieces-of-a-word"): len(["_", "p", "late", "l", "e", "t"]),
    ("tokenization", "cheaper-token"): 900 * 0.8 / (600 * 1.0),
    ("tokenization", "both-at-once"): 2.4 / 1.5,
    ("tokenization", "room-in-the-window"): 8192 - 3000 * 2.5,
}
NUMBERS = [(quiz, one) for quiz in ALL for one in quiz.questions if isinstance(one, Number)]


@pytest.fixture(scope="module")
def named() -> dict[str, Any]:
    """The values of the published records."""
    runs = [found for found in find(ROOT)[0] if found.ours]
    return values.dump(values.collect(in_full(runs, said(ROOT))))


def raw(lesson: str = "fundamentals") -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((ROOT / quizzes.FOLDER / f"{lesson}.yml").read_text(encoding="utf-8"))
    return made


def changed(tmp_path: Path, **question: Any) -> list[Quiz]:
    """The fundamentals quiz with fields of its first question changed."""
    data = raw()
    data["questions"][0] |= question
    (tmp_path / quizzes.FOLDER).mkdir(parents=True)
    (tmp_path / quizzes.FOLDER / "fundamentals.yml").write_text(yaml.safe_dump(data), encoding="utf-8")
    return quizzes.load(tmp_path)


@pytest.mark.parametrize(("quiz", "question"), NUMBERS, ids=lambda one: getattr(one, "id", None))
def test_every_number_comes_out_again(quiz: Quiz, question: Number, named: dict[str, Any]) -> None:
    right = quizzes.answer(question, named)
    if question.value:
        assert right == named[question.value]["number"]
    else:
        assert right == pytest.approx(AGAIN[quiz.lesson, question.id], rel=1e-6)
    assert math.isfinite(right)
    html = quizzes.fragment(quiz, named, _any_chart(quiz))
    assert f'data-answer="{right!r}"' in html


@pytest.mark.parametrize("quiz", ALL, ids=lambda quiz: quiz.lesson)
def test_the_records_bear_out_every_answer(quiz: Quiz, named: dict[str, Any]) -> None:
    quizzes.check(quiz, named)


@pytest.mark.parametrize("quiz", ALL, ids=lambda quiz: quiz.lesson)
def test_every_option_explains_itself_and_says_where_to_read(quiz: Quiz) -> None:
    html = quizzes.fragment(quizzes.asked(quiz, False, []), {}, {})
    for question in quiz.questions:
        page = question.section.partition("#")[0]
        assert (ROOT / "docs" / page).is_file() or page.endswith(".ipynb")
        if isinstance(question, Choose):
            whys = [option.why for option in question.options]
            assert len(whys) == len(set(whys))
    assert html.count("<fieldset") >= 8
    assert html.count("Read the section that teaches it") == html.count("<fieldset")
    assert "\n" not in html


def test_quizzes_are_listed_in_the_order_of_the_navigation() -> None:
    listed = quizzes.fragments([quizzes.asked(quiz, False, []) for quiz in ALL], {}, False, {})["page/quizzes"]
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    places = [navigation.index(f": {lesson}.md") for lesson in re.findall(r'data-lesson="(\w+)"', listed)]
    assert len(places) == len(ALL)
    assert places == sorted(places)
    assert listed.count('</a>: <span class="q-score">not begun</span>') == len(ALL)


def test_an_answer_that_a_new_record_contradicts_stops_the_build(named: dict[str, Any]) -> None:
    (quiz,) = (quiz for quiz in ALL if quiz.lesson == "fundamentals")
    faster = named | {"int8wo.eager.speed-low": {"text": "1.20×", "scope": "", "number": 1.2}}
    with pytest.raises(WrongUse, match=r"fundamentals.yml, question speed-chart: .*int8wo.eager.speed-low < 1"):
        quizzes.check(quiz, faster)


def test_the_order_of_options_says_nothing_and_stays(named: dict[str, Any]) -> None:
    first_right = 0
    many = 0
    for quiz in ALL:
        html = quizzes.fragment(quiz, named, _any_chart(quiz))
        assert html == quizzes.fragment(quiz, named, _any_chart(quiz))
        for question in re.findall(r'<fieldset[^>]*data-kind="one".*?</fieldset>', html):
            many += 1
            first_right += 'data-at="0" data-right="yes"' in question
        for question in quiz.questions:
            if isinstance(question, Order):
                shown = re.search(rf'data-id="{question.id}".*?</fieldset>', html)
                assert shown
                places = [int(at) for at in re.findall(r'data-step="(\d)"', shown[0])]
                assert sorted(places) == list(range(len(question.steps)))
                assert places != sorted(places)
    assert first_right < many, "the right one is not always first"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "maybe"}, "questions.0"),
        ({"options": [{"text": "a", "why": "b."}] * 3}, "0 right options: expected one"),
        ({"chart": "speed-size"}, "names a chart, and no other does"),
        ({"section": "nowhere"}, "section"),
        ({"id": "padding"}, "two questions of the id padding"),
        ({"ask": "one\ntwo"}, "ask"),
        ({"more": 1}, "more"),
    ],
)
def test_a_quiz_that_is_not_as_expected_is_named_with_the_key(
    tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    with pytest.raises(WrongUse, match=r"fundamentals\.yml") as caught:
        changed(tmp_path, **change)
    assert told in str(caught.value)


def test_markup_in_a_quiz_is_text(tmp_path: Path, named: dict[str, Any]) -> None:
    (quiz,) = changed(tmp_path, ask=cases.HOSTILE + "?")
    html = quizzes.fragment(quiz, named, _any_chart(quiz))
    assert "<script>" not in html
    assert "<img" not in html


def test_an_unknown_function_or_other_numbers_are_named() -> None:
    from qdocs.publish.quiz_answers import compute

    with pytest.raises(WrongUse, match="nearest: bits_a_weight"):
        compute("bits_per_weight", {})
    with pytest.raises(WrongUse, match="takes bits, group, and not bits"):
        compute("bits_a_weight", {"bits": 4})


def _any_chart(quiz: Quiz) -> dict[str, str]:
    asked = [question.chart for question in quiz.questions if isinstance(question, Choose) and question.chart]
    return dict.fromkeys(asked, "<figure></figure>")


def test_a_question_on_a_chart_that_no_run_has_is_left_out_and_no_other(named: dict[str, Any]) -> None:
    for quiz in ALL:
        charts = _any_chart(quiz)
        assert quizzes.asked(quiz, True, charts) == quiz
        left = quizzes.asked(quiz, True, [])
        assert [one.id for one in quiz.questions if one not in left.questions] == [
            one.id for one in quiz.questions if one.kind == "chart"
        ]
        assert all(one.kind != "chart" for one in quizzes.asked(quiz, False, charts).questions)
