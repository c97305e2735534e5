"""Does a run from a GPU stand beside torchao's table, and no other run?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qdocs.errors import WrongUse
from qdocs.publish import beside_torchao, frames
from qdocs.publish import reported as figures
from qdocs.publish.charts import CHARTS
from qdocs.publish.names import FRAGMENTS, GENERATED
from qdocs.publish.runs import FoundRun
from qdocs.publish.site import publish
from tests import factory
from tests.publish import cases

ROOT = Path(__file__).parents[2]


def test_schemes_are_matched_by_what_they_quantize(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(cases.on_gpu(where), where, yours=False)
    rows = {row["scheme"]: row for row in frames.records(beside_torchao.beside_torchao(found))}
    assert list(rows) == ["bf16", "int8wo-head", "int4wo-g64-head"]
    reported = figures.load(ROOT / "docs" / figures.FILE)["torchao-h100-int8wo"].decode
    assert reported is not None
    assert rows["int8wo-head"]["reported_tokens_per_s"] == reported.tokens_per_s == 198.85
    ours = rows["int8wo-head"]["tokens_per_s"]
    assert rows["int8wo-head"]["times_reported"] == pytest.approx(ours / 198.85)
    told = beside_torchao.say(beside_torchao.beside_torchao(found), found)
    assert "<em>Reported, not measured here</em>, on an H100" in told
    assert "random weights" in told


def test_a_run_from_a_cpu_is_not_asked_for_it(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(factory.make_run(where, rounds=1), where, yours=False)
    assert beside_torchao.beside_torchao(found).empty
    assert not CHARTS["beside-torchao"].planned(found)


def test_the_number_is_the_one_in_the_text() -> None:
    for name, figure in figures.load(ROOT / "docs" / figures.FILE).items():
        if figure.decode:
            assert figure.text == f"{figure.decode.tokens_per_s:.2f} tokens/s", name


def test_a_reported_speed_is_set_beside_that_of_the_baseline() -> None:
    known = figures.load(ROOT / "docs" / figures.FILE)
    bf16, int8 = known["torchao-h100-bf16"], known["torchao-h100-int8wo"]
    made = figures.beside(int8, bf16)
    assert made.text == "1.57×"
    assert made.setup.endswith("mean of 5: 198.85 tokens/s against 126.90 tokens/s")
    for other in ("torchao-h100-bf16-peak", "gpt-fast-int4"):
        with pytest.raises(WrongUse, match="no two decode speeds"):
            figures.beside(int8, known[other])


def test_the_pages_of_a_site_with_such_a_run_have_its_charts(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    cases.on_gpu(where)
    publish(tmp_path, with_stills=False)
    made = {path.stem for path in (tmp_path / GENERATED / FRAGMENTS / "chart").glob("*@*.html")}
    assert {
        f"{name}@shape-llama-3.1-8b" for name in ("beside-torchao", "bandwidth", "compiling", "memory", "padding")
    } <= made
