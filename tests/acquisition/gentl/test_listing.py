"""Which producers and cameras are found, and what is said of those that fail."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace

import pytest

from inspector_gui.acquisition.camera import CameraLost, CameraNotFound
from inspector_gui.acquisition.gentl.device import matching, only
from inspector_gui.acquisition.gentl.listing import describe, list_cameras
from inspector_gui.acquisition.gentl.producers import find_producers, simulator


@pytest.fixture(autouse=True)
def _no_installed_producers(monkeypatch):
    monkeypatch.delenv("GENICAM_GENTL64_PATH", raising=False)


def test_order_is_named_then_installed_then_simulator(tmp_path, monkeypatch):
    installed = tmp_path / "installed"
    installed.mkdir()
    for name in ("b.cti", "a.cti", "a.txt"):
        (installed / name).touch()
    monkeypatch.setenv(
        "GENICAM_GENTL64_PATH", os.pathsep.join([str(installed), "", str(tmp_path / "absent")])
    )
    named = tmp_path / "named.cti"
    expected = [named, installed / "a.cti", installed / "b.cti", *simulator()]
    assert find_producers([str(named), str(named)]) == expected


def test_a_folder_stands_for_the_producers_in_it(tmp_path):
    folder, empty = tmp_path / "own", tmp_path / "empty"
    for each in (folder, empty):
        each.mkdir()
    for name in ("b.cti", "a.cti", "a.txt"):
        (folder / name).touch()
    named = [str(folder), str(empty)]
    expected = [folder / "a.cti", folder / "b.cti", empty, *simulator()]
    assert find_producers(named) == expected
    assert list_cameras([str(empty)])[0].problem.startswith(
        f"The producer {empty} cannot be loaded"
    )


def test_the_simulator_is_listed_with_what_opens_it():
    cameras = list_cameras()
    assert len(cameras) == 3
    first = cameras[0]
    assert first.spec == f"gentl:{first.id}"
    assert (first.model, first.serial, first.problem) == ("Viky", "0", "")
    assert first.vendor


def test_a_producer_that_is_none_is_told_and_the_others_are_listed(tmp_path):
    broken = tmp_path / "broken.cti"
    broken.write_text("not a library")
    absent = tmp_path / "absent.cti"
    cameras = list_cameras([str(broken), str(absent)])
    assert [camera.spec == "" for camera in cameras] == [True, True, False, False, False]
    for camera, path in zip(cameras[:2], (broken, absent), strict=True):
        assert camera.producer == str(path)
        assert camera.problem.startswith(f"The producer {path} cannot be loaded (")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_producer_that_hangs_is_told_in_time(tmp_path):
    hanging = tmp_path / "hanging.cti"
    os.mkfifo(hanging)  # opening it waits for a writer who never comes
    began = time.monotonic()
    hung, *others = list_cameras([str(hanging)], timeout_s=2.0)
    assert time.monotonic() - began < 10.0
    assert (
        hung.problem == f"The producer {hanging} hangs while it is loaded; repair it or remove it."
    )
    assert len(others) == 3


def test_a_camera_describes_itself():
    features = {feature.name: feature for feature in describe("gentl:viky")}
    assert features["PixelFormat"].range == "RGBa8, Mono8"
    assert features["Width"].range == "100 to 800 by 1"
    assert features["AcquisitionFrameRate"].category == "AcquisitionControl"


def test_an_unknown_camera_is_told_with_those_there_are():
    with pytest.raises(CameraNotFound, match=r"'cam7'; there are VikyTL_DEV_red, .*blue\."):
        describe("cam7")


def devices(**same: str) -> list[SimpleNamespace]:
    """Two devices as genicam lists them, alike in what is given."""
    own = [("1", "left", "s1"), ("2", "right", "s2")]
    keys = ("id_", "user_defined_name", "serial_number")
    return [
        SimpleNamespace(**{"model": "M5", **dict(zip(keys, each, strict=True)), **same})
        for each in own
    ]


@pytest.mark.parametrize("wanted", ["2", "right", "RIGHT", "s2"])
def test_a_camera_goes_by_id_name_or_serial(wanted):
    assert only(matching(devices(), wanted), wanted).id_ == "2"


def test_an_id_comes_before_a_name():
    left, right = devices()
    right.user_defined_name = left.id_
    assert matching([right, left], "1") == [left]


def test_a_model_that_several_cameras_share_asks_for_an_id():
    with pytest.raises(CameraNotFound, match=r"Several cameras are called 'm5'; use an id: 1, 2\."):
        only(matching(devices(), "m5"), "m5")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_describing_through_a_hanging_producer_ends(tmp_path):
    hanging = tmp_path / "hanging.cti"
    os.mkfifo(hanging)
    with pytest.raises(CameraLost, match="hangs"):
        describe("cam7", [str(hanging)], timeout_s=0.5)
