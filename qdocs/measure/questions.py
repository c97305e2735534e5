"""How does lm-eval come to know a task, and what does the record say of it?"""

from __future__ import annotations

import difflib
import hashlib
import json
import logging
from typing import Any

from qdocs.errors import QdocsError, Stopped, WrongUse
from qdocs.record import Task
from qdocs.tasks.asked import BUNDLED, Asked
from qdocs.tasks.items import Items

# A generated answer may be longer than the right one by so many tokens, and twice as long, before it is cut.
SPARE_TOKENS = 16
OUTPUTS = {"multiple_choice": "choices", "generate_until": "answer", "loglikelihood": "answer"}


class Questions:
    """One task as lm-eval runs it: its own objects by their names, and what is known of the items beforehand."""

    def __init__(self, asked: Asked, items: Items | None, tasks: dict[str, Any], tokenizer: Any) -> None:
        self.asked = asked
        self.items = items
        self.tasks = tasks
        self._tokenizer = tokenizer

    def longest_tokens(self) -> int:
        """About how many tokens the longest question has, examples in front of it included."""
        longest = 1
        for task in self.tasks.values():
            shots = 1 + (task.config.num_fewshot or 0)
            texts = [str(task.doc_to_text(doc)) + " " + max(_endings(task, doc), key=len) for doc in task.eval_docs]
            longest = max(longest, shots * max(map(len, self._tokenizer(texts)["input_ids"])))
        return longest

    def described(self) -> Task:
        """What the record says of the task."""
        asked = self.asked
        if self.items is not None:
            return described_items(asked, self.items)
        docs = [(name, task, doc) for name, task in self.tasks.items() for doc in _docs(asked, task)]
        first = next(iter(self.tasks.values()))
        choices = first.OUTPUT_TYPE == "multiple_choice"
        for name, task, doc in docs:
            if choices:
                right_choice(name, task, doc)
        content = [
            [name, str(task.doc_to_text(doc)), str(task.doc_to_target(doc)), _endings(task, doc)]
            for name, task, doc in docs
        ]
        return Task(
            name=asked.name,
            title=asked.title,
            source="lm-eval",
            format="choices" if choices else "answer",
            scoring=lm_eval_scoring(first) if choices else None,
            chance=sum(1 / len(_endings(task, doc)) for _, task, doc in docs) / len(docs) if choices else None,
            items=len(docs),
            groups=len(self.tasks) if len(self.tasks) > 1 else len(docs),
            items_sha256=hashlib.sha256(json.dumps(content).encode()).hexdigest(),
            reasons={} if choices else NO_CHOICES,
        )


NO_CHOICES = dict.fromkeys(("scoring", "chance"), "the task has no choices")


def questions(asked: Asked, tokenizer: Any) -> Questions:
    """Give a task to lm-eval.

    A reader's items are handed over in memory: no library keeps a copy of them.

    Raises:
        InvalidItems: If its file is not right.
        WrongUse: If lm-eval has no task of the name, or it is scored by something other than right and wrong.
        Stopped: If lm-eval cannot load it here.
    """
    logging.getLogger("lm_eval").setLevel(logging.ERROR)
    if asked.file is None:
        return Questions(asked, None, _by_name(asked), tokenizer)
    items = asked.items()
    return Questions(asked, items, _load(asked, _config(asked, items, tokenizer)), tokenizer)


def misfits(asked: Asked, tokenizer: Any, context_tokens: int) -> list[str]:
    """What is wrong with the items of a file for this model: too long for its context, or too short to predict.

    Args:
        asked: A task that has a file.
        tokenizer: The model's.
        context_tokens: How many tokens the model reads.

    Returns:
        Problems, each with its line.
    """
    problems = []
    items = asked.items()
    generated = _answer_tokens(items, tokenizer) if items.format == "answer" else 0
    for item in items.items:
        where = f"{items.file}, line {item.line}"
        if items.format == "text":
            # A long text is read in windows; a single token leaves nothing to predict.
            if len(tokenizer(item.text, add_special_tokens=False, verbose=False)["input_ids"]) < 2:
                problems.append(f"{where}: a single token; a text needs two, one to predict the other")
            continue
        if items.format == "choices":
            whole = [f"{item.prompt} {choice}" for choice in item.choices]
            tokens = max(map(len, tokenizer(whole, verbose=False)["input_ids"]))
        else:
            tokens = len(tokenizer(item.prompt, verbose=False)["input_ids"]) + generated
        if tokens > context_tokens:
            problems.append(f"{where}: {tokens:,} tokens, the model reads {context_tokens:,}; shorten the prompt")
    return problems


def context_of(config: Any, tokenizer: Any) -> int:
    """How many tokens a model reads, as lm-eval finds it."""
    from lm_eval.models.utils import resolve_max_length

    return int(resolve_max_length(config, tokenizer))


def right_choice(name: str, task: Any, doc: Any) -> int:
    """The index of the right choice.

    Raises:
        WrongUse: If the task has several right choices, or none.
    """
    # A task that puts each choice into the prompt says there which one is right.
    target = task.doc_to_text(doc) if task.multiple_input else task.doc_to_target(doc)
    choices = _endings(task, doc)
    if isinstance(target, str) and target in choices:
        target = choices.index(target)
    if not isinstance(target, int) or not 0 <= target < len(choices):
        raise WrongUse(f"task {name} of lm-eval: expected one right choice an item, got {target!r:.80}")
    return target


def lm_eval_scoring(task: Any) -> Any:
    """By characters where lm-eval's task asks for `acc_norm`, else by the sum."""
    return "characters" if any(m["metric"] == "acc_norm" for m in task.config.metric_list or []) else "sum"


def described_items(asked: Asked, items: Items) -> Task:
    """What the record says of a task that has a file; lm-eval is not needed for it."""
    return Task(
        name=asked.name,
        title=asked.title,
        source=asked.source,
        format=items.format,
        scoring=asked.scoring if items.format == "choices" else None,
        chance=items.chance,
        items=len(items.items),
        groups=len({item.group for item in items.items}),
        items_sha256=items.sha256,
        reasons={} if items.format == "choices" else NO_CHOICES,
    )


def _config(asked: Asked, items: Items, tokenizer: Any) -> dict[str, Any]:
    """The task's configuration: that of its kind's YAML, with the items in memory."""
    from datasets import Dataset

    rows = [item.row() for item in items.items]
    shared = {
        "task": asked.name,
        "custom_dataset": lambda **_: {"test": Dataset.from_list(rows)},
        "test_split": "test",
        # The name of a column: lm-eval would read a template that gives digits as a number.
        "doc_to_text": "prompt",
    }
    if items.format == "choices":
        return shared | {
            "output_type": "multiple_choice",
            "doc_to_choice": "choices",
            "doc_to_target": "{{choices.index(answer)}}",
            # A prompt that ends a line, as chat templates do, is not followed by a space.
            "target_delimiter": "" if all(item.prompt[-1:].isspace() for item in items.items) else " ",
            "metric_list": [{"metric": "acc", "aggregation": "mean", "higher_is_better": True}],
        }
    return shared | {
        "output_type": "generate_until",
        "doc_to_target": "answer",
        "generation_kwargs": {"until": ["\n"], "max_gen_toks": _answer_tokens(items, tokenizer), "do_sample": False},
        "metric_list": [{"metric": "exact_match", "aggregation": "mean", "higher_is_better": True}],
    }


def _answer_tokens(items: Items, tokenizer: Any) -> int:
    """How many tokens are generated at the most for any answer of a file."""
    return 2 * max(len(tokenizer(item.answer)["input_ids"]) for item in items.items) + SPARE_TOKENS


def _load(asked: Asked, config: dict[str, Any]) -> dict[str, Any]:
    from lm_eval.tasks import TaskManager

    return _ready(TaskManager(include_defaults=False).load([config])["tasks"])


def _by_name(asked: Asked) -> dict[str, Any]:
    from lm_eval.tasks import TaskManager

    manager = TaskManager()
    if asked.title not in manager.all_tasks:
        near = difflib.get_close_matches(asked.title, [*BUNDLED, *manager.all_tasks], n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise WrongUse(
            f"unknown task {asked.title!r}: neither bundled ({', '.join(BUNDLED)}), nor a .jsonl file that is there, "
            f"nor a task of lm-eval{hint}"
        )
    try:
        tasks = _ready(manager.load([asked.title])["tasks"])
    except QdocsError:
        raise
    except Exception as error:
        raise Stopped(
            f"lm-eval cannot load the task {asked.title} here: {type(error).__name__}: {error}. Its data come from a "
            "hub: check the network, or give the items as a .jsonl file"
        ) from None
    for name, task in tasks.items():
        if task.OUTPUT_TYPE not in OUTPUTS or OUTPUTS[task.OUTPUT_TYPE] != OUTPUTS.get(
            next(iter(tasks.values())).OUTPUT_TYPE
        ):
            raise WrongUse(f"task {name} of lm-eval is of type {task.OUTPUT_TYPE}; expected {', '.join(OUTPUTS)}")
    return tasks


def _ready(tasks: dict[str, Any]) -> dict[str, Any]:
    """The settings that lm-eval's own entry point makes."""
    for task in tasks.values():
        if task.get_config("num_fewshot") is None:
            task.set_config(key="num_fewshot", value=0)
        task.set_fewshot_seed(seed=1234)
    return dict(tasks)


def _docs(asked: Asked, task: Any) -> list[Any]:
    return list(task.eval_docs)[: asked.first]


def _endings(task: Any, doc: Any) -> list[str]:
    if task.OUTPUT_TYPE == "multiple_choice":
        return [str(choice) for choice in task.doc_to_choice(doc)]
    return [str(task.doc_to_target(doc))]
