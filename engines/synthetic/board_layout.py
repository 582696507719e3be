"""Finds room on a board: parts that stand apart, and texts that cover nothing."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engines.synthetic.board_parts import LARGE, PASSIVE, SMALL, Part
from engines.synthetic.board_pen import lettering_width
from engines.synthetic.draws import Draws

SIZE = 512
_CELL = 4
# How far a chip's leads may come beside their pads without touching a neighbour, in pixels.
_AROUND_CHIP = 15.0
_GAP = 0.35


@dataclass(frozen=True, slots=True)
class Placed:
    """A part at x, y in pixels of the frame, turned by quarters."""

    part: Part
    x: float
    y: float
    quarters: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres, as it lies."""
        return self.part.size[::-1] if self.quarters % 2 else self.part.size


@dataclass(frozen=True, slots=True)
class Title:
    """A text of the silkscreen, its middle and its height in pixels; upwards if not level."""

    text: str
    x: float
    y: float
    height: float
    level: bool = True

    @property
    def size(self) -> tuple[float, float]:
        long = lettering_width(self.text, self.height)
        return (long, self.height) if self.level else (self.height, long)


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "_Box") -> bool:
        return (
            2 * abs(self.x - other.x) < self.width + other.width + 4
            and 2 * abs(self.y - other.y) < self.height + other.height + 4
        )


@dataclass(slots=True)
class Layout:
    """Finds room for parts; a cell of 4 pixels belongs to one part at most."""

    draws: Draws
    unit: float
    parts: list[Placed] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    boxes: list[_Box] = field(default_factory=list)
    taken: NDArray[np.bool_] = field(
        default_factory=lambda: np.zeros((SIZE // _CELL, SIZE // _CELL), np.bool_)
    )

    def take_chip(self, x: float, y: float, width: float, height: float) -> None:
        """Keep the place of the inspected chip free, and what it may be shifted to."""
        self.take(x, y, width + 2 * _AROUND_CHIP, height + 2 * _AROUND_CHIP)
        self.boxes.append(_Box(x, y, width + 8, height + 8))

    def take(self, x: float, y: float, width: float, height: float) -> None:
        self.taken[self._cells(x, y, width, height)] = True

    def _cells(self, x: float, y: float, width: float, height: float) -> tuple[slice, slice]:
        left, top = (math.floor((at - size / 2) / _CELL) for at, size in ((x, width), (y, height)))
        right, bottom = (
            math.ceil((at + size / 2) / _CELL) for at, size in ((x, width), (y, height))
        )
        return slice(max(0, top), max(0, bottom)), slice(max(0, left), max(0, right))

    def put(self, part: Part, x: float, y: float, quarters: int) -> bool:
        """Place a part if there is room for it, and the frame shows some of it."""
        placed = Placed(part, x, y, quarters)
        width, height = (self.unit * (side + _GAP) for side in placed.size)
        room = self.taken[self._cells(x, y, width, height)]
        if room.size == 0 or room.any():
            return False
        self.take(x, y, width, height)
        self.parts.append(placed)
        self.boxes.append(_Box(x, y, self.unit * placed.size[0], self.unit * placed.size[1]))
        return True

    def put_title(self, title: Title) -> bool:
        """Write a text if it covers nothing."""
        place = _Box(title.x, title.y, *title.size)
        if any(place.meets(other) for other in self.boxes):
            return False
        self.take(title.x, title.y, *title.size)
        self.boxes.append(place)
        self.titles.append(title)
        return True

    def put_row(
        self, part: Part, x: float, y: float, quarters: int, down: bool, count: int
    ) -> None:
        """Parts side by side, all turned alike."""
        width, height = Placed(part, x, y, quarters).size
        step = self.unit * ((height if down else width) + self.draws.uniform(0.4, 0.9))
        for number in range(count):
            along = (number - (count - 1) / 2) * step
            self.put(part, x + (0 if down else along), y + (along if down else 0), quarters)


def place_all(layout: Layout, chip: tuple[float, float, float, float]) -> None:
    """Fill a board around its chip, whose pads cover x, y, width and height in pixels."""
    draws = layout.draws
    density = draws.uniform(0.3, 1.0)
    for side in range(4):
        if draws.chance(0.4 + 0.4 * density):
            _beside_chip(layout, chip, side)
    _scatter(layout, LARGE, draws.integer(2, 7), 30)
    for _ in range(round(draws.uniform(4, 16) * density)):
        part = draws.one_of(PASSIVE)(draws)
        x, y = (draws.uniform(0, SIZE) for _ in range(2))
        layout.put_row(part, x, y, draws.integer(0, 1), draws.chance(0.5), draws.integer(2, 7))
    _write_titles(layout)
    _scatter(layout, SMALL, round(draws.uniform(10, 50) * density), 6)
    if draws.chance(0.85):
        _write_tags(layout)


def _write_titles(layout: Layout) -> None:
    """What the board is called."""
    draws = layout.draws
    name = draws.one_of(("CTRL", "MAIN", "PSU", "AMP", "IO-16", "DRV", "SENSE", "PLC"))
    texts = [
        f"{name}-{draws.integer(1, 99):02d}",
        f"REV {draws.integer(1, 4)}.{draws.integer(0, 9)}",
    ]
    for text in texts[: draws.integer(0, 2)]:
        height = min(26.0, layout.unit * draws.uniform(1.0, 1.8))
        for _ in range(20):
            x, y = (draws.uniform(0.1, 0.9) * SIZE for _ in range(2))
            if layout.put_title(Title(text, x, y, height)):
                break


def _write_tags(layout: Layout) -> None:
    """Reference designators, above their part, or at a side where there is room."""
    draws = layout.draws
    height = min(15.0, layout.unit * draws.uniform(0.7, 1.0))
    counts: dict[str, int] = {}
    for placed in layout.parts:
        prefix = placed.part.prefix
        counts[prefix] = counts.get(prefix, draws.integer(0, 60)) + 1
        text = f"{prefix}{counts[prefix]}"
        width, depth = (0.5 * layout.unit * side + 0.85 * height for side in placed.size)
        upright = placed.size[1] > 1.2 * placed.size[0]
        ways = [(0.0, -depth), (0.0, depth), (-width, 0.0), (width, 0.0)]
        for right, down in ways[2:] + ways[:2] if upright else ways:
            level = right == 0
            if layout.put_title(Title(text, placed.x + right, placed.y + down, height, level)):
                break


def _beside_chip(layout: Layout, chip: tuple[float, float, float, float], side: int) -> None:
    """Capacitors that belong close to the chip's pins."""
    draws = layout.draws
    x, y, width, height = chip
    part = draws.one_of(PASSIVE)(draws)
    quarters = draws.integer(0, 1)
    across = part.size[0] if (side % 2 == 0) == (quarters == 0) else part.size[1]
    away = _AROUND_CHIP + layout.unit * (0.5 * across + draws.uniform(0.3, 1.0))
    along = draws.uniform(-0.3, 0.3)
    count = draws.integer(1, 5)
    if side % 2 == 0:
        x += (1 - side) * (0.5 * width + away)
        layout.put_row(part, x, y + along * height, quarters, True, count)
    else:
        y += (2 - side) * (0.5 * height + away)
        layout.put_row(part, x + along * width, y, quarters, False, count)


def _scatter(
    layout: Layout, kinds: Sequence[Callable[[Draws], Part]], count: int, attempts: int
) -> None:
    draws = layout.draws
    for _ in range(count):
        part = draws.one_of(kinds)(draws)
        quarters = draws.integer(0, 3)
        for _ in range(attempts):
            x, y = (draws.uniform(-20, SIZE + 20) for _ in range(2))
            if layout.put(part, x, y, quarters):
                break
