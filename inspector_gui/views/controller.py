"""The seam between the views and the station."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engines.verdict import Decision
from inspector_gui.acquisition.camera import CameraState, CameraStatus
from inspector_gui.acquisition.sources import CameraInfo
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.status import StationState, StationStatus
from inspector_gui.records.accounts import Session
from inspector_gui.records.entries import DispositionEntry, Receipt
from inspector_gui.records.office import Office

RIGHTS = "rights"
"""Instead of a line of the health, in `StationStatus.fault_in`: it may not be started."""


@dataclass(frozen=True, slots=True)
class RecipeChoice:
    """A recipe that can be chosen.

    Attributes:
        key: What `Controller.select` takes.
        problem: Why it cannot be used, one sentence; "" if it can.
    """

    key: str
    name: str
    revision: int
    product: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """A camera that can be chosen: its spec as `open_camera` takes it, and its name for people."""

    key: str
    name: str
    problem: str = ""


class Controller(Protocol):
    """What the views ask of the station.

    Every method is called from the thread of the event loop and returns at once: listing devices,
    opening models, starting and stopping are done in threads of the controller's own.
    """

    def recipes(self) -> Sequence[RecipeChoice]:
        """What is known by now; an equal answer means that nothing has changed."""
        ...

    def cameras(self) -> Sequence[CameraChoice]:
        """What is known by now; an equal answer means that nothing has changed."""
        ...

    def devices(self) -> Sequence[CameraInfo] | None:
        """GenTL cameras, and producers that fail; None while they are being looked for."""
        ...

    def refresh(self) -> None:
        """Look anew for recipes, cameras and devices."""
        ...

    def selected(self) -> tuple[str, str]:
        """Keys of the chosen recipe and camera; "" where none is chosen."""
        ...

    def select(self, recipe: str, camera: str) -> None:
        """Choose for the next start; a line that runs goes on with what it has."""
        ...

    def start(self) -> None:
        """Begin a lot; from now on `status` says `STARTING`, in the end `RUNNING` or `FAULT`."""
        ...

    def stop(self) -> None:
        """End the lot; from now on `status` says `STOPPING`, and in the end `STOPPED`."""
        ...

    def status(self) -> StationStatus:
        """Of the station, or `idle_status` where there is none yet."""
        ...

    def latest(self) -> Inspection | None:
        """What the running station handed out last; None after every start until the first part."""
        ...

    def trend(self) -> Sequence[tuple[Decision, float | None]]:
        """Decision and score as a multiple of the threshold of the last parts, oldest first."""
        ...

    def rejects(self) -> Sequence[Inspection]:
        """The last parts that did not pass, oldest first."""
        ...

    def records(self) -> Path:
        """Folder of the record that the station writes to, or would; it may not exist yet."""
        ...

    @property
    def session(self) -> Session | None:
        """Who is signed in at the window; None for nobody. The line runs on when it changes."""
        ...

    @session.setter
    def session(self, session: Session | None) -> None: ...

    def office(self, folder: Path) -> Office:
        """The office of a record, whether the line runs or not; the same one for every caller.

        It may be asked from any thread. Its acts wait until they are committed, so a view calls
        them in the background.
        """
        ...

    def dispose(self, folder: Path, entry: DispositionEntry, session: Session | None) -> Receipt:
        """Write what a person decided into a record; whether the line runs does not matter.

        Unlike the others it may be called from any thread, and waits until it is committed.

        Args:
            session: Who was signed in when it was decided.

        Raises:
            RecordsError: It is not written.
        """
        ...


def idle_status(
    state: StationState = StationState.STOPPED, detail: str = "", fault_in: str = ""
) -> StationStatus:
    """The status while there is no station, or why one could not be opened."""
    return StationStatus(
        state=state,
        detail=detail,
        fault_in=fault_in,
        lot="",
        recipe="",
        recipe_revision=0,
        camera_name="",
        model="",
        provider="",
        camera=CameraStatus(CameraState.CLOSED),
    )
