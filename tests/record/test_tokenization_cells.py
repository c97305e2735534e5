"""Do sums by kind follow from the counts, and is what cannot be refused?"""

from __future__ import annotations

from typing import Any

import pytest

from qdocs import record as r
from tests import factory


def changed(**columns: Any) -> dict[str, Any]:
    return factory.token_counts().model_dump() | columns


def test_sums_follow_from_the_counts() -> None:
    one = factory.spec("tokenization", "bf16")
    by_kind = one.summarize(factory.token_counts(unknown=1))["by_kind"]
    assert list(by_kind) == ["english", "german", "python", "identifiers"]
    assert by_kind["german"].model_dump() == {
        "texts": 3,
        "characters": 360,
        "utf8_bytes": 363,
        "tokens": 135,
        "unknown": 0,
    }
    assert by_kind["identifiers"].unknown == 3


def test_other_texts_than_planned_are_refused() -> None:
    samples = factory.token_counts()
    for workload in ({"texts": 11}, {"texts_sha256": "0" * 64}):
        with pytest.raises(ValueError, match="number and digest of texts are"):
            factory.spec("tokenization", "bf16", **workload).summarize(samples)


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"unknown": [0] * 11}, "columns differ in length"),
        ({"unknown": [1000] * 12}, "english-0: 1000 of 20 tokens are unknown"),
        ({"utf8_bytes": [1] * 12}, "english-0: 80 characters cannot take 1 bytes"),
        ({"ids": ["a"] * 12}, "an id is there twice"),
        ({"tokens": [0] * 12}, "greater than or equal to 1"),
    ],
)
def test_counts_that_cannot_be_are_refused(columns: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        r.TokenizationSamples.model_validate(changed(**columns))
