"""Which models can be measured by their dimensions alone, and how do they come to random weights?

Speed and memory depend on the shapes of the weights, not on their values. So real dimensions with random weights show
both where the weights cannot be had. Such a model has no tokenizer, and what it says means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

SEED = 0
# Random numbers that are repeated over the weights: their values do not matter, drawing billions of them takes minutes.
BLOCK = 2**20
SPREAD = 0.02


@dataclass(frozen=True)
class Shape:
    """Dimensions of a published model; `config` holds the arguments of Transformers' configuration of `model_type`."""

    about: str
    model_type: str
    parameters: int
    config: dict[str, Any]


# From the configurations that the models' owners publish; the counts of parameters are a check on them.
SHAPES = {
    "llama-3.1-8b": Shape(
        "Llama-3.1-8B, 32 layers of width 4096",
        "llama",
        8_030_261_248,
        {
            "vocab_size": 128256,
            "hidden_size": 4096,
            "intermediate_size": 14336,
            "num_hidden_layers": 32,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "head_dim": 128,
            "max_position_embeddings": 131072,
            "rms_norm_eps": 1e-5,
            "tie_word_embeddings": False,
        },
    ),
    "qwen3-4b": Shape(
        "Qwen3-4B, 36 layers of width 2560",
        "qwen3",
        4_022_468_096,
        {
            "vocab_size": 151936,
            "hidden_size": 2560,
            "intermediate_size": 9728,
            "num_hidden_layers": 36,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "head_dim": 128,
            "max_position_embeddings": 40960,
            "rms_norm_eps": 1e-6,
            "tie_word_embeddings": True,
        },
    ),
    "smollm2-1.7b": Shape(
        "SmolLM2-1.7B, 24 layers of width 2048",
        "llama",
        1_711_376_384,
        {
            "vocab_size": 49152,
            "hidden_size": 2048,
            "intermediate_size": 8192,
            "num_hidden_layers": 24,
            "num_attention_heads": 32,
            "num_key_value_heads": 32,
            "head_dim": 64,
            "max_position_embeddings": 8192,
            "rms_norm_eps": 1e-5,
            "tie_word_embeddings": True,
        },
    ),
    "qwen3-0.6b": Shape(
        "Qwen3-0.6B, 28 layers of width 1024",
        "qwen3",
        596_049_920,
        {
            "vocab_size": 151936,
            "hidden_size": 1024,
            "intermediate_size": 3072,
            "num_hidden_layers": 28,
            "num_attention_heads": 16,
            "num_key_value_heads": 8,
            "head_dim": 128,
            "max_position_embeddings": 40960,
            "rms_norm_eps": 1e-6,
            "tie_word_embeddings": True,
        },
    ),
}


def origin(name: str) -> dict[str, Any]:
    """What a record says of where the weights come from."""
    return {
        "source": f"the dimensions of {SHAPES[name].about}, random weights",
        "source_sha256": None,
        "weights_sha256": None,
        "permutation_seed": None,
        "weights_seed": SEED,
        "caveat": "Random weights: speed and memory only.",
        "reasons": {
            "source_sha256": "no file holds them",
            "weights_sha256": "no file holds them; the seed makes them again",
            "permutation_seed": "random weights are not permuted",
        },
    }


def write_config(name: str, folder: Path) -> None:
    """Write the configuration where Transformers finds it."""
    from transformers import AutoConfig

    shape = SHAPES[name]
    AutoConfig.for_model(shape.model_type, **shape.config, dtype="bfloat16").save_pretrained(folder)


def random_model(folder: Path, device: str, seed: int) -> Any:
    """A causal language model with random weights, made on its device in bf16, without a copy in another type.

    Args:
        folder: With the configuration.
        device: `cpu` or `cuda`.
        seed: Of the weights.

    Returns:
        The model. Matrices are drawn with a spread of 0.02, in blocks that repeat; other weights are 1, biases 0.
    """
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM
    from transformers.initialization import no_init_weights

    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    with torch.device(device), no_init_weights():
        model = AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    source = torch.Generator().manual_seed(seed)
    block = (SPREAD * torch.randn(BLOCK, generator=source)).to(device, torch.bfloat16)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.ndim < 2:
                parameter.fill_(0.0 if name.endswith("bias") else 1.0)
                continue
            flat = parameter.view(-1)
            for start in range(0, flat.numel(), BLOCK):
                part = flat[start : start + BLOCK]
                part.copy_(block[: part.numel()])
    model.tie_weights()
    return model
