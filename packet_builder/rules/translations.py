"""A translation is whole and certified (8 CFR 103.2(b)(3))."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from packet_builder.model.evidence import Translation
from packet_builder.rules.dates_in import dates_in
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.strength import is_foreign

_WORDS = ("complete", "accurate", "competent")
_LATIN_SHARE = 0.5  # of letters on a page below which it is in another script
_LETTERS = 40  # fewer on a page say nothing of its language
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def certificates_say_what_they_must(dossier: Dossier) -> Iterator[Finding]:
    """Find translations whose certificate lacks its words, the translator or the date.

    "complete and accurate", "competent to translate": Instructions for Form I-131, p. 17. Where
    any page is a picture the words may stand there, and nothing is found.
    """
    for position, one in enumerate(dossier.case.evidence):
        seen = dossier.seen.get(one.id)
        if one.translation is None or seen is None:
            continue
        english = seen.texts[: max(1, seen.pages - len(one.files))]
        lacking = _lacking(" ".join(english), one.translation)
        if all(page.strip() for page in english) and lacking:
            yield Finding(
                "certificate-incomplete",
                Weight.WARNING,
                f'the translator\'s certificate of "{one.id}" lacks {" and ".join(lacking)}',
                "It must say that the translation is complete and accurate and that the translator "
                "is competent to translate into English, with name, signature, date and contact.",
                ("evidence", position, "translation"),
                "8 CFR 103.2(b)(3); Instructions for Form I-131, p. 17",
            )


def other_scripts_say_their_language(dossier: Dossier) -> Iterator[Finding]:
    """Find papers in another script that the facts take for English ones."""
    for position, one in enumerate(dossier.case.evidence):
        seen = dossier.seen.get(one.id)
        if is_foreign(one) or seen is None:
            continue
        pages = [number for number, text in enumerate(seen.texts, 1) if _is_other_script(text)]
        if pages:
            yield Finding(
                "language-unsaid",
                Weight.ERROR,
                f'page {pages[0]} of "{one.id}" is in another script, and no language is given',
                'Give "language:", and "translation:" with the certified translation.',
                ("evidence", position),
                "8 CFR 103.2(b)(3); Instructions for Form I-131, p. 17",
            )


def _lacking(text: str, translation: Translation) -> tuple[str, ...]:
    folded = " ".join(text.casefold().split())
    words = [f'the word "{word}"' for word in _WORDS if word not in folded]
    name = [] if translation.translator.casefold() in folded else ["the translator's name"]
    dates = set(dates_in(text))
    date = [] if translation.certified in dates else ["the date that the facts give"]
    return (*words, *name, *date)


def _is_other_script(text: str) -> bool:
    others = sum(_is_no_latin_letter(mark) for mark in _BEYOND_ASCII.findall(text))
    if not others:  # as on nearly every page
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= _LETTERS and letters - others < _LATIN_SHARE * letters


def _is_no_latin_letter(mark: str) -> bool:
    return mark.isalpha() and "LATIN" not in unicodedata.name(mark, "")


def certificates_follow_their_document(dossier: Dossier) -> Iterator[Finding]:
    """Find certificates that are older than what they translate."""
    for position, one in enumerate(dossier.case.evidence):
        if one.translation and one.date and one.translation.certified < one.date:
            yield Finding(
                "translation-before-document",
                Weight.ERROR,
                f'the translation of "{one.id}" is certified before the document was made',
                "Correct one of the two dates.",
                ("evidence", position, "translation", "certified"),
            )
