"""Two builds are compared: facts, words, exhibits and pages, and nothing that did not change."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from packet_builder.assembly.build import built
from packet_builder.assembly.builds import (
    Build,
    BuildsMissingError,
    BuildUnknownError,
    forget,
    remember,
    remembered,
    two_builds,
)
from packet_builder.assembly.comparison import compare
from packet_builder.assembly.comparison_text import comparison_lines
from packet_builder.assembly.diff_report import write_report
from packet_builder.assembly.order import Order
from packet_builder.cli import commands
from packet_builder.documents.word.word import W, open_word
from packet_builder.drafts.marks import AUTHOR
from packet_builder.kept import keep
from packet_builder.workspace import Folders, shipped
from tests.cases import WHOLE, write_case, write_pdf

LETTER = "humanitarian_justification"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Folders]:
    """Give a case that was built, changed, and built again."""
    folder = tmp_path_factory.mktemp("office")
    cases = folder / "cases"
    case = write_case(cases, WHOLE)
    folders = Folders(cases, shipped("templates"), folder / "forms", folder / "output")
    build(folders)
    build(folders)
    write_pdf(case / "exhibits" / "birth.pdf", ("Born in Kumasi",))
    text = WHOLE.replace("He bled twice", "He bled <three> & more times")
    birth = "  - {id: birth, title: Birth, kind: passport, file: exhibits/birth.pdf}\n"
    text = text.replace("  - {id: doctor", f"{birth}  - {{id: doctor")
    (case / "case.yaml").write_text(text, encoding="utf-8")
    build(folders)
    return folder, folders


def build(folders: Folders) -> None:
    assert built(Order("boateng", folders, None, "dxpdf"), lambda _: None).packet is not None


def filing(folders: Folders) -> Path:
    return folders.output / "boateng" / "initial_parole"


def test_a_build_that_changed_nothing_is_not_remembered_twice(
    office: tuple[Path, Folders],
) -> None:
    assert [one.number for one in remembered(filing(office[1]))] == [1, 2]


def test_what_changed_is_said_and_nothing_else(office: tuple[Path, Folders]) -> None:
    folder = filing(office[1])

    lines = list(comparison_lines(compare(folder, *two_builds(folder, "boateng", ()))))

    text = "\n".join(lines)
    assert lines[0].startswith("From build 1 (2026-12-01, ")
    assert "request.grounds" in text
    assert '  evidence birth.id: new: "birth"' in lines
    assert "{+<three> & more times+}" in text
    assert '  Exhibit B (birth, "Birth"): new, 1 page(s)' in lines
    assert '  Exhibit C (doctor, "Letter"): was Exhibit B' in lines
    assert "  Birth, page 1: new" in lines
    pages = lines[lines.index("Pages") + 1 :]
    assert not [line for line in pages if line.startswith(("  Passport", "  Letter", "  Tax"))]
    assert any(line.startswith("  Humanitarian Justification, page") for line in pages)


def test_the_report_has_redlines_and_pictures_and_no_markup_of_the_facts(
    office: tuple[Path, Folders],
) -> None:
    folder = filing(office[1])

    report = write_report(folder, compare(folder, *two_builds(folder, "boateng", ("1", "2"))))

    page = report.read_text(encoding="utf-8")
    assert "&lt;three&gt; &amp; more times</ins>" in page
    assert "<three>" not in page
    links = links_of(page)
    assert f"{LETTER}-redline.docx" in links
    assert all((report.parent / link).is_file() for link in links)
    assert {path.stat().st_mode & 0o077 for path in report.parent.iterdir()} == {0}
    picture = next(link for link in links if link.startswith("exhibit-birth"))
    with Image.open(report.parent / picture) as image:
        assert image.width > 1500


def links_of(page: str) -> list[str]:
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, _: str, attributes: list[tuple[str, str | None]]) -> None:
            found.extend(value or "" for name, value in attributes if name in {"href", "src"})

    Reader().feed(page)
    return found


def test_the_redline_is_a_word_file_with_tracked_changes(office: tuple[Path, Folders]) -> None:
    folder = filing(office[1])
    report = write_report(folder, compare(folder, *two_builds(folder, "boateng", ())))

    word = open_word(report.parent / f"{LETTER}-redline.docx")

    marks = list(word.body.iter(f"{W}ins", f"{W}del"))
    assert {mark.get(f"{W}author") for mark in marks} == {AUTHOR}
    assert any("<three>" in "".join(map(str, mark.itertext())) for mark in marks)


def test_a_build_compared_with_itself_has_no_changes(office: tuple[Path, Folders]) -> None:
    folder = filing(office[1])
    (_, last) = two_builds(folder, "boateng", ("1", "2"))

    comparison = compare(folder, last, last)

    assert comparison.is_empty
    assert list(comparison_lines(comparison))[1:] == ["Nothing changed."]


def test_the_command_says_it_and_writes_the_report(office: tuple[Path, Folders]) -> None:
    place, folders = office
    options = ["--cases", str(folders.cases), "--output", str(folders.output)]

    said = CliRunner().invoke(commands, [*options, "diff", "boateng"])
    written = CliRunner().invoke(commands, [*options, "diff", "boateng", "1", "2", "--html"])
    row = json.loads(CliRunner().invoke(commands, [*options, "diff", "boateng", "--json"]).stdout)

    assert (row["from"], row["to"]) == (1, 2)
    assert row["facts"]
    assert {one["document"] for one in row["sections"]} <= {one["document"] for one in row["pages"]}
    assert "Exhibit C (doctor" in said.stdout
    assert Path(written.stdout.strip()).is_relative_to(place)
    assert Path(written.stdout.strip()).is_file()


def test_one_build_cannot_be_compared(tmp_path: Path) -> None:
    with pytest.raises(BuildsMissingError, match="there is no build of x so far"):
        two_builds(tmp_path, "x", ())
    remember(tmp_path, manifest("a" * 64))
    with pytest.raises(BuildsMissingError, match="there is only one build of x so far"):
        two_builds(tmp_path, "x", ())


def test_a_build_that_is_not_remembered_is_refused(tmp_path: Path) -> None:
    for digest in "ab":
        remember(tmp_path, manifest(digest * 64))

    with pytest.raises(BuildUnknownError, match=r'no build "7". Builds .*: 1, 2\.'):
        two_builds(tmp_path, "x", ("7",))


def test_the_last_twenty_builds_are_remembered_and_older_ones_forgotten_together(
    tmp_path: Path,
) -> None:
    forgot = []
    for number in range(25):
        remember(tmp_path, manifest(f"{number:064x}"[::-1]))
        forgot.append(forget(tmp_path))

    builds = remembered(tmp_path)
    assert forgot == [False] * 24 + [True]
    assert [one.number for one in builds] == list(range(6, 26))
    assert all(isinstance(one, Build) for one in builds)


def test_large_packets_are_forgotten_sooner_but_never_the_last_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("packet_builder.assembly.builds._MOST_BYTES", 35)
    for number in range(5):
        digest = keep(tmp_path, b"%10d" % number)
        remember(tmp_path, manifest(digest))

    assert forget(tmp_path)
    assert [one.number for one in remembered(tmp_path)] == [3, 4, 5]
    monkeypatch.setattr("packet_builder.assembly.builds._MOST_BYTES", 5)
    assert forget(tmp_path)
    assert not forget(tmp_path)
    assert [one.number for one in remembered(tmp_path)] == [4, 5]


def manifest(digest: str) -> dict[str, object]:
    return {"format": 1, "date": "2026-12-01", "packet": {"sha256": digest, "pages": 1}}
