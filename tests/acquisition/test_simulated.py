"""The simulated line: reproducible parts, labelled defects, refused settings."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest

from engines.synthetic.line import RENDERERS, part_of
from inspector_gui.acquisition.camera import (
    Camera,
    CameraNotFound,
    CameraSettings,
    CameraSettingsError,
    CameraState,
)
from inspector_gui.acquisition.frame import FrameStatus
from inspector_gui.acquisition.sources import open_camera


def line(spec: str = "simulated", **settings: object) -> Camera:
    camera = open_camera(spec, CameraSettings(**settings))
    camera.start()
    return camera


def test_parts_are_those_of_the_seed():
    first, second, other = line(seed=3), line("simulated:tile", seed=3), line(seed=4)
    for number in range(3):
        frame, same, differs = first.fetch(1.0), second.fetch(1.0), other.fetch(1.0)
        assert frame.frame_id == number
        assert frame.status is FrameStatus.COMPLETE
        assert frame.pixels.dtype == np.uint8
        np.testing.assert_array_equal(frame.pixels, same.pixels)
        assert frame.truth == same.truth
        assert not np.array_equal(frame.pixels, differs.pixels)
    assert first.waits_for_fetch


def test_truth_follows_the_defect_rate():
    good, bad = line(defect_rate=0.0), line(defect_rate=1.0)
    assert [good.fetch(1.0).truth for _ in range(3)] == [()] * 3
    labels = [bad.fetch(1.0).truth for _ in range(3)]
    assert all(len(truth) == 1 and truth[0] in RENDERERS["tile"].labels for truth in labels)


def test_a_rate_paces_the_line_without_end():
    camera = line(frame_rate=500.0)
    assert not camera.waits_for_fetch
    ids = [camera.fetch(1.0).frame_id for _ in range(20)]
    assert ids == list(range(20))
    assert camera.status.state is CameraState.STREAMING


def test_a_product_is_named_after_the_colon():
    frame = line("simulated:steel", defect_rate=1.0).fetch(1.0)
    assert frame.pixels.shape == (256, 1600)
    assert frame.truth[0] in RENDERERS["steel"].labels


def test_surfaces_stand_upright():
    frame = line("simulated:surface", defect_rate=1.0).fetch(1.0)
    assert frame.pixels.shape == (632, 224)
    assert frame.truth[0] in RENDERERS["surface"].labels


def test_boards_are_shown_in_colour_and_are_all_of_one_design():
    camera = line("simulated:chip", seed=2, defect_rate=0.0)
    first, second = camera.fetch(1.0), camera.fetch(1.0)
    assert first.pixel_format == "RGB8"
    assert first.pixels.shape == (512, 512, 3)
    assert part_of(2, 0, 0.0, "chip").nominal == part_of(2, 1, 0.0, "chip").nominal
    np.testing.assert_array_equal(second.pixels, part_of(2, 1, 0.0, "chip").pixels)


def test_a_product_of_several_frames_shows_them_part_after_part():
    camera = line("simulated:vial", seed=3, defect_rate=1.0)
    frames = [camera.fetch(1.0) for _ in range(18)]
    first, second = (part_of(3, index, 1.0, "vial", [0, 1]) for index in range(2))
    for frame, expected in ((0, first), (16, second)):
        for number in range(2):
            np.testing.assert_array_equal(frames[frame + number].pixels, expected.frames[number])
    assert [frame.truth for frame in frames] == [first.labels] * 16 + [second.labels] * 2
    assert [frame.frame_id for frame in frames] == list(range(18))


def test_unknown_product_names_the_known_ones():
    with pytest.raises(CameraNotFound, match=r"no product 'cheese'.*tile"):
        line("simulated:cheese")


@pytest.mark.parametrize("settings", [{"seed": -1}, {"defect_rate": 1.5}])
def test_settings_out_of_range(settings):
    with pytest.raises(CameraSettingsError, match="give"):
        line(**settings)


def test_ids_go_on_after_a_stop():
    camera = line()
    ids = count()
    assert camera.fetch(1.0).frame_id == next(ids)
    camera.stop()
    camera.start()
    assert camera.fetch(1.0).frame_id == next(ids)
