"""Does the lesson's figure round as torchao does, and are its errors what they are said to be?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qdocs.rounding import round_to_grid

WEIGHTS = st.lists(st.floats(-4, 4, width=32), min_size=1, max_size=70)
BITS, GROUP = st.integers(2, 8), st.integers(1, 40)


@given(WEIGHTS, BITS, GROUP, st.booleans())
@settings(max_examples=300)
def test_no_weight_moves_further_than_half_a_step_and_a_grid_holds_its_ends(
    weights: list[float], bits: int, group: int, symmetric: bool
) -> None:
    found = round_to_grid(weights, bits, group, symmetric)
    for start in range(0, len(weights), group):
        part, came = np.array(weights[start : start + group]), found.values[start : start + group]
        reach = 2 * np.abs(part).max() if symmetric else part.max() - part.min()
        assert np.all(np.abs(came - part) <= reach / (2**bits - 1) / 2 + 1e-9)
        assert len(set(np.round(came, 12))) <= 2**bits


@given(WEIGHTS, BITS)
def test_what_is_on_an_asymmetric_grid_already_stays(weights: list[float], bits: int) -> None:
    once = round_to_grid(weights, bits, 8, symmetric=False).values
    assert round_to_grid(once, bits, 8, symmetric=False).values == pytest.approx(once, abs=1e-9)


def test_bits_with_scales_are_those_that_records_measure() -> None:
    weights = np.linspace(-1, 1, 128)
    assert round_to_grid(weights, 4, 32, symmetric=False).bits_per_weight == 5.0
    assert round_to_grid(weights, 4, 128, symmetric=False).bits_per_weight == 4.25


def test_int8_by_row_is_torchao_s() -> None:
    torch = pytest.importorskip("torch")
    from torchao.quantization import Int8WeightOnlyConfig, quantize_

    torch.manual_seed(0)
    layer = torch.nn.Linear(64, 8, bias=False)
    before = layer.weight.detach().clone()
    quantize_(layer, Int8WeightOnlyConfig())
    after = layer.weight.dequantize()
    for row, came in zip(before.numpy(), after.detach().numpy(), strict=True):
        steps = np.abs(row) / (np.abs(row).max() / 127.5)
        clear = np.abs(steps % 1 - 0.5) > 1e-3  # torch rounds half a step to even
        assert clear.sum() > 60
        assert round_to_grid(row, 8, 64, symmetric=True).values[clear] == pytest.approx(came[clear], abs=1e-6)


@pytest.mark.parametrize(("weights", "bits", "group"), [([], 4, 32), ([1.0], 1, 32), ([1.0], 9, 32), ([1.0], 4, 0)])
def test_what_makes_no_grid_is_refused(weights: list[float], bits: int, group: int) -> None:
    with pytest.raises(ValueError, match="expected weights"):
        round_to_grid(weights, bits, group, symmetric=False)
