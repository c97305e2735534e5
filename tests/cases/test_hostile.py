"""Is each kind of hostile submission refused, with file and key, or accepted as nothing but text?"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from qdocs import record as r
from qdocs.cases import CASES, load
from qdocs.cases import tree as limits
from qdocs.cli import app
from qdocs.errors import InvalidCase, WrongUse
from tests import factory
from tests.cases import hostile, made

ONE_LINE = ("title", "question", "workload")
HTML = f"<script>{hostile.HACK}</script>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case's folder, to be spoilt."""
    return made.case(tmp_path)


# ---- case.yml


@pytest.mark.parametrize("field", [*ONE_LINE, "author", "licence", "model", "decision", "lessons"])
@pytest.mark.parametrize(
    "text", [HTML, "{{ 7*7 }}", "{% include 'x' %}", '--8<-- "README.md"', "&lt;b&gt;", "`x`", '"']
)
def test_markup_in_a_field(tmp_path: Path, folder: Path, field: str, text: str) -> None:
    made.write_about(folder, **{field: [text] if field == "lessons" else text})
    made.refused(tmp_path, f"case.yml: {field}")


@pytest.mark.parametrize("field", ONE_LINE)
@pytest.mark.parametrize("code", [0x202E, 0x2066, 0x200B, 0x200F, 0x2028, 0xFEFF, 0xE000, 0x2003, 0xAD])
def test_characters_that_nobody_sees(tmp_path: Path, folder: Path, field: str, code: int) -> None:
    made.write_about(folder, **{field: f"before{chr(code)}after"})
    made.refused(tmp_path, f"case.yml: {field}", f"U+{code:04X}")


@pytest.mark.parametrize("author", ["аdmin", "ﬁx", "a_b", "-a", "a--b", "@a", "a/b", "x" * 40, "ａ"])
def test_handles_that_look_like_others(tmp_path: Path, folder: Path, author: str) -> None:
    made.write_about(folder, author=author)
    made.refused(tmp_path, "case.yml: author", "handle")


@pytest.mark.parametrize(
    "slug", ["сhat", "Chat", "chat--x", "-chat", "chat_x", "chat.md", "chat x", "chat\u202e", "x" * 70]
)
def test_names_that_look_like_others(tmp_path: Path, slug: str) -> None:
    made.case(tmp_path, slug=slug)
    made.refused(tmp_path, "is no name for a case", "lower-case letters")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: !!python/object/apply:os.system ['touch hacked']", "tags are not taken"),
        ("title: !include /etc/passwd", "tags are not taken"),
        ("a: &a [x]\nb: *a", "anchors and aliases are not taken"),
        ("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]", "anchors and aliases are not taken"),
        ("base: &base {x: 1}\nother:\n  <<: *base", "anchors and aliases are not taken"),
        ("[" * 5000, "nested too deeply"),
        ("{a: " * 500, "nested too deeply"),
        ("title: a\ntitle: b", "'title' is there twice"),
        ("a: 1\n---\nb: 2", "expected a single document"),
        ("title: 'open", "not plain YAML"),
        ("x: " + "9" * 6000, "not plain YAML"),
        ("date: 2026-99-99", "not plain YAML"),
        ("title: \x07", "not plain YAML"),
        ("- a list", "valid dictionary"),
        ("", "valid dictionary"),
    ],
)
def test_yaml_that_is_more_than_values(tmp_path: Path, folder: Path, text: str, said: str) -> None:
    (folder / "case.yml").write_text(text, encoding="utf-8")
    begun = time.monotonic()
    made.refused(tmp_path, "case.yml", said)
    assert time.monotonic() - begun < 5
    assert not Path("hacked").exists()


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"template": "evil.html"}, "template: Extra inputs are not permitted"),
        ({"render_macros": True}, "render_macros: Extra inputs are not permitted"),
        ({"author": False}, "author: Input should be a valid string"),
        ({"title": ["a"]}, "title: Input should be a valid string"),
        ({"title": {"a": "b"}}, "title"),
        ({"title": "x" * 91}, "title: String should have at most 90 characters"),
        ({"title": "two\nlines"}, "title"),
        ({"date": "soon"}, "date"),
        ({"lessons": []}, "lessons"),
        ({"lessons": ["index"]}, "lessons.0: Input should be 'fundamentals'"),
        ({"licence": "proprietary"}, "licence: Input should be 'Apache-2.0'"),
        ({"model": "other"}, "model: is other, but"),
        ({"decision": "int3wo"}, "decision: int3wo was not measured"),
    ],
)
def test_fields_that_are_not_as_expected(tmp_path: Path, folder: Path, about: dict[str, Any], said: str) -> None:
    made.write_about(folder, **about)
    made.refused(tmp_path, "case.yml", said)


def test_other_encodings(tmp_path: Path, folder: Path) -> None:
    (folder / "case.yml").write_bytes((folder / "case.yml").read_text(encoding="utf-8").encode("utf-16"))
    (folder / "story.md").write_bytes(b"## Question\n\ncaf\xe9")
    made.refused(tmp_path, "case.yml: not UTF-8", "Save it as UTF-8")
    made.refused(tmp_path, "story.md: not UTF-8", "Save it as UTF-8")


# ---- story.md


@pytest.mark.parametrize("text", hostile.STORIES.values(), ids=hostile.STORIES)
def test_a_story_that_is_only_text_is_accepted(tmp_path: Path, folder: Path, text: str) -> None:
    made.write_story(folder, question=text)
    begun = time.monotonic()
    made.accepted(tmp_path)
    assert time.monotonic() - begun < 10


def test_html_in_a_story_is_doubted(tmp_path: Path, folder: Path) -> None:
    made.write_story(folder, question=f"Look: {HTML}")
    (doubt,) = made.found(tmp_path, level="warning")
    assert "story.md: line 3: HTML is shown as text" in str(doubt)


@pytest.mark.parametrize(
    "link",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "[x](file:///etc/passwd)",
        "[x](http://example.org)",
        "[x](//evil.invalid/x)",
        "[x](../../results.md)",
        "[x](#top)",
        "[x]()",
        "<javascript:alert(1)>",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "**[*x*](data:image/svg+xml,x)**",
    ],
)
def test_links_that_lead_elsewhere_than_the_web(tmp_path: Path, folder: Path, link: str) -> None:
    made.write_story(folder, decision=link)
    made.refused(tmp_path, "story.md: line ", "a link to", "https: or mailto:")


@pytest.mark.parametrize(
    "picture", ["![x](https://evil.invalid/x.png)", "[![x](data:image/png;base64,AA)](https://a.b)"]
)
def test_pictures(tmp_path: Path, folder: Path, picture: str) -> None:
    made.write_story(folder, measurement=picture)
    made.refused(tmp_path, "story.md: line ", "a picture", "charts are made from records")


@pytest.mark.parametrize(
    "before",
    [
        "---\ntemplate: evil.html\n---\n\n",
        "---\nrender_macros: true\nhide: [navigation]\n...\n",
        "title: x\n\n",
        "{% raw %}\n",
    ],
)
def test_front_matter_and_whatever_stands_before_the_headings(tmp_path: Path, folder: Path, before: str) -> None:
    story = folder / "story.md"
    story.write_text(before + story.read_text(encoding="utf-8"), encoding="utf-8")
    made.refused(tmp_path, "story.md")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("## Decision", "## Verdict"), "headings: found ['Question'"),
        (lambda text: text + "\n## Question\n\nagain", "each once and in this order"),
        (lambda text: text.replace("May the", "- " * 60 + "deep\n\nMay the"), "headings: found ['Question']"),
        (lambda text: text + "\n# Another page\n", "a heading of another level"),
        (lambda text: text + "\n##### Small\n", "a heading of another level"),
        (lambda text: text + "\n> ## Decision\n", "a heading of another level"),
        (lambda text: text.replace("We took **int4**.", ""), "Decision: nothing is written yet"),
        (lambda text: text.replace("We took", "We\u202e took"), "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        (lambda text: text.replace("We took", "We\x1b[31m took"), "U+001B"),
        (lambda text: text + "\u2028## Decision", "U+2028"),
        (lambda text: text + "\n|" + "a|" * 700 + "\n|" + "-|" * 700 + "\n", "cells"),
        (lambda text: text + "\n|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "|x|\n" * 4000, "cells"),
        (lambda text: text + "x" * 33_000, "Keep to 32,768"),
    ],
)
def test_stories_that_are_not_as_expected(
    tmp_path: Path, folder: Path, change: Callable[[str], str], said: str
) -> None:
    story = folder / "story.md"
    story.write_text(change(story.read_text(encoding="utf-8")), encoding="utf-8")
    begun = time.monotonic()
    made.refused(tmp_path, "story.md", said)
    assert time.monotonic() - begun < 10


# ---- files


@pytest.mark.parametrize(
    "name",
    [
        "index.md",
        "evil.html",
        "chart.svg",
        "chart.png",
        "hook.py",
        ".htaccess",
        "extra/story.md",
        "runs/evil.md",
        "runs/index.html",
        f"runs/{made.RUN}/evil.html",
        f"runs/{made.RUN}/samples/evil.svg",
        f"runs/{made.RUN}/samples/deeper/x.json.gz",
        "case.yaml",
        "case.yml\u202egnp.exe",
        "story.md\x1b[31m",
        "x" * 200,
    ],
)
def test_files_that_do_not_belong(tmp_path: Path, folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(HTML, encoding="utf-8")
    made.refused(tmp_path, "does not belong here")
    assert all(str(problem).isprintable() for problem in made.found(tmp_path))


@pytest.mark.parametrize("name", ["evil.md", "evil.html", "mkdocs.yml"])
def test_files_beside_the_cases(tmp_path: Path, folder: Path, name: str) -> None:
    (folder.parent / name).write_text(HTML, encoding="utf-8")
    made.refused(tmp_path, f"{name}: a file that does not belong here")
    with pytest.raises(InvalidCase, match=name):
        load(tmp_path)


@pytest.mark.parametrize("name", ["story.md", "case.yml", "runs", f"runs/{made.RUN}/run.json", f"runs/{made.RUN}"])
def test_links(tmp_path: Path, folder: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    (folder / name).rename(elsewhere)
    (folder / name).symlink_to(elsewhere)
    made.refused(tmp_path, f"{name}: a link", "Put the file itself there")


@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_a_case_that_is_a_link(tmp_path: Path, folder: Path, target: str) -> None:
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / target)
    made.refused(tmp_path, made.SLUG, "a link")


def test_a_pipe_is_not_waited_for(tmp_path: Path, folder: Path) -> None:
    (folder / "story.md").unlink()
    os.mkfifo(folder / "story.md")
    made.refused(tmp_path, "story.md: not a plain file")


@pytest.mark.parametrize(
    "path", ["samples/../../../../secret.json.gz", "/etc/passwd", "samples/x/../y.json.gz", "../run.json"]
)
def test_paths_that_lead_out(tmp_path: Path, folder: Path, path: str) -> None:
    def change(raw: dict[str, Any]) -> None:
        made.cells(raw, "latency")[0]["outcome"]["result"]["samples"]["path"] = path

    made.edit(folder, change)
    made.refused(tmp_path, "run.json", "samples.path")


def test_sizes(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = folder / "runs" / made.RUN / "run.json"
    record.write_bytes(record.read_bytes() + b" " * 5 * limits.MB)
    made.refused(tmp_path, "run.json", "Keep to 4,194,304")
    monkeypatch.setattr(limits, "MOST_BYTES", 1000)
    made.refused(tmp_path, made.SLUG, "Keep to 1,000")
    monkeypatch.setattr(limits, "MOST_FILES", 3)
    made.refused(tmp_path, made.SLUG, "more than 3 files")


def test_a_small_file_that_unpacks_to_a_large_one(tmp_path: Path, folder: Path) -> None:
    sample = next((folder / "runs" / made.RUN / "samples").iterdir())
    with gzip.open(sample, "wb") as file:
        for _ in range(18):
            file.write(b" " * limits.MB)
    assert sample.stat().st_size < 100_000
    made.refused(tmp_path, sample.name, "unpacks to more than")


# ---- records


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[" * 200_000, "not JSON"),
        (b'{"schema_version": 4, "seed": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001, "not JSON"),
        (b'{"schema_version": 4, "seed": ' + b"9" * 9000 + b"}", "not JSON"),
        (b'{"schema_version": 99}', "newer than this qdocs reads"),
        (b"", "not JSON"),
    ],
)
def test_json_that_is_no_record(tmp_path: Path, folder: Path, content: bytes, said: str) -> None:
    (folder / "runs" / made.RUN / "run.json").write_bytes(content)
    made.refused(tmp_path, "run.json", said)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), -1.0, 1e400])
def test_numbers_that_are_none(tmp_path: Path, folder: Path, number: float) -> None:
    def change(raw: dict[str, Any]) -> None:
        made.cells(raw, "latency")[0]["outcome"]["result"]["tpot_ms"]["median"] = number
        other = made.cells(raw, "latency")[1]
        samples = made.get_samples(folder, other)
        samples["iterations"][0]["ttft_ms"] = number
        made.put_samples(folder, other, samples)

    made.edit(folder, change)
    made.refused(tmp_path, "run.json", "tpot_ms")


def test_a_summary_that_is_better_than_its_samples(tmp_path: Path, folder: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        result = made.cells(raw, "latency", "int4wo-g32")[0]["outcome"]["result"]
        result["decode_tokens_per_s"] *= 2

    made.edit(folder, change)
    made.refused(tmp_path, "run.json", "decode_tokens_per_s: does not follow from", "Records are not edited")


def test_samples_that_were_changed(tmp_path: Path, folder: Path) -> None:
    sample = next((folder / "runs" / made.RUN / "samples").iterdir())
    sample.write_bytes(gzip.compress(b"{}"))
    made.refused(tmp_path, sample.name, "SHA-256 is", "run.json says")


def asked(tmp_path: Path) -> Path:
    """A case whose run asks one task."""
    folder = made.case(tmp_path)
    where = folder / "runs" / made.RUN
    shutil.rmtree(where)
    plan = [factory.spec("accuracy", scheme) for scheme in ("bf16", "int4wo-g32")]
    factory.write(where, plan, [factory.make_cell(where, one) for one in plan])
    return folder


def test_accuracy_that_the_answers_do_not_give(tmp_path: Path) -> None:
    folder = asked(tmp_path)
    made.accepted(tmp_path)
    made.edit(folder, lambda raw: made.cells(raw, "accuracy")[1]["outcome"]["result"].update(accuracy=0.999))
    made.refused(tmp_path, "cells.1.outcome.result.accuracy: does not follow from")


@pytest.mark.parametrize(("key", "value"), [("chance", 0.01), ("scoring", "characters")])
def test_a_task_that_its_answers_belie(tmp_path: Path, key: str, value: Any) -> None:
    folder = asked(tmp_path)
    made.edit(folder, lambda raw: raw["tasks"]["facts"].update({key: value}))
    made.refused(tmp_path, f"run.json: tasks.facts.{key}: is {value}")


def test_private_texts_are_doubted(tmp_path: Path) -> None:
    folder = asked(tmp_path)
    text = {"prompt": "secret", "choices": [], "answer": "", "generated": None}

    def change(raw: dict[str, Any]) -> None:
        cell = made.cells(raw, "accuracy")[0]
        made.put_samples(folder, cell, made.get_samples(folder, cell) | {"texts": [text] * 200})

    made.edit(folder, change)
    (doubt,) = made.found(tmp_path, level="warning")
    assert "cells.0: the samples hold the texts themselves. Leave --with-texts out" in str(doubt)


def test_fewer_bytes_than_the_bits_take(tmp_path: Path, folder: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        result = made.cells(raw, "memory", "int8wo")[0]["outcome"]["result"]
        roles = result["roles_bytes"]
        roles["quantized_linear"] -= 10_000_000
        result["stored_bytes"] = sum(roles.values())
        held = roles["quantized_linear"] + roles["scales_and_zeros"]
        result["bits_per_quantized_weight"] = 8 * held / result["quantized_weights"]
        result["bits_per_parameter"] = 8 * result["stored_bytes"] / result["parameters"]

    made.edit(folder, change)
    made.refused(tmp_path, "roles_bytes.quantized_linear", "the bits of these weights take 106,168,320")


def invented(folder: Path, scheme: str, change: Callable[[Any], None]) -> None:
    """Change each latency cell's samples, and make summary and digest fit, as somebody would who invents them."""
    where = folder / "runs" / made.RUN
    run = r.read_run(where)
    cells: list[Any] = []
    for spec, cell in zip(run.plan, run.cells, strict=True):
        if isinstance(cell, r.LatencyCell) and cell.scheme == scheme and cell.outcome.state == "measured":
            samples = made.get_samples(folder, cell.model_dump())
            change(samples)
            for one in samples["iterations"]:
                one["end_to_end_ms"] = one["ttft_ms"] + sum(one["decode_ms"])
            told = r.LatencySamples(**samples)
            fields = {**spec.summarize(told), "samples": r.write_samples(where, spec, told)}
            result = cell.outcome.result.model_copy(update=fields)
            cell = cell.model_copy(update={"outcome": r.Measured[r.LatencyResult](result=result)})
        cells.append(cell)
    r.write_run(where, run.model_copy(update={"cells": cells}))


def faster(folder: Path, scheme: str, times: float) -> None:
    def change(samples: Any) -> None:
        for one in samples["iterations"]:
            one["decode_ms"] = [step / times for step in one["decode_ms"]]

    invented(folder, scheme, change)


def test_faster_than_memory_can_be_read(tmp_path: Path, folder: Path) -> None:
    faster(folder, "fp32", 4)  # more bytes than the probe moves: no cache can hold them
    made.refused(tmp_path, "tpot_ms", "times what the machine's memory copies", "measure again")


def test_what_a_cache_might_hold_is_doubted_and_what_none_can_is_refused(tmp_path: Path, folder: Path) -> None:
    faster(folder, "int4wo-g32", 8)
    made.accepted(tmp_path)
    assert any("which cache holds them" in str(doubt) for doubt in made.found(tmp_path, level="warning"))
    faster(folder, "int4wo-g32", 10)
    made.refused(tmp_path, "tpot_ms", "times what the machine's memory copies")


@pytest.mark.parametrize("key", ["source_sha256", "weights_sha256", "permutation_seed", "parameters"])
def test_weights_that_are_not_what_they_are_called(tmp_path: Path, folder: Path, key: str) -> None:
    factory.make_run(tmp_path / "docs/data/runs/2026-01-01-published", rounds=1, seed=100)
    made.accepted(tmp_path)
    changed = {"source_sha256": "a" * 64, "weights_sha256": "b" * 64, "permutation_seed": 7, "parameters": 134_515_007}[
        key
    ]

    def change(raw: dict[str, Any]) -> None:
        raw["models"][factory.GENERATOR][key] = changed
        if key == "parameters":
            for cell in made.cells(raw, "memory"):
                result = cell["outcome"]["result"]
                result["parameters"] = changed
                result["bits_per_parameter"] = 8 * result["stored_bytes"] / changed

    made.edit(folder, change)
    made.refused(tmp_path, f"models.{factory.GENERATOR}.{key}", "not that of the published runs", "path:FOLDER")


@pytest.mark.parametrize("what", ["case", "run", "cell"])
def test_dates_to_come(tmp_path: Path, folder: Path, what: str) -> None:
    if what == "case":
        made.write_about(folder, date="2126-01-03")
        made.refused(tmp_path, "case.yml: date: 2126-01-03 is in the future")
        return
    later = "2126-01-02T03:04:05Z"

    def change(raw: dict[str, Any]) -> None:
        (raw if what == "run" else raw["cells"][3])["started_at"] = later
        raw["ended_at"] = "2126-01-03T00:00:00Z" if what == "run" else raw["ended_at"]

    made.edit(folder, change)
    made.refused(tmp_path, "started_at", "is in the future")


@pytest.mark.parametrize("all_of_them", [True, False])
def test_times_that_were_copied_from_another_cell(tmp_path: Path, folder: Path, all_of_them: bool) -> None:
    first: list[Any] = []

    def change(samples: Any) -> None:
        first.append(samples["iterations"][4])
        samples["iterations"] = [first[0]] * 5 if all_of_them else [*samples["iterations"][:4], first[0]]

    invented(folder, "int8wo", change)
    made.refused(tmp_path, "outcome.result.samples", "times that are in cells.", "to the last digit")


def test_times_that_were_copied_from_a_published_run(tmp_path: Path, folder: Path) -> None:
    published = tmp_path / "docs/data/runs/2026-01-01-published"
    shutil.copytree(folder / "runs" / made.RUN, published)
    record = published / "run.json"
    record.write_text(record.read_text(encoding="utf-8").replace(made.RUN, published.name), encoding="utf-8")
    made.refused(tmp_path, "outcome.result.samples", "the same times as in", published.name)


def test_a_name_that_another_run_has(tmp_path: Path, folder: Path) -> None:
    made.case(tmp_path, slug="another", seed=100)
    made.refused(tmp_path, f"docs/case-studies/another/runs/{made.RUN} has this name, too")


@pytest.mark.parametrize("kinds", [("latency",), ("memory",), ("latency", "memory", "fidelity")])
def test_no_baseline(tmp_path: Path, folder: Path, kinds: tuple[str, ...]) -> None:
    def change(raw: dict[str, Any]) -> None:
        for name in ("plan", "cells"):
            raw[name] = [one for one in raw[name] if one["kind"] not in kinds or one["scheme"] != "bf16"]

    made.edit(folder, change)
    for sample in (folder / "runs" / made.RUN / "samples").glob("*bf16*"):
        if any(kind in sample.name for kind in kinds):
            sample.unlink()
    made.refused(tmp_path, "run.json: plan: no baseline for", "always measures bf16 along")


def test_a_baseline_that_did_not_fit_is_doubted(tmp_path: Path, folder: Path) -> None:
    def change(raw: dict[str, Any]) -> None:
        cell = made.cells(raw, "memory", "bf16")[0]
        cell["outcome"] = {"state": "unsupported", "reason": "does not fit"}

    made.edit(folder, change)
    made.accepted(tmp_path)
    assert any("bf16 was not measured for memory" in str(doubt) for doubt in made.found(tmp_path, level="warning"))


@pytest.mark.parametrize("where", ["versions", "device", "caveat", "many"])
def test_long_texts_beside_every_chart(tmp_path: Path, folder: Path, where: str) -> None:
    def change(raw: dict[str, Any]) -> None:
        environment = raw["environment"]
        if where == "device":
            environment["device"]["name"] = "x" * 3000
        elif where == "caveat":
            raw["models"][factory.GENERATOR]["caveat"] = "x" * 3000
        elif where == "versions":
            environment["versions"]["torch"] = "x" * 100_000
        else:
            environment["versions"] = {f"p{i}": "1" for i in range(1000)}

    made.edit(folder, change)
    made.refused(tmp_path, "beside every chart")


def test_an_unfinished_or_unclean_run_is_doubted(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples/x.py").write_text("", encoding="utf-8")

    def change(raw: dict[str, Any]) -> None:
        raw |= {"dirty": True, "ended_at": None, "reasons": {"ended_at": "stopped"}}

    made.edit(folder, change)
    made.accepted(tmp_path)
    doubts = " ".join(map(str, made.found(tmp_path, level="warning")))
    for said in (
        "the run is not finished",
        "uncommitted changes",
        "bf16, int8wo, int4wo-g32 ran with code that is not in examples/",
    ):
        assert said in doubts


def test_no_run(tmp_path: Path, folder: Path) -> None:
    shutil.rmtree(folder / "runs")
    made.refused(tmp_path, "runs: no run", f"qdocs run --case {made.SLUG}")


# ---- the command


def qdocs(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["case", *arguments])


def test_the_command_tells_errors_from_warnings_and_says_no(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = qdocs("check")
    assert (done.exit_code, done.stdout) == (0, f"{CASES}/{made.SLUG}: 0 errors, 0 warnings\n")
    made.write_story(folder, measurement="<b>It decodes</b> 1.4× as fast.", decision="![x](y.png)")
    done = qdocs("check", made.SLUG)
    assert done.exit_code == 1
    first, *others = done.stdout.splitlines()
    assert first == f"{CASES}/{made.SLUG}: 1 error, 2 warnings"
    found = [re.match(r"  (\w+): docs/case-studies/[\w./-]+: line \d+: ", line) for line in others]
    assert [one and one[1] for one in found] == ["error", "warning", "warning"]
    assert "a number typed by hand: '1.4×'" in done.stdout
    assert qdocs("check", f"{CASES}/{made.SLUG}").stdout == done.stdout
    assert isinstance(qdocs("check", "nobody").exception, WrongUse)


def test_nothing_of_a_hostile_file_reaches_the_terminal_as_it_is(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made.edit(folder, lambda raw: raw.update(name="\x1b[2J\u202ehacked"))
    made.write_about(folder, **{"\x1b[31mkey": "x"})
    (folder / "\x1b[31m.md").write_text("", encoding="utf-8")
    for said in ("\\x1b[31m.md", "\\x1b[31mkey"):
        told = qdocs("check").stdout
        assert told.replace("\n", "").isprintable()
        assert said in told
        (folder / "\x1b[31m.md").unlink(missing_ok=True)


def test_without_any_case_it_says_how_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = qdocs("check")
    assert done.exit_code == 0
    assert "no case study in docs/case-studies yet: `qdocs case new NAME` begins one" in done.stdout
