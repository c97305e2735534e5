"""What does a million tokens cost on a machine with a price and a speed?

The cost calculator of the guide shows this.
"""

from __future__ import annotations

# An output token costs so many times an input token where nothing else is known (Google's GKE Recommender).
OUTPUT_TO_INPUT = 4.0


def per_million(price_per_hour: float, tokens_per_s: float, utilization: float) -> float:
    """Price of a million tokens, in the price's currency.

    Price per hour ÷ (tokens per second × 3600) × 10⁶ ÷ utilization.

    Args:
        price_per_hour: Of the machine.
        tokens_per_s: Over the whole batch, while it works.
        utilization: Share of the time in which it works, above 0, at most 1.

    Raises:
        ValueError: If speed or utilization is not in its range, or the price is negative.
    """
    _check(price_per_hour, tokens_per_s)
    if not 0 < utilization <= 1:
        raise ValueError(f"a utilization of {utilization}: expected above 0, at most 1")
    return price_per_hour / (tokens_per_s * 3600) * 1e6 / utilization


def in_and_out(
    price_per_hour: float, input_per_s: float, output_per_s: float, ratio: float = OUTPUT_TO_INPUT
) -> tuple[float, float]:
    """Prices of a million input and of a million output tokens, of a machine that does both.

    An output token costs price per second ÷ (input tokens/s ÷ ratio + output tokens/s), an input token that ÷ ratio
    (Google's GKE Recommender, its reference of `Cost`).

    Args:
        price_per_hour: Of the machine.
        input_per_s: Prompt tokens a second.
        output_per_s: New tokens a second, in the same seconds.
        ratio: What an output token costs in input tokens.

    Raises:
        ValueError: If a speed or the ratio is not positive, or the price is negative.
    """
    _check(price_per_hour, input_per_s, output_per_s, ratio)
    output = price_per_hour / 3600 / (input_per_s / ratio + output_per_s) * 1e6
    return output / ratio, output


def _check(price: float, *positive: float) -> None:
    if price < 0 or any(value <= 0 for value in positive):
        raise ValueError(f"a price of {price} with {positive}: expected a price of 0 or more, and positive numbers")
