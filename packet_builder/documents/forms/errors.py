"""What can be wrong with a blank official form, or with one that was filled."""

from __future__ import annotations

from packet_builder.errors import UnusableError


class BlankUnreadableError(UnusableError):
    """A blank form cannot be opened."""

    def __init__(self, form: str) -> None:
        super().__init__(
            f"The blank Form {form} cannot be read. Download it again, and put it into the folder "
            "of forms without opening and saving it in another program."
        )


class FieldUnknownError(UnusableError):
    """A form's map names a field or a state that the blank does not have."""

    def __init__(self, form: str, field: str, wrong: str) -> None:
        super().__init__(
            f'The map of Form {form} names the field "{field}", {wrong}. '
            "Correct the map below templates/forms."
        )


class FormProofError(UnusableError):
    """A filled form does not show what was written into it."""

    def __init__(self, form: str, field: str, wrong: str) -> None:
        super().__init__(
            f'Form {form} was filled, but its field "{field}" {wrong}. '
            "Nothing of it was kept; fill this blank by hand, and report it."
        )
