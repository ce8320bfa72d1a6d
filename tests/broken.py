"""The small whole case of tests/broken_cases, and what is found when one thing is changed."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from packet_builder.law.law import SHIPPED
from packet_builder.model.case import Case
from packet_builder.model.evidence import SeenEvidence
from packet_builder.model.faults import interpret
from packet_builder.model.firm import Firm
from packet_builder.outline import read_outline
from packet_builder.rules.examine import examine
from packet_builder.rules.finding import Dossier, Finding, Office, Weight
from packet_builder.workspace import shipped
from tests.cases import FIRM, facts_of
from tests.laws import CONFIRMED

FOLDER = Path(__file__).parent / "broken_cases"
WHOLE = (FOLDER / "whole.yaml").read_text(encoding="utf-8")
#: The whole cases of the kinds of filing that follow the first, by the names of their files.
LATER = ("re-parole", "work-permit")
PAGES: dict[str, list[str]] = yaml.safe_load((FOLDER / "pages.yaml").read_text(encoding="utf-8"))
#: What is noted of every case, in words that change with the case.
STANDING = {
    "biometrics",
    "days-left",
    "fees-due",
    "law-to-confirm",
    "parole-fee-exception-not-asked",
}


def whole(base: str = "") -> str:
    """Give the whole case of a first filing, or of another kind."""
    return (FOLDER / f"whole-{base}.yaml").read_text(encoding="utf-8") if base else WHOLE


def changed(changes: Mapping[str, str], base: str = "") -> str:
    """Give the whole case with texts replaced; each must stand in it exactly once."""
    text = whole(base)
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def examined(
    folder: Path, text: str, besides: Mapping[str, Any] | None = None
) -> Sequence[Finding]:
    """Examine a case text; `besides` holds other pages, sizes of files, or what an office has."""
    besides = besides or {}
    facts = facts_of(folder, text)
    case = interpret(Case, facts)
    outline = read_outline(shipped("templates"), case.filing.kind)
    of = {key: besides.get(key, {}) for key in ("sizes", "covered", "unredacted")}
    seen = {
        name: SeenEvidence(tuple(pages), *(tuple(of[key].get(name, ())) for key in of))
        for name, pages in (PAGES | besides.get("pages", {})).items()
    }
    law = CONFIRMED if besides.get("base") else SHIPPED
    return examine(Dossier(case, seen, outline, law, _office(besides)), facts)


def news(folder: Path, text: str, besides: Mapping[str, Any] | None = None) -> Sequence[Finding]:
    """Give the findings that the whole case does not have."""
    usual = _usual((besides or {}).get("base", ""))
    return [
        one
        for one in examined(folder, text, besides)
        if (one.rule, one.message) not in usual
        and not (one.rule in {*STANDING, "law-own"} and one.weight is Weight.NOTE)
    ]


@cache
def _usual(base: str) -> frozenset[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        found = examined(Path(folder), whole(base), {"base": base})
        return frozenset((one.rule, one.message) for one in found)


def _office(besides: Mapping[str, Any]) -> Office:
    firm = Firm.model_validate(yaml.load(FIRM, yaml.BaseLoader) | besides.get("firm", {}))  # noqa: S506
    templates = {name: tuple(words) for name, words in besides.get("templates", {}).items()}
    return Office(
        firm, templates, frozenset(tuple(name.split()) for name in besides.get("clients", ()))
    )
