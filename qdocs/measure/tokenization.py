"""How many tokens does a model's tokenizer make of each bundled text?"""

from __future__ import annotations

from typing import Any

from qdocs.errors import KnownProblem
from qdocs.record import TokenizationSamples, TokenizationWorkload
from qdocs.tasks.texts import bundled_texts


def measure_tokenization(
    tokenizer: Any, workload: TokenizationWorkload
) -> tuple[TokenizationSamples, dict[str, str | int]]:
    """Count tokens text by text, without those that a model adds at the beginning or the end.

    Args:
        tokenizer: A tokenizer of transformers.
        workload: The texts' number and digest.

    Returns:
        The counts, and what the tokenizer is: `algorithm` and `vocabulary`.

    Raises:
        KnownProblem: If the bundled texts are not those that the run was planned with.
    """
    texts = bundled_texts()
    if texts.workload != workload:
        raise KnownProblem("the bundled texts changed while they were measured; give the command again")
    tokens, unknown = [], []
    for text in texts.texts:
        ids = tokenizer(text.text, add_special_tokens=False)["input_ids"]
        tokens.append(len(ids))
        unknown.append(sum(one == tokenizer.unk_token_id for one in ids))
    samples = TokenizationSamples(
        texts_sha256=texts.sha256,
        ids=[text.id for text in texts.texts],
        kinds=[text.kind for text in texts.texts],
        messages=[text.message for text in texts.texts],
        characters=[len(text.text) for text in texts.texts],
        utf8_bytes=[len(text.text.encode()) for text in texts.texts],
        tokens=tokens,
        unknown=unknown,
    )
    inner = getattr(tokenizer, "backend_tokenizer", None)
    method = type(inner.model if inner is not None else tokenizer).__name__
    return samples, {"algorithm": method, "vocabulary": len(tokenizer)}
