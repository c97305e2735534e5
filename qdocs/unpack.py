"""How does a GGUF file of 4-bit weights become a bf16 model that quantization can be measured on?

The file's weights sit on a 4-bit grid, in groups of 32 neighbours. Quantized again with the same groups they return to
that grid and look nearly lossless, which is an artefact. So channels are permuted, in ways that leave the function of
the model unchanged: the residual stream, the hidden units of each MLP, and V with O inside each head. Neighbours then
come from different groups, as in a model that was never quantized.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch

State = dict[str, torch.Tensor]

_PARTS = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
}


def read_gguf(path: Path) -> tuple[State, dict[str, Any]]:
    """Unpack a GGUF file of the llama architecture.

    Args:
        path: The GGUF file.

    Returns:
        The weights in float32 under Transformers' names, each `[out_features, in_features]`, and the file's metadata.
        Rows of Q and K are put back from llama.cpp's rotary layout, which interleaves the two halves of a head.
    """
    from gguf import GGUFReader
    from gguf.quants import dequantize

    reader = GGUFReader(path)
    metadata = {name: field.contents() for name, field in reader.fields.items()}
    heads = {
        "attn_q": metadata["llama.attention.head_count"],
        "attn_k": metadata["llama.attention.head_count_kv"],
    }
    state: State = {}
    for tensor in reader.tensors:
        weight = torch.from_numpy(dequantize(tensor.data, tensor.tensor_type).copy())
        name = tensor.name.removesuffix(".weight")
        if name == "token_embd":
            state["model.embed_tokens.weight"] = weight
        elif name == "output_norm":
            state["model.norm.weight"] = weight
        else:
            _, layer, part = name.split(".")
            if part in heads:
                halves = weight.reshape(heads[part], -1, 2, weight.shape[1])
                weight = halves.transpose(1, 2).reshape(weight.shape)
            state[f"model.layers.{layer}.{_PARTS[part]}.weight"] = weight
    return state, metadata


def llama_config(metadata: dict[str, Any]) -> dict[str, Any]:
    """Transformers' configuration for the metadata of a GGUF file."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": metadata["llama.vocab_size"],
        "hidden_size": metadata["llama.embedding_length"],
        "intermediate_size": metadata["llama.feed_forward_length"],
        "num_hidden_layers": metadata["llama.block_count"],
        "num_attention_heads": metadata["llama.attention.head_count"],
        "num_key_value_heads": metadata["llama.attention.head_count_kv"],
        "head_dim": metadata["llama.rope.dimension_count"],
        "max_position_embeddings": metadata["llama.context_length"],
        "rms_norm_eps": round(metadata["llama.attention.layer_norm_rms_epsilon"], 12),
        "rope_theta": metadata["llama.rope.freq_base"],
        "tie_word_embeddings": True,
        "bos_token_id": metadata["tokenizer.ggml.bos_token_id"],
        "eos_token_id": metadata["tokenizer.ggml.eos_token_id"],
        "pad_token_id": metadata["tokenizer.ggml.padding_token_id"],
        "dtype": "bfloat16",
    }


def permute(state: State, config: dict[str, Any], seed: int) -> State:
    """Permute channels so that the model computes the same function from weights in another order.

    RMSNorm and the element-wise MLP do not depend on the order of channels, and attention mixes V only across tokens.

    Args:
        state: Weights under Transformers' names.
        config: Their configuration, with equal head sizes and no biases.
        seed: Seed of the permutations.

    Returns:
        The permuted weights; `state` is left as it was.
    """
    generator = torch.Generator().manual_seed(seed)
    heads, kv_heads, width = (config[k] for k in ("num_attention_heads", "num_key_value_heads", "head_dim"))
    residual = torch.randperm(config["hidden_size"], generator=generator)
    out = {
        "model.embed_tokens.weight": state["model.embed_tokens.weight"][:, residual],
        "model.norm.weight": state["model.norm.weight"][residual],
    }
    for layer in range(config["num_hidden_layers"]):
        prefix = f"model.layers.{layer}."
        hidden = torch.randperm(config["intermediate_size"], generator=generator)
        within = [torch.randperm(width, generator=generator) for _ in range(kv_heads)]
        v_rows = torch.cat([order + head * width for head, order in enumerate(within)])
        o_columns = torch.cat([within[head * kv_heads // heads] + head * width for head in range(heads)])
        for name in ("input_layernorm", "post_attention_layernorm"):
            out[f"{prefix}{name}.weight"] = state[f"{prefix}{name}.weight"][residual]
        rows = {"self_attn.v_proj": v_rows, "mlp.gate_proj": hidden, "mlp.up_proj": hidden}
        for name in ("self_attn.q_proj", "self_attn.k_proj", *rows):
            weight = state[f"{prefix}{name}.weight"]
            weight = weight[rows[name]] if name in rows else weight
            out[f"{prefix}{name}.weight"] = weight[:, residual]
        for name, columns in {"self_attn.o_proj": o_columns, "mlp.down_proj": hidden}.items():
            out[f"{prefix}{name}.weight"] = state[f"{prefix}{name}.weight"][residual][:, columns]
    return out


def save_tokenizer(metadata: dict[str, Any], folder: Path) -> None:
    """Write the byte-level BPE tokenizer that a GGUF file of the SmolLM family holds, digits split one by one.

    Raises:
        ValueError: If the file holds another kind of tokenizer.
    """
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    kind = (metadata["tokenizer.ggml.model"], metadata["tokenizer.ggml.pre"])
    if kind != ("gpt2", "smollm"):
        raise ValueError(f"expected a byte-level BPE tokenizer of the SmolLM family, found {kind}")
    tokens: list[str] = metadata["tokenizer.ggml.tokens"]
    merges = [tuple(pair.split(" ")) for pair in metadata["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE(vocab={token: i for i, token in enumerate(tokens)}, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    control = [t for t, kind in zip(tokens, metadata["tokenizer.ggml.token_type"], strict=True) if kind == 3]
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in control])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token=tokens[metadata["tokenizer.ggml.bos_token_id"]],
        eos_token=tokens[metadata["tokenizer.ggml.eos_token_id"]],
        unk_token=tokens[metadata["tokenizer.ggml.unknown_token_id"]],
        pad_token=tokens[metadata["tokenizer.ggml.padding_token_id"]],
    )
    fast.chat_template = metadata["tokenizer.chat_template"]
    fast.save_pretrained(folder)


def unpack(gguf_file: Path, folder: Path, seed: int | None) -> None:
    """Write a GGUF file as a folder that Transformers loads: bf16 safetensors, configuration, tokenizer.

    Args:
        gguf_file: The GGUF file.
        folder: An existing folder to write into.
        seed: Seed of the permutation; `None` leaves the order as it is, artefact and all.
    """
    from safetensors.torch import save_file

    state, metadata = read_gguf(gguf_file)
    config = llama_config(metadata)
    if seed is not None:
        state = permute(state, config, seed)
    state = {name: weight.to(torch.bfloat16).contiguous() for name, weight in sorted(state.items())}
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    save_tokenizer(metadata, folder)
