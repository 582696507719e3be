"""Puts a station together from what a user names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import platformdirs

from engines.catalog import open_engine
from engines.engine import Engine
from engines.runtime import read_card
from inspector_gui.acquisition.camera import CameraError
from inspector_gui.acquisition.sources import open_camera
from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.beginning import begin, checkpointed
from inspector_gui.inspection.clock import event
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.inspection.recipe import Recipe
from inspector_gui.inspection.recipe_parts import RecipeError
from inspector_gui.inspection.station import Station
from inspector_gui.records.accounts import Session
from inspector_gui.records.errors import RecordsError
from inspector_gui.records.images import ImageStore
from inspector_gui.records.office import Office
from inspector_gui.records.permissions import Action
from inspector_gui.records.store import RecordStore

SIMULATED = "simulated"


def default_records() -> Path:
    """Where the record is kept unless the user says otherwise."""
    return platformdirs.user_data_path("line-inspector") / "records"


def load_engine(recipe: Recipe, file: Path) -> Engine:
    """Open a recipe's model as the recipe was released.

    Raises:
        ModelError: The model is refused.
        RecipeError: The recipe does not fit the model.
    """
    path = recipes.model_path(recipe, file)
    card, _ = read_card(path)
    if card.engine != recipe.engine:
        raise RecipeError(
            f"Recipe {file}: engine: is {recipe.engine!r}, but the model is for {card.engine!r}."
        )
    try:
        engine = open_engine(
            path,
            sha256=recipe.model.sha256,
            provider=recipe.provider,
            regions=recipe.regions_for(card),
            view=recipe.view,
            chips=recipe.chips,
        )
    except RecipeError as error:
        raise RecipeError(f"Recipe {file}: {error}") from None
    except ValueError as error:
        key = "board" if recipe.chips else "regions"
        raise RecipeError(f"Recipe {file}: {key}: {error}.") from error
    if engine.frames_per_part not in (None, recipe.frames_per_part):
        raise RecipeError(
            f"Recipe {file}: frames_per_part: the engine takes {engine.frames_per_part}, "
            f"found {recipe.frames_per_part}."
        )
    return engine


@contextmanager
def open_station(
    recipe_name: str,
    *,
    camera: str | None = None,
    producers: tuple[str, ...] = (),
    records: Path | None = None,
    frame_rate: float | None = None,
    default_rate: float | None = None,
    parts: int | None = None,
    on_inspection: Callable[[Inspection], None] | None = None,
    sign_in: Callable[[Office], Session | None] = lambda _office: None,
    stopped_by: Callable[[Session | None], Session | None] = lambda starter: starter,
    lot: str = "",
    checkpoints: Path | None = None,
) -> Iterator[Station]:
    """Open recipe, engine, camera and record; stop and close them at the end.

    Where the record has accounts, who signs in must be allowed to run the line; see `RIGHTS.md`.

    Args:
        recipe_name: A recipe's file, or the name of one that ships.
        camera: As `open_camera` takes it; None for the recipe's own, as is `simulated` where the
            recipe's is a simulated line, so that a model sees parts of its product.
        producers: The station's GenTL producers, which come after the recipe's.
        records: The record's folder; None for the default one.
        frame_rate: Instead of the recipe's.
        default_rate: Where neither of them says one.
        parts, on_inspection: See `Station`.
        sign_in: Says who starts the line; called once the record is open.
        stopped_by: Says who has stopped the line; called at its end with who started it.
        lot: One that is open; by default the one that is, or else a demonstration's.
        checkpoints: A folder, elsewhere, for signed checkpoints of the record.

    Raises:
        RecipeError, ModelError, CameraError, RecordsError: With one sentence for the user.
    """
    file = recipes.find(recipe_name)
    recipe = recipes.load(file)
    engine = load_engine(recipe, file)
    beside = file.resolve().parent
    settings = recipe.camera_settings()
    own = tuple(str(beside / p) for p in settings.producers)
    settings = replace(settings, producers=own + producers)
    rate = frame_rate or settings.frame_rate or default_rate
    settings = replace(settings, frame_rate=rate)
    folder = records or default_records()
    if camera == SIMULATED and recipe.camera.source.partition(":")[0] == SIMULATED:
        camera = None
    with closing(RecordStore.open(folder)) as store:
        office = Office(folder, lambda entries: store.append(entries)[-1])
        session = sign_in(office)
        lot = begin(office, session, recipe, camera or recipe.camera.source, lot)
        with checkpointed(office, checkpoints, session):
            try:
                source = (
                    open_camera(camera, settings)
                    if camera
                    else open_camera(recipe.camera.source, settings, beside)
                )
            except CameraError as error:
                store.append([event("camera_not_opened", str(error), {"lot": lot})])
                raise
            station = Station(
                recipe,
                source,
                engine,
                store,
                ImageStore(folder),
                lot=lot,
                parts=parts,
                on_inspection=on_inspection,
            )
            try:
                yield station
            finally:
                station.stop()
                source.close()
                with suppress(RecordsError):  # the station has said that it could not be written
                    office.permit(Action.STOP_LINE, stopped_by(session), lot)
