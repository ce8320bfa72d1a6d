"""PDFs that are more than paper, files that are two things at once, and names of every kind."""

from __future__ import annotations

import io
import struct

from PIL import Image, ImageDraw, ImageOps
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from packet_builder.documents.intake.errors import (
    DynamicFormError,
    PortfolioError,
    TwoKindsError,
    UnsupportedKindError,
    WrongKindError,
)
from tests import makers
from tests.hostile_case import Hostile, Make, Refused, Taken, hostile
from tests.hostile_raw import image, page
from tests.packets import stream

_NAME = "exhibits/form.pdf"
_PICTURE = b"/Width 90/Height 60"
_WIDGET = b"<</Type/Annot/Subtype/Widget/Rect[72 500 272 520]/T(a)%s>>"
_SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def _annotated(annotation: bytes, *, form: bool = False) -> Make:
    catalog = b"/AcroForm<</Fields[10 0 R]>>" if form else b""
    return lambda: page(
        page=b"/Annots[10 0 R]",
        catalog=catalog,
        more={10: annotation, 11: stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 200 20]")},
    )


def _xfa_only(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): ArrayObject(), NameObject("/Fields"): ArrayObject()}
    )


def _portfolio(writer: PdfWriter) -> None:
    writer.add_attachment("a.pdf", makers.pdf())
    writer.root_object[NameObject("/Collection")] = DictionaryObject()


def _with_program(writer: PdfWriter) -> None:
    writer.add_attachment("a.exe", b"MZ")


def _signed() -> bytes:
    signature = DictionaryObject({NameObject("/Contents"): TextStringObject("0" * 64)})
    return makers.with_fields(makers.field("Sig", signature, AP=makers.appearance()))


def drawn(mode: str = "RGB") -> Image.Image:
    """Give a picture with a dark square in the middle."""
    made = Image.new("RGB", (90, 60), "white")
    ImageDraw.Draw(made).rectangle((30, 20, 60, 40), fill="black")
    return made.convert(mode)


def _fax() -> bytes:
    """Give the coded rows of a fax (ITU-T T.6), which Pillow writes as white on black."""
    negative = ImageOps.invert(drawn("L")).convert("1")
    tiff = makers.saved(negative, "TIFF", compression="group4")
    with Image.open(io.BytesIO(tiff)) as opened:
        start, length = opened.tag_v2[273][0], opened.tag_v2[279][0]  # type: ignore[attr-defined]
    return tiff[start : start + length]


def jbig2() -> bytes:
    """Give a JBIG2 picture as scanners write it: a page, and a region with the rows of a fax."""
    about = struct.pack(">IIIIBH", 90, 60, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", 90, 60, 0, 0, 0) + b"\x01" + _fax()
    parts = ((0, 48, about), (1, 39, region))
    head = ">IBBBI"
    return b"".join(
        struct.pack(head, number, kind, 0, 1, len(data)) + data for number, kind, data in parts
    )


_SCRIPTED = _WIDGET % (b"/FT/Tx/AA<</K%s>>" % _SCRIPT)
_GREY1 = _PICTURE + b"/BitsPerComponent 1/ColorSpace/DeviceGray"
_CODED = (
    ("JBIG2", lambda: image(_GREY1 + b"/Filter/JBIG2Decode", jbig2())),
    (
        "JPEG 2000",
        lambda: image(
            _PICTURE + b"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/JPXDecode",
            makers.saved(drawn(), "JPEG2000"),
        ),
    ),
    (
        "a JPEG in printing colours",
        lambda: image(
            _PICTURE + b"/ColorSpace/DeviceCMYK/BitsPerComponent 8/Filter/DCTDecode"
            b"/Decode[1 0 1 0 1 0 1 0]",
            makers.saved(drawn("CMYK"), "JPEG"),
        ),
    ),
    (
        "a fax",
        lambda: image(
            _GREY1 + b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 90/Rows 60>>", _fax()
        ),
    ),
)
_ZIP = makers.zipped({"other.txt": b"something else"})


def _zip_with_pdf() -> bytes:
    return makers.zipped({"letter.pdf": makers.pdf()})


def _word() -> bytes:
    return makers.zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


def _launching(action: bytes) -> Make:
    return _annotated(b"<</Type/Annot/Subtype/Link/Rect[72 500 272 520]/A%s>>" % action)


_REFUSED = Refused(UnsupportedKindError)
_STARTS = Taken(1, "link or field that starts a program or script")
_BY_ITSELF = Taken(1, "action that starts by itself")

CASES: tuple[Hostile, ...] = (
    *hostile(
        "Forms that only Acrobat draws",
        _NAME,
        (
            (
                "XFA without fields",
                lambda: makers.changed_pdf(_xfa_only, makers.pdf(1, "Please wait...")),
                Refused(DynamicFormError),
            ),
            (
                "XFA that must be drawn anew",
                lambda: page(
                    catalog=b"/NeedsRendering true/AcroForm<</XFA[]/Fields[10 0 R]>>",
                    more={10: _WIDGET % b"/FT/Tx"},
                ),
                Refused(DynamicFormError),
            ),
        ),
    ),
    *hostile(
        "Portfolios",
        _NAME,
        (
            (
                "a cover with files attached",
                lambda: makers.changed_pdf(_portfolio),
                Refused(PortfolioError, "attached files (1)"),
            ),
        ),
    ),
    *hostile(
        "Signed files",
        _NAME,
        (("a signature in a field", _signed, Taken(2, "signed PDF: kept as it looks")),),
    ),
    *hostile(
        "Scripts, programs and attachments",
        _NAME,
        (
            (
                "an attached program",
                lambda: makers.changed_pdf(_with_program),
                Taken(2, "1 attached file"),
            ),
            (
                "a script of the whole file",
                lambda: page(catalog=b"/Names<</JavaScript<</Names[(a)%s]>>>>" % _SCRIPT),
                Taken(1, "1 script"),
            ),
            ("a script at opening", lambda: page(catalog=b"/OpenAction" + _SCRIPT), _BY_ITSELF),
            ("a script of the page", lambda: page(page=b"/AA<</O%s>>" % _SCRIPT), _BY_ITSELF),
            (
                "a script of a field",
                _annotated(_WIDGET % (b"/FT/Tx/AA<</K%s>>" % _SCRIPT)),
                _STARTS,
            ),
            ("a link that starts a program", _launching(b"<</S/Launch/F(cmd.exe)>>"), _STARTS),
            ("a link to another machine", _launching(b"<</S/GoToR/F(\\\\\\\\x\\\\y)>>"), _STARTS),
            ("a button that sends the form", _launching(b"<</S/SubmitForm/F(http://x)>>"), _STARTS),
            ("a button that fetches data", _launching(b"<</S/ImportData/F(a.fdf)>>"), _STARTS),
            (
                "a file pinned to the page",
                _annotated(b"<</Type/Annot/Subtype/FileAttachment/Rect[9 9 29 29]>>"),
                Taken(1, "page 1: 1 attached file"),
            ),
            (
                "a film",
                _annotated(b"<</Type/Annot/Subtype/RichMedia/Rect[9 9 29 29]>>"),
                Taken(1, "page 1: 1 recording"),
            ),
        ),
    ),
    *hostile("Rare codings", "exhibits/scan.pdf", ((what, make, Taken()) for what, make in _CODED)),
    *hostile(
        "Two files in one",
        "exhibits/letter.pdf",
        (
            ("a PDF and a zip archive", lambda: makers.pdf() + _ZIP, Refused(TwoKindsError)),
            (
                "a PDF and a web page",
                lambda: b"<html><script>x</script>" + makers.pdf(),
                Refused(TwoKindsError),
            ),
            ("a PDF and a program", lambda: b"MZ\x90\0" + makers.pdf(), Refused(TwoKindsError)),
            ("a zip archive with a PDF in it", _zip_with_pdf, Refused(WrongKindError)),
        ),
    ),
    *hostile(
        "Wrong names",
        "exhibits/letter.pdf",
        (
            ("a web page", lambda: b"<!DOCTYPE html><p>x", Refused(WrongKindError)),
            ("a program", lambda: b"MZ\x90\0" + bytes(99), Refused(WrongKindError)),
            ("a Word file", _word, Refused(WrongKindError)),
            ("plain text", lambda: b"Dear Sir", Refused(WrongKindError)),
            (
                "a picture",
                lambda: makers.saved(drawn(), "PNG"),
                Taken(1, "named as a PDF, read as a PNG picture"),
            ),
        ),
    ),
    *hostile(
        "Kinds that are no paper",
        "exhibits/file",
        (
            ("an old Word file", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _REFUSED),
            ("an archive", lambda: _ZIP, _REFUSED),
            ("a film", lambda: b"\0\0\0\x18ftypmp42" + bytes(99), _REFUSED),
            ("a recording", lambda: b"ID3" + bytes(99), _REFUSED),
            ("a drawing with scripts (SVG)", lambda: b"<svg><script/></svg>", _REFUSED),
            ("a PostScript program", lambda: b"%!PS-Adobe\n{} loop", _REFUSED),
        ),
    ),
)
