"""How hard a text is to read: the grade of school that its words and sentences take."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z]+(?:[\u2019'-][A-Za-z]+)*")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float:
    """Give the Flesch-Kincaid grade level of a text."""
    words = _WORD.findall(text)
    sentences = max(1, len(_SENTENCE.findall(text)))
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    """Count groups of vowels; an e at the end is mute, as in "have", and not in "table"."""
    word = word.lower()
    count = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee", "ie")):
        count -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")):
        count -= 1
    return max(1, count)
