"""All that can be wrong with an evidence file, in words for the person who must mend it."""

from __future__ import annotations

from packet_builder.errors import UnusableError


class IntakeError(UnusableError):
    """One evidence file cannot go into the packet as it is."""

    def __init__(self, name: str, wrong: str, cure: str) -> None:
        super().__init__(f'"{name}" {wrong}. {cure}')
        self.name = name
        self.wrong = wrong
        self.cure = cure


class ExhibitUnreadableError(IntakeError):
    """The file is damaged, or says something that no reader understands."""

    def __init__(self, name: str, wrong: str = "is damaged and cannot be read") -> None:
        super().__init__(
            name, wrong, "Export it again from the program it comes from, or scan the paper again."
        )


class ExhibitNotReadError(IntakeError):
    """The program that reads pictures gave nothing for the file."""

    def __init__(self, name: str, wrong: str) -> None:
        super().__init__(
            name,
            f"could not be read by ocrmypdf: {wrong}",
            "The packet can be built without; or print the file to a new PDF and read that.",
        )


class MachineReadCopyError(IntakeError):
    """The copy that was read by machine does not show what the file shows."""

    def __init__(self, name: str, copy: str, page: int | None) -> None:
        place = "" if page is None else f" on page {page}"
        super().__init__(
            name,
            f"has a copy that was read by machine, and that copy differs from it{place}",
            f"Delete {copy} in the folder machine-read of the case, and run packet-builder ocr "
            "again.",
        )


class ExhibitCutOffError(IntakeError):
    """The end of the file is missing, as after a broken download."""

    def __init__(
        self, name: str, wrong: str = "is cut off: the end of the file is missing"
    ) -> None:
        super().__init__(name, wrong, "Copy or download it again, or scan the paper again.")


class ExhibitEmptyError(IntakeError):
    """The file holds nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "is empty (0 bytes)", "Copy or download it again.")


class NoPagesError(IntakeError):
    """The PDF is sound and has not one page."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name, "is a PDF without any page", "Export it again from the program it comes from."
        )


class ExhibitLockedError(IntakeError):
    """The PDF opens only with a password, and none was given for it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "opens only with a password",
            "Ask the client or the sender for it, and run this on a terminal, where you are asked "
            "for it; or write it into a file that only you may read (chmod 600) as "
            f'"{name} = PASSWORD", and run packet-builder --passwords FILE.',
        )


class PasswordWrongError(IntakeError):
    """The PDF does not open with the password that was given for it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "does not open with the password that was given for it",
            "Look at capital letters and spaces, and ask the sender again if need be.",
        )


class ExhibitEncryptedError(IntakeError):
    """The PDF opens only with a certificate, or in a special program."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "opens only with a certificate or in a special program",
            "Ask the client or the sender to open it there, and to print it to a PDF that opens "
            "without.",
        )


class ExhibitTooLargeError(IntakeError):
    """The file, its page count, or what it unpacks to is beyond what a filing can be."""

    def __init__(self, name: str, wrong: str) -> None:
        super().__init__(
            name, wrong, "Split it into several files, or scan it again at 200 to 300 dpi."
        )


class ExhibitTooSlowError(IntakeError):
    """Reading the file was stopped at its time limit, as with a drawing that never ends."""

    def __init__(self, name: str, seconds: int) -> None:
        super().__init__(
            name,
            f"had not been read after {seconds} s, and reading it was stopped",
            "Try again when the machine is less busy; if it happens again, print it to a new PDF, "
            "or scan the paper.",
        )


class ExhibitTooHeavyError(IntakeError):
    """Reading the file would take more memory than it may have, as with a decompression bomb."""

    def __init__(self, name: str, most_bytes: int) -> None:
        super().__init__(
            name,
            f"needs more than {most_bytes >> 30} GB of memory to be read",
            "Close other programs and try again; if it happens again, split it into several files, "
            "or scan it again at 200 to 300 dpi.",
        )


class ExhibitBreaksReaderError(IntakeError):
    """The process that read the file broke down over it; the others were read all the same."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "made the program that reads it break down: it is damaged, perhaps on purpose",
            "If you do not know its sender well, do not open it; ask for it on paper. Else print "
            "it to a new PDF, check every page, and use that.",
        )


class ConversionFailedError(IntakeError):
    """The engine that turns Word into PDF hung or broke down over the document."""

    def __init__(self, name: str, engine: str) -> None:
        super().__init__(
            name,
            f"made {engine}, which turns Word into PDF, hang or break down",
            "Open it in Word, save it as a PDF, and list the PDF in its place; or build with the "
            "other engine (--engine).",
        )


class DecompressionBombError(IntakeError):
    """A part of the file unpacks to hundreds of times its size: a bomb, or a broken program."""

    def __init__(self, name: str, packed: int, unpacked: int) -> None:
        super().__init__(
            name,
            f"holds a part of {packed:,} bytes that unpacks to more than {unpacked // 1_000_000} "
            "MB, which no document needs",
            "It may be made on purpose: if you do not know its sender well, ask for it on paper. "
            "Else print it to a new PDF.",
        )


class ExhibitNestedError(IntakeError):
    """Parts of the file lie in one another deeper than any reader follows, or in a circle."""

    def __init__(self, name: str, what: str = "parts") -> None:
        super().__init__(
            name,
            f"is damaged: its {what} lie in one another without end",
            "Open it, check that every page is there, and print it to a new PDF.",
        )


class PartMissingError(IntakeError):
    """A page draws something that is not in the file, so that nobody can see it."""

    def __init__(self, name: str, page: int, what: str) -> None:
        super().__init__(
            name,
            f"lacks {what} that its page {page} draws",
            "Compare the page with the sender's, and export it again; if the page shows all that "
            "it should, print it to a new PDF.",
        )


class TwoKindsError(IntakeError):
    """One file is two things at once: what it shows depends on the program that opens it."""

    def __init__(self, name: str, kind: str, other: str) -> None:
        super().__init__(
            name,
            f"is {kind} and {other} at once, so that two programs show two things",
            "Ask the sender which is meant; open it, and print that to a new PDF.",
        )


class ImageTooLargeError(IntakeError):
    """A picture has more pixels than any camera or scanner of an office makes."""

    def __init__(self, name: str, width: int, height: int, limit: int) -> None:
        super().__init__(
            name,
            f"holds a picture of {width:,} x {height:,} pixels "
            f"(at most {limit // 1_000_000} million are taken)",
            "Save a smaller version of the picture.",
        )


class PageSizeError(IntakeError):
    """A page is so large, or so narrow, that it could not be read on US Letter."""

    def __init__(self, name: str, page: int, width: float, height: float) -> None:
        super().__init__(
            name,
            f"has a page {page} of {_inches(width)} x {_inches(height)} inches, "
            "which nobody could read on US Letter",
            "Print it to a page of a usual size, or to several (in Acrobat: Print, Poster).",
        )


class PagesDisagreeError(IntakeError):
    """Two readers count different numbers of pages, so a page would be lost."""

    def __init__(self, name: str, counted: int, shown: int) -> None:
        super().__init__(
            name,
            f"is damaged: it holds {counted} pages, but a viewer shows {shown}",
            "Open it, check that every page is there, and print it to a new PDF.",
        )


class DynamicFormError(IntakeError):
    """An XFA form draws its pages inside Acrobat only; every other reader shows "Please wait"."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            'is a dynamic form that only Acrobat can draw (others show "Please wait...")',
            'Open it in Acrobat and print it to "Adobe PDF" or "Microsoft Print to PDF".',
        )


class PortfolioError(IntakeError):
    """The pages of a portfolio are a cover; its content lies in attached files."""

    def __init__(self, name: str, files: int) -> None:
        super().__init__(
            name,
            f"is a PDF portfolio: its content lies in attached files ({files})",
            "Save the files out of it and list each of them as evidence.",
        )


class FieldNotDrawableError(IntakeError):
    """A filled form field has no appearance, and none can be drawn that shows all of its value."""

    def __init__(self, name: str, page: int) -> None:
        super().__init__(
            name,
            f"has a filled form field on page {page} whose text does not fit into it "
            "or needs a font that is not there",
            "Open it in the program it was filled with and print it to a PDF.",
        )


class UnsupportedKindError(IntakeError):
    """The file is sound, but of a kind that cannot be put on paper faithfully."""

    def __init__(self, name: str, kind: str, cure: str) -> None:
        super().__init__(name, f"is {kind}, which cannot be put into a packet as it is", cure)


class WrongKindError(IntakeError):
    """The name promises one kind and the content is another."""

    def __init__(self, name: str, promised: str, found: str) -> None:
        super().__init__(
            name,
            f"is named as {promised} but holds {found}",
            "Download or export it again, or correct its name.",
        )


def _inches(points: float) -> str:
    inches = points / 72
    return f"{inches:,.0f}" if inches >= 1 else f"{inches:.2f}"
