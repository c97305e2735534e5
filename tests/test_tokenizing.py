"""What does a run say of a tokenizer, in the terminal and on the page?"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from qdocs.publish import tokens
from qdocs.publish.frames import records
from qdocs.publish.runs import FoundRun
from qdocs.stats import ratio_of_sums
from qdocs.terminal import show
from qdocs.tokenizing import counted
from tests import factory
from tests.publish import cases


def test_messages_are_compared_with_the_same_in_english(tmp_path: Path) -> None:
    run = factory.make_lessons_run(tmp_path)
    found = {one.kind: one for one in counted(run, tmp_path)}
    assert list(found) == ["english", "german", "python", "identifiers"]
    english, german = found["english"].ratio, found["german"].ratio
    assert english is not None
    assert (english.value, english.low, english.high) == (1, 1, 1)
    assert german is not None
    assert german.value == pytest.approx(1.5)
    assert found["python"].ratio is None
    assert found["identifiers"].ratio is None
    assert found["identifiers"].tokens_per_character == pytest.approx(0.5)
    assert found["identifiers"].characters_per_token == pytest.approx(2)


def test_the_ratio_of_sums_draws_pairs() -> None:
    # Every message takes exactly twice as many, long or short: drawn apart, the sums would differ.
    exact = ratio_of_sums([2, 200, 4000], [1, 100, 2000])
    assert (exact.value, exact.low, exact.high) == (2, 2, 2)
    spread = ratio_of_sums([10, 30, 20, 40], [10, 10, 10, 10])
    assert spread.low < spread.value == 2.5 < spread.high
    alone = ratio_of_sums([3], [2])
    assert (alone.value, alone.basis) == (1.5, "none")
    for ours, theirs in (([], []), ([1, 2], [1])):
        with pytest.raises(ValueError, match="do not pair up"):
            ratio_of_sums(ours, theirs)


def test_terminal_and_page_say_the_same(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    run = factory.make_lessons_run(where)
    out = Console(file=io.StringIO(), width=160)
    show(run, where, out)
    assert isinstance(out.file, io.StringIO)
    printed = " ".join(out.file.getvalue().split())
    assert "Tokens by kind of text, BPE with 49,152 tokens" in printed
    assert "german 135 0.375 1.50× (1.50 to 1.50)" in printed
    found = FoundRun(run, where, yours=False)
    rows = tokens.tokens(found)
    told = tokens.say(rows, found)
    assert "German 1.50× (1.50 to 1.50) and English 1.00×" in told
    assert "No text is lost as unknown tokens." in told
    assert [row["group"] for row in records(rows)] == ["language", "language", "code", "rare"]


def test_lost_text_is_said_first_of_all_to_be_lost(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    one = factory.spec("tokenization", "bf16")
    samples = factory.token_counts(unknown=5)
    cell = factory.tokenized(where, one, samples)
    found = FoundRun(factory.write(where, [one], [cell]), where, yours=False)
    told = tokens.say(tokens.tokens(found), found)
    assert "<strong>Lost as unknown tokens:</strong> Identifiers 8.3%" in told
