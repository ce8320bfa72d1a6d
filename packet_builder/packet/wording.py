"""Whether the words of a source page all stand on its packet page."""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2

# pdfium tells a hyphen at a line's end in another way than inside one, and which it is depends on
# what else stands on the page.
_NOT_WORDS = re.compile(r"[\s\x00-\x1f\u00ad\u2010\u2011\ufffe\uffff-]+")


def words_kept(before: str, after: str) -> bool:
    """Tell whether all that can be read on a source page can be read on its packet page."""
    if not before:
        return True
    # A turned page is read in another order, and broken into other words: letters are counted then.
    return before in after or not Counter(before) - Counter(after)


def letters_on(page: pypdfium2.PdfPage) -> str:
    """Give all that can be read on a page, without spaces and hyphens."""
    words = page.get_textpage()
    try:
        return _NOT_WORDS.sub("", words.get_text_range())
    finally:
        words.close()
