"""What is a model, and how is it loaded?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qdocs import folders
from qdocs.embedded import EMBEDDED
from qdocs.errors import WrongUse
from qdocs.hub import FromHub
from qdocs.record import Model
from qdocs.shapes import random_model
from qdocs.sources import FromFolder, FromShape, FromWheel, Source, weights_seed
from qdocs.wheels import Progress, silent


@dataclass(frozen=True)
class Loading:
    """What loading a model may do.

    Attributes:
        trust_remote_code: Run code that the model's folder brings.
        spread: Spread layers over all devices there are, for a model larger than one (Accelerate's
            `device_map="auto"`).
    """

    trust_remote_code: bool = False
    spread: bool = False

    @property
    def options(self) -> dict[str, Any]:
        """For what Transformers and sentence-transformers load from a folder."""
        return {"local_files_only": True, "trust_remote_code": self.trust_remote_code}


PLAINLY = Loading()
BY_PREFIX: tuple[type[Source], ...] = (FromShape, FromFolder, FromHub)


def find_source(name: str) -> Source:
    """Where the model of that name comes from.

    Raises:
        WrongUse: If no model has that name.
    """
    if name in EMBEDDED:
        return FromWheel(name)
    for kind in BY_PREFIX:
        if name.startswith(kind.prefix):
            return kind(name)
    expected = [*EMBEDDED, *(kind.expects for kind in BY_PREFIX)]
    raise WrongUse(f"unknown model {name!r}: expected {', '.join(expected[:-1])}, or {expected[-1]}")


def ensure(name: str, progress: Progress = silent) -> Path:
    """Return the folder of a model by its name, fetching, unpacking and checking one that is not there.

    Args:
        name: The model's name.
        progress: Told what is going on.

    Raises:
        WrongUse: If there is no such model.
        Stopped: If it cannot be fetched or the cache cannot be written.
    """
    return find_source(name).place(progress)


def describe(name: str, folder: Path, how: Loading = PLAINLY) -> Model:
    """Describe a model for the record, its digest taken from the files now.

    Parameters and linear weights of an encoder are those of the transformer inside, which is what schemes change.

    Raises:
        WrongUse: If a folder holds no safetensors weights, or Transformers knows no model of its configuration.
    """
    parameters, linear_weights = _count(folder, how)
    return Model(
        purpose=folders.purpose(folder),
        parameters=parameters,
        linear_weights=linear_weights,
        setup_sha256=folders.setup_sha256(folder),
        **find_source(name).origin(folder),
    )


def config_of(folder: Path, how: Loading = PLAINLY) -> Any:
    """The configuration of a model's transformer.

    Raises:
        WrongUse: If Transformers cannot read it.
    """
    from transformers import AutoConfig

    with _saying(folder):
        return AutoConfig.from_pretrained(folders.transformer_folder(folder), **how.options)


def tokenizer_of(folder: Path, how: Loading = PLAINLY) -> Any:
    """The tokenizer of a language model.

    Raises:
        WrongUse: If there is none, or Transformers cannot load it.
    """
    from transformers import AutoTokenizer

    if not any(folder.glob("*token*")) and not any(folder.glob("vocab*")):
        raise WrongUse(f"{folder} has no tokenizer: put it beside the weights with `tokenizer.save_pretrained(folder)`")
    with _saying(folder):
        return AutoTokenizer.from_pretrained(folder, **how.options)


def kv_values_per_token(folder: Path, how: Loading = PLAINLY) -> int:
    """Numbers that the KV cache of a language model keeps for a token; 0 for a model without one."""
    config = config_of(folder, how).get_text_config()
    if folders.purpose(folder) == "embed" or not hasattr(config, "num_attention_heads"):
        return 0
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return int(2 * config.num_hidden_layers * heads * size)


def load(folder: Path, device: str, how: Loading = PLAINLY, *, as_stored: bool = False) -> tuple[Any, Any]:
    """Load a language model onto a device, and its tokenizer; random weights have none.

    Args:
        folder: The model's folder.
        device: `cpu` or `cuda`.
        how: What loading may do.
        as_stored: Keep the floating-point type of the file instead of bf16.

    Returns:
        A causal language model in evaluation mode, and its tokenizer or `None`.

    Raises:
        WrongUse: If Transformers cannot load the folder; the message is its own.
    """
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging

    logging.disable_progress_bar()
    if (seed := weights_seed(folder)) is not None:
        return random_model(folder, device, seed).eval().requires_grad_(False), None
    dtype = "auto" if as_stored else torch.bfloat16
    tokenizer = tokenizer_of(folder, how)
    with _saying(folder):
        if how.spread:
            model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, device_map="auto", **how.options)
        else:
            model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, **how.options).to(device)
    return model.eval().requires_grad_(False), tokenizer


def load_encoder(folder: Path, device: str, how: Loading = PLAINLY, *, as_stored: bool = False) -> Any:
    """Load a sentence encoder onto a device.

    Args:
        folder: The model's folder.
        device: `cpu` or `cuda`.
        how: What loading may do; an encoder is never spread.
        as_stored: Keep the floating-point type of the file instead of bf16.

    Returns:
        A `SentenceTransformer` in evaluation mode.

    Raises:
        WrongUse: If sentence-transformers cannot load the folder; the message is its own.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    dtype = "auto" if as_stored else torch.bfloat16
    with _saying(folder, "sentence-transformers"):
        encoder = SentenceTransformer(str(folder), device=device, model_kwargs={"dtype": dtype}, **how.options)
    return encoder.eval().requires_grad_(False)


def _count(folder: Path, how: Loading) -> tuple[int, int]:
    """Parameters, and weights of linear layers but the output head, from the configuration alone.

    Raises:
        WrongUse: If Transformers knows no model of that configuration.
    """
    import torch
    from transformers import AutoModel, AutoModelForCausalLM

    family = AutoModel if folders.purpose(folder) == "embed" else AutoModelForCausalLM
    config = config_of(folder, how)
    with _saying(folder), torch.device("meta"):
        model = family.from_config(config, trust_remote_code=how.trust_remote_code)
    head = model.get_output_embeddings()
    linear = [m for m in model.modules() if isinstance(m, torch.nn.Linear) and m is not head]
    return sum(p.numel() for p in model.parameters()), sum(m.weight.numel() for m in linear)


@contextmanager
def _saying(folder: Path, by: str = "Transformers") -> Iterator[None]:
    """Turn what a library says of a folder that it cannot load into a message for a person."""
    try:
        yield
    except (OSError, ValueError, KeyError, ImportError) as error:
        if "trust_remote_code" in str(error):
            raise WrongUse(
                f"{folder} needs code of its own, which is not run unless asked for: read its .py files, and give "
                "--trust-remote-code if you trust them"
            ) from None
        raise WrongUse(f"{by} cannot load {folder}: {error}") from None
