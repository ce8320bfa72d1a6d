"""A name that official forms do not take becomes the spelling of the passport's machine zone."""

from __future__ import annotations

import re

from packet_builder.plan.form_words import Words, look_up

_TAKEN = re.compile(r"[A-Za-z\- ]*")  # what Forms I-131, G-28, I-765 and I-912 take in a name
_PARTS = frozenset({"family", "given", "middle", "full"})


def spelled_as_in_passport(fact: str | None, text: str, words: Words) -> tuple[str, str | None]:
    """Give what a form prints of a fact, and what the facts write, where that is another text.

    Only a name whose passport spelling the facts give is ever changed, and on every form alike.
    """
    holder, _, leaf = (fact or "").rpartition(".")
    if leaf not in _PARTS or _TAKEN.fullmatch(text):
        return text, None
    name = look_up(words, holder)
    spelled = name.get("machine_readable") if isinstance(name, dict) else None
    if spelled is None or spelled[leaf] is None:
        return text, None
    return spelled[leaf], text
