"""How does a case study begin?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml

from qdocs.cases.about import ABOUT, SCHEMA, UNDECIDED, as_about
from qdocs.cases.check import CASES, SLUG
from qdocs.cases.story import HEADINGS, STORY, prompt
from qdocs.cases.tree import RUNS
from qdocs.errors import Stopped, WrongUse


def check_slug(slug: str, root: Path) -> Path:
    """The folder that a new case of this name gets.

    Raises:
        WrongUse: If it is no name for a case, or there is one of that name.
    """
    if not re.fullmatch(SLUG, slug):
        example = "chat-on-two-cores"
        raise WrongUse(f"{slug!r} is no name for a case: lower-case letters, digits, single dashes, such as {example}")
    folder = root / CASES / slug
    if folder.exists() or folder.is_symlink():
        raise WrongUse(f"{CASES / slug} is there already: take another name, or go on with that case")
    return folder


def begin(slug: str, facts: Mapping[str, object], root: Path) -> Path:
    """Write the files of a new case.

    Args:
        slug: Its name.
        facts: Of `case.yml`, without decision and date.
        root: The repository.

    Returns:
        The case's folder.

    Raises:
        WrongUse: If it is no name for a case, there is one, or a fact is not as expected; then nothing is written.
        Stopped: If the disk refuses.
    """
    folder = check_slug(slug, root)
    about, problems = as_about({**facts, "decision": UNDECIDED, "date": date.today()}, CASES / slug / ABOUT)
    if about is None:
        raise WrongUse("\n".join(map(str, problems)))
    told = f"# yaml-language-server: $schema=../../{SCHEMA.relative_to('docs')}\n"
    told += yaml.safe_dump(about.model_dump(), sort_keys=False, allow_unicode=True, width=1000)
    story = "\n".join(f"## {heading}\n\n{prompt(heading)}\n" for heading in HEADINGS)
    try:
        (folder / RUNS).mkdir(parents=True)
        (folder / ABOUT).write_text(told, encoding="utf-8")
        (folder / STORY).write_text(story, encoding="utf-8")
    except OSError as error:
        raise Stopped(f"cannot write {folder}: {error.strerror or error}") from None
    return folder
