"""What comes from others is what was locked, may be shipped, and is asked after."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from email.message import Message

import pytest

from docs.make_licences import PAGE, LicenceRefusedError, licence_of, page
from tests.audit import AUDITED, HOLES, LOCKS, NOT_AUDITED, ROOT, locked, verdict
from tests.needed import needs
from tests.wheel_check import difference

LOCK = "click==8.5.1 \\\n    --hash=sha256:aa\ndocxtpl==0.20.2 \\\n    --hash=sha256:bb\n"
ASKED = [{"name": "click", "version": "8.5.1", "vulns": []}]
ASKED += [{"name": "docxtpl", "version": "0.20.2", "vulns": []}]


def report(*rows: object) -> str:
    return json.dumps({"dependencies": rows, "fixes": []})


def test_an_audit_in_which_every_package_was_asked_for_is_one() -> None:
    assert verdict(LOCK, report(*ASKED)) == (AUDITED, "audited 2 packages; no hole is known")


@pytest.mark.parametrize(
    ("lock", "written"),
    [
        (LOCK, ""),
        (LOCK, "{}"),
        (LOCK, report()),
        (LOCK, report(ASKED[0])),
        (LOCK, report(ASKED[0], {"name": "docxtpl", "skip_reason": "not found"})),
        (LOCK, report(ASKED[0], {**ASKED[1], "version": "0.20.1"})),
        ("", report(*ASKED)),
    ],
)
def test_what_could_not_be_asked_for_fails(lock: str, written: str) -> None:
    code, said = verdict(lock, written)

    assert code == NOT_AUDITED
    assert said.startswith("could not audit")


def test_a_known_hole_is_named() -> None:
    hole = {**ASKED[1], "vulns": [{"id": "PYSEC-2026-1"}]}

    assert verdict(LOCK, report(ASKED[0], hole)) == (
        HOLES,
        "known holes: docxtpl 0.20.2: PYSEC-2026-1",
    )


def test_the_audit_fails_plainly_where_there_is_no_network() -> None:
    """The tool itself, sent to an address where nobody answers."""
    nobody = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    ended = subprocess.run(
        [sys.executable, "-m", "tests.audit"],
        cwd=ROOT,
        env={**os.environ, **nobody, **{name.lower(): value for name, value in nobody.items()}},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == NOT_AUDITED
    assert all(f"{name}: could not audit" in ended.stdout for name in LOCKS)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_locked_with_its_digests(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())

    assert len(entries) == len(locked(text))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def metadata(**fields: str) -> Message:
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License_Expression": "MIT"}, "MIT"),
        ({"License": "LGPL-2.1-only"}, "LGPL-2.1-only"),
        ({"License": "BSD", "Classifier": "License :: OSI Approved :: MIT"}, "BSD; MIT"),
        (
            {"Classifier": "License :: GNU Lesser General Public License v3"},
            "GNU Lesser General Public License v3",
        ),
    ],
)
def test_a_licence_is_told(fields: dict[str, str], licence: str) -> None:
    assert licence_of("package", metadata(**fields)) == licence  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"License_Expression": "GPL-3.0-or-later"},
        {"License_Expression": "AGPL-3.0-only"},
        {
            "License": "MIT",
            "Classifier": "License :: OSI Approved :: GNU General Public License v2",
        },
        {"Classifier": "License :: OSI Approved :: GNU Affero General Public License v3"},
    ],
)
def test_a_licence_that_would_bind_ours_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(LicenceRefusedError, match="package: "):
        licence_of("package", metadata(**fields))  # type: ignore[arg-type]


def test_the_page_of_licences_is_up_to_date() -> None:
    assert page() == PAGE.read_text("utf-8"), "write it anew with: python -m docs.make_licences"


TRACKED = ("packet_builder/cli.py", "templates/new/case.yaml")
ABOUT = [
    f"packet_builder-0.1.0.dist-info/{name}"
    for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
]
WHEEL = ["packet_builder/cli.py", "packet_builder/templates/new/case.yaml", *ABOUT]


def test_a_wheel_of_what_is_tracked_is_right() -> None:
    assert difference(WHEEL, TRACKED) == ([], [])


@pytest.mark.parametrize("stranger", ["packet_builder/notes.txt", "tests/x.py", "case_data/a.yaml"])
def test_a_stranger_in_a_wheel_is_found(stranger: str) -> None:
    assert difference([*WHEEL, stranger], TRACKED) == ([stranger], [])


@pytest.mark.parametrize("place", range(len(WHEEL)))
def test_what_a_wheel_lacks_is_found(place: int) -> None:
    assert difference([*WHEEL[:place], *WHEEL[place + 1 :]], TRACKED)[1] != []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="what is tracked is known in a clone only")
def test_the_repository_holds_files_only_and_no_link_to_a_place_of_one_machine() -> None:
    needs("git")
    listed = subprocess.run(
        ["git", "ls-files", "--stage"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert listed
    assert [row for row in listed if not row.startswith(("100644 ", "100755 "))] == []
