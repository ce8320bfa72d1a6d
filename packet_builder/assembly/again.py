"""Gives the packet of the last build where all that it was made from is as it was; else builds.

Nothing is read but bytes, so this takes a fraction of reading a case. What is looked at is more
than what a build reads: whole folders. In doubt it builds, and that finds out what changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from packet_builder.assembly.cache import digest_of_parts, libraries, program_digest
from packet_builder.assembly.clients import clients_of
from packet_builder.assembly.order import Built, Order
from packet_builder.assembly.word import program_mark
from packet_builder.hands import ALONE, Hands
from packet_builder.kept import kept_in
from packet_builder.packet.finals import FINAL, FINAL_PACKET
from packet_builder.packet.manifest import MANIFEST, read_manifest
from packet_builder.template_files import program_templates
from packet_builder.unfinished import is_unfinished, sweep
from packet_builder.workspace import (
    PACKAGE,
    case_folder,
    digest_of,
    temporary_folders,
    write_whole,
)


def built_again(
    order: Order,
    tell: Callable[[str], None],
    hands: Hands = ALONE,
    tidy: Callable[[Path, Path], None] | None = None,
) -> Built:
    """Give the packet of a case, as `built` does.

    `tidy` is done when something was built, with the case's folder and that of its packets.
    """
    folder = case_folder(order.case, order.folders.cases)
    output = order.folders.output / folder.name
    inputs = _inputs(order, folder)  # before anything is read: what changes meanwhile is seen next
    last = _last(_place(order, output), inputs) if inputs else None
    if last is not None:
        sweep(temporary_folders(), deep=False)  # as the lock of a case does, which is not needed
        return last
    hands.start()
    from packet_builder.assembly.build import built  # noqa: PLC0415 - only when something changed

    made = built(order, tell, hands)
    if made.packet is not None and not made.unchanged and tidy is not None:
        tidy(folder, output)
    if made.packet is not None and inputs is not None:
        _remember(_place(order, output), made.packet.parent, inputs, made.logo)
    return made


def input_files(order: Order, folder: Path) -> Iterator[Path]:
    """Give every file that a build may read, and more; but for a logo in a folder of its own.

    The program's own files are as they were when it started.
    """
    yield from _own_files(order, folder)
    yield from sorted(folder.parent.glob("*/*.y*ml"))  # of other clients


def _own_files(order: Order, folder: Path) -> Iterator[Path]:
    """Give all of them but those of other clients."""
    yield from _files(program_templates())  # an office's page templates are compared with ours
    yield from _files(folder)
    yield from _files(order.folders.templates)
    yield from _files(order.folders.forms)
    yield from (path for path in sorted(folder.parent.glob("*")) if path.is_file())
    if order.filing is not None:  # it may continue what was filed
        yield from _files_of_finals(order.folders.output / folder.name)


@cache
def program_files() -> str:
    """Give the digest of the program that runs, its code and its data, once in a process."""
    data = (path for path in _files(PACKAGE) if path.suffix != ".py")
    return digest_of_parts((program_digest(), *_states(data)))


def _files_of_finals(output: Path) -> Iterator[Path]:
    for pattern in (MANIFEST, FINAL_PACKET):
        yield from sorted(output.glob(f"*/{FINAL}/*/{pattern}"))


def _inputs(order: Order, folder: Path) -> str | None:
    """Give the digest of all that a build may read; None where not all of it can be looked at."""
    files = tuple(_own_files(order, folder))
    if any(path.is_dir() for path in files):  # a link: nobody looked at what lies behind it
        return None
    clients = order.clients or clients_of(folder.parent, order.folders.output).digest
    asked = (str(order.date), order.engine, program_mark(), clients, *libraries())
    places = (folder, order.folders.templates, order.folders.forms)
    try:
        return digest_of_parts((program_files(), *asked, *map(str, places), *_states(files)))
    except OSError:
        return None


def _place(order: Order, output: Path) -> Path:
    """Give where the last build of a filing is noted."""
    return output / "cache" / f"last-{order.filing or 'first'}.json"


def _last(place: Path, inputs: str) -> Built | None:
    """Give the last build; None where it was made from something else, or was touched."""
    try:
        last: Mapping[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        logo = last["logo"] and Path(last["logo"][0])
        same_logo = not logo or digest_of(logo) == last["logo"][1]
        filing = place.parents[1] / last["filing"]
        same = last["inputs"] == inputs and same_logo and last["output"] == _state_of(filing)
        same = same and not any(map(is_unfinished, filing.iterdir()))  # a build sweeps that away
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    manifest = read_manifest(filing) if same else None
    if manifest is None:
        return None
    packet = filing / manifest["packet"]["file"]
    return Built(packet, tuple(manifest["findings"]), manifest, unchanged=True, logo=logo)


def _remember(place: Path, filing: Path, inputs: str, logo: Path | None) -> None:
    last = {
        "inputs": inputs,
        "logo": logo and (str(logo), digest_of(logo)),
        "filing": filing.name,
        "output": _state_of(filing),
    }
    write_whole(place, json.dumps(last).encode())


def _state_of(filing: Path) -> str:
    """Give the digest of all that a build left; what is kept is named by its own digest.

    Final packets are not what a build left; how many bytes they are does not matter here.
    """
    kept = frozenset((*kept_in(filing), *(filing / FINAL).rglob("*")))
    files = (path for path in _files(filing) if path not in kept)
    return digest_of_parts((*sorted(map(str, kept)), *_states(files)))


def _states(files: Iterable[Path]) -> Iterator[str]:
    for path in files:
        yield str(path)
        if path.is_symlink():
            yield f"leads to {path.readlink()}"
        if path.is_file():
            yield digest_of(path)


def _files(folder: Path) -> Iterator[Path]:
    """Give every file and every link below a folder, in an order that never changes."""
    for path in sorted(folder.rglob("*")):
        if (path.is_file() or path.is_symlink()) and path.suffix != ".pyc":
            yield path
