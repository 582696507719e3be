"""Writes rendered parts as a data set in the layout of MVTec AD."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.synthetic.line import part_seed, renderer_of
from engines.synthetic.part import RenderedPart

GOOD = "good"
_TEST_EVERY = 5


def write_dataset(
    product: str,
    out: Path,
    count: int,
    seed: int,
    defect_rate: float = 0.5,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Render `count` parts into a new or empty folder.

    Good parts go to `train/good`, every fifth of them to `test/good`; defective ones, evenly
    over the labels, to `test/LABEL`, with `ground_truth/LABEL/NAME_mask.png` (0 or 255).
    `labels.jsonl` (file, label, seed) is written last: a folder without it is not whole.

    Args:
        product: a key of `line.RENDERERS`.
        out: the folder; made with its parents.
        count: number of parts, 1 or more.
        seed: 0 or more; the same seed gives the same parts.
        defect_rate: share of defective parts, 0 to 1, met to the nearest part.
        progress: called with the parts done and `count` after each part, in this thread.

    Raises:
        ValueError: the folder holds something, no such product, or a value out of its range.
        OSError: the folder cannot be written.
    """
    renderer = renderer_of(product)
    if count < 1 or seed < 0 or not 0 <= defect_rate <= 1:
        raise ValueError(
            "Rendering needs a count of 1 or more, a seed of 0 or more and a defect rate between "
            f"0 and 1, not {count}, {seed} and {defect_rate}."
        )
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ValueError(f"{out} is not an empty folder: choose a new one, or empty it first.")
    lines = []
    for index, (folder, label) in enumerate(_places(renderer.labels, count, defect_rate)):
        part = renderer.render(part_seed(seed, index), label)
        _write_part(part, out, folder, f"{index:06d}")
        record = {"file": f"{folder}/{index:06d}.png", "label": label or GOOD, "seed": part.seed}
        lines.append(json.dumps(record) + "\n")
        if progress is not None:
            progress(index + 1, count)
    (out / "labels.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")


def _places(
    labels: tuple[str, ...], count: int, defect_rate: float
) -> Iterator[tuple[str, str | None]]:
    """Folder and label of each part, mixed evenly, so that the first parts are like the rest."""
    defective = 0
    for index in range(count):
        if round(defect_rate * (index + 1)) > defective:
            label = labels[defective % len(labels)]
            defective += 1
            yield f"test/{label}", label
        else:
            for_test = (index - defective) % _TEST_EVERY == _TEST_EVERY - 1
            yield f"{'test' if for_test else 'train'}/{GOOD}", None


def _write_part(part: RenderedPart, out: Path, folder: str, name: str) -> None:
    _write_png(out / folder / f"{name}.png", part.pixels)
    for label, mask in part.masks.items():
        _write_png(
            out / "ground_truth" / label / f"{name}_mask.png",
            np.where(mask, 255, 0).astype(np.uint8),
        )


def _write_png(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Not through `cv2.imwrite`, which cannot open every path on Windows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _, png = cv2.imencode(".png", pixels)
    path.write_bytes(png.tobytes())
