"""A crash at any instant loses nothing: each command is struck at every change that it makes.

Each run of the tests kills each command in every state of the disk that a kill can leave, and
refuses room to each kind of change in each folder; `make crash` strikes every change.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from packet_builder.packet.manifest import read_manifest
from tests.crash_office import (
    ADDING,
    BUILD,
    WORK,
    Held,
    achieved,
    facts_and_exhibits,
    lost,
    prepare,
    unfinished,
    work_done,
)
from tests.crash_points import leaving_another_disk, of_each_kind
from tests.crashes import NEEDING_ROOM, ROOT, Change, Ended, Runner, runner
from tests.disk_order import out_of_order
from tests.packets import pages_of_text
from tests.tried import noted

ALL = os.environ.get("PACKET_BUILDER_CRASH") == "all"
_INTERRUPTIONS = 50
_NOTHING_LOST = "nothing lost"
_PART = "Crashes"


@dataclass
class Struck:
    """An office, and what each of its commands changes and comes to when nothing befalls it."""

    runner: Runner
    changes: dict[str, tuple[Change, ...]]
    manifests: dict[str, Any]
    achieved: dict[str, Counter[tuple[str, str]]]


@pytest.fixture(scope="module")
def struck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Struck]:
    folder = tmp_path_factory.mktemp("crash")
    office = folder / "office"
    prepare(office)
    with runner(office, folder / "snapshots") as running:
        struck = Struck(running, {}, {}, {})
        for name, changes in work_done(running):
            struck.changes[name] = changes
            struck.manifests[name] = read_manifest(office / "output/boateng/initial_parole")
            struck.achieved[name] = achieved(office)
            assert unfinished(office) == []
        yield struck


def check(struck: Struck, name: str, before: Held, what: str) -> None:
    """See that nothing is lost now, and that the same command comes to what it would have."""
    office = struck.runner.office
    assert lost(before, office, struck.manifests[name]) == [], what
    again = struck.runner.run(*WORK[name])
    assert again.code == 0, (what, again.err)
    assert lost(before, office, struck.manifests[name]) == [], what
    assert achieved(office) == struck.achieved[name], what
    assert unfinished(office) == [], what


def to_be_killed(changes: Sequence[Change]) -> Sequence[Change]:
    """Give the changes at which a command is killed."""
    return changes if ALL else leaving_another_disk(changes)


def to_be_refused(changes: Sequence[Change]) -> Sequence[Change]:
    """Give the changes for which there is no room."""
    needing = [change for change in changes if change.call in NEEDING_ROOM]
    return needing if ALL else of_each_kind(needing)


def typed(name: str) -> str:
    return "draft --accept" if name == "accept" else name


def said(ended: Ended) -> str:
    assert "Traceback" not in ended.err, ended.err
    return ended.err


@pytest.mark.parametrize("name", WORK)
def test_a_command_is_killed_at_a_change(struck: Struck, name: str) -> None:
    struck.runner.restore(name)
    before = Held.of(struck.runner.office)
    points = to_be_killed(struck.changes[name])
    for change in points:
        struck.runner.restore(name)
        ended = struck.runner.killed(change, *WORK[name])
        assert ended.code == -9, (change, ended)
        check(struck, name, before, str(change))
    what = f"`{typed(name)}` killed at a write, rename, fsync or other change"
    noted(_PART, what, len(points), _NOTHING_LOST)


@pytest.mark.parametrize("name", WORK)
def test_a_command_finds_no_room_for_a_change(struck: Struck, name: str) -> None:
    struck.runner.restore(name)
    before = Held.of(struck.runner.office)
    points = to_be_refused(struck.changes[name])
    for change in points:
        struck.runner.restore(name)
        ended = struck.runner.refused(change, *WORK[name])
        assert ended.code in {0, 6}, (change, ended)
        assert ended.code == 0 or "No space left on device" in said(ended)
        check(struck, name, before, str(change))
    what = f"`{typed(name)}` refused room at a change that needs some"
    noted(_PART, what, len(points), f"one sentence and exit code 6; {_NOTHING_LOST}")


@pytest.mark.parametrize("name", ["build", "draft"])
def test_a_command_is_interrupted(struck: Struck, name: str) -> None:
    struck.runner.restore(name)
    before = Held.of(struck.runner.office)
    seconds = struck.runner.seconds(*WORK[name])
    moments = random.Random(7)  # noqa: S311 - no secret
    stopped = 0
    for _ in range(_INTERRUPTIONS // 2):
        struck.runner.restore(name)
        moment = moments.uniform(0, seconds)
        ended = struck.runner.run(*WORK[name], interrupt=moment)
        assert ended.code in {0, 70}, ended
        assert "fault of the program" not in said(ended)
        stopped += ended.code == 70
        check(struck, name, before, f"Ctrl-C after {moment:.3f} s")
    assert stopped > _INTERRUPTIONS // 5
    what = f"`{name}` interrupted by Ctrl-C at a random moment"
    noted(_PART, what, _INTERRUPTIONS // 2, _NOTHING_LOST)


@pytest.mark.parametrize("fault", ["killed", "refused"])
@pytest.mark.parametrize("name", ADDING)
def test_an_entry_is_added_to_the_facts_whole_or_not_at_all(
    struck: Struck, name: str, fault: str
) -> None:
    running, office = struck.runner, struck.runner.office
    running.restore("build")
    pages_of_text(office / "scan.pdf", ["A letter of the school."])
    former = facts_and_exhibits(office)
    running.keep(f"{name} {fault}")
    changes = running.changes(*ADDING[name])
    wanted = facts_and_exhibits(office)
    assert wanted["case.yaml"] != former["case.yaml"]
    checked = running.run("check", "boateng").code  # of a new person much is still blank
    points = to_be_killed(changes) if fault == "killed" else to_be_refused(changes)
    for change in points:
        running.restore(f"{name} {fault}")
        strike = running.killed if fault == "killed" else running.refused
        ended = strike(change, *ADDING[name])
        assert ended.code in ({-9} if fault == "killed" else {0, 6}), (change, ended)
        there = facts_and_exhibits(office)
        assert there["case.yaml"] in {former["case.yaml"], wanted["case.yaml"]}, change
        assert former.items() - {("case.yaml", former["case.yaml"])} <= there.items(), change
        if there["case.yaml"] == former["case.yaml"]:
            again = running.run(*ADDING[name])
            assert again.code == 0, (change, again.err)
        assert facts_and_exhibits(office) == wanted, change
        assert running.run("check", "boateng").code == checked
        assert unfinished(office) == [], change
    what = f"`{name}` {fault} at a change" if fault == "killed" else f"`{name}` refused room"
    noted(_PART, what, len(points), "the facts are as they were, or have the whole entry")


def test_two_builds_at_once(struck: Struck) -> None:
    struck.runner.restore("build")
    office = struck.runner.office
    before = Held.of(office)
    environ = {**os.environ, **struck.runner.environ, "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-m", "packet_builder", *BUILD)
    runs = [
        subprocess.Popen(command, cwd=office, env=environ, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = [(run.communicate()[1], run.returncode) for run in runs]

    assert {code for _, code in answers} <= {0, 5}
    assert 0 in {code for _, code in answers}
    assert all("is working on this case" in err for err, code in answers if code == 5)
    check(struck, "build", before, "at once")
    noted(_PART, "`build` of a case three times at once", 3, f"one at a time; {_NOTHING_LOST}")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts")
@pytest.mark.parametrize("name", ["build", "draft", "approve"])
def test_the_disk_is_full_and_stays_so(struck: Struck, name: str) -> None:
    """A real disk in memory, with a little room left, which is then made larger."""
    struck.runner.restore(name)
    before = Held.of(struck.runner.office)
    rooms = (0, 40, 120, 360) if ALL else (0, 120)
    for room in rooms:
        with struck.runner.on_small_disk(name, room):
            ended = struck.runner.run(*WORK[name])
            assert ended.code in {0, 6}, ended
            said(ended)
            struck.runner.make_room()
            check(struck, name, before, f"{room} KiB left")
    noted(_PART, f"`{name}` on a disk in memory that is really full", len(rooms), _NOTHING_LOST)


def test_content_is_on_the_disk_before_its_name_and_names_before_the_manifest(
    struck: Struck,
) -> None:
    """What a loss of power takes is what was not on the disk yet."""
    for name, changes in struck.changes.items():
        assert out_of_order(changes) == [], name
        assert any(change.call.startswith("fsync") for change in changes)
    noted(
        _PART,
        "commands of an office, each followed by strace for the order of a loss of power",
        len(WORK),
        "content is on the disk before it gets its name, names before the manifest that needs them",
    )


@pytest.mark.parametrize(
    ("calls", "faults"),
    [
        (["write 3</o/a>", 'rename "/o/a", "/o/b"', "fsync 3</o>", "fsync 3</o/b>"], 1),
        (["write 3</o/a>", "fsync 3</o/a>", 'rename "/o/a", "/o/b"'], 1),
        (["write 3</o/a>", "fsync 3</o/a>", 'rename "/o/a", "/o/b"', "fsync 3</o>"], 0),
        (["write 3</o/log>"], 1),
        (
            [
                *("write 3</o/.part-a>", "fsync 3</o/.part-a>", 'rename "/o/.part-a", "/o/b"'),
                *("write 4</o/c/p>", "fsync 4</o/c/p>", 'rename "/o/c/p", "/o/c/packet.json"'),
                *("fsync 3</o>", "fsync 3</o/c>"),
            ],
            1,
        ),
    ],
)
def test_a_wrong_order_is_found(calls: list[str], faults: int) -> None:
    changes = tuple(Change(call.split()[0], 1, call.partition(" ")[2]) for call in calls)

    assert len(out_of_order(changes)) == faults


def test_where_there_is_no_time_for_all_each_state_of_the_disk_is_left_once() -> None:
    calls = [
        'openat AT_FDCWD</o>, "/o/.part-a", O_RDWR|O_CREAT|O_EXCL) = 3</o/.part-a>',
        'write 3</o/.part-a>, "one") = 3',  # struck: the file is there
        "fsync 3</o/.part-a>) = 0",
        'rename "/o/.part-a", "/o/a") = 0',
        "fsync 4</o>) = 0",  # struck: the name is there
        'write 5</o/log>, "a line") = 6',
        'mkdir "/o/.scratch-b", 0700) = 0',  # struck: the line is there
        'write 6</o/.scratch-b/c>, "two") = 3',  # struck: the folder is there
        'unlinkat 7</o/.scratch-b>, "c", 0) = 0',
        'rmdir "/o/.scratch-b") = 0',
        'unlink "/o/a") = 0',  # struck: the folder is gone
    ]
    changes = [Change(call.split()[0], 1, call.partition(" ")[2]) for call in calls]

    struck = leaving_another_disk(changes)

    assert [changes.index(change) for change in struck] == [0, 1, 4, 6, 7, 10]


def test_where_there_is_no_time_for_all_each_kind_of_change_in_a_folder_is_refused() -> None:
    calls = [
        "fsync 3</o/kept/.part-a>) = 0",
        "fsync 3</o/kept/.part-b>) = 0",
        "fsync 3</o/kept/.part-c>) = 0",
        "fsync 3</o/cache/.part-d>) = 0",
        'rename "/o/kept/.part-a", "/o/kept/a") = 0',
    ]
    changes = [Change(call.split()[0], 1, call.partition(" ")[2]) for call in calls]

    refused = of_each_kind(changes)

    assert [changes.index(change) for change in refused] == [0, 2, 3, 4]
