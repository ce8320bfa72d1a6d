"""The attorney's edits survive everything: properties of merging, over real documents."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from lxml import etree

from packet_builder.documents.word.word import (
    DOCUMENT,
    W,
    Word,
    open_word,
    packed,
    story_parts,
    word_of,
)
from packet_builder.drafts.blocks import Deed, Entry
from packet_builder.drafts.edits import Change
from packet_builder.drafts.inline import Reader
from packet_builder.drafts.marks import AUTHOR, first_free_number
from packet_builder.drafts.merge import Merged, Version, merge
from packet_builder.drafts.resolve import accepted, rejected
from packet_builder.drafts.three_way import Keys, Span
from tests.draft_cases import HER, LETTERS, sample_documents, versions
from tests.ooxml_order import disorder
from tests.word_canonical import canonical
from tests.word_edits import remark
from tests.word_samples import add, add_footnotes, blank, note, picture, run, saved

DAY = dt.date(2026, 12, 1)
NAMES = ("letter", "rich", *LETTERS)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    return sample_documents(tmp_path_factory.mktemp("documents"))


def merged(base: Word, edited: Word, new: Word) -> tuple[Word, Merged]:
    result = merge(Version(base, {}), edited, Version(new, {}), DAY)
    return (edited if result.content is None else word_of(result.content, "merged")), result


def texts(word: Word) -> list[str]:
    """Give what counts in body, headers and those notes that are referred to."""
    reader = Reader(word)
    parts = [part for part in story_parts(word) if "notes" not in part]
    roots = [word.trees[part] for part in parts]
    for part in word.related("footnotes"):
        notes = {each.get(f"{W}id"): each for each in word.trees[part]}
        marks = word.body.iter(f"{W}footnoteReference")
        roots += [notes[mark.get(f"{W}id")] for mark in marks if not is_gone(mark)]
    lines = [reader.text(each) for root in roots for each in root.iter(f"{W}p")]
    return [" ".join(line.split()) for line in lines if line.strip()]


def is_gone(element: etree._Element) -> bool:
    return next(element.iterancestors(f"{W}del", f"{W}moveFrom"), None) is not None


def without_ours(word: Word, before: Word) -> Word:
    """Reject what the program wrote into a document, and nothing else."""
    last = first_free_number(before.trees.values())

    def is_ours(mark: etree._Element) -> bool:
        return mark.get(f"{W}author") == AUTHOR and int(mark.get(f"{W}id", "0")) > last

    return word_of(packed(rejected(word, is_ours)), "rejected")


def parts_that_differ(one: Word, other: Word) -> list[str]:
    parts = [*story_parts(other), *other.related("comments")]
    shown = [part for part in parts if "footnotes" not in part]  # a note of ours has no mark there
    return [part for part in shown if canonical(one.trees[part]) != canonical(other.trees[part])]


def lost(words: list[str], edited: Word, after: Word) -> list[str]:
    """Name what she wrote and no longer stands there; the XML itself is looked at."""
    was, stands = standing(edited), standing(after)
    return [word for word in words if word in was and word not in stands]


def standing(word: Word) -> str:
    trees = [word.trees[part] for part in story_parts(word)]
    found = (text for tree in trees for text in tree.iter(f"{W}t") if not is_gone(text))
    return " ".join(text.text or "" for text in found)


def broken_properties(path: Path, seed: str) -> Iterator[str]:
    """Say which promises a merge of random edits breaks."""
    base, edited, new, words = versions(path, seed)
    after, result = merged(base, edited, new)
    if lost(words, edited, after):
        yield f"{seed}: words of hers are gone"
    if parts_that_differ(without_ours(after, edited), edited):
        yield f"{seed}: rejecting our changes does not give back her file"
    if found := [each for part in story_parts(after) for each in disorder(after.trees[part])]:
        yield f"{seed}: {found[0]}"
    if result.content is not None and not result.entries:
        yield f"{seed}: changed without saying so"
    alone, from_base = merged(base, base, new)
    clean = all(entry.deed is not Deed.CONFLICT for entry in from_base.entries)
    all_in = [texts(word_of(packed(accepted(each)), "accepted")) for each in (alone, new)]
    if clean and all_in[0] != all_in[1]:
        yield f"{seed}: accepting what changed does not give the new text"
    if merged(base, edited, base)[1].content is not None:
        yield f"{seed}: something changed where the facts did not"


@pytest.mark.parametrize("name", NAMES)
def test_edits_survive_every_merge(
    name: str, documents: Mapping[str, Path], request: pytest.FixtureRequest
) -> None:
    seeds = range(request.config.getoption("--draft-seeds"))

    broken = [
        each for seed in seeds for each in broken_properties(documents[name], f"{name}{seed}")
    ]

    assert broken == []


def test_the_properties_see_a_conflict_that_takes_our_side(
    documents: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ours(_: Keys, edited: Keys, new: Keys) -> tuple[Change, ...]:
        return (Change(Span(0, len(edited)), Span(0, len(new))),)

    monkeypatch.setattr("packet_builder.drafts.blocks.changes", ours)

    broken = (
        each
        for name in NAMES
        for seed in range(12)
        for each in broken_properties(documents[name], f"{name}{seed}")
    )

    assert any("words of hers are gone" in each for each in broken)


def test_a_passage_that_she_only_remarked_on_is_not_struck_out(
    tmp_path: Path,
) -> None:
    base = paper(tmp_path, "First.", "He has a supporter in Ohio.", "Last.")
    hers = tmp_path / "hers.docx"
    hers.write_bytes(packed(base.parts))
    remark(hers, "He has a supporter", "Is he still there?")

    _, result = merged(base, open_word(hers), paper(tmp_path, "First.", "Last."))

    assert [entry.deed for entry in result.entries] == [Deed.CONFLICT]


def paper(path: Path, *paragraphs: str, table: tuple[tuple[str, ...], ...] = ()) -> Word:
    """Give a document of some paragraphs, or raw XML, and a table."""
    document = blank()
    for text in paragraphs:
        paragraph = document.add_paragraph("" if text.startswith("<") else text)
        if text.startswith("<"):
            add(paragraph, text)
    if table:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in enumerate(table):
            for column, text in enumerate(cells):
                made.cell(row, column).text = text
        document.add_paragraph("After the table.")
    return open_word(saved(document, path / f"{len(list(path.iterdir()))}.docx"))


def says(word: Word) -> list[str]:
    return texts(word_of(packed(accepted(word)), "accepted"))


def deeds(result: Merged) -> list[tuple[str, str, str]]:
    return [(entry.deed.value, entry.hers, entry.ours) for entry in result.entries]


def test_a_new_age_lands_inside_a_sentence_that_she_wrote_anew(tmp_path: Path) -> None:
    base = paper(tmp_path, "Amina is a 34-year-old nurse who needs an operation by March 1, 2027.")
    hers = paper(
        tmp_path, "Amina is a 34-year-old nurse who urgently needs her operation by March 1, 2027."
    )
    new = paper(tmp_path, "Amina is a 35-year-old nurse who needs an operation by April 15, 2027.")

    after, result = merged(base, hers, new)

    assert says(after) == [
        "Amina is a 35-year-old nurse who urgently needs her operation by April 15, 2027."
    ]
    assert [entry.deed for entry in result.entries] == [Deed.MERGED]


def test_where_both_changed_the_same_words_hers_stay_and_ours_follow(tmp_path: Path) -> None:
    base = paper(tmp_path, "She earns $61,200 a year.", "The end.")
    hers = paper(tmp_path, "She earns about $60,000 a year.", "The end.")
    new = paper(tmp_path, "She earns $74,900 a year.", "The end.")

    after, result = merged(base, hers, new)

    assert says(after) == [
        "She earns about $60,000 a year.",
        "She earns $74,900 a year.",
        "The end.",
    ]
    assert deeds(result) == [
        ("conflict", "She earns about $60,000 a year.", "She earns $74,900 a year.")
    ]
    (said,) = after.trees["word/comments.xml"].iter(f"{W}t")
    assert said.text == (
        "Conflict: the attorney and the facts changed the same words. "
        "What the facts give now follows as a tracked paragraph."
    )


def test_two_changes_with_no_word_between_are_a_conflict(tmp_path: Path) -> None:
    base = paper(tmp_path, "The support is $100 monthly for her.")
    hers = paper(tmp_path, "The support is $120 monthly for her.")
    new = paper(tmp_path, "The support is $100 weekly for her.")

    _, result = merged(base, hers, new)

    assert [entry.deed for entry in result.entries] == [Deed.CONFLICT]


def test_a_passage_that_she_deleted_stays_deleted_and_its_new_facts_are_named(
    tmp_path: Path,
) -> None:
    base = paper(tmp_path, "First.", "The fee is $630.", "Last.")
    hers = paper(tmp_path, "First.", "Last.")
    new = paper(tmp_path, "First.", "The fee is $650.", "Last.")

    after, result = merged(base, hers, new)

    assert says(after) == ["First.", "Last."]
    assert deeds(result) == [("conflict", "", "The fee is $650.")]


def test_a_passage_that_she_edited_stays_where_the_facts_no_longer_give_it(tmp_path: Path) -> None:
    base = paper(tmp_path, "First.", "He has a supporter in Ohio.", "Last.")
    hers = paper(tmp_path, "First.", "He has a very good supporter in Ohio.", "Last.")
    new = paper(tmp_path, "First.", "Last.")

    after, result = merged(base, hers, new)

    assert says(after) == ["First.", "He has a very good supporter in Ohio.", "Last."]
    assert [entry.deed for entry in result.entries] == [Deed.CONFLICT]


def test_rows_come_and_go_and_change_as_tracked_changes(tmp_path: Path) -> None:
    def rows(*names: str) -> tuple[tuple[str, ...], ...]:
        return tuple((name, f"{name} Street") for name in names)

    base = paper(tmp_path, "Top.", table=rows("Ada", "Ben", "Cleo"))
    hers = paper(tmp_path, "Top, edited.", table=rows("Ada", "Ben", "Cleo"))
    new = paper(tmp_path, "Top.", table=rows("Ada", "Cleo", "Dora"))

    after, result = merged(base, hers, new)

    rows_now = ["Ada", "Ada Street", "Cleo", "Cleo Street", "Dora", "Dora Street"]
    assert says(after) == ["Top, edited.", *rows_now, "After the table."]
    assert sorted(deed for deed, _, _ in deeds(result)) == ["deleted", "inserted"]


def test_a_paragraph_at_the_very_end_is_written_as_word_writes_it(tmp_path: Path) -> None:
    base, hers = paper(tmp_path, "One.", "Two."), paper(tmp_path, "One!", "Two.")
    new = paper(tmp_path, "One.", "Two.", "Something new.", "And more of it.")

    after, _ = merged(base, hers, new)

    ends = [each.find(f"{W}pPr/{W}rPr/{W}ins") is not None for each in after.body.iter(f"{W}p")]
    assert ends == [False, True, True, False]
    assert says(after) == ["One!", "Two.", "Something new.", "And more of it."]
    assert parts_that_differ(without_ours(after, hers), hers) == []


LETTERED = {"passport": "A", "letter": "B", "record": "C"}
MOVED = {"passport": "A", "letter": "C", "record": "D"}


def test_citations_follow_their_exhibits_those_typed_by_hand_too(tmp_path: Path) -> None:
    base = paper(tmp_path, "He is ill. See Ex. B at 3.", "The end.")
    hers = paper(
        tmp_path,
        "He is gravely ill. See Ex. B at 3.",
        "I add: Exhibits A, B at 2, and C.",
        "The end.",
    )
    new = paper(tmp_path, "He is ill. See Ex. C at 3.", "The end.")

    result = merge(Version(base, LETTERED), hers, Version(new, MOVED), DAY)

    after = word_of(result.content or b"", "merged")
    assert says(after) == [
        "He is gravely ill. See Ex. C at 3.",
        "I add: Exhibits A, C at 2, and D.",
        "The end.",
    ]
    assert {entry.deed for entry in result.entries} == {Deed.RELETTERED}
    letters = [mark.findtext(f".//{W}t") for mark in after.body.iter(f"{W}ins")]
    assert letters == ["C", "C", "D"]


def test_a_citation_of_what_is_no_longer_filed_is_a_conflict(tmp_path: Path) -> None:
    base, hers = paper(tmp_path, "A."), paper(tmp_path, "A, as Ex. C at 1 shows.")

    result = merge(Version(base, LETTERED), hers, Version(base, {"letter": "A"}), DAY)

    (entry,) = result.entries
    assert entry == Entry(
        Deed.CONFLICT, "A, as Ex. C at 1 shows.", "", "Exhibit C (record) is no longer filed"
    )


def test_a_note_that_only_the_facts_changed_is_tracked_and_one_that_both_did_is_a_conflict(
    tmp_path: Path,
) -> None:
    def noted(body: str, *notes: str) -> Word:
        document = blank()
        add_footnotes(document, list(notes))
        paragraph = document.add_paragraph(body)
        for number in range(1, len(notes) + 1):
            add(paragraph, note(number))
        return open_word(saved(document, tmp_path / f"{len(list(tmp_path.iterdir()))}.docx"))

    base = noted("Text.", "See page 3.", "See law one.")
    hers = noted("Her text.", "See page 3.", "See my law one.")
    new = noted("Text.", "See page 4.", "See law two.")

    after, result = merged(base, hers, new)

    assert says(after) == ["Her text.", "See page 4.", "See my law one."]
    assert [entry.deed for entry in result.entries] == [Deed.UPDATED, Deed.CONFLICT]


@pytest.mark.parametrize(
    ("hers", "deed", "said"),
    [("Old head", Deed.UPDATED, "New head"), ("Her head", Deed.CONFLICT, "Her head")],
)
def test_a_header_that_both_changed_is_a_conflict(
    tmp_path: Path, hers: str, deed: Deed, said: str
) -> None:
    def headed(head: str, body: str) -> Word:
        document = blank()
        document.sections[0].header.paragraphs[0].text = head
        document.add_paragraph(body)
        return open_word(saved(document, tmp_path / f"{head} {body}.docx"))

    after, result = merged(headed("Old head", "a"), headed(hers, "b"), headed("New head", "a"))

    assert [entry.deed for entry in result.entries] == [deed]
    assert said in says(after)


def test_her_own_changes_comments_and_formatting_stay_hers(documents: Mapping[str, Path]) -> None:
    base = open_word(documents["rich"])
    new = replaced(base, b"$61,200", b"$74,900")
    hers = replaced(base, b"which is enough", b"which is plenty")

    after, result = merged(base, hers, new)

    authors = {mark.get(f"{W}author") for mark in after.body.iter(f"{W}ins", f"{W}del")}
    assert authors == {HER, AUTHOR}
    assert [entry.deed for entry in result.entries] == [Deed.MERGED]
    assert "exactly and $74,900 a year, which is plenty." in " ".join(texts(after))
    assert after.parts["word/comments.xml"] == base.parts["word/comments.xml"]


def replaced(word: Word, old: bytes, new: bytes) -> Word:
    assert word.parts[DOCUMENT].count(old) == 1
    return word_of(
        packed({**word.parts, DOCUMENT: word.parts[DOCUMENT].replace(old, new)}), word.name
    )


def test_a_picture_of_a_new_passage_is_carried_into_her_copy(tmp_path: Path) -> None:
    def shown(*, with_picture: bool, body: str) -> Word:
        document = blank()
        document.add_paragraph(body)
        if with_picture:
            document.add_paragraph("Her house: ").add_run().add_picture(picture())
        document.add_paragraph("The last paragraph.")
        return open_word(saved(document, tmp_path / f"{with_picture}{body}.docx"))

    base, hers = shown(with_picture=False, body="a"), shown(with_picture=False, body="b")
    after, _ = merged(base, hers, shown(with_picture=True, body="a"))

    (part,) = [name for name in after.parts if name.startswith("word/media")]
    assert after.parts[part] == picture().getvalue()
    assert part in {link.target for link in after.relationships()}


def test_a_field_or_a_new_note_is_never_rewritten_but_set_beside_hers(tmp_path: Path) -> None:
    def noted(name: str, body: str, notes: list[str]) -> Word:
        document = blank()
        add_footnotes(document, notes)
        paragraph = document.add_paragraph(body)
        if len(notes) > 1:
            add(paragraph, note(2) + run(" More."))
        document.add_paragraph("The end.")
        return open_word(saved(document, tmp_path / name))

    base = noted("a.docx", "He is ill.", ["one"])
    hers = noted("b.docx", "He is very ill.", ["one"])
    new = noted("c.docx", "He is ill.", ["one", "two"])

    after, result = merged(base, hers, new)

    assert [entry.deed for entry in result.entries] == [Deed.CONFLICT]
    assert says(after) == ["He is very ill.", "He is ill. More.", "The end.", "two"]


def test_a_merge_gives_the_same_bytes_each_time(documents: Mapping[str, Path]) -> None:
    contents = []
    for _ in range(2):
        base, edited, new, _ = versions(documents["rich"], "again")
        contents.append(merge(Version(base, {}), edited, Version(new, {}), DAY).content)

    assert contents[0] == contents[1]
    assert contents[0] is not None
    with zipfile.ZipFile(io.BytesIO(contents[0])) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
