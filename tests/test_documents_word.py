from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from packet_builder.documents.word.errors import (
    NotWordError,
    OldWordFormatError,
    RemotePartError,
    StrictWordError,
    WordDamagedError,
    WordDoctypeError,
    WordEncryptedError,
    WordFileMissingError,
    WordLockFileError,
    WordMacroError,
    WordTooLargeError,
)
from packet_builder.documents.word.word import open_word, packed, word_of
from tests.word_samples import letter, rewritten, run, with_text, zipped

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.fixture
def docx(tmp_path: Path) -> Path:
    return with_text(tmp_path / "cover.docx", run("Dear Officer:"))


def test_a_word_document_is_opened_under_the_name_that_the_user_knows(docx: Path) -> None:
    assert open_word(docx).name == "cover.docx"
    assert open_word(docx, "Cover letter").name == "Cover letter"


def test_related_parts_are_found_by_their_relationship(tmp_path: Path) -> None:
    word = open_word(letter(tmp_path / "letter.docx"))

    assert word.related("footnotes") == ("word/footnotes.xml",)
    assert len(word.related("header")) == 2
    assert word.relationships("word/styles.xml") == ()


def test_parts_are_packed_into_the_same_bytes_each_time(docx: Path) -> None:
    word = open_word(docx)

    assert packed(word.parts) == packed(dict(word.parts))
    assert word_of(packed(word.parts), "again").parts == word.parts


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WordFileMissingError, match=r"^gone\.docx: cannot be read \(No such file"):
        open_word(tmp_path / "gone.docx")


def test_the_mark_of_an_open_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "~$cover.docx").write_bytes(b"\x05owner")

    with pytest.raises(
        WordLockFileError, match=r"leaves beside an open document.*name cover\.docx"
    ):
        open_word(tmp_path / "~$cover.docx")


def test_an_old_document_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "old.docx").write_bytes(_OLE)

    with pytest.raises(OldWordFormatError, match=r'old\.docx: .*\(\.doc\).*"Word Document'):
        open_word(tmp_path / "old.docx")


def test_a_document_with_a_password_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "secret.docx").write_bytes(_OLE + "EncryptedPackage".encode("utf-16-le"))

    with pytest.raises(WordEncryptedError, match=r"secret\.docx: .*remove the password"):
        open_word(tmp_path / "secret.docx")


@pytest.mark.parametrize("content", [b"Dear Officer,\n", b"", b"%PDF-1.7", b"{\\rtf1 x}"])
def test_a_file_that_is_no_word_document_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "text.docx").write_bytes(content)

    with pytest.raises(NotWordError, match=r"text\.docx: this is not a Word document, whatever"):
        open_word(tmp_path / "text.docx")


@pytest.mark.parametrize("part", ["[Content_Types].xml", "word/document.xml"])
def test_a_zip_archive_without_a_document_is_refused(docx: Path, part: str) -> None:
    rewritten(docx, lambda parts: parts.__delitem__(part))

    with pytest.raises(NotWordError, match="not a Word document"):
        open_word(docx)


def test_a_truncated_document_is_damaged(docx: Path) -> None:
    docx.write_bytes(docx.read_bytes()[:-400])

    with pytest.raises(WordDamagedError, match=r"damaged \(its zip archive is broken\).*repair"):
        open_word(docx)


def test_a_document_with_a_flipped_byte_is_damaged(docx: Path) -> None:
    content = bytearray(docx.read_bytes())
    content[len(content) // 2] ^= 0xFF
    docx.write_bytes(content)

    with pytest.raises(WordDamagedError, match="damaged"):
        open_word(docx)


def test_broken_xml_is_named_by_its_part(docx: Path) -> None:
    rewritten(docx, lambda parts: parts.update({"word/styles.xml": b"<w:styles>"}))

    with pytest.raises(WordDamagedError, match=r"its part word/styles\.xml cannot be read"):
        open_word(docx)


def test_a_document_part_without_a_body_is_damaged(docx: Path) -> None:
    rewritten(docx, lambda parts: parts.update({"word/document.xml": b"<html/>"}))

    with pytest.raises(WordDamagedError, match=r"word/document\.xml holds no document"):
        open_word(docx)


def test_the_strict_flavour_is_refused_with_advice(docx: Path) -> None:
    strict = b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    rewritten(docx, lambda parts: parts.update({"word/document.xml": strict}))

    with pytest.raises(StrictWordError, match="Strict Open XML"):
        open_word(docx)


def test_too_many_parts_are_refused(docx: Path) -> None:
    rewritten(docx, lambda parts: parts.update({f"x/{n}.bin": b"" for n in range(2_000)}))

    with pytest.raises(WordTooLargeError, match=r"far more than a letter needs \(2,0\d\d parts\)"):
        open_word(docx)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(docx: Path) -> None:
    rewritten(docx, lambda parts: parts.update({"word/media/big.bin": bytes(150 << 20)}))

    with pytest.raises(WordTooLargeError, match=r"\(\d{3} times its own size\)"):
        open_word(docx)


def test_more_than_two_hundred_megabytes_are_refused(docx: Path) -> None:
    rewritten(docx, lambda parts: parts.update({"word/media/big.bin": bytes(201 << 20)}))

    with pytest.raises(WordTooLargeError, match=r"\(201 MB\)"):
        open_word(docx)


def test_a_part_that_is_there_twice_is_refused(docx: Path) -> None:
    with zipfile.ZipFile(docx, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", "<other/>")

    with pytest.raises(WordDamagedError, match="one part twice"):
        open_word(docx)


def test_packing_that_word_does_not_use_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "odd.docx", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/document.xml", "<x/>")

    with pytest.raises(WordDamagedError, match="a way that Word does not use"):
        open_word(tmp_path / "odd.docx")


def test_an_encrypted_zip_entry_is_refused(docx: Path) -> None:
    content = bytearray(docx.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 8] |= 1
    docx.write_bytes(content)

    with pytest.raises(WordEncryptedError, match="password"):
        open_word(docx)


_BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{}]><w:document>&z;</w:document>'


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE x SYSTEM "http://packets.invalid/x.dtd"><x/>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>',
        _BOMB.format("".join(f'<!ENTITY z{n} "{"&a;" * 9}">' for n in range(9))),
    ],
)
def test_a_document_type_is_refused(docx: Path, content: str) -> None:
    rewritten(docx, lambda parts: parts.update({"docProps/custom.xml": content.encode()}))

    with pytest.raises(
        WordDoctypeError, match=r"can be an attack \(a document type, in docProps/custom\.xml\)"
    ):
        open_word(docx)


def _macro_part(parts: dict[str, bytes]) -> None:
    parts["word/vbaProject.bin"] = b"x"


def _macro_type(parts: dict[str, bytes]) -> None:
    types = parts["[Content_Types].xml"]
    main = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts["[Content_Types].xml"] = types.replace(
        main, b"vnd.ms-word.document.macroEnabled.main+xml"
    )


@pytest.mark.parametrize("change", [_macro_part, _macro_type])
def test_macros_are_refused(docx: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    rewritten(docx, change)

    with pytest.raises(WordMacroError, match=r"carries macros.*without enabling them"):
        open_word(docx)


def _linked(kind: str, target: str) -> Callable[[dict[str, bytes]], None]:
    link = (
        '<Relationship Id="rId99" TargetMode="External" Target="'
        f'{target}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}"/></Relationships>'
    )
    name = "word/_rels/document.xml.rels"

    def change(parts: dict[str, bytes]) -> None:
        parts[name] = parts[name].replace(b"</Relationships>", link.encode())

    return change


@pytest.mark.parametrize("kind", ["image", "oleObject", "frame", "subDocument", "header"])
def test_a_part_that_lies_outside_is_refused(docx: Path, kind: str) -> None:
    rewritten(docx, _linked(kind, "https://pictures.invalid/logo.png"))

    with pytest.raises(
        RemotePartError,
        match=rf"its {kind} lies outside the file, at https://pictures\.invalid/logo\.png",
    ):
        open_word(docx)


@pytest.mark.parametrize("kind", ["hyperlink", "attachedTemplate"])
def test_links_and_the_attached_template_may_lie_outside(docx: Path, kind: str) -> None:
    rewritten(docx, _linked(kind, "https://uscis.invalid/"))

    assert open_word(docx).relationships()[-1].external


def test_a_file_that_only_begins_like_a_zip_archive_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04 and no more")

    with pytest.raises(WordDamagedError, match="zip archive is broken"):
        open_word(tmp_path / "x.docx")


def test_an_empty_zip_archive_is_no_word_document(tmp_path: Path) -> None:
    with pytest.raises(NotWordError, match="not a Word document"):
        open_word(zipped(tmp_path / "empty.docx", {}))
