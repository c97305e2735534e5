"""Which calculators can a reader use, and what do they say before a reader changes anything?

Each has fields and a table of results. The same functions exist in `docs/assets/calculators/`; a test compares the
two. Results for the fields as they stand are written into the page, so that it reads without scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields

from qdocs.cost import per_million
from qdocs.footprint import Dimensions, footprint
from qdocs.paired import LEVEL, detectable_drop, mcnemar_power
from qdocs.publish import safe, tables, words
from qdocs.publish.names import BASE
from qdocs.publish.runs import FoundRun
from qdocs.publish.values import collect

Values = Mapping[str, float]
SCRIPT = "assets/calculators.js"
GIGABYTE = 10**9
ITEMS = (100, 200, 500, 1000, 2000, 5000)
MEMORY = (
    "weights",
    "of them padding",
    "linear weights skipped",
    "KV cache",
    "weights and cache",
    "largest batch",
    "longest context",
)


@dataclass(frozen=True)
class Field:
    """A number that a reader sets."""

    name: str
    label: str
    default: float
    least: float
    most: float
    step: float = 1


@dataclass(frozen=True)
class Choice:
    """A choice that a reader makes; each option has a number."""

    name: str
    label: str
    options: dict[str, float]


@dataclass(frozen=True)
class Calculator:
    """Fields, presets that fill several of them, and what is made of them."""

    title: str
    fields: tuple[Field | Choice, ...]
    heads: tuple[str, ...]
    rows: Callable[[Values], list[list[str]]]
    presets: dict[str, dict[str, float]]


def memory(values: Values) -> list[list[str]]:
    """A column a scheme: weights, what of them is padding or skipped, KV cache, both, and what fits beside the weights.

    No context is longer than the model's own.
    """
    whole = {name: int(value) for name, value in values.items()}
    sizes = {field.name: whole[field.name] for field in fields(Dimensions) if field.name != "tied"}
    dimensions = Dimensions(**sizes, tied=bool(whole["tied"]))
    columns = []
    for bits in (16, 8, 4):
        found = footprint(
            dimensions,
            bits,
            group=whole["group"],
            padded=bool(whole["padded"]),
            batch=whole["batch"],
            context=whole["context"],
        )
        left = max(0, whole["room"] * GIGABYTE - found.weights)
        a_token = found.kv_cache // (whole["batch"] * whole["context"])
        most = (left // (a_token * whole["context"]), min(left // (a_token * whole["batch"]), whole["longest"]))
        columns.append(
            [
                words.megabytes(found.weights),
                words.megabytes(found.padding) if found.padding else "none",
                words.percent(1 - found.coverage) if bits == 4 and found.coverage < 1 else "none",
                words.megabytes(found.kv_cache),
                words.megabytes(found.total),
                *(f"{many:,}" if many else "none fits" for many in most),
            ]
        )
    return [list(row) for row in zip(MEMORY, *columns, strict=True)]


def cost(values: Values) -> list[list[str]]:
    """A row a scheme: its speed, what a million new tokens cost, and against bf16."""
    rows, first = [], 0.0
    for scheme in ("bf16", "int8wo", "int4wo"):
        speed = values[scheme]
        price = per_million(values["price"], speed, values["utilization"] / 100)
        first = first or price
        rows.append([scheme, f"{words.number(speed)} tokens/s", words.number(price), words.ratio(price / first)])
    return rows


def power(values: Values) -> list[list[str]]:
    """A row a number of items: how often the drop would be seen, and the smallest that mostly would be."""
    flips, drop = values["flips"] / 100, values["drop"] / 100
    level = LEVEL / values["comparisons"]
    rows = []
    for items in ITEMS:
        seen = mcnemar_power(items, max(flips, drop), drop, level)
        least = detectable_drop(items, flips, 0.0, level)
        told = f"{100 * least:.1f} points{_if_more(least, flips)}" if least is not None else "none"
        rows.append([f"{items:,}", f"{100 * seen:.0f}% of cases{_if_more(drop, flips)}", told])
    return rows


def _if_more(drop: float, flips: float) -> str:
    """What a drop needs that is larger than the share of items that flips; both are computed with as many flips."""
    return ", if as many flip" if drop > flips else ""


# From the configurations that the models' owners publish.
MODELS: dict[str, dict[str, float]] = {
    "Llama-3.1-8B": asdict(Dimensions(32, 4096, 14336, 32, 8, 128, 128256, tied=False)) | {"longest": 131072},
    "Qwen3-4B": asdict(Dimensions(36, 2560, 9728, 32, 8, 128, 151936, tied=True)) | {"longest": 40960},
    "SmolLM2-1.7B": asdict(Dimensions(24, 2048, 8192, 32, 32, 64, 49152, tied=True)) | {"longest": 8192},
    "SmolLM2-135M": asdict(Dimensions(30, 576, 1536, 9, 3, 64, 49152, tied=True)) | {"longest": 8192},
}
FIRST = MODELS["Llama-3.1-8B"]


def calculators(first: FoundRun | None) -> dict[str, Calculator]:
    """Every calculator by its name; speeds are of the headline's whole requests, or 100 where there is no run."""
    measured = collect([first]) if first else {}

    def speed(scheme: str) -> float:
        named = (measured.get(f"{scheme}.{mode}.request-tokens-per-s") for mode in ("compiled", "eager"))
        found = next((value.number for value in named if value and value.number), 100.0)
        return round(found, 1)

    return {
        "memory": Calculator(
            "Memory calculator",
            (
                Field("layers", "layers", FIRST["layers"], 1, 200),
                Field("width", "width (hidden size)", FIRST["width"], 32, 32768),
                Field("mlp_width", "MLP width (intermediate size)", FIRST["mlp_width"], 32, 131072),
                Field("heads", "attention heads", FIRST["heads"], 1, 256),
                Field("kv_heads", "key and value heads", FIRST["kv_heads"], 1, 256),
                Field("head_width", "width of a head", FIRST["head_width"], 8, 512),
                Field("vocabulary", "vocabulary", FIRST["vocabulary"], 256, 1_000_000),
                Choice("tied", "output head", {"its own": 0, "tied to the embedding": 1}),
                Choice("group", "group size of int4", {"32": 32, "64": 64, "128": 128}),
                Choice("padded", "int4 packed for (CUDA: tile_packed_to_4d)", {"CUDA": 1, "CPU or plain": 0}),
                Field("batch", "batch", 1, 1, 4096),
                Field("context", "context, tokens", 4096, 1, 1_000_000),
                Field("longest", "longest context of the model", FIRST["longest"], 1, 10_000_000),
                Field("room", "memory of the device, GB", 80, 1, 10_000),
            ),
            ("what", "bf16", "int8wo", "int4wo"),
            memory,
            MODELS,
        ),
        "cost": Calculator(
            "Cost calculator",
            (
                Field("price", "price of the machine an hour", 1.0, 0.001, 1000, 0.001),
                Field("utilization", "utilization, %", 40, 1, 100),
                Field("bf16", "bf16, tokens/s", speed("bf16"), 0.1, 1_000_000, 0.1),
                Field("int8wo", "int8wo, tokens/s", speed("int8wo"), 0.1, 1_000_000, 0.1),
                Field("int4wo", "int4wo (at first int4wo-g32), tokens/s", speed("int4wo-g32"), 0.1, 1_000_000, 0.1),
            ),
            ("scheme", "speed", "a million new tokens", "× bf16"),
            cost,
            {},
        ),
        "power": Calculator(
            "Power calculator",
            (
                Field("flips", "items that flip, %", 4, 0.1, 100, 0.1),
                Field("drop", "drop to see, points", 2, 0, 100, 0.1),
                Field("comparisons", "comparisons shown together", 1, 1, 200),
            ),
            ("items", "the drop set above is seen in", "smallest drop seen 8 times in 10"),
            power,
            {},
        ),
    }


def html(name: str, calculator: Calculator) -> str:
    """A calculator as a form with its results, in one line."""
    values = {
        field.name: field.default if isinstance(field, Field) else next(iter(field.options.values()))
        for field in calculator.fields
    }
    presets = "".join(
        f'<button type="button" class="q-button" data-preset="{safe.text(_json(preset))}">{safe.text(label)}</button>'
        for label, preset in calculator.presets.items()
    )
    columns = [tables.Column(head, _cell(index), numeric=index > 0) for index, head in enumerate(calculator.heads)]
    result = tables.html([{"cells": row} for row in calculator.rows(values)], columns, f"{calculator.title}: results")
    return (
        f'<form class="q-calc" data-calculator="{name}" data-script="{BASE}{SCRIPT}" '
        f'aria-label="{safe.text(calculator.title)}">'
        f'{f"""<p class="q-presets">{presets}</p>""" if presets else ""}'
        f'<div class="q-fields">{"".join(map(_input, calculator.fields))}</div>'
        f'<p class="q-problem" role="alert" hidden></p><div class="q-result" aria-live="polite">{result}</div>'
        '<noscript><p class="q-absent">The table holds for these numbers; to change them needs scripts.</p></noscript>'
        "</form>"
    )


def _cell(index: int) -> tables.Render:
    return lambda row: safe.text(row["cells"][index])


def _input(field: Field | Choice) -> str:
    label = safe.text(field.label)
    if isinstance(field, Choice):
        options = "".join(
            f'<option value="{value:g}">{safe.text(text)}</option>' for text, value in field.options.items()
        )
        return f'<label>{label}<select name="{field.name}">{options}</select></label>'
    ends = f'min="{field.least:g}" max="{field.most:.7g}" step="{field.step:g}"'
    return (
        f'<label>{label}<input name="{field.name}" type="number" inputmode="decimal" required '
        f'value="{field.default:.7g}" {ends}></label>'
    )


def _json(preset: dict[str, float]) -> str:
    return " ".join(f"{name}={value:g}" for name, value in preset.items())
