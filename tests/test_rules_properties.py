"""No rule raises on any valid case, and findings do not hang on an order that means nothing."""

from __future__ import annotations

import ast
import copy
import datetime as dt
import random
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from packet_builder.facts.fault import FactsError
from packet_builder.model.case import Case
from packet_builder.model.evidence import SeenEvidence
from packet_builder.model.faults import interpret
from packet_builder.model.references import reference_faults
from packet_builder.rules import examine as examine_module
from packet_builder.rules.catalogue import RULE_IDS
from packet_builder.rules.dates_in import dates_in
from packet_builder.rules.examine import RULES, examine
from packet_builder.rules.finding import Dossier, Finding, Office, Weight
from packet_builder.rules.mrz import check_digit, zones_in
from tests.broken import WHOLE
from tests.case_strategies import cases, pages
from tests.cases import INITIAL, facts_of
from tests.test_rules_answers import FAULTS as ANSWERS
from tests.test_rules_broken_cases import FAULTS
from tests.test_rules_exceptions import FAILED

HERE = Path(__file__).parent
TREE: dict[str, Any] = yaml.load(WHOLE, Loader=yaml.BaseLoader)  # noqa: S506 - texts, as read
RULES_FOLDER = Path(examine_module.__file__).parent
OFFICE = Office(
    templates={"letters/a.docx": ("Dear Officer:", "")}, clients=frozenset({("Roya", "Lê")})
)


def found_in(
    tree: Mapping[str, Any], seen: Mapping[str, Sequence[str]]
) -> tuple[Finding, ...] | None:
    """Examine a case that is given as its facts, or give nothing where it is no valid case."""
    with tempfile.TemporaryDirectory() as folder:
        facts = facts_of(Path(folder), yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))
    try:
        case = interpret(Case, facts)
    except FactsError:
        return None
    if reference_faults(facts):
        return None
    filed = {one.id for one in case.evidence if one.waived is None}
    evidence = {name: SeenEvidence(tuple(texts)) for name, texts in seen.items() if name in filed}
    return examine(Dossier(case, evidence, INITIAL, office=OFFICE), facts)


@settings(max_examples=150, deadline=None)
@given(cases(), pages())
def test_no_rule_raises_on_any_valid_case(tree: dict[str, Any], seen: dict[str, list[str]]) -> None:
    found = found_in(tree, seen)

    assert found is not None, "a case that is drawn is valid"
    for finding in found:
        assert finding.rule in RULE_IDS
        assert finding.source is not None
        assert finding.cure
        assert "None" not in finding.message


@settings(max_examples=60, deadline=None)
@given(cases(), pages(), st.integers(0, 1_000))
def test_findings_do_not_hang_on_the_order_of_what_has_none(
    tree: dict[str, Any], seen: dict[str, list[str]], seed: int
) -> None:
    other = copy.deepcopy(tree)
    order = random.Random(seed)  # noqa: S311 - an order, not a secret
    for part in (
        other["evidence"],
        other["others"],
        other["request"]["visa_attempts"],
        other["discretion"]["negative"],
        other["fees"]["parole_fee"],
    ):
        order.shuffle(part)

    before, after = found_in(tree, seen), found_in(other, seen)

    assert before is not None
    assert after is not None
    assert Counter((one.rule, one.weight, one.message) for one in before) == Counter(
        (one.rule, one.weight, one.message) for one in after
    )


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_rule_raises_where_something_is_left_out(data: st.DataObject) -> None:
    tree = copy.deepcopy(TREE)
    for path in data.draw(st.lists(st.sampled_from(_removable()), min_size=2, max_size=5)):
        _remove(tree, path)
    found = found_in(tree, {})

    assume(found is not None)
    assert all(one.cure for one in found or ())


@cache
def _removable() -> tuple[tuple[Any, ...], ...]:
    """Give each place of the whole case that may be left out by itself."""
    return tuple(path for path in _paths(TREE) if found_in(_without(path), {}) is not None)


def _without(path: tuple[Any, ...]) -> dict[str, Any]:
    tree = copy.deepcopy(TREE)
    _remove(tree, path)
    return tree


def _paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    inner = [
        one
        for key, value in pairs
        if isinstance(value, (dict, list))
        for one in _paths(value, (*path, key))
    ]
    return [*((*path, key) for key in (node if isinstance(node, dict) else ())), *inner]


def _remove(tree: dict[str, Any], path: tuple[Any, ...]) -> None:
    node: Any = tree
    for part in path[:-1]:
        try:
            node = node[part]
        except (KeyError, IndexError):
            return
    node.pop(path[-1], None)


def _findings_made() -> set[str]:
    calls = (
        node
        for path in RULES_FOLDER.parent.rglob("*.py")
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
        and ast.unparse(node.returns or node) == "Iterator[Finding]"
    }

    assert names == {rule.__name__ for rule in RULES}


@cache
def _expected_somewhere() -> frozenset[str]:
    """Give every text that a test compares with, and all that a broken case finds."""
    files = sorted(HERE.glob("test_*.py"))
    constants = (
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    found = (
        rule for fault in (*FAULTS, *ANSWERS) for one in fault["finds"] for rule in one.values()
    )
    limbs = (case["finds"].partition(" ")[2] for case in FAILED)
    return frozenset((*constants, *found, *limbs))


@pytest.mark.parametrize("rule", sorted(RULE_IDS))
def test_every_rule_is_seen_to_find_something(rule: str) -> None:
    assert rule in _expected_somewhere()


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
    groups = INITIAL.groups[:1]
    found = examine(Dossier(case, seen, INITIAL.model_copy(update={"groups": groups})), facts)

    assert [one for one in found if "stranger" in one.rule] == []
    assert Weight.ERROR in {one.weight for one in found}  # groups are left out


def test_a_machine_readable_zone_is_read_as_the_standard_prints_it() -> None:
    """The specimen of ICAO Doc 9303, part 4."""
    text = """
    P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
    L898902C36UTO7408122F1204159ZE184226B<<<<<10
    """
    (zone,) = zones_in(text)

    assert (zone.family, zone.given) == ("ERIKSSON", "ANNA MARIA")
    assert (zone.number, zone.born, zone.expires) == ("L898902C3", "740812", "120415")
    assert zone.is_sound


@given(st.text("ABC0123456789<", min_size=9, max_size=9), st.integers(0, 8))
def test_a_check_digit_tells_of_most_characters_that_were_misread(field: str, place: int) -> None:
    other = field[:place] + ("1" if field[place] == "0" else "0") + field[place + 1 :]
    values = [0 if one == "<" else int(one, 36) for one in (field[place], other[place])]

    assert (check_digit(field) == check_digit(other)) == ((values[0] - values[1]) % 10 == 0)
