"""The JSON Schema of case.yaml, for editors."""

from __future__ import annotations

from typing import Any

from packet_builder.model.case import Case


def case_schema() -> dict[str, Any]:
    """Give the schema: every field with its description, closed sets as enums."""
    schema = Case.model_json_schema(mode="validation")
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
