"""The tables of a recipe's file: camera, model, places to look at, images, review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

from engines.card import Probability, Threshold
from engines.chip_localizer import Chip, Tolerances, is_rectangle
from engines.engine import Region, View
from inspector_gui.acquisition.camera import Trigger

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Fraction = Annotated[float, Field(ge=0.0, le=1.0)]
Positive = Annotated[float, Field(gt=0.0, allow_inf_nan=False)]
Corner = tuple[FiniteFloat, FiniteFloat]


class RecipeError(Exception):
    """A recipe cannot be used. The text names file, key and reason in one sentence."""


class Part(BaseModel):
    """A table of the file; a key that is not listed is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CameraPart(Part):
    """What the recipe asks of the camera; SFNC names are used as the standard spells them."""

    source: str = "simulated"
    trigger: Trigger = Trigger.FREE_RUN
    trigger_source: str = "Line0"
    features: dict[str, bool | int | float | str] = {}
    producers: tuple[str, ...] = ()
    frame_rate: Annotated[float, Field(gt=0, le=10_000)] | None = None


class ModelPart(Part):
    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    provider: Literal["cpu", "cuda"] = "cpu"


class Limit(Part):
    """Overrides of one class's threshold; what is not given stays as the model card has it."""

    score: Probability | None = None
    min_area_px: int | None = Field(default=None, ge=1)

    def over(self, base: Threshold) -> Threshold:
        return base.model_copy(update=self.model_dump(exclude_none=True))


class RegionPart(Part):
    name: Name
    x: Fraction = 0.0
    y: Fraction = 0.0
    width: Fraction = 1.0
    height: Fraction = 1.0
    thresholds: dict[str, Limit] = {}

    @model_validator(mode="after")
    def _inside(self) -> RegionPart:
        if self.width == 0 or self.height == 0 or self.x + self.width > 1 + 1e-9:
            raise ValueError("the region must have an area and lie inside the frame")
        if self.y + self.height > 1 + 1e-9:
            raise ValueError("the region must have an area and lie inside the frame")
        return self


class StripRegion(Part):
    """A band of every vial, named as the model's label."""

    name: str = Field(min_length=1)
    top: int = Field(ge=0)
    height: int = Field(ge=1)


class StripPart(Part):
    """Where the patches of a strip of vials lie, in pixels of a frame; all vials have one width.

    Attributes:
        frames: Numbers of the frames that are looked at, from 0, of `frames_per_part`.
        frame_width, frame_height: Of every frame; any other one is undecided.
        vials: How many, from left to right.
        left, width: Of the first vial's patches.
        pitch: From one vial's left side to the next one's.
        heatmap: On the scale of the threshold, or stretched from least to most in each patch.
    """

    frames: tuple[Annotated[int, Field(ge=0)], ...] = Field(min_length=1)
    frame_width: int = Field(ge=1)
    frame_height: int = Field(ge=1)
    vials: int = Field(ge=1, le=64)
    left: int = Field(default=0, ge=0)
    width: int = Field(ge=1)
    pitch: int = Field(ge=1)
    regions: tuple[StripRegion, ...] = Field(min_length=1)
    heatmap: Literal["threshold", "min-max"] = "threshold"

    @model_validator(mode="after")
    def _inside(self) -> StripPart:
        if self.left + (self.vials - 1) * self.pitch + self.width > self.frame_width:
            raise ValueError("the vials must lie inside the frame's width")
        if any(r.top + r.height > self.frame_height for r in self.regions):
            raise ValueError("the regions must lie inside the frame's height")
        if len({r.name for r in self.regions}) < len(self.regions):
            raise ValueError("two regions have the same name")
        if sorted(set(self.frames)) != [*self.frames]:
            raise ValueError("the frames must be rising numbers")
        return self

    @property
    def view(self) -> View:
        size = self.frame_height, self.frame_width
        return View(self.frames, size, is_min_max=self.heatmap == "min-max")

    def regions_with(self, thresholds: Mapping[str, Threshold]) -> list[Region]:
        """A region for each band of each vial, with the threshold of its label alone.

        Raises:
            RecipeError: The model knows no such label.
        """
        check_known("strip.regions", [region.name for region in self.regions], thresholds)
        return [
            Region(
                f"vial-{vial + 1}",
                {band.name: thresholds[band.name]},
                (self.left + vial * self.pitch) / self.frame_width,
                band.top / self.frame_height,
                self.width / self.frame_width,
                band.height / self.frame_height,
            )
            for vial in range(self.vials)
            for band in self.regions
        ]


class ChipPart(Part):
    """A chip: where it belongs, how far off it may lie, and where to look for it.

    Attributes:
        corners: Upper left, upper right, lower left, lower right of its body where it belongs, x
            and y in pixels of the frame, 0 at the middle of the first one.
        max_displacement: Of its centre, in the board's unit.
        max_rotation_deg: Either way.
        max_side_error: Between a side or diagonal and what it should be, in the board's unit.
        x, y, width, height: What of the frame the model is shown, in pixels: the chip and as much
            around it as in the pictures that the model learned from.
    """

    name: Name
    corners: tuple[Corner, Corner, Corner, Corner]
    max_displacement: Positive
    max_rotation_deg: Annotated[float, Field(gt=0.0, le=45.0)]
    max_side_error: Positive
    x: int = Field(ge=0)
    y: int = Field(ge=0)
    width: int = Field(ge=1)
    height: int = Field(ge=1)

    @model_validator(mode="after")
    def _is_a_rectangle(self) -> ChipPart:
        if not is_rectangle(self.corners):
            raise ValueError(
                "corners must be those of a rectangle: upper left, upper right, lower left, "
                "lower right"
            )
        if any(
            not (self.x <= x < self.x + self.width and self.y <= y < self.y + self.height)
            for x, y in self.corners
        ):
            raise ValueError("the corners must lie inside of what the model is shown")
        return self


class BoardPart(Part):
    """Chips of a board that a localizer judges; lengths are in pixels, or in millimetres.

    Attributes:
        frame_width, frame_height: Of every frame, in pixels; any other one is undecided.
        px_per_mm: Pixels for a millimetre; tolerances are then in millimetres, else in pixels.
    """

    frame_width: int = Field(ge=1)
    frame_height: int = Field(ge=1)
    px_per_mm: Positive | None = None
    chips: tuple[ChipPart, ...] = Field(min_length=1, max_length=64)

    @model_validator(mode="after")
    def _inside(self) -> BoardPart:
        if len({chip.name for chip in self.chips}) < len(self.chips):
            raise ValueError("two chips have the same name")
        for chip in self.chips:
            if chip.x + chip.width > self.frame_width or chip.y + chip.height > self.frame_height:
                raise ValueError(
                    f"what the model is shown of chip {chip.name!r} must lie inside the frame"
                )
        return self

    @property
    def view(self) -> View:
        return View(size=(self.frame_height, self.frame_width))

    @property
    def places(self) -> tuple[Chip, ...]:
        """What the engine looks for, in pixels."""
        unit = self.px_per_mm or 1.0
        return tuple(
            Chip(
                part.name,
                part.corners,
                Tolerances(
                    part.max_displacement * unit,
                    part.max_rotation_deg,
                    part.max_side_error * unit,
                ),
                part.x,
                part.y,
                part.width,
                part.height,
            )
            for part in self.chips
        )


class ImagesPart(Part):
    """What images to keep. Rejects and undecided parts are always kept."""

    keep_pass_every: int = Field(default=100, ge=0, description="every n-th pass; 0 for none")


class ReviewPart(Part):
    """What the recipe asks of people who review its parts."""

    reasons: tuple[Code, ...] = Field(default=(), description="codes instead of the built-in ones")
    second_person: bool = Field(
        default=False, description="two people must agree on a part before its lot can be signed"
    )
    max_overruled: int | None = Field(
        default=None, ge=0, description="parts of a lot; one more is an alarm"
    )


def limited(
    base: Mapping[str, Threshold], limits: Mapping[str, Limit], key: str
) -> dict[str, Threshold]:
    """Thresholds with those that the recipe overrides; `key` is where it does.

    Raises:
        RecipeError: The model knows no such label.
    """
    check_known(key, limits, base)
    return {
        label: limits[label].over(threshold) if label in limits else threshold
        for label, threshold in base.items()
    }


def check_known(key: str, labels: Iterable[str], known: Iterable[str]) -> None:
    if unknown := sorted(set(labels) - set(known)):
        raise RecipeError(
            f"{key}: the model knows no label {unknown[0]!r}, only {', '.join(sorted(known))}."
        )
