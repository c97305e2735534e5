"""Is divergence what its formula says, is it nothing for equal models, and are the tokens fixed?"""

from __future__ import annotations

import copy
import math
from pathlib import Path

import pytest
import torch

from qdocs.measure.corpus import texts, windows
from qdocs.measure.fidelity import compare, measure_fidelity, perplexity
from qdocs.models import load
from qdocs.record import FidelitySpec, FidelityWorkload

WORK = FidelityWorkload(window_tokens=32, windows_per_corpus=2)


class Fixed(torch.nn.Module):
    """A model that answers with fixed logits."""

    def __init__(self, logits: list[list[float]]) -> None:
        super().__init__()
        self.logits = torch.tensor([logits])

    def forward(self, input_ids: torch.Tensor, use_cache: bool) -> Fixed:
        return self


def test_compare_by_hand() -> None:
    # Two positions over a vocabulary of two; the third position has no next token and is not scored.
    baseline = Fixed([[0.0, 0.0], [math.log(3), 0.0], [9.0, 9.0]])
    scheme = Fixed([[math.log(3), 0.0], [0.0, math.log(3)], [0.0, 5.0]])
    found = compare(baseline, scheme, torch.tensor([[0, 1, 0]]))
    first = 0.5 * math.log(0.5 / 0.75) + 0.5 * math.log(0.5 / 0.25)
    second = 0.75 * math.log(0.75 / 0.25) + 0.25 * math.log(0.25 / 0.75)
    assert found["kl_nats"] == pytest.approx([first, second], abs=1e-6)
    assert found["top1_agrees"] == [True, False]
    assert found["nll_baseline_nats"] == pytest.approx([math.log(2), -math.log(0.75)], abs=1e-6)
    assert found["nll_nats"] == pytest.approx([-math.log(0.25), -math.log(0.25)], abs=1e-6)


def test_a_model_beside_itself_is_exactly_equal_and_beside_a_changed_one_is_not(tiny: Path) -> None:
    model, tokenizer = load(tiny, "cpu")
    same = measure_fidelity(model, model, tokenizer, WORK, lambda text: None)
    assert all(set(part.kl_nats) == {0.0} and all(part.top1_agrees) for part in same.corpora.values())
    changed = copy.deepcopy(model)
    changed.model.layers[0].mlp.up_proj.weight.data *= -1
    other = measure_fidelity(model, changed, tokenizer, WORK, lambda text: None)
    assert all(min(part.kl_nats) > 0 for part in other.corpora.values())
    spec = FidelitySpec(model="tiny", scheme="x", backend="cpu", mode="eager", repeat=1, workload=WORK)
    summary = spec.summarize(other)["overall"]
    assert summary.positions == 2 * 2 * 31
    assert summary.perplexity == pytest.approx(perplexity(changed, tokenizer, WORK), rel=1e-4)
    assert summary.perplexity_baseline == pytest.approx(perplexity(model, tokenizer, WORK), rel=1e-4)


def test_corpora_are_the_pinned_texts_and_their_windows_do_not_overlap(tiny: Path) -> None:
    both = texts()
    assert both.keys() == {"english", "code"}
    assert "def " in both["code"]
    assert ">>>" not in both["english"][:2000]
    _, tokenizer = load(tiny, "cpu")
    ids = tokenizer(both["code"], add_special_tokens=False)["input_ids"]
    chosen = windows(both["code"], tokenizer, 64, 8)
    stride = len(ids) // 8
    assert stride > 64
    assert chosen == [ids[i * stride : i * stride + 64] for i in range(8)]
