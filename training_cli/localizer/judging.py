"""What a localizer says of labelled boards, and how often it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.chip_localizer import (
    CORNERS,
    PRESENCE,
    THRESHOLD,
    Chip,
    Located,
    Tolerances,
    measure,
    scores_of,
)
from engines.synthetic.board_placement import Limits
from training_cli.localizer.boards import Boards
from training_cli.localizer.serving import Run

GOOD, MISSING, WRONG = "good", "missing", "wrong"
SIDE_SHARE = 0.08
"""Of a chip's shorter side: how far a side or diagonal may be off."""
BEYOND_PX = 1.0
"""Of the network's input: so far beyond its tolerance every displaced chip must be found."""
_FRAME = 512
"""The picture that `Limits` are pixels of."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What was found on pictures of boards.

    Attributes:
        corners: (n, 4, 2), fractions of the picture.
        presence: (n,) in 0..1.
        size: Of the network's input, pixels.
    """

    boards: Boards
    corners: NDArray[np.float64]
    presence: NDArray[np.float64]
    size: int

    @property
    def corner_errors(self) -> NDArray[np.float64]:
        """(n, 4), pixels of the input; of a chip that is not there they say nothing."""
        truth = self.boards.corners.reshape(-1, 4, 2)
        return np.asarray(np.linalg.norm(self.corners - truth, axis=2) * self.size)

    @property
    def centre_errors(self) -> NDArray[np.float64]:
        """(n,), likewise."""
        away = (self.corners - self.boards.corners.reshape(-1, 4, 2)).mean(1)
        return np.asarray(np.linalg.norm(away, axis=1) * self.size)

    def located(self, number: int) -> Located:
        """As the engine has it of a picture as large as it was."""
        corners = self.corners[number] * self.boards.sizes[number] - 0.5
        return Located(corners, float(self.presence[number]))


def judge_boards(run: Run, boards: Boards, size: int) -> Judged:
    """Locate the chip of every picture."""
    answers = [run(np.ascontiguousarray(pixels[None])) for pixels in boards.pixels]
    corners = np.concatenate([a[CORNERS] for a in answers]).reshape(-1, 4, 2)
    presence = np.concatenate([a[PRESENCE] for a in answers])
    return Judged(boards, corners.astype(np.float64), presence.astype(np.float64), size)


def chip_of(boards: Boards, number: int) -> Chip:
    """Where a picture's chip belongs, with the tolerances that the pictures were made by."""
    nominal = np.array(boards.pictures[number].nominal)
    width, height = (int(v) for v in boards.sizes[number])
    limits, scale = Limits(), min(width, height) / _FRAME
    shorter = min(np.ptp(nominal[:, 0]), np.ptp(nominal[:, 1]))
    tolerances = Tolerances(
        limits.tolerance_px * scale, limits.tolerance_degrees, SIDE_SHARE * float(shorter)
    )
    return Chip("chip", boards.pictures[number].nominal, tolerances, 0, 0, width, height)


def rejects(judged: Judged) -> NDArray[np.bool_]:
    """The station's decisions (n,)."""
    numbers = range(len(judged.boards))
    scores = [scores_of(chip_of(judged.boards, i), judged.located(i)) for i in numbers]
    return np.array([max(own.values()) >= THRESHOLD for own in scores])


def figures_of(judged: Judged) -> dict[str, Any]:
    """Errors in pixels of the network's input, and how many of each label were rejected."""
    present = judged.boards.present
    labels = np.array([picture.label for picture in judged.boards.pictures])
    rejected = rejects(judged)
    far = _far(judged)
    return {
        "pictures": len(present),
        "boards": len({picture.board for picture in judged.boards.pictures}),
        "centre_px": _spread(judged.centre_errors[present]),
        "corner_px": _spread(judged.corner_errors[present].ravel()),
        "presence_accuracy": round(float(((judged.presence >= THRESHOLD) == present).mean()), 4),
        "rejected": {
            label: _share(rejected[labels == label]) for label in dict.fromkeys(labels.tolist())
        },
        "displaced_beyond_found": _share(rejected[far]),
    }


def _far(judged: Judged) -> NDArray[np.bool_]:
    """Whose chip lies, in truth, further off than its tolerance and `BEYOND_PX`."""
    found = []
    for i, picture in enumerate(judged.boards.pictures):
        if not picture.present:
            found.append(False)
            continue
        chip = chip_of(judged.boards, i)
        beyond = BEYOND_PX * float(judged.boards.sizes[i].min()) / judged.size
        away = measure(np.array(picture.corners), np.array(chip.corners)).displacement_px
        found.append(away > chip.tolerances.displacement_px + beyond)
    return np.array(found)


def _spread(values: NDArray[np.float64]) -> dict[str, float]:
    if not len(values):
        return {}
    low, high = np.percentile(values, (50, 95))
    shown = {"mean": values.mean(), "median": low, "p95": high, "max": values.max()}
    return {name: round(float(value), 4) for name, value in shown.items()}


def _share(values: Sequence[bool] | NDArray[np.bool_]) -> str:
    return f"{int(np.sum(values))} of {len(values)}"
