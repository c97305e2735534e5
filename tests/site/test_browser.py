from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.site.conftest import (
    ACCURACY_PAGE,
    DRAWN,
    ENCODER,
    FIRST,
    HOSTILE,
    MINE,
    PAGE,
    PUBLISHED,
    SPEED_PAGE,
    SWEEP,
    TASKS,
    Reading,
    Site,
)

pytestmark = pytest.mark.xdist_group("site")
Start = Callable[..., Reading]
BY_PAGE = {SPEED_PAGE: ("speed-size", "memory"), ACCURACY_PAGE: ("fidelity",)}  # charts of a language model's run
SHIFT = """new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput)
  window.shifted = (window.shifted || 0) + e.value }).observe({type: "layout-shift", buffered: true})"""


def block(name: str, run: str = "") -> str:
    return f"#{name}-1-{run or DRAWN[name]}"


def turn_on(page: Any, name: str) -> Any:
    page.click(f"{block(name)} .q-go")
    page.wait_for_selector(f"{block(name)}.q-on .main-svg")
    return page.evaluate("id => document.querySelector(id + ' .q-live').data.length", block(name))


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_draws_when_it_is_first_touched_and_not_before(reading: Start, site: Site, name: str) -> None:
    made = reading()
    page = made.open(PAGE[name])
    page.wait_for_load_state("networkidle")
    assert not any("plotly" in url or "figure.json" in url for url in made.asked)
    page.click(f"{block(name)} .q-box")
    page.wait_for_selector(f"{block(name)}.q-on .main-svg")
    figure = json.loads((site.folder / f"generated/runs/{DRAWN[name]}/{name}-1.figure.json").read_text())
    expected = len(figure["light"]["wide"]["data"])
    drawn = page.evaluate("id => document.querySelector(id + ' .q-live').data.length", block(name))
    assert drawn == expected >= 3
    marks = page.locator(f"{block(name)} .q-live .trace").count()
    assert marks == expected
    assert not page.locator(f"{block(name)} .modebar").count()
    assert page.locator(f"{block(name)} .q-still").first.is_hidden()
    assert sum("plotly" in url for url in made.asked) == 1


def test_the_button_works_by_keyboard_and_turns_back(reading: Start) -> None:
    page = reading().open(SPEED_PAGE)
    page.focus(".q-pick >> nth=-1")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('q-go')"):
            break
    assert page.evaluate("document.activeElement.closest('.q-chart').id") == block("speed-size")[1:]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{block('speed-size')}.q-on .main-svg")
    button = page.locator(f"{block('speed-size')} .q-go")
    assert button.get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.activeElement.classList.contains('q-go')")  # the focus stays
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "false"
    assert page.locator(f"{block('speed-size')} .main-svg").count() == 0
    assert page.locator(f"{block('speed-size')} .q-light").is_visible()


def test_the_chart_follows_the_palette(reading: Start) -> None:
    page = reading().open(SPEED_PAGE)
    turn_on(page, "speed-size")
    colour = f"document.querySelector('{block('speed-size')} .q-live .ytick text').style.fill"
    before = page.evaluate(colour)
    assert page.locator(f"{block('memory')} .q-light").is_visible()
    page.click(".q-palette")
    page.wait_for_function(f"{colour} !== {json.dumps(before)}")
    assert page.locator(f"{block('memory')} .q-dark").is_visible()
    assert page.locator(f"{block('memory')} .q-light").is_hidden()
    page.click(".q-palette")
    page.wait_for_function(f"{colour} === {json.dumps(before)}")


def test_a_reader_who_prefers_dark_gets_dark(reading: Start) -> None:
    page = reading(color_scheme="dark").open(SPEED_PAGE)
    assert page.locator(f"{block('memory')} .q-dark").is_visible()
    turn_on(page, "memory")
    text = page.evaluate(
        "id => getComputedStyle(document.querySelector(id + ' .q-live .annotation-text')).fill", block("memory")
    )
    assert text == "rgb(231, 235, 240)"


def shown(page: Any) -> set[str]:
    runs = page.evaluate("[...document.querySelectorAll('.q-run')].filter(e => e.offsetParent).map(e => e.dataset.run)")
    return set(runs)


def pressed(page: Any) -> set[str]:
    return set(page.eval_on_selector_all(".q-pick[aria-pressed=true]", "all => all.map(b => b.dataset.pick)"))


def test_runs_are_chosen_by_buttons_kept_in_the_address_and_back_works(reading: Start) -> None:
    page = reading().open(SPEED_PAGE)
    assert shown(page) == pressed(page) == FIRST
    for name in (ENCODER, TASKS, SWEEP, MINE):
        page.click(f"[data-pick='{name}']")
    assert shown(page) == pressed(page) == {PUBLISHED}
    assert page.url.endswith(f"?run={PUBLISHED}")
    page.click(f"[data-pick='{PUBLISHED}']")
    assert shown(page) == set()
    assert page.url.endswith("?run=")
    assert page.locator(".q-empty:visible").count() == page.locator(".q-slot").count() > 5
    assert page.locator(".q-picked").inner_text() == "No run is chosen, so nothing is shown."
    page.click(f"[data-pick='{HOSTILE}']")
    assert shown(page) == pressed(page) == {HOSTILE}
    page.go_back()
    assert shown(page) == set()
    page.go_back()
    assert shown(page) == pressed(page) == {PUBLISHED}
    page.go_back()
    assert shown(page) == pressed(page) == {PUBLISHED, MINE}
    page.go_forward()
    page.reload()
    assert shown(page) == pressed(page) == {PUBLISHED}


def test_the_other_page_of_results_shows_the_same_runs(reading: Start) -> None:
    page = reading().open(f"{SPEED_PAGE}?run={PUBLISHED}")
    page.click(f"[data-pick='{TASKS}']")
    page.click("a.q-same-runs")
    page.wait_for_url(f"**/{ACCURACY_PAGE}?**")
    assert shown(page) == pressed(page) == {PUBLISHED, TASKS}
    page.click(f"[data-pick='{PUBLISHED}']")
    page.click("a.q-same-runs")
    page.wait_for_url(f"**/{SPEED_PAGE}?**")
    assert pressed(page) == {TASKS}


@pytest.mark.parametrize("address", ["?run=no-such-run", "?run=%22%5D%7Bx%3Ay%7D"])
def test_an_address_with_an_unknown_run_shows_none(reading: Start, address: str) -> None:
    page = reading().open(SPEED_PAGE + address)
    assert shown(page) == set()
    assert page.locator(".q-empty:visible").count() > 5


def test_buttons_say_which_run_is_the_reader_s(reading: Start) -> None:
    page = reading().open(SPEED_PAGE)
    assert "your run, not published" in page.locator(f"[data-pick='{MINE}']").inner_text()
    assert "your run" not in page.locator(f"[data-pick='{PUBLISHED}']").inner_text()


def test_everything_can_be_read_without_scripts(reading: Start, site: Site) -> None:
    page = reading(java_script_enabled=False).open(SPEED_PAGE)
    for run in (PUBLISHED, MINE, HOSTILE):
        assert page.locator(f"{block('speed-size', run)} .q-still.q-light").is_visible()
    assert page.locator(".q-picker").is_hidden()
    assert page.locator(".q-go:visible").count() == 0
    for name in BY_PAGE[SPEED_PAGE]:
        page.click(f"{block(name)} summary")
        assert page.locator(f"{block(name)} table").is_visible()
    rows = json.loads((site.folder / f"generated/runs/{PUBLISHED}/speed-size-1.json").read_text())
    table = page.locator(f"{block('speed-size')} table").inner_text()
    for row in rows:
        assert f"{row['decode_tokens_per_s']:.1f}" in table
        if row["scheme"] != "bf16":
            assert f"{row['speed_ratio']:.2f}×" in table
    assert "164.2 MB" in page.locator(f"{block('memory')} table").inner_text()
    page.goto(site.url + ACCURACY_PAGE)
    page.click(f"{block('fidelity')} summary")
    closeness = page.locator(f"{block('fidelity')} table").inner_text()
    assert "100%" in closeness
    assert closeness.count("int4wo-g32") == 3  # all together, and each corpus
    for name, scheme in (("accuracy", "int4wo-g32"), ("margin", "int8wo"), ("embedding", "int4wo-g32")):
        page.click(f"{block(name)} summary")
        assert scheme in page.locator(f"{block(name)} table").inner_text()


@pytest.mark.parametrize(
    "path",
    [
        *("", SPEED_PAGE, ACCURACY_PAGE, f"{SPEED_PAGE}?run={HOSTILE}", "tasks/", "practice/", "method/"),
        *("explorer/", "explorer/?kind=latency"),
    ],
)
@pytest.mark.parametrize("width", [1280, 360])
def test_the_layout_does_not_shift(reading: Start, path: str, width: int) -> None:
    made = reading(viewport={"width": width, "height": 740})
    made.page.add_init_script(SHIFT)
    page = made.open(path)
    page.wait_for_load_state("networkidle")
    if "kind=" in path:
        # Nobody scrolls past what has not come yet.
        page.locator(".q-found.q-ready").wait_for()
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(300)
    assert (page.evaluate("window.shifted") or 0) < 0.01


def test_turning_a_chart_on_does_not_move_the_page(reading: Start) -> None:
    page = reading().open(SPEED_PAGE)
    below = f"document.querySelector('{block('memory')}').getBoundingClientRect().top + scrollY"
    before = page.evaluate(below)
    turn_on(page, "speed-size")
    turn_on(page, "sweep")
    assert page.evaluate(below) == before


@pytest.mark.parametrize(
    "path",
    [
        *("", SPEED_PAGE, ACCURACY_PAGE, "tasks/", "schemes/", "commands/", "architecture/", "practice/", "method/"),
        "changelog/",
        *("explorer/", "explorer/?kind=memory"),
    ],
)
def test_a_phone_does_not_scroll_sideways(reading: Start, path: str) -> None:
    page = reading(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).open(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    wide = page.evaluate(
        """[...document.querySelectorAll('.md-content *')].filter(e => e.offsetParent
        && !e.closest('.q-scroll, pre, table') && e.getBoundingClientRect().right > 361)
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert wide == []


def test_a_chart_on_a_phone_uses_the_narrow_figure(reading: Start) -> None:
    page = reading(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).open(ACCURACY_PAGE)
    page.tap(f"{block('fidelity')} .q-box")
    page.wait_for_selector(f"{block('fidelity')}.q-on .main-svg")
    height = page.evaluate("id => document.querySelector(id + ' .q-live').layout.height", block("fidelity"))
    assert height == page.evaluate("id => document.querySelector(id + ' .q-box').offsetHeight", block("fidelity"))
    smallest = page.evaluate(
        """id => Math.min(...[...document.querySelectorAll(id + ' .q-live text')].map(
        t => parseFloat(getComputedStyle(t).fontSize)))""",
        block("fidelity"),
    )
    assert smallest >= 11
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("name", DRAWN)
def test_texts_in_a_drawn_chart_stay_inside_it_and_apart(reading: Start, name: str) -> None:
    page = reading(viewport={"width": 360, "height": 740}).open(PAGE[name])
    turn_on(page, name)
    outside = page.evaluate(
        """id => { const box = document.querySelector(id + ' .q-box').getBoundingClientRect();
        return [...document.querySelectorAll(id + ' .q-live text')].filter(t => {
          const r = t.getBoundingClientRect();
          return r.width && (r.left < box.left - 1 || r.right > box.right + 1) }).map(t => t.textContent) }""",
        block(name),
    )
    assert outside == []


@pytest.mark.parametrize("path", BY_PAGE)
def test_hostile_text_runs_nothing(reading: Start, path: str) -> None:
    page = reading().open(f"{path}?run={HOSTILE}")
    for name in BY_PAGE[path]:
        page.click(f"{block(name, HOSTILE)} .q-go")
        page.wait_for_selector(f"{block(name, HOSTILE)}.q-on .main-svg")
    assert page.evaluate("window.hacked") is None
    text = page.locator(".md-content").inner_text()
    assert "<script>window.hacked=1</script>" in text
    assert "{{ 7*7 }}" in text
    assert "49" not in re.findall(r"``` ?(.{0,6})", text)
    assert "@base@" in text


def test_scripts_twice_do_no_harm(reading: Start) -> None:
    page = reading().open(SPEED_PAGE)
    page.add_script_tag(path=str(page_script()))
    page.click(f"[data-pick='{MINE}']")
    assert shown(page) == pressed(page) == FIRST - {MINE}
    assert turn_on(page, "speed-size") == 3


def page_script() -> Any:
    from tests.site.conftest import ROOT

    return ROOT / "docs/assets/charts.js"


def test_a_chart_whose_data_is_missing_says_so(browser: Any, site: Site) -> None:
    page = browser.new_page()
    page.route("**/*.figure.json", lambda route: route.fulfill(status=404))
    page.goto(site.url + SPEED_PAGE)
    page.click(f"{block('memory')} .q-go")
    page.wait_for_function(
        "id => document.querySelector(id + ' .q-status').textContent.startsWith('Not')", arg=block("memory")
    )
    assert "could not be loaded" in page.locator(f"{block('memory')} .q-status").inner_text()
    assert page.locator(f"{block('memory')} .q-light").is_visible()
    page.unroute("**/*.figure.json")
    turn_on(page, "memory")  # a second try works
    page.close()


def test_printing_opens_the_tables_and_closes_them_again(reading: Start) -> None:
    page = reading().open(SPEED_PAGE)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.q-data:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.q-data[open]").count() == 0


def test_search_finds_prose_but_not_tables(site: Site) -> None:
    docs = json.loads((site.folder / "search/search_index.json").read_text())["docs"]
    text = " ".join(doc["text"] for doc in docs)
    assert "top-1 agreement" in text.lower()
    assert "peak RSS increase" not in text
    assert len(json.dumps(docs)) < 280_000


def test_reduced_motion_moves_nothing(reading: Start) -> None:
    page = reading(reduced_motion="reduce").open(SPEED_PAGE)
    assert page.evaluate("getComputedStyle(document.querySelector('.q-go')).transitionDuration") == "0s"
    turn_on(page, "speed-size")
    assert (
        page.evaluate("id => document.querySelector(id + ' .q-live').layout.transition.duration", block("speed-size"))
        == 0
    )


def test_dialogs_and_pictures_have_names(reading: Start) -> None:
    page = reading().open(SPEED_PAGE)
    assert page.locator("[role=dialog]:not([aria-label])").count() == 0
    assert page.locator("img:not([alt])").count() == 0
    unnamed = page.eval_on_selector_all(
        "button", "all => all.filter(b => !b.innerText.trim() && !b.ariaLabel && !b.title).length"
    )
    assert unnamed == 0


def test_code_blocks_have_landmarks_that_can_be_told_apart(reading: Start) -> None:
    page = reading().open("schemes/")
    page.wait_for_selector(".md-code__nav[aria-label]")
    names = page.eval_on_selector_all(".md-code__nav", "all => all.map(nav => nav.getAttribute('aria-label'))")
    assert len(names) >= 4
    assert len(set(names)) == len(names)
    assert None not in names
