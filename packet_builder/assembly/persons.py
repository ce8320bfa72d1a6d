"""One more person who comes becomes an entry of the facts, with blanks for what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from packet_builder.assembly.adding import Added, put_in
from packet_builder.assembly.starter import beneficiary_entry
from packet_builder.case_lock import case_lock
from packet_builder.facts import read_filing
from packet_builder.facts.adding import with_values
from packet_builder.workspace import Folders

#: What a person is asked for, with the words of the question.
ASKED = (
    ("name.family", "Family name, as in the passport"),
    ("name.given", "Given name"),
    ("date_of_birth", "Date of birth, as 1992-05-17"),
    ("pronoun", "she, he or they"),
    ("citizenship", "Citizenship"),
    ("relationship_to_petitioner", "What this person is to the petitioner, as in: sister"),
    ("passport.number", "Passport number"),
    ("passport.country", "Country of the passport"),
    ("passport.expires", "Last day of the passport, as 2031-02-01"),
    ("location.city", "City where the person is now"),
    ("location.country", "Country where the person is now"),
    ("residence", "Country where the person lives"),
)


def add_beneficiary(
    folder: Path,
    folders: Folders,
    filing: str | None,
    person: str,
    fields: Mapping[str, object],
) -> Added:
    """Add a person to a case, or to one of its filings; raises as `put_in` does."""
    with case_lock(folder, folders.output / folder.name):
        _, facts = read_filing(folder, filing)
        values = {"inside": False, "self_petitioner": "petitioner" not in facts.tree}
        entry = beneficiary_entry(folders, person, {**values, "history": False})
        return put_in(folder, filing, "beneficiaries", with_values(entry, fields))
