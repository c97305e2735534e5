"""How much should each thing weigh that speaks for a section? `make tutor-fit` finds it, with what is not held out.

Which section comes first is a conditional logit over the sections that were looked at, whether an answer is given a
logistic regression over the numbers of the first one; both with a ridge. They go to `docs/data/tutor-weights.json`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logsumexp, softmax

from qdocs.publish.tutor import WEIGHTS
from tests.tutor.evaluate import SITE, evaluate

RIDGE = 0.02
# The page at hand is preferred a little; no question here knows of a page.
HERE = 0.4
# An answer where there is none misleads, a refusal still names the nearest sections: so much more the former counts.
MISLEADS = 1.4
# Of what the best section has, these speak for an answer; its place among others does not.
GIVES = ("whole", "asked", "like", "place", "pairs", "heading", "exact")
# And these of the question: the share of it that the guide never says, and its length.
OF_QUESTION = ("unknown", "long")


def rank(questions: list[dict[str, Any]], names: list[str]) -> NDArray[np.float64]:
    """Weights by which a section that answers comes first."""
    groups = []
    for question in questions:
        answers = np.array([one["answers"] for one in question["sections"]])
        if answers.any():
            groups.append((np.array([[one["numbers"][n] for n in names] for one in question["sections"]]), answers))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        missed, slope = 0.0, np.zeros(len(names))
        for x, answers in groups:
            odds = x @ weights
            missed += logsumexp(odds) - logsumexp(odds[answers])
            slope += softmax(odds) @ x - softmax(odds[answers]) @ x[answers]
        many = len(groups)
        return missed / many + RIDGE * weights @ weights / 10, slope / many + RIDGE * weights / 5

    return np.asarray(minimize(loss, np.zeros(len(names)), jac=True).x)


def give(rows: NDArray[np.float64], answered: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights for an answer by the numbers of the best section; the first column is 1."""
    counts = np.where(answered == 1, 1.0, MISLEADS)

    def loss(weights: NDArray[np.float64]) -> float:
        odds = rows @ weights
        missed = np.logaddexp(0, odds) - answered * odds
        return float((counts * missed).mean() + RIDGE * weights[1:] @ weights[1:] / 10)

    return np.asarray(minimize(loss, np.zeros(rows.shape[1])).x)


def main() -> int:
    """Fit, keep the weights, and say how often each part is right on what it was fitted to."""
    questions: list[dict[str, Any]] = [one for one in evaluate(SITE, "--features") if one["sections"]]
    names = [name for name in questions[0]["sections"][0]["numbers"] if name != "here"]
    by_rank = rank(questions, names)
    rows, answered = [], []
    for question in questions:
        odds = [sum(w * one["numbers"][n] for w, n in zip(by_rank, names, strict=True)) for one in question["sections"]]
        best = question["sections"][int(np.argmax(odds))]
        rows.append([1.0, *(best["numbers"][name] for name in GIVES), *(question[name] for name in OF_QUESTION)])
        answered.append(float(any(one["answers"] for one in question["sections"])))
    by_give = give(np.array(rows), np.array(answered))
    weights = {
        "rank": {**dict(zip(names, by_rank.round(2).tolist(), strict=True)), "here": HERE},
        "give": dict(zip(("bias", *GIVES, *OF_QUESTION), by_give.round(2).tolist(), strict=True)),
    }
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    given = expit(np.array(rows) @ by_give) > 0.5
    print(f"given as it should be: {(given == np.array(answered)).mean():.3f} of {len(answered)} questions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
