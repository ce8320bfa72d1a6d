"""What a form's map leaves blank on purpose, and why, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from packet_builder.plan.form_answers import answers_to, listed, naming, unmet
from packet_builder.plan.form_map import FormMap, Item, Table, When
from packet_builder.plan.form_words import Words, look_up

_NONE_GIVEN = 'printed "if any", and the facts give none'
_NOTHING_TICKED = "the facts give an answer for which nothing is ticked"

#: What a condition of a map means, by the end of the fact that it is about.
_MEANS: Mapping[str, str] = MappingProxyType(
    {
        "interpreter.used is yes": "an interpreter was used",
        "preparer.used is yes": "somebody else prepared the form",
        "preparer.attorney is yes": "the preparer is an attorney or accredited representative",
        "filing.files_for is another": "somebody files for another person",
        "filing.files_for is self": "somebody files for himself or herself",
        "filing.parole is new_period": "a new period of parole is asked for",
        "lives_elsewhere is yes": "the physical address is not the mailing address",
        "in_us is yes": "the address is in the United States",
        "in_us is no": "the address is abroad",
        "has_unit is yes": "the address has an apartment, suite or floor",
        "has_address is yes": "the address is known",
        "is_abroad is yes": "the person is abroad",
        "is_stateless is yes": "the person is stateless",
        "held is yes": "such a document was ever issued",
        "counsel.accredited is yes": "counsel is an accredited representative",
        "counsel.accredited is no": "counsel is an attorney",
        "counsel.restricted is yes": "an order restricts counsel",
        "form.agency is uscis": "counsel appears before USCIS",
        "form.agency is cbp": "counsel appears before CBP",
        "form.supports is another": "the declaration is for another person",
        "form.supports is myself": "the declaration is for oneself",
        "supporter.status is no_us_status": "the supporter has no status in the United States",
        "supporter.contributes is yes": "the supporter contributes",
        "documents_to_counsel is yes": "documents are to be sent to counsel",
        "waiver.by_benefit is yes": "a benefit is a basis of the waiver",
        "waiver.by_income is yes": "income is a basis of the waiver",
        "waiver.by_hardship is yes": "hardship is a basis of the waiver",
        "waiver.has_other_expenses is yes": "there are other expenses",
    }
)


@dataclass(frozen=True, slots=True)
class LeftBlank:
    """Boxes that stay blank on purpose."""

    fields: tuple[str, ...]
    reason: str
    item: str | None = None  # none where the map keeps boxes blank in every filing
    part: str | None = None
    fact: str | None = None  # that makes it so, among the facts of the form


def left_blank(form: FormMap, words: Words) -> Iterator[LeftBlank]:
    """Give what stays blank and is no open question; raises FormFactError."""
    wholes = {whole.part: whole.when for whole in form.parts}
    every: tuple[Item | Table, ...] = (*form.items, *form.lists)
    for printed in every:
        with naming(form, printed):
            missing = unmet(printed, wholes, words)
            silence = None if missing else _silence(printed, words)
        reason = f"asked only if {condition_said(missing[0])}" if missing else silence
        fields = tuple(_fields(printed))  # none of an answer that only goes elsewhere
        if reason is not None and fields:
            fact = missing[0].fact if missing else printed.fact
            yield LeftBlank(fields, reason, printed.item, printed.part, fact)
    for kept in form.never:
        yield LeftBlank(kept.fields, kept.reason)


def _silence(printed: Item | Table, words: Words) -> str | None:
    """Give why nothing is written where something is asked; None where something is."""
    if isinstance(printed, Table):
        return None if any(listed(printed, words)) else _NONE_GIVEN
    if any(answers_to(printed, None, words)):
        return None
    return _NOTHING_TICKED if look_up(words, printed.fact or "") else _NONE_GIVEN


def _fields(printed: Item | Table) -> Iterator[str]:
    if isinstance(printed, Item):
        yield from printed.fields
    else:
        yield from (name for row in printed.rows for name in row)


def condition_said(when: When) -> str:
    """Give a condition in words; one that has none of its own as its map has it."""
    values = " or ".join(when.values)
    said = f"{when.fact} is {values}"
    found = [means for end, means in _MEANS.items() if f".{said}".endswith(f".{end}")]
    plain = when.fact.rpartition(".")[2], values
    return found[0] if found else " is ".join(one.replace("_", " ") for one in plain)
