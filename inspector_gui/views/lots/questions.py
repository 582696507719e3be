"""What the page of the lots asks a record, in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from inspector_gui.inspection.review import alarms
from inspector_gui.records.accounts import Session
from inspector_gui.records.lots import (
    LotCount,
    LotRecord,
    asks_for_two,
    left_for_a_second,
    progress_of,
)
from inspector_gui.records.office import Actor, Office
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.search import OPEN, Filter, Search
from inspector_gui.views.lots.known_lots import KnownLots


@dataclass(frozen=True, slots=True)
class Lots:
    """All lots, the newest first, who asks, and the last act that this follows from."""

    actor: Actor
    lots: tuple[LotRecord, ...]
    last_act: int


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What somebody who signs a lot has to know.

    Attributes:
        count: As it was closed, or how far it is.
        left_to_review: Parts that did not pass and that nobody has decided about.
        alarms: One sentence each.
        asks_for_two: Whether its recipe wants two people who agree.
        left_for_a_second: Parts on which no two people agree yet, where two are asked for.
    """

    lot: LotRecord
    count: LotCount
    left_to_review: int
    alarms: tuple[str, ...]
    asks_for_two: bool
    left_for_a_second: int


def lots(
    office: Office, session: Session | None, known: KnownLots
) -> Callable[[RecordReader], Lots]:
    def ask(reader: RecordReader) -> Lots:
        return Lots(office.actor(session), tuple(reversed(known.read(reader))), last_act(reader))

    return ask


def last_act(reader: RecordReader) -> int:
    """Place of the last entry that people have made; 0 without one."""
    (seq,) = reader.connection.execute(
        "SELECT max(seq) FROM (SELECT max(seq) AS seq FROM audit "
        "UNION ALL SELECT max(seq) FROM dispositions)"
    ).fetchone()
    return int(seq or 0)


def facts(lot: LotRecord) -> Callable[[RecordReader], LotFacts]:
    def ask(reader: RecordReader) -> LotFacts:
        count = lot.count or progress_of(reader, lot.name)
        wants_two = lot.count is not None and asks_for_two(reader, lot.count.first_seq)
        return LotFacts(
            lot,
            count,
            Search(reader).count(Filter(lot=lot.name, disposition=OPEN)).parts,
            tuple(alarms(reader, lot.name)),
            wants_two,
            len(left_for_a_second(reader, lot.name)) if wants_two else 0,
        )

    return ask
