"""No input ends with a traceback: whatever is given, the answer is one that a person can read.

A run of the tests gives each target the cases that were found once, and some more. `make fuzz`
gives thousands, other ones each time; PACKET_BUILDER_FUZZ says how many.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import fuzzed
from tests.fuzzed import CORPUS, Target
from tests.review_cases import Office
from tests.tried import noted

_MANY = os.environ.get("PACKET_BUILDER_FUZZ")
_RUNS = int(_MANY or 40)
#: How many runs of the slowest one there is time for.
_SHARE = {"manifests": 4, "exhibits": 2}
_NAMES = ("facts", "citations", "drafts", "exhibits", "manifests", "routes")


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Target]:
    made: dict[str, Target] = {}

    def office() -> Office:
        one = Office(tmp_path_factory.mktemp("office"))
        one.build()
        one.decide([])
        one.write(("He may bleed again", "He may well bleed again"))
        one.build()
        return one

    makers: dict[str, Callable[[], Target]] = {
        "facts": lambda: fuzzed.facts(tmp_path_factory.mktemp("facts")),
        "citations": fuzzed.citations,
        "drafts": lambda: fuzzed.drafts(tmp_path_factory.mktemp("drafts")),
        "exhibits": lambda: fuzzed.exhibits(tmp_path_factory.mktemp("exhibits")),
        "manifests": lambda: fuzzed.manifests(office()),
        "routes": lambda: fuzzed.routes(office()),
    }

    def target(name: str) -> Target:
        if name not in made:
            made[name] = makers[name]()
        return made[name]

    return target


def changed(target: Target) -> st.SearchStrategy[bytes]:
    """Draw a seed with some things struck out, repeated, put in, or put upside down."""
    step = st.tuples(
        st.sampled_from(["cut", "put", "over", "twice", "swap", "flip", "end"]),
        st.floats(0, 1),
        st.integers(1, 60),
        st.sampled_from(target.words) | st.binary(max_size=6),
    )
    seeds = st.sampled_from(target.seeds)
    return st.builds(_with, seeds, st.lists(step, min_size=1, max_size=8))


def _with(seed: bytes, steps: list[tuple[str, float, int, bytes]]) -> bytes:
    content = seed
    for how, where, length, word in steps:
        place = int(where * len(content))
        before, piece, after = (
            content[:place],
            content[place : place + length],
            content[place + length :],
        )
        content = {
            "cut": before + after,
            "put": before + word + piece + after,
            "over": before + word + after,
            "twice": before + piece + piece + after,
            "swap": before + after[:length] + piece + after[length:],
            "flip": before + bytes(255 - byte for byte in piece[:1]) + piece[1:] + after,
            "end": before if len(before) > len(content) // 4 else content,
        }[how]
    return content


def keep(target: Target, content: bytes) -> None:
    """Keep what ended otherwise than it may, the smallest that was found, for every later run."""
    folder = CORPUS / target.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)


@pytest.mark.parametrize("name", _NAMES)
def test_whatever_is_given_the_answer_can_be_read(
    targets: Callable[[str], Target], name: str
) -> None:
    target = targets(name)
    runs = max(_RUNS // _SHARE.get(name, 1), 1)

    @settings(
        max_examples=runs,
        deadline=None,
        derandomize=not _MANY,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(changed(target))
    def each(content: bytes) -> None:
        last[:] = [content]
        target.give(content)

    last: list[bytes] = []
    try:
        each()
    except BaseException:
        if _MANY:
            keep(target, *last)
        raise
    noted("Fuzzing", _TRIED[name], runs, "an answer that a person can read; no traceback, no fault")


_TRIED = {
    "facts": "files of facts, changed at random: read, interpreted, examined",
    "citations": "narrative text with citations, changed at random",
    "drafts": "Word copies, their XML changed at random: opened, compared, merged",
    "exhibits": "PDFs and pictures, changed at random: taken in",
    "manifests": "manifests, log, decisions and notes of former builds, changed at random: read",
    "routes": "requests to the review page by somebody inside, changed at random",
}


def cases() -> list[Path]:
    return sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", cases(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once_stays_mended(targets: Callable[[str], Target], path: Path) -> None:
    targets(path.parent.name).give(path.read_bytes())
