"""The station: frames in, committed verdicts out."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from engines.engine import Engine
from engines.runtime import cores
from engines.verdict import Decision, Verdict
from inspector_gui.acquisition.camera import Camera, CameraError, CameraState
from inspector_gui.acquisition.frame import Frame
from inspector_gui.inspection.clock import ClockWatch, event, utc_now
from inspector_gui.inspection.entry import EntryWriter, thresholds_in_force
from inspector_gui.inspection.health import Disk, health_of
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.open_parts import OpenParts, Settled
from inspector_gui.inspection.part import Part, PartGrouper
from inspector_gui.inspection.reasons import SENTENCE, Reason
from inspector_gui.inspection.recipe import Recipe
from inspector_gui.inspection.recorder import ImageKeeper, Recorder, Store
from inspector_gui.inspection.statistics import Statistics
from inspector_gui.inspection.status import StationState, StationStatus
from inspector_gui.records.entries import Entry, Receipt
from inspector_gui.records.images import ImageStore

log = logging.getLogger(__name__)

QUEUE_PARTS = 8
OPEN_PARTS = 512
ENGINE_TIMEOUT_NS = 10_000_000_000
OLDEST_NS = 10_000_000_000  # what waited for longer is judged no more: its part has moved on
FETCH_S = 0.1
DISK_CHECK_S = 5.0
ANSWER_S = 0.1  # how often a writer looks whether the station has ended


class Station:
    """Runs one lot on one camera, once.

    ```
    STOPPED ── start ──▶ STARTING ──▶ RUNNING ◀──▶ CAMERA_LOST
                            │            │ stop, end       │
                            ▼            ▼                 │
                          FAULT ◀── STOPPING ◀─────────────┘
                                         ╰──▶ STOPPED
    ```

    Threads: *acquire* owns the camera and groups its frames; *judge-n*, one per core, call the
    engine; *recorder* writes and hands out; *images* encodes and saves. Every part that *acquire*
    opens is settled exactly once, with the engine's verdict or as `UNDECIDED`, and handed out in
    order, only after its row is committed. `status`, `latest` and `statistics` may be read from
    any thread and never wait.
    """

    def __init__(
        self,
        recipe: Recipe,
        camera: Camera,
        engine: Engine,
        store: Store,
        images: ImageStore,
        *,
        lot: str,
        parts: int | None = None,
        workers: int | None = None,
        on_inspection: Callable[[Inspection], None] | None = None,
    ) -> None:
        """Take what is needed; nothing runs yet.

        Args:
            camera: Open; the station closes it at the end.
            parts: End by itself after this many.
            workers: Threads that judge; one per core by default.
            on_inspection: Called in the recorder's thread with everything that is handed out; its
                exceptions are logged and stop nothing.
        """
        self._recipe, self._camera, self._engine = recipe, camera, engine
        self._store, self._images = store, images
        self._lot = lot
        self._limit = parts
        self._workers = workers or cores()
        self._on_inspection = on_inspection
        self._entries = EntryWriter(recipe, engine, camera.name, lot)
        self._parts = OpenParts(self._release)
        self._statistics = Statistics()
        self._disk = Disk(images.folder)
        self._clock = ClockWatch()
        self._lock = threading.Lock()
        self._queue: queue.Queue[Part | None] = queue.Queue(QUEUE_PARTS)
        self._state = StationState.STOPPED
        self._fault_in = self._detail = ""
        self._frames = 0
        self._passes = 0
        self._latest: Inspection | None = None
        self._stopping = threading.Event()
        self._opened = threading.Event()
        self._done = threading.Event()
        self._open_error: CameraError | None = None
        self._has_begun = False
        self._judges_may_go = False

    # --- from any thread ---

    @property
    def latest(self) -> Inspection | None:
        """What was handed out last."""
        return self._latest

    @property
    def statistics(self) -> Statistics:
        return self._statistics

    @property
    def status(self) -> StationStatus:
        latencies = self._statistics.latencies_ms()
        camera = self._camera.status
        counters = self._statistics.counters
        with self._lock:
            state, fault_in, detail = self._state, self._fault_in, self._detail
        return StationStatus(
            state=state,
            detail=camera.detail if state is StationState.CAMERA_LOST else detail,
            fault_in=fault_in,
            lot=self._lot,
            recipe=self._recipe.name,
            recipe_revision=self._recipe.revision,
            camera_name=self._camera.name,
            model=self._engine.card.name,
            provider=self._engine.provider,
            camera=camera,
            counters=counters,
            queue=self._queue.qsize(),
            frames=self._frames,
            rate_per_s=self._statistics.rate_per_s,
            latency_p50_ms=latencies[0] if latencies else None,
            latency_p99_ms=latencies[1] if latencies else None,
            health=health_of(fault_in, detail, camera, counters, self._disk),
        )

    def start(self) -> None:
        """Begin; returns when frames can come.

        Raises:
            CameraError: The camera cannot be started.
            RecordsError: The record cannot be read.
        """
        self._grouper = PartGrouper(self._recipe.frames_per_part, self._store.next_part(self._lot))
        self._recorder = Recorder(self._store, partial(self._fail, "record"))
        self._has_begun = True
        self._keeper = ImageKeeper(self._images, self._recorder, self._image_not_kept)
        self._set(StationState.STARTING)
        self._judges = [
            threading.Thread(target=self._judge, name=f"judge-{i}", daemon=True)
            for i in range(self._workers)
        ]
        for thread in self._judges:
            thread.start()
        threading.Thread(target=self._acquire, name="acquire", daemon=True).start()
        self._opened.wait()
        if self._open_error:
            self._done.wait()
            raise self._open_error

    def request_stop(self) -> None:
        """Begin to stop: the camera first, then what is under way is settled. Returns at once."""
        self._stopping.set()

    def stop(self) -> None:
        """Stop, and wait for the end. May be called from any thread, and more than once."""
        self._stopping.set()
        if self._has_begun:
            self._done.wait()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the lot has ended; whether it has."""
        return self._done.wait(timeout_s)

    def trigger(self) -> None:
        """Take one frame by software trigger."""
        self._camera.trigger()

    def record(self, *entries: Entry) -> Receipt | None:
        """Write something else into the record that this station writes, at once; any thread.

        Returns:
            The last one's receipt; None if the station has ended, or could not write.
        """
        if not self._has_begun:
            return None
        receipts: list[Receipt | None] = []
        answered = threading.Event()

        def committed(receipt: Receipt | None) -> None:
            receipts.append(receipt)
            answered.set()

        self._recorder.write_all(entries, committed)
        while not answered.wait(ANSWER_S):
            if self._done.is_set() and not answered.is_set():
                return None
        return receipts[0]

    # --- acquire ---

    def _acquire(self) -> None:
        try:
            self._camera.start()
            self._event("station_started", "The line was started.", self._context())
            self._set(StationState.RUNNING)
            self._opened.set()
            self._fetch_all()
        except CameraError as error:
            self._camera_failed(error)
        except Exception as error:
            log.exception("acquisition failed")
            self._camera_failed(CameraError(f"The camera failed unexpectedly: {error}."))
        finally:
            self._end()

    def _camera_failed(self, error: CameraError) -> None:
        if not self._opened.is_set():
            self._open_error = error
        self._fail("camera", str(error))

    def _fetch_all(self) -> None:
        while not self._stopping.is_set() and not self._is_complete():
            self._check_engine()
            self._disk.check(every_s=DISK_CHECK_S)
            self._watch_clock()
            if not self._has_room():
                time.sleep(0.001)
                continue
            frame = self._camera.fetch(FETCH_S)
            self._watch_camera()
            if frame is not None:
                self._take(frame)
            elif self._camera.status.state is CameraState.ENDED:
                return

    def _is_complete(self) -> bool:
        if self._limit is None:
            return False
        return self._frames >= self._limit * self._recipe.frames_per_part

    def _has_room(self) -> bool:
        """Whether a frame may be fetched; a camera that does not wait fills its own ring."""
        if self._camera.waits_for_fetch and self._queue.full():
            return False
        return len(self._parts) < OPEN_PARTS

    def _take(self, frame: Frame) -> None:
        self._frames += 1
        part = self._grouper.add(frame)
        if part is not None:
            self._dispatch(part)

    def _dispatch(self, part: Part) -> None:
        self._parts.add(part)
        if part.defect is not None:
            self._settle(part, part.defect)
            return
        try:
            self._queue.put_nowait(part)
        except queue.Full:
            self._settle(part, _undecided(Reason.OVERRUN))

    def _watch_camera(self) -> None:
        camera = self._camera.status
        is_lost = camera.state is CameraState.LOST
        if is_lost and self._state is StationState.RUNNING:
            self._set(StationState.CAMERA_LOST)
            self._event("camera_lost", camera.detail)
        elif not is_lost and self._state is StationState.CAMERA_LOST:
            self._set(StationState.RUNNING)
            self._event("camera_back", "The camera is back.", {"restarts": camera.restarts})

    def _watch_clock(self) -> None:
        if (step_s := self._clock.step_s()) is not None:
            detail = f"The time of day was set by {step_s:+.1f} s."
            self._event("clock_stepped", detail, {"step_s": round(step_s, 3)})

    def _check_engine(self) -> None:
        """Settle parts whose engine does not answer; its thread is left to its fate."""
        for part in self._parts.unsettled(judged_for_ns=ENGINE_TIMEOUT_NS):
            if self._settle(part, _undecided(Reason.ENGINE_TIMEOUT)):
                self._fail("engine", SENTENCE[Reason.ENGINE_TIMEOUT])

    def _end(self) -> None:
        self._set(StationState.STOPPING)
        self._close_camera()
        if (rest := self._grouper.rest()) is not None:
            self._dispatch(rest)
        self._end_judges()
        self._recorder.flush()
        self._keeper.close()
        counters = self._statistics.counters
        self._event(
            "station_stopped",
            "The line was stopped.",
            {"frames": self._frames, "detail": self._detail, **asdict(counters)},
        )
        self._recorder.close()
        self._set(StationState.STOPPED)
        self._opened.set()
        self._done.set()

    def _close_camera(self) -> None:
        for step in (self._stop_camera, self._camera.close):
            try:
                step()
            except Exception as error:
                log.exception("the camera could not be stopped")
                self._fail("camera", f"The camera could not be stopped: {error}.")

    def _stop_camera(self) -> None:
        self._camera.stop()
        while not self._camera.waits_for_fetch and not self._is_complete():
            frame = self._camera.fetch(0.0)
            if frame is None:
                break
            self._take(frame)

    def _end_judges(self) -> None:
        deadline = time.monotonic() + ENGINE_TIMEOUT_NS / 1e9
        for _ in self._judges:
            try:
                self._queue.put(None, timeout=max(0.0, deadline - time.monotonic()))
            except queue.Full:
                break
        for thread in self._judges:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._judges_may_go = True  # those that hang, should they ever come back
        for part in self._parts.unsettled():
            self._settle(part, _undecided(Reason.ENGINE_TIMEOUT))

    # --- judge ---

    def _judge(self) -> None:
        while not self._judges_may_go and (part := self._queue.get()) is not None:
            if not self._parts.begin(part):
                continue
            waited_ns = time.monotonic_ns() - part.received_ns
            queue_ms = waited_ns / 1e6
            if waited_ns > OLDEST_NS and not self._camera.waits_for_fetch:
                self._settle(part, _undecided(Reason.OVERRUN), queue_ms)
                continue
            images = [frame.pixels for frame in part.frames if frame.pixels is not None]
            try:
                verdict = self._engine.judge(images)
            except Exception as error:
                log.exception("the engine failed on part %d", part.number)
                verdict = Verdict.undecided(
                    Reason.ENGINE_ERROR, f"The engine failed on this part: {error}."
                )
            self._settle(part, verdict, queue_ms)

    # --- settle and hand out ---

    def _settle(self, part: Part, verdict: Verdict, queue_ms: float | None = None) -> bool:
        """Give a part its one verdict; False if it has one already."""
        elapsed_ms = dict(verdict.elapsed_ms)
        if queue_ms is not None:
            elapsed_ms["queue"] = queue_ms
        return self._parts.settle(Settled(part, verdict, utc_now(), elapsed_ms))

    def _release(self, settled: Settled) -> None:
        """Once all parts before it have been released too."""
        self._recorder.write(self._entries.entry_of(settled), partial(self._hand_out, settled))

    def _hand_out(self, settled: Settled, receipt: Receipt | None) -> None:
        """In the recorder's thread, after the commit."""
        part, verdict = settled.part, settled.verdict
        if receipt is None:
            verdict = _undecided(Reason.RECORD_NOT_WRITTEN)
        now = time.monotonic_ns()
        inspection = Inspection(
            part=part.number,
            lot=self._lot,
            frames=part.frames,
            verdict=verdict,
            model_sha256=self._engine.model_sha256,
            provider=self._engine.provider,
            elapsed_ms={**settled.elapsed_ms, "total": (now - part.received_ns) / 1e6},
            judged_at=settled.judged_at,
            receipt=receipt,
            handed_out_ns=now,
        )
        self._latest = inspection
        self._statistics.add(inspection)
        self._tell(inspection)
        if receipt is not None:
            self._keep_images(part, verdict, receipt)
        self._parts.close(part)

    def _tell(self, inspection: Inspection) -> None:
        if self._on_inspection is not None:
            try:
                self._on_inspection(inspection)
            except (Exception, SystemExit):
                log.exception("a listener failed")

    def _keep_images(self, part: Part, verdict: Verdict, receipt: Receipt) -> None:
        if verdict.decision is Decision.PASS:
            every = self._recipe.images.keep_pass_every
            self._passes += 1
            if not every or self._passes % every or not self._disk.has_room_for_passes:
                return
        in_use = self._engine.frames_in_use
        for number, frame in enumerate(part.frames):
            if frame.pixels is not None and (in_use is None or number in in_use):
                seen = verdict.anomaly_map if number == verdict.frame else None
                self._keeper.keep(receipt.seq, part.number, frame, seen)

    # --- state ---

    def _context(self) -> dict[str, object]:
        return {
            "lot": self._lot,
            "camera": self._camera.name,
            "recipe": self._recipe.model_dump(mode="json"),
            "thresholds": thresholds_in_force(self._engine),
            "model": self._engine.card.name,
            "model_version": self._engine.card.version,
            "model_sha256": self._engine.model_sha256,
            "provider": self._engine.provider,
        }

    def _event(self, kind: str, detail: str, data: dict[str, object] | None = None) -> None:
        self._recorder.write(event(kind, detail, data))

    def _image_not_kept(self, why: str) -> None:
        self._statistics.image_not_kept()
        log.warning("an image was not kept: %s", why)

    def _set(self, state: StationState) -> None:
        with self._lock:
            if self._state is not StationState.FAULT:
                self._state = state

    def _fail(self, where: str, detail: str) -> None:
        """Stop, and stay in `FAULT` with the first thing that went wrong."""
        with self._lock:
            if self._state is not StationState.FAULT:
                self._state, self._fault_in, self._detail = StationState.FAULT, where, detail
        self._stopping.set()


def _undecided(reason: Reason) -> Verdict:
    return Verdict.undecided(reason, SENTENCE[reason])
