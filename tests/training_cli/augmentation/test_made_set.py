from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.synthetic.dataset import write_dataset
from training_cli.augmentation.injection import Way
from training_cli.augmentation.made_set import make_set, read_material
from training_cli.augmentation.methods import Injection, MemSeg, Task
from training_cli.augmentation.provenance import read_origins, source_of
from training_cli.datasets.mvtec import read_mvtec
from training_cli.datasets.pictures import read_picture, write_picture
from training_cli.errors import UserError


@pytest.fixture(scope="module")
def tiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "tiles"
    write_dataset("tile", folder, 24, 1)
    return folder


def guided(tiles: Path, path: Path, **region: object) -> Path:
    """Guidance with one region on the first good picture."""
    good = sorted((tiles / "train" / "good").iterdir())[0]
    height, width = read_picture(good).shape[:2]
    name = good.relative_to(tiles).as_posix()
    drawn = {"picture": name, "width": width, "height": height, "regions": [region]}
    whole = {"format": "inspector-guidance", "version": 1, "pictures": [drawn]}
    path.write_text(json.dumps(whole))
    return path


def test_a_set_is_read_like_any_other_and_says_where_each_picture_is_from(
    tiles: Path, tmp_path: Path
) -> None:
    material = read_material(tiles, "mvtec", None, None, None, 0)
    out = tmp_path / "made"
    made = list(make_set(material, Injection(Way.POISSON, material.defects), "poisson", out, 6, 3))
    assert read_origins(out) == made
    assert [origin.number for origin in made] == [1, 2, 3, 4, 5, 6]
    by_name = {sample.name: sample for sample in read_mvtec(out)}
    assert set(by_name) == {origin.file for origin in made}
    for origin in made:
        sample = by_name[origin.file]
        assert sample.label == origin.label == origin.defect.file.parent.name
        assert origin.source == source_of(origin.source.file)
        assert origin.defect == source_of(origin.defect.file)
        assert origin.sha256 == source_of(sample.image).sha256
        assert origin.source.file.parent == tiles / "train" / "good"
        good, pixels = read_picture(origin.source.file), read_picture(sample.image)
        mask = read_picture(sample.mask)
        assert pixels.shape == good.shape == mask.shape
        assert (pixels[mask > 0] != good[mask > 0]).any()
        x, y, width, height = cv2.boundingRect(cv2.dilate(mask, np.ones((13, 13))))
        pixels[y : y + height, x : x + width] = good[y : y + height, x : x + width]
        np.testing.assert_array_equal(pixels, good)


def test_a_picture_depends_on_seed_and_number_alone(tiles: Path, tmp_path: Path) -> None:
    material = read_material(tiles, "mvtec", None, None, None, 0)
    method = MemSeg("defect")
    hashes = [
        [origin.sha256 for origin in make_set(material, method, "memseg", tmp_path / n, count, s)]
        for n, count, s in (("a", 2, 1), ("b", 4, 1), ("c", 2, 2))
    ]
    assert hashes[0] == hashes[1][:2]
    assert not set(hashes[0]) & set(hashes[2])


def test_real_defects_are_limited_evenly_over_classes(tiles: Path) -> None:
    def labels(limit: int | None, seed: int = 0) -> Counter[str]:
        return Counter(
            d.label for d in read_material(tiles, "mvtec", None, limit, None, seed).defects
        )

    assert sum(labels(None).values()) == 12
    assert sorted(labels(7).values()) == [1, 1, 1, 2, 2]
    few = {read_material(tiles, "mvtec", None, 1, None, s).defects[0].name for s in range(6)}
    assert len(few) > 1


def test_good_pictures_of_the_test_are_no_material(tiles: Path) -> None:
    material = read_material(tiles, "mvtec", None, None, None, 0)
    assert (tiles / "test" / "good").is_dir()
    assert {sample.name.split("/")[0] for sample in material.good} == {"train"}


def test_guidance_says_which_pictures_where_and_what(tiles: Path, tmp_path: Path) -> None:
    box = {"x": 20, "y": 30, "width": 60, "height": 80}
    path = guided(tiles, tmp_path / "guidance.json", box=box, label="crack", description="thin")
    material = read_material(tiles, "mvtec", None, None, path, 0)
    assert len(material.good) == 1
    for name, method in (
        ("memseg", MemSeg("defect")),
        ("cut-paste", Injection(Way.CUT_PASTE, material.defects)),
        ("poisson", Injection(Way.POISSON, material.defects)),
    ):
        out = tmp_path / name
        for origin in make_set(material, method, name, out, 3, 0):
            assert origin.label == "crack"
            assert origin.region == "crack thin"
            assert origin.guidance == source_of(path)
            good, made = read_picture(origin.source.file), read_picture(out / origin.file)
            rows, columns = np.nonzero(good != made)
            assert 30 <= rows.min() <= rows.max() < 110
            assert 20 <= columns.min() <= columns.max() < 80


def test_guidance_that_does_not_fit_the_data_is_refused(tiles: Path, tmp_path: Path) -> None:
    box = {"x": 0, "y": 0, "width": 50, "height": 50}
    path = guided(tiles, tmp_path / "guidance.json", box=box, label="rust")
    material = read_material(tiles, "mvtec", None, None, path, 0)
    with pytest.raises(UserError, match="is for rust, and none of the 12 real defects is"):
        list(
            make_set(
                material, Injection(Way.POISSON, material.defects), "poisson", tmp_path / "a", 1, 0
            )
        )
    for old, new, sentence in (
        ("train/good", "test/good", r"pictures.0.picture: test/good.* is no good picture"),
        ('"width": ', '"width": 1', "the guidance was drawn on"),
    ):
        path.write_text(path.read_text().replace(old, new, 1))
        with pytest.raises(UserError, match=sentence):
            read_material(tiles, "mvtec", None, None, path, 0)
        guided(tiles, path, box=box)


def test_what_never_shows_a_defect_is_left_out(tiles: Path, tmp_path: Path) -> None:
    material = read_material(tiles, "mvtec", None, None, None, 0)
    method = MemSeg("defect")

    def odd(task: Task):
        return method(task) if task.number % 2 else None

    assert [o.number for o in make_set(material, odd, "memseg", tmp_path / "a", 3, 0)] == [1, 3]


def test_a_folder_in_use_is_refused(tiles: Path, tmp_path: Path) -> None:
    material = read_material(tiles, "mvtec", None, None, None, 0)
    (tmp_path / "notes.txt").touch()
    with pytest.raises(UserError, match="is not an empty folder"):
        list(make_set(material, MemSeg("a"), "memseg", tmp_path, 1, 0))


def test_every_other_picture_takes_a_texture_that_is_given(tiles: Path, tmp_path: Path) -> None:
    material = read_material(tiles, "mvtec", None, None, None, 0)
    texture = tmp_path / "texture.png"
    write_picture(texture, np.full((40, 40, 3), 250, np.uint8))
    made = list(make_set(material, MemSeg("a", (texture,)), "memseg", tmp_path / "a", 4, 0))
    assert [o.texture for o in made] == [source_of(texture), None] * 2


def test_what_the_data_keeps_for_a_test_is_no_material(tmp_path: Path) -> None:
    for name in ("train/10", "train/11", "test/10", "test/11"):
        write_picture(tmp_path / f"{name}.png", np.full((40, 30), 90, np.uint8))
        mask = np.full((40, 30), 255 * (name[-1] == "1"), np.uint8)
        write_picture(tmp_path / f"{name}_GT.png", mask)
    material = read_material(tmp_path, "ksdd2", None, None, None, 0)
    assert [s.name for s in material.good] == ["train/10.png"]
    assert [s.name for s in material.defects] == ["train/11.png"]


def test_defects_without_a_mask_are_no_material(tmp_path: Path) -> None:
    for name in ("train/good/0", "test/broken/0", "test/broken/1"):
        write_picture(tmp_path / f"{name}.png", np.full((40, 30), 90, np.uint8))
    mask = tmp_path / "ground_truth" / "broken" / "1_mask.png"
    write_picture(mask, np.full((40, 30), 255, np.uint8))
    material = read_material(tmp_path, "mvtec", None, None, None, 0)
    assert [s.name for s in material.good] == ["train/good/0.png"]
    assert [s.name for s in material.defects] == ["test/broken/1.png"]


def test_any_folder_of_good_pictures_is_material(tmp_path: Path) -> None:
    for name in ("images/1.png", "images/deeper/2.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(tmp_path / name), np.full((40, 30, 3), 90, np.uint8))
    (tmp_path / "labels.jsonl").touch()
    material = read_material(tmp_path, "pictures", None, None, None, 0)
    assert [s.name for s in material.good] == ["images/1.png", "images/deeper/2.jpg"]
    assert material.defects == ()
