"""What does a run say of a tokenizer, in the terminal and on the page?"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from qdocs.publish import per_character, tokens
from qdocs.publish.frames import records
from qdocs.publish.look import PALETTES
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
    told = tokens.say(tokens.languages(found), found)
    assert told.startswith("smollm2-135m&#39;s BPE tokenizer of 49,152 tokens, the same 3 messages in each language.")
    assert "German takes the fewest tokens, 1.50× (1.50 to 1.50) those of English" in told
    assert told.endswith("No text is lost as unknown tokens.")
    told = per_character.say(per_character.per_character(found), found)
    assert "Tokens a character: from 0.25 (English) to 0.50 (Identifiers)." in told


def test_languages_are_drawn_by_messages_and_all_else_by_characters(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = FoundRun(factory.make_lessons_run(where), where, yours=False)
    messages, characters = tokens.languages(found), per_character.per_character(found)
    assert [row["kind"] for row in records(messages)] == ["english", "german"]
    assert [row["kind"] for row in records(characters)] == ["english", "python", "identifiers"]
    (bars,) = tokens.draw(messages, PALETTES[0], "wide").data
    assert list(bars.x) == pytest.approx([1, 1.5])
    assert bars.error_x.array[0] is None, "English beside itself varies in nothing"
    assert bars.error_x.array[1] == pytest.approx(0)
    (bars,) = per_character.draw(characters, PALETTES[0], "wide").data
    assert list(bars.x) == pytest.approx([0.25, 0.3, 0.5], abs=0.01)
    assert bars.error_x.array is None


def test_lost_text_is_said_first_of_all_to_be_lost(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    found = lossy(where)
    told = tokens.say(tokens.languages(found), found)
    assert "<strong>Lost as unknown tokens:</strong> German 11.1%; where text is lost, few tokens are no gain." in told
    told = per_character.say(per_character.per_character(found), found)
    assert "<strong>Lost as unknown tokens:</strong> Identifiers 8.3%" in told


def test_what_is_lost_stands_beside_the_bars_on_a_phone_too(tmp_path: Path) -> None:
    found = lossy(cases.folder(tmp_path))
    figure = tokens.draw(tokens.languages(found), PALETTES[0], "narrow")
    shown = [note.text for note in figure.layout.annotations]
    assert "unknown<br>tokens" in shown
    assert "11.1%" in shown
    assert "tokens a<br>character" not in shown


def lossy(where: Path) -> FoundRun:
    """A run whose tokenizer loses five tokens of each rare text, and of each German one."""
    one = factory.spec("tokenization", "bf16")
    samples = factory.token_counts(unknown=5)
    unknown = [5 if kind in ("german", "identifiers") else 0 for kind in samples.kinds]
    cell = factory.tokenized(where, one, samples.model_copy(update={"unknown": unknown}))
    return FoundRun(factory.write(where, [one], [cell]), where, yours=False)
