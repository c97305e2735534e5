from __future__ import annotations

import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest

from qdocs import record as r
from qdocs.publish import explorer, flat, runs
from qdocs.publish.names import BASE, FRAGMENTS, GENERATED
from qdocs.publish.site import publish
from tests import factory
from tests.publish import cases

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "docs/assets/vendor"
KINDS = {cell.model_fields["kind"].default for cell in get_args(get_args(r.AnyCell)[0])}
RECORDS = sorted(ROOT.glob("docs/data/runs/*/run.json"))


def every_kind(where: Path) -> r.Run:
    """A run with a measured cell of each kind of a language model, and a failed and an unsupported one."""
    plan: list[Any] = [
        factory.spec("latency", "int8wo", "compiled"),
        factory.spec("memory", "int8wo"),
        factory.spec("fidelity", "int8wo"),
        factory.spec("accuracy", "int8wo"),
        factory.spec("text", "int8wo", task="mine", items=4),
        factory.spec("layer_error", "int8wo"),
        factory.spec("quantizing", "int8wo"),
        factory.spec("tokenization", "int8wo"),
        factory.spec("latency", "bf16"),
        factory.spec("memory", "bf16"),
    ]
    cells = [factory.make_cell(where, one, index) for index, one in enumerate(plan[:-2])]
    cells.append(cases.refused(plan[-2], r.Failed(error="out of memory")))
    cells.append(cases.refused(plan[-1], r.Unsupported(reason="no kernel")))
    return factory.write(where, plan, cells)


def raw(where: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((where / "run.json").read_text(encoding="utf-8"))
    return made


def unpacked(root: Path) -> list[dict[str, Any]]:
    """All rows as the page gets them."""
    rows = []
    for path in sorted((root / GENERATED / explorer.FOLDER).glob("*.json")):
        if path.name != explorer.LOOK:
            file = json.loads(path.read_text(encoding="utf-8"))
            rows += [dict(zip(file["columns"], row, strict=True)) for row in file["rows"]]
    return rows


def test_a_row_has_key_state_and_every_number_by_its_way_through_the_result(tmp_path: Path) -> None:
    every_kind(tmp_path)
    rows = flat.rows(raw(tmp_path))
    latency = rows[0]
    assert list(latency)[:16] == [
        *("run", "cell", "kind", "device", "model", "scheme", "backend", "mode"),
        *("batch", "prompt_tokens", "new_tokens", "repeat", "state", "reason", "coverage", "duration_s"),
    ]
    result = raw(tmp_path)["cells"][0]["outcome"]["result"]
    assert latency["ttft_ms.p90"] == result["ttft_ms"]["p90"]
    assert latency["disturbance.disturbed"] is False
    assert latency["coverage"] == 1
    memory, fidelity, accuracy = rows[1:4]
    assert memory["roles_bytes.embedding"] == 2 * factory.EMBEDDING
    assert "peak_allocated_bytes" not in memory  # null, and the record says why
    assert fidelity["by_corpus.code.kl_mean_nats"] > 0
    assert (accuracy["task"], accuracy["items"]) == ("facts", 200)
    for row in rows:
        text = [name for name, value in row.items() if isinstance(value, str)]
        assert set(text) <= {"run", "kind", "device", "model", "scheme", "backend", "mode", "task", "state", "reason"}
        assert None not in row.values()


def test_failed_and_unsupported_cells_keep_their_reason_and_have_no_numbers(tmp_path: Path) -> None:
    every_kind(tmp_path)
    failed, unsupported = flat.rows(raw(tmp_path))[-2:]
    assert (failed["state"], failed["reason"]) == ("failed", "out of memory")
    assert (unsupported["state"], unsupported["reason"]) == ("unsupported", "no kernel")
    assert list(failed)[-2:] == ["coverage", "duration_s"]


def test_a_number_does_not_take_the_place_of_the_key() -> None:
    cell = {
        **dict.fromkeys(("model", "scheme", "backend", "mode"), "x"),
        **{"kind": "x", "repeat": 1, "duration_s": 2.0},
        "outcome": {"state": "measured", "result": {"repeat": 7, "state": 8, "new": {"model": 9}}},
    }
    record = {"name": "x", "environment": {"device": {"name": "x"}}, "schemes": {}, "cells": [cell]}
    (row,) = flat.rows(record)
    assert (row["repeat"], row["state"], row["new.model"], row["coverage"]) == (1, "measured", 9, None)


def test_every_kind_has_a_leading_number_that_its_cells_hold(tmp_path: Path) -> None:
    every_kind(tmp_path / "a")
    factory.make_encoder_run(tmp_path / "b", rounds=1)
    rows = [row for where in ("a", "b") for row in flat.rows(raw(tmp_path / where)) if row["state"] == "measured"]
    assert {row["kind"] for row in rows} == KINDS == set(explorer.LEADS)
    for row in rows:
        assert isinstance(row[explorer.LEADS[row["kind"]]], float | int)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.parent.name)
def test_a_record_of_an_older_version_comes_to_the_same_rows(path: Path) -> None:
    now = r.read_run(path).model_dump(mode="json")
    assert flat.rows(json.loads(path.read_text(encoding="utf-8"))) == flat.rows(now)


def test_the_page_gets_every_cell_of_every_run(tmp_path: Path) -> None:
    every_kind(cases.folder(tmp_path, "2026-01-02-a"))
    factory.make_encoder_run(cases.folder(tmp_path, "2026-01-02-b"), rounds=1)
    factory.make_run(cases.folder(tmp_path, "2026-01-02-mine", yours=True), rounds=1)
    publish(tmp_path, with_stills=False)
    expected = []
    for base, origin in ((cases.PUBLISHED, "published"), (cases.YOURS, "yours")):
        for where in sorted((tmp_path / base).iterdir()):
            expected += [{"from": origin, **row} for row in flat.rows(raw(where))]
    found = [{name: value for name, value in row.items() if value is not None} for row in unpacked(tmp_path)]
    key = lambda row: (row["run"], row["cell"])  # noqa: E731
    assert sorted(found, key=key) == sorted(expected, key=key)
    file = json.loads((tmp_path / GENERATED / "explorer/memory.json").read_text())
    assert file["records"]["2026-01-02-a"] == "data/runs/2026-01-02-a/run.json"
    assert file["records"]["2026-01-02-mine"] == "generated/runs/2026-01-02-mine/run.json"
    assert file["caveats"] == {factory.GENERATOR: "Derives from 4-bit weights."}


def test_the_page_names_every_record_with_how_its_cells_ended(tmp_path: Path) -> None:
    cases.hostile_run(cases.folder(tmp_path))
    publish(tmp_path, with_stills=False)
    html = (tmp_path / GENERATED / FRAGMENTS / "page/records.html").read_text(encoding="utf-8")

    class Table(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.links: list[str] = []
            self.numbers: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in {"div", "table", "thead", "tbody", "tr", "th", "td", "a", "br", "small"}
            self.links += [value or "" for name, value in attrs if name == "href"]

        def handle_data(self, data: str) -> None:
            self.numbers += [data] if data.isdigit() else []

    table = Table()
    table.feed(html)
    assert table.links == [f"{BASE}data/runs/2026-01-02-test-smollm2/run.json"]
    assert table.numbers == ["20", "1", "1"]


def test_without_a_run_the_page_says_so_and_still_opens_a_record(tmp_path: Path) -> None:
    publish(tmp_path, with_stills=False)
    html = (tmp_path / GENERATED / FRAGMENTS / "page/explorer.html").read_text(encoding="utf-8")
    assert "No run is published yet" in html
    assert 'type="file"' in html
    assert len(re.findall(r'data-cells="0" aria-pressed="false" hidden', html)) == len(KINDS)


def many_runs(root: Path, devices: list[str], **changes: Any) -> None:
    for day, device in enumerate(devices):
        where = cases.folder(root, f"run-{day:02}")
        run = factory.make_run(where, rounds=1)
        named = run.environment.device.model_copy(update={"name": device})
        environment = run.environment.model_copy(update={"device": named})
        moved = {
            "started_at": run.started_at + timedelta(days=day),
            "ended_at": run.started_at + timedelta(days=day, hours=1),
        }
        cases.rewrite(where, run, environment=environment, **moved, **changes)


def test_pages_carry_the_newest_run_of_each_device_and_the_explorer_all(tmp_path: Path) -> None:
    many_runs(tmp_path, ["a", "b", "a"])
    cases.page_with_charts(tmp_path, "memory")
    publish(tmp_path, with_stills=False)
    picker = (tmp_path / GENERATED / FRAGMENTS / "runs/page.html").read_text(encoding="utf-8")
    chart = (tmp_path / GENERATED / FRAGMENTS / "chart/memory.html").read_text(encoding="utf-8")
    assert (
        re.findall(r'data-pick="([^"]+)"', picker) == re.findall(r'data-run="([^"]+)"', chart) == ["run-02", "run-01"]
    )
    assert "All 3 are in the" in picker
    assert not (tmp_path / GENERATED / "runs/run-00").exists()
    assert {row["run"] for row in unpacked(tmp_path)} == {"run-00", "run-01", "run-02"}


def test_a_run_that_a_newer_one_of_a_larger_suite_repeated_is_not_carried(tmp_path: Path) -> None:
    many_runs(tmp_path, ["a", "a", "b"])
    oldest, other = (tmp_path / cases.PUBLISHED / f"run-{day:02}" for day in (0, 2))
    for folder in (oldest, other):
        cases.rewrite(folder, r.read_run(folder), suite="closeness")
    found, _ = runs.find(tmp_path)
    assert [one.name for one in runs.in_full(found, said="")] == ["run-02", "run-01"]


def test_a_run_that_failed_where_an_older_one_measured_repeats_nothing(tmp_path: Path) -> None:
    many_runs(tmp_path, ["a", "a"])
    oldest, newer = (tmp_path / cases.PUBLISHED / f"run-{day:02}" for day in (0, 1))
    cases.rewrite(oldest, r.read_run(oldest), suite="closeness")
    found, _ = runs.find(tmp_path)
    whole = found[0].run
    lost = next(cell for cell in whole.cells if cell.outcome.state == "measured")
    less = whole.model_copy(update={"cells": [cell for cell in whole.cells if cell is not lost]})
    found = [runs.FoundRun(less, newer, yours=False), *found[1:]]
    assert "run-00" in {one.name for one in runs.in_full(found, said="")}


def test_however_many_devices_there_are_pages_carry_few_runs(tmp_path: Path) -> None:
    many_runs(tmp_path, [f"device {number}" for number in range(runs.MOST_IN_FULL + 3)])
    found, _ = runs.find(tmp_path)
    carried = [one.name for one in runs.in_full(found, said="")]
    assert carried == [one.name for one in found][: runs.MOST_IN_FULL]


def test_an_unfinished_run_replaces_no_finished_one(tmp_path: Path) -> None:
    many_runs(tmp_path, ["a"])
    where = cases.folder(tmp_path, "started")
    run = factory.make_run(where, rounds=1, drop=2)
    device = run.environment.device.model_copy(update={"name": "a"})
    environment = run.environment.model_copy(update={"device": device})
    cases.rewrite(where, run, started_at=run.started_at + timedelta(days=9), environment=environment)
    found, _ = runs.find(tmp_path)
    assert [one.name for one in runs.in_full(found, said="")] == ["run-00"]


@pytest.mark.parametrize("quote", ['value("run-00:run.name")', 'chart("fidelity", "smollm2-135m")', '"smollm2-135m:x"'])
def test_what_a_page_quotes_is_carried_however_many_runs_there_are(tmp_path: Path, quote: str) -> None:
    many_runs(tmp_path, [f"device {number}" for number in range(runs.MOST_IN_FULL + 3)])
    oldest = tmp_path / cases.PUBLISHED / "run-00"
    cases.rewrite(oldest, r.read_run(oldest), suite="closeness")
    found, _ = runs.find(tmp_path)
    assert "run-00" not in {one.name for one in runs.in_full(found, said="run-00 and smollm2-135m")}
    carried = [one.name for one in runs.in_full(found, said=quote)]
    assert carried[-1] == "run-00"
    assert len(carried) == runs.MOST_IN_FULL


def test_a_page_may_quote_an_older_run_by_its_name(tmp_path: Path) -> None:
    many_runs(tmp_path, ["a", "a"])
    (tmp_path / "docs" / "story.md").write_text('{{ value("run-00:int8wo.eager.speed") }}')
    publish(tmp_path, with_stills=False)
    named = json.loads((tmp_path / GENERATED / "values.json").read_text())["values"]
    assert "run-00:int8wo.eager.speed" in named
    (tmp_path / "docs" / "story.md").unlink()
    publish(tmp_path, with_stills=False)
    named = json.loads((tmp_path / GENERATED / "values.json").read_text())["values"]
    assert "run-00:int8wo.eager.speed" not in named


def test_the_validator_is_pinned_and_evaluates_nothing() -> None:
    (bundle,) = VENDOR.glob("json-schema-*.min.js")
    text = bundle.read_text(encoding="utf-8")
    version = re.search(r"@cfworker/json-schema ([\d.]+) \(MIT\)", text)
    assert version
    assert bundle.name == f"json-schema-{version[1]}.min.js"
    assert f"./vendor/{bundle.name}" in (ROOT / "docs/assets/record.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|\bFunction\(|\bimport\(|\bfetch\(", text)
    assert "MIT License" in (VENDOR / "json-schema-LICENSE.txt").read_text(encoding="utf-8")


def test_the_schema_of_every_version_is_published() -> None:
    published = {path.name for path in (ROOT / "docs/data/schema").glob("run-*.json")}
    assert published == {f"run-{version}.json" for version in range(1, r.SCHEMA_VERSION + 1)}
