"""Assembled boards: the region around one chip, photographed from above in colour.

A design of board (its colours, tracks, parts and chip) comes from its number; where the chip has
come to lie, the light and the camera's noise come from the part's seed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.board_face import bare_place, in_millimetres, pen_on
from engines.synthetic.board_layout import SIZE
from engines.synthetic.board_package import chip_look, draw_package
from engines.synthetic.board_placement import Limits, corners_of, place
from engines.synthetic.board_plan import Plan, footprint, plan_board
from engines.synthetic.draws import Draws
from engines.synthetic.part import Corners, RenderedPart, check_request
from engines.synthetic.shapes import Picture, soften

LIMITS = Limits()
_PLAN, _FACE = range(2)
_PLACE, _CHIP, _CAMERA = range(3)
# Keeps the numbers of boards from meeting the seeds of parts.
_BOARDS = 0xB0A2D


@lru_cache(maxsize=8)
def plan_of(board: int) -> Plan:
    return plan_board(Draws(_BOARDS, board, _PLAN))


@lru_cache(maxsize=8)
def _face_of(board: int) -> NDArray[np.uint8]:
    picture = bare_place(Draws(_BOARDS, board, _FACE), plan_of(board))
    picture.flags.writeable = False
    return picture


@dataclass(frozen=True, slots=True)
class BoardRenderer:
    """Draws parts of one design of board.

    `board_placement.place` says where good, `displaced` and `rotated` chips lie, within `LIMITS`.
    Of `missing` ones the soldered pads are seen; `wrong` ones have another package, in place.

    Attributes:
        board: the design, 0 or more.
    """

    board: int

    @property
    def labels(self) -> tuple[str, ...]:
        return "displaced", "rotated", "missing", "wrong"

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
        """See `Renderer.render`. Frames are (512, 512, 3) uint8 RGB."""
        chosen = (0,) if frames is None else tuple(frames)
        check_request(self, seed, label, presentation, chosen)
        plan = plan_of(self.board)
        canvas = _face_of(self.board).copy()
        corners: Corners = ()
        if label != "missing":
            corners = _mount(canvas, plan, seed, label)
        again = (presentation,) if presentation else ()
        pixels = _photograph(Draws(seed, _CAMERA, *again), canvas)
        width, height = (plan.unit * side for side in footprint(plan.package, plan.quarters))
        return RenderedPart(
            (pixels,) * len(chosen),
            ({},) * len(chosen),
            () if label is None else (label,),
            seed,
            presentation,
            corners=corners,
            nominal=corners_of(plan.x, plan.y, width, height, 0.0),
            board=self.board,
        )


def _mount(canvas: NDArray[np.uint8], plan: Plan, seed: int, label: str | None) -> Corners:
    """Draw the chip; where its body's corners are."""
    placement = place(Draws(seed, _PLACE), label, LIMITS)
    chip = Draws(seed, _CHIP)
    package, look = plan.package, plan.look
    if label == "wrong":
        package, look = chip.one_of(plan.wrong), chip_look(chip)
    x, y = plan.x + placement.right, plan.y + placement.down
    pen = pen_on(canvas, plan.light).at(x, y, plan.quarters, placement.turn)
    draw_package(in_millimetres(pen, plan), package, look, chip)
    width, height = (plan.unit * side for side in footprint(package, plan.quarters))
    return corners_of(x, y, width, height, placement.turn)


def _photograph(draws: Draws, canvas: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Light, lens and sensor: (512, 512, 3) uint8."""
    scene = cv2.resize(canvas, (SIZE, SIZE), interpolation=cv2.INTER_AREA).astype(np.float32)
    scene *= _light(draws)[..., None]
    scene *= np.array([draws.uniform(0.95, 1.05) for _ in range(3)], np.float32)
    light = soften(scene, draws.uniform(0.35, 1.0))
    strength = draws.uniform(0.6, 1.6)
    noisy = light + strength * (0.6 + 0.1 * np.sqrt(light)) * draws.normal(SIZE, SIZE, 3)
    return np.asarray(np.clip(np.rint(noisy), 0, 255), np.uint8)


def _light(draws: Draws) -> Picture:
    """Brighter towards one side, darker towards the corners, uneven."""
    x = np.linspace(-1, 1, SIZE, dtype=np.float32)
    gain = draws.uniform(0.75, 1.25)
    across, down = (draws.uniform(-0.16, 0.16) for _ in range(2))
    plane = 1 + across * x[None, :] + down * x[:, None]
    corners = 1 - draws.uniform(0, 0.12) * (x[None, :] ** 2 + x[:, None] ** 2)
    knots = 1 + draws.uniform(0.0, 0.05) * draws.normal(5, 5)
    patches = cv2.resize(knots, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC)
    return np.asarray(gain * plane * corners * patches, np.float32)


# The simulated line's; far from the numbers that models are trained on.
LINE_BOARD = 100_008
CHIP = BoardRenderer(LINE_BOARD)
