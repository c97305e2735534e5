"""Does a sentence stop the build when the records contradict it, and is a reported figure always marked as such?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qdocs.errors import WrongUse
from qdocs.publish import claims, reported, values
from qdocs.publish.runs import FoundRun
from tests import factory
from tests.publish import cases

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    where = cases.folder(tmp_path_factory.mktemp("repo"))
    return values.dump(values.collect([FoundRun(factory.make_run(where), where, yours=False)]))


def test_a_claim_that_holds_says_nothing(named: dict[str, dict[str, object]]) -> None:
    claims.check("int8wo.eager.speed-high < 1", "int8 is slower", named)
    claims.check("int8wo.eager.speed < int4wo-g32.eager.speed and int8wo.size >= 0.4", "int4 is faster", named)


def test_a_claim_that_the_records_contradict_names_sentence_and_numbers(named: dict[str, dict[str, object]]) -> None:
    with pytest.raises(
        WrongUse, match=r"contradict the sentence 'int8 is faster': .*speed-low > 1 .* 0\.7\d+ against 1"
    ):
        claims.check("int4wo-g32.eager.speed > 1 and int8wo.eager.speed-low > 1", "int8 is faster", named)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("int8wo.eager.speed", "expected NAME < NUMBER"),
        ("int8wo.eager.speed == 1", "expected NAME < NUMBER"),
        ("int8wo.eager.sped < 1", "nearest: int8wo.eager.speed"),
        ("run.device < 1", "a text, not a number"),
    ],
)
def test_what_is_no_claim_is_refused(named: dict[str, dict[str, object]], claim: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        claims.check(claim, "a sentence", named)


def test_a_value_s_number_is_the_record_s(named: dict[str, dict[str, object]]) -> None:
    assert named["int8wo.eager.speed"]["number"] == pytest.approx(0.77, abs=0.01)
    assert named["bf16.stored"]["number"] == 269_030_016
    assert named["run.device"]["number"] is None


def test_the_reported_figures_are_sound_and_marked() -> None:
    figures = reported.load(ROOT / "docs" / reported.FILE)
    for figure in figures.values():
        html = reported.html(figure)
        assert ">reported</a>" in html
        assert "Reported, not measured here" in html
        assert str(figure.url).startswith("https://")


def test_a_reported_figure_without_its_source_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reported.yml"
    path.write_text("a:\n  text: 5 ms\n  setup: here\n  url: https://example.org/x\n", encoding="utf-8")
    with pytest.raises(WrongUse, match=r"reported\.yml: a\.source: Field required"):
        reported.load(path)
