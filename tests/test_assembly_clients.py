"""The names of an office's clients: each file is read once, and again when it changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from packet_builder.assembly import client_names, clients
from packet_builder.assembly.clients import clients_of

CASE = "petitioner:\n  name: {{given: {given}, family: {family}}}\nfiling: {{kind: x}}\n"
LONG_AGO = 1_600_000_000


@pytest.fixture
def office(tmp_path: Path) -> Path:
    office = tmp_path / "cases"
    for number in range(12):
        write(office / f"case-{number:02}" / "case.yaml", f"Given{number}", "Family")
    return office


def write(path: Path, given: str, family: str, changed: int = LONG_AGO) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CASE.format(given=given, family=family), encoding="utf-8")
    os.utime(path, (changed, changed))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the cases whose files are read, and call a file settled by its own time alone."""
    read: list[str] = []
    names_in = client_names.names_in

    def noted(path: Path) -> tuple[tuple[str, str], ...]:
        read.append(path.parent.name)
        return names_in(path)

    monkeypatch.setattr(client_names, "names_in", noted)
    settled = clients._is_settled
    monkeypatch.setattr(clients, "_is_settled", lambda state, at: settled((*state[:2], 0, 0), at))
    return read


def test_each_file_is_read_once_however_often_the_clients_are_asked_for(
    office: Path, tmp_path: Path, reads: list[str]
) -> None:
    first = clients_of(office, tmp_path / "output")
    second = clients_of(office, tmp_path / "output")

    assert len(reads) == 12
    assert first == second
    assert first.beside("case-00") == {(f"Given{number}", "Family") for number in range(1, 12)}


@pytest.mark.parametrize("when", [LONG_AGO + 1, LONG_AGO - 1], ids=["later", "earlier"])
def test_a_file_that_changed_is_read_again_and_no_other(
    office: Path, tmp_path: Path, reads: list[str], when: int
) -> None:
    before = clients_of(office, tmp_path / "output")
    reads.clear()
    write(office / "case-03" / "case.yaml", "Given9", "Family", when)

    after = clients_of(office, tmp_path / "output")

    assert reads == ["case-03"]
    assert after.of["case-03"] == (("Given9", "Family"),)
    assert after.digest != before.digest


def test_a_file_of_the_same_size_and_time_in_the_place_of_another_is_read(
    office: Path, tmp_path: Path, reads: list[str]
) -> None:
    clients_of(office, tmp_path / "output")
    reads.clear()
    write(tmp_path / "new.yaml", "Given8", "Family")
    (tmp_path / "new.yaml").replace(office / "case-03" / "case.yaml")

    assert clients_of(office, tmp_path / "output").of["case-03"] == (("Given8", "Family"),)


def test_a_file_that_was_written_just_before_it_was_read_is_read_again(
    office: Path, tmp_path: Path
) -> None:
    """It may be written once more within the same tick of the clock."""
    path = office / "case-03" / "case.yaml"
    path.write_text(CASE.format(given="Given3", family="Family"), encoding="utf-8")
    clients_of(office, tmp_path / "output")
    state = path.stat()
    with path.open("r+", encoding="utf-8") as stream:
        stream.write(CASE.format(given="Other3", family="Family"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))

    assert clients_of(office, tmp_path / "output").of["case-03"] == (("Other3", "Family"),)


def test_cases_come_and_go(office: Path, tmp_path: Path) -> None:
    clients_of(office, tmp_path / "output")
    (office / "case-00" / "case.yaml").unlink()
    write(office / "case-12" / "facts.yml", "Given12", "Family")

    known = clients_of(office, tmp_path / "output").of

    assert "case-00" not in known
    assert known["case-12"] == (("Given12", "Family"),)


def test_what_changed_beside_the_names_is_not_in_their_digest(office: Path, tmp_path: Path) -> None:
    before = clients_of(office, tmp_path / "output").digest
    with (office / "case-00" / "case.yaml").open("a", encoding="utf-8") as stream:
        stream.write("request: {summary: new}\n")

    assert clients_of(office, tmp_path / "output").digest == before


def test_a_run_over_many_cases_looks_at_their_files_once(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = clients_of(office, tmp_path / "output").digest
    monkeypatch.setattr(clients, "_seen", lambda *_: pytest.fail("looked at files again"))

    assert clients_of(office, tmp_path / "output", digest).digest == digest


def test_another_digest_than_that_of_what_is_kept_is_not_believed(
    office: Path, tmp_path: Path
) -> None:
    digest = clients_of(office, tmp_path / "output").digest
    write(office / "case-00" / "case.yaml", "New", "Name")
    clients_of(office, tmp_path / "output")

    assert ("New", "Name") in clients_of(office, tmp_path / "output", digest).beside("x")


@pytest.mark.parametrize("damage", ["", "[]", '{"a": 1}', "{", '{"a": [[1, 2], [["x"]]]}'])
def test_a_list_that_was_damaged_is_made_again(office: Path, tmp_path: Path, damage: str) -> None:
    expected = clients_of(office, tmp_path / "output")
    (tmp_path / "output" / ".office" / "clients.json").write_text(damage, encoding="utf-8")

    assert clients_of(office, tmp_path / "output") == expected
