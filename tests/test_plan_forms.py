from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from packet_builder.documents.forms.blank import open_blank
from packet_builder.documents.forms.box import BoxKind, boxes_of
from packet_builder.facts import FactsError, read_file
from packet_builder.model.case import Case
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.model.people import Address, Name
from packet_builder.outline import Each, Entry
from packet_builder.plan.form_answers import Answer, FormFactError, OpenQuestion, answers_of
from packet_builder.plan.form_facts import FormFiling, form_facts
from packet_builder.plan.form_map import FormMap, map_path, read_form_map
from packet_builder.plan.form_words import look_up, words_of
from packet_builder.plan.forms import plan_forms
from packet_builder.plan.planned import DocumentKind
from packet_builder.workspace import shipped
from tests.blank_forms import blank_form
from tests.cases import INITIAL, WHOLE, changed

MAPS = sorted((shipped("templates") / "forms").glob("*/*.yaml"))
EVERY_MAP = pytest.mark.parametrize("path", MAPS, ids=lambda path: f"{path.parent.name}")


def firm() -> Firm:
    return interpret(Firm, read_file(Path(__file__).parents[1] / "case_data" / "firm.yaml"))


HEAD = """\
form: X-1
edition: 01/20/25
addendum: {name: filer.name.full, a_number: filer.a_number, signer: filer, signed_as: Applicant}
"""


def form_map(text: str, folder: Path) -> FormMap:
    path = folder / "map.yaml"
    path.write_text(f"{HEAD}{text}", encoding="utf-8")
    return read_form_map(path)


def case_of(text: str, folder: Path) -> Case:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return interpret(Case, read_file(path))


def words(folder: Path, text: str = WHOLE) -> Any:  # noqa: ANN401 - texts below names
    case = case_of(text, folder)
    return form_facts(FormFiling(case, firm(), INITIAL), case.beneficiaries[0], None)


@EVERY_MAP
def test_a_map_knows_every_box_of_its_blank_exactly_once(path: Path) -> None:
    form = read_form_map(path)
    boxes = boxes_of(open_blank(blank_form(path.parent.name, path.stem), form.form))

    assert {name: count for name, count in Counter(form.fields).items() if count > 1} == {}
    assert set(form.fields) == set(boxes)


@EVERY_MAP
def test_a_map_names_states_that_its_boxes_have(path: Path) -> None:
    form = read_form_map(path)
    boxes = boxes_of(open_blank(blank_form(path.parent.name, path.stem), form.form))
    ticks = [tick for item in form.items for tick in item.ticks.values()]

    assert [tick for tick in ticks if boxes[tick.field].kind is not BoxKind.TICK] == []
    wrong = [
        tick
        for tick in ticks
        if tick.state not in {state.strip() for state in boxes[tick.field].states}
    ]
    assert wrong == []


@EVERY_MAP
def test_every_box_to_tick_excludes_others_or_stands_alone(path: Path) -> None:
    form = read_form_map(path)
    boxes = boxes_of(open_blank(blank_form(path.parent.name, path.stem), form.form))
    ticks = {name for name, box in boxes.items() if box.kind is BoxKind.TICK}
    grouped = {name for group in form.groups if len(group) > 1 for name in group}
    alone = {next(item.fields) for item in form.items if len(item.ticks) == 1}
    many = {name for item in form.items if item.many for name in item.fields}
    by_hand = {name for ink in form.ink for name in ink.fields}
    never = {name for blank in form.never for name in blank.fields}

    assert ticks <= grouped | alone | many | by_hand | never
    assert not grouped & many


@EVERY_MAP
def test_groups_are_whole(path: Path) -> None:
    """Where a box of a question lies in a group, all boxes of that question do."""
    form = read_form_map(path)
    for group in form.exclusive:
        for item in form.items:
            names = set(item.fields)
            assert not names & set(group.fields) or names <= set(group.fields)


@EVERY_MAP
def test_boxes_that_never_apply_have_a_reason(path: Path) -> None:
    assert all(len(blank.reason) > len("barcode") for blank in read_form_map(path).never)


@EVERY_MAP
def test_every_form_has_sheets_for_what_it_has_no_room_for(path: Path, tmp_path: Path) -> None:
    form = read_form_map(path)
    told = words(tmp_path)

    assert form.addendum.name.startswith("supporter") or look_up(told, form.addendum.name)
    assert form.addendum.a_number.startswith(form.addendum.name.partition(".")[0])


@EVERY_MAP
def test_barcodes_say_the_edition_that_the_map_is_for(path: Path) -> None:
    form = read_form_map(path)
    boxes = boxes_of(open_blank(blank_form(path.parent.name, path.stem), form.form))

    said = [(box.page, box.value) for box in boxes.values() if box.is_barcode]
    assert said == [
        (page, f"{form.form}|{form.edition}|{page}") for page in range(1, len(said) + 1)
    ]


@EVERY_MAP
def test_signatures_stay_blank_for_ink(path: Path) -> None:
    form = read_form_map(path)
    ink = {name for blank in form.ink for name in blank.fields}
    filled = {name for item in form.items for name in item.fields}

    assert ink & filled == set()
    assert not [name for name in filled if "signature" in name.lower()]


@EVERY_MAP
def test_a_map_names_only_facts_that_exist(path: Path) -> None:
    root = Path(__file__).parents[1] / "case_data"
    for name in ("minimal", "full"):
        case = interpret(Case, read_file(root / name / "case.yaml"))
        for supporter in case.supporters:
            told = form_facts(FormFiling(case, firm(), INITIAL), case.beneficiaries[0], supporter)
            assert answers_of(read_form_map(path), told)


def test_the_file_of_a_map_is_named_after_its_edition() -> None:
    path = map_path(Path("templates"), "g-28", "09/17/18")

    assert path.as_posix() == "templates/forms/g-28/2018-09-17.yaml"


def test_a_question_without_an_answer_stays_open_and_is_named(tmp_path: Path) -> None:
    form = form_map(
        "items:\n  - {part: '1', item: '4', asked: Telephone, field: a, fact: filer.phone}\n",
        tmp_path,
    )

    assert answers_of(form, words(tmp_path)) == (
        OpenQuestion("1", "4", "Telephone", "filer.phone", box="a"),
    )


def test_a_question_printed_if_any_may_stay_blank(tmp_path: Path) -> None:
    form = form_map(
        "items:\n  - {item: '4', asked: Fax, field: a, fact: filer.phone, optional: yes}\n",
        tmp_path,
    )

    assert answers_of(form, words(tmp_path)) == ()


def test_one_box_is_ticked_for_one_answer(tmp_path: Path) -> None:
    text = (
        "items:\n  - item: '5'\n    asked: Status\n    fact: filer.status\n    ticks:\n"
        "      us_citizen: {field: a, state: '1'}\n      asylee: {field: b, state: '2'}\n"
    )

    (answer,) = answers_of(form_map(text, tmp_path), words(tmp_path))
    assert isinstance(answer, Answer)
    assert (answer.field, answer.state) == ("a", "1")


def test_an_answer_for_which_the_form_has_no_box_stays_open(tmp_path: Path) -> None:
    text = (
        "items:\n  - item: '5'\n    asked: Status\n    fact: filer.status\n    ticks:\n"
        "      asylee: {field: b, state: '2'}\n"
    )

    assert answers_of(form_map(text, tmp_path), words(tmp_path)) == (
        OpenQuestion(None, "5", "Status", "filer.status", box="b"),
    )


def test_an_item_that_does_not_apply_is_not_asked(tmp_path: Path) -> None:
    text = (
        "items:\n  - item: '5'\n    asked: Telephone\n    field: a\n    fact: filer.phone\n"
        "    when: {fact: filing.files_for, is: self}\n"
    )

    assert answers_of(form_map(text, tmp_path), words(tmp_path)) == ()


def test_a_map_that_names_no_fact_says_which_item(tmp_path: Path) -> None:
    form = form_map("items:\n  - {item: '7', asked: Name, field: a, fact: filer.nmae}\n", tmp_path)

    with pytest.raises(
        FormFactError, match=r'fills item 7 from "filer\.nmae", which is not a fact'
    ):
        answers_of(form, words(tmp_path))


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("{item: '1', asked: A, field: a}", "an item has either a fact or a text"),
        ("{item: '1', asked: A, fact: filer}", "an item has one of field, ticks and beside"),
        ("{item: '1', asked: A, field: a, fact: b, fax: c}", "fax"),
    ],
)
def test_a_faulty_map_is_refused(item: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(FactsError, match=sentence):
        form_map(f"items:\n  - {item}\n", tmp_path)


@pytest.mark.parametrize(
    ("unit", "kind", "number"),
    [
        ("Apt. 4B", "apt", "4B"),
        ("Suite 410", "ste", "410"),
        ("Floor 2", "flr", "2"),
        ("apartment #9", "apt", "9"),
        ("Rear", None, "Rear"),
    ],
)
def test_a_unit_is_told_apart_from_its_number(unit: str, kind: str | None, number: str) -> None:
    told = words_of(Address(street="1 Elm", unit=unit, city="Troy", country="United States"))

    assert (told["unit_kind"], told["unit_number"], told["in_us"]) == (kind, number, "yes")


def test_words_are_as_forms_want_them(tmp_path: Path) -> None:
    text = changed(
        ("petitioner:\n", "petitioner:\n  phone: +1 201 555 0117\n"),
    )
    told = words(tmp_path, text)

    assert look_up(told, "filer.phone_digits") == "2015550117"
    assert look_up(told, "beneficiary.date_of_birth") == "07/09/1992"
    assert look_up(told, "beneficiary.address.city") is None
    assert look_up(told, "filing.files_for") == "another"
    assert words_of(Name(family="Suharto"))["full"] == "Suharto"


def test_a_form_whose_blank_is_there_is_filled_and_all_others_are_slips(tmp_path: Path) -> None:
    case = case_of(WHOLE, tmp_path)
    maps = {"g-28": read_form_map(next(path for path in MAPS if path.parent.name == "g-28"))}

    (filled,) = plan_forms(
        Entry(form="g-28", each=Each.BENEFICIARY), FormFiling(case, firm(), INITIAL), maps
    )
    (slip,) = plan_forms(
        Entry(form="i-131", each=Each.BENEFICIARY), FormFiling(case, firm(), INITIAL), maps
    )
    assert (filled.kind, slip.kind) == (DocumentKind.FORM, DocumentKind.SLIP)
    assert filled.context is not None
    assert {one["item"] for one in filled.context["open"]} >= {"10", "1.a"}


@EVERY_MAP
def test_the_parts_of_a_block_for_more_stand_side_by_side_above_its_lines(path: Path) -> None:
    form = read_form_map(path)
    boxes = boxes_of(open_blank(blank_form(path.parent.name, path.stem), form.form))
    for block in form.additional.blocks if form.additional else ():
        page, part, item, text = (
            boxes[name] for name in (block.page, block.part, block.item, block.text)
        )

        assert {one.page for one in (page, part, item)} == {text.page}
        assert page.rect[2] <= part.rect[0] < part.rect[2] <= item.rect[0]
        assert abs(page.rect[0] - text.rect[0]) < page.width
        assert 0 <= min(one.rect[1] for one in (page, part, item)) - text.rect[3] < _NEAR


@EVERY_MAP
def test_the_rows_of_a_table_stand_below_each_other(path: Path) -> None:
    form = read_form_map(path)
    boxes = boxes_of(open_blank(blank_form(path.parent.name, path.stem), form.form))
    for table in form.lists:
        rows = [[boxes[name] for name in row] for row in table.rows]

        assert {len({box.page for box in row}) for row in rows} == {1}
        for upper, lower in pairwise(rows):
            lowest = min(box.rect[1] for box in upper)
            assert max(box.rect[3] for box in lower) < lowest + 1 or lower[0].page > upper[0].page


_NEAR = 30.0  # points


def test_a_table_whose_rows_are_not_whole_is_refused(tmp_path: Path) -> None:
    table = (
        "items:\n  - {item: '1', asked: A, field: a, fact: filer.phone}\nlists:\n"
        "  - {item: '2', asked: Names, fact: filer.other_names,\n"
        "     columns: [{asked: Family, fact: family}, {asked: Given, fact: given}],\n"
        "     rows: [[a, b], [c]]}\n"
    )

    with pytest.raises(FactsError, match="each row has one field for each column"):
        form_map(table, tmp_path)
