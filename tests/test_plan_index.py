"""Who is named at the head of the exhibit index."""

from __future__ import annotations

from pathlib import Path

import pytest

from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.outline import read_outline
from packet_builder.plan.exhibits import letter_exhibits, plan_index
from packet_builder.workspace import shipped
from tests.broken import whole
from tests.cases import facts_of


@pytest.mark.parametrize(
    ("base", "people"),
    [
        ("re-parole", ["Petitioner: Adwoa Boateng", "Beneficiaries: Kwabena Boateng, Esi Boateng"]),
        ("work-permit", ["Applicant: Kwabena Boateng"]),
    ],
)
def test_where_each_files_alone_the_index_names_no_petitioner(
    tmp_path: Path, base: str, people: list[str]
) -> None:
    case = interpret(Case, facts_of(tmp_path, whole(base)))
    outline = read_outline(shipped("templates"), case.filing.kind)

    index = plan_index(case, letter_exhibits(case, outline), outline)

    assert index.context is not None
    assert index.context["caption"][1:] == people
