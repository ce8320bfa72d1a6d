"""An editor completes and checks every file of an office while one types."""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docs import make_examples
from packet_builder.assembly.schemas import schemas as written_schemas
from packet_builder.assembly.schemas import write_schemas
from tests.language_server import LanguageServer
from tests.test_model_schema import read

schemas = functools.cache(written_schemas)

SAMPLES = Path(__file__).parents[1] / "case_data"
OUTLINES = Path(__file__).parents[1] / "templates" / "outlines"


def fields_of(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, part in (*schema["$defs"].items(), (schema["title"], schema)):
        for field, said in part.get("properties", {}).items():
            yield f"{name}.{field}", said


def has_example(said: object) -> bool:
    """Tell whether a field shows a value, or the names of the fields that stand in it."""
    if isinstance(said, dict):
        shown = {"examples", "enum", "const", "$ref"} & said.keys()
        return bool(shown) or any(map(has_example, said.values()))
    return isinstance(said, list) and any(map(has_example, said))


@pytest.mark.parametrize("kind", ["case", "part", "firm", "law", "outline"])
def test_no_field_lacks_a_description_or_an_example(kind: str) -> None:
    fields = dict(fields_of(schemas()[kind]))

    assert [name for name, said in fields.items() if not said.get("description")] == []
    assert [name for name, said in fields.items() if not has_example(said)] == []


@pytest.mark.parametrize("kind", ["case", "firm", "law", "outline"])
def test_a_description_is_one_line_which_an_editor_does_not_break(kind: str) -> None:
    fields = dict(fields_of(schemas()[kind]))

    assert [name for name, said in fields.items() if "\n" in said["description"]] == []


def repeats_its_name(field: str, description: str) -> bool:
    """Tell whether a description has no word that the name of the field does not have."""
    words = set(re.findall(r"[a-z]+", description.lower()))
    return words <= {*re.findall(r"[a-z]+", field.lower()), "a", "of", "the"}


@pytest.mark.parametrize("kind", ["case", "firm", "law", "outline"])
def test_no_description_repeats_the_name_of_its_field(kind: str) -> None:
    for name, said in fields_of(schemas()[kind]):
        assert not repeats_its_name(name, said["description"]), name


def test_a_description_that_says_nothing_is_found() -> None:
    assert repeats_its_name("OtherPerson.passport_number", "The passport number.")
    assert not repeats_its_name("OtherPerson.passport_number", "The number in the passport.")


def test_a_field_without_an_example_is_found() -> None:
    assert not has_example({"anyOf": [{"type": "string"}, {"type": "null"}], "title": "Number"})


def test_the_examples_are_those_of_the_samples() -> None:
    renew = "run python -m docs.make_examples"

    assert make_examples.TARGET.read_text(encoding="utf-8") == make_examples.as_text(), renew


@pytest.mark.parametrize("kind", ["case", "part", "firm", "law", "outline"])
def test_each_schema_is_one(kind: str) -> None:
    jsonschema.Draft7Validator.check_schema(schemas()[kind])


FILES = {
    "firm": [SAMPLES / "firm.yaml"],
    "part": [SAMPLES / "full" / "events.yaml", *sorted((SAMPLES / "full" / "filings").glob("*"))],
    "outline": sorted(OUTLINES.glob("*.yaml")),
}


@pytest.mark.parametrize(
    ("kind", "path"),
    [(kind, path) for kind, paths in FILES.items() for path in paths],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_every_kind_of_sample_is_right_by_its_schema(kind: str, path: Path) -> None:
    jsonschema.validate(read(path.read_text(encoding="utf-8")), schemas()[kind])


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "case_data"
    (folder / "boateng").mkdir(parents=True)
    shutil.copy(SAMPLES / "firm.yaml", folder)
    write_schemas(folder)
    return folder


@pytest.fixture(scope="module")
def server(cases: Path) -> Iterator[LanguageServer]:
    started = LanguageServer(cases)
    yield started
    started.close()


def with_schema(text: str, schema: str) -> str:
    """Give a file as `new` begins it."""
    return f"# yaml-language-server: $schema={schema}\n{text}"


def test_a_right_sample_is_not_underlined_anywhere(server: LanguageServer, cases: Path) -> None:
    case = with_schema(
        (SAMPLES / "minimal" / "case.yaml").read_text("utf-8"), "../case.schema.json"
    )
    firm = with_schema((SAMPLES / "firm.yaml").read_text("utf-8"), "firm.schema.json")

    assert server.faults(cases / "boateng" / "case.yaml", case) == []
    assert server.faults(cases / "firm.yaml", firm) == []


def test_a_wrong_word_is_underlined_at_its_line(server: LanguageServer, cases: Path) -> None:
    text = with_schema(
        "filing:\n  kind: initial_parole\n  delivery: pigeon\n", "../part.schema.json"
    )

    (found,) = server.faults(cases / "boateng" / "events.yaml", text)

    assert found[0] == 4
    assert '"paper"' in found[1]
    assert '"online"' in found[1]


def test_fields_and_values_are_offered_with_what_they_mean(
    server: LanguageServer, cases: Path
) -> None:
    path = cases / "boateng" / "typing.yaml"
    text = "beneficiaries:\n  - id: kwabena\n    \nfiling:\n  delivery: \n"
    server.faults(path, with_schema(text, "../part.schema.json"))

    fields = server.offered(path, 3, 4)
    values = server.offered(path, 5, 12)

    assert {"name", "date_of_birth", "passport", "residence"} <= fields.keys()
    assert [name for name, said in fields.items() if not said] == []
    assert {"paper", "online"} <= values.keys()


def test_the_offices_rows_of_law_are_completed_too(server: LanguageServer, cases: Path) -> None:
    path = cases / "law.yaml"
    server.faults(path, with_schema("checked:\n  - table: fees\n    \n", "law.schema.json"))

    offered = server.offered(path, 3, 4)

    assert offered["by"] == "Who compared it."
    (found,) = server.faults(path, with_schema("checkd: []\n", "law.schema.json"))
    assert found == (2, "Property checkd is not allowed.")
