"""Which engine turns Word into PDF in this run, known without starting it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.office_fonts import office_fonts

_FILE = "engine.txt"


@dataclass(frozen=True, slots=True)
class WordPress:
    """An engine, by its name and version and the fonts it is given."""

    engine: str  # dxpdf or libreoffice
    name: str  # for the manifest and for the keys of kept work: all that shapes its pages
    own_fonts: Path | None  # of the office

    def print(self, jobs: Sequence[tuple[Path, Path, str]]) -> None:
        """Turn Word files into PDFs, all in one call; raises with every fault of all of them.

        A job is a Word file, the PDF to make, and the name that messages use.
        """
        from packet_builder.documents.engines import ENGINES, typeset  # noqa: PLC0415 - start-up time
        from packet_builder.documents.engines.engine import Job  # noqa: PLC0415 - start-up time

        typeset([Job(*job) for job in jobs], ENGINES[self.engine], self.own_fonts)


def word_press(wanted: str, templates: Path, cache: Cache) -> WordPress:
    """Give the engine of this run, with the fonts of the office beside ours.

    Raises EngineMissingError where the one wanted is absent, FontsRefusedError.

    Asking LibreOffice for its version takes as long as a whole rebuild, so the answer is kept
    for as long as the program file is the same.
    """
    own_fonts = office_fonts(templates, cache)
    made_from = ("engine", wanted, program_mark(), own_fonts.name if own_fonts else "")
    place = cache.kept(made_from, lambda folder: _ask(wanted, own_fonts, folder))
    engine, name = (place / _FILE).read_text(encoding="utf-8").splitlines()
    return WordPress(engine, name, own_fonts)


def _ask(wanted: str, own_fonts: Path | None, folder: Path) -> None:
    from packet_builder.documents.engines import choose, toolchain  # noqa: PLC0415 - start-up time

    chain = toolchain(choose(wanted), own_fonts)
    name = f"{chain.engine} {chain.version}, fonts {chain.fonts[:12]}"
    (folder / _FILE).write_text(f"{chain.engine}\n{name}\n", encoding="utf-8", newline="\n")


def program_mark() -> str:
    """Give a text that changes when LibreOffice is installed, removed or updated."""
    found = shutil.which("soffice")
    if found is None:
        return "none"
    program = Path(found).resolve()
    state = program.stat()
    return f"{program} {state.st_size} {state.st_mtime_ns}"
