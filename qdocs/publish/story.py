"""How does a stranger's story become HTML that can do nothing?

Markdown without HTML makes the HTML, a sanitiser lets a few tags and links through, and what is left is written anew on
one line in which every other character is named: MkDocs, its macros and its extensions find nothing to evaluate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import nh3

from qdocs.cases import story
from qdocs.publish import safe, words
from qdocs.publish.names import look_up
from qdocs.publish.values import Value

BLOCKS = {"blockquote", "hr", "li", "ol", "p", "pre", "table", "tbody", "td", "th", "thead", "tr", "ul"}
TAGS = BLOCKS | {"a", "br", "code", "em", "h3", "strong"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
VALUE = re.compile(r"\[\[([A-Za-z0-9][A-Za-z0-9.:_-]*)\]\]")
# What is said of a star, below the part that has one; the page of a case has the tables of its runs.
DISTURBED = (
    '<p class="q-from">* A round of the scheme or of the baseline was disturbed; the table of times below says how.</p>'
)
SCROLL = '<div class="q-scroll" tabindex="0" role="group" aria-label="Table of the story">'


def html(text: str, named: Mapping[str, Value]) -> dict[str, str]:
    """The story's parts by heading, each as one line of HTML.

    Args:
        text: The story, as Markdown.
        named: Values of the case's own records, for `[[NAME]]`.

    Raises:
        WrongUse: If the story names a value that no record of the case has.
    """
    reader = story.markdown()
    links: dict[str, object] = {}
    made = {}
    for heading, tokens in story.parts(reader.parse(text, links))[1:]:
        rendered = reader.renderer.render(tokens, reader.options, links)
        clean = nh3.clean(
            rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes=set(story.LINKS), link_rel="nofollow noopener"
        )
        made[heading] = f'<div class="q-story">{_Writer.write(clean, named)}</div>'
    return made


class _Writer(HTMLParser):
    """Writes clean HTML anew on one line, text and attributes named character by character."""

    def __init__(self, named: Mapping[str, Value]) -> None:
        super().__init__(convert_charrefs=True)
        self._named = named
        self._made: list[str] = []
        self._literal = 0
        self._disturbed = False

    @classmethod
    def write(cls, clean: str, named: Mapping[str, Value]) -> str:
        """Write what the sanitiser let through, and what a star means where one is written."""
        writer = cls(named)
        writer.feed(clean)
        writer.close()
        return "".join(writer._made) + (DISTURBED if writer._disturbed else "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag as it is; a table in its box, as all tables here."""
        self._literal += tag in ("code", "pre")
        attributes = "".join(f' {name}="{safe.text(value or "")}"' for name, value in attrs)
        if tag == "table":
            attributes += ' class="q-grid"'
            self._made.append(SCROLL)
        self._made.append(f"<{tag}{attributes}>")

    def handle_endtag(self, tag: str) -> None:
        """Write a tag's end."""
        self._literal -= tag in ("code", "pre")
        self._made.append(f"</{tag}></div>" if tag == "table" else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text, with values where it names some; code is left as it is."""
        pieces = [data] if self._literal else VALUE.split(data)
        for index, piece in enumerate(pieces):
            self._made.append(self._value(piece) if index % 2 else safe.text(piece))

    def _value(self, name: str) -> str:
        found = look_up(name, self._named, "value of this case")
        self._disturbed |= found.disturbed
        shown = safe.text(found.text) + words.star(found.disturbed)
        return f'<span class="q-value" title="{safe.text(found.scope)}">{shown}</span>'
