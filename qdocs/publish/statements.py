"""Which statements of the guide would other runs change?

Pages quote values and bind sentences to them. Both are found in the pages' sources and looked up in the values before
and after.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qdocs.errors import WrongUse
from qdocs.publish import claims, values
from qdocs.publish import runs as all_runs
from qdocs.publish.values import Value

_TEXT = r'"((?:[^"\\]|\\.)*)"'
CLAIM = re.compile(rf"claim\(\s*{_TEXT},\s*{_TEXT}\s*\)")
VALUE = re.compile(rf"value\(\s*{_TEXT}\s*\)|^  value: (\S+)$", re.MULTILINE)
SOURCES = ("*.md", "walkthroughs/*.md", "data/terms.yml")


@dataclass(frozen=True)
class Statement:
    """A sentence that no longer holds, with why, or a quoted value that reads otherwise, with both texts."""

    page: str
    told: str
    before: str
    after: str


def changes(root: Path, arrived: list[Path]) -> tuple[list[Statement], list[Statement]]:
    """The sentences that other runs contradict, and the quoted values that they change.

    Args:
        root: The repository.
        arrived: Folders of valid runs, as if they were published.

    Raises:
        InvalidRecord: If a published run is not valid.
    """
    there, said = [found for found in all_runs.find(root)[0] if found.ours], all_runs.said(root)
    before, after = (
        values.collect(all_runs.in_full(runs, said)) for runs in (there, all_runs.with_more(there, arrived))
    )
    broken, changed = [], []
    for path in (path for pattern in SOURCES for path in sorted((root / "docs").glob(pattern))):
        page, text = path.relative_to(root / "docs").as_posix(), path.read_text(encoding="utf-8")
        for what, sentence in CLAIM.findall(text):
            held, holds = (_why_not(what, sentence, named) for named in (before, after))
            if holds and not held:
                broken.append(Statement(page, sentence, "held", holds))
        for name in dict.fromkeys(quoted or termed for quoted, termed in VALUE.findall(text)):
            old, new = (named[name].text if name in named else "none" for named in (before, after))
            if old != new:
                changed.append(Statement(page, name, old, new))
    return broken, changed


def _why_not(what: str, sentence: str, named: Mapping[str, Value]) -> str:
    try:
        claims.check(what, sentence, values.dump(dict(named)))
    except WrongUse as problem:
        return str(problem)
    return ""
