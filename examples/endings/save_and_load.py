# %% [markdown]
# ## Save, load, compare
#
# The linear layers of the body in int8, saved and loaded again: what comes back writes the same.

# %%
# --8<-- [start:compare]
import tempfile

from torchao.quantization import Int8WeightOnlyConfig, PerRow, quantize_

model = AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.bfloat16).to(DEVICE)
quantize_(
    model,
    Int8WeightOnlyConfig(granularity=PerRow()),
    filter_fn=lambda module, name: isinstance(module, torch.nn.Linear) and "lm_head" not in name,
)
with tempfile.TemporaryDirectory() as folder:
    file = save(model, folder)
    print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")
    print("the same text:", write(load(folder, DEVICE)) == write(model))
# --8<-- [end:compare]
