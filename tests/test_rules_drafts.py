"""What is open in a Word copy is a finding, and what is settled is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.rules.examine import examine
from packet_builder.rules.finding import Dossier, DraftSeen, Finding, Weight
from tests.cases import INITIAL, SEEN, WHOLE, facts_of

NAME = "drafts/initial_parole/cover_letter.docx"


def found(folder: Path, draft: DraftSeen, *unread: str) -> list[Finding]:
    facts = facts_of(folder, WHOLE)
    dossier = Dossier(interpret(Case, facts), SEEN, INITIAL, drafts=(draft,), unread=unread)
    return [one for one in examine(dossier, facts) if one.rule.startswith("draft-")]


@pytest.mark.parametrize(
    ("rule", "draft", "said"),
    [
        (
            "draft-open-changes",
            DraftSeen(NAME, changes=("A, here", "B, there")),
            "A, here; B, there",
        ),
        ("draft-comments", DraftSeen(NAME, comments=("A, here",)), "comments are open: A, here"),
        ("draft-conflict", DraftSeen(NAME, conflicts=("here: both",)), "open: here: both"),
        ("draft-outdated", DraftSeen(NAME, outdated=(("34", "35", "here"),)), '"34" (now "35")'),
        ("draft-outdated", DraftSeen(NAME, outdated=(("34", "", "here"),)), '"34" still stands'),
        ("draft-pdf-unused", DraftSeen(NAME, pdf="it differs"), "prints the draft: it differs"),
        ("draft-behind", DraftSeen(NAME, merged="1 updated"), "written: 1 updated"),
    ],
)
def test_what_is_open_is_found_with_its_file(
    tmp_path: Path, rule: str, draft: DraftSeen, said: str
) -> None:
    (finding,) = found(tmp_path, draft)

    assert (finding.rule, finding.weight, str(finding.source)) == (rule, Weight.WARNING, NAME)
    assert said in finding.message


def test_each_conflict_is_a_finding_of_its_own(tmp_path: Path) -> None:
    assert len(found(tmp_path, DraftSeen(NAME, conflicts=("one", "two")))) == 2


def test_a_file_that_no_build_reads_is_found(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, DraftSeen(NAME), "drafts/initial_parole/memo.docx")

    assert finding.rule == "draft-unread"
    assert str(finding.source) == "drafts/initial_parole/memo.docx"


def test_a_settled_draft_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, DraftSeen(NAME)) == []
