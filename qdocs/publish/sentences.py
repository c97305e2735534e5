"""What does each chart show, said in sentences with their scope?

Losses come in the same sentence form as gains; a difference within the noise is called that. Text comes back as HTML.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from qdocs.publish import safe, words
from qdocs.publish.frames import ALL_CORPORA, records
from qdocs.publish.names import BASE
from qdocs.publish.runs import FoundRun
from qdocs.record import BASELINE, NOISE_FLOOR

# What is written otherwise in a sentence.
CORPORA = {"english": "English"}
# What is said of intervals from one round.
ONE_ROUND = (
    "<span data-search-exclude>One round only: these intervals leave out how processes differ, and are too narrow."
    "</span>"
)

Row = dict[str, Any]


def speed(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say which schemes decode faster, which slower, and at which size.

    Args:
        rows: Of `frames.latency`, for one model, backend and workload.
        found: The run that they belong to.
    """
    first = rows.iloc[0]
    work = words.latency_workload(first["batch"], first["prompt_tokens"], first["new_tokens"])
    said = [scope(found, first["model"], f", {work}"), f"Each ratio compares with {BASELINE} in the same mode."]
    compared = [r for r in records(rows) if r["scheme"] != BASELINE and not words.missing(r["speed_ratio"])]
    for outcome, verb in ((1, "Faster"), (-1, "Slower"), (0, "No clear difference")):
        group = [r for r in compared if verdict(r) == outcome]
        if group:
            said.append(f"<strong>{verb}:</strong> {words.listed(_speed_item(r) for r in group)}.")
    sized = {r["scheme"]: r["size_ratio"] for r in compared if not words.missing(r["size_ratio"])}
    if sized:
        each = words.listed(f"{code(name)} {words.ratio(value)}" for name, value in sized.items())
        said.append(f"Stored bytes, as a multiple of {BASELINE}&#39;s: {each}.")
    if any(r["ratio_basis"] == "iterations" for r in compared):
        said.append(ONE_ROUND)
    if any(r["ratio_disturbed"] for r in records(rows)):
        said.append(disturbed(found))
    lacking = {r["scheme"] for r in records(rows) if words.missing(r["stored_bytes"])}
    if lacking:
        said.append(f"Not drawn, since stored bytes were not measured: {words.listed(map(code, sorted(lacking)))}.")
    unpaired = [r for r in records(rows) if words.missing(r["speed_ratio"])]
    if unpaired:
        each = words.listed(f"{code(r['scheme'])} {r['mode']} ({safe.text(r['ratio_note'])})" for r in unpaired)
        said.append(f"Without a ratio, so not drawn: {each}.")
    return " ".join(said)


def fidelity(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say how far each scheme moves the model's predictions, against the noise floor and with coverage.

    Args:
        rows: Of `frames.fidelity`, for one model, backend and workload.
        found: The run that they belong to.
    """
    overall = rows[rows["corpus"] == ALL_CORPORA].drop_duplicates("scheme")
    first = overall.iloc[0]
    corpora = words.listed(safe.text(CORPORA.get(c, c)) for c in dict.fromkeys(rows["corpus"]) if c != ALL_CORPORA)
    said = [
        scope(found, first["model"], f", eager, {first['positions']:,} token positions of {corpora}"),
        f"0 nats and 100% agreement would be {BASELINE} itself.",
    ]
    floor = next((r for r in records(overall) if r["scheme"] == NOISE_FLOOR), None)
    if floor:
        said.append(
            f"The noise floor, {code(NOISE_FLOOR)} against {BASELINE}: {words.nats(floor['kl_mean_nats'])} nats, "
            f"top-1 agreement {words.percent(floor['top1_agreement'])}."
        )
    else:
        said.append(f"The noise floor, {code(NOISE_FLOOR)}, was not measured in this run.")
    entries = []
    for row in records(overall):
        if row["scheme"] == NOISE_FLOOR or (row["scheme"] == BASELINE and not row["kl_max_nats"]):
            continue
        times = ""
        if floor and floor["kl_mean_nats"] > 0:
            times = f", {words.number(row['kl_mean_nats'] / floor['kl_mean_nats'], 2)} times the noise floor"
        entries.append(
            f"<li>{code(row['scheme'])}: mean KL {words.nats(row['kl_mean_nats'])} nats{times}; the same first choice "
            f"at {words.percent(row['top1_agreement'])} of positions; coverage {words.coverage(row['coverage'])}.</li>"
        )
    texts = words.listed(safe.text(source) for source in dict.fromkeys(rows["corpus_source"]))
    listed = f"<ul>{''.join(entries)}</ul>" if entries else ""
    return f"<p>{' '.join(said)}</p>{listed}<p>Texts: {texts}.</p>"


def memory(rows: pd.DataFrame, found: FoundRun) -> str:
    """Say what each scheme stores, and how many bits a weight really takes.

    Args:
        rows: Of `frames.memory`, for one model, backend and workload.
        found: The run that they belong to.
    """
    drawn = rows.drop_duplicates("scheme")
    said = [
        scope(found, drawn.iloc[0]["model"], ""),
        f"Weights as stored{', without the KV cache' if drawn['kv_cache_bytes'].notna().any() else ''}; "
        "1 MB is a million bytes.",
    ]
    said += _embedding(records(drawn))
    for row in records(drawn):
        told = f"{code(row['scheme'])}: {words.megabytes(row['stored_bytes'])}"
        if row["scheme"] != BASELINE and not words.missing(row["size_ratio"]):
            grown = ", larger than the baseline" if row["size_ratio"] > 1 else ""
            told += f", {words.ratio(row['size_ratio'])} {BASELINE}{grown}"
        if not words.missing(row["bits_per_quantized_weight"]):
            told += f", {row['bits_per_quantized_weight']:.2f} bits a quantized weight with scales"
            told += f" and {words.megabytes(row['padding_bytes'])} of padding" if row["padding_bytes"] else ""
        if 0 < row["coverage"] < 1:
            told += f"; {words.percent(1 - row['coverage'])} of the linear weights were skipped"
        said.append(told + ".")
    return " ".join(said)


def nothing(found: FoundRun, kind: str, states: Iterable[Row], needs: str) -> str:
    """Say that a run has nothing to draw: what became of the cells that would have been drawn, and what they need."""
    counts: dict[str, int] = {}
    for row in states:
        if row["workload"].startswith(kind):
            counts[row["state"]] = counts.get(row["state"], 0) + 1
    told = words.listed(f"{many} {state}" for state, many in counts.items())
    lacking = f" This chart needs {needs}." if needs and counts.get("measured") else ""
    return f"Nothing to draw. Of this run&#39;s {kind} cells: {told}.{lacking}"


def verdict(row: Row, ratio: str = "speed_ratio") -> int:
    """Whether a scheme is faster (1), slower (-1), or the interval of its ratio holds 1 (0)."""
    return 1 if row[f"{ratio}_low"] > 1 else -1 if row[f"{ratio}_high"] < 1 else 0


def _speed_item(row: Row) -> str:
    ends = words.span(row["speed_ratio_low"], row["speed_ratio_high"])
    shown = words.ratio(row["speed_ratio"]) + words.star(row["ratio_disturbed"])
    return f"{code(row['scheme'])} {row['mode']} {shown} ({ends})"


def disturbed(found: FoundRun) -> str:
    """What is said of a star, with the way to this run's times; those of a case study stand beside it."""
    times = "The table of times"
    if not found.case:
        times = f'<a href="{BASE}results/?run={safe.text(found.name)}#latency-in-full">{times}</a>'
    return (
        "<span data-search-exclude>* In at least one round, of the scheme or of the baseline, the machine was unusual: "
        f"its memory bandwidth was off, or something else used it. {times} says what.</span>"
    )


def _embedding(rows: list[Row]) -> list[str]:
    """What part the embedding is of the baseline and of the smallest scheme, where all that quantize store it alike."""
    quantized = [row for row in rows if not words.missing(row["bits_per_quantized_weight"])]
    baseline = next((row for row in rows if row["scheme"] == BASELINE), None)
    if not quantized or not baseline:
        return []
    whole = baseline["embedding_bytes"]
    if not whole or any(row["embedding_bytes"] != whole for row in quantized):
        return []
    least = min(quantized, key=lambda row: row["stored_bytes"])
    return [
        f"The embedding, {words.megabytes(whole)}, stays whole in every quantized scheme: it is "
        f"{words.percent(whole / baseline['stored_bytes'])} of {code(BASELINE)} and "
        f"{words.percent(whole / least['stored_bytes'])} of {code(least['scheme'])}."
    ]


def scope(found: FoundRun, model: str, rest: str) -> str:
    """What a chart holds for: model, device, the rest (HTML already), and what has to be said of the model."""
    note = safe.text(words.caveat(found, model))
    return f"{safe.text(model)} on {safe.text(words.device(found))}{rest}. {note}".rstrip()


def code(name: str) -> str:
    """A scheme's name."""
    return f"<code>{safe.text(name)}</code>"
