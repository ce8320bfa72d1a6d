"""Questions are answered, in English and in the language of those who are asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.outline import Outline, Subject
from packet_builder.rules.examine import examine
from packet_builder.rules.finding import Dossier, Finding, Weight
from tests.cases import INITIAL, SEEN, WHOLE, facts_of

ANSWERS = """\
interview:
  - {about: purpose, question: Why?, answer: So., native_question: چرا؟, native_answer: چنین.}
  - {about: stay, question: How long?, answer: So., native_question: چند؟, native_answer: چنین.}
  - {about: support, question: Who?, answer: So., native_question: که؟, native_answer: چنین.}
  - {about: return, question: When?, answer: So., native_question: کی؟, native_answer: چنین.}
"""
IN_PERSIAN = ("  date: 2026-12-01\n", "  date: 2026-12-01\n  language: fa\n")
IDS = frozenset(
    {
        "interview-incomplete",
        "interview-untranslated",
        "language-without-letter",
        "language-unread",
    }
)


def outline(*languages: str | None) -> Outline:
    lines = [{"letter": "questions", **({"language": one} if one else {})} for one in languages]
    documents = Outline.model_validate(
        {"title": "X", "documents": lines, "groups": [{"id": "x", "heading": "X", "kinds": []}]}
    ).documents
    return INITIAL.model_copy(update={"about": (Subject.INTERVIEW,), "documents": documents})


def found(
    folder: Path,
    text: str,
    *changes: tuple[str, str],
    languages: tuple[str | None, ...] = (None, "fa"),
) -> list[tuple[str, Weight, Finding]]:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    facts = facts_of(folder, text)
    findings = examine(Dossier(interpret(Case, facts), SEEN, outline(*languages)), facts)
    return [(one.rule, one.weight, one) for one in findings if one.rule in IDS]


def rules(*arguments: object, **options: object) -> list[str]:
    return [rule for rule, _, _ in found(*arguments, **options)]  # type: ignore[arg-type]


READ = (IN_PERSIAN[0], f"{IN_PERSIAN[1]}  language_read_by: Mina Parsa\n")


def test_a_whole_interview_in_two_languages_that_was_read_has_no_finding(tmp_path: Path) -> None:
    assert rules(tmp_path, WHOLE + ANSWERS, READ) == []


def test_an_interview_in_english_alone_needs_no_other_words(tmp_path: Path) -> None:
    text = WHOLE + ANSWERS.replace(", native_question: چرا؟, native_answer: چنین.", "")

    assert rules(tmp_path, text) == []


@pytest.mark.parametrize("topic", ["purpose", "stay", "support", "return"])
def test_a_question_that_every_officer_asks_is_answered(tmp_path: Path, topic: str) -> None:
    ((rule, weight, finding),) = found(
        tmp_path, WHOLE + ANSWERS, (f"about: {topic}", "about: other")
    )

    assert (rule, weight) == ("interview-incomplete", Weight.WARNING)
    assert finding.message == f"no question about {topic} is answered"


@pytest.mark.parametrize(
    "lacking", [", native_question: چند؟", ", native_answer: چنین.}\n  - {about: support"]
)
def test_an_answer_that_lacks_the_other_language_stops_the_build(
    tmp_path: Path, lacking: str
) -> None:
    kept = "}\n  - {about: support" if "support" in lacking else ""

    ((rule, weight, finding),) = found(tmp_path, WHOLE + ANSWERS, READ, (lacking, kept))

    assert (rule, weight) == ("interview-untranslated", Weight.ERROR)
    assert '"How long?" has no "native_' in finding.message
    assert finding.source is not None
    line = (tmp_path / "case.yaml").read_text("utf-8").splitlines()[finding.source.line - 1]
    assert "How long?" in line


def test_letters_in_another_language_are_read_by_somebody(tmp_path: Path) -> None:
    ((rule, weight, _),) = found(tmp_path, WHOLE + ANSWERS, IN_PERSIAN)

    assert (rule, weight) == ("language-unread", Weight.WARNING)


def test_a_language_without_a_letter_is_found_and_nothing_else_is_asked_of_it(
    tmp_path: Path,
) -> None:
    text = (WHOLE + ANSWERS).replace(", native_question: چرا؟, native_answer: چنین.", "")

    assert rules(tmp_path, text, IN_PERSIAN, languages=(None, "es")) == ["language-without-letter"]


def test_a_filing_that_is_not_about_an_interview_asks_for_none(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, WHOLE)
    findings = examine(Dossier(interpret(Case, facts), SEEN, INITIAL), facts)

    assert not [one for one in findings if one.rule in IDS]
