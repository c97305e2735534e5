"""Do the pages say what quantizing took and how far layers move?"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from qdocs.publish import weights
from qdocs.publish.frames import records
from qdocs.publish.names import FRAGMENTS, GENERATED
from qdocs.publish.runs import FoundRun
from qdocs.publish.site import publish
from tests import factory
from tests.publish import cases

SCHEMES = cases.WEIGHTS


@pytest.fixture
def found(tmp_path: Path) -> FoundRun:
    where = cases.folder(tmp_path)
    return FoundRun(cases.weights(where), where, yours=False)


def test_errors_are_means_by_kind_of_layer(found: FoundRun) -> None:
    rows = records(weights.layer_errors(found))
    assert [(row["scheme"], row["pattern"], row["layers"]) for row in rows] == [
        (scheme, f"model.layers.*.{name}", 2) for scheme in SCHEMES for name in ("self_attn.q_proj", "mlp.down_proj")
    ]
    # The factory's outputs are off by 1, 1.25, 1.5 and 1.75 times the weight error, layer by layer.
    down = rows[3]
    assert down["weight_error_mean"] == pytest.approx(0.08)
    assert down["output_error_mean"] == pytest.approx(0.08 * (1.25 + 1.75) / 2)
    assert (down["output_error_max"], down["worst_layer"]) == (0.14, "model.layers.1.mlp.down_proj")
    assert [row["worst_of_scheme"] for row in rows] == [False, True, False, True]


def test_time_is_the_median_of_the_repeats(found: FoundRun) -> None:
    rows = records(weights.quantizing(found))
    assert [(row["scheme"], row["repeats"]) for row in rows] == [(scheme, 3) for scheme in SCHEMES]
    assert rows[0]["quantize_s"] == pytest.approx(1.5)
    assert rows[0]["peak_rss_increase_bytes"] == 50 * 2**20


def test_the_pages_say_it(found: FoundRun, tmp_path: Path) -> None:
    publish(tmp_path, with_stills=False)

    def plain(name: str) -> str:
        html = (tmp_path / GENERATED / FRAGMENTS / f"{name}.html").read_text(encoding="utf-8")
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())

    layers, quantizing = plain("chart/layers"), plain("table/quantizing")
    assert "int4wo-g32 : the output of model.layers.1.mlp.down_proj moves most, by 14.0% of its size" in layers
    assert "its bar is no interval, but reaches from the least to the most" in layers
    assert "1.50 to 1.50 s, 3 repeats" in quantizing
    assert "Without “on the device, peak”: counted on CUDA devices only." in quantizing


def test_where_no_run_has_them_the_page_says_so(tmp_path: Path) -> None:
    factory.make_run(cases.folder(tmp_path))
    publish(tmp_path, with_stills=False)
    html = (tmp_path / GENERATED / FRAGMENTS / "chart" / "layers.html").read_text(encoding="utf-8")
    assert "No run here has layer error cells yet." in html
