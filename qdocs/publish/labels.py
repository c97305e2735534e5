"""Where does each point's label go, so that none covers another label or a point?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

LINE = 15.0
LETTER = 7.1
CLEARANCE = 8.0
# Half of what a drawn line takes across.
STROKE = 3.0


@dataclass(frozen=True)
class Box:
    """A rectangle in px, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share an area."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def stroke(x0: float, y0: float, x1: float, y1: float) -> Box:
    """What a level or upright line takes, from one end to the other."""
    return Box(min(x0, x1) - STROKE, min(y0, y1) - STROKE, max(x0, x1) + STROKE, max(y0, y1) + STROKE)


def around(x: float, y: float) -> Box:
    """What a mark takes."""
    return Box(x - CLEARANCE, y - CLEARANCE, x + CLEARANCE, y + CLEARANCE)


@dataclass(frozen=True)
class Place:
    """The middle of a label, relative to its point in px; `far` when a line should join the two."""

    dx: float
    dy: float
    far: bool


def place(
    points: list[tuple[float, float]],
    labels: list[str],
    width: float,
    height: float,
    avoid: Sequence[Box] = (),
    first: int = 0,
) -> list[Place | None]:
    """Place labels greedily: all near their points that can be, then those that are left farther away.

    Args:
        points: Positions in px, y downwards.
        labels: One text a point, of one line or several; empty for a point without one.
        width: Of the plot area, in px.
        height: Of the plot area, in px.
        avoid: What else stands in the plot area.
        first: How many of the points, from the first on, get a place, near or far, before any other.

    Returns:
        A place for each label; `None` where there is no room, which leaves it to the legend, the hover and the table.
    """
    written: list[Box] = []
    lines: list[tuple[tuple[float, float], tuple[float, float]]] = []
    taken = [*avoid, *(around(x, y) for x, y in points)]
    places: list[Place | None] = [None] * len(points)
    urgent, others = range(first), range(first, len(points))
    for at, far in [(i, far) for part in (urgent, others) for far in (False, True) for i in part]:
        (x, y), label = points[at], labels[at]
        if not label or places[at]:
            continue
        half = LETTER * max(map(len, label.split("\n"))) / 2
        tall = LINE * (label.count("\n") + 1) / 2
        for dx, dy in (_far if far else _near)(half, tall):
            box = Box(x + dx - half, y + dy - tall, x + dx + half, y + dy + tall)
            inside = box.left >= 0 and box.right <= width and box.top >= 0 and box.bottom <= height
            # A line that passes another point would name that one.
            astray = far and any(_distance(p, (x, y), (dx, dy)) < CLEARANCE for p in points if p != (x, y))
            # Nor may a line pass through a label, be it this one's or that of an earlier label.
            crossed = far and any(_crosses((x, y), (dx, dy), other) for other in written)
            crossed = crossed or any(_crosses(start, way, box) for start, way in lines)
            if inside and not astray and not crossed and not any(box.meets(other) for other in taken):
                places[at] = Place(dx, dy, far)
                taken.append(box)
                written.append(box)
                if far:
                    lines.append(((x, y), (dx, dy)))
                break
    return places


def _distance(point: tuple[float, float], start: tuple[float, float], way: tuple[float, float]) -> float:
    """How far a point is from a line of so long a way, in px."""
    off = (point[0] - start[0], point[1] - start[1])
    along = (off[0] * way[0] + off[1] * way[1]) / (way[0] ** 2 + way[1] ** 2)
    along = min(1.0, max(0.0, along))
    return math.hypot(off[0] - along * way[0], off[1] - along * way[1])


def _crosses(start: tuple[float, float], way: tuple[float, float], box: Box) -> bool:
    """Whether a line of so long a way passes through a box."""
    first, last = 0.0, 1.0
    for at, step, low, high in zip(start, way, (box.left, box.top), (box.right, box.bottom), strict=True):
        if step == 0:
            if not low < at < high:
                return False
            continue
        ends = sorted(((low - at) / step, (high - at) / step))
        first, last = max(first, ends[0]), min(last, ends[1])
    return first < last


def _near(half: float, tall: float) -> list[tuple[float, float]]:
    side = half + CLEARANCE + 4
    level = [(0.0, -tall - 10.5), (side, 0.0), (-side, 0.0), (0.0, tall + 10.5)]
    beside = [(sx * side, sy * 10.0) for sx in (1, -1) for sy in (-1, 1)]
    corners = [(sx * half, sy * (tall + 14.5)) for sy in (-1, 1) for sx in (1, -1)]
    return level + beside + corners


def _far(half: float, tall: float) -> list[tuple[float, float]]:
    steps = [tall + off for off in (28.5, 44.5, 60.5, 76.5)]
    return [(sx * half, sy * step) for step in steps for sy in (-1, 1) for sx in (0.0, 1, -1)]
