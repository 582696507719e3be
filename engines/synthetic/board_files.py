"""Writes boards as a data set: pictures, and where their chips lie."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from engines.synthetic.dataset import GOOD, check_order, labels_in_turn
from engines.synthetic.line import part_seed
from engines.synthetic.part import Corners, RenderedPart, Renderer
from engines.synthetic.png import write_png


def write_boards(
    boards: Sequence[Renderer],
    out: Path,
    count: int,
    seed: int,
    defect_rate: float = 0.5,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Render `count` parts of some boards into a new or empty folder.

    `images/NAME.png` are the pictures. `labels.jsonl`, written last, has a line for each: file,
    label, seed, board (its design's or photograph's number), present, corners and nominal.
    Corners are [x, y] in the order and the pixels of `RenderedPart.corners`, rounded to 1/1000;
    none of a chip that is not present. Parts of one board follow one another.

    Args:
        boards: at least one; all with the same labels.
        out: the folder; made with its parents.
        count: number of parts, 1 or more.
        seed: 0 or more; the same seed gives the same parts.
        defect_rate: share of defective parts, 0 to 1, met to the nearest part; evenly over the
            labels.
        progress: called with the parts done and `count` after each part, in this thread.

    Raises:
        ValueError: the folder holds something, or a value is out of its range.
        OSError: the folder cannot be written.
    """
    check_order(out, count, seed, defect_rate)
    lines = []
    for index, label in enumerate(labels_in_turn(boards[0].labels, count, defect_rate)):
        board = boards[index * len(boards) // count]
        part = board.render(part_seed(seed, index), label)
        file = f"images/{index:06d}.png"
        write_png(out / file, part.pixels)
        lines.append(json.dumps(_record(file, part)) + "\n")
        if progress is not None:
            progress(index + 1, count)
    (out / "labels.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")


def _record(file: str, part: RenderedPart) -> dict[str, object]:
    return {
        "file": file,
        "label": part.labels[0] if part.labels else GOOD,
        "seed": part.seed,
        "board": part.board,
        "present": bool(part.corners),
        "corners": _rounded(part.corners),
        "nominal": _rounded(part.nominal),
    }


def _rounded(corners: Corners) -> list[list[float]]:
    return [[round(x, 3), round(y, 3)] for x, y in corners]
