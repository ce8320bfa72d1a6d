"""What official forms ask, and the facts leave open or write in other letters, becomes findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from packet_builder.facts.tree import FactPath
from packet_builder.model.case import Case
from packet_builder.model.fields import choices_at
from packet_builder.model.firm import Firm
from packet_builder.plan.form_answers import Answer, OpenQuestion, answers_of
from packet_builder.plan.form_face import is_printable
from packet_builder.plan.form_places import FIRM, Places
from packet_builder.plan.form_sources import FormSource
from packet_builder.rules.finding import Finding, Weight

#: Where the instructions say that every question is answered, if only by "N/A".
_SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "Form I-131": "Instructions for Form I-131, p. 17",
        "Form I-765": "Instructions for Form I-765, p. 17",
        "Form I-912": "Instructions for Form I-912, p. 4",
    }
)
_UNUSUAL_NAME = (
    'It is printed as written. If the passport spells it otherwise, give "machine_readable:" '
    "beside the name."
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One printed question of one form, with its answer if it has one."""

    form: str  # "Form I-131, for Ada Lind"
    said: Answer | OpenQuestion
    path: FactPath

    @property
    def place(self) -> str:
        """Give form, part, item and question as printed."""
        part = f"Part {self.said.part}, " if self.said.part else ""
        return f'{self.form}, {part}Item {self.said.item}, "{self.said.asked}"'


@dataclass(frozen=True, slots=True)
class _Missing:
    """A fact that is not there, and every question that asks for it."""

    path: FactPath
    asked: Sequence[_Asked]

    @property
    def place(self) -> str:
        """Give the first question as printed, and how often it is asked besides."""
        first, *more = self.asked
        times = f" (asked {len(self.asked)} times)" if more else ""
        return f"{first.place}{times}"

    @property
    def named(self) -> str:
        """Give the name of what to add, below the entry that it belongs to: `name.middle`."""
        names = [str(step) for step in self.path if not isinstance(step, int)]
        nested = self.path[0] == FIRM and len(names) > 2  # noqa: PLR2004 - firm.yaml, attorneys, …
        return ".".join(names[2 if nested else 1 :]) or names[0]

    @property
    def cure(self) -> str:
        """Give what to add, from what to choose, and how to say that there is none."""
        model, location = (Firm, self.path[1:]) if self.path[0] == FIRM else (Case, self.path)
        choices = choices_at(model, location)
        offered = f", one of: {', '.join(choices)}" if choices else ""
        lack = next((lack for one in self.asked if (lack := _lack(one))), None)
        nothing = f', or "without: [{lack}]" if there is none' if lack else ""
        return f'Add "{self.named}" there{offered}{nothing}.'

    @property
    def source(self) -> str | None:
        """Give where the instructions of the form want an answer."""
        return _SOURCES.get(self.asked[0].form.partition(",")[0])


def form_findings(sources: Iterable[FormSource]) -> tuple[Finding, ...]:
    """Find what the forms of a filing leave open, one finding for each fact that is missing."""
    asked = tuple(_asked(sources))
    return (*_open(asked), *_lettered(asked))


def _asked(sources: Iterable[FormSource]) -> Iterator[_Asked]:
    for source in sources:
        person = source.subject.person
        form = f"Form {source.form.form}, for {person}" if person else f"Form {source.form.form}"
        for said in answers_of(source.form, source.words):
            yield _Asked(form, said, _path(said, source.places))


def _path(said: Answer | OpenQuestion, places: Places) -> FactPath:
    return ("filing",) if said.fact is None else places.path_of(said.fact)


def _open(asked: Iterable[_Asked]) -> Iterator[Finding]:
    """Give one finding for each missing fact, however many forms ask for it."""
    by_path: dict[FactPath, list[_Asked]] = {}
    for one in asked:
        if isinstance(one.said, OpenQuestion):
            by_path.setdefault(one.path, []).append(one)
    for path, together in by_path.items():
        missing = _Missing(path, together)
        yield Finding(
            "form-question-open",
            Weight.WARNING,
            f"{missing.place} is not answered",
            missing.cure,
            path,
            missing.source,
            fact=missing.named,
        )


def _lack(one: _Asked) -> str | None:
    return one.said.lack if isinstance(one.said, OpenQuestion) else None


def _lettered(asked: Iterable[_Asked]) -> Iterator[Finding]:
    """Give one finding for each text whose letters a form cannot print, or does not expect."""
    seen: set[tuple[str, FactPath]] = set()
    for one in asked:
        for finding in _letters(one):
            if (finding.rule, finding.path) not in seen:
                seen.add((finding.rule, finding.path))
                yield finding


def _letters(one: _Asked) -> Iterator[Finding]:
    said = one.said
    if isinstance(said, OpenQuestion) or said.text is None:
        return
    if not is_printable(said.text):
        yield Finding(
            "form-answer-unprintable",
            Weight.ERROR,
            f"{one.place}: the answer has letters that official forms cannot print",
            "Write it in Latin letters, as the passport's machine-readable zone does; a name in "
            'its own script goes to "native:".',
            one.path,
        )
    elif said.instead_of is not None:
        yield Finding(
            "form-name-respelled",
            Weight.NOTE,
            f'"{said.instead_of}" is printed on forms as "{said.text}"',
            "Compare it with the passport's machine-readable zone.",
            one.path,
        )
    elif said.takes is not None and not re.fullmatch(f"[{said.takes}]*", said.text):
        yield Finding(
            "form-answer-unusual",
            Weight.NOTE,
            f"{one.place}: the answer has a character that the form's own check refuses",
            _UNUSUAL_NAME if _is_name(said.fact) else "It is printed as written.",
            one.path,
        )


def _is_name(fact: str | None) -> bool:
    return bool(fact) and (fact or "").rpartition(".")[2] in {"family", "given", "middle", "full"}
