from __future__ import annotations

import hashlib
import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from packet_builder.assembly.build import built
from packet_builder.assembly.order import Order
from packet_builder.kept import KeptContentLostError, is_kept, keep, keep_file, kept_file
from packet_builder.packet.manifest import read_manifest
from packet_builder.workspace import Folders, shipped
from tests.cases import changed, write_case
from tests.killed import KilledError, killed_before


def test_content_is_kept_once_under_its_digest_and_cannot_be_written(tmp_path: Path) -> None:
    digest = keep(tmp_path, b"seen")
    path = kept_file(tmp_path, digest)
    first = path.stat().st_ino

    assert digest == hashlib.sha256(b"seen").hexdigest()
    assert path.read_bytes() == b"seen"
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert keep(tmp_path, b"seen") == digest
    assert path.stat().st_ino == first


def test_a_file_is_kept_as_a_copy(tmp_path: Path) -> None:
    source = tmp_path / "letter.docx"
    source.write_bytes(b"words")
    digest = keep_file(tmp_path / "packet", source)
    source.write_bytes(b"other words")

    assert kept_file(tmp_path / "packet", digest).read_bytes() == b"words"


def test_what_is_damaged_or_gone_is_not_taken_for_kept(tmp_path: Path) -> None:
    digest = keep(tmp_path, b"seen")
    path = kept_file(tmp_path, digest)
    path.chmod(0o600)
    path.write_bytes(b"sean")

    assert not is_kept(tmp_path, digest)
    with pytest.raises(KeptContentLostError, match="is missing or damaged"):
        kept_file(tmp_path, digest)
    source = tmp_path / "again"
    source.write_bytes(b"seen")
    assert keep_file(tmp_path, source) == digest
    assert is_kept(tmp_path, digest)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    write_case(tmp_path / "cases")
    output = tmp_path / "output"
    return Folders(tmp_path / "cases", shipped("templates"), tmp_path / "forms", output)


def build(folders: Folders) -> Any:  # noqa: ANN401 - JSON
    built(Order("boateng", folders, None, "dxpdf"), lambda _: None)
    return read_manifest(folders.output / "boateng" / "initial_parole")


def say(folders: Folders, words: str) -> None:
    text = changed(("He may bleed again", words))
    (folders.cases / "boateng" / "case.yaml").write_text(text, encoding="utf-8")


def lost(folder: Path, manifest: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Give what a manifest names and the folder does not have whole."""
    rows = manifest["documents"]
    names = [manifest["packet"]["sha256"], manifest["facts"]["sha256"]]
    names += [row["planned"] for row in rows] + [row["editable"] for row in rows]
    names += [row["sha256"] for row in manifest["internal"]]
    return [name for name in names if name is not None and not is_kept(folder, name)]


def test_a_build_keeps_all_that_its_manifest_names(folders: Folders) -> None:
    manifest = build(folders)
    folder = folders.output / "boateng" / "initial_parole"

    assert lost(folder, manifest) == []
    letter = next(row for row in manifest["documents"] if row["id"] == "letter-cover_letter")
    assert (
        letter["editable"]
        == hashlib.sha256(
            (folder / "letters" / "letter-cover_letter.docx").read_bytes()
        ).hexdigest()
    )
    planned = json.loads(kept_file(folder, letter["planned"]).read_text("utf-8"))
    assert planned["context"]["attorney"]["name"] == "Jordan Lee"
    facts = json.loads(kept_file(folder, manifest["facts"]["sha256"]).read_text("utf-8"))
    assert facts["supporters"][0]["annual_income"] == "131460"
    assert [row["file"] for row in manifest["facts"]["files"]] == ["case.yaml", "../firm.yaml"]


def test_a_remark_in_the_facts_changes_their_digest_and_not_the_packet(folders: Folders) -> None:
    before = build(folders)
    path = folders.cases / "boateng" / "case.yaml"
    path.write_text(path.read_text("utf-8") + "# a remark\n", encoding="utf-8")
    after = build(folders)

    assert before["packet"] == after["packet"]
    assert before["facts"]["sha256"] == after["facts"]["sha256"]
    assert before["facts"]["files"] != after["facts"]["files"]
    assert read_manifest(folders.output / "boateng" / "initial_parole") == after


def test_what_was_lost_is_kept_again_by_the_next_build(folders: Folders) -> None:
    manifest = build(folders)
    folder = folders.output / "boateng" / "initial_parole"
    shutil.rmtree(folder / "kept")

    assert lost(folder, build(folders)) == []
    assert read_manifest(folder) == manifest


def test_a_kill_wherever_it_falls_leaves_the_former_packet_whole(folders: Folders) -> None:
    """The former manifest, or the new one; and whatever it names is kept, whole."""
    say(folders, "He may well bleed again")
    new = build(folders)
    say(folders, "He may bleed again")
    former = build(folders)
    folder = folders.output / "boateng" / "initial_parole"
    shutil.rmtree(folder)
    build(folders)
    shutil.copytree(folder, folders.output / "snapshot")
    say(folders, "He may well bleed again")

    seen = []
    for change in range(0, 1000, 3):  # each takes a whole build
        shutil.rmtree(folder)
        shutil.copytree(folders.output / "snapshot", folder)
        try:
            with killed_before(change, folder):
                build(folders)
        except KilledError:
            manifest = read_manifest(folder)
            seen.append(manifest == new)
            assert manifest in (former, new)
            assert lost(folder, manifest) == []
        else:
            break

    assert len(seen) > 10
    assert seen[0] is False
    assert read_manifest(folder) == new


def test_after_a_kill_the_next_build_puts_everything_right(folders: Folders) -> None:
    build(folders)
    folder = folders.output / "boateng" / "initial_parole"
    say(folders, "He may well bleed again")
    killed = 0
    for change in range(1, 60, 8):
        try:
            with killed_before(change, folder):
                build(folders)
        except KilledError:
            killed += 1
    manifest = build(folders)

    assert killed > 1
    assert lost(folder, manifest) == []
    packet = (folder / "packet-DRAFT.pdf").read_bytes()
    assert hashlib.sha256(packet).hexdigest() == manifest["packet"]["sha256"]
