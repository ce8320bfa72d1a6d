from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from packet_builder.documents.forms.blank import open_blank
from packet_builder.documents.forms.box import Box, BoxKind, boxes_of, plain
from packet_builder.documents.forms.errors import (
    BlankUnreadableError,
    ChoiceUnknownError,
    FieldUnknownError,
    FormProofError,
)
from packet_builder.documents.forms.fill import FilledForm, fill_form
from packet_builder.documents.forms.flatten import flatten
from packet_builder.documents.forms.layout import laid_out, lines_of
from packet_builder.documents.forms.marks import prove_barcodes_printed
from packet_builder.documents.forms.placing import place
from packet_builder.documents.forms.proof import prove
from packet_builder.plan.form_map import read_form_map
from packet_builder.workspace import shipped
from tests.blank_forms import blank_form, ready_blank
from tests.form_facts import maximal
from tests.form_pages import EDITIONS
from tests.form_pages import filled as filled_forms

G28 = "form1[0].#subform[0]."
FAMILY = f"{G28}Pt1Line2a_FamilyName[0]"
COUNTRY = f"{G28}Line3h_Country[0]"
ACCOUNT = f"{G28}#area[0].Pt1Line1_USCISOnlineAcctNumber[0]"
ATTORNEY = f"{G28}CheckBox1[0]"
SUITE = f"{G28}Line3b_Unit[0]"
STATE = f"{G28}Line3d_State[0]"
LONG = "Democratic Republic of the Congo (Kinshasa), formerly known by another name"


def answer(field: str, text: str | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    said = {"part": "1", "item": "3.h", "asked": "Country", "state": None, "label": None}
    return {"field": field, "text": text, "beside": None, **said, "pitch": 18, "drop": 0, **more}


def form_of(*answers: dict[str, Any]) -> dict[str, Any]:
    path = shipped("templates") / "forms" / "g-28" / "2018-09-17.yaml"
    form = read_form_map(path)
    assert form.additional is not None
    return {
        "form": "G-28",
        "edition": "09/17/18",
        "pages": 4,
        "answers": answers,
        "groups": [list(group) for group in form.groups],
        "additional": form.additional.model_dump(mode="json"),
    }


def filled(folder: Path, *answers: dict[str, Any]) -> FilledForm:
    return fill_form(ready_blank("g-28", "2018-09-17", folder), form_of(*answers), folder)


def text_of(path: Path, page: int) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return str(document[page - 1].get_textpage().get_text_range())
    finally:
        document.close()


def barcodes_of(path: Path) -> Iterator[str]:
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    try:
        for page in document:
            picture = page.render(scale=4.2).to_pil()
            foot = picture.crop((0, int(picture.height * 0.93), *picture.size))
            yield from (one.text for one in zxingcpp.read_barcodes(foot))
    finally:
        document.close()


def box(width: float = 100.0, height: float = 18.0, **more: Any) -> Box:  # noqa: ANN401
    return Box("box", 1, BoxKind.TEXT, (0.0, 0.0, width, height), **more)


def test_values_stand_on_the_pages_and_in_the_file_that_can_be_edited(tmp_path: Path) -> None:
    made = filled(
        tmp_path,
        answer(FAMILY, "Achterberg"),
        answer(ATTORNEY, state="Y"),
        answer(SUITE, state="STE"),
        answer(STATE, "IL"),
        answer(ACCOUNT, "012345678901"),
    )
    fields = PdfReader(made.filled).get_fields() or {}

    assert made.pages == 4
    assert "Achterberg" in text_of(made.pages_file, 1)
    assert fields[FAMILY]["/V"] == "Achterberg"
    assert fields[SUITE]["/V"] == "/ STE "
    assert fields[STATE]["/V"] == "IL"


def test_neither_file_has_xfa_or_usage_rights(tmp_path: Path) -> None:
    made = filled(tmp_path, answer(FAMILY, "Achterberg"))

    for path in (made.filled, made.pages_file):
        root = plain(PdfReader(path).trailer["/Root"])
        assert "/Perms" not in root
        form = plain(root.get("/AcroForm", {}))
        assert not {"/XFA", "/SigFlags", "/NeedAppearances"} & set(form)


def test_flattened_pages_have_no_fields_left(tmp_path: Path) -> None:
    made = filled(tmp_path, answer(FAMILY, "Achterberg"))

    assert not any("/Annots" in page for page in PdfReader(made.pages_file).pages)
    assert not PdfReader(made.pages_file).get_fields()


def test_every_barcode_can_still_be_read(tmp_path: Path) -> None:
    made = filled(tmp_path, answer(FAMILY, "Achterberg"))

    expected = [f"G-28|09/17/18|{page}" for page in range(1, 5)]
    assert list(barcodes_of(made.pages_file)) == expected
    assert list(barcodes_of(made.filled)) == expected


@pytest.mark.parametrize("form", EDITIONS)
def test_every_page_of_every_form_says_its_edition_when_it_is_filled(
    form: str, tmp_path: Path
) -> None:
    made, *_ = filled_forms(tmp_path, maximal(), form)
    context = made.planned.context or {}

    pages = range(1, context["pages"] + 1)
    expected = [f"{context['form']}|{context['edition']}|{page}" for page in pages]
    assert list(barcodes_of(made.made.pages_file)) == expected


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    made = [filled(folder, answer(FAMILY, "Achterberg")) for folder in folders]

    assert made[0].filled.read_bytes() == made[1].filled.read_bytes()
    assert made[0].pages_file.read_bytes() == made[1].pages_file.read_bytes()


def test_a_filled_form_is_its_blank_and_what_was_changed_after_it(tmp_path: Path) -> None:
    made = filled(tmp_path, answer(FAMILY, "Achterberg"), answer(ATTORNEY, state="Y"))
    blank = ready_blank("g-28", "2018-09-17", tmp_path).fillable.read_bytes()
    written = made.filled.read_bytes()

    assert written.startswith(blank)
    # two fields, their looks, and the face with its program and its description
    assert written[len(blank) :].count(b" obj\n") == 7
    with pikepdf.open(made.filled) as opened:
        assert list(opened.check_pdf_syntax()) == []


def test_the_pages_of_a_form_carry_neither_its_fields_nor_its_structure(tmp_path: Path) -> None:
    made = filled(tmp_path, answer(FAMILY, "Achterberg"))

    with pikepdf.open(made.pages_file) as opened:
        kinds = {str(one.get("/Type", "")) for one in opened.objects if hasattr(one, "get")}
        assert not kinds & {"/Annot", "/StructElem", "/StructTreeRoot"}
        assert list(opened.check_pdf_syntax()) == []


def test_an_answer_that_is_too_long_is_carried_to_additional_information(tmp_path: Path) -> None:
    made = filled(tmp_path, answer(COUNTRY, LONG))
    fields = PdfReader(made.filled).get_fields() or {}

    assert fields[COUNTRY]["/V"] == "See Part 6"
    assert made.placed.carried == ["Part 1, Item 3.h: Country: the answer is carried to Part 6"]
    values = {name.split(".")[-1]: str(field.get("/V", "")) for name, field in fields.items()}
    assert values["Pt9Line3a_PageNumber[0]"] == "1"
    assert values["Pt9Line3b_PartNumber[0]"] == "1"
    assert values["Pt9Line3c_ItemNumber[0]"] == "3.h"
    assert values["Pt9Line3d_AdditionalInfo[0]"].replace("\n", " ") == LONG


def test_what_fits_on_no_page_of_the_form_goes_to_an_addendum(tmp_path: Path) -> None:
    made = filled(tmp_path, answer(COUNTRY, "word " * 2000))

    (one,) = made.placed.addendum
    assert (one.page, one.part, one.item, one.asked) == (1, "1", "3.h", "Country")
    assert one.lines == ("word " * 2000,)
    assert (PdfReader(made.filled).get_fields() or {})[COUNTRY]["/V"] == "See addendum"


def test_what_comes_after_a_text_that_is_too_long_still_finds_its_block(tmp_path: Path) -> None:
    long = answer(COUNTRY, "word " * 2000)
    made = filled(tmp_path, long, answer(FAMILY, LONG, item="2.a", asked="Family Name"))

    assert [one.item for one in made.placed.addendum] == ["3.h"]
    assert made.placed.carried == ["Part 1, Item 2.a: Family Name: the answer is carried to Part 6"]


def test_answers_of_one_item_share_a_block_and_say_which_they_are(tmp_path: Path) -> None:
    street = f"{G28}Line3a_StreetNumber[0]"
    made = filled(
        tmp_path,
        answer(COUNTRY, LONG, label="Country"),
        answer(street, "1 " + "Long " * 10, label="Street"),
    )
    fields = PdfReader(made.filled).get_fields() or {}

    block = fields["form1[0].#subform[3].Pt9Line3d_AdditionalInfo[0]"]["/V"].replace("\n", " ")
    assert block.startswith("Street: 1 Long")
    assert block.endswith(f"Long Country: {LONG}")
    assert "/V" not in fields["form1[0].#subform[3].Pt9Line4d_AdditionalInfo[0]"]


def test_no_block_begins_with_an_empty_line(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"Paragraph {number}." for number in range(12))
    made = filled(tmp_path, answer(COUNTRY, paragraphs))

    blocks = [one.value for one in made.placed.written if "AdditionalInfo" in one.box.name]
    assert len(blocks) == 2
    assert all(block.startswith("Paragraph") for block in blocks)


WORDS = st.text(st.sampled_from("abcdefgh -,.é'"), min_size=1, max_size=400).map(str.strip)
ITEMS = st.sampled_from(["2.a", "3.a", "3.c", "3.h"])
FIELDS = {
    "2.a": FAMILY,
    "3.a": f"{G28}Line3a_StreetNumber[0]",
    "3.c": f"{G28}Line3c_CityOrTown[0]",
    "3.h": COUNTRY,
}


@given(told=st.dictionaries(ITEMS, WORDS.filter(bool), min_size=1))
@settings(max_examples=200, deadline=None)
def test_every_letter_of_every_answer_stands_somewhere(told: dict[str, str]) -> None:
    """Whatever the length: in the box, in Additional Information, or on an addendum; once."""
    answers = [answer(FIELDS[item], text, item=item) for item, text in told.items()]
    placed = place(form_of(*answers), g28_boxes())

    shown = {one.box.name: one.value for one in placed.written}
    blocks = form_of()["additional"]["blocks"]
    carried = {shown[block["item"]]: "" for block in blocks if block["item"] in shown}
    for block in blocks:
        if block["item"] in shown:
            carried[shown[block["item"]]] += shown[block["text"]]
    sheets = {one.item: "".join(one.lines) for one in placed.addendum}
    for item, text in told.items():
        places = [
            bare
            for bare in (shown.get(FIELDS[item], ""), carried.get(item, ""), sheets.get(item, ""))
            if "".join(bare.split()) == "".join(text.split())
        ]
        assert len(places) == 1, item


@cache
def g28_boxes() -> Mapping[str, Box]:
    return boxes_of(open_blank(blank_form("g-28", "2018-09-17"), "G-28"))


def test_a_heading_that_the_block_cannot_hold_stops(tmp_path: Path) -> None:
    with pytest.raises(FieldUnknownError, match=r'too short for "1\.a to 3\.c"'):
        filled(tmp_path, answer(COUNTRY, LONG, item="1.a to 3.c"))


def test_letters_that_the_form_cannot_print_are_never_replaced(tmp_path: Path) -> None:
    made = filled(tmp_path, answer(FAMILY, "Данешпур"))

    assert made.placed.written == []
    assert "has letters that the form cannot print" in made.placed.unplaced[0]


def test_accents_and_apostrophes_are_printed(tmp_path: Path) -> None:
    made = filled(tmp_path, answer(FAMILY, "D’Ávila-Núñez"))

    assert "D’Ávila-Núñez" in text_of(made.pages_file, 1).replace("\ufffe", "-")


def test_a_choice_that_the_form_does_not_offer_names_those_that_it_does(tmp_path: Path) -> None:
    with pytest.raises(ChoiceUnknownError, match=r'does not offer "Illinois"\..*it offers: AA, AE'):
        filled(tmp_path, answer(STATE, "Illinois"))


def test_two_ticks_in_one_group_stop(tmp_path: Path) -> None:
    floor = f"{G28}Line3b_Unit[1]"

    with pytest.raises(FormProofError, match="is one of a group of which 2 are ticked"):
        filled(tmp_path, answer(SUITE, state="STE"), answer(floor, state="FLR"))


def test_a_blank_of_another_edition_stops(tmp_path: Path) -> None:
    form = {**form_of(answer(FAMILY, "Achterberg")), "edition": "05/23/18"}

    with pytest.raises(FormProofError, match=r'page 1.*has no barcode "G-28\|05/23/18\|1"'):
        fill_form(ready_blank("g-28", "2018-09-17", tmp_path), form, tmp_path)


def test_pages_that_lost_a_barcode_are_refused(tmp_path: Path) -> None:
    """A flattening that dropped it from blank and filled form alike would compare as equal."""
    blank = blank_form("g-28", "2018-09-17")
    writer = open_blank(blank, "G-28")
    boxes = tuple(boxes_of(writer).values())
    for page in writer.pages:
        page.pop("/Annots")
    writer.write(tmp_path / "bare.pdf")

    with pytest.raises(FormProofError, match="is not printed as in the blank"):
        prove_barcodes_printed(blank, tmp_path / "bare.pdf", "G-28", boxes)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (answer("nowhere", "x"), "which the blank does not have"),
        (answer(ATTORNEY, state="N"), 'which has no state "N"'),
    ],
)
def test_a_map_that_does_not_fit_the_blank_stops(
    wrong: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(FieldUnknownError, match=sentence):
        filled(tmp_path, wrong)


def test_a_field_that_is_filled_twice_stops(tmp_path: Path) -> None:
    with pytest.raises(FormProofError, match="was filled twice"):
        filled(tmp_path, answer(FAMILY, "One"), answer(FAMILY, "Two"))


def test_a_form_whose_value_does_not_show_is_refused(tmp_path: Path) -> None:
    blank = blank_form("g-28", "2018-09-17")
    boxes = boxes_of(open_blank(blank, "G-28"))
    written = place(form_of(answer(FAMILY, "Achterberg")), boxes).written
    before, after = _flat(blank, tmp_path / "before.pdf"), _flat(blank, tmp_path / "after.pdf")

    with pytest.raises(FormProofError, match="shows nothing on the page"):
        prove(before, after, "G-28", written)


def test_a_form_that_changed_outside_of_its_boxes_is_refused(tmp_path: Path) -> None:
    blank = blank_form("g-28", "2018-09-17")
    made = filled(tmp_path, answer(FAMILY, "Achterberg"), answer(COUNTRY, "France"))
    only_one = [one for one in made.placed.written if one.box.name == FAMILY]

    with pytest.raises(FormProofError, match="changed the page outside of its box"):
        prove(_flat(blank, tmp_path / "before.pdf"), made.pages_file, "G-28", only_one)


def test_a_form_that_shows_another_value_is_refused(tmp_path: Path) -> None:
    blank = blank_form("g-28", "2018-09-17")
    made = filled(tmp_path, answer(FAMILY, "Achterberg"))
    meant = place(
        form_of(answer(FAMILY, "Achterburg")), boxes_of(open_blank(blank, "G-28"))
    ).written

    with pytest.raises(FormProofError, match="does not show its whole value"):
        prove(_flat(blank, tmp_path / "before.pdf"), made.pages_file, "G-28", meant)


def test_the_letters_of_a_page_are_read_once_for_all_of_its_fields(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    reading = pypdfium2.PdfPage.get_textpage

    def get_textpage(page: pypdfium2.PdfPage) -> pypdfium2.PdfTextPage:
        read.append(page)
        return reading(page)

    monkeypatch.setattr(pypdfium2.PdfPage, "get_textpage", get_textpage)
    filled(tmp_path, answer(FAMILY, "Achterberg"), answer(COUNTRY, "France"))

    assert len(read) == 1


def _flat(blank: Path, target: Path) -> Path:
    kept = target.with_suffix(".kept.pdf")
    open_blank(blank, "G-28").write(kept)
    flatten(PdfReader(kept), target)
    return target


def test_a_damaged_blank_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "g-28.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")

    with pytest.raises(BlankUnreadableError, match=r"G-28 cannot be read\. Download it again"):
        open_blank(path, "G-28")


@pytest.mark.parametrize(
    ("text", "wide", "stretch"),
    [("short", 100.0, 100.0), ("sixteen letters.", 100.0, 100.0), ("a" * 20, 100.0, 80.0)],
)
def test_a_long_value_is_squeezed_a_little(text: str, wide: float, stretch: float) -> None:
    runs = laid_out(text, box(wide), 18)

    assert runs is not None
    assert [round(run.stretch) for run in runs] == [stretch]


def test_a_value_is_never_squeezed_beyond_legibility() -> None:
    assert laid_out("a" * 22, box(100.0), 18) is None


def test_a_value_longer_than_its_field_takes_does_not_fit() -> None:
    assert laid_out("123456", box(max_length=5), 18) is None


def test_each_letter_stands_in_the_middle_of_its_cell() -> None:
    runs = laid_out("012", box(90.0, max_length=9, is_comb=True), 18)

    assert runs is not None
    assert [(run.text, run.x) for run in runs] == [("0", 2.0), ("1", 12.0), ("2", 22.0)]


def test_lines_stand_at_the_pitch_of_the_printed_rules() -> None:
    ruled = box(64.0, 54.0, is_multiline=True)
    runs = laid_out("one two three four", ruled, 18)

    assert runs is not None
    assert [(run.text, run.y) for run in runs] == [("one two", 41.0), ("three four", 23.0)]
    assert laid_out("a\nb\nc\nd", ruled, 18) is None


def test_a_word_that_is_a_little_too_long_for_a_line_is_squeezed_and_not_broken() -> None:
    ruled = box(64.0, 54.0, is_multiline=True)  # ten letters a line
    runs = laid_out("a twelveletter b", ruled, 18)

    assert runs is not None
    assert [(run.text, round(run.stretch)) for run in runs] == [
        ("a", 100),
        ("twelveletter", 83),
        ("b", 100),
    ]
    assert lines_of("fourteenlettersandmore", ruled) == ["fourteenle", "ttersandmo", "re"]


@pytest.mark.parametrize(("align", "x"), [(0, 2.0), (1, 38.0), (2, 74.0)])
def test_a_value_is_aligned_as_its_field_says(align: int, x: float) -> None:
    runs: Sequence[Any] | None = laid_out("four", box(align=align), 18)

    assert runs is not None
    assert [run.x for run in runs] == [x]
