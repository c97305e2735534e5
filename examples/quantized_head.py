# %% [markdown]
# # The output head like the body
#
# torchao's `quantize_`, given no filter, takes every linear layer, the output head too; Transformers leaves the head
# as it is. It changes much, so here it is part of the scheme's name. A decode step reads the whole head, which in a
# model with a large vocabulary is a good part of all its weights. It also turns hidden states straight into the
# probabilities of words, so its rounding errors reach the answer at once. A head that is tied to the embedding becomes
# a copy of its own: the embedding stays in bf16, and the model grows by the head's bytes.

# %%
# Drops two warnings that torchao prints on import and that mean nothing here. Not needed where you paste the code.
from qdocs.measure.quiet import silence_known_warnings

silence_known_warnings()

# %%
# --8<-- [start:select]
import torch
from torchao.quantization import Int8WeightOnlyConfig, PerRow, quantize_


def is_linear(module, name):
    """Choose every linear layer, the output head too."""
    return isinstance(module, torch.nn.Linear)


def quantize_all(model, config):
    """Store every linear layer as the configuration says, in place; a head tied to the embedding becomes a copy."""
    if not any(name.endswith("lm_head") for name, module in model.named_modules() if is_linear(module, name)):
        raise NotImplementedError("this model has no output head called lm_head; take the scheme without -head")
    quantize_(model, config, filter_fn=is_linear)
    if type(model.get_output_embeddings().weight) is torch.nn.Parameter:
        # Skipped, since no group divides its width: a tied head stays the embedding under another name.
        model.tie_weights()
    else:
        # Or the next call that ties weights would put the embedding's bf16 weight back.
        model.config.tie_word_embeddings = False
    return model


# --8<-- [end:select]

# %% [markdown]
# In int8 the code is the same everywhere.


# %%
# --8<-- [start:int8]
def quantize_int8(model):
    """Store all linear layers in int8, in place."""
    return quantize_all(model, Int8WeightOnlyConfig(granularity=PerRow()))


# --8<-- [end:int8]

# %% [markdown]
# In int4 on a CPU. The configuration is a prototype in torchao 0.18: its name has changed between releases.

# %%
# --8<-- [start:cpu]
from torchao.prototype.quantization.int4 import PrototypeInt4WeightOnlyConfig


def quantize_int4_on_cpu(model, group_size):
    """Store all linear layers in int4, in place, for CPU kernels."""
    return quantize_all(model, PrototypeInt4WeightOnlyConfig(group_size=group_size))


# --8<-- [end:cpu]

# %% [markdown]
# In int4 on a CUDA device of compute capability 8.0 or more. The model has to be in bf16 and on the device already.

# %%
# --8<-- [start:cuda]
from torchao.quantization import Int4WeightOnlyConfig


def quantize_int4_on_cuda(model, group_size):
    """Store all linear layers in int4, in place, for CUDA kernels."""
    config = Int4WeightOnlyConfig(group_size=group_size, int4_packing_format="tile_packed_to_4d")
    return quantize_all(model, config)


# --8<-- [end:cuda]

# %%
SCHEMES = {
    "int8wo-head": {"group_size": None},
    "int4wo-g64-head": {"group_size": 64},
    "int4wo-g128-head": {"group_size": 128},
}


def quantize(model, group_size):
    """Take int8 without groups, or int4 in groups, by the branch for the device that the model is on."""
    if group_size is None:
        return quantize_int8(model)
    on_cuda = next(model.parameters()).device.type == "cuda"
    return quantize_int4_on_cuda(model, group_size) if on_cuda else quantize_int4_on_cpu(model, group_size)


def unsupported(device):
    """Say why this device cannot run the schemes, or return None."""
    if device == "cuda" and torch.cuda.get_device_capability() < (8, 0):
        return "int4 on CUDA needs compute capability 8.0 or more (Ampere and later); use the CPU or another GPU"
    return None


# %% [markdown]
# Run alone, this script shows the embedded model before and after.

# %%
if __name__ == "__main__":
    from qdocs.measure.demo import main

    main(__file__)
