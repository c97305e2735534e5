"""What does Lighthouse, in its mobile setting, make of the built site? `make lighthouse` asks.

Accessibility, best practices and SEO must be 100. Performance moves with the machine's load: it is reported, as the
median of a few runs with their spread, and means something on a quiet machine only.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from tests.site.browsers import ARGUMENTS, find_browser
from tests.site.serving import SITE, served

LIGHTHOUSE = Path("build/site-check/node_modules/.bin/lighthouse")
MUST = ("accessibility", "best-practices", "seo")
# A bare page, long texts with a figure, pages with charts, those with most of them.
PAGES = (
    *("/", "/fundamentals/", "/attention/", "/tokenization/", "/alignment/", "/latency/"),
    *("/results/", "/results-accuracy/"),
)


def scores(url: str, runs: int) -> dict[str, list[float]]:
    """The score of each category in each run, 0 to 100.

    Raises:
        subprocess.CalledProcessError: If Lighthouse fails.
    """
    found: dict[str, list[float]] = {}
    flags = " ".join(["--headless", *ARGUMENTS])
    command = [str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    browser = find_browser()
    environment = os.environ | ({"CHROME_PATH": browser} if browser else {})
    for _ in range(runs):
        made = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        for name, category in json.loads(made.stdout)["categories"].items():
            found.setdefault(name, []).append(round(100 * category["score"], 1))
    return found


def main() -> int:
    """Ask for each page; 1 if a score that must be 100 is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("pages", nargs="*", default=PAGES)
    asked = parser.parse_args()
    for needed, make in ((SITE / "sitemap.xml", "make site"), (LIGHTHOUSE, "make lighthouse")):
        if not needed.exists():
            sys.exit(f"{needed} is missing: give `{make}` first")
    failed = 0
    with served() as base:
        for path in asked.pages:
            found = scores(base + path, asked.runs)
            told = []
            for name, values in found.items():
                median = statistics.median(values)
                spread = f" ({min(values):.0f} to {max(values):.0f})" if min(values) != max(values) else ""
                told.append(f"{name} {median:.0f}{spread}")
                failed += name in MUST and median < 100
            print(f"{path}: {', '.join(told)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
