"""What does the tutor need beside the site's search index, and how good is it?

It answers from the sections that MkDocs writes into the search index, with the values that pages show. What it is given
here are the words that readers use for the guide's own, and the questions that they ask of a section.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from qdocs.publish import handwritten, terms, words
from qdocs.publish.tables import Column, html

SYNONYMS = Path("docs/data/synonyms.yml")
ASKED = Path("docs/data/asked.yml")
WEIGHTS = Path("docs/data/tutor-weights.json")
FIGURES = Path("docs/data/tutor-eval.json")
FILE = "tutor.json"
PARTS = {
    "tuned_on": "fitted to",
    "held_out": "ours, held out",
    "others": "two others’, held out",
    "fresh": "four others’, last",
}
_Word = Annotated[str, Field(min_length=1, pattern=r"^[a-z0-9_.-]+$")]
_GROUPS = TypeAdapter(list[Annotated[list[_Word], Field(min_length=2)]])
_Question = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.,' -]+$")]
_ASKED = TypeAdapter(dict[str, Annotated[list[_Question], Field(min_length=1)]])


def prepared(root: Path) -> str:
    """The file that the browser fetches with the first question.

    It has the synonyms, the questions that each section is known to answer, the key terms one by one, and the weights
    that `make tutor-fit` found.

    Raises:
        WrongUse: If a file of them is not as expected.
    """
    path, asked, of_terms = root / SYNONYMS, root / ASKED, root / "docs" / terms.FILE
    known = terms.load(of_terms) if of_terms.is_file() else {}
    made = {
        "synonyms": handwritten.load(path, _GROUPS) if path.is_file() else [],
        "asked": handwritten.load(asked, _ASKED) if asked.is_file() else {},
        "terms": [{"name": name, "plain": term.plain, "anchor": terms.anchor(name)} for name, term in known.items()],
        "weights": json.loads((root / WEIGHTS).read_text(encoding="utf-8")) if (root / WEIGHTS).is_file() else {},
    }
    return json.dumps(made, separators=(",", ":"))


def figures(root: Path) -> str:
    """How good the tutor was found, as a table; `make tutor-eval` finds it."""
    path = root / FIGURES
    if not path.is_file():
        return "<p>The tutor was not evaluated yet: <code>make tutor-eval</code> does.</p>"
    made = json.loads(path.read_text(encoding="utf-8"))
    rows = []
    for name, told in PARTS.items():
        asked, other = made[name]["answerable"], made[name]["unanswerable"]
        shares = {key: asked[key] / asked["questions"] for key in ("hit_1", "hit_3", "refused_wrongly")}
        counts = {"told": told, "asked": f"{asked['questions']:,} + {other['questions']:,}"}
        rows.append(counts | shares | {"refused": other["refused"] / other["questions"]})
    columns = [
        Column("questions", lambda r: r["told"], numeric=False),
        Column("asked", lambda r: r["asked"]),
        Column("right first", lambda r: words.percent(r["hit_1"])),
        Column("in first three", lambda r: words.percent(r["hit_3"])),
        Column("refused wrongly", lambda r: words.percent(r["refused_wrongly"])),
        Column("refused rightly", lambda r: words.percent(r["refused"])),
    ]
    return html(rows, columns, "How good the tutor is")
