"""What has changed on a device from run to run: a chart a quantity, and every change beyond the noise in words?"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from qdocs.agreement import UNITS
from qdocs.history import Point, Series, histories
from qdocs.publish import pages, pictures, safe, stills, words
from qdocs.publish.forest import marks
from qdocs.publish.frames import Row
from qdocs.publish.look import Palette, Width, layout, legend_above, log_range, ticks
from qdocs.publish.names import BASE, GENERATED
from qdocs.publish.runs import FoundRun
from qdocs.publish.tables import INTERVAL, Column, html
from qdocs.record import BASELINE

FOLDER = "history"
MOST_LABELS: dict[Width, int] = {"wide": 8, "narrow": 4}
APART = 0.3  # how much of the way from one run to the next the schemes' points spread over
NONE_YET = (
    "No two published runs measured the same quantity of the same model on the same device yet. As soon as a "
    "second one does, it is drawn here."
)


@dataclass(frozen=True)
class Followed:
    """What a chart follows: all schemes of one quantity in one workload in one place."""

    series: tuple[Series, ...]
    stem: str

    @property
    def title(self) -> str:
        """The quantity and its workload."""
        first = self.series[0]
        return f"{first.what[:1].upper()}{first.what[1:]}, {first.workload}"

    @property
    def of(self) -> str:
        """The model and the device."""
        return f"{self.series[0].place.model} on {self.series[0].place.device}"

    @property
    def runs(self) -> list[Point]:
        """A point of each run, in the order in which they were measured."""
        points = {point.run: point for one in self.series for point in one.points}
        return sorted(points.values(), key=lambda point: (point.started_at, point.run))


def follow(runs: list[FoundRun]) -> list[Followed]:
    """What published, complete runs measured more than once in one place."""
    grouped: dict[Any, list[Series]] = {}
    for series in histories((one.run, one.folder) for one in runs if one.ours and one.complete):
        key = (series.place, series.what, series.workload, series.measured_on)
        grouped.setdefault(key, []).append(series)
    return [Followed(tuple(own), f"{FOLDER}/{number}") for number, own in enumerate(grouped.values(), 1)]


def write(followed: list[Followed], folder: Path) -> list[stills.Still]:
    """Write each chart's data and figures, and say which stills they want.

    Args:
        followed: What to draw.
        folder: The folder of everything generated.
    """
    wanted = []
    for one in followed:
        pictures.write_data(one.stem, _rows(one), folder)
        wanted += pictures.write_figures(one.stem, partial(draw, one), partial(height, one), folder)
    return wanted


def fragment(followed: list[Followed], folder: Path) -> str:
    """The history as one line of HTML: what changed, then a chart of each quantity, by model and device.

    Args:
        followed: What was written.
        folder: The folder of everything generated, stills included.
    """
    if not followed:
        return f'<p class="q-none">{NONE_YET}</p>'
    made = [_changes([series for one in followed for series in one.series])]
    for of, own in groupby(followed, key=lambda one: one.of):
        made.append(f"<h2>{safe.text(of)}</h2>")
        made += [pages.chart_block(_block(one, folder)) for one in own]
    return "".join(made)


def height(one: Followed, width: Width) -> int:
    """Height in px; the legend takes more rows on a narrow page."""
    changed = any(series.changes for series in one.series)
    return 264 + 20 * math.ceil((len(one.series) + changed) / (4 if width == "wide" else 2))


def draw(one: Followed, palette: Palette, width: Width) -> go.Figure:
    """A quantity over the runs, a line a scheme, a ring around each point at which it changed.

    Args:
        one: What to follow.
        palette: The colours.
        width: Wide or narrow.
    """
    ticks_at = labelled(len(one.runs), width)
    look = marks([series.scheme for series in one.series], palette)
    figure = go.Figure()
    places = _places(one)
    for series in one.series:
        symbol, color = look[series.scheme]
        figure.add_scatter(**_line(series, places, symbol, color))
    changed = [
        (places[series.scheme, point.run], point.value.value) for series in one.series for point in series.changes
    ]
    if changed:
        ring = {"symbol": "circle-open", "size": 20, "color": palette.loss, "line": {"width": 2, "color": palette.loss}}
        figure.add_scatter(
            name="changed beyond the noise",
            mode="markers",
            x=[x for x, _ in changed],
            y=[y for _, y in changed],
            marker=ring,
            hoverinfo="skip",
        )
    values = [series.points[at].value for series in one.series for at in range(len(series.points))]
    reach = log_range([end for value in values for end in (value.low, value.high, value.value) if end > 0], 0.08)
    tall = height(one, width)
    figure.update_layout(
        layout(
            palette,
            tall,
            margin={"l": 62, "r": 8, "t": tall - 240, "b": 64},
            legend=legend_above(),
            xaxis={
                "tickvals": ticks_at,
                "ticktext": [_label(one.runs[at], width) for at in ticks_at],
                "tickangle": 0,
                "range": [-0.5, len(one.runs) - 0.5],
            },
            yaxis={
                "type": "log",
                "range": reach,
                "title": {"text": _unit(one)},
                **ticks(reach, lambda value: words.number(value, 2)),
            },
        )
    )
    return figure


def _places(one: Followed) -> dict[tuple[str, str], float]:
    """Where each scheme's point of each run stands: side by side, so that no bar hides another."""
    many = len(one.series)
    return {
        (series.scheme, point.run): at + APART * (index - (many - 1) / 2) / many
        for index, series in enumerate(one.series)
        for at, point in enumerate(one.runs)
    }


def _unit(one: Followed) -> str:
    return UNITS.get(one.series[0].what, f"times {BASELINE}")


def _line(series: Series, places: dict[tuple[str, str], float], symbol: str, color: str) -> dict[str, Any]:
    values = [point.value for point in series.points]
    return {
        "name": safe.figure(series.scheme),
        "mode": "lines+markers",
        "x": [places[series.scheme, point.run] for point in series.points],
        "y": [value.value for value in values],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [value.high - value.value for value in values],
            "arrayminus": [value.value - value.low for value in values],
            "thickness": 1.2,
            "width": 3,
        },
        "line": {"color": color, "width": 1.5},
        "marker": {"symbol": symbol, "size": 9, "color": color},
        "customdata": [_hover(series, point) for point in series.points],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(series: Series, point: Point) -> str:
    told = [
        f"<b>{safe.figure(series.scheme)}</b>",
        safe.figure(point.run),
        words.number(point.value.value),
        *[safe.figure(f"{name} {version}") for name, version in point.versions.items()],
    ]
    return "<br>".join([*told, safe.figure(_verdict(point))])


def labelled(many: int, width: Width) -> list[int]:
    """Which of so many runs, oldest first, have room for a label: the newest, and others evenly back from it."""
    step = math.ceil(many / MOST_LABELS[width])
    return [*range((many - 1) % step, many, step)]


def _label(point: Point, width: Width) -> str:
    # The time tells runs of one day apart.
    day, time = f"{point.started_at.day} {point.started_at:%b}", f"{point.started_at:%H:%M}"
    if width == "narrow":
        return f"{day}<br>{time}"
    return f"{day} {point.started_at:%Y}<br>{time}<br>{safe.figure(f'torchao {_torchao(point)}')}"


def _torchao(point: Point) -> str:
    return point.versions.get("torchao", "unknown")


def _verdict(point: Point) -> str:
    if point.against is None:
        return "the first"
    told = {"differs": "changed", "agrees": "as before", "not comparable": "not comparable"}[point.verdict]
    return f"{told}: {point.why}" if point.verdict != "agrees" else told


def _rows(one: Followed) -> list[Row]:
    return [
        {
            "model": series.place.model,
            "device": series.place.device,
            "quantity": series.what,
            "workload": series.workload,
            "scheme": series.scheme,
            "run": point.run,
            "started_at": point.started_at.isoformat(),
            **{f"{name}_version": point.versions.get(name) for name in ("torch", "torchao", "transformers")},
            "value": point.value.value,
            "low": point.value.low,
            "high": point.value.high,
            "verdict": point.verdict,
            "why": point.why,
            "against": point.against,
        }
        for series in one.series
        for point in series.points
    ]


def _changes(found: Iterable[Series]) -> str:
    """Every change beyond the noise, after how many quantities were followed."""
    followed = list(found)
    changed = [
        {"of": f"{series.place.model} on {series.place.device}", "series": series, "point": point}
        for series in followed
        for point in series.changes
    ]
    points = [point for series in followed for point in series.points]
    versions = sorted({_torchao(point) for point in points})
    told = (
        f"{len(followed):,} series followed over the runs, each a quantity of a scheme: "
        f"{safe.text(words.listed(dict.fromkeys(series.what for series in followed)))}. "
    )
    if len(versions) == 1:
        told += (
            f"All runs so far have torchao {safe.text(versions[0])}, so what moves here is noise or the machine, "
            "not a newer version of it. "
        )
    told += "Changed beyond the noise: "
    if not changed:
        return f'<p class="q-say">{told}<strong>none</strong>.</p>'
    columns = [
        Column("where", lambda r: safe.text(r["of"]), numeric=False),
        Column("scheme", lambda r: f"<code>{safe.text(r['series'].scheme)}</code>", numeric=False),
        Column("quantity", lambda r: safe.text(f"{r['series'].what}, {r['series'].workload}"), numeric=False),
        Column("change", lambda r: safe.text(r["point"].why)),
        Column("in the run", lambda r: safe.text(r["point"].run), numeric=False),
        Column("versions", lambda r: safe.text(", ".join(r["point"].changed) or "the same"), numeric=False),
    ]
    table = html(changed, columns, "Changes beyond the noise")
    return f'<p class="q-say">{told}<strong>{len(changed):,}</strong>.</p>{table}'


def _said(one: Followed) -> str:
    changes = [(series.scheme, point) for series in one.series for point in series.changes]
    versions = words.listed(dict.fromkeys(map(_torchao, one.runs)))
    told = f"{safe.text(one.title)}, in {_unit(one)}, over {words.count(len(one.runs), 'run')} with torchao "
    told += f"{safe.text(versions)}."
    if not changes:
        return f"{told} No scheme changed beyond the noise."
    named = [
        f"<code>{safe.text(scheme)}</code> {safe.text(point.why)} in {safe.text(point.run)}"
        for scheme, point in changes
    ]
    return f"{told} Changed: {words.listed(named)}."


def _table(one: Followed) -> str:
    columns = [
        Column("run", lambda r: safe.text(r["run"]), numeric=False),
        Column("scheme", lambda r: f"<code>{safe.text(r['scheme'])}</code>", numeric=False),
        Column("value", lambda r: words.number(r["value"])),
        Column(INTERVAL, lambda r: f"{words.number(r['low'])} to {words.number(r['high'])}"),
        Column("torch", lambda r: safe.text(r["torch_version"] or "unknown"), numeric=False),
        Column("torchao", lambda r: safe.text(r["torchao_version"] or "unknown"), numeric=False),
        Column("verdict", lambda r: safe.text(f"{r['verdict']} {r['why']}".strip()), numeric=False, long=True),
    ]
    return html(_rows(one), columns, f"{one.title}, {one.of}")


def _block(one: Followed, folder: Path) -> pages.Block:
    linked = (
        f'<a href="{BASE}data/runs/{safe.text(point.run)}/run.json">{safe.text(point.run)}</a>' for point in one.runs
    )
    return pages.Block(
        title=one.title,
        of=one.of,
        stem=f"{GENERATED.name}/{one.stem}",
        said=_said(one),
        table=_table(one),
        source=f'<p class="q-from" data-search-exclude>Records: {" · ".join(linked)}</p>',
        height_wide=height(one, "wide"),
        height_narrow=height(one, "narrow"),
        has_stills=pictures.has_stills(one.stem, folder),
    )
