"""What an expert drew on good pictures: where a defect may lie, and what it looks like in words.

A JSON file:

    {
      "format": "inspector-guidance", "version": 1, "aligned": false,
      "pictures": [
        {
          "picture": "train/good/000000.png", "width": 224, "height": 632,
          "regions": [
            {"label": "scratch", "polygon": [[20, 30], [90, 30], [60, 200]],
             "description": "copper metal scratches", "negative": "smooth, plain"},
            {"box": {"x": 100, "y": 300, "width": 50, "height": 80}}
          ]
        }
      ]
    }

`picture` is the path inside the data set. A region is a polygon of points (x, y) or a box, in
pixels of the picture, origin at the top left; `label`, `description` and `negative` may be missing.
With `aligned`, parts lie alike in every picture, and regions hold for all good pictures of that
size; without, for the picture that they were drawn on.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import cv2
import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from training_cli.augmentation.region import Region
from training_cli.datasets.mvtec import GOOD
from training_cli.datasets.sample import FREE
from training_cli.errors import UserError
from training_cli.qualification.rows import fault_of, read_text

MOST = 20_000
"""Pixels along a side."""
Coordinate = Annotated[float, Field(ge=-MOST, le=MOST)]


def checked_label(label: str) -> str:
    """A class of defects, which names a folder.

    Raises:
        ValueError: It is that of good parts, or no name of a folder.
    """
    if label in (GOOD, FREE) or not re.fullmatch(r"\w[\w .-]*", label):
        raise ValueError(f"{label!r} is no class of defects: use letters, digits, space, . and -")
    return label


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class DrawnBox(_Strict):
    """An upright rectangle; every pixel from x to x + width - 1 belongs to it."""

    x: int = Field(ge=0, le=MOST)
    y: int = Field(ge=0, le=MOST)
    width: int = Field(ge=1, le=MOST)
    height: int = Field(ge=1, le=MOST)


class DrawnRegion(_Strict):
    """A place for defects.

    Attributes:
        label: Class of the defects that occur here; None means any.
        description: How they look, in words: a prompt.
        negative: What they do not look like.
    """

    label: Annotated[str, AfterValidator(checked_label)] | None = None
    polygon: tuple[tuple[Coordinate, Coordinate], ...] | None = Field(default=None, min_length=3)
    box: DrawnBox | None = None
    description: str = ""
    negative: str = ""

    @model_validator(mode="after")
    def _has_one_form(self) -> DrawnRegion:
        if (self.polygon is None) == (self.box is None):
            raise ValueError("give either polygon or box")
        return self

    def inside(self, height: int, width: int) -> Region:
        """bool (height, width)."""
        canvas = np.zeros((height, width), np.uint8)
        if self.box is not None:
            box = self.box
            canvas[box.y : box.y + box.height, box.x : box.x + box.width] = 1
        else:
            points = np.round(np.array(self.polygon, np.float64) * 16).astype(np.int32)
            cv2.fillPoly(canvas, [points], 1, shift=4)
        return canvas > 0


class DrawnPicture(_Strict):
    """A good picture with what was drawn on it."""

    picture: str = Field(min_length=1)
    width: int = Field(ge=1, le=MOST)
    height: int = Field(ge=1, le=MOST)
    regions: tuple[DrawnRegion, ...] = Field(min_length=1)


class Guidance(_Strict):
    """The file."""

    format: Literal["inspector-guidance"]
    version: Literal[1]
    aligned: bool = False
    pictures: tuple[DrawnPicture, ...] = Field(min_length=1)

    def regions_of(self, name: str, height: int, width: int) -> tuple[DrawnRegion, ...]:
        """The regions that hold for a picture of the data set.

        Raises:
            UserError: The picture is of another size than the one that was drawn on.
        """
        for drawn in self.pictures:
            if drawn.picture == name and (drawn.height, drawn.width) != (height, width):
                raise UserError(
                    f"{name} is {width}×{height} pixels, and the guidance was drawn on "
                    f"{drawn.width}×{drawn.height}: draw it again on this picture."
                )
        return tuple(
            region
            for drawn in self.pictures
            if drawn.picture == name
            or (self.aligned and (drawn.height, drawn.width) == (height, width))
            for region in drawn.regions
        )


def read_guidance(path: Path) -> Guidance:
    """Read and check a file.

    Raises:
        UserError: It cannot be read, a key is wrong, or a region has no pixel of its picture.
    """
    try:
        guidance = Guidance.model_validate_json(read_text(path))
    except ValidationError as error:
        raise UserError(f"{path}: {fault_of(error)}.") from error
    names = [drawn.picture for drawn in guidance.pictures]
    for number, drawn in enumerate(guidance.pictures):
        if drawn.picture in names[:number]:
            raise UserError(
                f"{path}: pictures.{number}.picture: {drawn.picture} is there twice; put all its "
                "regions in one place."
            )
        for i, region in enumerate(drawn.regions):
            if not region.inside(drawn.height, drawn.width).any():
                raise UserError(
                    f"{path}: pictures.{number}.regions.{i}: lies outside its picture of "
                    f"{drawn.width}×{drawn.height} pixels."
                )
    return guidance
