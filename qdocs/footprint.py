"""How many bytes do a language model's weights and cache take, by its dimensions?

The memory calculator of the guide shows this.
"""

from __future__ import annotations

from dataclasses import dataclass

BF16 = 2
# What torchao 0.18 stores beside int8 weights, in bytes a row: a scale in fp32 and a zero point.
INT8_ROW = 5
# Beside int4 weights, in bytes a group: a scale and a zero point in bf16.
INT4_GROUP = 4
# torchao's packing for CUDA pads each row of int4 weights to a multiple of this.
TILE = 1024


@dataclass(frozen=True)
class Dimensions:
    """A decoder with gated MLPs and grouped-query attention, as Llama, Qwen, Mistral and SmolLM are."""

    layers: int
    width: int
    mlp_width: int
    heads: int
    kv_heads: int
    head_width: int
    vocabulary: int
    tied: bool

    @property
    def linears(self) -> list[tuple[int, int]]:
        """Linear layers of one decoder layer, each as (rows, columns): outputs and inputs."""
        queries, keys = self.heads * self.head_width, self.kv_heads * self.head_width
        attention = [(queries, self.width), (keys, self.width), (keys, self.width), (self.width, queries)]
        return [*attention, (self.mlp_width, self.width), (self.mlp_width, self.width), (self.width, self.mlp_width)]


@dataclass(frozen=True)
class Footprint:
    """Bytes, by role. `padding` is part of `quantized`; `coverage` is the share of linear weights that is quantized."""

    embedding: int
    head: int
    quantized: int
    scales: int
    skipped: int
    norms: int
    kv_cache: int
    padding: int
    coverage: float

    @property
    def weights(self) -> int:
        """All that is stored of the model."""
        return self.embedding + self.head + self.quantized + self.scales + self.skipped + self.norms

    @property
    def total(self) -> int:
        """Weights and cache; activations and what the framework takes come on top."""
        return self.weights + self.kv_cache


def footprint(
    dimensions: Dimensions, bits: int, *, group: int = 32, padded: bool = False, batch: int = 1, context: int = 1024
) -> Footprint:
    """Bytes of weights and KV cache; embedding, output head and norms stay in bf16.

    KV cache = 2 × layers × KV heads × head width × 2 bytes × context × batch.

    Args:
        dimensions: The model's.
        bits: 16, 8 or 4 a linear weight.
        group: With 4 bits, weights that share a scale; a layer that it does not divide is skipped.
        padded: With 4 bits, rows padded as on CUDA.
        batch: Sequences at once.
        context: Tokens of each, prompt and answer.

    Raises:
        ValueError: If the bits are none of these.
    """
    if bits not in (16, 8, 4):
        raise ValueError(f"{bits} bits: expected 16, 8 or 4")
    quantized = scales = skipped = padding = covered = every = 0
    for rows, columns in dimensions.linears:
        weights = dimensions.layers * rows * columns
        every += weights
        if bits == 8:
            quantized += weights
            scales += dimensions.layers * rows * INT8_ROW
        elif bits == 4 and columns % group == 0:
            stored = -(-columns // TILE) * TILE if padded else columns
            quantized += dimensions.layers * rows * stored // 2
            padding += dimensions.layers * rows * (stored - columns) // 2
            scales += dimensions.layers * rows * (stored // group) * INT4_GROUP
        else:
            skipped += weights * BF16
            continue
        covered += weights
    table = dimensions.vocabulary * dimensions.width * BF16
    keys = 2 * dimensions.layers * dimensions.kv_heads * dimensions.head_width
    return Footprint(
        embedding=table,
        head=0 if dimensions.tied else table,
        quantized=quantized,
        scales=scales,
        skipped=skipped,
        norms=(2 * dimensions.layers + 1) * dimensions.width * BF16,
        kv_cache=keys * BF16 * context * batch,
        padding=padding,
        coverage=covered / every,
    )
