"""Are prices of tokens those of the published formulas?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qdocs.cost import in_and_out, per_million

POSITIVE = st.floats(0.01, 1e5)


def test_by_hand() -> None:
    # 1,000 tokens a second are 3.6 million an hour; at half the utilization, 1.8 million.
    assert per_million(3.6, 1000, 1.0) == pytest.approx(1.0)
    assert per_million(3.6, 1000, 0.5) == pytest.approx(2.0)


@given(POSITIVE, POSITIVE, POSITIVE, st.floats(0.1, 100))
def test_in_and_out_together_pay_the_machine(price: float, inputs: float, outputs: float, ratio: float) -> None:
    one, other = in_and_out(price, inputs, outputs, ratio)
    assert other == pytest.approx(one * ratio)
    assert (one * inputs + other * outputs) / 1e6 * 3600 == pytest.approx(price)


@pytest.mark.parametrize(("price", "speed", "used"), [(-1, 1, 1), (1, 0, 1), (1, 1, 0), (1, 1, 1.01), (1, -5, 1)])
def test_what_makes_no_sense_is_refused(price: float, speed: float, used: float) -> None:
    with pytest.raises(ValueError, match="expected"):
        per_million(price, speed, used)
