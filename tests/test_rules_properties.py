"""No rule raises on any valid case, and every rule has an id and was seen to find something."""

from __future__ import annotations

import ast
import copy
import datetime as dt
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from packet_builder.facts.fault import FactsError
from packet_builder.model.case import Case
from packet_builder.model.discretion import NegativeKind
from packet_builder.model.evidence import EvidenceKind, SeenEvidence
from packet_builder.model.faults import interpret
from packet_builder.model.history import EventKind
from packet_builder.model.request import GroundKind
from packet_builder.rules import examine as examine_module
from packet_builder.rules.catalogue import RULE_IDS
from packet_builder.rules.examine import RULES, examine
from packet_builder.rules.finding import Dossier, Weight
from packet_builder.rules.strangers import dates_in
from tests.cases import facts_of

HERE = Path(__file__).parent
TREE: dict[str, Any] = yaml.load(
    (HERE / "broken_cases" / "whole.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506 - texts, as the program reads them
)
RULES_FOLDER = Path(examine_module.__file__).parent
CHOICES: dict[str, list[str]] = {
    "ground": [one.value for one in GroundKind],
    "event": [one.value for one in EventKind],
    "kind": [one.value for one in EvidenceKind],
    "factor": [one.value for one in NegativeKind],
    "delivery": ["paper", "online"],
    "basis": ["urgent_humanitarian_reason", "significant_public_benefit"],
    "months": [str(months) for months in range(1, 13)],
    "household_size": ["0", "1", "4", "900"],
    "annual_income": ["0", "33000", "999999999"],
    "text": ["TBD", "[@doctor]", "[@doctor pp. 1-99]", "A200-111-222", "٣"],
}
DAYS = ("date", "date_of_birth", "expires", "issued", "arrival", "since", "certified")


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Give the path of everything that a mapping holds."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in pairs:
        yield (*path, key)
        if isinstance(value, (dict, list)):
            yield from leaves(value, (*path, key))


def put(tree: dict[str, Any], path: tuple[Any, ...], value: str | None) -> None:
    """Set what stands at a path, or remove it; a path that is gone is left."""
    node: Any = tree
    for part in path[:-1]:
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            return
    if value is None and isinstance(node, dict):
        node.pop(path[-1], None)
    elif isinstance(node, dict) and path[-1] in node:
        node[path[-1]] = value


PATHS = list(leaves(TREE))
REMOVED = st.lists(st.sampled_from(PATHS), max_size=4)
CHANGED = st.lists(
    st.sampled_from([path for path in PATHS if path[-1] in CHOICES]).flatmap(
        lambda path: st.tuples(st.just(path), st.sampled_from(CHOICES[path[-1]]))
    ),
    max_size=4,
)
DATED = st.lists(
    st.tuples(
        st.sampled_from([path for path in PATHS if path[-1] in DAYS]),
        st.dates().map(dt.date.isoformat),
    ),
    max_size=3,
)
TEXTS = st.lists(st.text(max_size=60), max_size=3).map(tuple)


@settings(max_examples=150, deadline=None)
@given(REMOVED, CHANGED, DATED, TEXTS)
def test_no_rule_raises_on_any_valid_case(
    removed: list[tuple[Any, ...]],
    altered: list[tuple[tuple[Any, ...], str]],
    dated: list[tuple[tuple[Any, ...], str]],
    texts: tuple[str, ...],
) -> None:
    tree = copy.deepcopy(TREE)
    for path, value in (*altered, *dated):
        put(tree, path, value)
    for path in removed:
        put(tree, path, None)
    with tempfile.TemporaryDirectory() as folder:
        facts = facts_of(Path(folder), yaml.safe_dump(tree, allow_unicode=True))
    try:
        case = interpret(Case, facts)
    except FactsError:
        assume(condition=False)
        return
    assume(case.petitioner is not None)
    seen = {one.id: SeenEvidence(texts) for one in case.evidence}

    for finding in examine(Dossier(case, seen, frozenset()), facts):
        assert finding.rule in RULE_IDS
        assert finding.source is not None
        assert finding.cure


def _findings_made() -> set[str]:
    calls = (
        node
        for path in RULES_FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding"
    )
    return {str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)}


def test_every_rule_that_can_find_something_has_its_id_in_the_catalogue() -> None:
    assert _findings_made() == RULE_IDS


def test_every_rule_is_examined() -> None:
    names = {
        node.name
        for path in RULES_FOLDER.glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and [ast.unparse(one.annotation) for one in node.args.args if one.annotation] == ["Dossier"]
    }

    assert names == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize("rule", sorted(RULE_IDS))
def test_every_rule_is_seen_to_find_something(rule: str) -> None:
    tests = [
        *(path for path in HERE.glob("test_rules*.py") if path.name != Path(__file__).name),
        *(HERE / "broken_cases").glob("*.yaml"),
    ]

    assert any(re.search(rf"\b{rule}\b", path.read_text(encoding="utf-8")) for path in tests)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_says_what_it_finds(rule: Any) -> None:  # noqa: ANN401
    assert rule.__doc__


@pytest.mark.parametrize(
    "written",
    [
        "July 9, 1992",
        "9 July 1992",
        "9 JUL 1992",
        "09-Jul-1992",
        "1992 July 9",
        "1992-07-09",
        "07/09/1992",
        "09.07.1992",
        "18 Tir 1371 (July 9, 1992)",
    ],
)
def test_a_date_is_read_as_papers_write_it(written: str) -> None:
    assert dt.date(1992, 7, 9) in set(dates_in(written))


@pytest.mark.parametrize(
    "text",
    [
        "Tel. 312-555-0142, fax 312-555-0143, our number 207-333-444",
        "Form A-1, account A1234567, invoice no. 207333444",
        "Date of birth (month/day/year)",
        "Date of birth: see the passport",
        "He was born on July 4, 1970.",
        "Date of death: July 4, 1970",
        "a 207-333-444 is a part number",
    ],
)
def test_what_is_no_labelled_number_or_birth_is_no_stranger(text: str) -> None:
    facts_tree = copy.deepcopy(TREE)
    with tempfile.TemporaryDirectory() as folder:
        facts = facts_of(Path(folder), yaml.safe_dump(facts_tree, allow_unicode=True))
    case = interpret(Case, facts)
    seen = {"doctor": SeenEvidence((text, ""))}
    found = examine(Dossier(case, seen, frozenset()), facts)

    assert [one for one in found if "stranger" in one.rule] == []
    assert Weight.ERROR in {one.weight for one in found}  # groups are left out
