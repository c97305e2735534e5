"""How does each chart get a still picture, with one browser for all of them, and drawn once?"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import shutil
import threading
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import plotly.graph_objects as go

NO_BROWSER = "no browser found: charts have no still picture; install Chromium or set BROWSER_PATH"
LIMIT_S = 180
LIMIT_S_EACH = 2


@dataclass(frozen=True)
class Still:
    """A picture to draw: which figure, where to, how large in px."""

    figure: go.Figure
    path: Path
    width: int
    height: int


def draw(stills: list[Still], plotly_js: Path, kept: Path) -> str | None:
    """Draw all stills as SVG.

    Args:
        stills: What to draw.
        plotly_js: The bundle that the page uses too, so that both draw alike; nothing is fetched.
        kept: A folder of what was drawn the last time, from which the same figures are taken; it is left with those of
            this time.

    Returns:
        A notice for a person when some could not be drawn, else `None`.
    """
    if not stills:
        return None
    bundle = hashlib.sha256(plotly_js.read_bytes()).hexdigest()
    names = [_name(still, bundle) for still in stills]
    missing = []
    for still, name in zip(stills, names, strict=True):
        if (kept / name).is_file():
            shutil.copyfile(kept / name, still.path)
        else:
            missing.append(still)
    outcome: list[str | None] = [] if missing else [None]
    if missing:
        # A thread of its own: the caller may already run an event loop.
        worker = threading.Thread(target=lambda: outcome.append(_draw(missing, plotly_js)))
        worker.start()
        worker.join()
    _keep(stills, names, kept)
    return outcome[0] if outcome else "still pictures failed"


def _name(still: Still, bundle: str) -> str:
    """A name that is another one as soon as the picture would be."""
    told = f"{bundle} {version('kaleido')} {still.width} {still.height} {still.figure.to_json()}"
    return f"{hashlib.sha256(told.encode()).hexdigest()}.svg"


def _keep(stills: list[Still], names: list[str], kept: Path) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    for old in kept.iterdir():
        if old.name not in names:
            old.unlink()
    for still, name in zip(stills, names, strict=True):
        if still.path.is_file() and not (kept / name).is_file():
            shutil.copyfile(still.path, kept / name)


def _draw(stills: list[Still], plotly_js: Path) -> str | None:
    try:
        from choreographer.errors import ChromeNotFoundError
        from kaleido import Kaleido
    except ImportError:
        return "kaleido is not installed: charts have no still picture; install the extra `site`"

    async def all_of_them() -> None:
        # MathJax would be fetched from another host.
        async with Kaleido(n=1, timeout=60, plotlyjs=plotly_js.resolve().as_uri(), mathjax=False) as kaleido:
            for still in stills:
                options = {"format": "svg", "width": still.width, "height": still.height, "scale": 1}
                still.path.write_bytes(await kaleido.calc_fig(still.figure, opts=options))

    logging.getLogger("choreographer").setLevel(logging.CRITICAL)
    logging.getLogger("kaleido").setLevel(logging.CRITICAL)
    try:
        asyncio.run(asyncio.wait_for(all_of_them(), max(LIMIT_S, LIMIT_S_EACH * len(stills))))
    except ChromeNotFoundError:
        return NO_BROWSER
    except Exception as error:
        told = str(error).splitlines()[0] if str(error) else type(error).__name__
        return f"the browser could not draw every chart's still picture ({told}); set BROWSER_PATH to another Chromium"
    return None
