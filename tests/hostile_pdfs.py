"""PDFs that are broken, or made to break whoever opens them."""

from __future__ import annotations

from packet_builder.documents.intake.errors import (
    DecompressionBombError,
    ExhibitCutOffError,
    ExhibitEncryptedError,
    ExhibitLockedError,
    ExhibitNestedError,
    ExhibitTooLargeError,
    ExhibitUnreadableError,
    ImageTooLargeError,
    NoPagesError,
    PagesDisagreeError,
    PageSizeError,
    PartMissingError,
)
from tests import makers
from tests.hostile_case import Hostile, Make, Refused, Taken, hostile
from tests.hostile_raw import flate, image, packed, page, raw, tree
from tests.packets import stream, words

_NAME = "exhibits/letter.pdf"
_ALGORITHMS = ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256")
_BOMB = 1 << 28  # 268 MB
_SOUND = page()
_TABLE = _SOUND.rindex(b"xref\n0 ")
_REPAIRED = Taken(1, "repaired")
_NESTED = Refused(ExhibitNestedError, "without end")
_BOMBED = Refused(DecompressionBombError, "unpacks to more than 75 MB")
_ENORMOUS = b"/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceGray"
_TOO_MANY = Refused(ImageTooLargeError, "60,000 x 60,000 pixels")
_NO_SIZE = Taken(1, "had no usable size")


def _locked(user: str, algorithm: str) -> Make:
    return lambda: makers.locked_pdf(user, algorithm=algorithm)


def _cut(share: float) -> Make:
    return lambda: (content := makers.pdf(5))[: int(len(content) * share)]


def _with_table(old: bytes, new: bytes) -> Make:
    return lambda: _SOUND[:_TABLE] + _SOUND[_TABLE:].replace(old, new)


def _boxed(entries: bytes) -> Make:
    return lambda: page(page=entries)


def _nested_forms(depth: int) -> bytes:
    form = b"/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X %d 0 R>>>>"
    more = {key: stream(b"/X Do", form % (key + 1)) for key in range(10, 10 + depth)}
    more[10 + depth] = stream(b"0 g 0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 99 99]")
    return page(b"/X Do", resources=b"/XObject<</X 10 0 R>>", more=more)


def _deep_tree(depth: int) -> bytes:
    branch = b"<</Type/Pages/Count 1/Kids[%d 0 R]/Parent %d 0 R>>"
    objects = {key: branch % (key + 1, key - 1) for key in range(20, 20 + depth)}
    objects[20 + depth] = b"<</Type/Page/MediaBox[0 0 612 792]/Parent %d 0 R>>" % (19 + depth)
    return raw({1: b"<</Type/Catalog/Pages 20 0 R>>", **objects})


def _deep_bookmarks(depth: int) -> bytes:
    mark = b"<</Title(a)/Parent %d 0 R/First %d 0 R/Last %d 0 R>>"
    more = {key: mark % (key - 1, key + 1, key + 1) for key in range(11, 11 + depth)}
    more[10] = b"<</First 11 0 R/Last 11 0 R>>"
    more[11 + depth] = b"<</Title(a)/Parent %d 0 R>>" % (10 + depth)
    return page(catalog=b"/Outlines 10 0 R", more=more)


def _table_bomb() -> bytes:
    entries = b"/Type/XRef/W[1 4 2]/Size 99999999/Root 1 0 R"
    table = packed(flate(_BOMB), entries)
    return _SOUND[:_TABLE] + b"12 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, _TABLE)


def _container_bomb() -> bytes:
    content = b"%PDF-1.7\n8 0 obj\n"
    content += packed(flate(_BOMB), b"/Type/ObjStm/N 1/First 5") + b"\nendobj\n"
    rows = b"\0\0\0\0\0\xff\xff" + b"\2\0\0\0\x08\0\0" + bytes(42) + b"\1\0\0\0\x09\0\0"
    rows += b"\1%s\0\0" % len(content).to_bytes(4)
    table = stream(rows, b"/Type/XRef/W[1 4 2]/Size 10/Root 1 0 R")
    return content + b"9 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(content))


def _packed_page(filters: bytes, data: Make) -> Make:
    return lambda: page(page=b"/Contents 10 0 R", more={10: packed(data(), filters=filters)})


def _named(catalog: bytes, part: Make) -> Make:
    return lambda: page(catalog=catalog, more={10: part()})


_FACE = (
    b"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+X/FirstChar 32/LastChar 32/Widths[500]"
    b"/FontDescriptor 10 0 R>>"
)
_ABOUT_FACE = (
    b"<</Type/FontDescriptor/FontName/ABCDEF+X/Flags 32/FontFile2 11 0 R/FontBBox[0 0 1 1]"
    b"/ItalicAngle 0/Ascent 1/Descent 0/CapHeight 1/StemV 1>>"
)
_INLINE = b"q 500 0 0 500 50 100 cm BI /W 60000 /H 60000 /BPC 1 /CS /G ID \0 EI Q"
_PATTERN = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"

CASES: tuple[Hostile, ...] = (
    *hostile(
        "Passwords",
        "exhibits/bank.pdf",
        (
            *(
                (f"{name}, against changes only", _locked("", name), Taken(2, "unlocked"))
                for name in _ALGORITHMS
            ),
            *(
                (f"{name}, to open it", _locked("secret", name), Refused(ExhibitLockedError))
                for name in _ALGORITHMS
            ),
            (
                "a certificate",
                lambda: raw(
                    {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 0/Kids[]>>"},
                    b"/Root 1 0 R/Encrypt<</Filter/Adobe.PubSec/V 4/SubFilter/adbe.pkcs7.s5>>",
                ),
                Refused(ExhibitEncryptedError, "a certificate"),
            ),
        ),
    ),
    *hostile(
        "Cut off",
        _NAME,
        (
            (f"a download that stopped after {share:.0%}", _cut(share), Refused(ExhibitCutOffError))
            for share in (0.05, 0.2, 0.4, 0.6, 0.8, 0.98)
        ),
    ),
    *hostile(
        "Damaged table of contents",
        _NAME,
        (
            ("offsets that lead elsewhere", _with_table(b"\n00000000", b"\n00000009"), _REPAIRED),
            ("no table at all", _with_table(b"xref\n0 6", b"rest\n0 6"), _REPAIRED),
            ("a start beyond the end", _with_table(b"startxref\n", b"startxref\n99999"), _REPAIRED),
            ("a start that is no number", _with_table(b"startxref\n", b"startxref\nx"), _REPAIRED),
            (
                "a table that follows itself",
                _with_table(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % _TABLE),
                _REPAIRED,
            ),
            (
                "a table of a billion rows",
                _with_table(b"xref\n0 6", b"xref\n0 999999999"),
                Refused(ExhibitTooLargeError),
            ),
            ("a trailer without a root", _with_table(b"/Root", b"/Rest"), _REPAIRED),
            ("generations below zero", _with_table(b" 00000 n", b" -0001 n"), _REPAIRED),
        ),
    ),
    *hostile(
        "Circles",
        _NAME,
        (
            (
                "a branch of pages that holds itself",
                lambda: tree({2: b"<</Type/Pages/Count 2/Kids[9 0 R 2 0 R]>>"}),
                _NESTED,
            ),
            (
                "two branches that hold each other",
                lambda: tree(
                    {
                        2: b"<</Type/Pages/Count 2/Kids[3 0 R 9 0 R]>>",
                        3: b"<</Type/Pages/Count 2/Parent 2 0 R/Kids[2 0 R]>>",
                    }
                ),
                _NESTED,
            ),
            ("a page that is its own parent", _boxed(b"/Parent 3 0 R"), Taken()),
            (
                "bookmarks that follow themselves",
                lambda: page(
                    catalog=b"/Outlines 10 0 R",
                    more={
                        10: b"<</First 11 0 R/Last 11 0 R/Count 1>>",
                        11: b"<</Title(a)/Parent 10 0 R/Next 11 0 R/First 10 0 R>>",
                    },
                ),
                Taken(),
            ),
            (
                "a list of names that holds itself twice",
                _named(
                    b"/Names<</Dests 10 0 R/EmbeddedFiles 10 0 R>>",
                    lambda: b"<</Kids[10 0 R 10 0 R]>>",
                ),
                Taken(),
            ),
            (
                "a field that is its own parent",
                lambda: page(
                    page=b"/Annots[10 0 R]",
                    catalog=b"/AcroForm<</Fields[10 0 R]>>",
                    more={
                        10: b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/Rect[9 9 99 29]"
                        b"/Parent 10 0 R/Kids[10 0 R]>>"
                    },
                ),
                _NESTED,
            ),
            (
                "a drawing that draws itself",
                lambda: page(
                    b"/X Do",
                    resources=b"/XObject<</X 10 0 R>>",
                    more={
                        10: stream(
                            b"/X Do 0 0 9 9 re f",
                            b"/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X 10 0 R>>>>",
                        )
                    },
                ),
                Taken(),
            ),
            (
                "a pattern that is filled with itself",
                lambda: page(
                    b"/Pattern cs /P scn 0 0 600 700 re f",
                    resources=b"/Pattern<</P 10 0 R>>",
                    more={
                        10: stream(
                            b"/Pattern cs /P scn 0 0 9 9 re f",
                            _PATTERN + b"/Resources<</Pattern<</P 10 0 R>>>>",
                        )
                    },
                ),
                Taken(),
            ),
            (
                "a stream whose length is itself",
                lambda: page(
                    page=b"/Contents 10 0 R",
                    more={10: b"<</Length 10 0 R>>\nstream\n%s\nendstream" % words("Evidence")},
                ),
                Refused(ExhibitTooLargeError),
            ),
        ),
    ),
    *hostile(
        "Deep nesting",
        _NAME,
        (
            ("5,000 branches of pages", lambda: _deep_tree(5_000), _NESTED),
            ("5,000 drawings in one another", lambda: _nested_forms(5_000), Taken()),
            ("5,000 levels of bookmarks", lambda: _deep_bookmarks(5_000), Taken()),
            (
                "lists of lists, 50,000 deep",
                _boxed(b"/PieceInfo " + b"[" * 50_000 + b"]" * 50_000),
                Refused(ExhibitUnreadableError),
            ),
            ("100,000 states never restored", lambda: page(b"q " * 100_000 + words("A")), Taken()),
        ),
    ),
    *hostile(
        "Decompression bombs",
        _NAME,
        (
            ("a page", _packed_page(b"/FlateDecode", lambda: flate(_BOMB)), _BOMBED),
            (
                "a page that is packed twice",
                _packed_page(b"[/FlateDecode/FlateDecode]", lambda: flate(_BOMB, times=2)),
                _BOMBED,
            ),
            (
                "a page under a hundred codings",
                _packed_page(b"[%s]" % (b"/ASCIIHexDecode" * 100), lambda: b">"),
                Refused(ExhibitTooLargeError),
            ),
            (
                "a page of run lengths",
                _packed_page(b"/RunLengthDecode", lambda: b"\x81 " * 1_000_000 + b"\x80"),
                Refused(ExhibitTooLargeError, "75 MB of drawing"),
            ),
            ("a table of contents", _table_bomb, _BOMBED),
            ("a container of objects", _container_bomb, _BOMBED),
            (
                "a typeface",
                lambda: page(more={5: _FACE, 10: _ABOUT_FACE, 11: packed(flate(_BOMB))}),
                _BOMBED,
            ),
            (
                "a drawing within the page",
                lambda: page(
                    b"/X Do",
                    resources=b"/XObject<</X 10 0 R>>",
                    more={10: packed(flate(_BOMB), b"/Subtype/Form/BBox[0 0 9 9]")},
                ),
                _BOMBED,
            ),
            (
                "a colour profile",
                lambda: page(
                    b"/C cs 0 0 0 sc 0 0 9 9 re f",
                    resources=b"/ColorSpace<</C[/ICCBased 10 0 R]>>",
                    more={10: packed(flate(_BOMB), b"/N 3/Alternate/DeviceRGB")},
                ),
                _BOMBED,
            ),
            (
                "metadata, which readers unpack when they open a file",
                _named(b"/Metadata 10 0 R", lambda: packed(flate(_BOMB), b"/Subtype/XML")),
                _BOMBED,
            ),
        ),
    ),
    *hostile(
        "Pictures of absurd size",
        _NAME,
        (
            ("3,600 million pixels in a PDF", lambda: image(_ENORMOUS), _TOO_MANY),
            (
                "in a mask",
                lambda: image(
                    b"/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 11 0 R",
                    more={11: stream(b"\0", _ENORMOUS)},
                ),
                _TOO_MANY,
            ),
            (
                "in a pattern",
                lambda: page(
                    b"/Pattern cs /P scn 0 0 600 700 re f",
                    resources=b"/Pattern<</P 10 0 R>>",
                    more={
                        10: stream(b"/X Do", _PATTERN + b"/Resources<</XObject<</X 11 0 R>>>>"),
                        11: stream(b"\0", _ENORMOUS),
                    },
                ),
                _TOO_MANY,
            ),
            (
                "within the drawing",
                lambda: page(_INLINE),
                Taken(),
            ),
        ),
    ),
    *hostile(
        "Absurd page sizes",
        _NAME,
        (
            ("nothing", _boxed(b"/MediaBox[0 0 0 0]"), _NO_SIZE),
            ("words for numbers", _boxed(b"/MediaBox[/A /B /C /D]"), _NO_SIZE),
            ("too few numbers", _boxed(b"/MediaBox[0 0 612]"), _NO_SIZE),
            ("corners the wrong way round", _boxed(b"/MediaBox[612 792 0 0]"), Taken()),
            ("below zero", _boxed(b"/MediaBox[-612 -792 0 0]"), Taken()),
            ("a crop beside the page", _boxed(b"/CropBox[900 900 999 999]"), Taken()),
            ("a turn by seven degrees", _boxed(b"/Rotate 7"), Taken()),
            ("a million points", _boxed(b"/MediaBox[0 0 1000000 9]"), Refused(PageSizeError)),
            ("a unit of a mile", _boxed(b"/UserUnit 4562"), Refused(PageSizeError)),
            ("a hair's breadth", _boxed(b"/MediaBox[0 0 612 0.001]"), Refused(PageSizeError)),
            (
                "numbers of 400 digits",
                _boxed(b"/MediaBox[0 0 1%s 9]" % (b"0" * 400)),
                Refused(ExhibitTooLargeError),
            ),
        ),
    ),
    *hostile(
        "Pages that are not there",
        _NAME,
        (
            (
                "an empty list of pages",
                lambda: tree({2: b"<</Type/Pages/Count 0/Kids[]>>"}),
                Refused(NoPagesError),
            ),
            (
                "no list of pages",
                lambda: raw({1: b"<</Type/Catalog>>"}),
                Refused(ExhibitUnreadableError),
            ),
            (
                "a count of a million for one page",
                lambda: tree({2: b"<</Type/Pages/Count 1000000/Kids[9 0 R]>>"}),
                Refused(PagesDisagreeError, "a viewer shows 1000000"),
            ),
            (
                "a count below zero",
                lambda: tree({2: b"<</Type/Pages/Count -1/Kids[9 0 R]>>"}),
                Taken(),
            ),
        ),
    ),
    *hostile(
        "Missing parts",
        _NAME,
        (
            (
                "a picture that is drawn and not there",
                lambda: page(words("Evidence") + b"/Gone Do"),
                Refused(PartMissingError, "lacks a picture"),
            ),
            (
                "a picture that leads nowhere",
                lambda: page(b"/X Do", resources=b"/XObject<</X 99 0 R>>"),
                Refused(PartMissingError, "lacks a picture"),
            ),
            (
                "a drawing that leads nowhere",
                _boxed(b"/Contents 99 0 R"),
                Refused(PartMissingError, "lacks the drawing"),
            ),
            (
                "a typeface that is used and not there",
                lambda: page(b"BT /Gone 12 Tf 72 700 Td (Evidence) Tj ET"),
                Taken(1, "a typeface that is not in the file"),
            ),
            (
                "no list of parts at all",
                lambda: page(resources=b""),
                Taken(1, "a typeface that is not in the file"),
            ),
        ),
    ),
)
