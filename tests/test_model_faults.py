from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from textwrap import dedent
from typing import Annotated, Any, ClassVar, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    create_model,
    model_validator,
)
from pydantic_core import (
    PydanticCustomError,
    PydanticKnownError,
    _pydantic_core,
)

from packet_builder.facts import FactsError, read_facts
from packet_builder.model.faults import SENTENCES, interpret
from packet_builder.model.scalars import Count, Day, Identifier, Line, OneOrMany, Usd


class _Part(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")


class _Kind(StrEnum):
    PASSPORT = "passport"
    BIRTH_CERTIFICATE = "birth_certificate"


def _as_claim(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class _ClaimText(_Part):
    text: Line
    quote: Line | None = None


_Claim = Annotated[_ClaimText, BeforeValidator(_as_claim)]
_Claims = Annotated[tuple[_Claim, ...], OneOrMany()]


class _Name(_Part):
    family: Line
    given: Line | None = None


class _Person(_Part):
    id: Identifier
    name: _Name
    a_number: Line | None = None
    born: Day
    income: Usd | None = None


class _Evidence(_Part):
    id: Identifier | None = None
    kind: _Kind
    files: Annotated[tuple[Line, ...], OneOrMany()] = Field((), alias="file")
    certified: Day | None = None


class _Paid(_Part):
    pay: Literal["card", "check"]
    months: Annotated[Count, Field(ge=1, le=12)] = 1


class _Waived(_Part):
    pay: Literal["waiver"]
    reason: Line


class _Case(_Part):
    people: tuple[_Person, ...] = ()
    claims: _Claims = ()
    evidence: tuple[_Evidence, ...] = Field((), min_length=1, max_length=3)
    fee: Annotated[_Paid | _Waived, Field(discriminator="pay")] | None = None
    limbs: dict[str, _Claims] = Field(default_factory=dict)
    rows: tuple[tuple[Day, ...], ...] = ()

    @model_validator(mode="after")
    def _born_before_certified(self) -> _Case:
        for number, item in enumerate(self.evidence):
            if item.certified and any(person.born > item.certified for person in self.people):
                path = {"path": ("evidence", number, "certified")}
                raise PydanticCustomError("order", "is before a birth", path)  # noqa: EM101
        return self


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[..., str]:
    """Give what a person reads about facts that do not fit, without the closing line."""

    def _refusal(text: str, model: type[BaseModel] = _Case) -> str:
        (tmp_path / "case.yaml").write_text(dedent(text), encoding="utf-8")
        with pytest.raises(FactsError) as caught:
            interpret(model, read_facts(tmp_path))
        return str(caught.value).rpartition("\n\n")[0]

    return _refusal


Refusal = Callable[..., str]


def test_facts_that_fit_become_the_model(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("claims: He is ill.\nfee: {pay: card, months: 12}\n")
    (tmp_path / "people.yaml").write_text("people: [{id: a, name: {family: O}, born: 2000-01-01}]")

    case = interpret(_Case, read_facts(tmp_path))

    assert case.claims == (_ClaimText(text="He is ill."),)
    assert case.fee == _Paid(pay="card", months="12")
    assert case.people[0].name.family == "O"


def test_an_unknown_field_is_told_with_the_nearest_known_one(refusal: Refusal) -> None:
    text = """\
    people:
      - id: amina
        name: {family: Osei}
        a_numbr: A200-111-222
        born: 2000-01-01
    """

    assert refusal(text) == dedent("""\
        case.yaml:4:5: error: people "amina": unknown field "a_numbr"
            3 |     name: {family: Osei}
            4 |     a_numbr: A200-111-222
              |     ^^^^^^^ did you mean "a_number"?
            5 |     born: 2000-01-01""")


def test_an_unknown_field_like_no_other_is_told_with_the_known_ones(refusal: Refusal) -> None:
    assert refusal("evidence: [{kind: passport, xyz: 1}]") == dedent("""\
        case.yaml:1:29: error: the 1st item of evidence: unknown field "xyz"
            1 | evidence: [{kind: passport, xyz: 1}]
              |                             ^^^ known fields: id, file, certified""")


def test_a_field_that_is_known_under_another_name_is_unknown(refusal: Refusal) -> None:
    assert 'unknown field "files"' in refusal("evidence: [{kind: passport, files: a}]")
    assert 'did you mean "file"?' in refusal("evidence: [{kind: passport, files: a}]")


def test_a_text_with_a_colon_that_became_a_field_is_explained(refusal: Refusal) -> None:
    shown = refusal("claims:\n  - Dr. Osei wrote: he is ill\n")

    assert "^^^^^^^^^^^^^^ if this is a text with a colon, put it in quotation marks" in shown


def test_many_known_fields_are_not_all_listed(refusal: Refusal) -> None:
    fields: dict[str, Any] = {f"field_{number}": (Line | None, None) for number in range(20)}
    many = create_model("many", __base__=_Part, **fields)

    shown = refusal("xyz: 1\n", many)
    assert shown.endswith("known fields: " + ", ".join(list(fields)[:12]) + ", …")


def test_nothing_is_proposed_where_every_field_is_given(refusal: Refusal) -> None:
    shown = refusal("claims:\n  text: a\n  quote: b\n  zzz: c\n")

    assert shown.endswith("^^^")


def test_a_missing_field_is_told_where_it_belongs(refusal: Refusal) -> None:
    text = """\
    people:
      - id: amina
        name:
          given: Amina
    """

    assert refusal(text) == dedent("""\
        case.yaml:2:5: error: people "amina": missing field "born"
            1 | people:
            2 |   - id: amina
              |     ^ add "born:" here
            3 |     name:

        case.yaml:3:5: error: people "amina", name: missing field "family"
            2 |   - id: amina
            3 |     name:
              |     ^^^^ add "family:" here
            4 |       given: Amina""")


def test_a_missing_field_of_the_whole_is_told_at_the_top(refusal: Refusal) -> None:
    assert refusal("# a name\ngiven: Amina\n", _Name) == dedent("""\
        case.yaml:2:1: error: missing field "family"
            1 | # a name
            2 | given: Amina
              | ^ add "family:" here""")


def test_a_wrong_choice_is_told_with_the_choices(refusal: Refusal) -> None:
    assert refusal("evidence:\n  - kind: Birth-certificate\n  - kind: x\n") == dedent("""\
        case.yaml:2:11: error: the 1st item of evidence, kind: must be one of passport, birth_certificate
            1 | evidence:
            2 |   - kind: Birth-certificate
              |           ^^^^^^^^^^^^^^^^^ did you mean "birth_certificate"?
            3 |   - kind: x

        case.yaml:3:11: error: the 2nd item of evidence, kind: must be one of passport, birth_certificate
            2 |   - kind: Birth-certificate
            3 |   - kind: x
              |           ^""")  # noqa: E501 - as it is printed


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("people: Amina", "1:9", ("people: expected a list: each item on its own line starting "
         "with a hyphen")),
        ("people: {id: a}", "1:9", ("people: expected a list: put a hyphen and a space before "
         "each item")),
        ("people: [Amina]", "1:10", ("the 1st item of people: expected a group of fields: each on "
         'its own line as "name: value", indented')),
        ("claims: [[a]]", "1:10", ("the 1st item of claims: expected one group of fields, not a "
         "list; remove the hyphens")),
        ("claims: {text: [a]}", "1:16", ("claims.text: expected one text, not a list; put a text "
         "with brackets in quotation marks")),
        ("claims: {text: {a: b}}", "1:16", ("claims.text: expected one text, not fields; put a "
         "text with a colon in quotation marks")),
        ("evidence: [{kind: [a]}]", "1:19", ("the 1st item of evidence, kind: expected one text, "
         "not a list; put a text with brackets in quotation marks")),
        ("evidence: [{kind: {a: b}}]", "1:19", ("the 1st item of evidence, kind: expected one "
         "text, not fields; put a text with a colon in quotation marks")),
        ("limbs: a", "1:8", ('limbs: expected a group of fields: each on its own line as "name: '
         'value", indented')),
        ("people:", "1:1", '"people" is empty; fill it in or remove the line'),
        ("claims: {text: }", "1:10", 'claims: "text" is empty; fill it in or remove the line'),
        ('claims: ""', "1:1", '"claims" is empty; fill it in or remove the line'),
        ("claims: [a, ]\nlimbs: {a: [b, ~]}", "2:16", ("the 2nd item of limbs.a is empty; fill it "
         "in or remove the line")),
        ("claims: [a, ' ']", "1:13", ("the 2nd item of claims is empty; fill it in or remove the "
         "line")),
        ("evidence: [{kind: }]", "1:13", ('the 1st item of evidence: "kind" is empty; fill it in '
         "or remove the line")),
        ("evidence: [{kind: passport, file: [a, '']}]", "1:39", ("the 1st item of evidence, the "
         "2nd item of file is empty; fill it in or remove the line")),
        ("fee: {pay: card, months: 13}", "1:26", "fee.months: write a value of at most 12"),
        ("fee: {pay: card, months: 0}", "1:26", "fee.months: write a value of at least 1"),
        ("fee: {pay: card, months: x}", "1:26", ("fee.months: write a whole number in digits, for "
         'example 3, not "x"')),
        ("fee: {pay: waivr}", "1:12", "fee.pay: must be one of card, check, waiver"),
        ("fee: {months: 1}", "1:1", 'fee: missing field "pay"'),
        ("fee: {pay: waiver}", "1:1", 'fee: missing field "reason"'),
        ("fee: {pay: waiver, reason: a, months: 3}", "1:31", 'fee: unknown field "months"'),
        ("fee: 3", "1:6", ('fee: expected a group of fields: each on its own line as "name: '
         'value", indented')),
        ("rows: [[2026-01-01], [2026-01-01, x]]", "1:35", ("the 2nd item of rows, the 2nd item: "
         'write the date as year-month-day, for example 2026-12-01, not "x"')),
        ("evidence: []", "1:11", "evidence: at least 1 must be given here"),
        ("evidence: [{kind: passport}, {kind: passport}, {kind: passport}, {kind: passport}]",
         "1:11", "evidence: at most 3 may be given here"),
        (("people: [{id: a, name: {family: b}, born: 2000-01-01}]\n"
         "evidence: [{id: x, kind: passport, certified: 1999-01-01}]"), "2:47",
         'evidence "x", certified: is before a birth'),
    ],
)  # fmt: skip
def test_each_fault_is_told_at_its_place(
    refusal: Refusal, text: str, place: str, message: str
) -> None:
    assert refusal(text).splitlines()[0] == f"case.yaml:{place}: error: {message}"
    assert refusal(text).count(": error: ") == 1


def test_the_known_fields_are_those_of_the_member_that_the_tag_names(refusal: Refusal) -> None:
    assert refusal("fee: {pay: waiver, x: 1, reason: a}").endswith("^")
    assert refusal("fee: {pay: card, xyz: 1}").endswith("known fields: months")


def test_a_list_is_not_called_short_because_of_its_faulty_items(refusal: Refusal) -> None:
    shown = refusal("evidence: [{kind: x}]")

    assert "kind: must be one of" in shown
    assert shown.count(": error: ") == 1


def test_all_faults_are_told_together_in_the_order_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("limbs: a\nclaims: [[]]\nother: 1\n")
    (tmp_path / "b.yaml").write_text("evidence: [{kind: x}]\n")

    with pytest.raises(FactsError) as caught:
        interpret(_Case, read_facts(tmp_path))

    assert [str(fault.source) for fault in caught.value.faults] == [
        "b.yaml:1:19",
        "case.yaml:1:8",
        "case.yaml:2:10",
        "case.yaml:3:1",
    ]
    assert str(caught.value).endswith("\n\n4 problems in b.yaml, case.yaml; nothing was built.")


def test_the_error_of_pydantic_with_its_private_values_is_not_carried_on(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("people: secret\n")

    with pytest.raises(FactsError) as caught:
        interpret(_Case, read_facts(tmp_path))

    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


class _Either(_Part):
    value: _Name | _ClaimText | None = None
    choice: Literal["a"] | _Kind | None = None
    names: list[_Name] = Field(default_factory=list)


def test_members_of_a_union_complain_once(refusal: Refusal) -> None:
    assert refusal("value: {family: a, xyz: b}\n", _Either).count('unknown field "xyz"') == 1
    assert "value: expected a group of fields" in refusal("value: a\n", _Either)
    assert refusal("value: a\n", _Either).count("error") == 1
    assert "choice: must be one of a, passport, birth_c" in refusal("choice: b\n", _Either)
    assert "the 1st item of names: missing field" in refusal("names: [{given: a}]\n", _Either)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111])
def test_items_are_counted_as_people_count(refusal: Refusal, number: int) -> None:
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 101: "st"}.get(number, "th")

    shown = refusal("claims:\n" + "- a\n" * (number - 1) + "- {text: [a]}\n")

    assert f"error: the {number}{ending} item of claims, text: expected" in shown


_ALL_ERRORS: dict[str, Any] = {
    str(error["type"]): error for error in _pydantic_core.list_all_errors()
}
_WORDS = "words of some library"


def _raising(kind: str, context: dict[str, Any] | None) -> type[BaseModel]:
    def _raise(_: object) -> None:
        if kind == "value_error":
            raise ValueError(_WORDS)
        if kind == "assertion_error":
            raise AssertionError(_WORDS)
        raise PydanticKnownError(kind, context)  # type: ignore[arg-type]

    return create_model("raising", value=(Annotated[Any, BeforeValidator(_raise)], ...))


@pytest.mark.parametrize("kind", sorted(_ALL_ERRORS))
@pytest.mark.parametrize("text", ["value: x", "value: [x]", "value: {x: y}", "value:"])
def test_no_wording_of_pydantic_reaches_a_person(refusal: Refusal, kind: str, text: str) -> None:
    error = _ALL_ERRORS[kind]
    template = str(error["message_template_python"])

    shown = refusal(text, _raising(kind, error.get("example_context")))

    message = shown.splitlines()[0]
    assert re.match(r"case.yaml:1:\d+: error: ", message)
    for words in re.split(r"\{\w+\}", template):
        assert " " not in words.strip() or words.strip() not in message
    assert "Input" not in shown
    assert _WORDS not in shown
    assert "{" not in message


def test_every_sentence_is_for_a_complaint_that_pydantic_has() -> None:
    assert set(SENTENCES) <= set(_ALL_ERRORS)


_VALUES = st.recursive(
    st.sampled_from(["a", "passport", "card", "2026-01-01", "''", "~", "'a: b'"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from(["id", "name", "text", "kind", "pay", "family", "certified", "x y"]),
            inner,
            max_size=3,
        ).map(
            lambda fields: f"{{{', '.join(f'{key}: {value}' for key, value in fields.items())}}}"
        ),
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["people", "claims", "evidence", "fee", "limbs", "rows", "other"]),
        _VALUES,
        min_size=1,
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_facts_raise_anything_but_faults_inside_the_file(
    tmp_path: Path, fields: dict[str, str]
) -> None:
    lines = [f"{key}: {value}" for key, value in fields.items()]
    (tmp_path / "case.yaml").write_text("\n".join(lines))

    try:
        interpret(_Case, read_facts(tmp_path))
    except FactsError as error:
        for fault in error.faults:
            assert 1 <= fault.source.line <= len(lines)
            assert 1 <= fault.source.column <= len(lines[fault.source.line - 1]) + 1
            assert "Input should" not in str(fault)
