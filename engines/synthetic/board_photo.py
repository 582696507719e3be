"""Boards made of a photograph: the chip is cut out and put back elsewhere, or left out.

After Saif, Aras and Giuseppi, "Automated optical inspection for printed circuit board assembly
manufacturing with transfer learning and synthetic data generation" (2022), IV-A.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.board_placement import Limits, Placement, place
from engines.synthetic.draws import Draws
from engines.synthetic.part import Corners, RenderedPart, check_request
from engines.synthetic.shapes import Mask, Picture, Points, filled, grown, soften, window

_PLACE, _GRAIN = range(2)
_SMALLEST_SIDE = 8.0
# Filling a larger hole takes long, and shows no more.
_LARGEST_HOLE = 256
_AROUND = 24
_LEAST_ODD = 20.0


@dataclass(frozen=True, slots=True)
class PhotographedBoard:
    """A `Renderer` of parts that look like one photograph; see `board_of_photo`.

    Attributes:
        number: of the photograph.
        pixels: (H, W, 3) uint8 RGB.
        empty: the same without the chip.
        cover: (H, W) float32, how far a pixel belongs to the chip, 0 to 1.
        outline: (4, 2) of what is cut out.
        corners: of the chip on the photograph, in the order of `RenderedPart.corners`.
        limits: of its placement, in pixels of the photograph.
    """

    number: int
    pixels: NDArray[np.uint8]
    empty: NDArray[np.uint8]
    cover: Picture
    outline: Points
    corners: Corners
    limits: Limits

    @property
    def labels(self) -> tuple[str, ...]:
        return "displaced", "rotated", "missing"

    @property
    def frame_count(self) -> int:
        return 1

    def render(
        self,
        seed: int,
        label: str | None,
        presentation: int = 0,
        frames: Sequence[int] | None = None,
    ) -> RenderedPart:
        """See `Renderer.render`; every presentation shows the same picture."""
        chosen = (0,) if frames is None else tuple(frames)
        check_request(self, seed, label, presentation, chosen)
        pixels = self.empty.copy()
        corners: Corners = ()
        if label != "missing":
            placement = place(Draws(seed, _PLACE), label, self.limits)
            corners = self._paste(pixels, placement)
        return RenderedPart(
            (pixels,) * len(chosen),
            ({},) * len(chosen),
            () if label is None else (label,),
            seed,
            presentation,
            corners=corners,
            nominal=self.corners,
            board=self.number,
        )

    def _paste(self, pixels: NDArray[np.uint8], placement: Placement) -> Corners:
        """Put the chip back; where its corners are."""
        corners = np.array(self.corners)
        matrix = _motion(corners.mean(axis=0), placement)
        area = window(pixels.shape, _moved(self.outline, matrix).astype(np.float32), 4)
        local = matrix.copy()
        local[:, 2] -= area[1].start, area[0].start
        patch = pixels[area]
        size = patch.shape[1], patch.shape[0]
        chip = cv2.warpAffine(
            self.pixels, local, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        cover = cv2.warpAffine(self.cover, local, size)[..., None]
        patch[:] = np.rint(patch + cover * (chip.astype(np.float32) - patch)).astype(np.uint8)
        return tuple((float(x), float(y)) for x, y in _moved(corners, matrix))


def board_of_photo(
    pixels: NDArray[np.uint8],
    corners: Corners,
    number: int = 0,
    leads_px: float = 0.0,
    limits: Limits | None = None,
) -> PhotographedBoard:
    """Cut the chip out of a photograph of a good board, and fill the hole.

    Args:
        pixels: (H, W, 3) uint8 RGB.
        corners: of the chip, as `RenderedPart.corners`.
        number: of the photograph, 0 or more.
        leads_px: how far what belongs to the chip reaches over its corners.
        limits: in pixels of the photograph; those of rendered boards if left out, in proportion
            to the smaller side.

    Raises:
        ValueError: the corners are no quadrilateral in that order or not in the picture, or the
            chip could leave the picture.
    """
    limits = limits or limits_of(pixels.shape)
    _check(pixels.shape, corners, leads_px, limits)
    outline = _outline(np.array(corners, np.float32), leads_px)
    cover = soften(filled(pixels.shape[:2], outline), 0.7)
    hole = grown(filled(pixels.shape[:2], outline), 2)
    empty = _emptied(pixels, hole, outline, number)
    return PhotographedBoard(number, pixels, empty, cover, outline, corners, limits)


def limits_of(
    shape: tuple[int, ...],
    largest_shift_px: float | None = None,
    largest_rotation_degrees: float | None = None,
) -> Limits:
    """Those of rendered boards, in proportion to the smaller side of an (H, W) picture.

    Raises:
        ValueError: a largest value is not beyond its tolerance.
    """
    usual, scale = Limits(), min(shape[:2]) / 512
    return Limits(
        scale * usual.tolerance_px,
        usual.tolerance_degrees,
        scale * usual.largest_shift_px if largest_shift_px is None else largest_shift_px,
        usual.largest_rotation_degrees
        if largest_rotation_degrees is None
        else largest_rotation_degrees,
    )


def _motion(middle: NDArray[np.float64], placement: Placement) -> NDArray[np.float64]:
    """(2, 3): turns about the chip's middle, then shifts."""
    cos, sin = math.cos(placement.turn), math.sin(placement.turn)
    turn = np.array([[cos, -sin], [sin, cos]])
    shift = middle - turn @ middle + (placement.right, placement.down)
    return np.column_stack([turn, shift])


def _moved(points: NDArray[np.floating], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(points @ matrix[:, :2].T + matrix[:, 2], np.float64)


def _outline(corners: Points, leads_px: float) -> Points:
    """Around the chip, clockwise, its leads included."""
    right, down = (_unit(corners[end] - corners[0]) for end in (1, 2))
    ways = ((-1, -1), (1, -1), (-1, 1), (1, 1))
    reach = np.array([across * right + along * down for across, along in ways])
    return np.asarray((corners + leads_px * reach)[[0, 1, 3, 2]], np.float32)


def _unit(vector: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(vector / np.hypot(*vector))


def _emptied(
    pixels: NDArray[np.uint8], hole: Mask, outline: Points, number: int
) -> NDArray[np.uint8]:
    """The photograph with the hole filled from its rim, as grainy as the rest."""
    area = window(pixels.shape, outline, _AROUND)
    patch, mask = pixels[area], hole[area]
    scale = min(1.0, _LARGEST_HOLE / max(mask.shape))
    small = (max(1, round(scale * mask.shape[1])), max(1, round(scale * mask.shape[0])))
    shrunk = cv2.resize(patch, small, interpolation=cv2.INTER_AREA)
    missing = cv2.resize(mask.astype(np.uint8), small, interpolation=cv2.INTER_NEAREST)
    missing = cv2.dilate(missing, np.ones((3, 3), np.uint8))
    to_paint = cv2.max(missing, _odd(shrunk, missing == 0))
    painted = cv2.inpaint(shrunk, to_paint, 4, cv2.INPAINT_TELEA)
    smooth = cv2.GaussianBlur(painted, (0, 0), 2.0)
    fill = cv2.resize(smooth, patch.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    noisy = fill + _grain(patch, ~mask) * Draws(number, _GRAIN).normal(*patch.shape)
    empty = pixels.copy()
    empty[area][mask] = np.clip(np.rint(noisy), 0, 255).astype(np.uint8)[mask]
    return empty


def _odd(patch: NDArray[Any], seen: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """1 where the rim shows something else than most of it: pads and print, not to be drawn out."""
    away = np.abs(patch - np.median(patch[seen], axis=0)).max(axis=2)
    limit = max(_LEAST_ODD, 3 * float(np.median(away[seen])))
    odd = (away > limit).astype(np.uint8)
    return np.asarray(cv2.dilate(odd, np.ones((3, 3), np.uint8)), np.uint8)


def _grain(patch: NDArray[np.uint8], seen: Mask) -> float:
    """Standard deviation of the camera's noise, from what a median of 3 by 3 takes away."""
    change = np.abs(patch.astype(np.float32) - cv2.medianBlur(patch, 3))
    return 1.48 * float(np.median(change[seen])) if seen.any() else 0.0


def _check(shape: tuple[int, ...], corners: Corners, leads_px: float, limits: Limits) -> None:
    points = np.array(corners, np.float64)
    if points.shape != (4, 2) or not np.isfinite(points).all():
        raise ValueError("a chip has four corners, each x and y in pixels")
    if leads_px < 0 or not math.isfinite(leads_px):
        raise ValueError(f"leads reach 0 pixels or more over the corners, not {leads_px:g}")
    height, width = shape[:2]
    if (points < 0).any() or (points > (width - 1, height - 1)).any():
        raise ValueError(f"corners lie outside of the picture of {width}×{height} pixels")
    if not _in_order(points):
        raise ValueError(
            "the corners are no quadrilateral from upper left over upper right and lower left to "
            "lower right, turned by less than 45 degrees, with sides of 8 pixels or more"
        )
    if not _stays_inside(points, (width, height), limits):
        raise ValueError(
            f"a shift by {limits.largest_shift_px:g} pixels and a rotation by "
            f"{limits.largest_rotation_degrees:g} degrees take the chip out of the picture; "
            "allow less, or take a picture with more of the board"
        )


def _in_order(points: NDArray[np.float64]) -> bool:
    upper_left, upper_right, lower_left, lower_right = points
    for right in (upper_right - upper_left, lower_right - lower_left):
        if right[0] <= abs(right[1]) or np.hypot(*right) < _SMALLEST_SIDE:
            return False
    for down in (lower_left - upper_left, lower_right - upper_right):
        if down[1] <= abs(down[0]) or np.hypot(*down) < _SMALLEST_SIDE:
            return False
    return cv2.isContourConvex(points[[0, 1, 3, 2]].astype(np.float32))


def _stays_inside(points: NDArray[np.float64], size: tuple[int, int], limits: Limits) -> bool:
    shift, largest = limits.largest_shift_px, math.radians(limits.largest_rotation_degrees)
    for turn in np.linspace(-largest, largest, 25):
        turned = _moved(points, _motion(points.mean(axis=0), Placement(0.0, 0.0, float(turn))))
        if (turned - shift < 0).any() or (turned + shift > (size[0] - 1, size[1] - 1)).any():
            return False
    return True
