"""Parts on disk as patches, and what is said where they do not hold."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from training_cli.errors import UserError
from training_cli.scorer.anomaly_batches import AnomalyBatches
from training_cli.scorer.patches import Patches
from training_cli.scorer.sources import (
    PART,
    fingerprint_of,
    held_back,
    load_defects,
    load_patches,
    read_all,
    read_defects,
    read_parts,
)


def test_pictures_are_patches_of_one_region(pictures: Path) -> None:
    parts = read_parts(pictures, "test")
    assert [p.label for p in parts] == ["bar"] * 6 + ["good"] * 6
    patches = load_patches(parts, 32)
    assert patches.pixels.shape == (12, 1, 32, 32)
    assert patches.names == (PART,)


def test_strips_are_cut_where_their_geometry_says(strips: Path) -> None:
    parts = read_parts(strips, "test")
    assert len(parts) == 8
    bad = next(p for p in parts if not p.is_good)
    assert bad.defective == (False, False, False, True)
    patches = load_patches([bad], 32)
    assert patches.pixels.shape == (4, 3, 32, 32)
    assert patches.names == ("flag", "liquid")
    assert patches.regions.tolist() == [0, 1, 0, 1]
    whole = cv2.imread(str(bad.frames[1]), cv2.IMREAD_GRAYSCALE)
    assert whole is not None
    assert (patches.pixels[3, 1] == whole[32:64, 32:64]).all()


def test_the_patches_of_a_kit_that_show_defects_and_where(strips: Path) -> None:
    kit = read_defects(strips)
    assert len(kit) == 4
    known = load_defects(kit, 32, (0, 2))
    assert known.patches.pixels.shape == (4, 2, 32, 32)
    assert set(known.patches.regions.tolist()) == {1}
    drawn = np.zeros((32, 32), np.bool_)
    drawn[8:24, 4:20] = True
    assert (known.masks == drawn).all()


def test_a_square_of_a_known_defect_shows_it_where_the_mask_says(strips: Path) -> None:
    good = load_patches(read_parts(strips, "train"), 32)
    known = load_defects(read_defects(strips), 32, (0, 1, 2))
    batches = AnomalyBatches(good, 32, 3, [[0], [1], [2]], 32, known)
    alone = AnomalyBatches(good, 32, 3, [[0], [1], [2]], 32)
    images, masks = (values.numpy() for values in batches[0])
    assert images.shape == (32, 3, 32, 32)
    shown = [i for i in range(32) if not np.array_equal(images[i], alone[0][0][i])]
    dark = (images < 45).all(1)
    marked = [
        i for i in range(32) if dark[i].sum() > 100 and (masks[i, 0] == dark[i]).mean() > 0.95
    ]
    assert shown
    assert len(marked) >= 3


def test_a_kit_without_masks_is_refused(pictures: Path) -> None:
    with pytest.raises(UserError, match="no defective parts with masks in ground_truth"):
        read_defects(pictures)


def test_rank_images_are_the_least_and_the_most_of_all_frames() -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (5, 16, 8, 8), np.uint8)
    patches = Patches(pixels, np.zeros(5, np.int64), ("a",)).with_ranks()
    assert patches.pixels.shape == (5, 18, 8, 8)
    assert (patches.pixels[:, 16] == np.sort(pixels, axis=1)[:, 0]).all()
    assert (patches.pixels[:, 17] == np.sort(pixels, axis=1)[:, 15]).all()
    single = patches.singly()
    assert single.pixels.shape == (90, 1, 8, 8)
    assert (single.pixels[18 + 17, 0] == patches.pixels[1, 17]).all()


def test_a_tenth_is_held_back_and_the_same_one_for_a_seed(pictures: Path) -> None:
    parts = read_parts(pictures, "train")
    held = held_back(parts, 0)
    assert held.sum() == 1
    assert (held == held_back(parts, 0)).all()
    assert any((held != held_back(parts, seed)).any() for seed in range(1, 6))


def test_the_fingerprint_sees_every_file(strips: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(strips, copy)
    before = fingerprint_of(read_all(copy))
    assert before == fingerprint_of(read_all(strips))
    file = read_all(copy)[3].frames[2]
    cv2.imwrite(str(file), np.zeros((64, 64), np.uint8))
    assert fingerprint_of(read_all(copy)) != before


def test_a_folder_without_parts(pictures: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no parts"):
        read_all(tmp_path)
    shutil.copytree(pictures / "test", tmp_path / "test")
    with pytest.raises(UserError, match="no parts in train"):
        read_parts(tmp_path, "train")


def _lines(folder: Path) -> list[dict[str, object]]:
    text = (folder / "labels.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"geometry": {"regions": []}}, "line 3: geometry.regions does not hold"),
        ({"files": []}, "line 3: files does not hold"),
        ({"frames": [0, 1]}, "line 3: it does not hold"),
        ({"files": ["train/good/nowhere/00.png"], "frames": [0]}, "cannot be read"),
        (
            {"geometry": {"regions": [{"region": "flag", "x": 60, "width": 32, "height": 9}]}},
            "smaller than its geometry",
        ),
    ],
)
def test_a_list_that_does_not_hold(
    strips: Path, tmp_path: Path, change: dict[str, object], words: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(strips, copy)
    lines = _lines(copy)
    lines[2].update(change)
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (copy / "labels.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=words):
        load_patches(read_all(copy)[2:3], 32)


def test_frames_go_by_their_numbers(strips: Path) -> None:
    parts = read_parts(strips, "train")
    every, last = load_patches(parts, 32), load_patches(parts, 32, (2,))
    assert (last.pixels[:, 0] == every.pixels[:, 2]).all()
    with pytest.raises(UserError, match="has no frame 15, only 0, 1, 2"):
        load_patches(parts, 32, (0, 15))


def test_a_picture_that_is_none(pictures: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(pictures, copy)
    (copy / "train" / "good" / "000.png").write_bytes(b"no picture")
    with pytest.raises(UserError, match=r"000\.png cannot be read as a picture"):
        load_patches(read_parts(copy, "train"), 32)
