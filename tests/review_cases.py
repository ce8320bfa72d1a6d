"""A small case that was built, for tests of what people decide on it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from packet_builder import cli
from packet_builder.assembly.build import built
from packet_builder.assembly.order import Order
from packet_builder.model.role import Role
from packet_builder.review.decide import Decided, Wish, decide
from packet_builder.review.decision import Kind
from packet_builder.review.docket import Docket, open_docket
from packet_builder.review.record import read_record
from packet_builder.review.standing import Standing, standings
from packet_builder.workspace import Folders, shipped
from tests.cases import WHOLE, write_case

ON = dt.date(2026, 12, 1)


def without_forms(templates: Path) -> Path:
    """Give templates of an office whose outline has no official forms."""
    shutil.copytree(shipped("templates"), templates)
    outline = templates / "outlines" / "initial_parole.yaml"
    lines = outline.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "- {form:" not in line]
    outline.write_text("".join(kept), encoding="utf-8")
    return templates


class Office:
    """An office with one case, of which there is a packet."""

    def __init__(self, folder: Path, text: str = WHOLE, *, forms: Path | None = None) -> None:
        """Without blanks the office's outline asks for no forms: slips cannot be filed."""
        self.case = write_case(folder / "cases", text)
        templates = shipped("templates") if forms else without_forms(folder / "templates")
        self.folders = Folders(
            folder / "cases", templates, forms or folder / "forms", folder / "output"
        )
        self.output = folder / "output" / "boateng"
        self.filing = self.output / "initial_parole"

    def build(self) -> None:
        result = built(Order("boateng", self.folders, None, "dxpdf"), lambda _: None)
        assert result.packet is not None

    def write(self, *changes: tuple[str, str]) -> None:
        """Change the facts; each text must stand in them exactly once."""
        path = self.case / "case.yaml"
        text = path.read_text("utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def decide(
        self,
        names: Sequence[str],
        kind: Kind = Kind.APPROVE,
        by: str = "Jordan Lee",
        role: Role | None = Role.ATTORNEY,
    ) -> Decided:
        note = "Give the date." if kind != Kind.APPROVE else None
        wish = Wish(kind, by, "2026-12-01", role, note=note)
        return decide(self.case, self.output, None, names, wish)

    @property
    def docket(self) -> Docket:
        return open_docket(self.case, self.output)

    @property
    def standings(self) -> dict[str, Standing]:
        docket = self.docket
        decisions = read_record(docket.review).of_filing("initial_parole")
        return {one.subject.id: one for one in standings(docket, decisions)}

    def states(self) -> dict[str, str]:
        return {name: one.state.value for name, one in self.standings.items()}


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run a command as it stands in the office; gives its exit code."""
    monkeypatch.setattr("sys.argv", ["packet-builder", "--cases", "cases", *arguments])
    with pytest.raises(SystemExit) as leaving:
        cli.main()
    assert isinstance(leaving.value.code, int)
    return leaving.value.code
