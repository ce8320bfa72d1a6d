"""A picture becomes US Letter pages that show it upright, with its very pixels."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from packet_builder.documents.intake import picture as intake_picture
from packet_builder.documents.intake.errors import (
    ExhibitCutOffError,
    ExhibitUnreadableError,
    ImageTooLargeError,
    IntakeError,
    UnsupportedKindError,
)
from packet_builder.documents.intake.intake import intake
from packet_builder.documents.intake.pdf_marks import plain
from packet_builder.documents.intake.picture import Picture, placement
from packet_builder.documents.intake.taken import Intake
from tests import makers

Taker = Callable[..., Intake]
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def no_word(_source: Path, _target: Path) -> None:
    pytest.fail("a picture needs no Word engine")


@pytest.fixture
def take(tmp_path: Path) -> Taker:
    def run(content: bytes, name: str = "exhibits/photo.jpg") -> Intake:
        source = tmp_path / "source"
        source.write_bytes(content)
        taken = intake(name, source, tmp_path / "made.pdf", no_word)
        assert source.read_bytes() == content, "the original was touched"
        return taken

    return run


def image_of(path: Path, page: int = 1) -> Any:  # noqa: ANN401 - its entries are of any kind
    """Give the image object of a page."""
    resources = plain(makers.reread(path).pages[page - 1]["/Resources"])
    return plain(resources["/XObject"]["/Im0"])


def shown(path: Path, page: int = 1) -> Image.Image:
    """Cut the picture out of its page, as a viewer draws it."""
    drawn = makers.rendered(path, page)
    white = Image.new("RGB", drawn.size, "white")
    difference = Image.eval(Image.blend(drawn, white, 0.5), lambda value: 255 - value)
    return drawn.crop(difference.getbbox())


def pixels_of(path: Path, page: int = 1) -> Image.Image:
    """Decode the image object of a page as pdfium does, without placing it."""
    with pypdfium2.PdfDocument(path) as document:
        (found,) = document[page - 1].get_objects()
        image: Image.Image = found.get_bitmap(render=False).to_pil().convert("RGB")
        return image


def is_upright(image: Image.Image) -> bool:
    """Tell whether red is at the upper left, blue at the lower right, and white between."""
    right, bottom = image.width - 4, image.height - 4
    corners = ((3, 3), (right, bottom), (right, 3), (3, bottom))
    pixels = [image.crop((x, y, x + 1, y + 1)).tobytes() for x, y in corners]
    red, blue, *white = (tuple(value // 100 for value in pixel) for pixel in pixels)
    return red == (2, 0, 0) and blue in {(0, 0, 1), (0, 0, 2)} and white == [(2, 2, 2)] * 2


# Orientation and place


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_every_orientation_stands_upright(take: Taker, kind: str, orientation: int) -> None:
    lying = makers.sideways(orientation)

    taken = take(makers.saved(lying, kind, exif=makers.exif(orientation)))

    picture = shown(taken.path)
    assert is_upright(picture)
    assert picture.width == pytest.approx(picture.height * 1.5, abs=2)


def test_an_orientation_that_does_not_exist_counts_as_upright(take: Taker) -> None:
    assert is_upright(
        shown(take(makers.saved(makers.upright_picture(), "JPEG", exif=makers.exif(9))).path)
    )


def test_every_page_is_us_letter(take: Taker) -> None:
    page = makers.reread(take(makers.saved(makers.upright_picture(), "JPEG")).path).pages[0]

    assert list(page.mediabox) == [0, 0, 612, 792]
    assert "/Rotate" not in page


@pytest.mark.parametrize(
    ("pixels", "dpi", "orientation", "points"),
    [
        ((4032, 3024), None, 1, (540, 405)),  # a phone photo: within the margin
        ((4032, 3024), (72, 72), 6, (540, 720)),  # the same, upright, with a camera's empty 72 dpi
        ((1700, 2200), (200, 200), 1, (612, 792)),  # a scan of US Letter: true size
        ((1654, 2339), (200, 200), 1, (509.1, 720)),  # a scan of A4: higher than the page
        ((1013, 638), (300, 300), 1, (243.1, 153.1)),  # an ID card: true size
        ((638, 1013), (300, 300), 6, (243.1, 153.1)),
        ((1728, 1078), (204, 98), 1, (609.9, 792)),  # a coarse fax: oblong pixels
        ((750, 600), None, 1, (360, 288)),  # no resolution: 150 dpi
        ((400, 200), None, 1, (288, 144)),  # tiny: up to 4 inches
        ((100, 50), None, 1, (100, 50)),  # tinier: not below 72 dpi
        ((100, 50), (1, 1), 1, (100, 50)),  # a resolution without sense
    ],
)
def test_the_size_on_the_page(
    pixels: tuple[int, int],
    dpi: tuple[float, float] | None,
    orientation: int,
    points: tuple[float, float],
) -> None:
    a, b, c, d, _, _ = placement(Picture(*pixels, 3, 8, "", b"", orientation=orientation, dpi=dpi))

    assert (abs(a + c), abs(b + d)) == pytest.approx(points, abs=0.1)


@given(
    width=st.integers(1, 30_000),
    height=st.integers(1, 30_000),
    orientation=st.integers(1, 8),
    dpi=st.none() | st.tuples(st.floats(0.1, 10_000), st.floats(0.1, 10_000)),
)
def test_no_picture_leaves_the_page(
    width: int, height: int, orientation: int, dpi: tuple[float, float] | None
) -> None:
    a, b, c, d, x, y = placement(
        Picture(width, height, 3, 8, "", b"", orientation=orientation, dpi=dpi)
    )

    corners = [(a * u + c * v + x, b * u + d * v + y) for u in (0, 1) for v in (0, 1)]
    assert all(-0.5 <= across <= 612.5 and -0.5 <= up <= 792.5 for across, up in corners)
    assert sum(across for across, _ in corners) == pytest.approx(4 * 306)
    assert sum(up for _, up in corners) == pytest.approx(4 * 396)


# Nothing is lost


def noisy(mode: str = "RGB") -> Image.Image:
    return Image.effect_noise((64, 48), 90).convert(mode)


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"optimize": True}])
def test_a_jpeg_keeps_its_coded_pixels(take: Taker, options: dict[str, bool]) -> None:
    content = makers.saved(noisy(), "JPEG", exif=makers.exif(), comment=b"hello", **options)

    embedded = image_of(take(content).path)._data

    tables = content.index(b"\xff\xdb")
    assert embedded.endswith(content[tables:])
    with Image.open(io.BytesIO(embedded)) as ours, Image.open(io.BytesIO(content)) as theirs:
        assert ours.tobytes() == theirs.tobytes()


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_a_png_keeps_its_compressed_pixels(take: Taker, mode: str) -> None:
    image = noisy(mode)
    content = makers.saved(image, "PNG")

    taken = take(content, "scan.png")

    assert image_of(taken.path)._data in content
    assert pixels_of(taken.path).tobytes() == image.convert("RGB").tobytes()


@pytest.mark.parametrize(
    ("mode", "compression"),
    [
        ("RGB", None),
        ("RGB", "tiff_lzw"),
        ("L", "tiff_adobe_deflate"),
        ("P", None),
        ("1", "group3"),
        ("1", "group4"),
        ("1", None),
    ],
)
def test_a_tiff_keeps_its_pixels(take: Taker, mode: str, compression: str | None) -> None:
    image = noisy(mode)

    taken = take(makers.saved(image, "TIFF", compression=compression), "scan.tif")

    assert pixels_of(taken.path).tobytes() == image.convert("RGB").tobytes()


@pytest.mark.parametrize("white", [0, 1])
@pytest.mark.parametrize("fill_order", [1, 2])
def test_a_fax_stays_a_fax(take: Taker, white: int, fill_order: int) -> None:
    image = makers.upright_picture().convert("1", dither=Image.Dither.NONE)
    content = makers.saved(
        image, "TIFF", compression="group4", tiffinfo={262: white, 266: fill_order}
    )

    taken = take(content, "fax.tif")

    assert image_of(taken.path)["/Filter"] == "/CCITTFaxDecode"
    with Image.open(io.BytesIO(content)) as theirs:
        assert pixels_of(taken.path).tobytes() == theirs.convert("RGB").tobytes()


def test_a_fax_in_many_strips_is_still_whole(take: Taker) -> None:
    image = noisy("1")
    content = makers.saved(image, "TIFF", compression="group4", tiffinfo={278: 8})

    taken = take(content, "fax.tif")

    assert image_of(taken.path)["/Filter"] == "/FlateDecode"
    assert pixels_of(taken.path).tobytes() == image.convert("RGB").tobytes()


def test_every_frame_of_a_tiff_is_a_page(take: Taker) -> None:
    frames = [makers.upright_picture(), noisy("1"), makers.upright_picture(60, 90)]
    content = makers.saved(frames[0], "TIFF", save_all=True, append_images=frames[1:])

    taken = take(content, "scan.tif")

    assert (taken.pages, taken.texts) == (3, ("", "", ""))
    for page, frame in enumerate(frames, 1):
        assert pixels_of(taken.path, page).tobytes() == frame.convert("RGB").tobytes()


def test_a_jpeg_inside_a_tiff_is_shown(take: Taker) -> None:
    content = makers.saved(makers.upright_picture(), "TIFF", compression="jpeg")

    assert is_upright(shown(take(content, "scan.tif").path))


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_printing_colours_are_not_inverted(take: Taker, kind: str) -> None:
    content = makers.saved(makers.upright_picture().convert("CMYK"), kind)

    taken = take(content, "brochure")

    assert is_upright(shown(taken.path))
    assert image_of(taken.path)["/ColorSpace"] == "/DeviceCMYK"


def test_a_jpeg_of_a_rare_coding_is_coded_anew_without_loss(take: Taker) -> None:
    content = (makers.FILES / "arithmetic.jpg").read_bytes()

    taken = take(content)

    assert taken.notes == (
        "JPEG of a kind that a PDF cannot hold: its pixels are kept, its compression is not",
    )
    with Image.open(io.BytesIO(content)) as theirs:
        assert pixels_of(taken.path).tobytes() == theirs.convert("RGB").tobytes()


def test_a_jpeg_of_plain_red_green_and_blue_is_not_taken_for_another(take: Taker) -> None:
    content = makers.saved(makers.upright_picture(), "JPEG", keep_rgb=True)
    adobe = content.find(b"\xff\xee")
    if adobe >= 0:  # Pillow marks it with APP14; without, the component names must do
        content = content[:adobe] + content[adobe + 16 :]

    taken = take(content)

    assert (
        image_of(taken.path)["/DecodeParms"]["/ColorTransform"] == 0
    )  # pdfium guesses, others not
    assert is_upright(shown(taken.path))


def test_sixteen_bits_of_grey_are_kept(take: Taker) -> None:
    rows = b"".join((value * 257).to_bytes(2, "little") for value in range(256)) * 64
    image = Image.frombytes("I;16", (256, 64), rows)

    for kind in ("PNG", "TIFF"):
        taken = take(makers.saved(image, kind), "xray")
        assert image_of(taken.path)["/BitsPerComponent"] == 16
        assert taken.notes == ()
        assert pixels_of(taken.path).getpixel((200, 5)) == (200, 200, 200)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    stream = io.BytesIO()
    PngImagePlugin.putchunk(stream, kind, body)
    return stream.getvalue()


def test_sixteen_bits_with_transparency_are_brought_to_eight(take: Taker) -> None:
    header = (8).to_bytes(4) + (8).to_bytes(4) + bytes((16, 6, 0, 0, 0))
    rows = (b"\0" + b"\xff\xff\x00\x00\x00\x00\x80\x00" * 8) * 8
    content = b"\x89PNG\r\n\x1a\n" + b"".join(
        png_chunk(kind, body)
        for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )

    taken = take(content, "logo.png")

    assert taken.notes == (
        "transparent parts are shown on white",
        "16-bit colours are shown in 8 bits",
    )
    assert pixels_of(taken.path).getpixel((4, 4)) == (255, 127, 127)


def test_what_is_transparent_is_shown_on_white(take: Taker) -> None:
    image = makers.upright_picture().convert("RGBA")
    image.paste((0, 0, 0, 0), (30, 0, 60, 60))

    taken = take(makers.saved(image, "PNG"), "logo.png")

    assert taken.notes == ("transparent parts are shown on white",)
    assert pixels_of(taken.path).getpixel((45, 30)) == (255, 255, 255)
    assert is_upright(shown(taken.path))


def test_an_alpha_channel_without_transparency_is_not_mentioned(take: Taker) -> None:
    image = noisy().convert("RGBA")

    taken = take(makers.saved(image, "PNG"), "logo.png")

    assert taken.notes == ()
    assert pixels_of(taken.path).tobytes() == image.convert("RGB").tobytes()


def test_a_palette_with_a_transparent_colour_is_shown_on_white(take: Taker) -> None:
    image = makers.upright_picture().convert("P")
    content = makers.saved(image, "PNG", transparency=image.getpixel((5, 5)))

    assert pixels_of(take(content, "logo.png").path).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_the_colour_profile_is_kept(take: Taker, kind: str) -> None:
    content = makers.saved(noisy(), kind, icc_profile=SRGB)

    space = image_of(take(content, "photo").path)["/ColorSpace"]

    assert space[0] == "/ICCBased"
    assert space[1].get_object().get_data() == SRGB


def test_a_colour_profile_of_many_pages_is_kept_once(take: Taker) -> None:
    content = makers.saved(
        noisy(), "TIFF", save_all=True, append_images=[noisy()], icc_profile=SRGB
    )

    taken = take(content, "scan.tif")

    assert taken.path.read_bytes().count(SRGB) == 1
    spaces = [image_of(taken.path, page)["/ColorSpace"][1].get_object() for page in (1, 2)]
    assert spaces[0] == spaces[1]


def test_a_colour_profile_for_other_colours_is_not_used(take: Taker) -> None:
    content = makers.saved(noisy("L"), "JPEG", icc_profile=SRGB)

    assert image_of(take(content).path)["/ColorSpace"] == "/DeviceGray"


# HEIC


def test_a_heic_photo_stands_upright_once(take: Taker) -> None:
    """The file notes its turn twice, as phones do: in EXIF and for the decoder."""
    taken = take((makers.FILES / "photo.heic").read_bytes(), "photo.heic")

    picture = shown(taken.path)
    assert is_upright(picture)
    assert picture.width == pytest.approx(picture.height * 1.5, abs=2)
    assert taken.removals == ("location and camera data",)
    assert taken.notes == ("HEIC photo: converted to JPEG (quality 95, full colour resolution)",)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_a_heic_photo_cut_off_is_refused(take: Taker, share: float) -> None:
    content = (makers.FILES / "photo.heic").read_bytes()

    with pytest.raises(ExhibitUnreadableError, match=r'"photo\.heic" is damaged'):
        take(content[: int(len(content) * share)], "photo.heic")


def test_a_heic_photo_damaged_inside_is_refused(take: Taker) -> None:
    content = bytearray((makers.FILES / "photo.heic").read_bytes())
    content[430:540] = bytes(110)

    with pytest.raises(ExhibitUnreadableError, match=r'"photo\.heic" is damaged'):
        take(bytes(content), "photo.heic")


# Nothing private travels


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_location_and_camera_are_gone(take: Taker, kind: str) -> None:
    content = makers.saved(makers.upright_picture(), kind, exif=makers.exif())
    assert b"Invented Phone" in content

    taken = take(content, "photo")

    assert taken.removals == ("location and camera data",)
    assert b"Invented Phone" not in taken.path.read_bytes()
    assert b"Exif" not in taken.path.read_bytes()


def test_a_camera_without_a_location_is_called_so(take: Taker) -> None:
    data = makers.exif(with_location=False)

    taken = take(makers.saved(makers.upright_picture(), "JPEG", exif=data))

    assert taken.removals == ("camera and editing data",)


def test_a_comment_and_editing_data_are_gone(take: Taker) -> None:
    content = makers.saved(
        makers.upright_picture(), "JPEG", comment=b"for Mrs Rahimi", xmp=b"<x:xmpmeta/>"
    )

    taken = take(content)

    assert taken.removals == ("camera and editing data", "a text comment inside the picture file")
    assert b"Rahimi" not in taken.path.read_bytes()
    assert b"xmpmeta" not in taken.path.read_bytes()


def test_text_inside_a_png_is_gone(take: Taker) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Amina Rahimi")

    taken = take(makers.saved(makers.upright_picture(), "PNG", pnginfo=words), "scan.png")

    assert taken.removals == ("camera and editing data",)
    assert b"Rahimi" not in taken.path.read_bytes()


def test_what_is_appended_to_a_photo_is_gone(take: Taker) -> None:
    second = makers.saved(makers.upright_picture(30, 20), "JPEG")
    content = makers.saved(makers.upright_picture(), "JPEG") + second

    taken = take(content)

    assert taken.pages == 1
    assert taken.removals == (
        "what is appended to the photo (a second picture, a recording, any other file)",
    )
    assert second not in taken.path.read_bytes()


def test_what_is_appended_to_a_png_is_gone(take: Taker) -> None:
    taken = take(makers.saved(makers.upright_picture(), "PNG") + makers.zipped({"a": b"secret"}))

    assert taken.removals == (
        "what is appended to the photo (a second picture, a recording, any other file)",
    )
    assert b"secret" not in taken.path.read_bytes()


def test_a_phone_photo_of_several_pictures_shows_its_first(take: Taker) -> None:
    content = makers.saved(makers.upright_picture(), "MPO", save_all=True, append_images=[noisy()])

    taken = take(content)

    assert is_upright(shown(taken.path))
    assert b"MPF\0" not in taken.path.read_bytes()


def test_a_thumbnail_in_the_header_is_gone(take: Taker) -> None:
    content = makers.saved(makers.upright_picture(), "JPEG", dpi=(90, 90))
    thumbnail = b"before the crop" * 5
    header = b"\xff\xe0" + (16 + 75).to_bytes(2) + content[6:18] + b"\x05\x05" + thumbnail

    taken = take(content[:2] + header + content[20:])

    assert thumbnail not in taken.path.read_bytes()
    assert image_of(taken.path)._data == content


def test_a_broken_exif_block_does_not_stop_a_photo(take: Taker) -> None:
    content = makers.saved(makers.upright_picture(), "JPEG", exif=b"Exif\0\0nonsense")

    assert take(content).removals == ("location and camera data",)


def test_metadata_that_does_not_exist_is_not_removed(take: Taker) -> None:
    for kind in ("JPEG", "PNG", "TIFF"):
        assert take(makers.saved(makers.upright_picture(), kind), "photo").removals == ()


# Broken and hostile pictures


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_cut_off_is_refused(take: Taker, kind: str, share: float) -> None:
    content = makers.saved(noisy(), kind)

    with pytest.raises(ExhibitCutOffError, match=r'"exhibits/photo\.jpg" is cut off'):
        take(content[: int(len(content) * share)])


def test_a_png_without_all_of_its_rows_is_refused(take: Taker) -> None:
    content = makers.saved(noisy(), "PNG")
    header = content.index(b"IHDR")
    taller = bytearray(content[header + 4 : header + 17])
    taller[4:8] = (480).to_bytes(4)
    lying = content[:8] + png_chunk(b"IHDR", bytes(taller)) + content[header + 21 :]

    with pytest.raises(ExhibitCutOffError, match="is cut off"):
        take(lying, "scan.png")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_tiff_cut_off_is_refused(take: Taker, share: float) -> None:
    content = makers.saved(noisy(), "TIFF", compression="tiff_lzw")

    with pytest.raises(IntakeError, match=r'"scan\.tif" is'):
        take(content[: int(len(content) * share)], "scan.tif")


def test_a_fax_with_bad_rows_is_shown_as_it_is_and_nothing_is_printed(
    take: Taker, capfd: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(makers.saved(noisy("1"), "TIFF", compression="group4"))
    content[60:200] = b"\x0f" * 140

    taken = take(bytes(content), "fax.tif")

    assert bytes(content[60:200]) in image_of(taken.path)._data
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("rubbish", [b"\xff" * 40, b"\x08\0\0\0" + bytes(20)])
def test_rubbish_after_a_tiff_header_is_refused(take: Taker, rubbish: bytes) -> None:
    with pytest.raises(ExhibitUnreadableError, match=r'"scan\.tif" is damaged'):
        take(b"II*\0" + rubbish, "scan.tif")


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG"])
def test_rubbish_inside_a_picture_is_refused(take: Taker, kind: str) -> None:
    content = bytearray(makers.saved(noisy(), kind, compression="tiff_lzw"))
    middle = len(content) // 2
    content[40:middle] = b"\x5a" * (middle - 40)

    with pytest.raises(IntakeError, match=r'"photo" is'):
        take(bytes(content), "photo")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(
    take: Taker, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(intake_picture, "PIXELS_LIMIT", 5_000)

    with pytest.raises(ImageTooLargeError, match=r"holds a picture of 90 x 60 pixels"):
        take(makers.saved(makers.upright_picture(), kind), "photo")


def test_a_photo_of_a_hundred_megapixels_is_taken_in_silence(take: Taker) -> None:
    content = makers.saved(Image.new("L", (12_000, 9_000), "white"), "JPEG")

    assert take(content).notes == ()


def test_a_bomb_is_refused(take: Taker) -> None:
    bomb = makers.saved(Image.new("1", (40_000, 40_000)), "PNG")

    with pytest.raises(ImageTooLargeError, match=r"40,000 x 40,000 pixels \(at most 250 million"):
        take(bomb, "bomb.png")


def test_a_heic_photo_of_too_many_pixels_is_refused(
    take: Taker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_picture, "PIXELS_LIMIT", 5_000)

    with pytest.raises(ImageTooLargeError):
        take((makers.FILES / "photo.heic").read_bytes(), "photo.heic")


def test_a_jpeg_with_fill_bytes_between_its_parts_is_read(take: Taker) -> None:
    content = makers.saved(noisy(), "JPEG")
    tables = content.index(b"\xff\xdb")

    taken = take(content[:tables] + b"\xff\xff\xff" + content[tables:])

    with Image.open(io.BytesIO(content)) as theirs:
        assert pixels_of(taken.path).size == theirs.size


def test_a_jpeg_without_a_picture_is_refused(take: Taker) -> None:
    with pytest.raises(ExhibitUnreadableError, match=r'"exhibits/photo\.jpg" is damaged'):
        take(b"\xff\xd8\xff\xe0\x00\x07JFIF\0\xff\xd9")


def test_a_jpeg_of_two_colours_is_refused(take: Taker) -> None:
    content = bytearray(makers.saved(noisy(), "JPEG"))
    frame = content.index(b"\xff\xc0")
    content[frame + 9] = 2

    with pytest.raises(ExhibitUnreadableError):
        take(bytes(content))


def test_a_jpeg_without_its_tables_is_refused(take: Taker) -> None:
    content = makers.saved(noisy(), "JPEG")
    tables, frame = content.index(b"\xff\xdb"), content.index(b"\xff\xc0")

    with pytest.raises(ExhibitUnreadableError):
        take(content[:tables] + content[frame:])


def test_a_png_of_an_unknown_kind_is_refused(take: Taker) -> None:
    content = makers.saved(noisy(), "PNG")
    header = bytearray(content[16:29])
    header[9] = 5
    odd = content[:8] + png_chunk(b"IHDR", bytes(header)) + content[33:]

    with pytest.raises(ExhibitUnreadableError):
        take(odd, "scan.png")


def test_a_png_whose_pixels_do_not_unpack_is_refused(take: Taker) -> None:
    content = makers.saved(noisy(), "PNG")
    broken = content[:33] + png_chunk(b"IDAT", b"nothing") + png_chunk(b"IEND", b"")

    with pytest.raises(ExhibitUnreadableError):
        take(broken, "scan.png")


def test_a_png_whose_colours_were_changed_on_the_way_is_refused(take: Taker) -> None:
    content = bytearray(makers.saved(noisy("P"), "PNG"))
    content[content.index(b"PLTE") + 10] ^= 1

    with pytest.raises(ExhibitUnreadableError):
        take(bytes(content), "scan.png")


def test_an_interlaced_png_is_shown(take: Taker) -> None:
    header = (1).to_bytes(4) + (1).to_bytes(4) + bytes((8, 2, 0, 0, 1))
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\xdc\x14\x14")), (b"IEND", b""))
    content = b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)

    assert pixels_of(take(content, "dot.png").path).getpixel((0, 0)) == makers.RED


def test_a_broken_colour_profile_in_a_png_is_left_out(take: Taker) -> None:
    content = makers.saved(noisy(), "PNG")
    profile = png_chunk(b"iCCP", b"sRGB\0\0nothing")

    taken = take(content[:33] + profile + content[33:], "scan.png")

    assert image_of(taken.path)["/ColorSpace"] == "/DeviceRGB"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_scan_that_knows_its_resolution_has_its_true_size(take: Taker, kind: str) -> None:
    content = makers.saved(makers.upright_picture(300, 200), kind, dpi=(100, 100))

    picture = shown(take(content, "card").path)

    assert picture.size == pytest.approx((216, 144), abs=2)


def test_a_tiff_on_its_side_keeps_its_resolution(take: Taker) -> None:
    lying = makers.sideways(6, makers.upright_picture(300, 200))

    taken = take(makers.saved(lying, "TIFF", exif=makers.exif(6), dpi=(100, 50)), "fax.tif")

    assert shown(taken.path).size == pytest.approx((432, 144), abs=2)


def test_a_tiff_of_sixteen_bit_colours_is_brought_to_eight(take: Taker) -> None:
    """Pillow writes no such file: three 16-bit samples a pixel, as scanners make them."""
    rows = b"\xdc\xdc\x14\x14\x14\x14" * 64
    entries = [
        (256, 3, 1, 8), (257, 3, 1, 8), (258, 3, 3, 134), (259, 3, 1, 1), (262, 3, 1, 2),
        (273, 4, 1, 140), (277, 3, 1, 3), (278, 3, 1, 8), (279, 4, 1, len(rows)),
    ]  # fmt: skip
    words = b"".join(
        tag.to_bytes(2, "little") + kind.to_bytes(2, "little") + count.to_bytes(4, "little")
        + value.to_bytes(4, "little")
        for tag, kind, count, value in entries
    )  # fmt: skip
    head = b"II*\0\x08\0\0\0" + len(entries).to_bytes(2, "little") + words + bytes(4)
    content = head.ljust(134, b"\0") + b"\x10\0" * 3 + rows

    taken = take(content, "scan.tif")

    assert taken.notes == ("16-bit colours are shown in 8 bits",)
    assert pixels_of(taken.path).getpixel((4, 4)) == makers.RED


def test_an_animated_png_is_refused(take: Taker) -> None:
    content = makers.saved(noisy(), "PNG", save_all=True, append_images=[makers.upright_picture()])

    with pytest.raises(UnsupportedKindError, match="is an animated picture"):
        take(content, "moving.png")


@pytest.mark.parametrize("mode", ["F", "I"])
def test_a_scientific_tiff_is_refused(take: Taker, mode: str) -> None:
    with pytest.raises(UnsupportedKindError, match="a raw or scientific picture"):
        take(makers.saved(noisy("L").convert(mode), "TIFF"), "scan.tif")


def test_a_raw_photo_under_another_name_is_refused(take: Taker) -> None:
    content = makers.saved(makers.upright_picture(), "TIFF", tiffinfo={50706: b"\1\4\0\0"})

    with pytest.raises(UnsupportedKindError, match="a raw or scientific picture"):
        take(content, "photo.tif")


def test_nothing_is_left_of_a_picture_that_failed(take: Taker, tmp_path: Path) -> None:
    with pytest.raises(IntakeError):
        take(makers.saved(noisy(), "JPEG")[:500])

    assert [path.name for path in tmp_path.iterdir()] == ["source"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_the_same_picture_makes_the_same_bytes(take: Taker, kind: str) -> None:
    content = makers.saved(noisy().convert("RGBA" if kind == "PNG" else "RGB"), kind)

    assert take(content).path.read_bytes() == take(content).path.read_bytes()


def test_the_tags_of_a_tiff_are_read(take: Taker) -> None:
    content = makers.saved(
        makers.upright_picture(), "TIFF", tiffinfo={ExifTags.Base.Artist: "Amina Rahimi"}
    )

    taken = take(content, "scan.tif")

    assert taken.removals == ("camera and editing data",)
    assert b"Rahimi" not in taken.path.read_bytes()
