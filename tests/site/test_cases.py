"""What do case studies do in a real browser: the honest one all it should, the hostile one nothing?"""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from qdocs.cases import CASES, LESSONS, check_cases
from qdocs.publish.site import publish
from qdocs.publish.story import TAGS
from tests.cases import hostile, made
from tests.publish import cases as runs
from tests.site.conftest import build, copy_of_the_repository
from tests.site.test_build import Links

pytestmark = pytest.mark.xdist_group("cases-site")
HOSTILE, KEPT = "hostile-case", "search-for-a-wiki"
PAGES = [
    "case-studies/",
    f"case-studies/{made.SLUG}/",
    f"case-studies/{HOSTILE}/",
    *(f"{lesson}/" for lesson in LESSONS),
]
# What the theme adds to a block of code, beside what a story may hold.
OF_THE_THEME = {"div", "span", "nav", "button"}


@dataclass
class CaseSite:
    """A built site with case studies, and everything that was asked of it."""

    root: Path
    url: str = ""
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def cases_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseSite]:
    root = tmp_path_factory.mktemp("cases")
    copy_of_the_repository(root)
    made.case(root)
    made.case(
        root, slug=KEPT, run="2026-01-05-kept", seed=100, title="Search for a wiki", decision="bf16", lessons=["memory"]
    )
    folder = root / CASES / HOSTILE
    runs.hostile_run(made.run_folder(folder, "2026-01-06-hostile"), seed=200)
    made.write_about(folder, title="Hostile", decision="undecided", lessons=list(LESSONS))
    made.write_story(
        folder, question="\n\n".join(hostile.STORIES.values()), decision="quokka <img src=x onerror=alert(1)>"
    )
    assert not any(problem.level == "error" for found in check_cases(root).values() for problem in found)
    assert publish(root, with_stills=False).notices == []
    # Files that the check would refuse, put there after it: the site must not have them either.
    for name in ("evil.html", "evil.md", "index.md", "runs/evil.html", "runs/2026-01-06-hostile/evil.svg"):
        (folder / name).write_text(f"<script>{hostile.HACK}</script>{{{{ 7*7 }}}}", encoding="utf-8")
    (folder.parent / "beside.html").write_text("<script></script>", encoding="utf-8")
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    made_site = CaseSite(root)

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            made_site.asked.append(self.path)

    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(root / "site"))
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        made_site.url = f"http://127.0.0.1:{server.server_port}/"
        yield made_site
        server.shutdown()


@dataclass
class Watched:
    """A page, with everything that should not happen on it."""

    page: Any
    base: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        self.page.goto(self.base + path, wait_until="networkidle")
        return self.page


@pytest.fixture
def watched(browser: Any, cases_site: CaseSite) -> Iterator[Watched]:
    """A page on which nothing may be asked of another host, run, opened or complained about."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    made_page = Watched(context.new_page(), cases_site.url)
    page, wrong = made_page.page, made_page.wrong
    page.set_default_timeout(15_000)
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.on("dialog", lambda d: (wrong.append(f"dialog {d.message}"), d.dismiss()))
    page.on("popup", lambda p: wrong.append("a window"))
    context.on(
        "request",
        lambda r: None if r.url.startswith((made_page.base, "data:", "blob:")) else wrong.append(f"elsewhere: {r.url}"),
    )
    yield made_page
    assert page.evaluate("window.hacked") is None
    context.close()
    assert wrong == []


def shown(page: Any) -> list[str]:
    return list(
        page.eval_on_selector_all(
            ".q-case", "all => all.filter(e => e.offsetParent).map(e => e.querySelector('h2').innerText)"
        )
    )


@pytest.mark.parametrize("path", PAGES)
def test_nothing_hostile_runs_and_nothing_is_fetched_from_elsewhere(watched: Watched, path: str) -> None:
    page = watched.open(path)
    assert page.url == watched.base + path
    for selector in (
        "iframe",
        "object",
        "embed",
        "base",
        "meta[http-equiv=refresh]",
        ".md-content form:not(.q-calc, .q-quiz, .q-tutor form)",
        ".md-content svg svg",
    ):
        assert page.locator(selector).count() == 0
    handlers = "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on')))"
    assert page.evaluate(f"{handlers}.length") == 0
    addresses = page.eval_on_selector_all(".md-content a[href]", "all => all.map(a => a.protocol)")
    assert set(addresses) <= {"http:", "https:", "mailto:"}


def test_a_hostile_story_is_shown_as_the_text_that_it_is(watched: Watched) -> None:
    page = watched.open(f"case-studies/{HOSTILE}/")
    inside = page.eval_on_selector_all(".q-story *", "all => [...new Set(all.map(e => e.localName))]")
    assert set(inside) <= TAGS | OF_THE_THEME
    text = "\n".join(page.locator(".q-story").all_inner_texts())
    for raw in (
        "<script>window.hacked=1</script>",
        "{% endraw %}{{ 7*191 }}",
        '--8<-- "README.md"',
        "@base@",
        "!!! danger",
    ):
        assert raw in text
    for evaluated in ("1337", "49", "A guide to weight-only", "loop loop"):
        assert evaluated not in text
    assert page.locator("#hacked, .q-story .admonition, .q-story .md-header").count() == 0
    links = page.eval_on_selector_all(".q-story a", "all => all.map(a => a.rel)")
    assert links
    assert set(links) == {"nofollow noopener"}
    assert page.title() == "Hostile - qdocs"


def test_hostile_records_in_charts_run_nothing(watched: Watched) -> None:
    page = watched.open(f"case-studies/{HOSTILE}/")
    for button in page.locator(".q-go").all():
        button.click()
    page.wait_for_function("document.querySelectorAll('.q-on .main-svg').length >= 3")
    for summary in page.locator(".q-data > summary").all():
        summary.click()


def test_searching_for_hostile_text_runs_nothing(watched: Watched) -> None:
    page = watched.open("case-studies/")
    page.click("[data-md-component=search-query]")
    page.keyboard.type("quokka", delay=20)
    page.wait_for_selector(".md-search-result__item a")
    found = page.locator(".md-search-result__item").first.inner_text()
    assert "quokka" in found.lower()
    page.wait_for_timeout(300)
    assert page.locator(".md-search-result img").count() == 0


def test_cases_are_filtered_by_buttons_kept_in_the_address_and_back_works(watched: Watched) -> None:
    page = watched.open("case-studies/")
    every = ["Hostile", "Search for a wiki", "A chat helper on two cores"]
    assert sorted(shown(page)) == sorted(every)
    assert page.locator(".q-picked").inner_text() == "Showing 3 of 3."
    kept, took = (page.locator(f"[data-token='{token}']") for token in ("kept-bf16", "took-int4wo-g32"))
    kept.click()
    assert page.url.endswith("?decision=kept-bf16")
    assert shown(page) == ["Search for a wiki"]
    assert kept.get_attribute("aria-pressed") == "true"
    took.focus()
    page.keyboard.press("Enter")
    assert sorted(shown(page)) == sorted(every[1:])
    assert page.locator(".q-picked").inner_text() == "Showing 2 of 3."
    page.locator("[data-group=device]").first.click()  # the hostile one's
    assert shown(page) == []
    assert page.locator(".q-empty").inner_text() == "No case study is like that. Take a filter back."
    page.go_back()
    assert sorted(shown(page)) == sorted(every[1:])
    page.go_back()
    assert shown(page) == ["Search for a wiki"]
    page.reload()
    assert shown(page) == ["Search for a wiki"]
    page.add_script_tag(path=str(Path(__file__).parents[2] / "docs/assets/gallery.js"))
    kept.click()
    assert len(shown(page)) == 3


def test_an_address_that_names_nothing_or_tries_to_style_the_page(watched: Watched) -> None:
    page = watched.open("case-studies/?decision=%22%5D%7B%7D*%7Bdisplay%3Anone%7D")
    assert shown(page) == []
    assert page.locator(".q-empty").is_visible()
    assert page.locator("h1").is_visible()


def test_without_scripts_all_cases_are_there_and_the_buttons_are_not(browser: Any, cases_site: CaseSite) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{cases_site.url}case-studies/?decision=kept-bf16")
    assert page.locator(".q-case:visible").count() == 3
    assert page.locator(".q-filters").is_hidden()
    page.close()


def test_a_card_leads_to_a_case_and_a_lesson_to_those_that_bear_on_it(watched: Watched) -> None:
    page = watched.open("case-studies/")
    page.click("text=A chat helper on two cores")
    assert page.url == f"{watched.base}case-studies/{made.SLUG}/"
    assert page.locator("h1").inner_text() == "A chat helper on two cores"
    assert page.locator(".q-story .q-value").inner_text() == "1.57×"
    page = watched.open("latency/")
    assert (
        page.locator("#what-others-found + ul li, #what-others-found ~ ul li").filter(has_text="chat helper").count()
        == 1
    )
    assert page.locator("text=Search for a wiki").count() == 0
    page.click("text=A chat helper on two cores")
    assert page.url == f"{watched.base}case-studies/{made.SLUG}/"


def test_every_link_of_the_pages_leads_somewhere(cases_site: CaseSite) -> None:
    site = cases_site.root / "site"
    for path in PAGES:
        links = Links((site / path / "index.html").read_text(encoding="utf-8"))
        assert links.inline == []
        for target in links.targets:
            if not target.startswith(("https:", "mailto:", "http:", "#", "data:")):
                there = (site / path / target.split("#")[0].split("?")[0]).resolve()
                assert there.exists(), (path, target)


def test_the_site_has_nothing_of_a_case_but_what_was_made_of_it(cases_site: CaseSite) -> None:
    site = cases_site.root / "site"
    assert {p.name for p in (site / "case-studies").iterdir()} == {"index.html", made.SLUG, KEPT, HOSTILE}
    for slug in (made.SLUG, KEPT, HOSTILE):
        assert {p.name for p in (site / "case-studies" / slug).rglob("*")} == {"index.html"}
    assert not list(site.rglob("evil*"))
    assert not list(site.rglob("beside*"))
    assert not (site / "generated" / "pages").exists()
    text = (site / f"case-studies/{HOSTILE}/index.html").read_text(encoding="utf-8")
    assert "Question" in text
    assert f"<script>{hostile.HACK}" not in text
