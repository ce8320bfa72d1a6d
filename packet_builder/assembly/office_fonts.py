"""The font files of an office become a folder of their own: looked at, and named by their bytes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from packet_builder.assembly.cache import Cache
from packet_builder.template_files import font_templates
from packet_builder.workspace import digest_of

if TYPE_CHECKING:  # start-up time
    from packet_builder.documents.office_fonts import OfficeFont


def office_fonts(templates: Path, office: Cache) -> Path | None:
    """Give the folder in which an office's fonts are kept; None where it has none.

    They are looked at once. Raises FontsRefusedError with every fault of all of them.
    """
    files = font_templates(templates)
    if not files:
        return None
    digests = sorted({digest_of(path) for path in files.values()})
    return office.kept(("office-fonts", *digests), lambda folder: _keep(templates, folder))


def fonts_seen(templates: Path) -> tuple[OfficeFont, ...]:
    """Look at the fonts of an office; raises FontsRefusedError with every fault of all of them."""
    from packet_builder.documents.office_fonts import fonts_apart  # noqa: PLC0415 - only when not kept

    return fonts_apart(font_templates(templates))


def _keep(templates: Path, folder: Path) -> None:
    """Copy the fonts under names that every engine can read, and note what they can print."""
    from packet_builder.documents.fonts import OFFERED  # noqa: PLC0415 - only when not kept

    for path in font_templates(templates).values():
        shutil.copyfile(path, folder / f"{digest_of(path)[:16]}{path.suffix.casefold()}")
    seen = fonts_seen(templates)
    offered = {
        "families": sorted({family for font in seen for family in font.families}),
        "characters": sorted({code for font in seen for code in font.characters}),
    }
    (folder / OFFERED).write_text(json.dumps(offered), encoding="utf-8", newline="\n")
