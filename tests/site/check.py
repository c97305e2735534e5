"""Does the built site reach the figures that the guide promises? `make site-check` asks.

Each page is opened at phone and desktop width in both palettes. What must hold: no violation found by axe-core, no
console error, no request to another host, hardly any shift of the layout, and few bytes before a reader touches
anything. Bytes are counted as a server with gzip would send them; the search index is counted apart.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.site.browsers import ARGUMENTS, find_browser, touch
from tests.site.serving import SITE, compressed, served

AXE = Path("build/site-check/node_modules/axe-core/axe.min.js")
# Gzipped, before interaction: a bare page of the theme is about 72 KB.
TEXT_PAGE_KB, CHART_PAGE_KB = 90, 140
MOST_SHIFT = 0.01
VIEWS = [(390, 844, "dark"), (390, 844, "light"), (1280, 900, "light"), (1280, 900, "dark")]
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) sum += e.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


def pages() -> list[str]:
    """Paths of all pages, from the sitemap, and the page for what is not found."""
    names = ElementTree.parse(SITE / "sitemap.xml").getroot().iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    return [*sorted(urlsplit(name.text or "").path for name in names), "/404.html"]


def weight(path: str) -> int:
    """Bytes of what is served at a path, gzipped; the search index is counted apart."""
    file = SITE / path.lstrip("/")
    file = file / "index.html" if file.is_dir() else file
    counted = file.is_file() and not path.startswith("/search/")
    return len(compressed(file)) if counted else 0


def look(browser: Any, base: str, path: str, view: tuple[int, int, str]) -> tuple[list[str], float]:
    """Open a page in one view; what is wrong with it, and its weight in KB."""
    width, height, scheme = view
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    wrong: list[str] = []
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda m: wrong.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.goto(base + path, wait_until="networkidle")
    if path != "/404.html" and page.evaluate("document.documentElement.scrollWidth") > width:
        wrong.append("scrolls sideways")
    if (shift := page.evaluate(SHIFT)) > MOST_SHIFT:
        wrong.append(f"the layout shifts by {shift:.3f}")
    wrong += [f"asks another host: {url}" for url in asked if not url.startswith((base, "data:", "blob:"))]
    kilobytes = sum(weight(urlsplit(url).path) for url in asked if url.startswith(base)) / 1000
    most = CHART_PAGE_KB if page.locator(".q-chart").count() else TEXT_PAGE_KB
    if kilobytes > most:
        wrong.append(f"{kilobytes:.0f} KB before interaction, at most {most}")
    touch(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for violation in page.evaluate("axe.run().then(result => result.violations)"):
        nodes = "; ".join(node["target"][0] for node in violation["nodes"][:3])
        wrong.append(f"axe {violation['id']}: {violation['help']} ({nodes})")
    context.close()
    return wrong, kilobytes


def main() -> int:
    """Look at every page; 1 if something is wrong."""
    for needed, make in ((SITE / "sitemap.xml", "make site"), (AXE, "make site-check")):
        if not needed.is_file():
            sys.exit(f"{needed} is missing: give `{make}` first")

    failed = 0
    with served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for path in pages():
            heaviest = 0.0
            for view in VIEWS:
                wrong, weight = look(browser, base, path, view)
                heaviest = max(heaviest, weight)
                for problem in wrong:
                    failed += 1
                    print(f"{path} at {view[0]} px, {view[2]}: {problem}")
            print(f"{path}: {heaviest:.0f} KB")
        browser.close()
    print(f"{failed} problems" if failed else "nothing found")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
