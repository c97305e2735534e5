"""How does a run look in a terminal?"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from qdocs.agreement import ABSOLUTE, KINDS, OVERLAP, UNITS, Agreement, What, agree
from qdocs.changes import Answers, Placement, Texts, answers, placements, texts
from qdocs.compare import Comparison, EncodingSpeed, Speed, compare, encoding_speeds
from qdocs.history import Series
from qdocs.record import BASELINE, AnyCell, Run
from qdocs.stats import Interval
from qdocs.tokenizing import Counted, counted
from qdocs.verdict import ratio_digits


def show(run: Run, folder: Path, console: Console) -> None:
    """Print a run: what it is, each scheme beside the baseline, and what was not measured.

    Raises:
        InvalidRecord: If a sidecar is missing or damaged.
    """
    device, versions = run.environment.device, run.environment.versions
    commit = f"commit {run.commit[:10]}{' with changes' if run.dirty else ''}" if run.commit else "no commit"
    console.print(f"[bold]{escape(run.name)}[/]  suite {run.suite}", highlight=False)
    console.print(
        f"{escape(', '.join(run.models))} on {escape(device.name)} ({device.backend}), torch {versions.get('torch')}, "
        f"torchao {versions.get('torchao')}, {commit}, {run.started_at:%Y-%m-%d %H:%M} UTC",
        highlight=False,
    )
    for model in run.models.values():
        if model.caveat:
            console.print(f"Note: {escape(model.caveat)}", highlight=False)
    found = compare(run, folder)
    if found.memory or found.fidelity:
        console.print(_size_table(found))
    else:
        covered = ", ".join(f"{name} {scheme.coverage:.0%}" for name, scheme in found.schemes.items())
        console.print(f"Coverage, the share of linear weights that is quantized: {escape(covered)}", highlight=False)
    _print_answers(answers(run, folder), console)
    for name, read in groupby(texts(run, folder), key=lambda one: one.task.name):
        console.print(_text_table(name, list(read)))
    if placed := placements(run, folder):
        _print_placements(placed, console)
    if encoded := encoding_speeds(run, folder):
        console.print(_encoding_table(encoded))
    works: dict[str, list[Speed]] = {}
    for speed in found.speeds:
        work = speed.setting
        title = f"Speed at batch {work.batch}, prompt {work.prompt_tokens}, {work.new_tokens} new tokens; above 1×"
        works.setdefault(f"{title} is faster than bf16 in the same mode", []).append(speed)
    for title, speeds in works.items():
        console.print(_speed_table(title, speeds))
    if tokenized := counted(run, folder):
        console.print(_tokens_table(tokenized))
    _print_open(run, console)


def interval_text(interval: Interval | None, unit: str = "×") -> str:
    """A ratio with its interval, such as `1.54× (1.50 to 1.58)`."""
    if interval is None:
        return "no baseline"
    if interval.basis == "none":
        return f"{ratio_digits(interval.value)}{unit}"
    return f"{ratio_digits(interval.value)}{unit} ({ratio_digits(interval.low)} to {ratio_digits(interval.high)})"


def _size_table(found: Comparison) -> Table:
    close_columns = ("KL nats", "same top", "perplexity") if found.fidelity else ()
    title = "Size and closeness to the baseline" if found.fidelity else "Size"
    table = Table(title=title, title_justify="left")
    for column in ("scheme", "MB", "bits", "coverage", *close_columns):
        table.add_column(column, justify="left" if column == "scheme" else "right", no_wrap=column == "scheme")
    for name, scheme in found.schemes.items():
        memory, close = found.memory.get(name), found.fidelity.get(name)
        bits = memory.bits_per_quantized_weight if memory else None
        told = ["not measured"] * len(close_columns)
        if close:
            ratio = f"{close.perplexity:.2f} ({close.perplexity_ratio:.3f}×)"
            told = [f"{close.kl_mean_nats:.4f}", f"{close.top1_agreement:.1%}", ratio]
        table.add_row(
            escape(name),
            f"{memory.stored_bytes / 1e6:.1f}" if memory else "not measured",
            f"{bits:.2f}" if bits else "full" if memory else "not measured",
            f"{scheme.coverage:.0%}" + (" and head" if scheme.head_quantized else ""),
            *told,
        )
    return table


def _speed_table(title: str, speeds: list[Speed]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("scheme", "mode", "TTFT ms", "TPOT ms", "tokens/s", "decode speed (95% interval)"):
        numeric = column in ("TTFT ms", "TPOT ms", "tokens/s")
        table.add_column(column, justify="right" if numeric else "left", no_wrap=column == "scheme")
    for s in speeds:
        table.add_row(
            escape(s.scheme),
            s.setting.mode,
            f"{s.ttft_ms:.1f}",
            f"{s.tpot_ms:.2f}",
            f"{s.decode_tokens_per_s:.1f}",
            _speed_text(s),
        )
    return table


def _print_answers(found: list[Answers], console: Console) -> None:
    """Change against the baseline by kind of task, in numbers and then in words, a scheme at a time."""
    if not found:
        return
    title = "Accuracy: change against bf16, paired item by item"
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0))
    for column in ("scheme", "right", "points (95%)", "flips", "margin, nats (95%)"):
        table.add_column(column, justify="left" if column == "scheme" else "right", no_wrap=column == "scheme")
    # Kinds whose baseline may be guessing stand last: accuracy can show nothing there.
    order = sorted(found, key=lambda one: one.at_chance)
    for name, group in groupby(order, key=lambda one: one.task.name):
        own = list(group)
        guessing = "baseline at chance" if own[0].at_chance else ""
        table.add_section()
        table.add_row(f"[bold]{escape(name)}[/]", f"n = {own[0].result.items:,}", guessing)
        for one in own:
            change = one.change if one.change and not one.at_chance else None
            table.add_row(
                f"  {escape(one.scheme)}",
                f"{one.result.accuracy:.1%}",
                change_text(change.accuracy_change, 100, 1) if change else "",
                f"−{change.lost} +{change.gained}" if change else "",
                _margin_text(one),
            )
    console.print(table)
    for scheme in dict.fromkeys(one.scheme for one in order if one.scheme != BASELINE):
        console.print(f"[bold]{escape(scheme)}[/]")
        said: dict[str, list[Answers]] = {}
        for one in order:
            if one.scheme == scheme:
                said.setdefault(one.verdict, []).append(one)
        for verdict, alike in said.items():
            colour = "red" if alike[0].direction == "worse" else "default"
            names = ", ".join(escape(one.task.name) for one in alike)
            console.print(f"  [{colour}]{names}: {escape(verdict)}[/]", highlight=False)


def _margin_text(one: Answers) -> str:
    if one.change is None or one.change.margin_change_nats is None:
        return ""
    unit = "" if one.margin_unit == "nats" else f" {one.margin_unit}"
    return change_text(one.change.margin_change_nats, 1, 2) + unit


def change_text(interval: Interval, scale: float, digits: int) -> str:
    """A signed change with its interval, such as `−4.1 (−6.2 to −2.0)`."""
    ends = (interval.value, interval.low, interval.high)
    value, low, high = (f"{scale * end:+.{digits}f}".replace("-", "−") for end in ends)
    return value if interval.basis == "none" else f"{value} ({low} to {high})"


def _text_table(name: str, found: list[Texts]) -> Table:
    title = f"{name}, {found[0].result.overall.positions:,} predictions; a perplexity above 1× bf16 is worse"
    table = Table(title=escape(title), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in ("scheme", "perplexity", "× bf16 (95%)", "KL nats", "same top"):
        table.add_column(column, justify="left" if column == "scheme" else "right")
    for one in found:
        close = one.result.overall
        table.add_row(
            escape(one.scheme),
            f"{close.perplexity:.2f}",
            "baseline" if one.scheme == BASELINE else interval_text(one.perplexity_ratio),
            f"{close.kl_mean_nats:.4f}",
            f"{close.top1_agreement:.1%}",
        )
    return table


def _print_placements(found: list[Placement], console: Console) -> None:
    table = Table(title="Sentence embeddings", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in ("scheme", "cosine", "top ten shared", "recall@1", "MRR@10", "nDCG@10", "Spearman"):
        table.add_column(column, justify="left" if column == "scheme" else "right")
    for one in found:
        result = one.result
        table.add_row(
            escape(one.scheme),
            f"{result.cosine_mean:.5f}",
            f"{result.overlap_at_10:.1%}",
            f"{result.recall_at_1:.1%}",
            f"{result.mrr_at_10:.3f}",
            f"{result.ndcg_at_10:.3f}",
            "none" if result.spearman is None else f"{result.spearman:.3f}",
        )
    console.print(table)
    for one in found:
        if one.scheme != BASELINE:
            colour = "red" if one.direction == "worse" else "default"
            console.print(f"[bold]{escape(one.scheme)}[/]: [{colour}]{escape(one.verdict)}[/]", highlight=False)


def _encoding_table(found: list[EncodingSpeed]) -> Table:
    title = "Encoding speed by batch × tokens; above 1× is faster than bf16 in the same mode"
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0))
    for column in ("scheme", "ms", "texts/s", "speed (95% interval)"):
        table.add_column(column, justify="right" if column in ("ms", "texts/s") else "left", no_wrap=column == "scheme")
    for setting, own in groupby(sorted(found, key=_batch_and_length), key=lambda s: s.setting):
        table.add_row(f"[bold]{setting.batch} × {setting.tokens}[/]", "", "", setting.mode)
        for s in own:
            table.add_row(f"  {escape(s.scheme)}", f"{s.encode_ms:.2f}", f"{s.texts_per_s:,.0f}", _speed_text(s))
    return table


def _tokens_table(found: list[Counted]) -> Table:
    made = found[0].result
    title = f"Tokens by kind of text, {made.algorithm} with {made.vocabulary:,} tokens"
    table = Table(title=escape(title), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in ("kind", "tokens", "a character", "same messages × English (95%)", "unknown"):
        table.add_column(column, justify="left" if column == "kind" else "right")
    for one in found:
        beside = "" if one.ratio is None else interval_text(one.ratio)
        unknown = f"{one.unknown_share:.1%}" if one.sums.unknown else ""
        table.add_row(escape(one.kind), f"{one.sums.tokens:,}", f"{one.tokens_per_character:.3f}", beside, unknown)
    return table


def _batch_and_length(speed: EncodingSpeed) -> tuple[int, int]:
    return speed.setting.batch, speed.setting.tokens


def _speed_text(speed: Speed | EncodingSpeed) -> str:
    """The ratio with its interval, a loss in words and in red, and how many rounds were disturbed."""
    slower = speed.ratio is not None and speed.ratio.high < 1
    told = f"[{'red' if slower else 'default'}]{interval_text(speed.ratio)}{', slower' if slower else ''}[/]"
    many = f"{len(speed.disturbed)} of {len(speed.results)}"
    return told + (f", {many} rounds disturbed" if speed.disturbed else "")


def _print_open(run: Run, console: Console) -> None:
    alike: dict[tuple[str, str], list[AnyCell]] = {}
    for cell in run.cells:
        if cell.outcome.state != "measured":
            alike.setdefault((cell.outcome.state, cell.outcome.why), []).append(cell)
    for (state, why), cells in alike.items():
        many = f"{len(cells)} cells of {', '.join(dict.fromkeys(cell.scheme for cell in cells))}"
        told = cells[0].id if len(cells) == 1 else many
        console.print(f"{state}: {escape(told)}: {escape(why)}", highlight=False)
    if run.ended_at is None:
        settled = len(run.plan) - len(run.remaining())
        console.print(
            f"Unfinished: {settled} of {len(run.plan)} cells have a result. The same command goes on.", highlight=False
        )


def show_agreements(ours: Run, theirs: Run, found: list[Agreement], console: Console) -> None:
    """Print two runs side by side, a table a quantity, then the conclusion."""
    for label, run in (("this run", ours), ("the other", theirs)):
        device = run.environment.device
        console.print(f"{label}: {escape(run.name)} on {escape(device.name)}, suite {run.suite}", highlight=False)
    if ours.environment.device.name != theirs.environment.device.name:
        console.print("Other devices: where they differ, the scheme does something else there.", highlight=False)
    quantities: dict[tuple[What, str], list[Agreement]] = {}
    for one in found:
        quantities.setdefault((one.what, one.workload), []).append(one)
    for (what, workload), group in quantities.items():
        title = f"{what[:1].upper()}{what[1:]}, {workload}; {UNITS.get(what, 'times bf16')}"
        table = Table(title=escape(title), title_justify="left", box=None, padding=(0, 1, 0, 0))
        for column in ("scheme", "this run", "the other", "verdict"):
            table.add_column(column, no_wrap=column != "verdict")
        for one in group:
            values = (quantity_text(what, interval) for interval in (one.ours, one.theirs))
            verdict = one.verdict if one.why == OVERLAP else f"{one.verdict}: {one.why}"
            table.add_row(*map(escape, (one.scheme, *values, verdict)))
        console.print(table)
    compared = [one for one in found if one.verdict != "not comparable"]
    agrees = sum(one.verdict == "agrees" for one in compared)
    unseen = [kind for kind, whats in KINDS.items() if not any(one.what in whats for one in compared)]
    told = [
        f"[bold]{'The runs agree' if agree(found) else 'The runs do not agree'}[/]: {len(compared)} of {len(found)} "
        f"quantities could be compared; {agrees} agree, {len(compared) - agrees} differ.",
        *(f"No {kind} could be compared." for kind in unseen),
    ]
    console.print(" ".join(told), highlight=False)


def show_history(found: list[Series], console: Console) -> None:
    """Print what was measured more than once on a device: a table a device and model, then each change."""
    if not found:
        console.print("No quantity was measured in two published runs on one device yet.", highlight=False)
        return
    for place, group in groupby(found, key=lambda one: one.place):
        table = Table(
            title=escape(f"{place.model} on {place.device} ({place.backend})"), title_justify="left", box=None
        )
        for column in ("quantity", "scheme", "runs", "first", "newest", "changes"):
            table.add_column(column, justify="right" if column in ("runs", "changes") else "left")
        for one in group:
            first, newest = (quantity_text(one.what, one.points[at].value) for at in (0, -1))
            many = len(one.changes)
            told = f"{one.what}, {one.workload}; {UNITS.get(one.what, 'times bf16')}"
            cells = (told, one.scheme, str(len(one.points)), first, newest, str(many) if many else "none")
            table.add_row(*map(escape, cells))
        console.print(table)
    for one in found:
        for point in one.changes:
            versions = f"; {', '.join(point.changed)}" if point.changed else "; the same versions"
            told = f"{one.scheme}, {one.what}, {one.workload}: {point.why} in {point.run}, against {point.against}"
            console.print(f"[bold]changed[/] {escape(told + versions)}", highlight=False)


def quantity_text(what: What, interval: Interval | None) -> str:
    """A quantity that runs are compared by, with its interval."""
    if interval is None:
        return "none"
    if what in ABSOLUTE:
        return change_text(interval, 100, 1)
    if what == "mean KL":
        return f"{interval.value:.4f} ({interval.low:.4f} to {interval.high:.4f})"
    return interval_text(interval)
