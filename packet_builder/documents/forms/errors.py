"""What can be wrong with a blank official form, or with one that was filled."""

from __future__ import annotations

from collections.abc import Sequence

from packet_builder.errors import UnusableError


class BlankUnreadableError(UnusableError):
    """A blank form cannot be opened."""

    def __init__(self, form: str) -> None:
        super().__init__(
            f"The blank Form {form} cannot be read. Download it again, and put it into the folder "
            "of forms without opening and saving it in another program."
        )


_AGAIN = "Download it again from the address that `packet-builder forms list` gives"


class NoBlankError(UnusableError):
    """A file that is to be taken as a blank form is no PDF."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} is not a PDF. It may be a web page that was saved in place of the form. "
            f"{_AGAIN}."
        )


class BlankDamagedError(UnusableError):
    """A file that is to be taken as a blank form cannot be read to its end."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} is damaged or was not downloaded to its end. {_AGAIN}.")


class BlankLockedError(UnusableError):
    """A file that is to be taken as a blank form asks for a password."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} asks for a password before it can be read; no official blank does. {_AGAIN}."
        )


class BlankWithoutFieldsError(UnusableError):
    """A file that is to be taken as a blank form has no fields that can be filled."""

    def __init__(self, file: str, *, is_xfa: bool) -> None:
        why = (
            "it is an XFA form, which only Adobe's programs can show"
            if is_xfa
            else "it was printed, scanned or flattened"
        )
        super().__init__(f"{file} has no fields to fill: {why}. {_AGAIN}, and save it unopened.")


class FieldUnknownError(UnusableError):
    """A form's map names a field or a state that the blank does not have."""

    def __init__(self, form: str, field: str, wrong: str) -> None:
        super().__init__(
            f'The map of Form {form} names the field "{field}", {wrong}. '
            "Correct the map below templates/forms."
        )


class ChoiceUnknownError(UnusableError):
    """A fact is none of the choices that a form offers."""

    def __init__(self, form: str, text: str, choices: Sequence[str]) -> None:
        offered = [choice for choice in map(str.strip, choices) if choice]
        named = ", ".join(offered[:10]) + (", …" if len(offered) > 10 else "")  # noqa: PLR2004
        super().__init__(
            f'Form {form} does not offer "{text}". Correct the fact; it offers: {named}.'
        )


class FormProofError(UnusableError):
    """A filled form does not show what was written into it."""

    def __init__(self, form: str, field: str, wrong: str) -> None:
        super().__init__(
            f'Form {form} was filled, but its field "{field}" {wrong}. '
            "Nothing of it was kept; fill this blank by hand, and report it."
        )
