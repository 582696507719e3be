"""Replay of a folder: order, pace, end, and files that may not be judged."""

from __future__ import annotations

import os
import struct
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_gui.acquisition.camera import (
    Camera,
    CameraNotFound,
    CameraSettings,
    CameraSettingsError,
    CameraState,
    FolderUnusable,
)
from inspector_gui.acquisition.folder import FolderCamera, list_images
from inspector_gui.acquisition.frame import Frame, FrameStatus

GREY = np.arange(48 * 64, dtype=np.uint32).reshape(48, 64).astype(np.uint8)
COLOUR = np.dstack([GREY, GREY.T.reshape(48, 64), 255 - GREY])  # RGB


def write(path: Path, image: np.ndarray, *options: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    assert cv2.imwrite(str(path), stored, options)
    return path


def camera_on(folder: Path, **settings: object) -> Camera:
    camera = FolderCamera(f"folder:{folder}", folder, CameraSettings(**settings))
    camera.open()
    camera.start()
    return camera


def frames_of(camera: Camera) -> list[Frame]:
    frames = []
    while (frame := camera.fetch(1.0)) is not None:
        frames.append(frame)
    return frames


def only_frame(folder: Path) -> Frame:
    (frame,) = frames_of(camera_on(folder))
    return frame


def test_natural_order_through_subfolders(tmp_path):
    names = ["b/part 10.png", "b/part 2.PNG", "a/x.bmp", "part 1.png", "c/Part 1.png"]
    for name in names:
        write(tmp_path / name, GREY)
    listed = [str(path.relative_to(tmp_path)) for path in list_images(tmp_path)]
    assert listed == ["a/x.bmp", "b/part 2.PNG", "b/part 10.png", "c/Part 1.png", "part 1.png"]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20, unique=True))
def test_numbers_in_names_sort_as_numbers(tmp_path_factory, numbers):
    folder = tmp_path_factory.mktemp("numbered")
    for number in numbers:
        (folder / f"tile{number}.png").touch()
    assert [path.stem for path in list_images(folder)] == [f"tile{n}" for n in sorted(numbers)]


def test_hidden_files_and_other_files_are_left_out(tmp_path):
    write(tmp_path / "part.png", GREY)
    write(tmp_path / ".thumbnails/part.png", GREY)
    (tmp_path / "._part.png").touch()
    (tmp_path / "notes.txt").touch()
    assert [path.name for path in list_images(tmp_path)] == ["part.png"]


def test_missing_folder(tmp_path):
    with pytest.raises(CameraNotFound, match=r"absent does not exist; name a folder with images"):
        FolderCamera("folder:absent", tmp_path / "absent", CameraSettings()).open()


def test_folder_without_images(tmp_path):
    with pytest.raises(CameraNotFound, match="holds no images"):
        FolderCamera("folder:.", tmp_path, CameraSettings()).open()


def test_file_instead_of_folder(tmp_path):
    path = write(tmp_path / "part.png", GREY)
    with pytest.raises(CameraNotFound, match=r"part\.png is a file; name a folder"):
        FolderCamera("folder:part.png", path, CameraSettings()).open()


def test_a_name_that_no_folder_can_have(tmp_path):
    for name in ("x" * 5000, "a\0b"):
        with pytest.raises(FolderUnusable, match="cannot be read"):
            FolderCamera("folder:x", tmp_path / name, CameraSettings()).open()


def test_files_that_claim_gigapixels_ask_for_no_memory(tmp_path):
    whole = cv2.imencode(".png", np.zeros((4, 4), np.uint8))[1].tobytes()
    claim = struct.pack(">II", 60_000, 60_000)
    (tmp_path / "part.png").write_bytes(whole[:16] + claim + whole[24:])
    frame = only_frame(tmp_path)
    assert frame.status is FrameStatus.UNREADABLE
    assert "claims 60000 x 60000 pixels" in frame.detail
    jpeg = bytearray(cv2.imencode(".jpg", np.zeros((8, 8), np.uint8))[1].tobytes())
    size = jpeg.index(b"\xff\xc0") + 5
    jpeg[size : size + 4] = struct.pack(">HH", 60_000, 60_000)
    (tmp_path / "part.png").unlink()
    (tmp_path / "part.jpg").write_bytes(bytes(jpeg))
    assert "claims 60000 x 60000 pixels" in only_frame(tmp_path).detail


def test_grey_files_stay_grey_and_colour_is_rgb(tmp_path):
    write(tmp_path / "1 grey.png", GREY)
    write(tmp_path / "2 colour.png", COLOUR)
    grey, colour = frames_of(camera_on(tmp_path))
    np.testing.assert_array_equal(grey.pixels, GREY)
    np.testing.assert_array_equal(colour.pixels, COLOUR)
    assert (grey.pixel_format, colour.pixel_format) == ("Mono8", "RGB8")
    assert (grey.frame_id, colour.frame_id) == (0, 1)
    assert colour.source.endswith("2 colour.png")


@pytest.mark.parametrize("image", [GREY, COLOUR], ids=["grey", "colour"])
def test_jpeg_decodes_as_opencv_does(tmp_path, image):
    path = write(tmp_path / "part.jpg", image, cv2.IMWRITE_JPEG_QUALITY, 90)
    expected = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if expected.ndim == 3:
        expected = cv2.cvtColor(expected, cv2.COLOR_BGR2RGB)
    np.testing.assert_array_equal(only_frame(tmp_path).pixels, expected)


def test_opaque_alpha_is_dropped(tmp_path):
    cv2.imwrite(str(tmp_path / "part.png"), np.dstack([COLOUR, np.full_like(GREY, 255)]))
    np.testing.assert_array_equal(only_frame(tmp_path).pixels, COLOUR[:, :, ::-1])


def test_transparent_pixels_are_not_judged(tmp_path):
    cv2.imwrite(str(tmp_path / "part.png"), np.dstack([COLOUR, GREY]))
    frame = only_frame(tmp_path)
    assert frame.status is FrameStatus.UNREADABLE
    assert frame.detail == "part.png has transparent pixels; save it without transparency."


@pytest.mark.parametrize("dtype", [np.uint16, np.float32])
def test_pixels_of_unknown_scale_are_not_judged(tmp_path, dtype):
    uncompressed = [cv2.IMWRITE_TIFF_COMPRESSION, 1]
    cv2.imwrite(str(tmp_path / "part.tif"), GREY.astype(dtype), uncompressed)
    frame = only_frame(tmp_path)
    assert frame.status is FrameStatus.UNREADABLE
    assert f"{np.dtype(dtype)} pixels, whose scale is unknown" in frame.detail
    assert frame.pixels is None


def test_sixteen_bit_png_is_not_judged(tmp_path):
    cv2.imwrite(str(tmp_path / "part.png"), GREY.astype(np.uint16) * 16)
    assert "scale is unknown" in only_frame(tmp_path).detail


def test_several_pages_are_not_judged(tmp_path):
    uncompressed = [cv2.IMWRITE_TIFF_COMPRESSION, 1]
    cv2.imwritemulti(str(tmp_path / "part.tif"), [GREY, GREY], uncompressed)
    assert only_frame(tmp_path).detail == "part.tif has 2 pages; save each as a file of its own."


@pytest.mark.parametrize("progressive", [0, 1])
@pytest.mark.parametrize("keeps_end_marker", [False, True])
@pytest.mark.parametrize("kept", [0.4, 0.7, 0.95])
def test_truncated_jpeg_is_not_judged(tmp_path, kept, keeps_end_marker, progressive):
    path = write(tmp_path / "part.jpg", COLOUR, cv2.IMWRITE_JPEG_PROGRESSIVE, progressive)
    data = path.read_bytes()
    end = b"\xff\xd9" if keeps_end_marker else b""
    path.write_bytes(data[: int(len(data) * kept)] + end)
    frame = only_frame(tmp_path)
    assert frame.status is FrameStatus.UNREADABLE
    assert frame.pixels is None
    assert frame.detail.startswith("part.jpg is damaged or cut short")


def test_jpeg_with_zeroed_sectors_is_not_judged(tmp_path):
    path = write(tmp_path / "part.jpg", np.tile(COLOUR, (8, 8, 1)))
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    path.write_bytes(data)
    assert only_frame(tmp_path).status is FrameStatus.UNREADABLE


@pytest.mark.parametrize("suffix", [".png", ".bmp"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.99])
def test_truncated_lossless_file_is_not_judged(tmp_path, suffix, kept):
    path = write(tmp_path / f"part{suffix}", GREY)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    frame = only_frame(tmp_path)
    assert frame.status is FrameStatus.UNREADABLE
    assert frame.detail == f"part{suffix} is not an image, or is damaged or cut short."


def test_truncated_tiff_is_judged_only_if_its_pixels_are_whole(tmp_path):
    """The directory stands after the pixels: a cut in its last bytes need not cost a pixel."""
    path = write(tmp_path / "part.tif", GREY, cv2.IMWRITE_TIFF_COMPRESSION, 1)
    data = path.read_bytes()
    for kept in np.linspace(8, len(data) - 1, 40).astype(int):
        path.write_bytes(data[:kept])
        frame = only_frame(tmp_path)
        assert frame.pixels is None or np.array_equal(frame.pixels, GREY)
        assert frame.pixels is None or kept > 0.9 * len(data)


@pytest.mark.parametrize(
    "compression", [5, 7, 8, 32773], ids=["LZW", "JPEG", "deflate", "packbits"]
)
def test_compressed_tiff_is_not_judged(tmp_path, compression):
    """libtiff only logs the damage that it meets, and fills with zeros."""
    write(tmp_path / "part.tif", GREY, cv2.IMWRITE_TIFF_COMPRESSION, compression)
    frame = only_frame(tmp_path)
    assert frame.status is FrameStatus.UNREADABLE
    assert "compressed TIFF" in frame.detail


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "part.png")
    assert only_frame(tmp_path).detail == "part.png is no ordinary file."


def test_text_and_empty_files_are_unreadable(tmp_path):
    (tmp_path / "1.png").write_text("not a picture")
    (tmp_path / "2.png").touch()
    text, empty = frames_of(camera_on(tmp_path))
    assert text.status is empty.status is FrameStatus.UNREADABLE
    assert empty.detail == "2.png is empty."


def test_file_that_vanishes_keeps_its_place(tmp_path):
    for number in range(3):
        write(tmp_path / f"{number}.png", GREY)
    camera = camera_on(tmp_path)
    (tmp_path / "1.png").unlink()
    frames = frames_of(camera)
    assert [frame.frame_id for frame in frames] == [0, 1, 2]
    assert [frame.status is FrameStatus.COMPLETE for frame in frames] == [True, False, True]
    assert frames[1].detail == "1.png cannot be read: No such file or directory."


def test_end_is_said_at_once(tmp_path):
    write(tmp_path / "part.png", GREY)
    camera = camera_on(tmp_path)
    assert camera.waits_for_fetch
    assert camera.fetch(1.0) is not None
    began = time.monotonic()
    assert camera.fetch(5.0) is None
    assert time.monotonic() - began < 2.0
    assert camera.status.state is CameraState.ENDED
    assert camera.status.delivered == 1


def test_loop_goes_round_with_running_numbers(tmp_path):
    for number in range(2):
        write(tmp_path / f"{number}.png", GREY)
    camera = camera_on(tmp_path, loop=True)
    frames = [camera.fetch(1.0) for _ in range(5)]
    assert [frame.frame_id for frame in frames] == [0, 1, 2, 3, 4]
    assert [Path(frame.source).name for frame in frames] == [f"{n % 2}.png" for n in range(5)]


def test_stop_and_start_go_on_where_they_were(tmp_path):
    for number in range(3):
        write(tmp_path / f"{number}.png", GREY)
    camera = camera_on(tmp_path)
    assert camera.fetch(1.0).frame_id == 0
    camera.stop()
    assert camera.fetch(0.01) is None
    assert camera.status.state is CameraState.READY
    camera.start()
    assert [frame.frame_id for frame in frames_of(camera)] == [1, 2]


def test_rate_holds_whoever_asks(tmp_path):
    write(tmp_path / "part.png", GREY)
    camera = camera_on(tmp_path, frame_rate=20.0, loop=True)
    assert not camera.waits_for_fetch
    began = time.monotonic()
    assert camera.fetch(1.0).frame_id == 0
    assert camera.fetch(0.001) is None  # frame 1 is not due yet
    for _ in range(4):
        assert camera.fetch(1.0) is not None
    assert time.monotonic() - began >= 4 / 20.0


def test_late_fetches_lose_nothing(tmp_path):
    write(tmp_path / "part.png", GREY)
    camera = camera_on(tmp_path, frame_rate=200.0, loop=True)
    time.sleep(0.1)
    assert [camera.fetch(0.0).frame_id for _ in range(10)] == list(range(10))


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), float("inf")])
def test_impossible_rate(tmp_path, rate):
    write(tmp_path / "part.png", GREY)
    with pytest.raises(CameraSettingsError, match="frame rate"):
        camera_on(tmp_path, frame_rate=rate)


def test_no_trigger(tmp_path):
    write(tmp_path / "part.png", GREY)
    with pytest.raises(CameraSettingsError, match="has no trigger"):
        camera_on(tmp_path).trigger()
