"""A downloaded file becomes a blank in the forms folder, or a refusal that says what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from packet_builder import system
from packet_builder.assembly.forms import blanks_in
from packet_builder.documents.forms.candidate import Candidate, read_candidate
from packet_builder.documents.forms.difference import Difference, against_names, difference
from packet_builder.errors import UnusableError
from packet_builder.law.form_editions import FormEdition, form_editions
from packet_builder.law.law import Law
from packet_builder.plan.form_map import FormMap, Ink, Item, map_path, read_form_map
from packet_builder.workspace import Folders, digest_of, write_whole


class BlankUnknownError(UnusableError):
    """A file is no form that the program knows."""

    def __init__(self, file: str, said: str, known: str) -> None:
        super().__init__(f"{file} {said}. It was not taken. Forms that are known: {known}.")


class BlankOfOtherEditionError(UnusableError):
    """A file is a known form in an edition that no row of law names."""

    def __init__(self, file: str, said: str, known: str) -> None:
        super().__init__(
            f"{file} says that it is {said}; known is {known}. It was not taken. If it is the "
            'edition to file on, follow "A new edition" in docs/forms.md.'
        )


class BlankNotAsPublishedError(UnusableError):
    """A file says that it is a known edition, and is not the file that was published."""

    def __init__(self, file: str, said: str) -> None:
        super().__init__(
            f"{file} says that it is {said}, which is known, but it is not the file that was "
            "published: it was opened and saved by another program, or was filled, or the agency "
            "has published it anew. It was not taken. Download it again, and save it unopened; if "
            'it is the same again, follow "A new edition" in docs/forms.md.'
        )


class BlankContradictsTableError(UnusableError):
    """A file has the fingerprint of a known edition, and does not say that it is that edition."""

    def __init__(self, file: str, claimed: str, wrong: str) -> None:
        super().__init__(
            f"{file} has the fingerprint of {claimed}, but {wrong}. It was not taken. "
            "Correct the row of form_editions that names this fingerprint (sha256)."
        )


class BlankInTheWayError(UnusableError):
    """Another file has the name that a blank is kept under."""

    def __init__(self, file: str, there: Path) -> None:
        super().__init__(
            f"{file} is in order, but {there} is another file, and nothing is written over it. "
            "Move that file away, then run the command again."
        )


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file that was to be added."""

    file: Path
    blank: Path | None  # where it lies among the blanks; None where it was refused
    edition: FormEdition | None  # which it was found to be, or is compared with
    was_there: bool = False
    digest: str = ""
    refusal: UnusableError | None = None
    said: Candidate | None = None  # of a file that is a form, but not a known one
    compared: Difference | None = None  # with `edition`
    items: Mapping[str, str] = field(default_factory=dict)
    """The printed item that the map of `edition` has for each field."""


def add_blanks(files: Sequence[Path], law: Law, folders: Folders) -> Iterator[Added]:
    """Copy each file whose digest, barcodes, footers and pages are those of a known edition."""
    for file in files:
        try:
            yield _added(file, law, folders)
        except UnusableError as refusal:
            yield Added(file, None, None, refusal=refusal)


def _added(file: Path, law: Law, folders: Folders) -> Added:
    digest = digest_of(file)
    edition = next((row for row in form_editions(law) if row.sha256 == digest), None)
    candidate = read_candidate(file)
    if edition is None:
        return replace(_refused(file, candidate, law, folders), digest=digest)
    wrong = next(candidate.disagreements(edition.form, edition.edition, edition.pages), None)
    if wrong is not None:
        raise BlankContradictsTableError(file.name, named(edition), wrong)
    there = next((path for path in blanks_in(folders.forms) if digest_of(path) == digest), None)
    if there is not None:
        return Added(file, there, edition, was_there=True)
    target = folders.forms / blank_name(edition)
    if target.exists():
        raise BlankInTheWayError(file.name, target)
    write_whole(target, file.read_bytes())
    _open_as_its_folder(target)
    return Added(file, target, edition)


def _open_as_its_folder(blank: Path) -> None:
    """Let those read a blank who may read its folder: it is public, and an office may share it."""
    system.share_as(blank, blank.parent)


def _refused(file: Path, candidate: Candidate, law: Law, folders: Folders) -> Added:
    known = form_editions(law)
    mark = candidate.mark
    of_form = [row for row in known if mark and row.form == mark.form]
    if mark is None or not of_form:
        said = f"says that it is Form {mark.form}" if mark else "has no barcode and no footer"
        forms = ", ".join(dict.fromkeys(row.form for row in known))
        raise BlankUnknownError(file.name, said, forms)
    pages = "1 page" if candidate.pages == 1 else f"{candidate.pages} pages"
    said = f"Form {mark.form}, edition {mark.edition}, {pages}"
    same = next((row for row in of_form if row.edition == mark.edition), None)
    refusal = (
        BlankOfOtherEditionError(file.name, said, named(of_form[-1]))
        if same is None
        else BlankNotAsPublishedError(file.name, said)
    )
    edition = same or of_form[-1]
    path = map_path(folders.templates, edition.id, edition.edition)
    form = read_form_map(path) if path.is_file() else None
    return Added(
        file,
        None,
        edition,
        refusal=refusal,
        said=candidate,
        compared=_compared(edition, candidate, form, folders),
        items=dict(_items(form)) if form else {},
    )


def _compared(
    edition: FormEdition, candidate: Candidate, form: FormMap | None, folders: Folders
) -> Difference | None:
    """Compare with the blank of an edition; with the names of its map where that is not there."""
    for path in blanks_in(folders.forms):
        if digest_of(path) == edition.sha256:
            return difference(read_candidate(path).boxes, candidate.boxes)
    return against_names(form.fields, candidate.boxes) if form else None


def _items(form: FormMap) -> Iterator[tuple[str, str]]:
    asking: tuple[Item | Ink, ...] = (*form.items, *form.ink)
    for item in asking:
        place = [f"Part {item.part}"] if item.part else []
        place += [f"Item {item.item}"] if item.item else []
        for name in item.fields:
            yield name, f"{', '.join(place)}: {item.asked}" if place else item.asked


def named(edition: FormEdition) -> str:
    """Give an edition as a sentence names it."""
    return f"edition {edition.edition} of Form {edition.form}"


def blank_name(edition: FormEdition) -> str:
    """Give the name under which a blank is kept, that of its map: `i-131-2025-01-20.pdf`."""
    day = map_path(Path(), edition.id, edition.edition).stem
    return f"{edition.id}-{day}.pdf"
