"""Which browser is there to read the site with?"""

from __future__ import annotations

import os
import shutil
from typing import Any

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "brave-browser",
)
# As root a browser refuses its sandbox; the rest keeps it from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_browser() -> str | None:
    """A browser on this machine; `None` leaves it to Playwright's own."""
    return os.environ.get("QDOCS_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def touch(page: Any) -> None:
    """Touch a page for the first time, at which parts that are out of sight come alive, and wait for all parts."""
    page.keyboard.press("Shift")
    page.wait_for_function("!document.querySelector('[data-script]:not([data-wired])')")
