"""A planned letter becomes a Word document: rendered, checked word by word, without metadata."""

from __future__ import annotations

import copy
import io
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image
from docx.shared import Emu, Inches
from docxtpl import DocxTemplate, InlineImage
from lxml import etree

from packet_builder.documents.letters.environment import letter_environment
from packet_builder.documents.letters.errors import (
    LogoUnusableError,
    TemplateBrokenError,
    TemplateFault,
)
from packet_builder.documents.letters.filling import Filling
from packet_builder.documents.letters.source import TemplateSource, read_template
from packet_builder.documents.letters.tags import check_tags
from packet_builder.documents.letters.words import check_structure, check_words
from packet_builder.documents.word.word import Word, packed, word_of
from packet_builder.plan.planned import PlannedDocument
from packet_builder.template_files import template_file
from packet_builder.workspace import write_whole

_LOGO_WIDTH, _LOGO_HEIGHT = Inches(2.2), Inches(0.75)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = (
    '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cp="http://schemas.'
    'openxmlformats.org/package/2006/metadata/core-properties"><dc:title>{title}</dc:title>'
    "<dc:creator></dc:creator></cp:coreProperties>"
)
_NO_PROPERTIES = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/{kind}"></Properties>'
)
_LINKS = "_rels/.rels"
_PREVIEW = "thumbnail"  # what a template looked like when it was saved
_BLANKED = ("extended-properties", "custom-properties")


def render_letter(
    planned: PlannedDocument, templates: Path, target: Path, *, logo: Path | None = None
) -> None:
    """Render one letter to `target`; the same inputs give the same bytes.

    `logo` is the picture that the context's `firm.logo` names. Raises TemplateBrokenError where
    the template cannot be used, TextVanishedError where the finished letter lacks words that the
    template and the facts put there.
    """
    source = read_template(template_file(templates, "letters", f"{planned.template}.docx"))
    check_tags(source)
    content = render_source(source, planned.context or {}, planned.title, logo)
    write_whole(target, content)


def render_source(
    source: TemplateSource, context: Mapping[str, Any], title: str, logo: Path | None = None
) -> bytes:
    """Give the letter that a template with sound tags makes of a context."""
    expected = Filling(source).expected(context)
    rendered = word_of(_filled(source, context, logo), source.name)
    check_words(source, expected, rendered)
    check_structure(source, rendered)
    return packed(dict(sorted(_scrubbed(rendered, title).items(), key=_content_types_first)))


def _filled(source: TemplateSource, context: Mapping[str, Any], logo: Path | None) -> bytes:
    template = DocxTemplate(io.BytesIO(packed(source.word.parts)))
    stream = io.BytesIO()
    try:
        values = _with_logo(template, context, logo)
        template.render(values, jinja_env=letter_environment(), autoescape=True)
        template.save(stream)
    except LogoUnusableError:
        raise
    except Exception as error:  # docxtpl and python-docx raise whatever their libraries raise
        fault = "Word's structure around the tags is broken"
        raise TemplateBrokenError([TemplateFault(source.name, "", fault)]) from error
    return stream.getvalue()


def _with_logo(
    template: DocxTemplate, context: Mapping[str, Any], logo: Path | None
) -> dict[str, Any]:
    firm = context.get("firm", {})
    if not isinstance(firm, Mapping) or not firm.get("logo"):
        return dict(context)
    if logo is None:
        raise LogoUnusableError(firm["logo"])
    return {**context, "firm": {**firm, "logo": _picture(template, logo)}}


def _picture(template: DocxTemplate, logo: Path) -> InlineImage:
    try:
        image = Image.from_file(str(logo))
        scale = min(_LOGO_WIDTH / image.width, _LOGO_HEIGHT / image.height)
    except (
        *(InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError),
        *(OSError, ZeroDivisionError, KeyError, ValueError),
    ) as error:
        raise LogoUnusableError(logo.name) from error
    width, height = Emu(int(image.width * scale)), Emu(int(image.height * scale))
    return InlineImage(template, str(logo), width=width, height=height)


def _scrubbed(word: Word, title: str) -> dict[str, bytes]:
    """Give the parts with no property but the title: no author, no company, no date, no preview."""
    links = word.relationships("")
    previews = {link.id: link.target for link in links if link.kind == _PREVIEW}
    parts = {part: data for part, data in word.parts.items() if part not in previews.values()}
    if previews:
        parts[_LINKS] = _without(word.trees[_LINKS], previews)
    for link in links:
        if link.kind == "core-properties":
            parts[link.target] = (_HEAD + _CORE.format(title=escape(title))).encode()
        elif link.kind in _BLANKED:
            parts[link.target] = (_HEAD + _NO_PROPERTIES.format(kind=link.kind)).encode()
    return parts


def _without(links: etree._Element, identifiers: Collection[str]) -> bytes:
    kept = copy.deepcopy(links)
    for link in [link for link in kept if link.get("Id") in identifiers]:
        kept.remove(link)
    return etree.tostring(kept, xml_declaration=True, encoding="UTF-8", standalone=True)


def _content_types_first(part: tuple[str, bytes]) -> tuple[bool, str]:
    return part[0] != "[Content_Types].xml", part[0]
