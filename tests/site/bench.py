"""How long does the site take with hundreds of runs, to build and to filter? `make bench` asks.

Made-up valid runs are published in a copy of the repository, the site is built, and the explorer is filtered in a
browser: one press of a filter's button, from the click to the end of the frame that shows the answer.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from qdocs.publish.site import publish
from qdocs.record import read_run
from tests import factory
from tests.publish import cases
from tests.site.browsers import ARGUMENTS, find_browser
from tests.site.conftest import build, copy_of_the_repository
from tests.site.serving import served

DEVICES = 40
KINDS = ("latency", "memory", "fidelity", "encoding", "embedding")
PRESS = """button => new Promise(done => {
  const start = performance.now();
  button.click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def make_runs(root: Path, many: int) -> None:
    """Runs of a language model and of a sentence encoder in turn, on many devices, a day apart."""
    patterns = []
    for number, maker in enumerate((factory.make_run, factory.make_encoder_run)):
        pattern = root / "build" / f"pattern-{number}"
        maker(pattern, rounds=3)
        patterns.append(pattern)
    for number in range(many):
        where = cases.folder(root, f"2026-01-02-synthetic-{number:03}")
        shutil.copytree(patterns[number % 2], where, dirs_exist_ok=True)
        run = read_run(where)
        device = run.environment.device.model_copy(update={"name": f"Processor {number // 2 % DEVICES}"})
        cases.rewrite(
            where,
            run,
            name=where.name,
            environment=run.environment.model_copy(update={"device": device}),
            started_at=run.started_at + timedelta(days=number),
            ended_at=run.started_at + timedelta(days=number, hours=1),
        )


def timed(what: str, times: list[float], unit: str) -> None:
    """Print times with their spread."""
    times = sorted(times)
    spread = f", {times[0]:.1f} to {times[-1]:.1f} {unit} in {len(times)}" if len(times) > 1 else ""
    print(f"{what}: {statistics.median(times):.1f} {unit}{spread}", flush=True)


def task_seconds(client: Any) -> float:
    """Time that the page's thread has run so far, waiting for a core left out."""
    metrics = client.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))


def filter_in_browser(site: Path) -> None:
    """Press every button of every filter, on and off again; for one kind of cell, then for all at once."""
    with served(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        client = page.context.new_cdp_session(page)
        client.send("Performance.enable", {"timeDomain": "threadTicks"})
        for kinds in (KINDS[:1], KINDS):
            started = time.perf_counter()
            page.goto(f"{base}/explorer/?{'&'.join(f'kind={k}' for k in kinds)}")
            page.wait_for_selector(".q-cells:not([hidden])")
            opened = time.perf_counter() - started
            cells = page.locator(".q-said").inner_text()
            times, busy = [], []
            for facet in page.locator(".q-facet .q-picks").all():
                for button in facet.locator(".q-button").all()[:20]:
                    for _ in ("on", "off"):
                        before = task_seconds(client)
                        times.append(button.evaluate(PRESS))
                        busy.append(1000 * (task_seconds(client) - before))
            name = kinds[0] if len(kinds) == 1 else "all kinds"
            print(f"explorer, {name}: {cells} Opened in {opened:.1f} s")
            timed(f"explorer, {name}, a press", times, "ms")
            timed(f"explorer, {name}, a press, of one core", busy, "ms")
        browser.close()


def main() -> None:
    """Make runs, publish, build, filter; print what each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--builds", type=int, default=3)
    asked = parser.parse_args()
    if (browser := find_browser()) and "BROWSER_PATH" not in os.environ:
        os.environ["BROWSER_PATH"] = browser
    with tempfile.TemporaryDirectory(prefix="qdocs-bench-") as folder:
        root = Path(folder)
        copy_of_the_repository(root)
        make_runs(root, asked.runs)
        load = os.getloadavg()[0]
        print(f"{asked.runs} runs; {os.cpu_count()} cores, on average {load:.1f} processes wanted one", flush=True)
        started = time.perf_counter()
        for notice in publish(root).notices:
            print(f"notice: {notice}")
        timed("qdocs publish, stills included", [time.perf_counter() - started], "s")
        times, busy = [], []
        for _ in range(asked.builds):
            shutil.rmtree(root / "site", ignore_errors=True)
            started, before = time.perf_counter(), os.times()
            done = build(root)
            after = os.times()
            times.append(time.perf_counter() - started)
            busy.append(after.children_user + after.children_system - before.children_user - before.children_system)
            if done.returncode:
                sys.exit(done.stdout + done.stderr)
        timed("mkdocs build --strict", times, "s")
        timed("mkdocs build --strict, of one core", busy, "s")
        filter_in_browser(root / "site")


if __name__ == "__main__":
    main()
