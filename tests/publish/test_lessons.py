"""Do the related lessons' cells show on their own charts, and stay out of those of accuracy?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qdocs.publish import context, frames, frames_answers, snippets, tables, values
from qdocs.publish.blocks import drawn
from qdocs.publish.charts import CHARTS
from qdocs.publish.names import FRAGMENTS, GENERATED
from qdocs.publish.runs import FoundRun, find, newest_answers, shown_first
from qdocs.publish.site import publish
from tests import factory
from tests.publish import cases


@pytest.fixture
def found(tmp_path: Path) -> FoundRun:
    where = cases.folder(tmp_path, "2026-01-03-lessons")
    return FoundRun(factory.make_lessons_run(where), where, yours=False)


def test_a_run_of_the_lessons_draws_theirs_and_its_bytes_once(found: FoundRun) -> None:
    assert [one.chart.id for one in drawn(found)] == ["memory", "context", "tokens", "per-character", "preference"]
    assert [name for name, chart in CHARTS.items() if chart.planned(found) and chart.kind == "accuracy"] == [
        "preference"
    ]


def test_preference_pairs_stand_apart_from_tasks(found: FoundRun, tmp_path: Path) -> None:
    assert frames_answers.accuracy(found).empty
    assert set(frames_answers.preference(found)["task"]) == {"preference"}
    where = cases.folder(tmp_path, "2026-01-02-tasks")
    tasks = FoundRun(factory.make_tasks_run(where), where, yours=False)
    assert frames_answers.preference(tasks).empty
    assert not CHARTS["preference"].planned(tasks)
    runs, _ = find(tmp_path)
    asked = newest_answers(runs)
    assert {task: one.name for task, one in asked.items()} == {
        **dict.fromkeys(factory.TASKS, "2026-01-02-tasks"),
        "preference": "2026-01-03-lessons",
    }
    assert {one.name for one in shown_first(runs)} == {"2026-01-02-tasks", "2026-01-03-lessons"}
    named = values.collect(runs)
    assert {"facts.int8wo.accuracy", "preference.int8wo.accuracy"} <= named.keys()


def test_cells_of_memory_that_differ_in_context_are_told_apart(found: FoundRun, tmp_path: Path) -> None:
    assert '<th scope="col" class="q-num">context</th>' in tables.memory(frames.memory(found))
    where = cases.folder(tmp_path, "2026-01-02-single")
    alone = FoundRun(factory.make_run(where, rounds=1), where, yours=False)
    assert ">context</th>" not in tables.memory(frames.memory(alone))


def test_the_peak_of_memory_has_a_name_with_its_context(found: FoundRun) -> None:
    peak = values.of_run(found)["int8wo.c8192.peak"]
    rows = {(r["scheme"], r["context_tokens"]): r for r in frames.records(frames.memory(found))}
    assert peak.number == rows["int8wo", 8192]["peak_rss_increase_bytes"]
    assert "a context of 8,192 tokens" in peak.scope


def test_the_cache_is_weighed_beside_the_weights(found: FoundRun) -> None:
    rows = {(r["scheme"], r["context_tokens"]): r for r in frames.records(context.context(found))}
    cache = 8192 * 2 * 30 * 3 * 64 * 2
    stored = factory.memory_result("int4wo-g32").stored_bytes
    assert rows["int4wo-g32", 8192]["kv_cache_bytes"] == rows["bf16", 8192]["kv_cache_bytes"] == cache
    assert rows["int4wo-g32", 8192]["cache_share"] == pytest.approx(cache / (cache + stored))
    assert rows["bf16", 8192]["both_ratio"] == 1
    assert rows["int4wo-g32", 8192]["both_ratio"] == pytest.approx((cache + stored) / rows["bf16", 8192]["both_bytes"])
    assert rows["int4wo-g32", 512]["both_ratio"] < rows["int4wo-g32", 8192]["both_ratio"] < 1
    told = context.say(context.context(found), found)
    assert told.startswith("The cache is the same in every scheme, so the smaller the weights, the larger its part. ")
    assert "Its share of both at 8,192 tokens: 41.2% in <code>bf16</code>, " in told
    assert "60.5% in <code>int4wo-g32</code>" in told
    assert "fp32" not in told


def test_without_its_baseline_a_context_has_no_ratio(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    specs = [factory.spec("memory", "int8wo", context_tokens=tokens) for tokens in factory.CONTEXTS]
    cells = [factory.make_cell(where, one, index) for index, one in enumerate(specs)]
    found = FoundRun(factory.write(where, specs, cells), where, yours=False)
    rows = context.context(found)
    assert [row["both_ratio"] for row in frames.records(rows)] == [None] * len(specs)
    assert "not measured" in context.table(rows)


def test_one_context_is_no_chart_of_contexts(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(factory.make_run(where, rounds=1), where, yours=False)
    assert "context" not in [one.chart.id for one in drawn(found)]


def test_values_name_contexts_kinds_of_text_and_pairs(found: FoundRun) -> None:
    named = values.of_run(found)
    assert named["int4wo-g32.c8192.cache"].text == "188.7 MB"
    assert named["int4wo-g32.c8192.cache-share"].text == "60.5%"
    assert "a context of 8,192 tokens" in named["int4wo-g32.c8192.cache"].scope
    assert named["int4wo-g32.c8192.both"].text == "311.8 MB"
    assert named["int4wo-g32.c8192.both-size"].text == "0.68×"
    assert named["tokens.german.ratio"].text == "1.50×"
    assert named["tokens.german.characters-per-token"].text == "2.7"
    assert named["tokens.identifiers.per-character"].number == pytest.approx(0.5)
    assert named["tokens.english.unknown"].text == "0%"
    assert "tokens.python.ratio" not in named
    assert named["preference.int4wo-g32.lost"].text == "36"
    assert "200 pairs from 25 themes" in named["preference.int4wo-g32.lost"].scope
    assert named["preference.bf16.at-chance"].number == 0
    assert "preference.int4wo-g32.at-chance" not in named


def test_what_an_example_printed_stands_below_the_region_that_printed_it() -> None:
    made = snippets.fragments(Path(__file__).parents[2])
    lookup, mask = (made[f"printed/attention-{region}"] for region in ("lookup", "mask"))
    assert "mixed value" in lookup
    assert "attends to" not in lookup
    assert "attends to" in mask
    assert "printed/attention-attend" not in made, "it printed nothing"


def test_the_pages_say_how_pairs_turned(found: FoundRun, tmp_path: Path) -> None:
    publish(tmp_path, with_stills=False)
    html = (tmp_path / GENERATED / FRAGMENTS / "chart/preference@smollm2-135m.html").read_text(encoding="utf-8")
    assert "200 pairs from 25 themes" in html
    assert "bf16 finds the chosen answer likelier in 73.5% of pairs." in html
    assert "36 pairs turned to the rejected answer, 2 to the chosen one." in html
    assert "turned to rejected" in html
    assert "not judged, baseline at chance" not in html
    none = (tmp_path / GENERATED / FRAGMENTS / "chart/accuracy.html").read_text(encoding="utf-8")
    assert "No run here has accuracy cells yet." in none
