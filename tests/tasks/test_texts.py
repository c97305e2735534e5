"""Do the texts for tokenizers hold what the guide says of them?"""

from __future__ import annotations

import unicodedata
from collections import Counter

from qdocs.tasks.texts import REFERENCE, bundled_texts, kinds


def test_every_kind_has_twelve_texts_and_every_language_the_same_messages() -> None:
    texts = bundled_texts().texts
    known = kinds()
    assert Counter(text.kind for text in texts) == dict.fromkeys(known, 12)
    assert len({text.id for text in texts}) == len({text.text for text in texts}) == len(texts)
    messages = {f"m{number:02d}" for number in range(1, 13)}
    languages = [kind.id for kind in known.values() if kind.group == "language"]
    assert REFERENCE in languages
    assert len(languages) == 10
    for kind in known:
        said = {text.message for text in texts if text.kind == kind}
        assert said == (messages if kind in languages else {None})


def test_texts_are_composed_and_tidy() -> None:
    for text in bundled_texts().texts:
        assert unicodedata.is_normalized("NFC", text.text)
        assert text.text == text.text.strip()
        assert len(text.text) >= 20
