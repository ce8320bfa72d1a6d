"""Another process writes letters and reports while this one reads; nothing else is different."""

from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.assembly import build
from packet_builder.assembly.build import built
from packet_builder.assembly.drafting import write_drafts
from packet_builder.assembly.order import Order
from packet_builder.documents.letters import letter
from packet_builder.documents.letters.errors import LogoUnusableError
from packet_builder.documents.sheets import report
from packet_builder.hands import ALONE, Hands
from packet_builder.workspace import Folders, shipped
from tests.cases import changed, write_case

TOOLS = "packet_builder.assembly.at_hand"


def order_in(folder: Path, output: str) -> Order:
    folders = Folders(folder / "cases", shipped("templates"), folder / "forms", folder / output)
    return Order("boateng", folders, None, "dxpdf")


def silent(_: str) -> None: ...


def refuse(*_: object, **__: object) -> None:
    pytest.fail("this was left to the other process")


def test_letters_and_the_report_are_made_elsewhere_and_the_packet_is_the_very_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_case(tmp_path / "cases")
    alone = built(order_in(tmp_path, "alone"), silent, ALONE)
    monkeypatch.setattr(letter, "render_letter", refuse)
    monkeypatch.setattr(report, "render_report", refuse)

    with Hands(1, TOOLS) as hands:
        hands.start()
        helped = built(order_in(tmp_path, "helped"), silent, hands)

    assert helped.manifest == alone.manifest
    assert {row["kind"] for row in helped.manifest["documents"]} >= {"letter", "exhibit"}


def test_what_is_wrong_with_a_letter_is_said_when_its_turn_comes(tmp_path: Path) -> None:
    write_case(tmp_path / "cases")
    firm = tmp_path / "cases" / "firm.yaml"
    firm.write_text(f"{firm.read_text(encoding='utf-8')}logo: logo.png\n", encoding="utf-8")
    (tmp_path / "cases" / "logo.png").write_bytes(b"no picture")

    with Hands(1, TOOLS) as hands, pytest.raises(LogoUnusableError, match=r"logo\.png"):
        built(order_in(tmp_path, "output"), silent, hands)


def test_a_case_with_errors_says_them_though_its_letters_were_begun(tmp_path: Path) -> None:
    write_case(tmp_path / "cases", changed(("He needs an operation.", "He needs TBD.")))
    order = order_in(tmp_path, "output")

    with Hands(1, TOOLS) as hands:
        hands.start()
        made = built(order, silent, hands)

    assert made.packet is None
    assert "placeholder" in {finding["rule"] for finding in made.findings}
    assert not (order.folders.output / "boateng" / "initial_parole").exists()


def test_letters_with_drafts_are_left_to_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_case(tmp_path / "cases")
    order = order_in(tmp_path, "output")
    write_drafts(order)
    monkeypatch.setattr(build, "begin_letters", refuse)

    with Hands(1, TOOLS) as hands:
        assert built(order, silent, hands).packet is not None
