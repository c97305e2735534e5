"""Is every measurement in the guide taken from a record or marked as reported, and no number typed by hand?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qdocs.agreement import ABSOLUTE, RELATIVE

ROOT = Path(__file__).parent.parent
UNIT = r"(?<![\w.])\d[\d.,]*\s?(?:×|ms\b|tokens?/s|tok/s|MB\b|GB/s|GB\b|nats?\b|points?\b|%|times\b)"
# Numbers with a unit that are no measurements: definitions, examples and settings, each as it stands.
ALLOWED = {
    "95% interval": "the confidence that all intervals have",
    "8 times in 10": "the power at which a detectable drop is stated",
    "20 points or more would have been": "an example of a verdict",
    "of which 4% flip, a drop of 2 points": "an example, computed by the statistics that judge",
    "to lose 0.7 nats is to halve": "arithmetic: the logarithm of 2",
    "1% is small": "an example of the scale",
    "100% is": "an example of the scale",
    "2 × layers × KV heads": "a formula",
    "2 ÷ 1.5 = 1.33 times": "arithmetic on an example",
    "(93 MB)": "the size of a download",
    "within ": "a tolerance, checked below",
}
PAGES = [*sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/walkthroughs").glob("*.md")), ROOT / "README.md"]


def prose(text: str) -> str:
    """A page without front matter, code, macros and what is generated; the lines stay where they are."""
    parts = [
        (r"\A---\n.*?\n---\n", re.S),
        (r"```.*?```", re.S),
        (r"<!-- headline:start -->.*?<!-- headline:end -->", re.S),
        (r"\{\{.*?\}\}|\{%.*?%\}|`[^`\n]*`", re.S),
    ]
    for pattern, flags in parts:
        text = re.sub(pattern, lambda found: "\n" * found[0].count("\n"), text, flags=flags)
    return text


def typed(text: str) -> list[str]:
    """Numbers with a unit, with what stands around them."""
    found = []
    for number in re.finditer(UNIT, text):
        around = text[max(0, number.start() - 40) : number.end() + 40].replace("\n", " ")
        if not any(allowed in around for allowed in ALLOWED):
            found.append(f"line {text[: number.start()].count(chr(10)) + 1}: {around.strip()}")
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_measurement_is_typed_by_hand(page: Path) -> None:
    found = typed(prose(page.read_text(encoding="utf-8")))
    assert not found, "take it from a record with the macro `value`, or from docs/data/reported.yml with `reported`"


@pytest.mark.parametrize(
    "said", ["int8 decodes 1.4× as fast", "took 51 ms", "grew to 163.6 MB", "lost 3 points", "73%"]
)
def test_a_typed_measurement_would_be_found(said: str) -> None:
    assert typed(f"Here {said} in the run.")
    assert not typed(prose(f'Here {{{{ value("x") }}}} and `{said}` and\n```\n{said}\n```\n'))


def test_the_tolerances_on_the_page_are_those_of_the_code() -> None:
    page = (ROOT / "docs" / "reproduce.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \|[^|]+\| within ([\d.]+)(%| point) \|$", page, re.M)
    stated = {what: float(number) / 100 for names, number, _ in rows for what in names.split(", ")}
    assert stated == {**RELATIVE, **ABSOLUTE}
