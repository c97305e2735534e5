"""Does a page state the constant that the code has, and is the page on the method true of the others that it types?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qdocs.errors import WrongUse
from qdocs.paired import LEVEL, POWER
from qdocs.publish.constants import PACKAGE, constant, text
from qdocs.record.disturbance import PROBE_TOLERANCE
from qdocs.stats import CONFIDENCE, RESAMPLES

PAGE = (Path(__file__).parents[2] / "docs/method.md").read_text(encoding="utf-8")
USED = re.findall(r'constant\("([^"]+)", "([^"]+)"', PAGE)


def test_a_constant_is_the_code_s() -> None:
    assert constant("record/disturbance.py", "PROBE_TOLERANCE") == PROBE_TOLERANCE
    assert constant("stats.py", "RESAMPLES") == RESAMPLES
    assert constant("paired.py", "POWER") == POWER


@pytest.mark.parametrize(
    ("number", "percent", "said"), [(0.15, True, "15%"), (60.0, False, "60"), (4e6, False, "4,000,000")]
)
def test_a_constant_is_written_as_prose_has_it(number: float, percent: bool, said: str) -> None:
    assert text(number, percent) == said


@pytest.mark.parametrize(
    ("file", "name", "said"),
    [
        (
            "record/disturbance.py",
            "PROBE_TOLERANC",
            "constant of record/disturbance.py is called .*nearest: PROBE_TOLERANCE",
        ),
        ("record/disturbanc.py", "PROBE_TOLERANCE", "no file of the code is called .*nearest: record/disturbance.py"),
    ],
)
def test_an_unknown_constant_is_refused_with_the_nearest(file: str, name: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        constant(file, name)


def test_the_page_on_the_method_takes_its_constants_from_what_measures() -> None:
    assert len(USED) > 15
    files = {file.split("/")[0] for file, _ in USED}
    assert {"measure", "record", "stats.py", "paired.py"} <= files
    for file, name in USED:
        assert f"\n{name} = " in (PACKAGE / file).read_text(encoding="utf-8")


def test_the_levels_in_its_formulas_are_those_of_the_code() -> None:
    levels = {float(number) for number in re.findall(r"(?<![\w.\"])0\.\d+", PAGE)}
    assert sorted(levels) == pytest.approx([LEVEL, POWER, (1 + CONFIDENCE) / 2])
