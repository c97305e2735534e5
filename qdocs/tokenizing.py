"""What does a run say of a tokenizer, kind of text by kind of text?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qdocs.record import KindOfText, Run, TokenizationCell, TokenizationResult, TokenizationSamples, read_samples
from qdocs.stats import Interval, ratio_of_sums
from qdocs.tasks.texts import REFERENCE


@dataclass(frozen=True)
class Counted:
    """One kind of text under one model's tokenizer.

    `ratio` is the tokens of messages as a multiple of what the same messages take in English; `None` for a kind that
    says nothing that English says, too.
    """

    model: str
    result: TokenizationResult
    kind: str
    sums: KindOfText
    ratio: Interval | None

    @property
    def tokens_per_character(self) -> float:
        """Tokens a character."""
        return self.sums.tokens / self.sums.characters

    @property
    def characters_per_token(self) -> float:
        """Characters a token."""
        return self.sums.characters / self.sums.tokens

    @property
    def unknown_share(self) -> float:
        """Share of the tokens that stand for lost text, 0 to 1."""
        return self.sums.unknown / self.sums.tokens


def counted(run: Run, folder: Path) -> list[Counted]:
    """Every kind of text of a run, in the order of its texts.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    made = []
    for cell in run.cells:
        if isinstance(cell, TokenizationCell) and cell.outcome.state == "measured":
            result = cell.outcome.result
            samples = read_samples(folder, result.samples, TokenizationSamples)
            made += [
                Counted(cell.model, result, kind, sums, _beside_reference(samples, kind))
                for kind, sums in result.by_kind.items()
            ]
    return made


def _beside_reference(samples: TokenizationSamples, kind: str) -> Interval | None:
    said: dict[str, dict[str, int]] = {}
    for name, message, tokens in zip(samples.kinds, samples.messages, samples.tokens, strict=True):
        if message is not None:
            said.setdefault(name, {})[message] = tokens
    ours, theirs = said.get(kind, {}), said.get(REFERENCE, {})
    shared = sorted(ours.keys() & theirs.keys())
    return ratio_of_sums([ours[m] for m in shared], [theirs[m] for m in shared]) if shared else None
