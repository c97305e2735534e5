"""How close does a scheme stay to the baseline on the same tokens?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from qdocs.measure.corpus import texts, windows
from qdocs.record import CorpusSamples, FidelitySamples, FidelityWorkload


def measure_fidelity(
    baseline: nn.Module,
    model: nn.Module,
    tokenizer: Any,
    workload: FidelityWorkload,
    say: Callable[[str], None],
) -> FidelitySamples:
    """Run both models over the same windows and compare them position by position.

    The divergence is KL(baseline ‖ scheme) = Σ p_b (log p_b - log p_s) over the vocabulary, in nats, from
    log-probabilities taken in fp32 from the logits.

    Args:
        baseline: The model as published.
        model: The scheme's model, on the same device.
        tokenizer: Theirs.
        workload: Windows.
        say: Told what is going on.
    """
    device = next(baseline.parameters()).device
    corpora: dict[str, CorpusSamples] = {}
    for corpus, text in texts().items():
        chosen = windows(text, tokenizer, workload.window_tokens, workload.windows_per_corpus)
        columns: dict[str, list[Any]] = {"kl_nats": [], "top1_agrees": [], "nll_baseline_nats": [], "nll_nats": []}
        for index, window in enumerate(chosen):
            say(f"{corpus}, window {index + 1} of {len(chosen)}")
            for name, values in compare(baseline, model, torch.tensor([window], device=device)).items():
                columns[name] += values
        digest = hashlib.sha256(json.dumps(chosen).encode()).hexdigest()
        corpora[corpus] = CorpusSamples(tokens_sha256=digest, **columns)
    return FidelitySamples(corpora=corpora)


@torch.no_grad()
def compare(baseline: nn.Module, model: nn.Module, ids: torch.Tensor) -> dict[str, list[Any]]:
    """Compare two models on `[1, length]` token ids; each list has `length - 1` entries, nats where a number."""
    ours = torch.log_softmax(baseline(input_ids=ids, use_cache=False).logits[0, :-1].float(), dim=-1)
    theirs = torch.log_softmax(model(input_ids=ids, use_cache=False).logits[0, :-1].float(), dim=-1)
    target = ids[0, 1:, None]
    divergence = (ours.exp() * (ours - theirs)).sum(dim=-1)
    return {
        "kl_nats": _rounded(divergence),
        "top1_agrees": (ours.argmax(-1) == theirs.argmax(-1)).tolist(),
        "nll_baseline_nats": _rounded(-ours.gather(1, target)[:, 0]),
        "nll_nats": _rounded(-theirs.gather(1, target)[:, 0]),
    }


def perplexity(model: nn.Module, tokenizer: Any, workload: FidelityWorkload) -> float:
    """Perplexity of one model over the windows of all corpora."""
    total, count = 0.0, 0
    for text in texts().values():
        for window in windows(text, tokenizer, workload.window_tokens, workload.windows_per_corpus):
            ids = torch.tensor([window], device=next(model.parameters()).device)
            with torch.no_grad():
                logits = model(input_ids=ids, use_cache=False).logits[0, :-1].float()
            total += float(nn.functional.cross_entropy(logits, ids[0, 1:], reduction="sum"))
            count += len(window) - 1
    return float(torch.tensor(total / count).exp())


def _rounded(values: torch.Tensor) -> list[float]:
    return [round(value, 6) for value in values.tolist()]
