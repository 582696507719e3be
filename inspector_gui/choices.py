"""What there is to choose from: recipes, and the cameras to run them on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import resources
from inspector_gui.acquisition.sources import list_cameras
from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.recipe import RecipeError
from inspector_gui.settings import Settings
from inspector_gui.views.controller import CameraChoice, RecipeChoice

SIMULATED = CameraChoice("simulated", "simulated")


def shipped_recipes() -> tuple[RecipeChoice, ...]:
    """Those that come with the station; their keys are their names."""
    files = sorted((resources.FOLDER / "recipes").glob("*.toml"))
    return tuple(_recipe(path, key=path.stem) for path in files)


def recipes_in(folder: Path) -> tuple[RecipeChoice, ...]:
    """The recipes of a folder, by their paths; where it cannot be read, one that says so."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        problem = (
            f"The recipes folder {folder} cannot be read ({error.strerror}); "
            "name another one in the settings."
        )
        return (RecipeChoice(str(folder), folder.name, 0, problem=problem),)
    return tuple(_recipe(path, key=str(path)) for path in files)


def told_apart(choices: Iterable[RecipeChoice]) -> tuple[RecipeChoice, ...]:
    """The same, but of those with one name, the ones from a folder carry the folder's."""
    choices = tuple(choices)
    names = Counter(choice.name for choice in choices)
    return tuple(
        replace(choice, name=f"{choice.name} ({Path(choice.key).parent.name})")
        if names[choice.name] > 1 and Path(choice.key).is_absolute()
        else choice
        for choice in choices
    )


def cameras(settings: Settings) -> tuple[CameraChoice, ...]:
    """Every camera that can be seen now; takes seconds, as producers are loaded.

    Raises:
        CameraError: The cameras cannot be listed.
    """
    found = list_cameras(tuple(map(str, settings.producers)))
    devices = (CameraChoice(c.spec, f"{c.model} ({c.spec})", c.problem) for c in found if c.spec)
    return (SIMULATED, *folder_cameras(settings), *devices)


def folder_cameras(settings: Settings) -> Iterator[CameraChoice]:
    for folder in settings.image_folders:
        problem = "" if folder.is_dir() else f"The folder {folder} is not there; connect its disk."
        yield CameraChoice(f"folder:{folder}", folder.name or str(folder), problem)


def _recipe(path: Path, key: str) -> RecipeChoice:
    try:
        recipe = recipes.load(path)
    except RecipeError as error:
        return RecipeChoice(key, path.stem, 0, problem=str(error))
    return RecipeChoice(key, recipe.name, recipe.revision, recipe.product)
