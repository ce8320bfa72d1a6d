"""A file's name and its first words become what kind of evidence it seems to be, and a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from packet_builder.model.evidence import EvidenceKind
from packet_builder.rules.mrz import zones_in

_LETTERS_READ = 1500  # of the first page: below stands what the paper is about, not what it is
_LONGEST_ID = 40
_MEANINGLESS = re.compile(r"(?:img|image|scan|scanned|doc|document|dsc|page|file|untitled|pdf)?\d*")
_NUMBER_IN_FRONT = re.compile(r"^\d{1,3}[ ._-]+(?=\D)")


@dataclass(frozen=True, slots=True)
class Seeming:
    """What a file seems to be, and from what that was seen."""

    kind: EvidenceKind
    seen: str  # "its name", "the words “…” on page 1"; empty where nothing was seen


_K = EvidenceKind
#: Words that name the kind, in the order in which they are looked for: what is special first.
_SIGNS: Sequence[tuple[EvidenceKind, re.Pattern[str]]] = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        (_K.BIRTH_CERTIFICATE, r"birth cert\w*|certificate of birth|certificate of live birth"),
        (_K.MARRIAGE_CERTIFICATE, r"marriage cert\w*|certificate of marriage"),
        (_K.DEATH_CERTIFICATE, r"death cert\w*|certificate of death"),
        (_K.CUSTODY_ORDER, r"custody (?:order|decree)|guardianship order"),
        (_K.CONSENT, r"consent|travel authorization by parent"),
        (
            _K.STATUS_PROOF,
            r"naturali[sz]ation|green card|permanent resident card|citizenship cert\w*",
        ),
        (
            _K.IDENTITY_CARD,
            r"identity card|id card|national id|tazkira|cedula|driver'?s licen[sc]e",
        ),
        (_K.TAX_RETURN, r"tax return|tax transcript|form 1040|w[- ]2|tax"),
        (_K.BANK_STATEMENT, r"bank statement|statement of account|account statement|savings"),
        (_K.PAY_RECORD, r"pay ?stubs?|pay ?slips?|earnings statement|payroll"),
        (
            _K.EMPLOYMENT_LETTER,
            r"employ(?:ment|er) letter|letter of employment|employment verification",
        ),
        (_K.LEASE, r"lease|rental agreement"),
        (_K.BENEFIT_PROOF, r"snap|medicaid|ssi award|benefits? (?:letter|award)"),
        (_K.TRAVEL_PLAN, r"itinerary|flight|e[- ]?ticket|travel plan"),
        (_K.TRANSPLANT_LETTER, r"transplant"),
        (_K.FUNERAL_LETTER, r"funeral"),
        (
            _K.MEDICAL_RECORD,
            r"medical records?|lab(?:oratory)? (?:report|results?)|mri|discharge summary",
        ),
        (_K.HOSPITAL_LETTER, r"hospital letter|letter of acceptance"),
        (_K.PHYSICIAN_LETTER, r"physician(?:'s)? letter|doctor(?:'s)? letter|dr\.? letter"),
        (_K.POLICE_RECORD, r"police (?:record|report|certificate|clearance)"),
        (_K.COURT_RECORD, r"court (?:order|record)|judgment|docket"),
        (_K.COUNTRY_CONDITIONS, r"country (?:conditions?|report)|human rights report"),
        (_K.VISA_RECORD, r"visa (?:refusal|appointment|record)|refusal sheet|ds[- ]?160"),
        (_K.IMMIGRATION_RECORD, r"i[- ]94|i[- ]797\w?|notice of action|i[- ]213|notice to appear"),
        (_K.DECLARATION, r"declaration|affidavit|sworn statement"),
        (_K.PHOTOGRAPHS, r"photos?|photographs?"),
        (_K.EMAIL, r"e[- ]?mails?"),
        (_K.PASSPORT, r"passports?"),
        (_K.LETTER, r"letters?"),
    )
)
#: Words that say of a page what it is, though a file's name rarely does.
_ON_PAGES: Sequence[tuple[EvidenceKind, re.Pattern[str]]] = (
    (_K.PHYSICIAN_LETTER, re.compile(r"\bM\.D\.|\b(?:MD|\w*(?:surgeon|ologist|physician))\b")),
    (_K.HOSPITAL_LETTER, re.compile(r"\b(?:Hospital|Medical Cent(?:er|re)|Clinic)\b")),
    (_K.EMPLOYMENT_LETTER, re.compile(r"\b(?:is|was|been) employed\b")),
)
_SAYS_LITTLE = frozenset({_K.LETTER, _K.EMAIL})  # of whom, the page says


def kind_seen(name: str, texts: Iterable[str]) -> Seeming:
    """Give the kind that a file's name tells, or that its first page tells better."""
    words = spelled(name)
    named = next((kind for kind, sign in _SIGNS if sign.search(words)), None)
    if named is not None and named not in _SAYS_LITTLE:
        return Seeming(named, "its name")
    page = next(iter(texts), "")[:_LETTERS_READ]
    if any(zones_in(page)):
        return Seeming(EvidenceKind.PASSPORT, "the machine-readable lines on page 1")
    for kind, sign in _ON_PAGES if named else (*_SIGNS, *_ON_PAGES):
        if found := sign.search(page):
            return Seeming(kind, f"the words “{' '.join(found[0].split())}” on page 1")
    return Seeming(named, "its name") if named else Seeming(EvidenceKind.OTHER, "")


def title_of(name: str, kind: EvidenceKind) -> str:
    """Give a title to begin with: the words of the file's name, or those of its kind."""
    words = spelled(name)
    if _MEANINGLESS.fullmatch(words.replace(" ", "").lower()):
        words = kind.value.replace("_", " ")
    return words[:1].upper() + words[1:]


def id_of(title: str, kind: EvidenceKind, taken: Iterable[str]) -> str:
    """Give a short name that nothing has yet, in the letters that ids are written in."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    wanted = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_ID].strip("-")
    return free_id(wanted or kind.value.replace("_", "-"), taken)


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """Give an id, with a number behind it where it is taken: `letter-2`."""
    known = set(taken)
    number = 2
    free = wanted
    while free in known:
        free = f"{wanted}-{number}"
        number += 1
    return free


def spelled(name: str) -> str:
    """Give the words of a file's name, without its ending and a number in front."""
    seen = "".join(one for one in name if unicodedata.category(one)[0] != "C")
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", seen)
    return " ".join(re.sub(r"[_\-.]+", " ", _NUMBER_IN_FRONT.sub("", stem)).split())
