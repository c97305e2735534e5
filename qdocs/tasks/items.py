"""Which questions does a file of items ask, and what is wrong with it?

A file has one JSON object a line, all of one format: `{"prompt", "choices", "answer"}`, `{"prompt", "answer"}` or
`{"text"}`, each with an optional `"id"` and `"group"`. Bundled tasks and a reader's own are read alike.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qdocs.errors import InvalidItems
from qdocs.record.task import Format

MAX_CHARACTERS = 100_000
MAX_FILE_BYTES = 64 * 2**20
MAX_NAME = 200
KEYS: dict[Format, set[str]] = {
    "choices": {"prompt", "choices", "answer"},
    "answer": {"prompt", "answer"},
    "text": {"text"},
}
OPTIONAL = {"id", "group", "level"}
CALLED: dict[Format, str] = {"choices": "a question with choices", "answer": "a question", "text": "a text"}


@dataclass(frozen=True)
class Item:
    """One question or text; `group` is one of its own where it shares no template. `line` counts from 1."""

    line: int
    id: str
    group: str
    prompt: str
    choices: tuple[str, ...]
    answer: str
    text: str

    def row(self) -> dict[str, Any]:
        """What the measuring process is given."""
        return {"id": self.id, "group": self.group, "prompt": self.prompt, "choices": list(self.choices)} | {
            "answer": self.answer,
            "text": self.text,
        }


@dataclass(frozen=True)
class Items:
    """The items of one file, all of one format."""

    file: Path
    format: Format
    items: tuple[Item, ...]

    @property
    def sha256(self) -> str:
        """Digest of everything that is asked."""
        return hashlib.sha256(json.dumps([item.row() for item in self.items]).encode()).hexdigest()

    @property
    def chance(self) -> float | None:
        """Accuracy of guessing; `None` where there are no choices."""
        if self.format != "choices":
            return None
        return sum(1 / len(item.choices) for item in self.items) / len(self.items)


def read_items(file: Path, first: int | None = None) -> Items:
    """Read and check a file of items.

    Args:
        file: JSON lines in UTF-8.
        first: Keep only so many, from the beginning; `None` keeps all.

    Raises:
        InvalidItems: If anything is wrong, with every problem of the file, each with its line.
    """
    raw = _bytes(file)
    problems: list[str] = []
    found: list[tuple[Format, Item]] = []
    lines = raw.removeprefix(b"\xef\xbb\xbf").splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        wrong: list[str] = []
        made = _parse(line, number, wrong)
        problems += [f"{file}, line {number}: {text}" for text in wrong]
        if made is not None:
            found.append(made)
    if not found and not problems:
        problems.append(f"{file}: no items; expected one JSON object a line")
    problems += [f"{file}, line {number}: {text}" for number, text in _together(found)]
    if problems:
        raise InvalidItems(problems)
    return Items(file, found[0][0], tuple(item for _, item in found[:first]))


def _bytes(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise InvalidItems([f"{file}: no such file"])
        if file.stat().st_size > MAX_FILE_BYTES:
            raise InvalidItems([f"{file}: larger than {MAX_FILE_BYTES:,} bytes; split it"])
        raw = file.read_bytes()
    except OSError as error:
        raise InvalidItems([f"{file}: cannot be read: {error.strerror or error}"]) from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InvalidItems([f"{file}: is UTF-16; save it as UTF-8"])
    return raw


def _parse(line: bytes, number: int, wrong: list[str]) -> tuple[Format, Item] | None:
    """One line's item; what is wrong with it goes into the list."""
    try:
        raw = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        wrong.append(f"not UTF-8 at byte {error.start + 1}; save the file as UTF-8")
        return None
    except RecursionError:
        wrong.append("nested too deeply")
        return None
    except ValueError as error:
        wrong.append(f"not JSON: {error}")
        return None
    if not isinstance(raw, dict):
        wrong.append(f"expected an object such as {EXAMPLE}, got {type(raw).__name__}")
        return None
    format_: Format = "text" if "text" in raw else "choices" if "choices" in raw else "answer"
    if missing := sorted(KEYS[format_] - raw.keys()):
        wrong.append(f"no {' and no '.join(missing)}; expected an object such as {EXAMPLE}")
    if unknown := sorted(raw.keys() - KEYS[format_] - OPTIONAL):
        wrong.append(f"unknown key {', '.join(map(repr, unknown))}; expected {', '.join(sorted(KEYS[format_]))}")
    name = _name(raw, "id", str(number), wrong)
    group = _name(raw, "group", f"item {name}"[:MAX_NAME], wrong)
    prompt, text = _string(raw, "prompt", wrong), _string(raw, "text", wrong)
    answer, choices = _string(raw, "answer", wrong), _choices(raw, wrong)
    if format_ == "text" and "text" in raw and isinstance(raw["text"], str) and not text.strip():
        wrong.append("text: is empty")
    if not prompt.strip() and isinstance(raw.get("prompt"), str) and (prompt or format_ == "answer"):
        wrong.append("prompt: is blank")
    if format_ == "answer" and "\n" in answer.strip():
        wrong.append("answer: has several lines; the model's answer ends with its first line")
    if format_ == "answer" and not answer.strip() and isinstance(raw.get("answer"), str):
        wrong.append("answer: is empty")
    if prompt != prompt.rstrip(" "):
        wrong.append("prompt: ends with a space; a space is put between prompt and answer")
    if format_ == "choices" and choices and isinstance(raw.get("answer"), str) and answer not in choices:
        wrong.append(f"answer: {_short(answer)} is not one of the choices {', '.join(map(_short, choices))}")
    size = len(prompt) + len(text) + sum(map(len, choices)) + len(answer)
    if size > MAX_CHARACTERS:
        wrong.append(f"{size:,} characters; at most {MAX_CHARACTERS:,} are taken: split it")
    if wrong:
        return None
    return format_, Item(number, name, group, prompt, tuple(choices), answer, text)


EXAMPLE = '{"prompt": "2 + 2 =", "choices": ["4", "5"], "answer": "4"}'


def _name(raw: dict[str, Any], key: str, default: str, wrong: list[str]) -> str:
    value = raw.get(key, default)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not 0 < len(value) <= MAX_NAME or _broken(value):
        wrong.append(f"{key}: expected a text of 1 to {MAX_NAME} characters, got {_short(value)}")
        return default
    return value


def _string(raw: dict[str, Any], key: str, wrong: list[str]) -> str:
    value = raw.get(key, "")
    if not isinstance(value, str):
        wrong.append(f"{key}: expected a text, got {_short(value)}")
        return ""
    if _broken(value):
        wrong.append(f"{key}: holds half a character (a lone surrogate)")
        return ""
    return value


def _choices(raw: dict[str, Any], wrong: list[str]) -> list[str]:
    if "choices" not in raw:
        return []
    value = raw["choices"]
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(choice, str) for choice in value):
        wrong.append(f"choices: expected a list of two or more texts, got {_short(value)}")
        return []
    if any(choice != choice.strip() or not choice or _broken(choice) for choice in value):
        wrong.append("choices: one is empty, or begins or ends with a space; a space is put before it")
    if len(set(value)) != len(value):
        wrong.append("choices: two are the same")
    return value


def _broken(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _short(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _together(found: list[tuple[Format, Item]]) -> list[tuple[int, str]]:
    """What is wrong between items: formats mixed, ids or questions there twice."""
    wrong: list[tuple[int, str]] = []
    ids: dict[str, int] = {}
    asked: dict[tuple[object, ...], int] = {}
    for format_, item in found:
        first_format, first = found[0]
        if format_ != first_format:
            mixed = f"is {CALLED[format_]}, line {first.line} is {CALLED[first_format]}; give each its own file"
            wrong.append((item.line, mixed))
            continue
        question = (item.prompt, tuple(sorted(item.choices)), item.text)
        if (line := ids.setdefault(item.id, item.line)) != item.line:
            wrong.append((item.line, f"id {_short(item.id)} is on line {line}, too"))
        if (line := asked.setdefault(question, item.line)) != item.line:
            wrong.append((item.line, f"the same question or text is on line {line}, too"))
    return wrong
