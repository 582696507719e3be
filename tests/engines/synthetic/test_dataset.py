"""The data set on disk: its layout, its truth, and what it refuses."""

import json
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.synthetic.dataset import write_dataset
from engines.synthetic.tile import TILES

LABELS = TILES.labels


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("parts") / "new" / "tiles é"
    write_dataset("tile", out, 40, seed=6)
    return out


def records(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def read(path: Path) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)


def test_every_picture_is_listed_once_under_its_label(folder: Path) -> None:
    pictures = {
        path.relative_to(folder).as_posix()
        for part in ("train", "test")
        for path in (folder / part).rglob("*.png")
    }
    listed = [str(record["file"]) for record in records(folder)]
    assert sorted(listed) == sorted(pictures)
    assert all(record["label"] == str(record["file"]).split("/")[1] for record in records(folder))


def test_half_is_defective_evenly_and_a_fifth_of_the_good_is_for_the_test(folder: Path) -> None:
    counts = Counter(str(record["file"]).rsplit("/", 1)[0] for record in records(folder))
    expected = {"train/good": 16, "test/good": 4} | {f"test/{label}": 4 for label in LABELS}
    assert counts == expected


def test_masks_lie_beside_every_defective_part_and_nothing_else(folder: Path) -> None:
    masks = {p.relative_to(folder).as_posix() for p in (folder / "ground_truth").rglob("*")}
    bad = [Path(str(r["file"])) for r in records(folder) if r["label"] != "good"]
    expected = {f"ground_truth/{file.parent.name}/{file.stem}_mask.png" for file in bad}
    assert masks == expected | {f"ground_truth/{label}" for label in LABELS}


def test_pictures_and_masks_are_those_of_the_seed(folder: Path) -> None:
    for record in records(folder)[:12]:
        file, label, seed = Path(str(record["file"])), str(record["label"]), record["seed"]
        assert isinstance(seed, int)
        part = TILES.render(seed, None if label == "good" else label)
        assert np.array_equal(read(folder / file), part.pixels)
        if label != "good":
            mask = read(folder / "ground_truth" / label / f"{file.stem}_mask.png")
            assert np.array_equal(mask, np.where(part.masks[label], 255, 0))


def test_the_same_seed_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_dataset("tile", tmp_path, 5, seed=6)
    for path in tmp_path.rglob("*.png"):
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes()


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.8, 1.0])
def test_the_rate_is_met_and_good_parts_are_split_at_every_rate(
    tmp_path: Path, rate: float
) -> None:
    write_dataset("tile", tmp_path, 25, seed=0, defect_rate=rate)
    good = [record for record in records(tmp_path) if record["label"] == "good"]
    assert len(good) == round(25 * (1 - rate))
    assert sum(str(record["file"]).startswith("test/") for record in good) == len(good) // 5


def test_progress_counts_up_to_the_end(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    write_dataset("tile", tmp_path, 3, seed=0, progress=lambda *call: calls.append(call))
    assert calls == [(1, 3), (2, 3), (3, 3)]


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(ValueError, match="is not an empty folder: choose a new one"):
        write_dataset("tile", tmp_path, 3, seed=0)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("keep", encoding="utf-8")
    with pytest.raises(ValueError, match="is not an empty folder"):
        write_dataset("tile", tmp_path / "out", 3, seed=0)


@pytest.mark.parametrize(
    ("product", "count", "seed", "rate"),
    [("bottle", 3, 0, 0.5), ("tile", 0, 0, 0.5), ("tile", 3, -1, 0.5), ("tile", 3, 0, 1.1)],
)
def test_refuses_before_it_writes(
    tmp_path: Path, product: str, count: int, seed: int, rate: float
) -> None:
    with pytest.raises(ValueError, match=r"choose from tile|Rendering needs"):
        write_dataset(product, tmp_path / "out", count, seed, rate)
    assert not (tmp_path / "out").exists()
