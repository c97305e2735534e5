"""The real site, built once from made-up runs in a copy of the repository, and a browser to read it with."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from qdocs.publish.site import publish
from tests import factory
from tests.publish import cases
from tests.site.browsers import ARGUMENTS, find_browser

ROOT = Path(__file__).parents[2]
PUBLISHED, MINE, HOSTILE = "2026-01-02-test-smollm2", "2026-02-01-mine-smollm2", "2026-01-03-hostile-smollm2"
TASKS, ENCODER, SWEEP = "2026-01-04-tasks-smollm2", "2026-01-05-test-minilm", "2026-01-06-sweep-smollm2"
FIRST = {PUBLISHED, SWEEP, TASKS, ENCODER, MINE}  # what is shown before a reader chooses
DRAWN = {
    "speed-size": PUBLISHED,
    "sweep": SWEEP,
    "fidelity": PUBLISHED,
    "memory": PUBLISHED,
    "accuracy": TASKS,
    "margin": TASKS,
    "embedding": ENCODER,
}
SPEED_PAGE, ACCURACY_PAGE = "results/", "results-accuracy/"
PAGE = {name: SPEED_PAGE if name in ("speed-size", "sweep", "memory") else ACCURACY_PAGE for name in DRAWN}
LEFT_OUT = {".git", "runs", "site", "build", "docs", "README.md"}


@dataclass
class Site:
    """A built site and the repository that it was built from."""

    root: Path
    url: str = ""
    requests: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.root / "site"


def copy_of_the_repository(root: Path) -> None:
    """Everything that pages may take in, without generated files, published runs and case studies."""
    for entry in ROOT.iterdir():
        if entry.name not in LEFT_OUT and not entry.name.startswith(".venv"):
            (root / entry.name).symlink_to(entry)
    shutil.copy(ROOT / "README.md", root / "README.md")
    cases.copy_docs(root)


def build(root: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build as people do."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    for name in ("QDOCS_SITE_URL", "QDOCS_REPO_URL"):
        env.pop(name, None)
    env |= environment
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, browser_path: str | None) -> Iterator[Site]:
    """A site with published runs of each kind, the reader's own, and one whose every text is hostile."""
    root = tmp_path_factory.mktemp("repo")
    copy_of_the_repository(root)
    cases.later(cases.folder(root, PUBLISHED), 5)
    cases.hostile_run(cases.folder(root, HOSTILE))
    factory.make_tasks_run(cases.folder(root, TASKS), texts=4)
    factory.make_encoder_run(cases.folder(root, ENCODER))
    swept = cases.folder(root, SWEEP)
    cases.rewrite(swept, cases.sweep(swept), suite="sweep")
    factory.make_run(cases.folder(root, MINE, yours=True), rounds=1)
    with pytest.MonkeyPatch.context() as patch:
        if browser_path:
            patch.setenv("BROWSER_PATH", browser_path)
        report = publish(root)
    assert report.notices == []
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    made = Site(root)

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            made.requests.append(self.path)

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            # A browser that leaves a page hangs up on what it was fetching.
            if not isinstance(sys.exc_info()[1], ConnectionError):
                super().handle_error(request, client_address)

    with Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(made.folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        made.url = f"http://127.0.0.1:{server.server_port}/"
        yield made
        server.shutdown()


@pytest.fixture(scope="session")
def browser_path() -> str | None:
    """A browser on this machine; `None` leaves it to Playwright's own."""
    return find_browser()


@pytest.fixture(scope="module")
def browser(browser_path: str | None) -> Iterator[Any]:
    """A browser, or a reason why not; where CI is set, its absence is a failure."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        except Error as error:
            told = f"no browser: set QDOCS_CHROMIUM or give `playwright install chromium`: {str(error).splitlines()[0]}"
            if os.environ.get("CI"):
                pytest.fail(told)
            pytest.skip(told)
        yield opened
        opened.close()


@dataclass
class Reading:
    """A page, with what went wrong while it was read."""

    page: Any
    base: str
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture
def reading(browser: Any, site: Site) -> Iterator[Callable[..., Reading]]:
    """Open a context; at the end no console error and no request to another host may have been seen."""
    contexts, readings = [], []

    def start(**options: Any) -> Reading:
        settings: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light", **options}
        context = browser.new_context(**settings)
        made = Reading(context.new_page(), site.url)
        made.page.set_default_timeout(15_000)
        made.page.on("console", lambda m: made.errors.append(m.text) if m.type in ("error", "warning") else None)
        made.page.on("pageerror", lambda e: made.errors.append(str(e)))
        context.on("request", lambda request: _noted(made, request.url))
        contexts.append(context)
        readings.append(made)
        return made

    yield start
    for context in contexts:
        context.close()
    for made in readings:
        assert made.errors == []
        assert made.elsewhere == []


def _noted(made: Reading, url: str) -> None:
    made.asked.append(url)
    if not url.startswith((made.base, "data:", "blob:")):
        made.elsewhere.append(url)
