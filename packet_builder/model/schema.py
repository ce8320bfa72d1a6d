"""The JSON Schema of files of facts, for editors: each field with a description and an example."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from packet_builder.model.case import Case
from packet_builder.model.fields import models_within
from packet_builder.model.help import field_help

_EXAMPLES = Path(__file__).parent / "examples.json"


def case_schema() -> dict[str, Any]:
    """Give the schema of case.yaml."""
    return schema_of(Case)


def part_schema() -> dict[str, Any]:
    """Give the schema of a file that says a part of a case: events.yaml, filings/rfe-1.yaml."""
    schema = case_schema()
    for part in (schema, *schema["$defs"].values()):
        part.pop("required", None)
    return schema


def schema_of(root: type[BaseModel]) -> dict[str, Any]:
    """Give a schema: fields with their help and an example, closed sets as enums."""
    schema = root.model_json_schema(mode="validation")
    models = {model.__name__: model for model in models_within(root)}
    for name, definition in (*schema["$defs"].items(), (root.__name__, schema)):
        if name in models:
            _describe(definition["properties"], models[name])
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema}


def _describe(properties: dict[str, dict[str, Any]], model: type[BaseModel]) -> None:
    told = field_help(model)
    for name, field in model.model_fields.items():
        key = field.alias or name
        if name in told:
            properties[key]["description"] = told[name]
        example = _examples().get(f"{model.__name__}.{key}")
        if example is not None and "enum" not in properties[key]:
            properties[key]["examples"] = [example]


@functools.cache
def _examples() -> Mapping[str, str]:
    examples: Mapping[str, str] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return examples
