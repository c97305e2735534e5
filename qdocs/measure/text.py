"""How well does a scheme predict the reader's own texts, beside the baseline?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from qdocs.measure.fidelity import compare
from qdocs.measure.questions import context_of
from qdocs.record import CorpusSamples, TextSamples
from qdocs.tasks.items import Items

# A longer text is read in windows of so many tokens, or what the model reads if that is less, each without what came
# before it.
WINDOW_TOKENS = 1024


def measure_text(
    baseline: nn.Module,
    model: nn.Module,
    tokenizer: Any,
    items: Items,
    with_texts: bool,
    say: Callable[[str], None],
) -> TextSamples:
    """Run both models over the same texts and compare them position by position.

    The first token of a window is context only; no BOS token is added.

    Args:
        baseline: The baseline's model.
        model: The scheme's model, on the same device.
        tokenizer: Theirs.
        items: Texts of at least two tokens each.
        with_texts: Whether to keep the texts.
        say: Told what is going on.
    """
    device = next(baseline.parameters()).device
    size = min(WINDOW_TOKENS, context_of(baseline.config, tokenizer))
    columns: dict[str, list[Any]] = {"kl_nats": [], "top1_agrees": [], "nll_baseline_nats": [], "nll_nats": []}
    positions, seen = [], []
    for index, item in enumerate(items.items, 1):
        say(f"text {index} of {len(items.items)}")
        before = len(columns["kl_nats"])
        ids = tokenizer(item.text, add_special_tokens=False, verbose=False)["input_ids"]
        seen.append(ids)
        for start in range(0, len(ids), size):
            window = ids[start : start + size]
            if len(window) > 1:
                for name, values in compare(baseline, model, torch.tensor([window], device=device)).items():
                    columns[name] += values
        positions.append(len(columns["kl_nats"]) - before)
    digest = hashlib.sha256(json.dumps(seen).encode()).hexdigest()
    return TextSamples(
        ids=[item.id for item in items.items],
        groups=[item.group for item in items.items],
        positions=positions,
        corpus=CorpusSamples(tokens_sha256=digest, **columns),
        texts=[item.text for item in items.items] if with_texts else None,
    )
