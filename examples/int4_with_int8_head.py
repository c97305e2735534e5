# %% [markdown]
# # int4 body, int8 output head
#
# In a small model with a large vocabulary the output head is a good part of the weights, and every decode step reads
# all of it. Here the body's linear layers take four bits a weight and the head takes eight. Where the head is tied to
# the embedding, as in many small models, it cannot be quantized without a copy of its own: the embedding stays in
# bf16, the head is stored a second time, and the model grows by the head's int8 bytes. It pays where a decode step
# spends its time on reading the head, and costs memory all the same.

# %%
# Drops two warnings that torchao prints on import and that mean nothing here. Not needed where you paste the code.
from qdocs.measure.quiet import silence_known_warnings

silence_known_warnings()

# %% [markdown]
# Two passes, and each selects its layers by name. A weight that is int4 already cannot be quantized again, and a filter
# by class alone would take the head in the first pass.

# %%
# --8<-- [start:select]
import torch
from torchao.quantization import Int8WeightOnlyConfig, PerRow, quantize_


def is_body_linear(module, name):
    """Choose every linear layer but the output head."""
    return isinstance(module, torch.nn.Linear) and "lm_head" not in name


def is_head(module, name):
    """Choose the output head alone."""
    return isinstance(module, torch.nn.Linear) and "lm_head" in name


def quantize_head(model):
    """Store the output head in int8, in place; one that is tied to the embedding becomes a copy of its own."""
    if not any(is_head(module, name) for name, module in model.named_modules()):
        raise NotImplementedError("this model has no output head called lm_head; take int4wo-g32 for it")
    quantize_(model, Int8WeightOnlyConfig(granularity=PerRow()), filter_fn=is_head)
    # Or the next call that ties weights would put the embedding's bf16 weight back.
    model.config.tie_word_embeddings = False
    return model


# --8<-- [end:select]

# %% [markdown]
# On a CPU. The int4 configuration is a prototype in torchao 0.18: its name has changed between releases.

# %%
# --8<-- [start:cpu]
from torchao.prototype.quantization.int4 import PrototypeInt4WeightOnlyConfig


def quantize_on_cpu(model, group_size):
    """Store the body in int4 and the head in int8, in place, for CPU kernels."""
    quantize_(model, PrototypeInt4WeightOnlyConfig(group_size=group_size), filter_fn=is_body_linear)
    return quantize_head(model)


# --8<-- [end:cpu]

# %% [markdown]
# On a CUDA device of compute capability 8.0 or more. The model has to be in bf16 and on the device already.

# %%
# --8<-- [start:cuda]
from torchao.quantization import Int4WeightOnlyConfig


def quantize_on_cuda(model, group_size):
    """Store the body in int4 and the head in int8, in place, for CUDA kernels."""
    config = Int4WeightOnlyConfig(group_size=group_size, int4_packing_format="tile_packed_to_4d")
    quantize_(model, config, filter_fn=is_body_linear)
    return quantize_head(model)


# --8<-- [end:cuda]

# %%
SCHEMES = {"int4wo-g32-int8head": {"group_size": 32}}


def quantize(model, group_size):
    """Take the branch for the device that the model is on."""
    on_cuda = next(model.parameters()).device.type == "cuda"
    return quantize_on_cuda(model, group_size) if on_cuda else quantize_on_cpu(model, group_size)


def unsupported(device):
    """Say why this device cannot run the scheme, or return None."""
    if device == "cuda" and torch.cuda.get_device_capability() < (8, 0):
        return "int4 on CUDA needs compute capability 8.0 or more (Ampere and later); use the CPU or another GPU"
    return None


# %% [markdown]
# Run alone, this script shows the embedded model before and after.

# %%
if __name__ == "__main__":
    from qdocs.measure.demo import main

    main(__file__)
