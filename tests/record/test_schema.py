"""Does the published JSON Schema describe the records that are written?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from qdocs import record as r
from tests.factory import make_run
from tests.record.small import NAME, Place, load, replaced

KNOWN = {
    "$defs",
    "$ref",
    "additionalProperties",
    "anyOf",
    "const",
    "default",
    "description",
    "discriminator",
    "enum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "title",
    "type",
}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$") -> list[str]:
    """Where a value departs from a schema: the part of JSON Schema that pydantic uses for records."""
    assert schema.keys() <= KNOWN, f"{at}: a keyword that this test does not know: {schema.keys() - KNOWN}"
    if "$ref" in schema:
        return faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    found: list[str] = []
    for word, many in (("anyOf", False), ("oneOf", True)):
        if word in schema:
            fits = sum(not faults(value, one, root, at) for one in schema[word])
            if fits == 0 or (many and fits > 1):
                found.append(f"{at}: fits {fits} of {word}")
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return [f"{at}: not of type {kind}"]
    if "const" in schema and value != schema["const"]:
        found.append(f"{at}: not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: not one of {schema['enum']}")
    if isinstance(value, str):
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            found.append(f"{at}: length")
        if not re.search(schema.get("pattern", ""), value):
            found.append(f"{at}: pattern")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            found.append(f"{at}: range")
        if value <= schema.get("exclusiveMinimum", value - 1):
            found.append(f"{at}: range")
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            found.append(f"{at}: too few")
        for index, item in enumerate(value):
            found += faults(item, schema.get("items", {}), root, f"{at}.{index}")
    if isinstance(value, dict):
        own = schema.get("properties", {})
        other = schema.get("additionalProperties", {})
        found += [f"{at}: lacks {name}" for name in schema.get("required", []) if name not in value]
        for name, item in value.items():
            inner = own.get(name, other)
            found += [f"{at}: surplus {name}"] if inner is False else faults(item, inner or {}, root, f"{at}.{name}")
    return found


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(r.Run.model_json_schema(), allow_nan=False))
    return made


def test_records_conform(schema: dict[str, Any], folder: Path, tmp_path: Path) -> None:
    assert faults(load(folder), schema, schema) == []
    assert faults(json.loads(make_run(tmp_path / "made", rounds=1).model_dump_json()), schema, schema) == []


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (("seed",), -1),
        (("seed",), "1"),
        (("schema_version",), 2),
        (("name",), "A b"),
        (("surplus",), 1),
        (("cells", 0, "kind"), "taste"),
        (("cells", 0, "mode"), "fast"),
        (("cells", 0, "outcome", "state"), "lost"),
        (("cells", 0, "outcome", "result", "stored_bytes"), None),
        (("cells", 4, "outcome", "result", "samples", "path"), "samples/../x.json.gz"),
        (("cells", 4, "outcome", "result", "samples", "sha256"), "0"),
        (("plan",), []),
        (("environment", "bandwidth_probes_gb_per_s", 0), 0),
        (("environment", "versions", "torch"), 2),
    ],
)
def test_the_schema_refuses_what_reading_refuses(schema: dict[str, Any], folder: Path, at: Place, value: Any) -> None:
    assert faults(replaced(load(folder), at, value), schema, schema)


def test_every_object_is_closed_and_what_has_no_default_is_required(schema: dict[str, Any]) -> None:
    parts = [schema, *schema["$defs"].values()]
    objects = [part for part in parts if part.get("type") == "object"]
    assert len(objects) >= 20
    for part in objects:
        assert part["additionalProperties"] is False, part["title"]
        optional = {name for name, inner in part["properties"].items() if "default" in inner or name == "reasons"}
        assert set(part.get("required", [])) == part["properties"].keys() - optional, part["title"]


def test_each_kind_and_each_state_is_in_it(schema: dict[str, Any]) -> None:
    kinds = schema["properties"]["cells"]["items"]["discriminator"]["mapping"]
    assert set(kinds) == {kind.model_fields["kind"].default for kind in r.Spec.__subclasses__()}
    for kind in kinds.values():
        cell = schema["$defs"][kind.removeprefix("#/$defs/")]
        assert set(cell["properties"]["outcome"]["discriminator"]["mapping"]) == {"measured", "unsupported", "failed"}


def test_the_folder_is_named_as_its_run(folder: Path) -> None:
    assert load(folder)["name"] == NAME == folder.name
