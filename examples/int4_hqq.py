# %% [markdown]
# # int4 weight-only with HQQ
#
# The same four bits and the same kernel as plain int4; only the scale and zero point of each group are chosen with more
# care. HQQ (half-quadratic quantization) moves the zero points step by step until the rounding error, measured by a
# norm that forgives a few large errors, stops falling. It needs no data. It costs time when the weights are quantized,
# nothing afterwards: bytes and speed are those of plain int4.

# %%
# Drops two warnings that torchao prints on import and that mean nothing here. Not needed where you paste the code.
from qdocs.measure.quiet import silence_known_warnings

silence_known_warnings()

# %%
# --8<-- [start:select]
import torch
from torchao.quantization import quantize_


def is_body_linear(module, name):
    """Choose every linear layer but the output head, which stays as it is."""
    return isinstance(module, torch.nn.Linear) and "lm_head" not in name


# --8<-- [end:select]

# %% [markdown]
# On a CPU. The configuration is a prototype in torchao 0.18: its name has changed between releases.

# %%
# --8<-- [start:cpu]
from torchao.prototype.quantization.int4 import PrototypeInt4WeightOnlyConfig


def quantize_on_cpu(model, group_size):
    """Store the weights of the model's linear layers in int4 with HQQ, in place, for CPU kernels."""
    config = PrototypeInt4WeightOnlyConfig(group_size=group_size, int4_choose_qparams_algorithm="hqq")
    quantize_(model, config, filter_fn=is_body_linear)
    return model


# --8<-- [end:cpu]

# %% [markdown]
# On a CUDA device of compute capability 8.0 or more. The model has to be in bf16 and on the device already.

# %%
# --8<-- [start:cuda]
from torchao.quantization import Int4WeightOnlyConfig


def quantize_on_cuda(model, group_size):
    """Store the weights of the model's linear layers in int4 with HQQ, in place, for CUDA's tensor cores."""
    config = Int4WeightOnlyConfig(
        group_size=group_size,
        int4_packing_format="tile_packed_to_4d",
        int4_choose_qparams_algorithm="hqq",
    )
    quantize_(model, config, filter_fn=is_body_linear)
    return model


# --8<-- [end:cuda]

# %%
SCHEMES = {"int4wo-g32-hqq": {"group_size": 32}}


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
