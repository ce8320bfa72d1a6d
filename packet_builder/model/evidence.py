"""The evidence that a case names, and what its pages were seen to hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from packet_builder.model.base import Part
from packet_builder.model.scalars import Day, Flag, Identifier, Line, OneOrMany, RelativePath


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    BIRTH_CERTIFICATE = "birth_certificate"
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    DEATH_CERTIFICATE = "death_certificate"
    CUSTODY_ORDER = "custody_order"
    CONSENT = "consent"
    STATUS_PROOF = "status_proof"
    PHYSICIAN_LETTER = "physician_letter"
    MEDICAL_RECORD = "medical_record"
    HOSPITAL_LETTER = "hospital_letter"
    FUNERAL_LETTER = "funeral_letter"
    TRANSPLANT_LETTER = "transplant_letter"
    AGENCY_LETTER = "agency_letter"
    COURT_RECORD = "court_record"
    POLICE_RECORD = "police_record"
    COUNTRY_CONDITIONS = "country_conditions"
    VISA_RECORD = "visa_record"
    IMMIGRATION_RECORD = "immigration_record"
    DECLARATION = "declaration"
    LETTER = "letter"
    EMAIL = "email"
    TAX_RETURN = "tax_return"
    EMPLOYMENT_LETTER = "employment_letter"
    PAY_RECORD = "pay_record"
    BANK_STATEMENT = "bank_statement"
    LEASE = "lease"
    BENEFIT_PROOF = "benefit_proof"
    TRAVEL_PLAN = "travel_plan"
    PHOTOGRAPHS = "photographs"
    OTHER = "other"


class Translation(Part):
    """The English translation of a document, with its certificate (8 CFR 103.2(b)(3))."""

    file: RelativePath
    """The English text, as a file of the case folder; it stands in front of the document."""
    certificate: RelativePath | None = None
    """Where the certificate is a file of its own; otherwise it stands in the translation."""
    translator: Line
    """Who translated it. The certificate must show this name."""
    certified: Day
    """The date on the certificate."""


class Evidence(Part):
    """One piece of evidence: one exhibit."""

    id: Identifier
    """A short name of your own, used in citations: `[@osei-letter p. 3]`."""
    title: Line
    """What it is and whose, as the index prints it: `Letter of Dr. Kwame Osei, oncologist`."""
    kind: EvidenceKind
    """What sort of paper it is. Its group in the index follows from it, and what it can prove."""
    group: Identifier | None = None
    """A group of the outline, where the kind alone does not decide it."""
    files: Annotated[tuple[RelativePath, ...], OneOrMany()] = Field(default=(), alias="file")
    """The file, or the files in order."""
    date: Day | None = None
    """The day that the paper itself bears. Letters of physicians, hospitals, transplant centres and
    employers, and bank statements, need one; after 90 days they count as old."""
    language: Line | None = None
    """Where it is not English: `Persian`."""
    native_title: Line | None = None
    """The title in the document's own script."""
    of: Annotated[tuple[Identifier, ...], OneOrMany()] = ()
    """Whose document it is, where the title does not say: ids of beneficiaries and supporters, or
    `petitioner`."""
    signed: Flag | None = None
    """Whether a letter or declaration is signed."""
    both_sides: Flag | None = None
    """Whether front and back of a civil document are filed."""
    purpose: Line | None = None
    """What it shows, for the index."""
    translation: Translation | None = None
    """Needed where `language:` is another than English."""
    waived: Line | None = None
    """Why it is not in the packet, in words that the index prints."""

    @property
    def ordered_files(self) -> tuple[tuple[str, str | None], ...]:
        """Give each file and its title: translation, certificate, then the document itself."""
        if self.translation is None:
            return tuple((file, None) for file in self.files)
        certificate = self.translation.certificate
        before = [(self.translation.file, "English translation")]
        if certificate is not None:
            before.append((certificate, "Translator\u2019s certificate"))
        language = self.language or "source-language"
        return (*before, *((file, f"{language} document") for file in self.files))


@dataclass(frozen=True, slots=True)
class SeenEvidence:
    """What was found on the pages of a piece of evidence, all its files in exhibit order."""

    texts: tuple[str, ...]  # the text layer of each page; empty for a page that is only a picture
    sizes: tuple[int, ...] = ()  # bytes of each file as it is filed
    covered: tuple[int, ...] = ()  # pages on which words lie under a box or a picture, from 1
    unredacted: tuple[int, ...] = ()  # pages on which redactions were marked and never applied
    digests: tuple[str, ...] = ()  # of each file, as the office put it there
    read: tuple[int, ...] = ()  # pages whose words a machine read: no rule rests on them

    @property
    def pages(self) -> int:
        """Count the pages."""
        return len(self.texts)

    @property
    def picture_pages(self) -> tuple[int, ...]:
        """Give the pages that are only pictures, from 1: nothing on them can be read aloud."""
        return tuple(
            page
            for page, text in enumerate(self.texts, start=1)
            if not text and page not in self.read
        )
