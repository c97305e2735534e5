"""What is in a model's folder: a language model or a sentence encoder, which files, what digests?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from qdocs.embedded import Purpose
from qdocs.errors import WrongUse
from qdocs.wheels import file_sha256

# Where the weights came from, beside those that qdocs placed itself.
ORIGIN = "qdocs.json"
# What sentence-transformers writes into the folder of an encoder: its modules in order, the transformer first.
MODULES = "modules.json"
# What a model's folder holds beside its weights and that changes what it says: configuration, tokenizer, chat template,
# code of its own.
SETUP_SUFFIXES = (".json", ".txt", ".model", ".jinja", ".py")


def purpose(folder: Path) -> Purpose:
    """What a model is for: a causal language model generates, a sentence encoder embeds."""
    return "embed" if (folder / MODULES).is_file() else "generate"


def transformer_folder(folder: Path) -> Path:
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


def check(folder: Path, name: str) -> None:
    """Check that a folder is one that Transformers or sentence-transformers saved, without reading weights.

    Raises:
        WrongUse: If it is not, with what is missing.
    """
    if not (transformer_folder(folder) / "config.json").is_file():
        raise WrongUse(
            f"model {name!r}: {folder} has no config.json; expected a folder saved by Transformers or "
            "sentence-transformers"
        )


def weights_sha256(folder: Path, name: str) -> str:
    """A digest of every file of weights, an encoder's in the folders of its modules, too.

    Raises:
        WrongUse: If there are no safetensors weights.
    """
    files = sorted(folder.rglob("*.safetensors") if purpose(folder) == "embed" else folder.glob("*.safetensors"))
    if not files:
        raise WrongUse(f"model {name!r}: {folder} has no *.safetensors; save it with `model.save_pretrained(folder)`")
    return _digest(folder, files)


def setup_sha256(folder: Path) -> str:
    """A digest of everything beside the weights that changes what the model says."""
    return _digest(
        folder, sorted(path for path in folder.rglob("*") if path.suffix in SETUP_SUFFIXES and path.name != ORIGIN)
    )


def _digest(folder: Path, files: Iterable[Path]) -> str:
    lines = "".join(f"{path.relative_to(folder).as_posix()} {file_sha256(path)}\n" for path in files)
    return hashlib.sha256(lines.encode()).hexdigest()
