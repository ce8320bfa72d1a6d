"""A notice is answered: the packet continues what was filed, and what was filed stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from packet_builder.assembly.again import built_again
from packet_builder.assembly.build import examined, planned
from packet_builder.packet.finals import finals_of
from packet_builder.review.docket import open_docket
from packet_builder.review.final import Finalized, finalize
from packet_builder.review.record import read_record
from packet_builder.review.standing import standings
from tests.answered import RESPONSE, SENT, Answering, changed
from tests.cases import write_pdf


@pytest.fixture
def answering(tmp_path: Path) -> Answering:
    return Answering(tmp_path)


def page_text(packet: Path, page: int) -> str:
    with pypdfium2.PdfDocument(packet) as opened:
        text: str = opened[page - 1].get_textpage().get_text_range()
    return " ".join(text.replace("\u00a0", " ").split())


def text_of(packet: Path) -> str:
    with pypdfium2.PdfDocument(packet) as opened:
        count = len(opened)
    return " ".join(page_text(packet, page) for page in range(1, count + 1))


def rules_of(answering: Answering) -> dict[str, str]:
    return {one.rule: one.weight.value for one in examined(answering.order()).findings}


def approved(answering: Answering) -> Finalized:
    """Approve all of the answer, and make it final."""
    answering.decide("rfe-1")
    return finalize(answering.case, answering.office.output, "rfe-1", SENT, lambda *_: None)


def exhibits_of(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {row["id"]: row["letter"] for row in manifest["exhibits"]}


def test_an_answer_goes_in_its_order_and_every_page_of_the_notice_is_accounted_for(
    answering: Answering,
) -> None:
    manifest = answering.build().manifest

    assert [(row["kind"], row["title"]) for row in manifest["documents"]] == [
        ("enclosure", "Request for Evidence of December 21, 2026"),
        ("letter", "Cover Letter"),
        ("letter", "Response, Point by Point"),
        ("index", "Exhibit Index"),
        ("separator", "Exhibit D"),
        ("exhibit", "Letter on travel"),
    ]
    first = [row for row in manifest["pages"] if row["document"] == "enclosure-notice"]
    assert [(row["page"], row["exhibit"], row["source"]["file"]) for row in first] == [
        (page, None, "notices/rfe-1.pdf") for page in (1, 2, 3)
    ]
    assert [row["source"]["page"] for row in first] == [1, 2, 3]
    (enclosed,) = manifest["enclosures"]
    assert (enclosed["pages"], enclosed["files"][0]["file"]) == (3, "notices/rfe-1.pdf")


def test_letters_of_then_are_frozen_and_new_exhibits_continue_them(answering: Answering) -> None:
    (final,) = finals_of(answering.office.filing)
    rows = {row["id"]: row for row in final.manifest["documents"]}
    page = rows["exhibit-doctor"]["first_page"] + 1

    built = answering.build()

    assert exhibits_of(final.manifest) == {"passport": "A", "doctor": "B", "tax": "C"}
    assert exhibits_of(built.manifest) == {"travel": "D"}
    assert built.packet is not None
    text = text_of(built.packet)
    cited = f"[previously submitted; page {page} of the packet filed December 1, 2026]"
    assert f"(Ex. B at 2 {cited}; Ex. D at 1)" in text
    assert "An operation is needed within weeks" in page_text(final.packet, page)
    assert [row["text"] for row in built.manifest["citations"] if row["exhibit"] == "D"]
    assert not [row for row in built.manifest["citations"] if row["exhibit"] in {"A", "B", "C"}]


def test_what_was_filed_may_go_again_under_its_letter(answering: Answering) -> None:
    answering.write(changed(("carrier: courier", "carrier: courier\n  exhibits: [doctor]")))
    built = answering.build()

    assert exhibits_of(built.manifest) == {"doctor": "B", "travel": "D"}
    assert built.packet is not None
    text = text_of(built.packet)
    assert "(Ex. B at 2; Ex. D at 1)" in text
    assert "Exhibits B and D" in text
    assert "Exhibit B, Page 2 of 2" in text


def test_new_evidence_of_the_case_is_a_new_exhibit(answering: Answering) -> None:
    case = answering.case / "case.yaml"
    letter = "  - {id: new, title: New, kind: passport, file: exhibits/new.pdf}\n"
    write_pdf(answering.case / "exhibits" / "new.pdf", ("PASSPORT of Kwabena Boateng",))
    case.write_text(
        case.read_text("utf-8").replace("  - {id: doctor", f"{letter}  - {{id: doctor"), "utf-8"
    )
    answering.write(
        changed(
            ("carrier: courier", "carrier: courier\n  exhibits: [new]"),
            ("[@doctor p. 2; @travel", "[@doctor p. 2; @new; @travel"),
        )
    )

    assert exhibits_of(answering.build().manifest) == {"new": "D", "travel": "E"}


def test_without_a_final_request_nothing_is_built_and_the_next_step_is_said(
    tmp_path: Path,
) -> None:
    answering = Answering(tmp_path, final=False)
    built = answering.build()

    assert built.packet is None
    assert not answering.filing.exists()
    (error,) = (row for row in built.findings if row["weight"] == "error")
    assert error["rule"] == "request-not-final"
    assert "packet-builder finalize" in error["cure"]


def test_a_request_that_was_filed_without_this_program_is_continued_by_its_last_letter(
    tmp_path: Path,
) -> None:
    before = "  filed_elsewhere: {date: 2026-12-01, last_exhibit: Z}\nevidence:"
    text = changed(
        ("evidence:", before),
        ("[@doctor p. 2; @travel", "[@travel"),
        ("@tax p. 1", "@travel p. 1"),
    )
    answering = Answering(tmp_path, text, final=False)
    manifest = answering.build().manifest

    assert exhibits_of(manifest) == {"travel": "AA"}
    assert manifest["answers"]["continues"] == []


def test_words_of_what_was_filed_are_read_from_the_packet_that_was_filed(
    answering: Answering,
) -> None:
    """The file in the case folder may be another by now."""
    write_pdf(answering.case / "exhibits" / "doctor.pdf", ("Something else.",))
    quoted = "{text: 'So it is [@doctor p. 2].', quote: QUOTE}"
    income = '"Her return shows the income [@tax p. 1]."'
    both = changed((f"answer: {income}", f"answer: [{quoted}, {income}]"))

    answering.write(both.replace("QUOTE", "needed within weeks"))
    assert "quote-not-found" not in rules_of(answering)
    answering.write(both.replace("QUOTE", "needed within days"))
    assert rules_of(answering)["quote-not-found"] == "error"
    answering.write(changed(("@doctor p. 2", "@doctor p. 3")))
    assert rules_of(answering)["citation-beyond-end"] == "error"


def test_a_file_that_goes_again_must_be_the_one_that_was_filed(answering: Answering) -> None:
    write_pdf(answering.case / "exhibits" / "doctor.pdf", ("He bled.", "An operation is needed."))
    answering.write(changed(("carrier: courier", "carrier: courier\n  exhibits: [doctor]")))

    assert rules_of(answering)["exhibit-differs-from-filed"] == "error"
    assert answering.build().packet is None


def test_an_answer_goes_to_the_address_of_the_notice(answering: Answering) -> None:
    manifest = answering.build().manifest

    assert manifest["delivery"]["address"] == [
        "USCIS",
        "Attn: RFE",
        "9 Notice Street",
        "Lincoln, NE 68508",
    ]
    assert "filing_addresses" not in {row["table"] for row in manifest["law"]}
    assert "9 Notice Street" in page_text(answering.filing / "packet-DRAFT.pdf", 4)


def test_a_partial_answer_says_so_everywhere(answering: Answering) -> None:
    answer = '      answer: "Her return shows the income [@tax p. 1]."\n'
    answering.write(changed((answer, "      not_answered: Two of the returns were burned.\n")))
    built = answering.build()

    assert rules_of(answering)["answer-partial"] == "warning"
    assert built.manifest["answers"]["complete"] is False
    assert built.packet is not None
    text = text_of(built.packet)
    assert "This response: Partial" in text
    assert "we ask for a decision on the record" in text
    assert "Two of the returns were burned." in text
    assert "This response is partial" in text


def test_facts_that_arose_later_are_printed_as_such(answering: Answering) -> None:
    claim = "        - {text: 'He was seen again [@travel p. 1].', arose: 2027-01-20}\n"
    answering.write(changed(("    - id: tax\n", f"{claim}    - id: tax\n")))
    built = answering.build()

    assert built.packet is not None
    text = text_of(built.packet)
    assert "This arose on January 20, 2027, after the request was filed." in text
    assert "eligible when it was filed, 8 C.F.R. § 103.2(b)(1)" in text
    assert "Dated January 20, 2027, after the request was filed" in text


def test_a_notice_of_intent_to_deny_is_answered_likewise(answering: Answering) -> None:
    case = answering.case / "case.yaml"
    text = case.read_text("utf-8").replace("event: rfe\n", "event: noid\n")
    text = text.replace("days: 84", "days: 30").replace("2027-03-18", "2027-01-23")
    case.write_text(text, encoding="utf-8")
    write_pdf(
        answering.case / "notices" / "rfe-1.pdf",
        (
            "Notice of Intent to Deny. IOE0912345678. Respond by January 23, 2027.",
            "Submit a letter of the physician that states when he can travel.",
            "Submit tax returns of three years.",
        ),
    )
    answering.write(
        changed(
            ("kind: rfe_response", "kind: noid_response"),
            ("date: 2027-02-08", "date: 2027-01-15"),
            ("date: 2027-01-20", "date: 2027-01-10"),
        )
    )
    built = answering.build()

    assert built.manifest["title"] == "Response to Notice of Intent to Deny"
    assert (
        built.manifest["documents"][0]["title"] == "Notice of Intent to Deny of December 21, 2026"
    )
    assert built.packet is not None
    assert "Response to Notice of Intent to Deny" in page_text(built.packet, 4)


def test_nothing_that_was_filed_is_ever_altered(answering: Answering) -> None:
    filed = answering.finals()
    answering.build()
    assert answering.finals() == filed

    done = approved(answering)
    both = answering.finals()
    assert {name: both[name] for name in filed} == filed
    assert done.manifest["answers"]["filing"] == "initial_parole"

    answering.office.write(("He bled twice", "He bled three times"))
    answering.office.build()
    answering.write(changed(("An operation is needed", "Surgery is needed")))
    assert answering.build().packet is not None
    assert answering.finals() == both


def test_a_second_answer_continues_the_letters_of_the_first(answering: Answering) -> None:
    answering.build()
    approved(answering)
    case = answering.case / "case.yaml"
    second = "  - {id: rfe-2, event: rfe, date: 2027-02-20, served_on: 2027-02-20, "
    second += "served_by: electronic, due_printed: 2027-03-18, answer_to: USCIS}\n"
    case.write_text(case.read_text("utf-8") + second, encoding="utf-8")
    write_pdf(answering.case / "exhibits" / "more.pdf", ("More on it.",))
    text = changed(
        ("event: rfe-1", "event: rfe-2"),
        ("date: 2027-02-08", "date: 2027-03-01"),
        ("id: travel\n    title: Letter on travel", "id: more\n    title: More"),
        ("exhibits/travel.pdf", "exhibits/more.pdf"),
        ("[@tax p. 1]", "[@tax p. 1; @more p. 1]"),
    )
    (answering.case / "filings" / "rfe-2.yaml").write_text(text, encoding="utf-8")
    order = replace(answering.order(), filing="rfe-2")
    built = built_again(order, lambda _: None)

    assert exhibits_of(built.manifest) == {"more": "E"}
    assert [row["filing"] for row in built.manifest["answers"]["continues"]] == [
        "initial_parole",
        "rfe-1",
    ]
    assert built.packet is not None
    assert "of the response filed February 8, 2027]" in text_of(built.packet)


def test_an_answer_is_given_once(answering: Answering) -> None:
    answering.build()
    approved(answering)
    (answering.case / "filings" / "rfe-2.yaml").write_text(RESPONSE, encoding="utf-8")
    order = replace(answering.order(), filing="rfe-2")

    assert "notice-answered-before" in {one.rule for one in examined(order).findings}


def test_approvals_of_an_answer_hold_where_nothing_changed(answering: Answering) -> None:
    answering.build()
    answering.decide("rfe-1")
    answering.write(changed(("    - id: tax\n", "    - id: income\n")))
    answering.build()
    assert set(states(answering).values()) == {"approved"}
    answering.write(changed(("Her return shows", "Her return of 2025 shows")))
    answering.build()

    found = states(answering)
    assert found["enclosure-notice"] == found["exhibit-travel"] == "approved"
    assert found["letter-rfe_cover_letter"] == "approved"
    assert found["letter-rfe_response"] == found["packet"] == "stale"


def states(answering: Answering) -> dict[str, str]:
    docket = open_docket(answering.case, answering.office.output, "rfe-1")
    decisions = read_record(docket.review).of_filing("rfe-1")
    return {one.subject.id: one.state.value for one in standings(docket, decisions)}


def test_a_notice_that_was_replaced_since_is_not_filed(answering: Answering) -> None:
    answering.build()
    docket = open_docket(answering.case, answering.office.output, "rfe-1")
    assert docket.replaced_since() == ()
    write_pdf(answering.case / "notices" / "rfe-1.pdf", ("Another",))

    assert docket.replaced_since() == ("notices/rfe-1.pdf",)


def test_an_unchanged_answer_is_not_built_again_until_another_packet_is_made_final(
    answering: Answering,
) -> None:
    assert not built_again(answering.order(), lambda _: None).unchanged
    assert built_again(answering.order(), lambda _: None).unchanged
    answering.office.write(("He bled twice", "He bled three times"))
    answering.file_request()
    built = built_again(answering.order(), lambda _: None)

    assert not built.unchanged
    assert "several-final-packets" in {row["rule"] for row in built.findings}


def test_the_plan_shows_the_notice_and_the_letters(answering: Answering) -> None:
    rows = [(row["kind"], row["exhibit"]) for row in planned(answering.order())]

    assert rows == [
        ("enclosure", None),
        ("letter", None),
        ("letter", None),
        ("index", None),
        ("separator", "D"),
        ("exhibit", "D"),
    ]
