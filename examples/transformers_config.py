# %% [markdown]
# # The same schemes at load time
#
# Transformers can quantize while it loads: `TorchAoConfig` takes the same torchao configuration as `quantize_`, and
# each layer is packed as its weights arrive, so the whole model never stands in memory in bf16. The output head is
# left as it is, like in the other examples. What comes out is the same model, which this script shows layer by layer.

# %%
# Drops two warnings that torchao prints on import and that mean nothing here. Not needed where you paste the code.
from qdocs.measure.quiet import silence_known_warnings

silence_known_warnings()

# %%
# --8<-- [start:snippet]
import torch
from torchao.prototype.quantization.int4 import PrototypeInt4WeightOnlyConfig
from torchao.quantization import Int4WeightOnlyConfig, Int8WeightOnlyConfig, PerRow
from transformers import AutoModelForCausalLM, TorchAoConfig


def int8wo(device):
    """int8, one scale a row."""
    return Int8WeightOnlyConfig(granularity=PerRow())


def int4wo_g32(device):
    """int4 in groups of 32; the packing belongs to the device that will run it."""
    if device == "cuda":
        return Int4WeightOnlyConfig(group_size=32, int4_packing_format="tile_packed_to_4d")
    return PrototypeInt4WeightOnlyConfig(group_size=32)


def load(folder, config, device="cpu"):
    """Load a causal language model and quantize its linear layers on the way, all but the output head."""
    return AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=torch.bfloat16,
        device_map=device,
        quantization_config=TorchAoConfig(config, modules_to_not_convert=["lm_head"]),
    )


# --8<-- [end:snippet]

# %% [markdown]
# Run alone, this script loads the embedded model both ways and compares the outputs.

# %%
if __name__ == "__main__":
    import argparse

    from qdocs.models import ensure
    from qdocs.models import load as load_original
    from qdocs.schemes import find_schemes

    parser = argparse.ArgumentParser(description="Quantize at load time, and compare with quantize_ afterwards.")
    parser.add_argument("--model", default="smollm2-135m", help="a model's name, or path:FOLDER")
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    arguments = parser.parse_args()
    folder, schemes = ensure(arguments.model), find_schemes()
    for name, config in {"int8wo": int8wo, "int4wo-g32": int4wo_g32}.items():
        model, tokenizer = load_original(folder, arguments.device)
        afterwards = schemes[name].quantize(model, **schemes[name].params)
        at_load_time = load(folder, config(arguments.device), arguments.device)
        inputs = tokenizer("The capital of France is", return_tensors="pt").to(arguments.device)
        with torch.no_grad():
            difference = (afterwards(**inputs).logits - at_load_time(**inputs).logits).abs().max().item()
        packed = sum(hasattr(m.weight, "__tensor_flatten__") for m in at_load_time.modules() if hasattr(m, "weight"))
        print(f"{name}: {packed} layers quantized at load time; largest difference of any logit: {difference}")
