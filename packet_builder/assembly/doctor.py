"""A machine and an office's folders become a list of what is missing, too old or open to others.

Nothing of a case is read, and no name of a folder is told: the list may be sent to anybody.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from packet_builder import system
from packet_builder.errors import PacketError
from packet_builder.facts.fault import FactsError
from packet_builder.installing import Tool, typed_for
from packet_builder.law.law import SHIPPED, Law
from packet_builder.system import System
from packet_builder.workspace import USUAL_FOLDERS, Folders

_PYTHON = (3, 11)
_LOW_BYTES, _FULL_BYTES = 2 << 30, 200 << 20
_LONG_PATHS = (
    "as administrator: reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\FileSystem "
    "/v LongPathsEnabled /t REG_DWORD /d 1 /f"
)


class Health(StrEnum):
    """How something is."""

    GOOD = "good"
    NOTE = "note"
    """It is not there, and only some need it."""
    WARNING = "warning"
    """Packets can be built; look at it before one is filed."""
    ERROR = "error"
    """Without it no packet can be built or kept."""


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at."""

    what: str
    health: Health
    said: str
    cure: str = ""
    """What to type, on this system; "" where nothing is to be done."""


def looks(folders: Folders, on: dt.date) -> Iterator[Look]:
    """Look at everything that a packet needs; `on` is the day by which law and forms are judged."""
    yield _python()
    yield _libreoffice()
    yield from _fonts()
    yield from _fonts_of_office(folders.templates)
    yield _ocrmypdf()
    yield from _long_paths()
    yield _room(folders.output)
    yield _writable(folders.output)
    yield _private("case folders", folders.cases, USUAL_FOLDERS.cases)
    yield _private("output folder", folders.output, USUAL_FOLDERS.output)
    yield from _templates(folders.templates)
    yield from _office(folders, on)


def _python() -> Look:
    said = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _PYTHON:
        said = f"{said} is too old; 3.11 is needed"
        return Look(Tool.PYTHON, Health.ERROR, said, typed_for(Tool.PYTHON))
    return Look(Tool.PYTHON, Health.GOOD, said)


def _libreoffice() -> Look:
    from packet_builder.documents.engines import libreoffice  # noqa: PLC0415 - start-up time

    if system.libreoffice() is None:
        said = "not installed; the built-in engine makes the letters, but no joined scripts"
        return Look(Tool.LIBREOFFICE, Health.NOTE, said, typed_for(Tool.LIBREOFFICE))
    try:
        return Look(Tool.LIBREOFFICE, Health.GOOD, libreoffice.version())
    except PacketError:
        said = "too old, or does not start; the built-in engine is used"
        return Look(Tool.LIBREOFFICE, Health.WARNING, said, typed_for(Tool.LIBREOFFICE))


def _fonts() -> Iterator[Look]:
    from packet_builder.documents import fonts  # noqa: PLC0415 - start-up time

    count = len(fonts.font_files())
    if not count:
        said = "those that travel with the program are gone"
        yield Look("fonts", Health.ERROR, said, "install packet-builder again")
    else:
        yield Look("fonts", Health.GOOD, f"{count} that travel with the program")
    if fonts.cjk_font_files():
        yield Look(Tool.CJK_FONTS, Health.GOOD, "there")
    else:
        said = "none; names in these scripts cannot be printed"
        yield Look(Tool.CJK_FONTS, Health.NOTE, said, typed_for(Tool.CJK_FONTS))


def _fonts_of_office(templates: Path) -> Iterator[Look]:
    from packet_builder.assembly.office_fonts import fonts_seen  # noqa: PLC0415 - start-up time
    from packet_builder.documents.office_fonts import FontsRefusedError  # noqa: PLC0415 - start-up time

    try:
        seen = fonts_seen(templates)
    except FontsRefusedError as error:
        for fault in error.faults:
            said = f"{fault.file} cannot be used: {fault.fault}"
            yield Look("fonts of the office", Health.ERROR, said, fault.cure)
        return
    if seen:
        families = ", ".join(dict.fromkeys(name for font in seen for name in font.families[:1]))
        yield Look("fonts of the office", Health.GOOD, f"{len(seen)}: {families}")


def _ocrmypdf() -> Look:
    if shutil.which("ocrmypdf"):
        return Look(Tool.OCRMYPDF, Health.GOOD, "there")
    said = "not installed; packet-builder ocr cannot read scans"
    return Look(Tool.OCRMYPDF, Health.NOTE, said, typed_for(Tool.OCRMYPDF))


def _long_paths() -> Iterator[Look]:
    if system.SYSTEM is System.WINDOWS:
        if system.has_long_paths():
            yield Look("long paths", Health.GOOD, "turned on")
        else:
            said = "turned off; a path of more than 259 characters cannot be written"
            yield Look("long paths", Health.WARNING, said, _LONG_PATHS)


def _room(output: Path) -> Look:
    free = shutil.disk_usage(_nearest(output)).free
    said = f"{free / 1e9:.1f} GB free"
    if free < _LOW_BYTES:
        health = Health.ERROR if free < _FULL_BYTES else Health.WARNING
        return Look("disk", health, said, "make room, or choose another disk with --output")
    return Look("disk", Health.GOOD, said)


def _writable(output: Path) -> Look:
    try:
        with tempfile.TemporaryFile(dir=_nearest(output)):
            return Look("output", Health.GOOD, "can be written")
    except OSError:
        said = "the folder of the packets cannot be written"
        return Look("output", Health.ERROR, said, "choose another with --output FOLDER")


def _private(what: str, folder: Path, usual: Path) -> Look:
    if system.SYSTEM is System.WINDOWS:
        said = "as private as the folder that they lie in; keep them below your user folder"
        return Look(what, Health.NOTE, said)
    if not folder.is_dir():
        return Look(what, Health.GOOD, "not there yet; they are made for you alone")
    if system.is_private(folder.stat()):
        return Look(what, Health.GOOD, "only you can read them")
    said = "others on this machine may look into them"
    return Look(what, Health.WARNING, said, f"chmod go= {usual}")


def _templates(folder: Path) -> Iterator[Look]:
    from packet_builder.assembly.own_templates import State, standing  # noqa: PLC0415 - start-up time

    rows = standing(folder)
    moved = [row.name for row in rows if row.state is State.MOVED]
    for name in moved:
        said = f"{name}: the program's has changed since yours was taken from it"
        yield Look("templates", Health.WARNING, said, f"packet-builder templates diff {name}")
    if not moved:
        said = f"{len(rows)} of the office's own" if rows else "all are the program's"
        yield Look("templates", Health.GOOD, said)


def _office(folders: Folders, on: dt.date) -> Iterator[Look]:
    """Look at the law, and at the blanks that it asks for; a file that is wrong is only named."""
    from packet_builder.law.office import FILE, read_office_law  # noqa: PLC0415 - start-up time

    if not (folders.cases / "firm.yaml").is_file():
        said = "not there; it holds the letterhead, and comes with the first case"
        yield Look("firm.yaml", Health.NOTE, said, "packet-builder new CASE")
    try:
        law = read_office_law(folders.cases / FILE)
    except FactsError:
        said = "it cannot be read as it is"
        yield Look(FILE, Health.ERROR, said, "packet-builder forms check, which says the lines")
        law = SHIPPED
    yield _law(law, on)
    yield from _forms(law, on, folders)


def _law(law: Law, on: dt.date) -> Look:
    from packet_builder.law.freshness import ACTED_ON, WARN_AFTER  # noqa: PLC0415 - start-up time
    from packet_builder.law.office import TABLES  # noqa: PLC0415 - start-up time

    tables = (table for table in TABLES if table.name in ACTED_ON)
    rows = [row for table in tables for row in law.rows(table) if row.is_in_force(on)]
    old = [row for row in rows if (on - row.checked_on).days > WARN_AFTER]
    said = f"{len(rows)} rows of fees, editions, addresses and limits"
    if not old:
        return Look("tables of law", Health.GOOD, f"{said}, checked within {WARN_AFTER} days")
    first = min(row.checked_on for row in old)
    said += f"; {len(old)} were last checked over {WARN_AFTER} days ago, the oldest on {first}"
    cure = "compare those that a case uses (packet-builder check CASE), and note it in law.yaml"
    return Look("tables of law", Health.WARNING, said, cure)


def _forms(law: Law, on: dt.date, folders: Folders) -> Iterator[Look]:
    from packet_builder.assembly.form_list import (  # noqa: PLC0415 - start-up time
        EditionState,
        known_forms,
    )

    known = [
        form
        for form in known_forms(law, on, folders)
        if form.state is not EditionState.NOT_IN_FORCE
    ]
    missing = sorted({form.edition.form for form in known if form.blank is None})
    if missing:
        said = f"{len(missing)} of {len(known)} are missing: {', '.join(missing)}"
        cure = "packet-builder forms list, which says where each is to be had"
        yield Look("blank forms", Health.WARNING, said, cure)
    else:
        yield Look("blank forms", Health.GOOD, f"all {len(known)} are there")
    doubtful = (EditionState.NEWER, EditionState.CONFLICT, EditionState.EXPIRED)
    old = sorted({form.edition.form for form in known if form.state in doubtful})
    if old:
        said = f"in doubt or superseded: {', '.join(old)}"
        yield Look("form editions", Health.WARNING, said, "packet-builder forms check")


def _nearest(folder: Path) -> Path:
    """Give the folder, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())
