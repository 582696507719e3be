"""Writes rendered parts as a data set in the layout of MVTec AD."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from engines.synthetic.line import part_seed, renderer_of
from engines.synthetic.part import RenderedPart
from engines.synthetic.png import write_png
from engines.synthetic.vial_files import write_strip

GOOD = "good"
_TEST_EVERY = 5


def write_dataset(
    product: str,
    out: Path,
    count: int,
    seed: int,
    defect_rate: float = 0.5,
    progress: Callable[[int, int], None] | None = None,
    frames: Sequence[int] | None = None,
) -> None:
    """Render `count` parts into a new or empty folder.

    Good parts go to `train/good`, every fifth of them to `test/good`; defective ones, evenly
    over the labels, to `test/LABEL`, with `ground_truth/LABEL/NAME_mask.png` (0 or 255).
    `labels.jsonl` (file, label, seed) is written last: a folder without it is not whole.

    Parts of several frames have a folder each instead of a file; see `vial_files.write_strip`.

    Args:
        product: a key of `line.RENDERERS`.
        out: the folder; made with its parents.
        count: number of parts, 1 or more.
        seed: 0 or more; the same seed gives the same parts.
        defect_rate: share of defective parts, 0 to 1, met to the nearest part.
        progress: called with the parts done and `count` after each part, in this thread.
        frames: the numbers of those to write of each part; None for all.

    Raises:
        ValueError: the folder holds something, no such product or frame, or a value out of its
            range.
        OSError: the folder cannot be written.
    """
    renderer = renderer_of(product)
    check_order(out, count, seed, defect_rate)
    numbers = range(renderer.frame_count) if frames is None else sorted(set(frames))
    lines = []
    for index, (folder, label) in enumerate(_places(renderer.labels, count, defect_rate)):
        part = renderer.render(part_seed(seed, index), label, frames=numbers)
        name = f"{index:06d}"
        if renderer.frame_count > 1:
            record = write_strip(part, numbers, out, folder, name)
        else:
            record = _write_part(part, out, folder, name)
        lines.append(json.dumps(record) + "\n")
        if progress is not None:
            progress(index + 1, count)
    (out / "labels.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")


def check_order(out: Path, count: int, seed: int, defect_rate: float) -> None:
    """Raise the errors of `write_dataset` before anything is written."""
    if count < 1 or seed < 0 or not 0 <= defect_rate <= 1:
        raise ValueError(
            "Rendering needs a count of 1 or more, a seed of 0 or more and a defect rate between "
            f"0 and 1, not {count}, {seed} and {defect_rate}."
        )
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ValueError(f"{out} is not an empty folder: choose a new one, or empty it first.")


def labels_in_turn(labels: tuple[str, ...], count: int, defect_rate: float) -> Iterator[str | None]:
    """The label of each part, mixed evenly, so that the first parts are like the rest."""
    defective = 0
    for index in range(count):
        if round(defect_rate * (index + 1)) > defective:
            yield labels[defective % len(labels)]
            defective += 1
        else:
            yield None


def _places(
    labels: tuple[str, ...], count: int, defect_rate: float
) -> Iterator[tuple[str, str | None]]:
    """Folder and label of each part."""
    good = 0
    for label in labels_in_turn(labels, count, defect_rate):
        if label is None:
            good += 1
            yield f"{'train' if good % _TEST_EVERY else 'test'}/{GOOD}", None
        else:
            yield f"test/{label}", label


def _write_part(part: RenderedPart, out: Path, folder: str, name: str) -> dict[str, object]:
    file = f"{folder}/{name}.png"
    write_png(out / file, part.pixels)
    for label, mask in part.masks.items():
        write_png(
            out / "ground_truth" / label / f"{name}_mask.png",
            np.where(mask, 255, 0).astype(np.uint8),
        )
    return {"file": file, "label": part.labels[0] if part.labels else GOOD, "seed": part.seed}
