"""How is a fixed number of tokens generated, greedily, with a static KV cache, and timed phase by phase?"""

from __future__ import annotations

import time
from typing import Any

import torch
from torch import nn

from qdocs.record import LatencyIteration

# Prompts are random token ids: their content does not change the work. Control tokens have the lowest ids.
FIRST_ORDINARY_TOKEN = 100


class Clock:
    """Marks moments on a device: device events on CUDA, where work is queued; the performance counter elsewhere."""

    def __init__(self, device: torch.device) -> None:
        self._cuda = device.type == "cuda"
        self._marks: list[Any] = []

    def mark(self) -> None:
        """Note this moment."""
        if self._cuda:
            event: Any = torch.cuda.Event(enable_timing=True)  # type: ignore[no-untyped-call]
            event.record()
            self._marks.append(event)
        else:
            self._marks.append(time.perf_counter())

    def intervals_ms(self) -> list[float]:
        """Milliseconds between neighbouring marks."""
        pairs = zip(self._marks, self._marks[1:], strict=False)
        if self._cuda:
            torch.cuda.synchronize()
            return [float(a.elapsed_time(b)) for a, b in pairs]
        return [1000 * (b - a) for a, b in pairs]


class Generator:
    """Generates from random prompts of equal length; the decode step is compiled in compiled mode, prefill is not.

    That is how Transformers' own `generate` compiles, too. On CUDA the compiled step runs as a CUDA graph.

    Args:
        model: A causal language model on its device.
        batch: Prompts at once.
        prompt_tokens: Length of each.
        new_tokens: Tokens to generate for each, 2 or more.
        compiled: Whether to compile the decode step.
        seed: Seed of the prompts.
    """

    def __init__(
        self, model: nn.Module, batch: int, prompt_tokens: int, new_tokens: int, *, compiled: bool, seed: int
    ) -> None:
        from transformers import StaticCache

        self._model = model
        self._new_tokens = new_tokens
        self._device = next(model.parameters()).device
        config: Any = model.config
        self._cache = StaticCache(config=config, max_cache_len=prompt_tokens + new_tokens)
        source = torch.Generator().manual_seed(seed)
        first = min(FIRST_ORDINARY_TOKEN, config.vocab_size // 2)
        self._prompt = torch.randint(first, config.vocab_size, (batch, prompt_tokens), generator=source).to(
            self._device
        )
        self._decode = self._compile() if compiled else self._step

    def run(self) -> LatencyIteration:
        """Generate once.

        TTFT runs from the prompt to the first token; each further token is one decode step; the whole runs from the
        prompt to the last token.
        """
        self._cache.reset()
        if self._device.type == "cuda":
            torch.cuda.synchronize()
        clock = Clock(self._device)
        with torch.no_grad():
            clock.mark()
            token = self._step(self._prompt)
            clock.mark()
            for _ in range(self._new_tokens - 1):
                # A CUDA graph writes each result to the same memory: take a copy before the next replay.
                token = self._decode(token.clone())
                clock.mark()
        ttft, *decode = (round(ms, 4) for ms in clock.intervals_ms())
        return LatencyIteration(ttft_ms=ttft, decode_ms=decode, end_to_end_ms=round(ttft + sum(decode), 4))

    def cache_bytes(self) -> int:
        """Bytes of the KV cache, allocated in full at the first generation."""
        return sum(t.numel() * t.element_size() for layer in self._cache.layers for t in (layer.keys, layer.values))

    def _step(self, tokens: torch.Tensor) -> torch.Tensor:
        """One forward pass over `[batch, length]` token ids; returns the most likely next ids, `[batch, 1]`."""
        model: Any = self._model
        logits = model(input_ids=tokens, past_key_values=self._cache, use_cache=True, logits_to_keep=1).logits
        return torch.argmax(logits[:, -1], dim=-1, keepdim=True)

    def _compile(self) -> Any:
        from torchao.quantization.utils import recommended_inductor_config_setter

        # torchao sets these for the schemes it quantizes; the baseline gets them too, so that only weights differ.
        recommended_inductor_config_setter()
        mode = "reduce-overhead" if self._device.type == "cuda" else None
        return torch.compile(self._step, mode=mode, dynamic=False, fullgraph=True)
