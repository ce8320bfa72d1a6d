"""Findings are said as a person reads them: what forms ask does not bury what was found."""

from __future__ import annotations

from typing import Any

from packet_builder.rules.finding import Finding, Weight
from packet_builder.rules.lines import told
from packet_builder.rules.report import finding_row


def row(line: int, fact: str = "", weight: Weight = Weight.WARNING) -> dict[str, Any]:
    found = Finding("form-question-open", weight, f"{fact or line} asked", "Do.", (), fact=fact)
    return {**finding_row(found), "file": "case.yaml", "line": line, "column": 3}


QUESTIONS = [row(9, "sex"), row(9, "name.middle"), row(9, "sex"), row(20, "phone")]


def test_many_questions_of_forms_stand_at_the_end_a_paragraph_for_each_place() -> None:
    found = [row(4, weight=Weight.ERROR), *QUESTIONS, row(12, "email"), row(9, "ssn"), row(30)]

    said = [words for _, words in told(found)]

    assert said == [
        "case.yaml:4:3: error: 4 asked\n    Do.",
        "case.yaml:30:3: warning: 30 asked\n    Do.",
        (
            "case.yaml:9:3: warning: 4 questions of the forms are not answered here, and stay "
            "blank on them\n    Add: sex, name.middle, ssn"
        ),
        (
            "case.yaml:20:3: warning: a question of the forms is not answered here, and stays "
            "blank on them\n    Add: phone"
        ),
        (
            "case.yaml:12:3: warning: a question of the forms is not answered here, and stays "
            "blank on them\n    Add: email"
        ),
    ]


def test_a_few_are_said_in_full_in_their_order() -> None:
    found = [*QUESTIONS, row(30)]

    assert [words.partition("\n")[0] for _, words in told(found)] == [
        "case.yaml:9:3: warning: sex asked",
        "case.yaml:9:3: warning: name.middle asked",
        "case.yaml:9:3: warning: sex asked",
        "case.yaml:20:3: warning: phone asked",
        "case.yaml:30:3: warning: 30 asked",
    ]


def test_who_wants_all_in_full_gets_all() -> None:
    found = [*QUESTIONS, *QUESTIONS]

    assert len(list(told(found, in_full=True))) == len(found)


def test_a_question_that_an_office_made_an_error_stands_where_errors_stand() -> None:
    found = [row(9, "sex", Weight.ERROR), *QUESTIONS, *QUESTIONS]

    first, *rest = told(found)

    assert first == ("error", "case.yaml:9:3: error: sex asked\n    Do.")
    assert {weight for weight, _ in rest} == {"warning"}
