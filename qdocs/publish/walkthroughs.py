"""How do an executed notebook and the prose around it become a page, before MkDocs starts?

Prose is Markdown in `docs/walkthroughs/`, with the macros of all other pages; `cell("snippet")` stands where a cell of
the notebook goes, with what it printed. What comes out is a notebook in `docs/`, which mkdocs-jupyter renders.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import nbformat
from mkdocs.utils.meta import get_data
from nbformat import NotebookNode

from qdocs.errors import WrongUse
from qdocs.publish import safe, snippets
from qdocs.publish.macros import define_env
from qdocs.publish.names import look_up

PROSE = Path("docs/walkthroughs")
PLACE = re.compile(r"^@cell (\w+)@$\n?", re.M)
# A link to a page of the guide, perhaps with an anchor, a title and a class, as macros write it.
LINK = re.compile(
    r"\[(?P<shown>[^\[\]]+)\]\((?P<page>[\w-]+)\.(?:md|ipynb)(?P<anchor>#[\w-]+)?"
    r'(?: "(?P<title>[^"]*)")?\)(?:\{ \.(?P<kind>[\w-]+) \})?'
)


def pages(root: Path) -> dict[Path, str]:
    """Each walkthrough's page, by its path below the root. What is generated has to be in place.

    Raises:
        WrongUse: If the prose names what is not there, or the records contradict it; the message names its file.
    """
    return {Path("docs") / f"{prose.stem}.ipynb": _page(root, prose) for prose in sorted((root / PROSE).glob("*.md"))}


def _page(root: Path, prose: Path) -> str:
    text, front = get_data(prose.read_text(encoding="utf-8"))
    where = prose.relative_to(root / "docs").as_posix()
    try:
        example = look_up("example", front, "key of the front matter")
        ran = nbformat.from_dict(snippets.executed(root, example))
        named = {cell.metadata["name"]: cell for cell in ran.cells if "name" in cell.metadata}
        written = _expand(root, where, f"{prose.stem}/", text)
        parts = PLACE.split(_linked(root, written))
        cells = [nbformat.v4.new_markdown_cell(parts[0])]
        for name, after in zip(parts[1::2], parts[2::2], strict=True):
            cells += [_shown(look_up(name, named, f"cell of {example}")), nbformat.v4.new_markdown_cell(after)]
    except (WrongUse, jinja2.TemplateError) as problem:
        raise WrongUse(f"docs/{where}: {problem}") from None
    except SystemExit as stopped:  # The macros stop a build of MkDocs this way; they have named the file.
        raise WrongUse(str(stopped)) from None
    for index, cell in enumerate(cells):
        cell.id = f"cell-{index}"
    # As one text, since nbformat sorts keys and the order of `next` matters.
    metadata = {"kernelspec": ran.metadata["kernelspec"], "page": json.dumps(front)}
    made = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    return f"{nbformat.writes(made)}\n"


def _expand(root: Path, where: str, url: str, text: str) -> str:
    """Prose with its macros carried out, which mkdocs-macros does not do in notebooks."""
    macros: dict[str, Any] = {"cell": lambda name: f"@cell {name}@"}
    page = SimpleNamespace(file=SimpleNamespace(src_path=where), url=url)
    define_env(
        SimpleNamespace(
            conf={"docs_dir": str(root / "docs")},
            page=page,
            variables=macros,
            macro=lambda function: macros.update({function.__name__: function}),
        )
    )
    return jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(text).render(macros)


def _linked(root: Path, text: str) -> str:
    """Links to pages as addresses, since MkDocs does not look into notebooks."""

    def link(found: re.Match[str]) -> str:
        page = found["page"]
        known = {path.stem for folder in ("docs", PROSE) for path in (root / folder).glob("*.md")}
        look_up(page, dict.fromkeys(known), "page")
        address = ("../" if page == "index" else f"../{page}/") + (found["anchor"] or "")
        title = f' title="{safe.text(found["title"])}"' if found["title"] else ""
        kind = f' class="{found["kind"]}"' if found["kind"] else ""
        return f'<a href="{address}"{title}{kind}>{found["shown"]}</a>'

    return LINK.sub(link, text)


def _shown(cell: NotebookNode) -> NotebookNode:
    """A cell as the page has it, without what only its own notebook needs."""
    return NotebookNode(nbformat.v4.new_code_cell(cell.source, outputs=cell.outputs))
