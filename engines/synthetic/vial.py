"""Blow-fill-seal strips of five vials, lit from behind, in the frames of one handling movement.

The strip was turned and has stopped: the plastic stands still, the liquid does not yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.draws import Draws
from engines.synthetic.part import Place, RenderedPart, check_request
from engines.synthetic.shapes import Mask, Picture, soften
from engines.synthetic.vial_defects import DEFECTS
from engines.synthetic.vial_fill import fill, settle
from engines.synthetic.vial_foam import FOAM, Foam, foam, lay_foam
from engines.synthetic.vial_liquid import Contents, filling
from engines.synthetic.vial_mould import (
    FRAMES,
    HEIGHT,
    PATCH,
    REGIONS,
    VIALS,
    WIDTH,
    mould,
)
from engines.synthetic.vial_plastic import Plastic, blown_strip

LABELS = (*list(DEFECTS)[:6], FOAM, "laser_cut")
_PLASTIC, _DEFECT, _VIEW, _CONTENTS, _NOISE, _FOAM = range(6)
_SHIFT = 6.0  # pixels by which the strip's position varies
_MEANINGFUL = 0.15  # share of a defect's mask from which it lies in a piece


@dataclass(frozen=True, slots=True)
class _Shown:
    """A strip before the camera, up to what differs from frame to frame; nobody may change it."""

    dry: Picture
    wet: Picture
    cavity: Picture
    lamp: Picture
    contents: tuple[Contents, ...]
    foam: Foam | None
    mask: Mask | None
    blur: float
    noise: tuple[float, float]


class VialRenderer:
    """Draws strips; see `Renderer`. A frame is (1024, 1280), 5 x 4 pieces of 256 x 256."""

    @property
    def labels(self) -> tuple[str, ...]:
        return LABELS

    @property
    def frame_count(self) -> int:
        return FRAMES

    def render(
        self,
        seed: int,
        label: str | None,
        presentation: int = 0,
        frames: Sequence[int] | None = None,
    ) -> RenderedPart:
        """See `Renderer.render`; frames that are not asked for cost nothing."""
        chosen = tuple(range(FRAMES)) if frames is None else tuple(frames)
        check_request(self, seed, label, presentation, chosen)
        shown = _shown(seed, label, presentation)
        pictures, masks = [], []
        for number in chosen:
            light, mask = _frame(shown, number)
            noise = Draws(seed, _NOISE, presentation, number)
            pictures.append(_photograph(noise, shown, light))
            masks.append({} if label is None or mask is None else {label: mask})
        labels = () if label is None else (label,)
        places = _places(shown, label)
        return RenderedPart(tuple(pictures), tuple(masks), labels, seed, presentation, places)


@lru_cache(maxsize=2)
def _shown(seed: int, label: str | None, presentation: int) -> _Shown:
    plastic = blown_strip(Draws(seed, _PLASTIC))
    mask, bubbles = None, None
    if label == FOAM:
        bubbles = foam(Draws(seed, _FOAM), Draws(seed, _FOAM, presentation + 1))
    elif label is not None:
        mask = DEFECTS[label](Draws(seed, _DEFECT, LABELS.index(label)), plastic)
    view = Draws(seed, _VIEW, presentation)
    shift = view.uniform(-_SHIFT, _SHIFT), view.uniform(-_SHIFT, _SHIFT)
    dry, wet, cavity, mask = _placed(plastic, mask, shift)
    lamp, shot = _lamp(view)
    movement = view.sign() * view.uniform(0.5, 1.25)
    contents = _contents(seed, presentation, shift, movement)
    for vial in contents:
        settle(dry, wet, cavity, vial)
    for picture in (dry, wet, cavity, lamp):
        picture.setflags(write=False)
    blur, noise = view.uniform(0.55, 1.0), (view.uniform(0.5, 1.1), shot)
    return _Shown(dry, wet, cavity, lamp, contents, bubbles, mask, blur, noise)


def _placed(
    plastic: Plastic, mask: Mask | None, shift: tuple[float, float]
) -> tuple[Picture, Picture, Picture, Mask | None]:
    """Light through the strip dry and wet, its cavities, and the mask, where the camera sees it."""
    x, y = cv2.split(plastic.bend)
    x += np.arange(WIDTH, dtype=np.float32)[None, :] - np.float32(shift[0])
    y += np.arange(HEIGHT, dtype=np.float32)[:, None] - np.float32(shift[1])
    layers = cv2.merge([plastic.dry, plastic.wet, mould().cavity])
    moved = cv2.remap(layers, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    dry, wet, cavity = (np.asarray(layer, np.float32) for layer in cv2.split(moved))
    if mask is not None:
        flat = cv2.remap(np.where(mask, 255, 0).astype(np.uint8), x, y, cv2.INTER_LINEAR)
        mask = np.asarray(flat > 127)
    return _glow(dry), _glow(wet), cavity, mask


def _contents(
    seed: int, presentation: int, shift: tuple[float, float], movement: float
) -> tuple[Contents, ...]:
    middles = [PATCH * (vial + 0.5) + shift[0] for vial in range(VIALS)]
    return tuple(
        filling(Draws(seed, _CONTENTS, presentation, vial), middle, shift[1], movement)
        for vial, middle in enumerate(middles)
    )


def _glow(absorbance: Picture) -> Picture:
    """Light that comes through, a little of it scattered about in the milky plastic."""
    light = cv2.exp(-absorbance)
    small = cv2.resize(light, (WIDTH // 8, HEIGHT // 8), interpolation=cv2.INTER_AREA)
    scattered = cv2.resize(cv2.GaussianBlur(small, (0, 0), 1.6), (WIDTH, HEIGHT))
    return np.asarray(cv2.addWeighted(light, 0.88, scattered, 0.11, 0.0), np.float32)


def _lamp(draws: Draws) -> tuple[Picture, float]:
    """Grey levels of the lit screen behind the strip, and the share of read noise."""
    level = draws.uniform(205, 250)
    x = np.linspace(-1, 1, 40, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, 32, dtype=np.float32)[:, None]
    field = 1 + draws.uniform(-0.05, 0.05) * x + draws.uniform(-0.05, 0.05) * y
    field = field - draws.uniform(0.02, 0.08) * x**2 - draws.uniform(0.02, 0.08) * y**2
    lamp = cv2.resize((level * field).astype(np.float32), (WIDTH, HEIGHT))
    return np.asarray(lamp), draws.uniform(0.08, 0.14)


def _frame(shown: _Shown, number: int) -> tuple[Picture, Mask | None]:
    light = shown.dry.copy()
    mask = shown.mask
    for index, vial in enumerate(shown.contents):
        fill(light, shown.wet, shown.cavity, vial, number)
        if shown.foam is not None and shown.foam.vial == index:
            mask = lay_foam(light, shown.cavity, shown.foam, vial, number)
    return light, mask


def _photograph(draws: Draws, shown: _Shown, light: Picture) -> NDArray[np.uint8]:
    """Lamp, lens and sensor: (H, W) uint8."""
    seen = soften(light * shown.lamp, shown.blur)
    read, shot = shown.noise
    noise = draws.normal(HEIGHT, WIDTH)
    noise *= read + shot * cv2.sqrt(np.maximum(seen, 0))
    seen += noise
    return np.asarray(np.clip(np.rint(seen, out=seen), 0, 255, out=seen), np.uint8)


def _places(shown: _Shown, label: str | None) -> tuple[Place, ...]:
    """The pieces that a good share of the defect lies in; where foam will come to rest."""
    if label is None:
        return ()
    mask = shown.mask
    if shown.foam is not None:
        vial = shown.contents[shown.foam.vial]
        mask = lay_foam(shown.dry.copy(), shown.cavity, shown.foam, vial, FRAMES - 1)
    assert mask is not None
    cells = mask.reshape(len(REGIONS), PATCH, VIALS, PATCH).sum(axis=(1, 3))
    return tuple(
        Place(int(vial), REGIONS[region], label)
        for region, vial in np.argwhere(cells >= _MEANINGFUL * cells.sum())
    )


VIAL = VialRenderer()
