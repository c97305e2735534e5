"""Do the calculators and the figure of the lesson say in the browser what the package computes?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qdocs.publish import calculators, frames, grid
from qdocs.publish.runs import FoundRun
from qdocs.rounding import round_to_grid
from tests import factory
from tests.publish import cases
from tests.site.browsers import touch
from tests.site.conftest import ROOT, Reading

pytestmark = pytest.mark.xdist_group("site")
Start = Callable[..., Reading]
PAGES = {"memory": "memory/", "cost": "serving-cost/", "power": "evaluation/"}
LLAMA, SMALL = calculators.MODELS["Llama-3.1-8B"], calculators.MODELS["SmolLM2-135M"]
SETTINGS: list[tuple[str, dict[str, float]]] = [
    ("memory", LLAMA | {"group": 128, "padded": 1, "batch": 64, "context": 8192, "room": 80}),
    ("memory", SMALL | {"group": 128, "padded": 0, "batch": 1, "context": 100, "room": 1}),
    ("memory", SMALL | {"group": 64, "padded": 1, "batch": 3, "context": 1, "room": 24}),
    ("memory", LLAMA | {"group": 64, "padded": 0, "batch": 2, "context": 131072, "room": 16}),
    ("cost", {"price": 3.5, "utilization": 35, "bf16": 5120.3, "int8wo": 3011, "int4wo": 912.3}),
    ("cost", {"price": 0.001, "utilization": 100, "bf16": 0.1, "int8wo": 10, "int4wo": 99999}),
    ("power", {"flips": 4, "drop": 2, "comparisons": 1}),
    ("power", {"flips": 0.5, "drop": 0, "comparisons": 36}),
    ("power", {"flips": 30, "drop": 5.5, "comparisons": 9}),
    ("power", {"flips": 4, "drop": 5.5, "comparisons": 1}),
]


def shown(page: Any) -> list[list[str]]:
    rows = page.locator(".q-calc tbody tr").all()
    return [[cell.text_content() for cell in row.locator("th, td").all()] for row in rows]


def rows_of(made: list[list[str]]) -> dict[str, list[str]]:
    return {first: rest for first, *rest in made}


@pytest.mark.parametrize(("name", "values"), SETTINGS)
def test_what_a_reader_sets_gives_what_the_package_computes(
    reading: Start, name: str, values: dict[str, float]
) -> None:
    page = reading().open(PAGES[name])
    touch(page)
    for field, value in values.items():
        box = page.locator(f".q-calc [name={field}]")
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(f"{value:g}")
        else:
            box.fill(f"{value:.10g}")
    assert page.locator(".q-problem").is_hidden()
    made = calculators.calculators(None)[name]
    assert shown(page) == made.rows(values)


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_the_results_for_the_numbers_that_stand_there_are_read(reading: Start, name: str) -> None:
    with_scripts = reading().open(PAGES[name])
    touch(with_scripts)
    assert shown(reading(java_script_enabled=False).open(PAGES[name])) == shown(with_scripts)


def test_a_preset_fills_the_fields(reading: Start) -> None:
    page = reading().open(PAGES["memory"])
    touch(page)
    page.get_by_role("button", name="SmolLM2-135M", exact=True).click()
    assert page.locator("[name=width]").input_value() == "576"
    page.locator("[name=group]").select_option("128")
    assert rows_of(shown(page))["linear weights skipped"][2] != "none"


def test_a_number_out_of_range_is_named_and_the_last_results_stay(reading: Start) -> None:
    page = reading().open(PAGES["power"])
    touch(page)
    before = shown(page)
    page.get_by_label("items that flip, %").fill("250")
    assert page.locator(".q-problem").text_content().startswith("items that flip, %: ")
    assert shown(page) == before
    page.get_by_label("items that flip, %").fill("4")
    assert page.locator(".q-problem").is_hidden()


def test_the_figure_rounds_as_the_package_does(reading: Start) -> None:
    page = reading().open("fundamentals/")
    touch(page)
    weights = json.loads(grid.SLICE.read_text(encoding="utf-8"))["weights"]
    for bits, group, symmetric in ((4, 32, False), (2, 8, True), (8, 128, False), (3, 64, True), (5, 16, False)):
        expected = round_to_grid(weights, bits, group, symmetric)
        call = "([w, b, g, s]) => import('/assets/grid.js').then(m => m.roundToGrid(w, b, g, s))"
        found = page.evaluate(call, [weights, bits, group, symmetric])
        assert found["values"] == pytest.approx(list(expected.values), abs=1e-12)
        assert found["error"] == pytest.approx(expected.relative_error)
        assert found["bitsPerWeight"] == pytest.approx(expected.bits_per_weight)


def test_the_figure_follows_the_reader_by_keyboard(reading: Start) -> None:
    page = reading().open("fundamentals/")
    touch(page)
    said = page.locator(".q-rounding-said")
    page.wait_for_selector(".q-rounding svg")
    assert said.text_content().startswith("16 places a group.")
    before = page.locator(".q-rounding svg").inner_html()
    page.locator(".q-rounding [name=bits]").focus()
    page.keyboard.press("ArrowLeft")
    assert said.text_content().startswith("8 places a group.")
    assert page.locator(".q-rounding svg").inner_html() != before
    page.locator(".q-rounding [name=group]").select_option("128")
    assert "3.25 bits" in said.text_content()


@pytest.mark.parametrize(("width", "rows"), [(1280, 1), (390, 2), (360, 2)])
def test_the_figure_s_rings_are_as_large_on_a_phone_and_zero_is_marked(reading: Start, width: int, rows: int) -> None:
    page = reading(viewport={"width": width, "height": 800}).open("fundamentals/")
    touch(page)
    page.wait_for_selector(".q-rounding svg")
    assert page.evaluate("document.querySelector('.q-rounding svg').getScreenCTM().a") == pytest.approx(1, abs=0.02)
    assert page.locator(".q-zero-name").all_text_contents() == ["0"] * rows
    drawn = page.locator(".q-ring").evaluate_all("all => all.map(p => p.getAttribute('d').split('M').length - 1)")
    assert sum(drawn) == len(json.loads(grid.SLICE.read_text(encoding="utf-8"))["weights"])
    if rows == 2:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.wait_for_function("document.querySelectorAll('.q-zero').length === 1")


@pytest.mark.parametrize("path", ["fundamentals/", *PAGES.values()])
def test_a_phone_does_not_scroll_these_pages_sideways(reading: Start, path: str) -> None:
    page = reading(viewport={"width": 360, "height": 740}).open(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", ["latency/", *PAGES.values()])
def test_a_phone_shows_results_and_formulas_whole(reading: Start, path: str) -> None:
    page = reading(viewport={"width": 360, "height": 740}).open(path)
    boxes = page.locator(".q-calc .q-scroll, .q-formula")
    assert boxes.count()
    assert boxes.evaluate_all("boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).length") == 0


def test_costs_begin_with_whole_requests(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(factory.make_run(where, rounds=1), where, yours=False)
    (row,) = (r for r in frames.records(frames.latency(found)) if (r["scheme"], r["mode"]) == ("bf16", "compiled"))
    made = {field.name: field for field in calculators.calculators(found)["cost"].fields}["bf16"]
    assert isinstance(made, calculators.Field)
    assert made.default == round(row["request_tokens_per_s"], 1) < row["decode_tokens_per_s"]


def test_no_context_is_longer_than_the_model_s_own() -> None:
    least = {"group": 32, "padded": 1, "batch": 1, "context": 4096, "room": 80}
    assert rows_of(calculators.memory(LLAMA | least))["longest context"] == ["131,072"] * 3
    # What is left of 20 GB beside 16,060,522,496 bytes, over 131,072 bytes a token.
    assert rows_of(calculators.memory(LLAMA | least | {"room": 20}))["longest context"][0] == "30,055"


def test_a_drop_larger_than_what_flips_is_marked() -> None:
    made = rows_of(calculators.power({"flips": 4, "drop": 2, "comparisons": 1}))
    assert made["100"][1].endswith(" points, if as many flip")
    assert made["500"][1].endswith(" points")
    assert not any("if" in seen for seen, _ in made.values())
    made = rows_of(calculators.power({"flips": 4, "drop": 5.5, "comparisons": 1}))
    assert all(seen.endswith("% of cases, if as many flip") for seen, _ in made.values())


def test_the_slice_is_of_the_embedded_model() -> None:
    taken = json.loads(grid.SLICE.read_text(encoding="utf-8"))
    assert taken["model"] == "smollm2-135m"
    assert "4-bit" in taken["caveat"]
    assert len(taken["weights"]) == 128


def test_the_slice_is_what_the_model_holds() -> None:
    pytest.importorskip("torch")
    from qdocs.measure.slice import FILE, take

    assert json.loads((ROOT / FILE).read_text(encoding="utf-8")) == take(), "give `make slice` and commit it"
    assert ROOT / FILE == grid.SLICE
