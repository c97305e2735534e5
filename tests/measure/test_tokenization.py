"""Are tokens counted as the tokenizer makes them, and what is lost with them?"""

from __future__ import annotations

from pathlib import Path

import pytest
from transformers import AutoTokenizer, BertTokenizerFast

from qdocs.errors import KnownProblem
from qdocs.measure.tokenization import measure_tokenization
from qdocs.record import TokenizationWorkload
from qdocs.tasks.texts import bundled_texts


def test_counts_are_the_tokenizer_s_own(tiny: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(tiny)
    texts = bundled_texts()
    samples, made = measure_tokenization(tokenizer, texts.workload)
    assert made == {"algorithm": "BPE", "vocabulary": len(tokenizer)}
    for index in (0, 100, len(texts.texts) - 1):
        text = texts.texts[index]
        pieces = tokenizer.tokenize(text.text)
        assert (samples.ids[index], samples.tokens[index]) == (text.id, len(pieces))
        assert samples.utf8_bytes[index] == len(text.text.encode())
    # Written in bytes, nothing is unknown, and every text comes back.
    assert set(samples.unknown) == {0}
    first = texts.texts[0].text
    assert tokenizer.decode(tokenizer(first, add_special_tokens=False)["input_ids"]) == first


def test_what_a_vocabulary_lacks_is_counted_as_unknown(tmp_path: Path) -> None:
    letters = [f"{mark}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz0123456789" for mark in ("", "##")]
    vocabulary = tmp_path / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", ",", *letters]), "utf-8")
    samples, made = measure_tokenization(BertTokenizerFast(str(vocabulary)), bundled_texts().workload)
    assert made["algorithm"] == "WordPiece"
    lost = dict.fromkeys(samples.kinds, 0)
    for kind, unknown in zip(samples.kinds, samples.unknown, strict=True):
        lost[kind] += unknown
    assert lost["hindi"] > lost["english"]


def test_other_texts_than_planned_are_not_counted(tiny: Path) -> None:
    with pytest.raises(KnownProblem, match="the bundled texts changed"):
        measure_tokenization(AutoTokenizer.from_pretrained(tiny), TokenizationWorkload(texts=1, texts_sha256="0" * 64))
