"""A filing that is not sent to USCIS says nothing of its delivery; any other must."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Order
from packet_builder.facts.fault import FactsError
from packet_builder.law.law import SHIPPED
from packet_builder.review.checklist import checklist
from packet_builder.workspace import Folders, shipped
from tests.cases import WHOLE, changed, write_case

SENT = "  delivery: paper\n  carrier: usps\n"
OUTLINE = """\
title: Papers for the Port of Entry
documents: [{exhibits: all}]
groups:
  - {id: all, heading: All, kinds: [passport, physician_letter, tax_return]}
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    templates = tmp_path / "templates"
    shutil.copytree(shipped("templates"), templates)
    (templates / "outlines" / "papers.yaml").write_text(OUTLINE, encoding="utf-8")
    return Folders(tmp_path / "cases", templates, tmp_path / "forms", tmp_path / "output")


def test_a_filing_that_is_sent_says_how(folders: Folders) -> None:
    write_case(folders.cases, changed((SENT, "")))

    missing = r'missing field "delivery"(?s:.*)add one of: paper, online'
    with pytest.raises(FactsError, match=missing):
        built(Order("boateng", folders, None, "dxpdf"), lambda _: None)


def test_what_is_handed_over_needs_no_delivery(folders: Folders) -> None:
    text = WHOLE.replace(SENT, "").replace("kind: initial_parole", "kind: papers")
    write_case(folders.cases, text)

    packet = built(Order("boateng", folders, None, "dxpdf"), lambda _: None).packet

    assert packet is not None
    manifest = json.loads((packet.parent / "packet.json").read_text(encoding="utf-8"))
    assert manifest["delivery"] == {"mode": None, "carrier": None, "address": []}
    assert manifest["fees"] == []
    manifest["final"] = {"date": "2026-12-01", "log_head": ""}
    report = checklist(manifest, SHIPPED, dt.date(2026, 12, 1), ())
    assert report.summary == ("Handed over",)
    assert [table.heading for part in report.parts for table in part.tables] == ["Print and sign"]
