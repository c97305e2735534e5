"""How long does a sentence encoder take from token ids to sentence vectors?"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from qdocs.measure.disturbance import Watch
from qdocs.measure.generate import FIRST_ORDINARY_TOKEN, Clock
from qdocs.measure.latency import ATTEMPTS
from qdocs.record import Disturbance
from qdocs.record.encoding import EncodingSamples, EncodingSpec

# CUDA graphs are recorded in the second call and first replayed in the third.
WARMUP = 3


def transformer_of(encoder: Any) -> nn.Module:
    """The transformer inside a `SentenceTransformer`: what a scheme is applied to."""
    inside: nn.Module = encoder[0].model
    return inside


def put_transformer(encoder: Any, transformer: nn.Module) -> None:
    """Let a `SentenceTransformer` go on with another transformer, for a scheme may return a new one."""
    encoder[0].model = transformer


class SentenceBatch:
    """Encodes the same texts of equal length again and again, in compiled mode as one graph.

    Texts are random token ids: their content does not change the work. Splitting text into tokens is left out, since
    no scheme changes it; pooling and normalising are in.

    Args:
        encoder: A `SentenceTransformer` on its device.
        batch: Texts at once.
        tokens: Length of each.
        compiled: Whether to compile.
        seed: Seed of the texts.

    Raises:
        ValueError: If the encoder does not read texts of that length.
    """

    def __init__(self, encoder: Any, batch: int, tokens: int, *, compiled: bool, seed: int) -> None:
        longest = encoder.max_seq_length
        if longest is not None and tokens > longest:
            raise ValueError(f"texts of {tokens} tokens: this encoder reads at most {longest}")
        self._encoder = encoder
        self._device = next(transformer_of(encoder).parameters()).device
        vocabulary = encoder[0].config.vocab_size
        source = torch.Generator().manual_seed(seed)
        first = min(FIRST_ORDINARY_TOKEN, vocabulary // 2)
        self._ids = torch.randint(first, vocabulary, (batch, tokens), generator=source).to(self._device)
        self._mask = torch.ones_like(self._ids)
        self._run = self._compile() if compiled else self._encode

    def run(self) -> float:
        """Encode once; milliseconds from token ids on the device to `[batch, width]` vectors on the device."""
        if self._device.type == "cuda":
            torch.cuda.synchronize()
        clock = Clock(self._device)
        with torch.no_grad():
            clock.mark()
            self._run(self._ids, self._mask)
            clock.mark()
        return round(clock.intervals_ms()[0], 4)

    def _encode(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        vectors: torch.Tensor = self._encoder({"input_ids": ids, "attention_mask": mask})["sentence_embedding"]
        return vectors

    def _compile(self) -> Any:
        from torchao.quantization.utils import recommended_inductor_config_setter

        # torchao sets these for the schemes it quantizes; the baseline gets them too, so that only weights differ.
        recommended_inductor_config_setter()
        mode = "reduce-overhead" if self._device.type == "cuda" else None
        return torch.compile(self._encode, mode=mode, dynamic=False, fullgraph=True)


def measure_encoding(
    encoder: Any,
    spec: EncodingSpec,
    *,
    iterations: int,
    seed: int,
    device: str,
    probes: list[float],
    say: Callable[[str], None],
) -> tuple[EncodingSamples, Disturbance, dict[str, Any]]:
    """Warm up, then time calls; measured again up to twice if the machine was disturbed.

    Args:
        encoder: A `SentenceTransformer` with the scheme's transformer, on its device.
        spec: The cell.
        iterations: Timed calls.
        seed: Seed of the texts.
        device: `cpu` or `cuda`.
        probes: Bandwidth probes of the run so far in GB/s, appended to.
        say: Told what is going on.

    Returns:
        The samples, whether they were disturbed, and the fields of the result that do not follow from them.

    Raises:
        ValueError: If the encoder does not read texts of that length.
    """
    compiled = spec.mode == "compiled"
    work = spec.workload
    sentences = SentenceBatch(encoder, work.batch, work.tokens, compiled=compiled, seed=seed)
    say("compiling and warming up" if compiled else "warming up")
    start = time.perf_counter()
    warmup = [sentences.run() for _ in range(WARMUP)]
    warmup_s = time.perf_counter() - start
    # The first call of a compiled encoder compiles; what it took beyond the last one is compile time.
    compile_s = max(0.0, warmup[0] - warmup[-1]) / 1000 if compiled else None
    for attempt in range(1, ATTEMPTS + 1):
        watch = Watch(device, probes)
        say(f"encoding {iterations} times" + (f", attempt {attempt}" if attempt > 1 else ""))
        timed = [sentences.run() for _ in range(iterations)]
        disturbance = watch.finish(attempt)
        if not disturbance.disturbed:
            break
    rest = {
        "warmup_iterations": WARMUP,
        "warmup_s": round(warmup_s, 3),
        "compile_s": None if compile_s is None else round(compile_s, 3),
        "reasons": {} if compiled else {"compile_s": "eager mode compiles nothing"},
    }
    return EncodingSamples(encode_ms=timed), disturbance, rest
