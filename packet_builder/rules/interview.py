"""What an officer may ask is answered, in English and in the language of those who are asked."""

from __future__ import annotations

from collections.abc import Iterator

from packet_builder.model.interview import InterviewTopic
from packet_builder.outline import Outline
from packet_builder.rules.finding import Dossier, Finding, Weight

_ASKED = (
    InterviewTopic.PURPOSE,
    InterviewTopic.STAY,
    InterviewTopic.SUPPORT,
    InterviewTopic.RETURN,
)


def usual_questions_are_answered(dossier: Dossier) -> Iterator[Finding]:
    """Find what every officer asks and the facts do not answer. A choice of this program."""
    answered = {one.about for one in dossier.case.interview}
    if lacking := [topic.value for topic in _ASKED if topic not in answered]:
        yield Finding(
            "interview-incomplete",
            Weight.WARNING,
            f"no question about {', '.join(lacking)} is answered",
            'Add it below "interview:", with "about:", in the words of the person who comes.',
            ("interview",),
            "Instructions for Form I-131, pp. 3, 12: an officer decides at the port of entry",
        )


def answers_stand_in_the_language_of_the_filing(dossier: Dossier) -> Iterator[Finding]:
    """Find answers that a letter in another language would leave out."""
    language = dossier.case.filing.language
    if language is None or not _has_letter_in(dossier.outline, language):
        return
    for position, one in enumerate(dossier.case.interview):
        for name in ("native_question", "native_answer"):
            if getattr(one, name) is None:
                yield Finding(
                    "interview-untranslated",
                    Weight.ERROR,
                    f'"{one.question}" has no "{name}", and a letter in "{language}" prints it',
                    f'Add "{name}:", in words that the person said or a translator wrote.',
                    ("interview", position),
                )


def language_has_a_letter(dossier: Dossier) -> Iterator[Finding]:
    """Find a language in which the filing has no letter."""
    language = dossier.case.filing.language
    if language is not None and not _has_letter_in(dossier.outline, language):
        yield Finding(
            "language-without-letter",
            Weight.WARNING,
            f'no letter of this filing is in "{language}"',
            'Add a line with that "language:" to the outline, and its template; or remove the '
            "language.",
            ("filing", "language"),
        )


def letters_in_another_language_were_read(dossier: Dossier) -> Iterator[Finding]:
    """Find letters in another language that nobody is named for having read."""
    filing = dossier.case.filing
    if filing.language is None or filing.language_read_by is not None:
        return
    if _has_letter_in(dossier.outline, filing.language):
        yield Finding(
            "language-unread",
            Weight.WARNING,
            f'nobody is named who has read the letters in "{filing.language}"',
            "Have somebody read them whose language it is, template and answers, and give the "
            'name: "language_read_by:".',
            ("filing", "language"),
        )


def _has_letter_in(outline: Outline, language: str) -> bool:
    return any(entry.language == language for entry in outline.documents)
