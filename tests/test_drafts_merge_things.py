"""What stands beside words in her copy: notes, boxes, lists, styles, controls, sections, cells."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from PIL import Image

from packet_builder.documents.word.word import W, Word, open_word, packed, word_of
from packet_builder.drafts.blocks import Deed
from packet_builder.drafts.inline import Reader
from packet_builder.drafts.marks import AUTHOR
from packet_builder.drafts.merge import Merged, Version, merge
from packet_builder.drafts.resolve import accepted
from tests.draft_cases import HER, rich
from tests.ooxml_order import disorder
from tests.word_bodies import (
    DEL,
    WHO,
    deleted,
    document,
    inserted,
    paragraph,
    row,
    table,
)
from tests.word_samples import (
    add,
    add_footnotes,
    blank,
    define_list,
    note,
    numbered,
    run,
    saved,
    xml,
)

SECTION = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'


def merged(base: Word, edited: Word, new: Word) -> tuple[Word, Merged]:
    result = merge(Version(base, {}), edited, Version(new, {}), dt.date(2026, 12, 1))
    after = edited if result.content is None else word_of(result.content, "merged")
    assert [each for part in after.trees for each in disorder(after.trees[part])] == []
    return after, result


def bodies(folder: Path, base: str, hers: str, new: str) -> tuple[Word, Merged]:
    return merged(*(document(folder, body) for body in (base, hers, new)))


def says(word: Word) -> list[str]:
    clean = word_of(packed(accepted(word)), "clean")
    reader = Reader(clean)
    lines = [reader.text(each) for each in clean.body.iter(f"{W}p")]
    return [line for line in lines if line]


def deeds(result: Merged) -> list[Deed]:
    return [entry.deed for entry in result.entries]


def words(*texts: str) -> str:
    return "".join(paragraph(run(text)) for text in texts)


def test_her_own_insertion_is_cut_where_ours_falls_into_it(tmp_path: Path) -> None:
    hers = paragraph(run("He is ") + inserted("a very good nurse of 34 years") + run("."))

    after, result = bodies(
        tmp_path,
        words("He is a good nurse of 34 years."),
        hers,
        words("He is a good nurse of 35 years."),
    )

    assert deeds(result) == [Deed.MERGED]
    assert says(after) == ["He is a very good nurse of 35 years."]
    marks = [
        (mark.get(f"{W}author"), "".join(t.text or "" for t in mark.iter(f"{W}t", f"{W}delText")))
        for mark in after.body.iter(f"{W}ins")
    ]
    assert marks == [(HER, "a very good nurse of 34"), (AUTHOR, "35"), (HER, " years")]


def test_what_she_struck_out_is_not_struck_out_again(tmp_path: Path) -> None:
    base = words("First.", "Second goes away.", "Third.")
    hers = words("First.") + paragraph(deleted("Second goes away."), DEL) + words("Third.")

    after, result = bodies(tmp_path, base, hers, words("First.", "Third."))

    assert result.content is None
    assert says(after) == ["First.", "Third."]


def test_a_passage_that_she_struck_out_and_the_facts_changed_is_a_conflict(tmp_path: Path) -> None:
    base = words("First.", "The fee is $630.", "Third.")
    hers = words("First.") + paragraph(deleted("The fee is $630."), DEL) + words("Third.")

    after, result = bodies(tmp_path, base, hers, words("First.", "The fee is $650.", "Third."))

    assert deeds(result) == [Deed.CONFLICT]
    assert says(after) == ["First.", "Third."]


def test_the_end_of_a_section_never_goes(tmp_path: Path) -> None:
    ending = paragraph(run("The section ends here with these words."), layout=SECTION)

    after, result = bodies(
        tmp_path,
        words("A.") + ending + words("B."),
        words("A!") + ending + words("B."),
        words("A.", "B."),
    )

    assert deeds(result) == [Deed.CONFLICT]
    assert "The section ends here with these words." in says(after)


def test_a_row_with_other_columns_is_a_conflict(tmp_path: Path) -> None:
    base = table(row("Ada", "Elm Street"), row("Ben", "Oak Street"))
    hers = table(row("Ada", "Elm Street", "hers"), row("Ben", "Oak Street"))
    new = table(row("Ada", "Elm Road"), row("Ben", "Oak Road"))

    after, result = bodies(tmp_path, base, hers, new)

    assert sorted(deeds(result)) == [Deed.CONFLICT, Deed.UPDATED]
    assert says(after) == ["Ada", "Elm Street", "hers", "Ben", "Oak Road"]
    (comment,) = after.trees["word/comments.xml"]
    assert "a table row has other columns" in "".join(t.text or "" for t in comment.iter(f"{W}t"))


def control(inner: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'
    )


def test_words_in_a_control_around_paragraphs_are_merged_and_a_new_control_comes_as_text(
    tmp_path: Path,
) -> None:
    base = control(words("In it are 34 words.", "And more.")) + words("End.")
    hers = control(words("In it are 34 words, surely.", "And more.")) + words("End.")
    new = (
        control(words("In it are 35 words.", "And more."))
        + control(words("Wholly new."))
        + words("End.")
    )

    after, result = bodies(tmp_path, base, hers, new)

    assert sorted(deeds(result)) == [Deed.INSERTED, Deed.MERGED]
    assert says(after) == ["In it are 35 words, surely.", "And more.", "Wholly new.", "End."]
    assert len(list(after.body.iter(f"{W}sdt"))) == 1


def box(text: str) -> str:
    return paragraph(
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"<w:txbxContent>{words(text)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def test_a_text_box_that_only_the_facts_changed_is_tracked(tmp_path: Path) -> None:
    after, result = bodies(tmp_path, box("Age 34"), box("Age 34") + words("More."), box("Age 35"))

    assert deeds(result) == [Deed.UPDATED]
    assert "Age 35" in says(after)


def test_a_text_box_that_both_changed_is_a_conflict(tmp_path: Path) -> None:
    after, result = bodies(tmp_path, box("Age 34"), box("Her age: 34"), box("Age: 35 years"))

    assert deeds(result) == [Deed.CONFLICT]
    assert "Her age: 34" in says(after)


def test_a_link_and_a_bookmark_of_a_new_passage_come_as_text(tmp_path: Path) -> None:
    link = f'<w:hyperlink w:anchor="m">{run("the report")}</w:hyperlink>'
    mark = '<w:bookmarkStart w:id="1" w:name="m"/><w:bookmarkEnd w:id="1"/>'
    new = words("A.") + paragraph(mark + run("See ") + link + deleted("old") + inserted("."))

    after, result = bodies(tmp_path, words("A.", "B."), words("A!", "B."), new + words("B."))

    assert deeds(result) == [Deed.INSERTED]
    assert says(after) == ["A!", "See the report.", "B."]
    assert not list(after.body.iter(f"{W}hyperlink", f"{W}bookmarkStart"))
    assert {mark.get(f"{W}author") for mark in after.body.iter(f"{W}ins")} == {AUTHOR}


def noted(folder: Path, *notes: str, body: str = "Text.", more: bool = False) -> Word:
    made = blank()
    if notes:
        add_footnotes(made, list(notes))
    made.add_paragraph(body)
    if more:
        add(made.add_paragraph("A new passage"), note(len(notes)) + run("."))
    made.add_paragraph("The end.")
    return open_word(saved(made, folder / f"{len(list(folder.iterdir()))}.docx"))


def test_a_note_of_a_new_passage_comes_into_her_notes(tmp_path: Path) -> None:
    after, result = merged(
        noted(tmp_path, "one"),
        noted(tmp_path, "one", "hers", body="Her text."),
        noted(tmp_path, "one", "ours", more=True),
    )

    assert deeds(result) == [Deed.INSERTED]
    (mark,) = after.body.iter(f"{W}footnoteReference")
    notes = {each.get(f"{W}id"): each for each in after.trees["word/footnotes.xml"]}
    text = "".join(t.text or "" for t in notes[mark.get(f"{W}id")].iter(f"{W}t"))
    assert text.strip() == "ours"
    assert len(notes) == 5


def test_a_note_of_a_new_passage_comes_in_brackets_where_she_has_no_notes(tmp_path: Path) -> None:
    after, _ = merged(
        noted(tmp_path), noted(tmp_path, body="Her text."), noted(tmp_path, "ours", more=True)
    )

    assert "A new passage [ours]." in says(after)


def listed(folder: Path, *items: str, style: str = "Normal", number: str = "77") -> Word:
    made = blank()
    define_list(made, [("decimal", "%1.", "")])
    if number != "77":
        numbering = made.part.numbering_part.element
        entry = f'<w:num w:numId="{number}"><w:abstractNumId w:val="77"/></w:num>'
        numbering.append(xml(entry))
    for item in items:
        paragraph_of_it = numbered(made.add_paragraph(item), 0)
        for name in paragraph_of_it._p.iter(f"{W}numId"):
            name.set(f"{W}val", number)
        paragraph_of_it.style = made.styles[style]
    return open_word(saved(made, folder / f"{len(list(folder.iterdir()))}.docx"))


def test_a_new_item_joins_her_list_whatever_its_number_is_there(tmp_path: Path) -> None:
    after, _ = merged(
        listed(tmp_path, "One", "Two"),
        listed(tmp_path, "One!", "Two", number="78"),
        listed(tmp_path, "One", "Something new", "Two"),
    )

    numbers = [each.get(f"{W}val") for each in after.body.iter(f"{W}numId")]
    assert says(after) == ["One!", "Something new", "Two"]
    assert numbers == ["78", "78", "78"]


def test_a_new_item_of_a_list_that_she_does_not_have_comes_without_a_number(
    tmp_path: Path,
) -> None:
    base, hers = (document(tmp_path, words(first, "Two")) for first in ("One", "One!"))

    after, _ = merged(base, hers, listed(tmp_path, "One", "Something new", "Two"))

    assert says(after) == ["One!", "Something new", "Two"]
    assert not list(after.body.iter(f"{W}numPr"))


def test_a_style_is_found_by_its_name_and_left_out_where_she_has_none(tmp_path: Path) -> None:
    base, hers = listed(tmp_path, "One"), listed(tmp_path, "One!")
    new = listed(tmp_path, "One", "Something new", style="Quote")
    styles = hers.parts["word/styles.xml"]
    assert styles.count(b'w:styleId="Quote"') == 1
    renamed = styles.replace(b'w:styleId="Quote"', b'w:styleId="Zitat"')
    gone = styles.replace(b'w:name w:val="Quote"', b'w:name w:val="Other"')

    found = []
    for content in (renamed, gone):
        copy = word_of(packed({**hers.parts, "word/styles.xml": content}), "hers")
        after, _ = merged(base, copy, new)
        found.append([each.get(f"{W}val") for each in after.body.iter(f"{W}pStyle")])

    assert found == [["Zitat"], []]


def test_her_change_of_layout_at_the_very_end_stays_hers(tmp_path: Path) -> None:
    change = f'<w:pPrChange {WHO}><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange>'
    last = paragraph(run("Two."), layout=f'<w:jc w:val="center"/>{change}')

    after, _ = bodies(
        tmp_path,
        words("One.", "Two."),
        words("One!") + last,
        words("One.", "Two.", "Three is new."),
    )

    assert says(after) == ["One!", "Two.", "Three is new."]
    (kept,) = after.body.iter(f"{W}pPrChange")
    assert kept.get(f"{W}author") == HER


def test_words_in_a_cell_are_merged_cell_by_cell(tmp_path: Path) -> None:
    after, result = bodies(
        tmp_path, table(row("Only", "34")), table(row("Only hers", "34")), table(row("Only", "35"))
    )

    assert deeds(result) == [Deed.UPDATED]
    assert says(after) == ["Only hers", "35"]


def test_a_second_merge_knows_the_changes_of_the_first(tmp_path: Path) -> None:
    first = [document(tmp_path, words(f"He is {age} and needs her help.")) for age in (34, 35, 36)]
    hers = document(tmp_path, words("He is 34 and badly needs her help."))
    once, _ = merged(first[0], hers, first[1])

    twice, result = merged(first[1], once, first[2])

    assert deeds(result) == [Deed.MERGED]
    assert says(twice) == ["He is 36 and badly needs her help."]


def test_a_rich_document_is_merged_with_itself_without_a_change(tmp_path: Path) -> None:
    word = open_word(rich(tmp_path / "rich.docx"))

    assert merged(word, word, word)[1] == Merged(None, ())


def test_a_picture_whose_file_is_not_there_is_left_out_of_what_is_carried(tmp_path: Path) -> None:
    blip = (
        '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="rId99"/>'
    )
    new = words("A.") + paragraph(run("Her house: ") + f"<w:r><w:drawing>{blip}</w:drawing></w:r>")

    after, result = bodies(tmp_path, words("A.", "B."), words("A!", "B."), new + words("B."))

    assert deeds(result) == [Deed.INSERTED]
    assert says(after) == ["A!", "Her house: ", "B."]
    assert not list(after.body.iter(f"{W}drawing"))


def test_a_photograph_of_a_new_passage_is_carried_with_its_kind(tmp_path: Path) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(photo, "JPEG")

    def shown(body: str, *, with_photo: bool) -> Word:
        made = blank()
        made.add_paragraph(body)
        if with_photo:
            photo.seek(0)
            made.add_paragraph("Her house: ").add_run().add_picture(photo)
        made.add_paragraph("The end.")
        return open_word(saved(made, tmp_path / f"{body}{with_photo}.docx"))

    after, _ = merged(
        shown("a", with_photo=False), shown("b", with_photo=False), shown("a", with_photo=True)
    )

    (part,) = [name for name in after.parts if name.startswith("word/media")]
    assert after.parts[part] == photo.getvalue()
    assert b'ContentType="image/jpeg"' in after.parts["[Content_Types].xml"]


@pytest.mark.parametrize(("was", "conflicts"), [("Old head", 1), ("New head", 0)])
def test_a_header_that_she_took_out_and_the_facts_changed_is_a_conflict(
    tmp_path: Path, was: str, conflicts: int
) -> None:
    def headed(head: str, body: str) -> Word:
        made = blank()
        if head:
            made.sections[0].header.paragraphs[0].text = head
        made.add_paragraph(body)
        return open_word(saved(made, tmp_path / f"{head}{body}.docx"))

    _, result = merged(headed(was, "a"), headed("", "b"), headed("New head", "a"))

    assert deeds(result) == [Deed.CONFLICT] * conflicts


def test_a_header_that_is_new_in_the_template_is_named(tmp_path: Path) -> None:
    def headed(head: str, body: str) -> Word:
        made = blank()
        if head:
            made.sections[0].header.paragraphs[0].text = head
        made.add_paragraph(body)
        return open_word(saved(made, tmp_path / f"{head}{body}.docx"))

    _, result = merged(headed("", "a"), headed("", "b"), headed("New head", "a"))

    (entry,) = result.entries
    assert (entry.ours, entry.why) == ("New head", "the attorney's copy has no such header")
