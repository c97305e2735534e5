"""How are the numbers computed that a quiz asks for?

Each is what the package computes elsewhere, for the numbers that the question names.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping

from qdocs.cost import per_million
from qdocs.errors import WrongUse
from qdocs.footprint import INT4_GROUP, TILE
from qdocs.paired import LEVEL, mcnemar
from qdocs.publish.names import look_up


def bits_a_weight(bits: float, group: float) -> float:
    """Bits that a weight takes with its share of the group's scale and zero point."""
    return bits + 8 * INT4_GROUP / group


def bits_without_scales(bits: float) -> float:
    """Bits a weight, its scales forgotten."""
    return bits


def padded_share(width: float) -> float:
    """By how much padding enlarges a row of int4 weights of this width on CUDA, as a multiple."""
    return -(-int(width) // TILE) * TILE / width


def losses_needed(flips: float) -> float:
    """The least number of flips, of so many, that must go the same way for McNemar's exact test to see a change."""
    many = int(flips)
    return next(float(lost) for lost in range(many // 2, many + 1) if mcnemar(lost, many - lost) < LEVEL)


def majority(flips: float) -> float:
    """More than half of so many."""
    return float(int(flips) // 2 + 1)


def p_of_flips(lost: float, gained: float) -> float:
    """Two-sided p of McNemar's exact test."""
    return mcnemar(int(lost), int(gained))


def cost(price: float, speed: float, utilization: float) -> float:
    """Price of a million tokens."""
    return per_million(price, speed, utilization)


def times(a: float, b: float) -> float:
    """A product."""
    return a * b


def kv_bytes(layers: float, kv_heads: float, head_width: float, context: float, batch: float) -> float:
    """Bytes of a KV cache in bf16: keys and values of every layer and token."""
    return 2 * layers * kv_heads * head_width * 2 * context * batch


def tokens_left(pieces: float, joins: float) -> float:
    """Tokens of a word that begins as so many pieces, after so many joins: each makes one of two neighbours."""
    return pieces - joins


def task_cost_ratio(tokens: float, price: float, other_tokens: float, other_price: float) -> float:
    """Cost of a task as a multiple of another's; tokens a task, and prices a token in any unit that both share."""
    return tokens * price / (other_tokens * other_price)


def time_ratio(tokens: float, speed: float) -> float:
    """Time of an answer as a multiple of another's, with so many times its tokens at so many times its speed."""
    return tokens / speed


def window_left(window: float, tokens: float, ratio: float) -> float:
    """Tokens of a context window left beside a text, in a language with `ratio` times its English tokens."""
    return window - tokens * ratio


def share_of(score: float, other: float) -> float:
    """Softmax's share of a score beside one other, 0 to 1."""
    return 1 / (1 + math.exp(other - score))


def cache_megabytes(layers: float, kv_heads: float, head_width: float, context: float) -> float:
    """Megabytes of one user's KV cache in bf16."""
    return kv_bytes(layers, kv_heads, head_width, context, batch=1) / 1e6


def users_that_fit(gigabytes: float, bytes_a_token: float, context: float) -> float:
    """Whole users whose caches fit into so many gigabytes, each with its context of so many tokens."""
    return float(gigabytes * 1e9 // (bytes_a_token * context))


def read_ratio(weights: float, smaller: float, cache: float) -> float:
    """How many times fewer bytes a decode step reads once its weights are smaller; all in one unit."""
    return (weights + cache) / (smaller + cache)


def margin_gain(chosen: float, rejected: float, reference_chosen: float, reference_rejected: float) -> float:
    """By how many nats a pair's margin is wider than the reference's, from log-probabilities in nats."""
    return (chosen - rejected) - (reference_chosen - reference_rejected)


KNOWN: dict[str, Callable[..., float]] = {
    made.__name__: made
    for made in (
        bits_a_weight,
        bits_without_scales,
        padded_share,
        losses_needed,
        majority,
        p_of_flips,
        cost,
        times,
        kv_bytes,
        tokens_left,
        task_cost_ratio,
        time_ratio,
        window_left,
        share_of,
        cache_megabytes,
        users_that_fit,
        read_ratio,
        margin_gain,
    )
}


def compute(name: str, given: Mapping[str, float]) -> float:
    """A number by the name of what computes it.

    Raises:
        WrongUse: If there is no function of that name, or it takes other numbers.
    """
    function = look_up(name, KNOWN, "function")
    expected = list(inspect.signature(function).parameters)
    if sorted(expected) != sorted(given):
        raise WrongUse(f"{name} takes {', '.join(expected)}, and not {', '.join(given) or 'nothing'}")
    return function(**given)
