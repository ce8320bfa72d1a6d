"""An office brings fonts of its own: they are looked at, offered, counted, and printed."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._f_v_a_r import Axis
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from packet_builder.assembly.again import built_again
from packet_builder.assembly.cache import Cache
from packet_builder.assembly.doctor import Health, looks
from packet_builder.assembly.office_fonts import fonts_seen, office_fonts
from packet_builder.assembly.order import Built, Order
from packet_builder.assembly.own_templates import State, standing, take
from packet_builder.assembly.sheets import page_templates
from packet_builder.assembly.templates import template_faults
from packet_builder.documents import fonts
from packet_builder.documents import office_fonts as reading
from packet_builder.documents.engines import ENGINES, toolchain, typeset
from packet_builder.documents.engines.engine import Job
from packet_builder.documents.intake.apart import TASK, Errand, intake_apart
from packet_builder.documents.letters import check
from packet_builder.documents.office_fonts import FontsRefusedError
from packet_builder.documents.sheets.apart import is_ours
from packet_builder.documents.sheets.content import Slip, slip_values
from packet_builder.documents.sheets.typeset import typeset as set_page
from packet_builder.drafts.apart import print_apart
from packet_builder.sandbox.pool import Limits, Pool
from packet_builder.workspace import Folders, shipped
from tests.needed import needs
from tests.word_samples import blank, saved

SAMPLES = Path(__file__).parents[1] / "case_data"
OWN = "Lindqvist Script"
SAID = "We write on behalf of Adwoa Boateng."
SIGN = "\U00010437"  # that no font of ours has


def own_font(
    target: Path,
    family: str = OWN,
    style: str = "Regular",
    *,
    rights: int = 0,
    codes: Sequence[int] = (),
) -> Path:
    """Make a font of an invented maker out of one of ours; `codes` are drawn as an A."""
    font = TTFont(fonts.FONTS / f"LiberationMono-{style}.ttf")
    names, plain = font["name"], re.sub(r"\W", "", family, flags=re.ASCII) or "Own"
    names.names = []
    told = {1: family, 2: style, 4: f"{family} {style}", 6: f"{plain}-{style}"}
    for number, text in told.items():
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].fsType = rights
    if codes:
        wide = CmapSubtable.newSubtable(12)
        wide.platformID, wide.platEncID, wide.language = 3, 10, 0
        wide.cmap = font.getBestCmap() | dict.fromkeys(codes, "A")
        font["cmap"].tables.append(wide)
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    return target


def changed(path: Path, change: Callable[[TTFont], None]) -> None:
    font = TTFont(path)
    change(font)
    font.save(path)


def kept(tmp_path: Path) -> Path:
    found = office_fonts(tmp_path / "office", Cache(tmp_path / "cache"))
    assert found is not None
    return found


def faults_of(office: Path) -> list[str]:
    with pytest.raises(FontsRefusedError) as raised:
        fonts_seen(office)
    return str(raised.value).splitlines()


def letter_in(path: Path, *families: str) -> Path:
    document = blank()
    for family in families:
        document.add_paragraph().add_run(SAID).font.name = family
    return saved(document, path)


def embedded_in(pdf: Path) -> set[str]:
    """Give the names of the fonts whose outlines a PDF holds itself."""
    reader = PdfReader(pdf)
    things = [reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"])))]
    return {
        str(thing["/FontName"]).rpartition("+")[2].lstrip("/")
        for thing in things
        if isinstance(thing, DictionaryObject)
        and thing.keys() & {"/FontFile", "/FontFile2", "/FontFile3"}
    }


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Give the sample, with a letterhead and a page style in two fonts of the office."""
    cases, office = tmp_path / "case_data", tmp_path / "office"
    shutil.copytree(SAMPLES / "minimal", cases / "minimal")
    for name in ("firm.yaml", "logo.png"):
        shutil.copy(SAMPLES / name, cases)
    own_font(office / "fonts" / "own.ttf")
    own_font(office / "fonts" / "bold.ttf", style="Bold")
    cover = take(office, "letters/cover_letter.docx")
    letter = Document(str(cover))
    for paragraph in letter.sections[0].first_page_header.paragraphs:
        for run in paragraph.runs:
            run.font.name = OWN
    letter.save(str(cover))
    style = take(office, "pages/style.typ")
    text = style.read_text(encoding="utf-8")
    style.write_text(text.replace('name: "Liberation Serif"', f'name: "{OWN}"'), encoding="utf-8")
    return Folders(cases, office, tmp_path / "forms", tmp_path / "output")


def built_of(folders: Folders) -> Built:
    return built_again(Order("minimal", folders, None, "dxpdf"), lambda _: None)


def digests(made: Built) -> dict[str, list[str]]:
    assert made.manifest is not None
    return {one["id"]: one["sha256"] for one in made.manifest["documents"]}


def test_a_build_prints_letters_and_sheets_in_a_font_of_the_office(folders: Folders) -> None:
    """They are made again where its bytes changed, and not where only its name did."""
    made = built_of(folders)
    assert made.packet is not None
    assert {"LindqvistScript-Regular", "LindqvistScript-Bold"} <= embedded_in(made.packet)
    assert built_of(folders).unchanged

    font = folders.templates / "fonts" / "own.ttf"
    font = font.rename(font.with_name("خط ما.TTF"))
    assert built_of(folders).unchanged

    changed(font, lambda opened: opened["hmtx"].metrics.update(e=(900, 0)))
    before, after = digests(made), digests(built_of(folders))

    anew = {name for name in before if before[name] != after[name]}
    assert {"letter-cover_letter", "index", "form-g-1145"} <= anew
    assert "letter-humanitarian_justification" not in anew  # it names another family


@pytest.mark.parametrize("engine", list(ENGINES))
def test_both_engines_print_fonts_of_the_office_of_every_kind(tmp_path: Path, engine: str) -> None:
    """Of a name in any script; those with PostScript outlines get another name there, or none."""
    if engine == "libreoffice":
        needs("soffice")
    folder, families = tmp_path / "office" / "fonts", (OWN, "خط لیندکویست", "林氏體")
    own_font(folder / "own.ttf", families[0])
    as_postscript(own_font(folder / "own.otf", families[1]))
    as_collection(own_font(folder / "own.ttc", families[2]))
    docx, pdf = letter_in(tmp_path / "letter.docx", *families), tmp_path / "letter.pdf"
    own = kept(tmp_path)

    (made,) = typeset([Job(docx, pdf, "letter.docx")], ENGINES[engine], own)

    assert {"LindqvistScript-Regular", "Own-Regular"} <= embedded_in(pdf)
    assert not any(name.startswith("Liberation") for name in embedded_in(pdf))
    assert made.fonts == toolchain(ENGINES[engine], own).fonts != fonts.fonts_digest()


def test_drafts_and_evidence_are_printed_in_it_too(tmp_path: Path) -> None:
    own_font(tmp_path / "office" / "fonts" / "own.ttf")
    own, docx = kept(tmp_path), letter_in(tmp_path / "letter.docx", OWN)
    draft, exhibit = tmp_path / "draft.pdf", tmp_path / "exhibit.pdf"

    print_apart([(docx, draft, "letter.docx")], "dxpdf", own)
    with Pool(TASK, tmp_path) as pool:
        intake_apart(Errand("letter.docx", docx, exhibit, "dxpdf", own), pool)

    assert embedded_in(draft) == embedded_in(exhibit) == {"LindqvistScript-Regular"}


def test_the_true_font_counts_where_ours_only_stands_in_for_it(tmp_path: Path) -> None:
    own_font(tmp_path / "office" / "fonts" / "times.ttf", "Times New Roman")
    docx, pdf = letter_in(tmp_path / "letter.docx", "Times New Roman"), tmp_path / "letter.pdf"
    own = kept(tmp_path)
    next(own.glob("*.ttf")).rename(own / "z.ttf")  # of equals dxpdf would take the first file

    typeset([Job(docx, pdf, "letter.docx")], ENGINES["dxpdf"], own)

    assert embedded_in(pdf) == {"TimesNewRoman-Regular"}


def test_what_only_a_font_of_the_office_has_can_be_printed(tmp_path: Path) -> None:
    own_font(tmp_path / "office" / "fonts" / "own.ttf", codes=(ord(SIGN),))
    own = kept(tmp_path)
    pages = page_templates(tmp_path / "office", Cache(tmp_path / "cache"))
    values = slip_values(Slip("Form I-131", SIGN, ("Fetch the blank.",)))

    assert fonts.uncovered(f"a {SIGN}", own) == ""
    assert fonts.uncovered(f"a {SIGN}\U00010438", own) == "\U00010438"
    assert set_page(pages / "slip.typ", "Slip", values).pages == 1
    with pytest.raises(fonts.GlyphMissingError):
        set_page(shipped("templates") / "pages" / "slip.typ", "Slip", values)


def test_every_font_that_cannot_be_used_is_named_in_one_pass(tmp_path: Path) -> None:
    office = tmp_path / "office"
    made = partial(own_font, family="Another")
    own_font(office / "fonts" / "a.ttf")
    own_font(office / "fonts" / "b.TTF", OWN.upper())
    own_font(office / "fonts" / "ours.ttf", "liberation serif")
    made(office / "fonts" / "restricted.ttf", rights=0x0002)
    made(office / "fonts" / "bitmaps.ttf", rights=0x0200)
    changed(made(office / "fonts" / "web.ttf"), as_web_font)
    changed(made(office / "fonts" / "weights.ttf", rights=0x0100), add_weights)
    changed(made(office / "fonts" / "signs.ttf"), without_letters)
    (office / "fonts" / "empty.otf").touch()
    cut = own_font(office / "fonts" / "below" / "cut.ttf", "Cut")
    cut.write_bytes(cut.read_bytes()[:90_000])
    (office / "fonts" / "licence.txt").write_text("of the maker", encoding="utf-8")

    heading, *said = faults_of(office)

    assert heading == "fonts of the office cannot be used:"
    expected = [
        "fonts/below/cut.ttf: it is damaged, or is no font at all. Put in the file anew",
        "fonts/bitmaps.ttf: its maker forbids to embed its outlines (fsType 0x0200). Ask its maker",
        "fonts/empty.otf: it is damaged, or is no font at all.",
        "fonts/restricted.ttf: its maker forbids to embed it in documents (restricted licence, fs",
        "fonts/signs.ttf: it has symbols and no letters. Put a picture",
        "fonts/web.ttf: it is a font for web pages (WOFF). Put in its TrueType",
        "fonts/weights.ttf: it is a variable font, of which each engine would print another weight",
        "fonts/weights.ttf: its maker forbids to embed a part of it (fsType 0x0100). Ask its maker",
        'fonts/ours.ttf: its family is called "liberation serif", as one that comes with',
        'fonts/b.TTF: it is "LINDQVIST SCRIPT Regular", and so is fonts/a.ttf. Remove one of them.',
    ]
    for line, start in zip(said, expected, strict=True):
        assert line.startswith(start)


def test_a_font_that_would_be_drawn_for_ever_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_LIMITS", Limits(2, 1 << 30, 1 << 20))
    changed(own_font(tmp_path / "fonts" / "own.ttf"), nested)

    (fault,) = faults_of(tmp_path)[1:]
    assert fault.startswith("fonts/own.ttf: reading it takes longer than 2 s. Take one that has")


def test_fonts_that_nobody_looked_at_are_offered_to_no_page(tmp_path: Path) -> None:
    """An office's pages have a folder of the name under which fonts that were seen are put."""
    office, cache = tmp_path / "office", Cache(tmp_path / "cache")
    hidden = own_font(office / "pages" / ".fonts" / "hidden.ttf", rights=0x0002)

    without = page_templates(office, cache)
    shutil.rmtree(hidden.parents[1])
    own_font(office / "fonts" / "own.ttf")
    gathered = page_templates(office, cache) / ".fonts"

    assert not (without / ".fonts").exists()
    assert not is_ours(gathered.parent)  # so that another process opens them
    assert {path.name for path in gathered.iterdir()} == {
        path.name for path in kept(tmp_path).iterdir()
    }


def test_doctor_list_and_check_tell_of_the_offices_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "check_templates", lambda *_: ())  # it takes long
    places = Folders(*(tmp_path / name for name in ("cases", "office", "forms", "output")))
    font = own_font(places.templates / "fonts" / "own.ttf")

    def seen() -> list[tuple[Health, str]]:
        found = looks(places, dt.date(2026, 11, 26))
        return [(one.health, one.said) for one in found if one.what == "fonts of the office"]

    assert seen() == [(Health.GOOD, f"1: {OWN}")]
    assert [(one.name, one.state) for one in standing(places.templates)] == [
        ("fonts/own.ttf", State.OWN)
    ]

    font.write_bytes(b"not a font")
    fault = "it is damaged, or is no font at all"

    assert seen() == [(Health.ERROR, f"fonts/own.ttf cannot be used: {fault}")]
    assert template_faults(places.templates) == (
        f"fonts/own.ttf: {fault}. Put in the file anew, as its maker gave it.",
    )


def as_postscript(path: Path) -> None:
    """Turn a font into one with PostScript outlines, of the letters that a test prints."""
    font = TTFont(path)
    drawn, codes = font.getGlyphSet(), {ord(sign): font.getBestCmap()[ord(sign)] for sign in SAID}
    names = [".notdef", *dict.fromkeys(codes.values())]
    pens = {name: T2CharStringPen(font["hmtx"][name][0], drawn) for name in names}
    for name, pen in pens.items():
        drawn[name].draw(pen)
    builder = FontBuilder(font["head"].unitsPerEm, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(codes)
    outlines = {name: pen.getCharString() for name, pen in pens.items()}
    builder.setupCFF("Own-Regular", {}, outlines, {})
    builder.setupHorizontalMetrics({name: font["hmtx"][name] for name in names})
    builder.setupHorizontalHeader(ascent=font["hhea"].ascent, descent=font["hhea"].descent)
    builder.font["name"] = font["name"]
    builder.setupOS2(fsType=0)
    builder.setupPost()
    builder.save(path)


def as_collection(path: Path) -> None:
    collection = TTCollection()
    collection.fonts = [TTFont(path)]
    collection.save(path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def as_web_font(font: TTFont) -> None:
    font.flavor = "woff"


def add_weights(font: TTFont) -> None:
    font["fvar"] = newTable("fvar")
    axis = Axis()
    axis.axisTag, axis.minValue, axis.defaultValue, axis.maxValue = "wght", 100, 400, 900
    axis.axisNameID = 2
    font["fvar"].axes = [axis]


def without_letters(font: TTFont) -> None:
    font["cmap"].tables = [one for one in font["cmap"].tables if one.platformID == 1]


def nested(font: TTFont) -> None:
    """Let each glyph be made of the one before it, twice: the last one has a trillion parts."""
    names = font.getGlyphOrder()[5:45]
    for former, name in itertools.pairwise(names):
        glyph = Glyph()
        glyph.numberOfContours = -1
        glyph.xMin = glyph.yMin = glyph.xMax = glyph.yMax = 0
        glyph.components = [GlyphComponent(), GlyphComponent()]
        for component in glyph.components:
            component.glyphName, component.x, component.y, component.flags = former, 0, 0, 4
        font["glyf"].glyphs[name] = glyph
    font.recalcBBoxes = False
