"""What there is to choose from: recipes, and the cameras to run them on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import resources
from inspector_gui.acquisition.sources import CameraInfo
from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.recipe_parts import RecipeError
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


def cameras(settings: Settings, devices: Iterable[CameraInfo]) -> tuple[CameraChoice, ...]:
    """The simulated line, folders of pictures and GenTL cameras."""
    found = (CameraChoice(c.spec, f"{c.model} ({c.spec})", c.problem) for c in devices if c.spec)
    return (SIMULATED, *map(_folder_camera, settings.image_folders), *found)


def _folder_camera(folder: Path) -> CameraChoice:
    problem = "" if folder.is_dir() else f"The folder {folder} is not there; connect its disk."
    return CameraChoice(f"folder:{folder}", folder.name or str(folder), problem)


def _recipe(path: Path, key: str) -> RecipeChoice:
    try:
        recipe = recipes.load(path)
    except RecipeError as error:
        return RecipeChoice(key, path.stem, 0, problem=str(error))
    return RecipeChoice(key, recipe.name, recipe.revision, recipe.product)
