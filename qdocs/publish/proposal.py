"""What does a pull request that brings runs say, so that a person can decide?

Names and texts in a run come from wherever it was measured: each stands as code, on one line, cut where it is long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from qdocs.agreement import UNITS, Agreement
from qdocs.incoming import Arrival
from qdocs.publish import words
from qdocs.publish.statements import Statement
from qdocs.terminal import quantity_text

One = TypeVar("One")
# A code host cuts a long text anywhere; better to say what is left out.
MOST_ROWS = 40
LONGEST = 300


def body(arrived: list[Arrival], broken: list[Statement], changed: list[Statement]) -> str:
    """The pull request's text, in Markdown.

    Args:
        arrived: The runs.
        broken: Sentences of the guide that they contradict.
        changed: Values that pages quote and that they change.
    """
    parts = [
        f"{words.count(len(arrived), 'run')} arrived. Every summary was computed again from its samples, and nothing "
        "in them is beyond what a machine can measure. People merge.",
        *map(_arrival, arrived),
        "## Statements of the guide",
        _broken(broken),
        _changed(changed),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _arrival(one: Arrival) -> str:
    run, device = one.run, one.run.environment.device
    states = Counter[str](cell.outcome.state for cell in run.cells)
    told = ", ".join(f"{many} {state}" for state, many in states.items())
    unfinished = "" if run.ended_at else f" **Unfinished**: {len(run.remaining())} cells are missing."
    joined = f"Joined from {words.count(len(run.merged_from), 'shard')}." if run.merged_from else ""
    lines = [
        f"## {_code(run.name)}",
        f"{_code(', '.join(run.models))} on {_code(device.name)}, suite {_code(run.suite)}, "
        f"commit {_code((run.commit or 'unknown')[:12])}{' **with uncommitted changes**' if run.dirty else ''}. "
        f"Of {len(run.plan)} cells: {told}.{unfinished} {joined}".rstrip(),
        _list("Shards that could not be joined:", one.apart),
        _list("To look at:", one.warnings),
        _beside(one),
    ]
    return "\n\n".join(line for line in lines if line)


def _beside(one: Arrival) -> str:
    if one.beside is None:
        return f"Nothing to compare with: {_code(one.alone)}."
    verdicts = Counter[str](found.verdict for found in one.agreements)
    said = (
        f"Beside {_code(one.beside.name)} on {_code(one.beside.environment.device.name)}: {verdicts['agrees']} agree, "
        f"**{verdicts['differs']} differ**, {verdicts['not comparable']} cannot be compared."
    )
    differing = [found for found in one.agreements if found.verdict == "differs"]
    columns: dict[str, Callable[[Agreement], str]] = {
        "scheme": lambda a: a.scheme,
        "quantity": lambda a: f"{a.what}, {a.workload}; {UNITS.get(a.what, 'times bf16')}",
        "this run": lambda a: quantity_text(a.what, a.ours),
        "published": lambda a: quantity_text(a.what, a.theirs),
        "apart": lambda a: a.why,
    }
    return "\n\n".join([said, *([_table(differing, columns)] if differing else [])])


def _broken(broken: list[Statement]) -> str:
    if not broken:
        return "No sentence of the guide is contradicted."
    many = words.count(len(broken), "sentence")
    said = f"**{many} would no longer hold.** The site does not build until each is changed."
    return "\n\n".join([said, _table(broken, {"page": _page, "sentence": lambda s: s.told, "why": lambda s: s.after})])


def _changed(changed: list[Statement]) -> str:
    if not changed:
        return "No value that a page quotes is changed."
    columns: dict[str, Callable[[Statement], str]] = {
        "page": _page,
        "value": lambda s: s.told,
        "now": lambda s: s.before,
        "then": lambda s: s.after,
    }
    return "\n\n".join(
        [f"{words.count(len(changed), 'value')} that pages quote would read otherwise.", _table(changed, columns)]
    )


def _page(one: Statement) -> str:
    return one.page


def _list(head: str, lines: Sequence[str]) -> str:
    shown = [f"- {_code(line)}" for line in lines[:MOST_ROWS]]
    left = [f"- and {len(lines) - MOST_ROWS} more"] if len(lines) > MOST_ROWS else []
    return "\n".join([head, "", *shown, *left]) if lines else ""


def _table(rows: Sequence[One], columns: dict[str, Callable[[One], str]]) -> str:
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(_code(cell(row)) for cell in columns.values())} |" for row in rows[:MOST_ROWS]]
    left = f"\n\nAnd {len(rows) - MOST_ROWS} more." if len(rows) > MOST_ROWS else ""
    return "\n".join(lines) + left


def _code(text: str) -> str:
    """Text as code: nothing in it is a link, a mention, markup or the end of a table's cell."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).replace("`", "'").replace("|", "¦").split())
    return f"`{line if len(line) <= LONGEST else line[: LONGEST - 1] + '…'}`" if line else ""
