"""Which templates of the structured task copy a value from one format to another?

Level 1 shows one record, and the wrong choices are its other values; level 2 shows two records, and the wrong choices
are another value of the same record and two of the other one; level 3 shows four records, and the wrong choices are the
same field of the other three.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from functools import partial

from qdocs.tasks.make.structured_data import THEMES, Drawn, Record, Template, Theme, records


def _sentence(theme: Theme, record: Record) -> str:
    """A record in words, without the full stop."""
    parts = [clause.format(record[field]) for field, clause in theme.clauses.items() if field in record]
    return f"{parts[0][0].upper()}{parts[0][1:]} {', '.join(parts[1:])}"


def _prose(theme: Theme, rows: list[Record]) -> str:
    return " ".join(f"{_sentence(theme, row)}." for row in rows)


def _yaml(theme: Theme, rows: list[Record]) -> str:
    return "\n".join("- " + "\n  ".join(f"{key}: {value}" for key, value in row.items()) for row in rows)


def _json(theme: Theme, rows: list[Record]) -> str:
    return "\n".join(json.dumps(row) for row in rows)


def _csv(theme: Theme, rows: list[Record]) -> str:
    return "\n".join([", ".join(theme.fields), *(", ".join(row.values()) for row in rows)])


def _table(theme: Theme, rows: list[Record]) -> str:
    lines = [theme.fields, ["---"] * len(theme.fields), *(list(row.values()) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _ini(theme: Theme, rows: list[Record]) -> str:
    key = theme.fields[0]
    return "\n".join(
        "\n".join([f"[{row[key]}]", *(f"{name} = {value}" for name, value in row.items() if name != key)])
        for row in rows
    )


def _xml(theme: Theme, rows: list[Record]) -> str:
    return "\n".join("".join(f"<{key}>{value}</{key}>" for key, value in row.items()) for row in rows)


def _bullets(theme: Theme, rows: list[Record]) -> str:
    key = theme.fields[0]
    return "\n".join(
        f"* {row[key]}: " + "; ".join(f"{name} {value}" for name, value in row.items() if name != key) for row in rows
    )


def _to_yaml(theme: Theme, row: Record, asked: str) -> str:
    return "\n".join([*(f"{key}: {value}" for key, value in row.items()), f"{asked}:"])


def _to_csv(theme: Theme, row: Record, asked: str) -> str:
    return ", ".join(theme.fields) + "\n" + ", ".join(row.values()) + ","


def _to_table(theme: Theme, row: Record, asked: str) -> str:
    heads = " | ".join(theme.fields)
    rule = " | ".join(["---"] * len(theme.fields))
    return f"| {heads} |\n| {rule} |\n| {' | '.join(row.values())} |"


def _to_pairs(theme: Theme, row: Record, asked: str) -> str:
    return "; ".join([*(f"{key} = {value}" for key, value in row.items()), f"{asked} ="])


def _to_xml(theme: Theme, row: Record, asked: str) -> str:
    return "\n".join([*(f"<{key}> {value} </{key}>" for key, value in row.items()), f"<{asked}>"])


def _to_lisp(theme: Theme, row: Record, asked: str) -> str:
    return "(" + " ".join([*(f"({key} {value})" for key, value in row.items()), f"({asked}"])


def _to_prose(theme: Theme, row: Record, asked: str) -> str:
    return _sentence(theme, {**row, asked: ""}).rstrip()


def _to_json(theme: Theme, row: Record, asked: str) -> str:
    return json.dumps(row)[:-1] + f', "{asked}":'


Source = Callable[[Theme, list[Record]], str]
Target = Callable[[Theme, Record, str], str]


def _copy(order: str, source: Source, target: Target, draw: random.Random, level: int) -> Drawn:
    """Records in one format, then the beginning of one of them in another, up to the asked value."""
    theme = draw.choice(THEMES)
    rows = records(theme, {1: 1, 2: 2, 3: 4}[level], draw)
    row = draw.choice(rows)
    asked = draw.choice(theme.fields[1:])
    before = {field: row[field] for field in theme.fields[: theme.fields.index(asked)]}
    own = [row[field] for field in theme.fields[1:] if field != asked]
    if level == 1:
        wrong = own
    elif level == 2:
        other = next(other for other in rows if other is not row)
        field = draw.choice([field for field in theme.fields[1:] if field != asked])
        wrong = [other[asked], row[field], other[field]]
    else:
        wrong = [other[asked] for other in rows if other is not row]
    prompt = f"{order}\n\n{source(theme, rows)}\n\n{target(theme, before, asked)}"
    quoted = target is _to_json
    values = [f'"{value}"' if quoted else value for value in (row[asked], *wrong)]
    return prompt, values, values[0]


COPY: dict[str, Template] = {
    name: partial(_copy, *how)
    for name, how in {
        "prose to yaml": ("Write what the text says as YAML.", _prose, _to_yaml),
        "prose to csv": ("Turn the sentences into a CSV file with a header.", _prose, _to_csv),
        "prose to table": ("Put the facts from the text into a Markdown table.", _prose, _to_table),
        "prose to json": ("Extract the facts as JSON.", _prose, _to_json),
        "json to yaml": ("The JSON input, and the same entry in YAML:", _json, _to_yaml),
        "json to prose": ("Read the JSON and say in a sentence what one object holds.", _json, _to_prose),
        "csv to pairs": ("One row of this CSV file, as pairs of key and value:", _csv, _to_pairs),
        "csv to xml": ("From CSV to XML, without changing any value.", _csv, _to_xml),
        "table to yaml": ("First a Markdown table, then a line of it as a YAML document.", _table, _to_yaml),
        "table to prose": ("Describe an entry of the table in plain English.", _table, _to_prose),
        "yaml to csv": ("YAML list in, comma-separated values out.", _yaml, _to_csv),
        "yaml to lisp": ("Rewrite an element of the YAML list as an S-expression.", _yaml, _to_lisp),
        "ini to table": ("A section of the settings file below is shown again as a table.", _ini, _to_table),
        "xml to pairs": ("Strip the tags: from XML to key = value.", _xml, _to_pairs),
        "bullets to yaml": ("Notes as bullet points, then as YAML for the database.", _bullets, _to_yaml),
        "bullets to xml": ("Mark up the notes with XML tags.", _bullets, _to_xml),
    }.items()
}
