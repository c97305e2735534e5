"""What does `case.yml` say of a case study?"""

from __future__ import annotations

import json
from datetime import date as Date
from pathlib import Path
from typing import Annotated, Literal, get_args

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from qdocs.cases.plain import odd_character, read_yaml
from qdocs.cases.problem import Problem, error
from qdocs.record.base import Name

ABOUT = "case.yml"
SCHEMA = Path("docs/data/schema/case.json")
UNDECIDED = "undecided"
Lesson = Literal[
    "fundamentals",
    "schemes",
    "accuracy",
    "memory",
    "latency",
    "serving-cost",
    "other-schemes",
    "evaluation",
    "ship-it",
    "attention",
    "tokenization",
    "alignment",
    "gpu",
]
LESSONS: tuple[Lesson, ...] = get_args(Lesson)


def _one_line(text: str) -> str:
    if odd := odd_character(text):
        raise ValueError(odd)
    if text != text.strip() or "\n" in text or "\t" in text:
        raise ValueError("expected one line without spaces around it")
    return text


# Titles reach places that each read markup of their own; what could be any is not taken.
_PLAIN = r"^[^<>&{}\"`\\]+$"
_LINE = AfterValidator(_one_line)


class About(BaseModel):
    """What a case study is about, in a few lines that a gallery can sort by; the measuring is in its runs."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, title="A case study of qdocs")

    title: Annotated[str, Field(pattern=_PLAIN, max_length=90, description="What was decided about, for whom."), _LINE]
    question: Annotated[str, Field(pattern=_PLAIN, max_length=200, description="What the measuring answers."), _LINE]
    author: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}$", description="The author's handle on the code host.")
    ]
    licence: Annotated[
        Literal["Apache-2.0", "CC-BY-4.0", "CC0-1.0", "MIT"], Field(description="Of the story; an SPDX identifier.")
    ]
    model: Annotated[Name, Field(description="As the runs name it.")]
    workload: Annotated[
        str,
        Field(pattern=_PLAIN, max_length=160, description="What the model does, under which load."),
        _LINE,
    ]
    decision: Annotated[
        Name,
        Field(description=f"The scheme that was taken, bf16 if nothing was quantized, or {UNDECIDED}."),
    ]
    date: Annotated[Date, Field(description="When it was decided.")]
    lessons: Annotated[
        list[Lesson], Field(min_length=1, description="The pages that it bears on; it is shown at the end of each.")
    ]


def schema() -> str:
    """The JSON Schema of `case.yml`, made from the model that reads it."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **About.model_json_schema()}
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def read_about(file: Path) -> tuple[About | None, list[Problem]]:
    """Read `case.yml`; what is wrong with it, by key."""
    try:
        return as_about(read_yaml(file.read_text(encoding="utf-8")), file)
    except UnicodeDecodeError as problem:
        return None, [error(file, "", f"not UTF-8: {problem.reason}", "Save it as UTF-8")]
    except (yaml.YAMLError, ValueError) as problem:
        told = " ".join(str(problem).split())
        return None, [error(file, "", f"not plain YAML: {told}", "Keep to the form that `qdocs case new` writes")]


def as_about(facts: object, file: Path) -> tuple[About | None, list[Problem]]:
    """Facts as they are, or are to be, in a file; what is wrong with them, by key."""
    try:
        return About.model_validate(facts), []
    except ValidationError as problem:
        return None, [_of_field(file, one["loc"], one["msg"]) for one in problem.errors()]


def _of_field(file: Path, location: tuple[int | str, ...], said: str) -> Problem:
    key = ".".join(map(str, location))[:80]
    field = About.model_fields.get(str(location[0])) if location else None
    remedy = f"Expected: {field.description}" if field else f"Expected the keys {', '.join(About.model_fields)}"
    return error(file, key, said.removeprefix("Value error, "), remedy)
