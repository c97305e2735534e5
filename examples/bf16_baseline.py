# %% [markdown]
# # bf16: the baseline
#
# Nothing is quantized here. Every other scheme is compared with the model as it was published, in bfloat16: two bytes
# a weight. The same weights computed in float32 are the noise floor: how far results move when only the arithmetic
# changes. A scheme whose change is no larger than that has changed nothing you could see.
#
# Only parameters are converted. `model.to(torch.bfloat16)` would round the rotary position frequencies as well, which
# Transformers keeps in float32, and move the results by more than the noise floor.

# %%
# --8<-- [start:snippet]
import torch


def quantize(model, dtype):
    """Hold the weights in the named floating-point type, in place; buffers keep their own."""
    for parameter in model.parameters():
        parameter.data = parameter.data.to(getattr(torch, dtype))
    return model


# --8<-- [end:snippet]

# %%
SCHEMES = {"bf16": {"dtype": "bfloat16"}, "fp32": {"dtype": "float32"}}

# %% [markdown]
# Run alone, this script puts the two side by side on the embedded model.

# %%
if __name__ == "__main__":
    from qdocs.measure.demo import main

    main(__file__)
