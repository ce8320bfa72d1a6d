from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from packet_builder.model.schema import case_schema

SAMPLES = Path(__file__).parents[1] / "case_data"
NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")


def as_an_editor_reads_it(node: yaml.Node | None) -> Any:  # noqa: ANN401 - YAML holds anything
    """Give YAML as the core schema of YAML 1.2 types it, which language servers follow."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: as_an_editor_reads_it(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [as_an_editor_reads_it(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    if node.style is not None:
        return node.value
    words = {"true": True, "false": False, "null": None, "~": None, "": None}
    if node.value in words:
        return words[node.value]
    return float(node.value) if NUMBER.fullmatch(node.value) else node.value


def read(text: str) -> Any:  # noqa: ANN401
    return as_an_editor_reads_it(yaml.compose(text, Loader=yaml.SafeLoader))


@pytest.mark.parametrize("case", ["minimal", "full"])
def test_an_editor_finds_no_fault_in_the_samples(case: str) -> None:
    text = (SAMPLES / case / "case.yaml").read_text(encoding="utf-8")

    jsonschema.validate(read(text), case_schema())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("delivery: paper", "delivery: pigeon"),
        ("date_of_birth:", "date_of_brith:"),
        ("zip: 07030", "zip: [07030]"),
        ("  positive:\n", "  positive: none\n  other:\n"),
    ],
)
def test_an_editor_underlines_what_check_would_refuse(right: str, wrong: str) -> None:
    text = (SAMPLES / "minimal" / "case.yaml").read_text(encoding="utf-8")
    assert right in text

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(read(text.replace(right, wrong)), case_schema())


def test_one_item_is_as_good_as_a_list() -> None:
    reason = {"text": "It takes five months [@letter p. 1]."}
    schema = case_schema()
    period = {"$defs": schema["$defs"], **schema["$defs"]["Period"]}

    for given in (reason["text"], reason, [reason], [reason["text"], reason]):
        jsonschema.validate({"months": 6, "reason": given}, period)


def test_the_schema_is_one_itself() -> None:
    jsonschema.Draft7Validator.check_schema(case_schema())
