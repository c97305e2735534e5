"""How long does it take to read a page?"""

from __future__ import annotations

import html
import math
import re
from typing import Any

# Of the 200 to 240 that are usual for prose: this is prose with numbers in it.
WORDS_A_MINUTE = 200
# What is looked up or answered rather than read: what is folded away, what a reader sets, the questions of a quiz, and
# what the runs put on the page.
LOOKED_UP = re.compile(
    r"<(details|noscript|script|select|style|svg|fieldset)\b.*?</\1>"
    r'|<table class="q-grid.*?</table>|<section class="q-run".*?</section>|<figure class="q-chart".*?</figure>',
    re.S,
)
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\w[\w'’.,-]*")


def minutes(page: str) -> int:
    """Whole minutes for the text that stands open on a page, given as HTML; at least one."""
    text = html.unescape(TAG.sub(" ", LOOKED_UP.sub(" ", page)))
    return max(1, math.ceil(len(WORD.findall(text)) / WORDS_A_MINUTE))


def on_env(env: Any, **_: Any) -> None:
    """Let templates ask; called by MkDocs."""
    env.filters["minutes"] = minutes
