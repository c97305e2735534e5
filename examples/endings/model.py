# %% [markdown]
# ## A model to try it on

# %%
# --8<-- [start:model]
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

try:
    # In a clone of the guide: the embedded model, which the guide's numbers are of.
    from qdocs.models import ensure

    MODEL = ensure("smollm2-135m")
except ModuleNotFoundError:
    # Anywhere else: the model that it derives from, fetched from the Hugging Face hub.
    MODEL = "HuggingFaceTB/SmolLM2-135M-Instruct"

# int4 on CUDA needs compute capability 8.0 or more; an older GPU is left alone.
DEVICE = "cuda" if torch.cuda.is_available() and torch.cuda.get_device_capability() >= (8, 0) else "cpu"

tokenizer = AutoTokenizer.from_pretrained(MODEL)
inputs = tokenizer("The capital of France is", return_tensors="pt").to(DEVICE)


def write(model):
    """Go on with the sentence for 24 tokens, always taking the likeliest."""
    with torch.no_grad():
        tokens = model.generate(**inputs, max_new_tokens=24, do_sample=False)[0]
    return " ".join(tokenizer.decode(tokens, skip_special_tokens=True).split())


def stored_bytes(model):
    """Bytes of all parameters; a packed one is the sum of its parts, and a tied head counts once."""

    def size(tensor):
        if hasattr(tensor, "__tensor_flatten__"):
            return sum(size(getattr(tensor, part)) for part in tensor.__tensor_flatten__()[0])
        return tensor.numel() * tensor.element_size()

    return sum(size(parameter.data) for parameter in model.parameters())


# --8<-- [end:model]
