"""Which rows do a run's answers, texts and sentence vectors come to?

Changes of shares and scores are in points: 1 point is 0.01. Missing numbers are `None`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import pandas as pd

from qdocs.changes import Answers, Placement, Texts
from qdocs.paired import detectable_fall
from qdocs.publish import words
from qdocs.publish.frames import Row, covered, tidy
from qdocs.publish.runs import FoundRun
from qdocs.record import BASELINE, AccuracySpec, AnySpec, EmbeddingWorkload
from qdocs.stats import Interval
from qdocs.tasks.asked import PREFERENCE
from qdocs.verdict import accuracy_direction, margin_direction

One = TypeVar("One", Answers, Texts, Placement)
# name in the frame: how a page calls it
SCORES = {"recall_at_1": "recall@1", "mrr_at_10": "MRR@10", "ndcg_at_10": "nDCG@10", "spearman": "Spearman"}


def accuracy(found: FoundRun) -> pd.DataFrame:
    """One row a task and scheme: accuracy and margin, their change, flips, what would have been seen, the verdict.

    `accuracy_baseline` is `None` where the baseline has no result; margins are in `margin_unit`. Preference pairs have
    a frame of their own: they ask what is liked, not what is right.
    """
    rows = answered(found)
    return rows if rows.empty else rows[rows["task"] != PREFERENCE].reset_index(drop=True)


def preference(found: FoundRun) -> pd.DataFrame:
    """The same of preference pairs, one row a scheme."""
    rows = answered(found)
    return rows if rows.empty else rows[rows["task"] == PREFERENCE].reset_index(drop=True)


def answered(found: FoundRun) -> pd.DataFrame:
    """The rows of `accuracy` and `preference` together."""
    baselines = {one.task.name: one.result.accuracy for one in found.answers if one.scheme == BASELINE}
    return tidy([_answers(found, one, baselines) for one in _in_order(found, found.answers)])


def how_many(row: Row) -> str:
    """How many items a row is of, from how many templates; pairs are of themes."""
    if row["task"] != PREFERENCE:
        return words.asked(row["items"], row["templates"])
    return words.asked(row["items"], row["templates"], "pair").replace("template", "theme")


def asks_task(spec: AnySpec) -> bool:
    """Whether a cell asks what is right."""
    return isinstance(spec, AccuracySpec) and not asks_preference(spec)


def asks_preference(spec: AnySpec) -> bool:
    """Whether a cell asks which of two answers is preferred."""
    return isinstance(spec, AccuracySpec) and spec.workload.task == PREFERENCE


def texts(found: FoundRun) -> pd.DataFrame:
    """One row a file of texts and scheme: closeness over all positions, perplexity ratio with its interval."""
    rows: list[Row] = []
    for one in _in_order(found, found.texts):
        ratio = one.perplexity_ratio
        rows.append(
            {
                **_where(found),
                "task": one.task.name,
                "title": one.task.title,
                "items": one.result.items,
                "scheme": one.scheme,
                **one.result.overall.model_dump(exclude={"reasons", "perplexity_ratio"}),
                "perplexity_ratio": ratio.value,
                "perplexity_ratio_low": ratio.low,
                "perplexity_ratio_high": ratio.high,
                "interval_basis": ratio.basis,
                **covered(found, one.scheme),
            }
        )
    return tidy(rows)


def embedding(found: FoundRun) -> pd.DataFrame:
    """One row a set of texts and scheme: closeness of vectors, retrieval and ranking, and their change."""
    sizes = {s.workload.data_sha256: s.workload for s in found.run.plan if s.kind == "embedding"}
    return tidy([_placement(found, one, sizes[one.result.data_sha256]) for one in _in_order(found, found.placements)])


def _answers(found: FoundRun, one: Answers, baselines: dict[str, float]) -> Row:
    task, result, change = one.task, one.result, one.change
    margin = change.margin_change_nats if change else None
    drop = change.detectable_drop if change else None
    judged = change is not None and not one.at_chance
    return {
        **_where(found),
        "task": task.name,
        "title": task.title,
        "source": task.source,
        "format": task.format,
        "scoring": task.scoring,
        "items": result.items,
        "templates": result.groups,
        "chance": task.chance,
        "at_chance": one.at_chance,
        "scheme": one.scheme,
        "accuracy_baseline": baselines.get(task.name),
        "accuracy": result.accuracy,
        "exact_accuracy": result.exact_accuracy,
        **_change("accuracy_change", change.accuracy_change if change else None, "_points", 100),
        "accuracy_basis": change.accuracy_change.basis if change else None,
        "accuracy_direction": accuracy_direction(change) if change and judged else None,
        "margin_mean_nats": result.margin_mean_nats,
        **_change("margin_change", margin, "_nats", 1),
        "margin_basis": margin.basis if margin else None,
        "margin_detectable_fall_nats": detectable_fall(margin) if margin else None,
        "margin_direction": margin_direction(change) if change and margin else None,
        "margin_unit": one.margin_unit,
        "lost": change.lost if change else None,
        "gained": change.gained if change else None,
        "p_mcnemar": change.p_mcnemar if change else None,
        "p_holm": change.p_holm if change else None,
        "detectable_drop_points": 100 * drop if judged and drop is not None else None,
        "ties": result.ties,
        "direction": one.direction if change else None,
        "verdict": one.verdict,
        **covered(found, one.scheme),
    }


def _placement(found: FoundRun, one: Placement, workload: EmbeddingWorkload) -> Row:
    result, recall = one.result, one.recall
    changes = {
        "recall_at_1": recall.accuracy_change if recall else None,
        "mrr_at_10": one.mrr,
        "ndcg_at_10": one.ndcg,
        "spearman": one.spearman,
    }
    drop = recall.detectable_drop if recall else None
    row: Row = {
        **_where(found),
        **workload.model_dump(),
        "query_templates": result.query_groups,
        "pair_templates": result.pair_groups,
        "scheme": one.scheme,
        "cosine_mean": result.cosine_mean,
        "cosine_median": result.cosine_median,
        "cosine_min": result.cosine_min,
        "overlap_at_10": result.overlap_at_10,
        "top1_agreement": result.top1_agreement,
    }
    for name, interval in changes.items():
        row |= {
            name: getattr(result, name),
            **_change(f"{name}_change", interval, "_points", 100),
            f"{name}_basis": interval.basis if interval else None,
        }
    return row | {
        "spearman_note": result.reasons.get("spearman", ""),
        "margin_mean": result.margin_mean,
        **_change("margin_change", one.margin, "", 1),
        "lost": recall.lost if recall else None,
        "gained": recall.gained if recall else None,
        "p_mcnemar": recall.p_mcnemar if recall else None,
        "p_holm": recall.p_holm if recall else None,
        "detectable_drop_points": 100 * drop if drop is not None else None,
        "direction": one.direction if recall else None,
        "verdict": one.verdict,
        **covered(found, one.scheme),
    }


def _where(found: FoundRun) -> Row:
    # A run is of one model on one device; what is compared here is measured in eager mode.
    return {"model": found.run.plan[0].model, "backend": found.run.environment.device.backend, "mode": "eager"}


def _in_order(found: FoundRun, results: Sequence[One]) -> list[One]:
    """Tasks in their order, within each the schemes in the order to show them."""
    tasks = list(found.run.tasks)

    def place(one: One) -> tuple[int, int]:
        task = 0 if isinstance(one, Placement) else tasks.index(one.task.name)
        return task, found.schemes.index(one.scheme)

    return sorted(results, key=place)


def _change(name: str, interval: Interval | None, unit: str, scale: float) -> Row:
    return {
        f"{name}{unit}": scale * interval.value if interval else None,
        f"{name}_low{unit}": scale * interval.low if interval else None,
        f"{name}_high{unit}": scale * interval.high if interval else None,
    }
