"""What the audit page asks a record, in the background."""

from __future__ import annotations

from collections.abc import Callable

from inspector_gui.records.reader import RecordReader
from inspector_gui.records.trail import TrailFilter, TrailLine, count_trail, trail


def first_page(wanted: TrailFilter) -> Callable[[RecordReader], tuple[int, list[TrailLine]]]:
    """The last place in the record, and the newest lines that match."""
    return lambda reader: (reader.head()[0], trail(reader, wanted))


def next_page(wanted: TrailFilter, before_seq: int) -> Callable[[RecordReader], list[TrailLine]]:
    return lambda reader: trail(reader, wanted, before_seq)


def counts(wanted: TrailFilter) -> Callable[[RecordReader], tuple[int, int]]:
    """How many match, and how many there are."""

    def ask(reader: RecordReader) -> tuple[int, int]:
        whole = count_trail(reader, TrailFilter())
        return (whole if wanted == TrailFilter() else count_trail(reader, wanted)), whole

    return ask


def newer(wanted: TrailFilter, head: int) -> Callable[[RecordReader], int]:
    """How many more match that came after a place."""
    return lambda reader: count_trail(reader, wanted, head)
