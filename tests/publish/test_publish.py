from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qdocs import record as r
from qdocs.cases import SCHEMA as CASE_SCHEMA
from qdocs.errors import InvalidRecord, WrongUse
from qdocs.publish import frames, headline, safe, sentences, values, words
from qdocs.publish.names import BASE, FRAGMENTS, GENERATED, VALUES, look_up
from qdocs.publish.runs import FoundRun, find
from qdocs.publish.site import SCHEMA, publish
from tests import factory
from tests.publish import cases

README = f"# qdocs\n\nbefore\n\n{headline.START}\nold\n{headline.END}\n\nafter\n"


def fragment(root: Path, name: str) -> str:
    return (root / GENERATED / FRAGMENTS / f"{name}.html").read_text(encoding="utf-8")


def everything(root: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted((root / GENERATED).rglob("*.html")))


def test_safe_text_leaves_nothing_to_any_reader_of_markup() -> None:
    left = re.sub(r"&#\d+;", "", safe.text(cases.NASTY))
    assert not set("<>&\"'`{}*_[]@\n\\~^=:!#$|") & set(left)
    assert safe.text("int4wo-g32 1.58×, 99.1%") == "int4wo-g32 1.58×, 99.1%"


def test_safe_figure_text_is_no_markup_for_plotly() -> None:
    assert safe.figure("<b>x</b> %{y}\n&") == "&lt;b&gt;x&lt;/b&gt; %\u200b{y} &amp;"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "  =x"])
def test_safe_cell_is_no_formula(text: str) -> None:
    assert safe.cell(text) == "'" + text
    assert safe.cell(-1.5) == -1.5


def test_words() -> None:
    assert words.number(0.00078) == "0.000780"
    assert words.number(1234.5) == "1,234"
    assert words.nats(0.0060) == "0.0060"
    assert words.percent(0.99996) == "more than 99.99%"
    assert words.percent(1.0) == "100%"
    assert words.percent(0.731) == "73.1%"
    assert words.megabytes(123_048_576) == "123.0 MB"
    assert words.megabytes(16_060_522_496) == "16.06 GB"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed([]) == "none"


def test_writes_all_files_and_names_them(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path), rounds=2)
    report = publish(tmp_path, with_stills=False)
    assert report.notices == []
    there = {p.relative_to(tmp_path) for p in (tmp_path / GENERATED).rglob("*") if p.is_file()}
    assert set(report.written) == there | {SCHEMA, CASE_SCHEMA}
    stem = GENERATED / "runs/2026-01-02-test-smollm2"
    for chart in ("speed-size", "fidelity", "memory"):
        for ending in ("csv", "json", "figure.json"):
            assert stem / f"{chart}-1.{ending}" in there
    rows = json.loads((tmp_path / stem / "speed-size-1.json").read_text())
    with (tmp_path / stem / "speed-size-1.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    assert [float(x["decode_tokens_per_s"]) for x in table] == [x["decode_tokens_per_s"] for x in rows]
    assert list(tmp_path.glob("build/*")) == []


def test_a_rerun_is_the_same_and_leaves_nothing_stale(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    factory.make_run(where, rounds=1)
    factory.make_run(cases.folder(tmp_path, "2026-01-03-other"), rounds=1)
    publish(tmp_path, with_stills=False)
    assert (tmp_path / GENERATED / "runs/2026-01-03-other").is_dir()
    shutil.rmtree(where.parent / "2026-01-03-other")
    (tmp_path / GENERATED / "stale.txt").write_text("old")
    publish(tmp_path, with_stills=False)
    assert not (tmp_path / GENERATED / "runs/2026-01-03-other").exists()
    assert not (tmp_path / GENERATED / "stale.txt").exists()
    before = everything(tmp_path)
    assert SCHEMA not in publish(tmp_path, with_stills=False).written  # unchanged, so not touched
    assert everything(tmp_path) == before
    assert "2026-01-03-other" not in before


def test_an_invalid_record_stops_and_the_old_pages_stay(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    factory.make_run(where, rounds=1)
    publish(tmp_path, with_stills=False)
    before = everything(tmp_path)
    bad = cases.folder(tmp_path, "2026-01-03-bad")
    factory.make_run(bad, rounds=1)
    sample = next((bad / "samples").iterdir())
    sample.write_bytes(sample.read_bytes()[:-1])
    with pytest.raises(InvalidRecord, match=sample.name):
        publish(tmp_path, with_stills=False)
    assert everything(tmp_path) == before
    assert list(tmp_path.glob("build/*")) == []


def test_records_at_odds_with_their_samples_stop_with_all_problems(tmp_path: Path) -> None:
    for name in ("2026-01-03-a", "2026-01-03-b"):
        where = cases.folder(tmp_path, name)
        run = factory.make_run(where, rounds=1)
        text = (where / "run.json").read_text()
        speed = next(c for c in run.cells if isinstance(c, r.LatencyCell)).outcome.result.decode_tokens_per_s  # type: ignore[union-attr]
        (where / "run.json").write_text(text.replace(str(speed), str(speed * 2), 1))
    with pytest.raises(InvalidRecord) as caught:
        publish(tmp_path, with_stills=False)
    assert len(caught.value.problems) == 2
    for name, problem in zip(("2026-01-03-a", "2026-01-03-b"), caught.value.problems, strict=True):
        assert name in problem
        assert "decode_tokens_per_s: does not follow from" in problem
    assert not (tmp_path / GENERATED).exists()


def test_without_any_run_pages_say_so(tmp_path: Path) -> None:
    cases.page_with_charts(tmp_path, "memory")
    publish(tmp_path, with_stills=False)
    assert json.loads((tmp_path / GENERATED / VALUES).read_text()) == {"published": False, "values": {}}
    for name in ("page/headline", "chart/speed-size", "chart/fidelity", "table/latency"):
        assert "No run is published yet" in fragment(tmp_path, name)
    assert fragment(tmp_path, "runs/page") == ""


def test_the_reader_s_own_run_is_shown_and_marked_but_never_quoted(tmp_path: Path) -> None:
    cases.later(cases.folder(tmp_path), 0)
    cases.later(cases.folder(tmp_path, "2026-02-01-mine", yours=True), 30)
    (tmp_path / "README.md").write_text(README)
    publish(tmp_path, with_stills=False)
    chart = fragment(tmp_path, "chart/speed-size")
    theirs, mine = chart.split('data-run="2026-02-01-mine"')
    assert "your run, not published" not in theirs
    assert "your run, not published" in mine
    assert "Your run, not published." in mine
    assert f"{BASE}generated/runs/2026-02-01-mine/run.json" in mine
    assert f"{BASE}data/runs/2026-01-02-test-smollm2/run.json" in theirs
    assert (tmp_path / GENERATED / "runs/2026-02-01-mine/run.json").exists()
    quoted = (tmp_path / "README.md").read_text() + (tmp_path / GENERATED / VALUES).read_text()
    assert "mine" not in quoted + fragment(tmp_path, "page/headline")


def test_only_the_reader_s_run_is_no_headline(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path, "mine", yours=True), rounds=1)
    publish(tmp_path, with_stills=False)
    assert "No run is published yet" in fragment(tmp_path, "page/headline")
    assert 'data-run="mine"' in fragment(tmp_path, "chart/memory")


def test_a_folder_of_yours_without_a_record_is_passed_over_with_a_notice(tmp_path: Path) -> None:
    cases.folder(tmp_path, "started", yours=True)
    factory.make_run(cases.folder(tmp_path), rounds=1)
    runs, notices = find(tmp_path)
    assert [found.name for found in runs] == ["2026-01-02-test-smollm2"]
    assert notices == ["runs/started: no run.json yet, passed over"]


def test_the_headline_is_the_newest_complete_published_run(tmp_path: Path) -> None:
    cases.later(cases.folder(tmp_path, "old"), 0)
    cases.later(cases.folder(tmp_path, "newer"), 5)
    unfinished = cases.folder(tmp_path, "newest")
    run = factory.make_run(unfinished, rounds=1, drop=1)
    cases.rewrite(unfinished, run, started_at=run.started_at.replace(year=2027))
    (tmp_path / "README.md").write_text(README)
    publish(tmp_path, with_stills=False)
    text = (tmp_path / "README.md").read_text()
    assert "(docs/data/runs/newer/run.json)" in text
    assert "newest" not in text
    assert json.loads((tmp_path / GENERATED / VALUES).read_text())["values"]["run.name"]["text"] == "newer"


def test_readme_block(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path), rounds=3)
    (tmp_path / "README.md").write_text(README)
    publish(tmp_path, with_stills=False)
    text = (tmp_path / "README.md").read_text()
    assert text.startswith("# qdocs\n\nbefore\n")
    assert text.endswith("\nafter\n")
    assert "\nold\n" not in text
    (int8,) = [line for line in text.splitlines() if line.startswith("| int8wo ")]
    cells = [cell.strip() for cell in int8.strip("|").split("|")]
    assert cells[1] == "164.2 MB"
    assert cells[2].startswith("0.77×, slower (")
    assert cells[3].startswith("1.55× (")
    assert cells[6] == "100%"
    scope = text.split("100% |\n\n")[-1]
    for word in ("smollm2-135m", "erives from 4-bit weights", "Test processor", "batch 1", "same mode"):
        assert word in scope
    assert "unusual" not in text
    written = text
    publish(tmp_path, with_stills=False)
    assert (tmp_path / "README.md").read_text() == written


def test_readme_without_marks_is_left_alone(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path), rounds=1)
    (tmp_path / "README.md").write_text("# nothing\n")
    report = publish(tmp_path, with_stills=False)
    assert Path("README.md") not in report.written
    assert (tmp_path / "README.md").read_text() == "# nothing\n"


def test_failed_unsupported_and_disturbed_cells_are_shown(tmp_path: Path) -> None:
    cases.with_states(cases.folder(tmp_path))
    (tmp_path / "README.md").write_text(README)
    publish(tmp_path, with_stills=False)
    states = fragment(tmp_path, "table/states")
    assert "2 of 15 planned cells were not measured" in states
    for words_ in ("failed", "the compiler ran out of memory", "unsupported", "needs a newer torchao"):
        assert words_ in states
    assert "others took 40% of the processor; measured 3 times" in fragment(tmp_path, "table/latency")
    chart = fragment(tmp_path, "chart/speed-size")
    assert "the machine was unusual" in chart
    assert 'results/?run=2026-01-02-test-smollm2#latency-in-full">The table of times</a>' in chart
    figure = (tmp_path / GENERATED / "runs/2026-01-02-test-smollm2/speed-size-1.figure.json").read_text()
    assert "0.77×*" in json.dumps(json.loads(figure), ensure_ascii=False)
    assert "0.77×&#42;, slower" in fragment(tmp_path, "page/headline")
    block = (tmp_path / "README.md").read_text()
    assert "0.77×&#42;, slower (" in block
    assert block.count("The machine was unusual in a round") == 1
    assert "One round only" in chart


def test_all_cells_measured_is_said(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path), rounds=1)
    publish(tmp_path, with_stills=False)
    assert "All 15 planned cells were measured." in fragment(tmp_path, "table/states")


def test_one_reason_for_all_that_was_not_measured_is_said_before_the_table(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    plan = [factory.spec("latency", s) for s in ("bf16", "int8wo", "int4wo-g32")]
    lacking = [cases.refused(one, r.Unsupported(reason="needs a GPU")) for one in plan[1:]]
    factory.write(where, plan, [factory.make_cell(where, plan[0]), *lacking])
    publish(tmp_path, with_stills=False)
    told = "2 of 3 planned cells were not measured, of <code>int8wo</code> and <code>int4wo-g32</code>. Unsupported"
    assert f"<p>{told}: needs a GPU.</p>" in fragment(tmp_path, "table/states")


def test_only_runs_that_a_page_draws_can_be_chosen_there(tmp_path: Path) -> None:
    speed, asked = "2026-01-02-speed", "2026-01-03-asked"
    factory.make_run(cases.folder(tmp_path, speed), rounds=1)
    factory.make_tasks_run(cases.folder(tmp_path, asked))
    for name, charts in (("answers", ["accuracy"]), ("both", ["memory", "accuracy"])):
        cases.page_with_charts(tmp_path, *charts, page=name)
    (tmp_path / "docs/without.md").write_text('{{ chart("memory") }}\n', encoding="utf-8")
    publish(tmp_path, with_stills=False)
    assert re.findall(r'data-pick="([^"]+)"', fragment(tmp_path, "runs/answers")) == [asked]
    assert f'data-first="{asked}"' in fragment(tmp_path, "runs/answers")
    assert set(re.findall(r'data-pick="([^"]+)"', fragment(tmp_path, "runs/both"))) == {speed, asked}
    assert not (tmp_path / GENERATED / FRAGMENTS / "runs/without.html").exists()
    assert "All 2 are in the" in fragment(tmp_path, "runs/answers"), "the page draws one of them"
    assert "are in the" not in fragment(tmp_path, "runs/both")


def test_a_page_of_one_chart_shows_a_model_once_by_the_run_with_most_schemes(tmp_path: Path) -> None:
    rich, newer = "2026-01-02-rich", "2026-01-07-newer"
    where = cases.folder(tmp_path, rich)
    run = cases.rewrite(where, factory.make_run(where, rounds=1), suite="standard")
    where = cases.folder(tmp_path, newer)
    plan = [factory.spec(kind, s) for kind in ("memory", "fidelity", "latency") for s in ("bf16", "int8wo")]
    few = factory.write(where, plan, [factory.make_cell(where, one, at) for at, one in enumerate(plan)])
    moved = {name: getattr(run, name) + timedelta(days=5) for name in ("started_at", "ended_at")}
    cases.rewrite(where, few, **moved)
    cases.page_with_charts(tmp_path, "memory", page="one")
    cases.page_with_charts(tmp_path, "memory", "fidelity", page="two")
    publish(tmp_path, with_stills=False)
    for page, first in (("one", rich), ("two", newer)):
        assert set(re.findall(r'data-pick="([^"]+)"', fragment(tmp_path, f"runs/{page}"))) == {rich, newer}
        assert f'data-first="{first}"' in fragment(tmp_path, f"runs/{page}")


def test_captions_of_memory_say_what_stays_whole_and_what_was_skipped(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(factory.make_run(where, rounds=1), where, yours=False)
    rows = frames.memory(found)
    said = sentences.memory(rows, found)
    assert "The embedding, 56.6 MB, stays whole in every quantized scheme: it is 21.0% of <code>bf16</code>" in said
    assert "and 46.0% of <code>int4wo-g32</code>." in said
    assert "skipped" not in said
    rows.loc[rows["scheme"] == "int4wo-g32", "coverage"] = 0.25
    rows.loc[rows["scheme"] == "int8wo", "embedding_bytes"] = 1
    said = sentences.memory(rows, found)
    assert "5.00 bits a quantized weight with scales; 75.0% of the linear weights were skipped." in said
    assert "stays whole" not in said


def test_an_unfinished_run_is_shown_and_marked(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path), rounds=1, drop=8)
    cases.page_with_charts(tmp_path, "memory")
    publish(tmp_path, with_stills=False)
    assert "unfinished" in fragment(tmp_path, "runs/page")
    assert "Nothing to draw. Of this run&#39;s latency cells: 7 not run." in fragment(tmp_path, "chart/speed-size")
    assert "the run is not finished" in fragment(tmp_path, "table/states")
    assert "q-chart" in fragment(tmp_path, "chart/memory")
    assert "not ended" in fragment(tmp_path, "table/environment")
    assert "No run is published yet" in fragment(tmp_path, "page/headline")


def test_a_run_without_memory_draws_no_speed_chart_but_keeps_its_table(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    plan = [factory.spec("latency", s) for s in ("bf16", "int8wo")]
    factory.write(where, plan, [factory.make_cell(where, one, 0) for one in plan])
    publish(tmp_path, with_stills=False)
    assert "No run here shows this yet. It needs the stored bytes" in fragment(tmp_path, "chart/speed-size")
    assert "It needs more than one batch size or prompt length." in fragment(tmp_path, "chart/sweep")
    assert "tokens/s" in fragment(tmp_path, "table/latency")


def test_a_run_is_named_where_it_could_have_something_and_last_where_it_has_nothing(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path), rounds=1)
    cases.sweep(cases.folder(tmp_path, "2026-01-03-sweep"))
    stopped = cases.folder(tmp_path, "2026-01-04-stopped")
    cases.rewrite(stopped, factory.make_run(stopped, rounds=1, drop=8), suite="standard")
    publish(tmp_path, with_stills=False)
    named = re.findall('data-run="([^"]+)"', fragment(tmp_path, "chart/speed-size"))
    assert named == ["2026-01-02-test-smollm2", "2026-01-04-stopped"], "a sweep was not asked for stored bytes"
    assert re.findall('data-run="([^"]+)"', fragment(tmp_path, "chart/sweep")) == ["2026-01-03-sweep"]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    cases.hostile_run(where)
    assert r.check(where) == []
    (tmp_path / "README.md").write_text(README)
    publish(tmp_path, with_stills=False)
    html = everything(tmp_path)
    assert "window.hacked" in html.replace("&#46;", ".").replace("&#61;", "=")  # it is shown, as text
    for raw in ("<script", "<img src=x", "{{", "{%", "```", "](javascript", "--8<--", "**"):
        assert raw not in html
    for path in (tmp_path / GENERATED / FRAGMENTS).rglob("*.html"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 1
    block = (tmp_path / "README.md").read_text().split(headline.START)[1].split(headline.END)[0]
    for raw in ("<script", "<img", "](javascript", "```"):
        assert raw not in block
    for figure in (tmp_path / GENERATED).rglob("*.figure.json"):
        assert "<script" not in figure.read_text()
    for table in (tmp_path / GENERATED).rglob("*.csv"):
        with table.open(newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "@", "+"))]


def test_coverage_is_beside_fidelity_everywhere(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path), rounds=1)
    publish(tmp_path, with_stills=False)
    chart = fragment(tmp_path, "chart/fidelity")
    said = chart.split("q-say")[1].split("</figcaption>")[0]
    assert said.count("coverage 100%") == 2
    assert "The noise floor" in said
    assert ">coverage</th>" in chart


def test_the_caveat_stands_wherever_the_model_is_shown(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path), rounds=1)
    publish(tmp_path, with_stills=False)
    for name in ("chart/speed-size", "chart/fidelity", "chart/memory", "page/headline", "table/environment"):
        assert "erives from 4-bit weights" in fragment(tmp_path, name)


def test_values_carry_their_scope(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path), rounds=2)
    publish(tmp_path, with_stills=False)
    named = json.loads((tmp_path / GENERATED / VALUES).read_text())["values"]
    speed = named["int8wo.eager.speed"]
    assert speed["text"] == "0.77×"
    assert "one round" not in named["int8wo.eager.speed-interval"]["text"]
    for word in ("smollm2-135m", "Derives from 4-bit weights.", "Test processor", "batch 1", "eager"):
        assert word in speed["scope"]
    assert named["2026-01-02-test-smollm2:int8wo.eager.speed"] == speed
    assert named["int8wo.eager.b1.speed"] == speed
    assert named["int4wo-g32.size"]["text"] == "0.46×"
    assert named["fp32.kl"]["text"].endswith(" nats")


def test_a_quoted_interval_says_that_it_is_of_one_round(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(cases.sweep(where), where, yours=False)
    assert values.of_run(found)["int8wo.eager.speed-interval"].text.endswith(", one round")


@pytest.mark.parametrize(("make", "cached"), [(factory.make_run, True), (factory.make_encoder_run, False)])
def test_only_a_model_with_a_cache_is_said_to_be_without_it(tmp_path: Path, make: Any, cached: bool) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(make(where), where, yours=False)
    assert ("without the KV cache" in sentences.memory(frames.memory(found), found)) == cached


def test_a_long_time_is_said_in_seconds() -> None:
    assert [words.milliseconds(value) for value in (28.0, 999.4, 16_852.0)] == ["28.0 ms", "999 ms", "16.9 s"]


def test_an_unknown_value_names_the_nearest() -> None:
    named = {"int8wo.eager.speed": values.Value("1", "x"), "int8wo.eager.tpot": values.Value("1", "x")}
    with pytest.raises(WrongUse, match=r"no value is called 'int8.eager.speed'; nearest: int8wo.eager.speed"):
        look_up("int8.eager.speed", named, "value")
    assert look_up("int8wo.eager.tpot", named, "value").text == "1"


def test_the_schema_on_disk_is_the_model_s(tmp_path: Path) -> None:
    publish(tmp_path, with_stills=False)
    made = json.loads((tmp_path / SCHEMA).read_text())
    assert made["properties"]["schema_version"]["const"] == r.SCHEMA_VERSION
    committed = Path(__file__).parents[2] / SCHEMA
    assert json.loads(committed.read_text()) == made, f"{SCHEMA} is out of date: give `qdocs publish` and commit it"
