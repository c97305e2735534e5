"""How many bytes do the weights take, by role, and how far does memory rise while generating or encoding?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import torch
from torch import nn

from qdocs.measure.encoding import SentenceBatch, transformer_of
from qdocs.measure.generate import Generator
from qdocs.measure.layers import head_is_tied, head_of, is_quantized
from qdocs.record import BytesByRole, MemoryResult, MemoryWorkload, bits_per_weight

NEW_TOKENS = 8


def stored_tensors(weight: torch.Tensor) -> dict[str, torch.Tensor]:
    """The plain tensors that a weight is stored in: itself, or the parts of a packed one by name."""
    if not is_quantized(weight):
        return {"weight": weight}
    packed: Any = weight
    found: dict[str, torch.Tensor] = {}
    for name in packed.__tensor_flatten__()[0]:
        for inner, tensor in stored_tensors(getattr(weight, name)).items():
            found[name if inner == "weight" else f"{name}.{inner}"] = tensor
    return found


def data_name(parts: dict[str, torch.Tensor]) -> str:
    """Which part holds the quantized numbers: torchao calls it `qdata`; else it is the largest."""
    return "qdata" if "qdata" in parts else max(parts, key=lambda name: _bytes(parts[name]))


def padding_of(weight: torch.Tensor) -> int:
    """Bytes of quantized numbers beyond bits × weights / 8; the bits are in the tensor's class name."""
    parts = stored_tensors(weight)
    data = parts[data_name(parts)]
    named = re.search(r"[Ii]nt(\d+)", type(weight).__name__)
    bits = int(named[1]) if named else 8 * data.element_size()
    return max(0, _bytes(data) - weight.numel() * bits // 8)


def count_parameters(model: nn.Module) -> int:
    """Parameters of a model, those that modules share counted once; to be taken before anything is quantized."""
    return sum(parameter.numel() for parameter in model.parameters())


def inventory(model: nn.Module, parameters: int) -> dict[str, Any]:
    """Count the stored bytes of a model's parameters and buffers by role.

    Storage that several modules share is counted once, so a tied head takes no bytes of its own.

    Args:
        model: After quantization.
        parameters: How many it had before; quantizing a tied head unties it, and stores it a second time.

    Returns:
        The fields of `MemoryResult` that follow from the weights alone.
    """
    roles = dict.fromkeys(BytesByRole.model_fields, 0)
    seen: set[int] = set()
    padding = quantized_weights = 0
    head = head_of(model)

    def add(role: str, *tensors: torch.Tensor) -> None:
        seen.update(tensor.data_ptr() for tensor in tensors)
        roles[role] += sum(map(_bytes, tensors))

    # Embeddings first: a tied head then finds its storage counted.
    for module in sorted(model.modules(), key=lambda m: not isinstance(m, nn.Embedding)):
        for name, tensor in [*module.named_parameters(recurse=False), *module.named_buffers(recurse=False)]:
            parts = stored_tensors(tensor)
            if any(part.data_ptr() in seen for part in parts.values()):
                continue
            if isinstance(module, nn.Embedding):
                add("embedding", *parts.values())
            elif not (isinstance(module, nn.Linear) and name == "weight"):
                add("other", *parts.values())
            elif is_quantized(tensor):
                padding += padding_of(tensor)
                quantized_weights += tensor.numel()
                add("quantized_linear", parts.pop(data_name(parts)))
                add("scales_and_zeros", *parts.values())
            else:
                add("head" if module is head else "unquantized_linear", tensor)
    stored = BytesByRole(**roles)
    quantized_bytes = stored.quantized_linear + stored.scales_and_zeros
    return {
        "roles_bytes": stored,
        "stored_bytes": stored.total,
        "padding_bytes": padding,
        "parameters": parameters,
        "quantized_weights": quantized_weights,
        "head_tied": head_is_tied(model),
        "bits_per_quantized_weight": bits_per_weight(quantized_bytes, quantized_weights),
        "bits_per_parameter": bits_per_weight(stored.total, parameters),
    }


def measure_memory(model: nn.Module, workload: MemoryWorkload, parameters: int) -> MemoryResult:
    """Take the inventory, then generate into a full static KV cache and see how far memory rises."""
    generator = Generator(
        model, workload.batch, workload.context_tokens - NEW_TOKENS, NEW_TOKENS, compiled=False, seed=0
    )
    found = inventory(model, parameters) | peaks_of(generator.run, next(model.parameters()).device)
    return _result(found | {"kv_cache_bytes": generator.cache_bytes()})


def measure_encoder_memory(encoder: Any, workload: MemoryWorkload, parameters: int) -> MemoryResult:
    """Take the inventory of the transformer in a `SentenceTransformer`, then encode and see how far memory rises.

    Args:
        encoder: With the scheme's transformer.
        workload: Texts at once, and their length.
        parameters: How many the transformer had before it was quantized.

    Raises:
        ValueError: If the encoder does not read texts of that length.
    """
    model = transformer_of(encoder)
    sentences = SentenceBatch(encoder, workload.batch, workload.context_tokens, compiled=False, seed=0)
    found = inventory(model, parameters) | peaks_of(sentences.run, next(model.parameters()).device)
    return _result(found | {"kv_cache_bytes": "an encoder reads a text at once and keeps no KV cache"})


def explained(found: dict[str, Any]) -> dict[str, Any]:
    """Fields of a result, where text stands for a missing value and says why: `None` there, the texts in `reasons`."""
    reasons = {name: value for name, value in found.items() if isinstance(value, str)}
    return {name: None if isinstance(value, str) else value for name, value in found.items()} | {"reasons": reasons}


def _result(found: dict[str, Any]) -> MemoryResult:
    values = explained(found)
    if values["bits_per_quantized_weight"] is None:
        values["reasons"]["bits_per_quantized_weight"] = "no layer is quantized"
    return MemoryResult(**values)


def _bytes(tensor: torch.Tensor) -> int:
    return tensor.numel() * tensor.element_size()


def _reset_peak(device: torch.device) -> int | None:
    """Forget the peak so far; the resident set in bytes now, or None where the system keeps no resettable peak."""
    if device.type == "cuda":
        torch.cuda.synchronize()
        for index in range(torch.cuda.device_count()):
            torch.cuda.reset_peak_memory_stats(index)
    try:
        # Linux: writing 5 resets the peak resident set size (man 5 proc, clear_refs).
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        return int(psutil.Process().memory_info().rss)
    except OSError:
        return None


def peaks_of(work: Callable[[], Any], device: torch.device) -> dict[str, int | str]:
    """How far memory rises while something is done, in bytes; text where that is not known."""
    before = _reset_peak(device)
    work()
    peaks: dict[str, int | str] = {
        "peak_rss_increase_bytes": "this system does not let a process reset its peak (Linux does)",
        "peak_allocated_bytes": "counted on CUDA devices only",
        "peak_reserved_bytes": "counted on CUDA devices only",
    }
    if before is not None:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        peak = re.search(r"VmHWM:\s+(\d+) kB", status)
        if peak:
            peaks["peak_rss_increase_bytes"] = max(0, int(peak[1]) * 1024 - before)
    if device.type == "cuda":
        # A model may be spread; a device without a part of it counts nothing.
        devices = range(torch.cuda.device_count())
        peaks["peak_allocated_bytes"] = sum(torch.cuda.max_memory_allocated(index) for index in devices)
        peaks["peak_reserved_bytes"] = sum(torch.cuda.max_memory_reserved(index) for index in devices)
    return peaks
