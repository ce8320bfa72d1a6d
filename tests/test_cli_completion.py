from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from packet_builder.cli import commands
from packet_builder.model.schema import case_schema


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("office")
    for name in ("rahimi-2026", "boateng"):
        (place / "case_data" / name / "filings").mkdir(parents=True)
        (place / "case_data" / name / "case.yaml").write_text("", encoding="utf-8")
    (place / "case_data" / "no-case").mkdir()
    (place / "case_data" / "rahimi-2026" / "filings" / "rfe-1.yaml").write_text("", "utf-8")
    schema = json.dumps(case_schema())
    (place / "case_data" / "case.schema.json").write_text(schema, encoding="utf-8")
    packet = place / "output" / "rahimi-2026" / "initial_parole" / "packet.json"
    packet.parent.mkdir(parents=True)
    rows = [{"id": "cover_letter", "title": "Cover Letter"}, {"id": "exhibit-a", "title": "Card"}]
    packet.write_text(json.dumps({"documents": rows}), encoding="utf-8")
    return place


def offered(monkeypatch: pytest.MonkeyPatch, office: Path, *typed: str) -> list[str]:
    monkeypatch.chdir(office)
    *words, begun = typed
    shell = ShellComplete(commands, {}, "packet-builder", "_PACKET_BUILDER_COMPLETE")
    return [item.value for item in shell.get_completions(words, begun)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (("build", ""), ["boateng", "rahimi-2026"]),
        (("check", "ra"), ["rahimi-2026"]),
        (("status", "bo"), ["boateng"]),
        (("build", "rahimi-2026", "--filing", ""), ["initial_parole", "rfe-1"]),
        (("approve", "rahimi-2026", ""), ["cover_letter", "exhibit-a"]),
        (("comment", "boateng", ""), []),
        (("fields", "i-13"), ["i-131", "i-134"]),
        (("--templates", "elsewhere", "fields", "i-13"), ["i-131", "i-134"]),
        (("add", "exhibit", "boateng", "--kind", "birth"), ["birth_certificate"]),
        (("add", "event", "boateng", "re"), ["re_parole", "receipt"]),
        (("new", "x", "--ground", "fun"), ["funeral"]),
        (("new", "x", "--delivery", ""), ["courier", "online", "usps"]),
        (("--cases", "elsewhere", "build", ""), []),
        (("fin",), ["finalize"]),
    ],
)
def test_names_are_offered_while_one_types(
    office: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], names: list[str]
) -> None:
    assert offered(monkeypatch, office, *typed) == names


def test_a_damaged_packet_offers_nothing(
    office: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packet = tmp_path / "output" / "boateng" / "initial_parole" / "packet.json"
    packet.parent.mkdir(parents=True)
    packet.write_text("{", encoding="utf-8")

    typed = ("--output", str(tmp_path / "output"), "approve", "boateng", "")

    assert offered(monkeypatch, office, *typed) == []


def asked_of_shell(office: Path, shell: str, words: str) -> str:
    """Ask as a shell does, in a process of its own."""
    last = words.rsplit(maxsplit=1)[-1] if shell == "fish" else str(len(words.split()) - 1)
    known = {"COMP_WORDS": words, "COMP_CWORD": last}
    variable = {"_PACKET_BUILDER_COMPLETE": f"{shell}_complete"}
    return subprocess.run(
        [sys.executable, "-c", _RUN],
        cwd=office,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **known, **variable},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


_RUN = """
import sys
sys.argv[0] = "packet-builder"
from packet_builder.cli import main
try:
    main()
finally:
    house = {"pydantic", "yaml", "pypdf", "jinja2", "lxml", "docxtpl"} & set(sys.modules)
    print("loaded:", sorted(house))
"""


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_completing_loads_nothing_of_the_house(office: Path, shell: str) -> None:
    said = asked_of_shell(office, shell, "packet-builder approve rahimi-2026 cov")

    assert "cover_letter" in said
    assert "loaded: []" in said


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    commands.main(["completion", shell], standalone_mode=False)

    script = capsys.readouterr().out
    assert f"_PACKET_BUILDER_COMPLETE={shell}_complete" in script
    assert "packet-builder" in script
