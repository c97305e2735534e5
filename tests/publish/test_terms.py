"""Is each key term one plain sentence, with a value that records have, and linked where a page uses it?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qdocs.errors import WrongUse
from qdocs.publish import runs, terms, values

ROOT = Path(__file__).parents[2]
TERMS = terms.load(ROOT / "docs" / terms.FILE)


def test_terms_are_one_sentence_each_and_in_order() -> None:
    assert list(TERMS) == sorted(TERMS, key=str.lower)
    for name, term in TERMS.items():
        assert not re.search(r"\. [A-Z]", term.plain), name


def test_values_are_in_the_published_records() -> None:
    found, _ = runs.find(ROOT)
    named = values.dump(values.collect([one for one in found if not one.yours]))
    page = terms.page(TERMS, named, published=True)
    assert page.count("q-value") == sum(term.value is not None for term in TERMS.values()) > 10
    assert "q-value" not in terms.page(TERMS, {}, published=False)


def test_a_term_in_a_page_leads_to_its_explanation_and_carries_it() -> None:
    link = terms.inline("flips", "flip", TERMS)
    assert link.startswith('[flips](terms.md#flip "An item whose answer turned')
    with pytest.raises(WrongUse, match="no term is called 'flp'; nearest: flip"):
        terms.inline("flp", "flp", TERMS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: {plain: no sentence, link: x.md}", "a.plain"),
        ("a: {plain: A sentence., link: https://example.org}", "a.link"),
        ("a: {plain: A sentence., link: x.md, value: v}", "a value needs `says`"),
        ("a: [", "cannot be read"),
    ],
)
def test_a_bad_term_is_named(tmp_path: Path, text: str, said: str) -> None:
    (path := tmp_path / "terms.yml").write_text(text, encoding="utf-8")
    with pytest.raises(WrongUse, match=re.escape(said)):
        terms.load(path)
