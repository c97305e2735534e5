"""What does the page of tasks say of each bundled one, and of the sentence encoder's texts?

What is bundled comes from its files; how the baseline scored, from the record.
"""

from __future__ import annotations

from typing import Any

import yaml

from qdocs.publish import safe, tables, words
from qdocs.publish.frames import Row, records
from qdocs.publish.frames_answers import SCORES, embedding
from qdocs.publish.frames_answers import answered as answered_rows
from qdocs.publish.names import NONE_YET
from qdocs.publish.pages import provenance
from qdocs.publish.runs import FoundRun
from qdocs.publish.tables import Column
from qdocs.record import BASELINE
from qdocs.tasks.asked import BUNDLED, PREFERENCE, asked, describe_bundled
from qdocs.tasks.embedding import FOLDER, evaluation_set
from qdocs.tasks.items import Item, Items

EMBEDDING = "embedding"
COLUMNS = [
    Column("task", lambda r: safe.text(r["title"]), numeric=False),
    Column("chance", tables.form("chance", words.percent)),
    Column(f"{BASELINE} accuracy", lambda r: r["baseline"]),
    Column("items", lambda r: f"{r['items']:,}"),
    Column("templates", lambda r: f"{r['templates']:,}"),
]
SHOWN = 5  # lines of a long prompt, at its beginning and at its end


def fragments(answered: dict[str, FoundRun], encoder: FoundRun | None) -> dict[str, str]:
    """The page's pieces by name: a table of all tasks, a description of each, and of the encoder's texts.

    Args:
        answered: The run whose answers are quoted, by task.
        encoder: The run whose sentence vectors are quoted.
    """
    items = {task.name: task.items() for task in asked(dict.fromkeys(BUNDLED))}
    quoted = {answered[kind].name: answered[kind] for kind in BUNDLED if kind in answered}
    scored = {
        row["task"]: row
        for found in quoted.values()
        for row in records(answered_rows(found))
        if (row["scheme"], row["source"]) == (BASELINE, "bundled") and answered[row["task"]] is found
    }
    without = words.NOT_MEASURED if answered else NONE_YET
    rows = [
        _row(kind, items[kind], _score(scored[kind], items[kind], answered[kind]) if kind in scored else without)
        for kind in BUNDLED
    ]
    origin = "".join(provenance(found, _asked_in(found, answered)) for found in quoted.values())
    made = {"table/tasks": f'<div class="q-table">{tables.html(rows, COLUMNS, "Bundled tasks")}{origin}</div>'}
    made |= {
        f"task/{kind}": _described(describe_bundled(kind)) + _example(kind, items[kind].items[0]) for kind in BUNDLED
    }
    made[f"task/{EMBEDDING}"] = _texts(encoder)
    return made


def _asked_in(found: FoundRun, answered: dict[str, FoundRun]) -> str:
    """Which tasks a run asked of which model, to stand before where it was measured."""
    titles = words.listed(describe_bundled(kind)["title"] for kind in BUNDLED if answered.get(kind) is found)
    return f"{titles}, asked of {words.listed(found.models)}"


def _row(kind: str, items: Items, baseline: str) -> Row:
    return {
        "title": describe_bundled(kind)["title"],
        "items": len(items.items),
        "templates": len({item.group for item in items.items}),
        "chance": items.chance,
        "baseline": baseline,
    }


def _score(scored: Row, items: Items, found: FoundRun) -> str:
    told = [words.percent(scored["accuracy"])]
    if scored["at_chance"]:
        told.append("at chance")
    if scored["items"] < len(items.items):
        told.append(f"the first {scored['items']:,} items")
    first = Items(items.file, items.format, items.items[: scored["items"]])
    if first.sha256 != found.run.tasks[scored["task"]].items_sha256:
        told.append("of another version of the items")
    return "<br>".join(told)


def _described(about: dict[str, Any]) -> str:
    facts = (("Tests", "tests"), ("Made", "made"), ("Weak in", "weaknesses"))
    each = "".join(f"<dt>{head}</dt><dd>{safe.text(about[key])}</dd>" for head, key in facts)
    return f'<dl class="q-about">{each}</dl>'


def _example(kind: str, item: Item) -> str:
    name = f"The first item, {safe.text(item.id)}"
    mark = f" ({'the better answer' if kind == PREFERENCE else 'the right choice'})"
    choices = "".join(
        f"<li><code>{safe.text(choice)}</code>{mark if choice == item.answer else ''}</li>" for choice in item.choices
    )
    return (
        f'<div class="q-example" data-search-exclude><p>{name}:</p>'
        f"<pre>{safe.text(_elided(item.prompt))}</pre><ul>{choices}</ul></div>"
    )


def _elided(prompt: str) -> str:
    """A prompt of many lines without most of its middle: what is asked stands at its end, and what it is about is kept.

    That is the line which shares most words with the question.
    """
    lines = prompt.splitlines()
    if len(lines) <= 2 * SHOWN + 1:
        return prompt
    middle = lines[SHOWN:-SHOWN]
    question = set(lines[-1].split())
    about = max(range(len(middle)), key=lambda at: len(question & set(middle[at].split())))
    around = [_left_out(about), middle[about], _left_out(len(middle) - about - 1)]
    return "\n".join([*lines[:SHOWN], *filter(None, around), *lines[-SHOWN:]])


def _left_out(lines: int) -> str:
    return f"… {words.count(lines, 'more line')} …" if lines else ""


def _texts(found: FoundRun | None) -> str:
    about = yaml.safe_load((FOLDER / "about.yaml").read_text(encoding="utf-8"))
    texts = evaluation_set()
    query, pair = texts.queries[0], texts.pairs[0]
    queries = words.asked(len(texts.queries), len({q.group for q in texts.queries}), "query")
    pairs = words.asked(len(texts.pairs), len({p.group for p in texts.pairs}), "graded pair")
    return (
        f"{_described(about)}<p>{queries} among {len(texts.passages):,} passages; {pairs}.</p>"
        f'<div class="q-example" data-search-exclude><p>The first query, {safe.text(query.id)}, and its passage:</p>'
        f"<ul><li>{safe.text(query.text)}</li><li>{safe.text(texts.passages[query.passage])}</li></ul>"
        f"<p>The first pair, {safe.text(pair.id)}, with the grade {pair.grade:g}:</p>"
        f"<ul><li>{safe.text(pair.first)}</li><li>{safe.text(pair.second)}</li></ul></div>{_vectors(found)}"
    )


def _vectors(found: FoundRun | None) -> str:
    rows = [row for row in records(embedding(found)) if row["scheme"] == BASELINE] if found else []
    if not found or not rows:
        return f"<p>Scores of {BASELINE}: {NONE_YET}.</p>"
    row = rows[0]
    scores = words.listed(f"{title} {row[name]:.3f}" for name, title in SCORES.items() if not words.missing(row[name]))
    asked_of = f"{row['queries']:,} queries among {row['passages']:,} passages, {row['pairs']:,} pairs"
    if not _bundled_now(row):
        asked_of += ", of another version of the texts"
    return f"<p>Scores of {BASELINE}, {safe.text(row['model'])}, {asked_of}: {scores}.</p>{provenance(found)}"


def _bundled_now(row: Row) -> bool:
    """Whether a run was asked with the texts that are bundled now."""
    try:
        now = evaluation_set(passages=row["passages"], queries=row["queries"], pairs=row["pairs"])
    except ValueError:
        return False
    return bool(now.sha256 == row["data_sha256"])
