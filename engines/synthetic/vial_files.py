"""Strips on disk: a folder each, and what `labels.jsonl` says of it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engines.synthetic.part import RenderedPart
from engines.synthetic.png import write_png
from engines.synthetic.vial_mould import PATCH, REGIONS, VIALS


def geometry() -> dict[str, object]:
    """The layout of every frame: for each vial, its regions' rectangles in pixels."""
    pieces = [
        {
            "vial": vial,
            "region": region,
            "x": vial * PATCH,
            "y": row * PATCH,
            "width": PATCH,
            "height": PATCH,
        }
        for vial in range(VIALS)
        for row, region in enumerate(REGIONS)
    ]
    return {"vials": VIALS, "regions": pieces}


def write_strip(
    part: RenderedPart, frames: Sequence[int], out: Path, folder: str, name: str
) -> dict[str, object]:
    """Write `FOLDER/NAME/NN.png` for each frame NN; its masks to `ground_truth/LABEL/NAME`.

    Args:
        part: with a picture for each of `frames`.
        frames: their numbers.
        out: the data set's folder.
        folder: where in it the strip belongs, such as `train/good`.
        name: of the strip.

    Returns:
        files, frames, label, seed, presentation, geometry and defects (vial, region, class) of
        the strip, for `labels.jsonl`.
    """
    files = [f"{folder}/{name}/{number:02d}.png" for number in frames]
    for file, pixels, masks in zip(files, part.frames, part.frame_masks, strict=True):
        write_png(out / file, pixels)
        for label, mask in masks.items():
            path = out / "ground_truth" / label / name / f"{Path(file).stem}_mask.png"
            write_png(path, np.where(mask, 255, 0).astype(np.uint8))
    return {
        "files": files,
        "frames": list(frames),
        "label": part.labels[0] if part.labels else "good",
        "seed": part.seed,
        "presentation": part.presentation,
        "geometry": geometry(),
        "defects": [
            {"vial": place.vial, "region": place.region, "class": place.label}
            for place in part.places
        ],
    }
