"""Small evidence files as offices have them, sound and broken."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import ExifTags, Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)
from reportlab.pdfgen import canvas

FILES = Path(__file__).parent / "files"
RED, BLUE = (220, 20, 20), (20, 20, 220)
_LYING = {  # how a camera's sensor stores an upright picture, by the orientation that it notes
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def pdf(pages: int = 2, words: str = "Letter of Dr. Osei") -> bytes:
    """Make a PDF of some pages, each with its number in its text."""
    stream = BytesIO()
    drawing = canvas.Canvas(stream, pagesize=(612, 792), invariant=1, pageCompression=1)
    for number in range(1, pages + 1):
        drawing.drawString(72, 700, f"{words}, page {number}")
        drawing.showPage()
    drawing.save()
    return stream.getvalue()


def changed_pdf(change: Callable[[PdfWriter], None], content: bytes | None = None) -> bytes:
    """Make a PDF in which something was changed through pypdf."""
    writer = PdfWriter(clone_from=BytesIO(content or pdf()))
    change(writer)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def annotation(kind: str, **entries: PdfObject) -> DictionaryObject:
    """Make an annotation at a fixed place."""
    made = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(f"/{kind}"),
            NameObject("/Rect"): ArrayObject(FloatObject(side) for side in (72, 500, 272, 520)),
        }
    )
    made.update({NameObject(f"/{key}"): value for key, value in entries.items()})
    return made


def with_annotations(*made: DictionaryObject) -> bytes:
    """Make a PDF whose second page carries these annotations."""

    def change(writer: PdfWriter) -> None:
        references = ArrayObject(_added(writer, item) for item in made)
        writer.pages[1][NameObject("/Annots")] = references

    return changed_pdf(change)


def _added(writer: PdfWriter, part: DictionaryObject) -> PdfObject:
    """Add an annotation, with the streams that it holds as objects of their own."""
    for key, value in part.items():
        if isinstance(value, DictionaryObject):
            part[NameObject(key)] = _added(writer, value)
    return writer._add_object(part)


def appearance(drawing: bytes = b"0 0 1 rg 0 0 200 20 re f") -> DictionaryObject:
    """Make an appearance dictionary with one drawing."""
    form = DecodedStreamObject()
    form.set_data(drawing)
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(side) for side in (0, 0, 200, 20))
    return DictionaryObject({NameObject("/N"): form})


def with_fields(*widgets: DictionaryObject, needs_appearances: bool = False) -> bytes:
    """Make a PDF form whose fields stand on page 2."""

    def change(writer: PdfWriter) -> None:
        references = ArrayObject(_added(writer, item) for item in widgets)
        writer.pages[1][NameObject("/Annots")] = references
        writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
            {
                NameObject("/Fields"): references,
                NameObject("/NeedAppearances"): BooleanObject(needs_appearances),
            }
        )

    return changed_pdf(change)


def field(kind: str, value: PdfObject, *, flags: int = 0, **entries: PdfObject) -> DictionaryObject:
    """Make a form field that is its own widget."""
    return annotation(
        "Widget",
        FT=NameObject(f"/{kind}"),
        T=TextStringObject(f"field {len(entries)}"),
        V=value,
        Ff=NumberObject(flags),
        **entries,
    )


def locked_pdf(user: str, owner: str = "for the office", algorithm: str = "AES-256") -> bytes:
    """Make an encrypted PDF."""
    return changed_pdf(lambda writer: writer.encrypt(user, owner, algorithm=algorithm))


def upright_picture(width: int = 90, height: int = 60) -> Image.Image:
    """Make a picture that is red at its upper left and blue at its lower right."""
    image = Image.new("RGB", (width, height), "white")
    image.paste(RED, (0, 0, width // 3, height // 2))
    image.paste(BLUE, (width - width // 3, height // 2, width, height))
    return image


def exif(orientation: int = 1, *, with_location: bool = True) -> Image.Exif:
    """Make the metadata of a phone photo."""
    made = Image.Exif()
    made[ExifTags.Base.Orientation] = orientation
    made[ExifTags.Base.Model] = "Invented Phone 3"
    if with_location:
        made.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (12.0, 34.0, 56.0)})
        made[ExifTags.IFD.GPSInfo] = 0  # else Pillow 13 leaves the location out of a TIFF
    return made


def sideways(orientation: int, image: Image.Image | None = None) -> Image.Image:
    """Lay a picture as a camera stores it that notes this orientation."""
    upright = image or upright_picture()
    return upright.transpose(_LYING[orientation]) if orientation in _LYING else upright


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Encode a picture."""
    stream = BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Make a zip archive."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member, content in members.items():
            archive.writestr(zipfile.ZipInfo(member), content)
    return stream.getvalue()


def rendered(path: Path, page: int = 1, *, with_annotations: bool = False) -> Image.Image:
    """Draw a page as pdfium shows it, 72 pixels an inch."""
    with pypdfium2.PdfDocument(path) as document:
        if with_annotations:
            document.init_forms()
        bitmap = document[page - 1].render(scale=1, draw_annots=with_annotations)
        image: Image.Image = bitmap.to_pil().convert("RGB")
        return image


def reread(path: Path) -> PdfReader:
    """Open a PDF that was made."""
    return PdfReader(BytesIO(path.read_bytes()))
