"""Which questions does a model answer right, and by what margin, when lm-eval asks them?"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from torch import nn

from qdocs.errors import KnownProblem
from qdocs.measure.questions import Questions, lm_eval_scoring, right_choice
from qdocs.record import AccuracySamples, AnswerOutcomes, ChoiceOutcomes, ItemText

# Tokens in a batch, padding included: their logits over the vocabulary have to fit into memory beside the model.
BATCH_TOKENS = {"cpu": 2048, "cuda": 65536}
LARGEST_BATCH = 64
OPENING = "\"'“‘„«([{*_"
CLOSING = ".,;:!?\"'”’»)]}*_"


def measure_accuracy(
    model: nn.Module, tokenizer: Any, questions: Questions, with_texts: bool
) -> tuple[AccuracySamples, str]:
    """Ask one task's questions and keep the outcome of each.

    Log-probabilities are lm-eval's own: taken in fp32 from the model's logits, summed over the tokens of a choice.

    Args:
        model: The model on its device.
        tokenizer: Its tokenizer.
        questions: The task.
        with_texts: Whether to keep what was asked and generated.

    Returns:
        The outcomes, and the engine with its version.

    Raises:
        ValueError: If lm-eval's task is scored by something other than right and wrong.
    """
    from lm_eval.evaluator import evaluate
    from lm_eval.models.huggingface import HFLM

    device = next(model.parameters()).device
    batch = max(1, min(LARGEST_BATCH, BATCH_TOKENS[device.type] // questions.longest_tokens()))
    with _left_untied(model):
        engine = HFLM(
            pretrained=model,
            tokenizer=tokenizer,
            batch_size=batch,
            softmax_dtype="float32",
            device=str(device),
        )
    # The whole file was cut to the items wanted already; only lm-eval's own tasks are cut here.
    limit = None if questions.items is not None else questions.asked.first
    found = evaluate(
        lm=engine,
        task_dict={"tasks": questions.tasks, "groups": {}},
        limit=limit,
        bootstrap_iters=0,
        log_samples=True,
    )
    samples = [
        (name, sample)
        for name in questions.tasks
        for sample in sorted(_first_filter(found["samples"][name]), key=lambda s: int(s["doc_id"]))
    ]
    ids, groups = _names(questions, samples)
    task = next(iter(questions.tasks.values()))
    choices = task.OUTPUT_TYPE == "multiple_choice"
    outcomes = _choices(questions, samples) if choices else _answers(questions, samples)
    texts = [_text(questions, *named) for named in samples] if with_texts else None
    return AccuracySamples(ids=ids, groups=groups, outcomes=outcomes, texts=texts), f"lm-eval {version('lm_eval')}"


@contextmanager
def _left_untied(model: nn.Module) -> Iterator[None]:
    """Keep lm-eval from tying the output head to the embedding again, which would undo a quantized head."""
    model.tie_weights = lambda *_, **__: None  # type: ignore[assignment]
    try:
        yield
    finally:
        del model.tie_weights


def normalised(text: str) -> str:
    """Text without differences of case, width, spacing, and of quotes, brackets and sentence marks around words.

    Signs stay: `-5` is not `5`, and `C++` is not `C`.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = (word.lstrip(OPENING).rstrip(CLOSING) for word in folded.split())
    return " ".join(word for word in words if word)


def answers(generated: str, answer: str) -> bool:
    """Whether the first line that was generated is the answer or begins with it, as whole words, once normalised."""
    said, right = normalised(generated.strip().split("\n")[0]), normalised(answer)
    if not right:
        return generated.strip() == answer.strip()
    return said == right or said.startswith(right + " ")


def _first_filter(samples: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The samples of a task's first filter: a task may score the same output several times."""
    return [sample for sample in samples if sample["filter"] == samples[0]["filter"]]


def _names(questions: Questions, samples: list[tuple[str, dict[str, Any]]]) -> tuple[list[str], list[str]]:
    if questions.items is not None:
        return [item.id for item in questions.items.items], [item.group for item in questions.items.items]
    ids = [f"{name}-{sample['doc_id']}" for name, sample in samples]
    return ids, [name for name, _ in samples] if len(questions.tasks) > 1 else ids


def _choices(questions: Questions, samples: list[tuple[str, dict[str, Any]]]) -> ChoiceOutcomes:
    rows, right, lengths = [], [], []
    for name, sample in samples:
        task = questions.tasks[name]
        choices = [str(choice) for choice in task.doc_to_choice(sample["doc"])]
        # lm-eval may ask for more after the choices themselves, such as their probability without the question.
        rows.append([_log_probability(response[0]) for response in sample["filtered_resps"][: len(choices)]])
        right.append(right_choice(name, task, sample["doc"]))
        lengths.append([max(1, len(choice)) for choice in choices])
    scoring = questions.asked.scoring if questions.items else lm_eval_scoring(next(iter(questions.tasks.values())))
    return ChoiceOutcomes(scoring=scoring, answers=right, logprobs_nats=rows, characters=lengths)


def _log_probability(value: float) -> float:
    if not math.isfinite(value):
        raise KnownProblem("the scheme's log-probabilities are not finite")
    # A sum of fp32 roundings can end a hair above 0.
    return min(0.0, round(value, 6))


def _answers(questions: Questions, samples: list[tuple[str, dict[str, Any]]]) -> AnswerOutcomes:
    if questions.items is not None:
        pairs = [
            (sample["filtered_resps"][0], item.answer)
            for (_, sample), item in zip(samples, questions.items.items, strict=True)
        ]
        return AnswerOutcomes(
            right=[answers(said, answer) for said, answer in pairs],
            exact=[said.strip() == answer.strip() for said, answer in pairs],
        )
    metrics = list(dict.fromkeys(["acc", "exact_match", *(m for _, sample in samples for m in sample["metrics"])]))
    for metric in metrics:
        values = [sample.get(metric) for _, sample in samples]
        if all(value in (0, 1) for value in values):
            return AnswerOutcomes(right=[bool(value) for value in values], exact=None)
    raise ValueError(f"the task is scored by {', '.join(metrics[2:])}, none of which is right or wrong for every item")


def _text(questions: Questions, name: str, sample: dict[str, Any]) -> ItemText:
    task = questions.tasks[name]
    choices = [str(c) for c in task.doc_to_choice(sample["doc"])] if task.OUTPUT_TYPE == "multiple_choice" else []
    right = choices[right_choice(name, task, sample["doc"])] if choices else str(sample["target"])
    generated = str(sample["filtered_resps"][0]) if task.OUTPUT_TYPE == "generate_until" else None
    return ItemText(
        prompt=str(task.doc_to_text(sample["doc"])),
        choices=choices,
        answer=right,
        generated=generated,
    )
