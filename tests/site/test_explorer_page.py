"""Does the explorer find, draw and hand out the cells of the records?"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from qdocs.publish import explorer, flat
from qdocs.publish.look import MODE_SYMBOL, PALETTES
from qdocs.publish.names import GENERATED
from tests import factory
from tests.publish import cases
from tests.site.conftest import HOSTILE, MINE, PUBLISHED, ROOT, SWEEP, Site
from tests.site.exploring import Start, cells, column, opened, press, pressed, said

pytestmark = pytest.mark.xdist_group("site")
REAL = sorted(ROOT.glob("docs/data/runs/*/run.json"))


# ---- the same rows in both languages


def test_a_record_comes_to_the_same_rows_in_the_browser_as_in_the_package(reading: Start, site: Site) -> None:
    page = reading().open("explorer/")
    made = [json.loads(path.read_text(encoding="utf-8")) for path in site.root.glob("docs/data/runs/*/run.json")]
    real = [json.loads(path.read_text(encoding="utf-8")) for path in REAL]
    assert len(made) == 5
    assert real
    odd = json.loads(json.dumps(real[0]))
    odd["cells"][0]["outcome"]["result"] |= {"__proto__": {"x": 1}, "constructor": 2, "run": 3, "list": [1], "on": True}
    odd["cells"][1]["scheme"] = "__proto__"
    call = "record => import('/assets/cells.js').then(m => m.rows(record).map(row => Object.entries(row)))"
    for record in [*made, *real, odd]:
        # As text, since Playwright would lose a key called `__proto__`.
        found = page.evaluate(f"text => ({call})(JSON.parse(text))", json.dumps(record))
        expected = flat.rows(record)
        assert [dict(row) for row in found] == expected
        assert [list(dict(row)) for row in found] == [list(row) for row in expected]


def test_the_published_files_come_to_rows_in_the_browser(reading: Start, site: Site) -> None:
    page = reading().open("explorer/")
    call = """kind => Promise.all([import('/assets/cells.js'), fetch(`/generated/explorer/${kind}.json`)])
      .then(async ([m, file]) => m.unpacked(await file.json()).map(row => ({...row})))"""
    for kind in ("latency", "accuracy"):
        assert page.evaluate(call, kind) == cells(site, kind)


# ---- filters


def test_nothing_is_fetched_before_a_reader_chooses(reading: Start, site: Site) -> None:
    made = reading()
    page = made.open("explorer/")
    page.wait_for_load_state("networkidle")
    assert not any("generated/explorer" in url or "plotly" in url for url in made.asked)
    assert said(page) == "Choose what was measured."
    page.click("[data-kind=latency]")
    page.wait_for_selector(".q-cells tbody tr")
    assert [url for url in made.asked if "generated/explorer" in url] == [f"{site.url}generated/explorer/latency.json"]
    many = len(cells(site, "latency"))
    assert said(page) == f"{many} of {many} cells."
    assert str(many) in page.locator("[data-kind=latency]").inner_text()


def test_filters_are_buttons_kept_in_the_address_and_back_works(reading: Start, site: Site) -> None:
    rows = cells(site, "latency")
    page = opened(reading, "")
    page.click("[data-kind=latency]")
    page.wait_for_selector(".q-cells tbody tr")
    press(page, "scheme", "int8wo")
    press(page, "mode", "eager")
    found = [row for row in rows if row["scheme"] == "int8wo" and row["mode"] == "eager"]
    assert 0 < len(found) < len(rows)
    assert said(page) == f"{len(found)} of {len(rows)} cells."
    assert page.url.endswith("?kind=latency&scheme=int8wo&mode=eager")
    assert pressed(page) == {"scheme=int8wo", "mode=eager"}
    press(page, "scheme", "bf16")
    assert said(page).startswith(f"{sum(r['scheme'] in ('int8wo', 'bf16') and r['mode'] == 'eager' for r in rows)} of")
    page.go_back()
    assert pressed(page) == {"scheme=int8wo", "mode=eager"}
    assert {text.split()[0] for text in column(page, "scheme")} == {"int8wo"}
    page.go_back()
    assert pressed(page) == {"scheme=int8wo"}
    page.go_forward()
    page.reload()
    page.wait_for_selector(".q-cells tbody tr")
    assert pressed(page) == {"scheme=int8wo", "mode=eager"}
    page.get_by_role("button", name="Take all filters back").click()
    assert pressed(page) == set()
    assert page.url.endswith("?kind=latency")


def test_a_button_counts_what_would_be_found_with_it(reading: Start, site: Site) -> None:
    page = opened(reading, "?kind=latency&scheme=fp32")
    rows = [row for row in cells(site, "latency") if row["scheme"] == "fp32"]
    counts = {
        button.get_attribute("data-value"): button.locator("small").inner_text()
        for button in page.locator(".q-button[data-facet=mode]").all()
    }
    assert counts == {"eager": str(len(rows)), "compiled": "0"}
    press(page, "mode", "compiled")
    assert said(page) == "No cell is like that. Take a filter back."
    assert page.locator(".q-cells").is_hidden()
    press(page, "mode", "compiled")
    assert page.locator(".q-cells").is_visible()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?kind=no-such-kind", "Choose what was measured."),
        ("?kind=latency&model=%3Cimg%20src=x%3E", "No cell is like that. Take a filter back."),
        ("?kind=latency&page=99&sort=no-such&number=x&by=y", " cells."),
    ],
)
def test_an_odd_address_is_no_harm(reading: Start, query: str, told: str) -> None:
    page = opened(reading, query)
    page.wait_for_function("told => document.querySelector('.q-said').innerText.includes(told)", arg=told)
    assert page.locator(".q-explorer img").count() == 0


def test_every_facet_that_the_cells_differ_in_can_be_filtered(reading: Start, site: Site) -> None:
    page = opened(reading, "?kind=latency")
    rows = cells(site, "latency")
    for facet in ("device", "scheme", "mode", "batch", "prompt_tokens", "state", "from", "run"):
        values = {str(row[facet]) for row in rows}
        assert len(values) > 1
        buttons = page.locator(f".q-button[data-facet={facet}]").all()
        assert {button.get_attribute("data-value") for button in buttons} == values
    page = opened(reading, "?kind=memory")
    assert page.locator(".q-button[data-facet=model]").count() == 2
    page = opened(reading, "?kind=accuracy")
    assert page.locator(".q-button[data-facet=task]").count() == len(factory.TASKS)


def test_filters_work_by_keyboard_and_the_focus_stays(reading: Start) -> None:
    page = opened(reading, "")
    page.focus("[data-kind=memory]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".q-cells tbody tr")
    assert page.evaluate("document.activeElement.dataset.kind") == "memory"
    button = page.locator(".q-button[data-facet=scheme]").first
    button.focus()
    page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.activeElement.dataset.facet") == "scheme"
    page.focus(".q-cells thead button >> nth=-1")
    name = page.evaluate("document.activeElement.dataset.column")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.column") == name
    assert page.evaluate("document.activeElement.closest('th').ariaSort") == "descending"


# ---- table, record, CSV


def test_rows_show_their_numbers_and_lead_to_their_record(reading: Start, site: Site) -> None:
    page = opened(reading, f"?kind=latency&run={PUBLISHED}&mode=eager")
    rows = [row for row in cells(site, "latency") if row["run"] == PUBLISHED and row["mode"] == "eager"]
    assert column(page, "decode_tokens_per_s") == [f"{row['decode_tokens_per_s']:.4g}" for row in rows]
    shared = page.locator(".q-shared").inner_text()
    for told in ("smollm2-135m", "Test processor", "batch 1", "mode eager", "Derives from 4-bit weights."):
        assert told in shared
    for row, link in zip(rows, page.locator(".q-cells tbody a").all(), strict=True):
        record = page.request.get(link.evaluate("a => a.href")).json()
        cell = record["cells"][row["cell"]]
        assert (record["name"], cell["scheme"], cell["repeat"]) == (PUBLISHED, row["scheme"], row["repeat"])


def test_failed_and_unsupported_cells_are_there_with_their_reason_as_text(reading: Start) -> None:
    page = opened(reading, f"?kind=latency&run={HOSTILE}&state=failed&state=unsupported")
    assert said(page).startswith("2 of")
    states = column(page, "state")
    assert {state.split("\n")[0] for state in states} == {"failed", "unsupported"}
    assert all("<script>window.hacked=1</script>" in state for state in states)
    assert page.evaluate("window.hacked") is None
    assert page.locator(".q-explorer :is(script, img)").count() == 0


def test_columns_sort_and_cells_without_the_number_come_last(reading: Start, site: Site) -> None:
    page = opened(reading, f"?kind=latency&run={HOSTILE}")
    page.locator("[data-column=decode_tokens_per_s]").click()
    rows = [row for row in cells(site, "latency") if row["run"] == HOSTILE]
    numbers = sorted((row["decode_tokens_per_s"] for row in rows if row["decode_tokens_per_s"]), reverse=True)
    assert column(page, "decode_tokens_per_s") == [f"{number:.4g}" for number in numbers] + ["", ""]
    page.locator("[data-column=decode_tokens_per_s]").click()
    assert column(page, "decode_tokens_per_s") == [f"{number:.4g}" for number in numbers[::-1]] + ["", ""]
    assert page.locator("th[aria-sort=ascending]").count() == 1


def test_long_tables_come_a_page_at_a_time(reading: Start, site: Site) -> None:
    page = opened(reading)
    many = len(cells(site, "latency"))
    assert many > 50
    assert page.locator(".q-cells tbody tr").count() == 25
    seen = []
    later = page.get_by_role("button", name="Later rows")
    while True:
        links = page.locator(".q-cells tbody td:last-child").all()
        seen += [link.inner_text() for link in links]
        if later.is_disabled():
            break
        later.click()
    assert len(set(seen)) == len(seen) == many
    assert f"to {many} of {many}." in page.locator(".q-pager span").inner_text()
    page.go_back()
    assert not later.is_disabled()


def test_kinds_together_show_the_numbers_they_share(reading: Start, site: Site) -> None:
    page = opened(reading, "?kind=latency&kind=memory")
    page.wait_for_selector("[data-column=kind]")
    heads = {th.get_attribute("data-column") for th in page.locator(".q-cells thead button").all()}
    assert {"coverage", "duration_s", "kind", "batch", "context_tokens"} <= heads
    assert not {"stored_bytes", "decode_tokens_per_s"} & heads
    assert said(page).startswith(str(len(cells(site, "latency")) + len(cells(site, "memory"))))


def test_the_csv_holds_the_cells_found_at_full_precision(reading: Start, site: Site) -> None:
    page = opened(reading, f"?kind=latency&run={HOSTILE}&scheme=int8wo&scheme=int4wo-g32")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV of the cells found").click()
    assert waiting.value.suggested_filename == "qdocs-cells.csv"
    with Path(waiting.value.path()).open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    rows = [r for r in cells(site, "latency") if r["run"] == HOSTILE and r["scheme"] in ("int8wo", "int4wo-g32")]
    assert len(table) == len(rows) > 2
    for line, row in zip(table, rows, strict=True):
        assert line["decode_tokens_per_s"] == (
            "" if row["decode_tokens_per_s"] is None else repr(row["decode_tokens_per_s"])
        )
        assert line["cell"] == str(row["cell"])
        assert line["device"] == row["device"]
        assert not any(value.startswith(("=", "+", "@")) for value in line.values())


def test_csv_text_is_quoted_and_no_formula(reading: Start) -> None:
    page = reading().open("explorer/")
    rows = [{"a": 'x,"y"\n', "b": cases.FORMULA, "c": -1.5, "d": None, "e": True, "f": " -1"}]
    text = page.evaluate("rows => import('/assets/cells.js').then(m => m.csv(rows, [...'abcdefg']))", rows)
    head, line = csv.reader(text.splitlines(keepends=True))
    assert head == list("abcdefg")
    assert line == ['x,"y"\n', "'" + cases.FORMULA, "-1.5", "", "true", "' -1", ""]


# ---- chart


def test_the_chart_is_drawn_on_request_of_the_number_the_reader_chooses(reading: Start, site: Site) -> None:
    made = reading()
    page = made.open("explorer/?kind=latency&mode=eager")
    page.wait_for_selector(".q-cells tbody tr")
    assert not any("plotly" in url or "look.json" in url for url in made.asked)
    page.get_by_role("button", name="Draw the chart").click()
    page.wait_for_selector(".q-chart.q-on .main-svg")
    rows = [row for row in cells(site, "latency") if row["mode"] == "eager" and row["state"] == "measured"]
    drawn = "[...document.querySelector('.q-live').data.map(trace => trace.x)].flat()"
    assert sorted(page.evaluate(drawn)) == sorted(row["decode_tokens_per_s"] for row in rows)
    assert "circle-open" in page.evaluate("document.querySelector('.q-live').data.map(trace => trace.marker.symbol)")
    page.select_option("select[name=number]", "ttft_ms.median")
    page.wait_for_function(f"Math.max(...{drawn}) === {max(row['ttft_ms.median'] for row in rows)!r}")
    assert "number=ttft_ms.median" in page.url
    assert page.locator(".q-chart .q-say").inner_text().startswith(f"ttft_ms.median of {len(rows)} cells")
    page.select_option("select[name=by]", "batch")
    page.wait_for_function("document.querySelector('.q-live').layout.yaxis.ticktext.join() === '1,16'")
    press(page, "scheme", "int8wo")
    int8 = [row for row in rows if row["scheme"] == "int8wo"]
    page.wait_for_function(f"{drawn}.length === {len(int8)}")
    page.reload()
    page.wait_for_selector(".q-cells tbody tr")
    assert page.locator("select[name=number]").input_value() == "ttft_ms.median"
    assert page.locator("select[name=by]").input_value() == "batch"


def test_the_chart_follows_the_palette_and_takes_text_as_text(reading: Start) -> None:
    page = opened(reading, f"?kind=latency&run={HOSTILE}&run={SWEEP}&by=device")
    page.get_by_role("button", name="Draw the chart").click()
    page.wait_for_selector(".q-chart.q-on .main-svg")
    labels = page.locator(".q-live .ytick text").all_text_contents()
    assert any(label.startswith("<script>window") for label in labels)
    assert page.evaluate("window.hacked") is None
    colour = "document.querySelector('.q-live .ytick text').style.fill"
    before = page.evaluate(colour)
    page.click(".q-palette")
    page.wait_for_function(f"{colour} !== {json.dumps(before)}")


def test_a_chart_of_too_many_cells_says_so(reading: Start) -> None:
    page = reading().open("explorer/?kind=latency")
    page.wait_for_selector(".q-cells tbody tr")
    call = """many => import('/assets/explorer-chart.js').then(async m => {
      const chart = document.querySelector('.q-chart');
      const rows = Array.from({length: many}, (_, i) => ({v: i, scheme: 's', mode: 'eager', from: 'published', run: 'r',
        model: 'm', device: 'd'}));
      const made = await m.figure(chart, rows, 'v', 'scheme', '../');
      return [made.light.wide.data.length, chart.querySelector('.q-say').textContent] })"""
    assert page.evaluate(call, 2000)[0] == 1
    traces, told = page.evaluate(call, 2001)
    assert traces == 0
    assert told.endswith("Filter further.")


# ---- without, twice, missing


def test_without_scripts_the_page_says_so_and_leads_to_every_record(reading: Start, site: Site) -> None:
    page = reading(java_script_enabled=False).open("explorer/")
    assert "JavaScript is off" in page.locator(".md-content").inner_text()
    assert page.locator(".q-explorer").is_hidden()
    links = {link.get_attribute("href") for link in page.locator(".q-records a").all()}
    names = {path.parent.name for path in site.root.glob("docs/data/runs/*/run.json")}
    assert links == {f"../data/runs/{name}/run.json" for name in names} | {f"../generated/runs/{MINE}/run.json"}
    assert page.locator(".md-content a[href='../results/']").count() > 0


def test_the_script_twice_does_no_harm(reading: Start) -> None:
    page = opened(reading)
    page.evaluate("import('/assets/explorer.js?again')")
    page.wait_for_timeout(200)
    press(page, "scheme", "bf16")
    assert pressed(page) == {"scheme=bf16"}


def test_cells_that_cannot_be_loaded_are_said_to_be_missing(browser: Any, site: Site) -> None:
    page = browser.new_page()
    page.route("**/generated/explorer/memory.json", lambda route: route.fulfill(status=404))
    page.goto(site.url + "explorer/?kind=memory")
    page.wait_for_function("document.querySelector('.q-said').innerText.includes('could not be loaded')")
    page.unroute("**/generated/explorer/memory.json")
    page.click("[data-kind=memory]")
    page.click("[data-kind=memory]")
    page.wait_for_selector(".q-cells tbody tr")
    page.close()


def test_the_look_is_that_of_the_other_charts(site: Site) -> None:
    made = json.loads((site.root / GENERATED / explorer.FOLDER / explorer.LOOK).read_text(encoding="utf-8"))
    assert set(made) == {palette.name for palette in PALETTES}
    for palette in PALETTES:
        assert made[palette.name]["colors"] == {"eager": palette.eager, "compiled": palette.compiled}
        assert made[palette.name]["symbols"] == MODE_SYMBOL
