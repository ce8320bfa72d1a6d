from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from packet_builder.facts import FactsError
from packet_builder.kept import KeptContentLostError, kept_in, place_of
from packet_builder.model.role import Role
from packet_builder.packet.manifest import manifest_bytes, read_sealed
from packet_builder.review.decide import (
    PacketReplacedError,
    PageNotOfDocumentError,
    PreparerApprovesError,
    RoleNotApprovingError,
    SlipInPacketError,
    Wish,
    decide,
)
from packet_builder.review.decision import Decision, Kind
from packet_builder.review.docket import (
    FilingUnclearError,
    PacketMissingError,
    PacketMovedError,
    PacketOldError,
    WordCopyChangedError,
)
from packet_builder.review.log import LOG
from packet_builder.review.prune import prune
from packet_builder.review.record import DECISIONS, DecisionsAlteredError, read_record, record
from packet_builder.review.standing import State, why_stale
from packet_builder.review.subjects import DocumentUnknownError
from tests.cases import write_pdf
from tests.killed import KilledError, killed_before
from tests.review_cases import Office

LETTER = "letter-humanitarian_justification"
COVER = "letter-cover_letter"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.build()
    return office


def test_before_anybody_decided_every_document_waits(office: Office) -> None:
    states = office.states()

    assert set(states.values()) == {"not approved"}
    assert list(states) == [
        COVER,
        LETTER,
        "letter-discretionary_factors",
        "exhibit-passport",
        "exhibit-doctor",
        "exhibit-tax",
        "packet",
    ]


def test_an_approval_names_exactly_what_was_seen(office: Office) -> None:
    office.decide([LETTER])
    (decision,) = read_record(office.case / "review").decisions
    row = next(one for one in office.docket.manifest["documents"] if one["id"] == LETTER)

    assert decision.seen.pages == tuple(row["sha256"])
    assert decision.seen.editable == row["editable"]
    assert decision.seen.planned == row["planned"]
    assert decision.seen.template == row["made_from"]["template"]
    assert set(decision.seen.exhibits) == {"doctor", "passport", "tax"}
    assert decision.seen.packet == office.docket.manifest["packet"]["sha256"]
    assert json.loads(place_of(office.filing, decision.seen.manifest).read_text("utf-8"))
    assert office.states()[LETTER] == "approved"
    assert office.states()[COVER] == "not approved"


def test_decisions_are_yaml_and_the_same_stands_sealed_in_the_log(office: Office) -> None:
    office.decide([LETTER])
    note, page = "Really?\n\nSee p. 2: #7", office.standings[COVER].subject.first_page
    wish = Wish(Kind.COMMENT, "Ann Bø", "2026-12-01", Role.PARALEGAL, note, page, "Dear")
    decide(office.case, office.output, None, [COVER], wish)
    text = (office.case / "review" / DECISIONS).read_text("utf-8")
    record = read_record(office.case / "review")

    assert "- decision: approve\n" in text
    assert "  by: Jordan Lee\n" in text
    comment = record.decisions[1]
    assert (comment.page, comment.place, comment.note) == (1, "Dear", note)
    assert office.standings[COVER].comments == 1
    assert office.states()[COVER] == "not approved"
    assert [entry.kind for entry in record.log.entries] == ["decision", "decision"]


def test_a_changed_fact_makes_stale_what_rests_on_it_and_says_so_in_words(office: Office) -> None:
    office.decide([])
    assert set(office.states().values()) <= {"approved"}
    office.write(("131460", "141,900"))
    office.build()
    stale = [name for name, state in office.states().items() if state == "stale"]

    assert stale == [LETTER, "packet"]
    (sentence,) = why_stale(list(office.standings.values()))
    assert sentence == (
        'annual income of supporter "adwoa" changed from 131460 to 141,900; '
        "Humanitarian Justification needs approval again"
    )
    assert office.standings["packet"].reasons == ("changed in it: Humanitarian Justification",)


def test_only_what_is_stale_has_to_be_approved_again(office: Office) -> None:
    office.decide([])
    office.write(("He may bleed again", "He may well bleed again"))
    office.build()
    decided = office.decide([])

    assert [subject.id for subject in decided.subjects] == [LETTER, "packet"]
    assert set(office.states().values()) == {"approved"}
    assert len(read_record(office.case / "review").decisions) == 9


def test_what_was_changed_back_is_approved_as_before(office: Office) -> None:
    office.decide([])
    office.write(("He may bleed again", "He may well bleed again"))
    office.build()
    office.write(("He may well bleed again", "He may bleed again"))
    office.build()

    assert set(office.states().values()) == {"approved"}


def test_a_replaced_exhibit_makes_stale_itself_and_the_letters_that_cite_it(
    office: Office,
) -> None:
    office.decide([])
    pages = ("He bled twice.", "An operation is needed within days.")
    write_pdf(office.case / "exhibits" / "doctor.pdf", pages)
    office.build()
    found = office.standings

    assert found["exhibit-doctor"].reasons == ("its file was replaced",)
    assert found[LETTER].reasons == ('the exhibit "Letter", which it cites, was replaced',)
    assert found["exhibit-passport"].is_approved


def test_an_exhibit_under_another_letter_is_still_approved_and_the_packet_is_not(
    office: Office,
) -> None:
    office.decide([])
    card = "  - {id: card, title: Card, kind: identity_card, file: exhibits/tax.pdf}\n"
    office.write(("evidence:\n", f"evidence:\n{card}"))
    office.build()
    found = office.standings

    assert found["exhibit-doctor"].is_approved
    assert found["exhibit-card"].state is State.NOT_APPROVED
    assert found[LETTER].state is State.STALE
    said = found["packet"].reasons
    assert "Exhibit A is new" in said
    assert "Exhibit B is now Exhibit C, Letter" in said


def test_a_changed_template_is_told_apart_from_changed_facts(office: Office) -> None:
    office.decide([])
    _remark(office.folders.templates / "letters" / "discretionary_factors.docx")
    office.build()

    assert office.standings["letter-discretionary_factors"].reasons == ("the template was changed",)
    assert office.standings[LETTER].is_approved


def _remark(path: Path) -> None:
    """Give a template another sentence at its end."""
    from docx import Document  # noqa: PLC0415

    document = Document(str(path))
    document.add_paragraph("Respectfully.")
    document.save(str(path))


def test_asking_for_changes_holds_until_it_is_approved(office: Office) -> None:
    office.decide([])
    office.decide([LETTER], Kind.REQUEST_CHANGES)
    one = office.standings[LETTER]

    assert one.state is State.CHANGES_REQUESTED
    assert one.reasons == ("Jordan Lee asked for changes: Give the date.",)
    assert [subject.id for subject in office.decide([]).subjects] == []
    office.write(("He may bleed again", "He may well bleed again"))
    office.build()
    assert office.standings[LETTER].reasons[0].endswith("It was changed since.")
    office.decide([LETTER])
    assert office.standings[LETTER].is_approved


def test_what_was_seen_and_is_not_kept_any_more_is_stale_without_a_guess(office: Office) -> None:
    office.decide([])
    before = office.docket.manifest
    office.write(("He may bleed again", "He may well bleed again"))
    office.build()
    row = next(one for one in before["documents"] if one["id"] == LETTER)
    place_of(office.filing, row["planned"]).unlink()
    manifest = office.standings[LETTER].decision
    assert manifest is not None
    place_of(office.filing, manifest.seen.manifest).unlink()

    assert "not kept any more" in office.standings[LETTER].reasons[0]
    assert "not kept any more" in office.standings["packet"].reasons[0]


def test_a_packet_that_is_not_its_manifests_is_not_decided_on(office: Office) -> None:
    packet = office.filing / "packet-DRAFT.pdf"
    packet.write_bytes(packet.read_bytes() + b"\n")

    with pytest.raises(PacketMovedError, match="Build again"):
        office.decide([LETTER])
    assert read_record(office.case / "review").decisions == ()


def test_a_packet_that_is_not_kept_whole_is_not_decided_on(office: Office) -> None:
    place_of(office.filing, office.docket.manifest["packet"]["sha256"]).unlink()

    with pytest.raises(KeptContentLostError):
        office.decide([LETTER])


def test_a_word_copy_that_was_edited_since_is_not_approved(office: Office) -> None:
    (office.filing / "letters" / f"{LETTER}.docx").write_bytes(b"edited")

    with pytest.raises(WordCopyChangedError, match="its words are not in the packet"):
        office.decide([COVER])


def test_a_packet_with_slips_is_not_approved_as_a_whole(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.build()
    manifest = office.filing / "packet.json"
    slip = {"document": "form-i-131", "title": "Form I-131", "blank": False, "form": "I-131"}
    content = dict(read_sealed(manifest))
    content["forms"] = [slip | {"edition": None, "person": None}]
    manifest.write_bytes(manifest_bytes(content))

    office.decide([LETTER])
    with pytest.raises(SlipInPacketError, match="Form I-131"):
        office.decide([COVER, "packet"])
    assert office.states()[COVER] == "not approved"


def test_a_decision_on_a_packet_that_was_built_again_meanwhile_is_refused(office: Office) -> None:
    seen = office.docket.manifest["packet"]["sha256"]
    wish = Wish(Kind.APPROVE, "Jordan Lee", "2026-12-01", Role.ATTORNEY, saw=seen)
    office.write(("He may bleed again", "He may well bleed again"))
    office.build()

    with pytest.raises(PacketReplacedError, match="nothing was decided"):
        decide(office.case, office.output, None, [LETTER], wish)
    assert read_record(office.case / "review").decisions == ()
    now = replace(wish, saw=office.docket.manifest["packet"]["sha256"])
    decide(office.case, office.output, None, [LETTER], now)
    assert office.standings[LETTER].is_approved


def test_a_file_of_facts_that_was_added_or_removed_is_noticed(office: Office) -> None:
    (office.case / "more.yaml").write_text("x: y", encoding="utf-8")
    (office.folders.cases / "law.yaml").write_text("", encoding="utf-8")
    (office.folders.cases / "firm.yaml").unlink()

    assert office.docket.edited_since() == ("../firm.yaml", "../law.yaml", "more.yaml")


def test_pruning_keeps_all_that_anything_names(office: Office) -> None:
    office.decide([])
    office.write(("He may bleed again", "He may well bleed again"))
    office.build()
    office.write(("He may well bleed again", "He bleeds"))
    office.build()
    remembered = prune(office.case, office.output, None, remove=True)
    shutil.rmtree(office.filing / "builds")  # as if they were forgotten
    found = prune(office.case, office.output, None, remove=False)
    before = {path.name for path in kept_in(office.filing)}
    removed = prune(office.case, office.output, None, remove=True)
    after = {path.name for path in kept_in(office.filing)}

    assert remembered.files == 0
    assert found == removed
    assert len(before - after) == removed.files > 3
    assert removed.bytes > 10_000
    reasons = office.standings[LETTER].reasons
    assert "He may bleed again" in reasons[0]
    assert office.docket.manifest["packet"]["sha256"] in after
    assert read_record(office.case / "review").decisions[0].seen.packet in after
    office.decide([LETTER])
    assert prune(office.case, office.output, None, remove=True).files == 0


def test_unknown_names_and_pages_are_refused_with_a_hint(office: Office) -> None:
    with pytest.raises(DocumentUnknownError, match=f'Did you mean "{COVER}"'):
        office.decide(["letter-cover"])
    with pytest.raises(PageNotOfDocumentError, match="page 99 is not in Cover Letter"):
        decide(
            office.case,
            office.output,
            None,
            [COVER],
            Wish(Kind.COMMENT, "Ann", "2026-12-01", page=99, note="x"),
        )


def test_groups_name_several_documents_at_once(office: Office) -> None:
    decided = office.decide(["exhibits", "exhibit-tax", "letters"])

    assert [subject.kind for subject in decided.subjects] == ["exhibit"] * 3 + ["letter"] * 3


def four_eyes(office: Office, prepared_by: str) -> None:
    firm = office.folders.cases / "firm.yaml"
    firm.write_text(firm.read_text("utf-8") + "approval: {by_another: yes}\n", encoding="utf-8")
    if prepared_by:
        office.write(("  carrier: usps\n", f"  carrier: usps\n  prepared_by: {prepared_by}\n"))


def test_nobody_approves_what_they_prepared_where_the_office_says_so(tmp_path: Path) -> None:
    office = Office(tmp_path)
    four_eyes(office, "jordan  LEE")
    office.build()

    with pytest.raises(PreparerApprovesError, match="somebody else must approve it"):
        office.decide([LETTER])
    office.decide([LETTER], by="Ann Bø")
    assert office.standings[LETTER].is_approved


def test_the_preparer_has_to_be_named_where_the_office_says_so(tmp_path: Path) -> None:
    office = Office(tmp_path)
    four_eyes(office, "")
    office.build()

    with pytest.raises(PreparerApprovesError, match="Say who prepared it"):
        office.decide([LETTER])


def test_an_approval_by_the_preparer_does_not_count_once_the_office_says_so(
    office: Office,
) -> None:
    office.decide([LETTER])
    four_eyes(office, "Jordan Lee")
    office.build()

    assert office.standings[LETTER].state is State.STALE
    assert "Jordan Lee prepared it" in office.standings[LETTER].reasons[-1]


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.PARALEGAL, "in the role of paralegal nobody can approve"),
        (Role.PREPARER, "in the role of preparer nobody can approve"),
        (None, "without a role nobody can approve"),
    ],
)
def test_only_some_roles_approve(office: Office, role: Role | None, said: str) -> None:
    with pytest.raises(RoleNotApprovingError, match=said) as caught:
        office.decide([LETTER], role=role)
    office.decide([LETTER], Kind.REQUEST_CHANGES, role=role)
    office.decide([COVER], role=Role.ACCREDITED_REPRESENTATIVE)

    assert "attorney or accredited representative (approval: roles:" in str(caught.value)
    assert office.states()[LETTER] == "changes requested"
    assert office.standings[COVER].is_approved


def test_the_office_says_which_roles_approve(tmp_path: Path) -> None:
    office = Office(tmp_path)
    firm = office.folders.cases / "firm.yaml"
    firm.write_text(firm.read_text("utf-8") + "approval: {roles: paralegal}\n", encoding="utf-8")
    office.build()
    office.decide([LETTER], role=Role.PARALEGAL)

    assert office.standings[LETTER].is_approved
    with pytest.raises(RoleNotApprovingError, match="what counts is: paralegal "):
        office.decide([LETTER])


def recorded(office: Office, role: str | None) -> None:
    """Record an approval as an older program did: in whatever role, or in none."""
    (seen,) = [one.subject for one in office.standings.values() if one.subject.id == LETTER]
    decision = Decision(
        decision=Kind.APPROVE,
        filing="initial_parole",
        document=LETTER,
        title=seen.title,
        by="Jordan Lee",
        role=role,
        when="2026-12-01",
        seen=seen.seen,
    )
    record(office.case / "review", [decision])


@pytest.mark.parametrize("role", ["Attorney", "accredited Representative"])
def test_a_role_in_other_letters_is_the_same_role(office: Office, role: str) -> None:
    recorded(office, role)

    assert office.standings[LETTER].is_approved


@pytest.mark.parametrize(
    ("role", "given"), [("partner", "as partner"), (None, "without saying in which role")]
)
def test_a_former_approval_in_no_role_that_counts_is_read_and_stale(
    office: Office, role: str | None, given: str
) -> None:
    recorded(office, role)
    (reason,) = office.standings[LETTER].reasons

    assert office.standings[LETTER].state is State.STALE
    assert reason == (
        f"Jordan Lee approved it {given}, and what counts is: attorney or accredited representative"
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("by: Jordan Lee", "by: Somebody Else", "is not the decision that was recorded"),
        ("decision: approve", "decision: comment", "is not the decision that was recorded"),
        ("decisions:\n", "decisions:\n- {decision: approve}\n", "is not the decision"),
    ],
)
def test_a_decision_that_was_altered_is_named_at_its_line(
    office: Office, old: str, new: str, line: str
) -> None:
    office.decide([LETTER])
    path = office.case / "review" / DECISIONS
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(DecisionsAlteredError, match=line) as caught:
        office.decide([COVER])
    assert f"{DECISIONS}:5:" in str(caught.value)


def test_a_decision_that_somebody_typed_is_not_taken_for_one(office: Office) -> None:
    office.decide([LETTER])
    path = office.case / "review" / DECISIONS
    path.write_text(path.read_text("utf-8") + "- {decision: approve}\n", encoding="utf-8")

    with pytest.raises(DecisionsAlteredError, match="was never recorded"):
        read_record(office.case / "review")
    path.write_text("decisions: approve\n", encoding="utf-8")
    with pytest.raises(DecisionsAlteredError, match="a list is expected here"):
        read_record(office.case / "review")
    path.write_text("decisions: [\n", encoding="utf-8")
    with pytest.raises(FactsError):
        read_record(office.case / "review")


def test_what_the_yaml_lost_is_written_anew_from_the_log(office: Office) -> None:
    office.decide([LETTER])
    path = office.case / "review" / DECISIONS
    first = path.read_text("utf-8")
    path.unlink()
    office.decide([COVER])

    assert path.read_text("utf-8").startswith(first)


def test_a_kill_leaves_every_decision_whole_or_none(office: Office) -> None:
    review = office.case / "review"
    office.decide([COVER])
    for change in range(100):
        try:
            with killed_before(change, review):
                office.decide([LETTER])
        except KilledError:
            assert len(read_record(review).decisions) >= 1
        else:
            break

    assert change > 1
    assert len(read_record(review).decisions) > 1
    assert office.standings[LETTER].is_approved


def test_what_is_not_there_is_refused(office: Office, tmp_path: Path) -> None:
    from packet_builder.review.docket import open_docket  # noqa: PLC0415

    with pytest.raises(PacketMissingError, match="packet-builder build boateng"):
        open_docket(office.case, tmp_path / "nowhere")
    with pytest.raises(PacketMissingError, match="Built are: initial_parole"):
        open_docket(office.case, office.output, "re_parole")
    shutil.copytree(office.filing, office.output / "re_parole")
    with pytest.raises(FilingUnclearError, match="initial_parole, re_parole"):
        open_docket(office.case, office.output)
    manifest = office.filing / "packet.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"format": 3', '"format": 1'), "utf-8")
    with pytest.raises(PacketOldError, match="Build again"):
        open_docket(office.case, office.output, "initial_parole")


def test_the_log_is_where_the_decisions_are(office: Office) -> None:
    office.decide([LETTER])

    assert sorted(path.name for path in (office.case / "review").iterdir()) == [DECISIONS, LOG]
