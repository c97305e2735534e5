"""Which texts show what a tokenizer makes of languages, code and rare strings?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import yaml

from qdocs.record.tokenization import TokenizationWorkload

FOLDER = Path(__file__).resolve().parent
# What the languages are compared with.
REFERENCE = "english"


@dataclass(frozen=True)
class Kind:
    """A kind of text, as pages call it, and what it is one of."""

    id: str
    title: str
    group: Literal["language", "code", "rare"]


@dataclass(frozen=True)
class Bundled:
    """One text; `message` names what texts in several languages say alike, `None` where a text stands alone."""

    id: str
    kind: str
    message: str | None
    text: str


@dataclass(frozen=True)
class Texts:
    """The bundled texts in the order of their file."""

    texts: tuple[Bundled, ...]

    @cached_property
    def sha256(self) -> str:
        """Digest of every text with its id, kind and message."""
        return hashlib.sha256(json.dumps([asdict(text) for text in self.texts]).encode()).hexdigest()

    @property
    def workload(self) -> TokenizationWorkload:
        """The workload that asks for these very texts."""
        return TokenizationWorkload(texts=len(self.texts), texts_sha256=self.sha256)


def bundled_texts() -> Texts:
    """Read the bundled texts."""
    lines = (FOLDER / "texts.jsonl").read_text(encoding="utf-8").splitlines()
    return Texts(tuple(Bundled(**json.loads(line)) for line in lines))


def kinds() -> dict[str, Kind]:
    """The kinds of the bundled texts by id, in the order to show them."""
    about = yaml.safe_load((FOLDER / "texts.yaml").read_text(encoding="utf-8"))
    return {kind["id"]: Kind(**kind) for kind in about["kinds"]}
