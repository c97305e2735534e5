"""Do the bundled tasks hold what the guide says of them?"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from qdocs import models
from qdocs.tasks.asked import BUNDLED, FOLDER, KINDS, PREFERENCE, asked, describe_bundled
from qdocs.tasks.embedding import evaluation_set
from qdocs.tasks.make.__main__ import EMBEDDING, made

ROWS = {
    kind: [json.loads(line) for line in (FOLDER / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()]
    for kind in KINDS
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_large_varied_and_balanced(kind: str) -> None:
    rows = ROWS[kind]
    assert len(rows) >= (300 if kind == "recall" else 1000)
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({(row["prompt"], tuple(sorted(row["choices"]))) for row in rows}) == len(rows)
    templates = Counter(row["group"] for row in rows)
    assert max(templates.values()) <= 0.05 * len(rows)
    levels = Counter(row["level"] for row in rows)
    assert set(levels) == {1, 2, 3}
    assert min(levels.values()) >= 0.15 * len(rows)
    positions = Counter(row["choices"].index(row["answer"]) for row in rows)
    assert max(positions.values()) - min(positions.values()) <= 1
    assert len({len(row["choices"]) for row in rows}) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_choice_is_right_too_often(kind: str) -> None:
    # Whoever always prefers the same words must not do much better than chance.
    rows = ROWS[kind]
    right = Counter(row["answer"] for row in rows)
    offered = Counter(choice for row in rows for choice in row["choices"])
    chance = 1 / len(rows[0]["choices"])
    often = [choice for choice, times in offered.items() if times >= 40 and right[choice] / times > chance + 0.25]
    assert not often, often


@pytest.mark.parametrize("kind", KINDS)
def test_a_beginning_is_a_fair_sample(kind: str) -> None:
    rows = ROWS[kind]
    first = rows[:60]
    assert len({row["group"] for row in first}) >= 15
    assert min(Counter(row["level"] for row in first).values()) >= 8


@pytest.mark.parametrize("kind", [*BUNDLED, EMBEDDING])
def test_items_are_what_their_maker_makes(kind: str) -> None:
    for file, text in made(kind).items():
        assert text == file.read_text(encoding="utf-8"), f"python -m qdocs.tasks.make {kind}"


@pytest.mark.parametrize("kind", BUNDLED)
def test_the_yaml_is_an_lm_eval_task_on_these_items(kind: str) -> None:
    config = yaml.safe_load((FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"))
    assert config["task"] == f"qdocs_{kind}"
    assert config["dataset_kwargs"]["data_files"] == {"test": f"qdocs/tasks/{kind}.jsonl"}
    assert (config["doc_to_text"], config["doc_to_choice"]) == ("prompt", "choices")
    assert config["doc_to_target"] == "{{choices.index(answer)}}"
    about = describe_bundled(kind)
    assert about["scoring"] in ("sum", "characters")
    for key in ("title", "tests", "made", "weaknesses"):
        assert about[key]


def test_all_kinds_are_asked_for_by_name() -> None:
    chosen = asked(dict.fromkeys(BUNDLED, 60))
    assert [task.name for task in chosen] == list(BUNDLED)
    assert {len(task.items().items) for task in chosen} == {60}
    assert sorted(path.stem for path in FOLDER.glob("*.jsonl")) == sorted([*BUNDLED, "texts"])


def test_a_preference_pair_s_answers_differ_in_what_they_say() -> None:
    rows = [json.loads(line) for line in (FOLDER / f"{PREFERENCE}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 200
    assert len({row["prompt"] for row in rows}) >= 0.9 * len(rows)
    themes = Counter(row["group"] for row in rows)
    assert len(themes) >= 25
    assert max(themes.values()) <= 0.05 * len(rows)
    # Neither in length, on which the sum of log-probabilities depends, nor in how much of the message they repeat.
    encode = models.tokenizer_of(models.ensure("smollm2-135m")).encode
    tokens, repeated = Counter[str](), Counter[str]()
    for row in rows:
        (rejected,) = [choice for choice in row["choices"] if choice != row["answer"]]
        lengths = {"chosen": len(encode(row["answer"])), "rejected": len(encode(rejected))}
        assert abs(lengths["chosen"] - lengths["rejected"]) <= 3, row["id"]
        tokens.update(lengths)
        message = re.search(r"user\n(.*)<", row["prompt"])
        assert message, row["id"]
        said = stems(message[1])
        repeated.update(chosen=len(said & stems(row["answer"])), rejected=len(said & stems(rejected)))
        # The model's own template: the answer begins where the assistant's turn does.
        assert row["prompt"].endswith("<|im_start|>assistant\n")
    for counted in (tokens, repeated):
        assert 0.95 <= counted["chosen"] / counted["rejected"] <= 1.05, counted


def stems(text: str) -> set[str]:
    """The longer words, by their beginnings."""
    return {word[:5] for word in re.findall(r"\w{4,}", text.lower())}


def test_the_embedding_texts() -> None:
    texts = evaluation_set()
    assert len(texts.passages) >= 2000
    assert len(texts.queries) >= 500
    assert len(texts.pairs) >= 500
    assert len(set(texts.passages.values())) == len(texts.passages)
    assert len({query.text for query in texts.queries}) == len(texts.queries)
    assert all(query.passage in texts.passages for query in texts.queries)
    for groups in ([q.group for q in texts.queries], [p.group for p in texts.pairs]):
        assert max(Counter(groups).values()) <= 0.05 * len(groups)
    assert Path(FOLDER / "embedding" / "about.yaml").is_file()
