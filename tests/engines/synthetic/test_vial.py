"""Rendered strips of vials: what stands still, what moves, and what is true of the defects."""

from itertools import pairwise

import cv2
import numpy as np
import pytest

from engines.synthetic import vial_mould
from engines.synthetic.draws import Draws
from engines.synthetic.part import RenderedPart
from engines.synthetic.vial import VIAL
from engines.synthetic.vial_liquid import bubble_place, filling
from engines.synthetic.vial_mould import FRAMES, HEIGHT, PATCH, REGIONS, VIALS, WIDTH
from tests.engines.synthetic.separation import best_threshold_accuracy

LABELS = [
    "black_spot",
    "scratch",
    "burn",
    "bump",
    "deformation",
    "stuck_particle",
    "foam",
    "laser_cut",
]


def smooth(pixels: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(pixels.astype(np.float32), (0, 0), 2)


def flags(pixels: np.ndarray) -> np.ndarray:
    """Where nothing but plastic is seen."""
    return smooth(pixels)[20:240]


def test_a_strip_is_five_by_four_pieces_in_sixteen_frames() -> None:
    assert VIAL.labels == tuple(LABELS)
    assert (VIALS, REGIONS) == (5, ("flag", "upper_body", "liquid", "bottom"))
    assert VIAL.frame_count == FRAMES == 16
    part = VIAL.render(1, None)
    assert len(part.frames) == len(part.frame_masks) == FRAMES
    assert {frame.shape for frame in part.frames} == {(HEIGHT, WIDTH)} == {(4 * PATCH, 5 * PATCH)}
    assert {frame.dtype for frame in part.frames} == {np.dtype(np.uint8)}
    assert part.pixels is part.frames[0]
    assert (part.labels, part.places, dict(part.masks), part.seed) == ((), (), {}, 1)


def test_chosen_frames_are_those_of_the_whole_movement() -> None:
    whole, some = VIAL.render(5, "foam"), VIAL.render(5, "foam", frames=[15, 0, 7])
    for picture, mask, number in zip(some.frames, some.frame_masks, (15, 0, 7), strict=True):
        assert np.array_equal(picture, whole.frames[number])
        assert np.array_equal(mask["foam"], whole.frame_masks[number]["foam"])
    assert some.places == whole.places


# Grey levels of frame 7 of seed 2024, spread over the picture. Models are trained on these strips:
# whoever changes them on purpose trains them again.
LOOK = [193, 143, 154, 198, 129, 161, 124, 178, 136, 173, 69, 130]


def test_the_look_has_not_changed() -> None:
    flat = VIAL.render(2024, None, frames=[7]).pixels.ravel()
    levels = flat[(np.linspace(0.03, 0.97, 12) * flat.size).astype(int)].astype(int)
    # OpenCV's blur rounds in the last place as the processor does.
    assert np.abs(levels - LOOK).max() <= 1


@pytest.mark.parametrize("label", LABELS)
def test_a_defect_shows_in_its_mask_and_in_its_pieces(label: str) -> None:
    for seed in (11, 12):
        good = VIAL.render(seed, None, frames=[8])
        part, again = (VIAL.render(seed, label, frames=[8]) for _ in range(2))
        mask = part.masks[label]
        assert part.labels == (label,)
        assert np.array_equal(part.pixels, again.pixels)
        assert np.array_equal(mask, again.masks[label])
        assert 40 < mask.sum() < 0.02 * mask.size
        change = np.abs(smooth(part.pixels) - smooth(good.pixels))
        assert change[mask].max() > 6
        assert change[mask].mean() > 10 * change[~mask].mean()
        inside = sum(mask[piece(place.vial, place.region)].sum() for place in part.places)
        assert inside > 0.6 * mask.sum()
        assert {place.label for place in part.places} == {label}


def piece(vial: int, region: str) -> tuple[slice, slice]:
    top, left = REGIONS.index(region) * PATCH, vial * PATCH
    return slice(top, top + PATCH), slice(left, left + PATCH)


def test_defects_lie_where_they_come_from() -> None:
    regions = {label: set() for label in ("foam", "stuck_particle", "black_spot")}
    for seed in range(8):
        for label, seen in regions.items():
            part = VIAL.render(seed, label, frames=[0])
            seen.update(place.region for place in part.places)
    assert regions["foam"] <= {"liquid", "upper_body"}
    assert "flag" not in regions["stuck_particle"]
    assert len(regions["black_spot"]) >= 3


def test_plastic_stands_still_while_the_liquid_moves() -> None:
    part = VIAL.render(3, None, frames=[0, 1, 15])
    for before, after in pairwise(part.frames):
        assert np.abs(flags(before) - flags(after)).max() < 5
        surface = np.abs(smooth(before) - smooth(after))[520:580]
        assert surface.max() > 25


def test_a_stuck_particle_stays_and_foam_and_bubbles_do_not() -> None:
    stuck, foam = (VIAL.render(4, label, frames=[0, 4]) for label in ("stuck_particle", "foam"))
    first, later = (masks["stuck_particle"] for masks in stuck.frame_masks)
    assert np.array_equal(first, later)
    core = cv2.erode(first.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    change = smooth(stuck.frames[0]) - smooth(stuck.frames[1])
    assert np.abs(change[core]).mean() < 4
    before, after = (masks["foam"] for masks in foam.frame_masks)
    assert not np.array_equal(before, after)


def test_bubbles_rise_to_the_surface_and_stay_under_it() -> None:
    vials = [filling(Draws(seed), 640.0, 0.0, 1.0) for seed in range(20)]
    rising = [(vial, bubble) for vial in vials for bubble in vial.bubbles if bubble.y > 700]
    assert len(rising) > 5
    for vial, bubble in rising:
        rows = [bubble_place(vial, bubble, frame)[1] for frame in range(FRAMES)]
        assert rows[4] < rows[0] - 10
        assert min(rows) > vial.surface.level - 25


def test_another_presentation_shows_the_same_plastic_in_another_light() -> None:
    first, second = (VIAL.render(9, "bump", shown, [0]) for shown in (0, 3))
    assert second.presentation == 3
    lamp, other_lamp = (smooth(part.pixels)[:20] for part in (first, second))
    assert np.abs(lamp - other_lamp).max() > 4
    assert first.places == second.places
    moved, likeness = registered(first, second)
    assert np.hypot(*moved) < 2 * 6 * np.sqrt(2)
    assert likeness > 0.97
    other = VIAL.render(10, None, frames=[0])
    assert registered(first, other)[1] < likeness - 0.02


def registered(first: RenderedPart, second: RenderedPart) -> tuple[tuple[float, float], float]:
    """How far the second strip has moved, and how like its flags' fine detail is after that."""
    one, two = (detail(flags(part.pixels)) for part in (first, second))
    (x, y), _ = cv2.phaseCorrelate(one, two)
    back = cv2.warpAffine(two, np.float32([[1, 0, -x], [0, 1, -y]]), two.shape[::-1])
    inner = (slice(12, -12), slice(12, -12))
    return (x, y), float(np.corrcoef(one[inner].ravel(), back[inner].ravel())[0, 1])


def detail(picture: np.ndarray) -> np.ndarray:
    return picture - cv2.GaussianBlur(picture, (0, 0), 6)


def test_no_threshold_on_grey_levels_finds_the_defective_pieces() -> None:
    good, bad = pieces_of(range(5))
    assert len(bad) >= 40
    assert best_threshold_accuracy(good, bad) < 0.7


def pieces_of(seeds: range) -> tuple[np.ndarray, np.ndarray]:
    """Minimum, maximum and mean grey of good and of as many defective pieces.

    Each good one is the same piece of another strip as a defective one.
    """
    good, bad = [], []
    for seed in seeds:
        clean = VIAL.render(10_000 + seed, None, frames=[7]).pixels
        for label in LABELS:
            part = VIAL.render(seed, label, frames=[7])
            where = piece(part.places[0].vial, part.places[0].region)
            for figures, pixels in ((bad, part.pixels), (good, clean)):
                patch = pixels[where]
                figures.append((patch.min(), patch.max(), patch.mean()))
    return np.array(good, float), np.array(bad, float)


@pytest.mark.parametrize(
    ("seed", "label", "presentation", "frames"),
    [
        (-1, None, 0, None),
        (0, "crack", 0, None),
        (0, None, -1, None),
        (0, None, 0, [16]),
        (0, None, 0, []),
    ],
)
def test_refuses_what_it_cannot_draw(
    seed: int, label: str | None, presentation: int, frames: list[int] | None
) -> None:
    with pytest.raises(
        ValueError, match=r"must be 0 or more|choose from black_spot|frames 0 to 15"
    ):
        VIAL.render(seed, label, presentation, frames)


def test_the_mould_is_drawn_once_and_cannot_be_changed() -> None:
    mould = vial_mould.mould()
    assert mould is vial_mould.mould()
    with pytest.raises(ValueError, match="read-only"):
        mould.dry[0, 0] = 1
