# %% [markdown]
# ## Load it both ways
#
# Quantized while loading, with each configuration: how many layers are packed, and how the model goes on with the
# sentence.

# %%
# --8<-- [start:compare]
for name, config in {"int8wo": int8wo(DEVICE), "int4wo-g32": int4wo_g32(DEVICE)}.items():
    model = load(MODEL, config, DEVICE)
    packed = sum(hasattr(parameter, "__tensor_flatten__") for parameter in model.parameters())
    print(f"{name}: {packed} layers packed")
    print(f"  {write(model)}")
# --8<-- [end:compare]
