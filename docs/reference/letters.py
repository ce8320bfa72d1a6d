"""The words that each letter may print become a page of variables, with examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docs.reference.table import table
from packet_builder.assembly.case_file import CaseFile, read_case_file
from packet_builder.documents.letters.asked import names_of_template
from packet_builder.model.people import Pronoun
from packet_builder.plan.exhibits import letter_exhibits
from packet_builder.plan.letter_examples import example_contexts
from packet_builder.plan.letters import NAMES, PARTS, LetterFacts, context_of
from packet_builder.plan.wording import speech
from packet_builder.workspace import Folders

_ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = Folders(_ROOT / "case_data", _ROOT / "templates", _ROOT / "forms", _ROOT / "output")
_LONGEST = 70
_HEAD = """\
# The variables of the letters

*This page is written by `python -m docs.make_reference`; the examples come from the sample cases.
Do not edit it by hand.*

How to use them in Word: [templates.md](templates.md). A variable that is not listed here does not
exist, and a template that uses it is refused.

- *text* is printed with `{{ name }}`. Where the facts say nothing it is empty, so
  `{% if name %}` asks whether there is something to print.
- *yes or no* is only asked for: `{% if name %}`. It cannot be printed.
- *list* is gone through: `{%p for paragraph in name %}`. What each item holds stands below it.
"""
_PEOPLE = """\
## Words about people

Wherever the kind is *people*, these words follow the name, so that one sentence serves one person
and several: `{{ beneficiary.called | capitalized }} intend{{ beneficiary.s }} to arrive`. Put the
path of the table in front: `beneficiary.they`, `grounds[].person.their`.
"""
_SPEECH = frozenset(speech([""], [Pronoun.SHE]))
#: Words of which the samples have nothing to print.
_NOT_IN_SAMPLES = frozenset({"waiver", "exemption"})
_USED = """\
## Which letter asks for which

A letter is made again only where a word that it asks for has changed.
"""


def variables_page() -> str:
    """Give the page."""
    files = [read_case_file(name, _FOLDERS) for name in ("full", "minimal")]
    contexts = [*(_context(file) for file in files), *example_contexts()]
    lines = [_HEAD, _PEOPLE, *_people(), "", "## All variables", ""]
    values = {
        name: _merged([{name: one[name]} for one in contexts if name in one])[name]
        for name in _shown_names()
    }
    lines += table(("Variable", "Kind", "Example"), _rows(values))
    lines += ["", _USED, *table(("Template", "Variables"), _uses())]
    return "\n".join(lines) + "\n"


def _shown_names() -> list[str]:
    """Give the names in the order of their parts; `exhibits` is read by `cite` alone."""
    return [name for _, names in PARTS for name in sorted(names) if name != "exhibits"]


def _uses() -> Iterator[Sequence[str]]:
    for path in sorted((_FOLDERS.templates / "letters").glob("*.docx")):
        names = {name.partition(".")[0] for name in names_of_template(path)}
        asked = sorted(names - {"exhibits"})
        yield f"`{path.name}`", ", ".join(f"`{name}`" for name in asked)


def _context(file: CaseFile) -> Mapping[str, Any]:
    """Give what a sample prints: better examples than an invented case has."""
    letters = {one.evidence.id: one.letter for one in letter_exhibits(file.case, file.outline)}
    subject = file.case.fees.parole_fee[0]
    facts = LetterFacts(file.case, file.firm, file.outline, letters, ("Form I-131",), subject)
    return context_of(facts, NAMES - _NOT_IN_SAMPLES)


def _merged(contexts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give one context in which everything is filled that is filled in one of them."""
    merged: dict[str, Any] = {}
    for name in contexts[0]:
        values = [context[name] for context in contexts]
        if isinstance(values[0], Mapping):
            merged[name] = _merged(values)
        elif isinstance(values[0], list):
            items = [item for value in values for item in value]
            are_groups = bool(items) and isinstance(items[0], Mapping)
            merged[name] = [_merged(items)] if are_groups else items[:1]
        else:
            merged[name] = next((value for value in values if value), values[0])
    return merged


def _rows(values: Mapping[str, Any], before: str = "") -> Iterator[Sequence[str]]:
    spoken = _SPEECH if set(values) >= _SPEECH else frozenset()
    if spoken:
        yield f"`{before.rstrip('.')}`", "people", values["names"]
    for name, value in values.items():
        if name in spoken:
            continue
        path = f"{before}{name}"
        if isinstance(value, Mapping):
            yield from _rows(value, f"{path}.")
        elif isinstance(value, list):
            is_group = bool(value) and isinstance(value[0], Mapping)
            yield f"`{path}`", "list", "" if is_group or not value else _example(value[0])
            if is_group:
                yield from _rows(value[0], f"{path}[].")
        else:
            is_flag = isinstance(value, bool)
            yield (
                f"`{path}`",
                "yes or no" if is_flag else "text",
                "" if is_flag else _example(value),
            )


def _people() -> Iterator[str]:
    one = speech(["Roya Tavakoli"], [Pronoun.SHE])
    two = speech(["Roya Tavakoli", "Nika Tavakoli"], [Pronoun.SHE, Pronoun.SHE])
    rows = [(f"`{word}`", *map(_shown, (one[word], two[word]))) for word in one]
    yield from table(("Word", "Of one person", "Of several"), rows)


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _example(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
