from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packet_builder.errors import ExitCode
from packet_builder.handover.age import CHUNK, NotOpenedError, NotWholeError, Opening, Sealing
from packet_builder.handover.errors import (
    ArchiveDamagedError,
    ArchiveVersionError,
    ExportedAlreadyError,
    ExportedFileChangedError,
    ExportLinkError,
    ImportedAlreadyError,
    PassphraseWrongError,
)
from packet_builder.handover.export import export_case
from packet_builder.handover.imports import import_case
from packet_builder.review.decision import Kind
from packet_builder.workspace import Folders
from tests.killed import KilledError, killed_before
from tests.review_cases import Office, run
from tests.tried import noted

WORDS = "four words for trying"
QUICK = 4  # of scrypt; the real one takes a second
ROOT = Path(__file__).parents[1]


def sealed(content: bytes, passphrase: str = WORDS) -> bytes:
    target = io.BytesIO()
    sealing = Sealing(target, passphrase, QUICK)
    sealing.write(content)
    sealing.finish()
    return target.getvalue()


def opened(content: bytes, passphrase: str = WORDS) -> bytes:
    opening = Opening(io.BytesIO(content), passphrase)
    return b"".join(iter(lambda: opening.read(1000), b""))


SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_opens_again_here_and_in_another_program(size: int) -> None:
    content = os.urandom(size)

    assert opened(sealed(content)) == content
    assert pyrage.passphrase.decrypt(sealed(content), WORDS) == content


@pytest.mark.parametrize("size", [0, 2 * CHUNK])  # it takes a second or more for each
def test_what_another_program_sealed_opens_here(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packet_builder.handover.age._MOST_WORK", 22)
    content = os.urandom(size)

    assert opened(pyrage.passphrase.encrypt(content, WORDS)) == content


@settings(max_examples=100)
@given(st.data())
def test_no_bit_can_be_flipped(data: st.DataObject) -> None:
    content = bytearray(sealed(b"x" * 100))
    place = data.draw(st.integers(0, len(content) * 8 - 1))
    content[place // 8] ^= 1 << place % 8

    with pytest.raises((NotOpenedError, NotWholeError)):
        opened(bytes(content))


@settings(max_examples=100)
@given(st.integers(0, 2 * CHUNK + 400))
def test_nothing_can_be_cut_off(length: int) -> None:
    content = sealed(b"x" * (2 * CHUNK + 100))

    with pytest.raises(NotWholeError):
        opened(content[: min(length, len(content) - 1)])


def test_chunks_can_neither_change_places_nor_be_left_out() -> None:
    content = sealed(b"a" * CHUNK + b"b" * CHUNK + b"c")
    start = len(content) - (2 * (CHUNK + 16) + 17)
    head, one, two, last = (
        content[:start],
        content[start : start + CHUNK + 16],
        content[start + CHUNK + 16 : -17],
        content[-17:],
    )
    assert opened(head + one + two + last)

    for wrong in (two + one + last, one + last, one + two, one + two + last + last):
        with pytest.raises(NotWholeError):
            opened(head + wrong)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A case with drafts, decisions and former builds, of which some is named by nothing."""
    office = Office(tmp_path_factory.mktemp("office"))
    office.build()
    office.decide([])
    office.write(("He may bleed again", "He may well bleed again"))
    office.build()
    office.decide(["letter-cover_letter"], Kind.COMMENT)
    (office.case / "drafts").mkdir()
    (office.case / "drafts" / "~$note.docx").write_bytes(b"open in Word")
    (office.filing / "kept" / ("ab" * 32)).write_bytes(b"named by nothing")
    return office


@pytest.fixture(scope="module")
def archive(made: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "boateng.age"
    export_case(made.case, made.output, path, WORDS, QUICK)
    return path


@pytest.fixture
def elsewhere(tmp_path: Path) -> Folders:
    for name in ("cases", "output"):
        (tmp_path / name).mkdir()
    return Folders(tmp_path / "cases", tmp_path, tmp_path, tmp_path / "output")


def files_of(folder: Path) -> dict[str, tuple[bytes, bool]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), bool(path.stat().st_mode & 0o200))
        for path in folder.rglob("*")
        if path.is_file()
    }


def nothing_in(folders: Folders) -> bool:
    return not [*folders.cases.iterdir(), *folders.output.iterdir()]


def test_a_case_is_elsewhere_what_it_was_here(
    made: Office, archive: Path, elsewhere: Folders
) -> None:
    done = import_case(archive, elsewhere, WORDS)
    case, output = files_of(made.case), files_of(made.output)
    left = {"initial_parole/kept/" + "ab" * 32, ".lock"}

    del case["drafts/~$note.docx"]
    assert done.case == elsewhere.cases / "boateng"
    assert files_of(done.case) == case
    assert files_of(elsewhere.output / "boateng") == {
        name: file
        for name, file in output.items()
        if name not in left and not name.startswith("cache/")
    }
    assert left <= output.keys()
    assert (elsewhere.cases / "firm.yaml").read_bytes() == (
        made.case.parent / "firm.yaml"
    ).read_bytes()
    assert done.differing == ()
    assert oct(done.case.stat().st_mode & 0o777) == "0o700"
    assert oct(archive.stat().st_mode & 0o777) == "0o600"


def test_no_word_of_a_case_can_be_read_in_the_archive(archive: Path) -> None:
    content = archive.read_bytes()

    assert b"Boateng" not in content
    assert b"case.yaml" not in content


def test_a_case_that_is_there_is_not_touched(
    made: Office, archive: Path, elsewhere: Folders
) -> None:
    import_case(archive, elsewhere, WORDS)
    before = files_of(elsewhere.cases), files_of(elsewhere.output)
    with pytest.raises(ImportedAlreadyError, match="is there already, and was left as it is"):
        import_case(archive, elsewhere, WORDS)
    assert (files_of(elsewhere.cases), files_of(elsewhere.output)) == before

    shutil.rmtree(elsewhere.cases / "boateng")
    manifest = elsewhere.output / "boateng" / "initial_parole" / "packet.json"
    manifest.write_bytes(b"{}")
    with pytest.raises(ImportedAlreadyError, match="initial_parole"):
        import_case(archive, elsewhere, WORDS)
    assert manifest.read_bytes() == b"{}"
    assert made.case.is_dir()


def test_another_firm_file_is_kept_and_named(archive: Path, elsewhere: Folders) -> None:
    (elsewhere.cases / "firm.yaml").write_bytes(b"name: Another office\n")

    done = import_case(archive, elsewhere, WORDS)

    assert done.differing == ("firm.yaml",)
    assert (elsewhere.cases / "firm.yaml").read_bytes() == b"name: Another office\n"


def test_a_wrong_passphrase_opens_nothing(archive: Path, elsewhere: Folders) -> None:
    with pytest.raises(PassphraseWrongError, match="the passphrase does not open it"):
        import_case(archive, elsewhere, WORDS + ".")

    assert nothing_in(elsewhere)


FLIPPED = (0, 30, 75, 130, 200, 5_000, 70_000, -1)
CUT = (0, 1, 100, 150, 185, 186, 66_000, -1, -20)


@pytest.mark.parametrize("place", FLIPPED)
def test_one_flipped_bit_is_found(
    archive: Path, elsewhere: Folders, tmp_path: Path, place: int
) -> None:
    content = bytearray(archive.read_bytes())
    content[place] ^= 1
    broken = tmp_path / "broken.age"
    broken.write_bytes(content)

    with pytest.raises((ArchiveDamagedError, PassphraseWrongError)):
        import_case(broken, elsewhere, WORDS)
    assert nothing_in(elsewhere)


@pytest.mark.parametrize("length", CUT)
def test_a_cut_archive_is_found(
    archive: Path, elsewhere: Folders, tmp_path: Path, length: int
) -> None:
    broken = tmp_path / "broken.age"
    broken.write_bytes(archive.read_bytes()[:length])

    with pytest.raises(ArchiveDamagedError, match="Nothing was imported"):
        import_case(broken, elsewhere, WORDS)
    assert nothing_in(elsewhere)


Change = Callable[[dict[str, Any]], None]


def rewritten(archive: Path, change: Change, *, files: bool = True) -> bytes:
    """Give an archive that somebody made who knows the passphrase and means harm."""
    out = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(opened(archive.read_bytes()))) as source,
        tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as target,
    ):
        for member in source:
            stream = source.extractfile(member)
            assert stream is not None
            content = stream.read()
            if member.name == "packet-builder.json":
                listing = json.loads(content)
                change(listing)
                content = json.dumps(listing).encode()
                member.size = len(content)
            elif not files:
                continue
            target.addfile(member, io.BytesIO(content))
    return sealed(out.getvalue())


def named(name: str, place: str = "case") -> Change:
    def change(listing: dict[str, Any]) -> None:
        listing["files"][0] |= {"name": name, "place": place}

    return change


def case_named(name: str) -> Change:
    return lambda listing: listing.update(case=name)


def other_digest(listing: dict[str, Any]) -> None:
    listing["files"][0]["sha256"] = "0" * 64


def other_length(listing: dict[str, Any]) -> None:
    listing["files"][0]["bytes"] += 1


def one_less(listing: dict[str, Any]) -> None:
    del listing["files"][-1]


def twice(listing: dict[str, Any]) -> None:
    listing["files"][1]["name"] = listing["files"][0]["name"]


def below_a_file(listing: dict[str, Any]) -> None:
    listing["files"][1]["name"] = listing["files"][0]["name"] + "/inner"


HARM: dict[str, Change] = {
    "up": named("../outside"),
    "up in the middle": named("a/../../outside"),
    "absolute": named("/etc/passwd"),
    "empty part": named("a//b"),
    "the folder itself": named("."),
    "null": named("a\0b"),
    "line": named("a\nb"),
    "too long": named("a" * 300),
    "into another case": named("mensah/case.yaml", "office"),
    "case up": case_named(".."),
    "case below": case_named("a/b"),
    "hidden case": case_named(".office"),
    "no place": named("a", "home"),
    "digest": other_digest,
    "length": other_length,
    "more than listed": one_less,
    "twice": twice,
    "below a file": below_a_file,
    "unknown field": lambda listing: listing.update(run="rm -rf"),
}


@pytest.mark.parametrize("harm", HARM)
def test_an_archive_that_means_harm_brings_nothing(
    archive: Path, elsewhere: Folders, tmp_path: Path, harm: str
) -> None:
    bad = tmp_path / "bad.age"
    bad.write_bytes(rewritten(archive, HARM[harm]))

    with pytest.raises(ArchiveDamagedError, match="Nothing was imported"):
        import_case(bad, elsewhere, WORDS)
    assert nothing_in(elsewhere)
    assert not (tmp_path / "outside").exists()


def test_archives_that_were_tried_stand_in_the_table() -> None:
    happened = "refused in one sentence; nothing appears in any folder"
    noted("Archives", "archives made to do harm by who has the passphrase", len(HARM), happened)
    broken = 1 + len(FLIPPED) + len(CUT)
    noted("Archives", "wrong passphrase, flipped bits, cut archives", broken, happened)
    noted("Archives", "any bit flipped, any length cut off, drawn by chance", 200, happened)


def test_a_link_in_an_archive_is_no_file(archive: Path, elsewhere: Folders, tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as target:
        member = tarfile.TarInfo("packet-builder.json")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        target.addfile(member)
    bad = tmp_path / "bad.age"
    bad.write_bytes(sealed(out.getvalue()))

    with pytest.raises(ArchiveDamagedError):
        import_case(bad, elsewhere, WORDS)
    assert archive.is_file()


def test_an_archive_of_a_later_program_says_so(
    archive: Path, elsewhere: Folders, tmp_path: Path
) -> None:
    later = tmp_path / "later.age"
    change: Change = lambda listing: listing.update(format=2, program="9.1")  # noqa: E731
    later.write_bytes(rewritten(archive, change, files=False))

    with pytest.raises(ArchiveVersionError, match=r"written by packet-builder 9\.1"):
        import_case(later, elsewhere, WORDS)


def test_a_killed_import_can_be_typed_again(
    archive: Path, elsewhere: Folders, tmp_path: Path
) -> None:
    """Before the last change there is no case; afterwards all of it."""
    kills = 0
    for change in range(0, 10_000, 7):
        try:
            with killed_before(change, tmp_path):
                import_case(archive, elsewhere, WORDS)
        except KilledError:
            kills += 1
            assert not (elsewhere.cases / "boateng").exists()
        else:
            break
    done = files_of(elsewhere.cases / "boateng")

    assert kills > 10
    assert "case.yaml" in done
    assert "review/decisions.yaml" in done
    assert (elsewhere.output / "boateng" / "initial_parole" / "packet.json").is_file()


def test_an_export_never_takes_the_place_of_a_file(made: Office, tmp_path: Path) -> None:
    target = tmp_path / "there.age"
    target.write_bytes(b"former")

    with pytest.raises(ExportedAlreadyError):
        export_case(made.case, made.output, target, WORDS, QUICK)
    assert target.read_bytes() == b"former"


def test_a_link_is_not_exported(made: Office, tmp_path: Path) -> None:
    link = made.case / "exhibits" / "link.pdf"
    link.symlink_to("/etc/hostname")
    try:
        with pytest.raises(ExportLinkError, match="is a link"):
            export_case(made.case, made.output, tmp_path / "x.age", WORDS, QUICK)
    finally:
        link.unlink()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_changes_meanwhile_ends_the_export(
    made: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from packet_builder.handover import export  # noqa: PLC0415 - its names are replaced

    def listed(*given: Any) -> Any:  # noqa: ANN401 - as it is
        one = real(*given)
        return one.model_copy(update={"sha256": "1" * 64}) if one.name == "case.yaml" else one

    real = export._listed
    monkeypatch.setattr(export, "_listed", listed)
    with pytest.raises(ExportedFileChangedError, match=r"case\.yaml was changed"):
        export_case(made.case, made.output, tmp_path / "x.age", WORDS, QUICK)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def at_desk(made: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Stand in the office, with a passphrase in a file."""
    monkeypatch.chdir(made.case.parents[1])
    monkeypatch.setattr("packet_builder.system.close_to_others", lambda: None)
    file = tmp_path / "passphrase"
    file.write_text(WORDS + "\n", encoding="utf-8")
    file.chmod(0o600)
    yield file
    for path in made.case.parents[1].glob("*.age"):
        path.unlink()


def test_two_machines_hand_over_a_case_by_command(
    at_desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(monkeypatch, "export", "boateng", "--passphrase-file", str(at_desk))
    said = capsys.readouterr()
    other = at_desk.parent / "other"
    other.mkdir()
    taken = Path(said.out.strip())
    monkeypatch.chdir(other)
    brought = run(monkeypatch, "import", str(taken), "--passphrase-file", str(at_desk))
    status = run(monkeypatch, "status", "boateng")

    assert (code, brought, status) == (ExitCode.DONE, ExitCode.DONE, ExitCode.DONE)
    assert taken.name == "boateng.age"
    assert "by another way than the file" in said.err
    assert "Next: packet-builder --cases cases status boateng" in capsys.readouterr().err
    assert WORDS not in said.out + said.err


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        (WORDS, 0o644, "others on this machine can read this file"),
        ("short", 0o600, "has fewer than 12 characters"),
    ],
)
def test_a_passphrase_that_protects_nothing_is_refused(  # noqa: PLR0913, PLR0917
    at_desk: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: str,
    mode: int,
    says: str,
) -> None:
    at_desk.write_text(content, encoding="utf-8")
    at_desk.chmod(mode)

    code = run(monkeypatch, "export", "boateng", "--passphrase-file", str(at_desk))

    assert code == ExitCode.USAGE
    assert says in capsys.readouterr().err


_BIG = """
import resource, sys
from pathlib import Path
from packet_builder.handover.export import export_case
from packet_builder.handover.imports import import_case
from packet_builder.workspace import Folders
place = Path(sys.argv[1])
export_case(place / "cases/boateng", place / "output/boateng", place / "x.age", "long enough", 4)
there = Folders(place / "there", place, place, place / "there-output")
import_case(place / "x.age", there, "long enough")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak_of(place: Path, size: int) -> int:
    case = place / "cases" / "boateng"
    case.mkdir(parents=True)
    with (case / "scan.pdf").open("wb") as stream:
        stream.truncate(size)
    done = subprocess.run(
        [sys.executable, "-c", _BIG, str(place)], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    shutil.rmtree(place)
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024)


def test_an_archive_is_never_held_whole_in_memory(tmp_path: Path) -> None:
    small, large = (peak_of(tmp_path / str(size), size) for size in (1_000, 500_000_000))

    assert large - small < 30_000_000
