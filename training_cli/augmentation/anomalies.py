"""Made-up anomalies for pictures of good parts: what a network learns to tell apart from good.

After DRAEM (Zavrtanik et al. 2021) and CutPaste (Li et al. 2021), with spots, lines and warps
beside the Perlin textures. A part may be given in several frames: an anomaly is on the part, so it
lies at one place in all of them, unlike what moves about inside.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from training_cli.augmentation.perlin import perlin, perlin_mask

Frames = NDArray[np.float32]
"""float32 (frames, height, width) in 0..1, of one place on one part."""
Cover = NDArray[np.float32]
"""float32 (height, width): how much of each pixel an anomaly covers, 0..1."""

VISIBLE = 0.02
"""Change of grey from which a pixel belongs to an anomaly."""


def add_anomaly(
    frames: Frames, other: Frames, rng: np.random.Generator
) -> tuple[Frames, NDArray[np.bool_]]:
    """The part with one or two anomalies, and the pixels that they changed visibly.

    Args:
        frames: The part.
        other: Another good part, of the same size, to take texture from.
    """
    changed = frames
    for _ in range(1 + int(rng.random() < 0.3)):
        kind = _KINDS[int(rng.integers(len(_KINDS)))]
        changed = np.clip(kind(changed, other, rng), 0, 1).astype(np.float32)
    difference = np.abs(changed - frames).max(0)
    mask = cv2.GaussianBlur(difference, (0, 0), 1.0) > VISIBLE
    return changed, np.asarray(mask)


def spot(frames: Frames, _other: Frames, rng: np.random.Generator) -> Frames:
    """A small blob with an uneven edge, darker or lighter than its surroundings."""
    radius = float(np.exp(rng.uniform(np.log(2.0), np.log(14.0))))
    cover = _blob(frames.shape[1:], radius, rng)
    return _shaded(frames, cover, rng, strongest=0.9)


def stain(frames: Frames, _other: Frames, rng: np.random.Generator) -> Frames:
    """A large, faint patch with a soft, uneven edge."""
    cover = _blob(frames.shape[1:], float(rng.uniform(12.0, 48.0)), rng)
    height, width = cover.shape
    clouds = 1 + 0.6 * perlin(height, width, (16, 16), rng)
    cover = np.asarray(cv2.GaussianBlur(cover, (0, 0), rng.uniform(1.0, 6.0)), np.float32)
    return _shaded(frames, np.clip(cover * clouds, 0, 1).astype(np.float32), rng, strongest=0.5)


def line(frames: Frames, _other: Frames, rng: np.random.Generator) -> Frames:
    """A thin, bent line, or a few of them side by side."""
    height, width = frames.shape[1:]
    canvas = np.zeros((height, width), np.float32)
    start = rng.uniform(0.05, 0.95, 2) * (width, height)
    heading, bend = rng.uniform(0, 2 * np.pi), rng.normal(0, 0.012)
    steps = np.arange(int(rng.uniform(12, 130)))
    angles = heading + bend * steps
    way = np.stack([np.cumsum(np.cos(angles)), np.cumsum(np.sin(angles))], 1) + start
    for _ in range(int(rng.integers(1, 4)) if rng.random() < 0.3 else 1):
        points = np.round((way + rng.normal(0, 3, 2)) * 16).astype(np.int32)
        cv2.polylines(canvas, [points], False, 1.0, int(rng.integers(1, 4)), cv2.LINE_AA, shift=4)
    cover = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.4, 1.4))
    cover = cover * (0.7 + 0.5 * perlin(height, width, (8, 8), rng))
    return _shaded(frames, np.clip(cover, 0, 1).astype(np.float32), rng, strongest=0.8)


def warp(frames: Frames, _other: Frames, rng: np.random.Generator) -> Frames:
    """The part is bent or swollen at one place, and what lies there with it."""
    height, width = frames.shape[1:]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    centre = _on_structure(frames, rng)
    radius = rng.uniform(0.08, 0.4) * height
    dy, dx = y - centre[0], x - centre[1]
    weight = np.exp(-(dy**2 + dx**2) / (2 * (radius / 2) ** 2))
    if rng.random() < 0.5:
        shift = rng.uniform(2.0, 10.0) * np.exp(1j * rng.uniform(0, 2 * np.pi))
        dy, dx = np.full_like(dy, shift.imag), np.full_like(dx, shift.real)
    else:
        swelling = rng.uniform(0.15, 0.6) * rng.choice([-1, 1])
        dy, dx = dy * swelling, dx * swelling
    grid = (x - weight * dx).astype(np.float32), (y - weight * dy).astype(np.float32)
    bent = [
        cv2.remap(f, *grid, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101) for f in frames
    ]
    return np.stack(bent).astype(np.float32)


def texture(frames: Frames, other: Frames, rng: np.random.Generator) -> Frames:
    """Places of Perlin's forms show the texture of another part, or noise."""
    height, width = frames.shape[1:]
    forms = perlin_mask(height, width, rng).astype(np.float32) * _window(height, width, rng)
    softened = cv2.GaussianBlur(forms, (0, 0), rng.uniform(0.5, 2.0))
    cover = np.asarray(softened * rng.uniform(0.3, 1.0), np.float32)
    if rng.random() < 0.5:
        shift = tuple(int(s) for s in rng.integers(0, (height, width)))
        pasted = np.roll(other, shift, (1, 2))
        if rng.random() < 0.5:
            pasted = pasted.transpose(0, 2, 1) if height == width else pasted[:, ::-1]
    else:
        cells = (2 ** int(rng.integers(2, 7)), 2 ** int(rng.integers(2, 7)))
        grain = rng.uniform(0.1, 0.6) * perlin(height, width, cells, rng)
        pasted = np.clip(frames + grain + rng.uniform(-0.2, 0.2), 0, 1)
    return np.asarray(frames + cover * (pasted - frames), np.float32)


def cut_paste(frames: Frames, _other: Frames, rng: np.random.Generator) -> Frames:
    """A piece of the part lies, turned, at another place."""
    height, width = frames.shape[1:]
    rows, columns = (int(rng.uniform(6, side / 4)) for side in (height, width))
    from_y, to_y = rng.integers(0, height - rows, 2)
    from_x, to_x = rng.integers(0, width - columns, 2)
    piece = frames[:, from_y : from_y + rows, from_x : from_x + columns]
    piece = piece[:, :: rng.choice([-1, 1]), :: rng.choice([-1, 1])]
    pasted, cover = frames.copy(), np.zeros((height, width), np.float32)
    pasted[:, to_y : to_y + rows, to_x : to_x + columns] = piece
    cover[to_y : to_y + rows, to_x : to_x + columns] = 1
    softened = np.asarray(cv2.GaussianBlur(cover, (0, 0), rng.uniform(0.5, 3.0)), np.float32)
    return np.asarray(frames + softened * (pasted - frames), np.float32)


_KINDS: tuple[Callable[[Frames, Frames, np.random.Generator], Frames], ...] = (
    spot,
    spot,
    stain,
    line,
    line,
    warp,
    warp,
    texture,
    cut_paste,
)


def _shaded(frames: Frames, cover: Cover, rng: np.random.Generator, strongest: float) -> Frames:
    """Light taken away or added where something covers the part."""
    strength = np.exp(rng.uniform(np.log(0.08), np.log(strongest)))
    if rng.random() < 0.75:
        return np.asarray(frames * (1 - strength * cover), np.float32)
    return np.asarray(frames + strength * 0.6 * cover * (1 - frames), np.float32)


def _blob(shape: tuple[int, ...], radius: float, rng: np.random.Generator) -> Cover:
    """An ellipse with an edge that Perlin noise has eaten at, somewhere in the picture."""
    height, width = shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    dy, dx = y - rng.uniform(0, height), x - rng.uniform(0, width)
    angle, stretch = rng.uniform(0, np.pi), np.exp(rng.uniform(0, 0.9))
    along = dx * np.cos(angle) + dy * np.sin(angle)
    across = dy * np.cos(angle) - dx * np.sin(angle)
    distance = np.sqrt((along / stretch) ** 2 + across**2) / radius
    cells = 2 ** int(np.clip(round(np.log2(height / radius)), 1, 6))
    uneven = distance + rng.uniform(0.0, 0.6) * perlin(height, width, (cells, cells), rng)
    softness = rng.uniform(0.08, 0.5)
    return np.asarray(np.clip((1 - uneven) / softness + 0.5, 0, 1), np.float32)


def _on_structure(frames: Frames, rng: np.random.Generator) -> tuple[float, float]:
    """A place where there is something to be bent: of a few, the one with the steepest greys."""
    height, width = frames.shape[1:]
    steep = cv2.GaussianBlur(np.abs(cv2.Laplacian(frames[0], cv2.CV_32F)), (0, 0), 4.0)
    places = rng.uniform(0, 1, (4, 2)) * (height - 1, width - 1)
    y, x = max(places, key=lambda place: float(steep[int(place[0]), int(place[1])]))
    return float(y), float(x)


def _window(height: int, width: int, rng: np.random.Generator) -> Cover:
    """A soft disc that keeps a texture from covering the whole picture."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = np.hypot(y - rng.uniform(0, height), x - rng.uniform(0, width))
    reach = rng.uniform(0.1, 0.6) * height
    return np.asarray(np.clip((reach - distance) / (0.2 * reach) + 0.5, 0, 1), np.float32)
