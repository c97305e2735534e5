# %% [markdown]
# # Quantize once, save, load
#
# Quantizing takes time and needs the full-precision weights. Do it once, save what came out, and every later process
# loads the small file. The test of a saved model is simple: a new process that loads it writes the same tokens.
#
# Two formats. **safetensors** holds plain numbers and loads without running any code, but torchao can take only some of
# its tensor classes apart for it. **torch.save** holds every class; loaded with `weights_only=True` it runs no code
# either. Neither makes a packed layout portable. int4 weights packed for a CPU depend on the width of its vectors:
# packed for AVX2 and loaded where torch runs without it, they load without an error and write nonsense. So the file
# here says what it was packed for, and loading it elsewhere is refused. To move between machines, keep the bf16
# weights and quantize there.

# %%
# Drops two warnings that torchao prints on import and that mean nothing here. Not needed where you paste the code.
from qdocs.measure.quiet import silence_known_warnings

silence_known_warnings()

# %%
# --8<-- [start:save]
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torchao.prototype.safetensors.safetensors_support import flatten_tensor_state_dict, unflatten_tensor_state_dict
from torchao.prototype.safetensors.safetensors_utils import ALLOWED_TENSORS_SUBCLASSES


def save(model, folder):
    """Save a quantized model's configuration and weights; return the file of weights."""
    model.config.save_pretrained(folder)
    state = {name: tensor.detach() for name, tensor in model.state_dict().items()}
    head, embedding = model.get_output_embeddings(), model.get_input_embeddings()
    if head is not None and head.weight is embedding.weight:
        # A tied head is the embedding under another name: stored once, tied again after loading.
        state = {name: tensor for name, tensor in state.items() if not name.startswith("lm_head.")}
    packed = {type(tensor).__name__ for tensor in state.values()} - {"Tensor"}
    if packed <= set(ALLOWED_TENSORS_SUBCLASSES):
        tensors, metadata = flatten_tensor_state_dict(state)
        file = Path(folder) / "model.safetensors"
        save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, file, metadata=metadata)
    else:
        file = Path(folder) / "model.pt"
        torch.save({"packed_for": torch.backends.cpu.get_cpu_capability(), "state": state}, file)
    return file


# --8<-- [end:save]

# %%
# --8<-- [start:load]
from accelerate import init_empty_weights
from transformers import AutoConfig, AutoModelForCausalLM


def load(folder, device="cpu"):
    """Build the model without weights, then put the saved ones in place of the missing ones."""
    folder = Path(folder)
    if (folder / "model.safetensors").is_file():
        with safe_open(folder / "model.safetensors", framework="pt", device=device) as file:
            tensors, metadata = {name: file.get_tensor(name) for name in sorted(file.keys())}, file.metadata()
        state, _ = unflatten_tensor_state_dict(tensors, metadata)
    else:
        # Importing the class lets weights_only=True accept it.
        import torchao.prototype.quantization.int4  # noqa: F401

        saved = torch.load(folder / "model.pt", map_location=device, weights_only=True)
        if saved["packed_for"] != (here := torch.backends.cpu.get_cpu_capability()):
            raise ValueError(f"{folder} holds weights packed for {saved['packed_for']}, this is {here}: quantize here")
        state = saved["state"]
    config = AutoConfig.from_pretrained(folder)
    with init_empty_weights(include_buffers=False):
        model = AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    # assign=True takes the saved tensors as they are; copying would need weights of the same class to copy into.
    model.load_state_dict(state, strict=False, assign=True)
    model.tie_weights()
    if missing := [name for name, parameter in model.named_parameters() if parameter.is_meta]:
        raise ValueError(f"{folder} lacks {len(missing)} weights, such as {missing[0]}")
    return model.to(device).eval()


# --8<-- [end:load]

# %% [markdown]
# Run alone, this script quantizes the embedded model with two schemes, saves each, loads it in a new process and
# compares what the two write.

# %%
if __name__ == "__main__":
    import argparse
    import json
    import subprocess
    import sys
    import tempfile
    import time

    from qdocs.models import ensure
    from qdocs.models import load as load_original
    from qdocs.schemes import find_schemes

    PROMPT = "The capital of France is"

    def write(model, tokenizer):
        """Twenty-four tokens, greedily."""
        inputs = tokenizer(PROMPT, return_tensors="pt")
        return model.generate(**inputs, max_new_tokens=24, do_sample=False)[0].tolist()

    def in_a_new_process(saved, original):
        """What a process that knows only the saved files writes, and how long it took to load them."""
        command = [sys.executable, __file__, "--load", saved, "--tokenizer", original]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)

    parser = argparse.ArgumentParser(description="Quantize, save, load in a new process, and compare what both write.")
    parser.add_argument("--model", default="smollm2-135m", help="a model's name, or path:FOLDER")
    parser.add_argument("--scheme", action="append", help="repeat it for more; int8wo and int4wo-g32 by default")
    parser.add_argument("--load", help=argparse.SUPPRESS)
    parser.add_argument("--tokenizer", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.load:
        from transformers import AutoTokenizer

        start = time.perf_counter()
        loaded = load(arguments.load)
        seconds = time.perf_counter() - start
        tokens = write(loaded, AutoTokenizer.from_pretrained(arguments.tokenizer))
        print(json.dumps({"seconds": seconds, "tokens": tokens}))
        sys.exit()
    original = ensure(arguments.model)
    schemes = find_schemes()
    for name in arguments.scheme or ["int8wo", "int4wo-g32"]:
        model, tokenizer = load_original(original, "cpu")
        model = schemes[name].quantize(model, **schemes[name].params)
        with tempfile.TemporaryDirectory() as folder:
            file = save(model, folder)
            found = in_a_new_process(folder, str(original))
            size = file.stat().st_size / 1e6
        same = "the same tokens" if found["tokens"] == write(model, tokenizer) else "OTHER TOKENS"
        print(f"{name}: {file.name}, {size:.1f} MB, loaded in {found['seconds']:.1f} s: {same}")
