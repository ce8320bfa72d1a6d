"""A translation is whole and certified (8 CFR 103.2(b)(3))."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.rules.finding import Dossier, Finding, Weight

_WORDS = ("complete", "accurate", "competent")


def certificates_say_what_they_must(dossier: Dossier) -> Iterator[Finding]:
    """Find translations whose certificate lacks its words.

    "complete and accurate", "competent to translate": Instructions for Form I-131, p. 17. Where
    any page is a picture the words may stand there, and nothing is found.
    """
    for position, one in enumerate(dossier.case.evidence):
        seen = dossier.seen.get(one.id)
        if one.translation is None or seen is None:
            continue
        english = seen.texts[: max(1, seen.pages - len(one.files))]
        text = " ".join(english).casefold()
        lacking = [word for word in _WORDS if word not in text]
        if all(page.strip() for page in english) and lacking:
            yield Finding(
                "certificate-incomplete",
                Weight.WARNING,
                f'the translator\'s certificate of "{one.id}" does not say {" and ".join(lacking)}',
                "It must say that the translation is complete and accurate and that the translator "
                "is competent to translate into English, with name, signature, date and contact.",
                ("evidence", position, "translation"),
                "8 CFR 103.2(b)(3); Instructions for Form I-131, p. 17",
            )


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
