"""Does the memory calculator's formula give what records measured?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qdocs.footprint import Dimensions, footprint
from qdocs.record import MemoryCell, read_run

RUNS = Path(__file__).parent.parent / "docs" / "data" / "runs"
SMOLLM2 = Dimensions(30, 576, 1536, 9, 3, 64, 49152, tied=True)
LLAMA_8B = Dimensions(32, 4096, 14336, 32, 8, 128, 128256, tied=False)
BITS = {"bf16": (16, 32), "int8wo": (8, 32), "int4wo-g32": (4, 32), "int4wo-g64": (4, 64), "int4wo-g128": (4, 128)}


def measured() -> list[tuple[str, MemoryCell]]:
    """Memory cells of the embedded language model, of every published run on a CPU."""
    cells = []
    for file in sorted(RUNS.glob("*/run.json")):
        run = read_run(file)
        cells += [
            (f"{run.name} {cell.scheme}", cell)
            for cell in run.cells
            if isinstance(cell, MemoryCell)
            and (cell.model, cell.backend, cell.outcome.state) == ("smollm2-135m", "cpu", "measured")
            and cell.scheme in BITS
        ]
    return cells


@pytest.mark.parametrize(("name", "cell"), measured(), ids=lambda value: value if isinstance(value, str) else "")
def test_bytes_are_those_of_the_records(name: str, cell: MemoryCell) -> None:
    assert cell.outcome.state == "measured"
    result = cell.outcome.result
    bits, group = BITS[cell.scheme]
    work = cell.workload
    found = footprint(SMOLLM2, bits, group=group, batch=work.batch, context=work.context_tokens)
    roles = result.roles_bytes
    assert found.quantized == roles.quantized_linear
    assert found.scales == roles.scales_and_zeros
    assert found.skipped == roles.unquantized_linear
    assert found.embedding == roles.embedding
    assert found.weights == pytest.approx(result.stored_bytes, abs=1000), "rotary frequencies are left out"
    assert found.kv_cache == result.kv_cache_bytes


def test_there_is_something_to_check() -> None:
    assert {cell.scheme for _, cell in measured()} >= {"bf16", "int8wo", "int4wo-g32"}


def test_a_width_that_the_group_does_not_divide_is_skipped() -> None:
    found = footprint(SMOLLM2, 4, group=128)
    assert found.quantized == 30 * 576 * 1536 // 2, "only the down projections are 1,536 wide"
    assert found.skipped > 0


def test_padding_can_make_a_small_model_grow() -> None:
    plain, padded = footprint(SMOLLM2, 4), footprint(SMOLLM2, 4, padded=True)
    assert padded.quantized - plain.quantized == padded.padding > 0
    assert padded.weights > plain.weights
    assert footprint(LLAMA_8B, 4, group=128, padded=True).padding == 0


def test_the_cache_of_a_known_model() -> None:
    # Llama-3.1-8B in bf16 takes 131,072 bytes a token.
    assert footprint(LLAMA_8B, 16, batch=2, context=10).kv_cache == 20 * 131_072
    assert footprint(LLAMA_8B, 16).weights == pytest.approx(2 * 8_030_261_248, rel=1e-9)


def test_other_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="expected 16, 8 or 4"):
        footprint(SMOLLM2, 5)
