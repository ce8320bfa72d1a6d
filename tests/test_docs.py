"""The documentation says what the program does: nothing is missing, stale, or leads nowhere."""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest

from docs import make_reference
from docs.reference.errors import error_classes
from docs.reference.flow import STAGES
from docs.reference.sentences import Sentences
from packet_builder.assembly.build import built, examined
from packet_builder.assembly.order import Order
from packet_builder.cli import commands
from packet_builder.errors import ExitCode
from packet_builder.facts import FactsError, read_facts, read_file, read_filing
from packet_builder.law.office import TABLES, OfficeLaw, read_office_law
from packet_builder.law.table import Table as LawTable
from packet_builder.model.base import Part
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.model.references import reference_faults
from packet_builder.outline import Outline
from packet_builder.plan.form_map import FormMap, Ink, Item, Table
from packet_builder.rules.catalogue import RULE_IDS
from packet_builder.rules.finding import Acceptance, Finding, Weight
from packet_builder.rules.report import finding_row
from packet_builder.workspace import Folders
from tests.cases import WHOLE

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md")))
RENEW = "write it anew with: python -m docs.make_reference"

FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
INLINE = re.compile(r"`(packet-builder [^`]+)`")
OPTION = re.compile(r"`(--[a-z][a-z-]*)[^`]*`")
TARGET = re.compile(r"^make ([a-z-]+)|`make ([a-z-]+)`", re.MULTILINE)


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def fences(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Give what stands behind the language, and the lines of each block."""
    for head, body in FENCE.findall(text):
        name, _, rest = head.partition(" ")
        if name == language:
            yield rest, body


def test_what_follows_from_the_program_is_up_to_date() -> None:
    pages = make_reference.pages()

    stale = [page for page, text in pages.items() if text_of(f"docs/{page}") != text]
    assert stale == [], RENEW


def test_every_module_stands_on_its_page() -> None:
    page = text_of("docs/modules.md")
    package = ROOT / "packet_builder"
    modules = (path.relative_to(package).as_posix() for path in sorted(package.rglob("*.py")))
    named = (name for name in modules if Path(name).name not in {"__init__.py", "__main__.py"})

    assert [name for name in named if f"| `{name}` |" not in page] == []


def test_the_design_has_the_sections_that_it_lists_and_no_others() -> None:
    """Modules, how to add things and what was measured have pages of their own."""
    page = text_of("docs/design.md")

    sections = re.findall(r"^## (.+)$", page, re.MULTILINE)

    assert sections == re.findall(r"^- \[([^]]+)\]\(#", page, re.MULTILINE)


def test_every_stage_of_the_flow_is_a_module_of_that_name() -> None:
    package = ROOT / "packet_builder"

    assert [
        stage.name
        for stage in STAGES
        if not (package / stage.name).is_dir() and not (package / f"{stage.name}.py").is_file()
    ] == []


def test_a_block_that_is_out_of_date_is_written_anew() -> None:
    old = "a\n<!-- written: fees -->\nold\n<!-- end -->\nb"

    new = make_reference.filled_in(old, {"fees": "new"})

    assert new == "a\n<!-- written: fees -->\nnew\n<!-- end -->\nb"


def test_every_page_is_reached_from_the_first_one() -> None:
    """Sphinx says so as well, in tests/test_docs_site.py; this says it at once."""
    listed = re.findall(r"^(?:.+ <)?([a-z]+)>?$", text_of("docs/index.md"), re.MULTILINE)

    assert sorted(listed) == sorted({path.stem for path in DOCS.glob("*.md")} - {"index"})


@pytest.mark.parametrize("kind", error_classes(), ids=lambda kind: kind.__name__)
def test_every_error_is_explained(kind: type[Exception]) -> None:
    assert f"| `{kind.__name__}` |" in text_of("docs/errors.md"), RENEW


def test_every_rule_is_explained() -> None:
    page = text_of("docs/rules.md")

    assert [rule for rule in RULE_IDS if f"| `{rule}` |" not in page] == []


def row_of(rule: str) -> str:
    lines = text_of("docs/rules.md").splitlines()
    return next(line for line in lines if f"`{rule}` |" in line)


def test_weight_and_source_in_law_of_a_rule_stand_beside_it() -> None:
    assert row_of("limb-unmet").endswith(
        "| error; never accepted | `limb-unmet` | 8 U.S.C. 1804(b); Form G-1055 (05/29/26), "
        "App. B, pp. 46-47 |"
    )
    assert "| error or warning |" in row_of("passport-ends")


def test_what_check_prints_is_as_its_schema_says(tmp_path: Path) -> None:
    schema = json.loads(text_of("docs/findings.schema.json"))
    folders = Folders(ROOT / "case_data", ROOT / "templates", tmp_path / "forms", tmp_path)
    accepted = Finding(
        "both-sides-missing",
        Weight.NOTE,
        "so",
        "do",
        (),
        accepted=Acceptance("Jordan Lee", "it is", Weight.ERROR),
    )
    found = [*examined(Order("minimal", folders, None, "dxpdf")).findings, accepted]
    rows = json.loads(json.dumps([finding_row(one) for one in found]))

    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(rows)
    assert (
        schema["items"]
        == json.loads(text_of("docs/packet.schema.json"))["properties"]["findings"]["items"]
    )
    for field in rows[0]:
        assert f"`{field}`" in text_of("docs/rules.md")
        lacking = [{name: value for name, value in rows[0].items() if name != field}]
        assert not jsonschema.Draft7Validator(schema).is_valid(lacking)


def test_every_exit_code_is_explained() -> None:
    errors, case = text_of("docs/errors.md"), text_of("docs/case.md")

    assert [code for code in ExitCode if f"| {code.value} | " not in case] == []
    assert [code for code in ExitCode if code and f"## Exit code {code.value}:" not in errors] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_of_law_stands_on_its_page_row_by_row(table: LawTable[Any]) -> None:
    page = text_of("docs/law.md")
    section = page.partition(f"\n### {table.name}\n")[2].partition("\n### ")[0]

    assert f"](#{table.name})" in page
    assert [row.id for row in table.shipped if f"| `{row.id}` |" not in section] == []
    assert section.count("\n| `") == len(table.shipped)


def sentences_of_the_program() -> str:
    """Give every text of the program, one a line, with dots for what is filled in."""
    lines = []
    for path in sorted((ROOT / "packet_builder").rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        reader = Sentences(ast.parse("def f(): g()").body[0], ast.Call(ast.Name("g"), [], []))  # type: ignore[arg-type]
        nodes = [
            node for node in ast.walk(module) if isinstance(node, (ast.Constant, ast.JoinedStr))
        ]
        lines += [reader.of(node) for node in nodes]
    return "\n".join(lines)


def shown_messages() -> list[str]:
    """Give the messages that are shown in tables written by hand, as "`message` | cause"."""
    return re.findall(
        r"^\| `([^`]+)` \| [^|]+ \| [^|]+ \|$", text_of("docs/errors.md"), re.MULTILINE
    )


def test_no_message_is_explained_that_the_program_does_not_have() -> None:
    program = sentences_of_the_program()

    unknown = [
        message
        for message in shown_messages()
        if not all(piece in program for piece in message.split("…"))
    ]

    assert len(shown_messages()) > 40
    assert unknown == []


def slug(heading: str) -> str:
    """Give the anchor that GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def dead_links(path: Path) -> Iterator[str]:
    for link in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        target, _, anchor = link.partition("#")
        if "://" in target:
            continue
        file = (path.parent / target).resolve() if target else path
        if not file.is_file() or (anchor and anchor not in anchors(file)):
            yield link


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    assert list(dead_links(path)) == []


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# Here\n[a](#here) [b](#there) [c](gone.md) [d](page.md#here)", encoding="utf-8"
    )

    assert list(dead_links(page)) == ["#there", "gone.md"]


def shown_commands(text: str) -> Iterator[str]:
    for _, body in fences(text, "sh"):
        yield from (line for line in body.splitlines() if line.startswith("packet-builder"))
    for _, body in fences(text, ""):
        lines = (line.removeprefix("$ ") for line in body.splitlines())
        yield from (line for line in lines if line.startswith("packet-builder "))
    yield from INLINE.findall(text)


def fault_of(line: str) -> str | None:
    """Say what in a command line the program does not know."""
    current: click.Command = commands
    words = iter(shlex.split(line, comments=True)[1:])
    for word in words:
        if word.startswith("-"):
            option = next((one for one in current.params if word in one.opts), None)
            if option is None and word not in {"-h", "--help"}:
                return f"{line}: no option {word}"
            if isinstance(option, click.Option) and not option.is_flag:
                next(words)
        elif isinstance(current, click.Group):
            if word not in current.commands:
                return f"{line}: no command {word}"
            current = current.commands[word]
    return None


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_that_is_shown_exists(path: Path) -> None:
    lines = list(shown_commands(path.read_text(encoding="utf-8")))

    assert [fault for line in lines if (fault := fault_of(line))] == []


def test_a_command_that_does_not_exist_is_found() -> None:
    assert fault_of("packet-builder bild full") == "packet-builder bild full: no command bild"
    assert fault_of("packet-builder build full --fast") is not None
    assert fault_of("packet-builder --cases here build full --why  # fine") is None


def all_options(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        yield from parameter.opts
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from all_options(inner)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_option_that_is_named_exists(path: Path) -> None:
    known = {*all_options(commands), "--help"}

    assert set(OPTION.findall(path.read_text(encoding="utf-8"))) <= known


def test_every_make_target_that_is_shown_exists() -> None:
    makefile = text_of("Makefile")
    shown = {
        first or second
        for path in PAGES
        for first, second in TARGET.findall(path.read_text(encoding="utf-8"))
    }

    assert {"packet", "test"} <= shown
    assert [target for target in shown if f"\n{target}:" not in makefile] == []


def blocks_of(text: str) -> dict[str, str]:
    """Split the facts of a case into their blocks."""
    parts = re.split(r"^(?=[a-z_]+:)", text, flags=re.MULTILINE)
    return {part.partition(":")[0]: part for part in parts if re.match(r"[a-z_]+:", part)}


EXAMPLES = [
    (f"{path.name}-{number}", kind, body)
    for path in PAGES
    for number, (kind, body) in enumerate(fences(path.read_text(encoding="utf-8"), "yaml"), 1)
]
LONE: Mapping[str, type[Part]] = {"firm": Firm, "outline": Outline, "law": OfficeLaw}


@pytest.mark.parametrize(
    ("kind", "body"),
    [pytest.param(kind, body, id=name) for name, kind, body in EXAMPLES],
)
def test_every_example_is_read_as_the_page_says(tmp_path: Path, kind: str, body: str) -> None:
    """A block of a case is read beside the blocks of a whole case that it leaves out."""
    (tmp_path / "case.yaml").write_text(body, encoding="utf-8")
    if kind == "refused":
        with pytest.raises(FactsError):
            read_facts(tmp_path)
    elif kind in LONE:
        interpret(LONE[kind], read_file(tmp_path / "case.yaml"))
        if kind == "law":
            read_office_law(tmp_path / "case.yaml")
    elif kind == "filing":
        (tmp_path / "case.yaml").write_text(WHOLE, encoding="utf-8")
        (tmp_path / "filings").mkdir()
        (tmp_path / "filings" / "shown.yaml").write_text(body, encoding="utf-8")
        interpret(Case, read_filing(tmp_path, "shown")[1])
    else:
        shown = blocks_of(body)
        if rest := "".join(text for name, text in blocks_of(WHOLE).items() if name not in shown):
            (tmp_path / "rest.yaml").write_text(rest, encoding="utf-8")
        interpret(Case, read_facts(tmp_path))


def test_the_case_of_the_readme_is_whole_and_agrees_with_itself(tmp_path: Path) -> None:
    ((_, body),) = fences(text_of("README.md"), "yaml")
    (tmp_path / "case.yaml").write_text(body, encoding="utf-8")

    facts = read_facts(tmp_path)

    assert interpret(Case, facts).beneficiary("kwabena").name.given == "Kwabena"
    assert reference_faults(facts) == ()


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401 - JSON
    folder = tmp_path_factory.mktemp("docs")
    folders = Folders(ROOT / "case_data", ROOT / "templates", folder / "forms", folder / "output")
    result = built(Order("minimal", folders, None, "dxpdf"), lambda _: None)
    assert result.packet is not None
    return json.loads((result.packet.parent / "packet.json").read_text(encoding="utf-8"))


def test_a_manifest_is_as_its_schema_says(manifest: Any) -> None:  # noqa: ANN401
    schema = json.loads(text_of("docs/packet.schema.json"))

    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(manifest)


@pytest.mark.parametrize("path", [("format",), ("documents", 0, "kind"), ("pages", 0, "page")])
def test_a_manifest_that_is_not_is_refused(manifest: Any, path: tuple[Any, ...]) -> None:  # noqa: ANN401
    broken = json.loads(json.dumps(manifest))
    part = broken
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = "else"

    schema = json.loads(text_of("docs/packet.schema.json"))

    assert not jsonschema.Draft7Validator(schema).is_valid(broken)


def test_every_field_of_the_manifest_is_explained(manifest: Any) -> None:  # noqa: ANN401
    page = text_of("docs/manifest.md")
    lists = ("documents", "exhibits", "pages", "citations")
    names = {*manifest, *(name for row in lists for name in manifest[row][0])}

    assert [name for name in sorted(names) if f"`{name}`" not in page] == []


@pytest.mark.parametrize("part", [FormMap, Item, Table, Ink], ids=lambda part: part.__name__)
def test_every_field_of_a_forms_map_is_explained(part: type[Part]) -> None:
    page = text_of("docs/forms.md")
    known = {"form", "edition"}  # what they say is what the file is named after

    assert [
        name for name in part.model_fields if f"`{name}`" not in page and name not in known
    ] == []
