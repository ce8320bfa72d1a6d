"""What tests need from outside: absent, they skip; on the build server that is a failure."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip, saying what is missing; on the build server fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, and the build server must have it")
    pytest.skip(what)


def needs(program: str) -> None:
    """Skip where an outside program is absent."""
    if shutil.which(program) is None:
        missing(f"{program} is not on this machine")
