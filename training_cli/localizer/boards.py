"""Pictures of boards with the corners of their chips: what `synthesize chip` writes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from engines.card import InputSpec
from engines.preprocessing import scaled
from engines.synthetic.board_files import write_boards
from training_cli.datasets.board_photos import read_photos
from training_cli.errors import UserError

LABELS = "labels.jsonl"
TRAIN, VALIDATION, TEST = "train", "validation", "test"
_HELD_BACK = 0.1
_FEWEST_BOARDS = 3
Corners = tuple[tuple[float, float], ...]


class Picture(BaseModel):
    """A line of `labels.jsonl`; corners as in `engines.chip_localizer.Chip`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    label: str
    seed: int
    board: int
    present: bool
    corners: Corners
    nominal: Corners

    def model_post_init(self, _context: object) -> None:
        if len(self.nominal) != 4 or len(self.corners) != (4 if self.present else 0):
            raise ValueError("a chip that is present has four corners, and four that are nominal")


@dataclass(frozen=True, slots=True, eq=False)
class Boards:
    """Pictures in memory.

    Attributes:
        pictures: What is known of them.
        pixels: uint8 (n, size, size, 3) RGB, scaled as the station does.
        sizes: (n, 2), width and height that they had.
    """

    pictures: tuple[Picture, ...]
    pixels: NDArray[np.uint8]
    sizes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pictures)

    @property
    def present(self) -> NDArray[np.bool_]:
        return np.array([picture.present for picture in self.pictures])

    @property
    def corners(self) -> NDArray[np.float32]:
        """(n, 8), fractions of the picture; 0 where there is no chip."""
        found = np.zeros((len(self), 4, 2), np.float64)
        for i, picture in enumerate(self.pictures):
            if picture.present:
                found[i] = (np.array(picture.corners) + 0.5) / self.sizes[i]
        return found.reshape(-1, 8).astype(np.float32)


def read_pictures(folder: Path) -> list[Picture]:
    """What a data set's folder says of its pictures.

    Raises:
        UserError: There is no `labels.jsonl`, or a line of it does not hold.
    """
    path = folder / LABELS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UserError(
            f"{path} cannot be read ({error.strerror}): name a folder that "
            "`inspector-train synthesize chip` wrote."
        ) from error
    try:
        pictures = [Picture.model_validate_json(line) for line in lines]
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "line"
        raise UserError(f"{path} does not hold ({key}: {first['msg']}): write it again.") from error
    if not pictures:
        raise UserError(f"{path} names no picture: write it again with more.")
    return pictures


def load_boards(folder: Path, pictures: Sequence[Picture], spec: InputSpec) -> Boards:
    """Read pictures.

    Raises:
        UserError: One cannot be read.
    """
    pixels = np.empty((len(pictures), *spec.shape[1:]), np.uint8)
    sizes = np.empty((len(pictures), 2), np.int64)
    for i, picture in enumerate(pictures):
        path = folder / picture.file
        image = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
        if image is None:
            raise UserError(f"{path} is no picture that can be read: write the data set again.")
        sizes[i] = image.shape[1], image.shape[0]
        pixels[i] = scaled(np.asarray(image, np.uint8), spec)
    return Boards(tuple(pictures), pixels, sizes)


def split_by_board(pictures: Sequence[Picture], seed: int) -> dict[str, tuple[int, ...]]:
    """Numbers of the boards in training, validation and test; a tenth each for the last two.

    Raises:
        UserError: There are fewer than three boards.
    """
    boards = sorted({picture.board for picture in pictures})
    if len(boards) < _FEWEST_BOARDS:
        raise UserError(
            f"The pictures show {len(boards)} boards, and three are needed, one to validate on and "
            "one to judge by: add boards."
        )
    order = np.random.default_rng([seed, 7]).permutation(boards).tolist()
    held = max(1, round(_HELD_BACK * len(boards)))
    parts = {VALIDATION: order[:held], TEST: order[held : 2 * held], TRAIN: order[2 * held :]}
    return {name: tuple(sorted(own)) for name, own in parts.items()}


def of_boards(pictures: Sequence[Picture], boards: Sequence[int]) -> list[Picture]:
    chosen = set(boards)
    return [picture for picture in pictures if picture.board in chosen]


def fingerprint_of(folder: Path) -> str:
    """SHA-256 of what a data set says of its pictures, their seeds among it."""
    return hashlib.sha256((folder / LABELS).read_bytes()).hexdigest()


def make_of_photos(photos: Path, out: Path, count: int, seed: int) -> None:
    """Write a data set of photographs of good boards, unless it has been written before.

    Raises:
        UserError: The photographs cannot be used.
    """
    if (out / LABELS).is_file():
        return
    boards = read_photos(photos)
    try:
        write_boards(boards, out, count, seed)
    except (ValueError, OSError) as error:
        raise UserError(f"{str(error).rstrip('.')}.") from error
