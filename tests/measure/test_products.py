"""Are products of bf16 matrices what they are by definition, whichever way they are computed?"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from qdocs.measure.products import InFp32, as_on, how
from qdocs.models import load
from qdocs.schemes import find_schemes


def numbers(*shape: int, dtype: torch.dtype = torch.bfloat16) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(sum(shape))).to(dtype)


def test_a_product_is_the_rounded_fp32_product() -> None:
    rows, weight, bias = numbers(7, 64), numbers(48, 64), numbers(48)
    many, others = numbers(3, 5, 64), numbers(3, 64, 9)
    with InFp32():
        found = {
            "mm": rows @ weight.T,
            "linear": torch.nn.functional.linear(rows, weight, bias),
            "bmm": many @ others,
            "baddbmm": torch.baddbmm(numbers(3, 5, 9), many, others),
        }
    expected = {
        "mm": rows.float() @ weight.float().T,
        "linear": rows.float() @ weight.float().T + bias.float(),
        "bmm": many.float() @ others.float(),
        "baddbmm": numbers(3, 5, 9).float() + many.float() @ others.float(),
    }
    for name, value in found.items():
        assert value.dtype is torch.bfloat16, name
        torch.testing.assert_close(value, expected[name].to(torch.bfloat16), atol=0, rtol=0.008, msg=name)


def test_everything_else_is_left_alone() -> None:
    a, b = numbers(4, 8, dtype=torch.float32), numbers(8, 3, dtype=torch.float32)
    with InFp32():
        assert torch.equal(a @ b, torch.mm(a, b))
        assert (a @ b).dtype is torch.float32
        assert (numbers(4) + numbers(4)).dtype is torch.bfloat16


@pytest.mark.parametrize("scheme", ["bf16", "int8wo", "int4wo-g32"])
def test_a_model_says_the_same_up_to_the_rounding_of_bf16(tiny: Path, scheme: str) -> None:
    definition = find_schemes()[scheme]
    model, _ = load(tiny, "cpu")
    model = definition.quantize(model, **definition.params)
    ids = torch.arange(24)[None]
    with torch.no_grad():
        plain = model(input_ids=ids, use_cache=False).logits.float()
        with InFp32():
            wide = model(input_ids=ids, use_cache=False).logits.float()
    assert not torch.isnan(wide).any()
    assert (plain - wide).abs().max() < 0.05 * plain.abs().max()


def test_the_device_decides() -> None:
    assert how("cuda") == "native"
    native = torch.ops.mkldnn._is_mkldnn_bf16_supported()
    assert how("cpu") == ("native" if native else "fp32")
    assert isinstance(as_on("cpu"), InFp32) is not native
