"""Which measured values can prose name, and what does each hold for?

Names: `run.FACT`, `SCHEME.FACT` and `SCHEME.MODE.FACT`, of the headline's run; with `RUN:` before them, of any other
published run. Where a run has several batch sizes, `SCHEME.MODE.bN.FACT` tells them apart; without `bN` it is the
first.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from qdocs.publish import frames, words
from qdocs.publish.runs import FoundRun


@dataclass(frozen=True)
class Value:
    """A value as it stands in prose, and what it holds for; both are plain text, not yet escaped."""

    text: str
    scope: str


def collect(runs: list[FoundRun], headline: FoundRun | None) -> dict[str, Value]:
    """All named values of the published runs; a reader's own are left out, since prose is the same for all."""
    named: dict[str, Value] = {}
    for found in runs:
        if found.yours:
            continue
        of_run = _of_run(found)
        named |= {f"{found.name}:{name}": value for name, value in of_run.items()}
        if headline and found.name == headline.name:
            named |= of_run
    return named


def dump(named: dict[str, Value]) -> dict[str, dict[str, str]]:
    """Values as plain data, for the file that pages look them up in."""
    return {name: asdict(value) for name, value in sorted(named.items())}


def _of_run(found: FoundRun) -> dict[str, Value]:
    run = found.run
    device = words.device(found)
    models = words.listed(run.models)
    here = _scope(found, f"{models} on {device}", *run.models)
    named = {
        "run.name": Value(run.name, here),
        "run.device": Value(device, here),
        "run.model": Value(models, here),
        "run.suite": Value(run.suite, here),
        "run.date": Value(f"{run.started_at.day} {run.started_at:%B %Y}", here),
        "run.scope": Value(here, here),
    }
    for row in frames.records(frames.latency(found)):
        work = words.latency_workload(row["batch"], row["prompt_tokens"], row["new_tokens"])
        scope = _scope(found, f"{row['model']} on {device}, {work}, {row['mode']}", row["model"])
        facts = {
            "tokens-per-s": f"{words.number(row['decode_tokens_per_s'])} tokens/s",
            "tpot": words.milliseconds(row["tpot_ms"]),
            "ttft": words.milliseconds(row["ttft_ms"]),
        }
        if not words.missing(row["speed_ratio"]):
            facts["speed"] = words.ratio(row["speed_ratio"])
            facts["speed-interval"] = words.span(row["speed_ratio_low"], row["speed_ratio_high"])
        if not words.missing(row["compile_s"]):
            facts["compiling"] = f"{words.number(row['compile_s'])} s"
        for fact, text in facts.items():
            for key in (f"{row['scheme']}.{row['mode']}", f"{row['scheme']}.{row['mode']}.b{row['batch']}"):
                named.setdefault(f"{key}.{fact}", Value(text, scope))
    for row in frames.records(frames.memory(found)):
        facts = {"stored": words.megabytes(row["stored_bytes"]), "padding": words.megabytes(row["padding_bytes"])}
        if not words.missing(row["size_ratio"]):
            facts["size"] = words.ratio(row["size_ratio"])
        if not words.missing(row["bits_per_quantized_weight"]):
            facts["bits"] = f"{row['bits_per_quantized_weight']:.2f}"
        _add(named, row, facts, _scope(found, f"{row['model']} on {device}", row["model"]))
    for row in frames.records(frames.fidelity(found)):
        if row["corpus"] != frames.ALL_CORPORA:
            continue
        facts = {
            "kl": f"{words.nats(row['kl_mean_nats'])} nats",
            "kl-p99": f"{words.nats(row['kl_p99_nats'])} nats",
            "agreement": words.percent(row["top1_agreement"]),
            "coverage": words.percent(row["coverage"]),
        }
        scope = f"{row['model']} on {device}, {row['positions']:,} positions, eager"
        _add(named, row, facts, _scope(found, scope, row["model"]))
    return named


def _scope(found: FoundRun, text: str, *models: str) -> str:
    return f"{text}. {words.caveat(found, *models)}".rstrip()


def _add(named: dict[str, Value], row: dict[str, Any], facts: dict[str, str], scope: str) -> None:
    for fact, text in facts.items():
        named.setdefault(f"{row['scheme']}.{fact}", Value(text, scope))
