"""The tutorial does what it says: each of its commands is typed, each of its files is written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from packet_builder.errors import ExitCode
from tests.word_edits import add_paragraph

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SETTING_UP = ("make packet", "export PATH")
SENTENCE = "The school holds a collection for the journey."
#: Where a file that the page shows is written.
FILES = {
    "yaml firm": Path("case_data/firm.yaml"),
    "yaml": Path("case_data/boateng-2026/case.yaml"),
}


@dataclass(frozen=True)
class Office:
    folder: Path
    said: tuple[tuple[str, str], ...]
    """What each block of commands printed, and what the page shows of it."""

    @property
    def packet(self) -> Path:
        return self.folder / "output/boateng-2026/initial_parole/packet-DRAFT.pdf"

    @property
    def manifest(self) -> Mapping[str, Any]:
        text = self.packet.with_name("packet.json").read_text(encoding="utf-8")
        manifest: Mapping[str, Any] = json.loads(text)
        return manifest

    def words(self) -> str:
        pdf = pypdfium2.PdfDocument(self.packet)
        try:
            return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
        finally:
            pdf.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Do all that the page says, with the engine that everybody has, and no blank forms."""
    folder = tmp_path_factory.mktemp("tutorial") / "my-office"
    folder.mkdir()
    return Office(folder, tuple(done(folder)))


def done(folder: Path) -> Iterator[tuple[str, str]]:
    said = ""
    for kind, body in BLOCK.findall(PAGE):
        if kind in FILES:
            (folder / FILES[kind]).write_text(body, encoding="utf-8")
        elif kind.startswith("sh") and not body.startswith(SETTING_UP):
            expected = ExitCode.UNUSABLE if kind == "sh fails" else ExitCode.DONE
            said = typed(folder, body, expected)
            if "packet-builder draft" in body:
                edited_by_hand(folder)
        elif not kind:
            yield said, body


def typed(folder: Path, lines: str, expected: ExitCode) -> str:
    environment = {
        "PATH": str(Path(sys.executable).parent),  # so that LibreOffice is not found
        "SCANS": str(ROOT / "case_data" / "minimal" / "exhibits"),
        "HOME": str(folder),
        **{name: os.environ[name] for name in os.environ if name.startswith("COV")},
    }
    command = ["/bin/bash", "-e", "-c", lines]
    run = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == expected, run.stdout + run.stderr
    return run.stdout + run.stderr


def edited_by_hand(folder: Path) -> None:
    drafts = folder / "case_data/boateng-2026/drafts/initial_parole"
    add_paragraph(drafts / "cover_letter.docx", "Dear Officer", SENTENCE)
    facts = folder / FILES["yaml"]
    text = facts.read_text(encoding="utf-8")
    assert text.count("months: 6") == 1
    facts.write_text(text.replace("months: 6", "months: 5"), encoding="utf-8")


def test_every_command_of_the_tutorial_prints_what_the_page_shows(office: Office) -> None:
    assert len(office.said) > 1
    assert [shown for said, shown in office.said if shown not in said] == []


def test_the_packet_at_the_end_has_the_letterhead_the_edit_and_the_changed_fact(
    office: Office,
) -> None:
    words = office.words()

    assert "Whitlow Immigration Law" in words
    assert SENTENCE in words
    assert "five months" in words
    assert "six months" not in words


def test_the_facts_of_the_tutorial_carry_every_exhibit(office: Office) -> None:
    exhibits = {row["id"]: row["letter"] for row in office.manifest["exhibits"]}

    assert len(exhibits) == 8
    assert set(exhibits.values()) == set("ABCDEFGH")
