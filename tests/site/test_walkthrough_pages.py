"""Does a walkthrough look and work like every other page, though a notebook is behind it?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from qdocs import notebooks
from tests.site.conftest import ROOT, Reading, Site

pytestmark = pytest.mark.xdist_group("site")
Start = Callable[..., Reading]
PAGES = {"int8-weight-only": "int8_weight_only", "int4-weight-only": "int4_weight_only"}


def html(site: Site, page: str) -> str:
    return (site.folder / page / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_headings_are_in_the_contents_and_can_be_linked(reading: Start, page: str) -> None:
    opened = reading().open(f"{page}/")
    assert opened.locator("h1").count() == 1
    headings = opened.eval_on_selector_all("article h2", "all => all.map(h => [h.id, h.firstChild.textContent])")
    listed = opened.eval_on_selector_all(
        "[data-md-component=toc] a", "all => all.map(a => [a.hash.slice(1), a.textContent.trim()])"
    )
    # The theme has the contents twice, for a phone and for a wide window.
    assert headings == listed[: len(headings)] == listed[len(headings) :]
    assert [text for _, text in headings][-3:] == ["When it wins", "When it loses", "Traps"]
    assert opened.locator("article h2 a.headerlink[title]").count() == len(headings)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_jupyter_s_own_look_comes_along(site: Site, page: str) -> None:
    text = html(site, page)
    article = text[text.index("<article") : text.index("</article>")]
    assert not re.search(r"jp-|jupyter-wrapper|clipboard-copy|MathJax|require", article)
    assert "".join(re.findall(r"<style[^>]*>(.*?)</style>", article, re.S)).strip() == ""
    assert "<script" not in article
    assert len(text) < 80_000


@pytest.mark.parametrize(("page", "example"), PAGES.items())
def test_code_output_measurements_and_origin_are_read_without_scripts(
    reading: Start, site: Site, page: str, example: str
) -> None:
    opened = reading(java_script_enabled=False).open(f"{page}/")
    ran = json.loads((ROOT / notebooks.EXECUTED / f"{example}.ipynb").read_text(encoding="utf-8"))
    printed = "".join("".join(one["text"]) for cell in ran["cells"] for one in cell.get("outputs", []))
    assert opened.locator(".q-printed").text_content() == printed
    assert "quantize_(" in "".join(opened.locator(".q-cell").all_text_contents()[:2])
    assert "quantize_on_cuda" not in opened.locator("article").text_content()
    table = opened.locator(".q-table").inner_text()
    assert ("0.77×, slower" in table) == (example == "int8_weight_only")
    assert "Test processor" in table
    assert "4-bit weights" in table
    assert opened.locator(".q-table a").get_attribute("href").endswith("run.json")
    opened.click("summary:has-text('two helpers')")
    assert opened.get_by_text("MODEL = ensure").is_visible()


@pytest.mark.parametrize(("page", "example"), PAGES.items())
def test_both_downloads_arrive_whole(reading: Start, page: str, example: str) -> None:
    opened = reading().open(f"{page}/")
    for label, expected in (
        ("Script", (ROOT / f"examples/{example}.py").read_text(encoding="utf-8")),
        ("Notebook", notebooks.to_download(ROOT / f"examples/{example}.py")),
    ):
        with opened.expect_download() as arriving:
            opened.get_by_role("link", name=label).click()
        assert arriving.value.path().read_text(encoding="utf-8") == expected


def test_every_snippet_of_a_page_has_downloads_time_and_output(reading: Start) -> None:
    opened = reading().open("schemes/")
    below = opened.locator(".q-below")
    assert below.count() == len(notebooks.examples(ROOT))
    for one in below.all():
        assert one.get_by_role("link").count() == 2
        assert re.search(r"Ran as a notebook in \d+ s on .+, \d+ \w+ \d{4}", one.inner_text())
        one.locator("summary").click()
        assert one.locator("pre").is_visible()


def test_code_can_be_copied_and_its_buttons_told_apart(reading: Start) -> None:
    opened = reading().open("int4-weight-only/")
    opened.wait_for_selector(".md-code__nav[aria-label]")
    names = opened.eval_on_selector_all(".md-code__nav", "all => all.map(nav => nav.getAttribute('aria-label'))")
    assert len(names) == len(set(names)) == 4


def test_front_matter_stands_in_the_prose_and_keeps_its_order(reading: Start) -> None:
    opened = reading().open("int8-weight-only/")
    assert re.search(r"About \d+ minutes to read\. Afterwards you can store", opened.locator(".q-lead").inner_text())
    assert opened.locator("meta[name=description]").get_attribute("content").startswith("One byte a weight")
    leads = opened.eval_on_selector_all(".q-onward a", "all => all.map(a => new URL(a.href).pathname)")
    assert leads == ["/int4-weight-only/", "/schemes/", "/evaluation/"]


def test_search_finds_the_prose_and_leaves_out_the_code(site: Site) -> None:
    docs = json.loads((site.folder / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    found = {doc["location"]: doc["text"] for doc in docs if doc["location"].startswith("int8-weight-only/")}
    assert "the first run" in found["int8-weight-only/#traps"].lower()
    text = " ".join(found.values())
    assert "is_body_linear" not in text
    assert "What it printed" not in text


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_does_not_scroll_sideways(reading: Start, page: str) -> None:
    opened = reading(viewport={"width": 360, "height": 740}).open(f"{page}/")
    assert opened.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("page", [*PAGES, "schemes", "attention"])
def test_on_a_phone_python_keeps_its_lines_and_what_it_printed_wraps(reading: Start, page: str) -> None:
    opened = reading(viewport={"width": 360, "height": 740}).open(f"{page}/")
    opened.wait_for_selector("pre > code[tabindex='0']")
    code = opened.locator(":is(.language-python, .hl-python) code").evaluate_all(
        """all => all.filter(c => c.scrollWidth > c.clientWidth).map(c => {
        const {whiteSpace, backgroundImage} = getComputedStyle(c);
        return [whiteSpace, backgroundImage.split("gradient").length - 1, c.tabIndex]; })"""
    )
    assert code, "lines of an example are longer than a phone is wide"
    assert {tuple(one) for one in code} == {("pre", 2, 0)}, "a shadow tells of more, and keys get there"
    opened.evaluate("document.querySelectorAll('.q-below details').forEach(d => d.open = true)")
    wide = ":is(.q-printed, .q-below pre)"
    assert opened.locator(wide).evaluate_all("all => all.filter(p => p.scrollWidth > p.clientWidth).length") == 0
