"""The real GenTL producer of the genicam package, in its real process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from inspector_gui.acquisition.camera import (
    CameraLost,
    CameraNotFound,
    CameraSettings,
    CameraSettingsError,
    CameraState,
    Trigger,
)
from inspector_gui.acquisition.frame import Frame, FrameStatus
from inspector_gui.acquisition.gentl import session
from inspector_gui.acquisition.gentl.camera import GentlCamera
from inspector_gui.acquisition.gentl.producers import simulator
from inspector_gui.acquisition.gentl.session import Phase
from inspector_gui.acquisition.sources import open_camera
from tests.acquisition.gentl.test_processes import ROOT, is_alive

SHARED_MEMORY = Path("/dev/shm")
MONO = {"PixelFormat": "Mono8", "Width": 200, "Height": 100}
posix_only = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


@pytest.fixture(autouse=True)
def _nothing_stays_behind(monkeypatch) -> Iterator[None]:
    monkeypatch.delenv("GENICAM_GENTL64_PATH", raising=False)
    yield
    assert not segments(os.getpid())


def segments(process: int) -> list[Path]:
    """The shared memory of a process, where the system shows it as files."""
    return list(SHARED_MEMORY.glob(f"inspector-{process}-*"))


@pytest.fixture
def camera() -> Iterator[GentlCamera]:
    camera = viky(frame_rate=100.0, features=MONO)
    yield camera
    process = camera.process_id
    camera.close()
    assert process is None or not is_alive(process)


def viky(**settings: object) -> GentlCamera:
    camera = open_camera("gentl:viky", CameraSettings(**settings))
    assert isinstance(camera, GentlCamera)
    return camera


def fetch(camera: GentlCamera, count: int, timeout_s: float = 20.0) -> list[Frame]:
    frames: list[Frame] = []
    deadline = time.monotonic() + timeout_s
    while len(frames) < count:
        frame = camera.fetch(0.1)
        if frame is not None:
            frames.append(frame)
        assert time.monotonic() < deadline, f"{len(frames)} of {count} frames; {camera.status}"
    return frames


def ids(frames: list[Frame]) -> list[int]:
    return [frame.frame_id for frame in frames]


def test_frames_come_without_a_gap(camera):
    assert camera.status.state is CameraState.READY
    assert camera.fetch(0.01) is None
    camera.start()
    assert camera.status.state is CameraState.STREAMING
    frames = fetch(camera, 100)
    assert ids(frames) == list(range(1, 101))
    assert all(frame.status is FrameStatus.COMPLETE for frame in frames)
    assert (camera.status.delivered, camera.status.gaps) == (100, 0)
    received = [frame.received_ns for frame in frames]
    assert received == sorted(received)
    assert received[-1] <= time.monotonic_ns()


def test_grey_pixels_show_the_moving_ball(camera):
    camera.start()
    first, *_, last = fetch(camera, 20)
    assert first.pixels.shape == (100, 200)
    assert (first.pixels.dtype, first.pixel_format) == (np.uint8, "Mono8")
    assert len(np.unique(first.pixels)) > 1
    assert not np.array_equal(first.pixels, last.pixels)
    assert first.source == "gentl:viky frame 1"


def test_colour_is_rgb_without_alpha():
    camera = viky(features={"PixelFormat": "RGBa8"})
    camera.start()
    (frame,) = fetch(camera, 1)
    camera.close()
    assert frame.pixels.shape == (400, 400, 3)
    red = frame.pixels.reshape(-1, 3).astype(int)  # the device is called VikyTL_DEV_red
    assert (red[:, 0] > red[:, 2]).sum() > (red[:, 2] > red[:, 0]).sum()


def test_frames_taken_before_a_stop_can_still_be_fetched(camera):
    camera.start()
    fetch(camera, 5)
    time.sleep(0.2)
    camera.stop()
    assert camera.status.state is CameraState.READY
    rest = []
    while (frame := camera.fetch(0.0)) is not None:
        rest.append(frame)
    assert len(rest) >= 10
    assert ids(rest) == list(range(6, 6 + len(rest)))
    assert all(frame.status is FrameStatus.COMPLETE for frame in rest)


def test_ids_go_on_when_it_is_started_again(camera):
    camera.start()
    last = fetch(camera, 5)[-1]
    camera.stop()
    while (frame := camera.fetch(0.0)) is not None:
        last = frame
    camera.start()
    again = fetch(camera, 5)
    assert ids(again) == list(range(last.frame_id + 1, last.frame_id + 6))
    assert again[0].source == "gentl:viky frame 1"
    assert camera.status.gaps == 0


def test_frames_nobody_fetches_are_lost_by_name(camera):
    camera.close()
    camera = viky(frame_rate=200.0, features={"PixelFormat": "RGBa8", "Width": 800, "Height": 800})
    camera.start()
    first = fetch(camera, 1)
    time.sleep(1.0)
    frames = first + fetch(camera, 60)
    camera.close()
    assert ids(frames) == list(range(1, 62))
    lost = [frame for frame in frames if frame.status is FrameStatus.LOST]
    assert lost
    assert all("ring full" in frame.detail for frame in lost)


@posix_only
def test_a_killed_process_is_replaced(camera):
    camera.start()
    before = fetch(camera, 10)
    killed = camera.process_id
    os.kill(killed, signal.SIGKILL)
    while camera.status.state is not CameraState.LOST:
        before += fetch(camera, 1)
    assert (
        camera.status.detail == "The camera's process was ended by SIGKILL. Trying again in 0.5 s."
    )
    after = fetch(camera, 30)
    frames = before + after
    assert camera.status.state is CameraState.STREAMING
    assert camera.status.detail == ""
    assert (camera.status.restarts, camera.status.gaps) == (1, 1)
    assert camera.process_id != killed
    assert ids(frames) == list(range(1, len(frames) + 1))
    (lost,) = [frame for frame in frames if frame.status is FrameStatus.LOST]
    assert lost.detail == "The camera's process was ended by SIGKILL."


@posix_only
def test_a_hanging_process_is_replaced(camera, monkeypatch):
    monkeypatch.setitem(session.PATIENCE_S, Phase.STREAMING, 1.0)
    camera.start()
    before = fetch(camera, 100)
    hung = camera.process_id
    os.kill(hung, signal.SIGSTOP)
    began = time.monotonic()
    while camera.status.state is not CameraState.LOST:
        frame = camera.fetch(0.1)
        before += [frame] if frame else []
    assert time.monotonic() - began < 4 * 1.0
    frames = before + fetch(camera, 20)
    assert not is_alive(hung)
    assert camera.status.restarts == 1
    assert ids(frames) == list(range(1, len(frames) + 1))
    (lost,) = [frame for frame in frames if frame.status is FrameStatus.LOST]
    assert lost.detail == "The camera's process hung for 1 s."


@posix_only
def test_a_suspended_station_is_no_hang_of_the_camera(camera, monkeypatch):
    """As by Ctrl-Z: both stand still, and the station may be the first to go on."""
    monkeypatch.setitem(session.PATIENCE_S, Phase.STREAMING, 1.0)
    camera.start()
    fetch(camera, 5)
    os.kill(camera.process_id, signal.SIGSTOP)
    while camera.fetch(0.2) is not None:
        pass
    time.sleep(1.2)
    assert camera.fetch(0.0) is None
    os.kill(camera.process_id, signal.SIGCONT)
    fetch(camera, 30)
    assert camera.status.restarts == 0


@posix_only
def test_closing_a_hanging_camera_takes_no_longer_than_two_seconds(camera):
    camera.start()
    fetch(camera, 1)
    hung = camera.process_id
    os.kill(hung, signal.SIGSTOP)
    began = time.monotonic()
    camera.close()
    assert time.monotonic() - began < 2.0
    assert not is_alive(hung)
    assert camera.status.state is CameraState.CLOSED


@posix_only
def test_back_off_grows_until_the_device_is_back(camera):
    """What is tried again fails at once here, because its producer has gone."""
    camera.start()
    fetch(camera, 1)
    object.__setattr__(camera._opened, "producer", "/gone.cti")
    os.kill(camera.process_id, signal.SIGKILL)
    waits = set()
    deadline = time.monotonic() + 20.0
    while len(waits) < 2 and time.monotonic() < deadline:
        camera.fetch(0.05)
        if camera.status.state is CameraState.LOST:
            waits.add(camera.status.detail.rpartition("again in ")[2])
    assert waits == {"0.5 s.", "1 s."}
    assert "/gone.cti cannot be loaded" in camera.status.detail
    object.__setattr__(camera._opened, "producer", str(simulator()[0]))
    frames = fetch(camera, 3)
    assert [frame.status for frame in frames[-2:]] == [FrameStatus.COMPLETE] * 2
    assert camera.status.gaps == 1


def test_a_thread_beside_the_camera_hardly_waits(camera):
    """genicam keeps Python's global lock for all of its time-out, but in its own process."""
    alone = median_wait(lambda: time.sleep(0.3))
    camera.start()
    beside = median_wait(lambda: fetch(camera, 60))
    assert beside < 4 * alone


def median_wait(work: Callable[[], object]) -> float:
    """How long a sleep of 1 ms takes in another thread while this one works."""
    waits: list[float] = []
    ended = threading.Event()

    def tick() -> None:
        while not ended.is_set():
            began = time.perf_counter()
            time.sleep(0.001)
            waits.append(time.perf_counter() - began)

    thread = threading.Thread(target=tick)
    thread.start()
    work()
    ended.set()
    thread.join()
    return float(np.median(waits))


def test_interrupts_stay_with_the_program(camera):
    handler = signal.getsignal(signal.SIGINT)
    camera.start()
    fetch(camera, 3)
    if os.name == "posix":
        os.kill(camera.process_id, signal.SIGINT)
    fetch(camera, 30)
    assert camera.status.restarts == 0
    assert signal.getsignal(signal.SIGINT) is handler


@posix_only
@pytest.mark.parametrize("streams", [False, True], ids=["open", "streaming"])
def test_a_killed_program_leaves_nothing_behind(streams):
    program = (
        "import time\n"
        "from inspector_gui.acquisition.camera import CameraSettings\n"
        "from inspector_gui.acquisition.sources import open_camera\n"
        "camera = open_camera('gentl:viky', CameraSettings(frame_rate=100.0))\n"
        f"if {streams}:\n"
        "    camera.start()\n"
        "    camera.fetch(1.0)\n"
        "print(camera.process_id, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as station:
        child = int(station.stdout.readline())
        assert len(segments(station.pid)) == (streams and SHARED_MEMORY.is_dir())
        station.kill()
    deadline = time.monotonic() + 10.0
    while (is_running(child) or segments(station.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(child)
    assert not segments(station.pid)


def is_running(process: int) -> bool:
    """Like `is_alive`, but an orphan that nobody reaps does not count."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return is_alive(process) if not Path("/proc").is_dir() else False


def test_the_process_loads_neither_qt_nor_engines():
    program = (
        "import sys, inspector_gui.acquisition.gentl.child\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"torch", "PySide6", "pyqtgraph", "onnxruntime", "pydantic", "engines"}
    assert not heavy & set(run.stdout.split())


def test_the_program_loads_no_producer():
    program = (
        "import sys, inspector_gui.acquisition.sources\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"genicam", "harvesters"} & set(run.stdout.split())


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"features": {"Width": 5000}}, r"Width cannot be 5000; allowed: 100 to 800"),
        ({"trigger": Trigger.SOFTWARE}, "no feature TriggerSoftware"),
        ({"trigger": Trigger.HARDWARE}, "no feature TriggerMode"),
        (
            {"features": {"ComponentSelector": "Range"}},
            r"PixelFormat Coord3D_ABC32f_Planar is not supported; set one of Mono8, .*BayerBG8 "
            r"\(it has none\)",
        ),
    ],
)
def test_a_refused_setting_names_its_feature(settings, reason):
    with pytest.raises(CameraSettingsError, match=reason):
        viky(**settings)


def test_settings_are_applied():
    camera = viky(features={"Width": 320, "Height": 240, "PixelFormat": "Mono8"}, frame_rate=50.0)
    camera.start()
    began = time.monotonic()
    frames = fetch(camera, 26)
    camera.close()
    assert frames[0].pixels.shape == (240, 320)
    assert time.monotonic() - began > 25 / 50.0 * 0.8


@pytest.mark.parametrize("device", ["VikyTL_DEV_green", "viky"])
def test_a_device_goes_by_its_id_or_model(device):
    camera = open_camera(f"gentl:{device}", CameraSettings())
    assert camera.name == f"gentl:{device}"
    expected = "VikyTL_DEV_red" if device == "viky" else device
    assert camera._opened.device_id == expected
    camera.close()


def test_an_unknown_device():
    with pytest.raises(CameraNotFound, match="No GenTL camera is called 'cam7'; there are Viky"):
        open_camera("gentl:cam7", CameraSettings())


def test_a_named_producer_that_is_not_there(tmp_path):
    with pytest.raises(CameraNotFound, match=r"no GenTL producer .*absent\.cti; correct its path"):
        open_camera("gentl:cam7", CameraSettings(producers=("absent.cti",)), base=tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_producer_that_hangs_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(session.PATIENCE_S, Phase.OPENING, 1.5)
    os.mkfifo(tmp_path / "hanging.cti")
    with pytest.raises(CameraLost, match=r"hung for 1\.5 s while it used .*hanging\.cti"):
        open_camera("gentl:cam7", CameraSettings(producers=("hanging.cti",)), base=tmp_path)


def test_a_software_trigger_needs_its_mode(camera):
    with pytest.raises(CameraSettingsError, match="not triggered by software"):
        camera.trigger()


def test_closing_twice_and_opening_again(camera):
    camera.close()
    camera.close()
    assert camera.status.state is CameraState.CLOSED
    camera.open()
    camera.start()
    assert ids(fetch(camera, 3)) == [1, 2, 3]
