"""What an office brings to every case holds no word of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from packet_builder.due import filer_of
from packet_builder.facts.fault import Source
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.leftovers import placeholder_in, placeholder_on_paper, texts_of
from packet_builder.rules.names import names_of
from packet_builder.rules.pages import pages_of
from packet_builder.rules.persons import roles
from packet_builder.rules.strangers import numbers_in

_FIRM = "firm.yaml"


def templates_name_nobody(dossier: Dossier) -> Iterator[Finding]:
    """Find templates that name a person of this or of another case, seen or unseen."""
    names = names_of((*dossier.office.clients, *_people(dossier)))
    office = dossier.office
    for file in sorted({*office.templates, *office.hidden}):
        texts = (*office.templates.get(file, ()), office.hidden.get(file, ""))
        if any(names.stand_in(text) or any(numbers_in(text)) for text in texts):
            yield Finding(
                "client-in-template",
                Weight.ERROR,
                f"the template {file} has a client's name or A-Number in its own words, or where "
                "no page shows it: in properties, comments, changes, descriptions of pictures",
                "Put the tag of the fact in its place. In Word look also under File, Info, Inspect "
                "Document, and let it remove what it finds.",
                (),
                source=Source(Path(file), 1, 1),
            )


def office_is_finished(dossier: Dossier) -> Iterator[Finding]:
    """Find placeholders in the words of templates and in the office's own file."""
    for file, left in _placeholders(dossier):
        yield Finding(
            "placeholder-of-office",
            Weight.ERROR,
            f'{file} has "{left}", which was to be filled in',
            "Fill it in: it would stand in every packet.",
            (),
            source=Source(Path(file), 1, 1),
        )


def templates_name_fonts_that_are_here(dossier: Dossier) -> Iterator[Finding]:
    """Find templates whose words are printed in another font than Word shows."""
    for file, stand_ins in sorted(dossier.office.stand_ins.items()):
        for family, ours in stand_ins.items():
            yield Finding(
                "font-not-here",
                Weight.NOTE,
                f'{file} is set in "{family}", which is not here: {ours} is printed in its place',
                'Put the font\'s files into the folder "fonts" of the office, or choose Times New '
                "Roman or Arial in Word.",
                (),
                source=Source(Path(file), 1, 1),
            )


def no_other_client_is_named(dossier: Dossier) -> Iterator[Finding]:
    """Find names of the people of other cases in the facts, the office's file and the exhibits."""
    others = names_of(dossier.office.clients - set(_people(dossier)))
    for path, text in texts_of(dossier.case):
        if others.stand_in(text):
            yield Finding(
                "client-of-other-case",
                Weight.ERROR,
                "names somebody who is a client in another case",
                "Correct it; if both cases are about this person, accept the finding and say so.",
                path,
            )
    for page in pages_of(dossier):
        if others.stand_in(page.text):
            yield Finding(
                "client-of-other-case",
                Weight.WARNING,
                f'page {page.number} of "{page.name}" names somebody who is a client in another '
                "case",
                "Look at the page: it may be of another file.",
                ("evidence", page.position),
            )
    if any(others.stand_in(text) for _, text in texts_of(dossier.office.firm)):
        yield Finding(
            "client-of-other-case",
            Weight.ERROR,
            f"{_FIRM} names somebody who is a client in another case",
            "Correct it.",
            (),
            source=Source(Path(_FIRM), 1, 1),
        )


def client_has_an_address_of_their_own(dossier: Dossier) -> Iterator[Finding]:
    """Find the office's address given as that of the person who files. Form G-28, p. 2."""
    firm, case = dossier.office.firm, dossier.case
    who_file = [filer_of(dossier.outline, case, person) for person in case.applicants]
    for role in roles(case):
        address, files = role.person.address, any(role.person is one for one in who_file)
        if files and firm and address and firm.address.is_same_place(address):
            yield Finding(
                "client-address-of-office",
                Weight.WARNING,
                "the person who files has the address of the office",
                "Form G-28 wants the client's own; accept this where it is the safe mailing "
                "address of the filing.",
                (*role.path, "address"),
                "Form G-28 (09/17/18), p. 2; its instructions, p. 4",
            )


def _people(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Give given and family name of everybody who stands in the case with a name of his own."""
    case = dossier.case
    names = (
        *(role.person.name for role in roles(case)),
        *(one.name for one in case.others),
        *(one.name for supporter in case.supporters for one in supporter.dependents),
    )
    yield from ((name.given, name.family) for name in names if name.given)


def _placeholders(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Give each file of the office that is not finished, with what is left in it."""
    office = dossier.office
    found = [
        (file, placeholder_on_paper(" \n".join(text))) for file, text in office.templates.items()
    ]
    firm = " \n".join(text for _, text in texts_of(office.firm))
    yield from ((file, left) for file, left in (*found, (_FIRM, placeholder_in(firm))) if left)
