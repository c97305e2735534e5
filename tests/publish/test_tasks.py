"""The page of tasks: a section a task, what its files say, how the baseline scored in the record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qdocs.publish import words
from qdocs.publish.names import FRAGMENTS, GENERATED
from qdocs.publish.runs import find, newest_answers
from qdocs.publish.site import publish
from qdocs.record import BASELINE, AccuracySamples, read_samples
from qdocs.tasks.asked import BUNDLED, asked, describe_bundled
from qdocs.tasks.embedding import evaluation_set
from tests import factory
from tests.publish import cases

PAGE = Path(__file__).parents[2] / "docs/tasks.md"


def fragment(root: Path, name: str) -> str:
    return (root / GENERATED / FRAGMENTS / f"{name}.html").read_text(encoding="utf-8")


def plain(html: str) -> str:
    return re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), re.sub(r"<[^>]+>", "|", html))


def rows(html: str) -> dict[str, list[str]]:
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in re.findall(r"<tr>(.*?)</tr>", html)]
    return {cells[0]: cells[1:] for cells in found[1:]}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repo")
    publish(root, with_stills=False)
    return root


def test_the_page_has_a_section_for_each_task_and_no_other() -> None:
    sections = re.findall(r'^## (.*)\n\n\{\{ task\("(\w+)"\) \}\}', PAGE.read_text(), re.M)
    assert [name for _, name in sections] == [*BUNDLED, "embedding"]
    assert [title for title, _ in sections[:-1]] == [describe_bundled(kind)["title"] for kind in BUNDLED]


def test_no_measurement_is_typed_by_hand_on_the_page() -> None:
    prose = PAGE.read_text().split("---", 2)[2]
    assert re.findall(r"\b\d+", prose) == []


@pytest.mark.parametrize("kind", BUNDLED)
def test_each_task_is_described_from_its_files(empty: Path, kind: str) -> None:
    text = plain(fragment(empty, f"task/{kind}"))
    about = describe_bundled(kind)
    (task,) = asked({kind: None})
    items = task.items()
    first = items.items[0]
    for said in (about["tests"], about["made"], about["weaknesses"], first.prompt.splitlines()[-1], first.id):
        assert said in text
    assert (first.prompt in text) == (kind != "recall"), "only the middle of a long prompt is left out"
    mark = "(the better answer)" if kind == "preference" else "(the right choice)"
    assert text.count(mark) == 1
    assert f"|{first.answer}| {mark}" in text
    cells = rows(fragment(empty, "table/tasks"))[about["title"]]
    assert cells[0] == words.percent(items.chance)
    assert cells[1] == "no run is published yet"
    assert cells[2] == f"{len(items.items):,}"
    assert cells[3] == str(len({item.group for item in items.items}))


def test_a_long_prompt_keeps_the_line_that_its_question_is_about(empty: Path) -> None:
    text = plain(fragment(empty, "task/recall"))
    (task,) = asked({"recall": None})
    first = task.items().items[0]
    told = [line for line in first.prompt.splitlines() if "The Morgan house, number 515" in line]
    assert len(told) == 2
    assert all(line in text for line in told)
    left_out = [int(many) for many in re.findall(r"… (\d+) more lines? …", text)]
    assert len(left_out) == 2
    kept = [line for line in first.prompt.splitlines() if line in text]
    assert len(kept) + sum(left_out) == len(first.prompt.splitlines())


def test_every_task_is_scored_by_the_sum_as_the_page_says() -> None:
    assert "here it is the sum, for every task" in PAGE.read_text()
    assert {describe_bundled(kind)["scoring"] for kind in BUNDLED} == {"sum"}


def test_what_tasks_are_weak_in_is_so_in_the_published_run() -> None:
    shares = {kind: by_template(kind) for kind in ("facts", "arithmetic")}
    assert "in some templates the unquantized model makes no error" in describe_bundled("facts")["weaknesses"]
    assert 2 <= sum(share == 1 for share in shares["facts"].values()) < len(shares["facts"]) / 2
    assert "near chance, as in sharing equally and in some sequences" in describe_bundled("arithmetic")["weaknesses"]
    for template in ("quotient-share", "sequence-next", "sequence-gap"):
        assert abs(shares["arithmetic"][template] - 0.25) < 0.1


def by_template(kind: str) -> dict[str, float]:
    """How much of each template the baseline gets right, in the run that pages quote."""
    runs, _ = find(PAGE.parents[1])
    found = newest_answers(runs)[kind]
    (result,) = (one.result for one in found.answers if (one.task.name, one.scheme) == (kind, BASELINE))
    samples = read_samples(found.folder, result.samples, AccuracySamples)
    right: dict[str, list[bool]] = {}
    for group, correct in zip(samples.groups, samples.outcomes.correct(samples.ids), strict=True):
        right.setdefault(group, []).append(bool(correct))
    return {group: sum(own) / len(own) for group, own in right.items()}


def test_the_encoder_s_texts_are_described_from_their_files(empty: Path) -> None:
    text = plain(fragment(empty, "task/embedding"))
    texts = evaluation_set()
    for said in (
        f"{len(texts.queries)} queries from",
        f"among {len(texts.passages):,} passages",
        texts.queries[0].text,
        texts.passages[texts.queries[0].passage],
        texts.pairs[0].second,
        "Scores of bf16: no run is published yet.",
    ):
        assert said in text


def test_the_baseline_s_scores_are_the_record_s(tmp_path: Path) -> None:
    where = cases.folder(tmp_path)
    first = {kind: asked({kind: 40})[0].items() for kind in ("facts", "code", "reading")}
    names = {"facts": 30, "code": 10, "reading": 20}
    specs = [factory.spec("accuracy", "bf16", task=kind, items=40) for kind in names]
    cells = [
        factory.answered(
            where,
            one,
            factory.choice_samples(
                [1.0] * names[one.workload.task] + [-1.0] * (40 - names[one.workload.task]),
                [item.group for item in first[one.workload.task].items],
            ),
        )
        for one in specs
    ]
    tasks = {
        kind: factory.task_info("facts", 40, 10).model_copy(update={"name": kind, "items_sha256": items.sha256})
        for kind, items in first.items()
    }
    tasks["reading"] = tasks["reading"].model_copy(update={"items_sha256": factory.SHA})
    factory.write(where, specs, cells, tasks=tasks)
    factory.make_encoder_run(cases.folder(tmp_path, "encoder"))
    publish(tmp_path, with_stills=False)
    html = fragment(tmp_path, "table/tasks")
    scores = {title: cells[1] for title, cells in rows(html).items()}
    assert scores["Facts"] == "75.0%<br>the first 40 items"
    assert scores["Code"] == "25.0%<br>at chance<br>the first 40 items"
    assert scores["Reading"] == "50.0%<br>the first 40 items<br>of another version of the items"
    assert scores["Recall"] == "not measured"
    assert ">bf16 accuracy</th>" in html
    assert f"Facts, Reading and Code, asked of {factory.GENERATOR}. Measured on" in plain(html)
    assert "record of 2026-01-02-test-smollm2" in plain(html)
    encoder = plain(fragment(tmp_path, "task/embedding"))
    asked_of = "40 queries among 60 passages, 30 pairs, of another version of the texts"
    assert f"Scores of bf16, minilm-l6, {asked_of}: recall@1 0." in encoder
