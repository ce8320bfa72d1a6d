"""The JSON Schema of files of facts, for editors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from packet_builder.model.case import Case
from packet_builder.model.fields import models_within
from packet_builder.model.help import field_help


def case_schema() -> dict[str, Any]:
    """Give the schema of case.yaml."""
    return schema_of(Case)


def schema_of(root: type[BaseModel]) -> dict[str, Any]:
    """Give a schema: every field with its description, closed sets as enums."""
    schema = root.model_json_schema(mode="validation")
    models = {model.__name__: model for model in models_within(root)}
    for name, definition in (*schema["$defs"].items(), (root.__name__, schema)):
        if name in models:
            _describe(definition["properties"], models[name])
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema}


def _describe(properties: dict[str, dict[str, Any]], model: type[BaseModel]) -> None:
    for name, text in field_help(model).items():
        properties[model.model_fields[name].alias or name]["description"] = text
