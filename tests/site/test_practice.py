"""Do the exercises stay in the browser, come back, leave as Markdown, and go when they are told to?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.site.browsers import touch
from tests.site.conftest import Reading

pytestmark = pytest.mark.xdist_group("site")
Start = Callable[..., Reading]
KEY, ASIDE = "qdocs:practice", "qdocs:practice:aside"
BLOCKED = (
    """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } })"""
)
FULL = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }"""
EXPLANATION = "Your explanation"
HOSTILE = '<img src=x onerror="window.hacked = 1"> `{{ 7*7 }}`\n# not a heading'


def opened(reading: Start, **options: Any) -> tuple[Reading, Any]:
    made = reading(**options)
    page = made.open("practice/")
    touch(page)
    return made, page


def kept(page: Any, key: str = KEY) -> Any:
    found = page.evaluate("key => localStorage.getItem(key)", key)
    return found and {name: value for name, value in json.loads(found).items() if name != "at"}


def said(page: Any) -> str:
    return str(page.locator(".q-keep [role=status]").inner_text())


def exported(page: Any) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as Markdown").click()
    assert download.value.suggested_filename == "practice.md"
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_what_is_written_is_there_again_and_nothing_is_sent(reading: Start) -> None:
    made, page = opened(reading)
    assert said(page) == "What you write is kept in this browser."
    assert kept(page) is None
    asked = len(made.asked)
    page.get_by_label(EXPLANATION).fill(HOSTILE)
    page.get_by_label("Which claim do you check?").select_option("B")
    page.locator("summary").first.click()
    page.get_by_label("It names what is left alone").check()
    # A first touch of the page fetches what marks pages as read; nothing is sent.
    assert {url.rpartition("/")[2] for url in made.asked[asked:]} <= {
        "read.js",
        "progress-store.js",
        "practice-store.js",
        "store.js",
    }
    assert page.url.endswith("/practice/")
    assert kept(page) == {"version": 1, "data": {"int8-words": HOSTILE, "claim": "B", "int8-good-3": True}}
    page.reload()
    touch(page)
    assert page.get_by_label(EXPLANATION).input_value() == HOSTILE
    assert page.get_by_label("Which claim do you check?").input_value() == "B"
    page.locator("summary").first.click()
    assert page.get_by_label("It names what is left alone").is_checked()
    assert not page.get_by_label("It gives one case").is_checked()
    assert said(page) == "What you wrote before is back."
    assert page.evaluate("window.hacked") is None


def test_two_tabs_do_not_take_away_each_other_s_answers(reading: Start) -> None:
    made, page = opened(reading)
    other = page.context.new_page()
    other.goto(made.base + "practice/")
    touch(other)
    page.get_by_label(EXPLANATION).fill("one")
    other.get_by_label("First step", exact=True).fill("two")
    page.wait_for_function("key => 'steps-first' in JSON.parse(localStorage.getItem(key)).data", arg=KEY)
    assert kept(page)["data"] == {"int8-words": "one", "steps-first": "two"}


def test_answers_leave_as_markdown(reading: Start) -> None:
    _, page = opened(reading)
    page.get_by_label(EXPLANATION).fill(HOSTILE)
    page.get_by_label("Which claim do you check?").select_option("C")
    page.locator("summary").first.click()
    page.get_by_label("It names what is left alone").check()
    text = exported(page)
    assert text.startswith("# Practice safely\n")
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == page.locator(".q-practice h2").evaluate_all(
        "all => all.map(h => '## ' + h.firstChild.textContent)"
    )
    assert len(headings) == 3
    assert f"**{EXPLANATION}**\n\n{HOSTILE}\n" in text
    assert "- [x] It names what is left alone, such as the embedding and the output head.\n" in text
    assert text.count("- [ ] ") == page.locator(".q-practice [type=checkbox]").count() - 1
    assert "**Which claim do you check?**\n\nC: " in text
    assert "**What is missing**\n\n(nothing written)\n" in text
    assert said(page) == "Exported as practice.md."


def test_one_button_forgets_by_keyboard_and_asks_first(reading: Start) -> None:
    _, page = opened(reading)
    page.get_by_label(EXPLANATION).fill("a secret")
    page.evaluate("key => localStorage.setItem(key, 'older')", ASIDE)
    questions: list[str] = []
    answers = iter(["dismiss", "accept"])
    page.on("dialog", lambda dialog: (questions.append(dialog.message), getattr(dialog, next(answers))()))
    page.get_by_role("button", name="Forget my answers").focus()
    page.keyboard.press("Enter")
    assert kept(page)["data"] == {"int8-words": "a secret"}
    page.keyboard.press("Enter")
    assert questions == ["Forget everything that you wrote on this page?"] * 2
    assert page.get_by_label(EXPLANATION).input_value() == ""
    assert "secret" not in page.evaluate("JSON.stringify({ ...localStorage })")
    assert kept(page) is None
    assert page.evaluate("key => localStorage.getItem(key)", ASIDE) is None
    assert said(page) == "Forgotten: nothing that you wrote here is left."


@pytest.mark.parametrize("script", [BLOCKED, FULL])
def test_where_nothing_can_be_kept_the_page_works_and_says_so(reading: Start, script: str) -> None:
    made = reading()
    made.page.add_init_script(script)
    page = made.open("practice/")
    touch(page)
    refuses = "This browser does not let the page remember: export what you write before you leave."
    assert said(page) == refuses
    page.get_by_label(EXPLANATION).fill("still here")
    assert said(page) == refuses
    assert "still here" in exported(page)
    if script == BLOCKED:
        made.errors.clear()  # the theme itself stumbles over this


@pytest.mark.parametrize(
    "foreign",
    [
        "{",
        "null",
        "[]",
        '"text"',
        '{"version": 2, "data": {"int8-words": "of a later version"}}',
        '{"version": 1}',
        '{"version": 1, "data": null}',
        '{"version": 1, "data": ["a"]}',
        '{"version": 1, "data": {"int8-words": {"a": 1}}}',
    ],
)
def test_what_is_broken_or_foreign_is_set_aside(reading: Start, foreign: str) -> None:
    made = reading()
    made.page.add_init_script(
        f"if (!sessionStorage.seen) localStorage.setItem({json.dumps(KEY)}, {json.dumps(foreign)})"
    )
    made.page.add_init_script("sessionStorage.seen = 1")
    page = made.open("practice/")
    touch(page)
    assert page.get_by_label(EXPLANATION).input_value() == ""
    assert page.evaluate("key => localStorage.getItem(key)", ASIDE) == foreign
    assert page.evaluate("key => localStorage.getItem(key)", KEY) is None
    page.get_by_label(EXPLANATION).fill("new")
    assert kept(page)["data"] == {"int8-words": "new"}
    assert page.evaluate("key => localStorage.getItem(key)", ASIDE) == foreign


def test_kept_fields_that_the_page_does_not_have_do_no_harm(reading: Start) -> None:
    made = reading()
    data = {"gone": "kept all the same", "int8-words": True, "claim": "Z", "int8-good-1": "yes"}
    before = json.dumps(json.dumps({"version": 1, "data": data}))
    made.page.add_init_script(f"localStorage.setItem({json.dumps(KEY)}, {before})")
    page = made.open("practice/")
    touch(page)
    assert page.get_by_label(EXPLANATION).input_value() == ""
    assert page.locator("[name=int8-good-1]").is_checked() is False
    page.get_by_label("What is missing").fill("x")
    assert kept(page)["data"] == data | {"claim-missing": "x"}


def test_without_scripts_one_can_write_and_is_told_that_nothing_is_kept(reading: Start) -> None:
    page = reading(java_script_enabled=False).open("practice/")
    assert page.locator("noscript .q-absent").is_visible()
    page.get_by_label(EXPLANATION).fill("written")
    assert page.get_by_role("button", name="Export as Markdown").count() == 0
    page.locator("summary").first.click()
    page.get_by_label("It names what is left alone").check()
    # Nothing that a reader could press would put what they wrote into an address.
    assert page.locator(".q-practice form, form .q-practice").count() == 0


def test_every_field_has_a_name_and_a_label_of_its_own(reading: Start) -> None:
    _, page = opened(reading)
    fields = page.locator(".q-practice [name]")
    names = fields.evaluate_all("all => all.map(field => field.name)")
    assert len(names) == len(set(names)) > 20
    labels = fields.evaluate_all("all => all.map(field => field.labels[0].textContent.trim())")
    assert len(labels) == len(set(labels))
    assert page.locator(".q-practice details").count() == page.locator(".q-practice h2").count() == 3
    assert page.locator(".q-practice details[open]").count() == 0


def test_the_script_twice_does_no_harm(reading: Start) -> None:
    _, page = opened(reading)
    page.evaluate("import('/assets/practice.js?again')")
    page.get_by_label(EXPLANATION).fill("singular")
    assert exported(page).count("singular") == 1


def test_what_has_the_focus_is_not_hidden_by_the_bar(reading: Start) -> None:
    _, page = opened(reading, viewport={"width": 390, "height": 700})
    for _ in range(120):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => { const [at, bar] = [document.activeElement, document.querySelector(".q-keep")];
            if (!at.closest(".q-practice") || bar.contains(at)) return null;
            const [top, edge] = [at, bar].map((element) => element.getBoundingClientRect().top);
            return top >= edge ? at.name || at.textContent : null }"""
        )
        assert hidden is None
        if page.evaluate("document.activeElement.dataset.do") == "forget":
            break
    else:
        pytest.fail("the buttons are not reached by keyboard")


def test_only_this_page_loads_the_script(reading: Start) -> None:
    made = reading()
    made.open("schemes/").wait_for_load_state("networkidle")
    assert not any("practice.js" in url or "store.js" in url for url in made.asked)
