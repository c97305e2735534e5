"""Does an honest case study pass, with nothing said that need not be?"""

from __future__ import annotations

from pathlib import Path

from qdocs import cases
from tests.cases import made

ROOT = Path(__file__).parents[2]


def test_an_honest_case_has_no_errors_and_no_warnings(tmp_path: Path) -> None:
    folder = made.case(tmp_path)
    assert cases.check_cases(tmp_path) == {folder: []}
    (case,) = cases.load(tmp_path)
    assert case.slug == made.SLUG
    assert case.about.title == made.ABOUT["title"]
    assert [run.name for run in case.runs] == [made.RUN]
