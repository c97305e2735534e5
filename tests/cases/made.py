"""Small synthetic case studies for tests; never published."""

from __future__ import annotations

import atexit
import functools
import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from qdocs import record as r
from qdocs.cases import CASES, Problem, check_cases
from qdocs.cases.story import HEADINGS
from tests import factory

SLUG = "chat-on-two-cores"
RUN = "2026-01-02-test-smollm2"
ABOUT: dict[str, Any] = {
    "title": "A chat helper on two cores",
    "question": "Can a service without a GPU answer with int4 weights?",
    "author": "some-one",
    "licence": "CC-BY-4.0",
    "model": factory.GENERATOR,
    "workload": "One user at a time, short answers",
    "decision": "int4wo-g32",
    "date": "2026-01-03",
    "lessons": ["latency", "memory"],
}
STORY = {
    "Question": "May the helper run on the machine that we have?",
    "Set-up": "A small *shop*, see [our site](https://example.org/shop).",
    "Expectation": "- smaller\n- faster",
    "Measurement": "It decodes at [[int4wo-g32.eager.speed]] of the baseline.\n\n| a | b |\n|---|--:|\n| `c` | d |",
    "Decision": "We took **int4**.",
    "What would change it": "More users at once.",
}


def case(root: Path, slug: str = SLUG, run: str = RUN, seed: int = 0, **about: Any) -> Path:
    """An honest case study with one run, in the repository `root`; its folder. Another seed gives other times."""
    folder = root / CASES / slug
    shutil.copytree(_a_run(run, seed), folder / "runs" / run)
    write_about(folder, **about)
    write_story(folder)
    return folder


@functools.cache
def _a_run(name: str, seed: int) -> Path:
    """A run that tests copy: to make one takes longer."""
    folder = Path(tempfile.mkdtemp(prefix="qdocs-case-")) / name
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    factory.make_run(folder, rounds=2, seed=seed)
    return folder


def run_folder(folder: Path, run: str = RUN) -> Path:
    made = folder / "runs" / run
    made.mkdir(parents=True, exist_ok=True)
    return made


def write_about(folder: Path, **about: Any) -> None:
    text = yaml.safe_dump(ABOUT | about, sort_keys=False, allow_unicode=True, width=1000)
    # A date stands there as people write it, without quotes.
    (folder / "case.yml").write_text(text.replace("'2", "2").replace("3'", "3"), encoding="utf-8")


def write_story(folder: Path, **parts: str) -> None:
    """The story, with the text under some headings changed; a heading's name has `_` for what is no letter."""
    changed = {heading: parts.get(key(heading), text) for heading, text in STORY.items()}
    text = "\n".join(f"## {heading}\n\n{changed[heading]}\n" for heading in HEADINGS)
    (folder / "story.md").write_text(text, encoding="utf-8")


def key(heading: str) -> str:
    return "".join(c if c.isalpha() else "_" for c in heading).lower()


def edit(folder: Path, change: Callable[[dict[str, Any]], Any], run: str = RUN) -> None:
    """Change a record by hand, as nobody should."""
    file = folder / "runs" / run / r.RUN_FILE
    raw = json.loads(file.read_text(encoding="utf-8"))
    change(raw)
    file.write_text(json.dumps(raw, allow_nan=True), encoding="utf-8")


def cells(raw: dict[str, Any], kind: str, scheme: str = "") -> list[dict[str, Any]]:
    return [c for c in raw["cells"] if c["kind"] == kind and (not scheme or c["scheme"] == scheme)]


def put_samples(folder: Path, cell: dict[str, Any], samples: Any, run: str = RUN) -> None:
    """Write a cell's samples anew and name their digest, as somebody would who invents them."""
    packed = gzip.compress(json.dumps(samples).encode(), mtime=0)
    named = cell["outcome"]["result"]["samples"]
    (folder / "runs" / run / named["path"]).write_bytes(packed)
    named["sha256"] = hashlib.sha256(packed).hexdigest()


def get_samples(folder: Path, cell: dict[str, Any], run: str = RUN) -> Any:
    path = folder / "runs" / run / cell["outcome"]["result"]["samples"]["path"]
    return json.loads(gzip.decompress(path.read_bytes()))


def found(root: Path, folder: Path | None = None, level: str = "error") -> list[Problem]:
    """What the check of the case, or of all, says on that level."""
    return [p for problems in check_cases(root, folder).values() for p in problems if p.level == level]


def refused(root: Path, *said: str, folder: Path | None = None) -> None:
    """There is an error that says all of this: file, key, what is wrong."""
    errors = list(map(str, found(root, folder)))
    assert any(all(words in one for words in said) for one in errors), errors


def accepted(root: Path) -> None:
    """There is no error."""
    assert list(map(str, found(root))) == []
