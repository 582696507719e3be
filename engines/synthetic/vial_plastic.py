"""The plastic of one strip: what blowing, cooling and cutting made of the mould."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.draws import Draws
from engines.synthetic.shapes import Picture, Points, drawn, filled, path, soften, spread, window
from engines.synthetic.vial_mould import HEIGHT, PATCH, VIALS, WIDTH, half_widths, mould


@dataclass(slots=True)
class Plastic:
    """What defects change in place, in the mould's coordinates; pictures (H, W) float32.

    Attributes:
        dry: absorbance without liquid behind the wall.
        wet: absorbance with it.
        bend: (H, W, 2), pixels by which the picture shows what lies beside, x and y.
    """

    dry: Picture
    wet: Picture
    bend: NDArray[np.float32]

    def darken(
        self, points: Points, amount: float, softness: float = 0.7, thickness: int = 0
    ) -> None:
        """Add absorbance inside an outline, or along a stroke of that thickness."""
        area = window((HEIGHT, WIDTH), points, 3 * softness + thickness + 1)
        if self.dry[area].size == 0:
            return
        inside = points - np.array([area[1].start, area[0].start], np.float32)
        shape = self.dry[area].shape
        cover = drawn(shape, inside, thickness) if thickness else filled(shape, inside)
        self.add(area, amount * soften(cover, softness))

    def add(self, area: tuple[slice, slice], absorbance: Picture) -> None:
        on_plastic = absorbance * mould().plastic[area]
        self.dry[area] += on_plastic
        self.wet[area] += on_plastic


def blown_strip(draws: Draws) -> Plastic:
    """A good strip: clouds and grain of the plastic, flow lines, and its own small bends."""
    nominal = mould()
    texture = _clouds(draws)
    texture += _flow(draws)
    texture *= nominal.plastic
    plastic = Plastic(nominal.dry + texture, nominal.wet + 0.7 * texture, _bend(draws))
    _add_flow_lines(draws, plastic)
    return plastic


def _clouds(draws: Draws) -> Picture:
    """Thicker and thinner walls, and the orange peel of the surface."""
    walls = draws.uniform(0.02, 0.045) * draws.normal(9, 21)
    vials = draws.uniform(0.0, 0.025) * np.repeat(draws.normal(1, VIALS), 4, axis=1)
    walls[:, :20] += vials
    thick = cv2.resize(walls, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    peel = draws.uniform(0.008, 0.016) * spread(draws, HEIGHT, WIDTH, 4, 4)
    peel += 0.01 * spread(draws, HEIGHT, WIDTH, 13, 9)
    return np.asarray(thick + peel, np.float32)


def _flow(draws: Draws) -> Picture:
    """Faint streaks along the tube the vials were blown from."""
    streaks = draws.uniform(0.006, 0.016) * spread(draws, HEIGHT, WIDTH, 150, 4)
    return np.asarray(streaks, np.float32)


def _add_flow_lines(draws: Draws, plastic: Plastic) -> None:
    """Single lines that the melt left where it met or cooled; harmless."""
    halves = half_widths()
    for vial in range(VIALS):
        for _ in range(draws.integer(1, 5)):
            y = draws.uniform(330, 860)
            reach = 0.8 * float(halves[int(y)])
            x = PATCH * (vial + 0.5) + draws.uniform(-reach, reach)
            line = path(draws, (x, y), draws.uniform(1.2, 1.95), draws.uniform(30, 190), 0.03)
            amount = draws.uniform(0.02, 0.07) * (1 if draws.chance(0.65) else -1)
            plastic.darken(line, amount, draws.uniform(1.2, 2.6), draws.integer(1, 4))


def _bend(draws: Draws) -> NDArray[np.float32]:
    knots = np.stack([0.9 * draws.normal(5, 11), 0.8 * draws.normal(5, 11)], axis=2)
    return np.asarray(cv2.resize(knots, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC))
