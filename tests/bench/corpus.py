"""Makes the benchmark's input: python corpus.py FOLDER; the same bytes on every machine.

Runs in the benchmark's own environment. Writes one JSON file a corpus: its exhibits, each with its
letter, title, separator and files.
"""

# ruff: noqa: S311 - seeded, so that every machine makes the same

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from multiprocessing import Pool
from pathlib import Path

import img2pdf  # type: ignore[import-not-found]  # lives in the benchmark's environment
import numpy as np  # type: ignore[import-not-found]  # lives in the benchmark's environment
from PIL import Image, ImageDraw, ImageFont
from reportlab import rl_config
from reportlab.lib.pagesizes import A4, legal, letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

FONT = Path(__file__).resolve().parents[2] / "packet_builder/fonts/LiberationSans-Regular.ttf"
WORDS = (
    *("the", "tenant", "landlord", "notice", "payment", "account", "deposit", "repair", "invoice"),
    *("statement", "balance", "agreement", "hearing", "petition", "respondent", "claimant"),
    *("evidence", "exhibit", "declaration", "served", "amount", "interest", "monthly", "receipt"),
    *("transfer", "dispute", "letter", "reference", "court", "filing", "county", "attorney"),
)
TEXT_PAGES, SCAN_PAGES, VECTOR_PAGES = 20, 25, 10  # of one file
PAGES = {"text": TEXT_PAGES, "scan": SCAN_PAGES, "plan": VECTOR_PAGES, "photo": 1}
SCANS, VECTORS, PHOTOS = 100, 4, 40  # different ones; larger corpora repeat them


@dataclass(frozen=True)
class Exhibit:
    letter: str
    title: str
    separator: str
    files: list[tuple[str, int]]  # with their pages, which an office's program knows already


def sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(words))


def pages(path: Path, size: tuple[float, float]) -> canvas.Canvas:
    return canvas.Canvas(str(path), pagesize=size, pageCompression=1, invariant=1)


def text(path: Path, seed: int) -> None:
    """Write letters, bank statements and contracts, with bookmarks and links."""
    dice = random.Random(seed)
    size = dice.choices([letter, A4, legal], [8, 1, 1])[0]
    paper = pages(path, size)
    draw = (typed_letter, bank_statement, contract)[seed % 3]
    for page in range(TEXT_PAGES):
        paper.bookmarkPage(f"p{page}")
        if page % 5 == 0:
            paper.addOutlineEntry(f"Section {page // 5 + 1}", f"p{page}", 0)
        draw(paper, dice, size)
        if page % 7 == 0:
            paper.linkURL("https://example.org/", (72, 40, 200, 55))
        if page % 5 == 2:
            paper.linkRect("", "p0", (300, 40, 400, 55))
        paper.showPage()
    paper.save()


def typed_letter(paper: canvas.Canvas, dice: random.Random, size: tuple[float, float]) -> None:
    lines = paper.beginText(72, size[1] - 72)
    lines.setFont("Body", 11)
    for _ in range(44):
        lines.textLine(sentence(dice, 11))
    paper.drawText(lines)


def bank_statement(paper: canvas.Canvas, dice: random.Random, size: tuple[float, float]) -> None:
    paper.setFont("Helvetica-Bold", 14)
    paper.drawString(50, size[1] - 50, f"Account Statement {dice.randint(1, 9999)}")
    paper.setFont("Helvetica", 8)
    paper.setLineWidth(0.2)
    for row in range(60):
        y = size[1] - 90 - row * 10.5
        paper.drawString(50, y, f"{dice.randint(1, 12):02d}/{dice.randint(1, 28):02d}/2026")
        paper.drawString(110, y, sentence(dice, 5)[:50])
        paper.drawRightString(430, y, f"{dice.uniform(1, 2000):,.2f}")
        paper.drawRightString(540, y, f"{dice.uniform(1, 9000):,.2f}")
        paper.line(50, y - 2, 540, y - 2)


def contract(paper: canvas.Canvas, dice: random.Random, size: tuple[float, float]) -> None:
    lines = paper.beginText(60, size[1] - 100)
    lines.setFont("Times-Roman", 10)
    for _ in range(55):
        lines.textLine(sentence(dice, 13))
    paper.drawText(lines)


def vectors(path: Path, seed: int) -> None:
    """Write plans: 25,000 lines a page."""
    dice = random.Random(seed)
    paper = pages(path, letter)
    for _ in range(VECTOR_PAGES):
        for line in range(25_000):
            x, y = dice.uniform(30, 580), dice.uniform(30, 760)
            if line % 500 == 0:
                paper.setStrokeColorRGB(dice.random(), dice.random(), dice.random())
                paper.setLineWidth(0.1 + dice.random())
            paper.line(x, y, x + dice.uniform(-20, 20), y + dice.uniform(-20, 20))
        paper.showPage()
    paper.save()


def scan(path: Path, seed: int) -> None:
    """Write a scanned letter, 200 dpi, as JPEG."""
    noise, dice = np.random.default_rng(seed), random.Random(seed)
    width, height = 1700, 2200
    picture = Image.new("L", (width, height), 246)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 26)
    for y in range(150, 2050, 52):
        pen.text((150, y), sentence(dice, 12)[:95], fill=40, font=font)
    grain = noise.normal(0, 1.2, (height, width))
    grey = np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8)
    coloured = Image.fromarray(grey).convert("RGB" if seed % 3 else "L")
    coloured.save(path, "JPEG", quality=30 + seed % 12, dpi=(200, 200))


def photo(path: Path, seed: int) -> None:
    """Write a photograph of 12 megapixels, upright on a page of its own."""
    noise = np.random.default_rng(seed)
    low = (noise.random((48, 64, 3)) * 200).astype(np.uint8)
    large = Image.fromarray(low).resize((4032, 3024), Image.Resampling.BICUBIC)
    grain = noise.normal(0, 9, (3024, 4032, 1))
    picture = Image.fromarray(np.clip(np.asarray(large) + grain, 0, 255).astype(np.uint8))
    jpeg = path.with_suffix(".jpg")
    picture.save(jpeg, "JPEG", quality=88, dpi=(600, 600))
    path.write_bytes(img2pdf.convert([str(jpeg)], nodate=True))
    jpeg.unlink()


def separator(path: Path, seed: int) -> None:
    paper = pages(path, letter)
    paper.setFont("Helvetica", 48)
    paper.drawCentredString(306, 420, f"EXHIBIT {letters(seed)}")
    paper.showPage()
    paper.save()


def letters(number: int) -> str:
    written = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        written = chr(ord("A") + rest) + written
    return written


def start() -> None:
    rl_config.useA85 = 0
    pdfmetrics.registerFont(TTFont("Body", str(FONT)))


def made(job: tuple[Callable[[Path, int], None], Path, int]) -> None:
    make, path, seed = job
    if not path.exists():
        make(path, seed)


def scanned(folder: Path, number: int) -> Path:
    """Join 25 scans to one PDF."""
    path = folder / f"scan/s{number:03d}.pdf"
    if not path.exists():
        first = number * SCAN_PAGES
        chosen = [folder / f"jpg/j{(first + page) % SCANS:03d}.jpg" for page in range(SCAN_PAGES)]
        path.write_bytes(img2pdf.convert([str(each) for each in chosen], nodate=True))
    return path


def repeated(folder: Path, number: int) -> Path:
    path = folder / f"plan/v{number:03d}.pdf"
    if not path.exists():
        shutil.copyfile(folder / f"plan/v{number % VECTORS:03d}.pdf", path)
    return path


def write_corpus(folder: Path, name: str, files: Sequence[Path]) -> None:
    """Arrange files as exhibits, four to each."""
    exhibits = []
    for number, at in enumerate(range(0, len(files), 4), start=1):
        tab = folder / f"tab/{letters(number)}.pdf"
        made((separator, tab, number))
        chosen = [(str(path), PAGES[path.parent.name]) for path in files[at : at + 4]]
        exhibits.append(Exhibit(letters(number), f"Exhibit of {name}", str(tab), chosen))
    content = json.dumps([asdict(each) for each in exhibits], indent=1)
    (folder / f"{name}.json").write_text(content, encoding="utf-8")


def main(folder: Path) -> None:
    for kind in ("text", "scan", "plan", "photo", "jpg", "tab"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    start()
    typed = [folder / f"text/t{number:03d}.pdf" for number in range(250)]
    photos = [folder / f"photo/p{number:03d}.pdf" for number in range(PHOTOS)]
    jobs = [(text, path, seed) for seed, path in enumerate(typed)]
    jobs += [(scan, folder / f"jpg/j{seed:03d}.jpg", seed) for seed in range(SCANS)]
    jobs += [(vectors, folder / f"plan/v{seed:03d}.pdf", seed) for seed in range(VECTORS)]
    jobs += [(photo, path, seed) for seed, path in enumerate(photos)]
    with Pool(2, start) as pool:
        pool.map(made, jobs, chunksize=1)
    scans = [scanned(folder, number) for number in range(28)]
    plans = [repeated(folder, number) for number in range(16)]
    for count in (200, 1000, 2000, 5000):
        write_corpus(folder, f"text-{count}", typed[: count // TEXT_PAGES])
    write_corpus(folder, "text-10000", [*typed, *typed])
    write_corpus(folder, "mix-200", [*typed[:5], *scans[:3], *plans[:2], *photos[:5]])
    mixed = [*typed[:55], *scans, *plans, *photos]
    write_corpus(folder, "mix-2000", mixed)
    write_corpus(folder, "mix-10000", mixed * 5)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
