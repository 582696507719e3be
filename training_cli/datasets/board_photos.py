"""Photographs of good boards with the chip's corners marked, as a folder holds them.

`corners.json` beside the pictures names each of them, with the chip's corners in pixels, 0 at the
middle of the first one: upper left, upper right, lower left, lower right. `leads_px` says how far
leads reach over the corners, 0 if left out:

    {"board-1.png": {"corners": [[180, 172], [330, 170], [181, 322], [331, 320]], "leads_px": 20}}
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from engines.synthetic.board_photo import PhotographedBoard, board_of_photo, limits_of
from training_cli.errors import UserError

MARKS = "corners.json"
_EXAMPLE = '{"board-1.png": {"corners": [[180, 172], [330, 170], [181, 322], [331, 320]]}}'


class _Marked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    corners: list[tuple[float, float]]
    leads_px: float = 0.0


class _Marks(RootModel[dict[str, _Marked]]):
    pass


def read_photos(
    folder: Path,
    largest_shift_px: float | None = None,
    largest_rotation_degrees: float | None = None,
) -> list[PhotographedBoard]:
    """The boards of a folder, numbered from 0 in the order of their names.

    Args:
        folder: with `corners.json` and the pictures that it names.
        largest_shift_px: in pixels of the pictures; 24 of 512 if left out.
        largest_rotation_degrees: 12 if left out.

    Raises:
        UserError: a file is missing or cannot be read, or corners are not those of a chip.
    """
    marks = _read_marks(folder / MARKS)
    boards = []
    for number, (name, marked) in enumerate(sorted(marks.items())):
        pixels = _read_picture(folder / name)
        try:
            limits = limits_of(pixels.shape, largest_shift_px, largest_rotation_degrees)
            board = board_of_photo(pixels, tuple(marked.corners), number, marked.leads_px, limits)
        except ValueError as error:
            raise UserError(f"{folder / MARKS}, {name}: {str(error).rstrip('.')}.") from error
        boards.append(board)
    return boards


def _read_marks(path: Path) -> dict[str, _Marked]:
    try:
        marks = _Marks.model_validate_json(path.read_bytes()).root
    except OSError as error:
        raise UserError(
            f"{path} cannot be read ({error.strerror}); it names each picture and marks the "
            f"corners of its chip, such as {_EXAMPLE}"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(str(part) for part in first["loc"])
        raise UserError(
            f"{path} is not as {_EXAMPLE}: {place}: {first['msg']}".replace(": : ", ": ")
        ) from error
    if not marks:
        raise UserError(f"{path} names no picture; give at least one, such as {_EXAMPLE}")
    return marks


def _read_picture(path: Path) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 RGB."""
    try:
        content = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from error
    pixels = cv2.imdecode(content, cv2.IMREAD_COLOR_RGB) if len(content) else None
    if pixels is None:
        raise UserError(f"{path} is no picture that can be read; save it as PNG or JPEG.")
    return np.asarray(pixels, np.uint8)
