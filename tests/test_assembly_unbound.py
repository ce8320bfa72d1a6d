"""The evidence matrix of a case that cannot be built yet, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from packet_builder.cli import commands
from packet_builder.rules.internal_mark import is_internal
from tests.cases import changed, write_case

LIMB = "{a: 'It is one [@doctor p. 1].'}"
ASKED = f"{{beneficiary: kwabena, exception: medical_emergency, limbs: {LIMB}}}"
CASE = changed(
    ("  parole_fee: []", f"  parole_fee: {ASKED}"),
    ("He bled twice [@doctor p. 1].", "He bled <twice>."),
)


def run(folder: Path, *words: str) -> Result:
    write_case(folder / "cases", CASE)
    places = ["--cases", str(folder / "cases"), "--output", str(folder / "output")]
    return CliRunner().invoke(commands, [*places, "matrix", "boateng", *words])


def test_gaps_of_a_case_with_errors_are_shown_with_their_place(tmp_path: Path) -> None:
    result = run(tmp_path)

    assert result.exit_code == 0
    assert "Ground 1: Medical treatment: Facts\n  GAP       He bled <twice>." in result.stdout
    assert "  GAP       nothing is said of limb (B)(i) or (B)(ii)\n" in result.stdout
    assert "  WEAK      It is one. (Ex. B at 1) [" in result.stdout
    assert not (tmp_path / "output" / "boateng" / "initial_parole").exists()


def test_the_matrix_is_written_as_a_page_that_says_that_it_is_internal(tmp_path: Path) -> None:
    target = tmp_path / "matrix.html"
    result = run(tmp_path, "--html", str(target))
    page = target.read_text(encoding="utf-8")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert is_internal(page)
    assert "He bled &lt;twice&gt;." in page
    assert "Nothing is bound yet: pages are those of the exhibits" in page
    assert "<a " not in page


def test_the_matrix_as_json_has_the_rows_of_a_manifest_without_packet_pages(
    tmp_path: Path,
) -> None:
    content = json.loads(run(tmp_path, "--json").stdout)
    proof = [one for row in content["matrix"] for line in row["lines"] for one in line["proof"]]

    assert content["case"] == "boateng"
    assert {one["packet_page"] for one in proof} == {None}
    assert {one["exhibit"] for one in proof} == {"A", "B", "C"}
