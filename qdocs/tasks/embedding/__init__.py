"""Which passages, queries and graded pairs does a sentence encoder have to place?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qdocs.record.embedding import EmbeddingWorkload

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Query:
    """A question that exactly one passage answers; `group` names the template it was made from."""

    id: str
    group: str
    text: str
    passage: str


@dataclass(frozen=True)
class Pair:
    """Two sentences and how much they say the same, 0 (unrelated) to 5 (the same)."""

    id: str
    group: str
    first: str
    second: str
    grade: float


@dataclass(frozen=True)
class EvaluationSet:
    """Passages by id in the order of their ids, queries and pairs in the order of their files."""

    passages: dict[str, str]
    queries: list[Query]
    pairs: list[Pair]

    @property
    def sha256(self) -> str:
        """Digest of every text, id, template and grade."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()

    @property
    def workload(self) -> EmbeddingWorkload:
        """The workload that asks for this very set."""
        return EmbeddingWorkload(
            passages=len(self.passages),
            queries=len(self.queries),
            pairs=len(self.pairs),
            data_sha256=self.sha256,
        )


def evaluation_set(
    *, passages: int | None = None, queries: int | None = None, pairs: int | None = None
) -> EvaluationSet:
    """Read the bundled texts, all of them or a part.

    Queries and pairs are taken from the beginning of their files, whose every beginning is balanced over templates. The
    right passages of the queries come first, then others in the order of their file.

    Args:
        passages: How many; `None` for all.
        queries: How many; `None` for all.
        pairs: How many; `None` for all.

    Raises:
        ValueError: If there are not so many, or fewer passages than the queries need.
    """
    texts = {row["id"]: row["text"] for row in _rows("passages")}
    asked = [Query(**row) for row in _part("queries", queries)]
    right = dict.fromkeys(query.passage for query in asked)
    wanted = len(texts) if passages is None else passages
    if not len(right) <= wanted <= len(texts):
        raise ValueError(f"{wanted} passages: expected {len(right)} (one a query) to {len(texts)}")
    chosen = list(right | dict.fromkeys(texts))[:wanted]
    return EvaluationSet(
        passages={name: texts[name] for name in sorted(chosen)},
        queries=asked,
        pairs=[Pair(**row) for row in _part("pairs", pairs)],
    )


def for_workload(workload: EmbeddingWorkload) -> EvaluationSet:
    """The set that a workload names.

    Raises:
        ValueError: If the bundled texts are not those that the workload was planned with.
    """
    found = evaluation_set(passages=workload.passages, queries=workload.queries, pairs=workload.pairs)
    if found.sha256 != workload.data_sha256:
        raise ValueError(f"the texts have the digest {found.sha256}, the workload expects {workload.data_sha256}")
    return found


def _part(name: str, count: int | None) -> list[dict[str, Any]]:
    rows = _rows(name)
    if count is not None and not 1 <= count <= len(rows):
        raise ValueError(f"{count} {name}: expected 1 to {len(rows)}")
    return rows[:count]


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
