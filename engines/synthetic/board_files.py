"""Writes boards as a data set: pictures, and where their chips lie."""

import json
from collections.abc import Callable
from pathlib import Path

from engines.synthetic.board import CHIP, BoardRenderer
from engines.synthetic.dataset import GOOD, check_order, labels_in_turn
from engines.synthetic.line import part_seed
from engines.synthetic.part import Corners
from engines.synthetic.png import write_png


def write_boards(
    out: Path,
    count: int,
    seed: int,
    defect_rate: float = 0.5,
    boards: int = 100,
    first_board: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Render `count` parts of `boards` designs into a new or empty folder.

    `images/NAME.png` are the pictures. `labels.jsonl`, written last, has a line for each, see
    `placement_record`; `board` is the number of its design, and `BoardRenderer(board)` renders the
    part again from its seed. Parts of one design follow one another.

    Args:
        out: the folder; made with its parents.
        count: number of parts, 1 or more.
        seed: 0 or more; the same seed gives the same parts.
        defect_rate: share of defective parts, 0 to 1, met to the nearest part.
        boards: number of designs, 1 or more.
        first_board: the number of the first of them, 0 or more.
        progress: called with the parts done and `count` after each part, in this thread.

    Raises:
        ValueError: the folder holds something, or a value is out of its range.
        OSError: the folder cannot be written.
    """
    check_order(out, count, seed, defect_rate)
    if boards < 1 or first_board < 0:
        raise ValueError(
            "Boards need a number of designs of 1 or more and a first one of 0 or more, "
            f"not {boards} and {first_board}."
        )
    lines = []
    for index, label in enumerate(labels_in_turn(CHIP.labels, count, defect_rate)):
        board = first_board + index * boards // count
        part = BoardRenderer(board).render(part_seed(seed, index), label)
        file = f"images/{index:06d}.png"
        write_png(out / file, part.pixels)
        record = placement_record(file, label, part.seed, part.corners, part.nominal)
        lines.append(json.dumps(record | {"board": board}) + "\n")
        if progress is not None:
            progress(index + 1, count)
    (out / "labels.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")


def placement_record(
    file: str, label: str | None, seed: int, corners: Corners, nominal: Corners
) -> dict[str, object]:
    """file, label, seed, present, corners and nominal of one picture, for `labels.jsonl`.

    Corners are [x, y] in the order and the pixels of `RenderedPart.corners`, rounded to 1/1000;
    none of a chip that is not present.
    """
    return {
        "file": file,
        "label": label or GOOD,
        "seed": seed,
        "present": bool(corners),
        "corners": _rounded(corners),
        "nominal": _rounded(nominal),
    }


def _rounded(corners: Corners) -> list[list[float]]:
    return [[round(x, 3), round(y, 3)] for x, y in corners]
