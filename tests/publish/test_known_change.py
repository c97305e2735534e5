"""Does a change whose size is known come out right wherever it is published?"""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from rich.console import Console

from qdocs import terminal
from qdocs.publish import blocks, frames_answers, values
from qdocs.publish.frames import records
from qdocs.publish.runs import FoundRun
from tests import factory
from tests.publish import cases

ITEMS, RIGHT, GROUPS = 120, 80, 12
SCHEME = "int8wo"


def known(root: Path, lost: int, gained: int, moved: float) -> FoundRun:
    """A run in which so many items flip each way and every other margin moves by so much."""
    where = cases.folder(root)
    groups = [f"t{i % GROUPS}" for i in range(ITEMS)]
    before = [2.0 if i < RIGHT else -2.0 for i in range(ITEMS)]
    after = [m + moved for m in before]
    after[:lost] = [-1.0] * lost
    after[RIGHT : RIGHT + gained] = [1.0] * gained
    specs = [factory.spec("accuracy", s, task="facts", items=ITEMS) for s in ("fp32", "bf16", SCHEME)]
    cells = [
        factory.answered(where, one, factory.choice_samples(after if one.scheme == SCHEME else before, groups))
        for one in specs
    ]
    tasks = {"facts": factory.task_info("facts", ITEMS, GROUPS)}
    return FoundRun(factory.write(where, specs, cells, tasks=tasks), where, yours=False)


def says(text: str, truth: float, digits: int) -> bool:
    """Whether a text begins with this number, signed, rounded to so many decimals or more."""
    told = re.match(r"([+−]?)([\d.]+)", text)
    assert told, text
    number = float(told[2]) * (-1 if told[1] == "−" else 1)
    return (told[1] != "") == (round(truth, 9) != 0) and abs(number - truth) <= 0.5 * 10**-digits + 1e-9


def cells_of(html: str, scheme: str) -> dict[str, str]:
    """The row of a scheme in the first table, by the heads of its columns."""
    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", html)
    for row in re.findall(r"<tr>(.*?)</tr>", html):
        found = [re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        if len(found) > 1 and found[1] == scheme:
            return dict(zip(heads, found, strict=True))
    raise AssertionError(f"no row of {scheme}")


# A failing case is small enough to read as it is; to shrink it takes minutes.
@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate])
@example(lost=0, gained=0, moved=0.0)
@example(lost=25, gained=2, moved=-0.2)
@example(lost=0, gained=20, moved=-0.9)
@given(
    lost=st.integers(0, 30),
    gained=st.integers(0, 30),
    moved=st.integers(-9, 9).map(lambda tenths: tenths / 10),
)
def test_a_known_change_comes_out_right_in_every_form(lost: int, gained: int, moved: float) -> None:
    points = 100 * (gained - lost) / ITEMS
    nats = (3 * gained - 3 * lost + moved * (ITEMS - lost - gained)) / ITEMS
    with tempfile.TemporaryDirectory() as name:
        found = known(Path(name), lost, gained, moved)
        (row,) = [x for x in records(frames_answers.accuracy(found)) if x["scheme"] == SCHEME]
        check_frame(row, points, nats, lost, gained)
        out = Path(name) / "generated"
        drawn = {one.chart.id: one for one in blocks.drawn(found)}
        assert set(drawn) == {"accuracy", "margin"}
        for one in drawn.values():
            blocks.write(one, out)
        pieces = blocks.fragments([found], list(drawn.values()), out)
        for chart, unit, truth in (("accuracy", "points", points), ("margin", "nats", nats)):
            ends = [row[f"{chart}_change_{end}_{unit}"] for end in ("low", "high")]
            check_figure(out / f"{drawn[chart].stem}.figure.json", truth, ends)
            check_files(out / drawn[chart].stem, f"{chart}_change_{unit}", truth)
            check_words(pieces[chart], row, chart, truth)
        check_values(found, row, points, nats)
        check_terminal(found, points, nats, lost, gained)


def check_frame(row: dict[str, Any], points: float, nats: float, lost: int, gained: int) -> None:
    assert row["accuracy_baseline"] == pytest.approx(RIGHT / ITEMS)
    assert row["accuracy"] == pytest.approx((RIGHT + gained - lost) / ITEMS)
    assert row["accuracy_change_points"] == pytest.approx(points, abs=1e-9)
    assert row["accuracy_change_low_points"] <= points + 1e-9
    assert row["accuracy_change_high_points"] >= points - 1e-9
    assert row["margin_change_nats"] == pytest.approx(nats, abs=1e-9)
    assert row["margin_change_low_nats"] <= nats + 1e-9
    assert row["margin_change_high_nats"] >= nats - 1e-9
    assert (row["lost"], row["gained"]) == (lost, gained)


def check_figure(path: Path, truth: float, ends: list[float]) -> None:
    for widths in json.loads(path.read_text()).values():
        for figure in widths.values():
            (trace,) = [t for t in figure["data"] if t["name"] == SCHEME]
            (x,), (up,), (down,) = trace["x"], trace["error_x"]["array"], trace["error_x"]["arrayminus"]
            assert x == pytest.approx(truth, abs=1e-9)
            assert [x - down, x + up] == pytest.approx(ends, abs=1e-9)
            low, high = figure["layout"]["xaxis"]["range"]
            assert low < min(ends[0], 0) <= max(ends[1], 0) < high


def check_files(stem: Path, column: str, truth: float) -> None:
    rows = json.loads(stem.with_name(stem.name + ".json").read_text())
    with stem.with_name(stem.name + ".csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    (in_json,), (in_csv,) = ([r for r in part if r["scheme"] == SCHEME] for part in (rows, table))
    assert in_json[column] == float(in_csv[column]) == pytest.approx(truth, abs=1e-9)


def check_words(html: str, row: dict[str, Any], chart: str, truth: float) -> None:
    said, table = html.split("</figcaption>")
    (own,) = re.findall(rf"<li><code>{SCHEME}</code>(.*?)</li>", said)
    cells = cells_of(table, SCHEME)
    digits, noun, unit = (1, "Accuracy", "points") if chart == "accuracy" else (2, "The margin", "nats")
    way = row[f"{chart}_direction"]
    assert (">worse" in own) == ("worse" in (way, row["direction"] if chart == "accuracy" else way))
    if way == "unseen":
        assert f"No change in {chart} seen at Facts" in own
        assert re.search(r"would have been|too few items|could be told from chance", own)
    else:
        assert (truth < 0) == (way == "worse")
        told = re.search(rf"{noun} (fell|rose) at Facts, by ([\d.]+) {unit} \(", own)
        assert told
        assert told[1] == ("fell" if truth < 0 else "rose")
        assert float(told[2]) == pytest.approx(abs(truth), abs=0.5 * 10**-digits + 1e-9)
    assert says(next(text for head, text in cells.items() if head.startswith("change")), truth, digits)
    assert cells["verdict"].replace("&#58;", ":") == row["verdict"]
    if chart == "accuracy":
        assert (cells["became wrong"], cells["became right"]) == (str(row["lost"]), str(row["gained"]))


def check_values(found: FoundRun, row: dict[str, Any], points: float, nats: float) -> None:
    named = values.collect([found])
    assert named[f"facts.{SCHEME}.lost"].text == str(row["lost"])
    for fact, truth, digits in (("accuracy_change", points, 1), ("margin_change", nats, 2)):
        assert says(named[f"facts.{SCHEME}.{fact}"].text, truth, digits)
    assert named[f"{found.name}:facts.{SCHEME}.verdict"].text == row["verdict"]


def check_terminal(found: FoundRun, points: float, nats: float, lost: int, gained: int) -> None:
    shown = io.StringIO()
    terminal.show(found.run, found.folder, Console(file=shown, width=400))
    section = shown.getvalue().split("facts ", 1)[1]
    line = next(x for x in section.splitlines() if x.strip().startswith(SCHEME)).replace("−", "-")
    number = r"([+-][\d.]+)(?: \(\S+ to \S+\))?"
    told = re.fullmatch(rf"\s*{SCHEME}\s+[\d.]+%\s+{number}\s+-(\d+) \+(\d+)\s+{number}\s*", line)
    assert told, line
    assert float(told[1]) == pytest.approx(points, abs=0.05 + 1e-9)
    assert (told[2], told[3]) == (str(lost), str(gained))
    assert float(told[4]) == pytest.approx(nats, abs=0.005 + 1e-9)
