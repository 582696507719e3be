"""Draws a sheet of pictures with outlines: what a network got wrong, or what it is trained on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from training_cli.datasets.sample import Sample

Pixels = NDArray[np.uint8]

WIDTH = 1890
BOX = (200, 160)
"""Width and height within which a picture is shown."""
WIDE, STACKED = 3.0, 606
"""Pictures this much wider than high stand one below the other, so many pixels wide."""
GAP, BETWEEN, CAPTION = 18, 3, 38
_COLOURS = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (204, 121, 167),
    (213, 94, 0),
)
"""Okabe and Ito's, which differ for all eyes; one a class."""
_MARGIN = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
_INK, _QUIET, _WRONG, _PAPER = (25, 25, 25), (110, 110, 110), (190, 30, 20), (255, 255, 255)


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One picture.

    Attributes:
        pixels: uint8 (height, width), or (height, width, 3), RGB.
        masks: bool (classes, height, width), to be outlined; None for none.
    """

    pixels: Pixels
    masks: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Pictures that belong together.

    Attributes:
        panels: All of one size, as many in every case of a sheet.
        title, note: What stands above them, one below the other.
        is_wrong: The title stands out.
        aspect: Width by height of the part itself, which networks see stretched.
    """

    panels: tuple[Panel, ...]
    title: str
    note: str = ""
    is_wrong: bool = False
    aspect: float = 1.0


def draw_sheet(
    cases: Sequence[Case], heading: str, lines: Sequence[str], classes: Sequence[str]
) -> Pixels:
    """Heading, lines, the colours of the classes, and the cases, as many in a row as fit.

    Returns:
        uint8 (height, width, 3), RGB; the heading alone where there are no cases.
    """
    rows: list[list[Pixels]] = []
    left = WIDTH
    for cell in map(_cell, cases):
        if left + cell.shape[1] + GAP > WIDTH:
            rows.append([])
            left = GAP
        rows[-1].append(cell)
        left += cell.shape[1] + GAP
    return np.vstack([_header(heading, lines, classes), *map(_row, rows)])


def aspect_of(sample: Sample, pixels: NDArray[np.uint8]) -> float:
    """Width by height of the photograph; of the pixels that the network sees if it has gone."""
    if not sample.image.is_file():
        return float(pixels.shape[1] / pixels.shape[0])
    with Image.open(sample.image) as photograph:
        return float(photograph.width / photograph.height)


def _row(cells: Sequence[Pixels]) -> Pixels:
    row = np.full((max(cell.shape[0] for cell in cells) + GAP, WIDTH, 3), 255, np.uint8)
    left = GAP
    for cell in cells:
        row[: cell.shape[0], left : left + cell.shape[1]] = cell
        left += cell.shape[1] + GAP
    return row


def _cell(case: Case) -> Pixels:
    is_wide = case.aspect >= WIDE
    width = STACKED if is_wide else min(BOX[0], BOX[1] * case.aspect)
    size = max(8, round(width)), max(8, round(width / case.aspect))
    pictures = [_picture(panel, size) for panel in case.panels]
    bar = np.full((BETWEEN, size[0], 3) if is_wide else (size[1], BETWEEN, 3), 255, np.uint8)
    parts = [part for picture in pictures for part in (bar, picture)][1:]
    body = np.concatenate(parts, axis=0 if is_wide else 1)
    caption = _caption(case, body.shape[1])
    missing = caption.shape[1] - body.shape[1]
    body = np.pad(body, ((0, 0), (0, missing), (0, 0)), constant_values=255)
    return np.vstack([caption, body])


def _picture(panel: Panel, size: tuple[int, int]) -> Pixels:
    shrinks = size[0] < panel.pixels.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    resized = cv2.resize(panel.pixels, size, interpolation=how)
    is_grey = resized.ndim == 2
    picture = np.asarray(
        cv2.cvtColor(resized, cv2.COLOR_GRAY2RGB) if is_grey else resized, np.uint8
    )
    for i, mask in enumerate(() if panel.masks is None else panel.masks):
        _outline(picture, mask, _COLOURS[i % len(_COLOURS)])
    return picture


def _outline(picture: Pixels, mask: NDArray[np.bool_], colour: tuple[int, int, int]) -> None:
    """Around the mask, so that a small defect is still to be seen inside."""
    size = picture.shape[1], picture.shape[0]
    full = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
    around = cv2.dilate((full > 0.25).astype(np.uint8), _MARGIN)
    contours, _ = cv2.findContours(around, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(picture, contours, -1, colour, 2, cv2.LINE_AA)


def _caption(case: Case, width: int) -> Pixels:
    font = ImageFont.load_default(14)
    needed = max(width, *(math.ceil(font.getlength(text)) for text in (case.title, case.note)))
    image = Image.new("RGB", (needed, CAPTION), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((0, 0), case.title, _WRONG if case.is_wrong else _INK, font)
    draw.text((0, 17), case.note, _QUIET, font)
    return np.asarray(image, np.uint8)


def _header(heading: str, lines: Sequence[str], classes: Sequence[str]) -> Pixels:
    image = Image.new("RGB", (WIDTH, 98 + 22 * len(lines)), _PAPER)
    draw = ImageDraw.Draw(image)
    small = ImageFont.load_default(16)
    draw.text((GAP, GAP), heading, _INK, ImageFont.load_default(26))
    y = GAP + 40
    for line in lines:
        draw.text((GAP, y), line, _QUIET, small)
        y += 22
    x, y = float(GAP), y + 6
    for i, name in enumerate(classes):
        draw.rectangle((x, y + 5, x + 14, y + 15), outline=_COLOURS[i % len(_COLOURS)], width=3)
        draw.text((x + 20, y), name, _INK, small)
        x += 44 + draw.textlength(name, small)
    return np.asarray(image, np.uint8)
