"""Are outcomes what lm-eval itself finds, and right where the answer is known?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from qdocs.errors import Stopped, WrongUse
from qdocs.measure.accuracy import BATCH_TOKENS, LARGEST_BATCH, answers, measure_accuracy, normalised
from qdocs.measure.questions import misfits, questions
from qdocs.measure.text import measure_text
from qdocs.models import load
from qdocs.record import AccuracySamples, AnswerOutcomes, ChoiceOutcomes
from qdocs.tasks.asked import FOLDER, Asked, asked

ROOT = FOLDER.parent.parent
KINDS = ["grammar", "facts", "code", "preference"]


@pytest.fixture(scope="module")
def loaded(tiny: Path) -> tuple[Any, Any]:
    return load(tiny, "cpu")


def own(tmp_path: Path, *rows: dict[str, Any], name: str = "mine.jsonl") -> Asked:
    file = tmp_path / name
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return asked({str(file): None})[0]


def choices_of(samples: AccuracySamples) -> ChoiceOutcomes:
    assert isinstance(samples.outcomes, ChoiceOutcomes)
    return samples.outcomes


@pytest.mark.parametrize("kind", KINDS)
def test_log_probabilities_are_lm_evals_own(
    kind: str, loaded: tuple[Any, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The other way in: lm-eval's own entry point with the committed YAML, from the repository's folder.
    from lm_eval import simple_evaluate
    from lm_eval.models.huggingface import HFLM
    from lm_eval.tasks import TaskManager

    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path))
    model, tokenizer = loaded
    task = questions(asked({kind: 24})[0], tokenizer)
    ours, engine = measure_accuracy(model, tokenizer, task, with_texts=False)
    # Batches of another size round bf16 products differently.
    batch = min(LARGEST_BATCH, BATCH_TOKENS["cpu"] // task.longest_tokens())
    assert engine.startswith("lm-eval 0.4")
    found = simple_evaluate(
        model=HFLM(pretrained=model, tokenizer=tokenizer, batch_size=batch, softmax_dtype="float32"),
        tasks=[f"qdocs_{kind}"],
        task_manager=TaskManager(include_defaults=False, include_path=str(FOLDER)),
        limit=24,
        bootstrap_iters=0,
    )
    samples = sorted(found["samples"][f"qdocs_{kind}"], key=lambda s: s["doc_id"])
    assert ours.ids == [sample["doc"]["id"] for sample in samples]
    assert choices_of(ours).answers == [sample["target"] for sample in samples]
    for row, sample in zip(choices_of(ours).logprobs_nats, samples, strict=True):
        np.testing.assert_allclose(row, [value for value, _ in sample["filtered_resps"]], atol=1e-6, rtol=0)
    accuracy = float(np.mean(choices_of(ours).correct(ours.ids)))
    assert accuracy == pytest.approx(found["results"][f"qdocs_{kind}"]["acc,none"], abs=2 / 24)


def test_log_probabilities_are_the_models(loaded: tuple[Any, Any], tmp_path: Path) -> None:
    model, tokenizer = loaded
    rows = [
        {"prompt": "def add(a, b):", "choices": ["return a + b", "pass"], "answer": "pass"},
        {"prompt": "", "choices": ["graph", "node of a tree"], "answer": "graph"},
    ]
    found, _ = measure_accuracy(model, tokenizer, questions(own(tmp_path, *rows), tokenizer), with_texts=True)
    for row, scores in zip(rows, choices_of(found).logprobs_nats, strict=True):
        for choice, score in zip(row["choices"], scores, strict=True):
            context = tokenizer(row["prompt"])["input_ids"] or [tokenizer.bos_token_id]
            whole = tokenizer(row["prompt"] + " " + choice)["input_ids"]
            whole = whole if row["prompt"] else context + tokenizer(" " + choice)["input_ids"]
            with torch.no_grad():
                logits = model(torch.tensor([whole])).logits[0].float().log_softmax(-1)
            expected = sum(float(logits[i - 1, whole[i]]) for i in range(len(context), len(whole)))
            assert score == pytest.approx(expected, abs=0.05)
    assert choices_of(found).characters == [[12, 4], [5, 14]]
    assert found.texts is not None
    assert [text.prompt for text in found.texts] == [row["prompt"] for row in rows]
    assert found.texts[0].answer == "pass"


def test_generated_answers(loaded: tuple[Any, Any], tmp_path: Path) -> None:
    model, tokenizer = loaded
    ids = tokenizer("return the", return_tensors="pt")
    said = model.generate(**ids, max_new_tokens=8, do_sample=False, pad_token_id=1)[0][ids["input_ids"].shape[1] :]
    first = tokenizer.decode(said, skip_special_tokens=True).split()[0]
    task = own(
        tmp_path,
        {"prompt": "return the", "answer": first.upper()},
        {"prompt": "return  the", "answer": "certainly not this"},
    )
    found, _ = measure_accuracy(model, tokenizer, questions(task, tokenizer), with_texts=False)
    assert isinstance(found.outcomes, AnswerOutcomes)
    assert found.outcomes.right == [True, False]
    assert found.outcomes.exact == [False, False], "more than the answer is generated"
    assert found.texts is None


@pytest.mark.parametrize(
    ("generated", "answer", "right"),
    [
        (" Paris.", "paris", True),
        (" Paris, which is in France", "Paris", True),
        (" Parisian", "Paris", False),
        (" It is Paris", "Paris", False),
        (" 42\nand more", "42", True),
        (" New   York!", "new york", True),
        ("", "Paris", False),
        (" !", "!", True),
        (" ＰＡＲＩＳ", "paris", True),
        (" 5", "-5", False),
        (" C++ is", "C", False),
        (" C++.", "c++", True),
    ],
)
def test_what_counts_as_the_answer(generated: str, answer: str, right: bool) -> None:
    assert answers(generated, answer) is right


def test_normalising() -> None:
    assert normalised("  The  “Answer”, is: (42). ") == "the answer is 42"


def test_texts_are_compared_position_by_position(loaded: tuple[Any, Any], tiny: Path, tmp_path: Path) -> None:
    model, tokenizer = loaded
    other, _ = load(tiny, "cpu")
    rows = [{"text": "A graph is a set of nodes."}, {"text": "def f(): return 1", "group": "code"}]
    items = own(tmp_path, *rows, name="texts.jsonl").items()
    found = measure_text(model, other, tokenizer, items, False, lambda text: None)
    lengths = [len(tokenizer(row["text"], add_special_tokens=False)["input_ids"]) - 1 for row in rows]
    assert found.positions == lengths
    assert found.groups == ["item 1", "code"]
    assert set(found.corpus.kl_nats) == {0.0}
    assert found.corpus.nll_nats == found.corpus.nll_baseline_nats
    assert found.texts is None


def test_items_that_do_not_fit_the_model(loaded: tuple[Any, Any], tmp_path: Path) -> None:
    _, tokenizer = loaded
    long = own(tmp_path, {"prompt": ("graph " * 2000).strip(), "choices": ["a", "b"], "answer": "a"})
    (said,) = misfits(long, tokenizer, 1024)
    assert "mine.jsonl, line 1: " in said
    assert "the model reads 1,024; shorten the prompt" in said
    short = own(tmp_path, {"text": "ok, two tokens"}, {"text": "a"}, name="texts.jsonl")
    (said,) = misfits(short, tokenizer, 1024)
    assert "texts.jsonl, line 2: a single token" in said


def test_an_unknown_task_is_named_with_what_is_near(loaded: tuple[Any, Any]) -> None:
    with pytest.raises(WrongUse, match=r"unknown task 'arc_esy'.*did you mean .*arc_easy"):
        questions(asked({"arc_esy": None})[0], loaded[1])


QUESTIONS = [
    ("Which of these lays eggs", ["a hen", "a cow", "a horse", "a sheep"], "A"),
    ("Which of these is made of ice", ["a fire", "a glacier", "a desert", "a forest"], "B"),
    ("What do plants need", ["sand", "noise", "light", "paint"], "C"),
]


def hub(path: str, name: str | None = None, **_: Any) -> Any:
    """Stands in for the hub: a few questions of ours in the form of two public data sets."""
    from datasets import Dataset, DatasetDict

    if path == "allenai/ai2_arc":
        rows = [
            {"question": q, "choices": {"text": texts, "label": list("ABCD")}, "answerKey": key}
            for q, texts, key in QUESTIONS
        ]
    else:
        rows = [{"question": q, "answer": [texts["ABCD".index(key)]]} for q, texts, key in QUESTIONS]
    return DatasetDict(dict.fromkeys(("train", "validation", "test"), Dataset.from_list(rows)))


@pytest.mark.parametrize(("name", "scoring"), [("arc_easy", "characters"), ("nq_open", None)])
def test_a_task_of_lm_eval_by_its_name(
    name: str, scoring: str | None, loaded: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datasets.load_dataset", hub)
    model, tokenizer = loaded
    task = questions(asked({name: 2})[0], tokenizer)
    described = task.described()
    assert (described.source, described.items, described.scoring) == ("lm-eval", 2, scoring)
    assert described.chance == (0.25 if scoring else None)
    found, _ = measure_accuracy(model, tokenizer, task, with_texts=True)
    assert found.ids == [f"{name}-0", f"{name}-1"]
    assert found.texts is not None
    assert QUESTIONS[0][0] in found.texts[0].prompt
    if scoring:
        assert choices_of(found).answers == [0, 1]
        assert choices_of(found).characters[0] == [5, 5, 7, 7]
    else:
        assert isinstance(found.outcomes, AnswerOutcomes)
        assert found.outcomes.exact is None


def test_a_hub_that_cannot_be_reached_is_named(loaded: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: Any, **__: Any) -> None:
        raise ConnectionError("no route to the hub")

    monkeypatch.setattr("datasets.load_dataset", nothing)
    with pytest.raises(Stopped, match=r"cannot load the task arc_easy here: .*no route to the hub.*\.jsonl"):
        questions(asked({"arc_easy": None})[0], loaded[1])


def test_a_prompt_of_digits_is_text(loaded: tuple[Any, Any], tmp_path: Path) -> None:
    model, tokenizer = loaded
    rows = [{"prompt": "7", "choices": ["odd", "even"], "answer": "odd"}]
    rows.append({"prompt": "graph", "choices": ["node", "edge"], "answer": "edge"})
    found, _ = measure_accuracy(model, tokenizer, questions(own(tmp_path, *rows), tokenizer), with_texts=True)
    assert found.texts is not None
    assert [text.prompt for text in found.texts] == ["7", "graph"]
    swapped, _ = measure_accuracy(
        model, tokenizer, questions(own(tmp_path, *rows[::-1], name="b.jsonl"), tokenizer), with_texts=False
    )
    np.testing.assert_allclose(choices_of(found).logprobs_nats, choices_of(swapped).logprobs_nats[::-1], atol=0.05)


def test_a_quantized_head_stays_quantized(tiny: Path, tmp_path: Path) -> None:
    from torchao.quantization import Int8WeightOnlyConfig, quantize_

    model, tokenizer = load(tiny, "cpu")
    quantize_(model, Int8WeightOnlyConfig())
    kind = type(model.lm_head.weight)
    assert kind is not type(model.model.embed_tokens.weight)
    rows = [{"prompt": "A graph has", "choices": ["nodes", "legs"], "answer": "nodes"}]
    measure_accuracy(model, tokenizer, questions(own(tmp_path, *rows), tokenizer), with_texts=False)
    assert type(model.lm_head.weight) is kind
