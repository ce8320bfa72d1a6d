"""Finds what is wrong with the tags of a letter template, paragraph by paragraph."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes

from packet_builder.documents.letters.environment import (
    DEEPEST_EXPRESSION,
    DEEPEST_LOOP,
    DEEPEST_TAG,
    FILTERS,
    LANGUAGE,
    LONGEST_TAG,
    LetterEnvironment,
    letter_environment,
)
from packet_builder.documents.letters.errors import TemplateBrokenError, TemplateFault
from packet_builder.documents.letters.source import (
    TAG,
    WHOLE,
    TemplateSource,
    jinja_line,
    plain_tag,
)
from packet_builder.documents.word.text import Paragraph

_SHOWN = 120
_LOOSE = re.compile(r"\{[{%#]|[}%#]\}")
_OTHER_FORM = re.compile(
    r"\{[{%#](?:[-+]|(?:r|tc)\s|\s*(?:colspan|cellbg|vm|hm)\b)|\{\{(?:p|tr)\s|-[}%#]\}"
)
_STATEMENT = re.compile(r"\{% *(\w+)(.*?) *%\}")
_CLOSES = {"endif": "if", "endfor": "for"}
_WITHIN = {"elif": ("if",), "else": ("if", "for")}
_KNOWN = frozenset({"if", "for", *_CLOSES, *_WITHIN})


def check_tags(source: TemplateSource) -> None:
    """Refuse a template whose tags are not of the language; raises TemplateBrokenError."""
    if faults := tag_faults(source):
        raise TemplateBrokenError(faults)


def tag_faults(source: TemplateSource) -> tuple[TemplateFault, ...]:
    """Find every tag that is not of the language of letter templates."""
    return (*_tags_elsewhere(source), *_tags_within(source))


def _tags_within(source: TemplateSource) -> Iterator[TemplateFault]:
    for part, paragraphs in source.parts.items():
        faults = [fault for each in paragraphs for fault in _paragraph_faults(source.name, each)]
        faults += _block_faults(source.name, paragraphs)
        yield from faults or _language_faults(source, part)


def _tags_elsewhere(source: TemplateSource) -> Iterator[TemplateFault]:
    rendered = {*source.parts, "word/styles.xml", "word/settings.xml"}
    for part, content in source.word.parts.items():
        if part.endswith(".xml") and part not in rendered and _LOOSE.search(_shown(content)):
            fault = f"a tag stands in {part}, where it is never filled in"
            yield TemplateFault(source.name, "", fault, "Keep tags to text, headers and footers.")


def _shown(content: bytes) -> str:
    return re.sub(r"<[^>]*>", " ", content.decode("utf-8", "replace"))


def _paragraph_faults(name: str, paragraph: Paragraph) -> Iterator[TemplateFault]:
    tags = TAG.findall(paragraph.text)
    for tag in tags:
        if fault := _form_fault(tag):
            yield TemplateFault(name, paragraph.place, f'"{_short(tag)}" {fault}')
    if _LOOSE.search(TAG.sub("", paragraph.text)):
        fault = "a tag is opened or closed only by half"
        cure = "Write a tag from its first brace to its last within one paragraph."
        yield TemplateFault(name, paragraph.place, fault, cure)
    if any(map(WHOLE.fullmatch, tags)) and paragraph.text.strip() != tags[0]:
        fault = "text beside a {%p or {%tr tag would be lost"
        yield TemplateFault(name, paragraph.place, fault, "Give the tag a paragraph of its own.")


def _form_fault(tag: str) -> str:
    if len(tag) > LONGEST_TAG:
        return f"is longer than {LONGEST_TAG:,} letters"
    if _OTHER_FORM.search(tag):
        return "is a form of tag that letters do not use"
    if re.search(r"[&<>\t\n]", tag):
        return "holds one of & < >, a tab or a line break, which Word and Jinja read differently"
    statement = _STATEMENT.fullmatch(plain_tag(tag))
    if tag.startswith("{%") and (statement is None or statement[1] not in _KNOWN):
        return "is not one of if, elif, else, endif, for, endfor"
    return ""


def _block_faults(name: str, paragraphs: tuple[Paragraph, ...]) -> Iterator[TemplateFault]:
    """Find tags that close what is not open, and those that are never closed."""
    opened: list[tuple[str, str, Paragraph]] = []
    for paragraph in paragraphs:
        for tag in TAG.findall(jinja_line(paragraph.text)):
            match = _STATEMENT.fullmatch(tag)
            word = match[1] if match else ""
            inner = opened[-1][0] if opened else ""
            if word in {"if", "for"}:
                opened.append((word, tag, paragraph))
                if sum(outer == "for" for outer, _, _ in opened) > DEEPEST_LOOP:
                    fault = f'"{tag}" is more than {DEEPEST_LOOP} loops deep'
                    yield TemplateFault(name, paragraph.place, fault)
                if len(opened) > DEEPEST_TAG:
                    fault = f'"{tag}" lies within more than {DEEPEST_TAG} others'
                    yield TemplateFault(name, paragraph.place, fault)
                    return
            elif word in _CLOSES and inner == _CLOSES[word]:
                opened.pop()
            elif word in _CLOSES or (word in _WITHIN and inner not in _WITHIN[word]):
                yield TemplateFault(name, paragraph.place, f'"{tag}" belongs to nothing open here')
                return
    for _, tag, paragraph in opened:
        yield TemplateFault(name, paragraph.place, f'"{tag}" is never closed')


def _language_faults(source: TemplateSource, part: str) -> Iterator[TemplateFault]:
    environment = letter_environment()
    if _is_sound(environment, source.text(part)):
        return
    for paragraph in source.parts[part]:
        for tag in TAG.findall(jinja_line(paragraph.text)):
            yield from _tag_language_faults(source.name, paragraph, tag, environment)


def _is_sound(environment: LetterEnvironment, text: str) -> bool:
    """Read a part as a whole, which is much quicker than tag by tag."""
    try:
        tree = environment.parse(text)
    except (TemplateSyntaxError, RecursionError):
        return False
    return not any(map(_node_fault, tree.find_all(nodes.Node)))


def _tag_language_faults(
    name: str, paragraph: Paragraph, tag: str, environment: LetterEnvironment
) -> Iterator[TemplateFault]:
    try:
        tree = environment.parse(_alone(tag))
    except (TemplateSyntaxError, RecursionError):
        yield TemplateFault(name, paragraph.place, f'"{_short(tag)}" cannot be read')
        return
    for fault in dict.fromkeys(filter(None, map(_node_fault, tree.find_all(nodes.Node)))):
        yield TemplateFault(name, paragraph.place, f'"{_short(tag)}" {fault}')


def _short(tag: str) -> str:
    return tag if len(tag) <= _SHOWN else f"{tag[:_SHOWN]}…"


def _alone(tag: str) -> str:
    """Give a tag as a template of its own."""
    match = _STATEMENT.fullmatch(tag)
    word = match[1] if match else ""
    if word in {"if", "for"}:
        return f"{tag}{{% end{word} %}}"
    if word in _WITHIN:
        return f"{{% if x %}}{tag}{{% endif %}}"
    return "" if word in _CLOSES else tag


def _node_fault(node: nodes.Node) -> str:
    if isinstance(node, nodes.Expr) and _is_deep(node):
        return f"holds more than {DEEPEST_EXPRESSION} things in one another"
    if type(node) not in LANGUAGE:
        return f"uses {type(node).__name__.lower()}, which letters do not have"
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        near = difflib.get_close_matches(node.name, FILTERS, 1)
        hint = f'; did you mean "{near[0]}"?' if near else f"; there are {', '.join(FILTERS)}"
        return f'uses the unknown filter "{node.name}"{hint}'
    if isinstance(node, nodes.For) and (node.recursive or not isinstance(node.target, nodes.Name)):
        return "is not a plain loop over one list"
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") != "cite":
        return "calls something else than cite(...)"
    return ""


def _is_deep(expression: nodes.Expr) -> bool:
    """Tell whether an expression lies in itself deeper than Python reads it."""
    level: list[nodes.Node] = [expression]
    for _ in range(DEEPEST_EXPRESSION):
        level = [inner for node in level for inner in node.iter_child_nodes()]
        if not level:
            return False
    return True
