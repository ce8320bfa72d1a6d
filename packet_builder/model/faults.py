"""The facts become a model, or faults in our own words at the places they stand."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from packet_builder.facts.fault import FactsError, Fault, quoted
from packet_builder.facts.tree import FactPath, Facts
from packet_builder.model.fields import choices_at, fields_at
from packet_builder.model.places import name_of

M = TypeVar("M", bound=BaseModel)

_KNOWN_FIELDS_SHOWN = 12
_PYDANTIC_TYPES = frozenset(get_args(ErrorType))

#: Our sentence for each of pydantic's complaints; for all others there is one for everything.
SENTENCES: Mapping[str, str] = {
    "greater_than": "write a value above {gt}",
    "greater_than_equal": "write a value of at least {ge}",
    "less_than": "write a value below {lt}",
    "less_than_equal": "write a value of at most {le}",
    "multiple_of": "write a multiple of {multiple_of}",
    "too_short": "at least {min_length} must be given here",
    "too_long": "at most {max_length} may be given here",
    "string_too_short": "write at least {min_length} characters",
    "string_too_long": "write at most {max_length} characters",
    "string_pattern_mismatch": "this is not written in the form that is expected here",
    "none_required": "nothing may be given here; remove the line",
}
_GENERIC = "this value cannot be used here"

_TAG_KINDS = {"union_tag_not_found": "missing", "union_tag_invalid": "literal_error"}
_LIST, _FIELDS, _TEXT = "list", "group of fields", "text"
_WANTED: Mapping[str, str] = {
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), _LIST),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type", "mapping_type"), _FIELDS),
    **dict.fromkeys(("string_type", "enum", "literal_error", "text_expected"), _TEXT),
}
_SHAPE_SENTENCES: Mapping[tuple[str, str], str] = {
    (_LIST, _TEXT): "expected a list: each item on its own line starting with a hyphen",
    (_LIST, _FIELDS): "expected a list: put a hyphen and a space before each item",
    (_FIELDS, _TEXT): 'expected a group of fields: each on its own line as "name: value", indented',
    (_FIELDS, _LIST): "expected one group of fields, not a list; remove the hyphens",
    (_TEXT, _LIST): "expected one text, not a list; put a text with brackets in quotation marks",
    (_TEXT, _FIELDS): "expected one text, not fields; put a text with a colon in quotation marks",
}


@dataclass(frozen=True, slots=True)
class _Problem:
    """One complaint of pydantic, beside the facts it is about."""

    model: type[BaseModel]
    facts: Facts
    kind: str
    location: FactPath
    sentence: str
    """The words of a validator of ours; pydantic's own are never read."""
    value: object
    context: Mapping[str, Any]


def interpret(model: type[M], facts: Facts) -> M:
    """Give the facts their types; raises FactsError with every fault."""
    problems: list[_Problem] = []
    try:
        found = model.model_validate(facts.tree)
    except ValidationError as error:
        problems = [_problem(model, facts, details) for details in error.errors(include_url=False)]
    # Raised outside of the handler: pydantic's error holds private values, which a log would show.
    faults = {str(fault): fault for fault in (*_faults(problems), *_blanks(facts, facts.tree, ()))}
    if faults:
        raise FactsError(faults.values())
    return found


def _blanks(facts: Facts, value: object, path: FactPath) -> Iterator[Fault]:
    """Give a fault for each field that was begun and not filled in, also where none is needed."""
    if value is None:
        yield _empty(facts, path)
    steps = value.items() if isinstance(value, dict) else ()
    for step, inner in enumerate(value) if isinstance(value, list) else steps:
        yield from _blanks(facts, inner, (*path, step))


def _problem(model: type[BaseModel], facts: Facts, details: ErrorDetails) -> _Problem:
    kind, location = details["type"], details["loc"]
    value, context = details["input"], details.get("ctx", {})
    if kind in _TAG_KINDS:  # what a union complains of is one field of its members
        kind, location = _TAG_KINDS[kind], (*location, context["discriminator"].strip("'"))
        value = context.get("tag")
    sentence = "" if kind in _PYDANTIC_TYPES else details["msg"]
    return _Problem(model, facts, kind, location, sentence, value, context)


def _faults(problems: Sequence[_Problem]) -> Iterator[Fault]:
    """Give one fault for each place and, there, each field; a union complains several times."""
    seen: set[FactPath] = set()
    for problem in problems:
        place = _place(problem)
        if place not in seen and not _follows_from_items(problem, problems):
            seen.add(place)
            yield _MAKERS.get(problem.kind, _wrong_value)(problem)


def _follows_from_items(problem: _Problem, problems: Sequence[_Problem]) -> bool:
    """Tell whether a list is short only because pydantic does not count its faulty items."""
    length = len(problem.location)
    return problem.kind == "too_short" and any(
        len(other.location) > length and other.location[:length] == problem.location
        for other in problems
    )


def _place(problem: _Problem) -> FactPath:
    if problem.kind in {"extra_forbidden", "missing"}:
        return (*_written_path(problem.facts, problem.location[:-1]), problem.location[-1])
    return _written_path(problem.facts, _pinned(problem))


def _pinned(problem: _Problem) -> FactPath:
    """Give the location, with the path that a validator of a whole model added to it."""
    path = () if problem.kind in _PYDANTIC_TYPES else problem.context.get("path", ())
    return (*problem.location, *path)


def _written_path(facts: Facts, location: FactPath) -> FactPath:
    """Give the part of a location that the user wrote, without what pydantic put between."""
    path: FactPath = ()
    for part in location:
        if (*path, part) in facts.values:
            path = (*path, part)
    return path


def _unknown_field(problem: _Problem) -> Fault:
    *_, name = path = _place(problem)
    known = fields_at(problem.model, problem.location[:-1])
    given = problem.facts.value_at(path[:-1])
    free = [field for field in known if not isinstance(given, dict) or field not in given]
    if note := _did_you_mean(str(name), known):
        pass
    elif " " in str(name):
        note = "if this is a text with a colon, put it in quotation marks"
    elif free:
        more = ", …" if len(free) > _KNOWN_FIELDS_SHOWN else ""
        note = f"known fields: {', '.join(free[:_KNOWN_FIELDS_SHOWN])}{more}"
    message = _located(problem.facts, path[:-1], f"unknown field {quoted(str(name))}")
    return problem.facts.fault_at(path, message, note, at_key=True)


def _missing_field(problem: _Problem) -> Fault:
    *parent, name = _place(problem)
    path = tuple(parent)
    message = _located(problem.facts, path, f'missing field "{name}"')
    return problem.facts.fault_at(path, message, f'add "{name}:" here', at_key=True)


def _wrong_choice(problem: _Problem) -> Fault:
    path = _place(problem)
    choices = choices_at(problem.model, problem.location)
    if not isinstance(problem.value, str) or not problem.value or not choices:
        return _wrong_value(problem)
    message = _located(problem.facts, path, f"must be one of {', '.join(choices)}")
    return problem.facts.fault_at(path, message, _did_you_mean(problem.value, choices))


def _wrong_value(problem: _Problem) -> Fault:
    path = _place(problem)
    blank = problem.value is None or problem.value == ""
    if problem.kind == "empty_text" or (blank and not problem.sentence):
        return _empty(problem.facts, path)
    return problem.facts.fault_at(path, _located(problem.facts, path, _sentence(problem)))


def _empty(facts: Facts, path: FactPath) -> Fault:
    sentence = "is empty; fill it in or remove the line"
    if path and isinstance(path[-1], str):
        message = _located(facts, path[:-1], f'"{path[-1]}" {sentence}')
    else:
        message = f"{name_of(facts, path)} {sentence}"
    fault = facts.fault_at(path, message, at_key=True)
    return replace(
        fault, lines=(), is_blank=True
    )  # there are many in a new case, and no more to see


def _sentence(problem: _Problem) -> str:
    if wanted := _WANTED.get(problem.kind):
        return _SHAPE_SENTENCES.get((wanted, _shape_of(problem.value)), _GENERIC)
    if problem.sentence:
        return problem.sentence
    return SENTENCES.get(problem.kind, _GENERIC).format(**problem.context)


def _shape_of(value: object) -> str:
    if isinstance(value, dict):
        return _FIELDS
    return _LIST if isinstance(value, list) else _TEXT


def _did_you_mean(written: str, known: Sequence[str]) -> str:
    plain = written.strip().lower().replace("-", "_").replace(" ", "_")
    near = difflib.get_close_matches(plain, known, 1, 0.6)
    return f'did you mean "{near[0]}"?' if near else ""


def _located(facts: Facts, path: FactPath, sentence: str) -> str:
    name = name_of(facts, path)
    return f"{name}: {sentence}" if name else sentence


_MAKERS = {
    "extra_forbidden": _unknown_field,
    "missing": _missing_field,
    "enum": _wrong_choice,
    "literal_error": _wrong_choice,
}
