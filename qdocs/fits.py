"""Does what a cell needs fit into the device's memory?"""

from __future__ import annotations

from dataclasses import dataclass

from qdocs.record import (
    NOISE_FLOOR,
    AnySpec,
    EmbeddingSpec,
    FidelitySpec,
    LatencySpec,
    LayerErrorSpec,
    MemorySpec,
    Model,
    TextSpec,
)

# These compare with the baseline's model text by text, so it stands beside the scheme's in one process.
BESIDE_BASELINE = (FidelitySpec, LayerErrorSpec, TextSpec, EmbeddingSpec)
BF16, FP32 = 2, 4


@dataclass(frozen=True)
class Room:
    """What a device has to give, before a model is loaded.

    Attributes:
        available_bytes: Free memory.
        kv_values_per_token: Numbers that the KV cache keeps for a token: 2 × layers × KV heads × head dimension; 0 for
            a model without a cache.
    """

    available_bytes: int
    kv_values_per_token: int


def needs(spec: AnySpec, model: Model, room: Room) -> dict[str, int]:
    """Bytes that a cell needs at the least, by what for: a scheme starts from bf16 weights and makes them smaller.

    Activations and what quantizing needs meanwhile are not in it.
    """
    width = FP32 if spec.scheme == NOISE_FLOOR else BF16
    found = {"weights": model.parameters * width}
    if isinstance(spec, BESIDE_BASELINE):
        found["the baseline beside them"] = model.parameters * BF16
    tokens = 0
    if isinstance(spec, LatencySpec):
        tokens = spec.workload.batch * (spec.workload.prompt_tokens + spec.workload.new_tokens)
    elif isinstance(spec, MemorySpec):
        tokens = spec.workload.batch * spec.workload.context_tokens
    if tokens and room.kv_values_per_token:
        found["KV cache"] = tokens * room.kv_values_per_token * width
    return found


def why_not(spec: AnySpec, model: Model, room: Room) -> str | None:
    """Why a cell does not fit, with the sum; `None` if it does."""
    found = needs(spec, model, room)
    total = sum(found.values())
    if total <= room.available_bytes:
        return None
    parts = ", ".join(f"{what} {_gb(size)}" for what, size in found.items())
    free = f"{_gb(room.available_bytes)} were free"
    return f"needs {_gb(total)} of memory ({parts}), {free}: close other programs, or take a smaller model or batch"


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
