"""Strips on disk: a folder each, and all that is true of them in labels.jsonl."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.synthetic.dataset import write_dataset
from engines.synthetic.vial import VIAL


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("strips é") / "new"
    write_dataset("vial", out, 4, seed=6, frames=[15, 0])
    return out


def records(folder: Path) -> list[dict]:
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def read(path: Path) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)


def test_every_strip_can_be_rendered_again_from_its_line(folder: Path) -> None:
    for record in records(folder):
        label = None if record["label"] == "good" else record["label"]
        part = VIAL.render(record["seed"], label, record["presentation"], record["frames"])
        places = [(place.vial, place.region, place.label) for place in part.places]
        assert record["frames"] == [0, 15]
        assert [(d["vial"], d["region"], d["class"]) for d in record["defects"]] == places
        for file, pixels, masks in zip(record["files"], part.frames, part.frame_masks, strict=True):
            assert np.array_equal(read(folder / file), pixels)
            for name, mask in masks.items():
                strip, stem = Path(file).parent.name, Path(file).stem
                saved = read(folder / "ground_truth" / name / strip / f"{stem}_mask.png")
                assert np.array_equal(saved > 0, mask)


def test_files_lie_in_a_folder_for_each_strip(folder: Path) -> None:
    files = [record["files"] for record in records(folder)]
    assert files[0] == ["train/good/000000/00.png", "train/good/000000/15.png"]
    assert [Path(file).name for file in files[1]] == ["00.png", "15.png"]
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("[0-9][0-9].png")}
    assert written == {file for strip in files for file in strip}
    masks = list((folder / "ground_truth").rglob("*_mask.png"))
    assert len(masks) == sum(len(r["files"]) for r in records(folder) if r["label"] != "good")


def test_regions_tile_the_frame(folder: Path) -> None:
    geometry = records(folder)[0]["geometry"]
    covered = np.zeros(read(folder / records(folder)[0]["files"][0]).shape, int)
    for piece in geometry["regions"]:
        rows = slice(piece["y"], piece["y"] + piece["height"])
        covered[rows, piece["x"] : piece["x"] + piece["width"]] += 1
    assert geometry["vials"] == 5
    assert len(geometry["regions"]) == 20
    assert (covered == 1).all()


def test_frames_that_do_not_exist_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frames 0 to 15"):
        write_dataset("vial", tmp_path / "out", 1, seed=0, frames=[16])
    assert not (tmp_path / "out").exists()
