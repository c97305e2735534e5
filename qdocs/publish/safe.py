"""How does text from a record reach a page without being read as markup?

A record may come from anybody, so every string in it is untrusted. Each place it can land has its own function here.
"""

from __future__ import annotations

import html

# Anything else in ASCII could mean something to HTML, Markdown, Jinja or a Markdown extension.
_PLAIN = frozenset(" .,;/%+-()?")


def text(value: object) -> str:
    """Text for HTML or Markdown, in content or in a quoted attribute: every character that could be markup is named.

    Line breaks become character references, so that a line of a record never starts a line of a page.
    """
    return "".join(c if c.isalnum() or c in _PLAIN or ord(c) > 159 else f"&#{ord(c)};" for c in str(value))


def figure(value: object) -> str:
    """Text for a Plotly figure, which reads a small HTML of its own in labels and hover boxes."""
    flat = " ".join(str(value).split())
    # `%{` would start a template in hover text; a zero-width space keeps the pair apart.
    return html.escape(flat, quote=False).replace("%{", "%\u200b{")


def cell(value: object) -> object:
    """A cell of a CSV file: text that a spreadsheet would run as a formula is quoted with an apostrophe."""
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@"):
        return "'" + value
    return value
