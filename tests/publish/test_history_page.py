"""Is a change from run to run drawn, told and linked, and is one that is not there not claimed?"""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from qdocs.publish.history import MOST_LABELS, labelled
from qdocs.publish.look import WIDTHS, Width
from qdocs.publish.names import FRAGMENTS, GENERATED
from qdocs.publish.site import publish
from tests import factory
from tests.publish import cases
from tests.test_history import measured


def history(root: Path) -> str:
    publish(root, with_stills=False)
    return (root / GENERATED / FRAGMENTS / "page/history.html").read_text(encoding="utf-8")


def test_a_change_has_a_ring_a_row_and_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, slower in enumerate((1.0, 1.4)):
        measured(tmp_path, monkeypatch, day, slower, f"0.{18 + day}.0")
    html = history(tmp_path)
    assert "\n" not in html
    assert "Changed beyond the noise: <strong>2</strong>" in html, "eager and compiled"
    assert "torchao 0.18.0 to 0.19.0" in html
    assert "All runs so far" not in html
    assert html.count('<figure class="q-chart"') == 5, "size, decode in two modes, prefill, closeness"
    for run in ("2026-01-02", "2026-01-03"):
        assert f"data/runs/{run}-test-smollm2/run.json" in html
    figures = [
        json.loads(path.read_text()) for path in sorted((tmp_path / GENERATED / "history").glob("*.figure.json"))
    ]
    assert len(figures) == 5
    ringed = [
        f for f in figures if any(t.get("name") == "changed beyond the noise" for t in f["light"]["wide"]["data"])
    ]
    assert len(ringed) == 2
    rows = [
        row for path in (tmp_path / GENERATED / "history").glob("[0-9].json") for row in json.loads(path.read_text())
    ]
    assert {row["verdict"] for row in rows} == {"first", "agrees", "differs"}
    assert all(row["torchao_version"] in ("0.18.0", "0.19.0") for row in rows)


def test_runs_that_agree_claim_no_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(2):
        measured(tmp_path, monkeypatch, day)
    html = history(tmp_path)
    assert "Changed beyond the noise: <strong>none</strong>" in html
    assert "No scheme changed beyond the noise." in html
    assert "All runs so far have torchao 0.18.0" in html
    figure = json.loads((tmp_path / GENERATED / "history/1.figure.json").read_text())["light"]["wide"]
    assert figure["layout"]["yaxis"]["title"]["text"] == "times bf16"
    narrow = json.loads((tmp_path / GENERATED / "history/1.figure.json").read_text())["light"]["narrow"]
    assert all("2026" not in label for label in narrow["layout"]["xaxis"]["ticktext"]), "a phone has no room for it"
    assert "over 2 runs with torchao 0.18.0." in html
    drawn = [x for line in figure["data"] for x in line["x"]]
    assert len(set(drawn)) == len(drawn), "points of one run stand side by side"


def test_one_run_is_no_history(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path))
    assert "No two published runs" in history(tmp_path)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_newest_run_is_labelled_and_few_are(width: Width) -> None:
    for many in range(1, 40):
        at = labelled(many, width)
        assert at[-1] == many - 1
        assert len(at) <= MOST_LABELS[width]
        assert len({b - a for a, b in itertools.pairwise(at)}) <= 1, "evenly apart"
