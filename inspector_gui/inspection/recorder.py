"""The one thread that writes the record, and the one that keeps images for it."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engines.verdict import AnomalyMap
from inspector_gui.acquisition.frame import Frame
from inspector_gui.inspection.clock import event
from inspector_gui.records.entries import ANOMALY_MAP, Entry, ImageEntry, Receipt
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.images import ImageStore

log = logging.getLogger(__name__)

GROUP = 64
IMAGE_QUEUE_BYTES = 256 * 1024 * 1024

Committed = Callable[[Receipt | None], None]


class Store(Protocol):
    """The seam to the record."""

    def append(self, entries: list[Entry]) -> list[Receipt]: ...
    def next_part(self, lot: str) -> int: ...


def _nothing(_receipt: Receipt | None) -> None:
    pass


class Recorder:
    """Writes entries in the order given; under load many share one commit.

    `write` never blocks: the station bounds what is under way. Callbacks run in the recorder's
    thread after the commit, with None when the entry could not be written.
    """

    def __init__(self, store: Store, failed: Callable[[str], None]) -> None:
        self._store = store
        self._failed = failed
        self._queue: queue.SimpleQueue[tuple[Sequence[Entry], Committed]] = queue.SimpleQueue()
        self._is_open = True
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def write(self, entry: Entry, committed: Committed = _nothing) -> None:
        self.write_all((entry,), committed)

    def write_all(self, entries: Sequence[Entry], committed: Committed = _nothing) -> None:
        """Write entries in one commit; the callback takes the last one's receipt."""
        self._queue.put((entries, committed))

    def flush(self) -> None:
        """Wait until everything given so far has been written and its callbacks have run."""
        done = threading.Event()
        self._queue.put(((), lambda _: done.set()))
        done.wait()

    def close(self) -> None:
        self._queue.put(((), self._stop))
        self._thread.join()

    def _run(self) -> None:
        while self._is_open:
            self._write([self._queue.get(), *self._waiting()])

    def _waiting(self) -> list[tuple[Sequence[Entry], Committed]]:
        items: list[tuple[Sequence[Entry], Committed]] = []
        with contextlib.suppress(queue.Empty):
            while len(items) < GROUP - 1:
                items.append(self._queue.get_nowait())
        return items

    def _write(self, items: list[tuple[Sequence[Entry], Committed]]) -> None:
        entries = [entry for together, _ in items for entry in together]
        receipts: list[Receipt] | list[None] = []
        try:
            receipts = self._store.append(entries) if entries else []
        except RecordsError as error:
            receipts = [None] * len(entries)
            self._failed(str(error))
        except Exception as error:
            log.exception("the record could not be written")
            receipts = [None] * len(entries)
            self._failed(f"The record could not be written ({error}).")
        answers = iter(receipts)
        for together, committed in items:
            receipt = next(islice(answers, len(together) - 1, None), None) if together else None
            try:
                committed(receipt)
            except (Exception, SystemExit) as error:
                log.exception("what was recorded could not be handed out")
                self._failed(f"What was recorded could not be handed out ({error}).")

    def _stop(self, _receipt: Receipt | None) -> None:
        self._is_open = False


class ImageKeeper:
    """Encodes and saves images after their inspections are committed, at low priority."""

    def __init__(
        self, images: ImageStore, recorder: Recorder, not_kept: Callable[[str], None]
    ) -> None:
        self._images = images
        self._recorder = recorder
        self._not_kept = not_kept
        self._lock = threading.Lock()
        self._waiting_bytes = 0
        self._queue: queue.SimpleQueue[_Picture | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="images", daemon=True)
        self._thread.start()

    def keep(
        self, inspection_seq: int, part: int, frame: Frame, anomaly_map: AnomalyMap | None = None
    ) -> None:
        """Save a frame soon, and what the engine saw in it; never blocks.

        What cannot be kept becomes an event in the record.
        """
        assert frame.pixels is not None
        picture = _Picture(inspection_seq, part, frame, frame.pixels, anomaly_map)
        with self._lock:
            fits = self._waiting_bytes + picture.nbytes <= IMAGE_QUEUE_BYTES
            if fits:
                self._waiting_bytes += picture.nbytes
        if fits:
            self._queue.put(picture)
        else:
            self._give_up(picture, "images came faster than they can be saved")

    def close(self) -> None:
        """Save what is waiting, then end."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        with contextlib.suppress(AttributeError, OSError):  # Linux alone sets one thread's priority
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        while (picture := self._queue.get()) is not None:
            try:
                entries = self._saved(picture)
            except Exception as error:
                log.warning("an image was not kept: %s", error)
                self._give_up(picture, str(error))
            else:
                for entry in entries:
                    self._recorder.write(entry)
            with self._lock:
                self._waiting_bytes -= picture.nbytes

    def _saved(self, picture: _Picture) -> list[ImageEntry]:
        images: list[tuple[NDArray[np.uint8], str | None]] = [(picture.pixels, None)]
        if picture.anomaly_map is not None:
            images.append((picture.anomaly_map.as_uint8(), ANOMALY_MAP))
        entries = []
        for pixels, role in images:
            stored = self._images.save(pixels)
            entries.append(
                ImageEntry(
                    picture.inspection_seq,
                    picture.frame.frame_id,
                    stored.sha256,
                    stored.media_type,
                    stored.size_bytes,
                    role,
                )
            )
        return entries

    def _give_up(self, picture: _Picture, why: str) -> None:
        self._not_kept(why)
        self._recorder.write(
            event(
                "image_not_kept",
                f"The image of part {picture.part} was not kept: {why}.",
                {"inspection_seq": picture.inspection_seq, "frame_id": picture.frame.frame_id},
            )
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """One that waits to be saved."""

    inspection_seq: int
    part: int
    frame: Frame
    pixels: NDArray[np.uint8]
    anomaly_map: AnomalyMap | None

    @property
    def nbytes(self) -> int:
        seen = 0 if self.anomaly_map is None else self.anomaly_map.values.nbytes
        return self.pixels.nbytes + seen
