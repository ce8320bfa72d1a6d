"""Starts a case folder: a commented case.yaml, a place for exhibits, and the office's firm.yaml."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from packet_builder.assembly.questions import LATER, NONE, Answers
from packet_builder.assembly.schemas import write_schemas
from packet_builder.errors import UsageError
from packet_builder.facts import read_file
from packet_builder.facts.adding import item_lines
from packet_builder.facts.fault import FactsError
from packet_builder.file_names import wrong_on_windows
from packet_builder.law.fee_exemptions import fee_exemptions
from packet_builder.law.law import Law
from packet_builder.law.parole_fee_exceptions import ParoleFeeException, parole_fee_exceptions
from packet_builder.law.required_evidence import Need, Recommendation, recommendations
from packet_builder.model.request import Basis, GroundKind
from packet_builder.template_files import program_templates, template_file
from packet_builder.workspace import Folders, make_folder, write_whole

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_PUBLIC_BENEFIT = frozenset(
    {
        GroundKind.LAW_ENFORCEMENT,
        GroundKind.LEGAL_PROCEEDINGS,
        GroundKind.NATIONAL_SECURITY,
        GroundKind.GOVERNMENT_POLICY,
    }
)


class CaseExistsError(UsageError):
    """The case folder is there already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is there already; it was left as it is. Choose another name.")


class CaseNameError(UsageError):
    """The name cannot be a folder name everywhere."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f'"{name}" cannot name a case folder. Use letters, digits, dots, hyphens and '
            "underscores, for example rahimi-2026; avoid a client's full name."
        )


class PersonIdError(UsageError):
    """A short name of a person is none, or is given twice."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f'"{name}" cannot be a short name of one person. Use lower-case letters, digits and '
            "hyphens, for example amina, and another one for each person."
        )


def check_names(folders: Folders, case: str, people: Sequence[str]) -> None:
    """See that a case can be started under these names.

    Raises CaseNameError, CaseExistsError, PersonIdError.
    """
    if not _NAME.fullmatch(case) or wrong_on_windows(case):
        raise CaseNameError(case)
    if (folders.cases / case).exists():
        raise CaseExistsError(folders.cases / case)
    for number, person in enumerate(people):
        if not _ID.fullmatch(person) or person in people[:number]:
            raise PersonIdError(person)


def start_case(
    folders: Folders, case: str, people: Sequence[str], answers: Answers, law: Law
) -> Path:
    """Make the folder of a new case and give its path; nothing that exists is written over.

    `people` are the ids of those who come. Raises as `check_names` does.
    """
    check_names(folders, case, people)
    folder = folders.cases / case
    text = case_text(folders, case, people, answers, law)
    make_folder(folders.cases)
    write_schemas(folders.cases)
    if not (folders.cases / "firm.yaml").exists():
        starter = template_file(folders.templates, "new", "firm.yaml")
        write_whole(folders.cases / "firm.yaml", starter.read_bytes())
    make_folder(folder / "exhibits")
    write_whole(folder / "case.yaml", text.encode())
    return folder


def case_text(
    folders: Folders, case: str, people: Sequence[str], answers: Answers, law: Law
) -> str:
    """Give the commented case.yaml of a new case, with a blank for all that is to be filled in."""
    return _text(folders, "case.yaml", _values(folders, case, people, answers, law))


def beneficiary_entry(folders: Folders, person: str, values: Mapping[str, bool]) -> str:
    """Give the lines of a person who comes, with a blank for all that is to be filled in.

    `values` say whether the person is `inside` the United States, files alone, has a `history`.
    """
    return _text(folders, "beneficiary.yaml", {"id": person, **values}).rstrip("\n")


def _values(
    folders: Folders, case: str, people: Sequence[str], answers: Answers, law: Law
) -> dict[str, Any]:
    """Give what the template of a case may ask for."""
    today = dt.datetime.now().astimezone().date()  # which tables of law hold is asked for today
    ground = _unless(answers["ground"], LATER)
    proofs = recommendations(law, ground, today) if ground else ()
    exception = next(
        (one for one in parole_fee_exceptions(law) if one.id == answers["exception"]), None
    )
    flags = {
        "inside": answers["place"] == "inside",
        "self_petitioner": answers["files"] == "beneficiary",
        "history": answers["history"] == "yes",
    }
    return {
        **flags,
        "case": case,
        "delivery": answers["delivery"],
        "attorneys": _attorneys(folders.cases / "firm.yaml"),
        "beneficiaries": people,
        "people": "\n".join(_people(folders, people, flags)),
        "supporter": _unless(answers["supporter"], NONE),
        "basis": _basis(ground),
        "ground": ground,
        "grounds": list(GroundKind),
        "needs": {one.needs.value for one in proofs},
        "proofs": [_proof(one) for one in proofs if one.needs is Need.EVIDENCE],
        "fee": _unless(answers["fee"], LATER),
        "exemptions": [one.id for one in fee_exemptions(law)],
        "exception": _unless(answers["exception"], NONE),
        "limbs": exception.limbs if exception else (),
        "choice": _choice(exception),
        "compares_visa": exception is not None and _compares_visa(exception),
        "key_date": answers["key-date"] == "yes",
    }


def _people(folders: Folders, people: Sequence[str], flags: Mapping[str, bool]) -> Iterator[str]:
    for number, person in enumerate(people):
        own = {**flags, "history": flags["history"] and number == 0}
        yield from [""] if number else []
        yield from item_lines(beneficiary_entry(folders, person, own), 2, "  ")


def _basis(ground: str) -> str:
    if not ground:
        return ""
    is_public = ground in _PUBLIC_BENEFIT
    return (
        Basis.SIGNIFICANT_PUBLIC_BENEFIT if is_public else Basis.URGENT_HUMANITARIAN_REASON
    ).value


def _proof(one: Recommendation) -> str:
    return f"{', '.join(kind.value for kind in one.kinds)}: {one.text}"


def _choice(exception: ParoleFeeException | None) -> str:
    groups = exception.requires if exception else ()
    said = [f"({' or '.join(group)})" if group[1:] else group[0] for group in groups]
    return f"needed: {' and '.join(said)}; remove what does not apply"


def _compares_visa(exception: ParoleFeeException) -> bool:
    return any("normal visa process" in limb.text for limb in exception.limbs)


def _unless(answer: str, nothing: str) -> str:
    return "" if answer == nothing else answer


def _attorneys(firm: Path) -> tuple[str, ...]:
    """Give the ids of the office's attorneys, where it has several: one of them is to be named."""
    try:
        attorneys = read_file(firm).tree.get("attorneys")
    except FactsError:  # there is none yet, or `check` says what is wrong with it
        return ()
    given = attorneys if isinstance(attorneys, list) else ()
    ids = tuple(str(one["id"]) for one in given if isinstance(one, Mapping) and one.get("id"))
    return ids if ids[1:] else ()


def _text(folders: Folders, name: str, values: Mapping[str, object]) -> str:
    """Give a starter of the office's templates with values, without blanks at the ends of lines."""
    ours = program_templates()
    environment = SandboxedEnvironment(
        loader=FileSystemLoader([folder / "new" for folder in (folders.templates, ours)]),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()  # no `range`: a loop goes over what is given, and no longer
    text = environment.get_template(name).render(values)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
