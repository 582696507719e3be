"""What History asks a record, in the background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from inspector_gui.inspection.recall import RecordedPart, recall
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import PAGE, Filter, Found, Search, Tally
from inspector_gui.views.history.filters import Choices

MOST_NEW = 1000


def first_page(wanted: Filter) -> Callable[[RecordReader], tuple[int, list[Found]]]:
    """The last place in the record, and the newest parts that match."""

    def ask(reader: RecordReader) -> tuple[int, list[Found]]:
        search = Search(reader)
        return search.last_seq(), search.page(wanted)

    return ask


def next_page(wanted: Filter, before_seq: int) -> Callable[[RecordReader], list[Found]]:
    return lambda reader: Search(reader).page(wanted, before_seq=before_seq)


def counts(wanted: Filter, found: Sequence[Found]) -> Callable[[RecordReader], tuple[Tally, Tally]]:
    """How many match, and how many there are; a page that is not full has told the first."""

    def ask(reader: RecordReader) -> tuple[Tally, Tally]:
        search = Search(reader)
        whole = search.count(Filter())
        return (search.count(wanted) if len(found) == PAGE else _tally(found)), whole

    return ask


def chart(wanted: Filter, steps: int) -> Callable[[RecordReader], list[Tally]]:
    return lambda reader: Search(reader).chart(wanted, steps)


def newer(wanted: Filter, head: int) -> Callable[[RecordReader], int]:
    """How many more match that came after a place, at most `MOST_NEW`."""

    def ask(reader: RecordReader) -> int:
        search = Search(reader)
        return len(search.seqs(wanted, head, search.last_seq(), MOST_NEW))

    return ask


def part(seq: int) -> Callable[[RecordReader], RecordedPart]:
    return lambda reader: recall(reader, seq)


def choices(reader: RecordReader) -> Choices:
    search = Search(reader)
    lots = [lot.name for lot in search.lots()]
    return Choices(lots, search.recipes(), search.labels(), search.reviewers())


def _tally(found: Sequence[Found]) -> Tally:
    decided = Counter(line.decision for line in found)
    return Tally("", decided["PASS"], decided["REJECT"], decided["UNDECIDED"])
