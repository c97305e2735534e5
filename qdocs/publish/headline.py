"""What does the headline say, in a table with its scope, for the README and the first page?"""

from __future__ import annotations

from typing import Any

from qdocs.publish import frames, safe, sentences, tables, words
from qdocs.publish.pages import NO_RUN, provenance, record_path
from qdocs.publish.runs import FoundRun
from qdocs.record import BASELINE, NOISE_FLOOR

START, END = "<!-- headline:start -->", "<!-- headline:end -->"
HEADS = [
    "scheme",
    "stored weights",
    f"decode, eager, × {BASELINE}",
    f"decode, compiled, × {BASELINE}",
    "mean KL, nats",
    "same first choice",
    "coverage",
]
DISTURBED = "* The machine was unusual in a round, of the scheme or of the baseline."


def rows(found: FoundRun, schemes: list[str] | None = None) -> list[dict[str, str]]:
    """One row a scheme, all of the run's or only these, each cell in words; what was not measured says so."""
    speed = _first_workload(frames.latency(found))
    sizes = {r["scheme"]: r for r in frames.records(frames.memory(found))}
    closeness = {r["scheme"]: r for r in frames.records(frames.fidelity(found)) if r["corpus"] == frames.ALL_CORPORA}
    made = []
    for scheme in found.schemes if schemes is None else schemes:
        stored, close, info = sizes.get(scheme), closeness.get(scheme), found.run.schemes.get(scheme)
        name = scheme
        if scheme == BASELINE:
            name += " (baseline)"
        elif scheme == NOISE_FLOOR:
            name += " (noise floor)"
        cells = [
            name,
            words.megabytes(stored["stored_bytes"]) if stored else words.NOT_MEASURED,
            *(_speed(scheme, speed.get((scheme, mode))) for mode in ("eager", "compiled")),
            words.nats(close["kl_mean_nats"]) if close else words.NOT_MEASURED,
            words.percent(close["top1_agreement"]) if close else words.NOT_MEASURED,
            (words.coverage(info.coverage) if info.coverage else "not quantized") if info else words.NOT_MEASURED,
        ]
        made.append(dict(zip(HEADS, cells, strict=True)))
    return made


def scope(found: FoundRun) -> str:
    """What the headline holds for, as plain text: model with its caveat, device, workload, modes."""
    speed = frames.latency(found)
    first = speed.iloc[0]
    work = words.latency_workload(first["batch"], first["prompt_tokens"], first["new_tokens"])
    return (
        f"{first['model']} on {words.device(found)}, {work}. Speed compares with {BASELINE} in the same mode; below "
        f"1× is slower. {tables.INTERVAL}s beneath. {words.caveat(found, first['model'])}"
    ).rstrip()


def fragment(found: FoundRun | None) -> str:
    """The headline as HTML, with what it shows in sentences; or that there is none yet."""
    if found is None:
        return f'<p class="q-none">{NO_RUN}</p>'
    speed = frames.latency(found)
    said = sentences.speed(frames.groups(speed, ["model", "backend", "batch", "prompt_tokens", "new_tokens"])[0], found)
    return (
        f'<div class="q-headline"><p class="q-say">{said}</p>{_table(rows(found), "Headline")}{provenance(found)}</div>'
    )


def beside(found: FoundRun | None, example: str) -> str:
    """The schemes of one example beside the baseline, with what that holds for; or that there are none yet."""
    if found is None:
        return f'<p class="q-none">{NO_RUN}</p>'
    measured = {name for name, scheme in found.run.schemes.items() if scheme.example.endswith(f"/{example}")}
    schemes = [name for name in found.schemes if name in measured | {BASELINE}]
    made = rows(found, schemes)
    return (
        f'<div class="q-table">{_table(made, "Beside the baseline")}'
        f"<p>{safe.text(_told(made, found))}</p>{provenance(found)}</div>"
    )


def readme_block(found: FoundRun | None) -> str:
    """The headline as Markdown, between the README's two marks."""
    if found is None:
        return f"{START}\nNo run is published yet.\n{END}"
    table = ["| " + " | ".join(HEADS) + " |", "|---|" + "---:|" * (len(HEADS) - 1)]
    made = rows(found)
    for row in made:
        table.append("| " + " | ".join(safe.text(row[head]) for head in HEADS) + " |")
    link = f"[{safe.text(found.name)}](docs/{record_path(found)})"
    said = f"{safe.text(_told(made, found))} Measured {found.run.started_at:%Y-%m-%d}; the record: {link}."
    return "\n".join([START, "", *table, "", said, "", END])


def readme(text: str, found: FoundRun | None) -> str | None:
    """A README with its block renewed; `None` where the two marks are not there."""
    start, end = text.find(START), text.find(END)
    if start < 0 or end < start:
        return None
    return text[:start] + readme_block(found) + text[end + len(END) :]


def _told(made: list[dict[str, str]], found: FoundRun) -> str:
    starred = any(words.star(True) in cell for row in made for cell in row.values())
    return f"{scope(found)} {DISTURBED}" if starred else scope(found)


def _first_workload(frame: Any) -> dict[tuple[str, str], dict[str, Any]]:
    parts = frames.groups(frame, ["model", "backend", "batch", "prompt_tokens", "new_tokens"])
    return {(r["scheme"], r["mode"]): r for r in frames.records(parts[0])} if parts else {}


def _speed(scheme: str, row: dict[str, Any] | None) -> str:
    if row is None or words.missing(row["speed_ratio"]):
        return words.NOT_MEASURED
    if scheme == BASELINE:
        return f"1 ({words.number(row['decode_tokens_per_s'])} tokens/s)"
    slower = ", slower" if sentences.verdict(row) < 0 else ""
    ends = words.span(row["speed_ratio_low"], row["speed_ratio_high"])
    return f"{words.ratio(row['speed_ratio'])}{words.star(row['ratio_disturbed'])}{slower} ({ends})"


def _table(made: list[dict[str, str]], label: str) -> str:
    columns = [tables.Column(head, _cell(head), numeric=head != "scheme") for head in HEADS]
    return tables.html([dict(row) for row in made], columns, label)


def _cell(head: str) -> tables.Render:
    def render(row: dict[str, Any]) -> str:
        value, _, rest = str(row[head]).partition(" (")
        small = f"<br><small>{safe.text(rest.removesuffix(')'))}</small>" if rest else ""
        return f"<code>{safe.text(value)}</code>{small}" if head == "scheme" else f"{safe.text(value)}{small}"

    return render
