"""Answers, texts and sentence vectors: by hand, at chance, without a baseline, unmeasured, of an encoder."""

from __future__ import annotations

import json
import math
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qdocs import record as r
from qdocs.publish import frames, frames_answers, sentences_answers, values
from qdocs.publish.charts import CHARTS
from qdocs.publish.names import BASE, FRAGMENTS, GENERATED, VALUES
from qdocs.publish.runs import FoundRun, find, headline, shown_first
from qdocs.publish.site import publish
from tests import factory
from tests.publish import cases

GROUPS = [f"t{i % 10}" for i in range(100)]


def asked(
    root: Path, margins: dict[str, list[float]], chance: float = 0.25, drop: tuple[str, ...] = (), **changes: Any
) -> FoundRun:
    """A run of one task whose schemes have these margins; those in `drop` failed instead."""
    where = cases.folder(root)
    items = len(next(iter(margins.values())))
    specs = [factory.spec("accuracy", s, task="facts", items=items) for s in margins]
    cells = [
        cases.refused(one, r.Failed(error="out of memory"))
        if one.scheme in drop
        else factory.answered(where, one, factory.choice_samples(margins[one.scheme], GROUPS[:items]))
        for one in specs
    ]
    tasks = {"facts": factory.task_info("facts", items, 10, chance=chance, **changes)}
    run = factory.write(where, specs, cells, tasks=tasks)
    assert r.check(where) == []
    return FoundRun(run, where, yours=False)


def row(found: FoundRun, scheme: str) -> dict[str, Any]:
    (only,) = [x for x in frames.records(frames_answers.accuracy(found)) if x["scheme"] == scheme]
    return only


def said(found: FoundRun, chart: str) -> str:
    one = CHARTS[chart]
    (rows,) = frames.groups(one.frame(found), one.together)
    return one.say(rows, found)


def test_accuracy_by_hand(tmp_path: Path) -> None:
    before = [1.0] * 80 + [-1.0] * 20
    after = [-1.0] * 30 + [1.0] * 50 + [1.0] * 2 + [-1.5] * 18
    found = asked(tmp_path, {"bf16": before, "fp32": before, "int4wo-g32": after})
    got = row(found, "int4wo-g32")
    assert (got["items"], got["templates"], got["lost"], got["gained"]) == (100, 10, 30, 2)
    assert got["accuracy_baseline"] == 0.8
    assert got["accuracy"] == 0.52
    assert got["accuracy_change_points"] == pytest.approx(-28)
    assert got["margin_change_nats"] == pytest.approx((30 * -2 + 2 * 2 + 18 * -0.5) / 100)
    # Both comparisons of the run are judged together: twice the smaller p.
    assert got["p_holm"] == pytest.approx(2 * got["p_mcnemar"])
    assert got["accuracy_direction"] == got["margin_direction"] == got["direction"] == "worse"
    assert got["verdict"].startswith("accuracy fell by 28.0 points")
    assert got["coverage"] == 1.0
    assert row(found, "bf16")["verdict"] == "the baseline"
    assert row(found, "bf16")["accuracy_change_points"] is None
    assert list(frames_answers.accuracy(found)["scheme"]) == ["bf16", "fp32", "int4wo-g32"]
    named = values.collect([found])
    for end in ("low", "high"):
        assert named[f"facts.int4wo-g32.accuracy_change-{end}"].number == got[f"accuracy_change_{end}_points"]
    text = said(found, "accuracy")
    assert '<strong class="q-worse">worse at 1 of 1 kind</strong>. Accuracy fell at Facts, by 28.0 points (' in text
    assert "worse is where accuracy fell, corrected for looking at many, or the mean margin did, not corrected" in text
    assert "not corrected for looking at many" in said(found, "margin")
    assert "A percentage beside a name" not in text
    assert text.index("int4wo-g32") < text.index("the noise floor")
    assert re.search(r"fp32</code>, the noise floor. No change in accuracy seen at Facts \(a drop of \d+ points", text)


def test_what_the_noise_floor_does_as_well_is_not_put_down_to_a_scheme(tmp_path: Path) -> None:
    before = [1.0] * 80 + [-1.0] * 20
    moved, more = ([m + by + 0.01 * (i % 7) for i, m in enumerate(before)] for by in (0.05, 0.5))
    found = asked(tmp_path, {"bf16": before, "fp32": moved, "int8wo": moved, "int4wo-g32": more})
    entries = re.findall(r"<li><code>(.*?)</code>(.*?)</li>", said(found, "accuracy"))
    told = {name: "moved the same way at Facts; the intervals overlap" in rest for name, rest in entries}
    assert told == {"int8wo": True, "int4wo-g32": False, "fp32": False}


def test_a_kind_at_chance_is_said_so_wherever_it_stands(tmp_path: Path) -> None:
    before = [1.0, -1.0] * 50
    after = [m - 0.3 if i % 3 else m for i, m in enumerate(before)]
    found = asked(tmp_path, {"bf16": before, "int8wo": after}, chance=0.5)
    got = row(found, "int8wo")
    assert got["at_chance"] is True
    assert got["p_holm"] is None
    assert got["detectable_drop_points"] is None
    assert got["accuracy_direction"] is None
    assert got["direction"] == "worse"
    text = said(found, "accuracy")
    assert "<strong>Baseline at chance:</strong> Facts (bf16 50.0%, a guess 50.0%)" in text
    assert "These items do not tell bf16 from guessing" in text
    assert "Accuracy fell" not in text
    assert "No change in accuracy" not in text
    assert "<strong>Baseline at chance</strong>, so judged by this alone: Facts." in said(found, "margin")
    assert "The margin fell at Facts, by 0.20 nats (" in said(found, "margin")
    for chart in ("accuracy", "margin"):
        table = CHARTS[chart].table(frames_answers.accuracy(found))
        rows = re.findall(r"<tr>(.*?)</tr>", table)[1:]
        assert len(rows) == 2
        assert all("at chance" in one for one in rows)
    named = values.collect([found])
    assert "not judged" in named["facts.int8wo.accuracy_change"].text
    assert "facts.int8wo.accuracy_change-low" not in named


def test_without_the_baseline_s_answers_nothing_is_compared_but_all_is_shown(tmp_path: Path) -> None:
    found = asked(
        tmp_path, {"bf16": [1.0] * 50, "fp32": [1.0] * 50, "int8wo": [1.0] * 40 + [-1.0] * 10}, drop=("bf16",)
    )
    got = row(found, "int8wo")
    assert got["accuracy"] == 0.8
    assert got["accuracy_baseline"] is None
    assert got["verdict"] == "not compared: bf16 has no result"
    for chart in ("accuracy", "margin"):
        text = said(found, chart)
        assert "Not compared, since bf16 has no result: <code>fp32</code> and <code>int8wo</code>." in text
        assert f'1 failed. The <a href="{BASE}results/#cells-not-measured">table of cells</a> says why.' in text
        table = CHARTS[chart].table(frames_answers.accuracy(found))
        assert "not compared: bf16 has no result" in table.replace("&#58;", ":")
    publish(tmp_path, with_stills=False)
    stem = tmp_path / GENERATED / "runs" / found.name / "accuracy-1.figure.json"
    figure = json.loads(stem.read_text())["light"]["wide"]
    assert figure["data"] == []
    assert [n["text"] for n in figure["layout"]["annotations"]].count("not compared") == 2


def test_failed_and_unsupported_cells_are_counted_and_explained(tmp_path: Path) -> None:
    margins = {"bf16": [1.0] * 50, "int8wo": [1.0] * 50, "int4wo-g32": [1.0] * 50}
    found = asked(tmp_path, margins, drop=("int4wo-g32",))
    assert "1 failed" in said(found, "accuracy")
    assert "The noise floor, <code>fp32</code> against bf16, was not measured in this run." in said(found, "accuracy")
    publish(tmp_path, with_stills=False)
    states = (tmp_path / GENERATED / FRAGMENTS / "table/states.html").read_text()
    assert "out of memory" in states
    assert "accuracy-facts-n50" in states


def test_only_the_baseline_draws_its_score(tmp_path: Path) -> None:
    found = asked(tmp_path, {"bf16": [1.0] * 60 + [-1.0] * 40})
    publish(tmp_path, with_stills=False)
    figure = json.loads((tmp_path / GENERATED / "runs" / found.name / "accuracy-1.figure.json").read_text())
    assert "bf16 60.0%" in json.dumps(figure["light"]["narrow"])


def test_too_few_items_and_one_template_are_not_called_unchanged(tmp_path: Path) -> None:
    few = asked(tmp_path / "few", {"bf16": [1.0] * 3, "int8wo": [1.0] * 3})
    assert "too few items to see any drop" in said(few, "accuracy")
    where = cases.folder(tmp_path / "one")
    specs = [factory.spec("accuracy", s, items=40) for s in ("bf16", "int8wo")]
    margins = [1.0] * 30 + [-1.0] * 10
    cells = [factory.answered(where, one, factory.choice_samples(margins, ["t"] * 40)) for one in specs]
    found = FoundRun(
        factory.write(where, specs, cells, tasks={"facts": factory.task_info("facts", 40, 1)}), where, False
    )
    assert "one template, so nothing could be told from chance" in said(found, "accuracy")
    assert "(no interval)" in CHARTS["accuracy"].table(frames_answers.accuracy(found))


def test_margins_a_character_have_a_chart_of_their_own(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    names = ("facts", "arithmetic")
    specs = [factory.spec("accuracy", s, task=name, items=100) for s in ("bf16", "int8wo") for name in names]
    cells = []
    for one in specs:
        samples = factory.choice_samples([1.0] * 70 + [-1.0] * 30, GROUPS)
        if one.workload.task == "arithmetic":
            outcomes = samples.outcomes.model_copy(update={"scoring": "characters"})
            samples = samples.model_copy(update={"outcomes": outcomes})
        cells.append(factory.answered(where, one, samples))
    tasks = {name: factory.task_info(name, 100, 10) for name in names}
    tasks["arithmetic"] = tasks["arithmetic"].model_copy(update={"scoring": "characters"})
    found = FoundRun(factory.write(where, specs, cells, tasks=tasks), where, False)
    parts = frames.groups(frames_answers.accuracy(found), CHARTS["margin"].together)
    assert [list(dict.fromkeys(part["margin_unit"])) for part in parts] == [["nats"], ["nats a character"]]
    publish(tmp_path, with_stills=False)
    assert (tmp_path / GENERATED / "runs" / found.name / "margin-2.figure.json").exists()


def test_generated_answers_have_accuracy_but_no_margin(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(factory.make_tasks_run(where, texts=6), where, yours=False)
    rows = [x for x in frames.records(frames_answers.accuracy(found)) if x["task"] == "orders"]
    assert all(x["margin_mean_nats"] is None and x["chance"] is None and not x["at_chance"] for x in rows)
    assert all(x["exact_accuracy"] < x["accuracy"] for x in rows)
    assert "letter by letter" in CHARTS["accuracy"].table(frames_answers.accuracy(found))
    assert "orders" not in said(found, "margin")
    texts = {x["scheme"]: x for x in frames.records(frames_answers.texts(found))}
    assert texts["bf16"]["perplexity_ratio"] == 1.0
    got = texts["int4wo-g32"]
    assert got["perplexity_ratio_low"] <= got["perplexity_ratio"] <= got["perplexity_ratio_high"]
    assert got["perplexity_ratio"] == pytest.approx(got["perplexity"] / got["perplexity_baseline"])
    assert got["items"] == 6


def test_sentence_vectors_by_hand(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    specs = [factory.spec("embedding", s, queries=40, pairs=12) for s in ("bf16", "int4wo-g32")]
    right = [i / 12 for i in range(12)]
    cosines = [right[i % 6 * 2 + i // 6] for i in range(12)]
    ranks = {"bf16": [1] * 36 + [2] * 4, "int4wo-g32": [1] * 16 + [2] * 24}
    cells = [
        factory.embedded(where, s, factory.embedding_samples(ranks[s.scheme], cosines, closeness=0.9 if i else 1.0))
        for i, s in enumerate(specs)
    ]
    found = FoundRun(factory.write(where, specs, cells), where, yours=False)
    assert r.check(where) == []
    base, got = frames.records(frames_answers.embedding(found))
    assert base["recall_at_1"] == 0.9
    assert base["recall_at_1_change_points"] is None
    assert got["recall_at_1_change_points"] == pytest.approx(-50)
    assert got["mrr_at_10_change_points"] == pytest.approx(-25)
    assert got["ndcg_at_10_change_points"] == pytest.approx(-50 * (1 - 1 / math.log2(3)))
    assert got["spearman_change_points"] == 0
    assert (got["lost"], got["gained"], got["direction"]) == (20, 0, "worse")
    text = said(found, "embedding")
    assert '<strong class="q-worse">worse</strong>. Recall@1 fell by 50.0 points'.replace("@", "&#64;") in text
    assert "MRR@10 −25.0 (" in text
    assert "40 queries from 10 templates among 60 passages, 12 graded pairs" in text
    table = CHARTS["embedding"].table(frames_answers.embedding(found))
    assert "0.9000" in table
    assert "−50.0 (" in table


def test_a_constant_score_has_no_rank_correlation_and_says_why(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    specs = [factory.spec("embedding", s, queries=20, pairs=12) for s in ("bf16", "int8wo")]
    cells = []
    for one in specs:
        cosines = [0.5] * 12 if one.scheme == "int8wo" else [i % 6 / 6 for i in range(12)]
        cells.append(factory.embedded(where, one, factory.embedding_samples([1] * 20, cosines)))
    found = FoundRun(factory.write(where, specs, cells), where, yours=False)
    assert "all cosines are equal" in CHARTS["embedding"].table(frames_answers.embedding(found))
    assert "Spearman" not in said(found, "embedding").split("int8wo")[1]


def test_a_score_that_moved_where_recall_did_not_is_named(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    specs = [factory.spec("embedding", s, queries=40, pairs=12) for s in ("bf16", "int8wo")]
    right = [i % 6 / 6 for i in range(12)]
    cells = [
        factory.embedded(where, one, factory.embedding_samples([1] * 20 + [rank] * 20, right))
        for one, rank in zip(specs, (2, 4), strict=True)
    ]
    found = FoundRun(factory.write(where, specs, cells), where, yours=False)
    text = said(found, "embedding")
    assert "No change seen" in text
    assert "Taken alone, MRR@10 and nDCG@10 fell." in text


def test_of_many_kinds_the_most_moved_is_named_and_the_rest_counted(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(factory.make_tasks_run(where), where, yours=False)
    rows = frames_answers.accuracy(found)
    rows.loc[rows["scheme"] == "int4wo-g32", "coverage"] = 0.25
    rows.loc[(rows["scheme"] == "int8wo") & (rows["task"] == "facts"), "detectable_drop_points"] = 1.2
    text = CHARTS["accuracy"].say(rows, found)
    judged = rows[(rows["scheme"] == "int4wo-g32") & ~rows["at_chance"].astype(bool)]
    fell = judged[judged["accuracy_direction"] == "worse"].sort_values("accuracy_change_points")
    assert len(fell) > 1
    first = fell.iloc[0]
    assert f"Accuracy fell most at {first['title']}, by {-first['accuracy_change_points']:.1f} points (" in text
    assert "coverage 25%: " in text
    assert f"worse at {len(fell)} of the {len(judged)} kinds judged here</strong>" in text
    assert "A percentage beside a name is coverage." in text
    assert re.search(rf"No change in accuracy seen at {len(judged)} kinds \(a drop of 2 to \d+ points or more", text)


def test_the_run_with_most_positions_is_shown_first(tmp_path: Path) -> None:
    for name, many, days in (("few", 2, 1), ("many", 4, 0)):
        where = cases.folder(tmp_path, name)
        specs = [factory.spec("fidelity", s, windows_per_corpus=many) for s in factory.SCHEMES]
        run = factory.write(where, specs, [factory.make_cell(where, one) for one in specs])
        later = run.started_at + timedelta(days=days)
        cases.rewrite(where, run, started_at=later, ended_at=later + timedelta(hours=1), suite=name)
    publish(tmp_path, with_stills=False)
    html = (tmp_path / GENERATED / FRAGMENTS / "chart/fidelity.html").read_text(encoding="utf-8")
    assert re.findall(r'class="q-run" data-run="([^"]+)"', html) == ["many", "few"]


def test_the_run_that_asked_most_items_is_shown_first(tmp_path: Path) -> None:
    newer = cases.folder(tmp_path, "few")
    run = factory.make_tasks_run(newer, items=20)
    cases.rewrite(
        newer,
        run,
        started_at=run.started_at + timedelta(days=1),
        ended_at=run.started_at + timedelta(days=2),
        suite="quick",
    )
    factory.make_tasks_run(cases.folder(tmp_path, "many"), items=40)
    publish(tmp_path, with_stills=False)
    for chart in ("accuracy", "margin"):
        html = (tmp_path / GENERATED / FRAGMENTS / f"chart/{chart}.html").read_text(encoding="utf-8")
        assert re.findall(r'class="q-run" data-run="([^"]+)"', html) == ["many", "few"]


def test_a_run_of_an_encoder_stands_beside_the_headline(tmp_path: Path) -> None:
    cases.later(cases.folder(tmp_path, "language"), 0)
    factory.make_encoder_run(cases.folder(tmp_path, "newer-encoder"))
    factory.make_tasks_run(cases.folder(tmp_path, "newer-tasks"), texts=3)
    publish(tmp_path, with_stills=False)
    runs, _ = find(tmp_path)
    first = headline(runs)
    assert first is not None
    assert first.name == "language"
    assert [f.name for f in shown_first(runs)] == ["language", "newer-tasks", "newer-encoder"]

    def fragment(name: str) -> str:
        return (tmp_path / GENERATED / FRAGMENTS / f"{name}.html").read_text(encoding="utf-8")

    parts = {
        name: {part.split('"')[0]: part for part in fragment(name).split('data-run="')[1:]}
        for name in ("chart/speed-size", "chart/memory", "chart/embedding", "table/encoding", "table/environment")
    }
    assert "newer-encoder" not in parts["chart/speed-size"]
    assert parts["chart/embedding"].keys() == {"newer-encoder"}
    memory = parts["chart/memory"]["newer-encoder"]
    assert "Without “KV cache”: an encoder keeps none." in memory
    assert ">KV cache</th>" not in memory
    assert "embeds sentences" in parts["table/environment"]["newer-encoder"]
    assert "Facts&#58; 200 items from 25 templates" in parts["table/environment"]["newer-tasks"]
    encoding = parts["table/encoding"]["newer-encoder"]
    assert '<li><code>fp32</code>: eager <strong class="q-worse">slower</strong> in 2 of 2 settings (' in encoding
    assert "× slower</td>" in encoding
    named = json.loads((tmp_path / GENERATED / VALUES).read_text())["values"]
    assert named["run.model"]["text"] == "smollm2-135m"
    assert named["int8wo.size"]["text"] == "0.61×"
    assert named["embedding.run.model"]["text"] == "minilm-l6"
    assert named["embedding.int8wo.size"]["text"] != named["int8wo.size"]["text"]
    assert named["embedding.int4wo-g32.recall_at_1_change"]["text"].startswith("−")
    assert "Test processor" in named["facts.int4wo-g32.accuracy_change"]["scope"]
    assert named["newer-encoder:int8wo.eager.b16.t128.speed"]["text"].startswith("0.3")


@pytest.mark.parametrize("disturbed", [False, True])
def test_encoding_says_what_a_star_and_a_single_round_mean(tmp_path: Path, disturbed: bool) -> None:
    specs = [factory.spec("encoding", scheme) for scheme in ("bf16", "int8wo")]
    signs = {"others_cpu_share": 0.5, "disturbed": True} if disturbed else {}
    cells = [factory.encoded(tmp_path, one, [10.0, 10.5, 11.0], **signs) for one in specs]
    found = FoundRun(factory.write(tmp_path, specs, cells), tmp_path, yours=False)
    text = sentences_answers.encoding(frames.encoding(found), found)
    assert "One round only" in text
    assert ("* A round of the scheme or of the baseline was disturbed" in text) == disturbed


def test_hostile_titles_stay_text(tmp_path: Path) -> None:
    found = asked(tmp_path, {"bf16": [1.0] * 50, "int8wo": [-1.0] * 50}, title=cases.NASTY)
    publish(tmp_path, with_stills=False)
    html = "".join(p.read_text() for p in (tmp_path / GENERATED / FRAGMENTS).rglob("*.html"))
    for raw in ("<script", "<img src=x", "{{", "```", "](javascript", "--8<--"):
        assert raw not in html
    for path in (tmp_path / GENERATED / FRAGMENTS).rglob("*.html"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 1
    figure = (tmp_path / GENERATED / "runs" / found.name / "accuracy-1.figure.json").read_text()
    assert "<script" not in figure
    assert "<img" not in figure
