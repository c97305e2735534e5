"""How does a test read the explorer?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.site.browsers import touch
from tests.site.conftest import Reading, Site

Start = Callable[..., Reading]


def opened(reading: Start, query: str = "?kind=latency", **options: Any) -> Any:
    page = reading(**options).open(f"explorer/{query}")
    touch(page)
    if "kind=" in query:
        page.wait_for_selector(".q-facet .q-picks .q-button[data-facet], .q-said.q-empty")
    return page


def cells(site: Site, kind: str) -> list[dict[str, Any]]:
    file = json.loads((site.folder / f"generated/explorer/{kind}.json").read_text(encoding="utf-8"))
    return [dict(zip(file["columns"], row, strict=True)) for row in file["rows"]]


def said(page: Any) -> str:
    return str(page.locator(".q-said").inner_text())


def press(page: Any, facet: str, value: str) -> None:
    page.locator(f".q-button[data-facet='{facet}'][data-value='{value}']").click()


def pressed(page: Any) -> set[str]:
    buttons = page.locator(".q-explorer .q-button[aria-pressed=true][data-facet]").all()
    return {f"{b.get_attribute('data-facet')}={b.get_attribute('data-value')}" for b in buttons}


def column(page: Any, name: str) -> list[str]:
    found: list[str] = page.evaluate(
        """name => { const at = document.querySelector(`.q-cells [data-column="${name}"]`).closest("th").cellIndex;
        return [...document.querySelectorAll(".q-cells tbody tr")].map(row => row.cells[at].innerText) }""",
        name,
    )
    return found
