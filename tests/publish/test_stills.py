from __future__ import annotations

import re
from pathlib import Path

import plotly.graph_objects as go
import pytest
from plotly.offline import get_plotlyjs_version

from qdocs.publish import stills
from qdocs.publish.pages import PLOTLY_JS
from qdocs.publish.site import publish
from tests import factory
from tests.publish import cases

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "docs" / PLOTLY_JS


def test_plotly_js_and_plotly_py_are_in_step() -> None:
    head = BUNDLE.read_text(encoding="utf-8")[:200]
    found = re.search(r"plotly\.js \(basic - minified\) v([\d.]+)", head)
    assert found
    assert found[1] == get_plotlyjs_version()
    assert found[1] in BUNDLE.name
    assert "MIT License" in (BUNDLE.parent / "plotly-LICENSE.txt").read_text()


def test_without_a_browser_there_is_a_notice_and_the_page_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from choreographer.browsers.chromium import Chromium

    monkeypatch.setattr(Chromium, "find_browser", classmethod(lambda *a, **k: None))
    factory.make_run(cases.folder(tmp_path), rounds=1)
    (tmp_path / "docs/assets/vendor").mkdir(parents=True)
    (tmp_path / "docs" / PLOTLY_JS).symlink_to(BUNDLE)
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    report = publish(tmp_path)
    assert report.notices == [stills.NO_BROWSER]
    html = (tmp_path / "docs/generated/fragments/chart/memory.html").read_text()
    assert "There is no still picture" in html
    assert "Make interactive" in html


def test_a_browser_that_does_not_start_is_a_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "chrome"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(broken))
    monkeypatch.setattr(stills, "LIMIT_S", 20)
    still = stills.Still(go.Figure(), tmp_path / "x.svg", 100, 100)
    notice = stills.draw([still], BUNDLE, tmp_path / "kept")
    assert notice
    assert "set BROWSER_PATH" in notice
    assert not (tmp_path / "x.svg").exists()


def test_a_figure_is_drawn_once_and_again_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def drawn(missing: list[stills.Still], plotly_js: Path) -> None:
        for still in missing:
            asked.append(still.path.name)
            still.path.write_text(f"<svg>{still.width} {still.figure.layout.height}</svg>", encoding="utf-8")

    monkeypatch.setattr(stills, "_draw", drawn)
    kept = tmp_path / "kept"

    def publish_again(height: int, width: int = 100) -> None:
        asked.clear()
        made = [
            stills.Still(go.Figure(layout={"height": tall}), tmp_path / f"{name}.svg", width, 100)
            for name, tall in (("a", 10), ("b", height))
        ]
        for still in made:
            still.path.unlink(missing_ok=True)
        assert stills.draw(made, BUNDLE, kept) is None
        assert all(still.path.is_file() for still in made)
        assert len(list(kept.iterdir())) == 2, "what is not wanted any more is not kept"

    publish_again(20)
    assert asked == ["a.svg", "b.svg"]
    publish_again(20)
    assert asked == []
    publish_again(30)
    assert asked == ["b.svg"]
    publish_again(30, width=50)
    assert asked == ["a.svg", "b.svg"]
