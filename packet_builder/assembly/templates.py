"""Checks every template of an office: letters, page templates and outlines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from packet_builder.documents.letters.check import check_templates
from packet_builder.documents.sheets import templates as page_templates
from packet_builder.facts.fault import FactsError
from packet_builder.outline import read_outline
from packet_builder.plan.letter_examples import example_contexts


def template_faults(templates: Path) -> tuple[str, ...]:
    """Give each thing that is wrong with a folder of templates, in one line or a few."""
    return (
        *map(str, check_templates(templates, example_contexts(_letters_in(templates)))),
        *map(str, page_templates.template_faults(templates / "pages")),
        *_outline_faults(templates),
    )


def _letters_in(templates: Path) -> Iterator[str]:
    for path in sorted((templates / "letters").glob("*.docx")):
        if not path.name.startswith("~$"):
            yield path.stem


def _outline_faults(templates: Path) -> Iterator[str]:
    for path in sorted((templates / "outlines").glob("*.yaml")):
        try:
            read_outline(templates, path.stem)
        except FactsError as error:
            yield str(error)
