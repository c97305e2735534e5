# %% [markdown]
# # int8 weight-only
#
# Each weight becomes one signed byte, and each output row keeps one scale. Activations stay in bf16: the weight is
# scaled back while the product is computed. That halves the bytes a decode step has to read, which pays when reading
# weights is what takes the time: at small batch, and compiled. In eager mode the full-precision weight is rebuilt for
# every product, so expect a loss there.

# %%
# Drops two warnings that torchao prints on import and that mean nothing here. Not needed where you paste the code.
from qdocs.measure.quiet import silence_known_warnings

silence_known_warnings()

# %%
# --8<-- [start:snippet]
import torch
from torchao.quantization import Int8WeightOnlyConfig, PerRow, quantize_


def is_body_linear(module, name):
    """Choose every linear layer but the output head, which stays as it is."""
    return isinstance(module, torch.nn.Linear) and "lm_head" not in name


def quantize(model):
    """Store the weights of the model's linear layers in int8, in place."""
    quantize_(model, Int8WeightOnlyConfig(granularity=PerRow()), filter_fn=is_body_linear)
    return model


# --8<-- [end:snippet]

# %%
SCHEMES = {"int8wo": {}}

# %% [markdown]
# Run alone, this script shows the embedded model before and after.

# %%
if __name__ == "__main__":
    from qdocs.measure.demo import main

    main(__file__)
