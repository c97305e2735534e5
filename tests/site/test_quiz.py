"""Does a quiz check itself, by keyboard alone, and is a reader's way kept, carried elsewhere, and forgotten?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qdocs.publish import quizzes
from qdocs.publish.quizzes import Choose, Number, Order
from tests.site.browsers import touch
from tests.site.conftest import ROOT, Reading, Site
from tests.site.test_practice import BLOCKED, FULL

pytestmark = pytest.mark.xdist_group("site")
Start = Callable[..., Reading]
EVERY = quizzes.load(ROOT)
(QUIZ,) = (quiz for quiz in EVERY if quiz.lesson == "fundamentals")
AXE = ROOT / "build/site-check/node_modules/axe-core/axe.min.js"


def opened(reading: Start, path: str = "fundamentals/", **options: Any) -> tuple[Reading, Any]:
    made = reading(**options)
    page = made.open(path)
    touch(page)
    return made, page


def question(page: Any, name: str) -> Any:
    return page.locator(f".q-question[data-id={name}]")


def right_of(page: Any, one: Any) -> Any:
    """What is right, as the page has it: positions of options, a number, or places of steps."""
    field = question(page, one.id)
    if isinstance(one, Number):
        return field.get_attribute("data-answer")
    if isinstance(one, Order):
        return [int(at) + 1 for at in field.locator("select").evaluate_all("all => all.map(f => f.dataset.step)")]
    told = field.locator(".q-answer li").evaluate_all("all => all.map(o => [o.dataset.at, o.dataset.right])")
    return {int(at) for at, right in told if right == "yes"}


def answer(page: Any, one: Any, rightly: bool = True) -> None:
    """Answer a question and check it, with the keyboard alone, from its first field on."""
    field, right = question(page, one.id), right_of(page, one)
    if isinstance(one, Choose) and one.kind != "several":
        at = next(iter(right)) if rightly else next(i for i in range(len(one.options)) if i not in right)
        field.locator("input").first.focus()
        page.keyboard.press("Space")
        for _ in range(at):
            page.keyboard.press("ArrowDown")
    elif isinstance(one, Choose):
        wanted = right if rightly else set(range(len(one.options)))
        field.locator("input").first.focus()
        for at in range(len(one.options)):
            if at in wanted:
                page.keyboard.press("Space")
            page.keyboard.press("Tab")
    elif isinstance(one, Number):
        field.locator("input").focus()
        page.keyboard.type(right if rightly else "123456")
    else:
        field.locator("select").first.focus()
        for place in right if rightly else reversed(right):
            page.keyboard.type(str(place))
            page.keyboard.press("Tab")
    field.locator("[data-do=check]").focus()
    page.keyboard.press("Enter")
    assert field.get_attribute("data-result") == ("right" if rightly else "wrong")


def said(page: Any) -> str:
    return str(page.locator(".q-quiz-said").inner_text())


def test_a_whole_quiz_by_keyboard_is_there_again_and_goes_to_a_fresh_browser(reading: Start, tmp_path: Path) -> None:
    made, page = opened(reading)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method != "GET" else None)
    for one in QUIZ.questions:
        answer(page, one, rightly=one.id != "padding")
    assert page.locator(".q-quiz-score").inner_text() == "You have 9 of 10 right."
    assert page.evaluate("document.activeElement.matches('.q-quiz-score')")
    page.reload()
    touch(page)
    assert page.locator(".q-quiz-score").inner_text() == "You have 9 of 10 right."
    page.get_by_role("button", name="Try the wrong ones again").focus()
    page.keyboard.press("Enter")
    assert page.locator(".q-question[data-result]").count() == 9
    assert page.evaluate("document.activeElement.name") == "padding"
    answer(page, next(one for one in QUIZ.questions if one.id == "padding"))
    assert page.locator(".q-quiz-score").inner_text() == "You have 10 of 10 right."
    made.open("progress/")
    touch(page)
    assert "10 of 10 right on " in page.locator(".q-scores").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export to a file").press("Enter")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert sent == []

    _, fresh = opened(reading, "progress/")
    assert "not begun" in fresh.locator(".q-scores").inner_text()
    fresh.set_input_files(".q-progress input[type=file]", file)
    fresh.wait_for_function("document.querySelector('.q-progress-said').textContent")
    assert fresh.locator(".q-progress-said").inner_text().startswith("qdocs-progress.json is taken in")
    assert "10 of 10 right on " in fresh.locator(".q-scores").inner_text()


def test_a_wrong_answer_says_why_and_a_blank_or_strange_one_is_not_taken(reading: Start) -> None:
    _, page = opened(reading)
    field = question(page, "group-bits")
    assert not field.locator(".q-answer").is_visible()
    check = field.locator("[data-do=check]")
    check.click()
    assert said(page) == "Choose or write an answer first."
    field.locator("input").fill("four")
    check.click()
    assert said(page) == "“four” is no number."
    assert field.get_attribute("data-result") is None
    field.locator("input").fill("4")
    check.click()
    assert field.get_attribute("data-result") == "wrong"
    assert "leaves out the scales and zero points" in field.locator(".q-verdict").inner_text()
    assert field.locator(".q-answer").is_visible()
    assert said(page) == "Question 2: not right."
    assert field.locator("input").is_disabled()


@pytest.mark.parametrize(
    ("typed", "number"),
    [("4.5", 4.5), ("4,5", 4.5), (" 1,234.5 ", 1234.5), ("1 234", 1234), ("12%", 12), ("-3", -3), (".5", 0.5)]
    + [(text, None) for text in ("", "four", "1e5", "1,2,3", "--1", "0x10", "<b>")],
)
def test_numbers_are_read_as_people_write_them(reading: Start, typed: str, number: float | None) -> None:
    _, page = opened(reading)
    assert page.evaluate("async text => (await import('/assets/quiz.js')).parsed(text)", typed) == number


def test_starting_over_opens_all_and_keeps_the_score_until_there_is_a_new_one(reading: Start) -> None:
    made, page = opened(reading)
    for one in QUIZ.questions:
        answer(page, one)
    page.get_by_role("button", name="Start over").click()
    assert page.locator(".q-question[data-result]").count() == 0
    assert not page.locator(".q-quiz-end").is_visible()
    made.open("progress/")
    touch(page)
    assert "10 of 10 right" in page.locator(".q-scores").inner_text()
    assert "0 of 10 answered" in page.locator(".q-scores").inner_text()


def test_a_changed_question_asks_to_be_answered_again(reading: Start) -> None:
    made, page = opened(reading)
    answer(page, QUIZ.questions[0])
    page.evaluate(
        """id => { const kept = JSON.parse(localStorage["qdocs:quiz"]);
        kept.data.fundamentals.answers[id].digest = "00000000"; localStorage["qdocs:quiz"] = JSON.stringify(kept) }""",
        QUIZ.questions[0].id,
    )
    page.reload()
    touch(page)
    field = question(page, QUIZ.questions[0].id)
    assert "has changed since you answered it" in field.locator(".q-verdict").inner_text()
    assert field.get_attribute("data-result") is None
    made.open("progress/")
    touch(page)
    assert "1 question changed since" in page.locator(".q-scores").inner_text()


@pytest.mark.parametrize("key", ["qdocs:quiz", "qdocs:read"])
@pytest.mark.parametrize(
    "kept", ["{", "null", "[]", '{"version": 9, "data": {}}', '{"version": 1, "data": {"fundamentals": 7}}']
)
def test_what_is_foreign_in_storage_is_set_aside(reading: Start, key: str, kept: str) -> None:
    _, page = opened(reading)
    page.evaluate("([key, kept]) => { localStorage[key] = kept }", [key, kept])
    page.reload()
    touch(page)
    answer(page, QUIZ.questions[0])
    page.goto(page.url.replace("fundamentals/", "progress/"))
    touch(page)
    assert page.evaluate("key => localStorage[key + ':aside']", key) == kept
    assert "1 of 10 answered" in page.locator(".q-scores").inner_text()


@pytest.mark.parametrize("script", [BLOCKED, FULL], ids=["blocked", "full"])
def test_where_nothing_can_be_kept_the_quiz_works_and_says_so(reading: Start, script: str) -> None:
    made = reading()
    made.page.add_init_script(script)
    page = made.open("fundamentals/")
    touch(page)
    assert "does not let the page remember" in said(page)
    answer(page, QUIZ.questions[0])
    assert "does not let the page remember" in said(page)
    if script == BLOCKED:
        made.errors.clear()  # the theme itself stumbles over this


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "it is no JSON"),
        ("{}", "it was not exported from this guide"),
        ('{"format": "qdocs-progress", "version": 2}', "it has version 2"),
        ('{"format": "qdocs-progress", "version": 1}', "its part “practice” is missing"),
        (
            '{"format": "qdocs-progress", "version": 1, "practice": {"data": {"a": 1}}, "quiz": {}, "read": {}}',
            "its part “practice” is not as it was exported",
        ),
    ],
)
def test_a_file_that_is_no_export_is_refused_with_the_reason(reading: Start, text: str, why: str) -> None:
    _, page = opened(reading, "progress/")
    page.set_input_files(
        ".q-progress input[type=file]", {"name": "x.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    page.wait_for_function("document.querySelector('.q-progress-said').textContent")
    assert page.locator(".q-progress-said").inner_text().startswith(f"x.json was not taken: {why}")


def test_of_two_devices_the_newest_stays(reading: Start) -> None:
    _, page = opened(reading, "progress/")
    made = page.evaluate(
        """async () => { const { joined } = await import("/assets/progress-store.js");
        const one = (at, right) => ({ digest: "a", answer: "1", right, at });
        return joined(
          { quiz: { l: { answers: { q: one("2026-01-02", true), p: one("2026-01-01", true) }, finished: null } },
            read: { "a/": "2026-01-05" }, practice: { x: "mine" }, practiceAt: "2026-01-03" },
          { quiz: { l: { answers: { q: one("2026-01-01", false), p: one("2026-01-02", false) },
                         finished: { right: 1, of: 2, at: "2026-01-02" } } },
            read: { "a/": "2026-01-01", "b/": "2026-01-02" },
            practice: { x: "theirs" }, practiceAt: "2026-01-02" }) }"""
    )
    answers = made["quiz"]["l"]["answers"]
    assert (answers["q"]["right"], answers["p"]["right"]) == (True, False)
    assert made["quiz"]["l"]["finished"]["right"] == 1
    assert made["read"] == {"a/": "2026-01-01", "b/": "2026-01-02"}
    assert made["practice"]["data"] == {"x": "mine"}


def test_a_page_read_to_the_end_is_marked_and_a_first_visit_fetches_nothing_for_it(reading: Start) -> None:
    made = reading()
    page = made.open("ship-it/")
    page.wait_for_load_state("networkidle")
    assert not any("read.js" in url for url in made.asked)
    page.keyboard.press("End")
    page.wait_for_function("localStorage['qdocs:read']")
    assert list(json.loads(page.evaluate("localStorage['qdocs:read']"))["data"]) == ["ship-it/"]
    page.wait_for_selector(".md-nav--primary .q-read")
    made.open("progress/")
    touch(page)
    assert "Ship it, " in page.locator(".q-pages").inner_text()


def test_one_button_forgets_everything(reading: Start) -> None:
    made, page = opened(reading)
    answer(page, QUIZ.questions[0])
    made.open("progress/")
    touch(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget everything").press("Enter")
    assert "nothing of yours is left" in page.locator(".q-progress-said").inner_text()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('qdocs:'))") == []
    assert "not begun" in page.locator(".q-scores").inner_text()


def test_without_scripts_questions_are_there_and_answers_open(reading: Start) -> None:
    page = reading(java_script_enabled=False).open("fundamentals/")
    assert page.locator(".q-question").count() == 10
    assert page.locator(".q-answer").count() == 10
    answered = page.locator(".q-answer").first
    answered.locator("summary").click()
    assert "Right:" in answered.inner_text()


def test_on_paper_questions_come_first_and_answers_after_them(reading: Start) -> None:
    _, page = opened(reading)
    answer(page, QUIZ.questions[0])
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".q-question .q-answer").count() == 0
    assert page.locator(".q-answers .q-answer[open]").count() == 10
    assert not page.locator(".q-check").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator(".q-question > .q-answer").count() == 10
    assert page.locator(".q-answer:visible").count() == 1


@pytest.mark.skipif(not AXE.exists(), reason="axe-core comes with `make site-check`")
@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("quiz", EVERY, ids=lambda quiz: quiz.lesson)
def test_nothing_keeps_anybody_out_in_any_state_of_a_quiz(reading: Start, quiz: quizzes.Quiz, palette: str) -> None:
    path = f"{quiz.lesson}/"
    _, page = opened(reading, path, viewport={"width": 390, "height": 800}, color_scheme=palette)
    there = [one for one in quiz.questions if question(page, one.id).count()]
    assert len(there) >= len(quiz.questions) - 1, "a question on a chart of another run is left out"
    for index, one in enumerate(there):
        answer(page, one, rightly=index % 2 == 0)
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run('.q-quiz').then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
    assert found == []


def test_the_table_of_a_question_on_a_chart_scrolls_in_its_own_box(reading: Start) -> None:
    _, page = opened(reading, viewport={"width": 360, "height": 740})
    page.evaluate("document.querySelectorAll('.q-question .q-data').forEach(table => table.open = true)")
    assert page.locator(".q-question .q-grid:visible").count()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_sections_that_answers_lead_to_are_there(site: Site) -> None:
    for quiz in quizzes.load(ROOT):
        for one in quiz.questions:
            page, _, anchor = one.section.partition("#")
            html = (site.folder / page.rpartition(".")[0] / "index.html").read_text(encoding="utf-8")
            assert f'id="{anchor}"' in html, one.section


def test_a_quiz_below_is_fetched_when_a_reader_first_scrolls_and_one_in_sight_at_once(reading: Start) -> None:
    made = reading()
    page = made.open("attention/")
    page.wait_for_load_state("networkidle")
    assert not any("quiz.js" in url for url in made.asked)
    page.mouse.wheel(0, 10)
    page.wait_for_selector(".q-quiz[data-wired]")
    page = made.open("progress/")
    page.wait_for_selector(".q-progress[data-wired]")
