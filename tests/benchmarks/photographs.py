"""Rendered good boards as photographs with their corners marked, for `compare chip`.

python -m tests.benchmarks.photographs OUT COUNT FIRST_BOARD
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from engines.synthetic.board import BoardRenderer
from engines.synthetic.line import part_seed
from engines.synthetic.png import write_png

LEADS_SHARE = 0.2
"""Of a chip's shorter side: how far its leads reach at most over its corners."""


def write(out: Path, count: int, first_board: int) -> None:
    """One picture each of so many designs of board."""
    marks = {}
    for number in range(count):
        part = BoardRenderer(first_board + number).render(part_seed(first_board, number), None)
        name = f"board-{number:03d}.png"
        write_png(out / name, part.pixels)
        corners = [[round(value, 2) for value in corner] for corner in part.corners]
        shorter = min(corners[1][0] - corners[0][0], corners[2][1] - corners[0][1])
        marks[name] = {"corners": corners, "leads_px": round(LEADS_SHARE * shorter, 1)}
    (out / "corners.json").write_text(json.dumps(marks, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
