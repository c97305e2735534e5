"""What does a fidelity cell hold, and how do its samples become its summary?"""

from __future__ import annotations

import json
import math
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from qdocs.record.base import (
    Explained,
    Failed,
    Measured,
    Part,
    Positive,
    Sha256,
    Share,
    Sidecar,
    Spec,
    Text,
    Timed,
    Unsupported,
)

Nats = Annotated[float, Field(ge=0)]
# KL divergence is never negative; rounding in fp32 sums over a vocabulary can leave this much below zero.
KL_ROUNDING = 1e-4


class FidelityWorkload(Part):
    """Windows of fixed length from each corpus, one after the other without overlap, no BOS token added.

    The first token of a window is context only, so a window scores `window_tokens - 1` positions.
    """

    window_tokens: Annotated[int, Field(ge=2)]
    windows_per_corpus: Positive


class CorpusSamples(Part):
    """One number a scored position, in order: divergence, agreement, and both negative log-likelihoods."""

    tokens_sha256: Sha256
    kl_nats: Annotated[list[Annotated[float, Field(ge=-KL_ROUNDING)]], Field(min_length=1)]
    top1_agrees: list[bool]
    nll_baseline_nats: list[Nats]
    nll_nats: list[Nats]

    @model_validator(mode="after")
    def _equal_length(self) -> CorpusSamples:
        lengths = {len(self.kl_nats), len(self.top1_agrees), len(self.nll_baseline_nats), len(self.nll_nats)}
        if len(lengths) != 1:
            raise ValueError(f"sample columns differ in length: {sorted(lengths)}")
        return self


class FidelitySamples(Part):
    """Samples by corpus."""

    corpora: Annotated[dict[str, CorpusSamples], Field(min_length=1)]


class Closeness(Explained):
    """How close the scheme is to the baseline on some positions; p99.9 needs a thousand of them."""

    positions: Positive
    kl_mean_nats: float
    kl_median_nats: float
    kl_p99_nats: float
    kl_p999_nats: float | None
    kl_max_nats: float
    top1_agreement: Share
    perplexity_baseline: float
    perplexity: float
    perplexity_ratio: float


class FidelityResult(Part):
    """Closeness overall and by corpus, recomputable from the samples."""

    samples: Sidecar
    overall: Closeness
    by_corpus: dict[str, Closeness]
    tokens_sha256: dict[str, Sha256]
    corpus_source: Text

    @property
    def paired_by(self) -> str:
        """What like cells of a run must share."""
        return json.dumps(self.tokens_sha256, sort_keys=True)


def closeness(parts: list[CorpusSamples]) -> Closeness:
    """Summarise positions.

    Perplexity is exp(mean negative log-likelihood) and the ratio is scheme over baseline on the same tokens.

    Raises:
        ValueError: If there is no position.
    """
    if not parts:
        raise ValueError("no corpus to summarise")
    kl = np.concatenate([np.asarray(p.kl_nats) for p in parts])
    agrees = np.concatenate([np.asarray(p.top1_agrees) for p in parts])
    baseline = float(np.mean(np.concatenate([np.asarray(p.nll_baseline_nats) for p in parts])))
    scheme = float(np.mean(np.concatenate([np.asarray(p.nll_nats) for p in parts])))
    enough = len(kl) >= 1000
    return Closeness(
        positions=len(kl),
        kl_mean_nats=float(kl.mean()),
        kl_median_nats=float(np.median(kl)),
        kl_p99_nats=float(np.quantile(kl, 0.99)),
        kl_p999_nats=float(np.quantile(kl, 0.999)) if enough else None,
        kl_max_nats=float(kl.max()),
        top1_agreement=float(agrees.mean()),
        perplexity_baseline=math.exp(baseline),
        perplexity=math.exp(scheme),
        perplexity_ratio=math.exp(scheme - baseline),
        reasons={} if enough else {"kl_p999_nats": f"{len(kl)} positions; at least 1,000 are needed"},
    )


class FidelitySpec(Spec):
    """Which fidelity cell."""

    samples_type: ClassVar[type[Part]] = FidelitySamples
    kind: Literal["fidelity"] = "fidelity"
    workload: FidelityWorkload

    @property
    def slug(self) -> str:
        """The workload in a few letters."""
        return f"fidelity-w{self.workload.window_tokens}x{self.workload.windows_per_corpus}"

    def summarize(self, samples: FidelitySamples) -> dict[str, Any]:
        """Compute every summary field of `FidelityResult` that follows from the samples alone.

        Raises:
            ValueError: If a corpus does not have the number of positions that the workload says.
        """
        expected = (self.workload.window_tokens - 1) * self.workload.windows_per_corpus
        for name, part in samples.corpora.items():
            if len(part.kl_nats) != expected:
                raise ValueError(f"corpus {name} has {len(part.kl_nats)} positions, expected {expected}")
        return {
            "overall": closeness(list(samples.corpora.values())),
            "by_corpus": {name: closeness([part]) for name, part in samples.corpora.items()},
            "tokens_sha256": {name: part.tokens_sha256 for name, part in samples.corpora.items()},
        }


class FidelityCell(FidelitySpec, Timed):
    """A fidelity cell in its state."""

    outcome: Annotated[Measured[FidelityResult] | Unsupported | Failed, Field(discriminator="state")]
