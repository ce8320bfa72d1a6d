from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont

from packet_builder.documents import fonts
from tests.needed import needs


def _font_with(folder: Path, name: str, characters: str) -> Path:
    glyphs = [".notdef", *(f"u{ord(sign):04X}" for sign in characters)]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord(sign): f"u{ord(sign):04X}" for sign in characters})
    path = folder / name
    builder.save(path)
    return path


def test_the_shipped_fonts_have_their_licences_beside_them_and_stay_small() -> None:
    licences = sorted(path.name for path in (fonts.FONTS / "licences").glob("*.txt"))

    assert licences == ["dejavu.txt", "liberation.txt", "noto.txt"]
    assert sum(path.stat().st_size for path in fonts.font_files()) < 8_000_000


@pytest.mark.parametrize(
    "text",
    [
        "Łukasz Žižek, José Ñandú, Ólafur Þór, Nguyễn Thị Ánh, § 212 • ☐ ☒ ✓",
        "Олена Тимошенко, Ґалаґан, Παπαδόπουλος",
        "محمد رضا احمدی گلپایگانی ٹھٹھہ",
        "राजेन्द्र श्रेष्ठ",
        "ኃይለ ማርያም",
        "שלום כהן, Հովհաննիսյան, გიორგი",
        "রহমান தமிழ்ச்செல்வி ਸਿੰਘ සිංහල પટેલ తెలుగు ಕನ್ನಡ മലയാളം",
        "สมชาย ใจดี សុខា ភ្នំពេញ မောင်မောင် ລາວ",
    ],
)
def test_names_of_the_usual_scripts_are_covered(text: str) -> None:
    assert fonts.uncovered(text) == ""


def test_characters_that_no_font_has_are_given_once_and_in_order() -> None:
    assert fonts.uncovered("Tab 𐐷𐐀𐐷 ok \ue000\u200d\ufe0f") == "𐐷𐐀\ue000"


def test_every_character_that_passes_without_a_look_is_in_liberation_serif() -> None:
    with TTFont(fonts.FONTS / "LiberationSerif-Regular.ttf") as font:
        known = {chr(code) for code in font.getBestCmap()}

    assert fonts._TRIVIAL - known == set("\t\n\r")


def test_a_plain_text_loads_no_font_library() -> None:
    script = (
        "import sys; from packet_builder.documents import fonts; "
        "assert fonts.uncovered('Plain José, § 212 – “x”') == ''; "
        "assert 'fontTools' not in sys.modules; "
        "assert fonts.uncovered('שלום') == ''; assert 'fontTools' in sys.modules"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_missing_glyph_is_named_with_its_place_and_advice() -> None:
    with pytest.raises(
        fonts.GlyphMissingError,
        match=r"^letter\.docx, paragraph 3: no font can print 𐐷 \(U\+10437, deseret small letter "
        r"yee\)\. Write it in Latin letters, put a picture of it in its place, or put a font that "
        r'has it into the folder "fonts" of your templates\.$',
    ):
        fonts.check_printable("letter.docx, paragraph 3", "a 𐐷")


def test_many_missing_glyphs_are_counted() -> None:
    with pytest.raises(fonts.GlyphMissingError, match=r" and 2 more\. "):
        fonts.check_printable("letter.docx", "".join(map(chr, range(0x10400, 0x1040A))))


def test_chinese_without_a_system_font_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "cjk_font_files", lambda: ())

    with pytest.raises(
        fonts.GlyphMissingError,
        match=r"王 \(U\+738B, .*sudo apt-get install fonts-noto-cjk",
    ):
        fonts.check_printable("Exhibit C", "王小明")


def test_chinese_is_covered_by_a_font_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cjk = _font_with(tmp_path, "NotoSansCJK-Regular.ttc", "王小")
    monkeypatch.setattr(fonts, "cjk_font_files", lambda: (cjk,))

    assert fonts.uncovered("王小明 ok") == "明"


def test_system_fonts_are_found_by_name_serif_first(tmp_path: Path) -> None:
    below = tmp_path / "opentype" / "noto"
    below.mkdir(parents=True)
    for name in ("NotoSansCJK-Bold.ttc", "NotoSerifCJK-Regular.ttc", "Other.ttf", "simsun.txt"):
        (below / name).touch()

    found = fonts.cjk_font_files((tmp_path, tmp_path / "absent"))

    assert [path.name for path in found] == ["NotoSerifCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"]


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_standard_folders_of_each_system_are_searched(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts.cjk_font_files.cache_clear()
    monkeypatch.setattr(sys, "platform", platform)

    assert isinstance(fonts.cjk_font_files(), tuple)
    fonts.cjk_font_files.cache_clear()


def test_the_digest_changes_with_a_further_font(tmp_path: Path) -> None:
    more = _font_with(tmp_path, "more.otf", "x")

    assert fonts.fonts_digest() == fonts.fonts_digest()
    assert fonts.fonts_digest((more,)) != fonts.fonts_digest()


def test_a_text_that_every_font_has_is_no_fault() -> None:
    fonts.check_printable("letter.docx", "Amina Rahimi")


def _files_seen(conf: Path) -> set[str]:
    needs("fc-list")
    listed = subprocess.run(
        ["fc-list", "--format", "%{file}\n"],
        env={"FONTCONFIG_FILE": str(conf), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return {Path(line).name for line in listed.stdout.split("\n") if line}


def test_fontconfig_offers_the_shipped_fonts_only(tmp_path: Path) -> None:
    before = sorted(fonts.FONTS.iterdir())
    conf = fonts.fontconfig_file(tmp_path)

    assert _files_seen(conf) == {path.name for path in fonts.font_files()}
    assert sorted(fonts.FONTS.iterdir()) == before


def test_fontconfig_offers_one_further_font_without_its_neighbours(tmp_path: Path) -> None:
    system = tmp_path / "system"
    system.mkdir()
    more = system / "NotoSansCJK-Regular.ttf"
    more.write_bytes((fonts.FONTS / "LiberationMono-Regular.ttf").read_bytes())
    (system / "Neighbour.ttf").write_bytes(more.read_bytes())

    conf = fonts.fontconfig_file(tmp_path, (more,))

    assert _files_seen(conf) == {more.name, *(path.name for path in fonts.font_files())}


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("Times New Roman", "LiberationSerif-Regular.ttf"),
        ("Arial", "LiberationSans-Regular.ttf"),
        ("Calibri", "LiberationSans-Regular.ttf"),
        ("Courier New", "LiberationMono-Regular.ttf"),
        ("Nobody Knows This Face", "LiberationSerif-Regular.ttf"),
    ],
)
def test_fontconfig_replaces_the_fonts_that_offices_name(
    asked: str, given: str, tmp_path: Path
) -> None:
    needs("fc-match")
    conf = fonts.fontconfig_file(tmp_path)

    matched = subprocess.run(
        ["fc-match", "--format", "%{file}", asked],
        env={"FONTCONFIG_FILE": str(conf), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert Path(matched.stdout).name == given


@pytest.mark.parametrize(
    ("family", "printed"),
    [
        ("Times New Roman", None),  # the same shapes and measures
        ("Arial", None),
        ("Liberation Mono", None),
        ("Noto Serif Devanagari", None),
        ("Georgia", "Liberation Serif"),
        ("Calibri", "Liberation Sans"),
        ("Baskerville", "Liberation Serif"),
    ],
)
def test_a_font_that_is_not_here_has_one_that_stands_in_for_it(
    family: str, printed: str | None
) -> None:
    assert fonts.stand_in_for(family) == printed


def test_nothing_stands_in_for_a_font_that_the_office_brings(tmp_path: Path) -> None:
    offered = {"families": ["baskerville"], "characters": []}
    (tmp_path / fonts.OFFERED).write_text(json.dumps(offered), encoding="utf-8")

    assert fonts.stand_in_for("Baskerville", tmp_path) is None
    assert fonts.stand_in_for("Georgia", tmp_path) == "Liberation Serif"
