"""`inspector models` and `inspector recipes`: what is there, with what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

import resources
from engines.errors import ModelError
from engines.runtime import open_model
from inspector_gui.cli.console import output
from inspector_gui.cli.errors import BAD_INPUT, fail
from inspector_gui.inspection import recipe as recipes
from inspector_gui.inspection.opening import load_engine
from inspector_gui.inspection.recipe_parts import RecipeError

Folder = Annotated[
    Path | None, typer.Argument(help="Folder to look in; those that ship if not given.")
]


def models(folder: Folder = None) -> None:
    """List the models, each opened and self-tested on this computer."""
    table = _table("Model")
    for path in _files(folder, "models", "*.onnx"):
        try:
            model = open_model(path)
        except ModelError as error:
            table.add_row(path.name, "refused", str(error))
        else:
            card = model.card
            about = [
                f"{card.title} ({card.engine}, version {card.version})",
                ", ".join(card.labels),
                *filter(None, [card.intended_use]),
                *card.limits,
                model.sha256,
            ]
            table.add_row(path.name, "ok", "\n".join(about))
    output.print(table)


def list_recipes(folder: Folder = None) -> None:
    """List the recipes, each with its model opened."""
    table = _table("Recipe")
    for path in _files(folder, "recipes", "*.toml"):
        try:
            recipe = recipes.load(path)
            load_engine(recipe, path)
        except (RecipeError, ModelError) as error:
            table.add_row(path.stem, "refused", str(error))
        else:
            about = f"{recipe.product}, revision {recipe.revision}"
            table.add_row(path.stem, "ok", f"{about}\n{recipe.camera.source}, {recipe.model.file}")
    output.print(table)


def _table(name: str) -> Table:
    return Table(Column(name, no_wrap=True), "State", Column("About", overflow="fold"))


def _files(folder: Path | None, shipped: str, pattern: str) -> list[Path]:
    if folder is not None and not folder.is_dir():
        fail(f"There is no folder {folder}.", BAD_INPUT)
    return sorted((folder or resources.FOLDER / shipped).glob(pattern))
