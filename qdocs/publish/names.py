"""Where do prepared pieces lie, and how is one found by its name?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from qdocs.errors import WrongUse

T = TypeVar("T")

GENERATED = Path("docs/generated")
FRAGMENTS = "fragments"
VALUES = "values.json"
# Pages of the site that are made, each at its own address.
PAGES = "pages"
DOWNLOADS = "downloads"
# Stands in a fragment where the way to the site's root goes, which only the page knows.
BASE = "@base@"
NONE_YET = "no run is published yet"


def of_model(chart: str, model: str) -> str:
    """The name of the piece that shows a chart of the newest published run of a model, or of `MODEL/SUITE`."""
    return f"{chart}@{re.sub('[^A-Za-z0-9.-]', '-', model)}"


def look_up(name: str, named: Mapping[str, T], what: str) -> T:
    """Find by name.

    Raises:
        WrongUse: If there is none of that name, with the nearest that there are.
    """
    if name in named:
        return named[name]
    near = difflib.get_close_matches(name, list(named), n=5, cutoff=0.4) or sorted(named)[:5]
    raise WrongUse(f"no {what} is called {name!r}; nearest: {', '.join(near) or 'there are none'}")
