"""Which key terms are there, and how does a page explain one where it stands?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from qdocs.publish import handwritten, safe
from qdocs.publish.names import look_up

FILE = "data/terms.yml"
PAGE = "terms.md"


class Term(BaseModel):
    """A key term: one plain sentence, perhaps a value of the records with what it is of, and a page to read on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plain: Annotated[str, Field(pattern=r"^[A-Z].*\.$")]
    value: str | None = None
    says: str | None = None
    link: Annotated[str, Field(pattern=r"^[a-z-]+\.md(#[a-z0-9-]+)?$")]

    @model_validator(mode="after")
    def _value_with_words(self) -> Term:
        if (self.value is None) != (self.says is None):
            raise ValueError("a value needs `says`, what it is of, and only a value has it")
        return self


TERMS = TypeAdapter(dict[str, Term])


def load(path: Path) -> dict[str, Term]:
    """Read the file of terms.

    Raises:
        WrongUse: If it is not as expected, with file and key.
    """
    return handwritten.load(path, TERMS)


def anchor(name: str) -> str:
    """Where a term stands on its page."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def page(terms: Mapping[str, Term], named: Mapping[str, Mapping[str, Any]], published: bool) -> str:
    """All terms in alphabetical order, as Markdown; links in it are checked by the site's generator.

    Raises:
        WrongUse: If a term names a value that no record has.
    """
    made = []
    for name, term in sorted(terms.items(), key=lambda pair: pair[0].lower()):
        measured = ""
        if term.value and term.says and published:
            found = look_up(term.value, named, "value")
            measured = (
                f' Measured, {safe.text(term.says)}: <span class="q-value" title="{safe.text(found["scope"])}">'
                f"{safe.text(found['text'])}</span>."
            )
        made.append(f"**{name}**{{ #{anchor(name)} }}\n:   {term.plain}{measured} [More on {name}]({term.link})\n")
    return "\n".join(made)


def inline(shown: str, name: str, terms: Mapping[str, Term]) -> str:
    """A term where a page uses it: a link to its explanation, which is shown on hover and read out on focus.

    Raises:
        WrongUse: If there is no such term, with the nearest that there are.
    """
    term = look_up(name, terms, "term")
    return f'[{shown}]({PAGE}#{anchor(name)} "{term.plain.replace(chr(34), chr(39))}"){{ .q-term }}'
