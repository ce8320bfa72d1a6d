"""The sample lives through its life: filed, answered, carried, worked, asked for again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from packet_builder.workspace import digest_of
from tests.blank_forms import blank_folder
from tests.needed import needs
from tests.samples.life import FILED, live


def packets(folder: Path) -> Iterator[Path]:
    yield from (path for path in folder.glob("output/full/*/final/**/*") if path.is_file())


def test_every_filing_of_the_sample_is_built_and_what_was_filed_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("soffice")
    monkeypatch.setenv("PACKET_BUILDER_FORMS", str(blank_folder()))
    finals: dict[Path, str] = {}

    said: dict[str, str] = {}
    for step in live(tmp_path):
        said[step.command] = step.output
        assert step.code == 0, (step.command, step.output)
        seen = {path: digest_of(path) for path in packets(tmp_path)}
        assert finals.items() <= seen.items(), step.command
        finals = seen

    filed = {path.relative_to(tmp_path / "output/full").parts[0] for path in finals}
    assert filed == set(FILED)
    assert "nothing" in said["diff full --filing rfe-1 --filed"].lower()
    assert "Re-parole: last day to file" in said["calendar full --on 2027-09-14"]
    assert "Made final, 11 pages  [rfe-1]" in said["status full"]
    answered = json.loads((tmp_path / "output/full/rfe-1/packet.json").read_text(encoding="utf-8"))
    assert {row["kind"] for row in answered["documents"]} >= {"enclosure", "letter", "exhibit"}
    assert [row["letter"] for row in answered["exhibits"]] == ["AH"]
    assert (tmp_path / "output/full/strategy-memo/INTERNAL-not-for-filing.pdf").is_file()
