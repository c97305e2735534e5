"""How do rows become tables that a person, a screen reader and a sheet of paper can read?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from qdocs.publish import safe, words
from qdocs.publish.frames import ALL_CORPORA, ROLES, records
from qdocs.publish.look import ROLE_WORDS
from qdocs.publish.runs import FoundRun
from qdocs.record import BASELINE
from qdocs.stats import CONFIDENCE

Row = dict[str, Any]
Render = Callable[[Row], str]
LONG = 20  # rows, above which a table is opened only by who wants it
NONE = "none: "  # and why there is no number
INTERVAL = f"{CONFIDENCE:.0%} interval"


@dataclass(frozen=True)
class Column:
    """A column: its head, how a row fills it (as HTML), and whether it holds numbers, or sentences that want room."""

    head: str
    render: Render
    numeric: bool = True
    long: bool = False


def html(rows: list[Row], columns: list[Column], label: str) -> str:
    """A table whose first column heads the rows, in a box that scrolls sideways by finger and by keyboard.

    Why a column lacks numbers is said once, below, if for one reason; a column without any number is left out.
    """
    shown: list[tuple[Column, list[str]]] = []
    said = []
    for column in columns:
        cells = [column.render(row) for row in rows]
        lacking = {cell for cell in cells if column.numeric and cell.startswith(NONE)}
        if len(lacking) == 1:
            empty = lacking == set(cells)
            head = f"“{safe.text(column.head)}”"
            why = lacking.pop().removeprefix(NONE)
            said.append(f"Without {head}: {why}." if empty else f"Where {head} is none: {why}.")
            if empty:
                continue
            cells = ["none" if cell.startswith(NONE) else cell for cell in cells]
        shown.append((column, cells))
    head = "".join(f'<th scope="col"{_side(c)}>{safe.text(c.head)}</th>' for c, _ in shown)
    (_, names), *rest = shown
    body = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(f"<td{_side(c)}>{cells[at]}</td>" for c, cells in rest)}</tr>'
        for at, name in enumerate(names)
    )
    return (
        f'<div class="q-scroll" tabindex="0" role="group" aria-label="{safe.text(label)}" data-search-exclude>'
        f'<table class="q-grid"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        + (f'<p class="q-from" data-search-exclude>{" ".join(said)}</p>' if said else "")
    )


def foldable(rows: list[Row], columns: list[Column], label: str) -> str:
    """The same, folded away where it is long; sentences or a chart beside it say what it comes to."""
    table = html(rows, columns, label)
    if len(rows) <= LONG:
        return table
    return f'<details class="q-data"><summary>{safe.text(label)}: all {len(rows)} rows</summary>{table}</details>'


def speed(rows: pd.DataFrame) -> str:
    """The numbers of the chart of speed against size."""
    return html(
        records(rows), [*_NAMED, _DECODE_RATIO, _RATIO_ENDS, _TOKENS, _TPOT, _STORED, _SIZE], "Speed against size"
    )


def latency(rows: pd.DataFrame) -> str:
    """All of latency: ratio, phases, compilation, rounds, disturbance."""
    columns = [
        *_NAMED,
        # What matters first: a phone shows two or three columns before it is scrolled.
        _DECODE_RATIO,
        _RATIO_ENDS,
        Column("batch", lambda r: f"{r['batch']:,}"),
        Column("prompt", lambda r: f"{r['prompt_tokens']:,}"),
        Column("TTFT", form("ttft_ms", words.milliseconds)),
        _TPOT,
        Column(
            "TPOT, p10 to p90", lambda r: f"{words.number(r['tpot_p10_ms'])} to {words.number(r['tpot_p90_ms'])} ms"
        ),
        Column("prefill tokens/s", form("prefill_tokens_per_s", words.number)),
        _TOKENS,
        Column("compiling, longest round", form("compile_s", lambda v: f"{words.number(v)} s", "compile_note")),
        *_ROUNDS,
    ]
    return foldable(records(rows), columns, "Latency") + _disturbances(rows, "prompt_tokens")


def encoding(rows: pd.DataFrame) -> str:
    """Throughput of a sentence encoder by batch, length, scheme and mode; slower is said in words."""
    columns = [
        *_NAMED,
        _RATIO,
        _RATIO_ENDS,
        Column("batch", lambda r: f"{r['batch']:,}"),
        Column("tokens a text", lambda r: f"{r['tokens']:,}"),
        Column("texts/s", form("texts_per_s", words.number)),
        Column("tokens/s", form("tokens_per_s", words.number)),
        Column("a call", form("encode_ms", words.milliseconds)),
        *_ROUNDS,
    ]
    return foldable(records(rows), columns, "Encoding speed") + _disturbances(rows, "tokens")


def fidelity(rows: pd.DataFrame) -> str:
    """Fidelity by corpus, with coverage in every row."""
    columns = [
        Column("scheme", code("scheme"), numeric=False),
        Column("corpus", lambda r: "all together" if r["corpus"] == ALL_CORPORA else safe.text(r["corpus"]), False),
        Column("coverage", form("coverage", words.coverage)),
        Column("mean KL, nats", form("kl_mean_nats", words.nats)),
        Column(INTERVAL, lambda r: f"{words.nats(r['kl_mean_low_nats'])} to {words.nats(r['kl_mean_high_nats'])}"),
        Column("median", form("kl_median_nats", words.nats)),
        Column("p99", form("kl_p99_nats", words.nats)),
        Column("p99.9", form("kl_p999_nats", words.nats, "kl_p999_note")),
        Column("largest", form("kl_max_nats", words.nats)),
        Column("top-1 agreement", form("top1_agreement", words.percent)),
        Column(
            INTERVAL,
            lambda r: f"{words.percent(r['top1_agreement_low'])} to {words.percent(r['top1_agreement_high'])}",
        ),
        Column("perplexity", form("perplexity", words.number)),
        Column(f"× {BASELINE}", form("perplexity_ratio", lambda v: f"{v:.4f}")),
        Column("positions", form("positions", lambda v: f"{v:,}")),
    ]
    return html(records(rows), columns, "Fidelity")


def memory(rows: pd.DataFrame) -> str:
    """Stored bytes by role, bits, padding, cache and peaks; the settings where cache and peaks are of several."""

    def role_column(role: str) -> Column:
        return Column(ROLE_WORDS[role], form(f"{role}_bytes", words.megabytes))

    settings = [
        Column("batch", lambda r: f"{r['batch']:,}"),
        Column("context", lambda r: f"{r['context_tokens']:,}"),
    ]
    several = len(rows.drop_duplicates(["batch", "context_tokens"])) > 1
    columns = [
        Column("scheme", code("scheme"), numeric=False),
        *(settings if several else []),
        _STORED,
        _SIZE,
        Column("bits a quantized weight", form("bits_per_quantized_weight", _bits, "bits_per_quantized_weight_note")),
        Column("bits a parameter", form("bits_per_parameter", _bits)),
        Column("of it padding", form("padding_bytes", words.megabytes)),
        Column("coverage", form("coverage", words.coverage)),
        *map(role_column, ROLES),
        Column("KV cache", form("kv_cache_bytes", words.megabytes, "kv_cache_bytes_note")),
        *(
            Column(head, form(name, words.megabytes, f"{name}_note"))
            for head, name in (
                ("peak RSS increase", "peak_rss_increase_bytes"),
                ("peak allocated", "peak_allocated_bytes"),
                ("peak reserved", "peak_reserved_bytes"),
            )
        ),
    ]
    return html(records(rows), columns, "Stored bytes by role")


def coverage(rows: pd.DataFrame) -> str:
    """Coverage a scheme, its configuration, and each skipped group of layers with the reason."""
    made: list[Row] = []
    for scheme, part in rows.groupby("scheme", sort=False):
        groups = records(part)
        # A scheme that quantizes nothing skips all for one reason; a line a group would hide the others' news.
        told: dict[str, list[str]] = {}
        for group in groups:
            if not group["quantized"]:
                told.setdefault(group["skipped_because"], []).append(f"{group['layers']} ({group['count']})")
        head = "quantized" if groups[0]["head_quantized"] else "not quantized"
        every = len(groups) == sum(map(len, told.values()))
        skipped = [
            f"{'all linear layers' if every and len(told) == 1 else ', '.join(layers)}: {why}"
            for why, layers in told.items()
        ]
        made.append(
            {
                **groups[0],
                "scheme": scheme,
                "head": head if any(group["is_head"] for group in groups) else "none",
                "skipped": skipped or ["none"],
            }
        )
    columns = [
        Column("scheme", code("scheme"), numeric=False),
        Column("coverage", form("coverage", words.coverage)),
        Column("output head", lambda r: r["head"], numeric=False),
        Column("layers skipped, and why", lambda r: "<br>".join(map(safe.text, r["skipped"])), False, long=True),
        Column("example", lambda r: f"<code>{safe.text(r['example'])}</code>", numeric=False),
        Column("configuration", lambda r: f"<code>{_lines(r['configs'])}</code>", numeric=False),
    ]
    return html(made, columns, "Coverage and skipped layers")


def states(rows: pd.DataFrame) -> str:
    """Every planned cell that was not measured, with its state and why; a sentence where there is none."""
    unmeasured = rows[rows["state"] != "measured"]
    if unmeasured.empty:
        return f"<p>All {len(rows)} planned cells were measured.</p>"
    columns = [
        Column("scheme", code("scheme"), numeric=False),
        Column("mode", lambda r: safe.text(r["mode"]), numeric=False),
        Column("workload", code("workload"), numeric=False),
        Column("model", lambda r: safe.text(r["model"]), numeric=False),
        Column("round", lambda r: str(r["repeat"])),
        Column("state", lambda r: f"<strong>{safe.text(r['state'])}</strong>", numeric=False),
        Column("why", lambda r: _lines(r["reason"]), numeric=False, long=True),
    ]
    said = f"{len(unmeasured)} of {words.count(len(rows), 'planned cell')} {_was(len(unmeasured))} not measured"
    if (
        len(unmeasured.drop_duplicates(["state", "reason"])) == 1
        and (one := records(unmeasured)[0])["state"] != "failed"
    ):
        schemes = words.listed(map(code("scheme"), records(unmeasured.drop_duplicates("scheme"))))
        said += f", of {schemes}. {safe.text(one['state'].capitalize())}: {_lines(one['reason'])}"
    return f"<p>{said}.</p>" + foldable(records(unmeasured), columns, "Cells not measured")


def environment(found: FoundRun) -> str:
    """What one must have to repeat the run: command, machine, versions, model."""
    run, env = found.run, found.run.environment
    probes = env.bandwidth_probes_gb_per_s
    ended = f"{run.ended_at:%Y-%m-%d %H:%M %Z}" if run.ended_at else "not ended"
    facts: list[tuple[str, str]] = [
        ("command", " ".join(run.command)),
        ("suite", run.suite),
        *((f"merged from {part.name}", "; ".join(part.workloads)) for part in run.merged_from),
        ("commit", commit(found)),
        ("started, ended", f"{run.started_at:%Y-%m-%d %H:%M %Z}, {ended}"),
        ("device", f"{words.device(found)}, {env.device.backend}, {words.gibibytes(env.device.memory_bytes)}"),
        ("driver", env.device.driver or f"none: {env.device.reasons.get('driver', '')}"),
        (
            "compute capability",
            env.device.compute_capability or f"none: {env.device.reasons.get('compute_capability', '')}",
        ),
        ("processor", f"{env.processor}, {env.architecture}, {words.gibibytes(env.host_memory_bytes)} of memory"),
        ("threads", str(env.torch_threads)),
        ("products of bf16 where not timed", _PRODUCTS[env.bf16_products]),
        (
            "memory bandwidth at the start, by probes",
            f"{words.number(min(probes))} to {words.number(max(probes))} GB/s",
        ),
        ("system", env.system),
        ("Python", env.python),
        ("versions", ", ".join(f"{name} {version}" for name, version in env.versions.items())),
        ("compiler", env.compiler or f"none: {env.reasons.get('compiler', '')}"),
        ("seed", str(run.seed)),
    ]
    for name, model in run.models.items():
        facts += [
            (f"model {name}", f"{model.source}; {_PURPOSE[model.purpose]}; {model.parameters:,} parameters"),
            (f"{name}, to bear in mind", model.caveat or "nothing noted"),
            (f"{name}, weights SHA-256", _or_none(model.weights_sha256, model.reasons.get("weights_sha256", ""))),
            (f"{name}, setup SHA-256", _or_none(model.setup_sha256, model.reasons.get("setup_sha256", ""))),
            (f"{name}, weights seed", _or_none(model.weights_seed, model.reasons.get("weights_seed", ""))),
            (f"{name}, permutation seed", _or_none(model.permutation_seed, model.reasons.get("permutation_seed", ""))),
        ]
    facts += [
        (f"task {name}", f"{task.title}: {words.asked(task.items, task.groups)}, {task.source}; {task.items_sha256}")
        for name, task in run.tasks.items()
    ]
    columns = [
        Column("what", lambda r: safe.text(r["what"]), numeric=False),
        Column("value", lambda r: _lines(r["value"]), numeric=False, long=True),
    ]
    return foldable([{"what": what, "value": value} for what, value in facts], columns, "Environment")


def commit(found: FoundRun) -> str:
    """The commit that measured, and whether the code was as committed."""
    run = found.run
    if run.commit is None:
        return f"commit unknown ({run.reasons.get('commit', '')})"
    changed = {True: "with uncommitted changes", False: "no uncommitted changes", None: "uncommitted changes unknown"}
    return f"{run.commit[:12]}, {changed[run.dirty]}"


def form(name: str, say: Callable[[Any], str], why: str | None = None) -> Render:
    """Fill a cell with a number put into words; where there is none, with the reason in the column `why`."""

    def render(row: Row) -> str:
        if words.missing(row[name]):
            reason = row.get(why) if why else None
            return f"{NONE}{safe.text(reason)}" if reason else words.NOT_MEASURED
        return safe.text(say(row[name]))

    return render


def code(name: str) -> Render:
    """Fill a cell with a name."""
    return lambda row: f"<code>{safe.text(row[name])}</code>"


def _ratio(row: Row) -> str:
    if words.missing(row["speed_ratio"]):
        return f"{NONE}{safe.text(row['ratio_note'])}"
    if row["scheme"] == BASELINE:
        return "1, the baseline"
    slower = " slower" if row["speed_ratio_high"] < 1 else ""
    return f"{words.ratio(row['speed_ratio'])}{words.star(row['ratio_disturbed'])}{slower}"


def _ratio_ends(row: Row) -> str:
    if words.missing(row["speed_ratio"]) or row["scheme"] == BASELINE:
        return "none"
    ends = words.span(row["speed_ratio_low"], row["speed_ratio_high"])
    return f"{ends} (one round)" if row["ratio_basis"] == "iterations" else ends


def _disturbances(rows: pd.DataFrame, tokens: str) -> str:
    """What disturbed the rounds, below their table, where it takes no row's height; nothing where none was."""
    told = [
        f"<li><code>{safe.text(row['scheme'])}</code> {safe.text(row['mode'])}, batch {row['batch']:,}, "
        f"{row[tokens]:,} tokens: {safe.text(row['disturbance'])}</li>"
        for row in records(rows)
        if row["disturbed_rounds"]
    ]
    if not told:
        return ""
    return (
        f'<details class="q-data"><summary>What was unusual in {words.count(len(told), "row")} with disturbed rounds'
        f"</summary><ul data-search-exclude>{''.join(told)}</ul></details>"
    )


def _bits(value: float) -> str:
    return f"{value:.2f}"


def _lines(text: str) -> str:
    return "<br>".join(safe.text(line) for line in text.splitlines()) or "none"


def _or_none(value: object, reason: str) -> str:
    return str(value) if value is not None else f"none: {reason}"


def _side(column: Column) -> str:
    return ' class="q-num"' if column.numeric else ' class="q-long"' if column.long else ""


def _was(many: int) -> str:
    return "was" if many == 1 else "were"


_PRODUCTS = {
    "native": "by torch's kernels for them",
    "fp32": "in fp32 and rounded: torch has no kernels for this processor",
}
_PURPOSE = {"generate": "generates text", "embed": "embeds sentences"}
_NAMED = [
    Column("scheme", code("scheme"), numeric=False),
    Column("mode", lambda r: safe.text(r["mode"]), numeric=False),
]
_ROUNDS = [
    Column("rounds, iterations", lambda r: f"{r['rounds']}, {r['iterations']}"),
    Column("disturbed", lambda r: f"{r['disturbed_rounds']} of {r['rounds']}" if r["disturbed_rounds"] else "none"),
]
_TPOT = Column("TPOT", form("tpot_ms", words.milliseconds))
_TOKENS = Column("decode tokens/s", form("decode_tokens_per_s", words.number))
_RATIO = Column(f"speed, × {BASELINE}", _ratio)
_DECODE_RATIO = Column(f"decode speed, × {BASELINE}", _ratio)
_RATIO_ENDS = Column(INTERVAL, _ratio_ends)
_STORED = Column("stored", form("stored_bytes", words.megabytes))
_SIZE = Column(f"size, × {BASELINE}", form("size_ratio", words.ratio))
