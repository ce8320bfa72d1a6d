"""Makes what came into the case `full` after its filing: python -m tests.samples.make_later."""

from __future__ import annotations

from pathlib import Path

from tests.samples.drawing import write_paper
from tests.samples.make_minimal import CASES
from tests.samples.markup import paper_from

TEXTS = Path(__file__).parent / "texts" / "later"
FOLDER = CASES / "full" / "later"


def make_later(folder: Path) -> None:
    """Write each paper that came later into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for text in sorted(TEXTS.glob("*.txt")):
        write_paper(paper_from(text), folder / f"{text.stem}.pdf")


if __name__ == "__main__":
    make_later(FOLDER)
