"""Do stored bytes, padding, bits per weight and coverage agree with what one computes by hand?"""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from qdocs.measure.layers import describe_layers, watch
from qdocs.measure.memory import count_parameters, inventory, measure_memory, padding_of, peaks_of
from qdocs.models import load
from qdocs.record import LayerGroup, MemoryWorkload, coverage
from qdocs.schemes import find_schemes
from tests.tiny import HIDDEN, LAYERS, MLP, VOCAB, make_tiny

KV_WIDTH = 2 * 16
ATTENTION = 2 * HIDDEN * HIDDEN + 2 * KV_WIDTH * HIDDEN
LINEAR = LAYERS * (ATTENTION + 3 * HIDDEN * MLP)
ROWS = LAYERS * (HIDDEN + 2 * KV_WIDTH + HIDDEN + 2 * MLP + HIDDEN)
NORMS = (2 * LAYERS + 1) * HIDDEN


PARAMETERS = VOCAB * HIDDEN + LINEAR + NORMS


def quantized(folder: Path, scheme: str) -> tuple[Any, list[LayerGroup]]:
    model, _ = load(folder, "cpu")
    with watch() as watched:
        definition = find_schemes()[scheme]
        model = definition.quantize(model, **definition.params)
    return model, describe_layers(model, watched)


def test_the_baseline_counts_two_bytes_a_parameter_and_a_tied_head_once(tiny: Path) -> None:
    model, layers = quantized(tiny, "bf16")
    found = inventory(model, PARAMETERS)
    roles = found["roles_bytes"]
    assert roles.embedding == 2 * VOCAB * HIDDEN
    assert roles.head == 0
    assert found["head_tied"] is True
    assert roles.unquantized_linear == 2 * LINEAR
    assert roles.quantized_linear == roles.scales_and_zeros == found["padding_bytes"] == 0
    assert found["parameters"] == count_parameters(model) == PARAMETERS
    assert found["bits_per_quantized_weight"] is None
    # Rotary frequencies are a buffer in fp32, so the whole is a little over 16 bits a parameter.
    assert 16 < found["bits_per_parameter"] < 16.05
    assert coverage(layers) == 0
    assert {g.skipped_because for g in layers} == {"this scheme quantizes nothing"}


def test_an_untied_head_has_bytes_of_its_own(tmp_path: Path) -> None:
    model, _ = load(make_tiny(tmp_path / "untied", tie=False), "cpu")
    found = inventory(model, count_parameters(model))
    assert found["roles_bytes"].head == found["roles_bytes"].embedding == 2 * VOCAB * HIDDEN
    assert found["head_tied"] is False


def test_int8_stores_a_byte_a_weight_and_a_scale_a_row(tiny: Path) -> None:
    model, layers = quantized(tiny, "int8wo")
    found = inventory(model, PARAMETERS)
    assert found["roles_bytes"].quantized_linear == LINEAR
    # A scale in fp32 and a zero point of one byte for each row.
    assert found["roles_bytes"].scales_and_zeros == 5 * ROWS
    assert found["quantized_weights"] == LINEAR
    assert found["bits_per_quantized_weight"] == pytest.approx(8 * (LINEAR + 5 * ROWS) / LINEAR)
    assert found["padding_bytes"] == 0
    assert coverage(layers) == 1
    assert [g.skipped_because for g in layers if g.is_head] == ["the output head, which this scheme leaves as it is"]


def test_int4_stores_half_a_byte_a_weight_and_four_bytes_a_group(tiny: Path) -> None:
    model, layers = quantized(tiny, "int4wo-g32")
    found = inventory(model, PARAMETERS)
    assert found["roles_bytes"].quantized_linear == LINEAR // 2
    assert found["roles_bytes"].scales_and_zeros == 4 * LINEAR // 32
    assert found["bits_per_quantized_weight"] == 4 + 32 / 32
    assert coverage(layers) == 1


def test_a_group_that_does_not_divide_the_width_skips_the_layer_and_says_so(tiny: Path) -> None:
    # Widths here are 64 and 160: groups of 64 fit the first only, groups of 128 neither.
    _, layers = quantized(tiny, "int4wo-g64")
    skipped = [g for g in layers if not g.quantized and not g.is_head]
    assert [(g.pattern, g.count, g.in_features) for g in skipped] == [("model.layers.*.mlp.down_proj", LAYERS, MLP)]
    assert skipped[0].skipped_because == "its input width, 160, is not a multiple of the group size, 64"
    assert coverage(layers) == pytest.approx(1 - LAYERS * HIDDEN * MLP / LINEAR)
    model, layers = quantized(tiny, "int4wo-g128")
    assert coverage(layers) == 0
    assert inventory(model, PARAMETERS)["bits_per_quantized_weight"] is None


def test_padding_of_the_cuda_layout_counts_the_width_up_to_a_multiple_of_1024() -> None:
    from torchao.quantization.quantize_.workflows import Int4TilePackedTo4dTensor

    rows, columns, padded, group = 64, 576, 1024, 32
    # Tile-packed: eight 4-bit numbers an int32, in blocks of 8 rows and 128 columns (inner k tiles of 8).
    packed = torch.zeros(rows // 8, padded // 128, 32, 4, dtype=torch.int32)
    scales = torch.zeros(padded // group, rows, 2, dtype=torch.bfloat16)
    weight = Int4TilePackedTo4dTensor(packed, scales, [1, group], torch.Size([rows, columns]))
    assert padding_of(weight) == rows * (padded - columns) // 2
    layer = nn.Linear(columns, rows, bias=False)
    layer.weight = nn.Parameter(weight, requires_grad=False)
    found = inventory(nn.Sequential(layer), rows * columns)
    assert found["padding_bytes"] == rows * (padded - columns) // 2
    assert found["bits_per_quantized_weight"] == pytest.approx((4 + 32 / group) * padded / columns)


def test_the_kv_cache_is_counted_in_full(tiny: Path) -> None:
    model, _ = load(tiny, "cpu")
    result = measure_memory(model, MemoryWorkload(batch=4, context_tokens=512), PARAMETERS)
    assert result.kv_cache_bytes == 2 * LAYERS * KV_WIDTH * 2 * 512 * 4
    assert result.peak_allocated_bytes is None
    assert "CUDA" in result.reasons["peak_allocated_bytes"]


def peak_of_a_block(size: int) -> Any:
    return peaks_of(lambda: torch.ones(size, dtype=torch.uint8), torch.device("cpu"))["peak_rss_increase_bytes"]


def test_the_peak_rises_by_what_is_held_for_a_while() -> None:
    # So much is asked of the system anew each time; a little would come from what the process has freed. In a process
    # of its own, as it is measured: from one that is large after many tests, the system takes pages away meanwhile.
    size = 200 * 2**20
    with multiprocessing.get_context("spawn").Pool(1) as alone:
        found = alone.apply(peak_of_a_block, (size,))
    assert isinstance(found, str) or 0.95 * size < found < 1.5 * size


def test_quantizing_a_tied_head_stores_it_a_second_time(tiny: Path) -> None:
    from torchao.quantization import Int8WeightOnlyConfig, quantize_

    model, _ = load(tiny, "cpu")
    parameters = count_parameters(model)
    quantize_(model, Int8WeightOnlyConfig())
    found = inventory(model, parameters)
    assert found["head_tied"] is False
    assert found["parameters"] == PARAMETERS
    assert found["quantized_weights"] == LINEAR + VOCAB * HIDDEN
    assert found["roles_bytes"].embedding == 2 * VOCAB * HIDDEN
    assert found["roles_bytes"].quantized_linear == LINEAR + VOCAB * HIDDEN
