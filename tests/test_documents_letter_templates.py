"""The letter templates of the program: what they say, and that both engines print it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from packet_builder.documents.engines import choose, typeset
from packet_builder.documents.engines.engine import Job, SeveralFaultsError
from packet_builder.documents.letters.letter import render_letter
from packet_builder.documents.letters.source import read_template
from packet_builder.documents.text_gate.gate import lost_words
from packet_builder.documents.text_gate.match import Differences
from packet_builder.documents.word.text import NUMBER, visible_paragraphs
from packet_builder.documents.word.word import W, open_word
from packet_builder.law.law import SHIPPED
from packet_builder.law.parole_fee_exceptions import parole_fee_exceptions
from packet_builder.model.request import GroundKind
from packet_builder.plan.planned import DocumentKind, PlannedDocument
from packet_builder.workspace import shipped
from tests.conftest import Golden
from tests.letter_facts import (
    AGAIN,
    ALONE,
    ANSWERS,
    ASKED_THERE,
    EXEMPTION,
    FIGURES,
    KINDS,
    SINCE,
    STRATEGY,
    TO_WORK,
    WAIVER,
    context,
)
from tests.needed import needs

FOLDER = shipped("templates") / "letters"
LETTERS = (*KINDS, *ANSWERS)
CHANGES = {
    "fee_waiver": (WAIVER,),
    "fee_exemption": (EXEMPTION,),
    "client_letter": (SINCE,),
    "arrival_summary": (ASKED_THERE,),
    "officer_questions": (ASKED_THERE,),
    "officer_questions.fa": (ASKED_THERE,),
    "strategy_memo": (SINCE, STRATEGY),
    "re_parole_cover_letter": AGAIN,
    "re_parole_justification": AGAIN,
    "employment_cover_letter": TO_WORK,
}
GROUND = "    - ground: medical_treatment\n      beneficiaries: amina\n"
#: Words by which each ground opens.
OPENINGS = {
    "medical_treatment": "The Beneficiaries need urgent medical treatment for a tumor",
    "family_illness": "can be with a member of their family, who is seriously ill",
    "funeral": "can attend the funeral of a member of their family",
    "organ_donation": "can donate an organ or other tissue for transplant",
    "targeted_harm": "from harm that is directed at them in particular: a tumor",
    "vulnerable_person": "because the Beneficiaries are especially vulnerable: a tumor",
    "family_reunification": "can join a member of their family",
    "law_enforcement": "the Beneficiaries’ presence in the United States will serve a law enf",
    "legal_proceedings": "can take part in person in legal proceedings: a tumor",
    "national_security": "will serve the national security: a tumor",
    "government_policy": "will serve an aim of government policy: a tumor",
}


def rendered(letter: str, folder: Path, *changes: tuple[str, str]) -> Path:
    """Render a letter of the changed case."""
    values = context(letter, folder, *CHANGES.get(letter, ()), *changes)
    target = folder / f"{letter}.docx"
    planned = PlannedDocument("x", DocumentKind.LETTER, "Title", letter, values)
    render_letter(planned, shipped("templates"), target)
    return target


def said(letter: str, folder: Path, *changes: tuple[str, str]) -> str:
    """Give what a letter says, one paragraph a line."""
    lines = visible_paragraphs(rendered(letter, folder, *changes))
    return "".join(f"{line}\n" for line in lines).replace("\u00a0", " ")


@pytest.mark.parametrize("letter", LETTERS)
def test_a_template_says_what_was_reviewed(letter: str, golden: Golden) -> None:
    source = read_template(FOLDER / f"{letter}.docx")
    lines = [
        f"[{part.removeprefix('word/')}]\n"
        + "".join(f"{paragraph.text}\n" for paragraph in paragraphs)
        for part, paragraphs in source.parts.items()
    ]

    golden(f"letters/{letter}.txt", "".join(lines).replace("\u00a0", " ").replace(NUMBER, "#"))


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_of_a_whole_case_says_what_was_reviewed(
    letter: str, golden: Golden, tmp_path: Path
) -> None:
    golden(f"letters/{letter}-whole.txt", said(letter, tmp_path))


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_of_one_who_files_alone_says_what_was_reviewed(
    letter: str, golden: Golden, tmp_path: Path
) -> None:
    golden(f"letters/{letter}-alone.txt", said(letter, tmp_path, *ALONE))


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("changes", [(), ALONE], ids=["whole", "alone"])
def test_no_letter_has_a_slip_of_the_pen(
    letter: str, changes: tuple[tuple[str, str], ...], tmp_path: Path
) -> None:
    text = said(letter, tmp_path, *changes)
    slips = (
        *(r"\.\.", r",,", r",\.", r" [,.;:)]", r"\( ", r"\w  \w", r"\b(an?|the) (an?|the)\b"),
        *("Beneficiarys", r"\bs\b(?<!’s)", "’s’", r"\bNone\b", r"\[@", "[{}]", r"[a-z]: *$"),
    )

    assert not [slip for slip in slips if re.search(slip, text)]


@pytest.mark.parametrize("letter", LETTERS)
def test_no_letter_says_that_a_fee_was_waived_or_excepted(letter: str, tmp_path: Path) -> None:
    text = said(letter, tmp_path).lower()
    granted = r"(was|were|has been|have been|is|are) (waived|excepted|granted|found|exempted)"

    assert not re.search(granted, text.replace("if parole is granted", ""))


@pytest.mark.parametrize("kind", GroundKind)
def test_each_ground_opens_in_its_own_words(kind: GroundKind, tmp_path: Path) -> None:
    changes = [(GROUND, f"    - ground: {kind}\n")]
    text = said("humanitarian_justification", tmp_path, *changes)

    assert OPENINGS[kind] in text
    others = [words for other, words in OPENINGS.items() if other not in {kind, "family_illness"}]
    assert not [words for words in others if words in text]


def test_a_relative_is_dying_only_where_the_facts_say_so(tmp_path: Path) -> None:
    unsaid = ("        death_imminent: yes\n", "")

    assert "whose death is imminent" in said("humanitarian_justification", tmp_path)
    assert "imminent" not in said("humanitarian_justification", tmp_path, unsaid)


def test_what_the_facts_leave_out_leaves_no_trace(tmp_path: Path) -> None:
    text = said("cover_letter", tmp_path, *ALONE)
    small = said(
        "cover_letter",
        tmp_path,
        ('  expedite: {requested: yes, reason: "the operation is on January 12, 2027"}\n', ""),
        ("  key_date: {date: 2027-01-12, event: operation at St. Brannock Hospital}\n", ""),
        ("  port_of_entry: San Francisco International Airport\n", ""),
        ("  post_to_notify: {city: Manila, country: Philippines}\n", ""),
        ("  arrival: 2027-01-04\n", ""),
    )

    assert "Petitioner" not in text
    assert not re.search("EXPEDITE|expedite|Key date|arrive|We ask that notice", small)


def test_a_case_without_adverse_factors_has_no_such_section(tmp_path: Path) -> None:
    with_them = said("discretionary_factors", tmp_path)
    without = said("discretionary_factors", tmp_path, *ALONE)

    assert "Adverse Factors and the Answer to Each" in with_them
    assert not re.search("[Aa]dverse|Immigration History", without)


def test_the_exception_letter_asks_in_the_words_of_the_law_and_claims_nothing(
    tmp_path: Path,
) -> None:
    text = said("parole_fee_exception", tmp_path)
    law = parole_fee_exceptions(SHIPPED)[0]

    assert f"8 U.S.C. § 1804(b)(1)(A): “{law.limbs[0].text}”" in text
    assert f"8 U.S.C. § 1804(b)(1)(B)(i): “{law.limbs[1].text}”" in text
    assert law.limbs[2].text not in text
    assert "should that fee otherwise be assessed at the time of parole" in text
    assert "We do not suggest that this determination has been made" in text
    assert "U.S. Customs and Border Protection" in text


def test_a_waiver_says_its_figures(tmp_path: Path) -> None:
    text = said("fee_waiver", tmp_path, FIGURES)

    assert "Soraya Haidari receives SNAP, a means-tested benefit granted by Alameda Count" in text
    assert "Haidari, her son, receives Medi-Cal" in text
    assert "Her household of four persons has an adjusted gross income of $29,000.50 a year" in text
    assert "150 percent of the guideline for a household of that size is $49,500." in text
    assert "Her expenses and liabilities come to $720 a month; cash and what can quick" in text


def test_waiver_exemption_and_exception_keep_apart(tmp_path: Path) -> None:
    waiver, exemption = said("fee_waiver", tmp_path), said("fee_exemption", tmp_path)

    assert "This request concerns the filing fee of Form I-131 only." in waiver
    assert "for which no fee waiver is requested" in waiver
    assert "requires neither Form I-912 nor a formal request" in exemption
    assert "the exemption does not extend to it" in exemption


@pytest.mark.parametrize("letter", LETTERS)
def test_a_template_names_only_styles_that_it_has(letter: str) -> None:
    word = open_word(FOLDER / f"{letter}.docx")
    styles = {style.get(f"{W}styleId") for style in word.trees["word/styles.xml"].iter(f"{W}style")}
    used = {
        style.get(f"{W}val")
        for tree in word.trees.values()
        for kind in ("pStyle", "rStyle", "tblStyle")
        for style in tree.iter(f"{W}{kind}")
    }

    assert used <= styles
    assert {"Title", "Heading1", "Heading2", "Heading3", "BodyText", "Hyperlink"} <= styles


@pytest.mark.parametrize("letter", LETTERS)
def test_a_template_is_clean(letter: str) -> None:
    word = open_word(FOLDER / f"{letter}.docx")
    everything = b"".join(word.parts.values())
    fonts = set(re.findall(rb'w:ascii="([^"]*)"', everything))

    assert fonts == {b"Times New Roman"}
    assert b'w:name="compatibilityMode"' in everything
    assert b'w:val="15"/></w:compat>' in everything
    assert not re.search(rb"<w:(ins|del|sdt|commentReference|strike|smallCaps)\b", everything)
    assert not re.search(rb"<dc:creator>.|lastModifiedBy>.|<dcterms:|rsid", everything)


@pytest.mark.parametrize("letter", LETTERS)
def test_no_two_tables_touch_and_so_become_one_in_word(letter: str) -> None:
    word = open_word(FOLDER / f"{letter}.docx")

    assert not [
        table
        for table in word.body.iter(f"{W}tbl")
        if (following := table.getnext()) is None or following.tag == f"{W}tbl"
    ]


@pytest.mark.parametrize("engine", ["dxpdf", "libreoffice"])
def test_an_engine_prints_every_letter_whole(engine: str, tmp_path: Path) -> None:
    if engine == "libreoffice":
        needs("soffice")
    pages = dict(zip(LETTERS, [2, 3, 2, 2, 1, 1, 5, 1, 1, 1, 2, 2, 4, 2, 1, 2, 2], strict=True))
    if engine == "dxpdf":
        del pages["officer_questions.fa"]  # which it refuses
    jobs = [
        Job(rendered(letter, tmp_path), tmp_path / f"{letter}.pdf", f"{letter}.docx")
        for letter in pages
    ]

    made = typeset(jobs, choose(engine))

    assert [one.pages for one in made] == [*pages.values()]


def test_a_letter_from_right_to_left_is_refused_by_the_engine_that_cannot_print_it(
    tmp_path: Path,
) -> None:
    docx = rendered("officer_questions.fa", tmp_path)

    with pytest.raises(SeveralFaultsError, match="right-to-left text in paragraph 1"):
        typeset([Job(docx, tmp_path / "out.pdf", "letter.docx")], choose("dxpdf"))


def test_a_letter_from_right_to_left_is_printed_with_every_sign(tmp_path: Path) -> None:
    needs("soffice")
    docx, pdf = rendered("officer_questions.fa", tmp_path), tmp_path / "out.pdf"

    typeset([Job(docx, pdf, "letter.docx")], choose("libreoffice"))

    assert lost_words(docx, pdf) == Differences((), ())
    short = tmp_path / "short.docx"
    planned = dict(context("officer_questions.fa", tmp_path, ASKED_THERE))
    planned["interview"] = planned["interview"][:1]
    render_letter(
        PlannedDocument("x", DocumentKind.LETTER, "Title", "officer_questions.fa", planned),
        shipped("templates"),
        short,
    )
    typeset([Job(short, pdf, "letter.docx")], choose("libreoffice"))
    assert [loss.words for loss in lost_words(docx, pdf).losses] != []


def test_a_logo_stands_over_the_letterhead(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (300, 300), "navy").save(logo)
    values = dict(context("cover_letter", tmp_path))
    values["firm"] = {**values["firm"], "logo": "logo.png"}
    planned = PlannedDocument("x", DocumentKind.LETTER, "Title", "cover_letter", values)

    render_letter(planned, shipped("templates"), tmp_path / "out.docx", logo=logo)

    word = open_word(tmp_path / "out.docx")
    assert [part for part in word.parts if part.startswith("word/media/")] == [
        "word/media/image1.png"
    ]
    assert b"<w:drawing>" in word.parts["word/header1.xml"]


@pytest.mark.parametrize("template", sorted(FOLDER.glob("*.docx")), ids=lambda path: path.stem)
def test_a_signature_stands_in_one_paragraph_that_no_page_parts(template: Path) -> None:
    """LibreOffice 7.4 parts paragraphs that are only kept with the next one."""
    signed = [one for one in Document(str(template)).paragraphs if "____" in one.text]

    for block in signed:
        assert block.style is not None
        assert block.style.paragraph_format.keep_together
        assert "{{ attorney.name }}" in block.text
        assert block.text.rstrip().splitlines()[-1].startswith(("For ", "Counsel for "))
