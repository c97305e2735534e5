"""How far does each quantized layer move from the baseline's, in its weight and in what it puts out?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch import nn

from qdocs.errors import KnownProblem
from qdocs.measure.layers import is_quantized
from qdocs.record import LayerErrorSamples, LayerErrorWorkload

WINDOW_TOKENS = 64


def measure_layer_error(
    baseline: nn.Module, model: nn.Module, batches: list[dict[str, torch.Tensor]], say: Callable[[str], None]
) -> LayerErrorSamples:
    """Give each quantized layer the inputs that the baseline's layer gets, and compare outputs and weights.

    The weight of a packed layer is what it makes of the identity matrix: every format is read by its own kernel.

    Args:
        baseline: The model as published.
        model: The scheme's model, on the same device.
        batches: Inputs of the baseline's forward pass, with `input_ids` of shape [texts, tokens].
        say: Told what is going on.

    Raises:
        KnownProblem: If no layer is quantized.
    """
    theirs = {n: m for n, m in model.named_modules() if isinstance(m, nn.Linear) and is_quantized(m.weight)}
    if not theirs:
        raise KnownProblem("no layer is quantized, so no layer has an error")
    ours = {name: module for name, module in baseline.named_modules() if name in theirs}
    squares = {name: [0.0, 0.0] for name in theirs}

    def compare(name: str, _: nn.Module, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> None:
        moved = theirs[name](inputs[0].to(theirs[name].weight.dtype)).float() - output.float()
        squares[name][0] += float(moved.square().sum())
        squares[name][1] += float(output.float().square().sum())

    hooks = [module.register_forward_hook(partial(compare, name)) for name, module in ours.items()]
    try:
        with torch.no_grad():
            for index, batch in enumerate(batches):
                say(f"layer outputs, text {index + 1} of {len(batches)}")
                baseline(**batch)
    finally:
        for hook in hooks:
            hook.remove()
    say("layer weights")
    ids = [batch["input_ids"].tolist() for batch in batches]
    return LayerErrorSamples(
        tokens=sum(batch["input_ids"].numel() for batch in batches),
        tokens_sha256=hashlib.sha256(json.dumps(ids).encode()).hexdigest(),
        layers=list(theirs),
        weight_error=[_rounded(_weight_error(ours[name], theirs[name])) for name in theirs],
        output_error=[_rounded((moved / whole) ** 0.5 if whole else 0.0) for moved, whole in squares.values()],
    )


def text_batches(tokenizer: Any, workload: LayerErrorWorkload, device: torch.device) -> list[dict[str, torch.Tensor]]:
    """Windows from the corpora of fidelity, English and code in turn, as many tokens as the workload says.

    Raises:
        ValueError: If the tokens are not a whole number of windows in each corpus.
    """
    from qdocs.measure.corpus import texts, windows

    corpora = texts()
    each, rest = divmod(workload.tokens, WINDOW_TOKENS * len(corpora))
    if rest:
        raise ValueError(f"{workload.tokens} tokens are not a multiple of {WINDOW_TOKENS * len(corpora)}")
    chosen = [window for text in corpora.values() for window in windows(text, tokenizer, WINDOW_TOKENS, each)]
    return [{"input_ids": torch.tensor([window], device=device)} for window in chosen]


@torch.no_grad()
def _weight_error(ours: Any, theirs: Any) -> float:
    weight = ours.weight
    identity = torch.eye(weight.shape[1], dtype=weight.dtype, device=weight.device)
    packed = nn.functional.linear(identity, theirs.weight).T.float()
    return float((packed - weight.float()).norm() / weight.float().norm())


def _rounded(value: float) -> float:
    return float(f"{value:.6g}")
