"""What letter templates ask for; and a check of every template: letters, pages and outlines."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.office_fonts import office_fonts
from packet_builder.errors import UnusableError
from packet_builder.facts.fault import FactsError
from packet_builder.model.audience import Audience
from packet_builder.outline import Outline, outlines_in, read_outline
from packet_builder.plan.privilege import PrivilegedWordsError, check_privilege
from packet_builder.rules.internal_mark import INTERNAL_MARK
from packet_builder.template_files import gather_pages, template_file, templates_of
from packet_builder.workspace import digest_of


def template_faults(templates: Path) -> tuple[str, ...]:
    """Give each thing that is wrong with a folder of templates, in one line or a few."""
    from packet_builder.documents.letters.check import check_templates  # noqa: PLC0415 - only for a check
    from packet_builder.documents.sheets import templates as page_templates  # noqa: PLC0415 - only for a check
    from packet_builder.plan.letter_examples import example_contexts  # noqa: PLC0415 - only for a check

    with tempfile.TemporaryDirectory() as scratch:
        fonts, font_faults = _fonts_and_faults(templates, Cache(Path(scratch, "cache")))
        pages = Path(scratch, "pages")
        gather_pages(templates, pages, fonts)
        page_faults = tuple(map(str, page_templates.template_faults(pages)))
    return (
        *font_faults,
        *map(str, check_templates(templates, _letters_in(templates), example_contexts())),
        *page_faults,
        *_outline_faults(templates),
        *_privilege_faults(templates),
    )


def _fonts_and_faults(templates: Path, cache: Cache) -> tuple[Path | None, tuple[str, ...]]:
    from packet_builder.documents.office_fonts import FontsRefusedError  # noqa: PLC0415 - only for a check

    try:
        return office_fonts(templates, cache), ()
    except FontsRefusedError as error:
        return None, tuple(map(str, error.faults))


def letter_names(outline: Outline, templates: Path, cache: Cache) -> Mapping[str, frozenset[str]]:
    """Give the names that the template of each letter of a filing asks for.

    Raises an error of a template that cannot be read.
    """
    letters = {entry.template for entry in outline.documents if entry.template is not None}
    return {letter: _kept_names(_letter(templates, letter), cache) for letter in letters}


def _letter(templates: Path, letter: str) -> Path:
    return template_file(templates, "letters", f"{letter}.docx")


def _kept_names(template: Path, cache: Cache) -> frozenset[str]:
    digest = digest_of(template) if template.is_file() else ""
    place = cache.kept(("letter-names", digest), lambda folder: _keep_names(template, folder))
    return frozenset(json.loads((place / "names.json").read_text(encoding="utf-8")))


def _keep_names(template: Path, folder: Path) -> None:
    from packet_builder.documents.letters.asked import names_of_template  # noqa: PLC0415 - only when not kept

    names = sorted(names_of_template(template))
    (folder / "names.json").write_text(json.dumps(names), encoding="utf-8", newline="\n")


def _letters_in(templates: Path) -> frozenset[str]:
    """Name the letters that an outline asks for, and all others that there is a template of."""
    written = {path.stem for path in templates_of(templates, "letters").values()}
    asked = {
        entry.template
        for kind in outlines_in(templates)
        for outline in _readable(templates, kind)
        for entry in outline.documents
        if entry.template is not None
    }
    return frozenset(written | asked)


def _readable(templates: Path, kind: str) -> Iterator[Outline]:
    with suppress(FactsError):  # which _outline_faults gives
        yield read_outline(templates, kind)


def _privilege_faults(templates: Path) -> Iterator[str]:
    """Give what would let the office's own thoughts out, or lets a page of them go unmarked."""
    for kind in outlines_in(templates):
        for outline in _readable(templates, kind):
            letters = {entry.template for entry in outline.documents if entry.template}
            for letter in sorted(letters):
                yield from _faults_of_privilege(templates, outline, letter)


def _faults_of_privilege(templates: Path, outline: Outline, letter: str) -> Iterator[str]:
    from packet_builder.documents.letters.asked import names_of_template  # noqa: PLC0415 - only for a check
    from packet_builder.documents.letters.marked import is_marked_internal  # noqa: PLC0415 - only for a check

    path = _letter(templates, letter)
    with suppress(UnusableError):  # of a template that cannot be read: told with the letters
        names = names_of_template(path)
        if outline.audience is Audience.OFFICE and not is_marked_internal(path):
            yield (
                f'{path.name}: a letter of the outline "{outline.title}", which is for the office, '
                f'lacks "{INTERNAL_MARK}" in the header of its pages. Write it there.'
            )
        try:
            check_privilege(outline, letter, names)
        except PrivilegedWordsError as error:
            yield str(error)


def _outline_faults(templates: Path) -> Iterator[str]:
    for kind in outlines_in(templates):
        try:
            read_outline(templates, kind)
        except FactsError as error:
            yield str(error)
