from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from training_cli.augmentation.provenance import (
    PROVENANCE,
    Origin,
    append,
    drop,
    read_drops,
    read_origins,
    source_of,
    without_sources,
)
from training_cli.datasets.mvtec import read_mvtec
from training_cli.datasets.pictures import write_picture
from training_cli.datasets.sample import FREE, Sample
from training_cli.errors import UserError


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Three pictures, each of a source of its own; the third took its defect from a fourth file."""
    folder = tmp_path / "made"
    for number in range(1, 5):
        write_picture(tmp_path / f"{number}.png", np.full((4, 4), number, np.uint8))
    for number in range(1, 4):
        file, mask = f"test/a/{number}.png", f"ground_truth/a/{number}_mask.png"
        for name in (file, mask):
            write_picture(folder / name, np.full((4, 4), 10 * number, np.uint8))
        origin = Origin(
            number=number,
            file=file,
            mask=mask,
            sha256=source_of(folder / file).sha256,
            label="a",
            method="poisson",
            source=source_of(tmp_path / f"{number}.png"),
            defect=source_of(tmp_path / "4.png") if number == 3 else None,
            mask_source="defect",
            change=9.5,
            seed=0,
            version="1",
            created=datetime.now(UTC),
        )
        append(folder, PROVENANCE, origin)
    return folder


def test_what_is_thrown_out_is_not_read_any_more_and_can_be_traced(made: Path) -> None:
    before = (made / PROVENANCE).read_bytes()
    drop(made, [3, 1], "no scratch looks so")
    assert [s.name for s in read_mvtec(made)] == ["test/a/2.png"]
    drops = read_drops(made)
    assert [d.number for d in drops] == [3, 1]
    assert drops[0].reason == "no scratch looks so"
    assert all((made / d.file).is_file() and (made / d.mask).is_file() for d in drops)
    assert source_of(made / drops[0].file).sha256 == read_origins(made)[2].sha256
    assert (made / PROVENANCE).read_bytes() == before


def test_a_wrong_number_throws_nothing_out(made: Path) -> None:
    drop(made, [1], "")
    for numbers, sentence in (([2, 9], "no picture 9: it has 1 to 3"), ([2, 1], "1 .*before")):
        with pytest.raises(UserError, match=sentence):
            drop(made, numbers, "")
    assert len(read_mvtec(made)) == 2
    with pytest.raises(UserError, match=r"holds no provenance.jsonl"):
        drop(made.parent, [1], "")


def test_pictures_made_of_what_is_held_out_are_left_out(made: Path, tmp_path: Path) -> None:
    samples = read_mvtec(made)

    def held(*numbers: int) -> list[Sample]:
        return [
            Sample(f"{n}", tmp_path / f"{n}.png", None, FREE, f"{n}", levels=()) for n in numbers
        ]

    def left(*numbers: int) -> list[str]:
        return [s.image.stem for s in without_sources(samples, made, held(*numbers))]

    assert left() == ["1", "2", "3"]
    assert left(1) == ["2", "3"]
    assert left(4) == ["1", "2"]
    assert without_sources(samples, tmp_path, held(1)) == samples


def test_a_picture_of_unknown_origin_is_left_out(made: Path) -> None:
    (made / "test" / "a" / "9.png").write_bytes((made / "test" / "a" / "1.png").read_bytes())
    (made / "ground_truth" / "a" / "9_mask.png").write_bytes(b"")
    assert [s.image.stem for s in without_sources(read_mvtec(made), made, [])] == ["1", "2", "3"]
