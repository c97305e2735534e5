from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from qdocs import cases
from qdocs.errors import InvalidCase, WrongUse
from qdocs.publish import frames, frames_answers, runs, story, studies, values
from qdocs.publish.names import FRAGMENTS, GENERATED, PAGES, VALUES
from qdocs.publish.runs import FoundRun
from qdocs.publish.site import publish
from qdocs.publish.values import Value
from qdocs.record import read_run
from tests import factory
from tests.cases import hostile, made
from tests.publish import cases as published

ROOT = Path(__file__).parents[2]
NAMED = {"int8wo.eager.speed": Value("1.4×", 'a <b> "scope"')}
TAG = re.compile(r"<(/?)([a-z0-9]+)((?: [a-z-]+=\"[^\"<>]*\")*)>")


def fragment(root: Path, name: str) -> str:
    return (root / GENERATED / FRAGMENTS / f"{name}.html").read_text(encoding="utf-8")


def rendered(text: str) -> str:
    """The story's first part, when this stands there."""
    return story.html(f"## Question\n\n{text}\n", NAMED)["Question"]


@pytest.mark.parametrize("text", hostile.STORIES.values(), ids=hostile.STORIES)
def test_a_hostile_story_becomes_one_line_of_allowed_tags_and_named_characters(text: str) -> None:
    html = rendered(text)
    assert "\n" not in html
    left = TAG.sub("", html)
    assert not set("<>{}`\"'=@[]*_") & set(re.sub(r"&#\d+;", "", left)), "only tags and named characters"
    for _, tag, attributes in TAG.findall(html):
        assert tag in story.TAGS | {"div", "span"}
        names = re.findall(r" ([a-z-]+)=", attributes)
        assert not set(names) - {"href", "rel", "title", "class", "start", "tabindex", "role", "aria-label"}
        assert not any(name.startswith("on") for name in names)
    for raw in ("{{", "{%", "--8<--", "@base@", "<script", "<svg", "<img"):
        assert raw not in html


def test_links_are_marked_and_only_lead_to_the_web() -> None:
    assert rendered("[a](https://example.org)").count('rel="nofollow noopener"') == 1
    assert 'href="mailto&#58;a&#64;b.c"' in rendered("[a](mailto:a@b.c)")
    for address in ("javascript:x", "data:text/html,x", "http://a.b", "vbscript:x"):
        assert "href" not in rendered(f"[a]({address})")


def test_a_value_stands_where_the_story_names_it_and_not_in_code() -> None:
    html = rendered("It is [[int8wo.eager.speed]], `[[int8wo.eager.speed]]`.")
    assert html.count('<span class="q-value" title="a &#60;b&#62; &#34;scope&#34;">1.4×</span>') == 1
    assert "<code>&#91;&#91;int8wo.eager.speed&#93;&#93;</code>" in html
    with pytest.raises(
        WrongUse, match=r"no value of this case is called 'int8wo.eager.sped'; nearest: int8wo.eager.speed"
    ):
        rendered("[[int8wo.eager.sped]]")


def test_a_disturbed_ratio_has_a_star_which_its_part_explains() -> None:
    named = NAMED | {"int8wo.compiled.speed": Value("1.6×", "", disturbed=True)}
    told = story.html("## Question\n\n[[int8wo.compiled.speed]]\n\n## Set-up\n\n[[int8wo.eager.speed]]\n", named)
    assert '<span class="q-value" title="">1.6×*</span>' in told["Question"]
    assert told["Question"].endswith(f"{story.DISTURBED}</div>")
    assert "*" not in told["Set-up"]


def test_only_a_ratio_of_a_disturbed_round_is_marked(tmp_path: Path) -> None:
    found = FoundRun(published.with_states(tmp_path), tmp_path, yours=False)
    marked = {name for name, value in values.of_run(found).items() if value.disturbed}
    assert {name for name in marked if ".b1" not in name} == {"int8wo.eager.speed", "int8wo.eager.request-speed"}


def test_a_story_may_have_lists_tables_quotes_and_code() -> None:
    html = rendered(
        "1. a\n2. b\n\n> quoted\n\n```python\nx = 1\n```\n\n| a |\n|--:|\n| b |\n\n### More\n\n*e* **s**\n\n---"
    )
    for tag in ("ol", "li", "blockquote", "pre", "code", "table", "th", "td", "h3", "em", "strong"):
        assert f"<{tag}" in html
    assert '<div class="q-scroll" tabindex="0" role="group"' in html
    assert html.count("<div") == html.count("</div>") == 2


@pytest.mark.parametrize("author", ["qdocs", "some-one"])
def test_the_gallery_says_while_no_reader_has_a_case(tmp_path: Path, author: str) -> None:
    made.write_about(made.case(tmp_path), author=author)
    publish(tmp_path, with_stills=False)
    assert ("own so far" in fragment(tmp_path, "page/gallery")) == (author == "qdocs")


def test_without_a_case_the_gallery_says_so_and_lessons_nothing(tmp_path: Path) -> None:
    publish(tmp_path, with_stills=False)
    assert "There is no case study yet" in fragment(tmp_path, "page/gallery")
    assert {fragment(tmp_path, f"found/{lesson}") for lesson in cases.LESSONS} == {""}
    assert not (tmp_path / GENERATED / PAGES).exists()


def test_a_case_has_a_page_a_card_and_a_mention_on_its_lessons(tmp_path: Path) -> None:
    made.case(tmp_path)
    report = publish(tmp_path, with_stills=False)
    assert report.notices == []
    page = (tmp_path / GENERATED / PAGES / f"case-studies/{made.SLUG}.md").read_text(encoding="utf-8")
    front = yaml.safe_load(page.split("---\n")[1])
    assert front["title"] == made.ABOUT["title"]
    for _, name in re.findall(r'\{\{ case\("([a-z-]+)", "([a-z0-9-]+)"\) \}\}', page):
        assert fragment(tmp_path, f"case/{made.SLUG}/{name}")
    assert re.findall(r"^## (.*)$", page, re.M) == [*made.STORY, "What was measured"]
    shown = fragment(tmp_path, f"case/{made.SLUG}/run-1")
    for chart in ("Speed against size", "Fidelity", "Stored bytes by role"):
        assert f"<h4>{chart}</h4>" in shown
    assert "For a case study by some-one. Measured on Test processor" in shown
    assert f"generated/runs/{made.RUN}/run.json" in shown
    assert (tmp_path / GENERATED / f"runs/{made.RUN}/run.json").is_file()
    assert (tmp_path / GENERATED / f"runs/{made.RUN}/speed-size-1.csv").is_file()
    assert "1.57×" in fragment(tmp_path, f"case/{made.SLUG}/measurement")
    assert 'data-scheme="int8wo int4wo-g32" data-decision="took-int4wo-g32"' in fragment(tmp_path, "page/gallery")
    for lesson in cases.LESSONS:
        mention = fragment(tmp_path, f"found/{lesson}")
        assert (made.ABOUT["title"] in mention) == (lesson in made.ABOUT["lessons"])
        assert not mention or "Decision&#58; int4wo-g32 (smollm2-135m on" in mention


def test_runs_of_a_case_are_found_but_not_quoted(tmp_path: Path) -> None:
    made.case(tmp_path)
    factory.make_run(tmp_path / "runs/2026-02-02-mine", rounds=1)
    found, _ = runs.find(tmp_path)
    assert [(one.name, one.yours, one.ours, one.case is not None) for one in found] == [
        (made.RUN, False, False, True),
        ("2026-02-02-mine", True, False, False),
    ]
    assert runs.headline(found) is runs.newest(found, "memory") is None
    published.page_with_charts(tmp_path, "memory")
    publish(tmp_path, with_stills=False)
    assert json.loads((tmp_path / GENERATED / VALUES).read_text()) == {"published": False, "values": {}}
    assert made.RUN not in fragment(tmp_path, "chart/memory") + fragment(tmp_path, "runs/page")


def test_a_case_that_is_taken_away_leaves_nothing(tmp_path: Path) -> None:
    folder = made.case(tmp_path)
    publish(tmp_path, with_stills=False)
    folder.rename(tmp_path / "elsewhere")
    publish(tmp_path, with_stills=False)
    assert not list((tmp_path / GENERATED).rglob(f"*{made.SLUG}*"))


def test_two_runs_and_which_one_a_value_is_of(tmp_path: Path) -> None:
    folder = made.case(tmp_path)
    other = "2026-01-04-another"
    factory.make_run(made.run_folder(folder, other), rounds=1, seed=300)
    made.write_story(folder, decision=f"[[{made.RUN}:run.name]] and [[{other}:run.name]]")
    publish(tmp_path, with_stills=False)
    told = re.sub(r"<[^>]+>", "", fragment(tmp_path, f"case/{made.SLUG}/decision"))
    assert told.split("&#10;")[0] == f"{made.RUN} and {other}"
    assert fragment(tmp_path, f"case/{made.SLUG}/run-2")


def test_a_case_with_an_error_stops_and_the_old_pages_stay(tmp_path: Path) -> None:
    folder = made.case(tmp_path)
    publish(tmp_path, with_stills=False)
    before = fragment(tmp_path, "page/gallery")
    made.write_about(folder, title="<script>")
    with pytest.raises(InvalidCase, match=r"case\.yml: title"):
        publish(tmp_path, with_stills=False)
    made.write_about(folder)
    made.write_story(folder, decision="[[int9wo.eager.speed]]")
    with pytest.raises(WrongUse, match=r"story\.md: no value of this case is called 'int9wo.eager.speed'"):
        publish(tmp_path, with_stills=False)
    assert fragment(tmp_path, "page/gallery") == before


def test_every_lesson_has_a_place_for_what_others_found_and_no_other_page() -> None:
    pages = {path.stem for path in (ROOT / "docs").rglob("*.md") if "{{ others_found() }}" in path.read_text("utf-8")}
    assert pages == set(cases.LESSONS)


def test_the_tables_of_a_case_are_those_that_a_run_has(tmp_path: Path) -> None:
    from qdocs.publish import run_tables

    assert set(studies.TABLES) == {*run_tables.TABLES, *run_tables.OF_EVERY_RUN}


def of_the_guide(name: str) -> FoundRun:
    folder = ROOT / runs.PUBLISHED / name
    return FoundRun(read_run(folder), folder, yours=False)


def test_what_the_story_of_two_cores_says_of_the_guides_runs_holds() -> None:
    earlier, later, since, unfinished, quick = (
        {row["scheme"] + " " + row["mode"]: row for row in frames.records(frames.latency(of_the_guide(name)))}
        for name in (
            "2026-11-23-amd-epyc-2-cores-smollm2-135m",
            "2026-11-28-amd-epyc-2-cores-avx512-smollm2-135m-5",
            "2026-11-29-amd-epyc-2-cores-avx512-smollm2-135m-2",
            "2026-11-29-amd-epyc-2-cores-avx512-smollm2-135m",
            "2026-11-28-amd-epyc-2-cores-avx512-smollm2-135m-6",
        )
    )
    for run in (earlier, since):
        assert run["int8wo eager"]["speed_ratio_high"] < 1 < run["int8wo compiled"]["speed_ratio_low"]
    for run in (later, unfinished):
        eager, compiled = run["int8wo eager"], run["int8wo compiled"]
        assert eager["speed_ratio"] < 1 < compiled["speed_ratio"]
        assert all(row["speed_ratio_low"] < 1 < row["speed_ratio_high"] for row in (eager, compiled))
    for run in (earlier, later, since, unfinished, quick):
        int4, int8 = run["int4wo-g32 compiled"], run["int8wo compiled"]
        assert int4["speed_ratio"] > int8["speed_ratio"] > 1
        assert int4["ttft_ms"] > int8["ttft_ms"]
        assert int4["request_ratio"] > int8["request_ratio"]


def test_what_the_story_of_two_cores_says_of_answers_holds() -> None:
    later = frames.records(frames_answers.accuracy(of_the_guide("2026-11-28-amd-epyc-2-cores-avx512-smollm2-135m-5")))
    int8 = {row["task"]: row for row in later if row["scheme"] == "int8wo"}
    int4 = [row for row in later if row["scheme"] == "int4wo-g32"]
    assert {row["accuracy_direction"] for row in int8.values()} == {"unseen"}
    assert [task for task, row in int8.items() if row["accuracy_change_low_points"] < -2] == ["recall"]
    assert [task for task, row in int8.items() if row["margin_direction"] == "worse"] == ["arithmetic"]
    fell = [row for row in int4 if row["accuracy_direction"] == "worse"]
    assert len(fell) > len(int4) / 2
    assert all(row["accuracy_change_high_points"] < -2 for row in fell)
