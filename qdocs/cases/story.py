"""What does a case study tell in words, and is it only words?

A story is Markdown under six fixed headings. Charts come from records, so it holds no pictures; HTML in it is shown as
text. `[[int8wo.eager.speed]]` stands for a value of the case's own record, so that no measurement is typed by hand.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from qdocs.cases.plain import odd_character
from qdocs.cases.problem import Problem, error, warning

STORY = "story.md"
# heading: what it is there for
HEADINGS = {
    "Question": "Which decision did you face, and for whom?",
    "Set-up": "What runs there: model, machine, load, and what must not get worse?",
    "Expectation": "What did you expect before you measured, and why?",
    "Measurement": "What did the measuring show, losses included?",
    "Decision": "What did you decide, and what weighed most?",
    "What would change it": "Which load, machine, model or number would turn the decision round?",
}
MEASURED = ("Measurement", "Decision")
LINKS = ("https", "mailto")
MOST_CELLS = 600
# A number with a unit of what is measured here.
TYPED = re.compile(
    r"(?<![\w.])\d[\d.,]*\s?(?:×|ms\b|tokens?/s|tok/s|MB\b|GB/s|GB\b|nats?\b|points?\b|%|times\b)", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z!]")


def markdown() -> MarkdownIt:
    """The Markdown of stories: CommonMark and tables, no HTML."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def parts(tokens: list[Token]) -> list[tuple[str, list[Token]]]:
    """Headings of the highest level, each with what stands under it; what stands before the first has an empty one."""
    heads = [index for index, token in enumerate(tokens) if _is_heading(token)]
    made = [(tokens[start + 1].content, tokens[start + 3 : end]) for start, end in pairwise([*heads, len(tokens)])]
    return [("", tokens[: heads[0] if heads else len(tokens)]), *made]


def prompt(title: str) -> str:
    """What stands under a heading until somebody writes there."""
    return f"*{HEADINGS[title]}*"


def read_story(file: Path) -> tuple[str, list[Problem]]:
    """Read `story.md`; what is wrong with it, by line or heading."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        return "", [error(file, "", f"not UTF-8: {problem.reason}", "Save it as UTF-8")]
    if odd := odd_character(text):
        return "", [error(file, "", odd, "Write it with visible characters only")]
    every_link = markdown()
    every_link.validateLink = lambda url: True  # type: ignore[method-assign]
    tokens = every_link.parse(text)
    return text, [*_headings(file, tokens), *_contents(file, tokens), *_typed(file, tokens)]


def _is_heading(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h2" and token.level == 0


def _headings(file: Path, tokens: list[Token]) -> list[Problem]:
    (_, before), *found = parts(tokens)
    titles = [title for title, _ in found]
    if titles != list(HEADINGS):
        expected = ", ".join(f"## {title}" for title in HEADINGS)
        remedy = f"Write these, each once and in this order: {expected}"
        return [error(file, "headings", f"found {titles!r:.300}", remedy)]
    problems = [error(file, "line 1", "text before the first heading", "Put it under a heading")] if before else []
    for title, content in found:
        told = "".join(token.content for token in content)
        if not told.strip() or told == prompt(title):
            problems.append(error(file, title, "nothing is written yet", HEADINGS[title]))
    return problems


def _contents(file: Path, tokens: list[Token]) -> list[Problem]:
    problems = []
    cells = 0
    for token in tokens:
        line = _line(token)
        if token.type == "heading_open" and token.tag != "h3" and not _is_heading(token):
            problems.append(error(file, line, "a heading of another level", "Use ### below the fixed headings"))
        if token.type in ("th_open", "td_open"):
            cells += 1
        for part in token.children or []:
            if part.type == "image":
                remedy = "Take it out: charts are made from records, and no picture is taken"
                problems.append(error(file, line, "a picture", remedy))
            elif part.type == "link_open" and urlsplit(str(part.attrs["href"])).scheme not in LINKS:
                address = str(part.attrs["href"])
                remedy = f"Link to an address that begins with {' or '.join(f'{scheme}:' for scheme in LINKS)}"
                problems.append(error(file, line, f"a link to {address!r:.80}", remedy))
            elif part.type == "text" and _TAG.search(part.content):
                problems.append(warning(file, line, "HTML is shown as text", "Write Markdown"))
    if cells > MOST_CELLS:
        remedy = f"Keep to {MOST_CELLS} cells in all: records hold the numbers"
        problems.append(error(file, "tables", f"{cells:,} cells", remedy))
    return problems


def _typed(file: Path, tokens: list[Token]) -> list[Problem]:
    """Measurements typed by hand, where the story tells what was measured."""
    remedy = "Take it from the record: write [[int8wo.eager.speed]], and the page has its value"
    return [
        warning(file, _line(token), f"a number typed by hand: {number[0]!r}", remedy)
        for title, content in parts(tokens)
        for token in content
        if title in MEASURED and token.type == "inline"
        for number in TYPED.finditer(token.content)
    ]


def _line(token: Token) -> str:
    return f"line {token.map[0] + 1}" if token.map else ""
