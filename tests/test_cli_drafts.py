"""The commands `draft` and `diff`, as a paralegal types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from packet_builder.cli import commands
from packet_builder.commands.guard import ended
from packet_builder.errors import ExitCode
from tests.cases import WHOLE, write_case

LETTERS = ["cover_letter.docx", "humanitarian_justification.docx", "discretionary_factors.docx"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    write_case(tmp_path / "case_data")
    return tmp_path


def typed(place: Path, *words: str) -> Result:
    """Run the command line in a folder."""
    options = ["--cases", str(place / "case_data"), "--output", str(place / "output")]
    return CliRunner().invoke(commands, [*options, *words], standalone_mode=False)


def test_draft_says_of_each_letter_what_became_of_it(place: Path) -> None:
    said = typed(place, "draft", "boateng")

    folder = place / "case_data" / "boateng" / "drafts" / "initial_parole"
    lines = said.stdout.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [str(folder / one) for one in LETTERS]
    assert {line.partition(": ")[2] for line in lines} == {"new"}
    assert "Edit these files in Word, then build.\nNext: packet-builder " in said.stderr
    assert said.stderr.endswith(" build boateng\n")
    assert said.return_value == ExitCode.DONE


def test_draft_answers_as_json(place: Path) -> None:
    said = typed(place, "draft", "boateng", "cover_letter", "--json")

    (row,) = json.loads(said.stdout)
    assert Path(row["file"]).name == "cover_letter.docx"
    assert row["said"] == "new"


def test_draft_of_facts_with_errors_writes_nothing_and_says_why(place: Path) -> None:
    text = WHOLE.replace("[@tax p. 1]", "[@gone p. 1]")
    (place / "case_data" / "boateng" / "case.yaml").write_text(text, encoding="utf-8")

    said = typed(place, "draft", "boateng")

    assert said.return_value == ExitCode.FINDINGS
    assert 'error: cites "gone"' in said.stdout
    assert "No draft was written" in said.stderr
    assert not (place / "case_data" / "boateng" / "drafts").exists()


def test_diff_without_two_builds_says_what_to_do(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--cases", str(place / "case_data"), "--output", str(place / "output")]

    code = ended(lambda: commands.main([*options, "diff", "boateng"], standalone_mode=False))

    assert code == ExitCode.USAGE
    assert "run packet-builder build before and after a change" in capsys.readouterr().err
