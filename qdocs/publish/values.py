"""Which measured values can prose name, and what does each hold for?

Names: `run.FACT`, `SCHEME.FACT`, `SCHEME.MODE.FACT`, `TASK.FACT` and `TASK.SCHEME.FACT`, of the headline's run; with
`RUN:` before them, of any published run that pages carry or name; with `MODEL:`, of that model's newest run that has
them; with `MODEL/SUITE:`, of its newest run of one suite, so that what prose compares comes from one run. Where a run
has several batch sizes and prompts, `SCHEME.MODE.bN.pN.FACT` tells them apart; without it is the first. The cache of a
context, and the peak of resident memory while it is filled, are `SCHEME.cN.FACT`, what a tokenizer makes of a kind of
text `tokens.KIND.FACT`. Tasks are of the run that asked most items of each, the newest of such. With `embedding.`
before them, names are of the newest run of a sentence encoder; its speed is
`SCHEME.MODE.bN.tT.FACT`.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from qdocs.publish import bandwidth, chart_embedding, context, frames, frames_answers, padding, tokens, words
from qdocs.publish.runs import FoundRun, headline, newest, newest_answers
from qdocs.record import BASELINE


@dataclass(frozen=True)
class Value:
    """A value as it stands in prose, and what it holds for; both are plain text, not yet escaped.

    `number` is what claims are checked against, in the unit of the record; `None` for what is only text.
    `disturbed` marks a ratio of which a round was disturbed, of the scheme or of the baseline.
    """

    text: str
    scope: str
    number: float | None = None
    disturbed: bool = False


# A value's text and number.
Fact = tuple[str, float | None]


def collect(runs: list[FoundRun]) -> dict[str, Value]:
    """All named values of the runs that pages may quote, since prose is the same for all."""
    named: dict[str, Value] = {}
    for found in runs:
        if not found.ours:
            continue
        for name, value in of_run(found).items():
            named[f"{found.name}:{name}"] = value
            # Newest first, so that the first of a name stays.
            if found.complete:
                model = next(iter(found.run.models))
                named.setdefault(f"{model}:{name}", value)
                named.setdefault(f"{model}/{found.run.suite}:{name}", value)
    first, encoder = headline(runs), newest(runs, "embedding")
    if encoder:
        named |= {f"embedding.{name}": value for name, value in _of_run(encoder).items()}
    for task, found in newest_answers(runs).items():
        own = f"{found.name}:"
        named |= {name.removeprefix(own): value for name, value in named.items() if name.startswith(f"{own}{task}.")}
    return named | (_of_run(first) if first else {})


def of_run(found: FoundRun) -> dict[str, Value]:
    """The named values of one run."""
    return _of_run(found) | _of_tasks(found)


def dump(named: dict[str, Value]) -> dict[str, dict[str, Any]]:
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
    if run.ended_at:
        minutes = (run.ended_at - run.started_at).total_seconds() / 60
        named["run.took"] = Value(words.count(math.ceil(minutes), "minute"), here, minutes)
    for row in frames.records(frames.latency(found)):
        work = words.latency_workload(row["batch"], row["prompt_tokens"], row["new_tokens"])
        scope = _scope(found, f"{row['model']} on {device}, {work}, {row['mode']}", row["model"])
        facts: dict[str, Fact] = {
            "tokens-per-s": (f"{words.number(row['decode_tokens_per_s'])} tokens/s", row["decode_tokens_per_s"]),
            "request-tokens-per-s": (
                f"{words.number(row['request_tokens_per_s'])} tokens/s",
                row["request_tokens_per_s"],
            ),
            "tpot": (words.milliseconds(row["tpot_ms"]), row["tpot_ms"]),
            "rounds": (words.count(row["rounds"], "round"), row["rounds"]),
            "ttft": (words.milliseconds(row["ttft_ms"]), row["ttft_ms"]),
        }
        facts |= _speed(row) | _speed(row, "request_ratio", "request-speed")
        if not words.missing(row["compile_s"]):
            facts["compiling"] = (f"{words.number(row['compile_s'])} s", row["compile_s"])
        key = f"{row['scheme']}.{row['mode']}"
        for fact, (text, number) in facts.items():
            value = Value(text, scope, number, _disturbed(row, fact))
            for setting in ("", f".b{row['batch']}", f".b{row['batch']}.p{row['prompt_tokens']}"):
                named.setdefault(f"{key}{setting}.{fact}", value)
    for row in frames.records(frames.memory(found)):
        facts = {name: (words.megabytes(row[f"{name}_bytes"]), row[f"{name}_bytes"]) for name in ("stored", "padding")}
        if not words.missing(row["size_ratio"]):
            facts["size"] = (words.ratio(row["size_ratio"]), row["size_ratio"])
        if not words.missing(row["bits_per_quantized_weight"]):
            facts["bits"] = (f"{row['bits_per_quantized_weight']:.2f}", row["bits_per_quantized_weight"])
        _add(named, row, facts, _scope(found, f"{row['model']} on {device}", row["model"]))
    for row in frames.records(bandwidth.bandwidth(found)):
        facts = {
            "copy-share": (words.percent(row["copy_share"]), row["copy_share"]),
            "beside-reading": (words.milliseconds(row["beside_reading_ms"]), row["beside_reading_ms"]),
        }
        scope = _scope(found, f"{row['model']} on {device}, {row['mode']}", row["model"])
        for fact, (text, number) in facts.items():
            named.setdefault(f"{row['scheme']}.{row['mode']}.{fact}", Value(text, scope, number))
    for row in frames.records(padding.padding(found)):
        if row["padding_bytes"]:
            facts = {"padding-bits": (f"{row['padding_bits']:.2f}", row["padding_bits"])}
            _add(named, row, facts, _scope(found, f"{row['model']} on {device}", row["model"]))
    for row in frames.records(context.context(found)):
        scope = f"{row['model']} on {device}, batch {row['batch']}, a context of {row['context_tokens']:,} tokens"
        facts = {
            "cache": (words.megabytes(row["kv_cache_bytes"]), row["kv_cache_bytes"]),
            "cache-share": (words.percent(row["cache_share"]), row["cache_share"]),
            "both": (words.megabytes(row["both_bytes"]), row["both_bytes"]),
        }
        if not words.missing(row["both_ratio"]):
            facts["both-size"] = (words.ratio(row["both_ratio"]), row["both_ratio"])
        if not words.missing(peak := row["peak_rss_increase_bytes"]):
            facts["peak"] = (words.megabytes(peak), peak)
        key = f"{row['scheme']}.c{row['context_tokens']}"
        for fact, (text, number) in facts.items():
            named.setdefault(f"{key}.{fact}", Value(text, _scope(found, scope, row["model"]), number))
    for row in frames.records(tokens.tokens(found)):
        scope = f"{row['model']}, {row['texts']} texts: {row['title']}"
        facts = {
            "per-character": (f"{row['tokens_per_character']:.2f}", row["tokens_per_character"]),
            "characters-per-token": (f"{row['characters_per_token']:.1f}", row["characters_per_token"]),
            "unknown": (words.percent(row["unknown_share"]), row["unknown_share"]),
        }
        if not words.missing(row["ratio"]):
            facts["ratio"] = (words.ratio(row["ratio"]), row["ratio"])
        for fact, (text, number) in facts.items():
            named.setdefault(f"tokens.{row['kind']}.{fact}", Value(text, scope, number))
    for row in frames.records(frames.fidelity(found)):
        if row["corpus"] != frames.ALL_CORPORA:
            continue
        facts = {
            "kl": (f"{words.nats(row['kl_mean_nats'])} nats", row["kl_mean_nats"]),
            "kl-p99": (f"{words.nats(row['kl_p99_nats'])} nats", row["kl_p99_nats"]),
            "perplexity-ratio": (f"{row['perplexity_ratio']:.3f}×", row["perplexity_ratio"]),
            "agreement": (words.percent(row["top1_agreement"]), row["top1_agreement"]),
            "coverage": (words.coverage(row["coverage"]), row["coverage"]),
        }
        scope = f"{row['model']} on {device}, {row['positions']:,} positions, eager"
        _add(named, row, facts, _scope(found, scope, row["model"]))
    for row in frames.records(frames.encoding(found)):
        scope = f"{row['model']} on {device}, batch {row['batch']}, {row['tokens']} tokens a text, {row['mode']}"
        facts = {"texts-per-s": (f"{words.number(row['texts_per_s'])} texts/s", row["texts_per_s"])} | _speed(row)
        for fact, (text, number) in facts.items():
            key = f"{row['scheme']}.{row['mode']}.b{row['batch']}.t{row['tokens']}.{fact}"
            value = Value(text, _scope(found, scope, row["model"]), number, _disturbed(row, fact))
            named.setdefault(key, value)
    for row in frames.records(frames_answers.embedding(found)):
        facts = {
            "cosine": (f"{row['cosine_mean']:.4f}", row["cosine_mean"]),
            "overlap": (words.percent(row["overlap_at_10"]), row["overlap_at_10"]),
            "verdict": (row["verdict"], None),
        }
        for score in frames_answers.SCORES:
            if not words.missing(row[score]):
                facts[score] = (f"{row[score]:.3f}", row[score])
            if not words.missing(change := row[f"{score}_change_points"]):
                facts[f"{score}_change"] = (f"{chart_embedding.told(row, score)} points", change)
        scope = f"{row['model']} on {device}, {row['queries']:,} queries, {row['passages']:,} passages, eager"
        _add(named, row, facts, _scope(found, scope, row["model"]))
    return named


def _of_tasks(found: FoundRun) -> dict[str, Value]:
    named: dict[str, Value] = {}
    for row in frames.records(frames_answers.answered(found)):
        scope = f"{row['title']}, {frames_answers.how_many(row)}: {row['model']} on {words.device(found)}, eager"
        for fact, (text, number) in _answered(row).items():
            named[f"{row['task']}.{row['scheme']}.{fact}"] = Value(text, _scope(found, scope, row["model"]), number)
        named.setdefault(f"{row['task']}.title", Value(row["title"], scope))
        named.setdefault(f"{row['task']}.items", Value(f"{row['items']:,}", scope))
        named.setdefault(f"{row['task']}.templates", Value(f"{row['templates']:,}", scope))
    return named


def _answered(row: dict[str, Any]) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "accuracy": (words.percent(row["accuracy"]), row["accuracy"]),
        "verdict": (row["verdict"], None),
    }
    if row["scheme"] == BASELINE:
        facts["at-chance"] = ("at chance" if row["at_chance"] else "above chance", float(row["at_chance"]))
    if not words.missing(row["margin_change_nats"]):
        ends = (row["margin_change_low_nats"], row["margin_change_high_nats"])
        told = words.change(row["margin_change_nats"], *ends, row["margin_basis"], digits=2)
        facts["margin_change"] = (f"{told} {row['margin_unit']}", row["margin_change_nats"])
    if words.missing(row["accuracy_change_points"]):
        return facts
    facts |= {name: (f"{row[name]:,}", row[name]) for name in ("lost", "gained")}
    facts["flips-p"] = (words.p_value(row["p_mcnemar"]), row["p_mcnemar"])
    if row["at_chance"]:
        unjudged: Fact = ("not judged, the baseline is at chance", None)
        return facts | dict.fromkeys(("accuracy_change", "detectable_drop"), unjudged)
    ends = (row["accuracy_change_low_points"], row["accuracy_change_high_points"])
    change = row["accuracy_change_points"]
    if row["accuracy_basis"] != "none":
        for end, number in zip(("low", "high"), ends, strict=True):
            facts[f"accuracy_change-{end}"] = (f"{words.signed(number)} points", number)
    facts["accuracy_change"] = (f"{words.change(change, *ends, row['accuracy_basis'])} points", change)
    if not words.missing(drop := row["detectable_drop_points"]):
        facts["detectable_drop"] = (f"{words.up(drop, 1):.1f} points", drop)
    return facts


def _speed(row: dict[str, Any], column: str = "speed_ratio", name: str = "speed") -> dict[str, Fact]:
    if words.missing(row[column]):
        return {}
    low, high = row[f"{column}_low"], row[f"{column}_high"]
    one_round = row["ratio_basis"] == "iterations"
    return {
        name: (words.ratio(row[column]), row[column]),
        f"{name}-low": (words.ratio(low), low),
        f"{name}-high": (words.ratio(high), high),
        f"{name}-interval": (words.span(low, high) + (", one round" if one_round else ""), None),
    }


def _disturbed(row: dict[str, Any], fact: str) -> bool:
    return fact in ("speed", "request-speed") and row["scheme"] != BASELINE and bool(row["ratio_disturbed"])


def _scope(found: FoundRun, text: str, *models: str) -> str:
    return f"{text}. {words.caveat(found, *models)}".rstrip()


def _add(named: dict[str, Value], row: dict[str, Any], facts: dict[str, Fact], scope: str) -> None:
    for fact, (text, number) in facts.items():
        named.setdefault(f"{row['scheme']}.{fact}", Value(text, scope, number))
