"""Golden chart data: renew with QDOCS_RENEW_GOLDEN=1 after looking at the charts, and review the difference."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from qdocs.publish import frames, frames_answers, labels
from qdocs.publish.charts import CHARTS
from qdocs.publish.look import PALETTES, WIDTHS
from qdocs.publish.runs import FoundRun
from tests import factory
from tests.publish import cases

GOLDEN = Path(__file__).parent / "golden"
LIGHT = PALETTES[0]


RUNS = {
    "speed-size": factory.make_run,
    "sweep": cases.sweep,
    "fidelity": factory.make_run,
    "bandwidth": factory.make_run,
    "compiling": factory.make_run,
    "beside-torchao": cases.on_gpu,
    "tradeoff": factory.make_run,
    "layers": cases.weights,
    "memory": factory.make_run,
    "padding": cases.on_gpu,
    "accuracy": factory.make_tasks_run,
    "margin": factory.make_tasks_run,
    "embedding": factory.make_encoder_run,
    "context": factory.make_lessons_run,
    "tokens": factory.make_lessons_run,
    "per-character": factory.make_lessons_run,
    "preference": factory.make_lessons_run,
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FoundRun]:
    """A run with something to draw for each chart."""
    made = {}
    for make in dict.fromkeys(RUNS.values()):
        where = cases.folder(tmp_path_factory.mktemp("repo"))
        made[make] = FoundRun(make(where), where, yours=False)
    return {chart: made[make] for chart, make in RUNS.items()}


@pytest.fixture
def found(runs: dict[str, FoundRun]) -> FoundRun:
    return runs["speed-size"]


def drawn(found: FoundRun, name: str, width: Any = "wide", palette: Any = LIGHT) -> dict[str, Any]:
    chart = CHARTS[name]
    (rows,) = frames.groups(chart.frame(found), chart.together)
    return dict(json.loads(chart.draw(rows, palette, width).to_json()))


def rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.5g}")
    if isinstance(value, list):
        return [rounded(v) for v in value]
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return value


def essence(figure: dict[str, Any]) -> dict[str, Any]:
    """What a chart says: its data, lines and texts; not its fonts, margins and colours."""
    traces = []
    for trace in figure["data"]:
        kept = {k: trace[k] for k in ("name", "type", "x", "y", "text", "xaxis", "customdata") if k in trace}
        for bar in ("error_x", "error_y"):
            if trace.get(bar):
                kept[bar] = {k: trace[bar][k] for k in ("array", "arrayminus")}
        kept["symbol"] = trace["marker"].get("symbol") or trace["marker"]["pattern"]["shape"]
        traces.append(kept)
    layout = figure["layout"]
    return {
        "traces": traces,
        "rows": layout["yaxis"].get("ticktext", []),
        "notes": [note["text"] for note in layout.get("annotations", [])],
        "lines": [{k: s[k] for k in ("type", "x0", "x1", "y0", "y1")} for s in layout.get("shapes", [])],
    }


def colourless(figure: dict[str, Any]) -> Any:
    return json.loads(re.sub(r"color:#[0-9a-f]{6}", "", json.dumps(figure)))


@pytest.mark.parametrize("name", list(CHARTS))
def test_golden(runs: dict[str, FoundRun], name: str) -> None:
    got = rounded(essence(drawn(runs[name], name)))
    path = GOLDEN / f"{name}.json"
    if os.environ.get("QDOCS_RENEW_GOLDEN"):
        path.write_text(json.dumps(got, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert got == json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", list(CHARTS))
@pytest.mark.parametrize("width", WIDTHS)
def test_palettes_differ_in_colour_only(runs: dict[str, FoundRun], name: str, width: Any) -> None:
    light, dark = (drawn(runs[name], name, width, palette) for palette in PALETTES)
    assert colourless(essence(light)) == colourless(essence(dark))
    assert light["layout"]["template"] != dark["layout"]["template"]


def test_a_loss_is_drawn_as_loudly_as_a_gain(found: FoundRun) -> None:
    figure = drawn(found, "speed-size")
    eager = next(t for t in figure["data"] if t["name"] == "eager")
    at = dict(zip([h.split("</b>")[0].removeprefix("<b>") for h in eager["customdata"]], eager["y"], strict=True))
    assert at["int8wo"] < 1 < at["int4wo-g32"]
    notes = {n["text"]: n["font"]["color"] for n in figure["layout"]["annotations"]}
    assert notes["<b>int8wo 0.77×</b>"] == LIGHT.loss
    assert notes["slower than bf16"] == LIGHT.loss
    gain = next(text for text in notes if text.startswith("int4wo-g32<br>1.8"))
    assert notes[gain] == LIGHT.ink
    area, line = figure["layout"]["shapes"]
    assert area["y1"] == line["y0"] == line["y1"] == 1


def test_modes_differ_in_shape(found: FoundRun) -> None:
    shapes = [t["marker"]["symbol"] for t in drawn(found, "speed-size")["data"]]
    assert len(set(shapes)) == len(shapes) == 3


@pytest.mark.parametrize("width", WIDTHS)
def test_noise_floor_and_coverage_stand_in_the_fidelity_chart(found: FoundRun, width: Any) -> None:
    figure = drawn(found, "fidelity", width)
    rows = {r["scheme"]: r for r in frames.records(frames.fidelity(found)) if r["corpus"] == "all"}
    line = figure["layout"]["shapes"][0]
    assert line["x0"] == line["x1"] == pytest.approx(rows["fp32"]["kl_mean_nats"])
    assert "bf16" not in figure["data"][0]["y"]  # 0 by definition
    written = json.dumps([figure["layout"]["yaxis"].get("ticktext"), figure["layout"]["annotations"]])
    assert written.count("coverage 100%") == (2 if width == "wide" else 4)
    assert "fp32 noise floor" in written
    assert figure["layout"]["xaxis"]["type"] == "log"


def test_a_divergence_of_zero_is_left_out_of_the_log_axis(found: FoundRun) -> None:
    rows = frames.fidelity(found)
    rows.loc[rows["scheme"] == "int8wo", "kl_median_nats"] = 0.0
    figure = CHARTS["fidelity"].draw(rows, LIGHT, "wide")
    assert list(figure.data[0].x)[1] is None
    assert all(v for v in figure.data[1].x)


def test_padding_is_drawn_and_the_bar_still_ends_at_the_total(found: FoundRun) -> None:
    rows = frames.memory(found)
    rows.loc[rows["scheme"] == "int4wo-g32", "padding_bytes"] = 10_000_000
    figure: go.Figure = CHARTS["memory"].draw(rows, LIGHT, "wide")
    names = list(figure.data[0].y)
    here = names.index("int4wo-g32")
    padding = next(t for t in figure.data if t.name == "padding")
    assert padding.x[here] == 10.0
    total = sum(t.x[here] for t in figure.data)
    assert total * 1e6 == pytest.approx(rows.loc[rows["scheme"] == "int4wo-g32", "stored_bytes"].iloc[0])
    heads = [n.text for n in figure.layout.annotations]
    assert heads[here] == "<b>int4wo-g32</b>  123.0 MB, 7.32 bits a parameter, 10.0 MB of padding"
    assert {n.bgcolor for n in figure.layout.annotations} == {LIGHT.page}, "grid lines do not run through them"
    assert heads[0] == "<b>bf16</b>  269.0 MB, 16.00 bits a parameter"
    said = CHARTS["memory"].say(rows, found)
    assert "5.00 bits a quantized weight with scales and 10.0 MB of padding." in said
    assert said.count("padding") == 1, "only where there is some"


def test_names_that_look_like_numbers_or_markup_stay_names(found: FoundRun) -> None:
    rows = frames.memory(found)
    rows["scheme"] = ["1", "2", "<b>x</b>", "<script>"]
    figure = CHARTS["memory"].draw(rows, LIGHT, "wide")
    assert figure.layout.yaxis.type == "category"
    assert list(figure.data[0].y) == ["1", "2", "&lt;b&gt;x&lt;/b&gt;", "&lt;script&gt;"]


def test_labels_cover_neither_each_other_nor_points() -> None:
    points = [(50.0, 50.0), (52.0, 52.0), (55.0, 49.0), (200.0, 50.0)]
    texts = ["int4wo-g32 1.58×"] * 4
    places = labels.place(points, texts, 650, 400)
    boxes = []
    for (x, y), text, spot in zip(points, texts, places, strict=True):
        assert spot
        half = labels.LETTER * len(text) / 2
        boxes.append(labels.Box(x + spot.dx - half, y + spot.dy - 7.5, x + spot.dx + half, y + spot.dy + 7.5))
    for index, box in enumerate(boxes):
        assert not any(box.meets(other) for other in boxes[:index])
        assert not any(box.left < x < box.right and box.top < y < box.bottom for x, y in points)


def test_a_line_to_a_label_passes_through_no_other() -> None:
    points = [(300.0 + 9 * at, 200.0 + at) for at in range(6)]
    texts = ["int4wo-g32 1.58×"] * len(points)
    places = labels.place(points, texts, 650, 400)
    named = [(point, spot) for point, spot in zip(points, places, strict=True) if spot]
    half = labels.LETTER * len(texts[0]) / 2
    boxes = [(x + s.dx - half, y + s.dy - 7.5, x + s.dx + half, y + s.dy + 7.5) for (x, y), s in named]
    assert any(spot.far for _, spot in named)
    for at, ((x, y), spot) in enumerate(named):
        on_the_way = [(x + spot.dx * step / 100, y + spot.dy * step / 100) for step in range(101)] if spot.far else []
        for left, top, right, bottom in boxes[:at] + boxes[at + 1 :]:
            assert not any(left < px < right and top < py < bottom for px, py in on_the_way)


def test_a_label_near_its_point_comes_before_one_far_away() -> None:
    # Around the first point all is taken; a label far above it would hide the second point's, which is near.
    points, texts = [(300.0, 200.0), (300.0, 130.0)], ["a label"] * 2
    avoid = [labels.Box(200, 175, 400, 250), labels.Box(290, 100, 310, 122), labels.Box(200, 122, 288, 160)]
    far, near = labels.place(points, texts, 650, 400, avoid)
    assert far
    assert near
    assert (far.far, near.far) == (True, False)
    (urgent, _) = labels.place(points, texts, 650, 400, avoid, first=1)
    assert urgent == labels.place(points[:1], texts[:1], 650, 400, [*avoid, labels.around(*points[1])])[0]


def test_marks_of_a_scheme_that_crowd_share_a_label_that_says_which_is_which(found: FoundRun) -> None:
    notes = CHARTS["speed-size"].draw(frames.latency(found), LIGHT, "wide").layout.annotations
    written = {note.text for note in notes}
    assert "int4wo-g32<br>1.81× compiled<br>1.57× eager" in written
    assert {"<b>int8wo 0.77×</b>", "int8wo 1.55×"} <= written, "these lie apart"


def test_a_crowd_leaves_gains_without_a_label_before_losses(found: FoundRun) -> None:
    rows = frames.latency(found)
    crowd = rows[rows["scheme"] == "int8wo"].iloc[[0] * 40].reset_index(drop=True)
    crowd["speed_ratio"], crowd["speed_ratio_low"], crowd["speed_ratio_high"] = 1.01, 1.005, 1.02
    crowd.loc[39, ["speed_ratio", "speed_ratio_low", "speed_ratio_high"]] = [0.99, 0.985, 0.995]
    figure = CHARTS["speed-size"].draw(crowd, LIGHT, "narrow")
    written = [note.text for note in figure.layout.annotations]
    assert "<b>int8wo 0.99×</b>" in written
    assert 0 < written.count("int8wo 1.01×") < 39


def test_a_label_without_room_is_left_out() -> None:
    assert labels.place([(20.0, 20.0)], ["far too long for so little room"], 60, 60) == [None]


@pytest.mark.parametrize("width", WIDTHS)
def test_kinds_at_chance_stand_apart_below_without_a_claim_of_accuracy(runs: dict[str, FoundRun], width: Any) -> None:
    figure = drawn(runs["accuracy"], "accuracy", width)
    notes = {n["text"]: n["y"] for n in figure["layout"]["annotations"]}
    (heading,) = [y for text, y in notes.items() if "Baseline at chance: judged by margin alone" in text]
    (code,) = [(text, y) for text, y in notes.items() if "<b>Code</b>" in text]
    assert "a guess 50.0%" in code[0]
    rows = [y for trace in figure["data"] for y in trace["y"]]
    assert max(rows) < heading < code[1]
    assert not any(">Code<" in hover or ", Code<" in hover for t in figure["data"] for hover in t.get("customdata", []))
    margins = drawn(runs["accuracy"], "margin", width)
    assert any("bf16 at chance, judged by this alone" in n["text"] for n in margins["layout"]["annotations"])
    assert sum(len(t["x"]) for t in margins["data"] if t["name"] == "int8wo") == 3


@pytest.mark.parametrize("name", ["accuracy", "margin", "embedding"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_noise_floor_runs_behind_every_scheme(runs: dict[str, FoundRun], name: str, width: Any) -> None:
    figure = drawn(runs[name], name, width)
    bands = [s for s in figure["layout"]["shapes"] if s.get("name") == "fp32 noise floor"]
    (floor,) = [t for t in figure["data"] if t["name"] == "fp32"]
    (worst,) = [t for t in figure["data"] if t["name"] == "int4wo-g32"]
    lows = [x - down for x, down in zip(floor["x"], floor["error_x"]["arrayminus"], strict=True)]
    assert [band["x0"] for band in bands] == pytest.approx(lows)
    for band, own, other in zip(bands, floor["y"], worst["y"], strict=True):
        assert band["y0"] < own < other < band["y1"]
    assert sum(bool(band["showlegend"]) for band in bands) == 1


def test_a_loss_of_accuracy_is_loud_in_its_row(runs: dict[str, FoundRun]) -> None:
    figure = drawn(runs["accuracy"], "accuracy")
    loud = [text for text in figure["layout"]["yaxis"]["ticktext"] if LIGHT.loss in text]
    assert len(loud) == 3
    assert all("int4wo-g32" in text and text.startswith("<b>") for text in loud)
    values = [n for n in figure["layout"]["annotations"] if n["font"]["color"] == LIGHT.loss and n["text"] != "← worse"]
    assert len(values) == 9  # change and both flips, of three kinds
    assert all(n["text"].startswith("<b>") for n in values)


@pytest.mark.parametrize("width", WIDTHS)
def test_coverage_stands_beside_the_name_of_a_scheme_that_left_layers_out(
    runs: dict[str, FoundRun], width: Any
) -> None:
    rows = frames_answers.accuracy(runs["accuracy"])
    rows.loc[rows["scheme"] == "int8wo", "coverage"] = 0.25
    names = CHARTS["accuracy"].draw(rows, LIGHT, width).layout.yaxis.ticktext
    kinds = len(names) // 3
    assert sum(name.endswith("int8wo, 25%") for name in names) == kinds
    assert sum("%" in name for name in names) == kinds


def test_a_long_name_in_bold_has_room_on_a_narrow_page(runs: dict[str, FoundRun]) -> None:
    rows = frames_answers.accuracy(runs["accuracy"]).replace("int4wo-g32", "int4wo-g32-int8head")
    assert CHARTS["accuracy"].draw(rows, LIGHT, "narrow").layout.margin.l >= 150


def test_a_narrow_plot_of_closeness_numbers_its_marks_and_names_each_below(found: FoundRun) -> None:
    rows = frames.groups(CHARTS["tradeoff"].frame(found), CHARTS["tradeoff"].together)[0]
    figure = CHARTS["tradeoff"].draw(rows, LIGHT, "narrow")
    notes = [note.text for note in figure.layout.annotations]
    marks = [name for name in rows["scheme"] if name not in ("bf16", "fp32")]
    for at, name in enumerate(marks, 1):
        assert f"<b>{at}</b>  {name}" in notes
        assert str(at) in notes
    assert figure.layout.height == CHARTS["tradeoff"].height(rows, "narrow")


def test_schemes_differ_in_shape(runs: dict[str, FoundRun]) -> None:
    traces = drawn(runs["accuracy"], "accuracy")["data"]
    shapes = [t["marker"]["symbol"] for t in traces]
    assert len(set(shapes)) == len(shapes) == 4
    assert traces[-1]["name"] == "smallest fall that would be seen"


def test_a_long_title_is_cut_and_no_markup(runs: dict[str, FoundRun]) -> None:
    rows = frames_answers.accuracy(runs["accuracy"])
    rows.loc[rows["task"] == "facts", "title"] = "<img src=x>" + "long " * 30
    figure = CHARTS["accuracy"].draw(rows, LIGHT, "narrow")
    (title,) = [n.text for n in figure.layout.annotations if "long" in n.text]
    assert "<img" not in title
    assert "…" in title
    assert len(title.split("<br>")[0]) < 70


def test_turned_pairs_are_counted_on_a_narrow_page_too(runs: dict[str, FoundRun]) -> None:
    rows = {row["scheme"]: row for row in frames.records(frames_answers.preference(runs["preference"]))}
    shown = [note["text"] for note in drawn(runs["preference"], "preference", "narrow")["layout"]["annotations"]]
    heads = shown.index("to<br>rejected")
    layout = drawn(runs["preference"], "preference", "narrow")["layout"]
    sides = next(note for note in layout["annotations"] if note["text"] == "better →")
    assert sides["yshift"] >= 30, "on a line above the heads"
    assert layout["height"] == CHARTS["preference"].height(frames_answers.preference(runs["preference"]), "narrow")
    assert shown[heads + 1] == "to<br>chosen"
    counts = [re.sub("<.*?>", "", text) for text in shown[heads + 2 :] if re.fullmatch(r"(<b>)?\d+(</b>)?", text)]
    expected = [f"{rows[name][way]:.0f}" for name in rows if name != "bf16" for way in ("lost", "gained")]
    assert counts == expected
