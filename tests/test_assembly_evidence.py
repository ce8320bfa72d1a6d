"""Evidence is taken in by processes of its own; one bad file never hides another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from PIL import Image

from packet_builder.assembly import evidence
from packet_builder.assembly.build import built, examined
from packet_builder.assembly.order import Order
from packet_builder.documents.intake import apart
from packet_builder.documents.intake.errors import ConversionFailedError
from packet_builder.facts.fault import FactsError, Fault
from packet_builder.sandbox.pool import Limits, Pool
from packet_builder.unforeseen import StorageError
from packet_builder.workspace import Folders, shipped
from tests import makers
from tests.cases import WHOLE, write_case
from tests.word_samples import letter

TIGHT = Limits(seconds=3, memory_bytes=1 << 30, file_bytes=1 << 24)


def folders_in(folder: Path) -> Folders:
    return Folders(folder / "cases", shipped("templates"), folder / "forms", folder / "output")


def listed(names: Sequence[str]) -> str:
    """Give a whole case with these files, too, one a line."""
    rows = (
        f"  - {{id: e{number}, title: Paper, kind: letter, file: exhibits/{name}}}\n"
        for number, name in enumerate(names)
    )
    return WHOLE + "".join(rows)


def case_with(folder: Path, files: dict[str, bytes]) -> Folders:
    exhibits = write_case(folder / "cases", listed(tuple(files))) / "exhibits"
    for name, content in files.items():
        (exhibits / name).write_bytes(content)
    return folders_in(folder)


def look(folders: Folders) -> Mapping[str, evidence.TakenEvidence]:
    return examined(Order("boateng", folders, None, "dxpdf")).taken.evidence


def faults_of(folders: Folders) -> tuple[Fault, ...]:
    with pytest.raises(FactsError) as caught:
        look(folders)
    return caught.value.faults


def test_every_file_that_hangs_dies_or_is_broken_is_named_in_one_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "TASK", "tests.sandbox_tasks:take")
    monkeypatch.setattr(apart, "limits_for", lambda _: TIGHT)
    names = ("hangs", "eats", "dies", "floods", "forges")
    files = {f"{name}.pdf": makers.pdf(words=name) for name in names}
    files |= {"empty.pdf": b"", "cut.pdf": makers.pdf(9)[:2000], "sound.pdf": makers.pdf(3)}

    folders = case_with(tmp_path, files)
    faults = faults_of(folders)

    lines = (folders.cases / "boateng" / "case.yaml").read_text("utf-8").splitlines()
    said = {fault.message.split('"')[1].removeprefix("exhibits/"): fault for fault in faults}
    assert set(said) == set(files) - {"sound.pdf"}
    for name, fault in said.items():
        assert f"exhibits/{name}" in lines[fault.source.line - 1]
    assert "had not been read after 3 s" in said["hangs.pdf"].message
    assert "needs more than 1 GB of memory" in said["eats.pdf"].message
    assert "break down" in said["dies.pdf"].message
    assert "would take more than 1.5 GB" in said["floods.pdf"].message
    assert "break down" in said["forges.pdf"].message
    assert "is empty" in said["empty.pdf"].message


def test_nothing_is_left_of_files_that_could_not_be_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "TASK", "tests.sandbox_tasks:take")
    monkeypatch.setattr(apart, "limits_for", lambda _: TIGHT)
    folders = case_with(tmp_path, {"floods.pdf": makers.pdf(), "dies.pdf": makers.pdf(3)})

    faults_of(folders)

    cache = folders.output / "boateng" / "cache"
    kept = [path.name for path in cache.rglob("*") if path.is_file()]
    assert sorted(kept) == ["intake.json"] * 3  # of the sound files
    assert not list(cache.glob(".scratch-*"))


def test_a_picture_that_unpacks_to_gigabytes_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real bytes, a real reader, the limit of the system."""
    monkeypatch.setattr(apart, "_MEMORY", 1 << 30)
    bomb = makers.saved(Image.new("LA", (15_000, 15_000)), "PNG")
    assert len(bomb) < 2_000_000

    (fault,) = faults_of(case_with(tmp_path, {"bomb.png": bomb}))

    assert fault.message.startswith('"exhibits/bomb.png" needs more than 1 GB of memory')


def test_files_that_are_kept_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = case_with(tmp_path, {"sound.pdf": makers.pdf(3)})
    first = look(folders)
    monkeypatch.setattr(evidence, "Pool", None)  # no process is needed

    assert look(folders) == first
    assert first["e0"].files[0].texts[2].endswith("page 3")


def test_a_word_file_is_opened_and_converted_in_the_other_process(tmp_path: Path) -> None:
    content = letter(tmp_path / "letter.docx").read_bytes()
    (taken,) = look(case_with(tmp_path, {"letter.docx": content}))["e0"].files

    assert taken.pdf.path.name == "intake.pdf"
    assert "Respectfully submitted" in " ".join(taken.texts)


def test_an_engine_that_breaks_down_over_a_document_is_a_fault_of_that_document(
    tmp_path: Path,
) -> None:
    source = letter(tmp_path / "letter.docx")
    errand = apart.Errand("letter.docx", source, tmp_path / "made.pdf", "dxpdf")
    with (
        Pool("tests.sandbox_tasks:take_with_a_dead_engine", tmp_path) as pool,
        pytest.raises(
            ConversionFailedError, match="made dxpdf, which turns Word into PDF, hang or break down"
        ),
    ):
        apart.intake_apart(errand, pool)


SCRIPTS = (
    "\u0646\u0627\u0645\u0647\u0654 \u062f\u06a9\u062a\u0631.pdf",  # Persian
    "\u0631\u0633\u0627\u0644\u0629.pdf",  # Arabic
    "\u091a\u093f\u0920\u094d\u0920\u0940.pdf",  # Hindi
    "\u8bca\u65ad\u4e66 \ud55c\uad6d.pdf",  # Chinese, Korean
    "\u05de\u05db\u05ea\u05d1.pdf",  # Hebrew
    "\u0421\u043f\u0440\u0430\u0432\u043a\u0430 \u2116 7.pdf",  # Russian
    "\U0001f600 \U0001d518.pdf",
    'Mother\'s "letter" #2 100% [final] {x} $HOME `id`; rm -rf.pdf',
    "-rf --help.pdf",
    ".hidden.pdf",
    "\u0646" * 125 + ".pdf",  # 254 bytes
    "x" * 251 + ".pdf",  # 255
)


def test_files_may_be_named_in_any_script(tmp_path: Path) -> None:
    quoted = ["'{}'".format(f"exhibits/{name}".replace("'", "''")) for name in SCRIPTS]
    rows = "".join(
        f"  - {{id: e{number}, title: Paper, kind: letter, file: {name}}}\n"
        for number, name in enumerate(quoted)
    )
    exhibits = write_case(tmp_path / "cases", WHOLE + rows) / "exhibits"
    for number, name in enumerate(SCRIPTS):
        (exhibits / name).write_bytes(makers.locked_pdf("") if number % 2 else makers.pdf())

    result = built(Order("boateng", folders_in(tmp_path), None, "dxpdf"), lambda _: None)

    assert result.packet is not None
    names = [row["source"]["file"] for row in result.manifest["pages"] if row["source"]]
    assert {f"exhibits/{name}" for name in SCRIPTS} <= set(names)


def test_a_full_disk_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "TASK", "tests.sandbox_tasks:take")

    with pytest.raises(StorageError, match="No space left on device"):
        look(case_with(tmp_path, {"full.pdf": makers.pdf(), "empty.pdf": b""}))


def test_interrupted_work_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "TASK", "tests.sandbox_tasks:take")
    folders = case_with(tmp_path, {"hangs.pdf": makers.pdf()})

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("packet_builder.assembly.build.office_of", interrupted)
    with pytest.raises(KeyboardInterrupt):
        look(folders)

    assert not list((folders.output / "boateng" / "cache").glob(".scratch-*"))
