"""The blank official forms, which are never in the repository; tests skip where they are absent."""

from __future__ import annotations

import os
from pathlib import Path

from packet_builder.documents.forms.blank import Blank, blank_in, prepare_blank
from tests.needed import missing

_BESIDE = Path(__file__).parents[2] / "shared" / "forms" / "blank"


def blank_folder() -> Path:
    """Give the folder of blanks, or skip the test."""
    folder = Path(os.environ.get("PACKET_BUILDER_FORMS", _BESIDE))
    if not any(folder.glob("*.pdf")):
        missing(f"the blank official forms are not in {folder}")
    return folder


def blank_form(form: str, edition: str) -> Path:
    """Give one blank, or skip the test."""
    path = blank_folder() / f"{form}-{edition}.pdf"
    if not path.is_file():
        missing(f"the blank {path.name} is not in {path.parent}")
    return path


def ready_blank(form: str, edition: str, folder: Path) -> Blank:
    """Give one blank, made ready to be filled in a folder, or skip the test."""
    place = folder / f"ready-{form}"
    place.mkdir(exist_ok=True)
    prepare_blank(blank_form(form, edition), form, place)
    return blank_in(place)
