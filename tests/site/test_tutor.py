"""Does the tutor answer in the guide's own words, say when it cannot, and send nothing anywhere?"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qdocs.publish import tutor
from qdocs.publish.tutor import PARTS
from tests.site.conftest import ROOT, Reading, Site
from tests.tutor.evaluate import evaluate, questions

pytestmark = pytest.mark.xdist_group("site")
Start = Callable[..., Reading]
HOSTILE = '<img src=x onerror="window.hacked=1"> {{ 7*7 }} [x](javascript:alert(1))'


def ask(page: Any, question: str) -> str:
    page.locator(".q-tutor input").fill(question)
    page.evaluate("document.querySelector('.q-told').replaceChildren()")
    page.locator(".q-tutor input").press("Enter")
    page.wait_for_function("document.querySelector('.q-told').innerText")
    return str(page.locator(".q-told").inner_text())


def test_an_answer_is_the_guide_s_own_sentence_with_its_place(reading: Start, site: Site) -> None:
    made = reading()
    page = made.open("memory/")
    page.wait_for_load_state("networkidle")
    assert not any("tutor" in url or "minisearch" in url for url in made.asked), "fetched on first use only"
    assert any("search_index" in url for url in made.asked), "what the tutor shares with the search is there already"
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method != "GET" else None)
    ask(page, "Does weight-only quantization make the KV cache smaller?")
    links = page.locator(".q-told a")
    assert links.count() >= 1
    target = links.first.get_attribute("href")
    assert target.startswith(site.url)
    assert "/#" in target
    assert ":~:text=" in target
    quoted = page.locator(".q-told p").first.evaluate("p => p.firstChild.textContent.trim()")
    links.first.click()
    page.wait_for_load_state()
    text = page.evaluate("document.querySelector('article').innerText.replace(/\\s+/g, ' ')")
    assert quoted in text, "word for word"
    assert sent == []
    assert "question" not in page.url


def test_what_the_guide_does_not_say_is_not_made_up(reading: Start) -> None:
    page = reading().open("latency/")
    assert ask(page, "Which pizza would you like?") == "The guide does not answer that."
    assert ask(page, "Which pizza tastes best?").startswith("The guide does not answer that.")
    for question in ("How do I fine-tune with LoRA?", "Which vector database should I choose?"):
        told = ask(page, question)
        assert told.startswith("The guide does not answer that. These sections come nearest:")
    assert page.locator(".q-told li a").count() == 3


@pytest.mark.parametrize(
    "question", [HOSTILE, "", "   ", "?!", "🍕" * 50, "int4 " * 500, "Was kostet das?", "the of and"]
)
def test_any_question_gets_a_sensible_reply(reading: Start, question: str) -> None:
    page = reading().open("fundamentals/")
    told = ask(page, question)
    assert told
    assert page.evaluate("window.hacked") is None
    assert page.locator(".q-told img").count() == 0


def test_by_keyboard_and_before_its_script_is_there(reading: Start) -> None:
    page = reading().open("accuracy/")
    page.wait_for_selector(".q-tutor")
    page.evaluate("document.querySelector('.q-tutor input').value = 'noise floor'")
    page.evaluate("document.querySelector('.q-tutor form').requestSubmit()")
    page.wait_for_selector(".q-told blockquote")
    assert page.locator(".q-told").get_attribute("role") == "status"


def test_without_scripts_it_is_not_there(reading: Start) -> None:
    page = reading(java_script_enabled=False).open("memory/")
    assert not page.locator(".q-tutor").is_visible()


def test_what_it_loads_is_small_and_has_its_licences(site: Site) -> None:
    from tests.site.serving import compressed

    files = [
        "assets/tutor.js",
        "assets/tutor-core.js",
        "assets/vendor/minisearch-7.2.0.min.js",
        "assets/vendor/stemmer-2.0.1.js",
        "generated/tutor.json",
    ]  # and the search index, which every page has loaded before
    assert sum(len(compressed(site.folder / name)) for name in files) < 150_000
    for name in ("minisearch", "stemmer"):
        assert "MIT" in (ROOT / f"docs/assets/vendor/{name}-LICENSE.txt").read_text(encoding="utf-8")


def groups(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Questions by who wrote them: ours, and others'."""
    return [found, found["others"], found["fresh"]]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_it_is_as_good_as_it_should_be_on_what_it_was_tuned_on(site: Site) -> None:
    made = evaluate(site.folder)
    asked, refused = made["tuned_on"]["answerable"], made["tuned_on"]["unanswerable"]
    assert asked["hit_1"] / asked["questions"] >= 0.83
    assert asked["hit_3"] / asked["questions"] >= 0.93
    assert asked["refused_wrongly"] / asked["questions"] <= 0.13
    assert refused["refused"] / refused["questions"] >= 0.85


def test_there_are_enough_questions_of_every_wording_and_page() -> None:
    found = questions()
    assert len(found["answerable"]) >= 120
    assert len(found["unanswerable"]) >= 60
    assert {style for style, _, _ in found["answerable"]} == {"n", "e", "t", "y"}
    texts = [
        text for one in groups(found) for text in [*(text for _, text, _ in one["answerable"]), *one["unanswerable"]]
    ]
    assert len(set(texts)) == len(texts)


def test_questions_that_sections_answer_belong_to_pages_that_are_there(site: Site) -> None:
    index = json.loads((site.folder / "search/search_index.json").read_text(encoding="utf-8"))
    there = {doc["location"].split("#")[0] for doc in index["docs"]}
    asked = json.loads(tutor.prepared(ROOT))["asked"]
    assert len(asked) > 200
    # Some sections are only there where a run has what they show.
    assert {place.split("#")[0] for place in asked} <= there


def test_no_question_that_it_is_evaluated_on_is_among_those_it_knows() -> None:
    def plain(text: str) -> str:
        return " ".join(re.findall(r"\w+", text.lower()))

    known = {plain(text) for texts in json.loads(tutor.prepared(ROOT))["asked"].values() for text in texts}
    found = questions()
    for one in groups(found):
        assert not [text for _, text, _ in one["answerable"] if plain(text) in known]
        assert not [text for text in one["unanswerable"] if plain(text) in known]


def test_the_published_figures_are_of_these_questions() -> None:
    made = json.loads((ROOT / "docs/data/tutor-eval.json").read_text(encoding="utf-8"))
    found = questions()
    for kind in ("answerable", "unanswerable"):
        assert sum(made[part][kind]["questions"] for part in PARTS) == sum(len(one[kind]) for one in groups(found))
    assert Path(ROOT / "docs/method.md").read_text(encoding="utf-8").count("{{ tutor() }}") == 1
