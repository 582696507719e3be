"""Under which lot a line may run, and the checkpoints that are taken of it meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from inspector_gui.inspection.recipe import Recipe
from inspector_gui.records.accounts import Session
from inspector_gui.records.checkpoints import write_checkpoint
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.lots import LotRecord, lot_named, lots_of, released_recipe
from inspector_gui.records.office import Office
from inspector_gui.records.permissions import PERMISSIONS, Action, Role
from inspector_gui.records.reader import RecordReader

log = logging.getLogger(__name__)

SIMULATED = "simulated"
CHECKPOINT_EVERY_S = 600.0


def begin(office: Office, session: Session | None, recipe: Recipe, camera: str, lot: str) -> str:
    """Check that a line may be started, and write it on the trail; the name of its lot.

    A record without accounts has no lots that are opened: each start is one of its own. So is a
    demonstration, which is a simulated line that nobody opened a lot for.

    Raises:
        Refused: It may not be started.
        RecordsError: There is no such lot, it is closed, or it is another recipe's.
    """
    with office.acting():  # or the lot could be closed before it is written that a line runs on it
        return _begun(office, session, recipe, camera, lot)


def _begun(office: Office, session: Session | None, recipe: Recipe, camera: str, lot: str) -> str:
    role = office.actor(session).role
    opened = _opened(office, lot, role)
    if opened is not None:
        _check_fits(office, opened, recipe)
    name = opened.name if opened else f"{recipe.name}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    is_simulated = camera.partition(":")[0] == SIMULATED
    action = Action.RUN_DEMONSTRATION if opened is None and is_simulated else Action.RUN_LINE
    if action is Action.RUN_LINE and opened is None and role is not Role.DEMONSTRATION:
        office.check(action, session, name)
        raise RecordsError("No lot is open: open one with `inspector lots open`.")
    new = {"recipe": recipe.name, "recipe_revision": recipe.revision, "camera": camera}
    office.permit(action, session, name, new=new)
    return name


def _opened(office: Office, lot: str, role: Role) -> LotRecord | None:
    """The lot that was named, or else the one that is open for who may run it."""
    if lot:
        named = lot_named(office, lot)
        if not named.is_open:
            raise RecordsError(f"Lot {lot} is closed and takes no more parts: open another one.")
        return named
    if role is Role.DEMONSTRATION or role not in PERMISSIONS[Action.RUN_LINE]:
        return None
    with RecordReader(office.folder) as reader:
        return next((found for found in lots_of(reader) if found.is_open), None)


def _check_fits(office: Office, lot: LotRecord, recipe: Recipe) -> None:
    if (lot.recipe, lot.recipe_revision) != (recipe.name, recipe.revision):
        raise RecordsError(
            f"Lot {lot.name} is open with recipe {lot.recipe}, revision {lot.recipe_revision}: "
            f"close it, then open one with {recipe.name}, revision {recipe.revision}."
        )
    if released_recipe(office, recipe.name) != recipe.content:
        raise RecordsError(
            f"Recipe {recipe.name} has changed since lot {lot.name} was opened: "
            "give it a new revision, close the lot, then open one with it."
        )


@contextmanager
def checkpointed(office: Office, folder: Path | None, session: Session | None) -> Iterator[None]:
    """Take a checkpoint now, at the end, and every ten minutes in between.

    Raises:
        RecordsError: The first one cannot be written. What fails later is logged: verdicts do not
            depend on it, and the next one proves as much.
    """
    if folder is None:
        yield
        return
    write_checkpoint(office, folder, session)
    ended = threading.Event()

    def take() -> None:
        try:
            write_checkpoint(office, folder, session)
        except RecordsError as error:
            log.warning("%s", error)

    def keep_taking() -> None:
        while not ended.wait(CHECKPOINT_EVERY_S):
            take()

    thread = threading.Thread(target=keep_taking, name="checkpoints", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        take()
