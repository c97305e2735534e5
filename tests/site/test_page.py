"""What every page has around its text: titles that show, a drawer that is closed or open, the palette's scroll bars."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.site.browsers import touch
from tests.site.conftest import Reading

pytestmark = pytest.mark.xdist_group("site")
Start = Callable[..., Reading]
PHONE = {"width": 360, "height": 740}


def within(tip: Locator, width: int, height: int) -> bool:
    box = tip.bounding_box()
    return (
        bool(box)
        and box["x"] >= 0 <= box["y"]
        and box["x"] + box["width"] <= width
        and box["y"] + box["height"] <= height
    )


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 800}])
def test_a_title_shows_where_it_is_pointed_at_and_within_the_page(reading: Start, viewport: dict[str, int]) -> None:
    page = reading(viewport=viewport).open("terms/")
    value = page.locator(".q-value").first
    title = value.get_attribute("title")
    value.hover()  # the first touch of the page, which fetches the script
    tip = page.get_by_role("tooltip")
    expect(tip).to_have_text(title)
    assert within(tip, **viewport)
    assert value.get_attribute("title") is None  # else the browser shows it, too
    assert value.get_attribute("aria-describedby") == tip.get_attribute("id")
    tip.hover()  # a tip that is pointed at stays
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.mouse.move(1, 1)
    expect(tip).to_be_hidden()
    assert value.get_attribute("title") == title
    assert value.get_attribute("aria-describedby") is None


def test_a_term_shows_its_meaning_to_the_keyboard_and_escape_sends_it_away(reading: Start) -> None:
    page = reading(viewport=PHONE).open("fundamentals/")
    touch(page)
    term = page.locator("a.q-term").nth(2)
    title = term.get_attribute("title")
    term.focus()  # which scrolls it into sight
    tip = page.get_by_role("tooltip")
    expect(tip).to_have_text(title)
    assert within(tip, **PHONE)
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert term.get_attribute("title") == title


def test_a_title_shows_at_a_tap_and_goes_at_the_next_one_elsewhere(reading: Start) -> None:
    page = reading(viewport=PHONE, has_touch=True, is_mobile=True).open("terms/")
    touch(page)
    value = page.locator(".q-value").first
    title = value.get_attribute("title")
    value.tap()
    tip = page.get_by_role("tooltip")
    expect(tip).to_have_text(title)
    assert within(tip, **PHONE)
    page.locator("h1").tap()
    expect(tip).to_be_hidden()
    assert value.get_attribute("title") == title


def reached(page: Any, presses: int) -> list[str]:
    found = []
    for _ in range(presses):
        page.keyboard.press("Tab")
        found.append(page.evaluate("document.activeElement.className"))
    return found


def test_a_closed_drawer_is_not_in_the_way_of_the_keyboard_and_an_open_one_is_read(reading: Start) -> None:
    page = reading(viewport=PHONE).open("fundamentals/")
    assert "md-nav__link" not in " ".join(reached(page, 12))
    entry = page.locator(".md-sidebar--primary").get_by_role("link", name="Memory", exact=True)
    assert entry.count() == 0
    page.click("label.md-header__button[for=__drawer]")
    entry.click()
    page.wait_for_url("**/memory/")


@pytest.mark.parametrize(("prefers", "other"), [("light", "dark"), ("dark", "light")])
def test_the_palette_is_the_systems_until_a_reader_chooses_one_which_is_kept(
    reading: Start, prefers: str, other: str
) -> None:
    page = reading(color_scheme=prefers).open("terms/")
    # Scroll bars, too, are of the palette.
    scheme = "getComputedStyle(document.documentElement).colorScheme"
    assert page.evaluate(scheme) == prefers
    page.emulate_media(color_scheme=other)
    page.wait_for_function(f"{scheme} === '{other}'")
    page.get_by_role("button", name=f"Switch to {prefers} colours").click()
    assert page.evaluate(scheme) == prefers
    page.get_by_role("link", name="Fundamentals").first.click()
    page.wait_for_url("**/fundamentals/")
    assert page.evaluate(scheme) == prefers
    page.get_by_role("button", name=f"Switch to {other} colours").click()
    assert page.evaluate(scheme) == other
