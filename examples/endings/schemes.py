# %% [markdown]
# ## Before and after
#
# The model in bf16, then with each scheme: the bytes of its weights, the tensor class of a layer, and how it goes on
# with the sentence.

# %%
# --8<-- [start:compare]
for name, params in {"bf16": None, **SCHEMES}.items():
    model = AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.bfloat16).to(DEVICE)
    if params is not None:
        model = quantize(model, **params)
    layer = model.model.layers[0].mlp.up_proj
    print(f"{name}: {stored_bytes(model) / 1e6:.1f} MB, up_proj in {type(layer.weight.data).__name__}")
    print(f"  {write(model)}")
# --8<-- [end:compare]
