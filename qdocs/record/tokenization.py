"""What does a tokenization cell hold: how many tokens does a tokenizer make of texts of each kind?"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from qdocs.record.base import (
    Count,
    Failed,
    Measured,
    Name,
    Part,
    Positive,
    Sha256,
    Sidecar,
    Spec,
    Text,
    Timed,
    Unsupported,
    check_columns,
)


class TokenizationWorkload(Part):
    """So many texts; the digest is of their ids, kinds, messages and words."""

    texts: Positive
    texts_sha256: Sha256


class TokenizationSamples(Part):
    """One entry a text, without the tokens that a model adds at its beginning or end.

    Texts of several languages that say the same share a message; it is `None` where a text stands alone. `unknown`
    counts tokens that stand for what the vocabulary cannot write: its text is lost.
    """

    texts_sha256: Sha256
    ids: Annotated[list[Name], Field(min_length=1)]
    kinds: list[Name]
    messages: list[Name | None]
    characters: list[Positive]
    utf8_bytes: list[Positive]
    tokens: list[Positive]
    unknown: list[Count]

    @model_validator(mode="after")
    def _columns_agree(self) -> TokenizationSamples:
        check_columns(self.ids, self.kinds, self.messages, self.characters, self.utf8_bytes, self.tokens, self.unknown)
        for name, characters, size, tokens, unknown in zip(
            self.ids, self.characters, self.utf8_bytes, self.tokens, self.unknown, strict=True
        ):
            if size < characters:
                raise ValueError(f"{name}: {characters} characters cannot take {size} bytes")
            if unknown > tokens:
                raise ValueError(f"{name}: {unknown} of {tokens} tokens are unknown")
        return self


class KindOfText(Part):
    """Sums over the texts of one kind."""

    texts: Positive
    characters: Positive
    utf8_bytes: Positive
    tokens: Positive
    unknown: Count


class TokenizationResult(Part):
    """Sums by kind of text, which follow from the samples, and what the tokenizer is.

    `algorithm` is the name that the tokenizer gives its method; `vocabulary` counts its tokens, added ones included.
    """

    samples: Sidecar
    texts_sha256: Sha256
    by_kind: Annotated[dict[Name, KindOfText], Field(min_length=1)]
    algorithm: Text
    vocabulary: Positive

    @property
    def paired_by(self) -> str:
        """What like cells of a run must share."""
        return self.texts_sha256


class TokenizationSpec(Spec):
    """Which tokenization cell."""

    samples_type: ClassVar[type[Part]] = TokenizationSamples
    kind: Literal["tokenization"] = "tokenization"
    workload: TokenizationWorkload

    @property
    def slug(self) -> str:
        """The workload in a few letters."""
        return f"tokenization-n{self.workload.texts}"

    def summarize(self, samples: TokenizationSamples) -> dict[str, Any]:
        """Compute every summary field of `TokenizationResult` that follows from the samples alone.

        Raises:
            ValueError: If the samples are of other texts than the workload's.
        """
        found = (len(samples.ids), samples.texts_sha256)
        if found != (expected := (self.workload.texts, self.workload.texts_sha256)):
            raise ValueError(f"number and digest of texts are {found}, expected {expected}")
        by_kind: dict[str, KindOfText] = {}
        for kind in dict.fromkeys(samples.kinds):
            own = [index for index, name in enumerate(samples.kinds) if name == kind]
            sums = {
                name: sum(getattr(samples, name)[index] for index in own)
                for name in ("characters", "utf8_bytes", "tokens", "unknown")
            }
            by_kind[kind] = KindOfText(texts=len(own), **sums)
        return {"texts_sha256": samples.texts_sha256, "by_kind": by_kind}


class TokenizationCell(TokenizationSpec, Timed):
    """A tokenization cell in its state."""

    outcome: Annotated[Measured[TokenizationResult] | Unsupported | Failed, Field(discriminator="state")]
