"""Every page is shown whole and upright, whatever its size, turn, crop and unit."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject

from packet_builder.packet.accounting import account
from packet_builder.packet.geometry import ABOVE_STRIP, LETTER, Box
from packet_builder.packet.placement import placement_of, visible_box
from packet_builder.pages import number
from packet_builder.plan.planned import DocumentKind
from tests.packets import RED, Packet, bound, exhibit, extent, one_page, own, shows


def numbers(*values: float) -> ArrayObject:
    return ArrayObject(map(FloatObject, values))


sides = st.floats(-2000, 2000, allow_nan=False).map(lambda side: round(side, 2))
lengths = st.floats(20, 3000).map(lambda side: round(side, 2))
turns = st.sampled_from([-450, -90, 0, 90, 180, 270, 360, 630])
areas = st.sampled_from([LETTER, ABOVE_STRIP])


@given(sides, sides, lengths, lengths, turns, st.floats(0.5, 10), areas)
def test_the_visible_box_lands_inside_its_area_with_its_aspect(  # noqa: PLR0913, PLR0917
    left: float, low: float, width: float, height: float, turn: int, unit: float, area: Box
) -> None:
    page = {
        "/MediaBox": numbers(left, low, left + width, low + height),
        "/Rotate": NumberObject(turn),
        "/UserUnit": FloatObject(unit),
    }

    placement = placement_of(page, area)

    found = placement.area
    assert found.left >= area.left - 0.5
    assert found.bottom >= area.bottom - 0.5
    assert found.right <= area.right + 0.5
    assert found.top <= area.top + 0.5
    turned = turn % 180 != 0
    seen = (height, width) if turned else (width, height)
    assert found.width * seen[1] == pytest.approx(found.height * seen[0], rel=1e-6)
    matrix = placement.matrix
    assert matrix.a * matrix.d - matrix.b * matrix.c > 0, "a page is never mirrored"


@given(sides, sides, lengths, lengths, turns)
def test_a_page_is_turned_as_its_reader_sees_it(
    left: float, low: float, width: float, height: float, turn: int
) -> None:
    page = {
        "/MediaBox": numbers(left, low, left + width, low + height),
        "/Rotate": NumberObject(turn),
    }

    matrix = placement_of(page, LETTER).matrix

    top_left = {
        0: (left, low + height),
        90: (left, low),
        180: (left + width, low),
        270: (left + width, low + height),
    }[turn % 360]
    area = placement_of(page, LETTER).area
    assert matrix.point(*top_left) == pytest.approx((area.left, area.top), abs=1e-6)


def test_a_letter_page_of_ours_is_not_moved() -> None:
    placement = placement_of({"/MediaBox": numbers(0, 0, 612, 792)}, LETTER)

    assert placement.matrix == (1, 0, 0, 1, 0, 0)


def test_a_small_page_is_centred_and_not_enlarged() -> None:
    placement = placement_of({"/MediaBox": numbers(0, 0, 200, 100)}, LETTER)

    assert placement.area == (206, 346, 406, 446)


BROKEN = {
    "missing": None,
    "too short": numbers(0, 0, 612),
    "not numbers": ArrayObject([NameObject("/A")] * 4),
    "endless": numbers(0, 0, math.inf, 792),
    "no number at all": numbers(0, 0, math.nan, 792),
    "without width": numbers(100, 0, 100, 792),
    "no array": NameObject("/Box"),
}


@pytest.mark.parametrize("box", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_media_box_is_read_as_letter(box: ArrayObject | None) -> None:
    page = {} if box is None else {"/MediaBox": box}

    assert visible_box(page) == LETTER


def test_a_reversed_box_is_put_in_order() -> None:
    assert visible_box({"/MediaBox": numbers(612, 792, 0, 0)}) == LETTER


def test_the_crop_box_counts_as_far_as_it_lies_on_the_paper() -> None:
    beyond = {"/MediaBox": numbers(0, 0, 612, 792), "/CropBox": numbers(100, 100, 900, 900)}
    before = {"/MediaBox": numbers(0, 0, 612, 792), "/CropBox": numbers(-50, -60, 300, 400)}

    assert visible_box(beyond) == (100, 100, 612, 792)
    assert visible_box(before) == (0, 0, 300, 400)


def test_a_crop_box_beside_the_paper_is_ignored() -> None:
    page = {"/MediaBox": numbers(0, 0, 612, 792), "/CropBox": numbers(700, 0, 900, 100)}

    assert visible_box(page) == LETTER


def test_the_user_unit_is_part_of_a_pages_size() -> None:
    page = {"/MediaBox": numbers(0, 0, 300, 200), "/UserUnit": FloatObject(1.5)}

    area = placement_of(page, LETTER).area

    assert (area.width, area.height) == pytest.approx((450, 300))


@pytest.mark.parametrize("unit", [0, -1, math.nan, math.inf])
def test_a_broken_user_unit_is_one(unit: float) -> None:
    page = {"/MediaBox": numbers(0, 0, 300, 300), "/UserUnit": FloatObject(unit)}

    assert placement_of(page, LETTER).area.width == pytest.approx(300)


def test_an_odd_turn_is_none() -> None:
    page = {"/MediaBox": numbers(0, 0, 1224, 200), "/Rotate": NumberObject(45)}

    assert placement_of(page, LETTER).matrix[:4] == (0.5, 0, 0, 0.5)


# A red corner stands where the reader sees the upper left, a frame along the visible edge.
PAGES = {
    "upright": (b"/MediaBox[0 0 612 792]", (0, 792, 1, -1), (0, 0, 612, 792)),
    "quarter": (b"/MediaBox[0 0 792 612]/Rotate 90", (0, 0, 1, 1), (0, 0, 792, 612)),
    "half": (b"/MediaBox[0 0 612 792]/Rotate 180", (612, 0, -1, 1), (0, 0, 612, 792)),
    "three quarters": (b"/MediaBox[0 0 792 612]/Rotate 270", (792, 612, -1, -1), (0, 0, 792, 612)),
    "minus a quarter": (b"/MediaBox[0 0 792 612]/Rotate -90", (792, 612, -1, -1), (0, 0, 792, 612)),
    "unit": (b"/MediaBox[0 0 61.2 79.2]/UserUnit 10", (0, 79.2, 1, -1), (0, 0, 61.2, 79.2)),
    "cropped": (
        b"/MediaBox[0 0 800 1000]/CropBox[100 200 500 800]",
        (100, 800, 1, -1),
        (100, 200, 400, 600),
    ),
    "beside the origin": (
        b"/MediaBox[-300 -400 300 400]/Rotate 90",
        (-300, -400, 1, 1),
        (-300, -400, 600, 800),
    ),
    "reversed": (b"/MediaBox[612 792 0 0]", (0, 792, 1, -1), (0, 0, 612, 792)),
    "a4": (b"/MediaBox[0 0 595.28 841.89]", (0, 841.89, 1, -1), (0, 0, 595.28, 841.89)),
    "legal": (b"/MediaBox[0 0 612 1008]", (0, 1008, 1, -1), (0, 0, 612, 1008)),
    "landscape": (b"/MediaBox[0 0 842 595]", (0, 595, 1, -1), (0, 0, 842, 595)),
}


def page_with_corner(folder: Path, name: str) -> Path:
    boxes, (x, y, right, down), frame = PAGES[name]
    side = min(frame[2:]) / 6
    corner = b"1 0 0 rg %g %g %g %g re f\n" % (x, y, right * side, down * side)
    edge = b"0 0 1 RG %g w %g %g %g %g re S\n" % (side / 8, *frame)
    return one_page(folder / f"{name}.pdf", corner + edge, page=boxes)


@pytest.fixture(scope="module")
def packet(tmp_path_factory: pytest.TempPathFactory) -> Packet:
    folder = tmp_path_factory.mktemp("pages")
    return bound(folder, exhibit("A", *(page_with_corner(folder, name) for name in PAGES)))


@pytest.mark.parametrize("page", range(1, len(PAGES) + 1), ids=PAGES.keys())
def test_a_page_stands_upright_and_whole_on_letter(packet: Packet, page: int) -> None:
    picture = packet.picture(page)

    assert picture.size == (612, 792)
    edge = extent(picture, "B")
    assert edge is not None
    left, low, right, high = edge
    assert low >= ABOVE_STRIP.bottom - 1
    assert left + right == pytest.approx(612, abs=3), "centred"
    side = min(right - left, high - low) / 12
    assert shows(picture, left + side, high - side, RED)
    assert not shows(picture, right - side, high - side, RED)
    assert not shows(picture, left + side, low + side, RED)


def test_pages_of_all_kinds_pass_the_accounting(packet: Packet) -> None:
    entries = account(packet.path, packet.documents, number(packet.documents))

    assert len(entries) == len(PAGES)


def test_a_page_of_ours_that_is_letter_keeps_its_every_point(tmp_path: Path) -> None:
    letter = one_page(tmp_path / "letter.pdf", b"1 0 0 rg 0 0 40 40 re 300 36 20 8 re f")

    packet = bound(tmp_path, own(DocumentKind.LETTER, letter, "Cover letter"))

    picture = packet.picture(1)
    assert shows(picture, 2, 2, RED)
    assert shows(picture, 310, 40, RED)
