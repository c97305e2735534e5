"""Is every wrong item named by file and line, all at once, before anything is measured?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qdocs.errors import InvalidItems, WrongUse
from qdocs.tasks.asked import asked
from qdocs.tasks.items import MAX_CHARACTERS, read_items

GOOD = {"prompt": "2 + 2 =", "choices": ["4", "5"], "answer": "4"}


def problems(file: Path, *lines: object) -> list[str]:
    """What is said of a file of these lines, with its name and line cut to `N: `."""
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    file.write_bytes(b"\n".join(raw) + b"\n")
    with pytest.raises(InvalidItems) as caught:
        read_items(file)
    assert all(text.startswith(str(file)) for text in caught.value.problems)
    return [text.removeprefix(f"{file}, line ").removeprefix(f"{file}: ") for text in caught.value.problems]


def test_the_three_formats(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps(GOOD | {"group": "sums", "id": 7}) + "\n\n", encoding="utf-8")
    items = read_items(file)
    assert (items.format, items.chance) == ("choices", 0.5)
    assert (items.items[0].id, items.items[0].group, items.items[0].line) == ("7", "sums", 1)
    file.write_text('\ufeff{"prompt": "The sky is", "answer": "blue"}\n', encoding="utf-8")
    items = read_items(file)
    assert (items.format, items.chance, items.items[0].id, items.items[0].group) == ("answer", None, "1", "item 1")
    file.write_text('{"text": "Das Wetter ist schön."}\n{"text": "Es regnet."}\n', encoding="utf-8")
    assert read_items(file).format == "text"
    assert [item.text for item in read_items(file, 1).items] == ["Das Wetter ist schön."]


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path / "mine.jsonl",
        GOOD,
        b"{not json",
        GOOD | {"prompt": "3 + 3 =", "answer": "6"},
        b'{"text": "caf\xe9"}',
        {"prompt": "no answer"},
        ["a", "list"],
        GOOD | {"prompt": "4 + 4 =", "gruop": "sums"},
        GOOD | {"prompt": "5 + 5 =", "choices": ["4"]},
        GOOD | {"prompt": "6 + 6 =", "choices": ["4", "4"]},
        GOOD | {"prompt": "7 + 7 =", "choices": ["4", " 5"]},
        GOOD | {"prompt": "8 + 8 = "},
        GOOD | {"prompt": "x" * (MAX_CHARACTERS + 1)},
        GOOD | {"prompt": 9},
        GOOD | {"prompt": "10", "id": ""},
        GOOD | {"prompt": "\n"},
    )
    assert [text.split(":")[0] for text in found] == [
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "11",
        "12",
        "13",
        "14",
        "15",
    ]
    for text, said in zip(
        found,
        (
            "not JSON",
            'answer: "6" is not one of the choices "4", "5"',
            "not UTF-8 at byte 14",
            "no answer",
            "expected an object such as",
            "unknown key 'gruop'; expected answer, choices, prompt",
            "choices: expected a list of two or more texts",
            "choices: two are the same",
            "a space is put before it",
            "prompt: ends with a space",
            f"at most {MAX_CHARACTERS:,} are taken",
            "prompt: expected a text, got 9",
            "id: expected a text of 1 to 200 characters",
            "prompt: is blank",
        ),
        strict=True,
    ):
        assert said in text


def test_problems_between_items(tmp_path: Path) -> None:
    found = problems(
        tmp_path / "mine.jsonl",
        GOOD | {"id": "a"},
        GOOD | {"id": "a", "prompt": "3 + 1 ="},
        GOOD | {"id": "b", "choices": ["5", "4"]},
        {"text": "a text"},
        {"prompt": "a question", "answer": "yes"},
    )
    assert found == [
        '2: id "a" is on line 1, too',
        "3: the same question or text is on line 1, too",
        "4: is a text, line 1 is a question with choices; give each its own file",
        "5: is a question, line 1 is a question with choices; give each its own file",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no items; expected one JSON object a line"),
        (b"\n \n", "no items"),
        ('{"text": "a"}\n'.encode("utf-16"), "is UTF-16; save it as UTF-8"),
        (b'{"text": "\\ud800"}\n', "half a character"),
        (b"[" * 100_000 + b"\n", "nested too deeply"),
    ],
)
def test_whole_files(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_bytes(content)
    with pytest.raises(InvalidItems, match=said):
        read_items(file)
    with pytest.raises(InvalidItems, match="no such file"):
        read_items(tmp_path / "none.jsonl")


def test_files_are_checked_together_and_named_apart(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    bad, worse = tmp_path / "bad.jsonl", tmp_path / "sub" / "worse.jsonl"
    bad.write_text("{\n", encoding="utf-8")
    worse.write_text("[]\n", encoding="utf-8")
    with pytest.raises(InvalidItems) as caught:
        asked(dict.fromkeys([str(bad), str(worse), "facts"]))
    assert len(caught.value.problems) == 2
    for file in (tmp_path / "my items!.jsonl", tmp_path / "sub" / "my items!.jsonl"):
        file.write_text(json.dumps(GOOD) + "\n", encoding="utf-8")
    assert asked({str(tmp_path / "my items!.jsonl"): None})[0].name == "my-items-.jsonl"
    with pytest.raises(WrongUse, match="two tasks are called"):
        asked(dict.fromkeys([str(tmp_path / "my items!.jsonl"), str(tmp_path / "sub" / "my items!.jsonl")]))


@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("items") / "mine.jsonl"
    file.write_bytes(content)
    try:
        found = read_items(file)
    except InvalidItems:
        return
    assert found.items
