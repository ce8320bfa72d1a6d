"""Every hostile file comes to what the table in docs/hostile.md says, as in a build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import ImageStat

from packet_builder.documents.intake.apart import TASK, Errand, intake_apart
from packet_builder.documents.intake.taken import Intake
from packet_builder.errors import PacketError
from packet_builder.packet.accounting import account
from packet_builder.pages import number
from packet_builder.sandbox.pool import Pool
from tests import makers
from tests.hostile import CASES, ELSEWHERE
from tests.hostile_case import Hostile, Refused, Taken
from tests.packets import bound, exhibit

ROOT = Path(__file__).parents[1]
REFUSED = [one for one in CASES if isinstance(one.comes_to, Refused)]
TAKEN = [one for one in CASES if isinstance(one.comes_to, Taken)]
CODED = [one for one in TAKEN if one.kind == "Rare codings"]


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    with Pool(TASK, tmp_path_factory.mktemp("scratch")) as started:
        yield started


def take(one: Hostile, folder: Path, pool: Pool) -> Intake:
    source = folder / Path(one.name).name
    source.write_bytes(one.make())
    return intake_apart(Errand(one.name, source, folder / "made.pdf", "dxpdf"), pool)


@pytest.mark.parametrize("one", REFUSED, ids=lambda one: one.id)
def test_what_is_refused_is_named_with_what_is_wrong_and_what_to_do(
    one: Hostile, tmp_path: Path, pool: Pool
) -> None:
    assert isinstance(one.comes_to, Refused)
    with pytest.raises(PacketError) as caught:
        take(one, tmp_path, pool)

    assert type(caught.value) is one.comes_to.error
    said = str(caught.value)
    assert one.name in said
    assert one.comes_to.says in said
    sentences = said.replace('"', "").rstrip(".").split(". ")
    assert len(sentences) > 1, "what to do next"
    assert not (tmp_path / "made.pdf").exists()


@pytest.mark.parametrize("one", TAKEN, ids=lambda one: one.id)
def test_what_is_taken_is_bound_and_accounted_for(one: Hostile, tmp_path: Path, pool: Pool) -> None:
    assert isinstance(one.comes_to, Taken)
    taken = take(one, tmp_path, pool)

    assert taken.pages == one.comes_to.pages
    said = (*taken.removals, *taken.notes)
    assert one.comes_to.says in " ".join(said)
    packet = bound(tmp_path, exhibit("A", taken.path))
    entries = account(packet.path, packet.documents, number(packet.documents))
    assert len(entries) == taken.pages


@pytest.mark.parametrize("one", CODED, ids=lambda one: one.id)
def test_a_rare_coding_shows_its_picture(one: Hostile, tmp_path: Path, pool: Pool) -> None:
    picture = makers.rendered(take(one, tmp_path, pool).path).convert("L")

    middle, corner = picture.crop((250, 380, 350, 500)), picture.crop((60, 200, 160, 300))
    assert ImageStat.Stat(middle).mean[0] < 80
    assert ImageStat.Stat(corner).mean[0] > 240


def test_there_are_files_enough_of_every_kind() -> None:
    assert len({one.id for one in CASES}) == len(CASES)
    assert len(CASES) >= 140


@pytest.mark.parametrize("test", [test for _, _, test in ELSEWHERE])
def test_what_is_shown_elsewhere_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")

    assert f"def {name}(" in text or f"- case: {name}\n" in text
