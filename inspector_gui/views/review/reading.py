"""What is read of a part before it is shown for review; in a background thread."""

from __future__ import annotations

from dataclasses import dataclass

from inspector_gui.inspection.recall import RecordedPart, good_neighbour, recall
from inspector_gui.records.reader import RecordReader
from inspector_gui.views import words
from inspector_gui.views.overlay import Overlay, overlay_of

_NOTHING = Overlay()


@dataclass(frozen=True, slots=True, eq=False)
class ReviewPart:
    """A part that did not pass, with what lies over its picture, and a good part beside it."""

    part: RecordedPart
    overlay: Overlay
    neighbour: RecordedPart | None

    @property
    def seq(self) -> int:
        return self.part.seq

    @property
    def has_picture(self) -> bool:
        return self.part.pixels is not None


def read_part(reader: RecordReader, seq: int, before: ReviewPart | None) -> ReviewPart:
    """Read a part; its good neighbour is taken from the part read before, if it is the same."""
    part = recall(reader, seq)
    good = good_neighbour(reader, seq)
    neighbour = before.neighbour if before is not None else None
    if good is None:
        neighbour = None
    elif neighbour is None or neighbour.seq != good:
        neighbour = recall(reader, good)
    overlay = _NOTHING if part.pixels is None else overlay_of(part.verdict, words.chip)
    return ReviewPart(part, overlay, neighbour)
