"""Image files under their hash, and the room for them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from inspector_gui.records.disk import GIB, DiskRoom, disk_room, room_of
from inspector_gui.records.errors import RecordsDamaged, RecordsError
from inspector_gui.records.images import ImageStore


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("shape", [(40, 30), (40, 30, 3)])
def test_an_image_comes_back_as_it_was(tmp_path: Path, shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    store = ImageStore(tmp_path)
    stored = store.save(pixels)
    path = store.path(stored.sha256)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == stored.sha256 == path.stem
    assert path.stat().st_size == stored.size_bytes
    assert np.array_equal(store.load(stored.sha256), pixels)


def test_the_same_image_is_kept_once(tmp_path: Path) -> None:
    store = ImageStore(tmp_path)
    pixels = np.zeros((8, 8), np.uint8)
    first = store.save(pixels)
    before = store.path(first.sha256).stat()
    assert store.save(pixels.copy()) == first
    after = store.path(first.sha256).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert files(tmp_path) == [store.path(first.sha256)]


def test_many_images_are_spread_over_folders(tmp_path: Path) -> None:
    path = ImageStore(tmp_path).path("abcdef")
    assert path == tmp_path / "images" / "ab" / "cd" / "abcdef.png"


@pytest.mark.parametrize("shape", [(0, 0), (8, 8, 2)])
def test_what_is_no_image(tmp_path: Path, shape: tuple[int, ...]) -> None:
    with pytest.raises(RecordsError, match="cannot be kept"):
        ImageStore(tmp_path).save(np.zeros(shape, np.uint8))
    assert files(tmp_path) == []


def test_a_full_disk_leaves_no_half_image(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    noise = np.random.default_rng(1).integers(0, 256, (200, 200), np.uint8)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(RecordsError, match="free some space"):
            ImageStore(tmp_path).save(noise)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files(tmp_path) == []
    assert ImageStore(tmp_path).save(noise).size_bytes > 20_000


def test_a_changed_image_is_not_shown(tmp_path: Path) -> None:
    store = ImageStore(tmp_path)
    stored = store.save(np.zeros((8, 8), np.uint8))
    store.path(stored.sha256).write_bytes(b"something else")
    with pytest.raises(RecordsError, match="was changed"):
        store.load(stored.sha256)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "images").write_text("in the way")
    with pytest.raises(RecordsError, match="could not be kept"):
        ImageStore(tmp_path).save(np.zeros((8, 8), np.uint8))


@pytest.mark.parametrize(
    ("free", "total", "room"),
    [
        (100 * GIB, 500 * GIB, DiskRoom.ENOUGH),
        (4 * GIB, 500 * GIB, DiskRoom.LOW),
        (4 * GIB, 16 * GIB, DiskRoom.ENOUGH),
        (GIB // 4, 16 * GIB, DiskRoom.FULL),
    ],
)
def test_room_is_judged_before_it_runs_out(free: int, total: int, room: DiskRoom) -> None:
    assert room_of(free, total) is room


def test_the_room_of_a_real_disk(tmp_path: Path) -> None:
    assert disk_room(tmp_path) in DiskRoom


def test_an_image_is_copied_once_and_as_it_is(tmp_path: Path) -> None:
    here, there = ImageStore(tmp_path / "here"), ImageStore(tmp_path / "there")
    saved = here.save(np.full((4, 5), 7, np.uint8))
    assert here.copy_to(there, saved.sha256, saved.media_type)
    assert not here.copy_to(there, saved.sha256, saved.media_type)
    assert there.path(saved.sha256).read_bytes() == here.path(saved.sha256).read_bytes()
    there.path(saved.sha256).write_bytes(b"cut off")
    assert here.copy_to(there, saved.sha256, saved.media_type)


def test_an_image_that_was_changed_or_lost_is_not_copied(tmp_path: Path) -> None:
    here, there = ImageStore(tmp_path / "here"), ImageStore(tmp_path / "there")
    saved = here.save(np.full((4, 5), 7, np.uint8))
    here.path(saved.sha256).write_bytes(b"another")
    with pytest.raises(RecordsDamaged, match="was changed"):
        here.copy_to(there, saved.sha256, saved.media_type)
    here.path(saved.sha256).unlink()
    with pytest.raises(RecordsDamaged, match="cannot be read"):
        here.copy_to(there, saved.sha256, saved.media_type)
    assert not there.path(saved.sha256).exists()
