"""A recipe: everything that decides how a product is inspected, in one TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, model_validator

import resources
from engines.card import ModelCard
from engines.chip_localizer import Chip, ChipLocalizer
from engines.engine import WHOLE, Region, View
from engines.runtime import CPU, CUDA
from inspector_gui.acquisition.camera import CameraSettings
from inspector_gui.inspection.recipe_parts import (
    BoardPart,
    CameraPart,
    ImagesPart,
    Limit,
    ModelPart,
    Name,
    Part,
    RecipeError,
    RegionPart,
    ReviewPart,
    StripPart,
    limited,
)

PROVIDERS = {"cpu": CPU, "cuda": CUDA}


class Recipe(Part):
    """One product's inspection. Changing anything calls for a new revision.

    Attributes:
        engine: The kind of engine; the model's card must name the same.
        frames_per_part: How many consecutive frames make one part.
        thresholds: By label, for every region.
        regions: Where to look; none means the whole frame, as region "part".
        strip: Where a strip of vials has its patches, instead of regions.
        board: Where chips belong, with their tolerances, instead of regions and thresholds.
    """

    name: Name
    revision: int = Field(ge=1)
    product: str = Field(min_length=1)
    engine: str
    frames_per_part: int = Field(default=1, ge=1, le=64)
    camera: CameraPart = CameraPart()
    model: ModelPart
    thresholds: dict[str, Limit] = Field(default={})
    regions: tuple[RegionPart, ...] = ()
    strip: StripPart | None = None
    board: BoardPart | None = None
    images: ImagesPart = ImagesPart()
    review: ReviewPart = ReviewPart()

    @model_validator(mode="after")
    def _regions_have_names(self) -> Recipe:
        names = [region.name for region in self.regions]
        if len(set(names)) != len(names):
            raise ValueError("two regions have the same name")
        return self

    @model_validator(mode="after")
    def _strip_fits(self) -> Recipe:
        if self.strip is None:
            return self
        if self.regions:
            raise ValueError("strip says where to look: leave regions out")
        if self.strip.frames[-1] >= self.frames_per_part:
            raise ValueError(f"strip.frames: a part has the frames 0 to {self.frames_per_part - 1}")
        return self

    @model_validator(mode="after")
    def _board_fits(self) -> Recipe:
        if (self.board is not None) != (self.engine == ChipLocalizer.engine):
            raise ValueError(f"board and engine {ChipLocalizer.engine!r} go together")
        if self.board is not None and (self.regions or self.strip or self.thresholds):
            raise ValueError(
                "board has places and tolerances: leave regions, strip and thresholds out"
            )
        return self

    @property
    def view(self) -> View:
        """What of a part is looked at."""
        part = self.strip or self.board
        return WHOLE if part is None else part.view

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What a localizer looks for."""
        return () if self.board is None else self.board.places

    @property
    def provider(self) -> str:
        """onnxruntime's name of the execution provider."""
        return PROVIDERS[self.model.provider]

    @property
    def content(self) -> dict[str, Any]:
        """What its file says, as JSON; a later version's new keys do not change it."""
        return self.model_dump(mode="json", exclude_unset=True)

    def camera_settings(self) -> CameraSettings:
        camera = self.camera
        return CameraSettings(
            trigger=camera.trigger,
            trigger_source=camera.trigger_source,
            features=camera.features,
            producers=camera.producers,
            frame_rate=camera.frame_rate,
        )

    def regions_for(self, card: ModelCard) -> list[Region]:
        """The regions with their thresholds: the card's, then the recipe's, then the region's.

        Raises:
            RecipeError: A threshold names a label that the model does not know.
        """
        base = limited(card.thresholds, self.thresholds, "thresholds")
        if self.strip is not None:
            return self.strip.regions_with(base)
        if not self.regions:
            return [Region("part", base)]
        return [
            Region(
                region.name,
                limited(base, region.thresholds, f"regions.{region.name}.thresholds"),
                region.x,
                region.y,
                region.width,
                region.height,
            )
            for region in self.regions
        ]


def load(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        RecipeError: With file, key and reason.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RecipeError(f"Recipe {path} cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RecipeError(f"Recipe {path} is not valid TOML: {error}.") from error
    try:
        return Recipe.model_validate(content)
    except ValidationError as error:
        raise RecipeError(f"Recipe {path}: {_first(error)}.") from None


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    key = ".".join(map(str, first["loc"])) or "recipe"
    if first["type"] == "extra_forbidden":
        return f"{key}: there is no such key, check its spelling"
    if first["type"] == "missing":
        return f"{key}: is missing"
    found = "" if isinstance(first["input"], dict) else f" (found {first['input']!r})"
    return f"{key}: {first['msg'].removeprefix('Value error, ')}{found}"


def find(name: str) -> Path:
    """The file of a recipe given by path, or by the name of one that ships.

    Raises:
        RecipeError: There is none.
    """
    path = Path(name)
    if path.suffix == ".toml":
        return path
    shipped = {p.stem: p for p in (resources.FOLDER / "recipes").glob("*.toml")}
    if name in shipped:
        return shipped[name]
    known = ", ".join(sorted(shipped)) or "none"
    raise RecipeError(f"There is no recipe {name!r}: give a .toml file or one of {known}.")


def model_path(recipe: Recipe, recipe_file: Path) -> Path:
    """Where the recipe's model lies: beside the recipe, or among the models that ship."""
    beside = recipe_file.parent / recipe.model.file
    return beside if beside.is_file() else resources.FOLDER / "models" / recipe.model.file
