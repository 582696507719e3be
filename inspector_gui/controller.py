"""Runs stations for the views: nothing here waits, and nothing here is Qt."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from engines.errors import ModelError
from engines.verdict import Decision
from inspector_gui import choices
from inspector_gui.acquisition.camera import CameraError
from inspector_gui.acquisition.sources import CameraInfo, list_cameras
from inspector_gui.choices import SIMULATED
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.opening import default_records, open_station
from inspector_gui.inspection.recipe_parts import RecipeError
from inspector_gui.inspection.review import decide
from inspector_gui.inspection.station import Station
from inspector_gui.inspection.status import StationState, StationStatus
from inspector_gui.records.accounts import Session
from inspector_gui.records.checkpoints import FOLDER_VARIABLE
from inspector_gui.records.entries import DispositionEntry, Entry, Receipt
from inspector_gui.records.errors import RecordsError, Refused
from inspector_gui.records.office import Office
from inspector_gui.records.store import RecordStore
from inspector_gui.settings import Settings
from inspector_gui.views.controller import RIGHTS, CameraChoice, RecipeChoice, idle_status

log = logging.getLogger(__name__)

DEMONSTRATION_RATE = 4.0
"""Frames a second of sources that would otherwise run as fast as they are asked."""
FIRST_RECIPE = "tile"
LOOK_S = 1.0
DEFAULTS = Settings()
_LOOKED_THROUGH = ("recipes", "image_folders", "producers")
_FAULT_IN: dict[type[Exception], str] = {
    CameraError: "camera",
    ModelError: "engine",
    RecipeError: "engine",
    RecordsError: "record",
}


class StationController:
    """The `Controller` of the views over real stations, one for each start.

    Every method returns at once; opening, starting and stopping run in threads of its own.
    """

    def __init__(self, settings: Settings = DEFAULTS) -> None:
        """Begin to look for recipes and cameras."""
        self._settings = settings
        self._recipes = choices.shipped_recipes()
        self._cameras: tuple[CameraChoice, ...] = (SIMULATED,)
        usable = [r.key for r in self._recipes if not r.problem]
        self._recipe = FIRST_RECIPE if FIRST_RECIPE in usable else next(iter(usable), "")
        self._camera = SIMULATED.key
        self._station: Station | None = None
        self._written: Path | None = None
        self._idle = idle_status()
        self._run: threading.Thread | None = None
        self._stop_asked = threading.Event()
        self._is_closed = False
        self._session: Session | None = None
        self._stopped_by: Session | None = None
        self._offices: dict[Path, Office] = {}
        self._making_office = threading.Lock()
        self._looking = threading.Lock()
        self._looks = 0
        self._devices: tuple[CameraInfo, ...] | None = None
        self._looker: threading.Thread
        self.refresh()

    @property
    def session(self) -> Session | None:
        return self._session

    @session.setter
    def session(self, session: Session | None) -> None:
        """Who is signed in; that somebody else was refused a start is no longer said."""
        self._session = session
        if self._idle.fault_in == RIGHTS:
            self._idle = idle_status()

    def apply(self, settings: Settings) -> None:
        """Use other settings from the next start on."""
        last, self._settings = self._settings, settings
        if any(getattr(last, name) != getattr(settings, name) for name in _LOOKED_THROUGH):
            self.refresh()

    def refresh(self) -> None:
        self._looks += 1
        self._devices = None
        self._looker = threading.Thread(
            target=self._look, args=(self._looks,), name="choices", daemon=True
        )
        self._looker.start()

    def recipes(self) -> Sequence[RecipeChoice]:
        return self._recipes

    def cameras(self) -> Sequence[CameraChoice]:
        return self._cameras

    def devices(self) -> Sequence[CameraInfo] | None:
        return self._devices

    def selected(self) -> tuple[str, str]:
        return self._recipe, self._camera

    def select(self, recipe: str, camera: str) -> None:
        self._recipe, self._camera = recipe, camera

    def start(self) -> None:
        """As the protocol says; a lot that is still coming to its end is waited for first."""
        before = self._run
        if before is not None and before.is_alive() and not self._is_ending():
            return
        self._stop_asked = threading.Event()
        self._is_opening()
        self._run = threading.Thread(
            target=self._run_lot, args=(before, self._stop_asked), name="lot", daemon=True
        )
        self._run.start()

    def _is_opening(self) -> None:
        self._station = None
        self._idle = idle_status(StationState.STARTING)

    def _is_ending(self) -> bool:
        station = self._station
        if self._stop_asked.is_set():
            return True
        return station is not None and (
            station.wait(0.0) or station.status.state is StationState.FAULT
        )

    def stop(self) -> None:
        self._stopped_by = self._session
        self._stop_asked.set()
        if self._station is not None:
            self._station.request_stop()

    def status(self) -> StationStatus:
        station = self._station
        return station.status if station is not None else self._idle

    def latest(self) -> Inspection | None:
        station = self._station
        return station.latest if station is not None else None

    def trend(self) -> Sequence[tuple[Decision, float | None]]:
        station = self._station
        return station.statistics.trend() if station is not None else ()

    def rejects(self) -> Sequence[Inspection]:
        station = self._station
        return station.statistics.rejects() if station is not None else ()

    def records(self) -> Path:
        station_writes_to = self._written
        return station_writes_to or self._settings.records or default_records()

    def office(self, folder: Path) -> Office:
        """As the protocol says: it writes through the station, or past it."""
        with self._making_office:
            if folder not in self._offices:
                self._offices[folder] = Office(folder, partial(self._append, folder))
            return self._offices[folder]

    def dispose(self, folder: Path, entry: DispositionEntry, session: Session | None) -> Receipt:
        return decide(self.office(folder), session, entry)

    def _append(self, folder: Path, entries: Sequence[Entry]) -> Receipt:
        station = self._station
        if station is not None and self._written == folder:
            receipt = station.record(*entries)
            if receipt is not None:
                return receipt
        return _appended(folder, entries)

    def close(self, timeout_s: float) -> bool:
        """Stop what runs and wait for its end; whether the line has ended in time."""
        self._is_closed = True
        self.stop()
        if self._run is not None:
            self._run.join(timeout_s)
        self._looker.join(LOOK_S)  # a producer that hangs ends with this process
        return self._run is None or not self._run.is_alive()

    def _run_lot(self, before: threading.Thread | None, stop_asked: threading.Event) -> None:
        if before is not None:
            before.join()
            self._is_opening()
        recipe, camera = self._recipe, self._camera
        rate = None if camera.startswith("gentl:") else DEMONSTRATION_RATE
        folder = self._settings.records or default_records()
        checkpoints = os.environ.get(FOLDER_VARIABLE)
        try:
            with open_station(
                recipe,
                camera=camera,
                producers=tuple(map(str, self._settings.producers)),
                records=folder,
                default_rate=rate,
                checkpoints=Path(checkpoints) if checkpoints else None,
                sign_in=lambda _office: self._session,
                stopped_by=lambda starter: self._stopped_by if stop_asked.is_set() else starter,
            ) as station:
                self._written = folder
                self._station = station
                if not stop_asked.is_set():
                    station.start()
                    station.wait()
        except Refused as refused:
            self._refuse(str(refused))
        except tuple(_FAULT_IN) as error:
            where = next(name for kind, name in _FAULT_IN.items() if isinstance(error, kind))
            self._fail(where, str(error))
        except Exception as error:
            log.exception("the station failed")
            self._fail("engine", f"The station failed unexpectedly: {error}.")
        finally:
            self._written = None

    def _fail(self, where: str, detail: str) -> None:
        """Show why there is no station, unless it has said so itself."""
        station = self._station
        if station is None or station.status.state is not StationState.FAULT:
            self._station = None
            self._idle = idle_status(StationState.FAULT, detail, where)

    def _refuse(self, why: str) -> None:
        """Nothing is wrong with the line; somebody may not start it."""
        self._station = None
        self._idle = idle_status(StationState.STOPPED, why, RIGHTS)

    def _look(self, number: int) -> None:
        """Where looks follow each other fast, only the last one is made."""
        with self._looking:
            if number != self._looks:
                return
            settings = self._settings
            own = choices.recipes_in(settings.recipes) if settings.recipes else ()
            self._recipes = choices.told_apart((*choices.shipped_recipes(), *own))
            found = self._list_devices()
            self._cameras = choices.cameras(settings, found)
            if number == self._looks:
                self._devices = found

    def _list_devices(self) -> tuple[CameraInfo, ...]:
        try:
            return tuple(list_cameras(tuple(map(str, self._settings.producers))))
        except CameraError as error:
            log.warning("cameras could not be listed: %s", error)
        except Exception:
            if not self._is_closed:  # at the program's end a look-up is cut off where it stands
                log.exception("cameras could not be listed")
        return ()


def _appended(folder: Path, entries: Sequence[Entry]) -> Receipt:
    store = RecordStore.beside(folder)
    try:
        return store.append(entries)[-1]
    finally:
        store.close()
