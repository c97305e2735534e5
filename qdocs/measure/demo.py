"""What does one example do to the embedded model, before and after?"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from qdocs.errors import QdocsError
from qdocs.measure.quiet import silence_known_warnings
from qdocs.wheels import Progress

ITERATIONS = 3
PROMPT = "The capital of France is"


def main(file: str) -> None:
    """Run an example's script: print the model before, and after each of its schemes.

    Args:
        file: The script's own file.
    """
    console = Console()
    parser = argparse.ArgumentParser(description=f"Apply {Path(file).name} to a model; print it before and after.")
    parser.add_argument("--model", default="smollm2-135m", help="a model's name, or path:FOLDER")
    parser.add_argument("--device", default="auto", choices=["auto", "cpu", "cuda"])
    parser.add_argument("--scheme", action="append", help="only this one of the script's schemes; repeat it for more")
    parser.add_argument("--compile", action="store_true", help="time compiled decoding too (the first compile is slow)")
    arguments = parser.parse_args()
    silence_known_warnings()
    try:
        _compare(Path(file).resolve(), arguments, console)
    except QdocsError as error:
        Console(stderr=True).print(f"{Path(file).name}: {error}", highlight=False, markup=False, soft_wrap=True)
        sys.exit(error.exit_code)


def _compare(file: Path, arguments: argparse.Namespace, console: Console) -> None:
    from qdocs.errors import WrongUse
    from qdocs.measure.environment import choose_device, why_not_compiled
    from qdocs.measure.layers import watch
    from qdocs.measure.memory import count_parameters
    from qdocs.models import ensure, load
    from qdocs.record import BASELINE
    from qdocs.schemes import EXAMPLES, load_example

    device = choose_device(arguments.device)
    columns: list[dict[str, str]] = []
    # The examples are imported while torchao is watched, or their `quantize_` would not be the watched one.
    with console.status("getting the model") as status, watch() as watched:
        folder = ensure(arguments.model, _to_status(status))
        compiled = arguments.compile
        if compiled and (reason := why_not_compiled(device)):
            console.print(f"Going on without --compile: {reason}", highlight=False)
            compiled = False
        found = load_example(file)
        asked = arguments.scheme or [scheme.name for scheme in found]
        if unknown := sorted(set(asked) - {scheme.name for scheme in found}):
            known = ", ".join(scheme.name for scheme in found)
            raise WrongUse(f"unknown scheme {', '.join(unknown)}: this script defines {known}")
        schemes = [scheme for scheme in found if scheme.name in asked]
        if BASELINE not in {scheme.name for scheme in found}:
            schemes[:0] = [s for s in load_example(EXAMPLES / "bf16_baseline.py") if s.name == BASELINE]
        table = Table(title=f"{arguments.model} on {device}, batch 1", title_justify="left")
        for column in ("", *(scheme.name for scheme in schemes)):
            table.add_column(column)
        for scheme in schemes:
            reason = scheme.unsupported(device)
            if reason:
                console.print(f"{scheme.name} is not supported here: {reason}", highlight=False)
                columns.append({})
                continue
            status.update(f"{scheme.name}: measuring")
            model, tokenizer = load(folder, device)
            watched.clear()
            parameters = count_parameters(model)
            model = scheme.quantize(model, **scheme.params)
            columns.append(_facts(model, parameters, tokenizer, watched, compiled=compiled))
    names = list(dict.fromkeys(name for column in columns for name in column))
    for name in names:
        table.add_row(name, *(column.get(name, "" if column else "unsupported") for column in columns))
    console.print(table)
    console.print("One short look at a machine that may be busy: `qdocs run` measures with intervals.", highlight=False)


def _facts(model: Any, parameters: int, tokenizer: Any, watched: Any, *, compiled: bool) -> dict[str, str]:
    """What a reader wants to know of one model, as text by name."""
    import torch

    from qdocs.measure.fidelity import perplexity
    from qdocs.measure.generate import Generator
    from qdocs.measure.layers import describe_layers
    from qdocs.measure.memory import inventory
    from qdocs.measure.products import as_on
    from qdocs.record import coverage
    from qdocs.suites import SUITES

    stored = inventory(model, parameters)
    layers = describe_layers(model, watched)
    bits = stored["bits_per_quantized_weight"]
    facts = {
        "stored size": f"{stored['stored_bytes'] / 1e6:.1f} MB",
        "effective bits per weight": f"{bits:.2f} (quantized layers)"
        if bits
        else f"{stored['bits_per_parameter']:.2f}",
        "coverage": f"{coverage(layers):.0%} of linear weights",
    }
    if watched.configs:
        skipped: dict[str, list[str]] = {}
        for g in layers:
            if not g.quantized and not g.is_head:
                skipped.setdefault(g.skipped_because or "", []).append(f"{g.count} × {g.pattern.rsplit('.', 1)[-1]}")
        text = "; ".join(f"{', '.join(names)}: {reason}" for reason, names in skipped.items())
        facts["skipped layers"] = text or "none"
    generating = SUITES["quick"].generating
    work = generating.latency[0].workload
    for mode in ["eager", "compiled"] if compiled else ["eager"]:
        size = (work.batch, work.prompt_tokens, work.new_tokens)
        generator = Generator(model, *size, compiled=mode == "compiled", seed=0)
        generator.run()
        tpot = statistics.median(generator.run().tpot_ms for _ in range(ITERATIONS))
        facts[f"tokens per second, {mode}"] = f"{1000 / tpot:.1f}"
    assert generating.fidelity is not None
    device = next(model.parameters()).device
    with as_on(device.type):
        facts["perplexity"] = f"{perplexity(model, tokenizer, generating.fidelity):.2f}"
    inputs = tokenizer(PROMPT, return_tensors="pt").to(device)
    with torch.no_grad():
        ids = model.generate(**inputs, max_new_tokens=24, do_sample=False)[0]
    facts["a sentence"] = " ".join(tokenizer.decode(ids, skip_special_tokens=True).split())
    return facts


def _to_status(status: Any) -> Progress:
    def progress(what: str, done: int, of: int) -> None:
        status.update(f"{what}, {done / of:.0%}" if of else what)

    return progress
