"""Does every page say how long it takes, what a reader can do afterwards, and where to go on?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from qdocs.publish.reading import WORDS_A_MINUTE, minutes

DOCS = Path(__file__).parents[2] / "docs"


def in_nav() -> list[str]:
    class Loose(yaml.SafeLoader):
        pass

    Loose.add_multi_constructor("!", lambda loader, suffix, node: None)

    def pages(entry: Any) -> list[str]:
        inside = entry.values() if isinstance(entry, dict) else entry
        return [entry] if isinstance(entry, str) else [page for one in inside for page in pages(one)]

    return pages(yaml.load((DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8"), Loose)["nav"])


PAGES = in_nav()


def source(page: str) -> str:
    """What people write of a page; of a notebook's that is the prose."""
    file = DOCS / page if page.endswith(".md") else DOCS / "walkthroughs" / f"{Path(page).stem}.md"
    return file.read_text(encoding="utf-8")


def front_matter(page: str) -> dict[str, Any]:
    found = re.match(r"---\n(.*?)\n---\n", source(page), re.S)
    return dict(yaml.safe_load(found[1])) if found else {}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_can_be_done_afterwards_and_where_to_go_on(page: str) -> None:
    meta = front_matter(page)
    assert meta["description"]
    # It goes on from "Afterwards you can".
    assert re.fullmatch(r"[a-z].*[^.]", meta["after"])
    assert 1 <= len(meta["next"]) <= 4
    for target, words in meta["next"].items():
        assert target.split("#")[0] in set(PAGES) - {page}, f"{page} leads on to {target}, which is no other page"
        assert re.fullmatch(r"[A-Z].*[^.]", words)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_types_its_reading_time(page: str) -> None:
    assert not re.search(r"^About .* minutes?\b|^Next: ", source(page), re.M)


def test_time_is_counted_from_what_stands_open_and_rounded_up() -> None:
    words = "word &amp; <em>word</em> " * (WORDS_A_MINUTE // 2)
    assert minutes(f"<p>{words}</p>") == 1
    assert minutes(f"<p>{words} more</p>") == 2
    assert minutes("") == 1


@pytest.mark.parametrize(
    "looked_up",
    [
        "<details><summary>x</summary>{}</details>",
        '<table class="q-grid"><tr><td>{}</td></tr></table>',
        '<section class="q-run" data-run="r"><p>{}</p></section>',
        "<select><option>{}</option></select>",
        '<fieldset class="q-question"><legend>{}</legend></fieldset>',
        '<figure class="q-chart" id="a"><figcaption>{}</figcaption></figure>',
    ],
)
def test_what_is_looked_up_is_not_counted(looked_up: str) -> None:
    many = "word " * WORDS_A_MINUTE * 3
    assert minutes(looked_up.format(many) + "<p>one</p>" + looked_up.format(many)) == 1
    assert minutes(f"<table><tr><td>{many}</td></tr></table>") == 3
