"""How are numbers, intervals and what they hold for put into words?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from qdocs.publish.runs import FoundRun
from qdocs.record import BASELINE, NOISE_FLOOR
from qdocs.verdict import ratio_digits

NOT_MEASURED = "not measured"


def missing(value: object) -> bool:
    """Whether a cell of a frame holds no number."""
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def number(value: float, digits: int = 3) -> str:
    """A number with so many significant digits, thousands separated, never in powers of ten."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{decimals}f}"


def ratio(value: float) -> str:
    """A ratio as a multiple: `1.58×`."""
    return f"{ratio_digits(value)}×" if value < 10 else f"{number(value)}×"


def span(low: float, high: float, form: str = "") -> str:
    """The two ends of an interval: of a ratio, or in another form."""
    return f"{low:{form}} to {high:{form}}" if form else f"{ratio_digits(low)} to {ratio_digits(high)}"


def signed(value: float, digits: int = 1) -> str:
    """A change with its sign; more decimals where they would show 0 for what is not, since 0 here means no change."""
    if round(value, 9) == 0:
        return "0"
    return ("+" if value > 0 else "−") + amount(abs(value), digits)


def amount(value: float, digits: int = 2) -> str:
    """An amount with so many decimals, more where they would show 0 for what is not."""
    shown = f"{value:,.{digits}f}"
    return shown if not value or float(shown.replace(",", "")) else number(value, 1)


def up(value: float, digits: int) -> float:
    """Rounded up, so that what is said to be enough is enough."""
    # Rounded to nine decimals first: 0.07 * 100 is a little more than 7.
    return math.ceil(round(value * 10.0**digits, 9)) / 10.0**digits


def points(value: float) -> str:
    """A drop in points that is large enough: rounded up, to whole points from 1, to tenths below."""
    enough = up(value, 0 if value >= 1 else 1)
    return f"{enough:g} {'point' if enough == 1 else 'points'}"


def change(value: float, low: float, high: float, basis: str, digits: int = 1) -> str:
    """A change with its interval: `−4.1 (−6.2 to −2.0)`; without one where nothing could vary."""
    if basis == "none":
        return f"{signed(value, digits)} (no interval)"
    return f"{signed(value, digits)} ({signed(low, digits)} to {signed(high, digits)})"


def p_value(value: float) -> str:
    """A p-value, to three decimals."""
    return "below 0.001" if value < 0.001 else f"{value:.3f}"


def star(disturbed: bool) -> str:
    """What marks a ratio of which a round was disturbed, of the scheme or of the baseline."""
    return "*" if disturbed else ""


def milliseconds(value: float) -> str:
    """A time in ms, from a second on in s, with the unit."""
    return f"{number(value)} ms" if value < 1000 else f"{number(value / 1000)} s"


def megabytes(value: float) -> str:
    """Bytes in MB (a million) or GB, with the unit."""
    if value == 0:
        return "0 MB"
    if value < 50_000:
        return f"{number(value / 1e6, 1)} MB"
    return f"{value / 1e9:,.2f} GB" if value >= 1e9 else f"{value / 1e6:,.1f} MB"


def gibibytes(value: float) -> str:
    """Memory of a machine in GiB, with the unit."""
    return f"{value / 2**30:,.1f} GiB"


def percent(share: float) -> str:
    """A share in percent; more digits close to 100%, where they matter, and 100% only when it is."""
    if share in (0.0, 1.0):
        return f"{share:.0%}"
    decimals = 1 if share < 0.99 else 2
    shown = f"{100 * share:.{decimals}f}"
    return f"more than {100 - 10**-decimals:.{decimals}f}%" if shown.startswith("100") else f"{shown}%"


def coverage(share: float) -> str:
    """A coverage in whole percent; 0% and 100% only where it is."""
    whole = round(share, 2) in (0.0, 1.0)
    return percent(share) if whole else f"{share:.0%}"


def coverage_told(rows: Iterable[Mapping[str, Any]]) -> str:
    """What the percentage beside a scheme's name in a chart is; empty where every scheme covers all."""
    schemes = [row for row in rows if row["scheme"] not in (BASELINE, NOISE_FLOOR)]
    return " A percentage beside a name is coverage." if any(row["coverage"] < 1 for row in schemes) else ""


def nats(value: float) -> str:
    """A divergence in nats, two significant digits, without the unit."""
    return number(value, 2)


def listed(items: Iterable[str]) -> str:
    """Items in a sentence: `a, b and c`."""
    found = list(items)
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1] if found else "none"


def count(many: int, one: str) -> str:
    """A number with its noun: `1 round`, `3 rounds`."""
    return f"{many:,} {one}" if many == 1 else f"{many:,} {one}s"


def asked(items: int, templates: int, noun: str = "item") -> str:
    """How many questions a share is of: `1,234 items from 33 templates`; `702 queries` where none share a template."""
    many = f"{items:,} {noun if items == 1 else 'queries' if noun == 'query' else noun + 's'}"
    return many if templates == items else f"{many} from {count(templates, 'template')}"


def device(found: FoundRun) -> str:
    """The device of a run, with its cores where they are known."""
    made = found.run.environment.device
    told = made.backend != "cpu" or not made.cores or "core" in made.name
    return made.name if told else f"{made.name}, {count(made.cores or 0, 'core')}"


def caveat(found: FoundRun, *models: str) -> str:
    """What has to be said wherever these models are shown, as sentences; empty where nothing is known."""
    known = [found.run.models[name].caveat for name in models if name in found.run.models]
    told = [text.strip().rstrip(".") for text in dict.fromkeys(known) if text and text.strip(" .")]
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in told)


def latency_workload(batch: int, prompt_tokens: int, new_tokens: int) -> str:
    """What a latency cell does, in words."""
    return f"batch {batch}, {prompt_tokens:,} prompt tokens, {new_tokens:,} new tokens"


def title(found: FoundRun) -> str:
    """A run in one line for a person: when, on what, which models."""
    run = found.run
    made = f"{run.started_at.day} {run.started_at:%b %Y}"
    parts = [made, run.environment.device.name, ", ".join(found.models), f"suite {run.suite}"]
    return " · ".join(parts)


def marks(found: FoundRun) -> list[str]:
    """What has to be said beside a run's name: whose it is, and whether it is finished."""
    marks = ["your run, not published"] if found.yours else []
    if found.case:
        marks.append("of a case study")
    if not found.complete:
        marks.append("unfinished")
    if found.run.dirty:
        marks.append("code had uncommitted changes")
    return marks
