"""Options and fixtures of the whole test run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from packet_builder import hands

# The same examples in every run, and no clock: how long a machine takes says nothing of the code.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.load_profile("steady")

# A process beside each build of a test takes longer to start than it helps; tests of it ask for it.
hands._MOST = 0

GOLDEN = Path(__file__).parent / "golden"

Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write the golden files anew from what the program gives; review the change",
    )
    parser.addoption(
        "--draft-seeds",
        type=int,
        default=40,
        help="how many edits of each sample document the properties of merging are tried on",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with a golden file, or write the file with --renew-golden."""
    renew = request.config.getoption("--renew-golden")

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if renew:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text

    return compare
