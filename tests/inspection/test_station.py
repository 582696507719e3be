"""Every frame ends as exactly one row, and nothing but a judged part passes."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engines.verdict import AnomalyMap, Box, Decision, Finding, Verdict
from inspector_gui.acquisition.camera import CameraSettingsError, CameraState, CameraStatus
from inspector_gui.acquisition.frame import FrameStatus
from inspector_gui.inspection import station as station_module
from inspector_gui.inspection.clock import ClockWatch, utc_now
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.reasons import Reason
from inspector_gui.inspection.recall import recall
from inspector_gui.inspection.recorder import Recorder
from inspector_gui.inspection.station import Station
from inspector_gui.inspection.status import Level, StationState
from inspector_gui.records.entries import EventEntry
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.images import ImageStore
from inspector_gui.records.moment import utc_offset_min
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import RecordStore
from inspector_gui.records.verify import verify
from tests.inspection.fakes import BrightEngine, ScriptedCamera, frame, lost, recipe


class Line:
    """A station over a scripted camera, and what it handed out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = RecordStore.open(folder)
        self.handed_out: list[Inspection] = []

    def run(
        self,
        script: Sequence[Any],
        engine: BrightEngine | None = None,
        *,
        frames_per_part: int = 1,
        waits: bool = True,
        keep_pass_every: int = 0,
        **options: Any,
    ) -> Station:
        self.camera = ScriptedCamera(script, waits)
        self.station = Station(
            recipe(frames_per_part, keep_pass_every),
            self.camera,
            engine or BrightEngine(),
            options.pop("store", self.store),
            ImageStore(self.folder),
            lot="lot-1",
            on_inspection=self.handed_out.append,
            **options,
        )
        self.station.start()
        assert self.station.wait(20)
        return self.station

    @property
    def by_part(self) -> dict[int, Inspection]:
        return {i.part: i for i in self.handed_out}

    @property
    def decisions(self) -> list[str]:
        return [self.by_part[n].verdict.decision.value for n in sorted(self.by_part)]

    @property
    def reasons(self) -> list[str]:
        return [str(self.by_part[n].verdict.reason) for n in sorted(self.by_part)]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    line = Line(tmp_path / "records")
    yield line
    line.store.close()


def rows(line: Line) -> list[Any]:
    line.store.close()
    with RecordReader(line.folder) as reader:
        entries = [recorded.entry for recorded in reader.all_inspections()]
    return sorted(entries, key=lambda entry: entry.part)


def test_parts_are_judged_recorded_and_handed_out(line: Line) -> None:
    station = line.run([frame(1), frame(2, bright=255), frame(3)])
    assert line.decisions == ["PASS", "REJECT", "PASS"]
    assert [row.decision for row in rows(line)] == ["PASS", "REJECT", "PASS"]
    assert station.status.state is StationState.STOPPED
    assert station.status.counters.parts == station.status.frames == 3
    assert line.camera.is_closed
    assert verify(line.folder).holds


def test_nothing_is_handed_out_before_it_is_committed(line: Line) -> None:
    seen: list[bool] = []

    def committed(inspection: Inspection) -> None:
        assert inspection.receipt is not None
        with RecordReader(line.folder) as reader:
            seen.append(reader.get(inspection.receipt.seq).entry.part == inspection.part)

    line.handed_out = type("Listener", (list,), {"append": lambda _, i: committed(i)})()
    line.run([frame(n) for n in range(1, 6)])
    assert seen == [True] * 5


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (FrameStatus.LOST, Reason.FRAME_LOST),
        (FrameStatus.INCOMPLETE, Reason.FRAME_INCOMPLETE),
        (FrameStatus.UNREADABLE, Reason.FRAME_UNREADABLE),
    ],
)
def test_a_frame_that_is_not_whole_is_undecided(
    line: Line, status: FrameStatus, reason: Reason
) -> None:
    line.run([frame(1), frame(2, status), frame(3)])
    assert line.decisions == ["PASS", "UNDECIDED", "PASS"]
    assert line.reasons == ["", reason, ""]
    assert rows(line)[1].reason == reason


def test_an_old_frame_again_is_undecided(line: Line) -> None:
    line.run([frame(1), frame(2), frame(2), frame(3)])
    assert line.reasons == ["", "", Reason.FRAME_STALE, ""]


def test_frames_are_grouped_and_a_lost_one_spoils_only_its_part(line: Line) -> None:
    script = [frame(n, FrameStatus.LOST if n == 4 else FrameStatus.COMPLETE) for n in range(1, 8)]
    line.run(script, frames_per_part=3)
    assert [line.by_part[n].frame_ids for n in (1, 2, 3)] == [(1, 2, 3), (4, 5, 6), (7,)]
    assert line.reasons == ["", Reason.FRAME_LOST, Reason.PART_INCOMPLETE]


def test_parts_that_come_too_fast_are_undecided_and_the_sums_match(line: Line) -> None:
    script = [frame(n) for n in range(1, 61)]
    station = line.run(script, BrightEngine(delay_s=0.02), waits=False)
    counters = station.status.counters
    assert counters.parts == station.status.frames == 60
    assert counters.overruns > 0
    assert counters.passed + counters.overruns == 60
    assert [inspection.part for inspection in line.handed_out] == list(range(1, 61))
    assert len(rows(line)) == 60


def test_a_camera_that_waits_is_never_overrun(line: Line) -> None:
    station = line.run([frame(n) for n in range(1, 41)], BrightEngine(delay_s=0.005))
    assert station.status.counters.passed == 40


def test_an_engine_that_fails_leaves_the_part_undecided(line: Line) -> None:
    engine = BrightEngine()
    engine.fails_on = {2}
    line.run([frame(1), frame(2), frame(3)], engine, workers=1)
    assert line.reasons == ["", Reason.ENGINE_ERROR, ""]
    assert "out of luck" in line.by_part[2].verdict.detail


def test_an_engine_that_hangs_is_a_fault_and_no_part_is_forgotten(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(station_module, "ENGINE_TIMEOUT_NS", 300_000_000)
    engine = BrightEngine()
    engine.hangs_on = {2}
    station = line.run([frame(1), frame(2), frame(3), *[0.1] * 20], engine, workers=1)
    engine.hang.set()
    assert line.reasons == ["", Reason.ENGINE_TIMEOUT, Reason.ENGINE_TIMEOUT]
    assert (station.status.state, station.status.fault_in) == (StationState.FAULT, "engine")


def test_a_lost_camera_is_told_and_recorded(line: Line) -> None:
    gone = CameraStatus(CameraState.LOST, "It is unplugged.")
    back = CameraStatus(CameraState.STREAMING, restarts=1)
    script = [frame(1), gone, 0.05, back, frame(2)]
    station = line.run(script)
    assert station.status.state is StationState.STOPPED
    assert line.decisions == ["PASS", "PASS"]
    line.store.close()
    with RecordReader(line.folder) as reader:
        kinds = [event.entry.kind for event in reader.events()]
    assert kinds == ["station_started", "camera_lost", "camera_back", "station_stopped"]


def test_a_camera_beyond_hope_is_a_fault(line: Line) -> None:
    station = line.run([frame(1), lost()])
    status = station.status
    assert (status.state, status.fault_in) == (StationState.FAULT, "camera")
    assert status.detail == "The camera is gone."
    assert [h.level for h in status.health if h.name == "camera"] == [Level.ALARM]
    assert line.decisions == ["PASS"]


def test_a_camera_that_cannot_start_is_an_error_of_start(line: Line) -> None:
    with pytest.raises(CameraSettingsError, match="No TriggerMode"):
        line.run([CameraSettingsError("No TriggerMode.")])
    assert line.camera.is_closed


class BrokenStore:
    """A store whose disk fails at the third entry."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store
        self._entries = 0

    def next_part(self, lot: str) -> int:
        return self._store.next_part(lot)

    def append(self, entries: Sequence[Any]) -> Any:
        self._entries += len(entries)
        if self._entries >= 3:
            raise RecordsError("The disk is full.")
        return self._store.append(entries)


def test_without_a_record_nothing_passes(line: Line) -> None:
    script = [step for n in range(1, 6) for step in (frame(n), 0.02)]
    station = line.run(script, store=BrokenStore(line.store))
    assert line.decisions[0] == "PASS"
    assert set(line.decisions[1:]) == {"UNDECIDED"}
    assert set(line.reasons[1:]) == {Reason.RECORD_NOT_WRITTEN}
    assert (station.status.state, station.status.detail) == (
        StationState.FAULT,
        "The disk is full.",
    )


def test_a_listener_that_fails_stops_nothing(line: Line) -> None:
    def fail(_: Inspection) -> None:
        raise RuntimeError("broken listener")

    line.handed_out = type("Listener", (list,), {"append": lambda _, i: fail(i)})()
    station = line.run([frame(1), frame(2)])
    assert station.status.counters.passed == 2
    assert station.status.state is StationState.STOPPED


def test_images_of_rejects_are_kept_and_passes_are_sampled(line: Line) -> None:
    line.run([frame(n, bright=255 * (n == 3)) for n in range(1, 9)], keep_pass_every=4, workers=1)
    line.store.close()
    with RecordReader(line.folder) as reader:
        kept = {r.entry.part for r in reader.inspections(limit=100) if reader.images(r.seq)}
    assert kept == {3, 5}  # the reject, and the fourth pass
    assert verify(line.folder).holds


def test_the_lot_ends_after_as_many_parts_as_asked(line: Line) -> None:
    station = line.run([frame(n) for n in range(1, 100)], parts=7)
    assert station.status.counters.parts == 7


def test_part_numbers_go_on_in_the_same_lot(line: Line) -> None:
    line.run([frame(1), frame(2)])
    line.run([frame(1)])
    assert sorted(line.by_part) == [1, 2, 3]


def test_stop_from_another_thread_ends_in_good_order(line: Line) -> None:
    camera = [step for n in range(1, 500) for step in (frame(n), 0.005)]
    threading.Timer(0.2, lambda: line.station.stop()).start()
    station = line.run(camera)
    counters = station.status.counters
    assert 0 < counters.parts == station.status.frames < 499
    assert set(line.decisions) == {Decision.PASS.value}


def test_no_thread_is_left_behind(line: Line) -> None:
    line.run([frame(1)])
    left = {t.name for t in threading.enumerate()} - {"MainThread"}
    assert not {
        name for name in left if name.startswith(("acquire", "judge", "recorder", "images"))
    }


def test_old_frames_in_their_old_order_stay_undecided(line: Line) -> None:
    line.run([frame(1), frame(2), frame(3), frame(1), frame(2), frame(3), frame(4)])
    assert line.reasons == ["", "", "", *[Reason.FRAME_STALE] * 3, ""]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_record_that_is_deleted_passes_nothing_more(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(station_module, "DISK_CHECK_S", 0.0)
    threading.Timer(0.3, shutil.rmtree, [line.folder]).start()
    station = line.run([step for n in range(1, 300) for step in (frame(n), 0.01)])
    assert (station.status.state, station.status.fault_in) == (StationState.FAULT, "record")
    assert "deleted" in station.status.detail
    assert line.decisions[0] == "PASS"
    assert line.reasons[-1] == Reason.RECORD_NOT_WRITTEN


def test_a_camera_that_cannot_be_closed_is_a_fault_and_the_lot_ends(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: ScriptedCamera) -> None:
        raise OSError("it is stuck")

    monkeypatch.setattr(ScriptedCamera, "close", fail)
    station = line.run([frame(1)])
    assert (station.status.state, station.status.fault_in) == (StationState.FAULT, "camera")
    assert line.decisions == ["PASS"]


def test_a_callback_that_fails_does_not_stop_the_recorder(line: Line) -> None:
    failures: list[str] = []
    recorder = Recorder(line.store, failures.append)
    recorder.write(EventEntry("test", utc_now(), "A test."), lambda _: 1 / 0)
    recorder.flush()
    recorder.close()
    assert len(failures) == 1
    assert "division by zero" in failures[0]


@pytest.mark.parametrize("waits", [False, True])
def test_what_waited_too_long_is_judged_no_more_unless_the_line_waits_too(
    line: Line, monkeypatch: pytest.MonkeyPatch, waits: bool
) -> None:
    monkeypatch.setattr(station_module, "OLDEST_NS", 100_000_000)
    script = [frame(n) for n in range(1, 5)]
    line.run(script, BrightEngine(delay_s=0.2), workers=1, waits=waits)
    assert line.reasons == (["", "", "", ""] if waits else ["", *[Reason.OVERRUN] * 3])


def test_an_engine_that_comes_back_too_late_leaves_no_thread_behind(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(station_module, "ENGINE_TIMEOUT_NS", 200_000_000)
    engine = BrightEngine()
    engine.hangs_on = {1}
    script = [frame(1), 0.1, *(frame(n) for n in range(2, 30)), *[0.1] * 5]
    station = line.run(script, engine, workers=1, waits=False)
    assert station.status.counters.undecided == station.status.frames
    engine.hang.set()
    for thread in station._judges:
        thread.join(5)
    assert not any(thread.is_alive() for thread in station._judges)


def test_a_clock_that_is_set_is_an_event(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = iter([None, -7200.0])
    monkeypatch.setattr(ClockWatch, "step_s", lambda _self: next(steps, None))
    line.run([frame(1), frame(2)])
    with RecordReader(line.folder) as reader:
        (stepped,) = [e.entry for e in reader.events() if e.entry.kind == "clock_stepped"]
    assert "-7200.0 s" in stepped.detail
    assert stepped.data == {"step_s": -7200.0, "utc_offset_min": utc_offset_min()}


def test_of_a_part_of_several_frames_those_in_use_are_kept_and_the_telling_one_is_shown(
    line: Line,
) -> None:
    class Telling(BrightEngine):
        frames_in_use = (0, 2)

        def judge(self, images: Sequence[np.ndarray]) -> Verdict:
            assert len(images) == 3
            finding = Finding("scratch", 0.9, 0.5, Box(0, 0, 8, 8), 64, frame=2)
            seen = AnomalyMap(np.full((4, 4), 0.7, np.float32))
            return Verdict(Decision.REJECT, 0.9, 0.5, (finding,), seen)

    frames = [frame(n, bright=n) for n in range(1, 7)]
    line.run(frames, Telling(), frames_per_part=3)
    assert line.decisions == ["REJECT", "REJECT"]
    shown = line.by_part[2].pixels
    assert shown is not None
    assert (shown == frames[5].pixels).all()
    with RecordReader(line.folder) as reader:
        (seq,) = [r.seq for r in reader.inspections() if r.entry.part == 2]
        kept = [(i.entry.frame_id, i.entry.role) for i in reader.images(seq)]
        assert kept == [(4, None), (6, None), (6, "anomaly_map")]
        part = recall(reader, seq)
    assert part.verdict.frame == 2
    assert part.pixels is not None
    assert (part.pixels == frames[5].pixels).all()
