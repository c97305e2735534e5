"""How does a model come from a model hub, and what is said when it does not?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from qdocs import folders
from qdocs.errors import Stopped, WrongUse
from qdocs.sources import AS_FOUND, Source
from qdocs.wheels import Progress, silent

# Configuration, tokenizer, weights, and the code that some models bring; no second copy of the weights in other forms.
WANTED = ["*.safetensors", *(f"*{suffix}" for suffix in folders.SETUP_SUFFIXES)]
REPO = r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?"
UNWANTED = ["original/*", "consolidated*", "onnx/*", "openvino/*"]


class FromHub(Source):
    """A repository at a revision; a record keeps the commit that the revision stood for.

    It is kept where Hugging Face's own tools keep what they fetch, so that what is there is found. Environment
    variables of theirs hold: `HF_ENDPOINT`, `HF_TOKEN`, `HF_HOME`, `HF_HUB_OFFLINE`.
    """

    prefix = "hf:"
    expects = "hf:REPO@REVISION for a repository of the Hugging Face hub"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._repo, _, revision = self.rest.partition("@")
        self._revision = revision or "main"
        if not re.fullmatch(REPO, self._repo):
            raise WrongUse(f"model {name!r} names no repository: expected hf:OWNER/NAME@REVISION")

    def place(self, progress: Progress = silent) -> Path:
        """Fetch what the cache does not have."""
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import (
            GatedRepoError,
            HfHubHTTPError,
            LocalEntryNotFoundError,
            RepositoryNotFoundError,
            RevisionNotFoundError,
        )

        progress(f"fetching {self._repo}", 0, 0)
        try:
            folder = Path(
                snapshot_download(self._repo, revision=self._revision, allow_patterns=WANTED, ignore_patterns=UNWANTED)
            )
        except GatedRepoError:
            raise WrongUse(
                f"{self._repo} is gated: accept its terms on its page, then log in with `hf auth login` or set HF_TOKEN"
            ) from None
        except RepositoryNotFoundError:
            raise WrongUse(
                f"there is no repository {self._repo}, or it is private: check its name, or log in with `hf auth login`"
            ) from None
        except RevisionNotFoundError:
            raise WrongUse(f"{self._repo} has no revision {self._revision}: name a branch, a tag or a commit") from None
        except LocalEntryNotFoundError as error:
            raise Stopped(
                f"{self._repo} is not in the cache, at least not as a whole, and the hub cannot be reached: connect to "
                f"the network, or unset HF_HUB_OFFLINE ({_first_line(error)})"
            ) from None
        except (HfHubHTTPError, OSError) as error:
            raise Stopped(f"cannot fetch {self._repo}: {_first_line(error)}") from None
        folders.check(folder, self.name)
        return folder

    def origin(self, folder: Path) -> dict[str, Any]:
        """The repository at its commit, which is the name of the folder, and a digest of its weights taken now."""
        commit = folder.name
        return {
            "id": f"{self.prefix}{self._repo.replace('/', '--')}@{commit[:12]}",
            "source": f"Hugging Face hub, {self._repo} at commit {commit}",
            "source_sha256": None,
            "weights_sha256": folders.weights_sha256(folder, self.name),
            "permutation_seed": None,
            "weights_seed": None,
            "caveat": None,
            "reasons": {"source_sha256": "a repository has a commit, which its source names", **AS_FOUND},
        }


def _first_line(error: Exception) -> str:
    cause = error.__cause__ or error
    return next(iter(str(cause).splitlines()), type(cause).__name__)
