"""How are weights rounded to a few bits, group by group?

The figure on the lesson's page shows this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A scale is stored in bf16, and a zero point in as many bits.
SCALE_BITS = 16


@dataclass(frozen=True)
class Rounded:
    """Weights on their grid.

    Attributes:
        values: As they come back, in the order of the weights.
        relative_error: Norm of the difference over the norm of the weights.
        bits_per_weight: With scales and zero points.
    """

    values: NDArray[np.float64]
    relative_error: float
    bits_per_weight: float


def round_to_grid(weights: Sequence[float], bits: int, group: int, symmetric: bool) -> Rounded:
    """Round to the nearest point of a grid that each group of neighbours has for itself.

    Both grids have 2^bits points. Asymmetric: from the least weight to the largest. Symmetric, as torchao does it: zero
    is a point, and the largest magnitude lies half a step beyond the last point on the positive side.

    Args:
        weights: Of one row.
        bits: 2 to 8.
        group: Neighbours that share a grid; a last group may be shorter.
        symmetric: Which grid.

    Raises:
        ValueError: If there are no weights, or bits or group are out of range.
    """
    row = np.asarray(weights, dtype=np.float64)
    if not row.size or not 2 <= bits <= 8 or group < 1:
        raise ValueError(
            f"{row.size} weights, {bits} bits, groups of {group}: expected weights, 2 to 8 bits, 1 or more"
        )
    values = np.empty_like(row)
    for start in range(0, row.size, group):
        part = row[start : start + group]
        low = 0.0 if symmetric else float(part.min())
        reach = 2 * float(np.abs(part).max()) if symmetric else float(part.max()) - low
        scale = reach / (2**bits - 1)
        least = -(2 ** (bits - 1)) if symmetric else 0
        if scale == 0:
            values[start : start + group] = part
            continue
        # Half a step goes up, as in the browser.
        points = np.clip(np.floor((part - low) / scale + 0.5), least, least + 2**bits - 1)
        values[start : start + group] = low + points * scale
    norm = float(np.linalg.norm(row))
    error = float(np.linalg.norm(values - row)) / norm if norm else 0.0
    stored = SCALE_BITS if symmetric else 2 * SCALE_BITS
    return Rounded(values, error, bits + stored * -(-row.size // group) / row.size)
