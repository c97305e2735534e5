"""Is a reader's own record shown beside the others, sent nowhere, and is what is no record named with what is wrong?"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from qdocs.publish import flat
from qdocs.record import SCHEMA_VERSION
from tests import factory
from tests.publish import cases
from tests.site.conftest import ROOT, Site
from tests.site.exploring import Start, cells, column, opened, press, said

pytestmark = pytest.mark.xdist_group("site")
REAL = sorted(ROOT.glob("docs/data/runs/*/run.json"))
DROP = """([name, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector("h1").dispatchEvent(event);
}"""


def open_file(page: Any, name: str, content: bytes) -> str:
    page.evaluate("document.querySelector('.q-own-said').textContent = ''")  # what the file before was told
    page.set_input_files(".q-own input", {"name": name, "mimeType": "application/json", "buffer": content})
    page.wait_for_function("!/reading…|^$/.test(document.querySelector('.q-own-said').innerText)")
    return str(page.locator(".q-own-said").inner_text())


def own_record(tmp_path: Path, name: str = "2026-03-01-own", **changes: Any) -> dict[str, Any]:
    factory.make_run(tmp_path / name, rounds=1)
    made: dict[str, Any] = json.loads((tmp_path / name / "run.json").read_text(encoding="utf-8"))
    return made | changes


def packed(record: Any) -> bytes:
    return json.dumps(record).encode()


def test_an_own_record_is_shown_beside_the_others_and_sent_nowhere(reading: Start, site: Site, tmp_path: Path) -> None:
    made = reading()
    sent: list[str] = []
    made.page.on("request", lambda request: sent.append(request.method) if request.method != "GET" else None)
    page = made.open("explorer/?kind=latency")
    page.wait_for_selector(".q-cells tbody tr")
    assert not any("json-schema" in url or "/schema/" in url for url in made.asked)
    before = len(made.asked)
    record = own_record(tmp_path)
    told = open_file(page, "run.json", packed(record))
    assert told == f"run.json: a record of {len(record['cells'])} cells, now shown beside the others."
    asked = {url.removeprefix(site.url) for url in made.asked[before:]}
    assert asked == {
        "assets/record.js",
        "assets/vendor/json-schema-4.1.6.min.js",
        f"data/schema/run-{SCHEMA_VERSION}.json",
    }
    assert sent == []
    mine = [row for row in flat.rows(record) if row["kind"] == "latency"]
    many = len(cells(site, "latency"))
    assert said(page) == f"{many + len(mine)} of {many + len(mine)} cells."
    press(page, "run", record["name"])
    assert page.locator(".q-cells .q-mark").count() == page.locator(".q-cells tbody tr").count() == len(mine)
    assert column(page, "decode_tokens_per_s") == [f"{row['decode_tokens_per_s']:.4g}" for row in mine]
    assert page.locator(".q-cells tbody a").count() == 0
    page.get_by_role("button", name="Draw the chart").click()
    page.wait_for_selector(".q-chart.q-on .main-svg")
    symbols = set(page.evaluate("document.querySelector('.q-live').data.map(trace => trace.marker.symbol)"))
    assert symbols == {"circle-open", "diamond-open"}
    page.get_by_role("button", name=f"Take {record['name']} away").click()
    assert said(page) == "No cell is like that. Take a filter back."
    assert page.locator(".q-owned li").count() == 0


def test_a_record_can_be_dropped_anywhere_and_brings_its_kind_along(reading: Start, tmp_path: Path) -> None:
    page = opened(reading, "")
    record = own_record(tmp_path)
    page.evaluate(DROP, ["mine.json", base64.b64encode(packed(record)).decode()])
    page.wait_for_selector(".q-owned li")
    assert page.url.endswith(f"?kind={record['cells'][0]['kind']}")
    assert page.locator(".q-mark").count() > 0
    assert page.url.startswith("http")  # the browser did not open the file itself


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.parent.name)
def test_a_record_of_any_version_is_read(reading: Start, path: Path) -> None:
    page = opened(reading, "")
    assert "now shown beside the others." in open_file(page, "run.json", path.read_bytes())
    assert page.locator(".q-mark").count() > 0


def damaged(record: dict[str, Any], *way: str | int, value: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(record))
    node: Any = made
    for key in way[:-1]:
        node = node[key]
    node[way[-1]] = value
    return made


def test_what_is_no_record_is_named_with_what_is_wrong_and_where(reading: Start, tmp_path: Path) -> None:
    page = opened(reading)
    record = own_record(tmp_path)
    cell = [one["kind"] for one in record["cells"]].index("latency")
    at = ("cells", cell, "outcome")
    without = {key: value for key, value in record.items() if key != "seed"}
    tries: list[tuple[bytes, str]] = [
        (b"", "run.json: not JSON"),
        (b"\x80\x04 pickle", "run.json: not JSON"),
        (b'{"schema_version": 4,', "run.json: not JSON"),
        (b"[1, 2]", "run.json: no record: a record is an object with a whole number as its schema_version."),
        (b"null", "run.json: no record"),
        (packed(record | {"schema_version": "4"}), "run.json: no record"),
        (
            packed(record | {"schema_version": 99}),
            f"run.json: schema_version 99 is unknown here: this page knows 1 to {SCHEMA_VERSION}.",
        ),
        (packed(without), 'the whole: does not have required property "seed"'),
        (
            packed(damaged(record, *at, "result", "extra", value=1)),
            f"cells.{cell}.outcome.result.extra: no key of a record",
        ),
        (
            packed(damaged(record, *at, "result", "iterations", value="5")),
            f"cells.{cell}.outcome.result.iterations: type",
        ),
        (packed(damaged(record, *at, "state", value="done")), f"cells.{cell}.outcome.state: does not match any of"),
        (packed(damaged(record, "cells", 2, "kind", value="speed")), "cells.2.kind: does not match any of"),
        (packed(damaged(record, "cells", 1, value=7)), "cells.1: type"),
        (packed(damaged(record, "started_at", value="yesterday")), "started_at: String does not match format"),
        (packed(damaged(record, "models", "smollm2-135m", "seed/%", value=1)), "models.smollm2-135m.seed/%: no key"),
        (b" " * (8 * 2**20 + 1), "run.json: too large: 8 MiB, and this page reads up to 8 MiB."),
    ]
    for content, told in tries:
        found = open_file(page, "run.json", content)
        assert told in found
        assert found.count("\n") == 0
    assert f"no valid record of version {SCHEMA_VERSION}" in open_file(page, "run.json", tries[7][0])
    bad = record | {"cells": [one | {"repeat": 0} for one in record["cells"]]}
    assert f"and {len(record['cells']) - 5} more." in open_file(page, "run.json", packed(bad))
    assert page.locator(".q-owned li").count() == 0


def test_markup_in_an_own_record_or_its_name_is_text(reading: Start, tmp_path: Path) -> None:
    cases.hostile_run(tmp_path / "2026-03-01-own")
    record = json.loads((tmp_path / "2026-03-01-own" / "run.json").read_text(encoding="utf-8"))
    page = opened(reading)
    name = f"{cases.HOSTILE}.json"
    assert open_file(page, name, packed(record)).startswith("<script>")
    press(page, "from", "yours")
    assert cases.HOSTILE[:30] in page.locator(".q-explorer").inner_text()
    wrong = open_file(page, name, packed(record | {cases.HOSTILE: 1}))
    assert f"{cases.HOSTILE}: no key of a record" in wrong
    page.get_by_role("button", name="Draw the chart").click()
    page.wait_for_selector(".q-chart.q-on .main-svg")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".q-explorer :is(script, img)").count() == 0


def test_the_button_for_a_file_is_reached_by_keyboard(reading: Start) -> None:
    page = opened(reading, "")
    page.on("filechooser", lambda _: None)  # so that choosers are caught from here on, not from the key press on
    page.locator(".q-kind:visible").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "file"
    assert page.locator("label.q-button").evaluate("label => getComputedStyle(label).outlineStyle") == "solid"
    with page.expect_file_chooser():
        page.keyboard.press("Enter")
