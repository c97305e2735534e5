"""How did each scheme change the answers, text by text and item by item?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qdocs.paired import Change, Outcomes, at_chance, holm_adjusted, mean_change, paired_change, spearman_change
from qdocs.record import (
    BASELINE,
    AccuracyCell,
    AccuracyResult,
    AccuracySamples,
    EmbeddingCell,
    EmbeddingResult,
    EmbeddingSamples,
    Run,
    Task,
    TextCell,
    TextResult,
    TextSamples,
    read_samples,
)
from qdocs.stats import Interval
from qdocs.verdict import Direction, direction, verdict


@dataclass(frozen=True)
class Answers:
    """One scheme's answers to one task; `change` is `None` for the baseline, and where the baseline has none.

    `at_chance` is whether the baseline may be guessing: then accuracy can show nothing, and the margin alone is judged.
    """

    task: Task
    scheme: str
    result: AccuracyResult
    change: Change | None
    at_chance: bool

    @property
    def verdict(self) -> str:
        """The change in plain words."""
        if self.change is None:
            return "the baseline" if self.scheme == BASELINE else f"not compared: {BASELINE} has no result"
        return verdict(self.change, self.at_chance, unit=self.margin_unit or "nats")

    @property
    def margin_unit(self) -> str | None:
        """Of the margin, by how the task is scored; `None` for a task without choices."""
        return {"sum": "nats", "characters": "nats a character", None: None}[self.task.scoring]

    @property
    def direction(self) -> Direction:
        """Which way the scheme went, as far as was seen."""
        return direction(self.change, self.at_chance) if self.change else "unseen"


@dataclass(frozen=True)
class Texts:
    """One scheme on one file of texts; `perplexity_ratio` has its interval over texts."""

    task: Task
    scheme: str
    result: TextResult
    perplexity_ratio: Interval


@dataclass(frozen=True)
class Placement:
    """One scheme's sentence vectors on the bundled texts.

    `recall` pairs right and wrong first passages; the intervals are of the change against the baseline, `None` for the
    baseline and where it has no result.
    """

    scheme: str
    result: EmbeddingResult
    recall: Change | None
    mrr: Interval | None
    ndcg: Interval | None
    margin: Interval | None
    spearman: Interval | None

    @property
    def verdict(self) -> str:
        """The change in retrieval in plain words."""
        if self.recall is None:
            return "the baseline" if self.scheme == BASELINE else f"not compared: {BASELINE} has no result"
        return verdict(self.recall, at_chance=False, noun="recall@1")

    @property
    def direction(self) -> Direction:
        """Which way retrieval went, as far as was seen."""
        return direction(self.recall, at_chance=False) if self.recall else "unseen"


def answers(run: Run, folder: Path) -> list[Answers]:
    """Every task by every scheme, in the order of the plan.

    McNemar's p is corrected over all tasks and schemes of the run that are judged by accuracy.

    Args:
        run: The run.
        folder: Its folder, for the samples.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    samples: dict[tuple[str, str], AccuracySamples] = {}
    results: dict[tuple[str, str], AccuracyResult] = {}
    for cell in run.cells:
        if isinstance(cell, AccuracyCell) and cell.outcome.state == "measured":
            key = (cell.workload.task, cell.scheme)
            results[key] = cell.outcome.result
            samples[key] = read_samples(folder, cell.outcome.result.samples, AccuracySamples)
    made = []
    for task_name, scheme in _in_order(run, results):
        task = run.tasks[task_name]
        baseline = samples.get((task_name, BASELINE))
        change, guessing = None, False
        if baseline is not None:
            before = _outcomes(baseline)
            guessing = task.chance is not None and at_chance(before.correct, before.groups, task.chance)
            if scheme != BASELINE:
                change = paired_change(before, _outcomes(samples[task_name, scheme]))
        made.append(Answers(task, scheme, results[task_name, scheme], change, guessing))
    judged = [index for index, one in enumerate(made) if one.change is not None and not one.at_chance]
    corrected = holm_adjusted([made[index].change for index in judged])  # type: ignore[misc]
    for index, adjusted in zip(judged, corrected, strict=True):
        made[index] = replace(made[index], change=adjusted)
    return made


def texts(run: Run, folder: Path) -> list[Texts]:
    """Every file of texts by every scheme, in the order of the plan.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    results = {
        (cell.workload.task, cell.scheme): cell.outcome.result
        for cell in run.cells
        if isinstance(cell, TextCell) and cell.outcome.state == "measured"
    }
    made = []
    for task_name, scheme in _in_order(run, results):
        result = results[task_name, scheme]
        found = read_samples(folder, result.samples, TextSamples)
        groups = [group for group, count in zip(found.groups, found.positions, strict=True) for _ in range(count)]
        change = mean_change(found.corpus.nll_baseline_nats, found.corpus.nll_nats, groups)
        ratio = Interval(math.exp(change.value), math.exp(change.low), math.exp(change.high), change.basis)
        made.append(Texts(run.tasks[task_name], scheme, result, ratio))
    return made


def placements(run: Run, folder: Path) -> list[Placement]:
    """Sentence vectors of every scheme, in the order of the plan; p is corrected over the schemes.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    results = {
        (cell.slug, cell.scheme): cell.outcome.result
        for cell in run.cells
        if isinstance(cell, EmbeddingCell) and cell.outcome.state == "measured"
    }
    samples = {key: read_samples(folder, result.samples, EmbeddingSamples) for key, result in results.items()}
    made = []
    for slug, scheme in _in_order(run, results):
        result, baseline = results[slug, scheme], samples.get((slug, BASELINE))
        if scheme == BASELINE or baseline is None:
            made.append(Placement(scheme, result, None, None, None, None, None))
        else:
            made.append(_placement(scheme, result, baseline, samples[slug, scheme]))
    judged = [index for index, one in enumerate(made) if one.recall is not None]
    for index, adjusted in zip(judged, holm_adjusted([made[i].recall for i in judged]), strict=True):  # type: ignore[misc]
        made[index] = replace(made[index], recall=adjusted)
    return made


def _placement(scheme: str, result: EmbeddingResult, baseline: EmbeddingSamples, found: EmbeddingSamples) -> Placement:
    before, after = baseline.queries, found.queries
    groups = before.groups
    ranked = result.spearman is not None and baseline.pairs.spearman() is not None
    pairs = found.pairs
    return Placement(
        scheme,
        result,
        recall=paired_change(Outcomes(before.correct(), None, groups), Outcomes(after.correct(), None, groups)),
        mrr=mean_change(before.reciprocal_ranks(), after.reciprocal_ranks(), groups, largest=1),
        ndcg=mean_change(before.ndcg(), after.ndcg(), groups, largest=1),
        margin=mean_change(before.margin, after.margin, groups),
        spearman=spearman_change(pairs.grade, baseline.pairs.cosine, pairs.cosine, pairs.groups) if ranked else None,
    )


def _outcomes(samples: AccuracySamples) -> Outcomes:
    found = samples.outcomes
    return Outcomes(found.correct(samples.ids), found.margins_nats(), samples.groups)


def _in_order(run: Run, results: Any) -> Sequence[tuple[str, str]]:
    """Keys of task (or workload) and scheme: tasks as planned, within each the schemes as planned."""
    keys = list(results)
    schemes = list(dict.fromkeys(spec.scheme for spec in run.plan))
    tasks = list(dict.fromkeys(key[0] for key in keys))
    named = [name for name in run.tasks if name in tasks] or tasks
    return sorted(keys, key=lambda key: (named.index(key[0]), schemes.index(key[1])))
