"""How are products of bf16 matrices computed where the processor has no instructions for them?

There, on AVX2 for one, torch falls back to a plain loop, several times slower than its fp32 kernels. A latency is
measured as torch is. Answers and divergences are not timed, and the definition of a bf16 product, factors in bf16, sum
in fp32, result rounded to bf16, can be had from the fp32 kernels at their speed.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from qdocs.record.run import Products

aten = torch.ops.aten
PRODUCTS = (aten.mm.default, aten.addmm.default, aten.bmm.default, aten.baddbmm.default)


def how(device: str) -> Products:
    """`native` on CUDA and on processors for which torch has bf16 kernels, else `fp32`."""
    return "native" if device != "cpu" or torch.ops.mkldnn._is_mkldnn_bf16_supported() else "fp32"


def as_on(device: str) -> AbstractContextManager[Any]:
    """A context in which bf16 products are computed in the quickest way that is right on the device."""
    return InFp32() if how(device) == "fp32" else nullcontext()  # type: ignore[no-untyped-call]


class InFp32(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Computes each product of bf16 matrices in fp32 and rounds the result to bf16; everything else is left alone."""

    def __torch_dispatch__(self, func: Any, types: Sequence[Any], args: Any = (), kwargs: Any = None) -> Any:
        """Called by torch for every operation."""
        if func in PRODUCTS and args[0].dtype is torch.bfloat16:
            wide = (arg.float() if isinstance(arg, torch.Tensor) else arg for arg in args)
            return func(*wide, **(kwargs or {})).to(torch.bfloat16)
        return func(*args, **(kwargs or {}))
