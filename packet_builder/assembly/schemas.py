"""Every kind of file that an office writes becomes its JSON Schema, by which editors help."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from packet_builder.law.office import OfficeLaw
from packet_builder.model.firm import Firm
from packet_builder.model.schema import case_schema, part_schema, schema_of
from packet_builder.outline import Outline
from packet_builder.workspace import write_whole


def schemas() -> Mapping[str, dict[str, Any]]:
    """Give the schemas: of a case, of a part of one, of firm.yaml, law.yaml and an outline."""
    return {
        "case": case_schema(),
        "part": part_schema(),
        "firm": schema_of(Firm),
        "law": schema_of(OfficeLaw),
        "outline": schema_of(Outline),
    }


def write_schemas(cases: Path) -> None:
    """Write them beside the case folders, where the first line of a new file looks for them."""
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1)
        write_whole(cases / f"{name}.schema.json", f"{text}\n".encode())
