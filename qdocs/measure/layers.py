"""Which linear layers are there, and what did the scheme do to each?"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn

from qdocs.record import LayerGroup, layer_pattern


@dataclass
class Watched:
    """What torchao was asked to do and what it said while it did it."""

    configs: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forget, before another model is quantized."""
        self.configs.clear()
        self.messages.clear()


@contextmanager
def watch() -> Iterator[Watched]:
    """Keep the configurations given to torchao's `quantize_`, and its log at level INFO, where it names skipped layers.

    Examples must be imported inside, so that their `quantize_` is the watched one. It does nothing else than torchao's.
    """
    import torchao
    from torchao.quantization import quant_api

    watched = Watched()
    original = quant_api.quantize_

    def quantize_(model: nn.Module, config: Any, *args: Any, **kwargs: Any) -> None:
        watched.configs.append(repr(config))
        original(model, config, *args, **kwargs)

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            watched.messages.append(record.getMessage())

    places = [module for module in (torchao, torchao.quantization, quant_api) if hasattr(module, "quantize_")]
    log, keep = logging.getLogger("torchao"), Keep(logging.INFO)
    level, propagate = log.level, log.propagate
    log.setLevel(logging.INFO)
    log.addHandler(keep)
    log.propagate = False
    for module in places:
        module.quantize_ = quantize_
    try:
        yield watched
    finally:
        for module in places:
            module.quantize_ = original
        log.removeHandler(keep)
        log.setLevel(level)
        log.propagate = propagate


def is_quantized(weight: torch.Tensor) -> bool:
    """Whether a weight is one of torchao's packed tensors rather than plain numbers."""
    return hasattr(weight, "__tensor_flatten__")


def head_of(model: nn.Module) -> nn.Module | None:
    """The output head, which turns the last hidden state into logits, if the model has one."""
    get: Any = getattr(model, "get_output_embeddings", None)
    head = get() if callable(get) else None
    return head if isinstance(head, nn.Module) else None


def head_is_tied(model: nn.Module) -> bool:
    """Whether the output head and the input embedding are one tensor."""
    head = head_of(model)
    get: Any = getattr(model, "get_input_embeddings", None)
    embedding = get() if callable(get) else None
    return head is not None and embedding is not None and head.weight is embedding.weight


def describe_layers(model: nn.Module, watched: Watched) -> list[LayerGroup]:
    """Group the linear layers by name pattern, shape and treatment, each with why it was skipped.

    Args:
        model: After quantization.
        watched: What torchao said.
    """
    head = head_of(model)
    groups: dict[tuple[Any, ...], int] = {}
    for name, module in model.named_modules():
        if not isinstance(module, nn.Linear):
            continue
        weight = module.weight
        quantized = is_quantized(weight)
        kind = type(weight).__name__ if quantized else f"Tensor ({str(weight.dtype).removeprefix('torch.')})"
        reason = None if quantized else _why_skipped(weight, module is head, watched)
        key = (layer_pattern(name), *weight.shape, kind, module is head, quantized, reason)
        groups[key] = groups.get(key, 0) + 1
    return [
        LayerGroup(
            pattern=pattern,
            count=count,
            out_features=rows,
            in_features=columns,
            tensor_class=kind,
            is_head=is_head,
            quantized=quantized,
            skipped_because=reason,
        )
        for (pattern, rows, columns, kind, is_head, quantized, reason), count in groups.items()
    ]


def _why_skipped(weight: torch.Tensor, is_head: bool, watched: Watched) -> str:
    if not watched.configs:
        return "this scheme quantizes nothing"
    if is_head:
        return "the output head, which this scheme leaves as it is"
    said = [m for m in watched.messages if str(weight.shape) in m or str(tuple(weight.shape)) in m]
    if said:
        group = re.search(r"group_size (\d+)", said[-1])
        if group and weight.shape[-1] % int(group[1]):
            return f"its input width, {weight.shape[-1]}, is not a multiple of the group size, {group[1]}"
        return f"torchao: {said[-1].split(' because ')[-1]}"
    return "left out by the example's own choice of layers"
